/* Tags and dependencies of sentences whose words are given. */
#include "training.h"

#include "syntax/read.h"

#include <stdlib.h>
#include <string.h>

#define XPOS_ROWS (1u << 18)
#define UPOS_ROWS (1u << 16)
#define TREE_ROWS (1u << 20)

typedef struct {
    ch_training *t;
    const ch_treebank *tb;
    ch_cue *cues;       /* [tb->nword] with the tags that the taggers give */
    uint8_t *xpos;      /* [tb->nword] gold */
    uint8_t *labels;    /* [tb->nword] gold */
    uint32_t *order;    /* [tb->nsent] */
    ch_parser parser;
} material;

static bool
prepare(material *m, ch_training *t, const ch_treebank *tb, ch_arena *arena)
{
    *m = (material){.t = t, .tb = tb};
    m->cues = ch_arena_array(arena, tb->nword + 1, sizeof *m->cues);
    m->xpos = ch_arena_array(arena, tb->nword + 1, 1);
    m->labels = ch_arena_array(arena, tb->nword + 1, 1);
    m->order = ch_arena_array(arena, tb->nsent + 1, sizeof *m->order);
    if (m->cues == NULL || m->xpos == NULL || m->labels == NULL || m->order == NULL)
        return false;
    for (uint32_t i = 0; i < tb->nword; i++) {
        const ch_gold_word *w = &tb->words[i];
        const uint32_t *xpos = ch_map_get(&t->xpos, w->xpos), *label = ch_map_get(&t->labels, w->rel);
        m->cues[i] = ch_cue_of(ch_gold_text(tb, w->span));
        m->xpos[i] = xpos != NULL ? (uint8_t)*xpos : 255;
        m->labels[i] = label != NULL ? (uint8_t)*label : 255;
    }
    for (uint32_t i = 0; i < tb->nsent; i++)
        m->order[i] = i;
    return true;
}

static uint32_t
best_of(const int32_t *scores, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (scores[i] > scores[best])
            best = i;
    return best;
}

/* One example: the class that the perceptron gives, weights moved where it is wrong. */
static uint32_t
learn(ch_perceptron *p, const uint32_t *features, uint32_t n, uint32_t gold)
{
    int32_t scores[CH_CLASSES_MAX] = {0};
    ch_perceptron_score(p, features, n, scores);
    uint32_t guess = best_of(scores, p->nclass);
    p->clock++;
    if (guess != gold) {
        ch_perceptron_move(p, features, n, gold, 1);
        ch_perceptron_move(p, features, n, guess, -1);
    }
    return guess;
}

static void
learn_xpos(ch_perceptron *p, material *m, const ch_gold_sentence *s)
{
    uint32_t features[CH_FEATURES_MAX], n = s->last - s->first;
    ch_cue *cues = m->cues + s->first;
    for (uint32_t i = 0; i < n; i++)
        cues[i].xpos = (uint8_t)learn(p, features, ch_xpos_features(cues, n, i, features), m->xpos[s->first + i]);
}

static void
learn_upos(ch_perceptron *p, material *m, const ch_gold_sentence *s)
{
    uint32_t features[CH_FEATURES_MAX], n = s->last - s->first;
    ch_cue *cues = m->cues + s->first;
    for (uint32_t i = 0; i < n; i++)
        learn(p, features, ch_upos_features(cues, n, i, features), m->tb->words[s->first + i].upos);
}

/* What the finished taggers give. */
static void
tag_all(material *m)
{
    for (uint32_t s = 0; s < m->tb->nsent; s++)
        ch_tag(&m->t->model, m->cues + m->tb->sents[s].first, m->tb->sents[s].last - m->tb->sents[s].first);
}

/* The best class among those allowed: zero-loss ones with the right label only, or all. */
static uint32_t
best_transition(const ch_parser *p, const int32_t *scores, uint32_t nlabel, const uint16_t *heads, const uint8_t *labels, bool right)
{
    ch_losses losses = ch_parser_losses(p, heads);
    uint32_t best = UINT32_MAX, s0 = p->stack[p->nstack - 1], s1 = p->nstack > 1 ? p->stack[p->nstack - 2] : 0;
    uint32_t least = UINT32_MAX;
    if (ch_parser_can_shift(p) && losses.shift < least)
        least = losses.shift;
    if (ch_parser_can_left(p) && losses.left < least)
        least = losses.left;
    if (ch_parser_can_right(p) && losses.right < least)
        least = losses.right;
    if (ch_parser_can_shift(p) && (!right || losses.shift == least))
        best = 0;
    for (uint32_t side = 0; side < 2; side++) {
        uint32_t loss = side == 0 ? losses.left : losses.right, head = side == 0 ? p->b : s1;
        if (!(side == 0 ? ch_parser_can_left(p) : ch_parser_can_right(p)) || (right && loss != least))
            continue;
        for (uint32_t l = 0; l < nlabel; l++) {
            uint32_t class = 1 + side * nlabel + l;
            if (right && heads[s0] == head && labels[s0] != l)
                continue;
            if (best == UINT32_MAX || scores[class] > scores[best])
                best = class;
        }
    }
    return best;
}

static void
learn_tree(ch_perceptron *p, material *m, const ch_gold_sentence *s)
{
    uint32_t features[CH_FEATURES_MAX], n = s->last - s->first, nlabel = m->t->labels.count;
    uint16_t heads[CH_SENTENCE_MAX + 2] = {0};
    uint8_t labels[CH_SENTENCE_MAX + 2] = {0};
    ch_parser *parser = &m->parser;
    for (uint32_t i = 0; i < n; i++) {
        heads[i + 1] = (uint16_t)m->tb->words[s->first + i].head;
        labels[i + 1] = m->labels[s->first + i];
    }
    ch_parser_start(parser, n);
    while (parser->b <= n || parser->nstack > 1) {
        int32_t scores[CH_CLASSES_MAX] = {0};
        uint32_t count = ch_parser_features(parser, m->cues + s->first, features);
        ch_perceptron_score(p, features, count, scores);
        uint32_t guess = best_transition(parser, scores, nlabel, heads, labels, false);
        uint32_t gold = best_transition(parser, scores, nlabel, heads, labels, true);
        p->clock++;
        if (guess != gold && scores[guess] >= scores[gold]) {
            ch_perceptron_move(p, features, count, gold, 1);
            ch_perceptron_move(p, features, count, guess, -1);
        }
        ch_parser_apply(parser, guess, nlabel);
    }
}

/* Tags and labelled attachments on the held-out treebank, its words as they stand. */
static void
measure(material *m, const char *what, uint32_t pass, bool trees)
{
    uint64_t words = 0, xpos = 0, upos = 0, uas = 0, las = 0;
    for (uint32_t s = 0; s < m->tb->nsent; s++) {
        const ch_gold_sentence *sent = &m->tb->sents[s];
        uint32_t n = sent->last - sent->first;
        if (n > CH_SENTENCE_MAX)
            continue;
        if (trees)
            ch_attach(&m->t->model, m->cues + sent->first, n, &m->parser);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t w = sent->first + i;
            bool head = m->tb->words[w].head == m->parser.head[i + 1];
            words++;
            xpos += m->cues[w].xpos == m->xpos[w];
            upos += m->cues[w].upos == m->tb->words[w].upos;
            uas += head;
            las += head && m->labels[w] == m->parser.label[i + 1];
        }
    }
    double all = words != 0 ? (double)words / 100 : 1;
    if (trees)
        ch_training_say(m->t, "%s: pass %u: dev UAS %.2f LAS %.2f", what, pass, (double)uas / all, (double)las / all);
    else
        ch_training_say(m->t, "%s: dev XPOS %.2f UPOS %.2f", what, (double)xpos / all, (double)upos / all);
}

typedef void learner(ch_perceptron *p, material *m, const ch_gold_sentence *s);

static bool
train_one(material *m, material *dev, learner *step, const char *what, uint32_t rows, uint32_t nclass, uint32_t section, ch_classifier *c)
{
    ch_perceptron p;
    bool ok = ch_perceptron_init(&p, rows, nclass);
    for (uint32_t pass = 1; ok && pass <= m->t->options->passes; pass++) {
        ch_training_shuffle(m->t, m->order, m->tb->nsent);
        for (uint32_t i = 0; i < m->tb->nsent; i++)
            if (m->tb->sents[m->order[i]].last - m->tb->sents[m->order[i]].first <= CH_SENTENCE_MAX)
                step(&p, m, &m->tb->sents[m->order[i]]);
        ch_training_say(m->t, "%s: pass %u of %u", what, pass, m->t->options->passes);
    }
    if (!ok) {
        ch_perceptron_free(&p);
        return false;
    }
    (void)dev;
    return ch_training_classifier(m->t, &p, section, c);
}

bool
ch_train_trees(ch_training *t)
{
    material *m = malloc(2 * sizeof *m), *dev = m + 1;
    ch_arena arena;
    ch_model *model = &t->model;
    ch_arena_init(&arena, 0);
    bool ok = m != NULL && prepare(m, t, &t->train, &arena) && prepare(dev, t, &t->dev, &arena);
    ok = ok && train_one(m, dev, learn_xpos, "Penn tags", XPOS_ROWS, t->xpos.count, CH_MODEL_XPOS_TAGS, &model->xpos_tags);
    ok = ok && train_one(m, dev, learn_upos, "universal tags", UPOS_ROWS, CH_UPOS_COUNT, CH_MODEL_UPOS_TAGS, &model->upos_tags);
    if (ok) {
        tag_all(m);
        tag_all(dev);
        measure(dev, "tags", 0, false);
    }
    ok = ok && train_one(m, dev, learn_tree, "dependencies", TREE_ROWS, 2 * t->labels.count + 1, CH_MODEL_TRANSITIONS, &model->transitions);
    if (ok)
        measure(dev, "dependencies", t->options->passes, true);
    ch_arena_free(&arena);
    free(m);
    return ok;
}
