/* store/tables.h: an entry as rows of the tables, a cell a column in their order
 * (schema/). The databases differ in how rows get in, not in what stands in them. */
#ifndef CHANCERY_STORE_TABLES_H
#define CHANCERY_STORE_TABLES_H

#include "store/store.h"

/* Columns of the widest table. */
#define CH_ROW_MAX 40

typedef struct {
    ch_cell cells[CH_ROW_MAX]; /* [count]; their text is the entry's */
    uint32_t count;
} ch_row;

void ch_row_document(ch_row *row, const ch_entry *entry, int64_t key, int64_t made_by, int64_t change);
void ch_row_error(ch_row *row, const ch_entry *entry);
void ch_row_record(ch_row *row, const ch_entry_record *record, int64_t key, int64_t document);

/* Of the table that ch_entry_kind_name() names. */
void ch_row_kind(ch_row *row, const ch_entry_record *record, int64_t key);

/* `actor` is the key of what ch_row_actor() gives. */
void ch_row_party(ch_row *row, const ch_entry_record *record, const ch_entry_party *party, int64_t key, int64_t actor);

/* `folded` [CH_FOLDED_MAX] is where the name as it is looked up goes; longer ones
 * are cut. Without the key where that is 0. */
#define CH_FOLDED_MAX 256
void ch_row_actor(ch_row *row, const ch_entry_party *party, int64_t key, char *folded);

/* Indexes of two parties of an event whose sides make a row of `dyad`. */
typedef struct {
    uint32_t actor;
    uint32_t recipient;
} ch_pair;

/* The next pair behind *pair, each two sides once; begin with {0, 0} and `first`.
 * False behind the last. */
bool ch_next_pair(ch_pair *pair, bool first, const ch_entry_record *record);
void ch_row_dyad(ch_row *row, const ch_entry_record *record, ch_pair pair, int64_t key);

#endif
