/* The store in a file of SQLite.
 *
 * 1. Write-ahead log: readers see the last batch that was committed, and never wait.
 * 2. A batch is one transaction, begun by its first document: BEGIN IMMEDIATE, so
 *    that a second writer waits there and nowhere else.
 * 3. synchronous=FULL: a commit returns when the log is on the disk.
 * 4. `actors` holds keys of rows that are committed or of this batch; a batch that is
 *    lost takes all of them with it. */
#include "store/backend.h"
#include "store/keys.h"
#include "store/schema.h"
#include "store/tables.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

/* "CHNC" in the header of the file: what `file` and other programs know it by. */
#define APPLICATION_ID 0x43484E43
/* Steps of SQLite's machine, about a millisecond of them, between looks at the clock. */
#define STEPS_BETWEEN_LOOKS 20000
/* Header of a database file (sqlite.org/fileformat.html). */
#define HEADER_BYTES 100
/* How long a writer waits for another one. */
#define PATIENCE_MS 20000
#define LOG_PAUSE_MS 10

typedef enum {
    BEGIN,
    COMMIT,
    ROLLBACK,
    FIND_VERSION,
    ADD_VERSION,
    LAST_CHANGE,
    FIND_DOCUMENT,
    ADD_DOCUMENT,
    SET_DOCUMENT,
    DROP_RECORDS,
    DROP_ERRORS,
    ADD_ERROR,
    ADD_RECORD,
    FIND_ACTOR,
    ADD_ACTOR,
    ADD_PARTY,
    ADD_DYAD,
    ADD_EVENT, /* those of kinds in the order of ch_entry_kind */
    ADD_STATEMENT,
    ADD_AMOUNT,
    ADD_VOTE,
    ADD_RELATION,
    STATEMENT_COUNT
} statement;

static const char *const sql[STATEMENT_COUNT] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [FIND_VERSION] = "SELECT key FROM version WHERE program = ? AND model = ? AND lexicon = ?",
    [ADD_VERSION] = "INSERT INTO version (program, model, lexicon) VALUES (?, ?, ?)",
    [LAST_CHANGE] = "SELECT coalesce(max(change), 0) FROM document",
    [FIND_DOCUMENT] = "SELECT key, text_hash, records_hash, made_by FROM document WHERE id = ?",
    [ADD_DOCUMENT] = "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SET_DOCUMENT] = "UPDATE document SET text_hash = ?3, records_hash = ?4, made_by = ?5, change = ?6, title = ?7, url = ?8, "
                     "language = ?9, published = ?10, published_day = ?11, published_from = ?12, credits = ?13, duplicate_of = ?14, "
                     "passed_over = ?15, text = ?16, json = ?17 WHERE key = ?1 AND id = ?2",
    [DROP_RECORDS] = "DELETE FROM record WHERE document = ?",
    [DROP_ERRORS] = "DELETE FROM error WHERE document = ?",
    [ADD_ERROR] = "INSERT INTO error (hash, document, code, message, json) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
    [ADD_RECORD] = "INSERT INTO record VALUES (?, ?, ?, ?, ?)",
    [FIND_ACTOR] = "SELECT key FROM actor WHERE hash = ?",
    [ADD_ACTOR] = "INSERT INTO actor (hash, name, code, country, sector, entity, side, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_PARTY] = "INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_DYAD] = "INSERT INTO dyad VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_EVENT] = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_STATEMENT] = "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_AMOUNT] = "INSERT INTO amount VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_VOTE] = "INSERT INTO vote VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_RELATION] = "INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};

typedef struct {
    ch_store store;
    sqlite3 *db;
    char *path;
    ch_store_mode mode;
    sqlite3_stmt *made[STATEMENT_COUNT]; /* when first needed */
    bool in_batch;
    int64_t change; /* of the batch */
    ch_keys actors;
    double seconds;  /* that a query may take; 0: any */
    double deadline; /* of the one that is asked */
    char version[3][CH_VERSION_MAX + 1]; /* the one that was put last, and its key; 0: none */
    int64_t version_key;
} sqlite_store;

typedef struct {
    ch_rows rows;
    sqlite_store *of;
    sqlite3_stmt *stmt;
} sqlite_rows;

/* ------------------------------------------------------------------ failures */

static ch_status
fail(const sqlite_store *s, ch_error *err)
{
    int code = sqlite3_errcode(s->db), os = sqlite3_system_errno(s->db);
    ch_status status = CH_E_IO;
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ch_fail(err, status, s->path, 0, "is locked by another program that writes to it; try again when that is done");
    case SQLITE_FULL:
        status = ch_fail(err, status, s->path, 0, "the disk is full; what was stored before is kept");
        os = ENOSPC;
        break;
    case SQLITE_READONLY:
        status = ch_fail(err, status, s->path, 0, "may not be written");
        break;
    case SQLITE_CANTOPEN:
        status = ch_fail(err, status, s->path, 0, "cannot be opened: %s", os != 0 ? strerror(os) : "is it a folder?");
        break;
    case SQLITE_NOTADB:
        return ch_fail(err, CH_E_FORMAT, s->path, 0, "is no database of SQLite; name a file that does not exist yet to make one");
    case SQLITE_CORRUPT:
        return ch_fail(err, CH_E_FORMAT, s->path, 0, "is damaged; store its reports anew, or try `sqlite3 FILE .recover`");
    case SQLITE_NOMEM:
        return ch_fail(err, CH_E_NOMEM, s->path, 0, "not enough memory for the database");
    default:
        status = ch_fail(err, status, s->path, 0, "the database: %s", sqlite3_errmsg(s->db));
    }
    if (err != NULL)
        err->os = os;
    return status;
}

/* --------------------------------------------------------------- statements */

/* NULL where it cannot be made: the database says why. */
static sqlite3_stmt *
get(sqlite_store *s, statement which)
{
    if (s->made[which] == NULL)
        sqlite3_prepare_v3(s->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, &s->made[which], NULL);
    return s->made[which];
}

static int
bind(sqlite3_stmt *stmt, int at, const ch_cell *cell)
{
    switch (cell->type) {
    case CH_CELL_INTEGER:
        return sqlite3_bind_int64(stmt, at, cell->integer);
    case CH_CELL_REAL:
        return sqlite3_bind_double(stmt, at, cell->real);
    case CH_CELL_TEXT:
        return sqlite3_bind_text64(stmt, at, cell->text.at, cell->text.len, SQLITE_STATIC, SQLITE_UTF8);
    default:
        return sqlite3_bind_null(stmt, at);
    }
}

/* Runs a statement with cells [count] for its parameters; *key, unless NULL, is the
 * first column of its first row, or 0. */
static ch_status
run(sqlite_store *s, statement which, const ch_cell *cells, uint32_t count, int64_t *key, ch_error *err)
{
    sqlite3_stmt *stmt = get(s, which);
    if (stmt == NULL)
        return fail(s, err);
    ch_status status = CH_OK;
    for (uint32_t i = 0; i < count; i++)
        if (bind(stmt, (int)i + 1, &cells[i]) != SQLITE_OK)
            status = fail(s, err);
    int code = status == CH_OK ? sqlite3_step(stmt) : SQLITE_ERROR;
    if (key != NULL)
        *key = code == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
    if (status == CH_OK && code != SQLITE_ROW && code != SQLITE_DONE)
        status = fail(s, err);
    sqlite3_reset(stmt);
    return status;
}

static ch_status
run_row(sqlite_store *s, statement which, const ch_row *row, ch_error *err)
{
    return run(s, which, row->cells, row->count, NULL, err);
}

static ch_status
execute(sqlite_store *s, const char *text, ch_error *err)
{
    return sqlite3_exec(s->db, text, NULL, NULL, NULL) == SQLITE_OK ? CH_OK : fail(s, err);
}

/* The number that a PRAGMA or query gives. */
static ch_status
ask_number(sqlite_store *s, const char *text, int64_t *out, ch_error *err)
{
    sqlite3_stmt *stmt;
    *out = 0;
    if (sqlite3_prepare_v2(s->db, text, -1, &stmt, NULL) != SQLITE_OK)
        return fail(s, err);
    int code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(stmt, 0);
    ch_status status = code == SQLITE_ROW || code == SQLITE_DONE ? CH_OK : fail(s, err);
    sqlite3_finalize(stmt);
    return status;
}

/* ------------------------------------------------------------------- schema */

static ch_status
set_version(sqlite_store *s, ch_error *err)
{
    char text[96];
    snprintf(text, sizeof text, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID, CH_STORE_SCHEMA);
    return execute(s, text, err);
}

/* Which version of the schema the file has: 0 where it is empty.
 *   CH_E_FORMAT  it is another program's */
static ch_status
find_version(sqlite_store *s, int64_t *version, ch_error *err)
{
    int64_t application, tables;
    ch_status status = ask_number(s, "PRAGMA application_id", &application, err);
    if (status == CH_OK)
        status = ask_number(s, "PRAGMA user_version", version, err);
    if (status == CH_OK)
        status = ask_number(s, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (status != CH_OK)
        return status;
    if (application != APPLICATION_ID && (application != 0 || *version != 0 || tables != 0))
        return ch_fail(err, CH_E_FORMAT, s->path, 0, "is a database of another program; name a file that does not exist yet");
    return CH_OK;
}

/* Makes the schema, or brings an older one to this version: all of it or nothing. */
static ch_status
migrate(sqlite_store *s, ch_error *err)
{
    int64_t version;
    ch_status status = execute(s, "BEGIN IMMEDIATE", err);
    if (status != CH_OK)
        return status;
    status = find_version(s, &version, err); /* again: another writer may have been here */
    for (; status == CH_OK && version < CH_STORE_SCHEMA; version++)
        status = execute(s, ch_schema_sqlite[version], err);
    if (status == CH_OK)
        status = set_version(s, err);
    if (status == CH_OK)
        status = execute(s, "COMMIT", err);
    if (status != CH_OK)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* The same as of one moment, whatever another writer does meanwhile. */
static ch_status
find_version_alone(sqlite_store *s, int64_t *version, ch_error *err)
{
    ch_status status = execute(s, "BEGIN", err);
    if (status != CH_OK)
        return status;
    status = find_version(s, version, err);
    ch_status ended = execute(s, "ROLLBACK", status == CH_OK ? err : NULL);
    return status != CH_OK ? status : ended;
}

static ch_status
check_schema(sqlite_store *s, ch_error *err)
{
    int64_t version;
    ch_status status = find_version_alone(s, &version, err);
    if (status != CH_OK)
        return status;
    if (version > CH_STORE_SCHEMA)
        return ch_fail(err, CH_E_FORMAT, s->path, 0, "has schema %lld of a newer Chancery; this one knows %d", (long long)version, CH_STORE_SCHEMA);
    if (version == CH_STORE_SCHEMA)
        return CH_OK;
    if (s->mode == CH_STORE_WRITE)
        return migrate(s, err);
    if (version == 0)
        return ch_fail(err, CH_E_FORMAT, s->path, 0, "holds nothing; `chancery store` fills it");
    return ch_fail(err, CH_E_FORMAT, s->path, 0, "has schema %lld, and this Chancery reads %d; `chancery store` with it and no report brings it there",
                   (long long)version, CH_STORE_SCHEMA);
}

/* -------------------------------------------------------------- opening */

/* Reading is reading: no other file comes in. */
static int
refuse_attach(void *context, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)context, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

/* Another writer that opens the file at the same moment keeps it from the log, and
 * SQLite does not wait for that by itself. */
static ch_status
use_log(sqlite_store *s, ch_error *err)
{
    for (int waited = 0;; waited += LOG_PAUSE_MS) {
        int code = sqlite3_exec(s->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if (code == SQLITE_OK)
            return CH_OK;
        if (code != SQLITE_BUSY || waited >= PATIENCE_MS)
            return fail(s, err);
        sqlite3_sleep(LOG_PAUSE_MS);
    }
}

static ch_status
configure(sqlite_store *s, ch_error *err)
{
    sqlite3_busy_timeout(s->db, PATIENCE_MS);
    if (s->mode == CH_STORE_READ) {
        sqlite3_set_authorizer(s->db, refuse_attach, NULL);
        return execute(s, "PRAGMA query_only = 1; PRAGMA cache_size = -65536; PRAGMA mmap_size = 2147483648; PRAGMA temp_store = MEMORY", err);
    }
    ch_status status = use_log(s, err);
    return status != CH_OK ? status
                           : execute(s, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = 1; PRAGMA cache_size = -131072; "
                                        "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000", err);
}

static void
close_store(ch_store *store)
{
    sqlite_store *s = (sqlite_store *)store;
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(s->made[i]);
    sqlite3_close(s->db); /* rolls back */
    ch_keys_free(&s->actors);
    free(s->path);
    free(s);
}

/* SQLite would take a file that is shorter than its header for an empty database, and
 * write over it. */
static ch_status
check_length(const char *path, ch_error *err)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0 || st.st_size >= HEADER_BYTES)
        return CH_OK;
    return ch_fail(err, CH_E_FORMAT, path, 0, "it is no database: too short for one; name another file, or remove it");
}

/* A folder or a database of another program is told before anything is written. */
static ch_status
open_store(ch_store **out, const char *where, ch_store_mode mode, ch_error *err)
{
    sqlite_store *s = calloc(1, sizeof *s);
    if (s == NULL || (s->path = strdup(where)) == NULL) {
        free(s);
        return ch_fail(err, CH_E_NOMEM, where, 0, "not enough memory to open it");
    }
    s->store.backend = &ch_sqlite;
    s->mode = mode;
    int flags = mode == CH_STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    ch_status status = check_length(where, err);
    if (status == CH_OK && sqlite3_open_v2(where, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        status = fail(s, err);
    int64_t version;
    if (status == CH_OK) {
        sqlite3_busy_timeout(s->db, PATIENCE_MS);
        status = find_version_alone(s, &version, err);
    }
    if (status == CH_OK)
        status = configure(s, err);
    if (status == CH_OK)
        status = check_schema(s, err);
    if (status == CH_OK)
        *out = &s->store;
    else
        close_store(&s->store);
    return status;
}

/* ------------------------------------------------------------------ writing */

static void
lose_batch(sqlite_store *s)
{
    if (s->in_batch)
        run(s, ROLLBACK, NULL, 0, NULL, NULL);
    s->in_batch = false;
    s->version_key = 0;
    s->store.batch = (ch_store_counts){0};
    ch_keys_forget(&s->actors);
}

static ch_status
begin(sqlite_store *s, ch_error *err)
{
    if (s->in_batch)
        return CH_OK;
    ch_status status = run(s, BEGIN, NULL, 0, NULL, err);
    if (status != CH_OK)
        return status;
    s->in_batch = true;
    ch_keys_trim(&s->actors);
    status = run(s, LAST_CHANGE, NULL, 0, &s->change, err);
    s->change++;
    return status;
}

/* The key of the version, added when it is new. */
static ch_status
key_of_version(sqlite_store *s, const ch_store_version *version, int64_t *key, ch_error *err)
{
    const char *const parts[] = {version->program, version->model, version->lexicon};
    ch_cell cells[3];
    bool same = s->version_key != 0;
    for (size_t i = 0; i < 3; i++) {
        same = same && strcmp(s->version[i], parts[i]) == 0;
        snprintf(s->version[i], sizeof s->version[i], "%s", parts[i]);
        cells[i] = ch_cell_text(ch_str_of(s->version[i]));
    }
    ch_status status = CH_OK;
    if (!same) {
        status = run(s, FIND_VERSION, cells, 3, &s->version_key, err);
        if (status == CH_OK && s->version_key == 0) {
            status = run(s, ADD_VERSION, cells, 3, NULL, err);
            s->version_key = sqlite3_last_insert_rowid(s->db);
        }
    }
    if (status != CH_OK)
        s->version_key = 0;
    *key = s->version_key;
    return status;
}

static ch_status
key_of_actor(sqlite_store *s, const ch_entry_party *party, int64_t *key, ch_error *err)
{
    char folded[CH_FOLDED_MAX];
    ch_row row;
    ch_cell hash = ch_cell_integer((int64_t)party->hash);
    *key = ch_keys_get(&s->actors, party->hash);
    if (*key != 0)
        return CH_OK;
    ch_status status = run(s, FIND_ACTOR, &hash, 1, key, err);
    if (status == CH_OK && *key == 0) {
        ch_row_actor(&row, party, 0, folded);
        status = run_row(s, ADD_ACTOR, &row, err);
        *key = sqlite3_last_insert_rowid(s->db);
    }
    if (status == CH_OK && !ch_keys_put(&s->actors, party->hash, *key))
        status = ch_fail(err, CH_E_NOMEM, s->path, 0, "not enough memory for its actors");
    return status;
}

static ch_status
put_parties(sqlite_store *s, const ch_entry_record *record, int64_t key, ch_error *err)
{
    ch_row row;
    ch_status status = CH_OK;
    for (uint32_t i = 0; i < record->nparty && status == CH_OK; i++) {
        int64_t actor;
        status = key_of_actor(s, &record->parties[i], &actor, err);
        if (status != CH_OK)
            break;
        ch_row_party(&row, record, &record->parties[i], key, actor);
        status = run_row(s, ADD_PARTY, &row, err);
    }
    ch_pair pair = {0, 0};
    bool more = record->kind == CH_ENTRY_EVENT && ch_next_pair(&pair, true, record);
    for (; more && status == CH_OK; more = ch_next_pair(&pair, false, record)) {
        ch_row_dyad(&row, record, pair, key);
        status = run_row(s, ADD_DYAD, &row, err);
    }
    return status;
}

static ch_status
put_record(sqlite_store *s, const ch_entry_record *record, int64_t document, ch_error *err)
{
    ch_row row;
    ch_row_record(&row, record, 0, document);
    row.cells[0] = (ch_cell){.type = CH_CELL_NULL};
    ch_status status = run_row(s, ADD_RECORD, &row, err);
    if (status != CH_OK)
        return status;
    int64_t key = sqlite3_last_insert_rowid(s->db);
    ch_row_kind(&row, record, key);
    status = run_row(s, (statement)(ADD_EVENT + (int)record->kind), &row, err);
    return status == CH_OK ? put_parties(s, record, key, err) : status;
}

/* What is stored under the id of an entry. */
typedef struct {
    int64_t key; /* 0: nothing */
    int64_t made_by;
    bool same_text;
    bool same_records;
} stored;

static ch_status
find_document(sqlite_store *s, const ch_entry *entry, stored *out, ch_error *err)
{
    sqlite3_stmt *stmt = get(s, FIND_DOCUMENT);
    ch_cell id = ch_cell_text(entry->id);
    ch_status status = CH_OK;
    *out = (stored){0};
    if (stmt == NULL)
        return fail(s, err);
    int code = bind(stmt, 1, &id) == SQLITE_OK ? sqlite3_step(stmt) : SQLITE_ERROR;
    if (code == SQLITE_ROW)
        *out = (stored){.key = sqlite3_column_int64(stmt, 0),
                        .same_text = strcmp((const char *)sqlite3_column_text(stmt, 1), entry->text_hash) == 0,
                        .same_records = strcmp((const char *)sqlite3_column_text(stmt, 2), entry->records_hash) == 0,
                        .made_by = sqlite3_column_int64(stmt, 3)};
    else if (code != SQLITE_DONE)
        status = fail(s, err);
    sqlite3_reset(stmt);
    return status;
}

static ch_status
put_document(sqlite_store *s, const ch_entry *entry, const ch_store_version *version, ch_error *err)
{
    int64_t made_by = 0;
    stored before = {0};
    ch_row row;
    ch_cell id = ch_cell_text(entry->id);
    ch_status status = run(s, DROP_ERRORS, &id, 1, NULL, err);
    if (status == CH_OK)
        status = find_document(s, entry, &before, err);
    bool same = status == CH_OK && before.key != 0 && before.same_text && before.same_records;
    if (status == CH_OK && !(same && ch_version_is_unknown(version))) {
        status = key_of_version(s, version, &made_by, err);
        same = same && before.made_by == made_by;
    }
    if (status != CH_OK || same) {
        s->store.batch.unchanged += same;
        return status;
    }
    *(before.key != 0 ? &s->store.batch.replaced : &s->store.batch.added) += 1;
    ch_row_document(&row, entry, before.key, made_by, s->change);
    if (before.key != 0) {
        ch_cell key = row.cells[0];
        status = run_row(s, SET_DOCUMENT, &row, err);
        if (status == CH_OK)
            status = run(s, DROP_RECORDS, &key, 1, NULL, err);
    } else {
        row.cells[0] = (ch_cell){.type = CH_CELL_NULL};
        status = run_row(s, ADD_DOCUMENT, &row, err);
        before.key = sqlite3_last_insert_rowid(s->db);
    }
    for (uint32_t i = 0; i < entry->nrecord && status == CH_OK; i++)
        status = put_record(s, &entry->records[i], before.key, err);
    return status;
}

static ch_status
put_error(sqlite_store *s, const ch_entry *entry, ch_error *err)
{
    ch_row row;
    ch_row_error(&row, entry);
    return run_row(s, ADD_ERROR, &row, err);
}

static ch_status
put(ch_store *store, ch_entry *entry, const ch_store_version *version, ch_error *err)
{
    sqlite_store *s = (sqlite_store *)store;
    ch_status status = begin(s, err);
    if (status == CH_OK)
        status = entry->failed ? put_error(s, entry, err) : put_document(s, entry, version, err);
    if (status != CH_OK)
        lose_batch(s);
    ch_entry_free(entry);
    return status;
}

static ch_status
commit(ch_store *store, ch_error *err)
{
    sqlite_store *s = (sqlite_store *)store;
    if (!s->in_batch)
        return CH_OK;
    ch_status status = run(s, COMMIT, NULL, 0, NULL, err);
    if (status == CH_OK)
        ch_store_count_batch(store);
    else
        lose_batch(s);
    s->in_batch = false;
    return status;
}

/* ------------------------------------------------------------------ reading */

static void
done(ch_rows *rows)
{
    sqlite_rows *r = (sqlite_rows *)rows;
    sqlite3_finalize(r->stmt);
    free(r);
}

/* The first statement alone is asked; what is behind it must be nothing. */
static ch_status
prepare(sqlite_rows *r, const char *text, ch_error *err)
{
    sqlite_store *s = r->of;
    const char *rest = "";
    if (sqlite3_prepare_v2(s->db, text, -1, &r->stmt, &rest) != SQLITE_OK) {
        if (sqlite3_errcode(s->db) != SQLITE_ERROR && sqlite3_errcode(s->db) != SQLITE_AUTH)
            return fail(s, err);
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the query: %s", sqlite3_errmsg(s->db));
    }
    rest += strspn(rest, " \t\r\n;");
    if (r->stmt == NULL || *rest != '\0')
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the query is not one statement of SQL");
    if (s->mode == CH_STORE_READ && (!sqlite3_stmt_readonly(r->stmt) || sqlite3_column_count(r->stmt) == 0))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the query would change the store; it is open for reading alone");
    return CH_OK;
}

static ch_status
bind_values(sqlite_rows *r, const ch_cell *values, size_t count, ch_error *err)
{
    for (size_t i = 0; i < count; i++) {
        char name[24];
        snprintf(name, sizeof name, "$%zu", i + 1);
        int at = sqlite3_bind_parameter_index(r->stmt, name);
        if (at == 0)
            continue;
        int code = values[i].type != CH_CELL_TEXT ? bind(r->stmt, at, &values[i])
                                                  : sqlite3_bind_text64(r->stmt, at, values[i].text.at, values[i].text.len,
                                                                        SQLITE_TRANSIENT, SQLITE_UTF8);
        if (code != SQLITE_OK)
            return fail(r->of, err);
    }
    return CH_OK;
}

static double
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
is_over(void *context)
{
    const sqlite_store *s = context;
    return now() > s->deadline;
}

static ch_status
limit(ch_store *store, double seconds, ch_error *err)
{
    sqlite_store *s = (sqlite_store *)store;
    (void)err;
    s->seconds = seconds;
    sqlite3_progress_handler(s->db, STEPS_BETWEEN_LOOKS, seconds > 0 ? is_over : NULL, s);
    return CH_OK;
}

static ch_status
ask(ch_rows **out, ch_store *store, const char *text, const ch_cell *values, size_t count, ch_error *err)
{
    sqlite_rows *r = calloc(1, sizeof *r);
    if (r == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a query");
    r->rows.backend = &ch_sqlite;
    r->of = (sqlite_store *)store;
    r->of->deadline = now() + r->of->seconds;
    ch_status status = prepare(r, text, err);
    if (status == CH_OK)
        status = bind_values(r, values, count, err);
    if (status == CH_OK)
        *out = &r->rows;
    else
        done(&r->rows);
    return status;
}

static ch_status
next(ch_rows *rows, ch_error *err)
{
    sqlite_rows *r = (sqlite_rows *)rows;
    switch (sqlite3_step(r->stmt)) {
    case SQLITE_ROW:
        return CH_OK;
    case SQLITE_DONE:
        return CH_END;
    case SQLITE_INTERRUPT:
        return ch_fail(err, CH_E_LIMIT, NULL, 0, "the query took longer than %g seconds", r->of->seconds);
    case SQLITE_ERROR: /* what the query itself made fail, such as a bad MATCH */
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the query: %s", sqlite3_errmsg(r->of->db));
    default:
        return fail(r->of, err);
    }
}

static size_t
width(const ch_rows *rows)
{
    return (size_t)sqlite3_column_count(((const sqlite_rows *)rows)->stmt);
}

static const char *
name(const ch_rows *rows, size_t column)
{
    return sqlite3_column_name(((const sqlite_rows *)rows)->stmt, (int)column);
}

static ch_cell_type
type(const ch_rows *rows, size_t column)
{
    switch (sqlite3_column_type(((const sqlite_rows *)rows)->stmt, (int)column)) {
    case SQLITE_INTEGER:
        return CH_CELL_INTEGER;
    case SQLITE_FLOAT:
        return CH_CELL_REAL;
    case SQLITE_NULL:
        return CH_CELL_NULL;
    default:
        return CH_CELL_TEXT;
    }
}

static int64_t
integer(ch_rows *rows, size_t column)
{
    return sqlite3_column_int64(((sqlite_rows *)rows)->stmt, (int)column);
}

static double
real(ch_rows *rows, size_t column)
{
    return sqlite3_column_double(((sqlite_rows *)rows)->stmt, (int)column);
}

static ch_str
text(ch_rows *rows, size_t column)
{
    sqlite3_stmt *stmt = ((sqlite_rows *)rows)->stmt;
    const char *at = (const char *)sqlite3_column_text(stmt, (int)column);
    return (ch_str){at, at != NULL ? (size_t)sqlite3_column_bytes(stmt, (int)column) : 0};
}

const ch_backend ch_sqlite = {.open = open_store,
                              .close = close_store,
                              .put = put,
                              .commit = commit,
                              .ask = ask,
                              .limit = limit,
                              .done = done,
                              .next = next,
                              .width = width,
                              .name = name,
                              .type = type,
                              .integer = integer,
                              .real = real,
                              .text = text};
