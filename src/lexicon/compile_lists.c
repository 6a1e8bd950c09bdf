/* Blocks `discard` and `issue`. */
#include "lexicon/build.h"
#include "lexicon/frames.h"

static const char *const discard_keys[] = {"sentence", "document", "note", "from", NULL};
static const char *const issue_keys[] = {"category", "code", "phrase", "unless", "note", "from", NULL};

static void
compile_scope(ch_build *build, const ch_block *block, const char *key, bool document)
{
    if (ch_block_first(block, key) == NULL)
        return;
    ch_discard d = {.id = ch_build_string(build, block->id), .document = document, .where = ch_build_place(build, block)};
    uint32_t entry = ch_build_put(build, CH_SECTION_DISCARDS, &d, sizeof d);
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, key, &at)) != NULL;)
        ch_build_name_add(build, block, v, v->text, CH_NAME_DISCARD, entry);
}

static void
compile_issue(ch_build *build, const ch_block *block)
{
    static const char *const needed[] = {"category", "code", "phrase"};
    ch_build_check_keys(build, block, issue_keys);
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (ch_block_first(block, needed[i]) == NULL)
            ch_complain(build->to, true, block->file, block->line, 1, "add a line for it", "issue %.*s has no \"%s\"",
                        (int)block->id.len, block->id.at, needed[i]);
}

void
ch_compile_lists(ch_build *build)
{
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (ch_str_is(block->kind, "issue"))
            compile_issue(build, block);
        if (!ch_str_is(block->kind, "discard"))
            continue;
        ch_build_check_keys(build, block, discard_keys);
        compile_scope(build, block, "sentence", false);
        compile_scope(build, block, "document", true);
    }
}
