/* One step of Adam with the rate's rise and fall, and the running mean. */
#include "syntax/train/learner.h"

#include <math.h>

#define MEAN_DECAY 0.998f /* of the running mean of the weights */
#define CLIP 5.0          /* longest gradient */
#define BETA1 0.9f
#define BETA2 0.98f
#define EPSILON 1e-8f
#define WARM_UP 300 /* steps until the rate is at its height */

CH_HOT static void
adam(float *restrict w, float *restrict g, float *restrict m1, float *restrict m2, uint64_t count, float rate, float scale,
     float fix1, float fix2)
{
    for (uint64_t i = 0; i < count; i++) {
        float x = g[i] * scale;
        m1[i] = BETA1 * m1[i] + (1 - BETA1) * x;
        m2[i] = BETA2 * m2[i] + (1 - BETA2) * x * x;
        w[i] -= rate * (m1[i] * fix1) / (sqrtf(m2[i] * fix2) + EPSILON);
        g[i] = 0;
    }
}

CH_HOT static double
square_sum(const float *g, uint64_t count)
{
    float part[16] = {0};
    uint64_t i = 0;
    for (; i + 16 <= count; i += 16)
        for (uint32_t j = 0; j < 16; j++)
            part[j] += g[i + j] * g[i + j];
    double sum = 0;
    for (; i < count; i++)
        sum += (double)g[i] * g[i];
    for (uint32_t j = 0; j < 16; j++)
        sum += part[j];
    return sum;
}

CH_HOT static void
follow(float *restrict mean, const float *restrict w, uint64_t count, float decay)
{
    for (uint64_t i = 0; i < count; i++)
        mean[i] += (1 - decay) * (w[i] - mean[i]);
}

static uint64_t
embedding_at(const ch_learner *k, uint32_t embedding)
{
    uint32_t half = k->shape.dim / 2;
    return embedding <= k->shape.nword ? k->at.words + (uint64_t)embedding * half
                                       : k->at.spellings + (uint64_t)(embedding - k->shape.nword - 1) * half;
}

void
ch_learner_step(ch_learner *k)
{
    uint32_t half = k->shape.dim / 2;
    double length = square_sum(k->gradient, k->at.dense);
    for (uint32_t i = 0; i < k->ntouched; i++)
        length += square_sum(k->gradient + embedding_at(k, k->touched_list[i]), half);
    length = sqrt(length);
    float scale = length > CLIP ? (float)(CLIP / length) : 1;
    k->step++;
    float fix1 = 1 / (1 - powf(BETA1, (float)k->step)), fix2 = 1 / (1 - powf(BETA2, (float)k->step));
    float along = (float)k->step / (float)k->steps;
    float rate = k->how.rate * (k->step < WARM_UP ? (float)k->step / WARM_UP : 1) * (along < 1 ? 1.01f - along : 0.01f);
    adam(k->weight, k->gradient, k->moment1, k->moment2, k->at.dense, rate, scale, fix1, fix2);
    for (uint32_t i = 0; i < k->ntouched; i++) {
        uint64_t at = embedding_at(k, k->touched_list[i]);
        adam(k->weight + at, k->gradient + at, k->moment1 + at, k->moment2 + at, half, rate, scale, fix1, fix2);
        k->touched[k->touched_list[i]] = 0;
    }
    k->ntouched = 0;
    float decay = k->step < 1000 ? 0.9f : MEAN_DECAY;
    follow(k->mean, k->weight, k->at.dense, decay);
    enum { SELDOM = 8 }; /* the embeddings are many and change slowly */
    if (k->step % SELDOM == 0)
        follow(k->mean + k->at.dense, k->weight + k->at.dense, k->at.total - k->at.dense, powf(decay, SELDOM));
}
