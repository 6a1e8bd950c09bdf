#include "event/where.h"
#include "event/clause.h"

/* How a place belongs to an act, the nearest first. */
enum { TIER_OWN, TIER_FRONT, TIER_TARGET, TIER_FAR, TIER_COUNT };
#define TIER_WIDTH 100000u

static bool
is_country(const ch_place *p)
{
    return p->entry == CH_NONE && p->country != NULL;
}

/* The preposition that ties the place to what it is in: in "in the north of
 * Iraq" that of the north. 0 where there is none up to the anchor. */
static uint32_t
tie_of(const ch_setting *s, const ch_place *p, uint32_t top)
{
    const ch_graph *g = s->graph;
    for (uint32_t t = p->head;; t = ch_tok(s->graph, t)->head) {
        if (g->preposition[t] != 0 && g->preposition[t] != g->of)
            return g->preposition[t];
        if (t == top)
            return 0;
    }
}

/* "struck Odesa", "the town of Sake was seized", "attack on Rafah". */
static bool
is_target(const ch_setting *s, const ch_anchors *a, const ch_event *e, const ch_place *p, const ch_route *r)
{
    if (r->clause || !ch_setting_is_physical(s, e) || (is_country(p) && ch_setting_type(s, e) != CH_ASSAULT))
        return false;
    for (uint32_t t = p->head; t != r->top; t = ch_tok(s->graph, t)->head)
        if ((ch_tok(s->graph, t)->sub == CH_SUB_POSS &&
             !ch_graph_in_set(s->graph, ch_tok(s->graph, t)->head, s->graph->sets.part_of_place)) ||
            ch_tok(s->graph, t)->rel == CH_AMOD || ch_tok(s->graph, t)->rel == CH_CONJ)
            return false;
    ch_fillers objects = {.count = 0};
    ch_graph_slot(s->graph, e->tok, CH_SLOT_OBJ, &objects);
    for (uint32_t i = 0; i < objects.count; i++)
        if (r->anchor == 0 ? objects.tok[i] == r->top : objects.tok[i] == a->tok[r->anchor])
            return true;
    return false;
}

/* Whether "from" says where the act is done: of a withdrawal, and of things that
 * are fired, not of somebody who is attacked. */
static bool
moves(const ch_setting *s, const ch_event *e)
{
    ch_plover_type type = ch_setting_type(s, e);
    uint32_t object = ch_graph_child(s->graph, e->tok, CH_OBJ),
             m = object != CH_NONE ? s->graph->doc->mention_of[object] : CH_NONE;
    bool thing = object != CH_NONE && (m == CH_NONE || !s->graph->doc->mentions[m].human);
    return type == CH_RETREAT || type == CH_MOBILIZE || (type == CH_ASSAULT && thing);
}

/* "Leaders meeting in Vilnius pledged aid": the subject is where it meets. */
static bool
is_attending(const ch_setting *s, uint32_t subject)
{
    CH_EACH_CHILD(s->graph, c, subject)
        if (c > subject && ch_clause_is_open_participle(s->graph, c) && ch_graph_in_set(s->graph, c, s->graph->sets.attending))
            return true;
    return false;
}

/* How the place belongs to the act; TIER_COUNT where it does not. */
static uint32_t
tier_of(const ch_setting *s, const ch_anchors *a, const ch_event *e, const ch_place *p, const ch_route *r)
{
    const ch_event_sets *sets = &s->graph->sets;
    uint32_t tie = tie_of(s, p, r->top);
    bool physical = ch_setting_is_physical(s, e), behind = p->first > e->tok;
    if (tie == 0)
        return !is_target(s, a, e, p, r) ? TIER_COUNT : is_country(p) ? TIER_TARGET : TIER_OWN;
    if (r->noun && !r->occasion && !physical && !ch_reach_is_for_talks(s, e, r))
        return TIER_COUNT;
    bool marked = s->graph->preposition[r->top] != 0;
    if (ch_tok(s->graph, r->top)->rel == CH_NSUBJ && !marked && !(r->spoken && is_attending(s, r->top)) &&
        !ch_graph_is_passive(s->graph, ch_tok(s->graph, r->top)->head))
        return physical && ch_tok(s->graph, r->top)->upos == CH_NOUN && ch_set_has(s->graph->lexicon, sets->locative, tie)
                   ? TIER_FAR
                   : TIER_COUNT;
    if (ch_set_has(s->graph->lexicon, sets->locative, tie)) {
        /* "sanctions on Iran", "talks over Cyprus": what it is about */
        bool about = ch_set_has(s->graph->lexicon, sets->topic, tie) && ch_setting_type(s, e) != CH_ASSAULT;
        return about                                                     ? TIER_COUNT
               : !behind                                                 ? TIER_FRONT
               : ch_set_has(s->graph->lexicon, sets->locative_path, tie) ? TIER_FAR
                                                                         : TIER_OWN;
    }
    if (ch_set_has(s->graph->lexicon, sets->locative_goal, tie) &&
        (r->occasion || (physical && ch_setting_type(s, e) != CH_COERCE)))
        return !behind ? TIER_FRONT : is_country(p) ? TIER_TARGET : TIER_OWN;
    return ch_set_has(s->graph->lexicon, sets->locative_source, tie) && r->steps <= 2 && moves(s, e) ? TIER_FAR : TIER_COUNT;
}

/* "discussed the war in Ukraine", "discussed a truce in Gaza": a place behind a
 * thing that is spoken of is that thing's; behind "discussed a truce in Doha" a
 * town is where they spoke. */
static bool
is_of_topic(const ch_setting *s, const ch_event *e, const ch_place *p)
{
    uint32_t mark = p->first;
    while (mark > e->tok + 1 && ch_tok(s->graph, mark)->rel != CH_CASE)
        mark--;
    uint32_t noun = mark - 1;
    if (ch_setting_is_physical(s, e) || mark <= e->tok + 1 || ch_tok(s->graph, noun)->upos != CH_NOUN ||
        ch_tok(s->graph, noun)->span.end <= e->span.end)
        return false;
    bool town = !is_country(p) && p->population > 0;
    return ch_graph_in_set(s->graph, noun, s->graph->sets.situation) ||
           (!town && ch_graph_in_set(s->graph, noun, s->graph->sets.matter));
}

/* "calls for a ceasefire in Gaza": behind what is demanded or condemned a place
 * is that thing's, whatever the reader hung it on. */
static bool
is_of_content(const ch_setting *s, const ch_event *e, const ch_place *p)
{
    if (ch_setting_does_object(s, e) || ch_setting_type(s, e) == CH_THREATEN || p->first < e->tok + 3)
        return false;
    uint32_t mark = p->first - 1;
    while (mark > e->tok && ch_tok(s->graph, mark)->rel != CH_CASE)
        mark--;
    uint32_t before = mark - 1;
    return before > e->tok && ch_tok(s->graph, before)->upos == CH_NOUN && !ch_reach_is_occasion(s, before) &&
           !(s->timed != NULL && s->timed[before]) && ch_graph_hangs_below(s->graph, before, e->tok);
}

static uint32_t
score_place(const ch_setting *s, const ch_anchors *a, const ch_event *e, const ch_place *p)
{
    ch_route r;
    if (!ch_reach_route(s, a, p->head, &r) || !ch_reach_is_shared(s, a, &r, p->first) ||
        ch_reach_is_behind_content(s, e, p->first) || (s->in_name != NULL && s->in_name[p - s->graph->doc->places]))
        return UINT32_MAX;
    if (is_of_content(s, e, p) || is_of_topic(s, e, p))
        return UINT32_MAX;
    uint32_t tier = tier_of(s, a, e, p, &r);
    uint32_t apart = p->first > e->tok ? p->first - e->tok : e->tok - p->first;
    return tier == TIER_COUNT || apart >= TIER_WIDTH ? UINT32_MAX : tier * TIER_WIDTH + apart;
}

/* A place that one of the frame's `place` slots leads to. */
static bool
named_by_frame(const ch_setting *s, ch_event *e)
{
    const ch_graph *g = s->graph;
    const ch_document *doc = g->doc;
    ch_sentence sent = doc->sents[e->sentence];
    ch_range paths = g->frames->frames[e->frame].place;
    for (uint32_t p = paths.first; p < paths.first + paths.count; p++) {
        ch_fillers fillers = {.count = 0};
        ch_graph_path(g, e->tok, &g->frames->paths[p], &fillers);
        for (uint32_t i = ch_reach_first_place(doc, sent.first); i < doc->nplace && doc->places[i].first < sent.last; i++)
            for (uint32_t k = 0; k < fillers.count; k++)
                if (doc->places[i].head == fillers.tok[k]) {
                    e->place = i;
                    return true;
                }
    }
    return false;
}

/* "arrived in Paris, where he met Macron": the place that the clause is about
 * stands before it, a comma at most between. */
static bool
named_by_relative(const ch_setting *s, const ch_anchors *a, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    for (uint32_t i = 0; i < a->count; i++) {
        uint32_t where = ch_clause_place(s->graph, a->tok[i]);
        for (uint32_t k = ch_reach_first_place(doc, sent.first);
             where != CH_NONE && k < doc->nplace && doc->places[k].last <= where; k++)
            if (doc->places[k].last + 1 >= where)
                e->place = k;
    }
    return e->place != CH_NONE;
}

void
ch_where_find(const ch_setting *s, const ch_anchors *a, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    uint32_t best = UINT32_MAX;
    if (named_by_frame(s, e) || named_by_relative(s, a, e))
        return;
    for (uint32_t i = ch_reach_first_place(doc, sent.first); i < doc->nplace && doc->places[i].first < sent.last; i++) {
        uint32_t score = score_place(s, a, e, &doc->places[i]);
        if (score < best) {
            best = score;
            e->place = i;
        }
    }
}

void
ch_where_find_second(const ch_setting *s, ch_event *e)
{
    uint32_t support = ch_graph_support(s->graph, e->tok), clause = support != CH_NONE ? support : e->tok;
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    for (uint32_t i = ch_reach_first_place(doc, e->tok) + 1;
         i < doc->nplace && e->place == CH_NONE && doc->places[i].first < sent.last; i++) {
        const ch_place *first = &doc->places[i - 1], *p = &doc->places[i];
        bool beside = first->first > e->tok && p->last <= sent.last && p->first == first->last + 1;
        uint32_t above = ch_tok(s->graph, p->head)->head;
        if (beside && ch_set_has(s->graph->lexicon, s->graph->sets.locative, s->graph->preposition[p->head]) &&
            !ch_reach_is_behind_content(s, e, p->first) &&
            (above == first->head || above == ch_tok(s->graph, first->head)->head) &&
            ch_graph_hangs_below(s->graph, p->head, clause))
            e->place = i;
    }
}

void
ch_where_take_left_over(const ch_setting *s, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    for (uint32_t i = ch_reach_first_place(doc, e->tok);
         i < doc->nplace && e->place == CH_NONE && doc->places[i].first < sent.last; i++) {
        const ch_place *place = &doc->places[i];
        if (ch_set_has(s->graph->lexicon, s->graph->sets.locative, s->graph->preposition[place->head]) &&
            ch_reach_is_left_to(s, e, place->first, place->head) && !ch_reach_is_taken(s, sent, i, false))
            e->place = i;
    }
}

void
ch_where_look_there(const ch_setting *s, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    ch_anchors a = ch_reach_anchors(s, e);
    uint32_t from = e->sentence > 0 && !sent.paragraph_start ? doc->sents[e->sentence - 1].first : sent.first;
    for (uint32_t t = sent.first; t < sent.last && e->place == CH_NONE; t++) {
        ch_route r;
        bool there = ch_tok(s->graph, t)->rel == CH_ADVMOD &&
                     ch_set_has(s->graph->lexicon, s->graph->sets.there, ch_tok(s->graph, t)->lemma_word);
        if (!there || !ch_reach_route(s, &a, t, &r) || !ch_reach_is_shared(s, &a, &r, t) || ch_reach_is_behind_content(s, e, t))
            continue;
        for (uint32_t i = ch_reach_first_place(doc, t); i-- > 0 && doc->places[i].first >= from && e->place == CH_NONE;)
            if (ch_set_has(s->graph->lexicon, s->graph->sets.locative, s->graph->preposition[doc->places[i].head]) ||
                ch_set_has(s->graph->lexicon, s->graph->sets.locative_goal, s->graph->preposition[doc->places[i].head]))
                e->place = i;
    }
}
