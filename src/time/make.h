/* time/make.h: the value of a match. Rules say what is meant in the words'
 * own terms ("a Tuesday", "the month before"); what they hang on (the
 * document's date, the narrative's last date, the tense) comes from here. */
#ifndef CHANCERY_TIME_MAKE_H
#define CHANCERY_TIME_MAKE_H

#include "lexicon/pattern.h"
#include "lexicon/times.h"
#include "time/calendar.h"
#include "time/time.h"

typedef enum {
    CH_VALUE_NONE,
    CH_VALUE_NUMBER,   /* only between rules */
    CH_VALUE_PERIOD,   /* unit, day */
    CH_VALUE_REF,      /* text: "PAST_REF" */
    CH_VALUE_BC,       /* n */
    CH_VALUE_DURATION, /* n unit [n2 unit2] */
    CH_VALUE_SET       /* the same, or what recurs */
} ch_value_kind;

/* What a period still lacks. All but weekdays, days of a month and times recur
 * once a year. */
typedef enum {
    CH_OPEN_NOTHING,
    CH_OPEN_YEAR,    /* month, or month and mday, quarter, half or season: the year */
    CH_OPEN_FEAST,   /* the year of feast `text` */
    CH_OPEN_WEEK,    /* the week of weekday `a` */
    CH_OPEN_MONTH,   /* the month of day `a` */
    CH_OPEN_DAY      /* a time of an unnamed day; what is told from a day that is not known */
} ch_open;

typedef struct ch_timeval {
    ch_value_kind kind;
    ch_unit unit;
    ch_day day;   /* first of the period */
    int days;     /* length of a feast, else 0 */
    ch_open open;
    int a, b;     /* of an open period: number of month, quarter, half, season or weekday; day of the month */
    const char *text;
    const char *part;            /* "MO", "NI", ... or NULL */
    int hour, minute, second;    /* -1: not given */
    const char *edge;            /* TimeML's mod, or NULL */
    double n, n2;
    bool vague;                  /* of a duration: how many is not said */
    ch_unit unit2;
    int side;                    /* -1: ends now, 1: begins now, 0 elsewhere */
    const struct ch_timeval *second_of_pair;
    ch_span span, span2;         /* of a pair */
} ch_timeval;

/* Where a bare weekday or month lies. */
typedef enum { CH_TENSE_NONE, CH_TENSE_PAST, CH_TENSE_PRESENT, CH_TENSE_FUTURE } ch_tense;

typedef struct {
    const ch_patterns *patterns;
    const ch_time_make *makes; /* [nmake] */
    uint32_t nmake;
    const ch_piece *pieces; /* of the sentence */
    ch_arena *arena;
    ch_day base;            /* the document's day, or CH_NO_DAY */
    ch_day told;            /* the narrative's last date, or base */
    ch_unit told_unit;
    bool told_here;         /* `told` stands in this sentence */
    ch_day told_period;     /* the last quarter or half told of, or CH_NO_DAY */
    ch_unit told_period_unit;
    ch_day told_month;      /* the last month told of in this sentence, or CH_NO_DAY */
    bool day_first;         /* 02/04 is in April */
    ch_tense tense;
} ch_making;

/* The make of a rule. */
const ch_time_make *ch_make_of(const ch_making *making, const ch_pattern_rule *rule);

/* The value of a match, CH_VALUE_NONE where it has none. Open ones stay open. */
ch_timeval ch_make_value(const ch_making *making, const ch_match *match);

/* Closes an open value by tense and dates; it stays open where there is no date
 * to go by. */
void ch_make_settle(const ch_making *making, ch_timeval *value);

#endif
