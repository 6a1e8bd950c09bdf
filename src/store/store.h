/* store/store.h: the record kept in a database, SQLite in a file or PostgreSQL by
 * its address. docs/store.md describes the tables; they are the same in both.
 *
 * Writing: documents are put into a batch; each is there as a whole or not at all,
 * and all of them once ch_store_commit() has acknowledged it. What is acknowledged
 * outlives the process and the machine.
 *
 *     ch_entry *entry;
 *     ch_entry_read(&entry, lines, len, number, &err);  any thread
 *     ch_store_put(store, entry, version, &err);
 *     ch_store_commit(store, &err);
 *
 * 1. A document is what its id says. One that is stored again with the same text, by
 *    the same version, as the same records changes nothing; any other of its id
 *    replaces it with all its records.
 * 2. Keys of documents stay when they are replaced; keys of records are given once.
 * 3. A store belongs to one thread at a time. Several stores, also of several
 *    programs and machines, may be open on one database: SQLite's writers wait for
 *    each other, PostgreSQL's only where they store the same document.
 *
 * Reading: SQL with $1, $2, ... in both, a row at a time. */
#ifndef CHANCERY_STORE_STORE_H
#define CHANCERY_STORE_STORE_H

#include "base/span.h"
#include "base/status.h"
#include "store/entry.h"

#include <stdbool.h>
#include <stdint.h>

/* Version of the schema that this program makes and reads. */
#define CH_STORE_SCHEMA 3

typedef struct ch_store ch_store;

typedef enum {
    CH_STORE_READ, /* nothing can be changed through it; the database must be there */
    CH_STORE_WRITE /* made, or brought to this version of the schema, where it is not */
} ch_store_mode;

/* Opens `where`: "postgres://..." or "postgresql://..." as libpq takes it, else the
 * path of a file of SQLite.
 *   CH_E_IO      it cannot be opened or reached, is locked, or may not be written
 *   CH_E_FORMAT  it is no database, not one of ours, or of another version of the schema
 *   CH_E_NOMEM
 * Close with ch_store_close(), which drops a batch that was not committed. */
ch_status ch_store_open(ch_store **out, const char *where, ch_store_mode mode, ch_error *err);
void ch_store_close(ch_store *store); /* NULL is allowed */

/* Whether `where` is the address of a PostgreSQL, or a file of SQLite by its first
 * bytes. */
bool ch_store_is_one(const char *where);

bool ch_store_is_postgresql(const ch_store *store);

/* ----------------------------------------------------------------- writing */

/* Documents by what became of them, since the store was opened. */
typedef struct {
    unsigned long added;
    unsigned long replaced;
    unsigned long unchanged;
} ch_store_counts;

/* What made records; strings of no more than CH_VERSION_MAX bytes, "" where unknown. */
#define CH_VERSION_MAX 64
typedef struct {
    const char *program;
    const char *model;
    const char *lexicon;
} ch_store_version;

/* Puts a document, or an input that could not be read, into the batch. The entry is
 * the store's from here on, on failure too. After a failure what was put since the
 * last commit may be stored or not: putting it again is safe.
 *   CH_E_IO  the database refused it (locked, full disk, connection lost) */
ch_status ch_store_put(ch_store *store, ch_entry *entry, const ch_store_version *version, ch_error *err);

/* All that was put is there for good when it returns CH_OK. */
ch_status ch_store_commit(ch_store *store, ch_error *err);

/* Of what is committed. */
ch_store_counts ch_store_counted(const ch_store *store);

/* A number that grows with each batch that changed something. */
ch_status ch_store_position(ch_store *store, uint64_t *out, ch_error *err);

/* ----------------------------------------------------------------- reading */

typedef enum { CH_CELL_NULL, CH_CELL_INTEGER, CH_CELL_REAL, CH_CELL_TEXT } ch_cell_type;

typedef struct {
    ch_cell_type type;
    int64_t integer;
    double real;
    ch_str text;
} ch_cell;

static inline ch_cell
ch_cell_integer(int64_t value)
{
    return (ch_cell){.type = CH_CELL_INTEGER, .integer = value};
}

static inline ch_cell
ch_cell_real(double value)
{
    return (ch_cell){.type = CH_CELL_REAL, .real = value};
}

static inline ch_cell
ch_cell_text(ch_str value)
{
    return (ch_cell){.type = CH_CELL_TEXT, .text = value};
}

/* Ends queries that are asked from here on after so many seconds (0: never) with
 * CH_E_LIMIT. */
ch_status ch_store_limit(ch_store *store, double seconds, ch_error *err);

/* Rows of a query; one at a time from a store. */
typedef struct ch_rows ch_rows;

/* Asks `sql` with values [count] for $1, $2, ... in it. Close with ch_rows_close().
 *   CH_E_ARGUMENT  it is no query, or would change something in a store that is read
 *   CH_E_IO        the database cannot answer */
ch_status ch_rows_open(ch_rows **out, ch_store *store, const char *sql, const ch_cell *values, size_t count, ch_error *err);
void ch_rows_close(ch_rows *rows); /* NULL is allowed */

/* The next row: CH_OK, or CH_END behind the last. */
ch_status ch_rows_next(ch_rows *rows, ch_error *err);

/* Columns of the query, and the value of one in the row; borrowed until the next
 * ch_rows_next(). Where the database has another type it is converted: text to a
 * number, a number to text. */
size_t ch_rows_width(const ch_rows *rows);
const char *ch_rows_name(const ch_rows *rows, size_t column);
ch_cell_type ch_rows_type(const ch_rows *rows, size_t column);
int64_t ch_rows_integer(ch_rows *rows, size_t column); /* 0 for NULL */
double ch_rows_real(ch_rows *rows, size_t column);     /* 0 for NULL */
ch_str ch_rows_text(ch_rows *rows, size_t column);     /* .at is NULL for NULL; else NUL-terminated */

#endif
