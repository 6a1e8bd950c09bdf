#include "store/count.h"

#include "base/day.h"
#include "store/ask_parts.h"
#include "store/close.h"
#include "store/where.h"

#include <stdio.h>
#include <string.h>

#define EV CH_KIND_EVENT
#define ST CH_KIND_STATEMENT
#define AM CH_KIND_AMOUNT
#define VO CH_KIND_VOTE
#define RE CH_KIND_RELATION
#define TWO_SIDED (EV | ST | AM | RE)

static const ch_count_field fields[] = {
    {"day", CH_PERIOD_DAY, CH_JOIN_NONE, CH_KIND_ALL, "x.start_day", "x.start_day"},
    {"week", CH_PERIOD_WEEK, CH_JOIN_NONE, CH_KIND_ALL, "x.start_day", "x.start_day"},
    {"month", CH_PERIOD_MONTH, CH_JOIN_NONE, CH_KIND_ALL, "x.start_day", "x.start_day"},
    {"quarter", CH_PERIOD_QUARTER, CH_JOIN_NONE, CH_KIND_ALL, "x.start_day", "x.start_day"},
    {"year", CH_PERIOD_YEAR, CH_JOIN_NONE, CH_KIND_ALL, "x.start_day", "x.start_day"},
    {"kind", CH_PERIOD_NONE, CH_JOIN_NONE, CH_KIND_ALL, NULL, NULL},
    {"what", CH_PERIOD_NONE, CH_JOIN_NONE, CH_KIND_ALL, NULL, "x.type"},
    {"type", CH_PERIOD_NONE, CH_JOIN_NONE, EV, "x.type", "x.type"},
    {"mode", CH_PERIOD_NONE, CH_JOIN_NONE, EV, "x.mode", NULL},
    {"context", CH_PERIOD_NONE, CH_JOIN_CONTEXTS, EV, "lx.value", NULL},
    {"cameo", CH_PERIOD_NONE, CH_JOIN_NONE, EV, "x.cameo", NULL},
    {"root", CH_PERIOD_NONE, CH_JOIN_NONE, EV, "substr(x.cameo, 1, 2)", NULL},
    {"quad", CH_PERIOD_NONE, CH_JOIN_NONE, EV, "x.quad", "x.quad"},
    {"status", CH_PERIOD_NONE, CH_JOIN_NONE, CH_KIND_ALL, "x.status", "x.status"},
    {"rule", CH_PERIOD_NONE, CH_JOIN_NONE, CH_KIND_ALL, "x.rule", NULL},
    {"actor", CH_PERIOD_NONE, CH_JOIN_ACTING, CH_KIND_ALL, "coalesce(aa.side, aa.name)", "x.actor"},
    {"actor-name", CH_PERIOD_NONE, CH_JOIN_ACTING, CH_KIND_ALL, "aa.name", NULL},
    {"actor-code", CH_PERIOD_NONE, CH_JOIN_ACTING, CH_KIND_ALL, "aa.code", NULL},
    {"actor-sector", CH_PERIOD_NONE, CH_JOIN_ACTING, CH_KIND_ALL, "aa.sector", NULL},
    {"recipient", CH_PERIOD_NONE, CH_JOIN_OTHER, TWO_SIDED, "coalesce(oa.side, oa.name)", "x.recipient"},
    {"recipient-name", CH_PERIOD_NONE, CH_JOIN_OTHER, TWO_SIDED, "oa.name", NULL},
    {"recipient-code", CH_PERIOD_NONE, CH_JOIN_OTHER, TWO_SIDED, "oa.code", NULL},
    {"recipient-sector", CH_PERIOD_NONE, CH_JOIN_OTHER, TWO_SIDED, "oa.sector", NULL},
    {"with", CH_PERIOD_NONE, CH_JOIN_ANY, CH_KIND_ALL, "coalesce(wa.side, wa.name)", NULL},
    {"with-name", CH_PERIOD_NONE, CH_JOIN_ANY, CH_KIND_ALL, "wa.name", NULL},
    {"said-by", CH_PERIOD_NONE, CH_JOIN_SOURCE, CH_KIND_ALL, "sa.name", NULL},
    {"place", CH_PERIOD_NONE, CH_JOIN_NONE, EV, "x.place_name", NULL},
    {"place-country", CH_PERIOD_NONE, CH_JOIN_NONE, EV, "x.place_country", NULL},
    {"document", CH_PERIOD_NONE, CH_JOIN_DOCUMENT, CH_KIND_ALL, "d.id", NULL},
    {"language", CH_PERIOD_NONE, CH_JOIN_DOCUMENT, CH_KIND_ALL, "d.language", NULL},
    {"source", CH_PERIOD_NONE, CH_JOIN_CREDITS, CH_KIND_ALL, "lc.value", NULL},
    {"stance", CH_PERIOD_NONE, CH_JOIN_NONE, ST, "x.stance", NULL},
    {"topic", CH_PERIOD_NONE, CH_JOIN_NONE, ST, "x.topic", NULL},
    {"holder", CH_PERIOD_NONE, CH_JOIN_ACTING, ST, "aa.name", NULL},
    {"towards", CH_PERIOD_NONE, CH_JOIN_OTHER, ST, "oa.name", NULL},
    {"giver", CH_PERIOD_NONE, CH_JOIN_ACTING, AM, "aa.name", NULL},
    {"receiver", CH_PERIOD_NONE, CH_JOIN_OTHER, AM, "oa.name", NULL},
    {"state", CH_PERIOD_NONE, CH_JOIN_NONE, AM, "x.state", NULL},
    {"unit", CH_PERIOD_NONE, CH_JOIN_NONE, AM, "x.unit", NULL},
    {"bound", CH_PERIOD_NONE, CH_JOIN_NONE, AM, "x.bound", NULL},
    {"body", CH_PERIOD_NONE, CH_JOIN_BODY, VO, "ba.name", NULL},
    {"outcome", CH_PERIOD_NONE, CH_JOIN_NONE, VO, "x.outcome", NULL},
    {"voter", CH_PERIOD_NONE, CH_JOIN_ACTING, VO, "aa.name", NULL},
    {"ballot", CH_PERIOD_NONE, CH_JOIN_ACTING, VO, "ap.role", NULL},
    {"relation", CH_PERIOD_NONE, CH_JOIN_NONE, RE, "x.relation", NULL},
    {"subject", CH_PERIOD_NONE, CH_JOIN_ACTING, RE, "aa.name", NULL},
    {"object", CH_PERIOD_NONE, CH_JOIN_OTHER, RE, "oa.name", NULL},
};

#define FIELD_COUNT (sizeof fields / sizeof *fields)

const char *
ch_count_field_name(size_t index)
{
    return index < FIELD_COUNT ? fields[index].name : NULL;
}

/* -------------------------------------------------------------------- plan */

static ch_status
no_such_field(ch_str name, ch_error *err)
{
    char written[CH_CLOSE_LENGTH];
    ch_close close;
    ch_text message = {0};
    snprintf(written, sizeof written, "%.*s", (int)name.len, name.at);
    ch_close_init(&close, written);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        ch_close_offer(&close, fields[i].name);
    ch_text_printf(&message, "records are not counted by \"%s\"", written);
    ch_close_tell(&message, &close);
    ch_status status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "%s", message.failed ? "no such field" : message.at);
    ch_text_free(&message);
    return status;
}

static ch_status
add_field(ch_count_plan *plan, ch_str name, unsigned kinds, ch_error *err)
{
    size_t i = 0;
    while (i < FIELD_COUNT && !ch_str_is(name, fields[i].name))
        i++;
    if (i == FIELD_COUNT)
        return no_such_field(name, err);
    const ch_count_field *f = &fields[i];
    if (plan->nby == CH_COUNT_BY_MAX)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "records are counted by %d fields at the most", CH_COUNT_BY_MAX);
    if ((kinds & ~f->kinds) != 0)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0,
                       "not every record that is asked for has \"%s\"; name the kind of those that have", f->name);
    if (f->period != CH_PERIOD_NONE && plan->period_at >= 0)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "records are counted by one period at a time, not by %s and %s",
                       plan->by[plan->period_at]->name, f->name);
    for (size_t k = 0; k < plan->nby; k++)
        if (plan->by[k] == f)
            return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%s\" is named twice", f->name);
    if (f->period != CH_PERIOD_NONE)
        plan->period_at = (int)plan->nby;
    plan->by[plan->nby++] = f;
    return CH_OK;
}

/* Sums of different units are no sum. */
static ch_status
read_sum(ch_count_plan *plan, const char *sum, unsigned kinds, ch_error *err)
{
    bool value = strcmp(sum, "value") == 0, unit = false;
    if (!value && strcmp(sum, "goldstein") != 0)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.100s\" is not summed up; there are goldstein and value", sum);
    if (kinds != (value ? AM : EV))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "only %ss have \"%s\"; ask for that kind alone", value ? "amount" : "event",
                       sum);
    plan->sum = value ? "value" : "goldstein";
    for (size_t i = 0; i < plan->nby; i++)
        unit = unit || strcmp(plan->by[i]->name, "unit") == 0;
    return value && !unit ? add_field(plan, ch_str_of("unit"), kinds, err) : CH_OK;
}

ch_status
ch_count_plan_read(ch_count_plan *plan, const ch_filter *filter, const char *by, const char *sum, ch_error *err)
{
    ch_status status = CH_OK;
    unsigned kinds = ch_filter_kinds(filter);
    ch_str rest = ch_str_of(by != NULL ? by : "");
    *plan = (ch_count_plan){.period_at = -1};
    while (status == CH_OK && rest.len != 0) {
        ch_str one = ch_str_cut(rest, ',', &rest);
        status = add_field(plan, one, kinds, err);
    }
    return status == CH_OK && sum != NULL ? read_sum(plan, sum, kinds, err) : status;
}

/* ------------------------------------------------------------------- joins */

/* The side of a record on which a key names somebody. */
static ch_join
side_of(ch_key key)
{
    switch (key) {
    case CH_KEY_ACTOR:
    case CH_KEY_HOLDER:
    case CH_KEY_GIVER:
    case CH_KEY_VOTER:
    case CH_KEY_SUBJECT:
        return CH_JOIN_ACTING;
    case CH_KEY_RECIPIENT:
    case CH_KEY_TOWARDS:
    case CH_KEY_RECEIVER:
    case CH_KEY_OBJECT:
        return CH_JOIN_OTHER;
    case CH_KEY_SAID_BY:
        return CH_JOIN_SOURCE;
    case CH_KEY_BODY:
        return CH_JOIN_BODY;
    default:
        return CH_JOIN_NONE;
    }
}

/* Of a side that is asked for those that are asked for. */
static void
put_asked_for(ch_sql *sql, const ch_filter *filter, ch_join side, char letter)
{
    for (const ch_condition *c = filter->first; c != NULL; c = c->next) {
        if (side_of(c->key) != side || c->negative)
            continue;
        ch_sql_put(sql, " AND %cp.actor IN (SELECT a.key FROM actor a WHERE ", letter);
        for (uint32_t i = 0; i < c->count; i++) {
            ch_sql_put(sql, i == 0 ? "" : " OR ");
            ch_where_actor(sql, "a", &c->values[i]);
        }
        ch_sql_put(sql, ")");
    }
}

static void
put_party(ch_sql *sql, const ch_filter *filter, unsigned kind, ch_join side)
{
    static const char letters[CH_JOIN_COUNT] = {
        [CH_JOIN_ACTING] = 'a', [CH_JOIN_OTHER] = 'o', [CH_JOIN_ANY] = 'w', [CH_JOIN_SOURCE] = 's', [CH_JOIN_BODY] = 'b'};
    char letter = letters[side];
    ch_sql_put(sql, " LEFT JOIN party %cp ON %cp.record = x.key AND %cp.role ", letter, letter, letter);
    if (side == CH_JOIN_ANY)
        ch_sql_put(sql, "<> 'source'");
    else if (side == CH_JOIN_SOURCE || side == CH_JOIN_BODY)
        ch_sql_put(sql, "= '%s'", side == CH_JOIN_SOURCE ? "source" : "body");
    else {
        ch_sql_put(sql, "IN ");
        ch_where_side(sql, kind, side == CH_JOIN_ACTING);
    }
    put_asked_for(sql, filter, side, letter);
    ch_sql_put(sql, " LEFT JOIN actor %ca ON %ca.key = %cp.actor", letter, letter, letter);
}

static bool
has_join(const ch_count_plan *plan, ch_join join)
{
    for (size_t i = 0; i < plan->nby; i++)
        if (plan->by[i]->join == join)
            return true;
    return false;
}

static void
put_joins(ch_sql *sql, const ch_count_plan *plan, const ch_filter *filter, unsigned kind)
{
    if (has_join(plan, CH_JOIN_DOCUMENT) || has_join(plan, CH_JOIN_CREDITS))
        ch_sql_put(sql, " JOIN record r ON r.key = x.key JOIN document d ON d.key = r.document");
    if (has_join(plan, CH_JOIN_CREDITS))
        ch_sql_join_array(sql, "d.credits", "lc");
    if (has_join(plan, CH_JOIN_CONTEXTS))
        ch_sql_join_array(sql, "x.contexts", "lx");
    for (ch_join side = CH_JOIN_ACTING; side <= CH_JOIN_BODY; side++)
        if (has_join(plan, side))
            put_party(sql, filter, kind, side);
}

/* -------------------------------------------------------------------- dyad */

/* Whether some country is asked for on both sides: what it does to itself is in no
 * dyad. */
static bool
faces_itself(const ch_filter *filter)
{
    for (const ch_condition *a = filter->first; a != NULL; a = a->next)
        for (const ch_condition *b = filter->first; b != NULL; b = b->next)
            for (uint32_t i = 0; i < a->count; i++)
                for (uint32_t k = 0; k < b->count; k++) {
                    bool sides = (a->key == CH_KEY_ACTOR && b->key == CH_KEY_RECIPIENT) ||
                                 (a->key == CH_KEY_BETWEEN && b->key == CH_KEY_BETWEEN && i != k);
                    if (sides && strcmp(a->values[i].text, b->values[k].text) == 0)
                        return true;
                }
    return false;
}

/* Whether the table of dyads, in which the events of two sides lie together, can
 * answer: somebody's country is asked for on each side, and nothing that it lacks. */
static bool
dyad_answers(const ch_count_plan *plan, const ch_filter *filter)
{
    unsigned actors = 0, recipients = 0, betweens = 0;
    for (size_t i = 0; i < plan->nby; i++)
        if (plan->by[i]->dyad == NULL)
            return false;
    for (const ch_condition *c = filter->first; c != NULL; c = c->next) {
        bool party = c->key == CH_KEY_ACTOR || c->key == CH_KEY_RECIPIENT || c->key == CH_KEY_BETWEEN;
        for (uint32_t i = 0; party && i < c->count; i++)
            if (c->values[i].kind != CH_VALUE_COUNTRY || c->negative)
                return false;
        if (!party && !ch_where_in_dyad(c->key))
            return false;
        actors += c->key == CH_KEY_ACTOR;
        recipients += c->key == CH_KEY_RECIPIENT;
        betweens += c->key == CH_KEY_BETWEEN;
    }
    bool two = betweens == 0 ? actors == 1 && recipients == 1 : betweens == 1 && actors + recipients == 0;
    return two && !faces_itself(filter) && ch_filter_kinds(filter) == CH_KIND_EVENT;
}

/* ------------------------------------------------------------------- sides */

static bool
begins_month(int32_t day)
{
    int year, month, d;
    ch_day_parts(day, &year, &month, &d);
    return d == 1;
}

/* Whether the days are whole months. */
static bool
are_months(const ch_condition *c)
{
    for (uint32_t i = 0; i < c->count; i++) {
        const ch_value *v = &c->values[i];
        if ((v->first != CH_DAY_MIN && !begins_month(v->first)) || (v->last != CH_DAY_MAX && !begins_month(v->last + 1)))
            return false;
    }
    return !c->negative;
}

/* Whether the table of sides can answer: one country on one side, by month and type.
 * PostgreSQL has it as a view alone. */
static bool
sides_answer(const ch_count_plan *plan, const ch_filter *filter)
{
    unsigned parties = 0;
    for (size_t i = 0; i < plan->nby; i++) {
        ch_period period = plan->by[i]->period;
        bool months = period == CH_PERIOD_MONTH || period == CH_PERIOD_QUARTER || period == CH_PERIOD_YEAR;
        if (!months && strcmp(plan->by[i]->name, "type") != 0)
            return false;
    }
    for (const ch_condition *c = filter->first; c != NULL; c = c->next) {
        bool party = c->key == CH_KEY_ACTOR || c->key == CH_KEY_RECIPIENT,
             days = c->key == CH_KEY_DATE || c->key == CH_KEY_FROM || c->key == CH_KEY_TO;
        if (party && (c->negative || c->count != 1 || c->values[0].kind != CH_VALUE_COUNTRY))
            return false;
        if ((days && !are_months(c)) || (!party && !days && c->key != CH_KEY_TYPE && c->key != CH_KEY_KIND))
            return false;
        parties += party;
    }
    return parties == 1 && plan->sum == NULL && ch_filter_kinds(filter) == CH_KIND_EVENT;
}

ch_count_table
ch_count_choose(const ch_count_plan *plan, const ch_filter *filter, bool postgresql)
{
    if (dyad_answers(plan, filter))
        return CH_COUNT_DYADS;
    return !postgresql && sides_answer(plan, filter) ? CH_COUNT_SIDES : CH_COUNT_RECORDS;
}

static void
put_sides(ch_sql *sql, const ch_count_plan *plan, const ch_filter *filter)
{
    ch_sql_put(sql, "SELECT ");
    for (size_t i = 0; i < plan->nby; i++)
        ch_sql_put(sql, "%s AS f%zu, ", plan->by[i]->period != CH_PERIOD_NONE ? "x.month" : "x.type", i);
    ch_sql_put(sql, "sum(x.events), 0 FROM side_month x WHERE ");
    ch_where_put_sides(sql, filter);
    for (size_t i = 0; i < plan->nby; i++)
        ch_sql_put(sql, "%sf%zu", i == 0 ? " GROUP BY " : ", ", i);
}

/* ------------------------------------------------------------------- query */

static const char *
column_of(const ch_count_field *f, unsigned kind, bool dyad)
{
    static const char *const what[CH_KIND_COUNT] = {"x.type", "x.stance", "x.what", "x.outcome", "x.relation"};
    static const char *const kinds[CH_KIND_COUNT] = {"'event'", "'statement'", "'amount'", "'vote'", "'relation'"};
    unsigned i = 0;
    if (dyad)
        return f->dyad;
    if (f->column != NULL)
        return f->column;
    while (i + 1 < CH_KIND_COUNT && 1u << i != kind)
        i++;
    return strcmp(f->name, "kind") == 0 ? kinds[i] : what[i];
}

/* Whether joins may give a record several rows. */
static bool
multiplies(const ch_count_plan *plan, const ch_filter *filter, bool dyad)
{
    for (size_t i = 0; i < plan->nby; i++)
        if (plan->by[i]->join > CH_JOIN_DOCUMENT)
            return true;
    for (const ch_condition *c = filter->first; dyad && c != NULL; c = c->next)
        if (c->key == CH_KEY_BETWEEN || ((c->key == CH_KEY_ACTOR || c->key == CH_KEY_RECIPIENT) && c->count > 1))
            return true;
    return false;
}

/* A record of several rows stands once in each group. */
void
ch_count_put(ch_sql *sql, const ch_count_plan *plan, const ch_filter *filter, unsigned kind)
{
    ch_count_table table = ch_count_choose(plan, filter, sql->postgresql);
    bool dyad = table == CH_COUNT_DYADS;
    if (table == CH_COUNT_SIDES) {
        put_sides(sql, plan, filter);
        return;
    }
    ch_sql_put(sql, "SELECT ");
    for (size_t i = 0; i < plan->nby; i++)
        ch_sql_put(sql, "f%zu, ", i);
    ch_sql_put(sql, "count(*), %s FROM (SELECT %sx.%s AS key", plan->sum != NULL ? "sum(v)" : "0",
               multiplies(plan, filter, dyad) ? "DISTINCT " : "", dyad ? "event" : "key");
    for (size_t i = 0; i < plan->nby; i++)
        ch_sql_put(sql, ", %s AS f%zu", column_of(plan->by[i], kind, dyad), i);
    if (plan->sum != NULL)
        ch_sql_put(sql, ", x.%s AS v", plan->sum);
    ch_sql_put(sql, " FROM %s x", dyad ? "dyad" : ch_kind_name(kind));
    if (!dyad)
        put_joins(sql, plan, filter, kind);
    ch_sql_put(sql, " WHERE ");
    if (dyad)
        ch_where_put_dyad(sql, filter);
    else
        ch_where_put(sql, filter, kind, ch_ask_is_narrow(filter));
    ch_sql_put(sql, ") AS t");
    for (size_t i = 0; i < plan->nby; i++)
        ch_sql_put(sql, "%sf%zu", i == 0 ? " GROUP BY " : ", ", i);
}
