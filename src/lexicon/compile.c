#include "base/hash.h"
#include "lexicon/compile_patterns.h"
#include "lexicon/vocabulary.h"

#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"country", "person", "body",   "organisation", "group", "company", "medium",   "people",
                                    "agent",   "set",    "plover", "cameo",        "frame", "spelling"};
/* Kinds that begin so belong to the stages time, place and intake. */
static const char *const kind_families[] = {"time", "place", "furniture"};

static bool
is_known(ch_str kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ch_str_is(kind, kinds[i]))
            return true;
    for (size_t i = 0; i < sizeof kind_families / sizeof *kind_families; i++) {
        size_t len = strlen(kind_families[i]);
        if (kind.len >= len && memcmp(kind.at, kind_families[i], len) == 0)
            return true;
    }
    return false;
}

static void
check_kinds(ch_build *build)
{
    for (uint32_t i = 0; i < build->nblock; i++)
        if (!is_known(build->blocks[i].kind))
            ch_complain(build->to, true, build->blocks[i].file, build->blocks[i].line, 1, "see docs/lexicon.md for the kinds",
                        "no kind of block is named \"%.*s\"", (int)build->blocks[i].kind.len, build->blocks[i].kind.at);
}

static void
compile_all(ch_build *build)
{
    check_kinds(build);
    ch_compile_ontology(build);
    ch_compile_actors(build);
    ch_compile_places(build);
    ch_compile_times(build);
    ch_compile_furniture(build);
    ch_patterns_finish(build);
    ch_compile_frames(build);
    ch_vocabulary_write(build);
    ch_trie_write(build);
}

static bool
failed(const ch_build *build)
{
    for (uint32_t i = 0; i < CH_BUILD_SECTIONS; i++)
        if (build->sections[i].failed)
            return true;
    return build->out_of_memory;
}

static ch_status
write_image(const ch_build *build, const char *path, ch_error *err)
{
    ch_image_part parts[CH_BUILD_SECTIONS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < CH_BUILD_SECTIONS; i++)
        if (build->element_size[i] != 0)
            parts[count++] = (ch_image_part){.id = i,
                                             .element_size = build->element_size[i],
                                             .elements = build->sections[i].at,
                                             .count = ch_build_count(build, i)};
    return ch_image_write(&ch_lexicon_image, path, parts, count, err);
}

chancery_status
chancery_lexicon_compile(const char *const *dirs, size_t count, const char *out_path, chancery_complain *complain,
                         void *context, chancery_error *err)
{
    ch_arena arena;
    ch_arena_init(&arena, 0);
    ch_complaints to = {.complain = complain, .context = context};
    ch_build build = {.arena = &arena, .to = &to};
    ch_block *blocks = NULL;
    ch_status status = ch_source_read(&blocks, &build.nblock, dirs, count, &arena, &to, err);
    build.blocks = blocks;
    if (status == CH_OK) {
        compile_all(&build);
        if (failed(&build))
            status = ch_fail(err, CH_E_NOMEM, out_path, 0, "not enough memory to compile the lexicon");
        else if (to.errors != 0)
            status = ch_fail(err, CH_E_FORMAT, count != 0 ? dirs[0] : NULL, 0, "the lexicon has %u mistake%s", to.errors,
                             to.errors == 1 ? "" : "s");
        else if (out_path != NULL)
            status = write_image(&build, out_path, err);
    }
    for (uint32_t i = 0; i < CH_BUILD_SECTIONS; i++)
        ch_text_free(&build.sections[i]);
    ch_map_free(&build.strings);
    ch_map_free(&build.words);
    ch_map_free(&build.spellings);
    ch_map_free(&build.countries);
    ch_build_names_free(&build);
    ch_arena_free(&arena);
    return status;
}
