/* Durations, and what recurs. */
#include "time/call.h"

ch_timeval
ch_make_duration(const ch_call *c, ch_value_kind kind)
{
    ch_timeval v = {.kind = kind, .unit = ch_call_unit(c, 1), .unit2 = CH_UNIT_NONE, .day = CH_NO_DAY};
    v.vague = !ch_call_number(c, 0, &v.n);
    v.edge = ch_call_word(c, 2);
    if (ch_call_number(c, 3, &v.n2))
        v.unit2 = ch_call_unit(c, 4);
    if (v.unit2 == v.unit) {
        v.n += v.n2;
        v.unit2 = CH_UNIT_NONE;
    }
    return v.unit == CH_UNIT_NONE ? CH_NO_VALUE : v;
}

ch_timeval
ch_make_span(const ch_call *c)
{
    ch_timeval v = {.kind = CH_VALUE_DURATION, .unit = ch_call_unit(c, 2), .unit2 = CH_UNIT_NONE, .day = CH_NO_DAY};
    v.vague = !ch_call_number(c, 1, &v.n);
    v.side = ch_call_int(c, 0, 0);
    return v.unit == CH_UNIT_NONE ? CH_NO_VALUE : v;
}

ch_timeval
ch_make_each_of(const ch_call *c)
{
    ch_timeval v = ch_call_value(c, 0);
    if (v.kind == CH_VALUE_NONE)
        v = ch_open_value(CH_OPEN_DAY, CH_UNIT_DAY, 0, 0);
    v.kind = CH_VALUE_SET;
    const char *part = ch_call_word(c, 1);
    if (part != NULL)
        v.part = part;
    return v;
}
