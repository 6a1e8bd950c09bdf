/* Rows of the gazetteer, on a small lexicon written here. */
#include "base/utf8.h"
#include "common/workshop.h"
#include "lexicon/gazetteer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char countries[] = "country FRA\n  name: France\ncountry USA\n  name: United States; US\n";

#define TEXT_MAX 4096

/* The rows behind the countries that they lie in. */
static const char *
with_countries(char out[TEXT_MAX], const char *rows)
{
    assert_true(snprintf(out, TEXT_MAX, "%s%s", countries, rows) < TEXT_MAX);
    return out;
}

static void
make(workshop *w, const char *rows)
{
    char text[TEXT_MAX];
    workshop_lexicon(w, with_countries(text, rows));
}

/* The one place of that name, or NULL; *count of them. */
static const ch_gazetteer_place *
place_of(const workshop *w, const char *name, uint32_t *count)
{
    char folded[128];
    size_t len = ch_fold(folded, sizeof folded, name, strlen(name));
    uint32_t node = 0, total, nname;
    for (size_t at = 0; at < len;) {
        size_t n = strcspn(folded + at, " ");
        n = at + n > len ? len - at : n;
        node = ch_lexicon_step(w->lexicon, node, ch_lexicon_word(w->lexicon, folded + at, n));
        at += n + 1;
        if (node == 0)
            break;
    }
    const ch_name *names = node != 0 ? ch_lexicon_names_at(w->lexicon, node, &nname) : NULL;
    const ch_gazetteer_place *all = ch_gazetteer(w->lexicon, &total), *found = NULL;
    *count = 0;
    for (uint32_t i = 0; names != NULL && i < nname; i++)
        if (names[i].kind == CH_NAME_PLACE) {
            found = &all[names[i].entry];
            (*count)++;
        }
    return found;
}

static void
gazetteer__a_row_has_names_point_and_people(void **state)
{
    workshop *w = *state;
    uint32_t count;
    make(w, "places a\n  country: FRA\n  town: Lyon | Lyons (Rhone), 45.76, 4.84, 520\n  water: Lake X (USA), 40, -100, 30\n");
    const ch_gazetteer_place *lyon = place_of(w, "Lyons", &count);
    assert_int_equal(count, 1);
    assert_string_equal(ch_lexicon_string(w->lexicon, lyon->name), "Lyon");
    assert_string_equal(ch_lexicon_string(w->lexicon, lyon->admin), "Rhone");
    assert_string_equal(ch_lexicon_string(w->lexicon, w->lexicon->countries[lyon->country].id), "FRA");
    assert_float_equal(lyon->latitude, 45.76f, 1e-4);
    assert_float_equal(lyon->population, 520000.0f, 1);
    const ch_gazetteer_place *lake = place_of(w, "lake x", &count);
    assert_int_equal(lake->kind, CH_PLACE_WATER);
    assert_string_equal(ch_lexicon_string(w->lexicon, w->lexicon->countries[lake->country].id), "USA");
    assert_float_equal(lake->radius, 30.0f, 1e-4);
}

static void
gazetteer__two_rows_of_one_place_are_one(void **state)
{
    workshop *w = *state;
    uint32_t count, total;
    make(w, "places a\n  country: FRA\n  town: Lyon, 45.76, 4.84\n"
            "places b\n  country: FRA\n  town: Lyon | Lugdunum (Rhone), 45.8, 4.9, 520\n  town: Lyon, 48, -4, 1\n");
    const ch_gazetteer_place *lyon = place_of(w, "Lugdunum", &count);
    assert_int_equal(count, 1);
    assert_float_equal(lyon->latitude, 45.76f, 1e-4);
    assert_float_equal(lyon->population, 520000.0f, 1);
    place_of(w, "Lyon", &count);
    assert_int_equal(count, 2);
    ch_gazetteer(w->lexicon, &total);
    assert_int_equal(total, 2);
}

static void
gazetteer__a_division_gives_its_name_to_what_lies_in_it(void **state)
{
    workshop *w = *state;
    uint32_t count;
    make(w, "places a\n  country: FRA\n  town: Brest (Bretagne), 48.39, -4.49\n  state: Brittany | Bretagne, 48.2, -3\n");
    assert_string_equal(ch_lexicon_string(w->lexicon, place_of(w, "Brest", &count)->admin), "Brittany");
    assert_string_equal(ch_lexicon_string(w->lexicon, place_of(w, "Bretagne", &count)->admin), "Brittany");
}

static void
gazetteer__saint_fort_and_mount_are_also_abbreviated(void **state)
{
    workshop *w = *state;
    uint32_t count;
    make(w, "places a\n  country: USA\n  town: Saint-Marc, 19.1, -72.7\n  town: Ft. Riley, 39, -96.8\n  mountain: Mount Hood, 45, -121\n");
    assert_non_null(place_of(w, "St. Marc", &count));
    assert_non_null(place_of(w, "Fort Riley", &count));
    assert_non_null(place_of(w, "Mt. Hood", &count));
    assert_null(place_of(w, "Marc", &count));
}

static void
gazetteer__mistakes_are_told_with_line_and_column(void **state)
{
    workshop *w = *state;
    static const struct {
        const char *rows;
        const char *told;
    } cases[] = {
        {"places a\n  town: Lyon\n", "6:9 error a row has two or three numbers: \"Lyon\"\n"},
        {"places a\n  town: Lyon, 95, 4\n", "6:9 error no such point: \"Lyon, 95, 4\"\n"},
        {"places a\n  town: Lyon |, 45, 4\n", "6:9 error the names cannot be read: \"Lyon |, 45, 4\"\n"},
        {"places a\n  country: ZZZ\n  town: Lyon, 45, 4\n", "6:12 error no country \"ZZZ\"\n"},
        {"places a\n  hamlet: Lyon, 45, 4\n", "6:3 error a places has no \"hamlet\"\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[TEXT_MAX];
        assert_int_equal(workshop_compile(w, with_countries(text, cases[i].rows)), CHANCERY_E_FORMAT);
        assert_non_null(strstr(w->told.at, cases[i].told));
    }
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, workshop_open, workshop_close)
    const struct CMUnitTest tests[] = {
        CASE(gazetteer__a_row_has_names_point_and_people),
        CASE(gazetteer__two_rows_of_one_place_are_one),
        CASE(gazetteer__a_division_gives_its_name_to_what_lies_in_it),
        CASE(gazetteer__saint_fort_and_mount_are_also_abbreviated),
        CASE(gazetteer__mistakes_are_told_with_line_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
