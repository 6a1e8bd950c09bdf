/* syntax/train/perceptron.h: an averaged perceptron over hashed features, made
 * into a ch_classifier. Weights are whole numbers, so that training gives the
 * same bytes on every machine. */
#ifndef CHANCERY_SYNTAX_TRAIN_PERCEPTRON_H
#define CHANCERY_SYNTAX_TRAIN_PERCEPTRON_H

#include "syntax/classifier.h"

#include <stdbool.h>

typedef struct {
    int64_t total;  /* weight summed over the updates until `stamp` */
    uint32_t stamp;
    int32_t weight;
    uint32_t class;
} ch_cell;

typedef struct {
    ch_cell *cells; /* [count] */
    uint32_t count;
    uint32_t room;
} ch_row;

typedef struct {
    ch_row *rows; /* [mask + 1] */
    uint32_t mask;
    uint32_t nclass;
    uint32_t clock; /* examples seen */
    bool failed;    /* memory ran out; further updates do nothing */
} ch_perceptron;

/* `rows` is a power of two. False without memory. */
bool ch_perceptron_init(ch_perceptron *p, uint32_t rows, uint32_t nclass);
void ch_perceptron_free(ch_perceptron *p);

/* Adds the weights of `features` [count] to scores [nclass]. */
void ch_perceptron_score(const ch_perceptron *p, const uint32_t *features, uint32_t count, int32_t *scores);

/* Moves weight `by` to `class`. */
void ch_perceptron_move(ch_perceptron *p, const uint32_t *features, uint32_t count, uint32_t class, int32_t by);

/* The averaged weights in bytes: those that would be 0 are left out. *rows and
 * *entries are the caller's, to be freed with free(); false without memory. */
bool ch_perceptron_finish(const ch_perceptron *p, uint32_t **rows, ch_weight **entries);

#endif
