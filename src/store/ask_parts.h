/* store/ask_parts.h: what the parts of asking share (store/ask.h has what they give). */
#ifndef CHANCERY_STORE_ASK_PARTS_H
#define CHANCERY_STORE_ASK_PARTS_H

#include "store/filter.h"
#include "store/store.h"

/* Refuses names that neither the lexicon nor the store knows, and says what is near. */
ch_status ch_ask_check_names(ch_store *store, const ch_filter *filter, ch_error *err);

/* Whether so many records have a party that the filter asks for that it is quicker
 * to look for the party in each record than to collect the party's records. */
bool ch_ask_walks(ch_store *store, const ch_filter *filter);

/* Whether something else that is asked for leaves few records: a place, a report,
 * words. */
bool ch_ask_is_narrow(const ch_filter *filter);

#endif
