/* Blocks `plover` and `cameo`. */
#include "lexicon/build.h"
#include "lexicon/frames.h"

#include <stdlib.h>
#include <string.h>

static const char *const plover_keys[] = {"quad", "score", "mode", "label", NULL};
static const char *const cameo_keys[] = {"label", "type", "mode", "context", "goldstein", "planned", "threat", NULL};

static double
number_of(ch_build *build, const ch_block *block, const char *key, double low, double high)
{
    const ch_value *value = ch_block_first(block, key);
    double number = 0;
    if (value != NULL && (!ch_parse_number(value->text, &number) || number < low || number > high)) {
        ch_complain(build->to, true, value->file, value->line, value->column, "write a number in the range of this scale",
                    "\"%.*s\" is not a %s from %g to %g", (int)value->text.len, value->text.at, key, low, high);
        number = 0;
    }
    return number;
}

/* "visit 4": a mode and its score. */
static void
compile_mode(ch_build *build, const ch_value *value, ch_plover_type type, double type_score)
{
    const char *gap = memchr(value->text.at, ' ', value->text.len);
    ch_str name = {value->text.at, gap != NULL ? (size_t)(gap - value->text.at) : value->text.len};
    double score = type_score;
    if (gap != NULL) {
        ch_str rest = {gap + 1, value->text.len - name.len - 1};
        if (!ch_parse_number(rest, &score))
            ch_complain(build->to, true, value->file, value->line, value->column, "write \"mode score\"",
                        "\"%.*s\" is no number", (int)rest.len, rest.at);
    }
    ch_plover_mode mode = {.mode = ch_build_string(build, name), .type = (uint32_t)type, .score = (float)score};
    ch_build_put(build, CH_SECTION_MODES, &mode, sizeof mode);
}

static void
compile_plover(ch_build *build)
{
    ch_plover all[CH_PLOVER_COUNT] = {0};
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (!ch_str_is(block->kind, "plover"))
            continue;
        ch_build_check_keys(build, block, plover_keys);
        ch_plover_type type = ch_plover_find(block->id);
        if (type == CH_PLOVER_COUNT) {
            ch_complain(build->to, true, block->file, block->line, 8, "use one of the sixteen types of PLOVER 2021",
                        "no PLOVER type \"%.*s\"", (int)block->id.len, block->id.at);
            continue;
        }
        double score = number_of(build, block, "score", -10, 10);
        all[type] = (ch_plover){.known = 1, .quad = (uint32_t)number_of(build, block, "quad", 1, 4), .score = (float)score};
        uint64_t at = 0;
        for (const ch_value *v; (v = ch_block_next(block, "mode", &at)) != NULL;)
            compile_mode(build, v, type, score);
    }
    for (int i = 0; i < CH_PLOVER_COUNT; i++)
        ch_build_put(build, CH_SECTION_PLOVER, &all[i], sizeof all[i]);
}

static bool
copy_code(char out[8], ch_str code)
{
    if (code.len < 2 || code.len > 4)
        return false;
    for (size_t i = 0; i < code.len; i++)
        if (code.at[i] < '0' || code.at[i] > '9')
            return false;
    memcpy(out, code.at, code.len);
    return true;
}

static bool
compile_cameo(ch_build *build, const ch_block *block, ch_cameo *out)
{
    ch_build_check_keys(build, block, cameo_keys);
    *out = (ch_cameo){.type = CH_NO_TYPE};
    if (!copy_code(out->code, block->id)) {
        ch_complain(build->to, true, block->file, block->line, 7, "write two to four digits", "\"%.*s\" is no CAMEO code",
                    (int)block->id.len, block->id.at);
        return false;
    }
    const ch_value *v = ch_block_first(block, "label");
    if (v != NULL)
        out->label = ch_build_string(build, v->text);
    v = ch_block_first(block, "type");
    if (v != NULL) {
        ch_plover_type type = ch_plover_find(v->text);
        if (type == CH_PLOVER_COUNT)
            ch_complain(build->to, true, v->file, v->line, v->column, "use one of the sixteen types of PLOVER 2021",
                        "no PLOVER type \"%.*s\"", (int)v->text.len, v->text.at);
        else
            out->type = (uint32_t)type;
    }
    v = ch_block_first(block, "mode");
    if (v != NULL)
        out->mode = ch_build_string(build, v->text);
    v = ch_block_first(block, "planned");
    if (v != NULL && !copy_code(out->planned, v->text))
        ch_complain(build->to, true, v->file, v->line, v->column, "write two to four digits", "\"%.*s\" is no CAMEO code",
                    (int)v->text.len, v->text.at);
    v = ch_block_first(block, "threat");
    if (v != NULL && !copy_code(out->threat, v->text))
        ch_complain(build->to, true, v->file, v->line, v->column, "write two to four digits", "\"%.*s\" is no CAMEO code",
                    (int)v->text.len, v->text.at);
    out->goldstein = (float)number_of(build, block, "goldstein", -10, 10);
    out->first_context = ch_build_count(build, CH_SECTION_CONTEXTS);
    uint64_t at = 0;
    while ((v = ch_block_next(block, "context", &at)) != NULL) {
        ch_lexstr context = ch_build_string(build, v->text);
        ch_build_put(build, CH_SECTION_CONTEXTS, &context, sizeof context);
        out->ncontext++;
    }
    return true;
}

static int
by_code(const void *a, const void *b)
{
    return strcmp(((const ch_cameo *)a)->code, ((const ch_cameo *)b)->code);
}

static void
compile_sectors(ch_build *build)
{
    static const char *const keys[] = {"label", NULL};
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (!ch_str_is(block->kind, "sector"))
            continue;
        ch_build_check_keys(build, block, keys);
        const ch_value *label = ch_block_first(block, "label");
        ch_sector sector = {.code = ""};
        if (block->id.len != 3 || label == NULL) {
            ch_complain(build->to, true, block->file, block->line, 1, "write: sector ABC, and below it its label",
                        "a sector has three letters and a label");
            continue;
        }
        memcpy(sector.code, block->id.at, 3);
        sector.label = ch_build_string(build, label->text);
        ch_build_put(build, CH_SECTION_SECTORS, &sector, sizeof sector);
    }
}

void
ch_compile_ontology(ch_build *build)
{
    compile_plover(build);
    compile_sectors(build);
    for (uint32_t i = 0; i < build->nblock; i++) {
        ch_cameo cameo;
        if (ch_str_is(build->blocks[i].kind, "cameo") && compile_cameo(build, &build->blocks[i], &cameo))
            ch_build_put(build, CH_SECTION_CAMEO, &cameo, sizeof cameo);
    }
    uint32_t count = ch_build_count(build, CH_SECTION_CAMEO);
    if (count != 0)
        qsort(build->sections[CH_SECTION_CAMEO].at, count, sizeof(ch_cameo), by_code);
}
