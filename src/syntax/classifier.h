/* syntax/classifier.h: linear classifiers over hashed features, as they lie in
 * the model file. A feature is a row; a row holds the few classes it speaks for,
 * with weights of one byte. Scores are sums of integers, so they are the same on
 * every machine and in every order of adding. */
#ifndef CHANCERY_SYNTAX_CLASSIFIER_H
#define CHANCERY_SYNTAX_CLASSIFIER_H

#include <stdint.h>

/* Most classes that a classifier tells apart. */
#define CH_CLASSES_MAX 160

typedef struct {
    uint8_t class;
    int8_t value;
} ch_weight;

typedef struct {
    const uint32_t *rows;     /* [mask + 2] first entry of each row */
    const ch_weight *entries; /* rows[mask + 1] of them */
    uint32_t mask;            /* rows are a power of two */
    uint32_t nclass;
} ch_classifier;

/* Adds to scores [nclass] the weights of `features` [count]. Hot. */
static inline void
ch_score(const ch_classifier *c, const uint32_t *features, uint32_t count, int32_t *scores)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = features[i] & c->mask;
        for (uint32_t e = c->rows[row]; e < c->rows[row + 1]; e++)
            scores[c->entries[e].class] += c->entries[e].value;
    }
}

#endif
