/* Calendar, feasts, patterns and values, without model or installed lexicon. */
#include "base/day.h"
#include "common/workshop.h"
#include "lexicon/lexicon.h"
#include "lexicon/pattern.h"
#include "time/calendar.h"
#include "time/value.h"


#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *
day_text(ch_day day)
{
    static char out[16];
    ch_day_print(out, day);
    return out;
}

static const char *
period_text(ch_unit unit, ch_day day)
{
    static char out[32];
    ch_period_print(out, unit, ch_period_first(unit, day));
    return out;
}

static void
calendar__weeks_belong_to_the_year_of_their_thursday(void **state)
{
    (void)state;
    assert_string_equal(period_text(CH_UNIT_WEEK, ch_day_of(2021, 1, 3)), "2020-W53");
    assert_string_equal(period_text(CH_UNIT_WEEK, ch_day_of(2024, 12, 30)), "2025-W01");
    assert_string_equal(period_text(CH_UNIT_WEEKEND, ch_day_of(1989, 11, 2)), "1989-W44-WE");
}

static void
calendar__winter_is_of_the_year_in_which_it_begins(void **state)
{
    (void)state;
    assert_string_equal(period_text(CH_UNIT_SEASON, ch_day_of(2024, 2, 10)), "2023-WI");
    assert_string_equal(period_text(CH_UNIT_SEASON, ch_day_of(2024, 12, 1)), "2024-WI");
    assert_string_equal(period_text(CH_UNIT_SEASON, ch_day_of(2024, 8, 31)), "2024-SU");
}

static void
calendar__shifts_stop_at_the_years_that_are_read(void **state)
{
    (void)state;
    assert_string_equal(day_text(ch_period_shift(CH_UNIT_QUARTER, ch_day_of(2024, 1, 1), -1)), "2023-10-01");
    assert_int_equal(ch_period_shift(CH_UNIT_YEAR, ch_day_of(2024, 1, 1), -2024), CH_NO_DAY);
    assert_int_equal(ch_period_shift(CH_UNIT_DAY, ch_day_of(9999, 12, 31), 1), CH_NO_DAY);
    assert_int_equal(ch_period_shift(CH_UNIT_CENTURY, ch_day_of(2000, 1, 1), 1000000), CH_NO_DAY);
}

static void
feast__days_of_known_years(void **state)
{
    (void)state;
    static const struct {
        const char *spec;
        int year;
        const char *day;
    } known[] = {
        {"easter/0", 2024, "2024-03-31"},      {"easter/0", 2000, "2000-04-23"},       {"easter/-2", 1998, "1998-04-10"},
        {"orthodox/0", 2024, "2024-05-05"},    {"passover/0", 2024, "2024-04-23"},     {"passover/163", 2023, "2023-09-16"},
        {"passover/172", 1973, "1973-10-06"},  {"hanukkah/8", 2023, "2023-12-08"},     {"hanukkah/8", 2024, "2024-12-26"},
        {"islamic/9/1", 2024, "2024-03-11"},   {"islamic/10/1", 2024, "2024-04-10"},   {"nth/11/4/3", 2023, "2023-11-23"},
        {"nth/5/-1/0", 2024, "2024-05-27"},    {"moon/01-21/8", 2024, "2024-02-10"},   {"moon/01-21/8", 1968, "1968-01-30"},
        {"moon/10-15/-12", 2023, "2023-11-12"}, {"02-29", 2024, "2024-02-29"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int days;
        assert_string_equal(day_text(ch_feast(known[i].spec, known[i].year, &days)), known[i].day);
    }
    int days;
    assert_int_equal(ch_feast("02-29", 2023, &days), ch_feast("13-01", 2023, &days));
    assert_int_equal(ch_feast("on/2001-09-11", 2002, &days), CH_NO_DAY);
    assert_true(ch_feast("islamic/9/1/30", 2024, &days) != CH_NO_DAY && days == 30);
}

static void
value__durations_as_timex3_writes_them(void **state)
{
    (void)state;
    char out[CH_TIME_VALUE_ROOM];
    ch_timeval v = {.kind = CH_VALUE_DURATION, .unit = CH_UNIT_HOUR, .unit2 = CH_UNIT_NONE, .n = 0.5};
    assert_true(ch_value_print(out, &v));
    assert_string_equal(out, "PT30M");
    v = (ch_timeval){.kind = CH_VALUE_DURATION, .unit = CH_UNIT_YEAR, .unit2 = CH_UNIT_MONTH, .n = 4, .n2 = 6};
    assert_true(ch_value_print(out, &v));
    assert_string_equal(out, "P4Y6M");
    v = (ch_timeval){.kind = CH_VALUE_DURATION, .unit = CH_UNIT_MINUTE, .unit2 = CH_UNIT_NONE, .vague = true};
    assert_true(ch_value_print(out, &v));
    assert_string_equal(out, "PTXM");
}

static void
value__an_edge_is_vague_in_edtf_and_narrow_in_days(void **state)
{
    (void)state;
    char out[CH_TIME_VALUE_ROOM];
    ch_day start, end;
    ch_timeval v = {.kind = CH_VALUE_PERIOD, .unit = CH_UNIT_MONTH, .day = ch_day_of(2024, 6, 1), .edge = "START", .hour = -1};
    ch_value_days(&v, CH_NO_DAY, &start, &end);
    assert_string_equal(day_text(start), "2024-06-01");
    assert_string_equal(day_text(end), "2024-06-10");
    assert_true(ch_value_edtf(out, &v, 0));
    assert_string_equal(out, "2024-06~");
}

/* ----------------------------------------------------------------- patterns */

/* The words that group "time" matches from the beginning of `text`, or "-". */
static const char *
match_at_start(const ch_lexicon *lexicon, const char *text)
{
    static char out[256];
    ch_patterns p;
    ch_piece *pieces;
    uint32_t count;
    ch_error err;
    ch_arena arena;
    ch_arena_init(&arena, 0);
    assert_int_equal(ch_patterns_open(&p, lexicon, &err), CH_OK);
    assert_true(ch_pieces_read(&pieces, &count, lexicon, text, (ch_span){0, (uint32_t)strlen(text)}, false, &arena));
    const ch_match *m = ch_patterns_match(&p, ch_patterns_group(&p, "time"), pieces, count, 0, &arena);
    if (m == NULL)
        snprintf(out, sizeof out, "-");
    else
        snprintf(out, sizeof out, "%.*s", (int)(pieces[m->last - 1].span.end - pieces[0].span.start), text + pieces[0].span.start);
    ch_arena_free(&arena);
    return out;
}

static const char patterns[] = "time-class colour\n"
                               "  1: red; deep red\n"
                               "  2: Blue; bl.\n"
                               "time-rule a\n"
                               "  match: [the] <colour:c> (house|~ - ~ <1-31:n> [~ th])\n"
                               "  not-right: party\n"
                               "  make: number n\n"
                               "time-rule b\n"
                               "  match: <00-59:m> \"|\" <00-59>; (x y)+ z; <sub:s> end\n"
                               "  make: none\n"
                               "time-rule c\n"
                               "  group: sub\n"
                               "  match: deep <colour:x>; \"o'clock\"\n"
                               "  make: number x\n";

static void
pattern__words_classes_ranges_and_repeats(void **state)
{
    (void)state;
    ch_lexicon *lexicon = lexicon_of(patterns);
    assert_non_null(lexicon);
    assert_string_equal(match_at_start(lexicon, "the red house."), "the red house");
    assert_string_equal(match_at_start(lexicon, "Deep-Red house"), "Deep-Red house");
    assert_string_equal(match_at_start(lexicon, "red-31th"), "red-31th");
    assert_string_equal(match_at_start(lexicon, "red -31"), "-");
    assert_string_equal(match_at_start(lexicon, "red-32"), "-");
    assert_string_equal(match_at_start(lexicon, "blue house"), "-");
    assert_string_equal(match_at_start(lexicon, "Blue house"), "Blue house");
    assert_string_equal(match_at_start(lexicon, "bl. house"), "bl. house");
    assert_string_equal(match_at_start(lexicon, "red house party"), "-");
    assert_string_equal(match_at_start(lexicon, "05 | 59"), "05 | 59");
    assert_string_equal(match_at_start(lexicon, "5 | 59"), "-");
    assert_string_equal(match_at_start(lexicon, "x y x y z z"), "x y x y z");
    assert_string_equal(match_at_start(lexicon, "deep red end"), "deep red end");
    assert_string_equal(match_at_start(lexicon, "o\xE2\x80\x99""clock end"), "o\xE2\x80\x99""clock end");
    ch_lexicon_close(lexicon);
}

static void
pattern__long_repeats_end_without_harm(void **state)
{
    (void)state;
    ch_lexicon *lexicon = lexicon_of(patterns);
    assert_non_null(lexicon);
    char text[8192];
    for (size_t i = 0; i + 4 < sizeof text; i += 4)
        memcpy(text + i, "x y ", 4);
    text[sizeof text - 4] = '\0';
    assert_string_equal(match_at_start(lexicon, text), "-");
    ch_lexicon_close(lexicon);
}

static void
pattern__mistakes_are_told(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "time-rule a\n  match: (red\n  make: none\n",      "time-rule a\n  match: <red\n  make: none\n",
        "time-rule a\n  match: red )\n  make: none\n",     "time-rule a\n  match: <nowhere>\n  make: none\n",
        "time-rule a\n  match: red\n  make: paint\n",      "time-rule a\n  match: red\n  make: year\n",
        "time-rule a\n  match: red\n",                     "time-rule a\n  match: red\n  make: none\n  test: blue\n",
        "time-class a\n  1: route 66\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_null(lexicon_of(wrong[i]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar__weeks_belong_to_the_year_of_their_thursday),
        cmocka_unit_test(calendar__winter_is_of_the_year_in_which_it_begins),
        cmocka_unit_test(calendar__shifts_stop_at_the_years_that_are_read),
        cmocka_unit_test(feast__days_of_known_years),
        cmocka_unit_test(value__durations_as_timex3_writes_them),
        cmocka_unit_test(value__an_edge_is_vague_in_edtf_and_narrow_in_days),
        cmocka_unit_test(pattern__words_classes_ranges_and_repeats),
        cmocka_unit_test(pattern__long_repeats_end_without_harm),
        cmocka_unit_test(pattern__mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
