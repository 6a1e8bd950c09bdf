#include "lexicon/markup.h"

ch_status
ch_markup_open(ch_markup *out, const ch_lexicon *lexicon, ch_error *err)
{
    ch_markup m = {.lexicon = lexicon};
    const ch_image_wanted wanted = {CH_SECTION_MARKUP, sizeof *m.names, (const void **)&m.names, &m.count};
    ch_status status = ch_image_sections(&lexicon->image, &wanted, 1, err);
    if (status == CH_OK)
        *out = m;
    return status;
}

uint32_t
ch_markup_word(const ch_markup *markup, const char *word, size_t len)
{
    return markup->count != 0 && len != 0 ? ch_lexicon_word(markup->lexicon, word, len) : 0;
}

static int
compare(const ch_markup_name *name, uint32_t first, uint32_t second, uint32_t kind)
{
    if (name->words[0] != first)
        return name->words[0] < first ? -1 : 1;
    if (name->words[1] != second)
        return name->words[1] < second ? -1 : 1;
    return name->kind < kind ? -1 : name->kind > kind;
}

bool
ch_markup_is(const ch_markup *markup, ch_markup_kind kind, uint32_t first, uint32_t second)
{
    uint32_t low = 0, high = first != 0 ? markup->count : 0;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int way = compare(&markup->names[mid], first, second, kind);
        if (way == 0)
            return true;
        if (way < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}
