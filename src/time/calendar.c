#include "time/calendar.h"

#include "base/day.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const codes[] = {"TS", "TM", "TH", "D", "WE", "W", "M", "Q", "SE", "H", "Y", "DE", "CE"};

ch_unit
ch_unit_of(const char *code)
{
    for (int i = 0; code != NULL && i < CH_UNIT_NONE; i++)
        if (strcmp(codes[i], code) == 0)
            return (ch_unit)i;
    return CH_UNIT_NONE;
}

const char *
ch_unit_code(ch_unit unit)
{
    return unit < CH_UNIT_NONE ? codes[unit] : "";
}

/* Months of the units that are made of months, 0 for the others. */
static int
months_of(ch_unit unit)
{
    static const int months[] = {[CH_UNIT_MONTH] = 1, [CH_UNIT_QUARTER] = 3,  [CH_UNIT_SEASON] = 3,    [CH_UNIT_HALF] = 6,
                                 [CH_UNIT_YEAR] = 12, [CH_UNIT_DECADE] = 120, [CH_UNIT_CENTURY] = 1200};
    return unit >= CH_UNIT_MONTH && unit < CH_UNIT_NONE ? months[unit] : 0;
}

/* Days of the units that are made of days. */
static int
days_of(ch_unit unit)
{
    return unit == CH_UNIT_WEEK || unit == CH_UNIT_WEEKEND ? 7 : 1;
}

static ch_day
day_of_month_count(int64_t months)
{
    int64_t year = months / 12, month = months % 12;
    return year < CH_YEAR_MIN || year > CH_YEAR_MAX ? CH_NO_DAY : ch_day_of((int)year, (int)month + 1, 1);
}

ch_day
ch_period_first(ch_unit unit, ch_day day)
{
    int y, m, d;
    if (day == CH_NO_DAY || unit <= CH_UNIT_DAY)
        return day;
    if (unit == CH_UNIT_WEEK || unit == CH_UNIT_WEEKEND)
        return day - ch_weekday(day) + (unit == CH_UNIT_WEEKEND ? 5 : 0);
    ch_day_parts(day, &y, &m, &d);
    int64_t months = (int64_t)y * 12 + m - 1, size = months_of(unit);
    if (unit == CH_UNIT_SEASON)
        return day_of_month_count((months + 1) / 3 * 3 - 1);
    ch_day first = day_of_month_count(months / size * size);
    return first != CH_NO_DAY ? first : ch_day_of(CH_YEAR_MIN, 1, 1);
}

ch_day
ch_period_shift(ch_unit unit, ch_day first, int n)
{
    int y, m, d;
    if (first == CH_NO_DAY || abs(n) > CH_YEAR_MAX * 366)
        return CH_NO_DAY;
    int months = months_of(unit);
    if (months == 0) {
        int64_t day = (int64_t)first + (int64_t)n * days_of(unit);
        return day < ch_day_of(CH_YEAR_MIN, 1, 1) || day > ch_day_of(CH_YEAR_MAX, 12, 31) ? CH_NO_DAY : (ch_day)day;
    }
    ch_day_parts(first, &y, &m, &d);
    return day_of_month_count((int64_t)y * 12 + m - 1 + (int64_t)n * months);
}

ch_day
ch_period_last(ch_unit unit, ch_day first)
{
    if (first == CH_NO_DAY || unit <= CH_UNIT_DAY)
        return first;
    if (unit == CH_UNIT_WEEKEND)
        return first + 1;
    ch_day next = ch_period_shift(unit, first, 1);
    return next != CH_NO_DAY ? next - 1 : ch_day_of(CH_YEAR_MAX, 12, 31);
}

ch_day
ch_season_first(int season, int year)
{
    return year < CH_YEAR_MIN || year > CH_YEAR_MAX ? CH_NO_DAY : ch_day_of(year, season * 3, 1);
}

/* ------------------------------------------------------------------- feasts */

/* Gregorian Easter (Meeus, Jones, Butcher). */
static ch_day
easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
    return ch_day_of(year, month, day);
}

static int
julian_lead(int year)
{
    return year / 100 - year / 400 - 2;
}

/* Easter of the Julian calendar (Meeus), as a Gregorian day. */
static ch_day
orthodox_easter(int year)
{
    int a = year % 4, b = year % 7, c = year % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7;
    return ch_day_of(year, (d + e + 114) / 31, (d + e + 114) % 31 + 1) + julian_lead(year);
}

/* 15 Nisan (Gauss). */
static ch_day
passover(int year)
{
    int jewish = year + 3760, a = (12 * jewish + 17) % 19, b = jewish % 4;
    double m = 32.0 + 4343.0 / 98496 + a * (1.0 + 272953.0 / 492480) + b / 4.0 - jewish * (313.0 / 98496);
    int whole = (int)floor(m), weekday = (whole + 3 * jewish + 5 * b + 5) % 7;
    double part = m - whole;
    int shift = 0;
    if (weekday == 2 || weekday == 4 || weekday == 6)
        shift = 1;
    else if (weekday == 1 && a > 6 && part >= 1367.0 / 2160)
        shift = 2;
    else if (weekday == 0 && a > 11 && part >= 23269.0 / 25920)
        shift = 1;
    return ch_day_of(year, 3, 1) + whole - 1 + shift + julian_lead(year);
}

/* 25 Kislev: its distance from the new year turns on the length of that year. */
static ch_day
hanukkah(int year)
{
    int length = passover(year + 1) - passover(year);
    return passover(year) + 163 + 83 + (length == 355 || length == 385);
}

static ch_day
islamic_day(int year, int month, int day)
{
    return (11 * year + 3) / 30 + 354 * year + 30 * month - (month - 1) / 2 + day + 1948440 - 385 - 2440588;
}

/* The tabular calendar: within a day of the sighted one. */
static ch_day
islamic(int year, int month, int day)
{
    int guess = (int)((year - 622) * 33.0 / 32);
    for (int h = guess - 1; h <= guess + 2; h++) {
        ch_day first = islamic_day(h, month, day);
        int y, m, d;
        ch_day_parts(first, &y, &m, &d);
        if (y == year)
            return first;
    }
    return CH_NO_DAY;
}

/* The first new moon on or after `from`, `hours` east of Greenwich (Meeus, with
 * the largest terms: right to some minutes). */
static ch_day
new_moon(ch_day from, double hours)
{
    static const double rad = 3.14159265358979323846 / 180;
    double k = floor((from - 10962.0) / 29.530588861) - 1;
    for (int i = 0; i < 4; i++, k++) {
        double t = k / 1236.85, m = 2.5534 + 29.1053567 * k, mm = 201.5643 + 385.81693528 * k, f = 160.7108 + 390.67050284 * k;
        double jde = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t - 0.4072 * sin(mm * rad) + 0.17241 * sin(m * rad) +
                     0.01608 * sin(2 * mm * rad) + 0.01039 * sin(2 * f * rad) + 0.00739 * sin((mm - m) * rad) -
                     0.00514 * sin((mm + m) * rad);
        ch_day day = (ch_day)floor(jde - 2440587.5 - 65.0 / 86400 + hours / 24);
        if (day >= from)
            return day;
    }
    return CH_NO_DAY;
}

static ch_day
nth_weekday(int year, int month, int n, int weekday)
{
    if (n > 0) {
        ch_day first = ch_day_of(year, month, 1);
        return first + (weekday - ch_weekday(first) + 7) % 7 + (n - 1) * 7;
    }
    ch_day last = ch_day_of(year, month, ch_days_in_month(year, month));
    return last - (ch_weekday(last) - weekday + 7) % 7;
}

/* `a` to `d` are the numbers of a spec; those that a form lacks are 0. */
ch_day
ch_feast(const char *spec, int year, int *days)
{
    int a = 0, b = 0, c = 0, d = 0;
    *days = 1;
    if (year <= CH_YEAR_MIN || year >= CH_YEAR_MAX)
        return CH_NO_DAY;
    if (sscanf(spec, "on/%d-%d-%d/%d", &a, &b, &c, &d) >= 3) {
        *days = d > 0 ? d : 1;
        return a == year ? ch_day_of(a, b, c) : CH_NO_DAY;
    }
    if (sscanf(spec, "nth/%d/%d/%d", &a, &b, &c) == 3)
        return nth_weekday(year, a, b, c);
    if (sscanf(spec, "islamic/%d/%d/%d", &a, &b, &c) >= 2) {
        *days = c > 0 ? c : 1;
        return islamic(year, a, b);
    }
    if (sscanf(spec, "easter/%d/%d", &a, &b) >= 1) {
        *days = b > 0 ? b : 1;
        return easter(year) + a;
    }
    if (sscanf(spec, "orthodox/%d", &a) == 1)
        return orthodox_easter(year) + a;
    if (sscanf(spec, "passover/%d/%d", &a, &b) >= 1) {
        *days = b > 0 ? b : 1;
        return passover(year) + a;
    }
    if (sscanf(spec, "hanukkah/%d", &a) == 1) {
        *days = a;
        return hanukkah(year);
    }
    if (sscanf(spec, "moon/%d-%d/%d", &a, &b, &c) == 3)
        return new_moon(ch_day_of(year, a, b), c);
    if (sscanf(spec, "%d-%d/%d", &a, &b, &c) >= 2 && a >= 1 && a <= 12 && b >= 1 && b <= ch_days_in_month(year, a)) {
        *days = c > 0 ? c : 1;
        return ch_day_of(year, a, b);
    }
    return CH_NO_DAY;
}

/* ----------------------------------------------------------------- printing */

/* The ISO week of a Monday is that of its Thursday. */
static void
print_week(char *out, ch_day first, const char *more)
{
    int y, m, d;
    ch_day thursday = first - ch_weekday(first) + 3;
    ch_day_parts(thursday, &y, &m, &d);
    snprintf(out, 32, "%04d-W%02d%s", y % 10000, (thursday - ch_day_of(y, 1, 1)) / 7 + 1, more);
}

void
ch_period_print(char *out, ch_unit unit, ch_day first)
{
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    int y, m, d;
    ch_day_parts(first, &y, &m, &d);
    switch (unit) {
    case CH_UNIT_WEEKEND:
        print_week(out, first, "-WE");
        return;
    case CH_UNIT_WEEK:
        print_week(out, first, "");
        return;
    case CH_UNIT_MONTH:
        snprintf(out, 32, "%04d-%02d", y, m);
        return;
    case CH_UNIT_QUARTER:
        snprintf(out, 32, "%04d-Q%d", y, (m - 1) / 3 + 1);
        return;
    case CH_UNIT_SEASON:
        snprintf(out, 32, "%04d-%s", y, seasons[m / 3 - 1]);
        return;
    case CH_UNIT_HALF:
        snprintf(out, 32, "%04d-H%d", y, (m - 1) / 6 + 1);
        return;
    case CH_UNIT_YEAR:
        snprintf(out, 32, "%04d", y);
        return;
    case CH_UNIT_DECADE:
        snprintf(out, 32, "%03d", y / 10);
        return;
    case CH_UNIT_CENTURY:
        snprintf(out, 32, "%02d", y / 100);
        return;
    default:
        snprintf(out, 32, "%04d-%02d-%02d", y, m, d);
        return;
    }
}
