#include "syntax/train/network_train.h"

#include "syntax/activation.h"
#include "syntax/train/matrix.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Vectors of the widest kind the machine has; the results of a training run
 * therefore hold for one kind of machine, those of reading for all. */
#if defined(__x86_64__)
#define HOT __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define HOT
#endif

#define MEAN_DECAY 0.998f /* of the running mean of the weights */
#define CLIP 5.0          /* longest gradient */
#define BETA1 0.9f
#define BETA2 0.98f
#define EPSILON 1e-8f
#define WARM_UP 300 /* steps until the rate is at its height */

/* Activations of one layer over the T rows of a batch. */
typedef struct {
    float *dropped; /* [T][dim] what the product sees */
    float *gates;   /* [T][3 dim] candidate, forget, output */
    float *state;   /* [T][dim] */
} layer_room;

struct ch_learner {
    ch_network_shape shape;
    ch_learning how;
    ch_network_layout at;
    uint64_t random;
    uint32_t epoch;
    uint64_t step, steps;
    float *weight, *mean, *moment1, *moment2; /* [at.total] */
    float *gradient;                          /* [at.total] */
    uint8_t *touched;                         /* [nword + 1 + nrow] embeddings with a gradient */
    uint32_t *touched_list;
    uint32_t ntouched;
    const float *using; /* weights of the forward pass */
    bool learning;
    /* the batch */
    const ch_lesson **lessons;
    uint32_t nlesson, lesson_room;
    uint32_t *offset; /* [nlesson + 1] rows */
    uint32_t rows, row_room;
    layer_room layer[CH_NETWORK_LAYERS_MAX];
    float *x[CH_NETWORK_LAYERS_MAX + 1];  /* [T][dim] input of each layer, output of the last */
    float *dx[CH_NETWORK_LAYERS_MAX + 1]; /* their gradients */
    float *mask;                          /* [sentence][dim] one layer's */
    float *masks[CH_NETWORK_LAYERS_MAX + 2];
    uint8_t *kept;                        /* [T] bit 0 word kept, bit 1 spelling kept */
    float *tags, *dtags;                  /* [T][ntag] */
    float *tag_in, *hidden_in;            /* [T][dim] dropped */
    float *hidden, *dhidden;              /* [T][2 arc + 2 lab] */
    float *hidden_mask;
    float *query, *dquery;                /* [T][arc] */
    float *label_in, *dlabel_in;          /* [T][lab] */
    float *labels, *dlabels;              /* [T][nlabel padded] */
    float *scores;                        /* [n + 1][n + 1] of one sentence */
    uint32_t score_room;
    float *dgates;                        /* [T][3 dim] */
    float *turned;                        /* a transposed matrix */
    size_t turned_room;
    ch_product_room product;
    bool no_memory;
};

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

/* ------------------------------------------------------------------ chance */

static uint64_t
next_random(ch_learner *k)
{
    uint64_t z = (k->random += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* In [0, 1). */
static float
chance(ch_learner *k)
{
    return (float)(next_random(k) >> 40) * 0x1p-24f;
}

static void
scatter(ch_learner *k, uint64_t at, uint64_t count, float width)
{
    for (uint64_t i = 0; i < count; i++)
        k->weight[at + i] = (2 * chance(k) - 1) * width;
}

/* Dropout factors: nought, or what makes up for the noughts. */
static void
draw_mask(ch_learner *k, float *mask, size_t count, float drop)
{
    float keep = 1 / (1 - drop);
    for (size_t i = 0; i < count; i++)
        mask[i] = chance(k) < drop ? 0 : keep;
}

/* ------------------------------------------------------------------- start */

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
        k->layer[i] = (layer_room){0};
    }
    float **arrays[] = {&k->tags, &k->dtags, &k->tag_in, &k->hidden_in, &k->hidden, &k->dhidden, &k->hidden_mask, &k->query,
                        &k->dquery, &k->label_in, &k->dlabel_in, &k->labels, &k->dlabels, &k->dgates};
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

/* Arrays for `rows` rows; no more sentences than rows. */
static bool
make_room(ch_learner *k, uint32_t rows)
{
    const ch_network_shape *s = &k->shape;
    uint32_t d = s->dim, nh = 2 * s->arc + 2 * s->lab;
    if (rows <= k->row_room)
        return true;
    free_batch(k);
    rows += rows / 4;
    for (uint32_t i = 0; i < s->layers; i++)
        k->layer[i] = (layer_room){floats(k, rows, d), floats(k, rows, 3 * d), floats(k, rows, d)};
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

/* ---------------------------------------------------------------- products */

static void
multiply(ch_learner *k, float *c, const float *a, size_t lda, const float *b, size_t m, size_t inner, size_t n, bool add)
{
    k->no_memory |= !ch_multiply(&k->product, c, n, a, lda, b, n, m, inner, n, add);
}

static const float *
turn(ch_learner *k, const float *a, size_t lda, size_t m, size_t n)
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

/* Gradients of y [m][n] = x [m][inner] w [inner][n] + bias: dw and dbias grow, dx
 * (may be NULL) is set or grows. */
static void
multiply_back(ch_learner *k, const float *x, size_t ldx, const float *dy, uint64_t w, uint64_t bias, float *dx, size_t lddx,
              bool add, size_t m, size_t inner, size_t n)
{
    const float *xt = turn(k, x, ldx, m, inner);
    if (xt == NULL)
        return;
    multiply(k, k->gradient + w, xt, m, dy, inner, m, n, true);
    if (bias != UINT64_MAX)
        for (size_t i = 0; i < m; i++)
            for (size_t j = 0; j < n; j++)
                k->gradient[bias + j] += dy[i * n + j];
    if (dx == NULL)
        return;
    const float *wt = turn(k, k->using + w, n, inner, n);
    if (wt != NULL)
        k->no_memory |= !ch_multiply(&k->product, dx, lddx, dy, n, wt, inner, m, n, inner, add);
}

/* ------------------------------------------------------------------ layers */

/* One direction of a layer over one sentence, columns [from, to). */
HOT static void
scan(float *restrict out, float *restrict gates, float *restrict state, const float *restrict x, const float *restrict vf,
     const float *restrict vr, const float *restrict bf, const float *restrict br, uint32_t n, uint32_t dim, uint32_t from,
     uint32_t to, bool backwards)
{
    for (uint32_t i = 0; i < n; i++) {
        size_t t = backwards ? n - 1 - i : i;
        const float *last = i == 0 ? NULL : state + (backwards ? t + 1 : t - 1) * dim;
        float *z = gates + t * 3 * dim, *f = z + dim, *r = f + dim;
        for (uint32_t j = from; j < to; j++) {
            float c = last != NULL ? last[j] : 0;
            float forget = ch_sigmoid(f[j] + vf[j] * c + bf[j]);
            float open = ch_sigmoid(r[j] + vr[j] * c + br[j]);
            f[j] = forget;
            r[j] = open;
            c = forget * c + (1 - forget) * z[j];
            state[t * dim + j] = c;
            out[t * dim + j] = open * c + (1 - open) * x[t * dim + j];
        }
    }
}

/* The gradient of scan(): dgates of what went into the gates; dx grows. */
HOT static void
scan_back(float *restrict dgates, float *restrict dx, const float *restrict dout, const float *restrict gates,
          const float *restrict state, const float *restrict x, const float *restrict vf, const float *restrict vr,
          float *restrict dvf, float *restrict dvr, float *restrict carry, uint32_t n, uint32_t dim, uint32_t from, uint32_t to,
          bool backwards)
{
    memset(carry + from, 0, (to - from) * sizeof *carry);
    for (uint32_t i = n; i-- > 0;) {
        size_t t = backwards ? n - 1 - i : i;
        const float *last = i == 0 ? NULL : state + (backwards ? t + 1 : t - 1) * dim;
        const float *z = gates + t * 3 * dim, *f = z + dim, *r = f + dim;
        float *dz = dgates + t * 3 * dim, *df = dz + dim, *dr = df + dim;
        for (uint32_t j = from; j < to; j++) {
            float c0 = last != NULL ? last[j] : 0, c = state[t * dim + j], dh = dout[t * dim + j];
            float dc = carry[j] + dh * r[j];
            float dur = dh * (c - x[t * dim + j]) * r[j] * (1 - r[j]);
            float duf = dc * (c0 - z[j]) * f[j] * (1 - f[j]);
            dx[t * dim + j] += dh * (1 - r[j]);
            dz[j] = dc * (1 - f[j]);
            df[j] = duf;
            dr[j] = dur;
            dvf[j] += duf * c0;
            dvr[j] += dur * c0;
            carry[j] = dc * f[j] + duf * vf[j] + dur * vr[j];
        }
    }
}

/* out = x with each sentence's mask, or x itself when not learning. */
static void
drop_rows(ch_learner *k, float *out, const float *x, float *mask)
{
    uint32_t d = k->shape.dim;
    if (!k->learning) {
        memcpy(out, x, (size_t)k->rows * d * sizeof *out);
        return;
    }
    draw_mask(k, mask, (size_t)k->nlesson * d, k->how.drop);
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t t = k->offset[s]; t < k->offset[s + 1]; t++)
            for (uint32_t j = 0; j < d; j++)
                out[(size_t)t * d + j] = x[(size_t)t * d + j] * mask[(size_t)s * d + j];
}

/* dx += dy under the masks. */
static void
undrop_rows(ch_learner *k, float *dx, const float *dy, const float *mask)
{
    uint32_t d = k->shape.dim;
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t t = k->offset[s]; t < k->offset[s + 1]; t++)
            for (uint32_t j = 0; j < d; j++)
                dx[(size_t)t * d + j] += dy[(size_t)t * d + j] * mask[(size_t)s * d + j];
}

static void
embed(ch_learner *k)
{
    uint32_t d = k->shape.dim, half = d / 2;
    const float *w = k->using;
    memset(k->x[0], 0, (size_t)k->rows * d * sizeof(float));
    for (uint32_t s = 0; s < k->nlesson; s++) {
        const ch_lesson *lesson = k->lessons[s];
        float *x = k->x[0] + (size_t)k->offset[s] * d;
        memcpy(x, w + k->at.root, d * sizeof *x);
        for (uint32_t i = 0; i < lesson->n; i++) {
            x += d;
            uint8_t *kept = &k->kept[k->offset[s] + 1 + i];
            *kept = 3;
            if (k->learning) {
                if (chance(k) < k->how.drop_word)
                    *kept &= 2;
                if (*kept == 3 && chance(k) < k->how.drop_spelling)
                    *kept &= 1;
            }
            if ((*kept & 1) != 0) {
                const float *e = w + k->at.words + (size_t)lesson->word[i] * half;
                for (uint32_t j = 0; j < half; j++)
                    x[j] = e[j];
            }
            if ((*kept & 2) == 0)
                continue;
            uint32_t nrow = lesson->first_row[i + 1] - lesson->first_row[i];
            float scale = 1 / sqrtf((float)nrow);
            for (uint32_t r = 0; r < nrow; r++) {
                const float *e = w + k->at.spellings + (size_t)lesson->rows[lesson->first_row[i] + r] * half;
                for (uint32_t j = 0; j < half; j++)
                    x[half + j] += e[j];
            }
            for (uint32_t j = 0; j < half; j++)
                x[half + j] *= scale;
        }
    }
}

static void
touch(ch_learner *k, uint32_t embedding)
{
    if (k->touched[embedding])
        return;
    k->touched[embedding] = 1;
    k->touched_list[k->ntouched++] = embedding;
}

static void
embed_back(ch_learner *k)
{
    uint32_t d = k->shape.dim, half = d / 2;
    float *g = k->gradient;
    for (uint32_t s = 0; s < k->nlesson; s++) {
        const ch_lesson *lesson = k->lessons[s];
        const float *dx = k->dx[0] + (size_t)k->offset[s] * d;
        for (uint32_t j = 0; j < d; j++)
            g[k->at.root + j] += dx[j];
        for (uint32_t i = 0; i < lesson->n; i++) {
            dx += d;
            uint8_t kept = k->kept[k->offset[s] + 1 + i];
            if ((kept & 1) != 0 && lesson->word[i] != 0) {
                float *e = g + k->at.words + (size_t)lesson->word[i] * half;
                touch(k, lesson->word[i]);
                for (uint32_t j = 0; j < half; j++)
                    e[j] += dx[j];
            }
            if ((kept & 2) == 0)
                continue;
            uint32_t nrow = lesson->first_row[i + 1] - lesson->first_row[i];
            float scale = 1 / sqrtf((float)nrow);
            for (uint32_t r = 0; r < nrow; r++) {
                uint32_t row = lesson->rows[lesson->first_row[i] + r];
                float *e = g + k->at.spellings + (size_t)row * half;
                touch(k, k->shape.nword + 1 + row);
                for (uint32_t j = 0; j < half; j++)
                    e[j] += dx[half + j] * scale;
            }
        }
    }
}

static void
run_layer(ch_learner *k, uint32_t l)
{
    uint32_t d = k->shape.dim;
    const float *w = k->using;
    layer_room *room = &k->layer[l];
    drop_rows(k, room->dropped, k->x[l], k->masks[l]);
    multiply(k, room->gates, room->dropped, d, w + k->at.layer[l].w, k->rows, d, 3 * d, false);
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t half = 0; half < 2; half++) {
            size_t at = (size_t)k->offset[s] * d;
            scan(k->x[l + 1] + at, room->gates + 3 * at, room->state + at, k->x[l] + at, w + k->at.layer[l].state[0],
                 w + k->at.layer[l].state[1], w + k->at.layer[l].bias[0], w + k->at.layer[l].bias[1],
                 k->offset[s + 1] - k->offset[s], d, half * d / 2, (half + 1) * d / 2, half == 1);
        }
}

static void
run_layer_back(ch_learner *k, uint32_t l)
{
    uint32_t d = k->shape.dim;
    const float *w = k->using;
    float *g = k->gradient;
    layer_room *room = &k->layer[l];
    float carry[1024];
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t half = 0; half < 2; half++) {
            size_t at = (size_t)k->offset[s] * d;
            scan_back(k->dgates + 3 * at, k->dx[l] + at, k->dx[l + 1] + at, room->gates + 3 * at, room->state + at, k->x[l] + at,
                      w + k->at.layer[l].state[0], w + k->at.layer[l].state[1], g + k->at.layer[l].state[0],
                      g + k->at.layer[l].state[1], carry, k->offset[s + 1] - k->offset[s], d, half * d / 2, (half + 1) * d / 2,
                      half == 1);
        }
    for (uint32_t t = 0; t < k->rows; t++)
        for (uint32_t j = 0; j < d; j++) {
            g[k->at.layer[l].bias[0] + j] += k->dgates[(size_t)t * 3 * d + d + j];
            g[k->at.layer[l].bias[1] + j] += k->dgates[(size_t)t * 3 * d + 2 * d + j];
        }
    /* the state's room is free by now and takes the gradient of the dropped input */
    multiply_back(k, room->dropped, d, k->dgates, k->at.layer[l].w, UINT64_MAX, room->state, d, false, k->rows, d, 3 * d);
    undrop_rows(k, k->dx[l], room->state, k->masks[l]);
}

/* ------------------------------------------------------------------- heads */

static void
add_bias(float *y, const float *bias, size_t rows, size_t columns)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            y[i * columns + j] += bias[j];
}

/* Softmax of scores [n] in place; gives the loss of `gold`. */
HOT static float
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

static uint32_t
best(const float *scores, uint32_t n)
{
    uint32_t b = 0;
    for (uint32_t i = 1; i < n; i++)
        if (scores[i] > scores[b])
            b = i;
    return b;
}

static void
run_heads(ch_learner *k)
{
    const ch_network_shape *s = &k->shape;
    uint32_t d = s->dim, nh = 2 * s->arc + 2 * s->lab, ntag = ch_network_ntag(s);
    const float *w = k->using;
    drop_rows(k, k->tag_in, k->x[s->layers - 1], k->masks[s->layers]);
    multiply(k, k->tags, k->tag_in, d, w + k->at.tags, k->rows, d, ntag, false);
    add_bias(k->tags, w + k->at.tags_bias, k->rows, ntag);
    drop_rows(k, k->hidden_in, k->x[s->layers], k->masks[s->layers + 1]);
    multiply(k, k->hidden, k->hidden_in, d, w + k->at.hidden, k->rows, d, nh, false);
    add_bias(k->hidden, w + k->at.hidden_bias, k->rows, nh);
    if (k->learning)
        draw_mask(k, k->hidden_mask, (size_t)k->rows * nh, k->how.drop);
    /* arcs are bent here, labels when dependent and head have met */
    for (uint32_t t = 0; t < k->rows; t++)
        for (uint32_t j = 0; j < 2 * s->arc; j++) {
            float *h = &k->hidden[(size_t)t * nh + j];
            *h = ch_leaky(*h) * (k->learning ? k->hidden_mask[(size_t)t * nh + j] : 1);
        }
    multiply(k, k->query, k->hidden, nh, w + k->at.arcs, k->rows, s->arc, s->arc, false);
    add_bias(k->query, w + k->at.arcs_bias, k->rows, s->arc);
}

/* Scores of all heads of a sentence's words, [n + 1][n + 1], row the dependent. */
static void
score_arcs(ch_learner *k, uint32_t s)
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
    const float *heads = turn(k, k->hidden + (size_t)k->offset[s] * nh + shape->arc, nh, n, shape->arc);
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
    score_arcs(k, s);
    if (k->no_memory)
        return 0;
    memset(k->scores, 0, n * sizeof *k->scores);
    for (uint32_t i = 1; i < n; i++) {
        float *p = k->scores + i * n;
        loss += softmax(p, n, lesson->head[i - 1]);
        differ(p, p, lesson->soft != NULL ? lesson->soft + (size_t)(i - 1) * n : NULL, n, lesson->head[i - 1], k->how.trust,
               share);
    }
    k->no_memory |= !ch_multiply(&k->product, k->dquery + at * shape->arc, shape->arc, k->scores, n,
                                 k->hidden + at * nh + shape->arc, nh, n, n, shape->arc, false);
    const float *turned = turn(k, k->scores, n, n, n);
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

static float *
soft_tags(const ch_network_shape *shape, const ch_lesson *lesson, uint32_t i)
{
    size_t heads = (size_t)lesson->n * (lesson->n + 1);
    return lesson->soft != NULL ? lesson->soft + heads + (size_t)i * (shape->nxpos + CH_UPOS_COUNT) : NULL;
}

static float *
soft_labels(const ch_network_shape *shape, const ch_lesson *lesson, uint32_t i)
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
    multiply(k, k->labels, k->label_in, lab, w + k->at.labels, k->rows, lab, nl, false);
    add_bias(k->labels, w + k->at.labels_bias, k->rows, nl);
    memset(k->dlabels, 0, (size_t)k->rows * nl * sizeof(float));
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t i = 1; i <= k->lessons[s]->n; i++) {
            float *p = k->labels + ((size_t)k->offset[s] + i) * nl, *d = k->dlabels + ((size_t)k->offset[s] + i) * nl;
            uint32_t gold = k->lessons[s]->label[i - 1];
            const float *soft = soft_labels(shape, k->lessons[s], i - 1);
            loss += softmax(p, shape->nlabel, gold);
            differ(d, p, soft, shape->nlabel, gold, k->how.trust, share);
        }
    multiply_back(k, k->label_in, lab, k->dlabels, k->at.labels, k->at.labels_bias, k->dlabel_in, lab, false, k->rows, lab, nl);
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
            const float *soft = soft_tags(&k->shape, k->lessons[s], i - 1);
            loss += softmax(k->tags + at, nxpos, xpos);
            loss += softmax(k->tags + at + nxpos, CH_UPOS_COUNT, upos);
            differ(k->dtags + at, k->tags + at, soft, nxpos, xpos, k->how.trust, share);
            differ(k->dtags + at + nxpos, k->tags + at + nxpos, soft != NULL ? soft + nxpos : NULL, CH_UPOS_COUNT, upos,
                   k->how.trust, share);
        }
    return loss;
}

/* ----------------------------------------------------------------- batches */

static bool
set_batch(ch_learner *k, const ch_lesson *const *lessons, uint32_t count)
{
    if (count > k->lesson_room) {
        free(k->lessons);
        free(k->offset);
        k->lesson_room = count * 2;
        k->lessons = malloc(k->lesson_room * sizeof *k->lessons);
        k->offset = malloc(((size_t)k->lesson_room + 1) * sizeof *k->offset);
        if (k->lessons == NULL || k->offset == NULL) {
            k->lesson_room = 0;
            k->no_memory = true;
            return false;
        }
    }
    k->nlesson = count;
    k->offset[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        k->lessons[i] = lessons[i];
        k->offset[i + 1] = k->offset[i] + lessons[i]->n + 1;
    }
    k->rows = k->offset[count];
    return make_room(k, k->rows);
}

static void
run(ch_learner *k)
{
    embed(k);
    for (uint32_t l = 0; l < k->shape.layers; l++)
        run_layer(k, l);
    run_heads(k);
}

static double
learn(ch_learner *k)
{
    const ch_network_shape *s = &k->shape;
    uint32_t d = s->dim, nh = 2 * s->arc + 2 * s->lab, words = k->rows - k->nlesson;
    float share = 1.0f / (float)words;
    double loss = 0;
    run(k);
    memset(k->dhidden, 0, (size_t)k->rows * nh * sizeof(float));
    memset(k->dquery, 0, (size_t)k->rows * s->arc * sizeof(float));
    for (uint32_t i = 0; i < k->nlesson; i++)
        loss += learn_arcs(k, i, share);
    multiply_back(k, k->hidden, nh, k->dquery, k->at.arcs, k->at.arcs_bias, k->dhidden, nh, true, k->rows, s->arc, s->arc);
    for (uint32_t t = 0; t < k->rows; t++)
        for (uint32_t j = 0; j < 2 * s->arc; j++) {
            size_t at = (size_t)t * nh + j;
            k->dhidden[at] *= k->hidden_mask[at] * (k->hidden[at] > 0 ? 1 : CH_LEAK);
        }
    loss += learn_labels(k, share);
    for (uint32_t l = 0; l <= s->layers; l++)
        memset(k->dx[l], 0, (size_t)k->rows * d * sizeof(float));
    /* the layers' gates are free as scratch until they run back */
    multiply_back(k, k->hidden_in, d, k->dhidden, k->at.hidden, k->at.hidden_bias, k->dgates, d, false, k->rows, d, nh);
    undrop_rows(k, k->dx[s->layers], k->dgates, k->masks[s->layers + 1]);
    loss += learn_tags(k, share);
    multiply_back(k, k->tag_in, d, k->dtags, k->at.tags, k->at.tags_bias, k->dgates, d, false, k->rows, d, ch_network_ntag(s));
    undrop_rows(k, k->dx[s->layers - 1], k->dgates, k->masks[s->layers]);
    for (uint32_t l = s->layers; l-- > 0;)
        run_layer_back(k, l);
    embed_back(k);
    return loss;
}

/* ------------------------------------------------------------------- Adam */

HOT static void
adam(float *restrict w, float *restrict g, float *restrict m1, float *restrict m2, uint64_t count, float rate, float scale,
     float fix1, float fix2)
{
    for (uint64_t i = 0; i < count; i++) {
        float x = g[i] * scale;
        m1[i] = BETA1 * m1[i] + (1 - BETA1) * x;
        m2[i] = BETA2 * m2[i] + (1 - BETA2) * x * x;
        w[i] -= rate * (m1[i] * fix1) / (sqrtf(m2[i] * fix2) + EPSILON);
        g[i] = 0;
    }
}

HOT static double
square_sum(const float *g, uint64_t count)
{
    float part[16] = {0};
    uint64_t i = 0;
    for (; i + 16 <= count; i += 16)
        for (uint32_t j = 0; j < 16; j++)
            part[j] += g[i + j] * g[i + j];
    double sum = 0;
    for (; i < count; i++)
        sum += (double)g[i] * g[i];
    for (uint32_t j = 0; j < 16; j++)
        sum += part[j];
    return sum;
}

HOT static void
follow(float *restrict mean, const float *restrict w, uint64_t count, float decay)
{
    for (uint64_t i = 0; i < count; i++)
        mean[i] += (1 - decay) * (w[i] - mean[i]);
}

static uint64_t
embedding_at(const ch_learner *k, uint32_t embedding)
{
    uint32_t half = k->shape.dim / 2;
    return embedding <= k->shape.nword ? k->at.words + (uint64_t)embedding * half
                                       : k->at.spellings + (uint64_t)(embedding - k->shape.nword - 1) * half;
}

static void
step(ch_learner *k)
{
    uint32_t half = k->shape.dim / 2;
    double length = square_sum(k->gradient, k->at.dense);
    for (uint32_t i = 0; i < k->ntouched; i++)
        length += square_sum(k->gradient + embedding_at(k, k->touched_list[i]), half);
    length = sqrt(length);
    float scale = length > CLIP ? (float)(CLIP / length) : 1;
    k->step++;
    float fix1 = 1 / (1 - powf(BETA1, (float)k->step)), fix2 = 1 / (1 - powf(BETA2, (float)k->step));
    float along = (float)k->step / (float)k->steps;
    float rate = k->how.rate * (k->step < WARM_UP ? (float)k->step / WARM_UP : 1) * (along < 1 ? 1.01f - along : 0.01f);
    adam(k->weight, k->gradient, k->moment1, k->moment2, k->at.dense, rate, scale, fix1, fix2);
    for (uint32_t i = 0; i < k->ntouched; i++) {
        uint64_t at = embedding_at(k, k->touched_list[i]);
        adam(k->weight + at, k->gradient + at, k->moment1 + at, k->moment2 + at, half, rate, scale, fix1, fix2);
        k->touched[k->touched_list[i]] = 0;
    }
    k->ntouched = 0;
    float decay = k->step < 1000 ? 0.9f : MEAN_DECAY;
    follow(k->mean, k->weight, k->at.dense, decay);
    enum { SELDOM = 8 }; /* the embeddings are many and change slowly */
    if (k->step % SELDOM == 0)
        follow(k->mean + k->at.dense, k->weight + k->at.dense, k->at.total - k->at.dense, powf(decay, SELDOM));
}

static int
by_length(const void *a, const void *b)
{
    uint32_t x = (*(const ch_lesson *const *)a)->n, y = (*(const ch_lesson *const *)b)->n;
    return (x > y) - (x < y);
}

ch_status
ch_learner_epoch(ch_learner *k, const ch_lesson *lessons, uint32_t count, double *loss, ch_error *err)
{
    const ch_lesson **order = malloc((size_t)count * sizeof *order);
    if (order == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train");
    uint64_t words = 0, steps = 0, in_batch = 0;
    for (uint32_t i = 0; i < count; i++) {
        order[i] = &lessons[i];
        words += lessons[i].n;
    }
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = (uint32_t)(next_random(k) % i);
        const ch_lesson *other = order[i - 1];
        order[i - 1] = order[j];
        order[j] = other;
    }
    for (uint32_t i = 0; i < count; i++) {
        in_batch += order[i]->n;
        if (in_batch >= k->how.batch || i + 1 == count) {
            steps++;
            in_batch = 0;
        }
    }
    k->steps = steps * k->how.epochs;
    k->using = k->weight;
    k->learning = true;
    *loss = 0;
    uint32_t first = 0;
    for (uint32_t i = 0; i < count && !k->no_memory; i++) {
        in_batch += order[i]->n;
        if (in_batch < k->how.batch && i + 1 < count)
            continue;
        qsort(order + first, i + 1 - first, sizeof *order, by_length);
        if (set_batch(k, order + first, i + 1 - first)) {
            *loss += learn(k);
            step(k);
        }
        first = i + 1;
        in_batch = 0;
    }
    *loss /= (double)words;
    k->epoch++;
    free(order);
    return k->no_memory ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train") : CH_OK;
}

/* Scores of the labels of one sentence under the heads given, or the best ones (NULL). */
static void
label_words(ch_learner *k, const uint16_t *head)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t n = k->lessons[0]->n, nl = ch_pad(shape->nlabel);
    memset(k->label_in, 0, (size_t)k->rows * shape->lab * sizeof(float));
    for (uint32_t w = 1; w <= n; w++)
        meet(k, 0, w, head != NULL ? head[w - 1] : best(k->scores + w * (n + 1), n + 1));
    multiply(k, k->labels, k->label_in, shape->lab, k->using + k->at.labels, k->rows, shape->lab, nl, false);
    add_bias(k->labels, k->using + k->at.labels_bias, k->rows, nl);
}

ch_status
ch_learner_marks(ch_learner *k, const ch_lesson *lessons, uint32_t count, ch_marks *marks, ch_error *err)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t ntag = ch_network_ntag(shape), nl = ch_pad(shape->nlabel);
    *marks = (ch_marks){0};
    k->using = k->mean;
    k->learning = false;
    for (uint32_t i = 0; i < count && !k->no_memory; i++) {
        const ch_lesson *lesson = &lessons[i];
        if (!set_batch(k, &lesson, 1))
            break;
        run(k);
        score_arcs(k, 0);
        if (k->no_memory)
            break;
        label_words(k, NULL);
        for (uint32_t w = 1; w <= lesson->n; w++) {
            bool head = best(k->scores + w * (lesson->n + 1), lesson->n + 1) == lesson->head[w - 1];
            marks->count++;
            marks->head += head;
            marks->labelled += head && best(k->labels + w * nl, shape->nlabel) == lesson->label[w - 1];
            marks->xpos += best(k->tags + w * ntag, shape->nxpos) == lesson->xpos[w - 1];
            marks->upos += best(k->tags + w * ntag + shape->nxpos, CH_UPOS_COUNT) == lesson->upos[w - 1];
        }
    }
    return k->no_memory ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train") : CH_OK;
}

static void
add_opinion(float *sum, const float *p, uint32_t n, float share)
{
    for (uint32_t i = 0; i < n; i++)
        sum[i] += p[i] * share;
}

ch_status
ch_learner_advise(ch_learner *k, ch_lesson *lessons, uint32_t count, float share, ch_error *err)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t ntag = ch_network_ntag(shape), nl = ch_pad(shape->nlabel);
    k->using = k->mean;
    k->learning = false;
    for (uint32_t i = 0; i < count && !k->no_memory; i++) {
        const ch_lesson *lesson = &lessons[i];
        uint32_t n = lesson->n;
        if (lesson->soft == NULL || !set_batch(k, &lesson, 1))
            continue;
        run(k);
        score_arcs(k, 0);
        if (k->no_memory)
            break;
        label_words(k, lesson->head);
        for (uint32_t w = 1; w <= n; w++) {
            float *heads = k->scores + (size_t)w * (n + 1), *tags = k->tags + (size_t)w * ntag,
                  *labels = k->labels + (size_t)w * nl;
            softmax(heads, n + 1, 0);
            softmax(tags, shape->nxpos, 0);
            softmax(tags + shape->nxpos, CH_UPOS_COUNT, 0);
            softmax(labels, shape->nlabel, 0);
            add_opinion(lesson->soft + (size_t)(w - 1) * (n + 1), heads, n + 1, share);
            add_opinion(soft_tags(shape, lesson, w - 1), tags, shape->nxpos + CH_UPOS_COUNT, share);
            add_opinion(soft_labels(shape, lesson, w - 1), labels, shape->nlabel, share);
        }
    }
    return k->no_memory ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train") : CH_OK;
}

const float *
ch_learner_weights(const ch_learner *k)
{
    return k->mean;
}

uint32_t
ch_learner_epochs_done(const ch_learner *k)
{
    return k->epoch;
}

/* ------------------------------------------------------------- to go on from */

static bool
move(FILE *f, bool save, void *at, size_t size)
{
    return (save ? fwrite(at, 1, size, f) : fread(at, 1, size, f)) == size;
}

static bool
move_all(FILE *f, bool save, ch_learner *k)
{
    size_t size = k->at.total * sizeof(float);
    ch_network_shape shape = k->shape;
    return move(f, save, &shape, sizeof shape) && memcmp(&shape, &k->shape, sizeof shape) == 0 &&
           move(f, save, &k->random, sizeof k->random) && move(f, save, &k->epoch, sizeof k->epoch) &&
           move(f, save, &k->step, sizeof k->step) && move(f, save, k->weight, size) && move(f, save, k->mean, size) &&
           move(f, save, k->moment1, size) && move(f, save, k->moment2, size);
}

ch_status
ch_learner_save(const ch_learner *k, const char *path, ch_error *err)
{
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside)
        return ch_fail(err, CH_E_ARGUMENT, path, 0, "the path is too long");
    FILE *f = fopen(beside, "wb");
    /* nothing of the learner changes when it is saved */
    bool ok = f != NULL && move_all(f, true, (ch_learner *)(uintptr_t)k);
    if (f != NULL)
        ok = fclose(f) == 0 && ok;
    if (!ok || rename(beside, path) != 0) {
        ch_status status = ch_fail(err, CH_E_IO, path, 0, "cannot be written: %s", strerror(errno));
        if (err != NULL)
            err->os = errno;
        return status;
    }
    return CH_OK;
}

ch_status
ch_learner_load(ch_learner *k, const char *path, ch_error *err)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return ch_fail(err, CH_E_IO, path, 0, "cannot be opened: %s", strerror(errno));
    bool ok = move_all(f, false, k);
    fclose(f);
    return ok ? CH_OK : ch_fail(err, CH_E_FORMAT, path, 0, "is no state of a training with these sizes");
}
