#include "syntax/train/learner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

uint64_t
ch_learner_random(ch_learner *k)
{
    uint64_t z = (k->random += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

float
ch_learner_chance(ch_learner *k)
{
    return (float)(ch_learner_random(k) >> 40) * 0x1p-24f;
}

static void
scatter(ch_learner *k, uint64_t at, uint64_t count, float width)
{
    for (uint64_t i = 0; i < count; i++)
        k->weight[at + i] = (2 * ch_learner_chance(k) - 1) * width;
}

void
ch_learner_mask(ch_learner *k, float *mask, size_t count, float drop)
{
    float keep = 1 / (1 - drop);
    for (size_t i = 0; i < count; i++)
        mask[i] = ch_learner_chance(k) < drop ? 0 : keep;
}

ch_network_layout
ch_network_layout_of(const ch_network_shape *s)
{
    ch_network_layout l = {0};
    uint64_t at = 0, d = s->dim;
#define TAKE(field, count) (l.field = at, at += (count))
    for (uint32_t i = 0; i < s->layers; i++) {
        TAKE(layer[i].w, d * 3 * d);
        TAKE(layer[i].state[0], d);
        TAKE(layer[i].state[1], d);
        TAKE(layer[i].bias[0], d);
        TAKE(layer[i].bias[1], d);
    }
    TAKE(root, d);
    TAKE(tags, d * ch_network_ntag(s));
    TAKE(tags_bias, ch_network_ntag(s));
    TAKE(hidden, d * (2 * s->arc + 2 * s->lab));
    TAKE(hidden_bias, 2 * s->arc + 2 * s->lab);
    TAKE(arcs, (uint64_t)s->arc * s->arc);
    TAKE(arcs_bias, s->arc);
    TAKE(labels, (uint64_t)s->lab * ch_pad(s->nlabel));
    TAKE(labels_bias, ch_pad(s->nlabel));
    l.dense = at;
    TAKE(words, (uint64_t)(s->nword + 1) * (d / 2));
    TAKE(spellings, (uint64_t)s->nrow * (d / 2));
#undef TAKE
    l.total = at;
    return l;
}

static void
set_out(ch_learner *k)
{
    const ch_network_shape *s = &k->shape;
    const ch_network_layout *l = &k->at;
    uint32_t d = s->dim, nh = 2 * s->arc + 2 * s->lab;
    for (uint32_t i = 0; i < s->layers; i++) {
        scatter(k, l->layer[i].w, (uint64_t)d * 3 * d, sqrtf(3.0f / (float)d));
        for (int g = 0; g < 2; g++)
            scatter(k, l->layer[i].state[g], d, 0.2f);
        for (uint32_t j = 0; j < d; j++)
            k->weight[l->layer[i].bias[1] + j] = -0.5f;
    }
    scatter(k, l->root, d, 0.5f);
    scatter(k, l->tags, (uint64_t)d * ch_network_ntag(s), sqrtf(3.0f / (float)d));
    scatter(k, l->hidden, (uint64_t)d * nh, sqrtf(3.0f / (float)d));
    scatter(k, l->arcs, (uint64_t)s->arc * s->arc, 0.5f * sqrtf(3.0f / (float)s->arc));
    scatter(k, l->labels, (uint64_t)s->lab * ch_pad(s->nlabel), sqrtf(3.0f / (float)s->lab));
    scatter(k, l->words + d / 2, (uint64_t)s->nword * (d / 2), 0.5f);
    scatter(k, l->spellings, (uint64_t)s->nrow * (d / 2), 0.5f);
    memcpy(k->mean, k->weight, l->total * sizeof *k->mean);
}

ch_status
ch_learner_new(ch_learner **out, const ch_network_shape *shape, const ch_learning *how, ch_error *err)
{
    *out = NULL;
    ch_learner *k = calloc(1, sizeof *k);
    if (k == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train");
    k->shape = *shape;
    k->how = *how;
    k->at = ch_network_layout_of(shape);
    k->random = how->seed;
    float **arrays[] = {&k->weight, &k->mean, &k->moment1, &k->moment2, &k->gradient};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        k->no_memory |= (*arrays[i] = calloc(k->at.total, sizeof(float))) == NULL;
    uint32_t nembedding = shape->nword + 1 + shape->nrow;
    k->touched = calloc(nembedding, 1);
    k->touched_list = calloc(nembedding, sizeof *k->touched_list);
    if (k->no_memory || k->touched == NULL || k->touched_list == NULL) {
        ch_learner_free(k);
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train");
    }
    set_out(k);
    *out = k;
    return CH_OK;
}

static void
free_batch(ch_learner *k)
{
    for (uint32_t i = 0; i < CH_NETWORK_LAYERS_MAX; i++) {
        free(k->layer[i].dropped);
        free(k->layer[i].gates);
        free(k->layer[i].state);
        k->layer[i] = (ch_layer_room){0};
    }
    float **arrays[] = {&k->tags,  &k->dtags,  &k->tag_in,   &k->hidden_in, &k->hidden, &k->dhidden, &k->hidden_mask,
                        &k->query, &k->dquery, &k->label_in, &k->dlabel_in, &k->labels, &k->dlabels, &k->dgates};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        free(*arrays[i]);
        *arrays[i] = NULL;
    }
    for (uint32_t i = 0; i <= CH_NETWORK_LAYERS_MAX; i++) {
        free(k->x[i]);
        free(k->dx[i]);
        k->x[i] = k->dx[i] = NULL;
    }
    for (uint32_t i = 0; i < CH_NETWORK_LAYERS_MAX + 2; i++) {
        free(k->masks[i]);
        k->masks[i] = NULL;
    }
    free(k->kept);
    k->kept = NULL;
    k->row_room = 0;
}

void
ch_learner_free(ch_learner *k)
{
    if (k == NULL)
        return;
    free_batch(k);
    free(k->weight);
    free(k->mean);
    free(k->moment1);
    free(k->moment2);
    free(k->gradient);
    free(k->touched);
    free(k->touched_list);
    free(k->lessons);
    free(k->offset);
    free(k->scores);
    free(k->turned);
    ch_product_room_free(&k->product);
    free(k);
}

static float *
floats(ch_learner *k, size_t rows, size_t columns)
{
    float *at = aligned_alloc(64, (rows * columns * sizeof(float) + 63) / 64 * 64);
    k->no_memory |= at == NULL;
    return at;
}

bool
ch_learner_room(ch_learner *k, uint32_t rows)
{
    const ch_network_shape *s = &k->shape;
    uint32_t d = s->dim, nh = 2 * s->arc + 2 * s->lab;
    if (rows <= k->row_room)
        return true;
    free_batch(k);
    rows += rows / 4;
    for (uint32_t i = 0; i < s->layers; i++)
        k->layer[i] = (ch_layer_room){floats(k, rows, d), floats(k, rows, 3 * d), floats(k, rows, d)};
    for (uint32_t i = 0; i <= s->layers; i++) {
        k->x[i] = floats(k, rows, d);
        k->dx[i] = floats(k, rows, d);
    }
    for (uint32_t i = 0; i < s->layers + 2; i++)
        k->masks[i] = floats(k, rows, d);
    k->tags = floats(k, rows, ch_network_ntag(s));
    k->dtags = floats(k, rows, ch_network_ntag(s));
    k->tag_in = floats(k, rows, d);
    k->hidden_in = floats(k, rows, d);
    k->hidden = floats(k, rows, nh);
    k->dhidden = floats(k, rows, nh);
    k->hidden_mask = floats(k, rows, nh);
    k->query = floats(k, rows, s->arc);
    k->dquery = floats(k, rows, s->arc);
    k->label_in = floats(k, rows, s->lab);
    k->dlabel_in = floats(k, rows, s->lab);
    k->labels = floats(k, rows, ch_pad(s->nlabel));
    k->dlabels = floats(k, rows, ch_pad(s->nlabel));
    k->dgates = floats(k, rows, 3 * d);
    k->kept = calloc(rows, 1);
    k->no_memory |= k->kept == NULL;
    k->row_room = k->no_memory ? 0 : rows;
    return !k->no_memory;
}

void
ch_learner_multiply(ch_learner *k, float *c, const float *a, size_t lda, const float *b, size_t m, size_t inner, size_t n,
                    bool add)
{
    k->no_memory |= !ch_multiply(&k->product, c, n, a, lda, b, n, m, inner, n, add);
}

const float *
ch_learner_turn(ch_learner *k, const float *a, size_t lda, size_t m, size_t n)
{
    if (k->turned_room < m * n) {
        free(k->turned);
        k->turned_room = m * n;
        k->turned = malloc(k->turned_room * sizeof *k->turned);
        if (k->turned == NULL) {
            k->turned_room = 0;
            k->no_memory = true;
            return NULL;
        }
    }
    ch_transpose(k->turned, a, lda, m, n);
    return k->turned;
}

void
ch_learner_multiply_back(ch_learner *k, const float *x, size_t ldx, const float *dy, uint64_t w, uint64_t bias, float *dx,
                         size_t lddx, bool add, size_t m, size_t inner, size_t n)
{
    const float *xt = ch_learner_turn(k, x, ldx, m, inner);
    if (xt == NULL)
        return;
    ch_learner_multiply(k, k->gradient + w, xt, m, dy, inner, m, n, true);
    if (bias != UINT64_MAX)
        for (size_t i = 0; i < m; i++)
            for (size_t j = 0; j < n; j++)
                k->gradient[bias + j] += dy[i * n + j];
    if (dx == NULL)
        return;
    const float *wt = ch_learner_turn(k, k->using + w, n, inner, n);
    if (wt != NULL)
        k->no_memory |= !ch_multiply(&k->product, dx, lddx, dy, n, wt, inner, m, n, inner, add);
}
