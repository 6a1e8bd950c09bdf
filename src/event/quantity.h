/* event/quantity.h: sums and counts as the text writes them: "more than $75
 * billion", "at least twelve people". */
#ifndef CHANCERY_EVENT_QUANTITY_H
#define CHANCERY_EVENT_QUANTITY_H

#include "event/finding.h"

typedef enum { CH_COUNT_PEOPLE, CH_COUNT_THINGS, CH_COUNT_MONEY, CH_COUNT_SHARE } ch_count_kind;

typedef struct {
    uint32_t first; /* tokens [first, last) with the words of the bound and the noun counted */
    uint32_t last;
    uint32_t number; /* the first token of the number or its sign */
    uint32_t top;    /* the token through which it hangs in the sentence */
    double value;
    ch_bound bound;
    ch_count_kind kind;
    const char *unit; /* ISO 4217, "people", "%", the noun counted */
} ch_quantity;

/* The quantity whose number begins at `tok` or, behind other signs and words,
 * after it, before `last`: false when there is none in the sentence any more. */
bool ch_quantity_next(ch_finding *f, uint32_t sentence, uint32_t tok, ch_quantity *out);

#endif
