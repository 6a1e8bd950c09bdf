/* Block `unit`: currencies, shares and the scales of numbers. */
#include "lexicon/build.h"
#include "lexicon/frames.h"

static const char *const unit_keys[] = {"kind", "value", "sign", "word", "note", NULL};
static const char *const kind_names[CH_UNIT_KIND_COUNT] = {"money", "share", "scale"};

static void
read_kind(ch_build *build, const ch_block *block, ch_unit *unit)
{
    const ch_value *v = ch_block_first(block, "kind");
    unit->kind = CH_UNIT_KIND_COUNT;
    for (uint32_t i = 0; v != NULL && i < CH_UNIT_KIND_COUNT; i++)
        if (ch_str_is(v->text, kind_names[i]))
            unit->kind = i;
    if (unit->kind == CH_UNIT_KIND_COUNT)
        ch_complain(build->to, true, block->file, block->line, 1, "write money, share or scale", "unit %.*s has no known kind",
                    (int)block->id.len, block->id.at);
    v = ch_block_first(block, "value");
    if (unit->kind == CH_UNIT_SCALE && (v == NULL || !ch_parse_number(v->text, &unit->value)))
        ch_complain(build->to, true, block->file, block->line, 1, "add a line \"  value: \" and a number",
                    "scale %.*s has no value", (int)block->id.len, block->id.at);
}

static void
put_words(ch_build *build, const ch_value *v, ch_unit unit)
{
    uint32_t words[2];
    uint32_t n = ch_build_words(build, v->text, words, 2);
    if (n == 0 || n > 2) {
        ch_complain(build->to, true, v->file, v->line, v->column, "write one word, or two", "no word of a unit: \"%.*s\"",
                    (int)v->text.len, v->text.at);
        return;
    }
    unit.word = words[n - 1];
    unit.modifier = n == 2 ? words[0] : 0;
    ch_build_put(build, CH_SECTION_UNITS, &unit, sizeof unit);
}

static void
compile_unit(ch_build *build, const ch_block *block)
{
    ch_unit unit = {.id = ch_build_string(build, block->id)};
    ch_build_check_keys(build, block, unit_keys);
    read_kind(build, block, &unit);
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, "sign", &at)) != NULL;) {
        ch_unit sign = unit;
        sign.sign = ch_build_string(build, v->text);
        ch_build_put(build, CH_SECTION_UNITS, &sign, sizeof sign);
    }
    at = 0;
    for (const ch_value *v; (v = ch_block_next(block, "word", &at)) != NULL;)
        put_words(build, v, unit);
}

void
ch_compile_units(ch_build *build)
{
    for (uint32_t i = 0; i < build->nblock; i++)
        if (ch_str_is(build->blocks[i].kind, "unit"))
            compile_unit(build, &build->blocks[i]);
}
