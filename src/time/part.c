/* Parts of periods: "the first week of May", "Tuesday at noon". */
#include "time/call.h"

#include "base/day.h"

#include <string.h>

static ch_day
last_of(const ch_timeval *v)
{
    return v->days > 1 ? v->day + v->days - 1 : ch_period_last(v->unit, v->day);
}

ch_timeval
ch_make_nth(const ch_call *c)
{
    ch_timeval whole = ch_call_value(c, 2);
    ch_unit unit = ch_call_unit(c, 1);
    int n = ch_call_int(c, 0, 0);
    ch_make_settle(c->m, &whole);
    if (whole.kind != CH_VALUE_PERIOD || whole.day == CH_NO_DAY || unit < CH_UNIT_DAY || unit >= whole.unit || n == 0)
        return CH_NO_VALUE;
    ch_day from = ch_period_first(unit, n > 0 ? whole.day : last_of(&whole));
    if (n > 0 && from < whole.day && unit != CH_UNIT_WEEK)
        from = ch_period_shift(unit, from, 1);
    /* a period's first week has most of its days there, as a year's in ISO 8601 */
    if (n > 0 && unit == CH_UNIT_WEEK && ch_weekday(whole.day) > 3)
        from = ch_period_shift(unit, from, 1);
    ch_timeval v = ch_period_value(unit, ch_period_shift(unit, from, n > 0 ? n - 1 : n + 1));
    return v.kind == CH_VALUE_PERIOD && v.day <= last_of(&whole) ? v : CH_NO_VALUE;
}

ch_timeval
ch_make_nth_weekday(const ch_call *c)
{
    ch_timeval whole = ch_call_value(c, 2);
    int n = ch_call_int(c, 0, 0), weekday = ch_call_int(c, 1, 0);
    ch_make_settle(c->m, &whole);
    if (whole.kind != CH_VALUE_PERIOD || whole.day == CH_NO_DAY || n == 0)
        return CH_NO_VALUE;
    ch_day last = last_of(&whole);
    ch_day day = n > 0 ? whole.day + (weekday - ch_weekday(whole.day) + 7) % 7 + (n - 1) * 7
                       : last - (ch_weekday(last) - weekday + 7) % 7 + (n + 1) * 7;
    return day >= whole.day && day <= last ? ch_period_value(CH_UNIT_DAY, day) : CH_NO_VALUE;
}

/* A day for a time that names none: `i` is the argument that may name one. */
static ch_timeval
day_for_time(const ch_call *c, int i)
{
    const char *word = i < CH_TIME_ARGS_MAX ? ch_call_word(c, i) : NULL;
    ch_timeval v = word != NULL ? ch_period_value(CH_UNIT_DAY, ch_call_base(c, i, CH_UNIT_DAY)) : ch_call_value(c, i);
    if (v.kind != CH_VALUE_PERIOD || v.unit != CH_UNIT_DAY)
        return ch_open_value(CH_OPEN_DAY, CH_UNIT_DAY, 0, 0);
    return v;
}

ch_timeval
ch_make_part(const ch_call *c)
{
    const char *part = ch_call_word(c, 0);
    ch_timeval v = day_for_time(c, 1);
    v.part = part;
    return part == NULL ? CH_NO_VALUE : v;
}

ch_timeval
ch_make_clock(const ch_call *c)
{
    int hour = ch_call_int(c, 0, -1), minute = ch_call_int(c, 1, -1), second = ch_call_int(c, 2, -1);
    const char *half = ch_call_word(c, 3);
    if (half != NULL && (hour < 1 || hour > 12) && strcmp(half, "MI") != 0)
        half = NULL;
    if (half != NULL && strcmp(half, "AM") == 0)
        hour %= 12;
    if (half != NULL && strcmp(half, "PM") == 0)
        hour = hour % 12 + 12;
    if (hour < 0 || hour > 24 || minute > 59 || second > 59)
        return CH_NO_VALUE;
    ch_timeval v = day_for_time(c, 4);
    v.hour = hour;
    v.minute = minute;
    v.second = second;
    v.part = NULL;
    return v;
}

ch_timeval
ch_make_hhmm(const ch_call *c)
{
    int n = ch_call_int(c, 0, -1);
    if (n < 0 || n / 100 > 24 || n % 100 > 59)
        return CH_NO_VALUE;
    ch_timeval v = day_for_time(c, 1);
    v.hour = n / 100;
    v.minute = n % 100;
    return v;
}

ch_timeval
ch_make_on(const ch_call *c)
{
    ch_timeval time = ch_call_value(c, 0), day = ch_call_value(c, 1);
    if (time.kind != CH_VALUE_PERIOD || day.kind != CH_VALUE_PERIOD || day.unit != CH_UNIT_DAY)
        return CH_NO_VALUE;
    day.hour = time.hour;
    day.minute = time.minute;
    day.second = time.second;
    day.part = time.part;
    return day;
}
