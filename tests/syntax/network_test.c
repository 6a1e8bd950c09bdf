/* The loops of the network give the same bits on every kind of machine, and the
 * tree is the best there is. */
#include "syntax/activation.h"
#include "syntax/kernel.h"
#include "syntax/spelling.h"
#include "syntax/tree.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t seed = 1;

static uint32_t
draw(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

static float
draw_float(float width)
{
    return ((float)draw(2000001) / 1000000.0f - 1.0f) * width;
}

/* ------------------------------------------------------------------ kernels */

enum { ROWS = 19, K = 96, N = 80, DIM = 128 };

static void
multiply__is_the_same_on_every_machine_and_right(void **state)
{
    (void)state;
    static uint8_t a[ROWS * K];
    static int8_t w[K * N];
    static int32_t sums[N], first[ROWS * N], got[ROWS * N];
    for (uint32_t rows = 1; rows <= ROWS; rows++) {
        for (size_t i = 0; i < sizeof a; i++)
            a[i] = (uint8_t)(1 + draw(255));
        memset(sums, 0, sizeof sums);
        for (uint32_t n = 0; n < N; n++)
            for (uint32_t k = 0; k < K; k++) {
                int8_t value = (int8_t)((int)draw(255) - 127);
                w[n / CH_LANES * CH_LANES * K + k / CH_DEPTH * CH_LANES * CH_DEPTH + n % CH_LANES * CH_DEPTH + k % CH_DEPTH] = value;
                sums[n] += value;
            }
        ch_packed b = {.at = w, .sums = sums, .k = K, .n = N};
        ch_kernels_at(0)->multiply(first, a, &b, rows);
        int32_t one = 0;
        for (uint32_t k = 0; k < K; k++)
            one += ((int32_t)a[(rows - 1) * K + k] - 128) * w[2 * CH_LANES * K + k / CH_DEPTH * CH_LANES * CH_DEPTH + CH_DEPTH + k % CH_DEPTH];
        assert_int_equal(first[(rows - 1) * N + 2 * CH_LANES + 1], one);
        for (unsigned i = 1; ch_kernels_at(i) != NULL; i++) {
            memset(got, 0xAA, sizeof got);
            ch_kernels_at(i)->multiply(got, a, &b, rows);
            assert_memory_equal(got, first, rows * N * sizeof *got);
        }
    }
}

static void
scan__is_the_same_on_every_machine(void **state)
{
    (void)state;
    static float x[ROWS * DIM], scale[3 * DIM], vectors[4][DIM], row_scale[ROWS], first[ROWS * DIM], got[ROWS * DIM];
    static int32_t gates[ROWS * 3 * DIM];
    for (uint32_t i = 0; i < ROWS * DIM; i++)
        x[i] = draw_float(3);
    for (uint32_t i = 0; i < 3 * DIM; i++)
        scale[i] = 0.001f + 0.0001f * (float)draw(100);
    for (uint32_t i = 0; i < ROWS; i++)
        row_scale[i] = 0.01f + 0.001f * (float)draw(10);
    for (uint32_t v = 0; v < 4; v++)
        for (uint32_t i = 0; i < DIM; i++)
            vectors[v][i] = draw_float(1);
    for (uint32_t i = 0; i < ROWS * 3 * DIM; i++)
        gates[i] = (int32_t)draw(400000) - 200000;
    ch_unit_weights w = {scale, vectors[0], vectors[1], vectors[2], vectors[3]};
    ch_kernels_at(0)->scan(first, x, gates, row_scale, &w, ROWS, DIM);
    for (unsigned i = 1; ch_kernels_at(i) != NULL; i++) {
        ch_kernels_at(i)->scan(got, x, gates, row_scale, &w, ROWS, DIM);
        assert_memory_equal(got, first, sizeof got);
    }
}

static void
quantise__is_the_same_on_every_machine_and_within_half_a_step(void **state)
{
    (void)state;
    static float x[ROWS * DIM], first_scale[ROWS], scale[ROWS];
    static uint8_t first[ROWS * DIM], got[ROWS * DIM];
    for (uint32_t i = 0; i < ROWS * DIM; i++)
        x[i] = draw_float((float)(1 + i / DIM));
    memset(x, 0, DIM * sizeof *x);
    x[DIM] = NAN;
    x[2 * DIM] = INFINITY;
    ch_kernels_at(0)->quantise(first, first_scale, x, DIM, ROWS, DIM);
    for (uint32_t i = 3 * DIM; i < ROWS * DIM; i++)
        assert_true(fabsf(x[i] - (float)(first[i] - 128) * first_scale[i / DIM]) <= 0.5001f * first_scale[i / DIM]);
    for (uint32_t i = 0; i < 3 * DIM; i++)
        assert_int_equal(first[i], 128);
    for (unsigned i = 1; ch_kernels_at(i) != NULL; i++) {
        ch_kernels_at(i)->quantise(got, scale, x, DIM, ROWS, DIM);
        assert_memory_equal(got, first, sizeof got);
        assert_memory_equal(scale, first_scale, sizeof scale);
    }
}

static void
curves__follow_the_true_ones(void **state)
{
    (void)state;
    for (float x = -12; x < 12; x += 0.01f) {
        assert_true(fabsf(ch_tanh(x) - tanhf(x)) < 3e-4f);
        assert_true(fabsf(ch_sigmoid(x) - 1 / (1 + expf(-x))) < 3e-4f);
    }
}

/* --------------------------------------------------------------------- trees */

enum { SMALL = 5 };

static bool
is_tree(const uint16_t *head, uint32_t n)
{
    uint32_t roots = 0;
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t at = i, steps = 0;
        while (at != 0 && steps++ <= n)
            at = head[at];
        if (at != 0)
            return false;
        roots += head[i] == 0;
    }
    return roots == 1;
}

static float
worth(const float *scores, const uint16_t *head, uint32_t n)
{
    float sum = 0;
    for (uint32_t i = 1; i <= n; i++)
        sum += scores[i * (n + 1) + head[i]];
    return sum;
}

static void
best_tree__is_the_best_of_all_trees(void **state)
{
    (void)state;
    ch_tree_room *room = malloc(sizeof *room);
    assert_non_null(room);
    for (uint32_t trial = 0; trial < 2000; trial++) {
        uint32_t n = 1 + draw(SMALL), all = 1;
        float scores[(SMALL + 1) * (SMALL + 1)], most = -1e9f;
        uint16_t head[SMALL + 1] = {0}, found[CH_TREE_MAX];
        for (uint32_t i = 0; i < (n + 1) * (n + 1); i++)
            scores[i] = (float)draw(100);
        for (uint32_t i = 0; i < n; i++)
            all *= n + 1;
        for (uint32_t code = 0; code < all; code++) {
            uint32_t rest = code;
            for (uint32_t i = 1; i <= n; i++, rest /= n + 1)
                head[i] = (uint16_t)(rest % (n + 1));
            if (is_tree(head, n) && worth(scores, head, n) > most)
                most = worth(scores, head, n);
        }
        ch_best_tree(room, scores, n, found);
        assert_true(is_tree(found, n));
        assert_true(worth(scores, found, n) == most);
    }
    free(room);
}

static void
best_tree__is_a_tree_of_the_longest_sentence(void **state)
{
    (void)state;
    ch_tree_room *room = malloc(sizeof *room);
    float *scores = malloc(sizeof(float) * CH_TREE_MAX * CH_TREE_MAX);
    uint16_t head[CH_TREE_MAX];
    assert_non_null(room);
    assert_non_null(scores);
    for (uint32_t trial = 0; trial < 4; trial++) {
        for (uint32_t i = 0; i < CH_TREE_MAX * CH_TREE_MAX; i++)
            scores[i] = trial == 0 ? 0 : (float)draw(1000);
        ch_best_tree(room, scores, CH_SENTENCE_MAX, head);
        assert_true(is_tree(head, CH_SENTENCE_MAX));
    }
    free(scores);
    free(room);
}

/* ----------------------------------------------------------------- spellings */

static void
spelling_rows__stay_in_the_table_for_any_word(void **state)
{
    (void)state;
    uint32_t rows[CH_SPELLING_ROWS_MAX];
    char bytes[300];
    for (uint32_t trial = 0; trial < 2000; trial++) {
        size_t len = draw(sizeof bytes);
        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)draw(256);
        uint32_t n = ch_spelling_rows((ch_str){bytes, len}, 1024, rows);
        assert_true(n >= 1 && n <= CH_SPELLING_ROWS_MAX);
        for (uint32_t i = 0; i < n; i++)
            assert_true(rows[i] < 1024);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(multiply__is_the_same_on_every_machine_and_right),
        cmocka_unit_test(scan__is_the_same_on_every_machine),
        cmocka_unit_test(quantise__is_the_same_on_every_machine_and_within_half_a_step),
        cmocka_unit_test(curves__follow_the_true_ones),
        cmocka_unit_test(best_tree__is_the_best_of_all_trees),
        cmocka_unit_test(best_tree__is_a_tree_of_the_longest_sentence),
        cmocka_unit_test(spelling_rows__stay_in_the_table_for_any_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
