/* Blocks `furniture-markup`. */
#include "lexicon/build.h"
#include "lexicon/markup.h"

#include <stdlib.h>

static const char *const keys[] = {
    [CH_MARKUP_OUTSIDE] = "outside", [CH_MARKUP_WHOLE] = "outside-alone", [CH_MARKUP_OTHER] = "unless-behind",
    [CH_MARKUP_ROLE] = "outside-role", [CH_MARKUP_BODY] = "body",         [CH_MARKUP_LEAD] = "lead",
    [CH_MARKUP_WRITER] = "writer",   [CH_MARKUP_CREDIT] = "before-name",  [CH_MARKUP_KIND_COUNT] = NULL,
};

static void
compile_name(ch_build *build, const ch_block *block, const ch_value *value, uint32_t kind)
{
    ch_markup_name name = {.kind = kind};
    uint32_t count = ch_build_words(build, value->text, name.words, 2);
    if (count == 1 || count == 2)
        ch_build_put(build, CH_SECTION_MARKUP, &name, sizeof name);
    else
        ch_complain(build->to, true, block->file, value->line, value->column, "write one or two words",
                    "\"%.*s\" is not one or two words", (int)value->text.len, value->text.at);
}

static int
by_words(const void *a, const void *b)
{
    const ch_markup_name *x = a, *y = b;
    for (int i = 0; i < 2; i++)
        if (x->words[i] != y->words[i])
            return x->words[i] < y->words[i] ? -1 : 1;
    return x->kind < y->kind ? -1 : x->kind > y->kind;
}

void
ch_compile_markup(ch_build *build)
{
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (!ch_str_is(block->kind, "furniture-markup"))
            continue;
        ch_build_check_keys(build, block, keys);
        for (uint32_t kind = 0; kind < CH_MARKUP_KIND_COUNT; kind++) {
            uint64_t at = 0;
            for (const ch_value *v; (v = ch_block_next(block, keys[kind], &at)) != NULL;)
                compile_name(build, block, v, kind);
        }
    }
    ch_text *names = &build->sections[CH_SECTION_MARKUP];
    if (names->len != 0)
        qsort(names->at, ch_build_count(build, CH_SECTION_MARKUP), sizeof(ch_markup_name), by_words);
}
