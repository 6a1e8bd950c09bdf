/* time/call.h: the makes of rules, one a function. A rule calls its make with
 * arguments (docs/lexicon.md, under time-rule); each function takes them from the
 * call and gives a value, CH_NO_VALUE where they make none. Inside time/ alone. */
#ifndef CHANCERY_TIME_CALL_H
#define CHANCERY_TIME_CALL_H

#include "time/make.h"

typedef struct {
    const ch_making *m;
    const ch_match *match;
    const ch_time_make *make;
} ch_call;

#define CH_NO_VALUE ((ch_timeval){.kind = CH_VALUE_NONE})

/* --- arguments: `i` counts from 0; one that is not there is none */

/* The argument as a number; false where it is none. */
bool ch_call_number(const ch_call *c, int i, double *out);
int ch_call_int(const ch_call *c, int i, int otherwise);

/* The argument's word, or the value of its class; NULL where it is neither. */
const char *ch_call_word(const ch_call *c, int i);

/* The argument as a value; CH_NO_VALUE where it is none. */
ch_timeval ch_call_value(const ch_call *c, int i);

/* The argument as a code of units; CH_UNIT_NONE where it is none. */
ch_unit ch_call_unit(const ch_call *c, int i);

/* The words that a slot holds. */
ch_span ch_call_span(const ch_call *c, int i);

/* The year of argument `i`: a number, or a value that tells one. 0 without. */
int ch_call_year(const ch_call *c, int i);

/* Where "now" and "ref" are, or what the slot tells: a day, or CH_NO_DAY. */
ch_day ch_call_base(const ch_call *c, int i, ch_unit unit);

/* --- values */

/* The period of `unit` that holds `day`. */
ch_timeval ch_period_value(ch_unit unit, ch_day day);

/* One that lacks what `open` says; `a` and `b` as in ch_timeval. */
ch_timeval ch_open_value(ch_open open, ch_unit unit, int a, int b);

/* The year that the day is in. */
int ch_year_of(ch_day day);

/* Whether years of that number are read and written. */
bool ch_is_year(int y);

/* An open value in `year`; as it was where that is 0. */
ch_timeval ch_value_with_year(ch_timeval v, int year);

/* --- makes */

/* "last", "next" (-1, 1) and "this" (0) before a value that recurs. */
ch_timeval ch_make_chosen(const ch_call *c, int side);

/* "two weeks ago" */
ch_timeval ch_make_relative(const ch_call *c);
/* "two years ago today" */
ch_timeval ch_make_same_day(const ch_call *c);
/* "the 1988 quarter" is a year ago's, of that year. */
ch_timeval ch_make_year_ago(const ch_call *c);

/* The n-th `unit` of a period, from its end when n is negative. */
ch_timeval ch_make_nth(const ch_call *c);
ch_timeval ch_make_nth_weekday(const ch_call *c);
/* "Monday morning" */
ch_timeval ch_make_part(const ch_call *c);
/* "at 5:30 p.m."; "at 1730" */
ch_timeval ch_make_clock(const ch_call *c);
ch_timeval ch_make_hhmm(const ch_call *c);
/* A time and its day. */
ch_timeval ch_make_on(const ch_call *c);

/* How long (CH_VALUE_DURATION) or how often (CH_VALUE_SET). */
ch_timeval ch_make_duration(const ch_call *c, ch_value_kind kind);
/* "the last three years" */
ch_timeval ch_make_span(const ch_call *c);
/* "every Tuesday" */
ch_timeval ch_make_each_of(const ch_call *c);

/* A year of 0 is not told. */
ch_timeval ch_make_date(int day, int month, int year);
/* "02/04/2024": day or month first as the document has it. */
ch_timeval ch_make_slash(const ch_call *c);
/* "the 5th" of a month, or of none that is told */
ch_timeval ch_make_month_day(const ch_call *c);
ch_timeval ch_make_weekday(const ch_call *c);
/* The n-th of the `most` that a year has of the unit. */
ch_timeval ch_make_yearly(const ch_call *c, ch_unit unit, int most);
ch_timeval ch_make_holiday(const ch_call *c);
ch_timeval ch_make_year(const ch_call *c);
/* "the 1980s", "the '80s", "the eighties" */
ch_timeval ch_make_decade(const ch_call *c);
ch_timeval ch_make_century(const ch_call *c);
/* "early March" */
ch_timeval ch_make_edge(const ch_call *c);
/* "from March 3 to 5" */
ch_timeval ch_make_pair(const ch_call *c);

#endif
