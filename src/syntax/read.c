#include "syntax/read.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static uint32_t
best_of(const int32_t *scores, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (scores[i] > scores[best])
            best = i;
    return best;
}

void
ch_tag(const ch_model *m, ch_cue *cues, uint32_t n)
{
    uint32_t features[CH_FEATURES_MAX];
    for (uint32_t i = 0; i < n; i++) {
        int32_t scores[CH_CLASSES_MAX] = {0};
        ch_score(&m->xpos_tags, features, ch_xpos_features(cues, n, i, features), scores);
        cues[i].xpos = (uint8_t)best_of(scores, m->nxpos);
    }
    for (uint32_t i = 0; i < n; i++) {
        int32_t scores[CH_UPOS_COUNT] = {0};
        ch_score(&m->upos_tags, features, ch_upos_features(cues, n, i, features), scores);
        cues[i].upos = (uint8_t)best_of(scores, CH_UPOS_COUNT);
    }
}

/* The best transition that may be made. */
static uint32_t
choose(const ch_model *m, const ch_parser *p, const ch_cue *cues)
{
    uint32_t features[CH_FEATURES_MAX];
    int32_t scores[CH_CLASSES_MAX] = {0};
    uint32_t nlabel = m->nlabel, best = UINT32_MAX;
    ch_score(&m->transitions, features, ch_parser_features(p, cues, features), scores);
    if (ch_parser_can_shift(p))
        best = 0;
    if (ch_parser_can_left(p))
        for (uint32_t c = 1; c <= nlabel; c++)
            if (best == UINT32_MAX || scores[c] > scores[best])
                best = c;
    if (ch_parser_can_right(p))
        for (uint32_t c = nlabel + 1; c <= 2 * nlabel; c++)
            if (best == UINT32_MAX || scores[c] > scores[best])
                best = c;
    return best;
}

void
ch_attach(const ch_model *m, const ch_cue *cues, uint32_t n, ch_parser *p)
{
    ch_parser_start(p, n);
    while (p->b <= n || p->nstack > 1)
        ch_parser_apply(p, choose(m, p, cues), m->nlabel);
}

/* Longest word with a lemma of its own; a longer one is its own lemma. */
#define LEMMA_MAX 64

/* A proper noun keeps its capitals, so its rule is applied to the form. */
ch_str
ch_lemma(const ch_model *m, ch_arena *arena, ch_str word, uint8_t xpos, uint8_t upos)
{
    char lower[LEMMA_MAX + 8];
    if (word.len > LEMMA_MAX)
        return word;
    size_t len = ch_lower(lower, sizeof lower - 4, word);
    uint32_t known = ch_model_get(m, ch_model_key(CH_KEY_LEMMA, lower, len, upos, 0));
    if (known != 0)
        return ch_str_of(m->strings + known);
    ch_str base = upos == CH_PROPN ? word : (ch_str){lower, len};
    for (size_t n = len > 4 ? 4 : len; n >= 1; n--) {
        uint32_t rule = ch_model_get(m, ch_model_key(CH_KEY_RULE, lower + len - n, n, xpos, 0));
        if (rule == 0)
            continue;
        char *rest;
        size_t cut = strtoul(m->strings + rule, &rest, 10);
        ch_str add = ch_str_of(*rest == '|' ? rest + 1 : rest);
        if (cut >= base.len)
            continue;
        char *made = ch_arena_alloc(arena, base.len - cut + add.len + 1);
        if (made == NULL)
            return word;
        memcpy(made, base.at, base.len - cut);
        memcpy(made + base.len - cut, add.at, add.len);
        return (ch_str){made, base.len - cut + add.len};
    }
    if (base.at == word.at)
        return word;
    char *made = ch_arena_copy(arena, base.at, base.len);
    return made != NULL ? (ch_str){made, base.len} : word;
}

const char *
ch_feats(const ch_model *m, ch_str word, uint8_t xpos, uint8_t upos)
{
    char lower[LEMMA_MAX + 8];
    if (word.len <= LEMMA_MAX) {
        size_t len = ch_lower(lower, sizeof lower - 4, word);
        uint32_t known = ch_model_get(m, ch_model_key(CH_KEY_FEATS, lower, len, xpos, upos));
        if (known != 0)
            return m->strings + known;
    }
    uint32_t by_tag = ch_model_get(m, ch_model_key(CH_KEY_TAG_FEATS, "", 0, xpos, upos));
    return by_tag != 0 ? m->strings + by_tag : "_";
}
