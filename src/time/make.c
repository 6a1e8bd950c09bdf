#include "time/call.h"

const ch_time_make *
ch_make_of(const ch_making *m, const ch_pattern_rule *rule)
{
    return rule->make < m->nmake ? &m->makes[rule->make] : NULL;
}

static ch_timeval
run(const ch_call *c)
{
    ch_timeval v = CH_NO_VALUE;
    switch ((ch_time_op)c->make->op) {
    case CH_MAKE_SAME:
        return ch_call_value(c, 0);
    case CH_MAKE_NUMBER:
        v.kind = ch_call_number(c, 0, &v.n) ? CH_VALUE_NUMBER : CH_VALUE_NONE;
        return v;
    case CH_MAKE_YEAR:
        return ch_make_year(c);
    case CH_MAKE_DECADE:
        return ch_make_decade(c);
    case CH_MAKE_CENTURY:
        return ch_make_century(c);
    case CH_MAKE_BC:
        return (ch_timeval){.kind = CH_VALUE_BC, .n = ch_call_int(c, 0, 0), .day = CH_NO_DAY};
    case CH_MAKE_MONTH:
        return ch_make_yearly(c, CH_UNIT_MONTH, 12);
    case CH_MAKE_DATE:
        return ch_make_date(ch_call_int(c, 0, 0), ch_call_int(c, 1, 0), ch_call_year(c, 2));
    case CH_MAKE_SLASH:
        return ch_make_slash(c);
    case CH_MAKE_MDAY:
        return ch_make_month_day(c);
    case CH_MAKE_WEEKDAY:
        return ch_make_weekday(c);
    case CH_MAKE_QUARTER:
        return ch_make_yearly(c, CH_UNIT_QUARTER, 4);
    case CH_MAKE_HALF:
        return ch_make_yearly(c, CH_UNIT_HALF, 2);
    case CH_MAKE_SEASON:
        return ch_make_yearly(c, CH_UNIT_SEASON, 4);
    case CH_MAKE_HOLIDAY:
        return ch_make_holiday(c);
    case CH_MAKE_LAST:
        return ch_make_chosen(c, -1);
    case CH_MAKE_NEXT:
        return ch_make_chosen(c, 1);
    case CH_MAKE_THIS:
        return ch_make_chosen(c, 0);
    case CH_MAKE_REL:
        return ch_make_relative(c);
    case CH_MAKE_SAMEDAY:
        return ch_make_same_day(c);
    case CH_MAKE_YEARAGO:
        return ch_make_year_ago(c);
    case CH_MAKE_NTH:
        return ch_make_nth(c);
    case CH_MAKE_NTHDAY:
        return ch_make_nth_weekday(c);
    case CH_MAKE_PART:
        return ch_make_part(c);
    case CH_MAKE_CLOCK:
        return ch_make_clock(c);
    case CH_MAKE_HHMM:
        return ch_make_hhmm(c);
    case CH_MAKE_ON:
        return ch_make_on(c);
    case CH_MAKE_EDGE:
        return ch_make_edge(c);
    case CH_MAKE_DUR:
        return ch_make_duration(c, CH_VALUE_DURATION);
    case CH_MAKE_SPAN:
        return ch_make_span(c);
    case CH_MAKE_EACH:
        return ch_make_duration(c, CH_VALUE_SET);
    case CH_MAKE_EACHOF:
        return ch_make_each_of(c);
    case CH_MAKE_REF:
        return (ch_timeval){.kind = CH_VALUE_REF, .text = ch_call_word(c, 0), .day = CH_NO_DAY};
    case CH_MAKE_PAIR:
        return ch_make_pair(c);
    case CH_MAKE_NONE:
    case CH_MAKE_COUNT:
        break;
    }
    return v;
}

ch_timeval
ch_make_value(const ch_making *m, const ch_match *match)
{
    const ch_time_make *make = ch_make_of(m, match->rule);
    if (make == NULL)
        return CH_NO_VALUE;
    const ch_call c = {.m = m, .match = match, .make = make};
    return run(&c);
}
