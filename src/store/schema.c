#include "store/schema.h"

/* The files under schema/, made into C by scripts/embed. */
extern const char ch_text_sqlite_1[], ch_text_sqlite_2[], ch_text_sqlite_3[];
extern const char ch_text_postgresql_1[], ch_text_postgresql_2[], ch_text_postgresql_3[];

const char *const ch_schema_sqlite[CH_STORE_SCHEMA] = {ch_text_sqlite_1, ch_text_sqlite_2, ch_text_sqlite_3};
const char *const ch_schema_postgresql[CH_STORE_SCHEMA] = {ch_text_postgresql_1, ch_text_postgresql_2, ch_text_postgresql_3};
