/* Records: keys first, in their order, then what they say. Those with a date are
 * asked for, then those without: so the index of days serves both ways, and both
 * databases sort alike. */
#include "store/ask_parts.h"

#include "store/answer.h"
#include "store/flat.h"
#include "store/sql.h"
#include "store/where.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *name;
    const char *column;
    unsigned kinds;
    bool may_lack; /* a value */
} order;

static const order orders[] = {
    {"date", "x.start_day", CH_KIND_ALL, true},
    {"confidence", "x.confidence", CH_KIND_ALL, false},
    {"goldstein", "x.goldstein", CH_KIND_EVENT, false},
    {"value", "x.value", CH_KIND_AMOUNT, false},
};

typedef struct {
    ch_answer base;
    ch_store *store;
    const ch_filter *filter;
    const order *by;
    bool down;    /* the greatest first */
    bool lacking; /* those that have no value to be sorted by */
    bool walk;
    size_t left; /* rows that may still come; SIZE_MAX where all may */
    bool after;  /* behind these: */
    double after_value;
    int64_t after_key;
    ch_sql *sql;
    ch_rows *rows;
    ch_flat *flat; /* the row's columns, once one of them was asked for */
    bool flat_fresh;
} records;

/* Columns of the query. */
enum { COLUMN_KEY, COLUMN_VALUE, COLUMN_JSON, COLUMN_PUBLISHED, COLUMN_TITLE, COLUMN_COUNT };

/* ------------------------------------------------------------------- order */

static ch_status
find_order(records *r, const char *name, unsigned kinds, ch_error *err)
{
    r->down = name == NULL || name[0] == '-';
    const char *wanted = name == NULL ? "date" : name + (name[0] == '-');
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (strcmp(orders[i].name, wanted) != 0)
            continue;
        r->by = &orders[i];
        if ((kinds & ~orders[i].kinds) == 0)
            return CH_OK;
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "only %ss can be sorted by \"%s\"; ask for that kind alone",
                       ch_kind_name(orders[i].kinds), wanted);
    }
    return ch_fail(
        err, CH_E_ARGUMENT, NULL, 0,
        "records are not sorted by \"%.100s\"; there are date, confidence, goldstein and value, with - before them downward",
        name);
}

/* "KEY", or "KEY:VALUE" of a row that has one: as write_cursor() made it. */
static ch_status
read_cursor(records *r, const char *cursor, ch_error *err)
{
    char *end;
    errno = 0;
    r->after = true;
    r->after_key = strtoll(cursor, &end, 10);
    r->lacking = *end == '\0';
    bool ok = errno == 0 && cursor[0] >= '0' && cursor[0] <= '9';
    if (ok && *end == ':') {
        const char *value = end + 1;
        r->after_value = strtod(value, &end);
        ok = end != value && strspn(value, "+-.0123456789e") == strlen(value) && fabs(r->after_value) < 1e300;
    }
    return ok && *end == '\0' ? CH_OK
                              : ch_fail(err, CH_E_ARGUMENT, NULL, 0,
                                        "\"%.60s\" is no place to go on from; take what the page before gave", cursor);
}

static void
write_cursor(records *r)
{
    if (r->lacking)
        snprintf(r->base.cursor, CH_CURSOR_MAX, "%lld", (long long)ch_rows_integer(r->rows, COLUMN_KEY));
    else
        snprintf(r->base.cursor, CH_CURSOR_MAX, "%lld:%.17g", (long long)ch_rows_integer(r->rows, COLUMN_KEY),
                 ch_rows_real(r->rows, COLUMN_VALUE));
}

/* ------------------------------------------------------------------- query */

static void
put_after(const records *r)
{
    const char *sign = r->down ? "<" : ">";
    if (!r->after)
        return;
    if (r->lacking) {
        ch_sql_put(r->sql, " AND x.key %s ", sign);
        ch_sql_integer(r->sql, r->after_key);
        return;
    }
    ch_sql_put(r->sql, " AND (%s, x.key) %s (", r->by->column, sign);
    if (r->by->may_lack) /* whole numbers: an index of them serves no others in PostgreSQL */
        ch_sql_integer(r->sql, (int64_t)fmax(-1e9, fmin(1e9, r->after_value)));
    else
        ch_sql_real(r->sql, r->after_value);
    ch_sql_put(r->sql, ", ");
    ch_sql_integer(r->sql, r->after_key);
    ch_sql_put(r->sql, ")");
}

static void
put_keys(const records *r, unsigned kind)
{
    ch_sql_put(r->sql, "SELECT x.key AS key, %s AS value FROM %s x WHERE ", r->by->column, ch_kind_name(kind));
    ch_where_put(r->sql, r->filter, kind, r->walk);
    if (r->by->may_lack)
        ch_sql_put(r->sql, " AND %s IS %sNULL", r->by->column, r->lacking ? "" : "NOT ");
    put_after(r);
}

static ch_status
begin(records *r, ch_error *err)
{
    const char *way = r->down ? "DESC" : "ASC";
    unsigned kinds = ch_filter_kinds(r->filter);
    bool first = true;
    r->sql = ch_sql_new(r->store);
    if (r->sql == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to ask the store");
    ch_sql_put(r->sql, "SELECT k.key, k.value, r.json, d.published, d.title FROM (");
    for (unsigned bit = 1; bit <= CH_KIND_ALL; bit <<= 1)
        if ((kinds & bit) != 0) {
            ch_sql_put(r->sql, first ? "" : " UNION ALL ");
            put_keys(r, bit);
            first = false;
        }
    ch_sql_put(r->sql, " ORDER BY value %s, key %s", way, way);
    if (r->left != SIZE_MAX)
        ch_sql_put(r->sql, " LIMIT %zu", r->left);
    ch_sql_put(r->sql, ") k JOIN record r ON r.key = k.key JOIN document d ON d.key = r.document ORDER BY k.value %s, k.key %s",
               way, way);
    return ch_sql_ask(&r->rows, r->sql, r->store, err);
}

static void
end(records *r)
{
    ch_rows_close(r->rows);
    ch_sql_free(r->sql);
    r->rows = NULL;
    r->sql = NULL;
}

static ch_status
next_record(ch_answer *answer, ch_error *err)
{
    records *r = (records *)answer;
    r->flat_fresh = false;
    while (r->left != 0) {
        ch_status status = r->rows == NULL ? begin(r, err) : CH_OK;
        if (status == CH_OK)
            status = ch_rows_next(r->rows, err);
        if (status == CH_OK) {
            r->left -= r->left != SIZE_MAX;
            write_cursor(r);
            return CH_OK;
        }
        end(r);
        if (status != CH_END || r->lacking || !r->by->may_lack)
            return status;
        r->lacking = true;
        r->after = false;
    }
    return CH_END;
}

/* ----------------------------------------------------------------- columns */

static ch_flat *
flat_of(records *r)
{
    if (!r->flat_fresh)
        ch_flat_read(r->flat, ch_rows_text(r->rows, COLUMN_JSON), ch_rows_text(r->rows, COLUMN_PUBLISHED),
                     ch_rows_text(r->rows, COLUMN_TITLE));
    r->flat_fresh = true;
    return r->flat;
}

static const char *
record_text(ch_answer *answer, size_t column)
{
    return ch_flat_text(flat_of((records *)answer), column);
}

static bool
record_is_number(ch_answer *answer, size_t column)
{
    (void)answer;
    return ch_flat_is_number(column);
}

static void
write_record(ch_answer *answer, ch_text *out)
{
    records *r = (records *)answer;
    ch_text_add_str(out, ch_rows_text(r->rows, COLUMN_JSON));
}

static void
close_records(ch_answer *answer)
{
    records *r = (records *)answer;
    end(r);
    ch_flat_free(r->flat);
    free(r);
}

static ch_status
open_records(records *r, const ch_page *page, ch_error *err)
{
    ch_status status = find_order(r, page != NULL ? page->order : NULL, ch_filter_kinds(r->filter), err);
    r->left = page != NULL && page->limit != 0 ? page->limit : SIZE_MAX;
    if (status == CH_OK && page != NULL && page->after != NULL)
        status = read_cursor(r, page->after, err);
    if (status == CH_OK)
        status = ch_ask_check_names(r->store, r->filter, err);
    r->base.names = ch_flat_names(r->flat, &r->base.width);
    bool page_of_many = status == CH_OK && r->left != SIZE_MAX && r->by == &orders[0] && ch_ask_walks(r->store, r->filter);
    r->walk = page_of_many || ch_ask_is_narrow(r->filter);
    return status;
}

ch_status
ch_ask_records(ch_answer **out, ch_store *store, const ch_filter *filter, const ch_page *page, ch_error *err)
{
    *out = NULL;
    records *r = calloc(1, sizeof *r);
    if (r == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to ask the store");
    r->base = (ch_answer){
        .next = next_record, .text = record_text, .is_number = record_is_number, .write = write_record, .close = close_records};
    r->store = store;
    r->filter = filter;
    r->flat = ch_flat_new();
    ch_status status =
        r->flat != NULL ? open_records(r, page, err) : ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to ask the store");
    if (status != CH_OK) {
        ch_answer_close(&r->base);
        return status;
    }
    *out = &r->base;
    return CH_OK;
}
