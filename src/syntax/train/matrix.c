#include "syntax/train/matrix.h"

#include <stdlib.h>
#include <string.h>

/* A block of the result, 8 rows by 32 columns, is held in registers. */
#define ROWS 8
#define LANES 16
#define COLUMNS (2 * LANES)

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));

/* Hot: c [ROWS][COLUMNS] from a's rows and a packed panel [k][COLUMNS]. */
static inline __attribute__((always_inline)) void
multiply_block_any(float *c, size_t ldc, const float *a, size_t lda, const float *panel, size_t k, bool add)
{
    lanes sum[ROWS][2];
#pragma GCC unroll 8
    for (int r = 0; r < ROWS; r++) {
        sum[r][0] = add ? *(const lanes *)(c + (size_t)r * ldc) : (lanes){0};
        sum[r][1] = add ? *(const lanes *)(c + (size_t)r * ldc + LANES) : (lanes){0};
    }
    for (size_t i = 0; i < k; i++) {
        lanes b0 = *(const lanes *)(panel + i * COLUMNS), b1 = *(const lanes *)(panel + i * COLUMNS + LANES);
#pragma GCC unroll 8
        for (int r = 0; r < ROWS; r++) {
            float x = a[(size_t)r * lda + i];
            sum[r][0] += x * b0;
            sum[r][1] += x * b1;
        }
    }
#pragma GCC unroll 8
    for (int r = 0; r < ROWS; r++) {
        *(lanes *)(c + (size_t)r * ldc) = sum[r][0];
        *(lanes *)(c + (size_t)r * ldc + LANES) = sum[r][1];
    }
}

#if defined(__x86_64__)
__attribute__((target("avx512f,fma"))) static void
multiply_block_avx512(float *c, size_t ldc, const float *a, size_t lda, const float *panel, size_t k, bool add)
{
    multiply_block_any(c, ldc, a, lda, panel, k, add);
}

__attribute__((target("avx2,fma"))) static void
multiply_block_avx2(float *c, size_t ldc, const float *a, size_t lda, const float *panel, size_t k, bool add)
{
    multiply_block_any(c, ldc, a, lda, panel, k, add);
}
#endif

static void
multiply_block(float *c, size_t ldc, const float *a, size_t lda, const float *panel, size_t k, bool add)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        multiply_block_avx512(c, ldc, a, lda, panel, k, add);
        return;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        multiply_block_avx2(c, ldc, a, lda, panel, k, add);
        return;
    }
#endif
    multiply_block_any(c, ldc, a, lda, panel, k, add);
}

/* The same for the edges: fewer rows or columns. */
static void
multiply_edge(float *c, size_t ldc, const float *a, size_t lda, const float *panel, size_t k, size_t rows, size_t columns,
              bool add)
{
    float whole[ROWS][COLUMNS] = {0}, some[ROWS * 512];
    if (rows < ROWS && k <= 512) {
        memset(some, 0, ROWS * k * sizeof *some);
        for (size_t r = 0; r < rows; r++)
            memcpy(some + r * k, a + r * lda, k * sizeof *some);
        multiply_block(whole[0], COLUMNS, some, k, panel, k, false);
    } else if (rows == ROWS)
        multiply_block(whole[0], COLUMNS, a, lda, panel, k, false);
    else
        for (size_t r = 0; r < rows; r++)
            for (size_t i = 0; i < k; i++)
                for (size_t j = 0; j < columns; j++)
                    whole[r][j] += a[r * lda + i] * panel[i * COLUMNS + j];
    for (size_t r = 0; r < rows; r++)
        for (size_t j = 0; j < columns; j++)
            c[r * ldc + j] = (add ? c[r * ldc + j] : 0) + whole[r][j];
}

bool
ch_multiply(ch_product_room *room, float *c, size_t ldc, const float *a, size_t lda, const float *b, size_t ldb, size_t m,
            size_t k, size_t n, bool add)
{
    if (room->room < k * COLUMNS) {
        free(room->panel);
        room->room = k * COLUMNS;
        room->panel = malloc(room->room * sizeof *room->panel);
        if (room->panel == NULL) {
            room->room = 0;
            return false;
        }
    }
    for (size_t j = 0; j < n; j += COLUMNS) {
        size_t columns = n - j < COLUMNS ? n - j : COLUMNS;
        for (size_t i = 0; i < k; i++) {
            memcpy(room->panel + i * COLUMNS, b + i * ldb + j, columns * sizeof *b);
            for (size_t h = columns; h < COLUMNS; h++)
                room->panel[i * COLUMNS + h] = 0;
        }
        for (size_t r = 0; r < m; r += ROWS) {
            size_t rows = m - r < ROWS ? m - r : ROWS;
            if (rows == ROWS && columns == COLUMNS)
                multiply_block(c + r * ldc + j, ldc, a + r * lda, lda, room->panel, k, add);
            else
                multiply_edge(c + r * ldc + j, ldc, a + r * lda, lda, room->panel, k, rows, columns, add);
        }
    }
    return true;
}

void
ch_transpose(float *out, const float *a, size_t lda, size_t m, size_t n)
{
    enum { BLOCK = 16 };
    for (size_t i0 = 0; i0 < m; i0 += BLOCK)
        for (size_t j0 = 0; j0 < n; j0 += BLOCK)
            for (size_t i = i0; i < m && i < i0 + BLOCK; i++)
                for (size_t j = j0; j < n && j < j0 + BLOCK; j++)
                    out[j * m + i] = a[i * lda + j];
}

void
ch_product_room_free(ch_product_room *room)
{
    free(room->panel);
    *room = (ch_product_room){0};
}
