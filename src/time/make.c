#include "time/make.h"

#include "base/day.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two-digit years up to this many behind the document's are of its century. */
#define SHORT_YEAR_AHEAD 15
/* Nearest of two dates of the year: one to come counts as so many times as far
 * where the verb tells of the past, or nothing is known: news tells of the past
 * more often. */
#define AHEAD_OF_PAST 12
#define AHEAD_OF_NONE 2
/* Largest number of units that dates are shifted by. */
#define SHIFT_MAX 100000

static const ch_timeval nothing = {.kind = CH_VALUE_NONE};

static ch_timeval
period(ch_unit unit, ch_day day)
{
    if (day == CH_NO_DAY || unit == CH_UNIT_NONE)
        return nothing;
    return (ch_timeval){.kind = CH_VALUE_PERIOD, .unit = unit, .day = ch_period_first(unit, day), .hour = -1, .minute = -1,
                        .second = -1};
}

static ch_timeval
open_period(ch_open open, ch_unit unit, int a, int b)
{
    return (ch_timeval){.kind = CH_VALUE_PERIOD, .unit = unit, .day = CH_NO_DAY, .open = open, .a = a, .b = b, .hour = -1,
                        .minute = -1, .second = -1};
}

static int
year_of(ch_day day)
{
    int y, m, d;
    ch_day_parts(day, &y, &m, &d);
    return y;
}

/* ---------------------------------------------------------------- arguments */

typedef struct {
    const ch_making *m;
    const ch_match *match;
    const ch_time_make *make;
} call;

static const ch_capture *
capture(const call *c, int i)
{
    if (i >= CH_TIME_ARGS_MAX || (c->make->kind[i] != CH_TIME_ARG_SLOT && c->make->kind[i] != CH_TIME_ARG_MINUS))
        return NULL;
    const ch_capture *slot = &c->match->slots[c->make->value[i]];
    return slot->kind != CH_CAPTURE_NONE ? slot : NULL;
}

static bool
number_of(const call *c, int i, double *out)
{
    if (c->make->kind[i] == CH_TIME_ARG_NUMBER) {
        *out = (double)(int32_t)c->make->value[i] / CH_TIME_NUMBER_SCALE;
        return true;
    }
    const ch_capture *slot = capture(c, i);
    if (slot == NULL)
        return false;
    if (slot->kind == CH_CAPTURE_NUMBER)
        *out = slot->number;
    else if (slot->kind == CH_CAPTURE_MEMBER)
        *out = c->m->patterns->members[slot->member].number;
    else if (slot->kind == CH_CAPTURE_GROUP) {
        ch_timeval v = ch_make_value(c->m, slot->match);
        if (v.kind != CH_VALUE_NUMBER)
            return false;
        *out = v.n;
    } else
        return false;
    if (c->make->kind[i] == CH_TIME_ARG_MINUS)
        *out = -*out;
    return *out > INT32_MIN && *out < 1e9;
}

static int
int_of(const call *c, int i, int otherwise)
{
    double n;
    return number_of(c, i, &n) ? (int)n : otherwise;
}

/* The argument's word, or the value of its class; NULL where it is neither. */
static const char *
word_of(const call *c, int i)
{
    const ch_lexicon *lexicon = c->m->patterns->lexicon;
    if (c->make->kind[i] == CH_TIME_ARG_WORD)
        return ch_lexicon_string(lexicon, c->make->value[i]);
    const ch_capture *slot = capture(c, i);
    return slot != NULL && slot->kind == CH_CAPTURE_MEMBER ? ch_lexicon_string(lexicon, c->m->patterns->members[slot->member].value)
                                                           : NULL;
}

static ch_timeval
value_of(const call *c, int i)
{
    const ch_capture *slot = capture(c, i);
    return slot != NULL && slot->kind == CH_CAPTURE_GROUP ? ch_make_value(c->m, slot->match) : nothing;
}

static ch_unit
unit_of(const call *c, int i)
{
    return ch_unit_of(word_of(c, i));
}

/* The words that a slot holds. */
static ch_span
span_of(const call *c, int i)
{
    const ch_capture *slot = capture(c, i);
    return slot == NULL ? (ch_span){0, 0} : (ch_span){c->m->pieces[slot->first].span.start, c->m->pieces[slot->last - 1].span.end};
}

/* -------------------------------------------------------------------- years */

/* "98" is 1998 and "07" is 2007, seen from the document. */
static int
full_year(const ch_making *m, int n)
{
    if (n >= 100)
        return n;
    int now = m->base != CH_NO_DAY ? year_of(m->base) : 2000, year = now / 100 * 100 + n;
    return year > now + SHORT_YEAR_AHEAD ? year - 100 : year + 100 <= now + SHORT_YEAR_AHEAD ? year + 100 : year;
}

/* The year of argument `i`: a number, or a value that tells one. 0 without. */
static int
year_arg(const call *c, int i)
{
    double n;
    if (i >= CH_TIME_ARGS_MAX)
        return 0;
    if (number_of(c, i, &n))
        return full_year(c->m, (int)n);
    ch_timeval v = value_of(c, i);
    ch_make_settle(c->m, &v);
    return v.kind == CH_VALUE_PERIOD && v.day != CH_NO_DAY ? year_of(v.day) : 0;
}

static bool
is_year(int y)
{
    return y >= CH_YEAR_MIN && y <= CH_YEAR_MAX;
}

/* The period of an open value in `year`, or CH_NO_DAY. */
static ch_day
in_year(ch_timeval *v, int year)
{
    if (!is_year(year))
        return CH_NO_DAY;
    if (v->open == CH_OPEN_FEAST)
        return ch_feast(v->text, year, &v->days);
    switch (v->unit) {
    case CH_UNIT_QUARTER:
        return ch_day_of(year, v->a * 3 - 2, 1);
    case CH_UNIT_HALF:
        return ch_day_of(year, v->a * 6 - 5, 1);
    case CH_UNIT_SEASON:
        return ch_season_first(v->a, year);
    case CH_UNIT_MONTH:
        return ch_day_of(year, v->a, 1);
    default:
        return v->b <= ch_days_in_month(year, v->a) ? ch_day_of(year, v->a, v->b) : CH_NO_DAY;
    }
}

static ch_timeval
with_year(ch_timeval v, int year)
{
    if (year == 0)
        return v;
    v.day = in_year(&v, year);
    if (v.day == CH_NO_DAY)
        return nothing;
    v.open = CH_OPEN_NOTHING;
    return v;
}

/* ------------------------------------------------------------------- settling */

/* The occurrence that lies wholly before (-1) or after (1) the document's day,
 * or that the year has (0). */
static ch_day
yearly(ch_timeval *v, ch_day base, int side)
{
    int year = year_of(base);
    for (int i = 0; i <= 4; i++) {
        int y = side == 0 ? year : year - side + side * i;
        ch_day day = in_year(v, y);
        if (day == CH_NO_DAY)
            continue;
        ch_day last = v->days > 1 ? day + v->days - 1 : ch_period_last(v->unit, day);
        if (side == 0 || (side < 0 && last < base) || (side > 0 && day > base))
            return day;
    }
    return CH_NO_DAY;
}

/* How far off an occurrence is; farther against the tense, and out of reach
 * behind a verb that tells of what is to come. */
static int64_t
distance(const ch_timeval *v, ch_day day, ch_day base, ch_tense tense)
{
    ch_day last = ch_period_last(v->unit, day);
    if (day <= base && base <= last)
        return 0;
    if (last < base)
        return ((int64_t)base - last) + (tense == CH_TENSE_FUTURE ? INT32_MAX : 0);
    return ((int64_t)day - base) * (tense == CH_TENSE_PAST ? AHEAD_OF_PAST : tense == CH_TENSE_NONE ? AHEAD_OF_NONE : 1);
}

static ch_day
nearest(ch_timeval *v, ch_day base, ch_tense tense)
{
    ch_day best = CH_NO_DAY;
    int64_t best_distance = 0;
    for (int y = year_of(base) - 2; y <= year_of(base) + 2; y++) {
        ch_day day = in_year(v, y);
        if (day == CH_NO_DAY)
            continue;
        int64_t d = distance(v, day, base, tense);
        if (best == CH_NO_DAY || d < best_distance) {
            best = day;
            best_distance = d;
        }
    }
    if (best != CH_NO_DAY && v->open == CH_OPEN_FEAST)
        in_year(v, year_of(best)); /* its length */
    return best;
}

static ch_day
weekday_near(int weekday, ch_day base, ch_tense tense)
{
    int ahead = (weekday - ch_weekday(base) + 7) % 7;
    return tense == CH_TENSE_FUTURE || tense == CH_TENSE_PRESENT || ahead == 0 ? base + ahead : base + ahead - 7;
}

static ch_day
day_of_month_near(int mday, ch_day base, ch_tense tense)
{
    int y, m, d;
    ch_day_parts(base, &y, &m, &d);
    int months = y * 12 + m - 1 + (tense == CH_TENSE_PAST && mday > d ? -1 : tense == CH_TENSE_FUTURE && mday < d ? 1 : 0);
    return mday <= ch_days_in_month(months / 12, months % 12 + 1) ? ch_day_of(months / 12, months % 12 + 1, mday) : CH_NO_DAY;
}

/* What open dates go by: the report's day. Where that is not known, a date of
 * the year goes by one that its own sentence tells in full; a weekday by none. */
static ch_day
settling_day(const ch_making *m, const ch_timeval *v)
{
    return m->base != CH_NO_DAY ? m->base : m->told_here && v->open != CH_OPEN_WEEK ? m->told : CH_NO_DAY;
}

static void
close(ch_timeval *v, ch_day day)
{
    if (day == CH_NO_DAY)
        return;
    v->day = day;
    v->open = CH_OPEN_NOTHING;
}

void
ch_make_settle(const ch_making *m, ch_timeval *v)
{
    ch_day base = v->open == CH_OPEN_DAY && m->base == CH_NO_DAY ? m->told : settling_day(m, v);
    if (v->kind != CH_VALUE_PERIOD || v->open == CH_OPEN_NOTHING || base == CH_NO_DAY)
        return;
    switch (v->open) {
    case CH_OPEN_WEEK:
        close(v, weekday_near(v->a, base, m->tense));
        break;
    case CH_OPEN_MONTH:
        close(v, day_of_month_near(v->a, base, m->tense));
        break;
    case CH_OPEN_DAY:
        close(v, m->told_unit <= CH_UNIT_DAY && m->told != CH_NO_DAY ? m->told : base);
        break;
    default:
        close(v, nearest(v, base, m->base != CH_NO_DAY ? m->tense : CH_TENSE_PRESENT));
        break;
    }
}

/* "last", "next" (-1, 1) and "this" (0) before a value that recurs. */
static ch_timeval
choose(const call *c, int side)
{
    ch_timeval v = value_of(c, 0);
    ch_day base = c->m->base;
    if (v.kind != CH_VALUE_PERIOD || base == CH_NO_DAY)
        return v;
    if (v.open == CH_OPEN_WEEK) {
        int ahead = (v.a - ch_weekday(base) + 7) % 7;
        if (side == 0)
            close(&v, weekday_near(v.a, base, c->m->tense == CH_TENSE_PAST ? CH_TENSE_PAST : CH_TENSE_FUTURE));
        else
            close(&v, side < 0 || ahead == 0 ? base + ahead + side * (ahead == 0 || side < 0 ? 7 : 0) : base + ahead);
    } else if (v.open == CH_OPEN_YEAR || v.open == CH_OPEN_FEAST)
        close(&v, yearly(&v, base, side));
    return v;
}

/* ----------------------------------------------------------------- shifting */

/* The quarter that a report is on: the one told of, else the last that ended. */
static ch_day
reported_quarter(const ch_making *m)
{
    if (m->told_period != CH_NO_DAY && m->told_period_unit == CH_UNIT_QUARTER)
        return m->told_period;
    return ch_period_shift(CH_UNIT_QUARTER, ch_period_first(CH_UNIT_QUARTER, m->base), -1);
}

/* Where "now" and "ref" are, or what the slot tells. */
static ch_day
base_of(const call *c, int i, ch_unit unit)
{
    const char *word = word_of(c, i);
    if (word == NULL) {
        ch_timeval v = value_of(c, i);
        ch_make_settle(c->m, &v);
        return v.kind == CH_VALUE_PERIOD ? v.day : CH_NO_DAY;
    }
    if (unit == CH_UNIT_QUARTER && strcmp(word, "ref") == 0)
        return reported_quarter(c->m);
    bool told_fits = c->m->told != CH_NO_DAY && c->m->told_unit <= unit;
    return strcmp(word, "ref") == 0 && told_fits ? c->m->told : c->m->base;
}

static ch_timeval
shifted(ch_day base, double n, ch_unit unit)
{
    if (fabs(n) > SHIFT_MAX || base == CH_NO_DAY)
        return nothing;
    /* half a year is six months, a week and a half eleven days */
    if (n != trunc(n) && unit == CH_UNIT_YEAR) {
        unit = CH_UNIT_MONTH;
        n = round(n * 12);
    } else if (n != trunc(n) && unit == CH_UNIT_WEEK) {
        unit = CH_UNIT_DAY;
        n = round(n * 7);
    }
    /* half a century is fifty years */
    if (n != trunc(n) && (unit == CH_UNIT_CENTURY || unit == CH_UNIT_DECADE)) {
        n = round(n * (unit == CH_UNIT_CENTURY ? 100 : 10));
        unit = CH_UNIT_YEAR;
    }
    if (unit < CH_UNIT_DAY) {
        ch_timeval v = period(CH_UNIT_DAY, base);
        v.part = "XX:XX";
        return v;
    }
    return period(unit, ch_period_shift(unit, ch_period_first(unit, base), (int)n));
}

static ch_timeval
make_rel(const call *c)
{
    ch_unit unit = unit_of(c, 2);
    double n = 0;
    ch_day base = base_of(c, 0, unit);
    if (!number_of(c, 1, &n) || unit == CH_UNIT_NONE)
        return nothing;
    ch_timeval told = word_of(c, 0) == NULL ? value_of(c, 0) : nothing;
    if (base == CH_NO_DAY && (told.kind == CH_VALUE_REF || c->m->base != CH_NO_DAY))
        return told.kind == CH_VALUE_REF ? told : nothing;
    if (base == CH_NO_DAY)
        return (ch_timeval){.kind = CH_VALUE_REF, .open = CH_OPEN_DAY, .text = n < 0 ? "PAST_REF" : n > 0 ? "FUTURE_REF" : "PRESENT_REF"};
    /* "the weekend" that something happened on is the last one */
    if (unit == CH_UNIT_WEEKEND && n == 0 && c->m->tense == CH_TENSE_PAST && ch_weekday(base) < 5)
        n = -1;
    return shifted(base, n, unit);
}

/* "two years ago today" */
static ch_timeval
make_sameday(const call *c)
{
    int y, m, d, years = int_of(c, 0, 0);
    if (c->m->base == CH_NO_DAY)
        return (ch_timeval){.kind = CH_VALUE_REF, .open = CH_OPEN_DAY, .text = years < 0 ? "PAST_REF" : "FUTURE_REF"};
    ch_day_parts(c->m->base, &y, &m, &d);
    if (!is_year(y + years))
        return nothing;
    int last = ch_days_in_month(y + years, m);
    return period(CH_UNIT_DAY, ch_day_of(y + years, m, d < last ? d : last));
}

/* The same part of another year. */
static ch_timeval
in_other_year(ch_timeval v, int year)
{
    static const int in_year[] = {[CH_UNIT_MONTH] = 12, [CH_UNIT_QUARTER] = 4, [CH_UNIT_HALF] = 2, [CH_UNIT_YEAR] = 1};
    int count = v.kind == CH_VALUE_PERIOD && v.unit >= CH_UNIT_MONTH && v.unit <= CH_UNIT_YEAR ? in_year[v.unit] : 0;
    return year == 0 || count == 0 ? v : period(v.unit, ch_period_shift(v.unit, v.day, (year - year_of(v.day)) * count));
}

/* "a year earlier": the same month or quarter, where the report is on those. */
static ch_timeval
year_before(const call *c)
{
    const ch_making *m = c->m;
    const char *word = word_of(c, 0);
    bool quarter = word != NULL && strcmp(word, "quarter") == 0;
    if (m->told_month != CH_NO_DAY && !quarter)
        return period(CH_UNIT_MONTH, ch_period_shift(CH_UNIT_MONTH, m->told_month, -12));
    if (m->told_period != CH_NO_DAY) {
        int quarters = m->told_period_unit == CH_UNIT_HALF ? -2 : -4;
        return period(m->told_period_unit, ch_period_shift(m->told_period_unit, m->told_period, quarters));
    }
    if (quarter && m->base != CH_NO_DAY)
        return period(CH_UNIT_QUARTER, ch_period_shift(CH_UNIT_QUARTER, reported_quarter(m), -4));
    ch_day base = base_of(c, 0, CH_UNIT_YEAR);
    return base == CH_NO_DAY ? (ch_timeval){.kind = CH_VALUE_REF, .open = CH_OPEN_DAY, .text = "PAST_REF"} : shifted(base, -1, CH_UNIT_YEAR);
}

/* "the 1988 quarter" is a year ago's, of that year. */
static ch_timeval
make_yearago(const call *c)
{
    return in_other_year(year_before(c), year_arg(c, 1));
}

/* ------------------------------------------------------------ parts of periods */

static ch_day
last_of(const ch_timeval *v)
{
    return v->days > 1 ? v->day + v->days - 1 : ch_period_last(v->unit, v->day);
}

/* The n-th `unit` of a period, from its end when n is negative. */
static ch_timeval
make_nth(const call *c)
{
    ch_timeval whole = value_of(c, 2);
    ch_unit unit = unit_of(c, 1);
    int n = int_of(c, 0, 0);
    ch_make_settle(c->m, &whole);
    if (whole.kind != CH_VALUE_PERIOD || whole.day == CH_NO_DAY || unit < CH_UNIT_DAY || unit >= whole.unit || n == 0)
        return nothing;
    ch_day from = ch_period_first(unit, n > 0 ? whole.day : last_of(&whole));
    if (n > 0 && from < whole.day && unit != CH_UNIT_WEEK)
        from = ch_period_shift(unit, from, 1);
    /* a period's first week has most of its days there, as a year's in ISO 8601 */
    if (n > 0 && unit == CH_UNIT_WEEK && ch_weekday(whole.day) > 3)
        from = ch_period_shift(unit, from, 1);
    ch_timeval v = period(unit, ch_period_shift(unit, from, n > 0 ? n - 1 : n + 1));
    return v.kind == CH_VALUE_PERIOD && v.day <= last_of(&whole) ? v : nothing;
}

static ch_timeval
make_nthday(const call *c)
{
    ch_timeval whole = value_of(c, 2);
    int n = int_of(c, 0, 0), weekday = int_of(c, 1, 0);
    ch_make_settle(c->m, &whole);
    if (whole.kind != CH_VALUE_PERIOD || whole.day == CH_NO_DAY || n == 0)
        return nothing;
    ch_day last = last_of(&whole);
    ch_day day = n > 0 ? whole.day + (weekday - ch_weekday(whole.day) + 7) % 7 + (n - 1) * 7
                       : last - (ch_weekday(last) - weekday + 7) % 7 + (n + 1) * 7;
    return day >= whole.day && day <= last ? period(CH_UNIT_DAY, day) : nothing;
}

/* A day for a time that names none: `i` is the argument that may name one. */
static ch_timeval
day_for_time(const call *c, int i)
{
    const char *word = i < CH_TIME_ARGS_MAX ? word_of(c, i) : NULL;
    ch_timeval v = word != NULL ? period(CH_UNIT_DAY, base_of(c, i, CH_UNIT_DAY)) : value_of(c, i);
    if (v.kind != CH_VALUE_PERIOD || v.unit != CH_UNIT_DAY)
        return open_period(CH_OPEN_DAY, CH_UNIT_DAY, 0, 0);
    return v;
}

static ch_timeval
make_part(const call *c)
{
    const char *part = word_of(c, 0);
    ch_timeval v = day_for_time(c, 1);
    v.part = part;
    return part == NULL ? nothing : v;
}

static ch_timeval
make_clock(const call *c)
{
    int hour = int_of(c, 0, -1), minute = int_of(c, 1, -1), second = int_of(c, 2, -1);
    const char *half = word_of(c, 3);
    if (half != NULL && (hour < 1 || hour > 12) && strcmp(half, "MI") != 0)
        half = NULL;
    if (half != NULL && strcmp(half, "AM") == 0)
        hour %= 12;
    if (half != NULL && strcmp(half, "PM") == 0)
        hour = hour % 12 + 12;
    if (hour < 0 || hour > 24 || minute > 59 || second > 59)
        return nothing;
    ch_timeval v = day_for_time(c, 4);
    v.hour = hour;
    v.minute = minute;
    v.second = second;
    v.part = NULL;
    return v;
}

static ch_timeval
make_hhmm(const call *c)
{
    int n = int_of(c, 0, -1);
    if (n < 0 || n / 100 > 24 || n % 100 > 59)
        return nothing;
    ch_timeval v = day_for_time(c, 1);
    v.hour = n / 100;
    v.minute = n % 100;
    return v;
}

static ch_timeval
make_on(const call *c)
{
    ch_timeval time = value_of(c, 0), day = value_of(c, 1);
    if (time.kind != CH_VALUE_PERIOD || day.kind != CH_VALUE_PERIOD || day.unit != CH_UNIT_DAY)
        return nothing;
    day.hour = time.hour;
    day.minute = time.minute;
    day.second = time.second;
    day.part = time.part;
    return day;
}

/* --------------------------------------------------------- durations and sets */

static ch_timeval
make_dur(const call *c, ch_value_kind kind)
{
    ch_timeval v = {.kind = kind, .unit = unit_of(c, 1), .unit2 = CH_UNIT_NONE, .day = CH_NO_DAY};
    v.vague = !number_of(c, 0, &v.n);
    v.edge = word_of(c, 2);
    if (number_of(c, 3, &v.n2))
        v.unit2 = unit_of(c, 4);
    if (v.unit2 == v.unit) {
        v.n += v.n2;
        v.unit2 = CH_UNIT_NONE;
    }
    return v.unit == CH_UNIT_NONE ? nothing : v;
}

static ch_timeval
make_span(const call *c)
{
    ch_timeval v = {.kind = CH_VALUE_DURATION, .unit = unit_of(c, 2), .unit2 = CH_UNIT_NONE, .day = CH_NO_DAY};
    v.vague = !number_of(c, 1, &v.n);
    v.side = int_of(c, 0, 0);
    return v.unit == CH_UNIT_NONE ? nothing : v;
}

static ch_timeval
make_eachof(const call *c)
{
    ch_timeval v = value_of(c, 0);
    if (v.kind == CH_VALUE_NONE)
        v = open_period(CH_OPEN_DAY, CH_UNIT_DAY, 0, 0);
    v.kind = CH_VALUE_SET;
    const char *part = word_of(c, 1);
    if (part != NULL)
        v.part = part;
    return v;
}

/* -------------------------------------------------------------------- dates */

static ch_timeval
make_date(int day, int month, int year)
{
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return nothing;
    return with_year(open_period(CH_OPEN_YEAR, CH_UNIT_DAY, month, day), year);
}

static ch_timeval
make_slash(const call *c)
{
    int a = int_of(c, 0, 0), b = int_of(c, 1, 0), year = year_arg(c, 2);
    bool day_first = a > 12 || (b <= 12 && c->m->day_first);
    return day_first ? make_date(a, b, year) : make_date(b, a, year);
}

static ch_timeval
make_mday(const call *c)
{
    int day = int_of(c, 0, 0);
    ch_timeval month = value_of(c, 1);
    int y, m, d;
    if (day < 1 || day > 31)
        return nothing;
    if (month.kind != CH_VALUE_PERIOD)
        return open_period(CH_OPEN_MONTH, CH_UNIT_DAY, day, 0);
    if (month.open == CH_OPEN_YEAR && month.unit == CH_UNIT_MONTH)
        return open_period(CH_OPEN_YEAR, CH_UNIT_DAY, month.a, day);
    if (month.unit != CH_UNIT_MONTH || month.day == CH_NO_DAY)
        return nothing;
    ch_day_parts(month.day, &y, &m, &d);
    return make_date(day, m, y);
}

static ch_timeval
make_weekday(const call *c)
{
    ch_timeval x = value_of(c, 1);
    int weekday = int_of(c, 0, -1);
    if (weekday < 0 || weekday > 6)
        return nothing;
    if (x.kind == CH_VALUE_PERIOD && x.unit == CH_UNIT_WEEK && x.day != CH_NO_DAY)
        return period(CH_UNIT_DAY, x.day + weekday);
    if (x.kind == CH_VALUE_PERIOD && x.unit == CH_UNIT_DAY)
        return x;
    return open_period(CH_OPEN_WEEK, CH_UNIT_DAY, weekday, 0);
}

static ch_timeval
make_yearly(const call *c, ch_unit unit, int most)
{
    int n = int_of(c, 0, 0);
    if (n < 0)
        n = most + 1 + n;
    return n < 1 || n > most ? nothing : with_year(open_period(CH_OPEN_YEAR, unit, n, 0), year_arg(c, 1));
}

static ch_timeval
make_holiday(const call *c)
{
    ch_timeval v = open_period(CH_OPEN_FEAST, CH_UNIT_DAY, 0, 0);
    int y, m, d;
    v.text = word_of(c, 0);
    if (v.text == NULL)
        return nothing;
    if (sscanf(v.text, "on/%d-%d-%d", &y, &m, &d) == 3)
        return with_year(v, y);
    return with_year(v, year_arg(c, 1));
}

static ch_timeval
make_year(const call *c)
{
    int y = year_arg(c, 0);
    return is_year(y) ? period(CH_UNIT_YEAR, ch_day_of(y, 1, 1)) : nothing;
}

/* "the 1980s", "the '80s", "the eighties" */
static ch_timeval
make_decade(const call *c)
{
    int n = int_of(c, 0, -1);
    if (n >= 0 && n < 100)
        n += n <= 10 ? 2000 : 1900;
    return n % 10 == 0 && is_year(n) ? period(CH_UNIT_DECADE, ch_day_of(n, 1, 1)) : nothing;
}

static ch_timeval
make_century(const call *c)
{
    int n = int_of(c, 0, 0);
    return n >= 2 && n <= 99 ? period(CH_UNIT_CENTURY, ch_day_of((n - 1) * 100, 1, 1)) : nothing;
}

static ch_timeval
make_edge(const call *c)
{
    ch_timeval v = value_of(c, 1);
    if (v.edge == NULL)
        v.edge = word_of(c, 0);
    return v;
}

static ch_timeval
make_pair(const call *c)
{
    ch_timeval a = value_of(c, 0), b = value_of(c, 1);
    ch_timeval *second = ch_arena_alloc(c->m->arena, sizeof *second);
    if (second == NULL || a.kind == CH_VALUE_NONE || b.kind == CH_VALUE_NONE)
        return nothing;
    /* "from March 3 to 5": the second goes by the first; "from 3 to 5 March" */
    if (b.open == CH_OPEN_MONTH && a.kind == CH_VALUE_PERIOD && a.unit == CH_UNIT_DAY) {
        int y, m, d;
        if (a.open == CH_OPEN_NOTHING && a.day != CH_NO_DAY) {
            ch_day_parts(a.day, &y, &m, &d);
            b = make_date(b.a, m, y);
        } else if (a.open == CH_OPEN_YEAR)
            b = make_date(b.a, a.a, 0);
    } else if (a.open == CH_OPEN_MONTH && b.open == CH_OPEN_YEAR && b.unit == CH_UNIT_DAY)
        a = make_date(a.a, b.a, 0);
    else if (a.open == CH_OPEN_MONTH && b.open == CH_OPEN_NOTHING && b.unit == CH_UNIT_DAY && b.day != CH_NO_DAY) {
        int y, m, d;
        ch_day_parts(b.day, &y, &m, &d);
        a = make_date(a.a, m, y);
    }
    /* "from March to June 2020": the year of the second is the first's */
    if ((a.open == CH_OPEN_YEAR || a.open == CH_OPEN_FEAST) && b.open == CH_OPEN_NOTHING && b.day != CH_NO_DAY) {
        ch_timeval closed = with_year(a, year_of(b.day));
        if (closed.kind == CH_VALUE_PERIOD && closed.day > b.day)
            closed = with_year(a, year_of(b.day) - 1);
        a = closed;
    }
    *second = b;
    a.second_of_pair = second;
    a.span = span_of(c, 0);
    a.span2 = span_of(c, 1);
    return a;
}

/* --------------------------------------------------------------------- calls */

const ch_time_make *
ch_make_of(const ch_making *m, const ch_pattern_rule *rule)
{
    return rule->make < m->nmake ? &m->makes[rule->make] : NULL;
}

static ch_timeval
run(const call *c)
{
    ch_timeval v = nothing;
    switch ((ch_time_op)c->make->op) {
    case CH_MAKE_SAME:
        return value_of(c, 0);
    case CH_MAKE_NUMBER:
        v.kind = number_of(c, 0, &v.n) ? CH_VALUE_NUMBER : CH_VALUE_NONE;
        return v;
    case CH_MAKE_YEAR:
        return make_year(c);
    case CH_MAKE_DECADE:
        return make_decade(c);
    case CH_MAKE_CENTURY:
        return make_century(c);
    case CH_MAKE_BC:
        return (ch_timeval){.kind = CH_VALUE_BC, .n = int_of(c, 0, 0), .day = CH_NO_DAY};
    case CH_MAKE_MONTH:
        return make_yearly(c, CH_UNIT_MONTH, 12);
    case CH_MAKE_DATE:
        return make_date(int_of(c, 0, 0), int_of(c, 1, 0), year_arg(c, 2));
    case CH_MAKE_SLASH:
        return make_slash(c);
    case CH_MAKE_MDAY:
        return make_mday(c);
    case CH_MAKE_WEEKDAY:
        return make_weekday(c);
    case CH_MAKE_QUARTER:
        return make_yearly(c, CH_UNIT_QUARTER, 4);
    case CH_MAKE_HALF:
        return make_yearly(c, CH_UNIT_HALF, 2);
    case CH_MAKE_SEASON:
        return make_yearly(c, CH_UNIT_SEASON, 4);
    case CH_MAKE_HOLIDAY:
        return make_holiday(c);
    case CH_MAKE_LAST:
        return choose(c, -1);
    case CH_MAKE_NEXT:
        return choose(c, 1);
    case CH_MAKE_THIS:
        return choose(c, 0);
    case CH_MAKE_REL:
        return make_rel(c);
    case CH_MAKE_SAMEDAY:
        return make_sameday(c);
    case CH_MAKE_YEARAGO:
        return make_yearago(c);
    case CH_MAKE_NTH:
        return make_nth(c);
    case CH_MAKE_NTHDAY:
        return make_nthday(c);
    case CH_MAKE_PART:
        return make_part(c);
    case CH_MAKE_CLOCK:
        return make_clock(c);
    case CH_MAKE_HHMM:
        return make_hhmm(c);
    case CH_MAKE_ON:
        return make_on(c);
    case CH_MAKE_EDGE:
        return make_edge(c);
    case CH_MAKE_DUR:
        return make_dur(c, CH_VALUE_DURATION);
    case CH_MAKE_SPAN:
        return make_span(c);
    case CH_MAKE_EACH:
        return make_dur(c, CH_VALUE_SET);
    case CH_MAKE_EACHOF:
        return make_eachof(c);
    case CH_MAKE_REF:
        return (ch_timeval){.kind = CH_VALUE_REF, .text = word_of(c, 0), .day = CH_NO_DAY};
    case CH_MAKE_PAIR:
        return make_pair(c);
    case CH_MAKE_NONE:
    case CH_MAKE_COUNT:
        break;
    }
    return v;
}

ch_timeval
ch_make_value(const ch_making *m, const ch_match *match)
{
    const ch_time_make *make = ch_make_of(m, match->rule);
    if (make == NULL)
        return nothing;
    const call c = {.m = m, .match = match, .make = make};
    return run(&c);
}
