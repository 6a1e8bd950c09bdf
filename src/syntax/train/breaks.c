/* Where sentences end, learned on the words as our own tokenizer parts them. */
#include "training.h"

#include <stdlib.h>

#define ROWS (1u << 16)
#define PASSES 8

/* A paragraph's words and which of them end a sentence. */
typedef struct {
    ch_pieces pieces;
    ch_cue *cues; /* [pieces.count] */
    bool *ends;   /* [pieces.count] */
} paragraph;

typedef struct {
    paragraph *at; /* [count] */
    uint32_t count;
} paragraphs;

static bool
read_paragraph(const ch_model *m, ch_arena *arena, const ch_treebank *tb, uint32_t s, uint32_t *next, paragraph *out)
{
    ch_span span = ch_treebank_paragraph(tb, s, next);
    if (!ch_split_words(m, tb->text.at, span, &out->pieces, arena))
        return false;
    uint32_t n = out->pieces.count;
    out->cues = ch_arena_array(arena, n + 1, sizeof *out->cues);
    out->ends = ch_arena_array(arena, n + 1, sizeof *out->ends);
    if (out->cues == NULL || out->ends == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        ch_span piece = out->pieces.at[i].span;
        out->cues[i] = ch_cue_of(ch_gold_text(tb, piece));
        while (s + 1 < *next && tb->sents[s].span.end < piece.end)
            s++;
        out->ends[i] = tb->sents[s].span.end == piece.end;
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

static void
learn_paragraph(ch_perceptron *p, const paragraph *para)
{
    uint32_t features[CH_FEATURES_MAX], since = 0;
    for (uint32_t i = 0; i + 1 < para->pieces.count; i++) {
        since++;
        if ((para->pieces.at[i + 1].flags & CH_T_MWT_REST) != 0)
            continue;
        uint32_t n = ch_break_features(para->cues, para->pieces.count, i, since, features);
        int32_t scores[2] = {0, 0};
        ch_perceptron_score(p, features, n, scores);
        p->clock++;
        if ((scores[1] > scores[0]) != para->ends[i]) {
            ch_perceptron_move(p, features, n, para->ends[i], 1);
            ch_perceptron_move(p, features, n, !para->ends[i], -1);
        }
        if (para->ends[i])
            since = 0;
    }
}

bool
ch_train_breaks(ch_training *t)
{
    paragraphs train = {0};
    ch_perceptron p;
    ch_arena arena;
    ch_arena_init(&arena, 0);
    bool ok = ch_perceptron_init(&p, ROWS, 2) && read_paragraphs(&t->model, &arena, &t->train, &train);
    uint32_t *order = ch_arena_array(&arena, train.count + 1, sizeof *order);
    ok = ok && order != NULL;
    for (uint32_t i = 0; ok && i < train.count; i++)
        order[i] = i;
    for (uint32_t pass = 0; ok && pass < PASSES; pass++) {
        ch_training_shuffle(t, order, train.count);
        for (uint32_t i = 0; i < train.count; i++)
            learn_paragraph(&p, &train.at[order[i]]);
        ch_training_say(t, "sentence breaks: pass %u of %u", pass + 1, PASSES);
    }
    ch_arena_free(&arena);
    if (ok)
        return ch_training_classifier(t, &p, CH_MODEL_BREAK, &t->model.breaks);
    ch_perceptron_free(&p);
    return false;
}
