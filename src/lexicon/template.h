/* lexicon/template.h: what a column of an export holds, as a text with parts to
 * be filled in: "{record.place.country|map fips}". The grammar is in
 * docs/lexicon.md; record/export fills them. */
#ifndef CHANCERY_LEXICON_TEMPLATE_H
#define CHANCERY_LEXICON_TEMPLATE_H

#include "base/span.h"

typedef enum {
    CH_TEMPLATE_TEXT,   /* text: goes out as it is */
    CH_TEMPLATE_SOURCE, /* text: a path; what it gives are the values */
    /* what is done with the values, until the next text or source */
    CH_TEMPLATE_AT,       /* number: this one alone, from 1 */
    CH_TEMPLATE_FROM,     /* number: this one and those behind it */
    CH_TEMPLATE_FIRST,    /* number: so many characters of each */
    CH_TEMPLATE_NUMBER,   /* number: digits behind the point */
    CH_TEMPLATE_MAP,      /* text: a table; what it has not is dropped */
    CH_TEMPLATE_SWAP,     /* text: a table; what it has not stays */
    CH_TEMPLATE_IN,       /* text: a table; those it has stay */
    CH_TEMPLATE_LESS,     /* text: a table; the first that it has is dropped */
    CH_TEMPLATE_COUNTRY,  /* text: a table, or none; a country's name there, else in the lexicon */
    CH_TEMPLATE_OR,       /* text: a path that is taken where there is no value yet */
    CH_TEMPLATE_ELSE,     /* text: stands where there is no value */
    CH_TEMPLATE_THEN,     /* text: stands in the place of any value */
    CH_TEMPLATE_PREFIX,   /* text: goes before each */
    CH_TEMPLATE_DATE,     /* text: as strftime() has it */
    CH_TEMPLATE_FRACTION, /* a day as the year and the part of it that is gone */
    CH_TEMPLATE_UNIQUE,
    CH_TEMPLATE_UPPER,
    CH_TEMPLATE_LABEL,  /* of a CAMEO code */
    CH_TEMPLATE_CHARS,  /* an offset in bytes of the document's text in characters */
    CH_TEMPLATE_HOST,   /* of an address; what is none stays */
    CH_TEMPLATE_PERCENT /* 0.5 is 50 */
} ch_template_op;

typedef struct {
    ch_template_op op;
    ch_str text; /* the template's */
    uint32_t number;
} ch_template_step;

/* A longer template is none that anybody could read. */
#define CH_TEMPLATE_STEPS_MAX 32

/* Splits `text` into *count steps; false where it is no template: *wrong says
 * what, and *at is the byte. */
bool ch_template_parse(ch_template_step steps[CH_TEMPLATE_STEPS_MAX], uint32_t *count, ch_str text, const char **wrong,
                       size_t *at);

/* Whether the step's text names a table of codes. */
bool ch_template_names_table(const ch_template_step *step);

#endif
