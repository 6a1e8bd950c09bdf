/* intake/phrase.h: one paragraph cut into pieces, and the matching of furniture
 * phrases against them. */
#ifndef CHANCERY_INTAKE_PHRASE_H
#define CHANCERY_INTAKE_PHRASE_H

#include "lexicon/furniture.h"

/* Pieces of a paragraph that are looked at: its beginning and its end. The
 * longest furniture line, a copyright notice, has some sixty words. */
#define CH_SCRAPS_MAX 160

typedef enum { CH_SCRAP_IS_WORD, CH_SCRAP_IS_NUMBER, CH_SCRAP_IS_MARK } ch_scrap_kind;

enum {
    CH_SCRAP_SPACE = 1,   /* white space before it */
    CH_SCRAP_UPPER = 2,   /* begins with a capital */
    CH_SCRAP_CAPITALS = 4, /* two capitals or more and no small letter */
    CH_SCRAP_GLUED = 8    /* a capital behind a small letter, or a stop, without a space */
};

/* A word, a number or a mark. */
typedef struct {
    ch_span span;
    uint32_t value; /* the lexicon's word (0: none), the number, the code point */
    uint8_t kind;   /* ch_scrap_kind */
    uint8_t flags;  /* CH_SCRAP_* */
} ch_scrap;

typedef struct {
    const ch_furniture_table *table;
    const char *text; /* the document's */
    ch_scrap scraps[CH_SCRAPS_MAX];
    uint32_t count;
    bool whole; /* nothing of the paragraph is left out */
} ch_scraps;

/* Cuts the first (or the last) pieces of `span`. */
void ch_scraps_first(ch_scraps *out, const ch_furniture_table *table, const char *text, ch_span span);
void ch_scraps_last(ch_scraps *out, const ch_furniture_table *table, const char *text, ch_span span);

#define CH_CREDITS_A_PHRASE 8

typedef struct {
    uint32_t phrase;
    uint32_t first, last;   /* scraps that it covers */
    uint32_t inside_first;  /* of them the furniture: the same, or what is within braces */
    uint32_t inside_last;
    ch_span credits[CH_CREDITS_A_PHRASE];
    uint32_t ncredit;
    uint32_t day, month, year; /* 0: none */
} ch_phrase_match;

/* The longest phrase of the kind `where` from scrap `at` on; one of the kind
 * CH_FURNITURE_END must reach the end. False when there is none. */
bool ch_match_phrase(ch_phrase_match *out, const ch_scraps *scraps, ch_furniture_where where, uint32_t at);

/* The first scrap from `at` on that is no bar or bullet. */
uint32_t ch_pass_bars(const ch_scraps *scraps, uint32_t at);

/* The first scrap from `at` on that is more than punctuation. */
uint32_t ch_pass_marks(const ch_scraps *scraps, uint32_t at);

#endif
