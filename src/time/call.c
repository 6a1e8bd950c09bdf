#include "time/call.h"

#include "base/day.h"

/* Two-digit years up to this many behind the document's are of its century. */
#define SHORT_YEAR_AHEAD 15

ch_timeval
ch_period_value(ch_unit unit, ch_day day)
{
    if (day == CH_NO_DAY || unit == CH_UNIT_NONE)
        return CH_NO_VALUE;
    return (ch_timeval){.kind = CH_VALUE_PERIOD, .unit = unit, .day = ch_period_first(unit, day), .hour = -1, .minute = -1,
                        .second = -1};
}

ch_timeval
ch_open_value(ch_open open, ch_unit unit, int a, int b)
{
    return (ch_timeval){.kind = CH_VALUE_PERIOD, .unit = unit, .day = CH_NO_DAY, .open = open, .a = a, .b = b, .hour = -1,
                        .minute = -1, .second = -1};
}

int
ch_year_of(ch_day day)
{
    int y, m, d;
    ch_day_parts(day, &y, &m, &d);
    return y;
}

bool
ch_is_year(int y)
{
    return y >= CH_YEAR_MIN && y <= CH_YEAR_MAX;
}

/* ---------------------------------------------------------------- arguments */

static const ch_capture *
capture(const ch_call *c, int i)
{
    if (i >= CH_TIME_ARGS_MAX || (c->make->kind[i] != CH_TIME_ARG_SLOT && c->make->kind[i] != CH_TIME_ARG_MINUS))
        return NULL;
    const ch_capture *slot = &c->match->slots[c->make->value[i]];
    return slot->kind != CH_CAPTURE_NONE ? slot : NULL;
}

bool
ch_call_number(const ch_call *c, int i, double *out)
{
    if (c->make->kind[i] == CH_TIME_ARG_NUMBER) {
        *out = (double)(int32_t)c->make->value[i] / CH_TIME_NUMBER_SCALE;
        return true;
    }
    const ch_capture *slot = capture(c, i);
    if (slot == NULL)
        return false;
    if (slot->kind == CH_CAPTURE_NUMBER)
        *out = slot->number;
    else if (slot->kind == CH_CAPTURE_MEMBER)
        *out = c->m->patterns->members[slot->member].number;
    else if (slot->kind == CH_CAPTURE_GROUP) {
        ch_timeval v = ch_make_value(c->m, slot->match);
        if (v.kind != CH_VALUE_NUMBER)
            return false;
        *out = v.n;
    } else
        return false;
    if (c->make->kind[i] == CH_TIME_ARG_MINUS)
        *out = -*out;
    return *out > INT32_MIN && *out < 1e9;
}

int
ch_call_int(const ch_call *c, int i, int otherwise)
{
    double n;
    return ch_call_number(c, i, &n) ? (int)n : otherwise;
}

const char *
ch_call_word(const ch_call *c, int i)
{
    const ch_lexicon *lexicon = c->m->patterns->lexicon;
    if (c->make->kind[i] == CH_TIME_ARG_WORD)
        return ch_lexicon_string(lexicon, c->make->value[i]);
    const ch_capture *slot = capture(c, i);
    return slot != NULL && slot->kind == CH_CAPTURE_MEMBER ? ch_lexicon_string(lexicon, c->m->patterns->members[slot->member].value)
                                                           : NULL;
}

ch_timeval
ch_call_value(const ch_call *c, int i)
{
    const ch_capture *slot = capture(c, i);
    return slot != NULL && slot->kind == CH_CAPTURE_GROUP ? ch_make_value(c->m, slot->match) : CH_NO_VALUE;
}

ch_unit
ch_call_unit(const ch_call *c, int i)
{
    return ch_unit_of(ch_call_word(c, i));
}

ch_span
ch_call_span(const ch_call *c, int i)
{
    const ch_capture *slot = capture(c, i);
    return slot == NULL ? (ch_span){0, 0} : (ch_span){c->m->pieces[slot->first].span.start, c->m->pieces[slot->last - 1].span.end};
}

/* "98" is 1998 and "07" is 2007, seen from the document. */
static int
full_year(const ch_making *m, int n)
{
    if (n >= 100)
        return n;
    int now = m->base != CH_NO_DAY ? ch_year_of(m->base) : 2000, year = now / 100 * 100 + n;
    return year > now + SHORT_YEAR_AHEAD ? year - 100 : year + 100 <= now + SHORT_YEAR_AHEAD ? year + 100 : year;
}

int
ch_call_year(const ch_call *c, int i)
{
    double n;
    if (i >= CH_TIME_ARGS_MAX)
        return 0;
    if (ch_call_number(c, i, &n))
        return full_year(c->m, (int)n);
    ch_timeval v = ch_call_value(c, i);
    ch_make_settle(c->m, &v);
    return v.kind == CH_VALUE_PERIOD && v.day != CH_NO_DAY ? ch_year_of(v.day) : 0;
}
