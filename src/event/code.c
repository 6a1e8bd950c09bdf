#include "base/grow.h"
#include "event/coding.h"
#include "event/confidence.h"
#include "event/discard.h"
#include "event/facts.h"
#include "event/implied.h"
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

void
ch_coding_refuse(ch_coding *c, uint32_t tok, uint32_t trigger, ch_refusal_step step, uint32_t by)
{
    ch_refusals *r = c->doc->refusals;
    if (r == NULL)
        return;
    ch_refusal *all = ch_arena_grow(&c->doc->arena, r->all, r->count, &r->room, sizeof *all, 16);
    if (all == NULL)
        return;
    r->all = all;
    r->all[r->count++] = (ch_refusal){.tok = tok, .trigger = trigger, .step = step, .by = by};
}

static void
apply_frame_status(ch_coding *c, ch_event *e)
{
    const ch_frame *frame = &c->graph->frames->frames[e->frame];
    if (frame->status == 0)
        return;
    const char *name = ch_lexicon_string(c->graph->lexicon, frame->status);
    for (int i = 0; i < CH_STATUS_COUNT; i++)
        if (strcmp(name, ch_event_status_name((ch_event_status)i)) == 0 && (ch_event_status)i > e->status)
            e->status = (ch_event_status)i;
}

static void
choose_cameo(ch_coding *c, ch_event *e)
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
put_in_order(ch_coding *c)
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
is_covered(const ch_coding *c, uint32_t tok)
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
 * condemned or investigated still is one when it says who did it to whom; who
 * "lodged a protest" did no more than that. */
static bool
is_taken(const ch_coding *c, uint32_t i)
{
    const ch_event *e = &c->events[i];
    uint32_t taker = c->taken_by[e->tok];
    if (taker == 0 || taker == i + 1 || (e->reversed && taker == i))
        return false;
    const ch_event *by = &c->events[taker - 1];
    return c->graph->frames->frames[by->frame].type != CH_ACCUSE || e->nactor == 0 ||
           (by->nactor != 0 && by->actors[0].mention == e->actors[0].mention) ||
           (e->nrecipient == 0 && c->graph->frames->triggers[e->trigger].pos != CH_TRIGGER_VERB);
}

/* The word of the act that took up the event's, for refusals. */
static uint32_t
taker_of(const ch_coding *c, const ch_event *e, ch_refusal_step step)
{
    uint32_t number = 0;
    if (step == CH_REFUSED_PROMISED)
        number = ch_coding_spoken_of_by(c, e->tok);
    else if (step == CH_REFUSED_TAKEN)
        number = c->taken_by[e->tok];
    else if (step == CH_REFUSED_JOINED)
        number = ch_coding_told_before(c, e) + 1;
    return number != 0 ? c->events[number - 1].tok : CH_NONE;
}

/* Whether no other event's words or content took up this one. */
static bool
is_kept(ch_coding *c, uint32_t i)
{
    ch_event *e = &c->events[i];
    ch_refusal_step step;
    if (is_covered(c, e->tok))
        step = CH_REFUSED_COVERED;
    else if (!ch_coding_apply_content(c, e))
        step = CH_REFUSED_PROMISED;
    else if (ch_coding_join(c, e))
        step = CH_REFUSED_JOINED;
    else if (is_taken(c, i))
        step = CH_REFUSED_TAKEN;
    else
        return true;
    ch_coding_refuse(c, e->tok, e->trigger, step, taker_of(c, e, step));
    return false;
}

/* Drops those that another event's words or content took up. */
static bool
settle(ch_coding *c)
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
        ch_coding_apply_threat(c, &c->events[i]);
        choose_cameo(c, &c->events[i]);
        c->events[i].confidence = ch_event_confidence(c->graph->lexicon, c->doc, &c->events[i]);
        if (c->events[i].confidence < c->doc->min_confidence) {
            ch_coding_refuse(c, c->events[i].tok, c->events[i].trigger, CH_REFUSED_CONFIDENCE, CH_NONE);
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
    ch_coding c = {.graph = &graph, .matcher = &matcher, .doc = doc};
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
            ch_coding_refuse(&c, doc->sents[s].first, CH_NONE, CH_REFUSED_DISCARDED, CH_NONE);
        for (uint32_t t = doc->sents[s].first; t < doc->sents[s].last && !skip[s]; t++)
            ch_coding_propose(&c, s, t);
    }
    for (uint32_t number = 1; number <= c.count; number++)
        ch_coding_mark_contents(&c, number);
    if (!settle(&c) || !put_in_order(&c))
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the events");
    ch_coding_imply_recipients(&c);
    if (!ch_find_settings(&graph, doc, c.events, c.count))
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the events");
    ch_coding_find_repeats(&c);
    ch_find_topics(&graph, doc, c.events, c.count);
    doc->events = c.events;
    doc->nevent = c.count;
    return ch_find_facts(&graph, skip, doc, err);
}
