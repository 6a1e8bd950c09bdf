#include "event/setting.h"

#include <string.h>

/* Words that an expression may hang on to belong to the act: the trigger, the
 * verb that carries it, and verbs that share their adverbials with it. */
#define ANCHORS_MAX 8
/* How far an expression may hang below an anchor. */
#define STEPS_MAX 12

typedef struct {
    const ch_graph *graph;
    ch_event *events;
    uint32_t count;
    /* NULL for a lone act */
    uint32_t *act_of; /* [ntok] index plus one of the event that the token triggers */
    bool *timed;      /* [ntok] part of a time expression */
    bool *in_name;    /* [nplace] part of an organisation's name */
} setting;

typedef struct {
    uint32_t tok[ANCHORS_MAX];
    bool front[ANCHORS_MAX]; /* shares only what stands before its own subject */
    uint32_t count;
} anchors;

/* The way from an expression up to an anchor. */
typedef struct {
    uint32_t anchor; /* index in the anchors */
    uint32_t top;    /* the token that hangs on the anchor */
    uint32_t steps;
    bool noun;     /* over a noun that is no occasion and no name */
    bool thing;    /* over one that nobody is called by either */
    bool occasion; /* over a visit, a speech, a summit */
    bool clause;   /* over a participle: "Speaking in Cairo, ..." */
    bool spoken;   /* over one before the act: "Leaders meeting in Vilnius pledged ..." */
} route;

/* How an expression belongs to an act, the nearest first. */
enum { TIER_OWN, TIER_FRONT, TIER_TARGET, TIER_FAR, TIER_COUNT };
#define TIER_WIDTH 100000u

static const ch_token *
tok(const setting *s, uint32_t t)
{
    return &s->graph->doc->toks[t];
}

static bool
is_act(const setting *s, uint32_t t)
{
    return s->act_of != NULL && s->act_of[t] != 0;
}

static ch_plover_type
type_of(const setting *s, const ch_event *e)
{
    return (ch_plover_type)s->graph->frames->frames[e->frame].type;
}

/* Acts of force and movement happen where their targets are; those of words
 * happen where the speaker is, whatever they speak of. */
static bool
is_physical(const setting *s, const ch_event *e)
{
    ch_plover_type type = type_of(s, e);
    return type == CH_ASSAULT || type == CH_COERCE || type == CH_RETREAT || type == CH_MOBILIZE || type == CH_PROTEST;
}

/* Whether the object may be a word of the act ("signed an agreement", "hosted
 * talks"); what is condemned or demanded has a time and place of its own. */
static bool
does_object(const setting *s, const ch_event *e)
{
    ch_plover_type type = type_of(s, e);
    return type != CH_ACCUSE && type != CH_REQUEST && type != CH_REJECT && type != CH_THREATEN;
}

/* ----------------------------------------------------------------- anchors */

static uint32_t
anchor_index(const anchors *a, uint32_t t)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (a->tok[i] == t)
            return i;
    return CH_NONE;
}

static void
add_anchor(anchors *a, uint32_t t, bool front)
{
    if (t == CH_NONE || a->count == ANCHORS_MAX || anchor_index(a, t) != CH_NONE)
        return;
    a->tok[a->count] = t;
    a->front[a->count++] = front;
}

static bool
is_participle(const ch_token *t)
{
    return t->xpos != NULL && strcmp(t->xpos, "VBG") == 0;
}

/* "..., killing two": a participle that nothing marks shares time and place with
 * the verb it hangs on; "for killing two" does not. */
static bool
is_open_participle(const setting *s, uint32_t t)
{
    const ch_token *token = tok(s, t);
    return is_participle(token) && (token->rel == CH_ADVCL || (token->rel == CH_ACL && token->sub != CH_SUB_RELCL)) &&
           ch_graph_child(s->graph, t, CH_MARK) == CH_NONE && ch_graph_child(s->graph, t, CH_NSUBJ) == CH_NONE &&
           s->graph->preposition[t] == 0;
}

/* "On Friday, Israel bombed Beirut and Hezbollah fired rockets": a clause with a
 * subject of its own that nothing marks stands beside the other, whatever the
 * reader made of it. */
static bool
is_clause_beside(const setting *s, uint32_t t)
{
    const ch_token *token = tok(s, t);
    return (token->rel == CH_ADVCL || token->rel == CH_PARATAXIS) && (token->morph & CH_M_FIN) != 0 &&
           ch_graph_child(s->graph, t, CH_MARK) == CH_NONE && ch_graph_child(s->graph, t, CH_ADVMOD) == CH_NONE &&
           ch_graph_child(s->graph, t, CH_NSUBJ) != CH_NONE;
}

/* The "where" of a clause, or CH_NONE. */
static uint32_t
relative_place(const setting *s, uint32_t verb)
{
    CH_EACH_CHILD(s->graph, c, verb)
        if (c < verb && ch_graph_in_set(s->graph, c, s->graph->sets.relative_place))
            return c;
    return CH_NONE;
}

/* The verb of the clause that the clause of `t` is part of. */
static uint32_t
verb_above(const setting *s, uint32_t t)
{
    for (t = tok(s, t)->head; t != CH_NONE && tok(s, t)->upos != CH_VERB;)
        t = tok(s, t)->head;
    return t;
}

/* "Clashes between X and the Y broke out in Z": the verb of an act told by a noun,
 * where the reader hung it on the noun; that may be a verb to it, too. */
static uint32_t
verb_beside(const setting *s, uint32_t noun)
{
    if (ch_graph_child(s->graph, noun, CH_NSUBJ) != CH_NONE || ch_graph_child(s->graph, noun, CH_OBJ) != CH_NONE)
        return CH_NONE;
    CH_EACH_CHILD(s->graph, c, noun)
        if ((tok(s, c)->rel == CH_CONJ || tok(s, c)->rel == CH_ACL) && tok(s, c)->upos == CH_VERB && c > noun &&
            tok(s, c - 1)->upos != CH_CCONJ && tok(s, c - 1)->upos != CH_PUNCT && !is_participle(tok(s, c)) &&
            ch_graph_child(s->graph, c, CH_NSUBJ) == CH_NONE && ch_graph_in_set(s->graph, c, s->graph->sets.occur))
            return c;
    return CH_NONE;
}

static anchors
anchors_of(const setting *s, const ch_event *e)
{
    const ch_graph *g = s->graph;
    anchors a = {.count = 0};
    add_anchor(&a, e->tok, false);
    uint32_t support = ch_graph_support(g, e->tok), t = support != CH_NONE ? support : e->tok;
    add_anchor(&a, support, false);
    CH_EACH_CHILD(g, c, e->tok)
        if (tok(s, c)->rel == CH_OBJ && tok(s, c)->span.end <= e->span.end && does_object(s, e))
            add_anchor(&a, c, false);
        else if (tok(s, c)->rel == CH_NSUBJ && ch_graph_in_set(g, c, g->sets.happening) && !ch_graph_is_passive(g, e->tok))
            add_anchor(&a, c, false); /* "Friday's attack killed 21" */
    if (tok(s, t)->rel == CH_NSUBJ && ch_graph_in_set(g, tok(s, t)->head, g->sets.occur))
        add_anchor(&a, t = tok(s, t)->head, false);
    else
        add_anchor(&a, verb_beside(s, t), false);
    /* "arrives on Tuesday in Paris, where he will hold talks": the same day */
    if ((tok(s, t)->rel == CH_ACL || tok(s, t)->rel == CH_ADVCL) && relative_place(s, t) != CH_NONE)
        add_anchor(&a, verb_above(s, t), false);
    bool front = false;
    while (tok(s, t)->head != CH_NONE && a.count < ANCHORS_MAX) {
        uint32_t head = tok(s, t)->head;
        ch_rel rel = (ch_rel)tok(s, t)->rel;
        if (rel == CH_XCOMP ? is_act(s, head) : rel == CH_CONJ ? tok(s, head)->upos != tok(s, t)->upos : !is_open_participle(s, t) && !is_clause_beside(s, t))
            break;
        front = front || (rel != CH_XCOMP && ch_graph_child(g, t, CH_NSUBJ) != CH_NONE);
        add_anchor(&a, head, front);
        t = head;
    }
    return a;
}

/* ------------------------------------------------------------------ routes */

static bool
is_clause(const setting *s, uint32_t t)
{
    return tok(s, t)->upos == CH_VERB || tok(s, t)->upos == CH_AUX || ch_graph_child(s->graph, t, CH_NSUBJ) != CH_NONE;
}

static bool
is_occasion(const setting *s, uint32_t t)
{
    return tok(s, t)->rel == CH_OBL && ch_set_has(s->graph->lexicon, s->graph->sets.occasion_mark, s->graph->preposition[t]) &&
           ch_graph_in_set(s->graph, t, s->graph->sets.occasion);
}

/* Goes up from `from` to an anchor; false where another clause or act lies
 * between. */
static bool
find_route(const setting *s, const anchors *a, uint32_t from, route *r)
{
    *r = (route){.top = from, .steps = 1};
    for (uint32_t t = from; tok(s, t)->head != CH_NONE && r->steps < STEPS_MAX; r->steps++) {
        r->top = t;
        t = tok(s, t)->head;
        r->anchor = anchor_index(a, t);
        if (r->anchor != CH_NONE)
            return true;
        if (is_clause(s, t)) {
            if (!is_open_participle(s, t))
                return false;
            /* "Addressing reporters in Ankara, ...": says where the speaker is */
            if (t < a->tok[0])
                r->noun = r->thing = false, r->spoken = true;
            r->clause = true;
        } else if (is_occasion(s, t))
            r->occasion = true;
        else if (is_act(s, t))
            return false;
        else if (!r->spoken && tok(s, t)->upos != CH_PROPN && !(s->timed != NULL && s->timed[t])) {
            uint32_t m = s->graph->doc->mention_of[t];
            r->noun = true;
            r->thing = r->thing || m == CH_NONE || !s->graph->doc->mentions[m].human;
        }
    }
    return false;
}

/* "hosted Kagame for talks in Luanda on Friday" */
static bool
is_for_talks(const setting *s, const ch_event *e, const route *r)
{
    return type_of(s, e) == CH_CONSULT && tok(s, r->top)->rel != CH_OBJ && s->graph->preposition[r->top] != 0 &&
           ch_graph_in_set(s->graph, r->top, s->graph->sets.occasion);
}

/* Whether the expression stands where the anchor shares it. */
static bool
is_shared(const setting *s, const anchors *a, const route *r, uint32_t first)
{
    uint32_t verb = a->tok[r->anchor], subject = ch_graph_child(s->graph, verb, CH_NSUBJ);
    return !a->front[r->anchor] || (first < verb && (subject == CH_NONE || first < subject));
}

static bool
hangs_below(const setting *s, uint32_t t, uint32_t above)
{
    while (tok(s, t)->head != CH_NONE && t != above)
        t = tok(s, t)->head;
    return t == above;
}

/* "accused Iran of attacking a ship on Sunday": what stands behind an act that
 * is told in the clause below is that act's, wherever it hangs. */
static bool
is_behind_content(const setting *s, const ch_event *e, uint32_t first)
{
    for (uint32_t t = e->tok + 1; t < first; t++)
        if (is_act(s, t) && tok(s, t)->upos == CH_VERB && tok(s, t)->rel != CH_CONJ && !is_open_participle(s, t) && hangs_below(s, t, e->tok))
            return true;
    return false;
}

/* The first of `count` elements of `size` bytes, in the order of the text, whose token,
 * the number at `all` and every `size` bytes behind it, is `from` or behind it. */
static uint32_t
first_behind(const uint32_t *all, size_t size, uint32_t count, uint32_t from)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (*(const uint32_t *)((const char *)all + middle * size) < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t
first_time(const ch_document *doc, uint32_t from)
{
    return doc->ntime == 0 ? 0 : first_behind(&doc->times->first, sizeof *doc->times, doc->ntime, from);
}

static uint32_t
first_place(const ch_document *doc, uint32_t from)
{
    return doc->nplace == 0 ? 0 : first_behind(&doc->places->first, sizeof *doc->places, doc->nplace, from);
}

/* ------------------------------------------------------------------- times */

/* "the 2015 deal", "the vote of January": the date of a thing. */
static bool
is_attribute(const setting *s, uint32_t head)
{
    ch_rel rel = (ch_rel)tok(s, head)->rel;
    return (rel != CH_NMOD && rel != CH_OBL && rel != CH_ADVMOD) || tok(s, head)->sub == CH_SUB_POSS ||
           (s->graph->of != 0 && s->graph->preposition[head] == s->graph->of);
}

static bool
has_perfect(const setting *s, uint32_t verb)
{
    CH_EACH_CHILD(s->graph, c, verb)
        if (tok(s, c)->rel == CH_AUXREL && ch_str_is(tok(s, c)->lemma, "have"))
            return true;
    return false;
}

/* What has lasted "since 2020" is no single deed told in the past. */
static bool
is_onset_of_state(const setting *s, const anchors *a, uint32_t head)
{
    return ch_set_has(s->graph->lexicon, s->graph->sets.onset, s->graph->preposition[head]) && !has_perfect(s, a->tok[0]) &&
           tok(s, a->tok[0])->upos == CH_VERB && (tok(s, a->tok[0])->morph & CH_M_PAST) != 0;
}

/* An act to come has no date that is past, one that was done none to come. */
static bool
fits_status(const setting *s, const ch_event *e, const ch_time *time)
{
    ch_day published = s->graph->doc->published;
    if (published == CH_NO_DAY)
        return true;
    if (e->status == CH_PLANNED)
        return time->end == CH_NO_DAY || time->end >= published;
    return e->status != CH_ASSERTED || time->start == CH_NO_DAY || time->start <= published;
}

/* "rejected the accords reached in 2020": behind what was done to the thing that is
 * rejected or condemned a time is that deed's, whatever the reader hung it on. */
static bool
is_of_deed(const setting *s, const ch_event *e, uint32_t first)
{
    if (does_object(s, e))
        return false;
    for (uint32_t t = e->tok + 2; t < first; t++)
        if (tok(s, t)->rel == CH_ACL && tok(s, t)->upos == CH_VERB && tok(s, t)->head > e->tok && tok(s, t)->head < t &&
            hangs_below(s, t, e->tok))
            return true;
    return false;
}

static uint32_t
score_time(const setting *s, const anchors *a, const ch_event *e, const ch_time *time)
{
    route r;
    if (!find_route(s, a, time->head, &r) || !is_shared(s, a, &r, time->first) || is_behind_content(s, e, time->first))
        return UINT32_MAX;
    if (is_onset_of_state(s, a, time->head) || is_of_deed(s, e, time->first))
        return UINT32_MAX;
    /* "Last month rebels killed ...": what a sentence begins with stands alone */
    bool begins = time->first == s->graph->doc->sents[e->sentence].first && tok(s, time->head)->sub != CH_SUB_POSS;
    if (r.steps > 1 && is_attribute(s, time->head) && !r.occasion && !begins)
        return UINT32_MAX;
    if (r.thing && !r.occasion && !is_for_talks(s, e, &r) && !is_physical(s, e))
        return UINT32_MAX;
    return (fits_status(s, e, time) ? 0 : TIER_WIDTH) + r.steps + (r.anchor != 0) + r.clause;
}

static bool
is_dated(const ch_time *time)
{
    return time->start != CH_NO_DAY || time->end != CH_NO_DAY || time->open;
}

/* "The war of 1988 to 1998, in which rebels fought the army": what happened in a thing
 * happened when the thing did. */
static void
find_time_of_antecedent(const setting *s, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    const ch_token *verb = tok(s, e->tok);
    uint32_t which = CH_NONE;
    if ((verb->rel != CH_ACL && verb->rel != CH_ADVCL) || verb->sub != CH_SUB_RELCL || verb->head == CH_NONE)
        return;
    CH_EACH_CHILD(s->graph, c, e->tok)
        if (c < e->tok && tok(s, c)->rel == CH_OBL && (tok(s, c)->morph & CH_M_PRONREL) != 0)
            which = c;
    for (uint32_t i = first_time(doc, verb->head + 1); which != CH_NONE && i < doc->ntime && doc->times[i].last <= which; i++)
        if (is_dated(&doc->times[i]) &&
            ((verb->rel == CH_ACL && hangs_below(s, doc->times[i].head, verb->head)) || doc->times[i].last + 2 == which)) {
            e->time = i;
            return;
        }
}

static void
find_time(const setting *s, const anchors *a, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    uint32_t best = UINT32_MAX;
    for (uint32_t i = first_time(doc, sent.first); i < doc->ntime && doc->times[i].first < sent.last; i++) {
        const ch_time *time = &doc->times[i];
        if (!is_dated(time))
            continue;
        uint32_t score = score_time(s, a, e, time);
        if (score < best) {
            best = score;
            e->time = i;
        }
    }
    if (e->time == CH_NONE)
        find_time_of_antecedent(s, e);
}

/* ------------------------------------------------------------------ places */

static bool
is_country(const ch_place *p)
{
    return p->entry == CH_NONE && p->country != NULL;
}

/* The preposition that ties the place to what it is in: in "in the north of
 * Iraq" that of the north. 0 where there is none up to the anchor. */
static uint32_t
tie_of(const setting *s, const ch_place *p, uint32_t top)
{
    const ch_graph *g = s->graph;
    for (uint32_t t = p->head;; t = tok(s, t)->head) {
        if (g->preposition[t] != 0 && g->preposition[t] != g->of)
            return g->preposition[t];
        if (t == top)
            return 0;
    }
}

/* "struck Odesa", "the town of Sake was seized", "attack on Rafah". */
static bool
is_target(const setting *s, const anchors *a, const ch_event *e, const ch_place *p, const route *r)
{
    if (r->clause || !is_physical(s, e) || (is_country(p) && type_of(s, e) != CH_ASSAULT))
        return false;
    for (uint32_t t = p->head; t != r->top; t = tok(s, t)->head)
        if ((tok(s, t)->sub == CH_SUB_POSS && !ch_graph_in_set(s->graph, tok(s, t)->head, s->graph->sets.part_of_place)) || tok(s, t)->rel == CH_AMOD || tok(s, t)->rel == CH_CONJ)
            return false;
    ch_fillers objects = {.count = 0};
    ch_graph_slot(s->graph, e->tok, CH_SLOT_OBJ, &objects);
    for (uint32_t i = 0; i < objects.count; i++)
        if (r->anchor == 0 ? objects.tok[i] == r->top : objects.tok[i] == a->tok[r->anchor])
            return true;
    return false;
}

static bool
in_set(const setting *s, uint32_t set, uint32_t word)
{
    return ch_set_has(s->graph->lexicon, set, word);
}

/* Whether "from" says where the act is done: of a withdrawal, and of things that
 * are fired, not of somebody who is attacked. */
static bool
moves(const setting *s, const ch_event *e)
{
    ch_plover_type type = type_of(s, e);
    uint32_t object = ch_graph_child(s->graph, e->tok, CH_OBJ), m = object != CH_NONE ? s->graph->doc->mention_of[object] : CH_NONE;
    bool thing = object != CH_NONE && (m == CH_NONE || !s->graph->doc->mentions[m].human);
    return type == CH_RETREAT || type == CH_MOBILIZE || (type == CH_ASSAULT && thing);
}

/* "Leaders meeting in Vilnius pledged aid": the subject is where it meets. */
static bool
is_attending(const setting *s, uint32_t subject)
{
    CH_EACH_CHILD(s->graph, c, subject)
        if (c > subject && is_open_participle(s, c) && ch_graph_in_set(s->graph, c, s->graph->sets.attending))
            return true;
    return false;
}

/* How the place belongs to the act; TIER_COUNT where it does not. */
static uint32_t
tier_of(const setting *s, const anchors *a, const ch_event *e, const ch_place *p, const route *r)
{
    const ch_event_sets *sets = &s->graph->sets;
    uint32_t tie = tie_of(s, p, r->top);
    bool physical = is_physical(s, e), behind = p->first > e->tok;
    if (tie == 0)
        return !is_target(s, a, e, p, r) ? TIER_COUNT : is_country(p) ? TIER_TARGET : TIER_OWN;
    if (r->noun && !r->occasion && !physical && !is_for_talks(s, e, r))
        return TIER_COUNT;
    bool marked = s->graph->preposition[r->top] != 0;
    if (tok(s, r->top)->rel == CH_NSUBJ && !marked && !(r->spoken && is_attending(s, r->top)) && !ch_graph_is_passive(s->graph, tok(s, r->top)->head))
        return physical && tok(s, r->top)->upos == CH_NOUN && in_set(s, sets->locative, tie) ? TIER_FAR : TIER_COUNT;
    if (in_set(s, sets->locative, tie)) {
        /* "sanctions on Iran", "talks over Cyprus": what it is about */
        bool about = in_set(s, sets->topic, tie) && type_of(s, e) != CH_ASSAULT;
        return about ? TIER_COUNT : !behind ? TIER_FRONT : in_set(s, sets->locative_path, tie) ? TIER_FAR : TIER_OWN;
    }
    if (in_set(s, sets->locative_goal, tie) && (r->occasion || (physical && type_of(s, e) != CH_COERCE)))
        return !behind ? TIER_FRONT : is_country(p) ? TIER_TARGET : TIER_OWN;
    return in_set(s, sets->locative_source, tie) && r->steps <= 2 && moves(s, e) ? TIER_FAR : TIER_COUNT;
}

/* "discussed the war in Ukraine", "discussed a truce in Gaza": a place behind a
 * thing that is spoken of is that thing's; behind "discussed a truce in Doha" a
 * town is where they spoke. */
static bool
is_of_topic(const setting *s, const ch_event *e, const ch_place *p)
{
    uint32_t mark = p->first;
    while (mark > e->tok + 1 && tok(s, mark)->rel != CH_CASE)
        mark--;
    uint32_t noun = mark - 1;
    if (is_physical(s, e) || mark <= e->tok + 1 || tok(s, noun)->upos != CH_NOUN || tok(s, noun)->span.end <= e->span.end)
        return false;
    bool town = !is_country(p) && p->population > 0;
    return ch_graph_in_set(s->graph, noun, s->graph->sets.situation) || (!town && ch_graph_in_set(s->graph, noun, s->graph->sets.matter));
}

/* "calls for a ceasefire in Gaza": behind what is demanded or condemned a place
 * is that thing's, whatever the reader hung it on. */
static bool
is_of_content(const setting *s, const ch_event *e, const ch_place *p)
{
    if (does_object(s, e) || type_of(s, e) == CH_THREATEN || p->first < e->tok + 3)
        return false;
    uint32_t mark = p->first - 1;
    while (mark > e->tok && tok(s, mark)->rel != CH_CASE)
        mark--;
    uint32_t before = mark - 1;
    return before > e->tok && tok(s, before)->upos == CH_NOUN && !is_occasion(s, before) && !(s->timed != NULL && s->timed[before]) &&
           hangs_below(s, before, e->tok);
}

static uint32_t
score_place(const setting *s, const anchors *a, const ch_event *e, const ch_place *p)
{
    route r;
    if (!find_route(s, a, p->head, &r) || !is_shared(s, a, &r, p->first) || is_behind_content(s, e, p->first) || (s->in_name != NULL && s->in_name[p - s->graph->doc->places]))
        return UINT32_MAX;
    if (is_of_content(s, e, p) || is_of_topic(s, e, p))
        return UINT32_MAX;
    uint32_t tier = tier_of(s, a, e, p, &r);
    uint32_t apart = p->first > e->tok ? p->first - e->tok : e->tok - p->first;
    return tier == TIER_COUNT || apart >= TIER_WIDTH ? UINT32_MAX : tier * TIER_WIDTH + apart;
}

/* A place that one of the frame's `place` slots leads to. */
static bool
named_by_frame(const setting *s, ch_event *e)
{
    const ch_graph *g = s->graph;
    const ch_document *doc = g->doc;
    ch_sentence sent = doc->sents[e->sentence];
    ch_range paths = g->frames->frames[e->frame].place;
    for (uint32_t p = paths.first; p < paths.first + paths.count; p++) {
        ch_fillers fillers = {.count = 0};
        ch_graph_path(g, e->tok, &g->frames->paths[p], &fillers);
        for (uint32_t i = first_place(doc, sent.first); i < doc->nplace && doc->places[i].first < sent.last; i++)
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
named_by_relative(const setting *s, const anchors *a, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    for (uint32_t i = 0; i < a->count; i++) {
        uint32_t where = relative_place(s, a->tok[i]);
        for (uint32_t k = first_place(doc, sent.first); where != CH_NONE && k < doc->nplace && doc->places[k].last <= where; k++)
            if (doc->places[k].last + 1 >= where)
                e->place = k;
    }
    return e->place != CH_NONE;
}

static void
find_place(const setting *s, const anchors *a, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    uint32_t best = UINT32_MAX;
    if (named_by_frame(s, e) || named_by_relative(s, a, e))
        return;
    for (uint32_t i = first_place(doc, sent.first); i < doc->nplace && doc->places[i].first < sent.last; i++) {
        uint32_t score = score_place(s, a, e, &doc->places[i]);
        if (score < best) {
            best = score;
            e->place = i;
        }
    }
}

/* "discussed the fighting in Idlib in Moscow": the second of two places side by
 * side is the act's, however the reader nested them. */
static void
find_second_place(const setting *s, ch_event *e)
{
    uint32_t support = ch_graph_support(s->graph, e->tok), clause = support != CH_NONE ? support : e->tok;
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    for (uint32_t i = first_place(doc, e->tok) + 1; i < doc->nplace && e->place == CH_NONE && doc->places[i].first < sent.last; i++) {
        const ch_place *first = &doc->places[i - 1], *p = &doc->places[i];
        bool beside = first->first > e->tok && p->last <= sent.last && p->first == first->last + 1;
        uint32_t above = tok(s, p->head)->head;
        if (beside && in_set(s, s->graph->sets.locative, s->graph->preposition[p->head]) && !is_behind_content(s, e, p->first) &&
            (above == first->head || above == tok(s, first->head)->head) && hangs_below(s, p->head, clause))
            e->place = i;
    }
}

/* ---------------------------------------------------------- what is left over */

/* Whether an expression at `head` hangs on something above the act and before
 * it, though it stands behind the act with no other act between: "accused Iran
 * of attacking a ship on Sunday" where the reader gave Sunday to "accused". */
static bool
is_left_to(const setting *s, const ch_event *e, uint32_t first, uint32_t head)
{
    if (first <= e->tok || is_attribute(s, head))
        return false;
    for (uint32_t t = e->tok + 1; t < first; t++)
        if (is_act(s, t))
            return false;
    uint32_t above = tok(s, head)->head;
    return above != CH_NONE && above < e->tok && hangs_below(s, e->tok, above);
}

static bool
is_taken(const setting *s, ch_sentence sent, uint32_t i, bool time)
{
    for (uint32_t t = sent.first; t < sent.last; t++) {
        const ch_event *e = s->act_of[t] != 0 ? &s->events[s->act_of[t] - 1] : NULL;
        if (e != NULL && (time ? e->time : e->place) == i)
            return true;
    }
    return false;
}

static void
take_left_over(const setting *s, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    for (uint32_t i = first_time(doc, e->tok); i < doc->ntime && e->time == CH_NONE && doc->times[i].first < sent.last; i++) {
        const ch_time *time = &doc->times[i];
        if (is_dated(time) && is_left_to(s, e, time->first, time->head) && !is_taken(s, sent, i, true))
            e->time = i;
    }
    for (uint32_t i = first_place(doc, e->tok); i < doc->nplace && e->place == CH_NONE && doc->places[i].first < sent.last; i++) {
        const ch_place *place = &doc->places[i];
        if (in_set(s, s->graph->sets.locative, s->graph->preposition[place->head]) &&
            is_left_to(s, e, place->first, place->head) && !is_taken(s, sent, i, false))
            e->place = i;
    }
}

/* ------------------------------------------------- what the sentence begins with */

/* "On Friday, ...", "Earlier on Monday, ...": the time that a sentence begins
 * with, or CH_NONE. "Monday protests", "In the 2015 deal" begin with a thing. */
static uint32_t
opening_time(const setting *s, ch_sentence sent)
{
    const ch_document *doc = s->graph->doc;
    uint32_t i = first_time(doc, sent.first);
    if (i == doc->ntime || doc->times[i].last >= sent.last || !is_dated(&doc->times[i]) || doc->times[i].type > CH_TIME_TIME)
        return CH_NONE;
    const ch_time *time = &doc->times[i];
    bool marked = false;
    for (uint32_t t = sent.first; t < time->first; t++) {
        if (tok(s, t)->upos != CH_ADP && tok(s, t)->upos != CH_ADV)
            return CH_NONE;
        marked = marked || tok(s, t)->upos == CH_ADP;
    }
    const ch_token *next = tok(s, time->last);
    bool begins_clause = next->upos == CH_PUNCT || next->upos == CH_PROPN || next->upos == CH_DET || next->upos == CH_PRON ||
                         next->upos == CH_ADJ || (next->upos == CH_NOUN && (marked || (next->morph & CH_M_PLUR) != 0));
    return begins_clause && next->upos != CH_PART && tok(s, time->head)->sub != CH_SUB_POSS ? i : CH_NONE;
}

/* Whether the act is told by a main verb of the sentence, or one beside it,
 * whatever the reader made of that; not by what somebody says, or a clause of its
 * own time. */
static bool
is_main(const setting *s, const ch_event *e)
{
    if (e->content_of != CH_NONE || tok(s, e->tok)->upos != CH_VERB)
        return false;
    for (uint32_t t = e->tok; tok(s, t)->rel != CH_ROOT; t = tok(s, t)->head) {
        bool beside = tok(s, t)->rel == CH_CONJ || (tok(s, t)->rel == CH_AMOD && t > 0 && tok(s, t - 1)->upos == CH_CCONJ) ||
                      (tok(s, t)->rel == CH_OBJ && t != e->tok);
        if (tok(s, t)->head == CH_NONE || (!beside && !is_clause_beside(s, t)))
            return false;
    }
    return true;
}

/* The frame of a sentence is that of each of its main acts without a time. */
static void
take_frame(const setting *s, ch_event *e)
{
    if (e->time != CH_NONE || !is_main(s, e) || has_perfect(s, e->tok))
        return;
    uint32_t i = opening_time(s, s->graph->doc->sents[e->sentence]);
    if (i != CH_NONE && fits_status(s, e, &s->graph->doc->times[i]))
        e->time = i;
}

/* "an attack on Kharkiv on Sunday": a time behind the noun with nothing but names
 * between, whatever the reader hung it on, where no other act has it. */
static void
take_behind_noun(const setting *s, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    uint32_t i = first_time(doc, e->tok + 1);
    if (e->time != CH_NONE || tok(s, e->tok)->upos != CH_NOUN || i == doc->ntime || doc->times[i].last > sent.last ||
        !is_dated(&doc->times[i]) || is_taken(s, sent, i, true))
        return;
    for (uint32_t t = e->tok + 1; t < doc->times[i].first; t++)
        if (tok(s, t)->upos != CH_ADP && tok(s, t)->upos != CH_DET && tok(s, t)->upos != CH_PROPN && tok(s, t)->upos != CH_ADJ &&
            (tok(s, t)->upos != CH_NOUN || is_act(s, t)))
            return;
    if (fits_status(s, e, &doc->times[i]))
        e->time = i;
}

/* ------------------------------------------------------------ the narrative */

/* The subject of the act's clause where that is the sentence's main one. */
static uint32_t
main_subject(const setting *s, const ch_event *e)
{
    uint32_t t = e->tok, subject = ch_graph_child(s->graph, t, CH_NSUBJ);
    while (subject == CH_NONE && (tok(s, t)->rel == CH_CONJ || tok(s, t)->rel == CH_OBJ)) {
        t = tok(s, t)->head;
        subject = ch_graph_child(s->graph, t, CH_NSUBJ);
    }
    while (tok(s, t)->rel == CH_CONJ)
        t = tok(s, t)->head;
    return tok(s, t)->rel == CH_ROOT && !has_perfect(s, e->tok) ? subject : CH_NONE;
}

static bool
is_definite(const setting *s, uint32_t noun)
{
    CH_EACH_CHILD(s->graph, c, noun)
        if (tok(s, c)->rel == CH_DETREL && (tok(s, c)->morph & (CH_M_DEF | CH_M_PRONDEM)) != 0)
            return true;
    return false;
}

/* "They killed 40", "The strikes killed nine": goes on with what was told. */
static bool
goes_on(const setting *s, const ch_event *e)
{
    uint32_t subject = main_subject(s, e);
    if (subject == CH_NONE || (e->status != CH_ASSERTED && e->status != CH_PLANNED))
        return false;
    const ch_token *token = tok(s, subject);
    if (token->upos == CH_PRON)
        return (token->morph & (CH_M_PRONPRS | CH_M_P3)) == (CH_M_PRONPRS | CH_M_P3);
    return is_definite(s, subject) && ch_graph_in_set(s->graph, subject, s->graph->sets.happening);
}

/* "X said Y had attacked Z on Tuesday. He rejected a call ...": who speaks next goes
 * on with the saying, not with what was said. */
static bool
is_said(const setting *s, const ch_event *e)
{
    for (uint32_t t = e->tok; tok(s, t)->head != CH_NONE; t = tok(s, t)->head)
        if (tok(s, t)->rel == CH_CCOMP)
            return true;
    return false;
}

/* An act that goes on with the one before it, in the sentence before and the
 * same paragraph, is where and when that was. */
static void
carry_on(const setting *s, uint32_t i)
{
    ch_event *e = &s->events[i];
    const ch_document *doc = s->graph->doc;
    if (e->sentence == 0 || doc->sents[e->sentence].paragraph_start || !goes_on(s, e))
        return;
    for (uint32_t k = i; k-- > 0 && s->events[k].sentence + 1 >= e->sentence;) {
        const ch_event *before = &s->events[k];
        if (before->sentence == e->sentence || before->status != e->status || (is_said(s, before) && !is_physical(s, e)))
            continue;
        if (e->time == CH_NONE && e->place == CH_NONE)
            e->place = before->place;
        if (e->time == CH_NONE)
            e->time = before->time;
        return;
    }
}

/* "a crowd there": the place that the sentence, or else the one before it, told of
 * last in so many words. */
static void
look_there(const setting *s, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    anchors a = anchors_of(s, e);
    uint32_t from = e->sentence > 0 && !sent.paragraph_start ? doc->sents[e->sentence - 1].first : sent.first;
    for (uint32_t t = sent.first; t < sent.last && e->place == CH_NONE; t++) {
        route r;
        bool there = tok(s, t)->rel == CH_ADVMOD && in_set(s, s->graph->sets.there, tok(s, t)->lemma_word);
        if (!there || !find_route(s, &a, t, &r) || !is_shared(s, &a, &r, t) || is_behind_content(s, e, t))
            continue;
        for (uint32_t i = first_place(doc, t); i-- > 0 && doc->places[i].first >= from && e->place == CH_NONE;)
            if (in_set(s, s->graph->sets.locative, s->graph->preposition[doc->places[i].head]) || in_set(s, s->graph->sets.locative_goal, s->graph->preposition[doc->places[i].head]))
                e->place = i;
    }
}

/* "the Mission in Kosovo arrested two men": places that are part of the name of
 * somebody. */
static void
mark_names(setting *s)
{
    const ch_document *doc = s->graph->doc;
    for (uint32_t i = 0; i < doc->nmention; i++) {
        const ch_mention *m = &doc->mentions[i];
        if (m->kind != CH_MENTION_ORGANISATION || m->entity == NULL)
            continue;
        for (uint32_t k = first_place(doc, m->first); k < doc->nplace && doc->places[k].last <= m->last; k++)
            s->in_name[k] = s->in_name[k] || doc->places[k].first > m->first;
    }
}

static bool
make_setting(setting *s, ch_document *doc)
{
    s->act_of = ch_arena_array(&doc->arena, doc->ntok, sizeof *s->act_of);
    s->timed = ch_arena_array(&doc->arena, doc->ntok, sizeof *s->timed);
    s->in_name = ch_arena_array(&doc->arena, doc->nplace, sizeof *s->in_name);
    if (s->act_of == NULL || s->timed == NULL || s->in_name == NULL)
        return false;
    for (uint32_t i = 0; i < s->count; i++)
        s->act_of[s->events[i].tok] = i + 1;
    for (uint32_t i = 0; i < doc->ntime; i++)
        for (uint32_t t = doc->times[i].first; t < doc->times[i].last; t++)
            s->timed[t] = true;
    mark_names(s);
    return true;
}

static void
find_own(const setting *s, ch_event *e)
{
    anchors a = anchors_of(s, e);
    find_time(s, &a, e);
    find_place(s, &a, e);
    if (e->place == CH_NONE && !is_physical(s, e))
        find_second_place(s, e);
}

void
ch_find_setting(const ch_graph *g, ch_event *e)
{
    setting s = {.graph = g, .events = e, .count = 1};
    find_own(&s, e);
}

bool
ch_find_settings(const ch_graph *g, ch_document *doc, ch_event *events, uint32_t count)
{
    setting s = {.graph = g, .events = events, .count = count};
    if (!make_setting(&s, doc))
        return false;
    for (uint32_t i = 0; i < count; i++)
        find_own(&s, &events[i]);
    for (uint32_t i = 0; i < count; i++)
        take_left_over(&s, &events[i]);
    for (uint32_t i = 0; i < count; i++) {
        take_frame(&s, &events[i]);
        take_behind_noun(&s, &events[i]);
        look_there(&s, &events[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        carry_on(&s, i);
    return true;
}
