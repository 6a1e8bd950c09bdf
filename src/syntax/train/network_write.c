/* From the learner's floats to the bytes of the model file. */
#include "syntax/train/network_write.h"

#include <math.h>
#include <string.h>

/* Where the next matrix and vector go. */
typedef struct {
    int8_t *matrix;
    int32_t *sum;
    float *vector;
} laying;

static void
put(laying *l, const float *from, uint32_t count)
{
    memcpy(l->vector, from, count * sizeof *from);
    l->vector += count;
}

/* Bytes of w [k][n] with a scale for each column, which are put among the vectors. */
static void
put_matrix(laying *l, const float *w, uint32_t k, uint32_t n)
{
    for (uint32_t j = 0; j < n; j++) {
        float most = 0;
        int32_t sum = 0;
        for (uint32_t i = 0; i < k; i++)
            most = fmaxf(most, fabsf(w[(size_t)i * n + j]));
        float scale = most > 0 ? most / 127 : 1;
        for (uint32_t i = 0; i < k; i++) {
            int8_t byte = (int8_t)lrintf(w[(size_t)i * n + j] / scale);
            size_t at = (size_t)(j / CH_LANES) * CH_LANES * k + (size_t)(i / CH_DEPTH) * CH_LANES * CH_DEPTH +
                        j % CH_LANES * CH_DEPTH + i % CH_DEPTH;
            l->matrix[at] = byte;
            sum += byte;
        }
        l->sum[j] = sum;
        l->vector[j] = scale;
    }
    l->matrix += (size_t)k * n;
    l->sum += n;
    l->vector += n;
}

/* Bytes of the embeddings w [count][width], each with a scale of its own. */
static void
put_embeddings(laying *l, int8_t *out, const float *w, uint32_t count, uint32_t width)
{
    for (uint32_t r = 0; r < count; r++, w += width, out += width) {
        float most = 0;
        for (uint32_t i = 0; i < width; i++)
            most = fmaxf(most, fabsf(w[i]));
        float scale = most > 0 ? most / 127 : 1;
        for (uint32_t i = 0; i < width; i++)
            out[i] = (int8_t)lrintf(w[i] / scale);
        *l->vector++ = scale;
    }
}

static ch_network_word *
lay_table(ch_training *t, const ch_map *words, uint32_t *size)
{
    *size = 1024;
    while (*size < words->count * 2)
        *size *= 2;
    ch_network_word *table = ch_arena_array(&t->arena, *size, sizeof *table);
    for (uint32_t i = 0; table != NULL && i < words->count; i++) {
        uint64_t key = ch_network_word_key(words->keys[i].at, words->keys[i].len);
        uint32_t at = (uint32_t)key & (*size - 1);
        while (table[at].key != 0)
            at = (at + 1) & (*size - 1);
        table[at] = (ch_network_word){.key = key, .word = words->values[i]};
    }
    return table;
}

bool
ch_network_write(ch_training *t, const ch_network_shape *s, const float *weights, const ch_map *words)
{
    ch_network_layout at = ch_network_layout_of(s);
    uint32_t d = s->dim, half = d / 2, ntag = ch_network_ntag(s), nh = 2 * s->arc + 2 * s->lab, nl = ch_pad(s->nlabel), size;
    uint64_t nmatrix = (uint64_t)s->layers * d * 3 * d + (uint64_t)d * ntag + (uint64_t)d * nh + (uint64_t)s->arc * s->arc +
                       (uint64_t)s->lab * nl;
    uint64_t nsum = (uint64_t)s->layers * 3 * d + ntag + nh + s->arc + nl;
    uint64_t nvector = d + (uint64_t)s->layers * 7 * d + 2 * (ntag + nh + s->arc + nl) + s->nword + 1 + s->nrow;
    ch_network_shape *shape = ch_arena_alloc(&t->arena, sizeof *shape);
    int8_t *matrices = ch_arena_alloc(&t->arena, nmatrix);
    int32_t *sums = ch_arena_array(&t->arena, nsum, sizeof *sums);
    float *vectors = ch_arena_array(&t->arena, nvector, sizeof *vectors);
    int8_t *own = ch_arena_array(&t->arena, s->nword + 1, half);
    int8_t *spellings = ch_arena_array(&t->arena, s->nrow, half);
    ch_network_word *table = lay_table(t, words, &size);
    if (shape == NULL || matrices == NULL || sums == NULL || vectors == NULL || own == NULL || spellings == NULL || table == NULL)
        return false;
    *shape = *s;
    laying l = {.matrix = matrices, .sum = sums, .vector = vectors};
    put(&l, weights + at.root, d);
    for (uint32_t i = 0; i < s->layers; i++) {
        put_matrix(&l, weights + at.layer[i].w, d, 3 * d);
        put(&l, weights + at.layer[i].state[0], d);
        put(&l, weights + at.layer[i].state[1], d);
        put(&l, weights + at.layer[i].bias[0], d);
        put(&l, weights + at.layer[i].bias[1], d);
    }
    const struct {
        uint64_t w, bias;
        uint32_t k, n;
    } planes[] = {
        {at.tags, at.tags_bias, d, ntag},
        {at.hidden, at.hidden_bias, d, nh},
        {at.arcs, at.arcs_bias, s->arc, s->arc},
        {at.labels, at.labels_bias, s->lab, nl},
    };
    for (size_t i = 0; i < sizeof planes / sizeof *planes; i++) {
        put_matrix(&l, weights + planes[i].w, planes[i].k, planes[i].n);
        put(&l, weights + planes[i].bias, planes[i].n);
    }
    put_embeddings(&l, own, weights + at.words, s->nword + 1, half);
    put_embeddings(&l, spellings, weights + at.spellings, s->nrow, half);
    ch_training_part(t, CH_NETWORK_SHAPE, sizeof *shape, shape, 1);
    ch_training_part(t, CH_NETWORK_WORDS, sizeof *table, table, size);
    ch_training_part(t, CH_NETWORK_WORD_ROWS, 1, own, (uint64_t)(s->nword + 1) * half);
    ch_training_part(t, CH_NETWORK_SPELLINGS, 1, spellings, (uint64_t)s->nrow * half);
    ch_training_part(t, CH_NETWORK_MATRICES, 1, matrices, nmatrix);
    ch_training_part(t, CH_NETWORK_SUMS, sizeof *sums, sums, nsum);
    ch_training_part(t, CH_NETWORK_VECTORS, sizeof *vectors, vectors, nvector);
    return !t->failed;
}
