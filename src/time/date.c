/* Dates by the numbers and names of the calendar. */
#include "time/call.h"

#include "base/day.h"

#include <stdio.h>

ch_timeval
ch_make_date(int day, int month, int year)
{
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return CH_NO_VALUE;
    return ch_value_with_year(ch_open_value(CH_OPEN_YEAR, CH_UNIT_DAY, month, day), year);
}

ch_timeval
ch_make_slash(const ch_call *c)
{
    int a = ch_call_int(c, 0, 0), b = ch_call_int(c, 1, 0), year = ch_call_year(c, 2);
    bool day_first = a > 12 || (b <= 12 && c->m->day_first);
    return day_first ? ch_make_date(a, b, year) : ch_make_date(b, a, year);
}

ch_timeval
ch_make_month_day(const ch_call *c)
{
    int day = ch_call_int(c, 0, 0);
    ch_timeval month = ch_call_value(c, 1);
    int y, m, d;
    if (day < 1 || day > 31)
        return CH_NO_VALUE;
    if (month.kind != CH_VALUE_PERIOD)
        return ch_open_value(CH_OPEN_MONTH, CH_UNIT_DAY, day, 0);
    if (month.open == CH_OPEN_YEAR && month.unit == CH_UNIT_MONTH)
        return ch_open_value(CH_OPEN_YEAR, CH_UNIT_DAY, month.a, day);
    if (month.unit != CH_UNIT_MONTH || month.day == CH_NO_DAY)
        return CH_NO_VALUE;
    ch_day_parts(month.day, &y, &m, &d);
    return ch_make_date(day, m, y);
}

ch_timeval
ch_make_weekday(const ch_call *c)
{
    ch_timeval x = ch_call_value(c, 1);
    int weekday = ch_call_int(c, 0, -1);
    if (weekday < 0 || weekday > 6)
        return CH_NO_VALUE;
    if (x.kind == CH_VALUE_PERIOD && x.unit == CH_UNIT_WEEK && x.day != CH_NO_DAY)
        return ch_period_value(CH_UNIT_DAY, x.day + weekday);
    if (x.kind == CH_VALUE_PERIOD && x.unit == CH_UNIT_DAY)
        return x;
    return ch_open_value(CH_OPEN_WEEK, CH_UNIT_DAY, weekday, 0);
}

ch_timeval
ch_make_yearly(const ch_call *c, ch_unit unit, int most)
{
    int n = ch_call_int(c, 0, 0);
    if (n < 0)
        n = most + 1 + n;
    return n < 1 || n > most ? CH_NO_VALUE : ch_value_with_year(ch_open_value(CH_OPEN_YEAR, unit, n, 0), ch_call_year(c, 1));
}

ch_timeval
ch_make_holiday(const ch_call *c)
{
    ch_timeval v = ch_open_value(CH_OPEN_FEAST, CH_UNIT_DAY, 0, 0);
    int y, m, d;
    v.text = ch_call_word(c, 0);
    if (v.text == NULL)
        return CH_NO_VALUE;
    if (sscanf(v.text, "on/%d-%d-%d", &y, &m, &d) == 3)
        return ch_value_with_year(v, y);
    return ch_value_with_year(v, ch_call_year(c, 1));
}

ch_timeval
ch_make_year(const ch_call *c)
{
    int y = ch_call_year(c, 0);
    return ch_is_year(y) ? ch_period_value(CH_UNIT_YEAR, ch_day_of(y, 1, 1)) : CH_NO_VALUE;
}

ch_timeval
ch_make_decade(const ch_call *c)
{
    int n = ch_call_int(c, 0, -1);
    if (n >= 0 && n < 100)
        n += n <= 10 ? 2000 : 1900;
    return n % 10 == 0 && ch_is_year(n) ? ch_period_value(CH_UNIT_DECADE, ch_day_of(n, 1, 1)) : CH_NO_VALUE;
}

ch_timeval
ch_make_century(const ch_call *c)
{
    int n = ch_call_int(c, 0, 0);
    return n >= 2 && n <= 99 ? ch_period_value(CH_UNIT_CENTURY, ch_day_of((n - 1) * 100, 1, 1)) : CH_NO_VALUE;
}

ch_timeval
ch_make_edge(const ch_call *c)
{
    ch_timeval v = ch_call_value(c, 1);
    if (v.edge == NULL)
        v.edge = ch_call_word(c, 0);
    return v;
}

ch_timeval
ch_make_pair(const ch_call *c)
{
    ch_timeval a = ch_call_value(c, 0), b = ch_call_value(c, 1);
    ch_timeval *second = ch_arena_alloc(c->m->arena, sizeof *second);
    if (second == NULL || a.kind == CH_VALUE_NONE || b.kind == CH_VALUE_NONE)
        return CH_NO_VALUE;
    /* "from March 3 to 5": the second goes by the first; "from 3 to 5 March" */
    if (b.open == CH_OPEN_MONTH && a.kind == CH_VALUE_PERIOD && a.unit == CH_UNIT_DAY) {
        int y, m, d;
        if (a.open == CH_OPEN_NOTHING && a.day != CH_NO_DAY) {
            ch_day_parts(a.day, &y, &m, &d);
            b = ch_make_date(b.a, m, y);
        } else if (a.open == CH_OPEN_YEAR)
            b = ch_make_date(b.a, a.a, 0);
    } else if (a.open == CH_OPEN_MONTH && b.open == CH_OPEN_YEAR && b.unit == CH_UNIT_DAY)
        a = ch_make_date(a.a, b.a, 0);
    else if (a.open == CH_OPEN_MONTH && b.open == CH_OPEN_NOTHING && b.unit == CH_UNIT_DAY && b.day != CH_NO_DAY) {
        int y, m, d;
        ch_day_parts(b.day, &y, &m, &d);
        a = ch_make_date(a.a, m, y);
    }
    /* "from March to June 2020": the year of the second is the first's */
    if ((a.open == CH_OPEN_YEAR || a.open == CH_OPEN_FEAST) && b.open == CH_OPEN_NOTHING && b.day != CH_NO_DAY) {
        ch_timeval closed = ch_value_with_year(a, ch_year_of(b.day));
        if (closed.kind == CH_VALUE_PERIOD && closed.day > b.day)
            closed = ch_value_with_year(a, ch_year_of(b.day) - 1);
        a = closed;
    }
    *second = b;
    a.second_of_pair = second;
    a.span = ch_call_span(c, 0);
    a.span2 = ch_call_span(c, 1);
    return a;
}
