/* Writing to PostgreSQL.
 *
 * Documents are gathered, CH_PG_TOGETHER at the most, and go in one transaction:
 *
 *     actors   those not met yet, in a transaction of their own: they are never taken
 *              back, so that writers do not wait for each other's for long
 *     BEGIN
 *       stage    the documents, by COPY; those that are stored already are taken out
 *       upsert   the rest, which gives their keys and says which replaces another
 *       copy     records, kinds, parties, dyads, by COPY with keys made here
 *     COMMIT
 *
 * 1. Every writer locks rows in one order: actors by their hash with nothing else held,
 *    then documents by their id. Nobody waits in a circle.
 * 2. No document is twice in one transaction. */
#include "store/postgresql.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Bytes that are handed to the library at once. */
#define CHUNK ((size_t)1 << 26)

/* In `actors`: it is on its way into the database. */
#define PENDING (-1)

#define DOCUMENT_COLUMNS                                                                                                       \
    "id, text_hash, records_hash, made_by, change, title, url, language, published, published_day, published_from, credits, "  \
    "duplicate_of, passed_over, text, json"

static const char *const copies[CH_PG_TABLES] = {
    [CH_ENTRY_EVENT] = "COPY event FROM STDIN (FORMAT binary)",       [CH_ENTRY_STATEMENT] = "COPY statement FROM STDIN (FORMAT binary)",
    [CH_ENTRY_AMOUNT] = "COPY amount FROM STDIN (FORMAT binary)",     [CH_ENTRY_VOTE] = "COPY vote FROM STDIN (FORMAT binary)",
    [CH_ENTRY_RELATION] = "COPY relation FROM STDIN (FORMAT binary)", [CH_PG_RECORD] = "COPY record FROM STDIN (FORMAT binary)",
    [CH_PG_PARTY] = "COPY party FROM STDIN (FORMAT binary)",          [CH_PG_DYAD] = "COPY dyad FROM STDIN (FORMAT binary)",
};

/* Records before what points to them, events before dyads. */
static const int copy_order[CH_PG_TABLES] = {CH_PG_RECORD,  CH_ENTRY_EVENT,    CH_ENTRY_STATEMENT, CH_ENTRY_AMOUNT,
                                             CH_ENTRY_VOTE, CH_ENTRY_RELATION, CH_PG_PARTY,        CH_PG_DYAD};

void
ch_pg_drop_entries(pg_store *s)
{
    for (size_t i = 0; i < s->count; i++)
        ch_entry_free(s->entries[i]);
    s->count = 0;
}

/* --------------------------------------------------------------------- COPY */

static bool
send(const pg_store *s, const char *bytes, size_t len)
{
    bool ok = true;
    for (size_t part; ok && len != 0; bytes += part, len -= part) {
        part = len < CHUNK ? len : CHUNK;
        ok = s->pq->PQputCopyData(s->connection, bytes, (int)part) == 1;
    }
    return ok;
}

/* Copies the rows and empties them; nothing where there are none. */
static ch_status
copy_in(const pg_store *s, const char *sql, ch_copy *rows, ch_error *err)
{
    const ch_libpq *pq = s->pq;
    if (rows->bytes.failed)
        return ch_fail(err, CH_E_NOMEM, s->where, 0, "not enough memory for a batch");
    if (rows->rows == 0)
        return CH_OK;
    PGresult *result = pq->PQexec(s->connection, sql);
    ch_status status = pq->PQresultStatus(result) == PGRES_COPY_IN ? CH_OK : ch_pg_fail(s, result, err);
    pq->PQclear(result);
    if (status != CH_OK)
        return status;
    bool sent = send(s, CH_COPY_HEADER, CH_COPY_HEADER_LEN) && send(s, rows->bytes.at, rows->bytes.len) &&
                send(s, CH_COPY_TRAILER, CH_COPY_TRAILER_LEN) && pq->PQputCopyEnd(s->connection, NULL) == 1;
    if (!sent)
        status = ch_pg_fail(s, NULL, err);
    while ((result = pq->PQgetResult(s->connection)) != NULL) {
        if (status == CH_OK && pq->PQresultStatus(result) != PGRES_COMMAND_OK)
            status = ch_pg_fail(s, result, err);
        pq->PQclear(result);
    }
    ch_copy_clear(rows);
    return status;
}

/* ------------------------------------------------------------------- actors */

/* Rows of the actors that are not known; each is pending from then on. */
static ch_status
gather_actors(pg_store *s, ch_copy *rows, ch_error *err)
{
    char folded[CH_FOLDED_MAX];
    ch_row row;
    for (size_t i = 0; i < s->count; i++)
        for (uint32_t k = 0; k < s->entries[i]->nrecord; k++) {
            const ch_entry_record *record = &s->entries[i]->records[k];
            for (uint32_t p = 0; p < record->nparty; p++) {
                if (ch_keys_get(&s->actors, record->parties[p].hash) != 0)
                    continue;
                ch_row_actor(&row, &record->parties[p], 0, folded);
                ch_copy_row(rows, &row);
                if (!ch_keys_put(&s->actors, record->parties[p].hash, PENDING))
                    return ch_fail(err, CH_E_NOMEM, s->where, 0, "not enough memory for its actors");
            }
        }
    return CH_OK;
}

static ch_status
learn_keys(pg_store *s, ch_error *err)
{
    const ch_libpq *pq = s->pq;
    PGresult *result = pq->PQexec(s->connection, "SELECT a.hash, a.key FROM stage_actor s JOIN actor a ON a.hash = s.hash");
    ch_status status = pq->PQresultStatus(result) == PGRES_TUPLES_OK ? CH_OK : ch_pg_fail(s, result, err);
    for (int i = 0; status == CH_OK && i < pq->PQntuples(result); i++) {
        uint64_t hash = (uint64_t)strtoll(pq->PQgetvalue(result, i, 0), NULL, 10);
        if (!ch_keys_put(&s->actors, hash, strtoll(pq->PQgetvalue(result, i, 1), NULL, 10)))
            status = ch_fail(err, CH_E_NOMEM, s->where, 0, "not enough memory for its actors");
    }
    pq->PQclear(result);
    return status;
}

static ch_status
put_actors(pg_store *s, ch_error *err)
{
    ch_copy rows = {0};
    ch_keys_trim(&s->actors);
    ch_status status = gather_actors(s, &rows, err);
    if (status == CH_OK && rows.rows != 0) {
        status = ch_pg_run(s, "BEGIN", err);
        if (status == CH_OK)
            status = copy_in(s, "COPY stage_actor FROM STDIN (FORMAT binary)", &rows, err);
        if (status == CH_OK)
            status = ch_pg_run(s, "INSERT INTO actor (hash, name, code, country, sector, entity, side, folded) "
                                  "SELECT * FROM stage_actor s WHERE NOT EXISTS (SELECT FROM actor a WHERE a.hash = s.hash) "
                                  "ORDER BY hash ON CONFLICT (hash) DO NOTHING", err);
        if (status == CH_OK)
            status = learn_keys(s, err);
        if (status == CH_OK)
            status = ch_pg_run(s, "COMMIT", err);
    }
    ch_copy_free(&rows);
    return status;
}

/* ---------------------------------------------------------------- documents */

static ch_status
find_version(pg_store *s, bool add, ch_error *err)
{
    const char *const texts[] = {s->version[0], s->version[1], s->version[2]};
    static const char find[] = "SELECT key FROM version WHERE program = $1 AND model = $2 AND lexicon = $3";
    ch_status status = CH_OK;
    if (s->version_key == 0)
        status = ch_pg_number(s, find, texts, 3, &s->version_key, err);
    if (status != CH_OK || s->version_key != 0 || !add)
        return status;
    int64_t added;
    status = ch_pg_number(s, "INSERT INTO version (program, model, lexicon) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING key", texts, 3,
                          &added, err);
    return status == CH_OK ? ch_pg_number(s, find, texts, 3, &s->version_key, err) : status;
}

static ch_status
stage(pg_store *s, ch_error *err)
{
    ch_copy documents = {0}, errors = {0};
    ch_row row;
    for (size_t i = 0; i < s->count; i++) {
        const ch_entry *entry = s->entries[i];
        if (entry->failed) {
            ch_row_error(&row, entry);
            ch_copy_row(&errors, &row);
            continue;
        }
        ch_row_document(&row, entry, 0, s->version_key, s->change);
        ch_copy_row(&documents, &row);
    }
    ch_status status = copy_in(s, "COPY stage_document FROM STDIN (FORMAT binary)", &documents, err);
    if (status == CH_OK)
        status = copy_in(s, "COPY stage_error FROM STDIN (FORMAT binary)", &errors, err);
    ch_copy_free(&documents);
    ch_copy_free(&errors);
    return status;
}

/* Takes out of the stage what is stored already; *left is how many are not. */
static ch_status
pass_over(pg_store *s, int64_t *left, ch_error *err)
{
    ch_status status = ch_pg_run(s, s->version_known ? "DELETE FROM stage_document s USING document d WHERE d.id = s.id AND d.text_hash = s.text_hash AND "
                                                       "d.records_hash = s.records_hash AND d.made_by = s.made_by"
                                                     : "DELETE FROM stage_document s USING document d WHERE d.id = s.id AND d.text_hash = s.text_hash AND "
                                                       "d.records_hash = s.records_hash", err);
    return status == CH_OK ? ch_pg_number(s, "SELECT count(*) FROM stage_document", NULL, 0, left, err) : status;
}

static void
note_key(pg_store *s, const char *id, int64_t key, bool added)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->entries[i]->failed && ch_str_is(s->entries[i]->id, id)) {
            s->documents[i] = key;
            *(added ? &s->store.batch.added : &s->store.batch.replaced) += 1;
            return;
        }
}

static ch_status
upsert(pg_store *s, ch_error *err)
{
    static const char sql[] =
        "INSERT INTO document (key, " DOCUMENT_COLUMNS ") SELECT nextval('document_key'), " DOCUMENT_COLUMNS " FROM stage_document ORDER BY id "
        "ON CONFLICT (id) DO UPDATE SET text_hash = excluded.text_hash, records_hash = excluded.records_hash, made_by = excluded.made_by, "
        "change = excluded.change, title = excluded.title, url = excluded.url, language = excluded.language, published = excluded.published, "
        "published_day = excluded.published_day, published_from = excluded.published_from, credits = excluded.credits, "
        "duplicate_of = excluded.duplicate_of, passed_over = excluded.passed_over, text = excluded.text, json = excluded.json "
        "WHERE (document.text_hash, document.records_hash) IS DISTINCT FROM (excluded.text_hash, excluded.records_hash) "
        "OR ($1::boolean AND document.made_by <> excluded.made_by) RETURNING id, key, (xmax = 0)::int";
    const char *const known[] = {s->version_known ? "t" : "f"};
    const ch_libpq *pq = s->pq;
    PGresult *result = pq->PQexecParams(s->connection, sql, 1, NULL, known, NULL, NULL, 0);
    ch_status status = pq->PQresultStatus(result) == PGRES_TUPLES_OK ? CH_OK : ch_pg_fail(s, result, err);
    for (int i = 0; status == CH_OK && i < pq->PQntuples(result); i++)
        note_key(s, pq->PQgetvalue(result, i, 0), strtoll(pq->PQgetvalue(result, i, 1), NULL, 10), pq->PQgetvalue(result, i, 2)[0] == '1');
    pq->PQclear(result);
    return status;
}

/* What an older text or version gave goes. */
static ch_status
drop_records(pg_store *s, ch_error *err)
{
    if (s->store.batch.replaced == 0)
        return CH_OK;
    return ch_pg_run(s, "DELETE FROM record r USING stage_document s, document d WHERE d.id = s.id AND d.change = s.change AND r.document = d.key", err);
}

static ch_status
put_documents(pg_store *s, ch_error *err)
{
    int64_t left = 0;
    ch_status status = find_version(s, s->version_known, err);
    if (status == CH_OK)
        status = ch_pg_number(s, "SELECT nextval('change_number')", NULL, 0, &s->change, err);
    if (status == CH_OK)
        status = stage(s, err);
    if (status == CH_OK)
        status = pass_over(s, &left, err);
    if (status == CH_OK && left != 0 && s->version_key == 0) {
        const char *key[1];
        char number[24];
        status = find_version(s, true, err);
        snprintf(number, sizeof number, "%" PRId64, s->version_key);
        key[0] = number;
        if (status == CH_OK)
            status = ch_pg_number(s, "UPDATE stage_document SET made_by = $1", key, 1, &(int64_t){0}, err);
    }
    if (status == CH_OK && left != 0)
        status = upsert(s, err);
    return status == CH_OK ? drop_records(s, err) : status;
}

static ch_status
put_errors(pg_store *s, ch_error *err)
{
    return ch_pg_run(s, "DELETE FROM error WHERE key IN (SELECT e.key FROM error e JOIN stage_document s ON s.id = e.document ORDER BY e.key FOR UPDATE OF e); "
                        "INSERT INTO error (hash, document, code, message, json) SELECT * FROM stage_error ORDER BY hash ON CONFLICT (hash) DO NOTHING", err);
}

/* ------------------------------------------------------------------ records */

static ch_status
next_key(pg_store *s, int64_t *out, ch_error *err)
{
    ch_status status = CH_OK;
    if (s->keys_left == 0) {
        status = ch_pg_number(s, "SELECT nextval('record_key')", NULL, 0, &s->next_key, err);
        s->keys_left = status == CH_OK ? 1000 : 0;
    }
    *out = s->next_key++;
    s->keys_left -= status == CH_OK;
    return status;
}

static void
add_rows(pg_store *s, const ch_entry_record *record, int64_t key, int64_t document)
{
    ch_row row;
    ch_row_record(&row, record, key, document);
    ch_copy_row(&s->rows[CH_PG_RECORD], &row);
    ch_row_kind(&row, record, key);
    ch_copy_row(&s->rows[record->kind], &row);
    for (uint32_t i = 0; i < record->nparty; i++) {
        ch_row_party(&row, record, &record->parties[i], key, ch_keys_get(&s->actors, record->parties[i].hash));
        ch_copy_row(&s->rows[CH_PG_PARTY], &row);
    }
    ch_pair pair = {0, 0};
    bool more = record->kind == CH_ENTRY_EVENT && ch_next_pair(&pair, true, record);
    for (; more; more = ch_next_pair(&pair, false, record)) {
        ch_row_dyad(&row, record, pair, key);
        ch_copy_row(&s->rows[CH_PG_DYAD], &row);
    }
}

static ch_status
put_records(pg_store *s, ch_error *err)
{
    ch_status status = CH_OK;
    for (size_t i = 0; i < s->count && status == CH_OK; i++)
        for (uint32_t k = 0; s->documents[i] != 0 && k < s->entries[i]->nrecord && status == CH_OK; k++) {
            int64_t key;
            status = next_key(s, &key, err);
            if (status == CH_OK)
                add_rows(s, &s->entries[i]->records[k], key, s->documents[i]);
        }
    for (size_t i = 0; i < CH_PG_TABLES && status == CH_OK; i++)
        status = copy_in(s, copies[copy_order[i]], &s->rows[copy_order[i]], err);
    return status;
}

/* --------------------------------------------------------------------- batch */

/* Where documents and actors lie on their way, for this connection alone. */
static ch_status
make_stage(const pg_store *s, ch_error *err)
{
    return ch_pg_run(s, "CREATE TEMP TABLE IF NOT EXISTS stage_document ON COMMIT DELETE ROWS AS SELECT key, " DOCUMENT_COLUMNS " FROM document WITH NO DATA; "
                        "CREATE TEMP TABLE IF NOT EXISTS stage_error ON COMMIT DELETE ROWS AS SELECT hash, document, code, message, json FROM error WITH NO DATA; "
                        "CREATE TEMP TABLE IF NOT EXISTS stage_actor ON COMMIT DELETE ROWS AS SELECT hash, name, code, country, sector, entity, side, folded "
                        "FROM actor WITH NO DATA", err);
}

static void
count_unchanged(pg_store *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->store.batch.unchanged += !s->entries[i]->failed && s->documents[i] == 0;
}

static ch_status
write_batch(pg_store *s, ch_error *err)
{
    memset(s->documents, 0, sizeof s->documents);
    ch_status status = s->change == 0 ? make_stage(s, err) : CH_OK;
    if (status == CH_OK)
        status = put_actors(s, err);
    if (status == CH_OK)
        status = ch_pg_run(s, "BEGIN", err);
    if (status == CH_OK)
        status = put_documents(s, err);
    if (status == CH_OK)
        status = put_errors(s, err);
    if (status == CH_OK)
        status = put_records(s, err);
    return status == CH_OK ? ch_pg_run(s, "COMMIT", err) : status;
}

ch_status
ch_pg_commit(ch_store *store, ch_error *err)
{
    pg_store *s = (pg_store *)store;
    if (s->count == 0)
        return CH_OK;
    ch_status status = write_batch(s, err);
    if (status == CH_OK) {
        count_unchanged(s);
        ch_store_count_batch(store);
    } else {
        ch_pg_run(s, "ROLLBACK", NULL);
        ch_keys_free(&s->actors);
        for (size_t i = 0; i < CH_PG_TABLES; i++)
            ch_copy_clear(&s->rows[i]);
        s->version_key = 0;
        s->store.batch = (ch_store_counts){0};
    }
    ch_pg_drop_entries(s);
    return status;
}

static bool
is_there(const pg_store *s, const ch_entry *entry)
{
    for (size_t i = 0; i < s->count; i++)
        if (ch_str_eq(s->entries[i]->id, entry->id))
            return true;
    return false;
}

/* Whether the version is the one of what was put before. */
static bool
is_same_version(pg_store *s, const ch_store_version *version)
{
    const char *const parts[] = {version->program, version->model, version->lexicon};
    bool same = true;
    for (size_t i = 0; i < 3; i++)
        same = same && strcmp(s->version[i], parts[i]) == 0;
    return same;
}

ch_status
ch_pg_put(ch_store *store, ch_entry *entry, const ch_store_version *version, ch_error *err)
{
    pg_store *s = (pg_store *)store;
    bool same = is_same_version(s, version);
    ch_status status = CH_OK;
    if (s->count == CH_PG_TOGETHER || !same || is_there(s, entry))
        status = ch_pg_commit(store, err);
    if (!same) {
        snprintf(s->version[0], sizeof s->version[0], "%s", version->program);
        snprintf(s->version[1], sizeof s->version[1], "%s", version->model);
        snprintf(s->version[2], sizeof s->version[2], "%s", version->lexicon);
        s->version_key = 0;
    }
    s->version_known = !ch_version_is_unknown(version);
    if (status == CH_OK)
        s->entries[s->count++] = entry;
    else
        ch_entry_free(entry);
    return status;
}
