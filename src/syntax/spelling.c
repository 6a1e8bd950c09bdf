#include "syntax/spelling.h"

#include "base/utf8.h"
#include "syntax/lower.h"

/* Longest word that is looked at whole; of longer ones, the beginning. */
#define WORD_MAX 96
#define SHAPE_MAX 12
#define PREFIX_MAX 4
#define SUFFIX_MAX 5
#define RUN 3

/* What a row stands for; hashed with it, so that kinds do not meet. */
enum { KIND_SHAPE = 1, KIND_PREFIX, KIND_SUFFIX, KIND_RUN };

static uint32_t
hash(const unsigned char *bytes, size_t len, uint32_t kind)
{
    uint64_t h = UINT64_C(0x9E3779B97F4A7C15) * kind;
    for (size_t i = 0; i < len; i++)
        h = (h ^ bytes[i]) * UINT64_C(0x100000001B3);
    h ^= h >> 32;
    h *= UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(h >> 32);
}

/* "Xxd-x": the kinds of characters, a run of one kind at most two long. */
static size_t
shape_of(unsigned char *out, ch_str word)
{
    size_t len = 0;
    for (size_t at = 0; at < word.len && len < SHAPE_MAX;) {
        uint32_t c = (unsigned char)word.at[at];
        if (c >= 0x80)
            c = ch_utf8_next(word.at, word.len, &at);
        else
            at++;
        unsigned char kind;
        if (c < 0x80)
            kind = c >= 'A' && c <= 'Z' ? 'X' : c >= 'a' && c <= 'z' ? 'x' : c >= '0' && c <= '9' ? 'd' : (unsigned char)c;
        else
            kind = ch_is_upper(c) ? 'X' : ch_is_letter(c) ? 'x' : ch_is_digit(c) ? 'd' : '~';
        if (len < 2 || out[len - 1] != kind || out[len - 2] != kind)
            out[len++] = kind;
    }
    return len;
}

uint32_t
ch_spelling_rows(ch_str word, uint32_t nrow, uint32_t *rows)
{
    unsigned char text[WORD_MAX + 8], shape[SHAPE_MAX];
    uint32_t n = 0, mask = nrow - 1;
    if (word.len > WORD_MAX)
        word.len = WORD_MAX;
    rows[n++] = hash(shape, shape_of(shape, word), KIND_SHAPE) & mask;
    /* the word between two marks that no text has */
    size_t len = ch_lower((char *)text + 1, sizeof text - 2, word) + 2;
    text[0] = 1;
    text[len - 1] = 2;
    for (size_t k = 2; k <= PREFIX_MAX + 1 && k < len; k++)
        rows[n++] = hash(text, k, KIND_PREFIX) & mask;
    for (size_t k = 2; k <= SUFFIX_MAX + 1 && k < len; k++)
        rows[n++] = hash(text + len - k, k, KIND_SUFFIX) & mask;
    for (size_t i = 0; i + RUN <= len && n < CH_SPELLING_ROWS_MAX; i++)
        rows[n++] = hash(text + i, RUN, KIND_RUN) & mask;
    return n;
}
