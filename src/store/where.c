#include "store/where.h"

#include "base/day.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EARTH_KM 6371.0088
#define KM_PER_DEGREE 111.19
#define FOLDED_MAX 1024
#define BALLOTS_MAX 8

typedef struct {
    ch_sql *sql;
    const ch_filter *filter;
    unsigned kind;
    bool walk;
} where;

/* Roles of the table `party` on either side of a record. */
static const struct {
    unsigned kind;
    const char *acting, *other, *any;
} sides[CH_KIND_COUNT] = {
    {CH_KIND_EVENT, "'actor'", "'recipient'", "'actor', 'recipient'"},
    {CH_KIND_STATEMENT, "'holder'", "'towards'", "'holder', 'towards', 'contrast'"},
    {CH_KIND_AMOUNT, "'giver'", "'receiver'", "'giver', 'receiver'"},
    {CH_KIND_VOTE, "'for', 'against', 'abstain', 'veto', 'sponsor'", "'body'",
     "'body', 'for', 'against', 'abstain', 'veto', 'sponsor'"},
    {CH_KIND_RELATION, "'subject'", "'object'", "'subject', 'object'"},
};

static size_t
side_of(unsigned kind)
{
    size_t i = 0;
    while (i + 1 < CH_KIND_COUNT && sides[i].kind != kind)
        i++;
    return i;
}

void
ch_where_side(ch_sql *sql, unsigned kind, bool acting)
{
    ch_sql_put(sql, "(%s)", acting ? sides[side_of(kind)].acting : sides[side_of(kind)].other);
}

/* ------------------------------------------------------------------ values */

/* `column` is one of the words. */
static void
put_words(const where *w, const char *column, const ch_condition *c)
{
    ch_sql_put(w->sql, "%s IN (", column);
    for (uint32_t i = 0; i < c->count; i++) {
        if (i != 0)
            ch_sql_put(w->sql, ", ");
        ch_sql_text(w->sql, c->values[i].text);
    }
    ch_sql_put(w->sql, ")");
}

static void
put_range(const where *w, const char *column, const ch_value *v)
{
    bool low = isfinite(v->low), high = isfinite(v->high);
    ch_sql_put(w->sql, "(");
    if (low) {
        ch_sql_put(w->sql, "%s >= ", column);
        ch_sql_real(w->sql, v->low);
    }
    if (high) {
        ch_sql_put(w->sql, "%s%s <= ", low ? " AND " : "", column);
        ch_sql_real(w->sql, v->high);
    }
    ch_sql_put(w->sql, low || high ? ")" : "TRUE)");
}

static void
put_days(const where *w, const char *column, const ch_value *v)
{
    bool first = v->first != CH_DAY_MIN, last = v->last != CH_DAY_MAX;
    ch_sql_put(w->sql, "(");
    if (first) {
        ch_sql_put(w->sql, "%s >= ", column);
        ch_sql_integer(w->sql, v->first);
    }
    if (last) {
        ch_sql_put(w->sql, "%s%s <= ", first ? " AND " : "", column);
        ch_sql_integer(w->sql, v->last);
    }
    ch_sql_put(w->sql, first || last ? ")" : "TRUE)");
}

typedef void put_one(const where *w, const char *column, const ch_value *v);

static void
put_begins(const where *w, const char *column, const ch_value *v)
{
    ch_sql_begins(w->sql, column, v->text);
}

static void
put_contains(const where *w, const char *column, const ch_value *v)
{
    ch_sql_contains(w->sql, column, v->text);
}

static void
put_same_letters(const where *w, const char *column, const ch_value *v)
{
    ch_sql_put(w->sql, "lower(%s) = lower(", column);
    ch_sql_text(w->sql, v->text);
    ch_sql_put(w->sql, ")");
}

static void
put_any(const where *w, const char *column, const ch_condition *c, put_one *put)
{
    for (uint32_t i = 0; i < c->count; i++) {
        ch_sql_put(w->sql, i == 0 ? "(" : " OR ");
        put(w, column, &c->values[i]);
    }
    ch_sql_put(w->sql, ")");
}

/* ----------------------------------------------------------------- parties */

static void
put_name(ch_sql *sql, const char *alias, const char *name)
{
    char folded[FOLDED_MAX];
    size_t len = ch_fold(folded, sizeof folded - 1, name, strlen(name));
    ch_sql_put(sql, "%s.folded = ", alias);
    const char *copy = len != SIZE_MAX ? ch_arena_copy(&sql->arena, folded, len) : name;
    ch_sql_text(sql, copy != NULL ? copy : name);
}

void
ch_where_actor(ch_sql *sql, const char *alias, const ch_value *value)
{
    char code[32];
    switch (value->kind) {
    case CH_VALUE_COUNTRY:
        ch_sql_put(sql, "%s.country = ", alias);
        ch_sql_text(sql, value->text);
        break;
    case CH_VALUE_ENTITY:
        ch_sql_put(sql, "%s.entity = ", alias);
        ch_sql_text(sql, value->text);
        break;
    case CH_VALUE_SECTOR:
        ch_sql_put(sql, "%s.sector = ", alias);
        ch_sql_text(sql, value->text);
        break;
    case CH_VALUE_CODE:
        snprintf(code, sizeof code, "%s.code", alias);
        ch_sql_begins(sql, code, value->text);
        break;
    default: put_name(sql, alias, value->text);
    }
}

/* Whoever is one of values [first, last). */
static void
put_actors(const where *w, const char *alias, const ch_condition *c, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++) {
        ch_sql_put(w->sql, i == first ? "(" : " OR ");
        ch_where_actor(w->sql, alias, &c->values[i]);
    }
    ch_sql_put(w->sql, ")");
}

/* The ballots asked for, as roles; `all` where none are. */
static void
put_ballots(const where *w, const char *all)
{
    for (const ch_condition *c = w->filter->first; c != NULL; c = c->next)
        if (c->key == CH_KEY_BALLOT && !c->negative) {
            for (uint32_t i = 0; i < c->count; i++)
                ch_sql_put(w->sql, "%s'%s'", i == 0 ? "" : ", ", c->values[i].text);
            return;
        }
    ch_sql_put(w->sql, "%s", all);
}

static void
put_roles(const where *w, ch_key key)
{
    size_t side = side_of(w->kind);
    ch_sql_put(w->sql, "(");
    switch (key) {
    case CH_KEY_SAID_BY: ch_sql_put(w->sql, "'source'"); break;
    case CH_KEY_BODY: ch_sql_put(w->sql, "'body'"); break;
    case CH_KEY_WITH: ch_sql_put(w->sql, "%s", sides[side].any); break;
    case CH_KEY_RECIPIENT:
    case CH_KEY_TOWARDS:
    case CH_KEY_RECEIVER:
    case CH_KEY_OBJECT: ch_sql_put(w->sql, "%s", sides[side].other); break;
    default:
        if (w->kind == CH_KIND_VOTE)
            put_ballots(w, sides[side].acting);
        else
            ch_sql_put(w->sql, "%s", sides[side].acting);
    }
    ch_sql_put(w->sql, ")");
}

static void
put_party(const where *w, const ch_condition *c)
{
    bool each = w->walk || c->negative;
    ch_sql_put(w->sql, each
                           ? "EXISTS (SELECT 1 FROM party p JOIN actor a ON a.key = p.actor WHERE p.record = x.key AND p.role IN "
                           : "x.key IN (SELECT p.record FROM party p WHERE p.role IN ");
    put_roles(w, c->key);
    ch_sql_put(w->sql, each ? " AND " : " AND p.actor IN (SELECT a.key FROM actor a WHERE ");
    put_actors(w, "a", c, 0, c->count);
    ch_sql_put(w->sql, each ? ")" : "))");
}

/* Records in which the one side is on that of the acting, the other beside. */
static void
put_way(const where *w, const ch_condition *c, bool turned)
{
    uint32_t n = c->count, split = c->split;
    ch_sql_put(w->sql, "SELECT p.record FROM party p JOIN party q ON q.record = p.record WHERE p.role IN ");
    ch_where_side(w->sql, w->kind, true);
    ch_sql_put(w->sql, " AND q.role IN ");
    ch_where_side(w->sql, w->kind, false);
    ch_sql_put(w->sql, " AND p.actor IN (SELECT a.key FROM actor a WHERE ");
    put_actors(w, "a", c, turned ? split : 0, turned ? n : split);
    ch_sql_put(w->sql, ") AND q.actor IN (SELECT a.key FROM actor a WHERE ");
    put_actors(w, "a", c, turned ? 0 : split, turned ? split : n);
    ch_sql_put(w->sql, ")");
}

static void
put_between(const where *w, const ch_condition *c)
{
    ch_sql_put(w->sql, "x.key IN (");
    put_way(w, c, false);
    ch_sql_put(w->sql, " UNION ");
    put_way(w, c, true);
    ch_sql_put(w->sql, ")");
}

/* ------------------------------------------------------------------ places */

static void
put_box(const where *w, double south, double west, double north, double east)
{
    ch_value latitude = {.low = south, .high = north}, longitude = {.low = west, .high = east};
    if (!w->sql->postgresql) {
        ch_sql_put(w->sql, "x.key IN (SELECT key FROM event_place WHERE max_latitude >= ");
        ch_sql_real(w->sql, south);
        ch_sql_put(w->sql, " AND min_latitude <= ");
        ch_sql_real(w->sql, north);
        if (west <= east) {
            ch_sql_put(w->sql, " AND max_longitude >= ");
            ch_sql_real(w->sql, west);
            ch_sql_put(w->sql, " AND min_longitude <= ");
            ch_sql_real(w->sql, east);
        }
        ch_sql_put(w->sql, ") AND ");
    }
    put_range(w, "x.latitude", &latitude);
    ch_sql_put(w->sql, " AND ");
    if (west <= east) {
        put_range(w, "x.longitude", &longitude);
        return;
    }
    ch_sql_put(w->sql, "(x.longitude >= ");
    ch_sql_real(w->sql, west);
    ch_sql_put(w->sql, " OR x.longitude <= ");
    ch_sql_real(w->sql, east);
    ch_sql_put(w->sql, ")");
}

/* Degrees east of the 180th meridian are counted from the west again. */
static double
wrapped(double longitude)
{
    return longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
}

/* The box around a circle first, which an index knows; then the distance itself, by
 * the haversine: half of the chord's square is compared, so that no root is drawn. */
static void
put_circle(const where *w, const char *column, const ch_value *v)
{
    double high = v->km / KM_PER_DEGREE * 1.001, shrink = cos(v->latitude * M_PI / 180);
    bool whole = v->latitude + high >= 90 || v->latitude - high <= -90 || high >= 180 * shrink;
    double wide = whole ? 180 : high / cos((fabs(v->latitude) + high) * M_PI / 180);
    whole = whole || wide >= 180;
    double half = sin(v->km / EARTH_KM / 2 > M_PI / 2 ? M_PI / 2 : v->km / EARTH_KM / 2);
    (void)column;
    ch_sql_put(w->sql, "(");
    put_box(w, v->latitude - high, whole ? -180 : wrapped(v->longitude - wide), v->latitude + high,
            whole ? 180 : wrapped(v->longitude + wide));
    ch_sql_put(w->sql, " AND sin(radians(x.latitude - ");
    ch_sql_real(w->sql, v->latitude);
    ch_sql_put(w->sql, ") / 2) * sin(radians(x.latitude - ");
    ch_sql_real(w->sql, v->latitude);
    ch_sql_put(w->sql, ") / 2) + cos(radians(x.latitude)) * ");
    ch_sql_real(w->sql, shrink);
    ch_sql_put(w->sql, " * sin(radians(x.longitude - ");
    ch_sql_real(w->sql, v->longitude);
    ch_sql_put(w->sql, ") / 2) * sin(radians(x.longitude - ");
    ch_sql_real(w->sql, v->longitude);
    ch_sql_put(w->sql, ") / 2) <= ");
    ch_sql_real(w->sql, half * half);
    ch_sql_put(w->sql, ")");
}

static void
put_corners(const where *w, const char *column, const ch_value *v)
{
    (void)column;
    ch_sql_put(w->sql, "(");
    put_box(w, v->low, v->west, v->high, v->east);
    ch_sql_put(w->sql, ")");
}

/* A town's name is also that of the division around it: both are in it. */
static void
put_place(const where *w, const char *column, const ch_value *v)
{
    (void)column;
    if (v->kind == CH_VALUE_COUNTRY) {
        ch_sql_put(w->sql, "x.place_country = ");
        ch_sql_text(w->sql, v->text);
        return;
    }
    ch_sql_put(w->sql, "(x.place_name = ");
    ch_sql_text(w->sql, v->text);
    ch_sql_put(w->sql, " OR x.place_admin1 = ");
    ch_sql_text(w->sql, v->text);
    ch_sql_put(w->sql, ")");
}

/* --------------------------------------------------------------- documents */

/* Of a report that few have in common: their records first. */
static void
put_search(const where *w, const char *column, const ch_value *v)
{
    (void)column;
    ch_sql_put(w->sql, "x.key IN (SELECT r.key FROM record r WHERE r.document IN (");
    ch_sql_search(w->sql, v);
    ch_sql_put(w->sql, "))");
}

static void
put_document(const where *w, const char *column, const ch_value *v)
{
    (void)column;
    ch_sql_put(w->sql, "x.key IN (SELECT r.key FROM record r JOIN document d ON d.key = r.document WHERE d.id = ");
    ch_sql_text(w->sql, v->text);
    ch_sql_put(w->sql, ")");
}

static void
put_id(const where *w, const char *column, const ch_value *v)
{
    (void)column;
    ch_sql_put(w->sql, "EXISTS (SELECT 1 FROM record r WHERE r.key = x.key AND r.id = ");
    ch_sql_text(w->sql, v->text);
    ch_sql_put(w->sql, ")");
}

#define ITS_DOCUMENT "EXISTS (SELECT 1 FROM record r JOIN document d ON d.key = r.document WHERE r.key = x.key AND "

static void
put_language(const where *w, const char *column, const ch_value *v)
{
    (void)column;
    ch_sql_put(w->sql, ITS_DOCUMENT);
    ch_sql_begins(w->sql, "d.language", v->text);
    ch_sql_put(w->sql, ")");
}

static void
put_published(const where *w, const char *column, const ch_value *v)
{
    (void)column;
    ch_sql_put(w->sql, ITS_DOCUMENT);
    put_days(w, "d.published_day", v);
    ch_sql_put(w->sql, ")");
}

static void
put_member(const where *w, const char *array, const ch_value *v)
{
    ch_sql_put(w->sql, "EXISTS (SELECT 1 FROM ");
    ch_sql_array(w->sql, array, "list");
    ch_sql_put(w->sql, " WHERE lower(list.value) = lower(");
    ch_sql_text(w->sql, v->text);
    ch_sql_put(w->sql, "))");
}

static void
put_source(const where *w, const char *column, const ch_value *v)
{
    (void)column;
    ch_sql_put(w->sql, ITS_DOCUMENT);
    put_member(w, "d.credits", v);
    ch_sql_put(w->sql, ")");
}

/* -------------------------------------------------------------- conditions */

static void
put_ballot(const where *w, const ch_condition *c)
{
    ch_sql_put(w->sql, "EXISTS (SELECT 1 FROM party p WHERE p.record = x.key AND ");
    put_words(w, "p.role", c);
    ch_sql_put(w->sql, ")");
}

static void
put_presence(const where *w, const ch_condition *c)
{
    ch_sql_put(w->sql, "%s IS %sNULL", c->key == CH_KEY_QUOTED ? "x.quote" : "x.repeats",
               strcmp(c->values[0].text, "yes") == 0 ? "NOT " : "");
}

/* How each key that is a column, or like one, is compared. */
static const struct {
    const char *column;
    put_one *put; /* NULL: one of the words */
} columns[CH_KEY_COUNT] = {
    [CH_KEY_DATE] = {"x.start_day", put_days},
    [CH_KEY_FROM] = {"x.start_day", put_days},
    [CH_KEY_TO] = {"x.start_day", put_days},
    [CH_KEY_PUBLISHED] = {"", put_published},
    [CH_KEY_NEAR] = {"", put_circle},
    [CH_KEY_PLACE] = {"", put_place},
    [CH_KEY_BOX] = {"", put_corners},
    [CH_KEY_TYPE] = {"x.type", NULL},
    [CH_KEY_MODE] = {"x.mode", NULL},
    [CH_KEY_CONTEXT] = {"x.contexts", put_member},
    [CH_KEY_CAMEO] = {"x.cameo", put_begins},
    [CH_KEY_QUAD] = {"x.quad", put_range},
    [CH_KEY_GOLDSTEIN] = {"x.goldstein", put_range},
    [CH_KEY_STATUS] = {"x.status", NULL},
    [CH_KEY_CONFIDENCE] = {"x.confidence", put_range},
    [CH_KEY_MIN_CONFIDENCE] = {"x.confidence", put_range},
    [CH_KEY_RULE] = {"x.rule", NULL},
    [CH_KEY_DOCUMENT] = {"", put_document},
    [CH_KEY_ID] = {"", put_id},
    [CH_KEY_LANGUAGE] = {"", put_language},
    [CH_KEY_SOURCE] = {"", put_source},
    [CH_KEY_TEXT] = {"", put_search},
    [CH_KEY_STANCE] = {"x.stance", NULL},
    [CH_KEY_TOPIC] = {"x.topic", put_contains},
    [CH_KEY_WHAT] = {"x.what", NULL},
    [CH_KEY_STATE] = {"x.state", NULL},
    [CH_KEY_MIN] = {"x.value", put_range},
    [CH_KEY_MAX] = {"x.value", put_range},
    [CH_KEY_UNIT] = {"x.unit", put_same_letters},
    [CH_KEY_OUTCOME] = {"x.outcome", NULL},
    [CH_KEY_RELATION] = {"x.relation", NULL},
};

static void
put_column(const where *w, const ch_condition *c)
{
    if (columns[c->key].put != NULL)
        put_any(w, columns[c->key].column, c, columns[c->key].put);
    else
        put_words(w, columns[c->key].column, c);
}

static void
put_condition(const where *w, const ch_condition *c)
{
    if (c->key == CH_KEY_BETWEEN)
        put_between(w, c);
    else if (c->key == CH_KEY_BALLOT)
        put_ballot(w, c);
    else if (c->key == CH_KEY_REPEATS || c->key == CH_KEY_QUOTED)
        put_presence(w, c);
    else if (columns[c->key].column == NULL)
        put_party(w, c);
    else
        put_column(w, c);
}

/* What has no value is not of the ones that a negative condition names. */
void
ch_where_put(ch_sql *sql, const ch_filter *filter, unsigned kind, bool walk)
{
    const where w = {.sql = sql, .filter = filter, .kind = kind, .walk = walk};
    bool some = false;
    for (const ch_condition *c = filter->first; c != NULL; c = c->next) {
        if (c->key == CH_KEY_KIND)
            continue;
        ch_sql_put(sql, some ? " AND (" : "(");
        put_condition(&w, c);
        ch_sql_put(sql, c->negative ? ") IS NOT TRUE" : ")");
        some = true;
    }
    if (!some)
        ch_sql_put(sql, "TRUE");
}

/* -------------------------------------------------------------------- dyad */

bool
ch_where_in_dyad(ch_key key)
{
    return key == CH_KEY_DATE || key == CH_KEY_FROM || key == CH_KEY_TO || key == CH_KEY_TYPE || key == CH_KEY_QUAD ||
           key == CH_KEY_GOLDSTEIN || key == CH_KEY_STATUS || key == CH_KEY_REPEATS || key == CH_KEY_KIND;
}

static void
put_sides(const where *w, const ch_condition *c)
{
    if (c->key != CH_KEY_BETWEEN) {
        put_words(w, c->key == CH_KEY_ACTOR ? "x.actor" : "x.recipient", c);
        return;
    }
    for (int way = 0; way < 2; way++) {
        ch_sql_put(w->sql, way == 0 ? "(x.actor = " : " OR (x.actor = ");
        ch_sql_text(w->sql, c->values[way].text);
        ch_sql_put(w->sql, " AND x.recipient = ");
        ch_sql_text(w->sql, c->values[1 - way].text);
        ch_sql_put(w->sql, ")");
    }
}

void
ch_where_put_dyad(ch_sql *sql, const ch_filter *filter)
{
    const where w = {.sql = sql, .filter = filter, .kind = CH_KIND_EVENT};
    ch_sql_put(sql, "TRUE");
    for (const ch_condition *c = filter->first; c != NULL; c = c->next) {
        if (c->key == CH_KEY_KIND)
            continue;
        ch_sql_put(sql, " AND (");
        if (c->key == CH_KEY_ACTOR || c->key == CH_KEY_RECIPIENT || c->key == CH_KEY_BETWEEN)
            put_sides(&w, c);
        else if (c->key == CH_KEY_REPEATS)
            ch_sql_put(sql, "x.repeated = %d", strcmp(c->values[0].text, "yes") == 0);
        else
            put_column(&w, c);
        ch_sql_put(sql, c->negative ? ") IS NOT TRUE" : ")");
    }
}

/* ------------------------------------------------------------------- sides */

static int64_t
month_of(int32_t day)
{
    int year, month, d;
    ch_day_parts(day, &year, &month, &d);
    return year * 100 + month;
}

static void
put_months(const where *w, const char *column, const ch_value *v)
{
    ch_sql_put(w->sql, "(%s > 0", column);
    if (v->first != CH_DAY_MIN) {
        ch_sql_put(w->sql, " AND %s >= ", column);
        ch_sql_integer(w->sql, month_of(v->first));
    }
    if (v->last != CH_DAY_MAX) {
        ch_sql_put(w->sql, " AND %s <= ", column);
        ch_sql_integer(w->sql, month_of(v->last));
    }
    ch_sql_put(w->sql, ")");
}

void
ch_where_put_sides(ch_sql *sql, const ch_filter *filter)
{
    const where w = {.sql = sql, .filter = filter, .kind = CH_KIND_EVENT};
    ch_sql_put(sql, "x.events > 0");
    for (const ch_condition *c = filter->first; c != NULL; c = c->next) {
        if (c->key == CH_KEY_KIND)
            continue;
        ch_sql_put(sql, " AND (");
        if (c->key == CH_KEY_ACTOR || c->key == CH_KEY_RECIPIENT) {
            ch_sql_put(sql, "x.role = '%s' AND x.side = ", c->key == CH_KEY_ACTOR ? "actor" : "recipient");
            ch_sql_text(sql, c->values[0].text);
        } else if (c->key == CH_KEY_TYPE)
            put_column(&w, c);
        else
            put_any(&w, "x.month", c, put_months);
        ch_sql_put(sql, c->negative ? ") IS NOT TRUE" : ")");
    }
}
