#include "event/cardinal.h"

#include "lexicon/pattern.h"

struct ch_cardinals {
    ch_patterns patterns;
};

ch_status
ch_cardinals_open(ch_cardinals **out, const ch_lexicon *lexicon, ch_arena *arena, ch_error *err)
{
    *out = ch_arena_alloc(arena, sizeof **out);
    if (*out == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for numbers");
    return ch_patterns_open(&(*out)->patterns, lexicon, err);
}

bool
ch_cardinal_read(const ch_cardinals *cardinals, uint32_t word, double *out)
{
    const ch_patterns *p = &cardinals->patterns;
    if (word == 0 || p->cardinal == CH_NONE)
        return false;
    uint32_t member = ch_patterns_word(p, p->cardinal, word);
    if (member == CH_NONE)
        return false;
    *out = p->members[member].number;
    return true;
}
