/* Blocks `codes` and `layout`. */
#include "lexicon/build.h"
#include "lexicon/layouts.h"
#include "lexicon/template.h"

#include <stdlib.h>
#include <string.h>

/* "DEU = GM" */
static void
compile_code(ch_build *build, const ch_block *block, const ch_value *value)
{
    ch_str to, from = ch_str_cut(value->text, '=', &to);
    to = ch_str_trim(to);
    if (from.len == 0 || from.len == value->text.len) {
        ch_complain(build->to, true, value->file, value->line, value->column, "write OURS = THEIRS",
                    "\"%.*s\" names no code of ours", (int)value->text.len, value->text.at);
        return;
    }
    ch_code code = {
        .table = ch_build_string(build, block->id), .from = ch_build_string(build, from), .to = ch_build_string(build, to)};
    ch_build_put(build, CH_SECTION_CODES, &code, sizeof code);
}

static int
by_name(const void *a, const void *b, void *context)
{
    const ch_code *x = a, *y = b;
    const ch_build *build = context;
    int order = strcmp(ch_build_chars(build, x->table), ch_build_chars(build, y->table));
    return order != 0 ? order : strcmp(ch_build_chars(build, x->from), ch_build_chars(build, y->from));
}

static void
compile_codes(ch_build *build)
{
    static const char *const keys[] = {"code", NULL};
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        uint64_t at = 0;
        if (!ch_str_is(block->kind, "codes"))
            continue;
        ch_build_check_keys(build, block, keys);
        for (const ch_value *v; (v = ch_block_next(block, "code", &at)) != NULL;)
            compile_code(build, block, v);
    }
    uint32_t count = ch_build_count(build, CH_SECTION_CODES);
    ch_code *codes = ch_build_at(build, CH_SECTION_CODES, 0);
    if (count != 0)
        qsort_r(codes, count, sizeof *codes, by_name, build);
    for (uint32_t i = 1; i < count; i++)
        if (codes[i].table == codes[i - 1].table && codes[i].from == codes[i - 1].from)
            ch_complain(build->to, true, "", 0, 0, "leave one of them out, or replace the whole block",
                        "codes %s has \"%s\" twice", ch_build_chars(build, codes[i].table), ch_build_chars(build, codes[i].from));
}

/* ------------------------------------------------------------------ layouts */

typedef struct {
    const char *word;
    uint32_t value;
} choice;

static const choice row_kinds[] = {
    {"dyads", CH_ROWS_DYADS},
    {"mentions", CH_ROWS_MENTIONS},
    {"documents", CH_ROWS_DOCUMENTS},
    {"events", CH_ROWS_EVENTS},
    {"participants", CH_ROWS_PARTICIPANTS},
    {"statements", CH_ROWS_STATEMENTS},
    {"amounts", CH_ROWS_AMOUNTS},
    {"votes", CH_ROWS_VOTES},
    {"ballots", CH_ROWS_BALLOTS},
    {"relations", CH_ROWS_RELATIONS},
    {NULL, 0},
};
static const choice needs[] = {
    {"actor", CH_NEED_ACTOR}, {"recipient", CH_NEED_RECIPIENT},
    {"party", CH_NEED_PARTY}, {"cameo", CH_NEED_CAMEO},
    {"day", CH_NEED_DAY},     {NULL, 0},
};
static const choice separators[] = {{"tab", 0}, {"comma", CH_LAYOUT_COMMAS}, {NULL, 0}};
static const choice headers[] = {{"no", 0}, {"yes", CH_LAYOUT_HEADER}, {NULL, 0}};
static const choice repeats[] = {{"no", 0}, {"yes", CH_LAYOUT_REPEATS}, {NULL, 0}};

static uint32_t
choose(ch_build *build, const ch_value *value, const choice *choices)
{
    ch_text all = {0};
    for (; choices->word != NULL; choices++) {
        if (ch_str_is(value->text, choices->word)) {
            ch_text_free(&all);
            return choices->value;
        }
        ch_text_printf(&all, "%s%s", all.len != 0 ? ", " : "use one of ", choices->word);
    }
    ch_complain(build->to, true, value->file, value->line, value->column, all.failed || all.at == NULL ? "" : all.at,
                "no \"%.*s\" is known here", (int)value->text.len, value->text.at);
    ch_text_free(&all);
    return 0;
}

/* The values of `key`, each one of `choices`, put together. */
static uint32_t
choose_all(ch_build *build, const ch_block *block, const char *key, const choice *choices)
{
    uint32_t chosen = 0;
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, key, &at)) != NULL;)
        chosen |= choose(build, v, choices);
    return chosen;
}

static uint32_t
choose_statuses(ch_build *build, const ch_block *block)
{
    uint32_t chosen = 0;
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, "status", &at)) != NULL;) {
        uint32_t bit = ch_claim_bit(v->text);
        if (bit == 0)
            ch_complain(build->to, true, v->file, v->line, v->column, "use a status of docs/format.md", "no status \"%.*s\"",
                        (int)v->text.len, v->text.at);
        chosen |= bit;
    }
    return chosen != 0 ? chosen : UINT32_MAX;
}

/* A separator cannot be written as it is: blanks around a value are dropped, and ";" parts values. */
static ch_lexstr
list_separator(ch_build *build, const ch_block *block)
{
    static const choice marks[] = {{"semicolon", 0}, {"semicolon-space", 1}, {"comma", 2}, {"bar", 3}, {NULL, 0}};
    static const char *const texts[] = {";", "; ", ",", "|"};
    const ch_value *v = ch_block_first(block, "list");
    return ch_build_string(build, ch_str_of(texts[v != NULL ? choose(build, v, marks) : 0]));
}

static bool
has_table(const ch_build *build, ch_str table)
{
    const ch_code *codes = ch_build_at(build, CH_SECTION_CODES, 0);
    for (uint32_t i = 0; i < ch_build_count(build, CH_SECTION_CODES); i++)
        if (ch_str_is(table, ch_build_chars(build, codes[i].table)))
            return true;
    return false;
}

static void
check_template(ch_build *build, const ch_value *value)
{
    ch_template_step steps[CH_TEMPLATE_STEPS_MAX];
    const char *wrong;
    uint32_t count;
    size_t at;
    if (!ch_template_parse(steps, &count, value->text, &wrong, &at)) {
        ch_complain(build->to, true, value->file, value->line, value->column + (uint32_t)at,
                    "see docs/lexicon.md for what a column may hold", "\"%.*s\" %s", (int)value->text.len, value->text.at, wrong);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        if (ch_template_names_table(&steps[i]) && !has_table(build, steps[i].text))
            ch_complain(build->to, true, value->file, value->line, value->column, "name a block of the kind `codes`",
                        "no codes \"%.*s\"", (int)steps[i].text.len, steps[i].text.at);
}

static bool
is_type(ch_str type)
{
    for (size_t i = 0; ch_column_types[i] != NULL; i++)
        if (ch_str_is(type, ch_column_types[i]))
            return true;
    return false;
}

/* "column: NAME; TYPE; CONTENT; NOTE". The content may be empty: "-". */
static void
compile_column(ch_build *build, const ch_field *field)
{
    static const char remedy[] = "write: column: NAME; TYPE; CONTENT; NOTE, and \"-\" for a content that is always empty";
    if (field->nvalue != 4) {
        ch_complain(build->to, true, field->file, field->line, 3, remedy, "a column has four parts, not %u", field->nvalue);
        return;
    }
    const ch_value *v = field->values;
    bool optional = v[1].text.len > 9 && memcmp(v[1].text.at, "optional ", 9) == 0;
    ch_str type = optional ? ch_str_trim((ch_str){v[1].text.at + 9, v[1].text.len - 9}) : v[1].text;
    ch_str content = ch_str_is(v[2].text, "-") ? (ch_str){"", 0} : v[2].text;
    if (!is_type(type))
        ch_complain(build->to, true, v[1].file, v[1].line, v[1].column, "use text, list, integer, number, date, code or flag",
                    "no type \"%.*s\"", (int)type.len, type.at);
    if (content.len != 0)
        check_template(build, &v[2]);
    ch_column column = {.name = ch_build_string(build, v[0].text),
                        .type = ch_build_string(build, type),
                        .content = ch_build_string(build, content),
                        .note = ch_build_string(build, v[3].text),
                        .optional = optional};
    ch_build_put(build, CH_SECTION_COLUMNS, &column, sizeof column);
}

static void
compile_layout(ch_build *build, const ch_block *block)
{
    static const char *const keys[] = {"label", "rows",   "separator", "header", "list",   "missing",
                                       "need",  "status", "repeats",   "once",   "column", NULL};
    const ch_value *label = ch_block_first(block, "label"), *rows = ch_block_first(block, "rows");
    const ch_value *missing = ch_block_first(block, "missing"), *once = ch_block_first(block, "once");
    ch_build_check_keys(build, block, keys);
    if (rows == NULL) {
        ch_complain(build->to, true, block->file, block->line, 1, "write: rows: dyads, or what else has a row",
                    "layout %.*s has no rows", (int)block->id.len, block->id.at);
        return;
    }
    if (once != NULL)
        check_template(build, once);
    ch_layout layout = {
        .id = ch_build_string(build, block->id),
        .label = label != NULL ? ch_build_string(build, label->text) : 0,
        .rows = choose(build, rows, row_kinds),
        .needs = choose_all(build, block, "need", needs),
        .statuses = choose_statuses(build, block),
        .flags = choose_all(build, block, "separator", separators) | choose_all(build, block, "header", headers) |
                 choose_all(build, block, "repeats", repeats),
        .list = list_separator(build, block),
        .missing = missing != NULL ? ch_build_string(build, missing->text) : 0,
        .once = once != NULL ? ch_build_string(build, once->text) : 0,
        .first_column = ch_build_count(build, CH_SECTION_COLUMNS),
    };
    for (uint32_t i = 0; i < block->nfield; i++)
        if (ch_str_is(block->fields[i].key, "column"))
            compile_column(build, &block->fields[i]);
    layout.ncolumn = ch_build_count(build, CH_SECTION_COLUMNS) - layout.first_column;
    ch_build_put(build, CH_SECTION_LAYOUTS, &layout, sizeof layout);
}

void
ch_compile_layouts(ch_build *build)
{
    compile_codes(build);
    for (uint32_t i = 0; i < build->nblock; i++)
        if (ch_str_is(build->blocks[i].kind, "layout"))
            compile_layout(build, &build->blocks[i]);
}
