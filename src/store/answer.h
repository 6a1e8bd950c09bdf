/* store/answer.h: the rows of every kind of answer behind one handle. Each kind
 * begins its own struct with a ch_answer. */
#ifndef CHANCERY_STORE_ANSWER_H
#define CHANCERY_STORE_ANSWER_H

#include "base/status.h"
#include "base/text.h"
#include "store/ask.h"

#define CH_CURSOR_MAX 64

struct ch_answer {
    size_t width;
    const char *const *names; /* [width] */
    ch_status (*next)(ch_answer *answer, ch_error *err);
    const char *(*text)(ch_answer *answer, size_t column);
    bool (*is_number)(ch_answer *answer, size_t column);
    void (*write)(ch_answer *answer, ch_text *out); /* the row as JSON; NULL: from its columns */
    void (*close)(ch_answer *answer);               /* frees all, itself too */
    ch_text json;
    char cursor[CH_CURSOR_MAX];
};

#endif
