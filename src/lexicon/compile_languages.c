/* Blocks `language`. */
#include "lexicon/build.h"
#include "lexicon/languages.h"

#include <stdlib.h>

static const char *const keys[] = {"word", "range", NULL};

static void
compile_word(ch_build *build, const ch_block *block, const ch_value *value, uint32_t language)
{
    ch_language_word w = {.language = language};
    if (ch_build_words(build, value->text, &w.word, 1) == 1)
        ch_build_put(build, CH_SECTION_LANGUAGE_WORDS, &w, sizeof w);
    else
        ch_complain(build->to, true, block->file, value->line, value->column, "write single words", "\"%.*s\" is not one word",
                    (int)value->text.len, value->text.at);
}

static void
compile_range(ch_build *build, const ch_block *block, const ch_value *value, uint32_t language)
{
    char *end;
    ch_language_range r = {.language = language};
    r.from = (uint32_t)strtoul(value->text.at, &end, 16);
    bool ok = end != value->text.at && end[0] == '.' && end[1] == '.';
    if (ok)
        r.to = (uint32_t)strtoul(end + 2, &end, 16);
    if (ok && end == value->text.at + value->text.len && r.from <= r.to)
        ch_build_put(build, CH_SECTION_LANGUAGE_RANGES, &r, sizeof r);
    else
        ch_complain(build->to, true, block->file, value->line, value->column, "write two code points, as 0590..05FF",
                    "\"%.*s\" is no range", (int)value->text.len, value->text.at);
}

static int
by_word(const void *a, const void *b)
{
    const ch_language_word *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return x->language < y->language ? -1 : x->language > y->language;
}

void
ch_compile_languages(ch_build *build)
{
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (!ch_str_is(block->kind, "language"))
            continue;
        ch_build_check_keys(build, block, keys);
        ch_language l = {.id = ch_build_string(build, block->id)};
        if (ch_build_count(build, CH_SECTION_LANGUAGES) == CH_LANGUAGES_MAX) {
            ch_complain(build->to, true, block->file, block->line, 1, "leave out one that no report is in",
                        "more than %d languages", CH_LANGUAGES_MAX);
            return;
        }
        uint32_t language = ch_build_put(build, CH_SECTION_LANGUAGES, &l, sizeof l);
        uint64_t at = 0;
        for (const ch_value *v; (v = ch_block_next(block, "word", &at)) != NULL;)
            compile_word(build, block, v, language);
        at = 0;
        for (const ch_value *v; (v = ch_block_next(block, "range", &at)) != NULL;)
            compile_range(build, block, v, language);
    }
    ch_text *words = &build->sections[CH_SECTION_LANGUAGE_WORDS];
    if (words->len != 0)
        qsort(words->at, ch_build_count(build, CH_SECTION_LANGUAGE_WORDS), sizeof(ch_language_word), by_word);
}
