#include "store/sql.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The words' forms that PostgreSQL's index has. */
#define CH_TEXT_SEARCH "english"

ch_sql *
ch_sql_new(const ch_store *store)
{
    ch_sql *sql = calloc(1, sizeof *sql);
    if (sql == NULL)
        return NULL;
    ch_arena_init(&sql->arena, 0);
    sql->postgresql = ch_store_is_postgresql(store);
    return sql;
}

void
ch_sql_free(ch_sql *sql)
{
    if (sql == NULL)
        return;
    ch_text_free(&sql->text);
    ch_arena_free(&sql->arena);
    free(sql);
}

void
ch_sql_put(ch_sql *sql, const char *format, ...)
{
    char words[512];
    va_list ap;
    va_start(ap, format);
    int len = vsnprintf(words, sizeof words, format, ap);
    va_end(ap);
    if (len < 0 || (size_t)len >= sizeof words)
        sql->failed = true;
    else
        ch_text_add(&sql->text, words, (size_t)len);
}

/* PostgreSQL asks of what type a value is where nothing beside it says so. */
static void
put_value(ch_sql *sql, ch_cell value, const char *type)
{
    if (sql->count == CH_SQL_VALUES_MAX) {
        sql->failed = true;
        return;
    }
    sql->values[sql->count++] = value;
    if (sql->postgresql)
        ch_sql_put(sql, "$%zu::%s", sql->count, type);
    else
        ch_sql_put(sql, "$%zu", sql->count);
}

void
ch_sql_text(ch_sql *sql, const char *value)
{
    put_value(sql, ch_cell_text(ch_str_of(value)), "text");
}

void
ch_sql_integer(ch_sql *sql, int64_t value)
{
    put_value(sql, ch_cell_integer(value), "bigint");
}

void
ch_sql_real(ch_sql *sql, double value)
{
    put_value(sql, ch_cell_real(value), "double precision");
}

ch_status
ch_sql_ask(ch_rows **out, ch_sql *sql, ch_store *store, ch_error *err)
{
    *out = NULL;
    if (sql->failed || sql->text.failed)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the question has more values than a store is asked at once");
    return ch_rows_open(out, store, sql->text.at, sql->values, sql->count, err);
}

/* Of functions that take no number of eight bytes in PostgreSQL. */
static void
put_number(ch_sql *sql, int64_t value)
{
    put_value(sql, ch_cell_integer(value), "int");
}

/* Neither LIKE nor a pattern, in which the value's own characters would mean
 * something. In SQLite a range, which an index answers: no text has U+10FFFF in it.
 * PostgreSQL sorts text by the rules of some language. */
void
ch_sql_begins(ch_sql *sql, const char *column, const char *value)
{
    if (sql->postgresql) {
        ch_sql_put(sql, "starts_with(%s, ", column);
        ch_sql_text(sql, value);
        ch_sql_put(sql, ")");
        return;
    }
    ch_sql_put(sql, "(%s >= ", column);
    ch_sql_text(sql, value);
    ch_sql_put(sql, " AND %s < ", column);
    ch_sql_text(sql, value);
    ch_sql_put(sql, " || char(1114111))");
}

void
ch_sql_contains(ch_sql *sql, const char *column, const char *value)
{
    ch_sql_put(sql, sql->postgresql ? "(strpos(lower(%s), lower(" : "(instr(lower(%s), lower(", column);
    ch_sql_text(sql, value);
    ch_sql_put(sql, ")) > 0)");
}

void
ch_sql_bytes(ch_sql *sql, const char *column, int64_t start, int64_t end)
{
    ch_sql_put(sql,
               sql->postgresql ? "SELECT convert_from(substring(convert_to(%s, 'UTF8') FROM "
                               : "SELECT CAST(substr(CAST(%s AS BLOB), ",
               column);
    put_number(sql, start + 1);
    ch_sql_put(sql, sql->postgresql ? " FOR " : ", ");
    put_number(sql, end > start ? end - start : 0);
    ch_sql_put(sql, sql->postgresql ? "), 'UTF8')" : ") AS TEXT)");
}

void
ch_sql_array(ch_sql *sql, const char *column, const char *alias)
{
    ch_sql_put(sql, sql->postgresql ? "jsonb_array_elements_text(%s::jsonb) AS %s(value)" : "json_each(%s) AS %s", column, alias);
}

void
ch_sql_join_array(ch_sql *sql, const char *column, const char *alias)
{
    ch_sql_put(sql, sql->postgresql ? " LEFT JOIN LATERAL " : " LEFT JOIN ");
    ch_sql_array(sql, column, alias);
    ch_sql_put(sql, " ON TRUE");
}

/* ------------------------------------------------------------------ search */

/* The first step of what ends with step `at`: itself of a leaf. */
static uint32_t
first_of(const ch_value *search, uint32_t at)
{
    if (search->steps[at].op == CH_SEARCH_WORDS || search->steps[at].op == CH_SEARCH_PREFIX)
        return at;
    return first_of(search, first_of(search, at - 1) - 1);
}

/* FTS5's language, the user's words as its strings. */
static void
put_fts5(ch_text *out, const ch_value *search, uint32_t at)
{
    static const char *const operators[] = {[CH_SEARCH_AND] = " AND ", [CH_SEARCH_OR] = " OR ", [CH_SEARCH_AND_NOT] = " NOT "};
    const ch_search_step *step = &search->steps[at];
    if (first_of(search, at) == at) {
        ch_text_putc(out, '"');
        for (const char *c = step->words; *c != '\0'; c++)
            ch_text_putc(out, *c == '"' ? ' ' : *c);
        ch_text_puts(out, step->op == CH_SEARCH_PREFIX ? "\" *" : "\"");
        return;
    }
    ch_text_putc(out, '(');
    put_fts5(out, search, first_of(search, at - 1) - 1);
    ch_text_puts(out, operators[step->op]);
    put_fts5(out, search, at - 1);
    ch_text_putc(out, ')');
}

/* "word" as to_tsquery() reads the beginning of one. */
static const char *
prefix_of(ch_sql *sql, const char *word)
{
    ch_text text = {0};
    ch_text_putc(&text, '\'');
    for (; *word != '\0'; word++) {
        if (*word == '\'' || *word == '\\')
            ch_text_putc(&text, *word);
        ch_text_putc(&text, *word);
    }
    ch_text_puts(&text, "':*");
    const char *copy = text.failed ? NULL : ch_arena_copy(&sql->arena, text.at, text.len);
    ch_text_free(&text);
    sql->failed = sql->failed || copy == NULL;
    return copy != NULL ? copy : "";
}

/* The same with the functions and operators of tsquery. */
static void
put_tsquery(ch_sql *sql, const ch_value *search, uint32_t at)
{
    static const char *const operators[] = {[CH_SEARCH_AND] = " && ", [CH_SEARCH_OR] = " || ", [CH_SEARCH_AND_NOT] = " && !!"};
    const ch_search_step *step = &search->steps[at];
    if (first_of(search, at) == at) {
        bool prefix = step->op == CH_SEARCH_PREFIX;
        ch_sql_put(sql, "%s('%s', ", prefix ? "to_tsquery" : "phraseto_tsquery", CH_TEXT_SEARCH);
        ch_sql_text(sql, prefix ? prefix_of(sql, step->words) : step->words);
        ch_sql_put(sql, ")");
        return;
    }
    ch_sql_put(sql, "(");
    put_tsquery(sql, search, first_of(search, at - 1) - 1);
    ch_sql_put(sql, "%s", operators[step->op]);
    put_tsquery(sql, search, at - 1);
    ch_sql_put(sql, ")");
}

static void
put_match(ch_sql *sql, const ch_value *search)
{
    ch_text text = {0};
    if (sql->postgresql) {
        put_tsquery(sql, search, search->nstep - 1);
        return;
    }
    put_fts5(&text, search, search->nstep - 1);
    const char *copy = text.failed ? NULL : ch_arena_copy(&sql->arena, text.at, text.len);
    ch_text_free(&text);
    sql->failed = sql->failed || copy == NULL;
    ch_sql_text(sql, copy != NULL ? copy : "");
}

void
ch_sql_search(ch_sql *sql, const ch_value *search)
{
    ch_sql_put(sql, sql->postgresql ? "SELECT key FROM document WHERE words @@ "
                                    : "SELECT rowid FROM document_text WHERE document_text MATCH ");
    put_match(sql, search);
}

void
ch_sql_documents(ch_sql *sql, const ch_value *search)
{
    if (!sql->postgresql) {
        ch_sql_put(sql,
                   "SELECT d.id, d.title, d.published, snippet(document_text, 1, char(2), char(3), '...', 24) FROM document_text "
                   "JOIN document d ON d.key = document_text.rowid WHERE document_text MATCH ");
        put_match(sql, search);
        ch_sql_put(sql, " ORDER BY bm25(document_text, 4.0, 1.0), d.key");
        return;
    }
    ch_sql_put(sql,
               "SELECT id, title, published, ts_headline('%s', text, query, 'MinWords=12, MaxWords=24, StartSel=' || chr(2) || "
               "', StopSel=' || chr(3)) FROM (SELECT d.*, s.query FROM document d, (SELECT ",
               CH_TEXT_SEARCH);
    put_match(sql, search);
    ch_sql_put(sql, " AS query) s WHERE d.words @@ s.query ORDER BY ts_rank(d.words, s.query) DESC, d.key) f");
}
