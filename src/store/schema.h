/* store/schema.h: the schemas as SQL. The i-th text brings a database of version i
 * to i + 1; the first makes it. */
#ifndef CHANCERY_STORE_SCHEMA_H
#define CHANCERY_STORE_SCHEMA_H

#include "store/store.h"

extern const char *const ch_schema_sqlite[CH_STORE_SCHEMA];
extern const char *const ch_schema_postgresql[CH_STORE_SCHEMA];

#endif
