/* syntax/train/network_train.h: learns the network of syntax/network.h from
 * treebanks: embeddings of words and spellings, layers of simple recurrent units
 * read from both sides (Lei et al. 2018, "Simple Recurrent Units for Highly
 * Parallelizable Recurrence"), tags by one linear layer, heads by a biaffine
 * product and labels by one hidden layer over head and dependent (after Dozat and
 * Manning 2017, "Deep Biaffine Attention for Neural Dependency Parsing"). Adam,
 * dropout, and the running mean of the weights is what is kept. */
#ifndef CHANCERY_SYNTAX_TRAIN_NETWORK_TRAIN_H
#define CHANCERY_SYNTAX_TRAIN_NETWORK_TRAIN_H

#include "base/status.h"
#include "syntax/network.h"

#include <stdbool.h>
#include <stdint.h>

/* Where each matrix begins in the float weights that the trainer gives. */
typedef struct {
    struct {
        uint64_t w;         /* [dim][3 dim]: candidate, forget, output */
        uint64_t state[2];  /* [dim] weights of the last state in forget and output */
        uint64_t bias[2];   /* [dim] */
    } layer[CH_NETWORK_LAYERS_MAX];
    uint64_t root;          /* [dim] */
    uint64_t tags, tags_bias;     /* [dim][ntag], [ntag] */
    uint64_t hidden, hidden_bias; /* [dim][2 arc + 2 lab]: arc dep, arc head, label dep, label head */
    uint64_t arcs, arcs_bias;     /* [arc][arc], [arc] */
    uint64_t labels, labels_bias; /* [lab][nlabel padded], [..] */
    uint64_t dense;         /* floats of all the above */
    uint64_t words;         /* [nword + 1][dim / 2]; row 0 is nought */
    uint64_t spellings;     /* [nrow][dim / 2] */
    uint64_t total;
} ch_network_layout;

ch_network_layout ch_network_layout_of(const ch_network_shape *s);

/* A sentence to learn from. Arrays are of the n words; heads are 1..n, 0 the root. */
typedef struct {
    uint32_t n;
    const uint32_t *word; /* 0: a word with no embedding of its own */
    const uint32_t *rows; /* spelling rows of all words, one word after the other */
    const uint32_t *first_row; /* [n + 1] into rows */
    const uint8_t *upos;
    const uint8_t *xpos;
    const uint8_t *label;
    const uint16_t *head;
    float *soft; /* [ch_lesson_soft(n)] what teachers think, or NULL: see ch_learner_advise */
} ch_lesson;

typedef struct {
    uint32_t epochs;
    uint32_t batch;       /* words a step */
    uint64_t seed;
    float rate;           /* Adam's, at its height */
    float drop;           /* dropout of layers and hidden layers */
    float drop_word;      /* of a word's own embedding */
    float drop_spelling;  /* of a word's spelling */
    float trust;          /* in teachers, where a lesson has their opinion: 0 none, 1 only theirs */
} ch_learning;

/* How many of `count` words the network gets right. */
typedef struct {
    uint32_t count, upos, xpos, head, labelled;
} ch_marks;

typedef struct ch_learner ch_learner;

ch_status ch_learner_new(ch_learner **out, const ch_network_shape *shape, const ch_learning *how, ch_error *err);
void ch_learner_free(ch_learner *k); /* NULL is allowed */

/* One pass over the lessons in an order of its own; gives the mean loss a word. */
ch_status ch_learner_epoch(ch_learner *k, const ch_lesson *lessons, uint32_t count, double *loss, ch_error *err);

/* Marks of the running mean's answers; heads each by itself, not yet as trees. */
ch_status ch_learner_marks(ch_learner *k, const ch_lesson *lessons, uint32_t count, ch_marks *marks, ch_error *err);

/* Floats of a teacher's opinion on n words: heads [n][n + 1], tags [n][nxpos + CH_UPOS_COUNT],
 * labels under the true head [n][nlabel], each row a distribution. */
size_t ch_lesson_soft(const ch_network_shape *shape, uint32_t n);

/* Adds `share` times the learner's opinion to the lessons' `soft`. Learning from
 * several teachers: Kuncoro et al. 2016, "Distilling an Ensemble of Greedy
 * Dependency Parsers into One MST Parser". */
ch_status ch_learner_advise(ch_learner *k, ch_lesson *lessons, uint32_t count, float share, ch_error *err);

/* The running mean of the weights as floats, in the order of ch_network_layout. */
const float *ch_learner_weights(const ch_learner *k);

/* All that is needed to go on, to and from a file. */
ch_status ch_learner_save(const ch_learner *k, const char *path, ch_error *err);
ch_status ch_learner_load(ch_learner *k, const char *path, ch_error *err);
uint32_t ch_learner_epochs_done(const ch_learner *k);

#endif
