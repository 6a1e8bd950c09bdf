#include "lexicon/layouts.h"

#include "lexicon/handle.h"

const char *const ch_column_types[] = {"text", "list", "integer", "number", "date", "code", "flag", NULL};

const char *const ch_claim_names[] = {"asserted", "planned", "ongoing", "alleged", "possible", "negated", "hypothetical", NULL};

const ch_layouts *
ch_lexicon_layouts(const ch_lexicon *lexicon)
{
    return &ch_lexicon_get_handle(lexicon)->layouts;
}

const ch_layout *
ch_layout_find(const ch_lexicon *lexicon, ch_str id)
{
    const ch_layouts *all = ch_lexicon_layouts(lexicon);
    for (uint32_t i = 0; i < all->nlayout; i++)
        if (ch_str_is(id, ch_lexicon_string(lexicon, all->layouts[i].id)))
            return &all->layouts[i];
    return NULL;
}

static int
compare(ch_str a, const char *b)
{
    size_t len = strlen(b);
    int order = memcmp(a.at, b, a.len < len ? a.len : len);
    if (order != 0 || a.len == len)
        return order;
    return a.len < len ? -1 : 1;
}

const char *
ch_code_find(const ch_lexicon *lexicon, ch_str table, ch_str from)
{
    const ch_layouts *all = ch_lexicon_layouts(lexicon);
    uint32_t low = 0, high = all->ncode;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const ch_code *code = &all->codes[mid];
        int order = compare(table, ch_lexicon_string(lexicon, code->table));
        if (order == 0)
            order = compare(from, ch_lexicon_string(lexicon, code->from));
        if (order == 0)
            return ch_lexicon_string(lexicon, code->to);
        if (order > 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

uint32_t
ch_claim_bit(ch_str name)
{
    for (uint32_t i = 0; ch_claim_names[i] != NULL; i++)
        if (ch_str_is(name, ch_claim_names[i]))
            return UINT32_C(1) << i;
    return 0;
}
