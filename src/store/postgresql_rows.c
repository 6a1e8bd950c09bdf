/* Reading from PostgreSQL: a query's rows, one at a time as they come. */
#include "store/postgresql.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Parameters of a query; a filter of many alternatives has as many. */
#define VALUES_MAX 512

/* Types by their numbers in pg_type, which never change. */
enum { BOOLEAN = 16, BIGINT = 20, SMALLINT = 21, INTEGER = 23, REAL4 = 700, REAL8 = 701, NUMERIC = 1700 };

typedef struct {
    ch_rows rows;
    pg_store *of;
    PGresult *row;   /* the one that was given last */
    PGresult *first; /* read ahead, so that names and types are known; or NULL */
    ch_status status; /* what came of the query before its first row */
} pg_rows;

ch_status
ch_pg_limit(ch_store *store, double seconds, ch_error *err)
{
    char sql[64];
    pg_store *s = (pg_store *)store;
    s->seconds = seconds;
    snprintf(sql, sizeof sql, "SET statement_timeout = %.0f", ceil(seconds * 1000));
    return ch_pg_run(s, sql, err);
}

/* What a query's own text made fail is its writer's mistake. */
static ch_status
query_failed(const pg_rows *r, const PGresult *result, ch_error *err)
{
    const pg_store *s = r->of;
    const char *state = result != NULL ? s->pq->PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result != NULL ? s->pq->PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (state != NULL && strcmp(state, "57014") == 0 && s->seconds > 0)
        return ch_fail(err, CH_E_LIMIT, NULL, 0, "the query took longer than %g seconds", s->seconds);
    if (state != NULL && message != NULL && (strncmp(state, "42", 2) == 0 || strncmp(state, "22", 2) == 0 || strncmp(state, "2F", 2) == 0))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the query: %s", message);
    return ch_pg_fail(s, result, err);
}

/* The next result: CH_OK with a row in *out, CH_END behind the last. */
static ch_status
next_result(pg_rows *r, PGresult **out, ch_error *err)
{
    const ch_libpq *pq = r->of->pq;
    ch_status status = CH_END;
    *out = NULL;
    PGresult *result = pq->PQgetResult(r->of->connection);
    if (result == NULL)
        return CH_END;
    switch (pq->PQresultStatus(result)) {
    case PGRES_SINGLE_TUPLE:
        *out = result;
        return CH_OK;
    case PGRES_TUPLES_OK: /* the end; it has the columns of a query without rows */
        *out = result;
        return CH_END;
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
        status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the query gives no rows");
        break;
    default:
        status = query_failed(r, result, err);
    }
    pq->PQclear(result);
    return status;
}

static void
drain(const pg_rows *r)
{
    const ch_libpq *pq = r->of->pq;
    for (PGresult *left; (left = pq->PQgetResult(r->of->connection)) != NULL;)
        pq->PQclear(left);
}

void
ch_pg_done(ch_rows *rows)
{
    pg_rows *r = (pg_rows *)rows;
    drain(r);
    r->of->pq->PQclear(r->row);
    r->of->pq->PQclear(r->first);
    free(r);
}

static ch_status
send_query(const pg_rows *r, const char *sql, const ch_cell *values, size_t count, ch_error *err)
{
    Oid types[VALUES_MAX];
    const char *texts[VALUES_MAX];
    char numbers[VALUES_MAX][40];
    ch_text copies = {0};
    size_t at[VALUES_MAX];
    if (count > VALUES_MAX)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the query has more than %d values", VALUES_MAX);
    for (size_t i = 0; i < count; i++) {
        types[i] = values[i].type == CH_CELL_INTEGER ? BIGINT : values[i].type == CH_CELL_REAL ? REAL8 : 0;
        at[i] = copies.len;
        if (values[i].type == CH_CELL_INTEGER)
            snprintf(numbers[i], sizeof numbers[i], "%" PRId64, values[i].integer);
        else if (values[i].type == CH_CELL_REAL)
            snprintf(numbers[i], sizeof numbers[i], "%.17g", values[i].real);
        else if (values[i].type == CH_CELL_TEXT) {
            ch_text_add_str(&copies, values[i].text);
            ch_text_add(&copies, "", 1);
        }
    }
    for (size_t i = 0; i < count; i++)
        texts[i] = values[i].type == CH_CELL_NULL ? NULL : values[i].type == CH_CELL_TEXT ? copies.at + at[i] : numbers[i];
    const ch_libpq *pq = r->of->pq;
    bool sent = !copies.failed && pq->PQsendQueryParams(r->of->connection, sql, (int)count, types, texts, NULL, NULL, 0) != 0 &&
                pq->PQsetSingleRowMode(r->of->connection) != 0;
    ch_text_free(&copies);
    return sent ? CH_OK : ch_pg_fail(r->of, NULL, err);
}

ch_status
ch_pg_ask(ch_rows **out, ch_store *store, const char *sql, const ch_cell *values, size_t count, ch_error *err)
{
    pg_rows *r = calloc(1, sizeof *r);
    if (r == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a query");
    r->rows.backend = &ch_postgresql;
    r->of = (pg_store *)store;
    ch_status status = send_query(r, sql, values, count, err);
    if (status == CH_OK)
        status = r->status = next_result(r, &r->first, err);
    if (status != CH_OK && status != CH_END) {
        ch_pg_done(&r->rows);
        return status;
    }
    *out = &r->rows;
    return CH_OK;
}

ch_status
ch_pg_next(ch_rows *rows, ch_error *err)
{
    pg_rows *r = (pg_rows *)rows;
    if (r->status != CH_OK)
        return r->status;
    PGresult *result = r->first;
    ch_status status = CH_OK;
    r->first = NULL;
    if (result == NULL)
        status = next_result(r, &result, err);
    if (result != NULL) {
        r->of->pq->PQclear(r->row);
        r->row = result;
    }
    r->status = status;
    return status;
}

/* The result that knows the columns. */
static const PGresult *
columns(const pg_rows *r)
{
    return r->row != NULL ? r->row : r->first;
}

size_t
ch_pg_width(const ch_rows *rows)
{
    const pg_rows *r = (const pg_rows *)rows;
    return columns(r) != NULL ? (size_t)r->of->pq->PQnfields(columns(r)) : 0;
}

const char *
ch_pg_name(const ch_rows *rows, size_t column)
{
    const pg_rows *r = (const pg_rows *)rows;
    return r->of->pq->PQfname(columns(r), (int)column);
}

ch_cell_type
ch_pg_type(const ch_rows *rows, size_t column)
{
    const pg_rows *r = (const pg_rows *)rows;
    if (r->row != NULL && r->of->pq->PQgetisnull(r->row, 0, (int)column))
        return CH_CELL_NULL;
    switch (r->of->pq->PQftype(columns(r), (int)column)) {
    case BOOLEAN:
    case SMALLINT:
    case INTEGER:
    case BIGINT:
        return CH_CELL_INTEGER;
    case REAL4:
    case REAL8:
    case NUMERIC:
        return CH_CELL_REAL;
    default:
        return CH_CELL_TEXT;
    }
}

ch_str
ch_pg_text(ch_rows *rows, size_t column)
{
    const pg_rows *r = (pg_rows *)rows;
    if (r->of->pq->PQgetisnull(r->row, 0, (int)column))
        return (ch_str){NULL, 0};
    return (ch_str){r->of->pq->PQgetvalue(r->row, 0, (int)column), (size_t)r->of->pq->PQgetlength(r->row, 0, (int)column)};
}

int64_t
ch_pg_integer(ch_rows *rows, size_t column)
{
    ch_str text = ch_pg_text(rows, column);
    if (text.at == NULL)
        return 0;
    return ch_str_is(text, "t") ? 1 : strtoll(text.at, NULL, 10);
}

double
ch_pg_real(ch_rows *rows, size_t column)
{
    ch_str text = ch_pg_text(rows, column);
    return text.at != NULL ? strtod(text.at, NULL) : 0;
}
