/* What each rule's pattern may begin with, so that at a piece of text only few
 * rules are tried. Programs are walked without a text: the first key that they may
 * take, and with it those that may come second. */
#include "lexicon/compile_patterns.h"

#include <stdlib.h>
#include <string.h>

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
    ch_text pairs;  /* start_pair */
    bool *on_way;   /* [ngroup] groups being walked */
    uint32_t *seen; /* [nstep] the walk that was here last */
    uint32_t walk;
    follow *known;        /* [nstep] what first_keys() gave */
    bool *is_known;       /* [nstep] */
    ch_key_set *classes;  /* [nclass] first words of their members */
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
    return ch_build_at(s->build, CH_SECTION_PATTERN_MEMBERS, i);
}

static const ch_pattern_step *
step_at(const starting *s, uint32_t i)
{
    return ch_build_at(s->build, CH_SECTION_PATTERN_CODE, i);
}

static uint32_t
member_word(const starting *s, const ch_pattern_member *m, uint32_t i)
{
    return *(uint32_t *)ch_build_at(s->build, CH_SECTION_PATTERN_WORDS, m->first_word + i);
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
        const ch_pattern_group *g = ch_build_at(s->build, CH_SECTION_PATTERN_GROUPS, group);
        ch_complain(s->build->to, true, "", 0, 0, "let its rules begin with something else", "group <%s> begins with itself",
                    ch_build_chars(s->build, g->id));
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
    const ch_pattern_step *step = step_at(s, pc);
    switch ((ch_step_kind)step->kind) {
    case CH_STEP_MATCH: out->ends = true; break;
    case CH_STEP_SPLIT:
        walk_keys(s, step->a, walk, out);
        walk_keys(s, step->b, walk, out);
        break;
    case CH_STEP_JUMP: walk_keys(s, step->a, walk, out); break;
    case CH_STEP_END: put_key(&out->keys, CH_KEY_END); break;
    case CH_STEP_START:
    case CH_STEP_TIGHT: walk_keys(s, pc + 1, walk, out); break;
    case CH_STEP_WORD: put_key(&out->keys, step->a); break;
    case CH_STEP_MARK: put_key(&out->keys, CH_KEY_MARK(step->a)); break;
    case CH_STEP_NUMBER:
        put_class_keys(s, &out->keys, s->cardinal);
        put_key(&out->keys, CH_KEY_NUMBER);
        break;
    case CH_STEP_RANGE: put_key(&out->keys, CH_KEY_NUMBER); break;
    case CH_STEP_CLASS: put_class_keys(s, &out->keys, step->a); break;
    case CH_STEP_GROUP: group_keys(s, step->a, out); break;
    case CH_STEP_REST:
        put_all_keys(&out->keys);
        out->ends = true;
        break;
    default: put_all_keys(&out->keys); break;
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
    const ch_pattern_step *step = step_at(s, pc);
    switch ((ch_step_kind)step->kind) {
    case CH_STEP_MATCH: return;
    case CH_STEP_SPLIT:
        /* ways that meet again are walked twice: programs are short */
        add_starts(s, step->a, outer);
        if (step->b > pc)
            add_starts(s, step->b, outer);
        return;
    case CH_STEP_JUMP: add_starts(s, step->a, outer); return;
    case CH_STEP_START:
    case CH_STEP_END:
    case CH_STEP_TIGHT: add_starts(s, pc + 1, outer); return;
    default: break;
    }
    follow after = followed_by(first_keys(s, pc + 1), outer);
    switch ((ch_step_kind)step->kind) {
    case CH_STEP_WORD: add_start(s, step->a, &after.keys); break;
    case CH_STEP_MARK: add_start(s, CH_KEY_MARK(step->a), &after.keys); break;
    case CH_STEP_RANGE: add_start(s, CH_KEY_NUMBER, &after.keys); break;
    case CH_STEP_NUMBER:
        put_number_rest(s, &after.keys);
        add_start(s, CH_KEY_NUMBER, &after.keys);
        add_class_starts(s, s->cardinal, &after.keys);
        break;
    case CH_STEP_CLASS: add_class_starts(s, step->a, &after.keys); break;
    case CH_STEP_GROUP: add_group_starts(s, step->a, &after); break;
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

void
ch_patterns_find_starts(ch_build *build, uint32_t cardinal, uint32_t scale)
{
    uint32_t nrule = ch_build_count(build, CH_SECTION_PATTERN_RULES), nstep = ch_build_count(build, CH_SECTION_PATTERN_CODE);
    uint32_t ngroup = ch_build_count(build, CH_SECTION_PATTERN_GROUPS);
    starting s = {.build = build,
                  .on_way = ch_arena_array(build->arena, ngroup, sizeof *s.on_way),
                  .seen = ch_arena_array(build->arena, nstep, sizeof *s.seen),
                  .known = ch_arena_array(build->arena, nstep, sizeof *s.known),
                  .is_known = ch_arena_array(build->arena, nstep, sizeof *s.is_known),
                  .classes = ch_arena_array(build->arena, ch_build_count(build, CH_SECTION_PATTERN_CLASSES), sizeof *s.classes),
                  .cardinal = cardinal,
                  .scale = scale};
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
