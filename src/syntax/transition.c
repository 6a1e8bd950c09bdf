#include "syntax/transition.h"

#include <string.h>

void
ch_parser_start(ch_parser *p, uint32_t n)
{
    memset(p, 0, sizeof *p);
    p->n = n;
    p->nstack = 1;
    p->b = 1;
}

static uint32_t
top(const ch_parser *p, uint32_t depth)
{
    return p->stack[p->nstack - 1 - depth];
}

bool
ch_parser_can_shift(const ch_parser *p)
{
    return p->b <= p->n;
}

bool
ch_parser_can_left(const ch_parser *p)
{
    return p->b <= p->n && p->nstack > 1;
}

bool
ch_parser_can_right(const ch_parser *p)
{
    return p->nstack > 1 && (p->nstack > 2 || p->b > p->n);
}

static void
attach(ch_parser *p, uint32_t head, uint32_t word, uint32_t label)
{
    uint16_t *side = word < head ? p->left[head] : p->right[head];
    uint8_t *count = word < head ? &p->nleft[head] : &p->nright[head];
    p->head[word] = (uint16_t)head;
    p->label[word] = (uint8_t)label;
    side[1] = side[0];
    side[0] = (uint16_t)word;
    if (*count < 255)
        (*count)++;
}

void
ch_parser_apply(ch_parser *p, uint32_t class, uint32_t nlabel)
{
    if (class == 0) {
        p->stack[p->nstack++] = (uint16_t)p->b++;
        return;
    }
    uint32_t word = p->stack[--p->nstack];
    if (class <= nlabel)
        attach(p, p->b, word, class - 1);
    else
        attach(p, top(p, 0), word, class - 1 - nlabel);
}

ch_losses
ch_parser_losses(const ch_parser *p, const uint16_t *gold)
{
    ch_losses l = {0};
    uint32_t s0 = top(p, 0), s1 = p->nstack > 1 ? top(p, 1) : UINT32_MAX, b = p->b;
    if (b <= p->n)
        for (uint32_t i = 0; i < p->nstack; i++) {
            uint32_t s = p->stack[i];
            l.shift += (s != s0 && gold[b] == s) || (s != 0 && gold[s] == b);
        }
    if (p->nstack < 2)
        return l;
    for (uint32_t i = b; i <= p->n; i++)
        if (gold[i] == s0) {
            l.left++;
            l.right++;
        }
    if (gold[s0] != b && (gold[s0] == s1 || gold[s0] > b))
        l.left++;
    if (gold[s0] != s1 && gold[s0] >= b)
        l.right++;
    return l;
}

/* ---------------------------------------------------------------- features */

/* A word as the parser sees it: its form, its tags, its label. */
typedef struct {
    uint32_t word;
    uint32_t tag;
    uint32_t label;
} view;

typedef struct {
    uint32_t *out;
    uint32_t count;
} features;

static void
put(features *f, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    uint64_t h = (uint64_t)(f->count + 1) * UINT64_C(0x9E3779B97F4A7C15) + a;
    h = (h ^ (h >> 29)) * UINT64_C(0xBF58476D1CE4E5B9) + b;
    h = (h ^ (h >> 32)) * UINT64_C(0x94D049BB133111EB) + c;
    h = (h ^ (h >> 30)) * UINT64_C(0xD6E8FEB86659FD93) + d;
    f->out[f->count++] = (uint32_t)((h ^ (h >> 31)) >> 8);
}

#define NOBODY UINT32_MAX

static view
see(const ch_parser *p, const ch_cue *cues, uint32_t i)
{
    if (i == NOBODY)
        return (view){.word = 2, .tag = 0xFFFF, .label = 255};
    if (i == 0)
        return (view){.word = 1, .tag = 0xFFFE, .label = 254};
    return (view){.word = cues[i - 1].lower, .tag = (uint32_t)cues[i - 1].xpos << 8 | cues[i - 1].upos, .label = p->label[i]};
}

/* The k-th outermost dependent of a word on one side. */
static uint32_t
dependent(const uint16_t side[][2], uint32_t word, uint32_t k)
{
    return word != NOBODY && word != 0 && side[word][k] != 0 ? side[word][k] : NOBODY;
}

uint32_t
ch_parser_features(const ch_parser *p, const ch_cue *cues, uint32_t *out)
{
    features f = {out, 0};
    uint32_t i0 = p->nstack > 0 ? top(p, 0) : NOBODY, i1 = p->nstack > 1 ? top(p, 1) : NOBODY, i2 = p->nstack > 2 ? top(p, 2) : NOBODY;
    uint32_t j0 = p->b <= p->n ? p->b : NOBODY, j1 = p->b + 1 <= p->n ? p->b + 1 : NOBODY, j2 = p->b + 2 <= p->n ? p->b + 2 : NOBODY;
    view s0 = see(p, cues, i0), s1 = see(p, cues, i1), s2 = see(p, cues, i2);
    view b0 = see(p, cues, j0), b1 = see(p, cues, j1), b2 = see(p, cues, j2);
    view s0l = see(p, cues, dependent(p->left, i0, 0)), s0r = see(p, cues, dependent(p->right, i0, 0));
    view s0l2 = see(p, cues, dependent(p->left, i0, 1)), s0r2 = see(p, cues, dependent(p->right, i0, 1));
    view s1l = see(p, cues, dependent(p->left, i1, 0)), s1r = see(p, cues, dependent(p->right, i1, 0));
    view b0l = see(p, cues, dependent(p->left, j0, 0)), b0l2 = see(p, cues, dependent(p->left, j0, 1));
    uint32_t distance = i0 != NOBODY && j0 != NOBODY ? j0 - i0 : 0;
    uint32_t s0nl = i0 != NOBODY ? p->nleft[i0] : 255, s0nr = i0 != NOBODY ? p->nright[i0] : 255, b0nl = j0 != NOBODY ? p->nleft[j0] : 255;
    uint32_t s0suffix = i0 != NOBODY && i0 != 0 ? cues[i0 - 1].suffix[2] : 3, b0suffix = j0 != NOBODY ? cues[j0 - 1].suffix[2] : 3;
    distance = distance > 10 ? 8 : distance > 6 ? 7 : distance;

    put(&f, s0.word, 0, 0, 0);
    put(&f, s0.tag, 0, 0, 0);
    put(&f, s0.word, s0.tag, 0, 0);
    put(&f, b0.word, 0, 0, 0);
    put(&f, b0.tag, 0, 0, 0);
    put(&f, b0.word, b0.tag, 0, 0);
    put(&f, b1.word, 0, 0, 0);
    put(&f, b1.tag, 0, 0, 0);
    put(&f, b1.word, b1.tag, 0, 0);
    put(&f, b2.word, 0, 0, 0);
    put(&f, b2.tag, 0, 0, 0);
    put(&f, s1.word, 0, 0, 0);
    put(&f, s1.tag, 0, 0, 0);
    put(&f, s1.word, s1.tag, 0, 0);
    put(&f, s2.tag, 0, 0, 0);
    put(&f, s0.word, b0.word, 0, 0);
    put(&f, s0.word, s0.tag, b0.word, 0);
    put(&f, s0.tag, b0.tag, b0.word, 0);
    put(&f, s0.tag, b0.tag, 0, 0);
    put(&f, s0.word, b0.tag, 0, 0);
    put(&f, s0.tag, b0.word, 0, 0);
    put(&f, b0.tag, b1.tag, 0, 0);
    put(&f, b0.tag, b1.tag, b2.tag, 0);
    put(&f, s0.tag, b0.tag, b1.tag, 0);
    put(&f, s1.tag, s0.tag, b0.tag, 0);
    put(&f, s1.tag, s0.tag, 0, 0);
    put(&f, s1.word, s0.word, 0, 0);
    put(&f, s1.word, s0.tag, 0, 0);
    put(&f, s1.tag, s0.word, 0, 0);
    put(&f, s2.tag, s1.tag, s0.tag, 0);
    put(&f, s0.tag, s0l.tag, b0.tag, 0);
    put(&f, s0.tag, s0r.tag, b0.tag, 0);
    put(&f, s0.tag, b0.tag, b0l.tag, 0);
    put(&f, s1.tag, s1r.tag, s0.tag, 0);
    put(&f, s1.tag, s1l.tag, s0.tag, 0);
    put(&f, s1.tag, s0.tag, s0l.tag, 0);
    put(&f, s1.tag, s0.tag, s0r.tag, 0);
    put(&f, s0l.word, s0.tag, 0, 0);
    put(&f, s0r.word, s0.tag, 0, 0);
    put(&f, b0l.word, b0.tag, 0, 0);
    put(&f, s0l.tag, s0l.label, s0.tag, 0);
    put(&f, s0r.tag, s0r.label, s0.tag, 0);
    put(&f, b0l.tag, b0l.label, b0.tag, 0);
    put(&f, s0l.label, s0l2.label, s0.tag, 0);
    put(&f, s0r.label, s0r2.label, s0.tag, 0);
    put(&f, b0l.label, b0l2.label, b0.tag, 0);
    put(&f, distance, s0.word, b0.word, 0);
    put(&f, distance, s0.tag, b0.tag, 0);
    put(&f, distance, s0.word, 0, 0);
    put(&f, distance, b0.tag, 0, 0);
    put(&f, s0.word, s0nl, 0, 0);
    put(&f, s0.word, s0nr, 0, 0);
    put(&f, s0.tag, s0nl, 0, 0);
    put(&f, s0.tag, s0nr, b0.tag, 0);
    put(&f, b0.word, b0nl, 0, 0);
    put(&f, b0.tag, b0nl, s0.tag, 0);
    put(&f, s1.word, s1r.label, s0.tag, 0);
    put(&f, s0.word, s0r.word, b0.tag, 0);
    put(&f, s1.tag, s0.word, b0.word, 0);
    put(&f, s0.word, s0l.label, s0r.label, b0.tag);
    put(&f, s0.tag, b0.tag, b0l.label, s0r.label);
    put(&f, s0.word, b0.tag, b1.word, 0);
    put(&f, s0suffix, b0.tag, 0, 0);
    put(&f, b0suffix, s0.tag, 0, 0);
    put(&f, s1.word, s0.tag, b0.word, 0);
    put(&f, s0.tag, b0.word, b1.tag, 0);
    put(&f, s1.tag, s0.tag, b0.tag, b1.tag);
    put(&f, s1.word, s0l.word, s0.tag, 0);
    put(&f, 0, 0, 0, 0);
    return f.count;
}
