#include "event/confidence.h"
#include "event/discard.h"
#include "event/event.h"
#include "event/facts.h"
#include "event/graph.h"
#include "event/match.h"
#include "event/roles.h"
#include "event/setting.h"
#include "event/status.h"
#include "event/topics.h"

#include <stdlib.h>
#include <string.h>

static const char *const status_names[CH_STATUS_COUNT] = {
    "asserted", "ongoing", "planned", "alleged", "possible", "hypothetical", "negated",
};

const char *
ch_event_status_name(ch_event_status status)
{
    return status_names[status];
}

/* What the coder knows while it goes through the sentences. */
typedef struct {
    const ch_graph *graph;
    ch_matcher *matcher;
    ch_document *doc;
    uint32_t *event_of; /* [ntok] index of the event that a token triggers, plus one */
    uint32_t *taken_by; /* [ntok] index plus one of the event whose test used the token up */
    uint32_t *content_of; /* [ntok] index plus one of the event whose content the token is */
    ch_event *events;
    uint32_t count, room;
} coding;

/* ---------------------------------------------------------------- proposing */

static ch_event *
new_event(coding *c)
{
    if (c->count == c->room) {
        uint32_t room = c->room == 0 ? 16 : c->room * 2;
        ch_event *events = ch_arena_array(&c->doc->arena, room, sizeof *events);
        if (events == NULL)
            return NULL;
        if (c->count != 0)
            memcpy(events, c->events, c->count * sizeof *events);
        c->events = events;
        c->room = room;
    }
    return &c->events[c->count];
}

/* The words that name the act: the trigger's own and those its tests asked for. */
static ch_span
act_span(coding *c, const ch_event *e, const ch_fillers *words)
{
    const ch_document *doc = c->doc;
    const ch_trigger *t = &c->graph->frames->triggers[e->trigger];
    ch_span span = doc->toks[e->tok].span;
    CH_EACH_CHILD(c->graph, child, e->tok)
        for (uint32_t w = 0; w < t->nword && t->nword > 1; w++)
            if (ch_graph_is_word(c->graph, child, c->graph->frames->words[t->first_word + w])) {
                if (doc->toks[child].span.start < span.start)
                    span.start = doc->toks[child].span.start;
                if (doc->toks[child].span.end > span.end)
                    span.end = doc->toks[child].span.end;
            }
    for (uint32_t i = 0; i < words->count; i++) {
        const ch_token *w = &doc->toks[words->tok[i]];
        if (w->head == e->tok && w->rel == CH_OBJ && w->span.end > span.end)
            span.end = w->span.end;
    }
    return span;
}

/* Somebody whose part in the act is said, and not only guessed from what stands near. */
static bool
is_named(const coding *c, const ch_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (parties[i].path != CH_NONE && c->doc->mentions[parties[i].mention].country[0] != '\0')
            return true;
    return false;
}

/* An event noun that nothing carries and nobody is named for is background; of
 * what was denied, condemned or reported one party is enough. */
static bool
is_background(coding *c, const ch_event *e)
{
    const ch_trigger *t = &c->graph->frames->triggers[e->trigger];
    const ch_token *token = &c->doc->toks[e->tok];
    if (t->pos != CH_TRIGGER_NOUN || ch_graph_support(c->graph, e->tok) != CH_NONE)
        return false;
    bool occurs = token->rel == CH_NSUBJ && token->head != CH_NONE &&
                  ch_graph_in_set(c->graph, token->head, c->graph->sets.occur);
    if (occurs || token->rel == CH_ROOT)
        return e->nactor == 0 && e->nrecipient == 0;
    bool told = token->rel == CH_NSUBJ && ch_graph_is_passive(c->graph, token->head);
    if (told && (is_named(c, e->actors, e->nactor) || is_named(c, e->recipients, e->nrecipient)))
        return false;
    return e->nactor == 0 || e->nrecipient == 0;
}

/* The other words of a trigger of several ("concern" of "express concern") tell no
 * act of their own. */
static void
take_words(coding *c, const ch_event *e, uint32_t number)
{
    const ch_trigger *t = &c->graph->frames->triggers[e->trigger];
    if (t->nword < 2)
        return;
    CH_EACH_CHILD(c->graph, child, e->tok)
        for (uint32_t w = 0; w < t->nword; w++)
            if (c->taken_by[child] == 0 && ch_graph_is_word(c->graph, child, c->graph->frames->words[t->first_word + w]))
                c->taken_by[child] = number;
}

/* Whether the party is of a state, a body that is known, or one of politics. */
static bool
is_political(const coding *c, const ch_party *p, bool alone)
{
    const ch_mention *m = &c->doc->mentions[p->mention];
    if (m->country[0] != '\0' || m->entity != NULL)
        return true;
    size_t len = strlen(m->sector);
    char folded[4] = {0};
    for (size_t i = 0; i < len && i < sizeof folded - 1; i++)
        folded[i] = (char)(m->sector[i] | 0x20);
    return !alone && ch_set_has(c->graph->lexicon, c->graph->sets.political, ch_lexicon_word(c->graph->lexicon, folded, len));
}

/* What people do by words among themselves is no event: "doctors urged patients to
 * drink", "the committee meets on Tuesday". */
static bool
is_private(const coding *c, const ch_event *e)
{
    ch_plover_type type = (ch_plover_type)c->graph->frames->frames[e->frame].type;
    bool talk = type == CH_AGREE || type == CH_CONSULT || type == CH_SUPPORT || type == CH_REQUEST || type == CH_ACCUSE || type == CH_REJECT ||
                type == CH_CONCEDE || type == CH_AID || type == CH_COOPERATE;
    if (!talk || (c->graph->frames->frames[e->frame].flags & CH_FRAME_FOREIGN) != 0)
        return false;
    bool alone = type == CH_CONSULT && e->nrecipient == 0;
    for (uint32_t i = 0; i < e->nactor; i++)
        if (is_political(c, &e->actors[i], alone))
            return false;
    for (uint32_t i = 0; i < e->nrecipient; i++)
        if (is_political(c, &e->recipients[i], alone))
            return false;
    return true;
}

/* "A visits B" is also "B hosts A", where the frame has a code for it. */
static void
propose_reverse(coding *c)
{
    ch_event *r = new_event(c);
    if (r == NULL)
        return;
    const ch_event *e = &c->events[c->count - 1];
    if (c->graph->frames->frames[e->frame].reverse[0] == '\0')
        return;
    *r = *e;
    r->reversed = true;
    memcpy(r->actors, e->recipients, sizeof r->actors);
    memcpy(r->recipients, e->actors, sizeof r->recipients);
    r->nactor = e->nrecipient;
    r->nrecipient = e->nactor;
    c->count++;
}

/* Notes for whoever asks that the event, or a token alone, was refused. */
static void
refuse(coding *c, uint32_t tok, uint32_t trigger, ch_refusal_step step, uint32_t by)
{
    ch_refusals *r = c->doc->refusals;
    if (r == NULL)
        return;
    if (r->count == r->room) {
        uint32_t room = r->room == 0 ? 16 : r->room * 2;
        ch_refusal *all = ch_arena_array(&c->doc->arena, room, sizeof *all);
        if (all == NULL)
            return;
        if (r->count != 0)
            memcpy(all, r->all, r->count * sizeof *all);
        r->all = all;
        r->room = room;
    }
    r->all[r->count++] = (ch_refusal){.tok = tok, .trigger = trigger, .step = step, .by = by};
}

/* Which of the conditions on the parties does not hold; false when all do. */
static bool
lacks_parties(coding *c, ch_event *e)
{
    ch_refusal_step step;
    bool found = ch_find_parties(c->graph, e);
    uint32_t missing = found ? 0 : ch_parties_missing(c->graph, e);
    if (missing == CH_FRAME_NEED_ACTOR)
        step = CH_REFUSED_ACTOR;
    else if (missing == CH_FRAME_NEED_RECIPIENT)
        step = CH_REFUSED_RECIPIENT;
    else if (missing == CH_FRAME_NEED_COUNTRY)
        step = CH_REFUSED_COUNTRY;
    else if (e->nactor == 0 && e->nrecipient == 0)
        step = CH_REFUSED_NOBODY;
    else if (is_background(c, e))
        step = CH_REFUSED_BACKGROUND;
    else if (is_private(c, e))
        step = CH_REFUSED_PRIVATE;
    else
        return false;
    refuse(c, e->tok, e->trigger, step, CH_NONE);
    return true;
}

/* The best frame of the word whose parties are there; false when none is, or
 * the best says that this is no act. */
static bool
propose(coding *c, uint32_t sentence, uint32_t tok)
{
    const ch_candidates *candidates = ch_match(c->matcher, tok);
    for (uint32_t i = 0; i < candidates->count; i++) {
        ch_event *e = new_event(c);
        if (e == NULL)
            return false;
        *e = (ch_event){.tok = tok, .sentence = sentence, .trigger = candidates->trigger[i], .time = CH_NONE, .place = CH_NONE,
                        .content_of = CH_NONE, .repeats = CH_NONE};
        e->frame = c->graph->frames->triggers[e->trigger].frame;
        if (c->graph->frames->frames[e->frame].type == CH_NO_TYPE) {
            refuse(c, tok, e->trigger, CH_REFUSED_NO_ACT, CH_NONE);
            return false;
        }
        if (lacks_parties(c, e))
            continue;
        ch_fillers words, acts;
        ch_match_fillers(c->matcher, tok, e->trigger, &words, &acts);
        e->span = act_span(c, e, &words);
        for (uint32_t k = 0; k < words.count; k++)
            e->by_negation = e->by_negation || (c->doc->toks[words.tok[k]].head == tok && ch_graph_in_set(c->graph, words.tok[k], c->graph->sets.negator));
        uint32_t number = ++c->count;
        c->event_of[tok] = number;
        take_words(c, e, number);
        for (uint32_t k = 0; k < words.count; k++)
            if (c->taken_by[words.tok[k]] == 0)
                c->taken_by[words.tok[k]] = number;
        for (uint32_t k = 0; k < acts.count; k++)
            if (c->content_of[acts.tok[k]] == 0)
                c->content_of[acts.tok[k]] = number;
        propose_reverse(c);
        return true;
    }
    return false;
}

/* ----------------------------------------------------------------- content */

/* Types whose clause or object is only spoken of. */
static bool
speaks_of(ch_plover_type type)
{
    return type == CH_AGREE || type == CH_REQUEST || type == CH_REJECT || type == CH_THREATEN || type == CH_ACCUSE ||
           type == CH_CONCEDE || type == CH_SUPPORT;
}

static void
mark_content(coding *c, uint32_t number, uint32_t slot)
{
    const ch_event *e = &c->events[number - 1];
    ch_fillers fillers = {.count = 0};
    ch_graph_slot(c->graph, e->tok, slot, &fillers);
    for (uint32_t i = 0; i < fillers.count; i++)
        if (c->content_of[fillers.tok[i]] == 0 && fillers.tok[i] != e->tok)
            c->content_of[fillers.tok[i]] = number;
}

static void
mark_contents(coding *c, uint32_t number)
{
    const ch_event *e = &c->events[number - 1];
    const ch_frame *frame = &c->graph->frames->frames[e->frame];
    if (frame->content.count != 0) {
        for (uint32_t i = frame->content.first; i < frame->content.first + frame->content.count; i++)
            mark_content(c, number, c->graph->frames->paths[i].slot[0]);
        return;
    }
    if (!speaks_of((ch_plover_type)frame->type))
        return;
    mark_content(c, number, CH_SLOT_COMP);
    mark_content(c, number, CH_SLOT_PREPOSITION | c->graph->of);
    uint32_t preposition = ch_lexicon_word(c->graph->lexicon, "for", 3);
    if (preposition != 0)
        mark_content(c, number, CH_SLOT_PREPOSITION | preposition);
    if (frame->type != CH_ACCUSE && frame->type != CH_SUPPORT)
        mark_content(c, number, CH_SLOT_OBJ);
    if (frame->type == CH_REJECT && c->graph->to != 0)
        mark_content(c, number, CH_SLOT_PREPOSITION | c->graph->to);
}

/* The event whose content the token is, itself or through what governs it as a
 * complement; 0 when none. */
static uint32_t
spoken_of_by(const coding *c, uint32_t tok)
{
    for (uint32_t t = tok; t != CH_NONE; t = c->doc->toks[t].head) {
        if (c->content_of[t] != 0 && c->events[c->content_of[t] - 1].tok != tok)
            return c->content_of[t];
        const ch_token *token = &c->doc->toks[t];
        bool goes_on = token->rel == CH_XCOMP || token->rel == CH_CCOMP || token->rel == CH_CONJ || token->rel == CH_OBJ ||
                       token->rel == CH_NMOD || token->rel == CH_OBL || (token->rel == CH_ADVCL && (token->morph & CH_M_FIN) == 0) ||
                       (token->rel == CH_ACL && token->sub != CH_SUB_RELCL);
        if (!goes_on)
            return 0;
    }
    return 0;
}

/* Acts that are done by words alone. */
static bool
is_said(ch_plover_type type)
{
    return type == CH_AGREE || type == CH_REQUEST || type == CH_ACCUSE || type == CH_REJECT || type == CH_SUPPORT;
}

/* What another act is about did not happen by being spoken of: a demanded,
 * refused or threatened act is hypothetical, an accusation's is alleged. What is
 * promised or agreed to is the promise itself, and dropped. */
static bool
apply_content(coding *c, ch_event *e)
{
    uint32_t number = spoken_of_by(c, e->tok);
    if (number == 0)
        return true;
    const ch_event *over = &c->events[number - 1];
    const ch_frame *frame = &c->graph->frames->frames[over->frame];
    ch_event_status status = CH_HYPOTHETICAL;
    const char *why = "content of another act";
    e->content_of = over->tok; /* the index is known once events are in order */
    switch ((ch_plover_type)frame->type) {
    case CH_AGREE:
    case CH_CONCEDE:
        return false;
    case CH_ACCUSE:
        if (strcmp(ch_lexicon_string(c->graph->lexicon, frame->mode), "disapprove") == 0)
            return true; /* what is condemned was done */
        if (is_said((ch_plover_type)c->graph->frames->frames[e->frame].type))
            return false; /* accused of defying somebody: the accusation tells it all */
        status = CH_ALLEGED;
        why = "content of an accusation";
        break;
    case CH_SUPPORT:
        return true;
    default:
        break;
    }
    if (e->status < status)
        e->status = status;
    if (e->nreason < CH_REASONS_MAX)
        e->reasons[e->nreason++] = (ch_status_reason){.tok = over->tok, .status = status, .why = why};
    return true;
}

/* ----------------------------------------------------------- one act, two words */

/* Types of which a second word under the first tells more of the same act:
 * "went on hunger strike to protest against", "used tear gas to disperse". */
static bool
may_be_told_twice(ch_plover_type type)
{
    return type == CH_PROTEST || type == CH_ASSAULT || type == CH_COERCE || type == CH_MOBILIZE || type == CH_SANCTION ||
           type == CH_RETREAT || type == CH_AID || type == CH_COOPERATE || type == CH_CONSULT;
}

/* Whether `type` under `first` tells the same act again: "on hunger strike to
 * demand the return of land". */
static bool
tells_same(ch_plover_type first, ch_plover_type type)
{
    return first == type || (first == CH_PROTEST && (type == CH_REQUEST || type == CH_ACCUSE));
}

/* "shelled the town, killing or wounding fifty", where the reader coordinates. */
static bool
is_bare_participle(const coding *c, uint32_t t)
{
    const ch_token *token = &c->doc->toks[t];
    return token->rel == CH_CONJ && token->xpos != NULL && strcmp(token->xpos, "VBG") == 0 &&
           ch_graph_child(c->graph, t, CH_AUXREL) == CH_NONE;
}

/* "They were killed when troops bombed the town": the clause beside tells who did
 * it; CH_NONE when none does, or it is said without it. */
static uint32_t
told_as_cause(const coding *c, const ch_event *e)
{
    const ch_frame *frames = c->graph->frames->frames;
    if (e->nactor != 0 || frames[e->frame].type != CH_ASSAULT)
        return CH_NONE;
    CH_EACH_CHILD(c->graph, child, e->tok) {
        uint32_t number = c->event_of[child];
        if (c->doc->toks[child].rel != CH_ADVCL || number == 0)
            continue;
        const ch_event *cause = &c->events[number - 1];
        if (frames[cause->frame].type == CH_ASSAULT && cause->nactor != 0)
            return number - 1;
    }
    return CH_NONE;
}

/* The event, of the same type, whose tests took the word of `e`, or under whose
 * trigger `e` stands without a subject of its own; CH_NONE when there is none. */
static uint32_t
told_before(const coding *c, const ch_event *e)
{
    const ch_frame *frames = c->graph->frames->frames;
    ch_plover_type type = (ch_plover_type)frames[e->frame].type;
    if ((!may_be_told_twice(type) && type != CH_REQUEST && type != CH_ACCUSE) || e->reversed)
        return CH_NONE;
    uint32_t taker = c->taken_by[e->tok];
    if (taker != 0 && &c->events[taker - 1] != e && frames[c->events[taker - 1].frame].type == frames[e->frame].type)
        return taker - 1;
    uint32_t cause = told_as_cause(c, e);
    if (cause != CH_NONE)
        return cause;
    for (uint32_t t = e->tok; c->doc->toks[t].head != CH_NONE;) {
        const ch_token *token = &c->doc->toks[t];
        bool clause = token->rel == CH_XCOMP || token->rel == CH_ADVCL || (token->rel == CH_ACL && token->sub != CH_SUB_RELCL) ||
                      is_bare_participle(c, t);
        bool phrase = token->rel == CH_OBJ || token->rel == CH_OBL || token->rel == CH_NMOD || token->rel == CH_COMPOUND;
        if (!clause && !phrase)
            return CH_NONE;
        if (clause && ((token->morph & CH_M_FIN) != 0 || ch_graph_child(c->graph, t, CH_NSUBJ) != CH_NONE))
            return CH_NONE;
        t = token->head;
        uint32_t number = c->event_of[t];
        if (number == 0)
            continue;
        ch_plover_type first = (ch_plover_type)frames[c->events[number - 1].frame].type;
        return tells_same(first, type) && may_be_told_twice(first) ? number - 1 : CH_NONE;
    }
    return CH_NONE;
}

static bool
same_countries(const ch_document *doc, const ch_party *a, uint32_t na, const ch_party *b, uint32_t nb)
{
    if (na == 0 || nb == 0)
        return na == nb;
    for (uint32_t i = 0; i < na; i++) {
        bool found = false;
        for (uint32_t k = 0; k < nb; k++)
            found = found || strcmp(doc->mentions[a[i].mention].country, doc->mentions[b[k].mention].country) == 0;
        if (!found)
            return false;
    }
    return true;
}

static bool
any_country(const ch_document *doc, const ch_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (doc->mentions[parties[i].mention].country[0] != '\0')
            return true;
    return false;
}

/* Whether the second word's parties on one side are the first's, or one of them
 * names no country. */
static bool
agree_on(const coding *c, const ch_party *a, uint32_t na, const ch_party *b, uint32_t nb)
{
    return !any_country(c->doc, a, na) || !any_country(c->doc, b, nb) || same_countries(c->doc, a, na, b, nb);
}

/* Parties that are known in place of none or unknown ones. */
static void
take_parties(const coding *c, ch_party *to, uint32_t *count, const ch_party *from, uint32_t n)
{
    if (n != 0 && (*count == 0 || (!any_country(c->doc, to, *count) && any_country(c->doc, from, n)))) {
        memcpy(to, from, n * sizeof *to);
        *count = n;
    }
}

/* Whether the second word, which the first one's tests took, says better what
 * kind of act it is: "began a hunger strike", "a drone strike killed". */
static bool
says_kind(const coding *c, const ch_event *first, const ch_event *e)
{
    const ch_frames *f = c->graph->frames;
    return f->triggers[e->trigger].nword > f->triggers[first->trigger].nword ||
           (f->frames[first->frame].mode == 0 && f->frames[e->frame].mode != 0);
}

/* Joins `e` into the event that tells the same act before it; true when it was. */
static bool
join(coding *c, ch_event *e)
{
    uint32_t at = told_before(c, e);
    if (at == CH_NONE)
        return false;
    ch_event *first = &c->events[at];
    bool between = e->reciprocal && first->nactor == 0 && c->taken_by[e->tok] == at + 1; /* "fighting between them killed dozens" */
    if (between) {
        first->frame = e->frame;
        first->trigger = e->trigger;
        first->reciprocal = true;
        first->nactor = first->nrecipient = 0;
        take_parties(c, first->actors, &first->nactor, e->actors, e->nactor);
        take_parties(c, first->recipients, &first->nrecipient, e->recipients, e->nrecipient);
    }
    if (first->status == CH_NEGATED || !agree_on(c, first->actors, first->nactor, e->actors, e->nactor) ||
        !agree_on(c, first->recipients, first->nrecipient, e->recipients, e->nrecipient))
        return false;
    take_parties(c, first->actors, &first->nactor, e->actors, e->nactor);
    take_parties(c, first->recipients, &first->nrecipient, e->recipients, e->nrecipient);
    if (c->taken_by[e->tok] == at + 1 && says_kind(c, first, e)) {
        first->frame = e->frame;
        first->trigger = e->trigger;
    }
    return true;
}

/* ------------------------------------------------------------ codes, repeats */

static void
apply_frame_status(coding *c, ch_event *e)
{
    const ch_frame *frame = &c->graph->frames->frames[e->frame];
    if (frame->status == 0)
        return;
    const char *name = ch_lexicon_string(c->graph->lexicon, frame->status);
    for (int i = 0; i < CH_STATUS_COUNT; i++)
        if (strcmp(name, status_names[i]) == 0 && (ch_event_status)i > e->status)
            e->status = (ch_event_status)i;
}

/* "unless Israel withdraws": a clause under the act or what governs it. */
static bool
has_ultimatum(const coding *c, uint32_t tok)
{
    const ch_graph *g = c->graph;
    for (uint32_t t = tok; t != CH_NONE; t = c->doc->toks[t].head) {
        CH_EACH_CHILD(g, child, t) {
            if (c->doc->toks[child].rel != CH_ADVCL)
                continue;
            CH_EACH_CHILD(g, mark, child)
                if (c->doc->toks[mark].rel == CH_MARK && ch_graph_in_set(g, mark, g->sets.ultimatum))
                    return true;
        }
        if (c->doc->toks[t].rel != CH_XCOMP && c->doc->toks[t].rel != CH_CCOMP)
            break;
    }
    return false;
}

/* The first frame of that code, or CH_NONE. */
static uint32_t
frame_of_code(const ch_frames *f, const char *code)
{
    for (uint32_t i = 0; i < f->nframe; i++)
        if (strcmp(f->frames[i].cameo, code) == 0)
            return i;
    return CH_NONE;
}

/* Whether the one who acts says so himself: "said it will expel them". */
static bool
is_own_word(const coding *c, const ch_event *e)
{
    const ch_mention *mentions = c->doc->mentions;
    for (uint32_t i = 0; i < e->nsource; i++)
        for (uint32_t k = 0; k < e->nactor && e->sources[i].mention != CH_NONE; k++) {
            const ch_mention *source = &mentions[e->sources[i].mention], *actor = &mentions[e->actors[k].mention];
            bool state = actor->country[0] != '\0' && strcmp(source->country, actor->country) == 0;
            bool body = actor->code[0] != '\0' && strcmp(source->code, actor->code) == 0;
            if (state || body)
                return true;
        }
    return false;
}

/* Whether the act is announced as to come, or promised: what is only prepared or
 * meant is nobody's word yet. */
static bool
is_promised(const coding *c, const ch_event *e)
{
    const ch_event_sets *s = &c->graph->sets;
    for (uint32_t i = 0; i < e->nreason; i++)
        if (e->reasons[i].status == CH_PLANNED &&
            (ch_graph_in_set(c->graph, e->reasons[i].tok, s->modal_future) ||
             ch_graph_in_set(c->graph, e->reasons[i].tok, s->modal_future_past) || ch_graph_in_set(c->graph, e->reasons[i].tok, s->promise)))
            return true;
    return false;
}

/* Force that is promised, and punishment that is promised on a condition or by
 * the one who will do it, is a threat, and the threat is made. */
static void
apply_threat(coding *c, ch_event *e)
{
    const ch_frame *frame = &c->graph->frames->frames[e->frame];
    if (frame->type == CH_THREATEN && e->status == CH_PLANNED)
        e->status = CH_ASSERTED;
    bool force = frame->type == CH_ASSAULT, punishment = frame->type == CH_COERCE || frame->type == CH_SANCTION;
    if (e->status != CH_PLANNED || e->reversed || e->nactor == 0 || e->nrecipient == 0 || (frame->flags & CH_FRAME_FOREIGN) != 0 ||
        !is_promised(c, e) || !(force || (punishment && (has_ultimatum(c, e->tok) || is_own_word(c, e)))))
        return;
    const ch_cameo *cameo = ch_cameo_find(c->graph->lexicon, frame->cameo);
    uint32_t threat = cameo != NULL && cameo->threat[0] != '\0' ? frame_of_code(c->graph->frames, cameo->threat) : CH_NONE;
    if (threat == CH_NONE)
        return;
    e->frame = threat;
    e->status = CH_ASSERTED;
    if (e->nreason < CH_REASONS_MAX)
        e->reasons[e->nreason++] = (ch_status_reason){.tok = e->tok, .status = CH_ASSERTED, .why = "promised, so threatened"};
}

static void
choose_cameo(coding *c, ch_event *e)
{
    const ch_frame *frame = &c->graph->frames->frames[e->frame];
    e->cameo = e->reversed ? frame->reverse : frame->cameo;
    if (e->reversed || (frame->flags & CH_FRAME_FOREIGN) != 0)
        return;
    if (e->status != CH_PLANNED || frame->cameo[0] == '\0')
        return;
    const ch_cameo *cameo = ch_cameo_find(c->graph->lexicon, frame->cameo);
    if (cameo != NULL && cameo->planned[0] != '\0')
        e->cameo = cameo->planned;
}

/* A later telling of the same act by the same parties, at no other known time. */
static void
find_repeats(coding *c)
{
    const ch_frame *frames = c->graph->frames->frames;
    for (uint32_t i = 0; i < c->count; i++) {
        ch_event *e = &c->events[i];
        for (uint32_t k = 0; k < i && e->repeats == CH_NONE; k++) {
            const ch_event *old = &c->events[k];
            bool dates_agree = e->time == CH_NONE || old->time == CH_NONE ||
                               c->doc->times[e->time].start == c->doc->times[old->time].start;
            if (old->repeats == CH_NONE && old->reversed == e->reversed && frames[old->frame].type == frames[e->frame].type && frames[old->frame].mode == frames[e->frame].mode &&
                e->nactor != 0 && e->nrecipient != 0 && old->nactor != 0 && old->nrecipient != 0 &&
                same_countries(c->doc, e->actors, e->nactor, old->actors, old->nactor) &&
                same_countries(c->doc, e->recipients, e->nrecipient, old->recipients, old->nrecipient) &&
                (e->status == old->status) && dates_agree)
                e->repeats = k;
        }
    }
}

/* ------------------------------------------------------------------- coding */

static int
by_place_in_text(const void *a, const void *b)
{
    const ch_event *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start > y->span.start ? 1 : -1;
    if (x->tok != y->tok)
        return x->tok > y->tok ? 1 : -1;
    return (int)x->reversed - (int)y->reversed;
}

/* Events in the order of the text; until here content_of names a token. */
static bool
put_in_order(coding *c)
{
    uint32_t *now_at = ch_arena_array(&c->doc->arena, c->doc->ntok + 1, sizeof *now_at);
    if (now_at == NULL)
        return false;
    if (c->count != 0)
        qsort(c->events, c->count, sizeof *c->events, by_place_in_text);
    for (uint32_t i = 0; i < c->count; i++)
        now_at[c->events[i].tok] = i + 1;
    for (uint32_t i = 0; i < c->count; i++) {
        uint32_t tok = c->events[i].content_of;
        c->events[i].content_of = tok != CH_NONE && now_at[tok] != 0 ? now_at[tok] - 1 : CH_NONE;
    }
    return true;
}

/* Whether the act hangs on one whose frame covers what is under it, but for its
 * subject and what is coordinated with it. */
static bool
is_covered(const coding *c, uint32_t tok)
{
    for (uint32_t t = tok; c->doc->toks[t].head != CH_NONE; t = c->doc->toks[t].head) {
        const ch_token *token = &c->doc->toks[t];
        uint32_t number = c->event_of[token->head];
        bool apart = token->rel == CH_CONJ || token->rel == CH_NSUBJ || token->rel == CH_CSUBJ || token->rel == CH_PARATAXIS;
        if (number != 0 && !apart && (c->graph->frames->frames[c->events[number - 1].frame].flags & CH_FRAME_COVERS) != 0)
            return true;
    }
    return false;
}

/* Whether another event's tests took the word up as its own. An act that is
 * condemned or investigated still is one when it says who did it to whom. */
static bool
is_taken(const coding *c, uint32_t i)
{
    const ch_event *e = &c->events[i];
    uint32_t taker = c->taken_by[e->tok];
    if (taker == 0 || taker == i + 1 || (e->reversed && taker == i))
        return false;
    const ch_frame *by = &c->graph->frames->frames[c->events[taker - 1].frame];
    return by->type != CH_ACCUSE || e->nactor == 0 || (e->nrecipient == 0 && c->graph->frames->triggers[e->trigger].pos != CH_TRIGGER_VERB);
}

/* The word of the act that took up the event's, for refusals. */
static uint32_t
taker_of(const coding *c, const ch_event *e, ch_refusal_step step)
{
    uint32_t number = 0;
    if (step == CH_REFUSED_PROMISED)
        number = spoken_of_by(c, e->tok);
    else if (step == CH_REFUSED_TAKEN)
        number = c->taken_by[e->tok];
    else if (step == CH_REFUSED_JOINED)
        number = told_before(c, e) + 1;
    return number != 0 ? c->events[number - 1].tok : CH_NONE;
}

/* Whether no other event's words or content took up this one. */
static bool
is_kept(coding *c, uint32_t i)
{
    ch_event *e = &c->events[i];
    ch_refusal_step step;
    if (is_covered(c, e->tok))
        step = CH_REFUSED_COVERED;
    else if (!apply_content(c, e))
        step = CH_REFUSED_PROMISED;
    else if (join(c, e))
        step = CH_REFUSED_JOINED;
    else if (is_taken(c, i))
        step = CH_REFUSED_TAKEN;
    else
        return true;
    refuse(c, e->tok, e->trigger, step, taker_of(c, e, step));
    return false;
}

/* Drops those that another event's words or content took up. */
static bool
settle(coding *c)
{
    bool *keep = ch_arena_array(&c->doc->arena, c->count + 1, sizeof *keep);
    if (keep == NULL)
        return false;
    for (uint32_t i = 0; i < c->count; i++) {
        ch_find_status(c->graph, &c->events[i]);
        apply_frame_status(c, &c->events[i]);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        keep[i] = is_kept(c, i);
    }
    for (uint32_t i = 0; i < c->count; i++) {
        if (!keep[i])
            continue;
        apply_threat(c, &c->events[i]);
        choose_cameo(c, &c->events[i]);
        c->events[i].confidence = ch_event_confidence(c->graph->lexicon, c->doc, &c->events[i]);
        if (c->events[i].confidence < c->doc->min_confidence) {
            refuse(c, c->events[i].tok, c->events[i].trigger, CH_REFUSED_CONFIDENCE, CH_NONE);
            if (c->doc->refusals != NULL && c->doc->refusals->count != 0)
                c->doc->refusals->all[c->doc->refusals->count - 1].confidence = c->events[i].confidence;
            continue;
        }
        c->events[kept++] = c->events[i];
    }
    c->count = kept;
    return true;
}

ch_status
ch_find_events(const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    ch_graph graph;
    ch_matcher matcher;
    ch_status status = ch_graph_make(&graph, lexicon, doc, err);
    if (status == CH_OK)
        status = ch_matcher_make(&matcher, &graph, doc, err);
    if (status != CH_OK)
        return status;
    coding c = {.graph = &graph, .matcher = &matcher, .doc = doc};
    c.event_of = ch_arena_array(&doc->arena, doc->ntok, sizeof *c.event_of);
    c.taken_by = ch_arena_array(&doc->arena, doc->ntok, sizeof *c.taken_by);
    c.content_of = ch_arena_array(&doc->arena, doc->ntok, sizeof *c.content_of);
    bool *skip = ch_arena_array(&doc->arena, doc->nsent + 1, sizeof *skip);
    if (c.event_of == NULL || c.taken_by == NULL || c.content_of == NULL || skip == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the events");

    if (!ch_discard_mark(lexicon, doc, skip))
        return CH_OK;
    for (uint32_t s = 0; s < doc->nsent; s++) {
        if (skip[s])
            refuse(&c, doc->sents[s].first, CH_NONE, CH_REFUSED_DISCARDED, CH_NONE);
        for (uint32_t t = doc->sents[s].first; t < doc->sents[s].last && !skip[s]; t++)
            propose(&c, s, t);
    }
    for (uint32_t number = 1; number <= c.count; number++)
        mark_contents(&c, number);
    if (!settle(&c) || !put_in_order(&c) || !ch_find_settings(&graph, doc, c.events, c.count))
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the events");
    find_repeats(&c);
    ch_find_topics(&graph, doc, c.events, c.count);
    doc->events = c.events;
    doc->nevent = c.count;
    return ch_find_facts(&graph, skip, doc, err);
}
