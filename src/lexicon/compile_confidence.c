/* Block `confidence`: how likely a record is right by what can be seen of it. */
#include "lexicon/build.h"
#include "lexicon/frames.h"

static void
compile_block(ch_build *build, const ch_block *block, float *odds)
{
    const char *keys[CH_ODDS_COUNT + 2] = {NULL};
    for (int i = 0; i < CH_ODDS_COUNT; i++)
        keys[i] = ch_odds_name((ch_odds)i);
    keys[CH_ODDS_COUNT] = "note";
    ch_build_check_keys(build, block, keys);
    for (int i = 0; i < CH_ODDS_COUNT; i++) {
        const ch_value *v = ch_block_first(block, keys[i]);
        double number = 0;
        if (v != NULL && (!ch_parse_number(v->text, &number) || number < -100 || number > 100))
            ch_complain(build->to, true, v->file, v->line, v->column, "write log odds: a number from -100 to 100", "no number: \"%.*s\"",
                        (int)v->text.len, v->text.at);
        odds[i] = (float)number;
    }
}

void
ch_compile_confidence(ch_build *build)
{
    float odds[CH_ODDS_COUNT];
    const ch_block *last = NULL;
    for (uint32_t i = 0; i < build->nblock; i++)
        if (ch_str_is(build->blocks[i].kind, "confidence"))
            last = &build->blocks[i];
    if (last == NULL)
        return;
    compile_block(build, last, odds);
    for (int i = 0; i < CH_ODDS_COUNT; i++)
        ch_build_put(build, CH_SECTION_ODDS, &odds[i], sizeof odds[i]);
}
