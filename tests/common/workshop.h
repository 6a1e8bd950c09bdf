/* tests/common/workshop.h: a folder in which a test writes a small lexicon and
 * compiles it. */
#ifndef CHANCERY_TESTS_COMMON_WORKSHOP_H
#define CHANCERY_TESTS_COMMON_WORKSHOP_H

#include "base/text.h"
#include "chancery.h"
#include "lexicon/lexicon.h"

typedef struct {
    char folder[64];
    char file[96];       /* the text, in `folder` */
    char image[96];      /* what it is compiled to */
    ch_text told;        /* "line:column error|warning message", a line each */
    ch_lexicon *lexicon; /* the one opened last, or NULL */
} workshop;

/* Makes the folder as a test's state; takes it away. */
int workshop_open(void **state);
int workshop_close(void **state);

/* Compiles `text`; what is complained of is in w->told. */
chancery_status workshop_compile(workshop *w, const char *text);

/* The same, opened until the next or the workshop's end; the test fails where the
 * text has mistakes. */
ch_lexicon *workshop_lexicon(workshop *w, const char *text);

/* A lexicon of `text` alone, the caller's, or NULL where it has mistakes. */
ch_lexicon *lexicon_of(const char *text);

#endif
