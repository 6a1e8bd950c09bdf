/* syntax/kernel.h: the loops in which reading spends its time, once in plain C
 * and once for each kind of vector machine. All give the same bits: products are
 * sums of whole numbers, and what is floating point is done element by element,
 * never summed. */
#ifndef CHANCERY_SYNTAX_KERNEL_H
#define CHANCERY_SYNTAX_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Columns of a packed matrix that lie together, and rows within them. */
#define CH_LANES 16
#define CH_DEPTH 4

/* Longest row that is multiplied. */
#define CH_KERNEL_K_MAX 1024

/* A matrix [k][n] of bytes, k a multiple of CH_DEPTH, n of CH_LANES, laid out
 * [n / CH_LANES][k / CH_DEPTH][CH_LANES][CH_DEPTH]. */
typedef struct {
    const int8_t *at;
    const int32_t *sums; /* [n] of its columns */
    uint32_t k;
    uint32_t n;
} ch_packed;

/* Weights of one layer of recurrent units; dim each, three times dim for `scale`. */
typedef struct {
    const float *scale; /* of the columns of the product: candidate, forget, output */
    const float *state_forget;
    const float *state_output;
    const float *bias_forget;
    const float *bias_output;
} ch_unit_weights;

typedef struct {
    const char *name;

    /* out [m][b->n] = a [m][b->k] b, where a's bytes are 128 more than they stand for. */
    void (*multiply)(int32_t *out, const uint8_t *a, const ch_packed *b, uint32_t m);

    /* Rows x [m][k], `distance` floats apart, as bytes: out = 128 + round(x / scale),
     * where the largest of the row becomes 127; scale [m]. */
    void (*quantise)(uint8_t *out, float *scale, const float *x, size_t distance, uint32_t m, uint32_t k);

    /* One layer over n rows: out [n][dim] from its input x and the products gates
     * [n][3 dim] of x's bytes, whose rows have row_scale [n]. The first half of the
     * columns runs forwards, the second backwards. */
    void (*scan)(float *out, const float *x, const int32_t *gates, const float *row_scale, const ch_unit_weights *w, uint32_t n,
                 uint32_t dim);

    /* y [n] = product * (row_scale * scale [n]) + bias [n]. */
    void (*unscale)(float *y, const int32_t *product, float row_scale, const float *scale, const float *bias, uint32_t n);

    /* y [n] = leaky(a + b); y may be a. */
    void (*meet)(float *y, const float *a, const float *b, uint32_t n);

    /* sum [n] += x [n] * scale. */
    void (*add)(float *sum, const int8_t *x, float scale, uint32_t n);
} ch_kernels;

/* The fastest that this machine runs. */
const ch_kernels *ch_kernels_best(void);

/* All that this machine runs, the plain one first; `index` from 0, NULL behind the last. */
const ch_kernels *ch_kernels_at(unsigned index);

#endif
