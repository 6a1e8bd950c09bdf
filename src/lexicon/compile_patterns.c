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

static void *
element(const ch_build *build, uint32_t section, uint32_t index)
{
    return build->sections[section].at + (size_t)index * build->element_size[section];
}

static ch_pattern_step *
step_at(const ch_build *build, uint32_t index)
{
    return element(build, CH_SECTION_PATTERN_CODE, index);
}

ch_pattern_rule *
ch_patterns_rule_at(ch_build *build, uint32_t rule)
{
    return element(build, CH_SECTION_PATTERN_RULES, rule);
}

static const char *
pool_at(const ch_build *build, ch_lexstr s)
{
    return build->sections[CH_SECTION_STRINGS].at + s;
}

/* The element of `section` (classes or groups, whose id comes first) named so,
 * or CH_NONE. */
static uint32_t
find_id(const ch_build *build, uint32_t section, ch_str id)
{
    for (uint32_t i = 0; i < ch_build_count(build, section); i++) {
        const ch_lexstr *at = element(build, section, i);
        if (ch_str_is(id, pool_at(build, *at)))
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
    if (ch_parse_number(key, &number))
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
        if (ch_str_is(name, pool_at(p->build, *(ch_lexstr *)element(p->build, CH_SECTION_PATTERN_SLOTS, total - p->nslot + i))))
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
        !ch_parse_number((ch_str){dash + 1, right}, &to))
        return false;
    *step = (ch_pattern_step){.kind = CH_STEP_RANGE, .a = (uint32_t)from, .b = (uint32_t)to, .least = (uint8_t)left,
                              .most = (uint8_t)right};
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
        step = (ch_pattern_step){.kind = CH_STEP_RANGE, .slot = CH_NO_SLOT, .a = piece.value, .b = piece.value,
                                 .least = piece.digits, .most = piece.digits};
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
    case '<':
        parse_named(p);
        break;
    case '"':
        parse_quoted(p);
        break;
    default:
        emit(p, (ch_pattern_step){.kind = c == '~' ? CH_STEP_TIGHT : CH_STEP_START, .slot = CH_NO_SLOT});
        break;
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
        if (ch_str_is(name, pool_at(build, *(ch_lexstr *)element(build, CH_SECTION_PATTERN_SLOTS, r->first_slot + i))))
            return i;
    return CH_NONE;
}

/* ------------------------------------------------------------------- starts */

/* Keys that may come at a place in a program, and whether the program may end
 * there. */
typedef struct {
    ch_key_set keys;
    bool ends;
} follow;

typedef struct {
    uint32_t key, group, rule;
    ch_key_set next;
} start_pair;

typedef struct {
    ch_build *build;
    ch_text pairs;   /* start_pair */
    bool *on_way;    /* [ngroup] groups being walked */
    uint32_t *seen;  /* [nstep] the walk that was here last */
    uint32_t walk;
    follow *known;       /* [nstep] what first_keys() gave */
    bool *is_known;      /* [nstep] */
    ch_key_set *classes; /* [nclass] first words of their members */
    uint32_t group, rule; /* whose start is sought */
    uint32_t cardinal, scale;
} starting;

static void
put_key(ch_key_set *set, uint32_t key)
{
    uint32_t bit = ch_key_bit(key);
    set->bits[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static void
put_all_keys(ch_key_set *set)
{
    memset(set, 0xFF, sizeof *set);
}

static void
join_keys(ch_key_set *set, const ch_key_set *other)
{
    for (int i = 0; i < CH_KEYS_WORDS; i++)
        set->bits[i] |= other->bits[i];
}

/* What follows a part whose own rest is `inner`, inside of what goes on with `outer`. */
static follow
followed_by(follow inner, const follow *outer)
{
    if (inner.ends) {
        join_keys(&inner.keys, &outer->keys);
        inner.ends = outer->ends;
    }
    return inner;
}

static const ch_pattern_member *
member_at(const starting *s, uint32_t i)
{
    return element(s->build, CH_SECTION_PATTERN_MEMBERS, i);
}

static uint32_t
member_word(const starting *s, const ch_pattern_member *m, uint32_t i)
{
    return *(uint32_t *)element(s->build, CH_SECTION_PATTERN_WORDS, m->first_word + i);
}

static void
put_class_keys(const starting *s, ch_key_set *set, uint32_t class)
{
    if (class != CH_NONE)
        join_keys(set, &s->classes[class]);
}

static void
read_classes(starting *s)
{
    for (uint32_t i = 0; i < ch_build_count(s->build, CH_SECTION_PATTERN_MEMBERS); i++)
        put_key(&s->classes[member_at(s, i)->class], member_word(s, member_at(s, i), 0));
}

/* Pieces that a number may go on with. */
static void
put_number_rest(const starting *s, ch_key_set *set)
{
    static const uint32_t marks[] = {',', '.', '/', '-', 0xBD};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        put_key(set, CH_KEY_MARK(marks[i]));
    put_key(set, CH_KEY_NUMBER);
    put_class_keys(s, set, s->cardinal);
    put_class_keys(s, set, s->scale);
}

static follow first_keys(starting *s, uint32_t pc);

/* Marks a group as being walked; false, and told, where it begins with itself. */
static bool
enter_group(starting *s, uint32_t group)
{
    if (s->on_way[group]) {
        const ch_pattern_group *g = element(s->build, CH_SECTION_PATTERN_GROUPS, group);
        ch_complain(s->build->to, true, "", 0, 0, "let its rules begin with something else", "group <%s> begins with itself",
                    pool_at(s->build, g->id));
        return false;
    }
    s->on_way[group] = true;
    return true;
}

static void
group_keys(starting *s, uint32_t group, follow *out)
{
    if (!enter_group(s, group))
        return;
    for (uint32_t i = 0; i < ch_build_count(s->build, CH_SECTION_PATTERN_RULES); i++)
        if (ch_patterns_rule_at(s->build, i)->group == group) {
            follow inside = first_keys(s, ch_patterns_rule_at(s->build, i)->code);
            join_keys(&out->keys, &inside.keys);
        }
    s->on_way[group] = false;
}

static void
walk_keys(starting *s, uint32_t pc, uint32_t walk, follow *out)
{
    if (s->seen[pc] == walk)
        return;
    s->seen[pc] = walk;
    const ch_pattern_step *step = step_at(s->build, pc);
    switch ((ch_step_kind)step->kind) {
    case CH_STEP_MATCH:
        out->ends = true;
        break;
    case CH_STEP_SPLIT:
        walk_keys(s, step->a, walk, out);
        walk_keys(s, step->b, walk, out);
        break;
    case CH_STEP_JUMP:
        walk_keys(s, step->a, walk, out);
        break;
    case CH_STEP_END:
        put_key(&out->keys, CH_KEY_END);
        break;
    case CH_STEP_START:
    case CH_STEP_TIGHT:
        walk_keys(s, pc + 1, walk, out);
        break;
    case CH_STEP_WORD:
        put_key(&out->keys, step->a);
        break;
    case CH_STEP_MARK:
        put_key(&out->keys, CH_KEY_MARK(step->a));
        break;
    case CH_STEP_NUMBER:
        put_class_keys(s, &out->keys, s->cardinal);
        put_key(&out->keys, CH_KEY_NUMBER);
        break;
    case CH_STEP_RANGE:
        put_key(&out->keys, CH_KEY_NUMBER);
        break;
    case CH_STEP_CLASS:
        put_class_keys(s, &out->keys, step->a);
        break;
    case CH_STEP_GROUP:
        group_keys(s, step->a, out);
        break;
    case CH_STEP_REST:
        put_all_keys(&out->keys);
        out->ends = true;
        break;
    default:
        put_all_keys(&out->keys);
        break;
    }
}

/* The keys that step `pc` and what it leads to may take first. */
static follow
first_keys(starting *s, uint32_t pc)
{
    if (!s->is_known[pc]) {
        follow out = {.ends = false};
        walk_keys(s, pc, ++s->walk, &out);
        s->known[pc] = out;
        s->is_known[pc] = true;
    }
    return s->known[pc];
}

static void
add_start(starting *s, uint32_t key, const ch_key_set *next)
{
    const start_pair pair = {key, s->group, s->rule, *next};
    if (key != 0)
        ch_text_add(&s->pairs, (const char *)&pair, sizeof pair);
}

static void
add_class_starts(starting *s, uint32_t class, const ch_key_set *next)
{
    for (uint32_t i = 0; i < ch_build_count(s->build, CH_SECTION_PATTERN_MEMBERS); i++) {
        const ch_pattern_member *m = member_at(s, i);
        if (m->class != class)
            continue;
        ch_key_set after = *next;
        if (m->nword > 1) {
            after = (ch_key_set){{0}};
            put_key(&after, member_word(s, m, 1));
            put_key(&after, CH_KEY_MARK('-'));
            put_key(&after, CH_KEY_MARK('\''));
        }
        if (m->flags & CH_MEMBER_DOT)
            put_key(&after, CH_KEY_MARK('.'));
        add_start(s, member_word(s, m, 0), &after);
    }
}

static void add_starts(starting *s, uint32_t pc, const follow *outer);

static void
add_group_starts(starting *s, uint32_t group, const follow *outer)
{
    if (!enter_group(s, group))
        return;
    for (uint32_t i = 0; i < ch_build_count(s->build, CH_SECTION_PATTERN_RULES); i++)
        if (ch_patterns_rule_at(s->build, i)->group == group)
            add_starts(s, ch_patterns_rule_at(s->build, i)->code, outer);
    s->on_way[group] = false;
}

/* Every key that the program may take first, from step `pc` on, with those that
 * may come second; `outer` is what comes behind the program. */
static void
add_starts(starting *s, uint32_t pc, const follow *outer)
{
    const ch_pattern_step *step = step_at(s->build, pc);
    switch ((ch_step_kind)step->kind) {
    case CH_STEP_MATCH:
        return;
    case CH_STEP_SPLIT:
        /* ways that meet again are walked twice: programs are short */
        add_starts(s, step->a, outer);
        if (step->b > pc)
            add_starts(s, step->b, outer);
        return;
    case CH_STEP_JUMP:
        add_starts(s, step->a, outer);
        return;
    case CH_STEP_START:
    case CH_STEP_END:
    case CH_STEP_TIGHT:
        add_starts(s, pc + 1, outer);
        return;
    default:
        break;
    }
    follow after = followed_by(first_keys(s, pc + 1), outer);
    switch ((ch_step_kind)step->kind) {
    case CH_STEP_WORD:
        add_start(s, step->a, &after.keys);
        break;
    case CH_STEP_MARK:
        add_start(s, CH_KEY_MARK(step->a), &after.keys);
        break;
    case CH_STEP_RANGE:
        add_start(s, CH_KEY_NUMBER, &after.keys);
        break;
    case CH_STEP_NUMBER:
        put_number_rest(s, &after.keys);
        add_start(s, CH_KEY_NUMBER, &after.keys);
        add_class_starts(s, s->cardinal, &after.keys);
        break;
    case CH_STEP_CLASS:
        add_class_starts(s, step->a, &after.keys);
        break;
    case CH_STEP_GROUP:
        add_group_starts(s, step->a, &after);
        break;
    default:
        put_all_keys(&after.keys);
        add_start(s, CH_KEY_ANY, &after.keys);
        break;
    }
}

static int
by_key(const void *a, const void *b)
{
    const start_pair *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* Sorted pairs as starts and their rules, what is said twice joined. */
static void
write_starts(ch_build *build, start_pair *pairs, size_t count)
{
    if (count != 0)
        qsort(pairs, count, sizeof *pairs, by_key);
    ch_pattern_start start = {.count = 0};
    for (size_t i = 0; i < count;) {
        ch_pattern_start_rule rule = {.rule = pairs[i].rule};
        size_t k = i;
        for (; k < count && by_key(&pairs[k], &pairs[i]) == 0; k++)
            join_keys(&rule.next, &pairs[k].next);
        if (start.count != 0 && (pairs[i].key != start.key || pairs[i].group != start.group)) {
            ch_build_put(build, CH_SECTION_PATTERN_STARTS, &start, sizeof start);
            start = (ch_pattern_start){.first = start.first + start.count};
        }
        start.key = pairs[i].key;
        start.group = pairs[i].group;
        join_keys(&start.next, &rule.next);
        ch_build_put(build, CH_SECTION_PATTERN_START_RULES, &rule, sizeof rule);
        start.count++;
        i = k;
    }
    if (start.count != 0)
        ch_build_put(build, CH_SECTION_PATTERN_STARTS, &start, sizeof start);
}

static void
find_starts(ch_build *build)
{
    uint32_t nrule = ch_build_count(build, CH_SECTION_PATTERN_RULES), nstep = ch_build_count(build, CH_SECTION_PATTERN_CODE);
    uint32_t ngroup = ch_build_count(build, CH_SECTION_PATTERN_GROUPS);
    starting s = {.build = build,
                  .on_way = ch_arena_array(build->arena, ngroup, sizeof *s.on_way),
                  .seen = ch_arena_array(build->arena, nstep, sizeof *s.seen),
                  .known = ch_arena_array(build->arena, nstep, sizeof *s.known),
                  .is_known = ch_arena_array(build->arena, nstep, sizeof *s.is_known),
                  .classes = ch_arena_array(build->arena, ch_build_count(build, CH_SECTION_PATTERN_CLASSES), sizeof *s.classes),
                  .cardinal = find_id(build, CH_SECTION_PATTERN_CLASSES, ch_str_of("cardinal")),
                  .scale = find_id(build, CH_SECTION_PATTERN_CLASSES, ch_str_of("scale"))};
    if (s.on_way == NULL || s.seen == NULL || s.known == NULL || s.is_known == NULL || s.classes == NULL) {
        build->out_of_memory = true;
        return;
    }
    read_classes(&s);
    follow anything = {.ends = true};
    put_all_keys(&anything.keys);
    uint32_t errors = build->to->errors;
    for (s.rule = 0; s.rule < nrule && build->to->errors == errors; s.rule++) {
        s.group = ch_patterns_rule_at(build, s.rule)->group;
        add_starts(&s, ch_patterns_rule_at(build, s.rule)->code, &anything);
    }
    if (s.pairs.failed)
        build->out_of_memory = true;
    else
        write_starts(build, (start_pair *)(void *)s.pairs.at, s.pairs.len / sizeof(start_pair));
    ch_text_free(&s.pairs);
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
        all[i].member = *(ch_pattern_member *)element(build, CH_SECTION_PATTERN_MEMBERS, i);
        all[i].word = *(uint32_t *)element(build, CH_SECTION_PATTERN_WORDS, all[i].member.first_word);
        all[i].order = i;
    }
    qsort(all, count, sizeof *all, by_word);
    for (uint32_t i = 0; i < count; i++)
        *(ch_pattern_member *)element(build, CH_SECTION_PATTERN_MEMBERS, i) = all[i].member;
}

static void
check_groups(ch_build *build)
{
    for (uint32_t g = 0; g < ch_build_count(build, CH_SECTION_PATTERN_GROUPS); g++) {
        bool has_rule = false;
        for (uint32_t i = 0; i < ch_build_count(build, CH_SECTION_PATTERN_RULES) && !has_rule; i++)
            has_rule = ch_patterns_rule_at(build, i)->group == g;
        const ch_pattern_group *group = element(build, CH_SECTION_PATTERN_GROUPS, g);
        if (!has_rule)
            ch_complain(build->to, true, "", 0, 0, "define it as a class, or write a rule of that group",
                        "patterns ask for <%s>, which is neither a class nor a group of rules", pool_at(build, group->id));
    }
}

void
ch_patterns_finish(ch_build *build)
{
    check_groups(build);
    sort_members(build);
    find_starts(build);
}
