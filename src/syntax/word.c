#include "syntax/word.h"

#include "base/utf8.h"
#include "syntax/lower.h"

#include <stdlib.h>
#include <string.h>

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
