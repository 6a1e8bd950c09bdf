/* Tags, heads and labels from the layers' outputs, their loss, and back. */
#include "syntax/train/learner.h"

#include "syntax/activation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
add_bias(float *y, const float *bias, size_t rows, size_t columns)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            y[i * columns + j] += bias[j];
}

CH_HOT static float
softmax(float *scores, uint32_t n, uint32_t gold)
{
    float most = scores[0], sum = 0;
    for (uint32_t i = 1; i < n; i++)
        most = scores[i] > most ? scores[i] : most;
    for (uint32_t i = 0; i < n; i++) {
        scores[i] = expf(scores[i] - most);
        sum += scores[i];
    }
    for (uint32_t i = 0; i < n; i++)
        scores[i] /= sum;
    return -logf(scores[gold] > 1e-12f ? scores[gold] : 1e-12f);
}

/* clang clones functions for kinds of processors only within a file. */
float
ch_softmax(float *scores, uint32_t n, uint32_t gold)
{
    return softmax(scores, n, gold);
}

/* The gradient of a softmax p [n]: p less what should be, the gold one and the
 * teachers' `soft` (may be NULL) mixed. */
static void
differ(float *d, const float *p, const float *soft, uint32_t n, uint32_t gold, float trust, float share)
{
    if (soft == NULL)
        trust = 0;
    for (uint32_t i = 0; i < n; i++)
        d[i] = p[i] * share;
    d[gold] -= (1 - trust) * share;
    for (uint32_t i = 0; soft != NULL && i < n; i++)
        d[i] -= trust * soft[i] * share;
}

uint32_t
ch_best(const float *scores, uint32_t n)
{
    uint32_t b = 0;
    for (uint32_t i = 1; i < n; i++)
        if (scores[i] > scores[b])
            b = i;
    return b;
}

void
ch_learner_heads(ch_learner *k)
{
    const ch_network_shape *s = &k->shape;
    uint32_t d = s->dim, nh = 2 * s->arc + 2 * s->lab, ntag = ch_network_ntag(s);
    const float *w = k->using;
    ch_learner_drop(k, k->tag_in, k->x[s->layers - 1], k->masks[s->layers]);
    ch_learner_multiply(k, k->tags, k->tag_in, d, w + k->at.tags, k->rows, d, ntag, false);
    add_bias(k->tags, w + k->at.tags_bias, k->rows, ntag);
    ch_learner_drop(k, k->hidden_in, k->x[s->layers], k->masks[s->layers + 1]);
    ch_learner_multiply(k, k->hidden, k->hidden_in, d, w + k->at.hidden, k->rows, d, nh, false);
    add_bias(k->hidden, w + k->at.hidden_bias, k->rows, nh);
    if (k->learning)
        ch_learner_mask(k, k->hidden_mask, (size_t)k->rows * nh, k->how.drop);
    /* arcs are bent here, labels when dependent and head have met */
    for (uint32_t t = 0; t < k->rows; t++)
        for (uint32_t j = 0; j < 2 * s->arc; j++) {
            float *h = &k->hidden[(size_t)t * nh + j];
            *h = ch_leaky(*h) * (k->learning ? k->hidden_mask[(size_t)t * nh + j] : 1);
        }
    ch_learner_multiply(k, k->query, k->hidden, nh, w + k->at.arcs, k->rows, s->arc, s->arc, false);
    add_bias(k->query, w + k->at.arcs_bias, k->rows, s->arc);
}

void
ch_learner_score_arcs(ch_learner *k, uint32_t s)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t n = k->lessons[s]->n + 1, nh = 2 * shape->arc + 2 * shape->lab;
    if (k->score_room < n * n) {
        free(k->scores);
        k->score_room = n * n;
        k->scores = malloc((size_t)k->score_room * sizeof *k->scores);
        if (k->scores == NULL) {
            k->score_room = 0;
            k->no_memory = true;
            return;
        }
    }
    const float *heads = ch_learner_turn(k, k->hidden + (size_t)k->offset[s] * nh + shape->arc, nh, n, shape->arc);
    if (heads == NULL)
        return;
    k->no_memory |= !ch_multiply(&k->product, k->scores, n, k->query + (size_t)k->offset[s] * shape->arc, shape->arc, heads, n, n,
                                 shape->arc, n, false);
    for (uint32_t i = 1; i < n; i++)
        k->scores[i * n + i] = -1e9f;
}

static double
learn_arcs(ch_learner *k, uint32_t s, float share)
{
    const ch_network_shape *shape = &k->shape;
    const ch_lesson *lesson = k->lessons[s];
    uint32_t n = lesson->n + 1, nh = 2 * shape->arc + 2 * shape->lab;
    size_t at = k->offset[s];
    double loss = 0;
    ch_learner_score_arcs(k, s);
    if (k->no_memory)
        return 0;
    memset(k->scores, 0, n * sizeof *k->scores);
    for (uint32_t i = 1; i < n; i++) {
        float *p = k->scores + i * n;
        loss += ch_softmax(p, n, lesson->head[i - 1]);
        differ(p, p, lesson->soft != NULL ? lesson->soft + (size_t)(i - 1) * n : NULL, n, lesson->head[i - 1], k->how.trust,
               share);
    }
    k->no_memory |= !ch_multiply(&k->product, k->dquery + at * shape->arc, shape->arc, k->scores, n,
                                 k->hidden + at * nh + shape->arc, nh, n, n, shape->arc, false);
    const float *turned = ch_learner_turn(k, k->scores, n, n, n);
    if (turned != NULL)
        k->no_memory |= !ch_multiply(&k->product, k->dhidden + at * nh + shape->arc, nh, turned, n, k->query + at * shape->arc,
                                     shape->arc, n, n, shape->arc, false);
    return loss;
}

size_t
ch_lesson_soft(const ch_network_shape *shape, uint32_t n)
{
    return (size_t)n * (n + 1 + shape->nxpos + CH_UPOS_COUNT + shape->nlabel);
}

float *
ch_soft_tags(const ch_network_shape *shape, const ch_lesson *lesson, uint32_t i)
{
    size_t heads = (size_t)lesson->n * (lesson->n + 1);
    return lesson->soft != NULL ? lesson->soft + heads + (size_t)i * (shape->nxpos + CH_UPOS_COUNT) : NULL;
}

float *
ch_soft_labels(const ch_network_shape *shape, const ch_lesson *lesson, uint32_t i)
{
    size_t before = (size_t)lesson->n * (lesson->n + 1 + shape->nxpos + CH_UPOS_COUNT);
    return lesson->soft != NULL ? lesson->soft + before + (size_t)i * shape->nlabel : NULL;
}

/* What the label of word i under `head` is read from. */
static void
meet(ch_learner *k, uint32_t s, uint32_t i, uint32_t head)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t nh = 2 * shape->arc + 2 * shape->lab;
    size_t row = k->offset[s] + i;
    const float *dep = k->hidden + row * nh + 2 * shape->arc;
    const float *gov = k->hidden + ((size_t)k->offset[s] + head) * nh + 2 * shape->arc + shape->lab;
    float *out = k->label_in + row * shape->lab;
    for (uint32_t j = 0; j < shape->lab; j++)
        out[j] = ch_leaky(dep[j] + gov[j]);
}

static void
meet_back(ch_learner *k, uint32_t s, uint32_t i, uint32_t head)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t nh = 2 * shape->arc + 2 * shape->lab;
    size_t row = k->offset[s] + i;
    float *dep = k->dhidden + row * nh + 2 * shape->arc;
    float *gov = k->dhidden + ((size_t)k->offset[s] + head) * nh + 2 * shape->arc + shape->lab;
    const float *in = k->label_in + row * shape->lab, *d = k->dlabel_in + row * shape->lab;
    for (uint32_t j = 0; j < shape->lab; j++) {
        float g = d[j] * (in[j] > 0 ? 1 : CH_LEAK);
        dep[j] += g;
        gov[j] += g;
    }
}

static double
learn_labels(ch_learner *k, float share)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t nl = ch_pad(shape->nlabel), lab = shape->lab, nh = 2 * shape->arc + 2 * shape->lab;
    const float *w = k->using;
    double loss = 0;
    memset(k->label_in, 0, (size_t)k->rows * lab * sizeof(float));
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t i = 1; i <= k->lessons[s]->n; i++)
            meet(k, s, i, k->lessons[s]->head[i - 1]);
    /* the dependent's part of the mask serves for the met pair */
    for (uint32_t t = 0; t < k->rows; t++)
        for (uint32_t j = 0; j < lab; j++)
            k->label_in[(size_t)t * lab + j] *= k->hidden_mask[(size_t)t * nh + 2 * shape->arc + j];
    ch_learner_multiply(k, k->labels, k->label_in, lab, w + k->at.labels, k->rows, lab, nl, false);
    add_bias(k->labels, w + k->at.labels_bias, k->rows, nl);
    memset(k->dlabels, 0, (size_t)k->rows * nl * sizeof(float));
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t i = 1; i <= k->lessons[s]->n; i++) {
            float *p = k->labels + ((size_t)k->offset[s] + i) * nl, *d = k->dlabels + ((size_t)k->offset[s] + i) * nl;
            uint32_t gold = k->lessons[s]->label[i - 1];
            const float *soft = ch_soft_labels(shape, k->lessons[s], i - 1);
            loss += ch_softmax(p, shape->nlabel, gold);
            differ(d, p, soft, shape->nlabel, gold, k->how.trust, share);
        }
    ch_learner_multiply_back(k, k->label_in, lab, k->dlabels, k->at.labels, k->at.labels_bias, k->dlabel_in, lab, false, k->rows,
                             lab, nl);
    for (uint32_t t = 0; t < k->rows; t++)
        for (uint32_t j = 0; j < lab; j++)
            k->dlabel_in[(size_t)t * lab + j] *= k->hidden_mask[(size_t)t * nh + 2 * shape->arc + j];
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t i = 1; i <= k->lessons[s]->n; i++)
            meet_back(k, s, i, k->lessons[s]->head[i - 1]);
    return loss;
}

static double
learn_tags(ch_learner *k, float share)
{
    uint32_t ntag = ch_network_ntag(&k->shape), nxpos = k->shape.nxpos;
    double loss = 0;
    memset(k->dtags, 0, (size_t)k->rows * ntag * sizeof(float));
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t i = 1; i <= k->lessons[s]->n; i++) {
            size_t at = ((size_t)k->offset[s] + i) * ntag;
            uint32_t xpos = k->lessons[s]->xpos[i - 1], upos = k->lessons[s]->upos[i - 1];
            const float *soft = ch_soft_tags(&k->shape, k->lessons[s], i - 1);
            loss += ch_softmax(k->tags + at, nxpos, xpos);
            loss += ch_softmax(k->tags + at + nxpos, CH_UPOS_COUNT, upos);
            differ(k->dtags + at, k->tags + at, soft, nxpos, xpos, k->how.trust, share);
            differ(k->dtags + at + nxpos, k->tags + at + nxpos, soft != NULL ? soft + nxpos : NULL, CH_UPOS_COUNT, upos,
                   k->how.trust, share);
        }
    return loss;
}

double
ch_learner_heads_back(ch_learner *k)
{
    const ch_network_shape *s = &k->shape;
    uint32_t d = s->dim, nh = 2 * s->arc + 2 * s->lab, words = k->rows - k->nlesson;
    float share = 1.0f / (float)words;
    double loss = 0;
    memset(k->dhidden, 0, (size_t)k->rows * nh * sizeof(float));
    memset(k->dquery, 0, (size_t)k->rows * s->arc * sizeof(float));
    for (uint32_t i = 0; i < k->nlesson; i++)
        loss += learn_arcs(k, i, share);
    ch_learner_multiply_back(k, k->hidden, nh, k->dquery, k->at.arcs, k->at.arcs_bias, k->dhidden, nh, true, k->rows, s->arc,
                             s->arc);
    for (uint32_t t = 0; t < k->rows; t++)
        for (uint32_t j = 0; j < 2 * s->arc; j++) {
            size_t at = (size_t)t * nh + j;
            k->dhidden[at] *= k->hidden_mask[at] * (k->hidden[at] > 0 ? 1 : CH_LEAK);
        }
    loss += learn_labels(k, share);
    /* the layers' gates are free as scratch until they run back */
    ch_learner_multiply_back(k, k->hidden_in, d, k->dhidden, k->at.hidden, k->at.hidden_bias, k->dgates, d, false, k->rows, d,
                             nh);
    ch_learner_undrop(k, k->dx[s->layers], k->dgates, k->masks[s->layers + 1]);
    loss += learn_tags(k, share);
    ch_learner_multiply_back(k, k->tag_in, d, k->dtags, k->at.tags, k->at.tags_bias, k->dgates, d, false, k->rows, d,
                             ch_network_ntag(s));
    ch_learner_undrop(k, k->dx[s->layers - 1], k->dgates, k->masks[s->layers]);
    return loss;
}

void
ch_learner_label(ch_learner *k, const uint16_t *head)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t n = k->lessons[0]->n, nl = ch_pad(shape->nlabel);
    memset(k->label_in, 0, (size_t)k->rows * shape->lab * sizeof(float));
    for (uint32_t w = 1; w <= n; w++)
        meet(k, 0, w, head != NULL ? head[w - 1] : ch_best(k->scores + w * (n + 1), n + 1));
    ch_learner_multiply(k, k->labels, k->label_in, shape->lab, k->using + k->at.labels, k->rows, shape->lab, nl, false);
    add_bias(k->labels, k->using + k->at.labels_bias, k->rows, nl);
}
