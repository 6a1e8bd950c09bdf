/* The store in PostgreSQL: opening it, and its schema. */
#include "store/postgresql.h"

#include "store/schema.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* Key of the lock under which the schema is made: "CHNC". */
#define SCHEMA_LOCK "1128812099"

/* ------------------------------------------------------------------ failures */

static void
trim(char *message)
{
    for (size_t len = strlen(message); len != 0 && (message[len - 1] == '\n' || message[len - 1] == ' '); len--)
        message[len - 1] = '\0';
    for (char *at = message; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
}

ch_status
ch_pg_fail(const pg_store *s, const PGresult *result, ch_error *err)
{
    char message[400];
    const char *state = result != NULL ? s->pq->PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary = result != NULL ? s->pq->PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    snprintf(message, sizeof message, "%s", primary != NULL ? primary : s->pq->PQerrorMessage(s->connection));
    trim(message);
    if (s->pq->PQstatus(s->connection) != CONNECTION_OK)
        return ch_fail(err, CH_E_IO, s->where, 0, "the connection was lost: %s", message);
    if (state == NULL)
        state = "";
    if (strcmp(state, "53100") == 0) {
        ch_status status = ch_fail(err, CH_E_IO, s->where, 0, "the database's disk is full; what was stored before is kept");
        if (err != NULL)
            err->os = ENOSPC;
        return status;
    }
    if (strcmp(state, "25006") == 0)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the query would change the store; it is open for reading alone");
    return ch_fail(err, strcmp(state, "53200") == 0 ? CH_E_NOMEM : CH_E_IO, s->where, 0, "the database: %s", message);
}

/* --------------------------------------------------------------- statements */

static bool
is_good(const pg_store *s, const PGresult *result)
{
    ExecStatusType status = s->pq->PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

ch_status
ch_pg_run(const pg_store *s, const char *sql, ch_error *err)
{
    PGresult *result = s->pq->PQexec(s->connection, sql);
    ch_status status = is_good(s, result) ? CH_OK : ch_pg_fail(s, result, err);
    s->pq->PQclear(result);
    return status;
}

ch_status
ch_pg_number(const pg_store *s, const char *sql, const char *const *texts, int count, int64_t *out, ch_error *err)
{
    PGresult *result = s->pq->PQexecParams(s->connection, sql, count, NULL, texts, NULL, NULL, 0);
    ch_status status = is_good(s, result) ? CH_OK : ch_pg_fail(s, result, err);
    *out = 0;
    if (status == CH_OK && s->pq->PQntuples(result) != 0 && !s->pq->PQgetisnull(result, 0, 0))
        *out = strtoll(s->pq->PQgetvalue(result, 0, 0), NULL, 10);
    s->pq->PQclear(result);
    return status;
}

/* ------------------------------------------------------------------- schema */

/* 0 where there is no schema of ours.
 *   CH_E_FORMAT  another program's tables have our names */
static ch_status
find_version(const pg_store *s, int64_t *version, ch_error *err)
{
    int64_t ours, theirs;
    *version = 0;
    ch_status status = ch_pg_number(s, "SELECT count(*) FROM pg_class WHERE oid = to_regclass('chancery_schema')", NULL, 0, &ours, err);
    if (status == CH_OK && ours != 0)
        return ch_pg_number(s, "SELECT max(version) FROM chancery_schema", NULL, 0, version, err);
    if (status == CH_OK)
        status = ch_pg_number(s, "SELECT count(*) FROM pg_class WHERE oid IN (to_regclass('document'), to_regclass('event'), to_regclass('record'))",
                              NULL, 0, &theirs, err);
    if (status == CH_OK && theirs != 0)
        return ch_fail(err, CH_E_FORMAT, s->where, 0, "has tables of another program; name an empty database");
    return status;
}

/* Makes the schema, or brings an older one to this version: all of it or nothing. */
static ch_status
migrate(const pg_store *s, ch_error *err)
{
    char set[120];
    int64_t version;
    snprintf(set, sizeof set, "DELETE FROM chancery_schema; INSERT INTO chancery_schema VALUES (%d); COMMIT", CH_STORE_SCHEMA);
    ch_status status = ch_pg_run(s, "BEGIN; SELECT pg_advisory_xact_lock(" SCHEMA_LOCK ")", err);
    if (status == CH_OK)
        status = find_version(s, &version, err); /* again: another writer may have been here */
    for (; status == CH_OK && version < CH_STORE_SCHEMA; version++)
        status = ch_pg_run(s, ch_schema_postgresql[version], err);
    if (status == CH_OK)
        status = ch_pg_run(s, set, err);
    if (status != CH_OK)
        ch_pg_run(s, "ROLLBACK", NULL);
    return status;
}

static ch_status
check_schema(const pg_store *s, ch_store_mode mode, ch_error *err)
{
    int64_t version;
    ch_status status = find_version(s, &version, err);
    if (status != CH_OK || version == CH_STORE_SCHEMA)
        return status;
    if (version > CH_STORE_SCHEMA)
        return ch_fail(err, CH_E_FORMAT, s->where, 0, "has schema %lld of a newer Chancery; this one knows %d", (long long)version, CH_STORE_SCHEMA);
    if (mode == CH_STORE_WRITE)
        return migrate(s, err);
    if (version == 0)
        return ch_fail(err, CH_E_FORMAT, s->where, 0, "holds nothing; `chancery store` fills it");
    return ch_fail(err, CH_E_FORMAT, s->where, 0, "has schema %lld, and this Chancery reads %d; `chancery store` with it and no report brings it there",
                   (long long)version, CH_STORE_SCHEMA);
}

/* ------------------------------------------------------------------ opening */

/* The address as it may be shown: without a password in it. */
static char *
without_password(const char *where)
{
    char *shown = strdup(where);
    char *begin = shown != NULL ? strstr(shown, "://") : NULL;
    char *host = begin != NULL ? strchr(begin + 3, '@') : NULL;
    char *colon = host != NULL ? memchr(begin + 3, ':', (size_t)(host - begin - 3)) : NULL;
    if (colon != NULL)
        memmove(colon, host, strlen(host) + 1);
    char *query = shown != NULL ? strstr(shown, "password=") : NULL;
    if (query != NULL)
        *query = '\0';
    return shown;
}

static void
say_nothing(void *context, const char *message)
{
    (void)context, (void)message;
}

/* What stands before the address holds where that does not say otherwise. */
static ch_status
connect_to(pg_store *s, const char *where, ch_error *err)
{
    static const char *const keys[] = {"fallback_application_name", "connect_timeout", "tcp_user_timeout", "client_encoding", "dbname", NULL};
    const char *const values[] = {"chancery", "15", "60000", "UTF8", where, NULL};
    s->connection = s->pq->PQconnectdbParams(keys, values, 1);
    if (s->pq->PQstatus(s->connection) == CONNECTION_OK) {
        s->pq->PQsetNoticeProcessor(s->connection, say_nothing, NULL);
        return CH_OK;
    }
    char message[400];
    snprintf(message, sizeof message, "%s", s->pq->PQerrorMessage(s->connection));
    trim(message);
    return ch_fail(err, CH_E_IO, s->where, 0, "cannot be reached: %s", message);
}

/* A commit is on the disk when it returns, whatever the server does by itself. */
static ch_status
configure(const pg_store *s, ch_store_mode mode, ch_error *err)
{
    if (mode == CH_STORE_READ)
        return ch_pg_run(s, "SET default_transaction_read_only = on", err);
    return ch_pg_run(s, "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'", err);
}

static void
close_store(ch_store *store)
{
    pg_store *s = (pg_store *)store;
    ch_pg_drop_entries(s);
    if (s->connection != NULL)
        s->pq->PQfinish(s->connection);
    for (size_t i = 0; i < CH_PG_TABLES; i++)
        ch_copy_free(&s->rows[i]);
    ch_keys_free(&s->actors);
    free(s->where);
    free(s);
}

static ch_status
open_store(ch_store **out, const char *where, ch_store_mode mode, ch_error *err)
{
    pg_store *s = calloc(1, sizeof *s);
    if (s == NULL || (s->where = without_password(where)) == NULL) {
        free(s);
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to open a database");
    }
    s->store.backend = &ch_postgresql;
    ch_status status = ch_libpq_open(&s->pq, err);
    if (status == CH_OK)
        status = connect_to(s, where, err);
    if (status == CH_OK)
        status = configure(s, mode, err);
    if (status == CH_OK)
        status = check_schema(s, mode, err);
    if (status == CH_OK)
        *out = &s->store;
    else
        close_store(&s->store);
    return status;
}

const ch_backend ch_postgresql = {.open = open_store,
                                  .close = close_store,
                                  .put = ch_pg_put,
                                  .commit = ch_pg_commit,
                                  .ask = ch_pg_ask,
                                  .limit = ch_pg_limit,
                                  .done = ch_pg_done,
                                  .next = ch_pg_next,
                                  .width = ch_pg_width,
                                  .name = ch_pg_name,
                                  .type = ch_pg_type,
                                  .integer = ch_pg_integer,
                                  .real = ch_pg_real,
                                  .text = ch_pg_text};
