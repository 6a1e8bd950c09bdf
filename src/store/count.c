/* Counts. The store groups by day, and days are made periods here: so weeks and
 * quarters are the same in both databases, and so is their order. */
#include "store/count.h"

#include "base/day.h"
#include "base/hash.h"
#include "store/answer.h"
#include "store/ask_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows that a person, or a table of a spreadsheet, can use; it bounds memory, too. */
#define GROUPS_MAX 1000000u
/* Periods that are filled up: thirty years of days. */
#define FILL_MAX 11000
#define NO_PERIOD INT32_MIN
#define LABEL_MAX 24

typedef enum { ORDER_USUAL, ORDER_UP, ORDER_DOWN, ORDER_LABEL } count_order;

typedef struct {
    int32_t at;                          /* the period, counted from 1970; NO_PERIOD without one */
    const char *labels[CH_COUNT_BY_MAX]; /* NULL: none */
    int64_t count;
    double sum;
} group;

typedef struct {
    ch_answer base;
    ch_count_plan plan;
    ch_count_table table;
    const char *names[CH_COUNT_BY_MAX + 3];
    ch_arena arena;
    ch_map map;
    group *groups; /* [ngroup] */
    uint32_t ngroup, room;
    uint32_t at;   /* the row, from 1 */
    uint32_t most; /* rows that are given */
    count_order order;
    char made[LABEL_MAX];
} counts;

/* ----------------------------------------------------------------- periods */

static int32_t
floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b < 0);
}

/* 1970-01-01 was a Thursday: week 0 is the one that it lies in. */
static int32_t
period_of(ch_period period, int32_t day)
{
    int year, month, d;
    if (day == CH_DAY_MIN)
        return NO_PERIOD;
    ch_day_parts(day, &year, &month, &d);
    switch (period) {
    case CH_PERIOD_WEEK: return floor_div(day + 3, 7);
    case CH_PERIOD_MONTH: return year * 12 + month - 1;
    case CH_PERIOD_QUARTER: return year * 4 + (month - 1) / 3;
    case CH_PERIOD_YEAR: return year;
    default: return day;
    }
}

/* "2024-03-09", "2024-W10", "2024-03", "2024-Q1", "2024". An ISO week is of the
 * year that its Thursday is in. */
static void
label_period(char out[LABEL_MAX], ch_period period, int32_t at)
{
    int year, month, d;
    switch (period) {
    case CH_PERIOD_WEEK:
        ch_day_parts(at * 7, &year, &month, &d);
        snprintf(out, LABEL_MAX, "%04d-W%02d", year, (at * 7 - ch_day_of(year, 1, 1)) / 7 + 1);
        break;
    case CH_PERIOD_MONTH: snprintf(out, LABEL_MAX, "%04d-%02d", floor_div(at, 12), at - floor_div(at, 12) * 12 + 1); break;
    case CH_PERIOD_QUARTER: snprintf(out, LABEL_MAX, "%04d-Q%d", floor_div(at, 4), at - floor_div(at, 4) * 4 + 1); break;
    case CH_PERIOD_YEAR: snprintf(out, LABEL_MAX, "%04d", at); break;
    default: ch_day_print(out, at);
    }
}

/* ------------------------------------------------------------------ groups */

static group *
new_group(counts *c)
{
    if (c->ngroup == c->room) {
        uint32_t room = c->room != 0 ? c->room * 2 : 64;
        group *groups = reallocarray(c->groups, room, sizeof *groups);
        if (groups == NULL)
            return NULL;
        c->groups = groups;
        c->room = room;
    }
    c->groups[c->ngroup] = (group){.at = NO_PERIOD};
    return &c->groups[c->ngroup++];
}

static bool
same_label(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* What the table has for a time, as a day; CH_DAY_MIN: none. */
static int32_t
day_of(const counts *c, int64_t time)
{
    if (c->table != CH_COUNT_SIDES)
        return (int32_t)time;
    return time != 0 ? ch_day_of((int)(time / 100), (int)(time % 100), 1) : CH_DAY_MIN;
}

/* The row's labels; its day as the period that it lies in. */
static bool
read_labels(counts *c, ch_rows *rows, group *g)
{
    for (size_t i = 0; i < c->plan.nby; i++) {
        ch_str text = ch_rows_text(rows, i);
        g->labels[i] = NULL;
        if ((int)i == c->plan.period_at)
            g->at = text.at != NULL ? period_of(c->plan.by[i]->period, day_of(c, ch_rows_integer(rows, i))) : NO_PERIOD;
        else if (text.at != NULL && (g->labels[i] = ch_arena_copy(&c->arena, text.at, text.len)) == NULL)
            return false;
    }
    return true;
}

/* What tells groups apart, as bytes: a label cannot hold a zero byte. */
static ch_str
key_of(counts *c, const group *g)
{
    ch_text key = {0};
    ch_text_add(&key, (const char *)&g->at, sizeof g->at);
    for (size_t i = 0; i < c->plan.nby; i++) {
        ch_text_putc(&key, g->labels[i] != NULL ? '1' : '0');
        ch_text_add(&key, g->labels[i] != NULL ? g->labels[i] : "", g->labels[i] != NULL ? strlen(g->labels[i]) + 1 : 1);
    }
    char *copy = key.failed ? NULL : ch_arena_copy(&c->arena, key.at, key.len);
    ch_str made = {copy, key.len};
    ch_text_free(&key);
    return made;
}

static ch_status
take_row(counts *c, ch_rows *rows, ch_error *err)
{
    group row = {.at = NO_PERIOD};
    bool added;
    ch_arena_mark mark = ch_arena_get_mark(&c->arena);
    ch_str key = read_labels(c, rows, &row) ? key_of(c, &row) : (ch_str){0};
    uint32_t *at = key.at != NULL ? ch_map_put(&c->map, key, c->ngroup, &added) : NULL;
    if (at == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to count");
    uint32_t index = *at;
    if (added && c->ngroup == GROUPS_MAX)
        return ch_fail(err, CH_E_LIMIT, NULL, 0, "there are more than %u rows; count by less, or ask for less", GROUPS_MAX);
    group *g = added ? new_group(c) : &c->groups[index];
    if (g == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to count");
    if (added)
        *g = row;
    else
        ch_arena_rewind(&c->arena, mark);
    g->count += ch_rows_integer(rows, c->plan.nby);
    g->sum += ch_rows_real(rows, c->plan.nby + 1);
    return CH_OK;
}

static ch_status
count_kind(counts *c, ch_store *store, const ch_filter *filter, unsigned kind, ch_error *err)
{
    ch_rows *rows;
    ch_sql *sql = ch_sql_new(store);
    if (sql == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to ask the store");
    c->table = ch_count_choose(&c->plan, filter, sql->postgresql);
    ch_count_put(sql, &c->plan, filter, kind);
    ch_status status = ch_sql_ask(&rows, sql, store, err);
    while (status == CH_OK && (status = ch_rows_next(rows, err)) == CH_OK)
        status = take_row(c, rows, err);
    ch_rows_close(rows);
    ch_sql_free(sql);
    return status == CH_END ? CH_OK : status;
}

/* Rows for the periods between the first and the last in which there is nothing. */
static ch_status
fill(counts *c, ch_error *err)
{
    int32_t first = INT32_MAX, last = NO_PERIOD;
    uint32_t known = c->ngroup;
    if (c->plan.nby != 1 || c->plan.period_at != 0)
        return CH_OK;
    for (uint32_t i = 0; i < known; i++)
        if (c->groups[i].at != NO_PERIOD) {
            first = c->groups[i].at < first ? c->groups[i].at : first;
            last = c->groups[i].at > last ? c->groups[i].at : last;
        }
    if (last == NO_PERIOD || (int64_t)last - first > FILL_MAX)
        return CH_OK;
    bool *there = calloc((size_t)(last - first) + 1, sizeof *there);
    for (uint32_t i = 0; there != NULL && i < known; i++)
        if (c->groups[i].at != NO_PERIOD)
            there[c->groups[i].at - first] = true;
    for (int32_t at = first; there != NULL && at <= last; at++) {
        group *g = there[at - first] ? NULL : new_group(c);
        if (g != NULL)
            g->at = at;
    }
    bool ok = there != NULL;
    free(there);
    return ok ? CH_OK : ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to count");
}

/* ------------------------------------------------------------------- order */

/* What has none comes last. */
static int
compare_labels(const group *a, const group *b, size_t nby)
{
    if (a->at != b->at)
        return a->at == NO_PERIOD ? 1 : b->at == NO_PERIOD ? -1 : a->at < b->at ? -1 : 1;
    for (size_t i = 0; i < nby; i++) {
        if (same_label(a->labels[i], b->labels[i]))
            continue;
        if (a->labels[i] == NULL || b->labels[i] == NULL)
            return a->labels[i] == NULL ? 1 : -1;
        return strcmp(a->labels[i], b->labels[i]);
    }
    return 0;
}

static int
compare(const void *left, const void *right, void *context)
{
    const group *a = left, *b = right;
    const counts *c = context;
    bool by_time = c->order == ORDER_USUAL && c->plan.period_at == 0;
    if (by_time && a->at != b->at)
        return compare_labels(a, b, 0);
    if (c->order != ORDER_LABEL && a->count != b->count)
        return (a->count < b->count) == (c->order != ORDER_UP) ? 1 : -1;
    return compare_labels(a, b, c->plan.nby);
}

static ch_status
read_order(counts *c, const char *order, ch_error *err)
{
    if (order == NULL)
        c->order = ORDER_USUAL;
    else if (strcmp(order, "count") == 0)
        c->order = ORDER_UP;
    else if (strcmp(order, "-count") == 0)
        c->order = ORDER_DOWN;
    else if (strcmp(order, "label") == 0)
        c->order = ORDER_LABEL;
    else
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "counts are not sorted by \"%.100s\"; there are count, -count and label",
                       order);
    return CH_OK;
}

/* ------------------------------------------------------------------ answer */

static ch_status
next_count(ch_answer *answer, ch_error *err)
{
    counts *c = (counts *)answer;
    (void)err;
    if (c->at == c->most)
        return CH_END;
    c->at++;
    return CH_OK;
}

/* Sums of many numbers differ in their last digits with the order in which they are
 * added: these are not shown. */
static const char *
print_number(counts *c, double value)
{
    snprintf(c->made, sizeof c->made, "%.12g", fabs(value) < 1e-9 ? 0.0 : value);
    return c->made;
}

static const char *
count_text(ch_answer *answer, size_t column)
{
    counts *c = (counts *)answer;
    const group *g = &c->groups[c->at - 1];
    size_t nby = c->plan.nby;
    if (column < nby && (int)column != c->plan.period_at)
        return g->labels[column];
    if (column < nby && g->at == NO_PERIOD)
        return NULL;
    if (column < nby)
        label_period(c->made, c->plan.by[column]->period, g->at);
    else if (column == nby)
        snprintf(c->made, sizeof c->made, "%lld", (long long)g->count);
    else if (column == nby + 1)
        return print_number(c, g->sum);
    else
        return g->count != 0 ? print_number(c, round(g->sum / (double)g->count * 1000) / 1000) : NULL;
    return c->made;
}

static bool
count_is_number(ch_answer *answer, size_t column)
{
    const counts *c = (const counts *)answer;
    return column >= c->plan.nby || strcmp(c->plan.by[column]->name, "quad") == 0;
}

static void
close_counts(ch_answer *answer)
{
    counts *c = (counts *)answer;
    ch_map_free(&c->map);
    ch_arena_free(&c->arena);
    free(c->groups);
    free(c);
}

static void
name_columns(counts *c)
{
    size_t n = 0;
    for (; n < c->plan.nby; n++)
        c->names[n] = c->plan.by[n]->name;
    c->names[n++] = "count";
    if (c->plan.sum != NULL) {
        c->names[n++] = c->plan.sum;
        c->names[n++] = "mean";
    }
    c->base.names = c->names;
    c->base.width = n;
}

static ch_status
count_all(counts *c, ch_store *store, const ch_filter *filter, const ch_counting *counting, ch_error *err)
{
    unsigned kinds = ch_filter_kinds(filter);
    ch_status status = ch_count_plan_read(&c->plan, filter, counting->by, counting->sum, err);
    if (status == CH_OK)
        status = read_order(c, counting->order, err);
    if (status == CH_OK)
        status = ch_ask_check_names(store, filter, err);
    for (unsigned bit = 1; status == CH_OK && bit <= CH_KIND_ALL; bit <<= 1)
        if ((kinds & bit) != 0)
            status = count_kind(c, store, filter, bit, err);
    if (status == CH_OK && counting->fill)
        status = fill(c, err);
    if (status != CH_OK)
        return status;
    name_columns(c);
    if (c->ngroup > 1)
        qsort_r(c->groups, c->ngroup, sizeof *c->groups, compare, c);
    c->most = counting->limit != 0 && counting->limit < c->ngroup ? (uint32_t)counting->limit : c->ngroup;
    return CH_OK;
}

ch_status
ch_ask_counts(ch_answer **out, ch_store *store, const ch_filter *filter, const ch_counting *counting, ch_error *err)
{
    static const ch_counting plain = {0};
    *out = NULL;
    counts *c = calloc(1, sizeof *c);
    if (c == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to count");
    ch_arena_init(&c->arena, 0);
    c->base = (ch_answer){.next = next_count, .text = count_text, .is_number = count_is_number, .close = close_counts};
    ch_status status = count_all(c, store, filter, counting != NULL ? counting : &plain, err);
    if (status != CH_OK) {
        ch_answer_close(&c->base);
        return status;
    }
    *out = &c->base;
    return CH_OK;
}
