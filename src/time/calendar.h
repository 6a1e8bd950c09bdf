/* time/calendar.h: periods of the calendar, feasts, and what TIMEX3 writes for
 * them. A period is its unit and its first day. */
#ifndef CHANCERY_TIME_CALENDAR_H
#define CHANCERY_TIME_CALENDAR_H

#include "intake/document.h"

/* From fine to coarse. */
typedef enum {
    CH_UNIT_SECOND,
    CH_UNIT_MINUTE,
    CH_UNIT_HOUR,
    CH_UNIT_DAY,
    CH_UNIT_WEEKEND,
    CH_UNIT_WEEK,
    CH_UNIT_MONTH,
    CH_UNIT_QUARTER,
    CH_UNIT_SEASON,
    CH_UNIT_HALF,
    CH_UNIT_YEAR,
    CH_UNIT_DECADE,
    CH_UNIT_CENTURY,
    CH_UNIT_NONE
} ch_unit;

/* Years that are read and written. */
#define CH_YEAR_MIN 1
#define CH_YEAR_MAX 9999

/* The unit of a code of lexicon/time ("D", "TH", "WE"), or CH_UNIT_NONE; and back. */
ch_unit ch_unit_of(const char *code);
const char *ch_unit_code(ch_unit unit);

/* First day of the period of `unit` that holds `day`; the last day of the
 * period that begins on `first`. Units below a day give the day. */
ch_day ch_period_first(ch_unit unit, ch_day day);
ch_day ch_period_last(ch_unit unit, ch_day first);

/* The period `n` further on (back, when negative); CH_NO_DAY beyond the years
 * that are read. */
ch_day ch_period_shift(ch_unit unit, ch_day first, int n);

/* Northern seasons, 1 is spring; winter, 4, is of the year in which it begins. */
ch_day ch_season_first(int season, int year);

/* The first day of a feast in `year`, CH_NO_DAY where there is none; *days is
 * its length. `spec` is a value of the class of feasts, see docs/lexicon.md. */
ch_day ch_feast(const char *spec, int year, int *days);

/* The value of a period as in TIMEX3: "1989-W43", "1989-Q3", "198". `out` [32]. */
void ch_period_print(char *out, ch_unit unit, ch_day first);

#endif
