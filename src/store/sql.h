/* store/sql.h: a query as it is put together. Its words are ours; what a user gave
 * goes in as a value ($1, $2, ...) and never as a word. What SQLite and PostgreSQL
 * say differently is said here, and nowhere else. */
#ifndef CHANCERY_STORE_SQL_H
#define CHANCERY_STORE_SQL_H

#include "base/text.h"
#include "store/filter.h"
#include "store/store.h"

#define CH_SQL_VALUES_MAX 2048

typedef struct {
    ch_text text;
    ch_cell values[CH_SQL_VALUES_MAX];
    size_t count;
    bool postgresql;
    ch_arena arena; /* of values that were made for it */
    bool failed; /* more values than there is room for */
} ch_sql;

/* An empty query for `store`; freed with ch_sql_free(). NULL without memory. */
ch_sql *ch_sql_new(const ch_store *store);
void ch_sql_free(ch_sql *sql); /* NULL is allowed */

/* Puts words of SQL; `format` and what it takes are our own. */
void ch_sql_put(ch_sql *sql, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts the number of a new value; text is borrowed until the query is asked. */
void ch_sql_text(ch_sql *sql, const char *value);
void ch_sql_integer(ch_sql *sql, int64_t value);
void ch_sql_real(ch_sql *sql, double value);

/* Asks the query. */
ch_status ch_sql_ask(ch_rows **out, ch_sql *sql, ch_store *store, ch_error *err);

/* `column` begins with the value, compared as it is. */
void ch_sql_begins(ch_sql *sql, const char *column, const char *value);

/* `column` has the value in it, in any case. */
void ch_sql_contains(ch_sql *sql, const char *column, const char *value);

/* Begins a query for bytes [start, end) of a text: "SELECT ...". */
void ch_sql_bytes(ch_sql *sql, const char *column, int64_t start, int64_t end);

/* The members of a JSON array as rows `alias`.value: behind FROM, or joined. */
void ch_sql_array(ch_sql *sql, const char *column, const char *alias);
void ch_sql_join_array(ch_sql *sql, const char *column, const char *alias);

/* Keys of documents that the search finds, as a subquery. */
void ch_sql_search(ch_sql *sql, const ch_value *search);

/* The query for documents that the search finds, the best first: id, title, day, and
 * the words around what was found, that between \x02 and \x03. */
void ch_sql_documents(ch_sql *sql, const ch_value *search);

#endif
