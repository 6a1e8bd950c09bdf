/* Dates told from another one: "two weeks ago", "a year earlier". */
#include "time/call.h"

#include "base/day.h"

#include <math.h>
#include <string.h>

/* Largest number of units that dates are shifted by. */
#define SHIFT_MAX 100000

/* The quarter that a report is on: the one told of, else the last that ended. */
static ch_day
reported_quarter(const ch_making *m)
{
    if (m->told_period != CH_NO_DAY && m->told_period_unit == CH_UNIT_QUARTER)
        return m->told_period;
    return ch_period_shift(CH_UNIT_QUARTER, ch_period_first(CH_UNIT_QUARTER, m->base), -1);
}

ch_day
ch_call_base(const ch_call *c, int i, ch_unit unit)
{
    const char *word = ch_call_word(c, i);
    if (word == NULL) {
        ch_timeval v = ch_call_value(c, i);
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
        return CH_NO_VALUE;
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
        ch_timeval v = ch_period_value(CH_UNIT_DAY, base);
        v.part = "XX:XX";
        return v;
    }
    return ch_period_value(unit, ch_period_shift(unit, ch_period_first(unit, base), (int)n));
}

ch_timeval
ch_make_relative(const ch_call *c)
{
    ch_unit unit = ch_call_unit(c, 2);
    double n = 0;
    ch_day base = ch_call_base(c, 0, unit);
    if (!ch_call_number(c, 1, &n) || unit == CH_UNIT_NONE)
        return CH_NO_VALUE;
    ch_timeval told = ch_call_word(c, 0) == NULL ? ch_call_value(c, 0) : CH_NO_VALUE;
    if (base == CH_NO_DAY && (told.kind == CH_VALUE_REF || c->m->base != CH_NO_DAY))
        return told.kind == CH_VALUE_REF ? told : CH_NO_VALUE;
    if (base == CH_NO_DAY)
        return (ch_timeval){.kind = CH_VALUE_REF, .open = CH_OPEN_DAY, .text = n < 0 ? "PAST_REF" : n > 0 ? "FUTURE_REF" : "PRESENT_REF"};
    /* "the weekend" that something happened on is the last one */
    if (unit == CH_UNIT_WEEKEND && n == 0 && c->m->tense == CH_TENSE_PAST && ch_weekday(base) < 5)
        n = -1;
    return shifted(base, n, unit);
}

ch_timeval
ch_make_same_day(const ch_call *c)
{
    int y, m, d, years = ch_call_int(c, 0, 0);
    if (c->m->base == CH_NO_DAY)
        return (ch_timeval){.kind = CH_VALUE_REF, .open = CH_OPEN_DAY, .text = years < 0 ? "PAST_REF" : "FUTURE_REF"};
    ch_day_parts(c->m->base, &y, &m, &d);
    if (!ch_is_year(y + years))
        return CH_NO_VALUE;
    int last = ch_days_in_month(y + years, m);
    return ch_period_value(CH_UNIT_DAY, ch_day_of(y + years, m, d < last ? d : last));
}

/* The same part of another year. */
static ch_timeval
in_other_year(ch_timeval v, int year)
{
    static const int in_year[] = {[CH_UNIT_MONTH] = 12, [CH_UNIT_QUARTER] = 4, [CH_UNIT_HALF] = 2, [CH_UNIT_YEAR] = 1};
    int count = v.kind == CH_VALUE_PERIOD && v.unit >= CH_UNIT_MONTH && v.unit <= CH_UNIT_YEAR ? in_year[v.unit] : 0;
    return year == 0 || count == 0 ? v : ch_period_value(v.unit, ch_period_shift(v.unit, v.day, (year - ch_year_of(v.day)) * count));
}

/* "a year earlier": the same month or quarter, where the report is on those. */
static ch_timeval
year_before(const ch_call *c)
{
    const ch_making *m = c->m;
    const char *word = ch_call_word(c, 0);
    bool quarter = word != NULL && strcmp(word, "quarter") == 0;
    if (m->told_month != CH_NO_DAY && !quarter)
        return ch_period_value(CH_UNIT_MONTH, ch_period_shift(CH_UNIT_MONTH, m->told_month, -12));
    if (m->told_period != CH_NO_DAY) {
        int quarters = m->told_period_unit == CH_UNIT_HALF ? -2 : -4;
        return ch_period_value(m->told_period_unit, ch_period_shift(m->told_period_unit, m->told_period, quarters));
    }
    if (quarter && m->base != CH_NO_DAY)
        return ch_period_value(CH_UNIT_QUARTER, ch_period_shift(CH_UNIT_QUARTER, reported_quarter(m), -4));
    ch_day base = ch_call_base(c, 0, CH_UNIT_YEAR);
    return base == CH_NO_DAY ? (ch_timeval){.kind = CH_VALUE_REF, .open = CH_OPEN_DAY, .text = "PAST_REF"} : shifted(base, -1, CH_UNIT_YEAR);
}

ch_timeval
ch_make_year_ago(const ch_call *c)
{
    return in_other_year(year_before(c), ch_call_year(c, 1));
}
