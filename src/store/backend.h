/* store/backend.h: what a kind of database does; store.c chooses by the address. */
#ifndef CHANCERY_STORE_BACKEND_H
#define CHANCERY_STORE_BACKEND_H

#include "store/store.h"

typedef struct {
    ch_status (*open)(ch_store **out, const char *where, ch_store_mode mode, ch_error *err);
    void (*close)(ch_store *store);
    ch_status (*put)(ch_store *store, const ch_entry *entry, const ch_store_version *version, ch_store_outcome *outcome, ch_error *err);
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
};

struct ch_rows {
    const ch_backend *backend;
};

extern const ch_backend ch_sqlite;
extern const ch_backend ch_postgresql;

#endif
