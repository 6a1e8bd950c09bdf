/* store/close.h: the names closest to one that nobody knows, for an error that
 * helps. Compared as names are: folded (ch_fold). */
#ifndef CHANCERY_STORE_CLOSE_H
#define CHANCERY_STORE_CLOSE_H

#include "base/text.h"

#include <stddef.h>

/* A name longer than this is none that anybody has. */
#define CH_CLOSE_LENGTH 128
#define CH_CLOSE_MOST 4

typedef struct ch_close {
    char wanted[CH_CLOSE_LENGTH]; /* folded */
    size_t len;
    char found[CH_CLOSE_MOST][CH_CLOSE_LENGTH]; /* as they were offered, the closest first */
    unsigned distance[CH_CLOSE_MOST];
    size_t count;
} ch_close;

/* Nothing found yet. What is longer than CH_CLOSE_LENGTH is close to nothing. */
void ch_close_init(ch_close *close, const char *wanted);

/* Keeps `name` where it is closer than what is kept, or room is left: a few letters
 * differ, or the one is among the words of the other. */
void ch_close_offer(ch_close *close, const char *name);

/* `; is "A", "B" or "C" meant?`, or nothing. */
void ch_close_tell(ch_text *out, const ch_close *close);

#endif
