/* syntax/train/matrix.h: products of row-major float matrices, for the trainer.
 * A library would bring its threads and start-up time into the program that
 * only reads, so the one product that training needs is here. */
#ifndef CHANCERY_SYNTAX_TRAIN_MATRIX_H
#define CHANCERY_SYNTAX_TRAIN_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

/* Room for packed panels; one a thread. */
typedef struct {
    float *panel;
    size_t room;
} ch_product_room;

/* c [m][n] = a [m][k] b [k][n], or c += when `add`. Distances between rows are
 * lda, ldb and ldc floats. False without memory. */
bool ch_multiply(ch_product_room *room, float *c, size_t ldc, const float *a, size_t lda, const float *b, size_t ldb,
                 size_t m, size_t k, size_t n, bool add);

/* out [n][m] = the transpose of a [m][n]. */
void ch_transpose(float *out, const float *a, size_t lda, size_t m, size_t n);

void ch_product_room_free(ch_product_room *room);

#endif
