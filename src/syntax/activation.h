/* syntax/activation.h: the curves of the network, made of additions, products
 * and divisions alone, so that they give the same bits everywhere and training
 * and reading use the same ones. */
#ifndef CHANCERY_SYNTAX_ACTIVATION_H
#define CHANCERY_SYNTAX_ACTIVATION_H

/* tanh by its continued fraction, within 2e-4; +-1 beyond +-4.97. */
static inline float
ch_tanh(float x)
{
    x = x > 4.97f ? 4.97f : x < -4.97f ? -4.97f : x;
    float s = x * x;
    float over = x * (135135.0f + s * (17325.0f + s * (378.0f + s)));
    float under = 135135.0f + s * (62370.0f + s * (3150.0f + s * 28.0f));
    return over / under;
}

static inline float
ch_sigmoid(float x)
{
    return 0.5f + 0.5f * ch_tanh(0.5f * x);
}

/* Slope of the hidden layers below zero. */
#define CH_LEAK 0.1f

static inline float
ch_leaky(float x)
{
    return x > 0.0f ? x : CH_LEAK * x;
}

#endif
