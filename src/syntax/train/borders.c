/* Where chunks of text are parted into words, learned on the treebanks and on
 * their texts written in other ways: with curved quotation marks and dashes, and
 * now and then a space missing between two sentences. */
#include "training.h"

#include "syntax/ends.h"
#include "syntax/lower.h"

#include <stdlib.h>
#include <string.h>

#define ROWS (1u << 16)
#define PASSES 6
/* What the right answer must lead by; a lead by chance teaches nothing. */
#define MARGIN 30
/* One example in so many is learned without its very words. */
#define FORGET 2

typedef struct {
    ch_perceptron p;
    ch_training *t;
    uint64_t asked, wrong;
} learning;

/* What the treebank has before the byte `at`; *word is moved to the word there. */
static uint32_t
gold_border(const ch_treebank *tb, uint32_t *word, uint32_t at)
{
    while (*word < tb->nword && tb->words[*word].span.start < at)
        (*word)++;
    if (*word == tb->nword || tb->words[*word].span.start != at)
        return CH_BORDER_NONE;
    return (tb->words[*word].flags & CH_T_MWT_REST) != 0 ? CH_BORDER_WORD : CH_BORDER_TOKEN;
}

static void
learn_place(learning *l, const ch_chunk *k, uint32_t i, uint32_t last, uint32_t since, uint32_t gold)
{
    uint32_t features[CH_BORDER_FEATURES_MAX], general;
    int32_t scores[CH_BORDER_COUNT] = {0};
    uint32_t n = ch_chunk_features(k, &l->t->model, i, last, since, features, &general);
    if (ch_training_random(l->t, FORGET) == 0)
        n = general;
    ch_perceptron_score(&l->p, features, n, scores);
    uint32_t rival = gold == 0 ? 1 : 0;
    for (uint32_t b = 0; b < CH_BORDER_COUNT; b++)
        if (b != gold && scores[b] > scores[rival])
            rival = b;
    l->p.clock++;
    l->asked++;
    l->wrong += scores[gold] <= scores[rival];
    if (scores[gold] - scores[rival] < MARGIN) {
        ch_perceptron_move(&l->p, features, n, gold, 1);
        ch_perceptron_move(&l->p, features, n, rival, -1);
    }
}

/* Does the period at `i` belong to a listed abbreviation that has a period inside
 * too ("p.m.")? Treebanks part its last one off at the end of a sentence, and
 * keep it elsewhere; kept everywhere, it is left to the sentence ends to tell. */
static bool
is_kept_period(const ch_model *m, const ch_chunk *k, uint32_t start, uint32_t i)
{
    char lower[32];
    ch_str word = {k->text + k->at[start], k->at[i + 1] - k->at[start]};
    if (k->kind[i] != '.' || word.len > 16 || memchr(word.at, '.', word.len) == word.at + word.len - 1)
        return false;
    size_t len = ch_lower(lower, sizeof lower, word);
    return ch_model_get(m, ch_model_key(CH_KEY_ABBREVIATION, lower, len, 0, 0)) >= CH_LISTED;
}

static void
learn_chunk(learning *l, ch_chunk *chunk, const ch_treebank *tb, uint32_t *word)
{
    uint32_t last = CH_BORDER_TOKEN, since = 0;
    ch_chunk_study(chunk);
    for (uint32_t i = 1; i < chunk->n; i++) {
        uint32_t gold = gold_border(tb, word, chunk->at[i]);
        since++;
        if (gold == CH_BORDER_TOKEN && is_kept_period(&l->t->model, chunk, i - since, i))
            gold = CH_BORDER_NONE;
        if (ch_chunk_is_open(chunk, i))
            learn_place(l, chunk, i, last, since, gold);
        if (gold != CH_BORDER_NONE) {
            last = gold;
            since = 0;
        }
    }
}

static void
learn_text(learning *l, const ch_treebank *tb)
{
    ch_chunk chunk;
    for (uint32_t s = 0, word = 0; s < tb->nsent;) {
        ch_chunk_begin(&chunk, tb->text.at, ch_treebank_paragraph(tb, s, &s));
        while (ch_chunk_read(&chunk))
            if (!chunk.plain)
                learn_chunk(l, &chunk, tb, &word);
    }
}

bool
ch_train_borders(ch_training *t)
{
    learning l = {.t = t};
    bool ok = ch_perceptron_init(&l.p, ROWS, CH_BORDER_COUNT);
    for (uint32_t pass = 1; ok && pass <= PASSES; pass++) {
        ch_treebank varied = {0};
        l.asked = l.wrong = 0;
        ok = ch_treebank_vary(&varied, &t->train, t);
        if (ok) {
            learn_text(&l, &t->train);
            learn_text(&l, &varied);
        }
        ch_treebank_free(&varied);
        ch_training_say(t, "words: pass %u of %u: %llu of %llu borders wrong", pass, PASSES, (unsigned long long)l.wrong,
                        (unsigned long long)l.asked);
    }
    if (ok)
        return ch_training_classifier(t, &l.p, CH_MODEL_BORDERS, &t->model.borders);
    ch_perceptron_free(&l.p);
    return false;
}
