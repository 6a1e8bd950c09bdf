/* syntax/classifier.h: linear classifiers over hashed features, as they lie in
 * the model file. A feature is a row; a row holds the few classes it speaks for,
 * with weights of one byte. Scores are sums of integers, so they are the same on
 * every machine and in every order of adding. */
#ifndef CHANCERY_SYNTAX_CLASSIFIER_H
#define CHANCERY_SYNTAX_CLASSIFIER_H

#include <stdint.h>

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

/* Features being gathered into `out`, which has room for all of them. */
typedef struct {
    uint32_t *out;
    uint32_t count;
} ch_features;

/* One more: three values that are seen together, at this place in the order. */
static inline void
ch_feature(ch_features *f, uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t h = (uint64_t)(f->count + 1) * UINT64_C(0x9E3779B97F4A7C15) + a;
    h = (h ^ (h >> 29)) * UINT64_C(0xBF58476D1CE4E5B9) + b;
    h = (h ^ (h >> 32)) * UINT64_C(0x94D049BB133111EB) + c;
    f->out[f->count++] = (uint32_t)((h ^ (h >> 31)) >> 8);
}

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
