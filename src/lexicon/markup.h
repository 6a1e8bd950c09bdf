/* lexicon/markup.h: what the builders of pages call the parts of a page, in
 * classes, ids and roles. */
#ifndef CHANCERY_LEXICON_MARKUP_H
#define CHANCERY_LEXICON_MARKUP_H

#include "lexicon/lexicon.h"

enum { CH_SECTION_MARKUP = CH_SECTION_FURNITURE + 9 }; /* ch_markup_name, by words and kind */

typedef enum {
    CH_MARKUP_OUTSIDE, /* among the words of a class: no part of the article */
    CH_MARKUP_WHOLE,   /* the same, where the class has no other words */
    CH_MARKUP_OTHER,   /* behind this word the next ones tell what the element has, or is about */
    CH_MARKUP_ROLE,    /* of what is no part of the article */
    CH_MARKUP_BODY,    /* the article's text */
    CH_MARKUP_LEAD,    /* an opening that may stand before that */
    CH_MARKUP_WRITER,  /* the name of who wrote it */
    CH_MARKUP_CREDIT,  /* before such a name: "by" */
    CH_MARKUP_KIND_COUNT
} ch_markup_kind;

typedef struct {
    uint32_t words[2]; /* the second is 0 where there is one */
    uint32_t kind;     /* ch_markup_kind */
} ch_markup_name;

typedef struct {
    const ch_lexicon *lexicon; /* NULL: nothing is known */
    const ch_markup_name *names;
    uint32_t count;
} ch_markup;

/* Finds the section; a lexicon without one gives none and CH_OK.
 *   CH_E_FORMAT */
ch_status ch_markup_open(ch_markup *out, const ch_lexicon *lexicon, ch_error *err);

/* The lexicon's word for `len` bytes in small letters, or 0. */
uint32_t ch_markup_word(const ch_markup *markup, const char *word, size_t len);

/* Whether the words (the second may be 0) are a name of that kind. */
bool ch_markup_is(const ch_markup *markup, ch_markup_kind kind, uint32_t first, uint32_t second);

#endif
