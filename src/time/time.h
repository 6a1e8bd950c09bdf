/* time/time.h: time expressions and their values. Reads the tokens and
 * doc->published; adds doc->times. */
#ifndef CHANCERY_TIME_TIME_H
#define CHANCERY_TIME_TIME_H

#include "intake/document.h"
#include "lexicon/lexicon.h"

typedef enum { CH_TIME_DATE, CH_TIME_TIME, CH_TIME_DURATION, CH_TIME_SET } ch_time_type;

typedef struct ch_time {
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint32_t head; /* the token among them that hangs outside */
    ch_span span;  /* as TimeML's TIMEX3 guidelines draw it */
    ch_time_type type;
    const char *value; /* TIMEX3 value: "2024-04-02", "P3D", "PRESENT_REF", ... */
    /* Resolved days, both included, where the value is a point or period on the
     * calendar; CH_NO_DAY where it is not. An open side ("since March") is CH_NO_DAY. */
    ch_day start;
    ch_day end;
    /* Of the calendar, but neither the report nor its date tells which year, week
     * or day: "April 2" alone. The value has X where that is missing. */
    bool open;
    const char *edtf_start; /* ISO 8601 or EDTF of the two sides, or NULL */
    const char *edtf_end;
    const char *mod;  /* TimeML's modifier ("START", "APPROX", ...), or NULL */
    const char *rule; /* id of the lexicon's rule */
} ch_time;

/* Needs doc->toks; of a document without a date, doc->published is CH_NO_DAY, and what
 * hangs on it stays open. Times are in the order of the text, no two on one token.
 *   CH_E_NOMEM */
ch_status ch_find_times(const ch_lexicon *lexicon, ch_document *doc, ch_error *err);

#endif
