#include "syntax/word.h"

#include "base/utf8.h"
#include "syntax/lower.h"

#include <string.h>

/* Longest word with a lemma of its own; a longer one is its own lemma. */
#define LEMMA_MAX 64

/* A word as the dictionary asks about it. */
typedef struct {
    char lower[LEMMA_MAX + 8];
    size_t len;
    bool capital; /* it has other than small letters */
} spelled;

static bool
spell(spelled *s, ch_str word)
{
    if (word.len > LEMMA_MAX)
        return false;
    s->len = ch_lower(s->lower, sizeof s->lower - 4, word);
    s->capital = s->len != word.len || memcmp(s->lower, word.at, s->len) != 0;
    return true;
}

/* A word's own lemma, for the Penn tag or for any; 0 where it has none. */
static uint32_t
own_lemma(const ch_model *m, const char *bytes, size_t len, uint8_t xpos, uint8_t upos)
{
    uint32_t at = ch_model_get(m, ch_model_key(CH_KEY_LEMMA, bytes, len, upos, (uint8_t)(xpos + 1)));
    return at != 0 ? at : ch_model_get(m, ch_model_key(CH_KEY_LEMMA, bytes, len, upos, 0));
}

/* The longest ending of at most `most` bytes that has an entry of that kind; its
 * length goes to *found. 0 where none has. */
static uint32_t
by_ending(const ch_model *m, const spelled *s, size_t most, ch_key_kind kind, uint8_t xpos, uint8_t upos, size_t *found)
{
    for (size_t n = s->len < most ? s->len : most;; n--) {
        uint32_t at = ch_model_get(m, ch_model_key(kind, s->lower + s->len - n, n, xpos, upos));
        *found = n;
        if (at != 0 || n == 0)
            return at;
    }
}

/* "2|y": the word without its last two bytes, and "y". */
static ch_str
apply(ch_arena *arena, ch_str base, const char *rule)
{
    size_t cut = 0;
    for (; *rule >= '0' && *rule <= '9'; rule++)
        cut = cut * 10 + (size_t)(*rule - '0');
    ch_str add = ch_str_of(*rule == '|' ? rule + 1 : rule);
    if (cut >= base.len || (cut > 0 && ((unsigned char)base.at[base.len - cut] & 0xC0) == 0x80))
        cut = add.len = 0; /* nothing would be left, or half a character */
    char *made = ch_arena_alloc(arena, base.len - cut + add.len + 1);
    if (made == NULL)
        return base;
    memcpy(made, base.at, base.len - cut);
    memcpy(made + base.len - cut, add.at, add.len);
    return (ch_str){made, base.len - cut + add.len};
}

bool
ch_is_lemma(const ch_model *m, ch_str word, uint8_t upos)
{
    return ch_model_get(m, ch_model_key(CH_KEY_IS_LEMMA, word.at, word.len, upos, 0)) != 0;
}

/* The rule of the longest ending, or of a shorter one that gives a lemma that is
 * known ("provoked": not "provok", as "looked" has it, but "provoke"). */
static ch_str
best_by_rule(const ch_model *m, ch_arena *arena, const spelled *s, ch_str base, uint8_t xpos, uint8_t upos)
{
    ch_str first = base;
    size_t most = CH_ENDING_MAX, n;
    for (bool any = false;; any = true) {
        uint32_t rule = by_ending(m, s, most, CH_KEY_RULE, xpos, upos, &n);
        if (rule == 0)
            return first;
        ch_str made = strcmp(m->strings + rule, "0|") == 0 ? base : apply(arena, base, m->strings + rule);
        if (!any)
            first = made;
        if (upos == CH_PROPN || n == 0 || ch_is_lemma(m, made, upos))
            return n == 0 && any && !ch_is_lemma(m, made, upos) ? first : made;
        most = n - 1;
    }
}

ch_str
ch_lemma_by_rule(const ch_model *m, ch_arena *arena, ch_str word, uint8_t xpos, uint8_t upos)
{
    spelled s;
    size_t n;
    if (!spell(&s, word))
        return word;
    /* a Penn tag that the treebanks never give with the universal one says nothing */
    if (ch_model_get(m, ch_model_key(CH_KEY_RULE, "", 0, xpos, upos)) == 0)
        xpos = CH_ANY_XPOS;
    if (!s.capital || m->strings[by_ending(m, &s, CH_ENDING_MAX, CH_KEY_KEEPS, xpos, upos, &n)] == 'k')
        return best_by_rule(m, arena, &s, word, xpos, upos);
    char *small = ch_arena_copy(arena, s.lower, s.len);
    return small != NULL ? best_by_rule(m, arena, &s, (ch_str){small, s.len}, xpos, upos) : word;
}

ch_str
ch_lemma(const ch_model *m, ch_arena *arena, ch_str word, uint8_t xpos, uint8_t upos)
{
    spelled s;
    if (!spell(&s, word))
        return word;
    uint32_t known = s.capital ? own_lemma(m, word.at, word.len, xpos, upos) : 0;
    if (known == 0 && !(s.capital && upos == CH_PROPN))
        known = own_lemma(m, s.lower, s.len, xpos, upos);
    return known != 0 ? ch_str_of(m->strings + known) : ch_lemma_by_rule(m, arena, word, xpos, upos);
}

const char *
ch_feats(const ch_model *m, ch_str word, uint8_t xpos, uint8_t upos)
{
    spelled s;
    uint32_t at = 0;
    if (spell(&s, word))
        at = ch_model_get(m, ch_model_key(CH_KEY_FEATS, s.lower, s.len, xpos, upos));
    if (at == 0)
        at = ch_model_get(m, ch_model_key(CH_KEY_TAG_FEATS, "", 0, xpos, upos));
    return at != 0 ? m->strings + at : "_";
}
