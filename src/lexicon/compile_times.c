#include "lexicon/compile_patterns.h"
#include "lexicon/times.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    uint32_t least, most;
} ops[CH_MAKE_COUNT] = {
    [CH_MAKE_NONE] = {"none", 0, 0},       [CH_MAKE_SAME] = {"same", 1, 1},       [CH_MAKE_NUMBER] = {"number", 1, 1},
    [CH_MAKE_YEAR] = {"year", 1, 1},       [CH_MAKE_DECADE] = {"decade", 1, 1},   [CH_MAKE_CENTURY] = {"century", 1, 1},
    [CH_MAKE_BC] = {"bc", 1, 1},           [CH_MAKE_MONTH] = {"month", 1, 2},     [CH_MAKE_DATE] = {"date", 2, 3},
    [CH_MAKE_SLASH] = {"slash", 3, 3},     [CH_MAKE_MDAY] = {"mday", 1, 2},       [CH_MAKE_WEEKDAY] = {"weekday", 1, 2},
    [CH_MAKE_QUARTER] = {"quarter", 1, 2}, [CH_MAKE_HALF] = {"half", 1, 2},       [CH_MAKE_SEASON] = {"season", 1, 2},
    [CH_MAKE_HOLIDAY] = {"holiday", 1, 2}, [CH_MAKE_LAST] = {"last", 1, 1},       [CH_MAKE_NEXT] = {"next", 1, 1},
    [CH_MAKE_THIS] = {"this", 1, 1},       [CH_MAKE_REL] = {"rel", 3, 3},         [CH_MAKE_YEARAGO] = {"yearago", 1, 2},
    [CH_MAKE_NTH] = {"nth", 3, 3},         [CH_MAKE_NTHDAY] = {"nthday", 3, 3},   [CH_MAKE_PART] = {"part", 1, 2},
    [CH_MAKE_CLOCK] = {"clock", 4, 5},     [CH_MAKE_HHMM] = {"hhmm", 1, 2},       [CH_MAKE_ON] = {"on", 2, 2},           [CH_MAKE_EDGE] = {"edge", 2, 2},
    [CH_MAKE_DUR] = {"dur", 2, 5},         [CH_MAKE_SPAN] = {"span", 3, 3},       [CH_MAKE_EACH] = {"each", 2, 2},
    [CH_MAKE_EACHOF] = {"eachof", 1, 2},   [CH_MAKE_REF] = {"ref", 1, 1},         [CH_MAKE_PAIR] = {"pair", 2, 2},
    [CH_MAKE_SAMEDAY] = {"sameday", 1, 1},
};

static const struct {
    const char *name;
    uint32_t value;
} tests[] = {{"year", CH_TIME_TEST_YEAR}, {"noun", CH_TIME_TEST_NOUN}, {"alone", CH_TIME_TEST_ALONE},
             {"rate", CH_TIME_TEST_RATE}, {"last", CH_TIME_TEST_LAST}},
  types[] = {{"DATE", 1}, {"TIME", 2}, {"DURATION", 3}, {"SET", 4}};

static void
mistake(ch_build *build, const ch_block *block, const ch_value *value, const char *what)
{
    ch_complain(build->to, true, block->file, value->line, value->column, "see docs/lexicon.md for time rules", "%s: \"%.*s\"",
                what, (int)value->text.len, value->text.at);
}

/* The next word of `rest`, empty at the end. */
static ch_str
next_word(ch_str *rest)
{
    while (rest->len != 0 && rest->at[0] == ' ')
        rest->at++, rest->len--;
    ch_str word = {rest->at, 0};
    while (word.len < rest->len && rest->at[word.len] != ' ')
        word.len++;
    rest->at += word.len;
    rest->len -= word.len;
    return word;
}

static void
put_argument(ch_build *build, uint32_t rule, ch_str word, uint32_t *kind, uint32_t *value)
{
    bool minus = word.len > 1 && word.at[0] == '-';
    double number;
    if (ch_str_is(word, "-")) {
        *kind = CH_TIME_ARG_NONE;
        return;
    }
    if (ch_parse_number(word, &number) && fabs(number) <= INT32_MAX / CH_TIME_NUMBER_SCALE) {
        *kind = CH_TIME_ARG_NUMBER;
        *value = (uint32_t)(int32_t)(number * CH_TIME_NUMBER_SCALE);
        return;
    }
    uint32_t slot = ch_patterns_rule_slot(build, rule, minus ? (ch_str){word.at + 1, word.len - 1} : word);
    if (slot != CH_NONE) {
        *kind = minus ? CH_TIME_ARG_MINUS : CH_TIME_ARG_SLOT;
        *value = slot;
        return;
    }
    *kind = CH_TIME_ARG_WORD;
    *value = ch_build_string(build, word);
}

static void
compile_make(ch_build *build, const ch_block *block, const ch_value *value, uint32_t rule, ch_time_make *make)
{
    ch_str rest = value->text, name = next_word(&rest);
    uint32_t op = 0, narg = 0;
    while (op < CH_MAKE_COUNT && !ch_str_is(name, ops[op].name))
        op++;
    make->op = op;
    for (ch_str word; (word = next_word(&rest)).len != 0; narg++)
        if (narg < CH_TIME_ARGS_MAX)
            put_argument(build, rule, word, &make->kind[narg], &make->value[narg]);
    if (op == CH_MAKE_COUNT)
        mistake(build, block, value, "no such operation");
    else if (narg < ops[op].least || narg > ops[op].most)
        mistake(build, block, value, "the operation has another number of arguments");
}

static uint32_t
tests_of(ch_build *build, const ch_block *block)
{
    uint32_t out = 0;
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, "test", &at)) != NULL;) {
        size_t i = 0;
        while (i < sizeof tests / sizeof *tests && !ch_str_is(v->text, tests[i].name))
            i++;
        if (i == sizeof tests / sizeof *tests)
            mistake(build, block, v, "no such test");
        else
            out |= tests[i].value;
    }
    return out;
}

static uint32_t
type_of(ch_build *build, const ch_block *block)
{
    const ch_value *v = ch_block_first(block, "type");
    for (size_t i = 0; v != NULL && i < sizeof types / sizeof *types; i++)
        if (ch_str_is(v->text, types[i].name))
            return types[i].value;
    if (v != NULL)
        mistake(build, block, v, "no such type");
    return 0;
}

static void
compile_match(ch_build *build, const ch_block *block, const ch_value *match)
{
    const ch_value *group = ch_block_first(block, "group"), *value = ch_block_first(block, "make");
    char name[64] = "time";
    if (group != NULL && group->text.len < sizeof name) {
        memcpy(name, group->text.at, group->text.len);
        name[group->text.len] = '\0';
    }
    uint32_t rule = ch_patterns_rule(build, block, match, name);
    if (rule == CH_NONE)
        return;
    ch_time_make make = {.test = tests_of(build, block), .type = type_of(build, block)};
    make.span = ch_patterns_rule_slot(build, rule, ch_str_of("span"));
    compile_make(build, block, value, rule, &make);
    ch_patterns_rule_at(build, rule)->make = ch_build_put(build, CH_SECTION_TIME_MAKES, &make, sizeof make);
}

void
ch_compile_times(ch_build *build)
{
    static const char *const keys[] = {"group", "match", "make", "test", "type", "left", "not-left", "right", "not-right", "note",
                                       NULL};
    ch_patterns_classes(build, "time-class");
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (!ch_str_is(block->kind, "time-rule"))
            continue;
        ch_build_check_keys(build, block, keys);
        if (ch_block_first(block, "make") == NULL || ch_block_first(block, "match") == NULL) {
            ch_complain(build->to, true, block->file, block->line, 1, "say what is matched and what is made of it",
                        "a time-rule without match or make");
            continue;
        }
        uint64_t at = 0;
        for (const ch_value *v; (v = ch_block_next(block, "match", &at)) != NULL;)
            compile_match(build, block, v);
    }
}
