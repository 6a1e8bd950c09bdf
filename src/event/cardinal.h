/* event/cardinal.h: numbers in words, by the classes that time expressions read
 * them with. */
#ifndef CHANCERY_EVENT_CARDINAL_H
#define CHANCERY_EVENT_CARDINAL_H

#include "base/arena.h"
#include "lexicon/lexicon.h"

typedef struct ch_cardinals ch_cardinals;

/* In `arena`.
 *   CH_E_NOMEM, CH_E_FORMAT */
ch_status ch_cardinals_open(ch_cardinals **out, const ch_lexicon *lexicon, ch_arena *arena, ch_error *err);

/* The number that the lexicon's word is ("twelve"); false when it is none. */
bool ch_cardinal_read(const ch_cardinals *cardinals, uint32_t word, double *out);

#endif
