#include "event/reach.h"
#include "base/search.h"
#include "event/clause.h"

/* How far an expression may hang below an anchor. */
#define STEPS_MAX 12

ch_plover_type
ch_setting_type(const ch_setting *s, const ch_event *e)
{
    return (ch_plover_type)s->graph->frames->frames[e->frame].type;
}

bool
ch_setting_is_physical(const ch_setting *s, const ch_event *e)
{
    ch_plover_type type = ch_setting_type(s, e);
    return type == CH_ASSAULT || type == CH_COERCE || type == CH_RETREAT || type == CH_MOBILIZE || type == CH_PROTEST;
}

bool
ch_setting_does_object(const ch_setting *s, const ch_event *e)
{
    ch_plover_type type = ch_setting_type(s, e);
    return type != CH_ACCUSE && type != CH_REQUEST && type != CH_REJECT && type != CH_THREATEN;
}

/* ----------------------------------------------------------------- anchors */

static uint32_t
anchor_index(const ch_anchors *a, uint32_t t)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (a->tok[i] == t)
            return i;
    return CH_NONE;
}

static void
add_anchor(ch_anchors *a, uint32_t t, bool front)
{
    if (t == CH_NONE || a->count == CH_ANCHORS_MAX || anchor_index(a, t) != CH_NONE)
        return;
    a->tok[a->count] = t;
    a->front[a->count++] = front;
}

/* The verb of the clause that the clause of `t` is part of. */
static uint32_t
verb_above(const ch_setting *s, uint32_t t)
{
    for (t = ch_tok(s->graph, t)->head; t != CH_NONE && ch_tok(s->graph, t)->upos != CH_VERB;)
        t = ch_tok(s->graph, t)->head;
    return t;
}

/* "Clashes between X and the Y broke out in Z": the verb of an act told by a noun,
 * where the reader hung it on the noun; that may be a verb to it, too. */
static uint32_t
verb_beside(const ch_setting *s, uint32_t noun)
{
    if (ch_graph_child(s->graph, noun, CH_NSUBJ) != CH_NONE || ch_graph_child(s->graph, noun, CH_OBJ) != CH_NONE)
        return CH_NONE;
    CH_EACH_CHILD(s->graph, c, noun)
        if ((ch_tok(s->graph, c)->rel == CH_CONJ || ch_tok(s->graph, c)->rel == CH_ACL) && ch_tok(s->graph, c)->upos == CH_VERB &&
            c > noun && ch_tok(s->graph, c - 1)->upos != CH_CCONJ && ch_tok(s->graph, c - 1)->upos != CH_PUNCT &&
            !ch_clause_is_participle(ch_tok(s->graph, c)) && ch_graph_child(s->graph, c, CH_NSUBJ) == CH_NONE &&
            ch_graph_in_set(s->graph, c, s->graph->sets.occur))
            return c;
    return CH_NONE;
}

ch_anchors
ch_reach_anchors(const ch_setting *s, const ch_event *e)
{
    const ch_graph *g = s->graph;
    ch_anchors a = {.count = 0};
    add_anchor(&a, e->tok, false);
    uint32_t support = ch_graph_support(g, e->tok), t = support != CH_NONE ? support : e->tok;
    add_anchor(&a, support, false);
    CH_EACH_CHILD(g, c, e->tok)
        if (ch_tok(s->graph, c)->rel == CH_OBJ && ch_tok(s->graph, c)->span.end <= e->span.end && ch_setting_does_object(s, e))
            add_anchor(&a, c, false);
        else if (ch_tok(s->graph, c)->rel == CH_NSUBJ && ch_graph_in_set(g, c, g->sets.happening) &&
                 !ch_graph_is_passive(g, e->tok))
            add_anchor(&a, c, false); /* "Friday's attack killed 21" */
    if (ch_tok(s->graph, t)->rel == CH_NSUBJ && ch_graph_in_set(g, ch_tok(s->graph, t)->head, g->sets.occur))
        add_anchor(&a, t = ch_tok(s->graph, t)->head, false);
    else
        add_anchor(&a, verb_beside(s, t), false);
    /* "arrives on Tuesday in Paris, where he will hold talks": the same day */
    if ((ch_tok(s->graph, t)->rel == CH_ACL || ch_tok(s->graph, t)->rel == CH_ADVCL) && ch_clause_place(s->graph, t) != CH_NONE)
        add_anchor(&a, verb_above(s, t), false);
    bool front = false;
    while (ch_tok(s->graph, t)->head != CH_NONE && a.count < CH_ANCHORS_MAX) {
        uint32_t head = ch_tok(s->graph, t)->head;
        ch_rel rel = (ch_rel)ch_tok(s->graph, t)->rel;
        if (rel == CH_XCOMP  ? ch_setting_is_act(s, head)
            : rel == CH_CONJ ? ch_tok(s->graph, head)->upos != ch_tok(s->graph, t)->upos
                             : !ch_clause_is_open_participle(s->graph, t) && !ch_clause_is_beside(s->graph, t))
            break;
        front = front || (rel != CH_XCOMP && ch_graph_child(g, t, CH_NSUBJ) != CH_NONE);
        add_anchor(&a, head, front);
        t = head;
    }
    return a;
}

/* ------------------------------------------------------------------ routes */

static bool
is_clause(const ch_setting *s, uint32_t t)
{
    return ch_tok(s->graph, t)->upos == CH_VERB || ch_tok(s->graph, t)->upos == CH_AUX ||
           ch_graph_child(s->graph, t, CH_NSUBJ) != CH_NONE;
}

bool
ch_reach_is_occasion(const ch_setting *s, uint32_t t)
{
    return ch_tok(s->graph, t)->rel == CH_OBL &&
           ch_set_has(s->graph->lexicon, s->graph->sets.occasion_mark, s->graph->preposition[t]) &&
           ch_graph_in_set(s->graph, t, s->graph->sets.occasion);
}

bool
ch_reach_route(const ch_setting *s, const ch_anchors *a, uint32_t from, ch_route *r)
{
    *r = (ch_route){.top = from, .steps = 1};
    for (uint32_t t = from; ch_tok(s->graph, t)->head != CH_NONE && r->steps < STEPS_MAX; r->steps++) {
        r->top = t;
        t = ch_tok(s->graph, t)->head;
        r->anchor = anchor_index(a, t);
        if (r->anchor != CH_NONE)
            return true;
        if (is_clause(s, t)) {
            if (!ch_clause_is_open_participle(s->graph, t))
                return false;
            /* "Addressing reporters in Ankara, ...": says where the speaker is */
            if (t < a->tok[0])
                r->noun = r->thing = false, r->spoken = true;
            r->clause = true;
        } else if (ch_reach_is_occasion(s, t))
            r->occasion = true;
        else if (ch_setting_is_act(s, t))
            return false;
        else if (!r->spoken && ch_tok(s->graph, t)->upos != CH_PROPN && !(s->timed != NULL && s->timed[t])) {
            uint32_t m = s->graph->doc->mention_of[t];
            r->noun = true;
            r->thing = r->thing || m == CH_NONE || !s->graph->doc->mentions[m].human;
        }
    }
    return false;
}

bool
ch_reach_is_for_talks(const ch_setting *s, const ch_event *e, const ch_route *r)
{
    return ch_setting_type(s, e) == CH_CONSULT && ch_tok(s->graph, r->top)->rel != CH_OBJ && s->graph->preposition[r->top] != 0 &&
           ch_graph_in_set(s->graph, r->top, s->graph->sets.occasion);
}

bool
ch_reach_is_shared(const ch_setting *s, const ch_anchors *a, const ch_route *r, uint32_t first)
{
    uint32_t verb = a->tok[r->anchor], subject = ch_graph_child(s->graph, verb, CH_NSUBJ);
    return !a->front[r->anchor] || (first < verb && (subject == CH_NONE || first < subject));
}

bool
ch_reach_is_behind_content(const ch_setting *s, const ch_event *e, uint32_t first)
{
    for (uint32_t t = e->tok + 1; t < first; t++)
        if (ch_setting_is_act(s, t) && ch_tok(s->graph, t)->upos == CH_VERB && ch_tok(s->graph, t)->rel != CH_CONJ &&
            !ch_clause_is_open_participle(s->graph, t) && ch_graph_hangs_below(s->graph, t, e->tok))
            return true;
    return false;
}

/* ---------------------------------------------------------- what is left over */

bool
ch_reach_is_attribute(const ch_setting *s, uint32_t head)
{
    ch_rel rel = (ch_rel)ch_tok(s->graph, head)->rel;
    return (rel != CH_NMOD && rel != CH_OBL && rel != CH_ADVMOD) || ch_tok(s->graph, head)->sub == CH_SUB_POSS ||
           (s->graph->of != 0 && s->graph->preposition[head] == s->graph->of);
}

bool
ch_reach_is_left_to(const ch_setting *s, const ch_event *e, uint32_t first, uint32_t head)
{
    if (first <= e->tok || ch_reach_is_attribute(s, head))
        return false;
    for (uint32_t t = e->tok + 1; t < first; t++)
        if (ch_setting_is_act(s, t))
            return false;
    uint32_t above = ch_tok(s->graph, head)->head;
    return above != CH_NONE && above < e->tok && ch_graph_hangs_below(s->graph, e->tok, above);
}

bool
ch_reach_is_taken(const ch_setting *s, ch_sentence sent, uint32_t i, bool time)
{
    for (uint32_t t = sent.first; t < sent.last; t++) {
        const ch_event *e = s->act_of[t] != 0 ? &s->events[s->act_of[t] - 1] : NULL;
        if (e != NULL && (time ? e->time : e->place) == i)
            return true;
    }
    return false;
}

/* ---------------------------------------------------------------- expressions */

uint32_t
ch_reach_first_time(const ch_document *doc, uint32_t from)
{
    return doc->ntime == 0 ? 0 : ch_search_first(&doc->times->first, sizeof *doc->times, doc->ntime, from);
}

uint32_t
ch_reach_first_place(const ch_document *doc, uint32_t from)
{
    return doc->nplace == 0 ? 0 : ch_search_first(&doc->places->first, sizeof *doc->places, doc->nplace, from);
}
