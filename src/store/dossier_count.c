/* What is counted in a dossier. A country may have millions of events: their counts
 * are kept (side_month, dyad_count). Of anybody else the latest are looked at. */
#include "base/day.h"
#include "base/grow.h"
#include "base/hash.h"
#include "store/ask_parts.h"
#include "store/dossier_parts.h"
#include "store/sql.h"
#include "store/where.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Events of which types and partners are told, of those who are no country: the
 * latest, and what else was on the first of their days. */
#define LATEST 10000
#define PARTNERS_MOST 200
#define MONTHS_MAX 4800

typedef struct {
    const char *label; /* the arena's */
    int64_t acts, receives;
    double goldstein;
} tally;

/* Counts by label, in the order in which they were met. */
typedef struct {
    ch_arena arena;
    ch_map map;
    tally *all; /* [map.count] */
    uint32_t room;
    bool failed;
} tallies;

static tally *
tally_of(tallies *t, ch_str label)
{
    bool added;
    const char *copy = ch_arena_copy(&t->arena, label.at != NULL ? label.at : "", label.len);
    uint32_t next = t->map.count;
    uint32_t *at = copy != NULL ? ch_map_put(&t->map, (ch_str){copy, label.len}, next, &added) : NULL;
    if (at != NULL && added && next == t->room) {
        uint32_t room = t->room != 0 ? t->room * 2 : 64;
        tally *all = reallocarray(t->all, room, sizeof *all);
        t->failed = t->failed || all == NULL;
        if (all != NULL) {
            t->all = all;
            t->room = room;
        }
    }
    t->failed = t->failed || at == NULL || *at >= t->room;
    if (t->failed)
        return NULL;
    if (added)
        t->all[*at] = (tally){.label = copy};
    return &t->all[*at];
}

static void
add(tallies *t, ch_str label, bool acts, int64_t count, double goldstein)
{
    tally *one = tally_of(t, label);
    if (one == NULL)
        return;
    *(acts ? &one->acts : &one->receives) += count;
    one->goldstein += goldstein;
}

static void
free_tallies(tallies *t)
{
    ch_map_free(&t->map);
    ch_arena_free(&t->arena);
    free(t->all);
}

/* The most first. */
static int
compare(const void *left, const void *right)
{
    const tally *a = left, *b = right;
    int64_t x = a->acts + a->receives, y = b->acts + b->receives;
    return x != y ? (x < y ? 1 : -1) : strcmp(a->label, b->label);
}

static int
compare_labels(const void *left, const void *right)
{
    return strcmp(((const tally *)left)->label, ((const tally *)right)->label);
}

/* ------------------------------------------------------------------ queries */

/* Each row of a query to `take`. */
typedef void take_row(ch_rows *rows, void *context);

static ch_status
ask_rows(ch_dossier *d, ch_sql *sql, take_row *take, void *context, ch_error *err)
{
    ch_rows *rows;
    ch_status status = ch_sql_ask(&rows, sql, d->store, err);
    while (status == CH_OK && (status = ch_rows_next(rows, err)) == CH_OK)
        take(rows, context);
    ch_rows_close(rows);
    ch_sql_free(sql);
    return status == CH_END ? CH_OK : status;
}

static void
put_days(ch_sql *sql, const ch_dossier *d, const char *column)
{
    if (d->days.first != CH_DAY_MIN) {
        ch_sql_put(sql, " AND %s >= ", column);
        ch_sql_integer(sql, d->days.first);
    }
    if (d->days.last != CH_DAY_MAX) {
        ch_sql_put(sql, " AND %s <= ", column);
        ch_sql_integer(sql, d->days.last);
    }
}

static int64_t
month_number(int32_t day)
{
    int year, month, d;
    ch_day_parts(day, &year, &month, &d);
    return year * 100 + month;
}

static void
put_months(ch_sql *sql, const ch_dossier *d)
{
    if (d->days.first != CH_DAY_MIN) {
        ch_sql_put(sql, " AND month >= ");
        ch_sql_integer(sql, month_number(d->days.first));
    }
    if (d->days.last != CH_DAY_MAX) {
        ch_sql_put(sql, " AND month > 0 AND month <= ");
        ch_sql_integer(sql, month_number(d->days.last));
    }
}

static void
put_them(ch_sql *sql, const ch_dossier *d)
{
    ch_sql_put(sql, "p.actor IN (SELECT a.key FROM actor a WHERE ");
    ch_where_actor(sql, "a", &d->who);
    ch_sql_put(sql, ") AND p.role IN ('actor', 'recipient')");
}

static bool
acts(ch_rows *rows)
{
    return ch_str_is(ch_rows_text(rows, 0), "actor");
}

static ch_str
label_month(char label[16], int64_t month)
{
    snprintf(label, 16, "%04d-%02d", (int)(month / 100), (int)(month % 100));
    return month != 0 ? ch_str_of(label) : ch_str_of("");
}

typedef struct {
    int32_t day;
    int64_t events;
} day_events;

typedef struct {
    tallies months, types, partners;
    day_events *days; /* [nday] of those who are no country, in no order */
    uint32_t nday, room;
    int64_t events;  /* on all of them, and without a day */
    int32_t first;   /* day from which types and partners are told; CH_DAY_MIN: all */
    int64_t sampled; /* events since then */
    bool failed;
} counted;

/* role, month, type, events */
static void
take_side(ch_rows *rows, void *context)
{
    counted *c = context;
    char label[16];
    int64_t count = ch_rows_integer(rows, 3);
    add(&c->months, label_month(label, ch_rows_integer(rows, 1)), acts(rows), count, 0);
    add(&c->types, ch_rows_text(rows, 2), acts(rows), count, 0);
}

/* role, day, events */
static void
take_days(ch_rows *rows, void *context)
{
    counted *c = context;
    char label[16];
    bool dated = ch_rows_text(rows, 1).at != NULL;
    int32_t day = (int32_t)ch_rows_integer(rows, 1);
    int64_t events = ch_rows_integer(rows, 2);
    add(&c->months, label_month(label, dated ? month_number(day) : 0), acts(rows), events, 0);
    c->events += events;
    if (!dated)
        return;
    day_events *days = ch_grow(c->days, c->nday, &c->room, sizeof *days, 256);
    c->failed = c->failed || days == NULL;
    if (days == NULL)
        return;
    c->days = days;
    c->days[c->nday++] = (day_events){day, events};
}

static int
later_first(const void *left, const void *right)
{
    const day_events *a = left, *b = right;
    return a->day != b->day ? (a->day < b->day ? 1 : -1) : 0;
}

/* The day from which on there are LATEST events, so that the index of days gives
 * them and nothing is sorted. */
static void
choose_first_day(counted *c)
{
    int64_t events = 0;
    c->first = CH_DAY_MIN;
    if (c->events <= LATEST || c->nday == 0)
        return;
    qsort(c->days, c->nday, sizeof *c->days, later_first);
    for (uint32_t i = 0; i < c->nday && (events < LATEST || c->days[i].day == c->first); i++) {
        c->first = c->days[i].day;
        events += c->days[i].events;
    }
    c->sampled = events;
}

/* role, type, events */
static void
take_types(ch_rows *rows, void *context)
{
    counted *c = context;
    add(&c->types, ch_rows_text(rows, 1), acts(rows), ch_rows_integer(rows, 2), 0);
}

/* role, partner, events, goldstein */
static void
take_partners(ch_rows *rows, void *context)
{
    counted *c = context;
    add(&c->partners, ch_rows_text(rows, 1), acts(rows), ch_rows_integer(rows, 2), ch_rows_real(rows, 3));
}

static ch_status
no_memory(ch_error *err)
{
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a dossier");
}

static ch_status
count_country(ch_dossier *d, counted *c, ch_error *err)
{
    static const char *const sides[2][2] = {{"actor", "recipient"}, {"recipient", "actor"}};
    ch_sql *sql = ch_sql_new(d->store);
    if (sql == NULL)
        return no_memory(err);
    ch_sql_put(sql, "SELECT role, month, type, events FROM side_month WHERE events > 0 AND side = ");
    ch_sql_text(sql, d->who.text);
    put_months(sql, d);
    ch_status status = ask_rows(d, sql, take_side, c, err);
    for (int way = 0; way < 2 && status == CH_OK; way++) {
        sql = ch_sql_new(d->store);
        if (sql == NULL)
            return no_memory(err);
        ch_sql_put(sql, "SELECT '%s', %s, sum(events), sum(goldstein) FROM dyad_count WHERE events > 0 AND %s = ", sides[way][0],
                   sides[way][1], sides[way][0]);
        ch_sql_text(sql, d->who.text);
        put_months(sql, d);
        ch_sql_put(sql, " GROUP BY %s", sides[way][1]);
        status = ask_rows(d, sql, take_partners, c, err);
    }
    return status;
}

/* The latest events in which they take part, as `m`. */
static void
put_latest(ch_sql *sql, const ch_dossier *d, const counted *c)
{
    ch_sql_put(sql, "(SELECT DISTINCT p.record, p.role FROM party p WHERE ");
    put_them(sql, d);
    put_days(sql, d, "p.start_day");
    if (c->first != CH_DAY_MIN) {
        ch_sql_put(sql, " AND p.start_day >= ");
        ch_sql_integer(sql, c->first);
    }
    ch_sql_put(sql, ") m JOIN event e ON e.key = m.record");
}

static ch_status
count_other(ch_dossier *d, counted *c, ch_error *err)
{
    ch_sql *sql = ch_sql_new(d->store);
    if (sql == NULL)
        return no_memory(err);
    ch_sql_put(sql, "SELECT p.role, p.start_day, count(DISTINCT p.record) FROM party p WHERE ");
    put_them(sql, d);
    put_days(sql, d, "p.start_day");
    ch_sql_put(sql, " GROUP BY p.role, p.start_day");
    ch_status status = ask_rows(d, sql, take_days, c, err);
    choose_first_day(c);
    if (status != CH_OK || (sql = ch_sql_new(d->store)) == NULL)
        return status != CH_OK ? status : no_memory(err);
    ch_sql_put(sql, "SELECT m.role, e.type, count(*) FROM ");
    put_latest(sql, d, c);
    ch_sql_put(sql, " GROUP BY m.role, e.type");
    status = ask_rows(d, sql, take_types, c, err);
    if (status != CH_OK || (sql = ch_sql_new(d->store)) == NULL)
        return status != CH_OK ? status : no_memory(err);
    ch_sql_put(sql, "SELECT role, partner, count(*), sum(goldstein) FROM (SELECT DISTINCT m.role, e.key, coalesce(b.side, "
                    "b.name) AS partner, "
                    "e.goldstein FROM ");
    put_latest(sql, d, c);
    ch_sql_put(sql,
               " JOIN party q ON q.record = m.record AND q.role = CASE m.role WHEN 'actor' THEN 'recipient' ELSE 'actor' END "
               "JOIN actor b ON b.key = q.actor WHERE e.status IN ('asserted', 'ongoing') AND e.repeats IS NULL "
               "AND (");
    ch_where_actor(sql, "b", &d->who);
    ch_sql_put(sql, ") IS NOT TRUE) AS met GROUP BY role, partner");
    return ask_rows(d, sql, take_partners, c, err);
}

/* ------------------------------------------------------------------- results */

static void
add_number(struct json_object *to, const char *name, int64_t value)
{
    json_object_object_add(to, name, json_object_new_int64(value));
}

static struct json_object *
as_object(const tally *t, const char *label)
{
    struct json_object *one = json_object_new_object();
    json_object_object_add(one, label, t->label[0] != '\0' ? json_object_new_string(t->label) : NULL);
    add_number(one, "acts", t->acts);
    add_number(one, "receives", t->receives);
    return one;
}

/* Months without an event between those with one, so that the list is even. */
static void
add_months(ch_dossier *d, tallies *t)
{
    struct json_object *array = json_object_new_array(), *undated = NULL;
    int64_t sums[2] = {0, 0};
    int year = 0, month = 0;
    json_object_object_add(d->tree, "months", array);
    if (t->map.count > 1)
        qsort(t->all, t->map.count, sizeof *t->all, compare_labels);
    for (uint32_t i = 0; i < t->map.count; i++) {
        int y = atoi(t->all[i].label), m = t->all[i].label[0] != '\0' ? atoi(t->all[i].label + 5) : 0;
        sums[0] += t->all[i].acts;
        sums[1] += t->all[i].receives;
        if (m == 0) {
            undated = as_object(&t->all[i], "month");
            continue;
        }
        while (year != 0 && (year * 12 + month) + 1 < y * 12 + m && json_object_array_length(array) < MONTHS_MAX) {
            char label[24];
            year += month == 12;
            month = month % 12 + 1;
            snprintf(label, sizeof label, "%04d-%02d", year, month);
            json_object_array_add(array, as_object(&(tally){.label = label}, "month"));
        }
        json_object_array_add(array, as_object(&t->all[i], "month"));
        year = y;
        month = m;
    }
    if (undated != NULL)
        json_object_array_add(array, undated);
    add_number(d->tree, "acts", sums[0]);
    add_number(d->tree, "receives", sums[1]);
}

/* A code in words: the country's name, or what the store calls whoever has it. */
static void
add_name(ch_dossier *d, struct json_object *partner, const char *side)
{
    uint32_t country = strlen(side) == 3 ? ch_lexicon_country(d->lexicon, side) : CH_NONE;
    const char *name = country != CH_NONE ? ch_lexicon_string(d->lexicon, d->lexicon->countries[country].name) : NULL;
    ch_sql *sql = name == NULL ? ch_sql_new(d->store) : NULL;
    ch_rows *rows = NULL;
    if (sql != NULL) {
        ch_sql_put(sql, "SELECT min(name) FROM actor WHERE entity IS NOT NULL AND code = ");
        ch_sql_text(sql, side);
        if (ch_sql_ask(&rows, sql, d->store, NULL) == CH_OK && ch_rows_next(rows, NULL) == CH_OK)
            name = ch_rows_text(rows, 0).at;
    }
    if (d->who.kind == CH_VALUE_COUNTRY && strcmp(side, d->who.text) == 0)
        name = "(at home)";
    json_object_object_add(partner, "name", json_object_new_string(name != NULL ? name : side));
    ch_rows_close(rows);
    ch_sql_free(sql);
}

static void
add_partners(ch_dossier *d, tallies *t)
{
    struct json_object *array = json_object_new_array();
    json_object_object_add(d->tree, "partners", array);
    if (t->map.count > 1)
        qsort(t->all, t->map.count, sizeof *t->all, compare);
    for (uint32_t i = 0; i < t->map.count && i < PARTNERS_MOST; i++) {
        struct json_object *one = as_object(&t->all[i], "side");
        add_name(d, one, t->all[i].label);
        double mean = t->all[i].goldstein / (double)(t->all[i].acts + t->all[i].receives);
        char text[32];
        snprintf(text, sizeof text, "%.2f", fabs(mean) < 0.005 ? 0.0 : mean);
        json_object_object_add(one, "goldstein", json_object_new_double_s(mean, text));
        json_object_array_add(array, one);
    }
}

static void
add_types(ch_dossier *d, tallies *t)
{
    struct json_object *array = json_object_new_array();
    json_object_object_add(d->tree, "types", array);
    if (t->map.count > 1)
        qsort(t->all, t->map.count, sizeof *t->all, compare);
    for (uint32_t i = 0; i < t->map.count; i++)
        json_object_array_add(array, as_object(&t->all[i], "type"));
}

ch_status
ch_dossier_count(ch_dossier *d, ch_error *err)
{
    counted c = {0};
    ch_arena_init(&c.months.arena, 0);
    ch_arena_init(&c.types.arena, 0);
    ch_arena_init(&c.partners.arena, 0);
    bool country = d->who.kind == CH_VALUE_COUNTRY;
    ch_status status = country ? count_country(d, &c, err) : count_other(d, &c, err);
    if (status == CH_OK && (c.failed || c.months.failed || c.types.failed || c.partners.failed))
        status = no_memory(err);
    if (status == CH_OK) {
        add_months(d, &c.months);
        add_types(d, &c.types);
        add_partners(d, &c.partners);
        json_object_object_add(d->tree, "sampled", c.sampled != 0 ? json_object_new_int64(c.sampled) : NULL);
    }
    free(c.days);
    free_tallies(&c.months);
    free_tallies(&c.types);
    free_tallies(&c.partners);
    return status;
}
