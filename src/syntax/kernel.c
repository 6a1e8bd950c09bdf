#include "syntax/kernel.h"

#include "syntax/activation.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

/* ------------------------------------- the plain forms, compiled for each kind */

INLINE void
multiply_plain(int32_t *out, const uint8_t *a, const ch_packed *b, uint32_t m)
{
    for (uint32_t i = 0; i < m; i++)
        for (uint32_t n = 0; n < b->n; n += CH_LANES) {
            const int8_t *w = b->at + (size_t)n * b->k;
            int32_t sum[CH_LANES] = {0};
            for (uint32_t k = 0; k < b->k; k += CH_DEPTH, w += CH_LANES * CH_DEPTH)
                for (uint32_t l = 0; l < CH_LANES; l++)
                    for (uint32_t d = 0; d < CH_DEPTH; d++)
                        sum[l] += ((int32_t)a[(size_t)i * b->k + k + d] - 128) * w[l * CH_DEPTH + d];
            memcpy(out + (size_t)i * b->n + n, sum, sizeof sum);
        }
}

/* Beyond this no sum of a network's products comes; what does is cut to nought. */
#define LARGEST 1e30f

INLINE void
quantise_any(uint8_t *out, float *scale, const float *x, size_t distance, uint32_t m, uint32_t k)
{
    for (uint32_t i = 0; i < m; i++) {
        const float *row = x + i * distance;
        /* absolute values are compared as the whole numbers of their bits: the same order, and no question of NaN */
        int32_t most = 0;
        for (uint32_t j = 0; j < k; j++) {
            int32_t bits;
            memcpy(&bits, row + j, sizeof bits);
            bits &= INT32_MAX;
            most = bits > most ? bits : most;
        }
        float largest;
        memcpy(&largest, &most, sizeof largest);
        bool usable = largest > 1e-20f && largest < LARGEST;
        float factor = usable ? 127.0f / largest : 0.0f;
        scale[i] = usable ? largest / 127.0f : 0.0f;
        if (!usable) {
            memset(out + (size_t)i * k, 128, k);
            continue;
        }
        for (uint32_t j = 0; j < k; j++)
            /* rounds to the nearest whole number, ties to even */
            out[(size_t)i * k + j] = (uint8_t)((int32_t)((row[j] * factor + 12582912.0f) - 12582912.0f) + 128);
    }
}

INLINE void
scan_half(float *restrict out, const float *restrict x, const int32_t *restrict gates, const float *restrict row_scale,
          const ch_unit_weights *w, uint32_t n, uint32_t dim, uint32_t from, bool backwards)
{
    float state[CH_KERNEL_K_MAX / 2] = {0};
    uint32_t half = dim / 2;
    const float *restrict sz = w->scale + from, *restrict sf = sz + dim, *restrict sr = sf + dim;
    const float *restrict vf = w->state_forget + from, *restrict vr = w->state_output + from;
    const float *restrict bf = w->bias_forget + from, *restrict br = w->bias_output + from;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t t = backwards ? n - 1 - i : i;
        const int32_t *restrict z = gates + (size_t)t * 3 * dim + from, *restrict f = z + dim, *restrict r = f + dim;
        const float *restrict in = x + (size_t)t * dim + from;
        float *restrict to = out + (size_t)t * dim + from;
        float scale = row_scale[t];
        for (uint32_t j = 0; j < half; j++) {
            float c = state[j];
            float forget = ch_sigmoid((float)f[j] * (scale * sf[j]) + vf[j] * c + bf[j]);
            float open = ch_sigmoid((float)r[j] * (scale * sr[j]) + vr[j] * c + br[j]);
            c = forget * c + (1.0f - forget) * ((float)z[j] * (scale * sz[j]));
            state[j] = c;
            to[j] = open * c + (1.0f - open) * in[j];
        }
    }
}

INLINE void
scan_any(float *out, const float *x, const int32_t *gates, const float *row_scale, const ch_unit_weights *w, uint32_t n,
         uint32_t dim)
{
    scan_half(out, x, gates, row_scale, w, n, dim, 0, false);
    scan_half(out, x, gates, row_scale, w, n, dim, dim / 2, true);
}

INLINE void
unscale_any(float *restrict y, const int32_t *restrict product, float row_scale, const float *restrict scale,
            const float *restrict bias, uint32_t n)
{
    for (uint32_t j = 0; j < n; j++)
        y[j] = (float)product[j] * (row_scale * scale[j]) + bias[j];
}

INLINE void
meet_any(float *y, const float *a, const float *b, uint32_t n)
{
    for (uint32_t j = 0; j < n; j++)
        y[j] = ch_leaky(a[j] + b[j]);
}

INLINE void
add_any(float *restrict sum, const int8_t *restrict x, float scale, uint32_t n)
{
    for (uint32_t j = 0; j < n; j++)
        sum[j] += (float)x[j] * scale;
}

/* The functions of one kind of machine but multiply(). */
#define FORMS(kind, attributes)                                                                                              \
    attributes static void quantise_##kind(uint8_t *out, float *scale, const float *x, size_t distance, uint32_t m,          \
                                           uint32_t k)                                                                       \
    {                                                                                                                        \
        quantise_any(out, scale, x, distance, m, k);                                                                         \
    }                                                                                                                        \
    attributes static void scan_##kind(float *out, const float *x, const int32_t *gates, const float *row_scale,             \
                                       const ch_unit_weights *w, uint32_t n, uint32_t dim)                                   \
    {                                                                                                                        \
        scan_any(out, x, gates, row_scale, w, n, dim);                                                                       \
    }                                                                                                                        \
    attributes static void unscale_##kind(float *y, const int32_t *product, float row_scale, const float *scale,             \
                                          const float *bias, uint32_t n)                                                     \
    {                                                                                                                        \
        unscale_any(y, product, row_scale, scale, bias, n);                                                                  \
    }                                                                                                                        \
    attributes static void meet_##kind(float *y, const float *a, const float *b, uint32_t n)                                 \
    {                                                                                                                        \
        meet_any(y, a, b, n);                                                                                                \
    }                                                                                                                        \
    attributes static void add_##kind(float *sum, const int8_t *x, float scale, uint32_t n)                                  \
    {                                                                                                                        \
        add_any(sum, x, scale, n);                                                                                           \
    }

#define TABLE(kind)                                                                                                          \
    {                                                                                                                        \
        .name = #kind, .multiply = multiply_##kind, .quantise = quantise_##kind, .scan = scan_##kind,                        \
        .unscale = unscale_##kind, .meet = meet_##kind, .add = add_##kind                                                    \
    }

static void
multiply_portable(int32_t *out, const uint8_t *a, const ch_packed *b, uint32_t m)
{
    multiply_plain(out, a, b, m);
}

FORMS(portable, )

static const ch_kernels portable = TABLE(portable);

#if defined(__x86_64__)

/* --------------------------------------------------------------------- AVX2 */

#define AVX2 __attribute__((target("avx2")))

/* Two rows by sixteen columns; a register holds four columns, each as two sums. */
AVX2 static void
multiply_avx2(int32_t *out, const uint8_t *a, const ch_packed *b, uint32_t m)
{
    int16_t wide[2][CH_KERNEL_K_MAX];
    for (uint32_t i = 0; i < m; i += 2) {
        uint32_t rows = m - i < 2 ? 1 : 2;
        for (uint32_t r = 0; r < rows; r++)
            for (uint32_t k = 0; k < b->k; k++)
                wide[r][k] = (int16_t)(a[(size_t)(i + r) * b->k + k] - 128);
        if (rows == 1)
            memset(wide[1], 0, b->k * sizeof *wide[1]);
        for (uint32_t n = 0; n < b->n; n += CH_LANES) {
            const int8_t *w = b->at + (size_t)n * b->k;
            __m256i sum[2][4];
            for (int r = 0; r < 2; r++)
                for (int q = 0; q < 4; q++)
                    sum[r][q] = _mm256_setzero_si256();
            for (uint32_t k = 0; k < b->k; k += CH_DEPTH, w += CH_LANES * CH_DEPTH) {
                int64_t both[2];
                memcpy(&both[0], &wide[0][k], sizeof both[0]);
                memcpy(&both[1], &wide[1][k], sizeof both[1]);
                __m256i x0 = _mm256_set1_epi64x(both[0]), x1 = _mm256_set1_epi64x(both[1]);
#pragma GCC unroll 4
                for (int q = 0; q < 4; q++) {
                    __m256i v = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(w + 16 * q)));
                    sum[0][q] = _mm256_add_epi32(sum[0][q], _mm256_madd_epi16(v, x0));
                    sum[1][q] = _mm256_add_epi32(sum[1][q], _mm256_madd_epi16(v, x1));
                }
            }
            for (uint32_t r = 0; r < rows; r++)
                for (int q = 0; q < 4; q += 2) {
                    __m256i pairs = _mm256_hadd_epi32(sum[r][q], sum[r][q + 1]);
                    pairs = _mm256_permute4x64_epi64(pairs, 0xD8);
                    _mm256_storeu_si256((__m256i *)(void *)(out + (size_t)(i + r) * b->n + n + 4 * (uint32_t)q), pairs);
                }
        }
    }
}

FORMS(avx2, AVX2)

static const ch_kernels avx2 = TABLE(avx2);

/* ------------------------------------------------------------------ AVX-VNNI */

/* Machines that multiply bytes without AVX-512. All but multiply() is AVX2's. */
#define AVXVNNI __attribute__((target("avx2,avxvnni")))

/* `rows` rows (at most 4) by 16 columns, in two registers a row. */
#define VNNI_ROWS 4

AVXVNNI INLINE void
multiply_halves(int32_t *out, const uint8_t *a, const ch_packed *b, uint32_t n, const uint32_t rows)
{
    const int8_t *w = b->at + (size_t)n * b->k;
    __m256i sum[VNNI_ROWS][2];
    for (uint32_t h = 0; h < 2; h++) {
        /* the bytes of a are 128 too high: what that adds to a column is taken off at the start */
        __m256i sums = _mm256_loadu_si256((const __m256i *)(const void *)(b->sums + n + 8 * h));
        __m256i start = _mm256_sub_epi32(_mm256_setzero_si256(), _mm256_slli_epi32(sums, 7));
#pragma GCC unroll 4
        for (uint32_t r = 0; r < rows; r++)
            sum[r][h] = start;
    }
    for (uint32_t k = 0; k < b->k; k += CH_DEPTH, w += CH_LANES * CH_DEPTH) {
        __m256i v0 = _mm256_loadu_si256((const __m256i *)(const void *)w);
        __m256i v1 = _mm256_loadu_si256((const __m256i *)(const void *)(w + CH_LANES * CH_DEPTH / 2));
#pragma GCC unroll 4
        for (uint32_t r = 0; r < rows; r++) {
            int32_t four;
            memcpy(&four, a + (size_t)r * b->k + k, sizeof four);
            __m256i x = _mm256_set1_epi32(four);
            sum[r][0] = _mm256_dpbusd_avx_epi32(sum[r][0], x, v0);
            sum[r][1] = _mm256_dpbusd_avx_epi32(sum[r][1], x, v1);
        }
    }
#pragma GCC unroll 4
    for (uint32_t r = 0; r < rows; r++)
        for (uint32_t h = 0; h < 2; h++)
            _mm256_storeu_si256((__m256i *)(void *)(out + (size_t)r * b->n + n + 8 * h), sum[r][h]);
}

AVXVNNI static void
multiply_avxvnni(int32_t *out, const uint8_t *a, const ch_packed *b, uint32_t m)
{
    uint32_t i = 0;
    for (; i + VNNI_ROWS <= m; i += VNNI_ROWS)
        for (uint32_t n = 0; n < b->n; n += CH_LANES)
            multiply_halves(out + (size_t)i * b->n, a + (size_t)i * b->k, b, n, VNNI_ROWS);
    for (; i < m; i++)
        for (uint32_t n = 0; n < b->n; n += CH_LANES)
            multiply_halves(out + (size_t)i * b->n, a + (size_t)i * b->k, b, n, 1);
}

static const ch_kernels avxvnni = {
    .name = "avxvnni", .multiply = multiply_avxvnni, .quantise = quantise_avx2, .scan = scan_avx2,
    .unscale = unscale_avx2, .meet = meet_avx2, .add = add_avx2,
};

/* Compilers do not agree on a name for it in __builtin_cpu_supports(). */
static bool
has_avxvnni(void)
{
    unsigned a, b, c, d;
    return __builtin_cpu_supports("avx2") && __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a & 1u << 4) != 0;
}

/* --------------------------------------------------------------- AVX-512 VNNI */

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

/* `rows` rows (at most 8) by 32 or 16 columns. */
#define ROWS 8

AVX512 INLINE void
multiply_block(int32_t *out, const uint8_t *a, const ch_packed *b, uint32_t n, const uint32_t rows, const bool two)
{
    const int8_t *w0 = b->at + (size_t)n * b->k, *w1 = w0 + (size_t)CH_LANES * b->k;
    __m512i sum[ROWS][2];
    /* the bytes of a are 128 too high: what that adds to a column is taken off at the start */
    __m512i start0 = _mm512_slli_epi32(_mm512_loadu_si512(b->sums + n), 7);
    __m512i start1 = two ? _mm512_slli_epi32(_mm512_loadu_si512(b->sums + n + CH_LANES), 7) : start0;
    start0 = _mm512_sub_epi32(_mm512_setzero_si512(), start0);
    start1 = _mm512_sub_epi32(_mm512_setzero_si512(), start1);
#pragma GCC unroll 8
    for (uint32_t r = 0; r < rows; r++) {
        sum[r][0] = start0;
        sum[r][1] = start1;
    }
    for (uint32_t k = 0; k < b->k; k += CH_DEPTH) {
        __m512i v0 = _mm512_loadu_si512(w0 + (size_t)k * CH_LANES);
        __m512i v1 = two ? _mm512_loadu_si512(w1 + (size_t)k * CH_LANES) : v0;
#pragma GCC unroll 8
        for (uint32_t r = 0; r < rows; r++) {
            int32_t four;
            memcpy(&four, a + (size_t)r * b->k + k, sizeof four);
            __m512i x = _mm512_set1_epi32(four);
            sum[r][0] = _mm512_dpbusd_epi32(sum[r][0], x, v0);
            if (two)
                sum[r][1] = _mm512_dpbusd_epi32(sum[r][1], x, v1);
        }
    }
#pragma GCC unroll 8
    for (uint32_t r = 0; r < rows; r++) {
        _mm512_storeu_si512(out + (size_t)r * b->n + n, sum[r][0]);
        if (two)
            _mm512_storeu_si512(out + (size_t)r * b->n + n + CH_LANES, sum[r][1]);
    }
}

AVX512 INLINE void
multiply_rows(int32_t *out, const uint8_t *a, const ch_packed *b, const uint32_t rows)
{
    uint32_t n = 0;
    for (; n + 2 * CH_LANES <= b->n; n += 2 * CH_LANES)
        multiply_block(out, a, b, n, rows, true);
    if (n < b->n)
        multiply_block(out, a, b, n, rows, false);
}

AVX512 static void
multiply_avx512(int32_t *out, const uint8_t *a, const ch_packed *b, uint32_t m)
{
    uint32_t i = 0;
    for (; i + ROWS <= m; i += ROWS)
        multiply_rows(out + (size_t)i * b->n, a + (size_t)i * b->k, b, ROWS);
    int32_t *rest_out = out + (size_t)i * b->n;
    const uint8_t *rest = a + (size_t)i * b->k;
    switch (m - i) {
    case 7: multiply_rows(rest_out, rest, b, 7); break;
    case 6: multiply_rows(rest_out, rest, b, 6); break;
    case 5: multiply_rows(rest_out, rest, b, 5); break;
    case 4: multiply_rows(rest_out, rest, b, 4); break;
    case 3: multiply_rows(rest_out, rest, b, 3); break;
    case 2: multiply_rows(rest_out, rest, b, 2); break;
    case 1: multiply_rows(rest_out, rest, b, 1); break;
    default: break;
    }
}

FORMS(avx512, AVX512)

static const ch_kernels avx512 = TABLE(avx512);

#endif

/* -------------------------------------------------------------------- choice */

const ch_kernels *
ch_kernels_at(unsigned index)
{
    const ch_kernels *kinds[4] = {&portable};
    unsigned count = 1;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        kinds[count++] = &avx2;
    if (has_avxvnni())
        kinds[count++] = &avxvnni;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vnni"))
        kinds[count++] = &avx512;
#endif
    return index < count ? kinds[index] : NULL;
}

const ch_kernels *
ch_kernels_best(void)
{
    const ch_kernels *best = ch_kernels_at(0);
    for (unsigned i = 1; ch_kernels_at(i) != NULL; i++)
        best = ch_kernels_at(i);
    return best;
}
