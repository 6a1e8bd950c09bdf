#include "lexicon/compile_patterns.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Longest word of a pattern, folded; words of a member. */
#define FOLD_ROOM 96
#define MEMBER_WORDS_MAX 8
/* Brackets within brackets. */
#define NESTING_MAX 16

/* ----------------------------------------------------------------- sections */

static ch_pattern_step *
step_at(const ch_build *build, uint32_t index)
{
    return ch_build_at(build, CH_SECTION_PATTERN_CODE, index);
}

ch_pattern_rule *
ch_patterns_rule_at(ch_build *build, uint32_t rule)
{
    return ch_build_at(build, CH_SECTION_PATTERN_RULES, rule);
}

/* The element of `section` (classes or groups, whose id comes first) named so,
 * or CH_NONE. */
static uint32_t
find_id(const ch_build *build, uint32_t section, ch_str id)
{
    for (uint32_t i = 0; i < ch_build_count(build, section); i++) {
        const ch_lexstr *at = ch_build_at(build, section, i);
        if (ch_str_is(id, ch_build_chars(build, *at)))
            return i;
    }
    return CH_NONE;
}

static uint32_t
group_of(ch_build *build, ch_str id)
{
    uint32_t group = find_id(build, CH_SECTION_PATTERN_GROUPS, id);
    if (group != CH_NONE)
        return group;
    const ch_pattern_group made = {.id = ch_build_string(build, id)};
    return ch_build_put(build, CH_SECTION_PATTERN_GROUPS, &made, sizeof made);
}

static bool
begins_with_capital(ch_str s)
{
    size_t at = 0;
    return s.len != 0 && ch_is_upper(ch_utf8_next(s.at, s.len, &at));
}

static uint32_t
word_of(ch_build *build, ch_str s)
{
    char folded[FOLD_ROOM];
    size_t len = ch_fold(folded, sizeof folded, s.at, s.len);
    return len == 0 || len == SIZE_MAX ? 0 : ch_build_word(build, (ch_str){folded, len});
}

static ch_str
piece_text(ch_str s, const ch_piece *piece)
{
    return (ch_str){s.at + piece->span.start, piece->span.end - piece->span.start};
}

/* ------------------------------------------------------------------ classes */

static void
put_member(ch_build *build, const ch_block *block, uint32_t class, ch_str key, const ch_value *value)
{
    ch_pattern_member m = {.class = class, .value = ch_build_string(build, key), .number = INT32_MIN};
    ch_str text = value->text;
    uint32_t words[MEMBER_WORDS_MAX];
    ch_piece piece;
    double number;
    for (size_t at = 0; ch_piece_next(&piece, NULL, text.at, text.len, &at, false);) {
        if (piece.kind == CH_PIECE_MARK)
            continue;
        uint32_t word = piece.kind == CH_PIECE_WORD ? word_of(build, piece_text(text, &piece)) : 0;
        if (word == 0 || m.nword == MEMBER_WORDS_MAX) {
            ch_complain(build->to, true, block->file, value->line, value->column, "write a rule for what is more than words",
                        "a member of a class is one to %d words, without digits", MEMBER_WORDS_MAX);
            return;
        }
        words[m.nword++] = word;
    }
    if (m.nword == 0)
        return;
    if (ch_parse_number(key, &number) && number > INT32_MIN && number <= INT32_MAX)
        m.number = (int32_t)number;
    if (begins_with_capital(text))
        m.flags |= CH_MEMBER_CAPITAL;
    if (text.at[text.len - 1] == '.')
        m.flags |= CH_MEMBER_DOT;
    m.first_word = ch_build_count(build, CH_SECTION_PATTERN_WORDS);
    for (uint32_t i = 0; i < m.nword; i++)
        ch_build_put(build, CH_SECTION_PATTERN_WORDS, &words[i], sizeof words[i]);
    ch_build_put(build, CH_SECTION_PATTERN_MEMBERS, &m, sizeof m);
}

void
ch_patterns_classes(ch_build *build, const char *kind)
{
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (!ch_str_is(block->kind, kind))
            continue;
        if (find_id(build, CH_SECTION_PATTERN_CLASSES, block->id) != CH_NONE) {
            ch_complain(build->to, true, block->file, block->line, 1, "give it another name", "a second class \"%.*s\"",
                        (int)block->id.len, block->id.at);
            continue;
        }
        const ch_pattern_class made = {.id = ch_build_string(build, block->id)};
        uint32_t class = ch_build_put(build, CH_SECTION_PATTERN_CLASSES, &made, sizeof made);
        for (uint32_t f = 0; f < block->nfield; f++)
            for (uint32_t v = 0; v < block->fields[f].nvalue; v++)
                put_member(build, block, class, block->fields[f].key, &block->fields[f].values[v]);
    }
}

/* ----------------------------------------------------------------- programs */

typedef struct {
    ch_build *build;
    const ch_block *block;
    const ch_value *value;
    ch_str s;
    size_t at;
    uint32_t depth;
    uint32_t nslot;
    bool keeps; /* contexts keep nothing */
    bool bad;
} parser;

static void
mistake(parser *p, const char *remedy, const char *what)
{
    if (!p->bad)
        ch_complain(p->build->to, true, p->block->file, p->value->line, p->value->column + (uint32_t)p->at, remedy, "%s", what);
    p->bad = true;
}

static uint32_t
emit(parser *p, ch_pattern_step step)
{
    return ch_build_put(p->build, CH_SECTION_PATTERN_CODE, &step, sizeof step);
}

static uint32_t
here(const parser *p)
{
    return ch_build_count(p->build, CH_SECTION_PATTERN_CODE);
}

static char
peek(parser *p)
{
    while (p->at < p->s.len && (p->s.at[p->at] == ' ' || p->s.at[p->at] == '\t'))
        p->at++;
    return p->at < p->s.len ? p->s.at[p->at] : '\0';
}

/* Whether a "|" follows before the bracket at hand is closed. */
static bool
has_alternative(const parser *p)
{
    int depth = 0;
    for (size_t i = p->at; i < p->s.len; i++) {
        char c = p->s.at[i];
        if (c == '"') {
            const char *end = memchr(p->s.at + i + 1, '"', p->s.len - i - 1);
            if (end == NULL)
                return false;
            i = (size_t)(end - p->s.at);
        } else if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth-- == 0)
            return false;
        else if (c == '|' && depth == 0)
            return true;
    }
    return false;
}

static void parse_sequence(parser *p);

/* a | b | c, each with a way out to the end of all. */
static void
parse_alternatives(parser *p)
{
    uint32_t jumps[64], njump = 0;
    if (++p->depth > NESTING_MAX)
        mistake(p, "split the pattern into groups", "too many brackets within brackets");
    while (!p->bad && has_alternative(p)) {
        uint32_t split = emit(p, (ch_pattern_step){.kind = CH_STEP_SPLIT});
        step_at(p->build, split)->a = here(p);
        parse_sequence(p);
        if (peek(p) != '|' || njump == 64) {
            mistake(p, "use a class for long lists", "too many alternatives");
            return;
        }
        p->at++;
        jumps[njump++] = emit(p, (ch_pattern_step){.kind = CH_STEP_JUMP});
        step_at(p->build, split)->b = here(p);
    }
    parse_sequence(p);
    for (uint32_t i = 0; i < njump; i++)
        step_at(p->build, jumps[i])->a = here(p);
    p->depth--;
}

static void
expect(parser *p, char close)
{
    if (peek(p) == close)
        p->at++;
    else
        mistake(p, "close the bracket", close == ')' ? "a \")\" is missing" : "a \"]\" is missing");
}

static uint8_t
slot_named(parser *p, ch_str name)
{
    if (!p->keeps || name.len == 0)
        return CH_NO_SLOT;
    uint32_t total = ch_build_count(p->build, CH_SECTION_PATTERN_SLOTS);
    for (uint32_t i = 0; i < p->nslot; i++)
        if (ch_str_is(name, ch_build_chars(p->build,
                                           *(ch_lexstr *)ch_build_at(p->build, CH_SECTION_PATTERN_SLOTS, total - p->nslot + i))))
            return (uint8_t)i;
    if (p->nslot == CH_PATTERN_SLOTS_MAX) {
        mistake(p, "keep fewer parts", "too many slots in one pattern");
        return CH_NO_SLOT;
    }
    ch_lexstr made = ch_build_string(p->build, name);
    ch_build_put(p->build, CH_SECTION_PATTERN_SLOTS, &made, sizeof made);
    return (uint8_t)p->nslot++;
}

/* "1-31", "00-59": the digits of the ends say how many the text must have. */
static bool
parse_range(ch_str s, ch_pattern_step *step)
{
    const char *dash = memchr(s.at, '-', s.len);
    size_t left = dash != NULL ? (size_t)(dash - s.at) : 0, right = dash != NULL ? s.len - left - 1 : 0;
    double from, to;
    if (left == 0 || left > 9 || right > 9 || !ch_parse_number((ch_str){s.at, left}, &from) ||
        !ch_parse_number((ch_str){dash + 1, right}, &to) || from < 0 || from > UINT32_MAX || to < 0 || to > UINT32_MAX)
        return false;
    *step = (ch_pattern_step){
        .kind = CH_STEP_RANGE, .a = (uint32_t)from, .b = (uint32_t)to, .least = (uint8_t)left, .most = (uint8_t)right};
    return true;
}

static ch_pattern_step
named_step(parser *p, ch_str name)
{
    static const struct {
        const char *name;
        ch_step_kind kind;
    } own[] = {{"number", CH_STEP_NUMBER}, {"any", CH_STEP_ANY},   {"name", CH_STEP_NAME}, {"caps", CH_STEP_CAPS},
               {"medium", CH_STEP_MEDIUM}, {"link", CH_STEP_LINK}, {"rest", CH_STEP_REST}};
    ch_pattern_step step;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (ch_str_is(name, own[i].name))
            return (ch_pattern_step){.kind = (uint8_t)own[i].kind};
    if (parse_range(name, &step))
        return step;
    uint32_t class = find_id(p->build, CH_SECTION_PATTERN_CLASSES, name);
    if (class != CH_NONE)
        return (ch_pattern_step){.kind = CH_STEP_CLASS, .a = class};
    return (ch_pattern_step){.kind = CH_STEP_GROUP, .a = group_of(p->build, name)};
}

/* <name> or <name:slot>, "<" behind us. */
static void
parse_named(parser *p)
{
    const char *from = p->s.at + p->at, *end = memchr(from, '>', p->s.len - p->at);
    if (end == NULL || end == from) {
        mistake(p, "write <name> or <name:slot>", "a \">\" is missing");
        return;
    }
    ch_str name = {from, (size_t)(end - from)}, slot = {from, 0};
    const char *colon = memchr(from, ':', name.len);
    if (colon != NULL) {
        slot = (ch_str){colon + 1, (size_t)(end - colon) - 1};
        name.len = (size_t)(colon - from);
    }
    ch_pattern_step step = named_step(p, name);
    step.slot = slot_named(p, slot);
    emit(p, step);
    p->at += (size_t)(end - from) + 1;
}

/* A word, a number or a mark as it stands. */
static void
parse_literal(parser *p, ch_str s, size_t *at)
{
    ch_piece piece;
    if (!ch_piece_next(&piece, NULL, s.at, s.len, at, false))
        return;
    ch_str text = piece_text(s, &piece);
    ch_pattern_step step = {.slot = CH_NO_SLOT, .a = piece.value};
    if (piece.kind == CH_PIECE_NUMBER)
        step = (ch_pattern_step){.kind = CH_STEP_RANGE,
                                 .slot = CH_NO_SLOT,
                                 .a = piece.value,
                                 .b = piece.value,
                                 .least = piece.digits,
                                 .most = piece.digits};
    else if (piece.kind == CH_PIECE_MARK)
        step.kind = CH_STEP_MARK;
    else {
        step.kind = CH_STEP_WORD;
        step.a = word_of(p->build, text);
        step.b = begins_with_capital(text);
    }
    emit(p, step);
}

static void
parse_quoted(parser *p)
{
    const char *from = p->s.at + p->at, *end = memchr(from, '"', p->s.len - p->at);
    if (end == NULL) {
        mistake(p, "close the quotation mark", "a '\"' is missing");
        return;
    }
    ch_str inside = {from, (size_t)(end - from)};
    for (size_t at = 0; at < inside.len;)
        parse_literal(p, inside, &at);
    p->at += inside.len + 1;
}

/* One item. A "[" makes its split before its inside, a "+" its own behind. */
static void
parse_item(parser *p, char c)
{
    uint32_t from = here(p);
    if (c != '(' && c != '[' && c != '<' && c != '"' && c != '~' && c != '^') {
        parse_literal(p, p->s, &p->at);
        return;
    }
    p->at++;
    switch (c) {
    case '(':
        parse_alternatives(p);
        expect(p, ')');
        break;
    case '[':
        emit(p, (ch_pattern_step){.kind = CH_STEP_SPLIT, .a = from + 1});
        parse_alternatives(p);
        expect(p, ']');
        step_at(p->build, from)->b = here(p);
        break;
    case '<': parse_named(p); break;
    case '"': parse_quoted(p); break;
    default: emit(p, (ch_pattern_step){.kind = c == '~' ? CH_STEP_TIGHT : CH_STEP_START, .slot = CH_NO_SLOT}); break;
    }
    if ((c == '(' || c == '<') && peek(p) == '+') {
        p->at++;
        uint32_t split = emit(p, (ch_pattern_step){.kind = CH_STEP_SPLIT, .a = from});
        step_at(p->build, split)->b = here(p);
    }
}

static void
parse_sequence(parser *p)
{
    char c;
    while (!p->bad && (c = peek(p)) != '\0' && c != '|' && c != ')' && c != ']') {
        if (c == '$') {
            p->at++;
            emit(p, (ch_pattern_step){.kind = CH_STEP_END, .slot = CH_NO_SLOT});
        } else
            parse_item(p, c);
    }
}

/* One program; CH_NONE where it has a mistake. */
static uint32_t
compile_program(parser *p)
{
    uint32_t code = here(p);
    parse_alternatives(p);
    if (!p->bad && peek(p) != '\0')
        mistake(p, "open it, or quote it", "a bracket that nothing opens");
    emit(p, (ch_pattern_step){.kind = CH_STEP_MATCH, .slot = CH_NO_SLOT});
    return p->bad ? CH_NONE : code;
}

/* The field's values as alternatives of one program, or CH_NONE without any. */
static uint32_t
compile_context(ch_build *build, const ch_block *block, const char *key, bool *bad)
{
    ch_text all = {0};
    uint64_t at = 0;
    const ch_value *first = ch_block_first(block, key);
    if (first == NULL)
        return CH_NONE;
    for (const ch_value *v; (v = ch_block_next(block, key, &at)) != NULL;) {
        ch_text_puts(&all, all.len != 0 ? "|" : "");
        ch_text_add_str(&all, v->text);
    }
    parser p = {.build = build, .block = block, .value = first, .s = {all.at, all.len}};
    uint32_t code = compile_program(&p);
    *bad = *bad || p.bad;
    ch_text_free(&all);
    return code;
}

uint32_t
ch_patterns_rule(ch_build *build, const ch_block *block, const ch_value *match, const char *group)
{
    ch_pattern_rule rule = {.id = ch_build_string(build, block->id), .place = ch_build_place(build, block)};
    bool bad = false;
    rule.group = group_of(build, ch_str_of(group));
    rule.left = compile_context(build, block, "left", &bad);
    rule.not_left = compile_context(build, block, "not-left", &bad);
    rule.right = compile_context(build, block, "right", &bad);
    rule.not_right = compile_context(build, block, "not-right", &bad);
    rule.first_slot = ch_build_count(build, CH_SECTION_PATTERN_SLOTS);
    parser p = {.build = build, .block = block, .value = match, .s = match->text, .keeps = true};
    rule.code = compile_program(&p);
    rule.nslot = p.nslot;
    return bad || p.bad ? CH_NONE : ch_build_put(build, CH_SECTION_PATTERN_RULES, &rule, sizeof rule);
}

uint32_t
ch_patterns_rule_slot(ch_build *build, uint32_t rule, ch_str name)
{
    const ch_pattern_rule *r = ch_patterns_rule_at(build, rule);
    for (uint32_t i = 0; i < r->nslot; i++)
        if (ch_str_is(name, ch_build_chars(build, *(ch_lexstr *)ch_build_at(build, CH_SECTION_PATTERN_SLOTS, r->first_slot + i))))
            return i;
    return CH_NONE;
}

/* ---------------------------------------------------------------- finishing */

typedef struct {
    uint32_t word;
    uint32_t order;
    ch_pattern_member member;
} sortable;

static int
by_word(const void *a, const void *b)
{
    const sortable *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static void
sort_members(ch_build *build)
{
    uint32_t count = ch_build_count(build, CH_SECTION_PATTERN_MEMBERS);
    sortable *all = ch_arena_array(build->arena, count, sizeof *all);
    if (all == NULL || count == 0) {
        build->out_of_memory = build->out_of_memory || all == NULL;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        all[i].member = *(ch_pattern_member *)ch_build_at(build, CH_SECTION_PATTERN_MEMBERS, i);
        all[i].word = *(uint32_t *)ch_build_at(build, CH_SECTION_PATTERN_WORDS, all[i].member.first_word);
        all[i].order = i;
    }
    qsort(all, count, sizeof *all, by_word);
    for (uint32_t i = 0; i < count; i++)
        *(ch_pattern_member *)ch_build_at(build, CH_SECTION_PATTERN_MEMBERS, i) = all[i].member;
}

static void
check_groups(ch_build *build)
{
    for (uint32_t g = 0; g < ch_build_count(build, CH_SECTION_PATTERN_GROUPS); g++) {
        bool has_rule = false;
        for (uint32_t i = 0; i < ch_build_count(build, CH_SECTION_PATTERN_RULES) && !has_rule; i++)
            has_rule = ch_patterns_rule_at(build, i)->group == g;
        const ch_pattern_group *group = ch_build_at(build, CH_SECTION_PATTERN_GROUPS, g);
        if (!has_rule)
            ch_complain(build->to, true, "", 0, 0, "define it as a class, or write a rule of that group",
                        "patterns ask for <%s>, which is neither a class nor a group of rules", ch_build_chars(build, group->id));
    }
}

void
ch_patterns_finish(ch_build *build)
{
    check_groups(build);
    sort_members(build);
    ch_patterns_find_starts(build, find_id(build, CH_SECTION_PATTERN_CLASSES, ch_str_of("cardinal")),
                            find_id(build, CH_SECTION_PATTERN_CLASSES, ch_str_of("scale")));
}
