#include "base/arena.h"
#include "base/day.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
arena_alloc__gives_zeroed_memory_up_to_its_limit(void **state)
{
    (void)state;
    ch_arena arena;
    ch_arena_init(&arena, 1024);
    unsigned char *a = ch_arena_alloc(&arena, 1000);
    assert_non_null(a);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(a[i], 0);
    assert_null(ch_arena_alloc(&arena, 100));
    assert_null(ch_arena_array(&arena, SIZE_MAX / 2, 4));
    ch_arena_free(&arena);
}

static void
arena_rewind__forgets_what_came_after_the_mark(void **state)
{
    (void)state;
    ch_arena arena;
    ch_arena_init(&arena, 0);
    ch_arena_alloc(&arena, 100);
    ch_arena_mark mark = ch_arena_get_mark(&arena);
    void *first = ch_arena_alloc(&arena, 10);
    for (int i = 0; i < 100; i++)
        assert_non_null(ch_arena_alloc(&arena, 100000));
    ch_arena_rewind(&arena, mark);
    assert_ptr_equal(ch_arena_alloc(&arena, 10), first);
    ch_arena_free(&arena);
}

static void
text_add__grows_and_stays_terminated(void **state)
{
    (void)state;
    ch_text text = {0};
    for (int i = 0; i < 1000; i++)
        ch_text_printf(&text, "%d,", i);
    assert_false(text.failed);
    assert_int_equal(strlen(text.at), text.len);
    assert_memory_equal(text.at, "0,1,2,3,", 8);
    ch_text_clear(&text);
    assert_int_equal(text.len, 0);
    ch_text_free(&text);
}

static void
map_put__keeps_the_first_value_and_the_order(void **state)
{
    (void)state;
    static char keys[1000][8];
    ch_map map = {0};
    for (uint32_t i = 0; i < 1000; i++) {
        snprintf(keys[i], sizeof keys[i], "k%u", i);
        assert_non_null(ch_map_put(&map, ch_str_of(keys[i]), i, NULL));
    }
    bool added = true;
    assert_int_equal(*ch_map_put(&map, ch_str_of("k7"), 99, &added), 7);
    assert_false(added);
    assert_null(ch_map_get(&map, ch_str_of("absent")));
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(map.values[i], i);
    ch_map_free(&map);
}

static void
hash__is_the_same_on_every_machine(void **state)
{
    (void)state;
    assert_true(ch_hash("", 0) == UINT64_C(0x2d06800538d394c2)); /* XXH3's published value for no bytes */
}

static const struct {
    const char *written;
    const char *folded;
} foldings[] = {
    {"U.S.", "us"},
    {"Élysée", "elysee"},
    {"al-Qaeda", "al qaeda"},
    {"Sa'ada", "saada"},
    {"Sa\xE2\x80\x99"
     "ada",
     "saada"},
    {"  SPLM/A  ", "splm a"},
    {"N'Djamena", "ndjamena"},
    {"Zelenskyy", "zelenskyy"},
    {"AT&T", "at t"},
    {"...", ""},
    {"İstanbul", "istanbul"},
};

static void
fold__drops_case_marks_periods_and_apostrophes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof foldings / sizeof *foldings; i++) {
        char out[64];
        size_t len = ch_fold(out, sizeof out - 1, foldings[i].written, strlen(foldings[i].written));
        assert_true(len < sizeof out);
        out[len] = '\0';
        assert_string_equal(out, foldings[i].folded);
    }
}

static void
fold__says_when_there_is_no_room(void **state)
{
    (void)state;
    char out[4];
    assert_true(ch_fold(out, 4, "abcdef", 6) == SIZE_MAX);
}

static void
utf8_check__names_the_first_bad_byte(void **state)
{
    (void)state;
    assert_int_equal(ch_utf8_check("abc\xFF", 4), 3);
    assert_int_equal(ch_utf8_check("\xC3\xA9", 2), 2);
    assert_int_equal(ch_utf8_check("\xC3", 1), 0);
    assert_int_equal(ch_utf8_check("\xED\xA0\x80", 3), 0); /* a lone surrogate */
}

static void
day_of__agrees_with_day_parts_over_centuries(void **state)
{
    (void)state;
    assert_int_equal(ch_day_of(1970, 1, 1), 0);
    assert_int_equal(ch_day_of(2000, 3, 1), 11017);
    assert_int_equal(ch_weekday(ch_day_of(2024, 4, 2)), 1);
    for (int32_t d = ch_day_of(1600, 1, 1); d < ch_day_of(2400, 1, 1); d += 13) {
        int year, month, day;
        ch_day_parts(d, &year, &month, &day);
        assert_int_equal(ch_day_of(year, month, day), d);
    }
}

static void
day_parse__takes_years_months_days_and_no_others(void **state)
{
    (void)state;
    int32_t first, last;
    assert_true(ch_day_parse(ch_str_of("2024-02"), &first, &last));
    assert_int_equal(last - first, 28);
    assert_true(ch_day_parse(ch_str_of("2024-02-29T10:00"), &first, &last));
    assert_false(ch_day_parse(ch_str_of("2023-02-29"), &first, &last));
    assert_false(ch_day_parse(ch_str_of("2024-13"), &first, &last));
    assert_false(ch_day_parse(ch_str_of("2024x"), &first, &last));
    assert_false(ch_day_parse(ch_str_of(""), &first, &last));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_alloc__gives_zeroed_memory_up_to_its_limit),
        cmocka_unit_test(arena_rewind__forgets_what_came_after_the_mark),
        cmocka_unit_test(text_add__grows_and_stays_terminated),
        cmocka_unit_test(map_put__keeps_the_first_value_and_the_order),
        cmocka_unit_test(hash__is_the_same_on_every_machine),
        cmocka_unit_test(fold__drops_case_marks_periods_and_apostrophes),
        cmocka_unit_test(fold__says_when_there_is_no_room),
        cmocka_unit_test(utf8_check__names_the_first_bad_byte),
        cmocka_unit_test(day_of__agrees_with_day_parts_over_centuries),
        cmocka_unit_test(day_parse__takes_years_months_days_and_no_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
