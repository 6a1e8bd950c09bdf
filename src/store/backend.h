/* store/backend.h: what a kind of database does; store.c chooses by the address. */
#ifndef CHANCERY_STORE_BACKEND_H
#define CHANCERY_STORE_BACKEND_H

#include "store/store.h"

typedef struct {
    ch_status (*open)(ch_store **out, const char *where, ch_store_mode mode, ch_error *err);
    void (*close)(ch_store *store);
    ch_status (*put)(ch_store *store, ch_entry *entry, const ch_store_version *version, ch_error *err);
    ch_status (*commit)(ch_store *store, ch_error *err);
    ch_status (*ask)(ch_rows **out, ch_store *store, const char *sql, const ch_cell *values, size_t count, ch_error *err);
    ch_status (*limit)(ch_store *store, double seconds, ch_error *err);
    void (*done)(ch_rows *rows);
    ch_status (*next)(ch_rows *rows, ch_error *err);
    size_t (*width)(const ch_rows *rows);
    const char *(*name)(const ch_rows *rows, size_t column);
    ch_cell_type (*type)(const ch_rows *rows, size_t column);
    int64_t (*integer)(ch_rows *rows, size_t column);
    double (*real)(ch_rows *rows, size_t column);
    ch_str (*text)(ch_rows *rows, size_t column);
} ch_backend;

/* The first member of what each backend allocates. */
struct ch_store {
    const ch_backend *backend;
    ch_store_counts counts; /* of what is committed */
    ch_store_counts batch;  /* of what is not */
};

struct ch_rows {
    const ch_backend *backend;
};

/* The batch is committed. */
static inline void
ch_store_count_batch(ch_store *store)
{
    store->counts.added += store->batch.added;
    store->counts.replaced += store->batch.replaced;
    store->counts.unchanged += store->batch.unchanged;
    store->batch = (ch_store_counts){0};
}

/* Where records came without what made them. */
static inline bool
ch_version_is_unknown(const ch_store_version *v)
{
    return v->program[0] == '\0' && v->model[0] == '\0' && v->lexicon[0] == '\0';
}

extern const ch_backend ch_sqlite;
extern const ch_backend ch_postgresql;

#endif
