#include "base/hash.h"
#include "lexicon/compile_patterns.h"
#include "lexicon/vocabulary.h"

#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"country",   "person",   "body",   "organisation", "group",  "company",
                                    "medium",    "people",   "agent",  "set",          "plover", "cameo",
                                    "frame",     "spelling", "sector", "discard",      "issue",  "inflection",
                                    "statement", "amount",   "vote",   "relation",     "unit",   "confidence", "codes", "layout"};
/* Kinds that begin so belong to the stages time, place and intake. */
static const char *const kind_families[] = {"time", "place", "furniture", "language"};

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
    ch_compile_markup(build);
    ch_compile_languages(build);
    ch_patterns_finish(build);
    ch_compile_frames(build);
    ch_compile_units(build);
    ch_compile_confidence(build);
    ch_compile_lists(build);
    ch_compile_layouts(build);
    ch_compile_inflections(build);
    ch_check_names(build);
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

static uint32_t
parts_of(const ch_build *build, ch_image_part parts[CH_BUILD_SECTIONS])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < CH_BUILD_SECTIONS; i++)
        if (build->element_size[i] != 0)
            parts[count++] = (ch_image_part){.id = i,
                                             .element_size = build->element_size[i],
                                             .elements = build->sections[i].at,
                                             .count = ch_build_count(build, i)};
    return count;
}

static void
free_build(ch_build *build)
{
    for (uint32_t i = 0; i < CH_BUILD_SECTIONS; i++)
        ch_text_free(&build->sections[i]);
    ch_map_free(&build->strings);
    ch_map_free(&build->words);
    ch_map_free(&build->spellings);
    ch_map_free(&build->countries);
    ch_build_names_free(build);
}

/* Compiles the blocks that the caller has put into `build`. */
static ch_status
run(ch_build *build, const char *shown, ch_error *err)
{
    compile_all(build);
    if (failed(build))
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to compile the lexicon");
    if (build->to->errors != 0)
        return ch_fail(err, CH_E_FORMAT, shown, 0, "the lexicon has %u mistake%s", build->to->errors,
                       build->to->errors == 1 ? "" : "s");
    return CH_OK;
}

chancery_status
chancery_lexicon_compile(const char *const *dirs, size_t count, const char *out_path, chancery_complain *complain, void *context,
                         chancery_error *err)
{
    ch_arena arena;
    ch_arena_init(&arena, 0);
    ch_complaints to = {.complain = complain, .context = context};
    ch_build build = {.arena = &arena, .to = &to};
    ch_block *blocks = NULL;
    ch_status status = ch_source_read(&blocks, &build.nblock, dirs, count, NULL, &arena, &to, err);
    build.blocks = blocks;
    if (status == CH_OK)
        status = run(&build, count != 0 ? dirs[0] : NULL, err);
    if (status == CH_OK && out_path != NULL) {
        ch_image_part parts[CH_BUILD_SECTIONS];
        uint32_t n = parts_of(&build, parts);
        status = ch_image_write(&ch_lexicon_image, out_path, parts, n, err);
    }
    free_build(&build);
    ch_arena_free(&arena);
    return status;
}

/* ------------------------------------------------------------ at run time */

typedef struct {
    chancery_error first; /* the first mistake, as an error */
    bool told;
} keeper;

static void
keep_first(void *context, const chancery_complaint *c)
{
    keeper *k = context;
    if (!c->fatal || k->told)
        return;
    k->told = true;
    ch_fail(&k->first, CH_E_FORMAT, c->file, 0, "line %u, column %u: %s; %s", c->line, c->column, c->message, c->remedy);
}

/* Kinds that say who there is and what is an act. All others tell how language
 * works, or what the codes mean: they stay, whoever says who acts. */
static bool
is_of_the_world(ch_str kind)
{
    static const char *const world[] = {"country", "person", "body",  "organisation", "group",   "company",
                                        "medium",  "people", "agent", "frame",        "discard", "issue"};
    for (size_t i = 0; i < sizeof world / sizeof *world; i++)
        if (ch_str_is(kind, world[i]))
            return true;
    return kind.len >= 5 && memcmp(kind.at, "place", 5) == 0;
}

static bool
common_of_first(ch_str kind, uint32_t folder)
{
    return folder != 0 || !is_of_the_world(kind);
}

ch_status
ch_lexicon_make(ch_lexicon **out, const char *const *dirs, size_t count, bool only, ch_error *err)
{
    *out = NULL;
    keeper kept = {.told = false};
    ch_arena arena;
    ch_arena_init(&arena, 0);
    ch_complaints to = {.complain = keep_first, .context = &kept};
    ch_build build = {.arena = &arena, .to = &to};
    ch_block *blocks = NULL;
    ch_status status = ch_source_read(&blocks, &build.nblock, dirs, count, only ? common_of_first : NULL, &arena, &to, err);
    build.blocks = blocks;
    if (status == CH_OK)
        status = run(&build, count != 0 ? dirs[count - 1] : NULL, err);
    if (status == CH_E_FORMAT && kept.told && err != NULL)
        *err = kept.first;
    if (status == CH_OK) {
        ch_image image;
        ch_image_part parts[CH_BUILD_SECTIONS];
        uint32_t n = parts_of(&build, parts);
        status = ch_image_make(&image, &ch_lexicon_image, parts, n, err);
        if (status == CH_OK)
            status = ch_lexicon_adopt(out, &image, err);
    }
    free_build(&build);
    ch_arena_free(&arena);
    return status;
}

/* -------------------------------------------------------------- additions */

typedef struct {
    chancery_complain *complain;
    void *context;
    const char *file; /* as complaints name it */
    uint32_t errors;
} listener;

static void
pass_on(void *context, const chancery_complaint *c)
{
    listener *l = context;
    if (strcmp(c->file, l->file) != 0)
        return;
    l->errors += c->fatal;
    if (l->complain != NULL)
        l->complain(l->context, c);
}

static void
tell_replaced(ch_build *build, uint32_t folder, chancery_addition *addition)
{
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *b = &build->blocks[i];
        if (b->folder != folder)
            continue;
        addition->entries++;
        if (b->over_file == NULL)
            continue;
        addition->replaced++;
        ch_complain(build->to, false, b->file, b->line, 1, "write \"+\" before the kind to add to it instead, or another id",
                    "%.*s %.*s replaces the entry of %s:%u", (int)b->kind.len, b->kind.at, (int)b->id.len, b->id.at, b->over_file,
                    b->over_line);
    }
}

ch_status
ch_lexicon_check_addition(const char *const *dirs, size_t count, const char *file, chancery_complain *complain, void *context,
                          chancery_addition *addition, ch_error *err)
{
    const char *slash = strrchr(file, '/');
    chancery_addition own;
    listener l = {.complain = complain, .context = context, .file = slash != NULL ? slash + 1 : file};
    ch_arena arena;
    ch_arena_init(&arena, 0);
    ch_complaints to = {.complain = pass_on, .context = &l};
    ch_build build = {.arena = &arena, .to = &to};
    const char **all = ch_arena_array(&arena, count + 1, sizeof *all);
    ch_block *blocks = NULL;
    addition = addition != NULL ? addition : &own;
    *addition = (chancery_addition){0};
    ch_status status = all == NULL ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to check it") : CH_OK;
    if (all != NULL) {
        for (size_t i = 0; i < count; i++)
            all[i] = dirs[i];
        all[count] = file;
        status = ch_source_read(&blocks, &build.nblock, all, count + 1, NULL, &arena, &to, err);
    }
    build.blocks = blocks;
    if (status == CH_OK) {
        tell_replaced(&build, (uint32_t)count, addition);
        status = run(&build, file, err);
        for (uint32_t i = 0; i < build.nname; i++)
            addition->names += strcmp(ch_build_name_place(&build, i).file, l.file) == 0;
        if (status == CH_E_FORMAT && l.errors == 0)
            status = CH_OK; /* the mistakes are the others' */
    }
    if (status == CH_E_FORMAT)
        ch_fail(err, CH_E_FORMAT, file, 0, "it has %u mistake%s", l.errors, l.errors == 1 ? "" : "s");
    free_build(&build);
    ch_arena_free(&arena);
    return status;
}
