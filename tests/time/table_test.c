/* The texts of tests/time/, read with the real model and lexicon. Each row: the
 * document's date, a tab, a text whose expressions are marked
 *
 *     The talks begin on [Tuesday|D|2024-04-09].
 *
 * with D for DATE, T for TIME, P for DURATION and S for SET; "\n" parts
 * paragraphs; "-" is a report without a date. Skipped where model or lexicon is not built. */
#include "base/text.h"
#include "common/table.h"
#include "time/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Share of the expressions that must be found with type and value, and of the
 * found ones that must be marked, in percent: tense and names come from a
 * statistical model, and a new one may win some and lose some. */
#define RIGHT_SHARE 93
#define MARKED_MAX 32

typedef struct {
    ch_span span;
    ch_time_type type;
    char value[64];
} marked;

typedef struct {
    unsigned expected, found, right;
} tally;

static ch_time_type
type_of(char letter)
{
    return letter == 'T' ? CH_TIME_TIME : letter == 'P' ? CH_TIME_DURATION : letter == 'S' ? CH_TIME_SET : CH_TIME_DATE;
}

/* Takes the marks out of `row` into `text` and gives their number. */
static uint32_t
read_marks(ch_text *text, marked *out, const char *row)
{
    uint32_t count = 0;
    for (const char *s = row; *s != '\0'; s++) {
        if (s[0] == '\\' && s[1] == 'n') {
            ch_text_puts(text, "\n\n");
            s++;
        } else if (*s == '[') {
            marked *m = &out[count++];
            const char *bar = strchr(s, '|'), *end = strchr(s, ']');
            assert_true(count <= MARKED_MAX && bar != NULL && end != NULL && bar + 3 < end && end - bar < 64);
            m->span.start = (uint32_t)text->len;
            ch_text_add(text, s + 1, (size_t)(bar - s) - 1);
            m->span.end = (uint32_t)text->len;
            m->type = type_of(bar[1]);
            snprintf(m->value, sizeof m->value, "%.*s", (int)(end - bar - 3), bar + 3);
            s = end;
        } else
            ch_text_putc(text, *s);
    }
    return count;
}

static bool
is_same(const ch_time *t, const marked *m)
{
    return t->span.start < m->span.end && m->span.start < t->span.end && t->type == m->type && strcmp(t->value, m->value) == 0;
}

static void
compare(tally *t, const ch_document *doc, const marked *gold, uint32_t count, const char *file, unsigned line)
{
    t->expected += count;
    t->found += doc->ntime;
    for (uint32_t g = 0; g < count; g++) {
        bool right = false;
        for (uint32_t i = 0; i < doc->ntime && !right; i++)
            right = is_same(&doc->times[i], &gold[g]);
        t->right += right;
        if (!right)
            print_message("%s:%u: not found: %.*s = %s\n", file, line, (int)(gold[g].span.end - gold[g].span.start),
                          doc->text + gold[g].span.start, gold[g].value);
    }
}

static void
check_row(void *context, const chancery_reader *reader, const char *file, unsigned line, char *row)
{
    tally *t = context;
    marked gold[MARKED_MAX];
    ch_text text = {0};
    char *tab = strchr(row, '\t');
    assert_non_null(tab);
    *tab = '\0';
    uint32_t count = read_marks(&text, gold, tab + 1);
    chancery_document *doc = table_read(reader, text.at, strcmp(row, "-") != 0 ? row : NULL, CHANCERY_STAGE_TIME);
    compare(t, &doc->document, gold, count, file, line);
    chancery_document_free(doc);
    ch_text_free(&text);
}

static void
time__expressions_of_the_tables(void **state)
{
    tally t = {0};
    table_each_row(*state, "tests/time", check_row, &t);
    print_message("time: %u expressions, %u found, %u of them right\n", t.expected, t.found, t.right);
    assert_true(t.expected >= 600);
    assert_true(t.right * 100 >= t.expected * RIGHT_SHARE);
    assert_true(t.right * 100 >= t.found * RIGHT_SHARE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(time__expressions_of_the_tables, table_open, table_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
