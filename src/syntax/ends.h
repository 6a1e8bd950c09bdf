/* syntax/ends.h: where sentences end. A classifier is asked behind every word of
 * a paragraph; it sees the words on both sides, how they are spaced, quotation
 * marks and brackets that are open, and how the sentence began. */
#ifndef CHANCERY_SYNTAX_ENDS_H
#define CHANCERY_SYNTAX_ENDS_H

#include "syntax/model.h"
#include "syntax/split.h"

/* What is seen of a word. */
typedef struct {
    uint32_t form;   /* hashes */
    uint32_t lower;
    uint32_t shape;
    uint32_t ending; /* the last three bytes */
    char kind;       /* of the first character, as in split.h; '<' and '>' for quotation marks that open and close */
    uint8_t spaces;  /* 1: white space before, 2: behind */
    uint8_t known;   /* a word of common use when written in small letters */
    uint8_t abbreviation; /* its class, 0 for none */
    uint8_t open;    /* behind it: 1 inside of quotation marks, 2 inside of brackets */
} ch_mark;

typedef struct {
    ch_mark *at;
    uint32_t room;
} ch_marks;

/* What is seen of a paragraph's pieces, in `room` [pieces->count], which grows in
 * the arena; NULL without memory. */
ch_mark *ch_marks_of(const ch_model *model, const char *text, const ch_pieces *pieces, ch_marks *room, ch_arena *arena);

/* Makes the mark that of a listed abbreviation of the class: they all look alike. */
void ch_mark_abbreviation(ch_mark *mark, uint8_t class);

/* First class of abbreviations that are listed. */
#define CH_LISTED 2

#define CH_END_FEATURES_MAX 64

/* Features of "a sentence that began at `start` ends behind piece i". */
uint32_t ch_end_features(const ch_mark *marks, uint32_t count, uint32_t start, uint32_t i, uint32_t *out);

/* Whether it does. */
bool ch_ends_behind(const ch_model *model, const ch_mark *marks, uint32_t count, uint32_t start, uint32_t i);

#endif
