/* The sentences of tests/actors/, read with the real model and lexicon. Each
 * row: sentence, date, a word of the mention, its code. Where the sentence has
 * several mentions around the word, the one that it heads is meant, else the
 * shortest. Skipped where model or lexicon is not built. */
#include "actor/actor.h"
#include "base/text.h"
#include "common/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Share of the rows that must be right, in percent: the model is a statistical
 * one, so that a new one may win some and lose some. */
#define RIGHT_SHARE 97

typedef struct {
    unsigned rows;
    unsigned right;
} tally;

static uint32_t
mention_around(const ch_document *doc, const char *word)
{
    uint32_t best = CH_NONE;
    for (uint32_t t = 0; t < doc->ntok; t++) {
        if (!ch_str_is(ch_span_text(doc, doc->toks[t].span), word))
            continue;
        if (doc->mention_of[t] != CH_NONE)
            return doc->mention_of[t];
        for (uint32_t i = 0; i < doc->nmention; i++) {
            const ch_mention *m = &doc->mentions[i];
            if (m->first <= t && t < m->last && m->kind != CH_MENTION_OTHER &&
                (best == CH_NONE || m->last - m->first < doc->mentions[best].last - doc->mentions[best].first))
                best = i;
        }
        /* the mention's own chain begins at its head */
        if (best != CH_NONE)
            return doc->mention_of[doc->mentions[best].head];
    }
    return CH_NONE;
}

static void
codes_at(ch_text *out, const ch_document *doc, const char *word)
{
    for (uint32_t m = mention_around(doc, word); m != CH_NONE; m = doc->mentions[m].also)
        ch_text_printf(out, "%s%s", out->len != 0 ? "," : "", doc->mentions[m].code);
    if (out->len == 0)
        ch_text_putc(out, '-');
}

static void
check_row(void *context, const chancery_reader *reader, const char *file, unsigned line, char *row)
{
    tally *t = context;
    char *fields[4] = {strtok(row, "\t"), strtok(NULL, "\t"), strtok(NULL, "\t"), strtok(NULL, "\t")};
    assert_non_null(fields[3]);
    chancery_document *doc = table_read(reader, fields[0], fields[1], CHANCERY_STAGE_ACTOR);
    ch_text codes = {0};
    codes_at(&codes, &doc->document, fields[2]);
    t->rows++;
    if (strcmp(codes.at, fields[3]) == 0)
        t->right++;
    else
        print_message("%s:%u: %s is %s, not %s: %s\n", file, line, fields[2], codes.at, fields[3], fields[0]);
    ch_text_free(&codes);
    chancery_document_free(doc);
}

static void
actors__sentences_of_the_tables(void **state)
{
    tally t = {0};
    table_each_row(*state, "tests/actors", check_row, &t);
    print_message("actors: %u of %u rows right\n", t.right, t.rows);
    assert_true(t.right * 100 >= t.rows * RIGHT_SHARE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(actors__sentences_of_the_tables, table_open, table_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
