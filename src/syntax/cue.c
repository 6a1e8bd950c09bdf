#include "syntax/cue.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* Longest word that is looked at whole; of longer ones, the beginning. */
#define WORD_MAX 96
#define SHAPE_MAX 12

static uint32_t
hash(const char *bytes, size_t len)
{
    uint32_t h = (uint32_t)ch_hash(bytes, len);
    return h != 0 ? h : 1;
}

size_t
ch_lower(char *out, size_t room, ch_str word)
{
    size_t len = 0;
    for (size_t at = 0; at < word.len && len + 4 <= room;) {
        uint32_t c = ch_utf8_next(word.at, word.len, &at);
        if (c < 0x80)
            out[len++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        else
            len += (size_t)utf8proc_encode_char(utf8proc_tolower((utf8proc_int32_t)c), (utf8proc_uint8_t *)out + len);
    }
    return len;
}

/* "Xxd-x": the kinds of characters, a run of one kind at most two long. */
static size_t
shape_of(char *out, ch_str word)
{
    size_t len = 0;
    for (size_t at = 0; at < word.len && len < SHAPE_MAX;) {
        uint32_t c = ch_utf8_next(word.at, word.len, &at);
        char kind = ch_is_upper(c) ? 'X' : ch_is_letter(c) ? 'x' : ch_is_digit(c) ? 'd' : c < 0x80 ? (char)c : '~';
        if (len < 2 || out[len - 1] != kind || out[len - 2] != kind)
            out[len++] = kind;
    }
    return len;
}

ch_cue
ch_cue_of(ch_str word)
{
    char lower[WORD_MAX + 4], shape[SHAPE_MAX];
    ch_cue cue = {0};
    if (word.len > WORD_MAX)
        word.len = WORD_MAX;
    size_t len = ch_lower(lower, sizeof lower, word);
    size_t at = 0;
    cue.form = hash(word.at, word.len);
    cue.lower = hash(lower, len);
    cue.shape = hash(shape, shape_of(shape, word));
    cue.prefix[0] = hash(lower, len < 1 ? len : 1);
    cue.prefix[1] = hash(lower, len < 3 ? len : 3);
    for (size_t n = 1; n <= 4; n++)
        cue.suffix[n - 1] = hash(lower + (len > n ? len - n : 0), len > n ? n : len);
    cue.capital = word.len != 0 && ch_is_upper(ch_utf8_next(word.at, word.len, &at));
    return cue;
}

typedef struct {
    uint32_t *out;
    uint32_t count;
} features;

static void
put(features *f, uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t h = (uint64_t)f->count * UINT64_C(0x9E3779B97F4A7C15) + a;
    h = (h ^ (h >> 29)) * UINT64_C(0xBF58476D1CE4E5B9) + b;
    h = (h ^ (h >> 32)) * UINT64_C(0x94D049BB133111EB) + c;
    f->out[f->count++] = (uint32_t)((h ^ (h >> 31)) >> 8);
}

static const ch_cue no_word = {0};

static const ch_cue *
at(const ch_cue *cues, uint32_t count, int64_t i)
{
    return i >= 0 && i < (int64_t)count ? &cues[i] : &no_word;
}

uint32_t
ch_break_features(const ch_cue *cues, uint32_t count, uint32_t i, uint32_t since, uint32_t *out)
{
    features f = {out, 0};
    const ch_cue *p2 = at(cues, count, (int64_t)i - 2), *p1 = at(cues, count, (int64_t)i - 1), *w = &cues[i];
    const ch_cue *n1 = at(cues, count, (int64_t)i + 1), *n2 = at(cues, count, (int64_t)i + 2), *n3 = at(cues, count, (int64_t)i + 3);
    uint32_t length = since < 4 ? since : since < 8 ? 4 : since < 15 ? 5 : since < 30 ? 6 : 7;
    put(&f, w->form, 0, 0);
    put(&f, n1->form, 0, 0);
    put(&f, n1->lower, n1->capital, 0);
    put(&f, w->form, n1->form, 0);
    put(&f, w->lower, n1->shape, 0);
    put(&f, w->shape, n1->shape, 0);
    put(&f, w->shape, n1->lower, n1->capital);
    put(&f, w->form, n1->capital, 0);
    put(&f, p1->lower, w->form, n1->capital);
    put(&f, p1->shape, w->form, n1->shape);
    put(&f, p1->form, w->form, n1->form);
    put(&f, w->form, n1->form, n2->form);
    put(&f, w->form, n1->shape, n2->shape);
    put(&f, n1->shape, n2->shape, n3->shape);
    put(&f, p2->shape, p1->shape, w->shape);
    put(&f, n2->form, n1->shape, 0);
    put(&f, p1->form, n1->shape, 0);
    put(&f, w->form, length, n1->capital);
    put(&f, length, n1->shape, w->shape);
    put(&f, w->suffix[2], n1->capital, 0);
    put(&f, w->suffix[2], n1->lower, n1->capital);
    put(&f, n1->lower, n2->lower, n1->capital);
    put(&f, p2->form, p1->form, w->form);
    put(&f, length, 0, 0);
    return f.count;
}
