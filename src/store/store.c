#include "store/store.h"

#include "store/backend.h"

#include <stdio.h>

static bool
is_address(const char *where)
{
    return strncmp(where, "postgres://", strlen("postgres://")) == 0 || strncmp(where, "postgresql://", strlen("postgresql://")) == 0;
}

ch_status
ch_store_open(ch_store **out, const char *where, ch_store_mode mode, ch_error *err)
{
    const ch_backend *backend = is_address(where) ? &ch_postgresql : &ch_sqlite;
    *out = NULL;
    return backend->open(out, where, mode, err);
}

void
ch_store_close(ch_store *store)
{
    if (store != NULL)
        store->backend->close(store);
}

bool
ch_store_is_one(const char *where)
{
    static const char magic[16] = "SQLite format 3";
    char head[sizeof magic];
    if (is_address(where))
        return true;
    FILE *file = fopen(where, "rb");
    if (file == NULL)
        return false;
    bool is = fread(head, 1, sizeof head, file) == sizeof head && memcmp(head, magic, sizeof head) == 0;
    fclose(file);
    return is;
}

bool
ch_store_is_postgresql(const ch_store *store)
{
    return store->backend == &ch_postgresql;
}

ch_status
ch_store_put(ch_store *store, ch_entry *entry, const ch_store_version *version, ch_error *err)
{
    return store->backend->put(store, entry, version, err);
}

ch_store_counts
ch_store_counted(const ch_store *store)
{
    return store->counts;
}

ch_status
ch_store_commit(ch_store *store, ch_error *err)
{
    return store->backend->commit(store, err);
}

ch_status
ch_store_position(ch_store *store, uint64_t *out, ch_error *err)
{
    ch_rows *rows;
    *out = 0;
    ch_status status = ch_rows_open(&rows, store, "SELECT coalesce(max(change), 0) FROM document", NULL, 0, err);
    if (status == CH_OK)
        status = ch_rows_next(rows, err);
    if (status == CH_OK)
        *out = (uint64_t)ch_rows_integer(rows, 0);
    ch_rows_close(rows);
    return status;
}

/* --------------------------------------------------------------------- rows */

ch_status
ch_store_limit(ch_store *store, double seconds, ch_error *err)
{
    return store->backend->limit(store, seconds, err);
}

ch_status
ch_rows_open(ch_rows **out, ch_store *store, const char *sql, const ch_cell *values, size_t count, ch_error *err)
{
    *out = NULL;
    return store->backend->ask(out, store, sql, values, count, err);
}

void
ch_rows_close(ch_rows *rows)
{
    if (rows != NULL)
        rows->backend->done(rows);
}

ch_status
ch_rows_next(ch_rows *rows, ch_error *err)
{
    return rows->backend->next(rows, err);
}

size_t
ch_rows_width(const ch_rows *rows)
{
    return rows->backend->width(rows);
}

const char *
ch_rows_name(const ch_rows *rows, size_t column)
{
    return rows->backend->name(rows, column);
}

ch_cell_type
ch_rows_type(const ch_rows *rows, size_t column)
{
    return rows->backend->type(rows, column);
}

int64_t
ch_rows_integer(ch_rows *rows, size_t column)
{
    return rows->backend->integer(rows, column);
}

double
ch_rows_real(ch_rows *rows, size_t column)
{
    return rows->backend->real(rows, column);
}

ch_str
ch_rows_text(ch_rows *rows, size_t column)
{
    return rows->backend->text(rows, column);
}
