/* store/postgresql.h: what the parts of the store in PostgreSQL share. */
#ifndef CHANCERY_STORE_POSTGRESQL_H
#define CHANCERY_STORE_POSTGRESQL_H

#include "store/backend.h"
#include "store/copy.h"
#include "store/keys.h"
#include "store/libpq.h"

/* Documents that go in one transaction: more hold their rows longer, fewer ask more. */
#define CH_PG_TOGETHER 64

/* Record tables, in the order of ch_entry_kind, and what else rows are copied to. */
enum { CH_PG_RECORD = CH_ENTRY_RELATION + 1, CH_PG_PARTY, CH_PG_DYAD, CH_PG_TABLES };

typedef struct {
    ch_store store;
    const ch_libpq *pq;
    PGconn *connection;
    char *where; /* the address without its password */
    double seconds; /* that a query may take; 0: any */
    /* writing */
    ch_entry *entries[CH_PG_TOGETHER]; /* [count] put, not yet sent */
    int64_t documents[CH_PG_TOGETHER]; /* of each its key; 0: it is as it was */
    size_t count;
    char version[3][CH_VERSION_MAX + 1]; /* what made them */
    bool version_known;
    int64_t version_key;                 /* 0: not asked for yet */
    int64_t change;
    ch_keys actors;
    int64_t next_key, keys_left; /* of records, taken from the sequence */
    ch_copy rows[CH_PG_TABLES];
} pg_store;

/* What the database says, as an error of ours; `result` may be NULL. */
ch_status ch_pg_fail(const pg_store *s, const PGresult *result, ch_error *err);

/* Runs one or several statements without parameters, and forgets what they give. */
ch_status ch_pg_run(const pg_store *s, const char *sql, ch_error *err);

/* The first column of the first row of a query with texts [count] for its
 * parameters; 0 where there is none. */
ch_status ch_pg_number(const pg_store *s, const char *sql, const char *const *texts, int count, int64_t *out, ch_error *err);

ch_status ch_pg_put(ch_store *store, ch_entry *entry, const ch_store_version *version, ch_error *err);
ch_status ch_pg_commit(ch_store *store, ch_error *err);
void ch_pg_drop_entries(pg_store *s);

ch_status ch_pg_ask(ch_rows **out, ch_store *store, const char *sql, const ch_cell *values, size_t count, ch_error *err);
ch_status ch_pg_limit(ch_store *store, double seconds, ch_error *err);
void ch_pg_done(ch_rows *rows);
ch_status ch_pg_next(ch_rows *rows, ch_error *err);
size_t ch_pg_width(const ch_rows *rows);
const char *ch_pg_name(const ch_rows *rows, size_t column);
ch_cell_type ch_pg_type(const ch_rows *rows, size_t column);
int64_t ch_pg_integer(ch_rows *rows, size_t column);
double ch_pg_real(ch_rows *rows, size_t column);
ch_str ch_pg_text(ch_rows *rows, size_t column);

#endif
