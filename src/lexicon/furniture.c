#include "lexicon/furniture.h"

static uint32_t
find_part(const ch_furniture_table *t, const char *id)
{
    for (uint32_t i = 0; i < t->npart; i++)
        if (strcmp(ch_lexicon_string(t->lexicon, t->parts[i].id), id) == 0)
            return i;
    return CH_NONE;
}

ch_status
ch_furniture_open(ch_furniture_table *out, const ch_lexicon *lexicon, ch_error *err)
{
    ch_furniture_table t = {.lexicon = lexicon};
    const ch_image_wanted all[] = {
        {CH_SECTION_FURNITURE_ENTRIES, sizeof *t.entries, (const void **)&t.entries, &t.nentry},
        {CH_SECTION_FURNITURE_PHRASES, sizeof *t.phrases, (const void **)&t.phrases, &t.nphrase},
        {CH_SECTION_FURNITURE_ITEMS, sizeof *t.items, (const void **)&t.items, &t.nitem},
        {CH_SECTION_FURNITURE_WORDS, sizeof *t.words, (const void **)&t.words, &t.nword},
        {CH_SECTION_FURNITURE_MEMBERS, sizeof *t.members, (const void **)&t.members, &t.nmember},
        {CH_SECTION_FURNITURE_PARTS, sizeof *t.parts, (const void **)&t.parts, &t.npart},
    };
    ch_status status = ch_image_sections(&lexicon->image, all, sizeof all / sizeof *all, err);
    if (status != CH_OK)
        return status;
    *out = t;
    out->months = find_part(out, CH_FURNITURE_MONTHS);
    out->particles = find_part(out, CH_FURNITURE_PARTICLES);
    return CH_OK;
}

const ch_furniture_member *
ch_furniture_member_of(const ch_furniture_table *t, uint32_t class, uint32_t word)
{
    uint32_t low = 0, high = t->nmember;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const ch_furniture_member *m = &t->members[mid];
        if (m->class < class || (m->class == class && m->word < word))
            low = mid + 1;
        else
            high = mid;
    }
    const ch_furniture_member *m = &t->members[low];
    return low < t->nmember && m->class == class && m->word == word ? m : NULL;
}
