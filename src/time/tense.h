/* time/tense.h: whether the words around an expression tell of what was or of
 * what is to come. */
#ifndef CHANCERY_TIME_TENSE_H
#define CHANCERY_TIME_TENSE_H

#include "time/make.h"

typedef struct {
    const ch_patterns *patterns;
    uint32_t auxiliary; /* classes: "will" is FUTURE, "did" is PAST */
    uint32_t verb;      /* "schedule", "plan" */
    uint32_t before;    /* "since" */
    uint32_t done;      /* "failed" to do, "had" to do */
} ch_tenses;

/* What a class of words says of a word. */
ch_tense ch_tense_of_word(const ch_tenses *tenses, uint32_t class, uint32_t word);

/* The tense of the clause that token `tok` stands in. */
ch_tense ch_tense_at(const ch_tenses *tenses, const ch_document *doc, uint32_t tok);


#endif
