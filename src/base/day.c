#include "base/day.h"

#include <stdio.h>

/* H. Hinnant, "chrono-compatible low-level date algorithms": days_from_civil. */
int32_t
ch_day_of(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    unsigned yoe = (unsigned)(year - era * 400);
    unsigned doy = (153u * (unsigned)(month + (month > 2 ? -3 : 9)) + 2) / 5 + (unsigned)day - 1;
    unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + (int32_t)doe - 719468;
}

void
ch_day_parts(int32_t days, int *year, int *month, int *day)
{
    int64_t z = (int64_t)days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    unsigned doe = (unsigned)(z - era * 146097);
    unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    unsigned mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + (unsigned)(*month <= 2)) + (int)(era * 400);
}

int
ch_days_in_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

int
ch_weekday(int32_t days)
{
    int w = (int)(((int64_t)days + 3) % 7);
    return w < 0 ? w + 7 : w;
}

static bool
digits(ch_str s, size_t at, size_t n, int *out)
{
    if (at + n > s.len)
        return false;
    *out = 0;
    for (size_t i = at; i < at + n; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        *out = *out * 10 + (s.at[i] - '0');
    }
    return true;
}

bool
ch_day_parse(ch_str s, int32_t *first, int32_t *last)
{
    int year, month, day;
    if (!digits(s, 0, 4, &year))
        return false;
    if (s.len == 4) {
        *first = ch_day_of(year, 1, 1);
        *last = ch_day_of(year, 12, 31);
        return true;
    }
    if (s.at[4] != '-' || !digits(s, 5, 2, &month) || month < 1 || month > 12)
        return false;
    if (s.len == 7) {
        *first = ch_day_of(year, month, 1);
        *last = ch_day_of(year, month, ch_days_in_month(year, month));
        return true;
    }
    if (s.at[7] != '-' || !digits(s, 8, 2, &day) || day < 1 || day > ch_days_in_month(year, month))
        return false;
    if (s.len > 10 && s.at[10] != 'T' && s.at[10] != ' ')
        return false;
    *first = *last = ch_day_of(year, month, day);
    return true;
}

void
ch_day_print(char *out, int32_t days)
{
    int year, month, day;
    ch_day_parts(days, &year, &month, &day);
    if (year < 0 || year > 9999) {
        snprintf(out, 11, "%s", "0000-01-01");
        return;
    }
    snprintf(out, 11, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100);
}
