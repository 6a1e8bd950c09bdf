#include "event/match.h"

#include "event/order.h"
#include "place/place.h"
#include "time/time.h"

#include <string.h>

ch_status
ch_matcher_make(ch_matcher *out, const ch_graph *graph, ch_document *doc, ch_error *err)
{
    out->graph = graph;
    out->facts = false;
    out->of = ch_arena_array(&doc->arena, doc->ntok, sizeof *out->of);
    return out->of != NULL ? CH_OK : ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the frames");
}

/* ----------------------------------------------------------------- classes */

static const ch_mention *
mention_at(const ch_graph *g, uint32_t tok)
{
    uint32_t m = g->doc->mention_of != NULL ? g->doc->mention_of[tok] : CH_NONE;
    return m != CH_NONE ? &g->doc->mentions[m] : NULL;
}

static bool
is_sector(const ch_mention *m, const char *sector)
{
    return strcmp(m->sector, sector) == 0;
}

static bool
is_place_head(const ch_graph *g, uint32_t tok)
{
    for (uint32_t i = 0; i < g->doc->nplace; i++)
        if (g->doc->places[i].head == tok)
            return true;
    return false;
}

static bool
is_time_head(const ch_graph *g, uint32_t tok)
{
    for (uint32_t i = 0; i < g->doc->ntime; i++)
        if (g->doc->times[i].first <= tok && tok < g->doc->times[i].last)
            return true;
    return false;
}

static bool
has_child_tag(const ch_graph *g, uint32_t tok, ch_upos upos)
{
    CH_EACH_CHILD(g, c, tok)
        if (g->doc->toks[c].upos == upos)
            return true;
    return false;
}

bool
ch_match_class(const ch_graph *g, uint32_t tok, ch_class class)
{
    const ch_mention *m = mention_at(g, tok);
    const ch_token *t = &g->doc->toks[tok];
    switch (class) {
    case CH_CLASS_ACTOR:
        return m != NULL && m->kind != CH_MENTION_OTHER;
    case CH_CLASS_COUNTRY:
        return m != NULL && m->country[0] != '\0' && (m->kind == CH_MENTION_COUNTRY || m->kind == CH_MENTION_PLACE);
    case CH_CLASS_GOV:
        return m != NULL && m->kind != CH_MENTION_PLACE && m->kind != CH_MENTION_OTHER &&
               (m->kind == CH_MENTION_COUNTRY || is_sector(m, "GOV") || is_sector(m, "LEG") || is_sector(m, "MIL") ||
                is_sector(m, "ELI") || is_sector(m, "JUD") || is_sector(m, "SPY") || strncmp(m->code, "IGO", 3) == 0);
    case CH_CLASS_ARMED:
        return m != NULL && m->armed;
    case CH_CLASS_CIVILIAN:
        return m != NULL && m->human && !m->armed && m->kind != CH_MENTION_COUNTRY && !is_sector(m, "GOV");
    case CH_CLASS_PERSON:
        return (m != NULL && (m->kind == CH_MENTION_PERSON || (m->kind == CH_MENTION_AGENT && m->human))) ||
               (t->upos == CH_PRON && (t->morph & (CH_M_MASC | CH_M_FEM)) != 0);
    case CH_CLASS_ORGANISATION:
        return m != NULL && m->kind == CH_MENTION_ORGANISATION;
    case CH_CLASS_PLACE:
        return (m != NULL && m->kind == CH_MENTION_PLACE) || is_place_head(g, tok);
    case CH_CLASS_NUMBER:
        return t->upos == CH_NUM || has_child_tag(g, tok, CH_NUM);
    case CH_CLASS_MONEY:
        return t->upos == CH_SYM || has_child_tag(g, tok, CH_SYM);
    case CH_CLASS_DATE:
        return is_time_head(g, tok);
    default:
        return false;
    }
}

/* ------------------------------------------------------------------- tests */

/* A mode is that of the best frame; of the others too the type may hold. */
static bool
is_act(ch_matcher *m, uint32_t tok, const ch_alternative *a)
{
    const ch_candidates *c = ch_match(m, tok);
    const ch_frames *f = m->graph->frames;
    for (uint32_t i = 0; i < c->count; i++) {
        const ch_frame *frame = &f->frames[f->triggers[c->trigger[i]].frame];
        if (frame->type == a->value && (a->mode == 0 || (i == 0 && frame->mode == a->mode)))
            return true;
    }
    return false;
}

/* How many words of the alternative `tok` and its dependents are; 0: it is not. */
static uint32_t
alternative_words(ch_matcher *m, uint32_t tok, const ch_alternative *a)
{
    const ch_graph *g = m->graph;
    bool phrase;
    switch ((ch_alternative_kind)a->kind) {
    case CH_ALT_WORDS:
        if (a->nword == 1)
            return ch_graph_is_word(g, tok, g->frames->words[a->first_word]);
        phrase = ch_graph_heads_phrase(g, tok, a->first_word, a->nword, a->nword - 1) ||
                 ch_graph_heads_phrase(g, tok, a->first_word, a->nword, 0);
        return phrase ? a->nword : 0;
    case CH_ALT_SET:
        return ch_graph_set_words(g, tok, a->value);
    case CH_ALT_CLASS:
        return ch_match_class(g, tok, (ch_class)a->value);
    case CH_ALT_ACT:
        return is_act(m, tok, a);
    }
    return 0;
}

/* Whether any alternative holds of `tok`; *act (may be NULL): by an act. */
static bool
is_any(ch_matcher *m, uint32_t tok, const ch_test *test, bool *act)
{
    for (uint32_t i = 0; i < test->nalternative; i++) {
        const ch_alternative *a = &m->graph->frames->alternatives[test->first_alternative + i];
        if (alternative_words(m, tok, a) != 0) {
            if (act != NULL)
                *act = a->kind == CH_ALT_ACT;
            return true;
        }
    }
    return false;
}

static bool
holds(ch_matcher *m, uint32_t tok, const ch_test *test)
{
    ch_fillers fillers = {.count = 0};
    ch_graph_path(m->graph, tok, &test->path, &fillers);
    ch_graph_add_counted(m->graph, &fillers);
    bool found = test->nalternative == 0 && fillers.count != 0;
    for (uint32_t i = 0; i < fillers.count && !found; i++)
        found = is_any(m, fillers.tok[i], test, NULL);
    return found != (test->negative != 0);
}

static bool
all_hold(ch_matcher *m, uint32_t tok, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++)
        if (!holds(m, tok, &m->graph->frames->tests[i]))
            return false;
    return true;
}

/* Words beyond the first that the longest alternative of each test asked for:
 * who names "military aid" knows more than who names "aid". */
static uint32_t
further_words(ch_matcher *m, uint32_t tok, uint32_t first, uint32_t count)
{
    const ch_frames *f = m->graph->frames;
    uint32_t further = 0;
    for (const ch_test *test = &f->tests[first]; test < &f->tests[first + count]; test++) {
        if (test->negative || test->nalternative == 0)
            continue;
        ch_fillers fillers = {.count = 0};
        ch_graph_path(m->graph, tok, &test->path, &fillers);
        ch_graph_add_counted(m->graph, &fillers);
        uint32_t most = 1;
        for (uint32_t i = 0; i < fillers.count; i++)
            for (uint32_t k = 0; k < test->nalternative; k++) {
                uint32_t words = alternative_words(m, fillers.tok[i], &f->alternatives[test->first_alternative + k]);
                most = words > most ? words : most;
            }
        further += most - 1;
    }
    return further;
}

/* ---------------------------------------------------------------- triggers */

/* A word names an act only where it stands as one: not as attribute of another
 * noun ("attack helicopter", "detained leaders"). */
static bool
may_trigger(const ch_graph *g, uint32_t tok, ch_trigger_pos pos, bool facts)
{
    const ch_token *t = &g->doc->toks[tok];
    /* no attribute stands before a number ("the fighting displaced 90,000 people"),
     * and one behind its noun is said of it ("left 41 people dead") */
    bool counts = facts && ((t->upos == CH_VERB && tok + 1 < g->doc->ntok && g->doc->toks[tok + 1].upos == CH_NUM) || t->head < tok);
    if ((t->rel == CH_AMOD && !counts && !ch_graph_is_misplaced(g, tok)) || t->rel == CH_COMPOUND || t->rel == CH_FIXED || t->rel == CH_FLAT || t->rel == CH_CASE || t->rel == CH_MARK)
        return false;
    switch (pos) {
    case CH_TRIGGER_VERB:
        return t->upos == CH_VERB;
    case CH_TRIGGER_NOUN:
        return t->upos == CH_NOUN || t->upos == CH_PROPN;
    case CH_TRIGGER_ADJ:
        return t->upos == CH_ADJ || t->upos == CH_ADV ||
               (t->upos == CH_VERB && ((t->morph & CH_M_PART) != 0 || (t->xpos != NULL && strcmp(t->xpos, "JJ") == 0)));
    }
    return false;
}

/* A trigger that matched: "left" is written in the form of the text, "leave"
 * matched it by its lemma. */
typedef struct {
    uint32_t trigger;
    uint32_t specificity;
    bool form;
} hit;

/* Better first: more specific, then of the same form, then heavier, then earlier
 * in the files. */
static bool
better(const ch_frames *f, hit a, hit b)
{
    const ch_trigger *x = &f->triggers[a.trigger], *y = &f->triggers[b.trigger];
    if (a.specificity != b.specificity)
        return a.specificity > b.specificity;
    if (a.form != b.form)
        return a.form;
    float wx = f->frames[x->frame].weight, wy = f->frames[y->frame].weight;
    if (wx != wy)
        return wx > wy;
    return a.trigger < b.trigger;
}

static hit
hit_at(const ch_candidates *c, uint32_t i)
{
    return (hit){c->trigger[i], c->specificity[i], c->form[i]};
}

static void
insert(const ch_frames *f, ch_candidates *c, hit new)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (f->triggers[c->trigger[i]].frame == f->triggers[new.trigger].frame) {
            if (!better(f, new, hit_at(c, i)))
                return;
            memmove(&c->trigger[i], &c->trigger[i + 1], (c->count - i - 1) * sizeof *c->trigger);
            memmove(&c->specificity[i], &c->specificity[i + 1], (c->count - i - 1) * sizeof *c->specificity);
            memmove(&c->form[i], &c->form[i + 1], (c->count - i - 1) * sizeof *c->form);
            c->count--;
            break;
        }
    uint32_t at = c->count;
    while (at > 0 && better(f, new, hit_at(c, at - 1)))
        at--;
    if (at == CH_CANDIDATES_MAX)
        return;
    uint32_t kept = c->count < CH_CANDIDATES_MAX ? c->count : CH_CANDIDATES_MAX - 1;
    memmove(&c->trigger[at + 1], &c->trigger[at], (kept - at) * sizeof *c->trigger);
    memmove(&c->specificity[at + 1], &c->specificity[at], (kept - at) * sizeof *c->specificity);
    memmove(&c->form[at + 1], &c->form[at], (kept - at) * sizeof *c->form);
    c->trigger[at] = new.trigger;
    c->specificity[at] = new.specificity;
    c->form[at] = new.form;
    c->count = kept + 1;
}

static void
try_word(ch_matcher *m, uint32_t tok, uint32_t word, ch_candidates *c)
{
    const ch_frames *f = m->graph->frames;
    if (word == 0 || word + 1 >= f->ntrigger_index)
        return;
    for (uint32_t i = f->trigger_index[word]; i < f->trigger_index[word + 1]; i++) {
        uint32_t trigger = f->trigger_order[i];
        const ch_trigger *t = &f->triggers[trigger];
        const ch_frame *frame = &f->frames[t->frame];
        ch_order_parties parties;
        if (ch_frame_is_fact(frame) != m->facts)
            continue;
        if (!may_trigger(m->graph, tok, (ch_trigger_pos)t->pos, m->facts) ||
            (t->nword != 1 && !ch_graph_heads_phrase(m->graph, tok, t->first_word, t->nword, t->head)) ||
            !all_hold(m, tok, t->first_test, t->ntest) || !all_hold(m, tok, frame->tests.first, frame->tests.count) ||
            !ch_order_match(m->graph, tok, frame, &parties))
            continue;
        uint32_t further = further_words(m, tok, t->first_test, t->ntest) + further_words(m, tok, frame->tests.first, frame->tests.count);
        bool last = (frame->flags & CH_FRAME_LAST) != 0;
        insert(f, c, (hit){trigger, last ? 0 : t->specificity + further, word == m->graph->doc->toks[tok].form_word});
    }
}

const ch_candidates *
ch_match(ch_matcher *m, uint32_t tok)
{
    static const ch_candidates none = {.known = true};
    ch_candidates *c = &m->of[tok];
    if (c->known)
        return c;
    if (c->pending)
        return &none;
    c->pending = true;
    const ch_token *t = &m->graph->doc->toks[tok];
    try_word(m, tok, t->lemma_word, c);
    if (t->form_word != t->lemma_word)
        try_word(m, tok, t->form_word, c);
    c->pending = false;
    c->known = true;
    return c;
}

static void
collect(ch_matcher *m, uint32_t tok, uint32_t first, uint32_t count, ch_fillers *words, ch_fillers *acts)
{
    for (uint32_t i = first; i < first + count; i++) {
        const ch_test *test = &m->graph->frames->tests[i];
        if (test->negative || test->nalternative == 0)
            continue;
        ch_fillers fillers = {.count = 0};
        ch_graph_path(m->graph, tok, &test->path, &fillers);
        for (uint32_t k = 0; k < fillers.count; k++) {
            bool act = false;
            if (!is_any(m, fillers.tok[k], test, &act))
                continue;
            ch_fillers *to = act ? acts : words;
            if (to->count < CH_FILLERS_MAX)
                to->tok[to->count++] = fillers.tok[k];
        }
    }
}

void
ch_match_fillers(ch_matcher *m, uint32_t tok, uint32_t trigger, ch_fillers *words, ch_fillers *acts)
{
    const ch_trigger *t = &m->graph->frames->triggers[trigger];
    const ch_frame *frame = &m->graph->frames->frames[t->frame];
    words->count = acts->count = 0;
    collect(m, tok, t->first_test, t->ntest, words, acts);
    collect(m, tok, frame->tests.first, frame->tests.count, words, acts);
}

/* ------------------------------------------------------------------ why not */

static bool
first_failing(ch_matcher *m, uint32_t tok, uint32_t first, uint32_t count, uint32_t *test)
{
    for (*test = first; *test < first + count; (*test)++)
        if (!holds(m, tok, &m->graph->frames->tests[*test]))
            return true;
    *test = CH_NONE;
    return false;
}

ch_mismatch
ch_match_why_not(ch_matcher *m, uint32_t tok, uint32_t trigger, uint32_t *test)
{
    const ch_frames *f = m->graph->frames;
    const ch_trigger *t = &f->triggers[trigger];
    const ch_frame *frame = &f->frames[t->frame];
    ch_order_parties parties;
    *test = CH_NONE;
    if (!may_trigger(m->graph, tok, (ch_trigger_pos)t->pos, m->facts))
        return CH_MISMATCH_POSITION;
    if (t->nword != 1 && !ch_graph_heads_phrase(m->graph, tok, t->first_word, t->nword, t->head))
        return CH_MISMATCH_WORDS;
    if (first_failing(m, tok, t->first_test, t->ntest, test) || first_failing(m, tok, frame->tests.first, frame->tests.count, test))
        return f->tests[*test].negative ? CH_MISMATCH_COUNTER : CH_MISMATCH_TEST;
    return ch_order_match(m->graph, tok, frame, &parties) ? CH_MISMATCH_NONE : CH_MISMATCH_ORDER;
}

uint32_t
ch_match_word(const ch_graph *g, uint32_t tok, bool second)
{
    const ch_token *t = &g->doc->toks[tok];
    uint32_t word = second ? t->form_word : t->lemma_word;
    bool again = second && t->form_word == t->lemma_word;
    return word != 0 && !again && word + 1 < g->frames->ntrigger_index ? word : 0;
}
