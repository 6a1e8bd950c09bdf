#include "store/schema.h"

/* The files under schema/, made into C by scripts/embed. */
extern const char ch_text_sqlite_1[];

const char *const ch_schema_sqlite[CH_STORE_SCHEMA] = {ch_text_sqlite_1};
