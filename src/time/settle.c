/* Closing open values: which year's March, which week's Tuesday. */
#include "time/call.h"

#include "base/day.h"

/* Nearest of two dates of the year: one to come counts as so many times as far
 * where nothing is known: news tells of the past more often. */
#define AHEAD_OF_NONE 2

/* The period of an open value in `year`, or CH_NO_DAY. */
static ch_day
in_year(ch_timeval *v, int year)
{
    if (!ch_is_year(year))
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

ch_timeval
ch_value_with_year(ch_timeval v, int year)
{
    if (year == 0)
        return v;
    v.day = in_year(&v, year);
    if (v.day == CH_NO_DAY)
        return CH_NO_VALUE;
    v.open = CH_OPEN_NOTHING;
    return v;
}

/* The occurrence that lies wholly before (-1) or after (1) the document's day,
 * or that the year has (0). */
static ch_day
yearly(ch_timeval *v, ch_day base, int side)
{
    int year = ch_year_of(base);
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

/* How far off an occurrence is; out of reach against the tense. */
static int64_t
distance(const ch_timeval *v, ch_day day, ch_day base, ch_tense tense)
{
    ch_day last = ch_period_last(v->unit, day);
    if (day <= base && base <= last)
        return 0;
    if (last < base)
        return ((int64_t)base - last) + (tense == CH_TENSE_FUTURE ? INT32_MAX : 0);
    return ((int64_t)day - base) * (tense == CH_TENSE_NONE ? AHEAD_OF_NONE : 1) + (tense == CH_TENSE_PAST ? INT32_MAX : 0);
}

static ch_day
nearest(ch_timeval *v, ch_day base, ch_tense tense)
{
    ch_day best = CH_NO_DAY;
    int64_t best_distance = 0;
    for (int y = ch_year_of(base) - 2; y <= ch_year_of(base) + 2; y++) {
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
        in_year(v, ch_year_of(best)); /* its length */
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
close_value(ch_timeval *v, ch_day day)
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
        close_value(v, weekday_near(v->a, base, m->tense));
        break;
    case CH_OPEN_MONTH:
        close_value(v, day_of_month_near(v->a, base, m->tense));
        break;
    case CH_OPEN_DAY:
        close_value(v, m->told_unit <= CH_UNIT_DAY && m->told != CH_NO_DAY ? m->told : base);
        break;
    default:
        close_value(v, nearest(v, base, m->base != CH_NO_DAY ? m->tense : CH_TENSE_PRESENT));
        break;
    }
}

ch_timeval
ch_make_chosen(const ch_call *c, int side)
{
    ch_timeval v = ch_call_value(c, 0);
    ch_day base = c->m->base;
    if (v.kind != CH_VALUE_PERIOD || base == CH_NO_DAY)
        return v;
    if (v.open == CH_OPEN_WEEK) {
        int ahead = (v.a - ch_weekday(base) + 7) % 7;
        if (side == 0)
            close_value(&v, weekday_near(v.a, base, c->m->tense == CH_TENSE_PAST ? CH_TENSE_PAST : CH_TENSE_FUTURE));
        else
            close_value(&v, side < 0 || ahead == 0 ? base + ahead + side * (ahead == 0 || side < 0 ? 7 : 0) : base + ahead);
    } else if (v.open == CH_OPEN_YEAR || v.open == CH_OPEN_FEAST)
        close_value(&v, yearly(&v, base, side));
    return v;
}
