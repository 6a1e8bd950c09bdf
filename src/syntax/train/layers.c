/* Embeddings and recurrent layers, forward and back. */
#include "syntax/train/learner.h"

#include "syntax/activation.h"

#include <math.h>
#include <string.h>

/* One direction of a layer over one sentence, columns [from, to). */
CH_HOT static void
scan(float *restrict out, float *restrict gates, float *restrict state, const float *restrict x, const float *restrict vf,
     const float *restrict vr, const float *restrict bf, const float *restrict br, uint32_t n, uint32_t dim, uint32_t from,
     uint32_t to, bool backwards)
{
    for (uint32_t i = 0; i < n; i++) {
        size_t t = backwards ? n - 1 - i : i;
        const float *last = i == 0 ? NULL : state + (backwards ? t + 1 : t - 1) * dim;
        float *z = gates + t * 3 * dim, *f = z + dim, *r = f + dim;
        for (uint32_t j = from; j < to; j++) {
            float c = last != NULL ? last[j] : 0;
            float forget = ch_sigmoid(f[j] + vf[j] * c + bf[j]);
            float open = ch_sigmoid(r[j] + vr[j] * c + br[j]);
            f[j] = forget;
            r[j] = open;
            c = forget * c + (1 - forget) * z[j];
            state[t * dim + j] = c;
            out[t * dim + j] = open * c + (1 - open) * x[t * dim + j];
        }
    }
}

/* The gradient of scan(): dgates of what went into the gates; dx grows. */
CH_HOT static void
scan_back(float *restrict dgates, float *restrict dx, const float *restrict dout, const float *restrict gates,
          const float *restrict state, const float *restrict x, const float *restrict vf, const float *restrict vr,
          float *restrict dvf, float *restrict dvr, float *restrict carry, uint32_t n, uint32_t dim, uint32_t from, uint32_t to,
          bool backwards)
{
    memset(carry + from, 0, (to - from) * sizeof *carry);
    for (uint32_t i = n; i-- > 0;) {
        size_t t = backwards ? n - 1 - i : i;
        const float *last = i == 0 ? NULL : state + (backwards ? t + 1 : t - 1) * dim;
        const float *z = gates + t * 3 * dim, *f = z + dim, *r = f + dim;
        float *dz = dgates + t * 3 * dim, *df = dz + dim, *dr = df + dim;
        for (uint32_t j = from; j < to; j++) {
            float c0 = last != NULL ? last[j] : 0, c = state[t * dim + j], dh = dout[t * dim + j];
            float dc = carry[j] + dh * r[j];
            float dur = dh * (c - x[t * dim + j]) * r[j] * (1 - r[j]);
            float duf = dc * (c0 - z[j]) * f[j] * (1 - f[j]);
            dx[t * dim + j] += dh * (1 - r[j]);
            dz[j] = dc * (1 - f[j]);
            df[j] = duf;
            dr[j] = dur;
            dvf[j] += duf * c0;
            dvr[j] += dur * c0;
            carry[j] = dc * f[j] + duf * vf[j] + dur * vr[j];
        }
    }
}

void
ch_learner_drop(ch_learner *k, float *out, const float *x, float *mask)
{
    uint32_t d = k->shape.dim;
    if (!k->learning) {
        memcpy(out, x, (size_t)k->rows * d * sizeof *out);
        return;
    }
    ch_learner_mask(k, mask, (size_t)k->nlesson * d, k->how.drop);
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t t = k->offset[s]; t < k->offset[s + 1]; t++)
            for (uint32_t j = 0; j < d; j++)
                out[(size_t)t * d + j] = x[(size_t)t * d + j] * mask[(size_t)s * d + j];
}

void
ch_learner_undrop(ch_learner *k, float *dx, const float *dy, const float *mask)
{
    uint32_t d = k->shape.dim;
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t t = k->offset[s]; t < k->offset[s + 1]; t++)
            for (uint32_t j = 0; j < d; j++)
                dx[(size_t)t * d + j] += dy[(size_t)t * d + j] * mask[(size_t)s * d + j];
}

void
ch_learner_embed(ch_learner *k)
{
    uint32_t d = k->shape.dim, half = d / 2;
    const float *w = k->using;
    memset(k->x[0], 0, (size_t)k->rows * d * sizeof(float));
    for (uint32_t s = 0; s < k->nlesson; s++) {
        const ch_lesson *lesson = k->lessons[s];
        float *x = k->x[0] + (size_t)k->offset[s] * d;
        memcpy(x, w + k->at.root, d * sizeof *x);
        for (uint32_t i = 0; i < lesson->n; i++) {
            x += d;
            uint8_t *kept = &k->kept[k->offset[s] + 1 + i];
            *kept = 3;
            if (k->learning) {
                if (ch_learner_chance(k) < k->how.drop_word)
                    *kept &= 2;
                if (*kept == 3 && ch_learner_chance(k) < k->how.drop_spelling)
                    *kept &= 1;
            }
            if ((*kept & 1) != 0) {
                const float *e = w + k->at.words + (size_t)lesson->word[i] * half;
                for (uint32_t j = 0; j < half; j++)
                    x[j] = e[j];
            }
            if ((*kept & 2) == 0)
                continue;
            uint32_t nrow = lesson->first_row[i + 1] - lesson->first_row[i];
            float scale = 1 / sqrtf((float)nrow);
            for (uint32_t r = 0; r < nrow; r++) {
                const float *e = w + k->at.spellings + (size_t)lesson->rows[lesson->first_row[i] + r] * half;
                for (uint32_t j = 0; j < half; j++)
                    x[half + j] += e[j];
            }
            for (uint32_t j = 0; j < half; j++)
                x[half + j] *= scale;
        }
    }
}

static void
touch(ch_learner *k, uint32_t embedding)
{
    if (k->touched[embedding])
        return;
    k->touched[embedding] = 1;
    k->touched_list[k->ntouched++] = embedding;
}

void
ch_learner_embed_back(ch_learner *k)
{
    uint32_t d = k->shape.dim, half = d / 2;
    float *g = k->gradient;
    for (uint32_t s = 0; s < k->nlesson; s++) {
        const ch_lesson *lesson = k->lessons[s];
        const float *dx = k->dx[0] + (size_t)k->offset[s] * d;
        for (uint32_t j = 0; j < d; j++)
            g[k->at.root + j] += dx[j];
        for (uint32_t i = 0; i < lesson->n; i++) {
            dx += d;
            uint8_t kept = k->kept[k->offset[s] + 1 + i];
            if ((kept & 1) != 0 && lesson->word[i] != 0) {
                float *e = g + k->at.words + (size_t)lesson->word[i] * half;
                touch(k, lesson->word[i]);
                for (uint32_t j = 0; j < half; j++)
                    e[j] += dx[j];
            }
            if ((kept & 2) == 0)
                continue;
            uint32_t nrow = lesson->first_row[i + 1] - lesson->first_row[i];
            float scale = 1 / sqrtf((float)nrow);
            for (uint32_t r = 0; r < nrow; r++) {
                uint32_t row = lesson->rows[lesson->first_row[i] + r];
                float *e = g + k->at.spellings + (size_t)row * half;
                touch(k, k->shape.nword + 1 + row);
                for (uint32_t j = 0; j < half; j++)
                    e[j] += dx[half + j] * scale;
            }
        }
    }
}

void
ch_learner_layer(ch_learner *k, uint32_t l)
{
    uint32_t d = k->shape.dim;
    const float *w = k->using;
    ch_layer_room *room = &k->layer[l];
    ch_learner_drop(k, room->dropped, k->x[l], k->masks[l]);
    ch_learner_multiply(k, room->gates, room->dropped, d, w + k->at.layer[l].w, k->rows, d, 3 * d, false);
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t half = 0; half < 2; half++) {
            size_t at = (size_t)k->offset[s] * d;
            scan(k->x[l + 1] + at, room->gates + 3 * at, room->state + at, k->x[l] + at, w + k->at.layer[l].state[0],
                 w + k->at.layer[l].state[1], w + k->at.layer[l].bias[0], w + k->at.layer[l].bias[1],
                 k->offset[s + 1] - k->offset[s], d, half * d / 2, (half + 1) * d / 2, half == 1);
        }
}

void
ch_learner_layer_back(ch_learner *k, uint32_t l)
{
    uint32_t d = k->shape.dim;
    const float *w = k->using;
    float *g = k->gradient;
    ch_layer_room *room = &k->layer[l];
    float carry[1024];
    for (uint32_t s = 0; s < k->nlesson; s++)
        for (uint32_t half = 0; half < 2; half++) {
            size_t at = (size_t)k->offset[s] * d;
            scan_back(k->dgates + 3 * at, k->dx[l] + at, k->dx[l + 1] + at, room->gates + 3 * at, room->state + at, k->x[l] + at,
                      w + k->at.layer[l].state[0], w + k->at.layer[l].state[1], g + k->at.layer[l].state[0],
                      g + k->at.layer[l].state[1], carry, k->offset[s + 1] - k->offset[s], d, half * d / 2, (half + 1) * d / 2,
                      half == 1);
        }
    for (uint32_t t = 0; t < k->rows; t++)
        for (uint32_t j = 0; j < d; j++) {
            g[k->at.layer[l].bias[0] + j] += k->dgates[(size_t)t * 3 * d + d + j];
            g[k->at.layer[l].bias[1] + j] += k->dgates[(size_t)t * 3 * d + 2 * d + j];
        }
    /* the state's room is free by now and takes the gradient of the dropped input */
    ch_learner_multiply_back(k, room->dropped, d, k->dgates, k->at.layer[l].w, UINT64_MAX, room->state, d, false, k->rows, d,
                             3 * d);
    ch_learner_undrop(k, k->dx[l], room->state, k->masks[l]);
}
