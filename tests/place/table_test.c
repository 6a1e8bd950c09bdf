/* The sentences of tests/place/, read with the real model and lexicon; found.tsv
 * says how a row is written. A row is whole when the places found are those
 * told, in their order. Skipped where model or lexicon is not built. */
#include "base/text.h"
#include "common/table.h"
#include "place/place.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Share of the places told that must be right, and of those found, in percent: the model is a statistical
 * one, so that a new one may win some and lose some. */
#define RIGHT_SHARE 93

#define NEAR_DEGREES 1.45 /* 161 km */

typedef struct {
    unsigned rows, whole;            /* whole: with nothing missing, wrong or too much */
    unsigned expected, found, right; /* places; right: found, and where they are */
} tally;

/* "COUNTRY", "COUNTRY/Division", with "@lat,lon" behind; "-": in no country;
 * "?": without a point. */
static bool
is_there(const ch_place *p, char *expected)
{
    if (strcmp(expected, "?") == 0)
        return isnan(p->latitude);
    char *at = strchr(expected, '@'), *slash = strchr(expected, '/');
    double lat, lon;
    if (isnan(p->latitude))
        return false;
    if (at != NULL) {
        *at = '\0';
        if (sscanf(at + 1, "%lf,%lf", &lat, &lon) != 2 || fabs(lat - (double)p->latitude) > NEAR_DEGREES ||
            fabs(lon - (double)p->longitude) * cos(lat / 57.3) > NEAR_DEGREES)
            return false;
    }
    if (slash != NULL) {
        *slash = '\0';
        if (p->admin1 == NULL || strcmp(p->admin1, slash + 1) != 0)
            return false;
    }
    return strcmp(expected, p->country != NULL ? p->country : "-") == 0;
}

/* Counts of a row's places those found where they should be; false where that is
 * not the whole truth. Places are compared in the order of the text. */
static bool
count_row(tally *t, const ch_document *doc, char *expected)
{
    uint32_t next = 0, right = 0, count = 0;
    char *rest = NULL;
    bool none = strcmp(expected, "-") == 0;
    for (char *item = none ? NULL : strtok_r(expected, ";", &rest); item != NULL; item = strtok_r(NULL, ";", &rest), count++) {
        item += strspn(item, " ");
        char *equals = strchr(item, '=');
        assert_non_null(equals);
        *equals = '\0';
        uint32_t i = next;
        while (i < doc->nplace && !ch_str_is(ch_span_text(doc, doc->places[i].span), item))
            i++;
        if (i == doc->nplace)
            continue;
        next = i + 1;
        right += is_there(&doc->places[i], equals + 1);
    }
    t->expected += count;
    t->found += doc->nplace;
    t->right += right;
    return right == count && doc->nplace == count;
}

static void
tell(const ch_document *doc, const char *file, unsigned line)
{
    ch_text found = {0};
    for (uint32_t i = 0; i < doc->nplace; i++) {
        const ch_place *p = &doc->places[i];
        ch_str words = ch_span_text(doc, p->span);
        ch_text_printf(&found, " %.*s=%s/%s@%.1f,%.1f;", (int)words.len, words.at, p->country != NULL ? p->country : "-",
                       p->admin1 != NULL ? p->admin1 : "", (double)p->latitude, (double)p->longitude);
    }
    print_message("%s:%u: %s\n    found:%s\n", file, line, doc->text, found.at != NULL ? found.at : " nothing");
    ch_text_free(&found);
}

static void
check_row(void *context, const chancery_reader *reader, const char *file, unsigned line, char *row)
{
    tally *t = context;
    char *tab = strchr(row, '\t');
    assert_non_null(tab);
    *tab = '\0';
    chancery_document *doc = table_read(reader, row, "2024-04-02", CHANCERY_STAGE_PLACE);
    t->rows++;
    if (count_row(t, &doc->document, tab + 1))
        t->whole++;
    else
        tell(&doc->document, file, line);
    chancery_document_free(doc);
}

static void
places__sentences_of_the_tables(void **state)
{
    tally t = {0};
    table_each_row(*state, "tests/place", check_row, &t);
    print_message("places: %u expected, %u found, %u of them right; %u of %u rows whole\n", t.expected, t.found, t.right, t.whole,
                  t.rows);
    assert_true(t.right * 100 >= t.expected * RIGHT_SHARE);
    assert_true(t.right * 100 >= t.found * RIGHT_SHARE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(places__sentences_of_the_tables, table_open, table_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
