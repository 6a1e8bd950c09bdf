/* Where sentences end, learned on the words as our own tokenizer parts them. */
#include "training.h"

#include "syntax/ends.h"

#include <stdlib.h>
#include <string.h>

#define ROWS (1u << 16)
#define PASSES 12
/* One sentence in so many that ends with a name ends with an abbreviation instead. */
#define SHORTENED 16
/* What the right answer must lead by; a lead by chance teaches nothing. */
#define MARGIN 20

/* A paragraph's words and which of them end a sentence. */
typedef struct {
    ch_mark *marks; /* [count] */
    bool *ends;     /* [count] */
    bool *inside;   /* [count] more words of the same token follow */
    uint32_t count;
} paragraph;

typedef struct {
    paragraph *at; /* [count] */
    uint32_t count;
} paragraphs;

static bool
read_paragraph(const ch_model *m, ch_arena *arena, const ch_treebank *tb, uint32_t s, uint32_t *next, paragraph *out)
{
    ch_span span = ch_treebank_paragraph(tb, s, next);
    ch_pieces pieces = {0};
    ch_marks room = {0};
    if (!ch_split_words(m, tb->text.at, span, &pieces, arena))
        return false;
    uint32_t n = out->count = pieces.count;
    out->marks = ch_marks_of(m, tb->text.at, &pieces, &room, arena);
    out->ends = ch_arena_array(arena, n + 1, sizeof *out->ends);
    out->inside = ch_arena_array(arena, n + 1, sizeof *out->inside);
    if (out->marks == NULL || out->ends == NULL || out->inside == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t end = pieces.at[i].span.end;
        while (s + 1 < *next && tb->sents[s].span.end < end)
            s++;
        out->ends[i] = tb->sents[s].span.end == end;
        out->inside[i] = i + 1 < n && (pieces.at[i + 1].flags & CH_T_MWT_REST) != 0;
    }
    return true;
}

static bool
read_paragraphs(const ch_model *m, ch_arena *arena, const ch_treebank *tb, paragraphs *out)
{
    out->at = ch_arena_array(arena, tb->nsent + 1, sizeof *out->at);
    if (out->at == NULL)
        return false;
    for (uint32_t s = 0; s < tb->nsent;)
        if (!read_paragraph(m, arena, tb, s, &s, &out->at[out->count++]))
            return false;
    return true;
}

/* A class that a sentence may end with, drawn; 0 where there is none. */
static uint8_t
draw_class(ch_training *t)
{
    for (uint32_t tries = 0; t->final_classes != 0 && tries < 1000; tries++) {
        uint32_t class = ch_training_random(t, 64);
        if ((t->final_classes >> class & 1) != 0)
            return (uint8_t)class;
    }
    return 0;
}

static void
drop(paragraph *p, uint32_t i)
{
    uint32_t rest = p->count - i - 1;
    memmove(p->marks + i, p->marks + i + 1, rest * sizeof *p->marks);
    memmove(p->ends + i, p->ends + i + 1, rest * sizeof *p->ends);
    memmove(p->inside + i, p->inside + i + 1, rest * sizeof *p->inside);
    p->count--;
}

/* "in Ankara . The" as "in Calif. The": treebanks have few such ends, and news many. */
static void
shorten_ends(ch_training *t, paragraph *p)
{
    for (uint32_t i = 1; i < p->count; i++) {
        uint8_t class = p->ends[i] && p->marks[i].kind == '.' && p->marks[i - 1].kind == 'X' && !p->inside[i - 1] &&
                                ch_training_random(t, SHORTENED) == 0
                            ? draw_class(t)
                            : 0;
        if (class == 0)
            continue;
        ch_mark_abbreviation(&p->marks[i - 1], class);
        p->marks[i - 1].known = 0;
        p->marks[i - 1].spaces |= p->marks[i].spaces & 2;
        p->ends[i - 1] = true;
        drop(p, i);
    }
}

static void
learn_paragraph(ch_perceptron *p, const paragraph *para)
{
    uint32_t features[CH_END_FEATURES_MAX], start = 0;
    for (uint32_t i = 0; i + 1 < para->count; i++) {
        if (para->inside[i])
            continue;
        uint32_t n = ch_end_features(para->marks, para->count, start, i, features);
        int32_t scores[2] = {0, 0};
        ch_perceptron_score(p, features, n, scores);
        p->clock++;
        if (scores[para->ends[i]] - scores[!para->ends[i]] < MARGIN) {
            ch_perceptron_move(p, features, n, para->ends[i], 1);
            ch_perceptron_move(p, features, n, !para->ends[i], -1);
        }
        if (para->ends[i])
            start = i + 1;
    }
}

static bool
learn_all(ch_training *t, ch_perceptron *p, const paragraphs *from, ch_arena *arena)
{
    uint32_t *order = ch_arena_array(arena, from->count + 1, sizeof *order);
    if (order == NULL)
        return false;
    for (uint32_t i = 0; i < from->count; i++)
        order[i] = i;
    ch_training_shuffle(t, order, from->count);
    for (uint32_t i = 0; i < from->count; i++)
        learn_paragraph(p, &from->at[order[i]]);
    return true;
}

/* One pass over the treebank as it is and one over it in other print. */
static bool
learn_pass(ch_training *t, ch_perceptron *p, const paragraphs *plain)
{
    ch_treebank varied = {0};
    paragraphs other = {0};
    ch_arena arena;
    ch_arena_init(&arena, 0);
    bool ok = learn_all(t, p, plain, &arena) && ch_treebank_vary(&varied, &t->train, t) &&
              read_paragraphs(&t->model, &arena, &varied, &other);
    for (uint32_t i = 0; ok && i < other.count; i++)
        shorten_ends(t, &other.at[i]);
    ok = ok && learn_all(t, p, &other, &arena);
    ch_treebank_free(&varied);
    ch_arena_free(&arena);
    return ok;
}

/* F1 of the sentences found on the held-out treebank. */
static void
measure(ch_training *t, const paragraphs *dev)
{
    uint64_t gold = 0, found = 0, both = 0;
    for (uint32_t k = 0; k < dev->count; k++) {
        const paragraph *para = &dev->at[k];
        uint32_t start = 0, gold_start = 0;
        for (uint32_t i = 0; i < para->count; i++) {
            bool end = i + 1 == para->count ||
                       (!para->inside[i] && ch_ends_behind(&t->model, para->marks, para->count, start, i));
            gold += para->ends[i];
            found += end;
            both += end && para->ends[i] && start == gold_start;
            start = end ? i + 1 : start;
            gold_start = para->ends[i] ? i + 1 : gold_start;
        }
    }
    if (gold + found != 0)
        ch_training_say(t, "sentence breaks: dev F1 %.2f", 200.0 * (double)both / (double)(gold + found));
}

bool
ch_train_breaks(ch_training *t)
{
    paragraphs train = {0}, dev = {0};
    ch_perceptron p;
    ch_arena arena;
    ch_arena_init(&arena, 0);
    bool ok = ch_perceptron_init(&p, ROWS, 2) && read_paragraphs(&t->model, &arena, &t->train, &train) &&
              read_paragraphs(&t->model, &arena, &t->dev, &dev);
    for (uint32_t pass = 1; ok && pass <= PASSES; pass++) {
        ok = learn_pass(t, &p, &train);
        ch_training_say(t, "sentence breaks: pass %u of %u", pass, PASSES);
    }
    if (ok)
        ok = ch_training_classifier(t, &p, CH_MODEL_BREAK, &t->model.breaks);
    else
        ch_perceptron_free(&p);
    if (ok)
        measure(t, &dev);
    ch_arena_free(&arena);
    return ok;
}
