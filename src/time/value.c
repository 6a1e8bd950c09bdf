#include "time/value.h"

#include "base/day.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool
is_whole(double n)
{
    return n == trunc(n);
}

/* Parts of units in the next smaller one that makes them whole, where there is
 * one: half an hour is 30 minutes. */
static void
make_whole(double *n, ch_unit *unit)
{
    static const struct {
        ch_unit unit, smaller;
        int count;
    } parts[] = {{CH_UNIT_MINUTE, CH_UNIT_SECOND, 60}, {CH_UNIT_HOUR, CH_UNIT_MINUTE, 60}, {CH_UNIT_DAY, CH_UNIT_HOUR, 24},
                 {CH_UNIT_DECADE, CH_UNIT_YEAR, 10},   {CH_UNIT_CENTURY, CH_UNIT_YEAR, 100}};
    if (*unit == CH_UNIT_YEAR && *n < 1 && is_whole(*n * 12) && !is_whole(*n)) {
        *n *= 12;
        *unit = CH_UNIT_MONTH;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (*unit == parts[i].unit && *n < 1 && !is_whole(*n) && is_whole(*n * parts[i].count)) {
            *n *= parts[i].count;
            *unit = parts[i].smaller;
            return;
        }
}

static int
print_amount(char *out, size_t room, double n, bool vague, ch_unit unit)
{
    static const char *const letters[] = {"S", "M", "H"};
    const char *code = unit <= CH_UNIT_HOUR ? letters[unit] : unit == CH_UNIT_HALF ? "M" : ch_unit_code(unit);
    if (unit == CH_UNIT_HALF)
        n *= 6;
    return vague ? snprintf(out, room, "X%s", code) : snprintf(out, room, "%.6g%s", n, code);
}

static void
print_duration(char *out, const ch_timeval *v)
{
    double n = v->n;
    ch_unit unit = v->unit;
    size_t room = CH_TIME_VALUE_ROOM;
    if (!v->vague && v->unit2 == CH_UNIT_NONE)
        make_whole(&n, &unit);
    int at = snprintf(out, room, "P%s", unit <= CH_UNIT_HOUR ? "T" : "");
    at += print_amount(out + at, room - (size_t)at, n, v->vague, unit);
    if (v->unit2 == CH_UNIT_NONE)
        return;
    at += snprintf(out + at, room - (size_t)at, "%s", unit > CH_UNIT_HOUR && v->unit2 <= CH_UNIT_HOUR ? "T" : "");
    print_amount(out + at, room - (size_t)at, v->n2, false, v->unit2);
}

/* What an open period is known of; false where that is nothing. */
static bool
print_open(char *out, const ch_timeval *v)
{
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    int month, day;
    size_t room = CH_TIME_VALUE_ROOM;
    switch (v->open) {
    case CH_OPEN_WEEK:
        return snprintf(out, room, "XXXX-WXX-%d", v->a + 1) > 0;
    case CH_OPEN_MONTH:
        return snprintf(out, room, "XXXX-XX-%02d", v->a) > 0;
    case CH_OPEN_DAY:
        return snprintf(out, room, "XXXX-XX-XX") > 0;
    case CH_OPEN_FEAST:
        if (sscanf(v->text, "%d-%d", &month, &day) != 2)
            return false;
        return snprintf(out, room, "XXXX-%02d-%02d", month % 100, day % 100) > 0;
    default:
        break;
    }
    if (v->unit == CH_UNIT_DAY)
        return snprintf(out, room, "XXXX-%02d-%02d", v->a, v->b) > 0;
    if (v->unit == CH_UNIT_SEASON)
        return snprintf(out, room, "XXXX-%s", seasons[v->a - 1]) > 0;
    if (v->unit == CH_UNIT_MONTH)
        return snprintf(out, room, "XXXX-%02d", v->a) > 0;
    return snprintf(out, room, "XXXX-%s%d", ch_unit_code(v->unit), v->a) > 0;
}

static void
print_time(char *out, const ch_timeval *v)
{
    size_t at = strlen(out), room = CH_TIME_VALUE_ROOM;
    if (v->part != NULL)
        snprintf(out + at, room - at, "T%s", v->part);
    else if (v->hour >= 0 && v->second >= 0)
        snprintf(out + at, room - at, "T%02d:%02d:%02d", v->hour, v->minute < 0 ? 0 : v->minute, v->second);
    else if (v->hour >= 0)
        snprintf(out + at, room - at, "T%02d:%02d", v->hour, v->minute < 0 ? 0 : v->minute);
}

static bool
has_time(const ch_timeval *v)
{
    return (v->kind == CH_VALUE_PERIOD || v->kind == CH_VALUE_SET) && (v->part != NULL || v->hour >= 0) && v->unit == CH_UNIT_DAY;
}

static bool
recurs(const ch_timeval *v)
{
    return v->kind == CH_VALUE_SET && v->open != CH_OPEN_NOTHING;
}

bool
ch_value_print(char out[CH_TIME_VALUE_ROOM], const ch_timeval *v)
{
    out[0] = '\0';
    if (v->kind == CH_VALUE_REF)
        return v->text != NULL && snprintf(out, CH_TIME_VALUE_ROOM, "%s", v->text) > 0;
    if (v->kind == CH_VALUE_BC)
        return snprintf(out, CH_TIME_VALUE_ROOM, "BC%04d", (int)v->n % 10000) > 0;
    if (v->kind == CH_VALUE_DURATION || (v->kind == CH_VALUE_SET && !recurs(v))) {
        print_duration(out, v);
        return true;
    }
    if (v->kind != CH_VALUE_PERIOD && !recurs(v))
        return false;
    if (v->open != CH_OPEN_NOTHING) {
        if (!print_open(out, v))
            return false;
    } else if (v->days > 1) {
        ch_period_print(out, CH_UNIT_DAY, v->day);
        strcat(out, "/");
        ch_period_print(out + strlen(out), CH_UNIT_DAY, v->day + v->days - 1);
    } else
        ch_period_print(out, v->unit, v->day);
    if (has_time(v))
        print_time(out, v);
    return true;
}

ch_time_type
ch_value_type(const ch_timeval *v)
{
    if (v->kind == CH_VALUE_DURATION)
        return CH_TIME_DURATION;
    if (v->kind == CH_VALUE_SET)
        return CH_TIME_SET;
    return has_time(v) ? CH_TIME_TIME : CH_TIME_DATE;
}

static bool
is_edge(const ch_timeval *v, const char *edge)
{
    return v->edge != NULL && strcmp(v->edge, edge) == 0;
}

void
ch_value_days(const ch_timeval *v, ch_day base, ch_day *start, ch_day *end)
{
    *start = *end = CH_NO_DAY;
    if (v->kind == CH_VALUE_DURATION && v->side != 0 && !v->vague && base != CH_NO_DAY && fabs(v->n) < 100000 &&
        v->unit >= CH_UNIT_DAY) {
        int y, m, d, whole = (int)v->n * v->side;
        ch_day far = ch_period_shift(v->unit, base, whole);
        if (far != CH_NO_DAY && v->unit >= CH_UNIT_MONTH) {
            /* months and years count from day to day */
            ch_day_parts(base, &y, &m, &d);
            int fy, fm, fd;
            ch_day_parts(far, &fy, &fm, &fd);
            far = ch_day_of(fy, fm, d <= ch_days_in_month(fy, fm) ? d : ch_days_in_month(fy, fm));
        }
        *start = v->side < 0 ? far : base;
        *end = v->side < 0 ? base : far;
        return;
    }
    if (v->kind != CH_VALUE_PERIOD || v->open != CH_OPEN_NOTHING || v->day == CH_NO_DAY)
        return;
    *start = v->day;
    *end = v->days > 1 ? v->day + v->days - 1 : ch_period_last(v->unit, v->day);
    ch_day third = (*end - *start + 1) / 3;
    if (is_edge(v, "START"))
        *end -= 2 * third;
    else if (is_edge(v, "END"))
        *start += 2 * third;
    else if (is_edge(v, "MID")) {
        *start += third;
        *end -= third;
    }
}

bool
ch_value_edtf(char out[CH_TIME_VALUE_ROOM], const ch_timeval *v, int side)
{
    if (v->kind != CH_VALUE_PERIOD || v->open != CH_OPEN_NOTHING || v->day == CH_NO_DAY || v->unit < CH_UNIT_MONTH)
        return false;
    const char *vague = v->edge != NULL ? "~" : "";
    int y, m, d;
    ch_day_parts(side == 0 ? v->day : ch_period_last(v->unit, v->day), &y, &m, &d);
    if (v->unit == CH_UNIT_CENTURY)
        snprintf(out, CH_TIME_VALUE_ROOM, "%02dXX%s", y / 100, vague);
    else if (v->unit == CH_UNIT_DECADE)
        snprintf(out, CH_TIME_VALUE_ROOM, "%03dX%s", y / 10, vague);
    else if (v->unit == CH_UNIT_YEAR)
        snprintf(out, CH_TIME_VALUE_ROOM, "%04d%s", y, vague);
    else
        snprintf(out, CH_TIME_VALUE_ROOM, "%04d-%02d%s", y, m, vague);
    return true;
}
