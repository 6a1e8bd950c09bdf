/* store/dossier_parts.h: a dossier as it is gathered and written. */
#ifndef CHANCERY_STORE_DOSSIER_PARTS_H
#define CHANCERY_STORE_DOSSIER_PARTS_H

#include "store/dossier.h"
#include "store/filter.h"

#include <json-c/json.h>

struct ch_dossier {
    ch_store *store;
    const ch_lexicon *lexicon;
    ch_filter *memory; /* whose strings `who` and `days` are */
    ch_value who;
    ch_value days;
    bool all_days;
    size_t most;
    struct json_object *tree; /* as ch_dossier_json() has it */
};

/* Fills `months`, `types`, `partners` and their totals. */
ch_status ch_dossier_count(ch_dossier *d, ch_error *err);

/* Fills who it is from the lexicon. */
void ch_dossier_describe(ch_dossier *d, const char *name);

#endif
