/* Blocks `set`, `frame` and the facts `statement`, `amount`, `vote`, `relation`. The grammar of triggers and tests is in
 * docs/lexicon.md. */
#include "lexicon/compile_frames.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *const frame_keys[] = {"type",   "mode",    "context",    "cameo", "reverse", "verb",   "noun",   "adj",    "actor",
                                         "recipient", "place", "content", "reciprocal", "covers", "last", "need",  "if",     "unless", "order", "weight",
                                         "status", "yes",     "no",         "note",  "from",    NULL};
static const char *const fact_keys[] = {"means", "state", "unit", "verb", "noun", "adj", "actor", "recipient", "content", "need",
                                        "if", "unless", "order", "weight", "cameo", "yes", "no", "note", NULL};
static const char *const fact_kinds[CH_FACT_KIND_COUNT] = {"statement", "amount", "vote", "relation"};
static const char *const statuses[] = {"asserted", "planned", "ongoing", "alleged", "possible", "negated", "hypothetical"};

static const struct {
    const char *name;
    ch_slot slot;
} slot_names[] = {
    {"subj", CH_SLOT_SUBJ}, {"obj", CH_SLOT_OBJ}, {"iobj", CH_SLOT_IOBJ}, {"comp", CH_SLOT_COMP},
    {"poss", CH_SLOT_POSS}, {"mod", CH_SLOT_MOD}, {"adv", CH_SLOT_ADV},   {"left", CH_SLOT_LEFT}, {"right", CH_SLOT_RIGHT},
    {"aux", CH_SLOT_AUX},
};

static const char *const class_names[CH_CLASS_COUNT] = {
    "actor", "country", "gov", "armed", "civilian", "person", "organisation", "place", "number", "money", "date",
};

#define DEFAULT_WEIGHT 0.8

void
ch_framing_mistake(ch_framing *c, const char *where, const char *remedy, const char *what, ch_str s)
{
    uint32_t column = c->value->column;
    if (where >= c->value->text.at && where <= c->value->text.at + c->value->text.len)
        column += (uint32_t)(where - c->value->text.at);
    ch_complain(c->build->to, true, c->value->file, c->value->line, column, remedy, "%s: \"%.*s\"", what, (int)s.len, s.at);
}

ch_range
ch_framing_words(ch_framing *c, ch_str s)
{
    uint32_t words[CH_FRAMING_WORDS_MAX];
    uint32_t n = ch_build_words(c->build, s, words, CH_FRAMING_WORDS_MAX);
    if (n == 0 || n > CH_FRAMING_WORDS_MAX) {
        ch_framing_mistake(c, s.at, "write one to eight words", "no word, or too many", s);
        return (ch_range){0, 0};
    }
    ch_range range = {ch_build_count(c->build, CH_SECTION_FRAME_WORDS), n};
    for (uint32_t i = 0; i < n; i++)
        ch_build_put(c->build, CH_SECTION_FRAME_WORDS, &words[i], sizeof words[i]);
    return range;
}

/* ------------------------------------------------------------ paths, tests */

static uint32_t
slot_of(ch_framing *c, ch_str name)
{
    for (size_t i = 0; i < sizeof slot_names / sizeof *slot_names; i++)
        if (ch_str_is(name, slot_names[i].name))
            return slot_names[i].slot;
    for (size_t i = 0; i < name.len; i++)
        if (!((name.at[i] >= 'a' && name.at[i] <= 'z') || (name.at[i] == '-' && i > 0))) {
            ch_framing_mistake(c, name.at, "use subj, obj, iobj, comp, poss, mod, adv or a preposition", "no slot", name);
            return 0;
        }
    if (name.len == 0) {
        ch_framing_mistake(c, name.at, "use subj, obj, iobj, comp, poss, mod, adv or a preposition", "a slot is missing", name);
        return 0;
    }
    return CH_SLOT_PREPOSITION | ch_build_word(c->build, name);
}

static ch_path
path_of(ch_framing *c, ch_str s)
{
    ch_path path = {0};
    ch_str rest = s;
    for (uint32_t i = 0; rest.len != 0; i++) {
        ch_str name = ch_str_cut(rest, '.', &rest);
        if (i == CH_PATH_MAX) {
            ch_framing_mistake(c, name.at, "write at most three slots", "too long a path", s);
            break;
        }
        path.slot[i] = slot_of(c, name);
    }
    return path;
}

static void
put_alternative(ch_framing *c, ch_str s)
{
    ch_alternative a = {0};
    if (s.len > 1 && s.at[0] == '@') {
        ch_str id = {s.at + 1, s.len - 1};
        uint32_t *set = ch_map_get(&c->sets, id);
        a.kind = CH_ALT_SET;
        if (set == NULL)
            ch_framing_mistake(c, s.at, "define `set` of that id, or mend the name", "no such set", id);
        else {
            a.value = *set;
            ch_map_put(&c->used, id, 1, NULL);
        }
    } else if (s.len > 2 && s.at[0] == '<' && s.at[s.len - 1] == '>') {
        ch_str name = {s.at + 1, s.len - 2};
        a.kind = CH_ALT_CLASS;
        a.value = CH_CLASS_COUNT;
        for (uint32_t i = 0; i < CH_CLASS_COUNT; i++)
            if (ch_str_is(name, class_names[i]))
                a.value = i;
        if (a.value == CH_CLASS_COUNT)
            ch_framing_mistake(c, s.at, "see docs/lexicon.md for the classes", "no such class", name);
    } else if (s.len > 2 && s.at[0] == '{' && s.at[s.len - 1] == '}') {
        ch_str mode, type = ch_str_cut((ch_str){s.at + 1, s.len - 2}, '/', &mode);
        a.kind = CH_ALT_ACT;
        a.value = (uint32_t)ch_plover_find(type);
        a.mode = ch_build_string(c->build, ch_str_trim(mode));
        if (a.value == CH_PLOVER_COUNT)
            ch_framing_mistake(c, s.at, "use one of the sixteen types of PLOVER 2021", "no such act", type);
    } else {
        ch_range words = ch_framing_words(c, s);
        a.kind = CH_ALT_WORDS;
        a.first_word = words.first;
        a.nword = words.count;
    }
    ch_build_put(c->build, CH_SECTION_ALTERNATIVES, &a, sizeof a);
}

/* "slot" or "slot=a|b"; the sign is gone. */
static void
put_test(ch_framing *c, ch_str s, bool negative)
{
    ch_str list, name = ch_str_cut(s, '=', &list);
    ch_test test = {.path = path_of(c, name), .negative = negative};
    test.first_alternative = ch_build_count(c->build, CH_SECTION_ALTERNATIVES);
    while (list.len != 0) {
        ch_str one = ch_str_cut(list, '|', &list);
        if (one.len == 0)
            ch_framing_mistake(c, one.at, "take the stray '|' out", "an empty alternative", s);
        else {
            put_alternative(c, one);
            test.nalternative++;
        }
    }
    ch_build_put(c->build, CH_SECTION_TESTS, &test, sizeof test);
}

/* ---------------------------------------------------------------- triggers */

/* Where the next " +" or " -" test begins in `s`, or its end. */
static size_t
next_test(ch_str s, size_t from)
{
    for (size_t i = from; i + 1 < s.len; i++)
        if (s.at[i] == ' ' && (s.at[i + 1] == '+' || s.at[i + 1] == '-'))
            return i;
    return s.len;
}

static void
put_trigger(ch_framing *c, const ch_value *v, uint32_t frame, ch_trigger_pos pos, uint32_t frame_weight)
{
    c->value = v;
    size_t end = next_test(v->text, 0);
    ch_range words = ch_framing_words(c, ch_str_trim((ch_str){v->text.at, end}));
    if (words.count == 0)
        return;
    ch_trigger t = {.frame = frame, .pos = pos, .first_word = words.first, .nword = words.count, .line = v->line};
    t.head = pos == CH_TRIGGER_NOUN ? words.count - 1 : 0;
    t.first_test = ch_build_count(c->build, CH_SECTION_TESTS);
    uint32_t positive = 0;
    while (end < v->text.len) {
        size_t begin = end + 1;
        end = next_test(v->text, begin);
        bool negative = v->text.at[begin] == '-';
        put_test(c, ch_str_trim((ch_str){v->text.at + begin + 1, end - begin - 1}), negative);
        positive += !negative;
    }
    t.ntest = ch_build_count(c->build, CH_SECTION_TESTS) - t.first_test;
    t.specificity = t.nword + positive + frame_weight;
    ch_build_put(c->build, CH_SECTION_TRIGGERS, &t, sizeof t);
}

/* ------------------------------------------------------------------ frames */

static ch_range
put_paths(ch_framing *c, const char *key)
{
    ch_range range = {ch_build_count(c->build, CH_SECTION_PATHS), 0};
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(c->block, key, &at)) != NULL;) {
        c->value = v;
        ch_str rest = v->text;
        for (bool also = false; rest.len != 0; also = true) {
            ch_path path = path_of(c, ch_str_cut(rest, '+', &rest));
            path.also = also;
            ch_build_put(c->build, CH_SECTION_PATHS, &path, sizeof path);
            range.count++;
        }
    }
    return range;
}

/* *ifs: how many of them are `if`. */
static ch_range
put_frame_tests(ch_framing *c, uint32_t *ifs)
{
    ch_range range = {ch_build_count(c->build, CH_SECTION_TESTS), 0};
    for (int negative = 0; negative < 2; negative++) {
        uint64_t at = 0;
        for (const ch_value *v; (v = ch_block_next(c->block, negative ? "unless" : "if", &at)) != NULL;) {
            c->value = v;
            ch_str s = v->text;
            bool minus = s.at[0] == '-';
            if (minus || s.at[0] == '+')
                s = ch_str_trim((ch_str){s.at + 1, s.len - 1});
            put_test(c, s, negative != minus);
        }
        if (!negative)
            *ifs = ch_build_count(c->build, CH_SECTION_TESTS) - range.first;
    }
    range.count = ch_build_count(c->build, CH_SECTION_TESTS) - range.first;
    return range;
}

/* The ontology's entry of a code, or NULL. */
static const ch_cameo *
cameo_of(const ch_build *b, const char *code, size_t len)
{
    const ch_cameo *all = ch_build_at(b, CH_SECTION_CAMEO, 0);
    for (uint32_t i = 0; i < ch_build_count(b, CH_SECTION_CAMEO); i++)
        if (strlen(all[i].code) == len && memcmp(all[i].code, code, len) == 0)
            return &all[i];
    return NULL;
}

/* A code of the ontology, or one of a scheme of the user's own. */
static void
read_code(ch_framing *c, const char *key, char out[8])
{
    const ch_value *v = c->value = ch_block_first(c->block, key);
    if (v == NULL)
        return;
    bool fits = v->text.len >= 2 && v->text.len < 8;
    for (size_t i = 0; i < v->text.len; i++) {
        char x = v->text.at[i];
        fits = fits && ((x >= '0' && x <= '9') || (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z'));
    }
    if (!fits) {
        ch_framing_mistake(c, v->text.at, "write a CAMEO code, or two to seven letters and digits of your own", "no code", v->text);
        return;
    }
    memcpy(out, v->text.at, v->text.len);
    if (cameo_of(c->build, v->text.at, v->text.len) == NULL)
        ch_complain(c->build->to, false, v->file, v->line, v->column, "mend the code, or add a `cameo` block for it",
                    "the ontology has no code \"%.*s\"", (int)v->text.len, v->text.at);
}

/* A frame without `type` has that of its code, or of the code above it. */
static uint32_t
type_of_code(const ch_build *b, const char *code)
{
    for (size_t len = strlen(code); len >= 2; len--) {
        const ch_cameo *cameo = cameo_of(b, code, len);
        if (cameo != NULL && cameo->type != CH_NO_TYPE)
            return cameo->type;
    }
    return CH_PLOVER_COUNT;
}

static void
read_type_and_codes(ch_framing *c, ch_frame *f)
{
    ch_build *b = c->build;
    read_code(c, "cameo", f->cameo);
    read_code(c, "reverse", f->reverse);
    const ch_value *v = c->value = ch_block_first(c->block, "type");
    if (v != NULL && ch_str_is(v->text, "NONE"))
        f->type = CH_NO_TYPE;
    else
        f->type = v != NULL ? (uint32_t)ch_plover_find(v->text) : type_of_code(b, f->cameo);
    if (f->type == CH_PLOVER_COUNT) {
        ch_complain(b->to, true, c->block->file, v != NULL ? v->line : c->block->line, 1,
                    "add \"  type: \" and one of the sixteen types of PLOVER 2021, or NONE", "frame %.*s has no known type",
                    (int)c->block->id.len, c->block->id.at);
        f->type = CH_AGREE;
    }
    if ((v = ch_block_first(c->block, "mode")) != NULL)
        f->mode = ch_build_string(b, v->text);
    f->contexts.first = ch_build_count(b, CH_SECTION_CONTEXTS);
    uint64_t at = 0;
    while ((v = ch_block_next(c->block, "context", &at)) != NULL) {
        ch_lexstr context = ch_build_string(b, v->text);
        ch_build_put(b, CH_SECTION_CONTEXTS, &context, sizeof context);
        f->contexts.count++;
    }
}

static void
read_flag(ch_framing *c, ch_frame *f, const char *key, uint32_t flag)
{
    const ch_value *v = c->value = ch_block_first(c->block, key);
    if (v != NULL && ch_str_is(v->text, "yes"))
        f->flags |= flag;
    else if (v != NULL && !ch_str_is(v->text, "no"))
        ch_framing_mistake(c, v->text.at, "write yes or no", key, v->text);
}

static void
read_manner(ch_framing *c, ch_frame *f)
{
    read_flag(c, f, "reciprocal", CH_FRAME_RECIPROCAL);
    read_flag(c, f, "covers", CH_FRAME_COVERS);
    read_flag(c, f, "last", CH_FRAME_LAST);
    if (c->block->foreign)
        f->flags |= CH_FRAME_FOREIGN;
    const ch_value *v;
    uint64_t at = 0;
    while ((v = ch_block_next(c->block, "need", &at)) != NULL) {
        c->value = v;
        ch_str rest = v->text;
        while (rest.len != 0) {
            ch_str who = ch_str_cut(rest, ' ', &rest);
            if (ch_str_is(who, "actor"))
                f->flags |= CH_FRAME_NEED_ACTOR;
            else if (ch_str_is(who, "recipient"))
                f->flags |= CH_FRAME_NEED_RECIPIENT;
            else if (ch_str_is(who, "both"))
                f->flags |= CH_FRAME_NEED_ACTOR | CH_FRAME_NEED_RECIPIENT;
            else if (ch_str_is(who, "country"))
                f->flags |= CH_FRAME_NEED_COUNTRY;
            else
                ch_framing_mistake(c, who.at, "write actor, recipient, both or country", "need", who);
        }
    }
    double weight = DEFAULT_WEIGHT;
    c->value = v = ch_block_first(c->block, "weight");
    if (v != NULL && (!ch_parse_number(v->text, &weight) || weight < 0 || weight > 1))
        ch_framing_mistake(c, v->text.at, "write a number from 0 to 1", "weight", v->text);
    f->weight = (float)weight;
    c->value = v = ch_block_first(c->block, "status");
    if (v != NULL) {
        bool known = false;
        for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
            known = known || ch_str_is(v->text, statuses[i]);
        if (!known)
            ch_framing_mistake(c, v->text.at, "use a status of the record format", "no status", v->text);
        f->status = ch_build_string(c->build, v->text);
    }
}

/* `needed`: a kind that is missing is told. */
static void
put_examples(ch_framing *c, uint32_t frame, bool needed)
{
    for (uint32_t positive = 0; positive < 2; positive++) {
        uint64_t at = 0;
        uint32_t count = 0;
        for (const ch_value *v; (v = ch_block_next(c->block, positive ? "yes" : "no", &at)) != NULL; count++) {
            ch_str text = v->text, expect = {text.at + text.len, 0};
            for (size_t i = 0; i + 1 < text.len; i++)
                if (text.at[i] == '=' && text.at[i + 1] == '>') {
                    expect = ch_str_trim((ch_str){text.at + i + 2, text.len - i - 2});
                    text = ch_str_trim((ch_str){text.at, i});
                    break;
                }
            ch_example e = {.frame = frame, .positive = positive, .line = v->line};
            e.text = ch_build_string(c->build, text);
            e.expect = ch_build_string(c->build, expect);
            ch_build_put(c->build, CH_SECTION_EXAMPLES, &e, sizeof e);
        }
        if (count == 0 && needed)
            ch_complain(c->build->to, false, c->block->file, c->block->line, 1,
                        positive ? "add a sentence that must give it" : "add a sentence that must not give it",
                        "frame %.*s has no `%s` example", (int)c->block->id.len, c->block->id.at, positive ? "yes" : "no");
    }
}

/* What a fact says in the frame's place of type and codes. */
static void
read_fact(ch_framing *c, ch_frame *f, uint32_t kind)
{
    static const struct {
        const char *key;
        size_t at;
    } words[] = {{"means", offsetof(ch_frame, mode)}, {"state", offsetof(ch_frame, status)}, {"unit", offsetof(ch_frame, unit)}};
    f->type = CH_FACT_FIRST + kind;
    f->flags |= CH_FRAME_FOREIGN;
    read_code(c, "cameo", f->cameo);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const ch_value *v = ch_block_first(c->block, words[i].key);
        ch_lexstr s = v != NULL ? ch_build_string(c->build, v->text) : 0;
        memcpy((char *)f + words[i].at, &s, sizeof s);
    }
    if (f->mode == 0 && kind != CH_FACT_AMOUNT)
        ch_complain(c->build->to, true, c->block->file, c->block->line, 1, "add a line \"  means: ...\"", "%s %.*s does not say what it means",
                    fact_kinds[kind], (int)c->block->id.len, c->block->id.at);
}

static void
compile_frame(ch_framing *c, uint32_t fact)
{
    static const struct {
        const char *key;
        ch_trigger_pos pos;
    } kinds[] = {{"verb", CH_TRIGGER_VERB}, {"noun", CH_TRIGGER_NOUN}, {"adj", CH_TRIGGER_ADJ}};
    ch_frame f = {.id = ch_build_string(c->build, c->block->id), .where = ch_build_place(c->build, c->block)};
    ch_build_check_keys(c->build, c->block, fact != CH_NONE ? fact_keys : frame_keys);
    if (fact == CH_NONE)
        read_type_and_codes(c, &f);
    read_manner(c, &f);
    if (fact != CH_NONE)
        read_fact(c, &f, fact);
    f.actor = put_paths(c, "actor");
    f.recipient = put_paths(c, "recipient");
    f.place = put_paths(c, "place");
    f.content = put_paths(c, "content");
    uint32_t ifs = 0, weight;
    f.tests = put_frame_tests(c, &ifs);
    f.orders = ch_framing_orders(c, &weight);
    uint32_t frame = ch_build_put(c->build, CH_SECTION_FRAMES, &f, sizeof f);
    uint32_t before = ch_build_count(c->build, CH_SECTION_TRIGGERS);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint64_t at = 0;
        for (const ch_value *v; (v = ch_block_next(c->block, kinds[k].key, &at)) != NULL;)
            put_trigger(c, v, frame, kinds[k].pos, ifs + weight);
    }
    if (ch_build_count(c->build, CH_SECTION_TRIGGERS) == before)
        ch_complain(c->build->to, true, c->block->file, c->block->line, 1, "add a line \"  verb: ...\" or \"  noun: ...\"",
                    "frame %.*s has no trigger: nothing can reach it", (int)c->block->id.len, c->block->id.at);
    put_examples(c, frame, !c->block->foreign && (fact == CH_NONE || f.mode != 0));
}

static bool
same_words(const ch_build *b, const ch_trigger *x, const ch_trigger *y)
{
    if (x->pos != y->pos || x->nword != y->nword)
        return false;
    for (uint32_t i = 0; i < x->nword; i++)
        if (ch_framing_word(b, x->first_word + i) != ch_framing_word(b, y->first_word + i))
            return false;
    return true;
}

static bool
untested(const ch_frame *f)
{
    return f->tests.count == 0 && f->orders.count == 0;
}

/* A trigger without tests stands once: of two in frames that are tested alike,
 * the later would never be chosen. */
static void
find_shadowed(ch_framing *c, const uint32_t *order, uint32_t first, uint32_t last)
{
    const ch_trigger *t = ch_build_at(c->build, CH_SECTION_TRIGGERS, 0);
    const ch_frame *f = ch_build_at(c->build, CH_SECTION_FRAMES, 0);
    const char *strings = ch_build_chars(c->build, 0);
    for (uint32_t i = first; i < last; i++)
        for (uint32_t k = first; k < i; k++) {
            const ch_trigger *x = &t[order[k]], *y = &t[order[i]];
            if (ch_frame_is_fact(&f[x->frame]) || ch_frame_is_fact(&f[y->frame]))
                continue; /* a word may state several things at once */
            if (x->ntest == 0 && y->ntest == 0 && untested(&f[x->frame]) && untested(&f[y->frame]) &&
                f[x->frame].weight >= f[y->frame].weight && same_words(c->build, x, y))
                ch_complain(c->build->to, false, strings + f[y->frame].where.file, y->line, 3,
                            "take it out, or add a test that tells the two apart", "a trigger of frame %s stands already in %s:%u (frame %s)",
                            strings + f[y->frame].id, strings + f[x->frame].where.file, x->line, strings + f[x->frame].id);
        }
}

/* Triggers by head word. */
static void
write_trigger_index(ch_framing *c)
{
    ch_build *b = c->build;
    const ch_trigger *t = ch_build_at(b, CH_SECTION_TRIGGERS, 0);
    uint32_t ntrigger = ch_build_count(b, CH_SECTION_TRIGGERS), nword = b->words.count + 2;
    uint32_t *index = ch_arena_array(b->arena, nword + 1, sizeof *index);
    uint32_t *order = ch_arena_array(b->arena, ntrigger + 1, sizeof *order);
    if (index == NULL || order == NULL) {
        b->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < ntrigger; i++)
        index[ch_framing_word(b, t[i].first_word + t[i].head) + 1]++;
    for (uint32_t w = 0; w < nword; w++)
        index[w + 1] += index[w];
    for (uint32_t i = ntrigger; i > 0; i--) {
        uint32_t w = ch_framing_word(b, t[i - 1].first_word + t[i - 1].head);
        order[--index[w + 1]] = i - 1;
    }
    /* index[w + 1] has gone down to the first of word w: shift it back */
    for (uint32_t w = 0; w < nword; w++)
        index[w] = index[w + 1];
    index[nword] = ntrigger;
    for (uint32_t w = 0; w + 1 < nword; w++)
        find_shadowed(c, order, index[w], index[w + 1]);
    for (uint32_t w = 0; w <= nword; w++)
        ch_build_put(b, CH_SECTION_TRIGGER_INDEX, &index[w], sizeof index[w]);
    for (uint32_t i = 0; i < ntrigger; i++)
        ch_build_put(b, CH_SECTION_TRIGGER_ORDER, &order[i], sizeof order[i]);
}

void
ch_compile_frames(ch_build *build)
{
    ch_framing c = {.build = build};
    ch_framing_sets(&c);
    for (uint32_t i = 0; i < build->nblock; i++) {
        c.block = &build->blocks[i];
        if (ch_str_is(c.block->kind, "frame"))
            compile_frame(&c, CH_NONE);
        for (uint32_t kind = 0; kind < CH_FACT_KIND_COUNT; kind++)
            if (ch_str_is(c.block->kind, fact_kinds[kind]))
                compile_frame(&c, kind);
    }
    write_trigger_index(&c);
    ch_map_free(&c.sets);
    ch_map_free(&c.used);
}
