/* syntax/train/learner.h: a network that learns, as the files that make it up see
 * it: learner.c (weights, memory, products), layers.c (embeddings and layers),
 * heads.c (tags, heads, labels), adam.c (the step) and network_train.c (batches). */
#ifndef CHANCERY_SYNTAX_TRAIN_LEARNER_H
#define CHANCERY_SYNTAX_TRAIN_LEARNER_H

#include "syntax/train/matrix.h"
#include "syntax/train/network_train.h"

/* Vectors of the widest kind the machine has; the results of a training run
 * therefore hold for one kind of machine, those of reading for all. */
#if defined(__x86_64__)
#define CH_HOT __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define CH_HOT
#endif

/* Activations of one layer over the T rows of a batch. */
typedef struct {
    float *dropped; /* [T][dim] what the product sees */
    float *gates;   /* [T][3 dim] candidate, forget, output */
    float *state;   /* [T][dim] */
} ch_layer_room;

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
    ch_layer_room layer[CH_NETWORK_LAYERS_MAX];
    float *x[CH_NETWORK_LAYERS_MAX + 1];  /* [T][dim] input of each layer, output of the last */
    float *dx[CH_NETWORK_LAYERS_MAX + 1]; /* their gradients */
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

/* ---------------------------------------------------------------- learner.c */

uint64_t ch_learner_random(ch_learner *k);
float ch_learner_chance(ch_learner *k); /* in [0, 1) */

/* Dropout factors: nought, or what makes up for the noughts. */
void ch_learner_mask(ch_learner *k, float *mask, size_t count, float drop);

/* Arrays for `rows` rows; no more sentences than rows. False without memory, as
 * is told by k->no_memory of all that follow. */
bool ch_learner_room(ch_learner *k, uint32_t rows);

/* c [m][n] = a [m][inner] b [inner][n], or c += when `add`. */
void ch_learner_multiply(ch_learner *k, float *c, const float *a, size_t lda, const float *b, size_t m, size_t inner,
                         size_t n, bool add);

/* The transpose of a [m][n], until the next call; NULL without memory. */
const float *ch_learner_turn(ch_learner *k, const float *a, size_t lda, size_t m, size_t n);

/* Gradients of y [m][n] = x [m][inner] w [inner][n] + bias: dw and dbias (none:
 * UINT64_MAX) grow, dx (may be NULL) is set or grows. */
void ch_learner_multiply_back(ch_learner *k, const float *x, size_t ldx, const float *dy, uint64_t w, uint64_t bias,
                              float *dx, size_t lddx, bool add, size_t m, size_t inner, size_t n);

/* ----------------------------------------------------------------- layers.c */

/* out = x with each sentence's mask, or x itself when not learning. */
void ch_learner_drop(ch_learner *k, float *out, const float *x, float *mask);

/* dx += dy under the masks. */
void ch_learner_undrop(ch_learner *k, float *dx, const float *dy, const float *mask);

void ch_learner_embed(ch_learner *k); /* the lessons' words into x[0] */
void ch_learner_embed_back(ch_learner *k);
void ch_learner_layer(ch_learner *k, uint32_t l); /* x[l] into x[l + 1] */
void ch_learner_layer_back(ch_learner *k, uint32_t l);

/* ------------------------------------------------------------------ heads.c */

/* Tags, and what arcs and labels are scored from. */
void ch_learner_heads(ch_learner *k);

/* The batch's loss; its gradients as far as the layers' outputs. */
double ch_learner_heads_back(ch_learner *k);

/* Scores of all heads of a sentence's words, [n + 1][n + 1], row the dependent. */
void ch_learner_score_arcs(ch_learner *k, uint32_t s);

/* Scores of the labels of the first sentence under the heads given, or under the
 * best ones (NULL). */
void ch_learner_label(ch_learner *k, const uint16_t *head);

/* Where the lesson's `soft` has word i; NULL where it has none. */
float *ch_soft_tags(const ch_network_shape *shape, const ch_lesson *lesson, uint32_t i);
float *ch_soft_labels(const ch_network_shape *shape, const ch_lesson *lesson, uint32_t i);

/* Softmax of scores [n] in place; gives the loss of `gold`. */
float ch_softmax(float *scores, uint32_t n, uint32_t gold);

/* The index of the highest of n scores. */
uint32_t ch_best(const float *scores, uint32_t n);

/* ------------------------------------------------------------------- adam.c */

/* Moves the weights along the gradient and clears it. */
void ch_learner_step(ch_learner *k);

#endif
