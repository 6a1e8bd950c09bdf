#include "lexicon/pattern.h"

#include <string.h>

/* Steps that one start may take, nested groups counted: patterns over hostile
 * text end here and not in hours. Real text needs some hundreds. */
#define STEPS_MAX 20000
/* Groups within groups, and splits within a program (repeats add up): they
 * bound the stack. The files of lexicon/time need five and some twenty. */
#define DEPTH_MAX 8
#define SPLITS_MAX 48
/* Results of groups that one search remembers. */
#define MEMO_SIZE 32
/* Words of the left context that a rule may ask for. */
#define LEFT_MAX 4
/* Words of a name and of a medium's name. */
#define NAME_MAX 6

ch_status
ch_patterns_open(ch_patterns *out, const ch_lexicon *lexicon, ch_error *err)
{
    ch_patterns p = {.lexicon = lexicon};
    const ch_image_wanted all[] = {
        {CH_SECTION_PATTERN_CLASSES, sizeof *p.classes, (const void **)&p.classes, &p.nclass},
        {CH_SECTION_PATTERN_MEMBERS, sizeof *p.members, (const void **)&p.members, &p.nmember},
        {CH_SECTION_PATTERN_WORDS, sizeof *p.words, (const void **)&p.words, &p.nword},
        {CH_SECTION_PATTERN_GROUPS, sizeof *p.groups, (const void **)&p.groups, &p.ngroup},
        {CH_SECTION_PATTERN_RULES, sizeof *p.rules, (const void **)&p.rules, &p.nrule},
        {CH_SECTION_PATTERN_CODE, sizeof *p.code, (const void **)&p.code, &p.nstep},
        {CH_SECTION_PATTERN_SLOTS, sizeof *p.slots, (const void **)&p.slots, &p.nslot},
        {CH_SECTION_PATTERN_STARTS, sizeof *p.starts, (const void **)&p.starts, &p.nstart},
        {CH_SECTION_PATTERN_START_RULES, sizeof *p.start_rules, (const void **)&p.start_rules, &p.nstart_rule},
    };
    *out = (ch_patterns){.lexicon = lexicon, .cardinal = CH_NONE, .scale = CH_NONE};
    ch_status status = ch_image_sections(&lexicon->image, all, sizeof all / sizeof *all, err);
    if (status != CH_OK)
        return status;
    *out = p;
    out->cardinal = ch_patterns_class(out, "cardinal");
    out->scale = ch_patterns_class(out, "scale");
    return CH_OK;
}

uint32_t
ch_patterns_group(const ch_patterns *p, const char *id)
{
    for (uint32_t i = 0; i < p->ngroup; i++)
        if (strcmp(ch_lexicon_string(p->lexicon, p->groups[i].id), id) == 0)
            return i;
    return CH_NONE;
}

uint32_t
ch_patterns_class(const ch_patterns *p, const char *id)
{
    for (uint32_t i = 0; i < p->nclass; i++)
        if (strcmp(ch_lexicon_string(p->lexicon, p->classes[i].id), id) == 0)
            return i;
    return CH_NONE;
}

/* ----------------------------------------------------------------- matching */

/* What a group gave at a piece. Rules share their beginnings, so that the same
 * group is asked for at the same piece again and again. */
typedef struct {
    uint32_t group; /* plus one; 0 is free */
    uint32_t at;
    const ch_match *match;
} remembered;

/* One search: what it runs over, and what it may still spend. */
typedef struct {
    const ch_patterns *p;
    const ch_piece *pieces;
    uint32_t count;
    ch_arena *arena;
    uint32_t budget;
    uint32_t depth;
    remembered memo[MEMO_SIZE];
} search;

/* One program on its way; `best` is what it has found so far. */
typedef struct {
    search *s;
    const ch_pattern_rule *rule; /* NULL: a context */
    ch_capture slots[CH_PATTERN_SLOTS_MAX];
    ch_capture best[CH_PATTERN_SLOTS_MAX];
    uint32_t best_last; /* CH_NONE: none yet */
    uint32_t want_last; /* a context on the left must end here; else CH_NONE */
    uint32_t splits;    /* open ones */
    uint32_t nslot;     /* of the rule: the others are not touched */
} program;

static void
begin_program(program *g, search *s, const ch_pattern_rule *rule, uint32_t nslot, uint32_t want_last)
{
    g->s = s;
    g->rule = rule;
    g->nslot = nslot;
    g->best_last = CH_NONE;
    g->want_last = want_last;
    g->splits = 0;
    memset(g->slots, 0, nslot * sizeof *g->slots);
}

static void run(program *g, uint32_t pc, uint32_t at);
static const ch_match *match_group(search *s, uint32_t group, uint32_t at);

static bool
is_tight(const search *s, uint32_t at)
{
    return at < s->count && !(s->pieces[at].flags & CH_PIECE_SPACE);
}

static bool
is_mark(const search *s, uint32_t at, uint32_t c)
{
    return at < s->count && s->pieces[at].kind == CH_PIECE_MARK && s->pieces[at].value == c;
}

static uint32_t
first_member(const ch_patterns *p, uint32_t word)
{
    uint32_t low = 0, high = p->nmember;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (p->words[p->members[mid].first_word] < word)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The end of member `m` at `at`, or CH_NONE. Words of a member may be joined
 * by hyphens in the text. */
static uint32_t
member_end(const search *s, const ch_pattern_member *m, uint32_t at)
{
    const uint32_t *words = &s->p->words[m->first_word];
    if ((m->flags & CH_MEMBER_CAPITAL) && !(s->pieces[at].flags & CH_PIECE_UPPER))
        return CH_NONE;
    for (uint32_t i = 0; i < m->nword; i++) {
        if (i != 0 && is_mark(s, at, '\'') && is_tight(s, at))
            at++;
        if (i != 0 && is_mark(s, at, '-') && is_tight(s, at))
            at++;
        if (at >= s->count || s->pieces[at].kind != CH_PIECE_WORD || s->pieces[at].value != words[i])
            return CH_NONE;
        at++;
    }
    if ((m->flags & CH_MEMBER_DOT) && is_mark(s, at, '.') && is_tight(s, at))
        at++;
    return at;
}

static uint32_t
longest_member(const search *s, uint32_t class, uint32_t at, uint32_t *last)
{
    const ch_patterns *p = s->p;
    uint32_t best = CH_NONE;
    if (class == CH_NONE || at >= s->count || s->pieces[at].kind != CH_PIECE_WORD || s->pieces[at].value == 0)
        return CH_NONE;
    for (uint32_t i = first_member(p, s->pieces[at].value);
         i < p->nmember && p->words[p->members[i].first_word] == s->pieces[at].value; i++) {
        if (p->members[i].class != class)
            continue;
        uint32_t end = member_end(s, &p->members[i], at);
        if (end != CH_NONE && (best == CH_NONE || end > *last)) {
            best = i;
            *last = end;
        }
    }
    return best;
}

uint32_t
ch_patterns_word(const ch_patterns *p, uint32_t class, uint32_t word)
{
    if (class == CH_NONE || word == 0)
        return CH_NONE;
    for (uint32_t i = first_member(p, word); i < p->nmember && p->words[p->members[i].first_word] == word; i++)
        if (p->members[i].class == class && p->members[i].nword == 1)
            return i;
    return CH_NONE;
}

/* "1,200", "2.5", "2 1/2": from a number's piece on. */
static uint32_t
digits_end(const search *s, uint32_t at, double *value)
{
    const ch_piece *x = s->pieces;
    *value = x[at].value;
    at++;
    while (is_mark(s, at, ',') && is_tight(s, at) && is_tight(s, at + 1) && x[at + 1].kind == CH_PIECE_NUMBER &&
           x[at + 1].digits == 3) {
        *value = *value * 1000 + x[at + 1].value;
        at += 2;
    }
    if (is_mark(s, at, '.') && is_tight(s, at) && is_tight(s, at + 1) && x[at + 1].kind == CH_PIECE_NUMBER &&
        x[at + 1].digits < 4) {
        static const double tenths[] = {1, 10, 100, 1000};
        *value += x[at + 1].value / tenths[x[at + 1].digits];
        at += 2;
    }
    if (at + 2 < s->count && x[at].kind == CH_PIECE_NUMBER && is_mark(s, at + 1, '/') && is_tight(s, at + 1) &&
        x[at + 2].kind == CH_PIECE_NUMBER && x[at + 2].value != 0 && x[at].value < x[at + 2].value) {
        *value += (double)x[at].value / x[at + 2].value;
        at += 3;
    }
    if (is_mark(s, at, 0xBD)) {
        *value += 0.5;
        at++;
    }
    return at;
}

/* "twenty-five": a cardinal of the lexicon, and a smaller one behind tens. */
static uint32_t
words_end(const search *s, uint32_t at, double *value)
{
    uint32_t last = at, member = longest_member(s, s->p->cardinal, at, &last);
    if (member == CH_NONE)
        return CH_NONE;
    *value = s->p->members[member].number;
    if (*value < 20 || *value >= 100)
        return last;
    uint32_t next = is_mark(s, last, '-') ? last + 1 : last, end = next;
    member = longest_member(s, s->p->cardinal, next, &end);
    if (member == CH_NONE || s->p->members[member].number < 1 || s->p->members[member].number > 9)
        return last;
    *value += s->p->members[member].number;
    return end;
}

/* A cardinal number from `at` on: its end, or CH_NONE. */
static uint32_t
number_end(const search *s, uint32_t at, double *value)
{
    if (at >= s->count)
        return CH_NONE;
    uint32_t last = s->pieces[at].kind == CH_PIECE_NUMBER ? digits_end(s, at, value) : words_end(s, at, value);
    if (last == CH_NONE)
        return CH_NONE;
    for (int i = 0; i < 3; i++) {
        uint32_t end = last;
        uint32_t scale = longest_member(s, s->p->scale, last, &end);
        if (scale == CH_NONE)
            break;
        *value *= s->p->members[scale].number;
        last = end;
        double more;
        uint32_t rest = words_end(s, last, &more);
        if (rest != CH_NONE && more < s->p->members[scale].number) {
            *value += more;
            last = rest;
        }
    }
    return last;
}

/* Words with a capital ("Jane Doe", "al-Masri", "O. Roe"), joined by hyphens,
 * periods and up to two small words; with `caps` in capitals only. */
static uint32_t
name_end(const search *s, uint32_t at, bool caps)
{
    uint8_t need = caps ? CH_PIECE_CAPS : CH_PIECE_UPPER;
    uint32_t last = CH_NONE, words = 0, small = 0;
    while (at < s->count && words < NAME_MAX) {
        const ch_piece *x = &s->pieces[at];
        if (x->kind == CH_PIECE_WORD && (x->flags & need)) {
            last = ++at;
            words++;
            small = 0;
            if (is_mark(s, at, '.') && x->span.end - x->span.start == 1)
                at++;
            else if (is_mark(s, at, '-') && is_tight(s, at) && is_tight(s, at + 1))
                at++;
        } else if (x->kind == CH_PIECE_WORD && words != 0 && x->span.end - x->span.start <= 3 && small++ == 0)
            at++;
        else
            break;
    }
    return last;
}

/* The longest name of a medium at `at`. */
static uint32_t
medium_end(const search *s, uint32_t at)
{
    const ch_lexicon *lex = s->p->lexicon;
    uint32_t last = CH_NONE, node = 0;
    for (uint32_t i = at; i < s->count && i < at + NAME_MAX && s->pieces[i].kind == CH_PIECE_WORD; i++) {
        if (i == at && !(s->pieces[i].flags & CH_PIECE_UPPER))
            break;
        node = ch_lexicon_step(lex, node, s->pieces[i].value);
        if (node == 0)
            break;
        uint32_t count;
        const ch_name *names = ch_lexicon_names_at(lex, node, &count);
        for (uint32_t k = 0; k < count; k++)
            if (names[k].kind == CH_NAME_ACTOR && lex->actors[names[k].entry].kind == CH_ACTOR_MEDIUM)
                last = i + 1;
    }
    return last;
}

/* Everything up to the next white space, when it has the form of an address. */
static uint32_t
link_end(const search *s, uint32_t at)
{
    uint32_t last = at + 1, marks = 0;
    bool is_link = is_mark(s, at, '@');
    while (last < s->count && is_tight(s, last)) {
        marks += is_mark(s, last, '.') || is_mark(s, last, '/');
        is_link = is_link || is_mark(s, last, '@') || (is_mark(s, last, '/') && is_mark(s, last - 1, '/')) ||
                  (is_mark(s, last, '/') && marks > 1);
        last++;
    }
    return is_link && last > at + 1 ? last : CH_NONE;
}

static void
keep(program *g, const ch_pattern_step *step, ch_capture capture)
{
    if (step->slot < g->nslot)
        g->slots[step->slot] = capture;
}

/* The end of a step that takes pieces, or CH_NONE where it does not match. */
static uint32_t
take(program *g, const ch_pattern_step *step, uint32_t at)
{
    search *s = g->s;
    const ch_piece *x = at < s->count ? &s->pieces[at] : NULL;
    ch_capture c = {.kind = CH_CAPTURE_PIECES, .first = at};
    uint32_t end = CH_NONE;
    if (x == NULL)
        return step->kind == CH_STEP_REST ? at : CH_NONE;
    switch ((ch_step_kind)step->kind) {
    case CH_STEP_WORD:
        if (x->kind == CH_PIECE_WORD && x->value == step->a && (!step->b || (x->flags & CH_PIECE_UPPER)))
            end = at + 1;
        break;
    case CH_STEP_MARK:
        if (x->kind == CH_PIECE_MARK && x->value == step->a)
            end = at + 1;
        break;
    case CH_STEP_RANGE:
        c.kind = CH_CAPTURE_NUMBER;
        c.number = x->value;
        if (x->kind == CH_PIECE_NUMBER && x->value >= step->a && x->value <= step->b && x->digits >= step->least &&
            x->digits <= step->most)
            end = at + 1;
        break;
    case CH_STEP_CLASS:
        c.kind = CH_CAPTURE_MEMBER;
        c.member = longest_member(s, step->a, at, &end);
        if (c.member == CH_NONE)
            end = CH_NONE;
        break;
    case CH_STEP_GROUP:
        c.kind = CH_CAPTURE_GROUP;
        c.match = match_group(s, step->a, at);
        end = c.match != NULL ? c.match->last : CH_NONE;
        break;
    case CH_STEP_NUMBER:
        c.kind = CH_CAPTURE_NUMBER;
        end = number_end(s, at, &c.number);
        break;
    case CH_STEP_ANY: end = x->kind == CH_PIECE_WORD ? at + 1 : CH_NONE; break;
    case CH_STEP_NAME: end = name_end(s, at, false); break;
    case CH_STEP_CAPS: end = name_end(s, at, true); break;
    case CH_STEP_MEDIUM: end = medium_end(s, at); break;
    case CH_STEP_LINK: end = link_end(s, at); break;
    case CH_STEP_REST: end = s->count; break;
    default: break;
    }
    c.last = end;
    if (end != CH_NONE)
        keep(g, step, c);
    return end;
}

/* Whether the context program at `pc` matches from `at`, up to `want` when that
 * is not CH_NONE. */
static bool
context_matches(search *s, uint32_t pc, uint32_t at, uint32_t want)
{
    program g;
    begin_program(&g, s, NULL, 0, want);
    run(&g, pc, at);
    return g.best_last != CH_NONE;
}

static bool
left_matches(search *s, uint32_t pc, uint32_t at)
{
    for (uint32_t back = 0; back <= LEFT_MAX && back <= at; back++)
        if (context_matches(s, pc, at - back, at))
            return true;
    return false;
}

static bool
right_holds(program *g, uint32_t at)
{
    const ch_pattern_rule *rule = g->rule;
    if (rule == NULL)
        return g->want_last == CH_NONE || g->want_last == at;
    return (rule->right == CH_NONE || context_matches(g->s, rule->right, at, CH_NONE)) &&
           (rule->not_right == CH_NONE || !context_matches(g->s, rule->not_right, at, CH_NONE));
}

static void
run(program *g, uint32_t pc, uint32_t at)
{
    search *s = g->s;
    while (s->budget != 0) {
        s->budget--;
        const ch_pattern_step *step = &s->p->code[pc];
        ch_capture saved[CH_PATTERN_SLOTS_MAX];
        switch ((ch_step_kind)step->kind) {
        case CH_STEP_MATCH:
            if ((g->best_last == CH_NONE || at > g->best_last) && right_holds(g, at)) {
                g->best_last = at;
                memcpy(g->best, g->slots, g->nslot * sizeof *g->best);
            }
            return;
        case CH_STEP_SPLIT:
            if (g->splits >= SPLITS_MAX)
                return;
            memcpy(saved, g->slots, g->nslot * sizeof *saved);
            g->splits++;
            run(g, step->a, at);
            g->splits--;
            memcpy(g->slots, saved, g->nslot * sizeof *saved);
            pc = step->b;
            break;
        case CH_STEP_JUMP: pc = step->a; break;
        case CH_STEP_START:
        case CH_STEP_END:
            if (at != (step->kind == CH_STEP_START ? 0 : s->count))
                return;
            pc++;
            break;
        case CH_STEP_TIGHT:
            if (!is_tight(s, at))
                return;
            pc++;
            break;
        default:
            at = take(g, step, at);
            if (at == CH_NONE)
                return;
            pc++;
            break;
        }
    }
}

static const ch_pattern_start *
find_start(const ch_patterns *p, uint32_t key, uint32_t group)
{
    uint32_t low = 0, high = p->nstart;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const ch_pattern_start *start = &p->starts[mid];
        if (start->key < key || (start->key == key && start->group < group))
            low = mid + 1;
        else
            high = mid;
    }
    return low < p->nstart && p->starts[low].key == key && p->starts[low].group == group ? &p->starts[low] : NULL;
}

static uint32_t
key_at(const ch_piece *pieces, uint32_t count, uint32_t at)
{
    if (at >= count)
        return CH_KEY_END;
    const ch_piece *x = &pieces[at];
    return x->kind == CH_PIECE_WORD ? x->value : x->kind == CH_PIECE_NUMBER ? CH_KEY_NUMBER : CH_KEY_MARK(x->value);
}

static bool
left_holds(search *s, const ch_pattern_rule *rule, uint32_t at)
{
    return (rule->left == CH_NONE || left_matches(s, rule->left, at)) &&
           (rule->not_left == CH_NONE || !left_matches(s, rule->not_left, at));
}

/* Tries the rules of `group` that may begin with `key`; *best is replaced by a
 * longer match. */
static void
try_rules(search *s, uint32_t group, uint32_t key, uint32_t at, ch_match **best)
{
    const ch_patterns *p = s->p;
    const ch_pattern_start *start = key != 0 ? find_start(p, key, group) : NULL;
    uint32_t next = key_at(s->pieces, s->count, at + 1);
    if (start == NULL || !ch_key_set_has(&start->next, next))
        return;
    for (uint32_t i = 0; i < start->count; i++) {
        const ch_pattern_start_rule *candidate = &p->start_rules[start->first + i];
        if (!ch_key_set_has(&candidate->next, next))
            continue;
        const ch_pattern_rule *rule = &p->rules[candidate->rule];
        program g;
        begin_program(&g, s, rule, rule->nslot, CH_NONE);
        run(&g, rule->code, at);
        /* rules lie in order: of two equal matches the earlier one may come second only across keys */
        bool better = g.best_last != CH_NONE && g.best_last > at &&
                      (*best == NULL || g.best_last > (*best)->last || (g.best_last == (*best)->last && rule < (*best)->rule));
        if (!better || !left_holds(s, rule, at))
            continue;
        if (*best == NULL && (*best = ch_arena_alloc(s->arena, sizeof **best)) == NULL)
            return;
        (*best)->rule = rule;
        (*best)->first = at;
        (*best)->last = g.best_last;
        memcpy((*best)->slots, g.best, g.nslot * sizeof *g.best);
        memset((*best)->slots + g.nslot, 0, (CH_PATTERN_SLOTS_MAX - g.nslot) * sizeof *g.best);
    }
}

static const ch_match *
match_group(search *s, uint32_t group, uint32_t at)
{
    ch_match *best = NULL;
    if (s->depth >= DEPTH_MAX || at >= s->count)
        return NULL;
    remembered *memo = &s->memo[(at * 8 + group) % MEMO_SIZE];
    if (memo->group == group + 1 && memo->at == at)
        return memo->match;
    s->depth++;
    try_rules(s, group, key_at(s->pieces, s->count, at), at, &best);
    try_rules(s, group, CH_KEY_ANY, at, &best);
    s->depth--;
    *memo = (remembered){.group = group + 1, .at = at, .match = best};
    return best;
}

/* Whether a rule of `group` may begin at piece `at`; when not, it does not. */
static bool
may_begin(const ch_patterns *p, uint32_t group, const ch_piece *pieces, uint32_t count, uint32_t at)
{
    if (group == CH_NONE || at >= count)
        return false;
    uint32_t key = key_at(pieces, count, at), next = key_at(pieces, count, at + 1);
    const ch_pattern_start *start = key != 0 ? find_start(p, key, group) : NULL, *any = find_start(p, CH_KEY_ANY, group);
    return (start != NULL && ch_key_set_has(&start->next, next)) || (any != NULL && ch_key_set_has(&any->next, next));
}

const ch_match *
ch_patterns_match(const ch_patterns *p, uint32_t group, const ch_piece *pieces, uint32_t count, uint32_t at, ch_arena *arena)
{
    if (!may_begin(p, group, pieces, count, at))
        return NULL;
    search s = {.p = p, .pieces = pieces, .count = count, .arena = arena, .budget = STEPS_MAX};
    return match_group(&s, group, at);
}
