#include "event/setting.h"

#include <string.h>

/* Words that an expression may hang on to belong to the act: the trigger, the
 * verb that carries it, and verbs that govern it without being acts of speech. */
#define ANCHORS_MAX 8

typedef struct {
    uint32_t tok[ANCHORS_MAX];
    uint32_t count;
} anchors;

static bool
is_anchor(const anchors *a, uint32_t t)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (a->tok[i] == t)
            return true;
    return false;
}

static void
add_anchor(anchors *a, uint32_t t)
{
    if (t != CH_NONE && a->count < ANCHORS_MAX && !is_anchor(a, t))
        a->tok[a->count++] = t;
}

static anchors
anchors_of(const ch_graph *g, const ch_event *e)
{
    const ch_document *doc = g->doc;
    anchors a = {.count = 0};
    add_anchor(&a, e->tok);
    uint32_t support = ch_graph_support(g, e->tok);
    add_anchor(&a, support);
    uint32_t t = support != CH_NONE ? support : e->tok;
    if (doc->toks[t].rel == CH_NSUBJ && ch_graph_in_set(g, doc->toks[t].head, g->sets.occur)) {
        t = doc->toks[t].head;
        add_anchor(&a, t);
    }
    while (doc->toks[t].rel == CH_XCOMP || (doc->toks[t].rel == CH_CONJ && doc->toks[doc->toks[t].head].upos == doc->toks[t].upos)) {
        t = doc->toks[t].head;
        add_anchor(&a, t);
    }
    return a;
}

/* Steps from `t` up to an anchor, over nouns only; 0 when another clause lies
 * between. *top is the token that hangs on the anchor. */
static uint32_t
steps_to_anchor(const ch_graph *g, const anchors *a, uint32_t t, uint32_t *top)
{
    const ch_document *doc = g->doc;
    for (uint32_t steps = 1; doc->toks[t].head != CH_NONE; steps++) {
        *top = t;
        t = doc->toks[t].head;
        if (is_anchor(a, t))
            return steps + (t == a->tok[0] ? 0 : 1);
        if (doc->toks[t].upos == CH_VERB || doc->toks[t].upos == CH_AUX)
            return 0;
    }
    return 0;
}

/* Acts that are done by words: where and when what they are about happens is not
 * where and when they do. */
static bool
is_talk(const ch_graph *g, const ch_event *e)
{
    switch ((ch_plover_type)g->frames->frames[e->frame].type) {
    case CH_AGREE: case CH_CONSULT: case CH_SUPPORT: case CH_REQUEST: case CH_ACCUSE: case CH_REJECT: case CH_THREATEN: case CH_CONCEDE:
        return true;
    default:
        return false;
    }
}

/* Whether the expression belongs to what is spoken of: "discuss the war in
 * Sudan", "talks on Syria", "prepare for a summit in Rome next July". A time may
 * still hang on the object itself. */
static bool
is_of_topic(const ch_graph *g, const ch_event *e, uint32_t head, uint32_t top, uint32_t steps, bool time)
{
    if (!is_talk(g, e))
        return false;
    bool through = top != head && ch_graph_support(g, top) == CH_NONE;
    if (time)
        return through && steps > 2;
    return (through && !ch_set_has(g->lexicon, g->sets.locative, g->preposition[top])) ||
           ch_set_has(g->lexicon, g->sets.topic, g->preposition[top]);
}

static void
find_time(const ch_graph *g, const anchors *a, ch_event *e)
{
    const ch_document *doc = g->doc;
    ch_sentence sent = doc->sents[e->sentence];
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < doc->ntime; i++) {
        const struct ch_time *time = &doc->times[i];
        if (time->first < sent.first || time->first >= sent.last || (time->start == CH_NO_DAY && time->end == CH_NO_DAY))
            continue;
        uint32_t top = time->head, steps = steps_to_anchor(g, a, time->head, &top);
        if (steps != 0 && steps < best && !is_of_topic(g, e, time->head, top, steps, true)) {
            best = steps;
            e->time = i;
        }
    }
}

static bool
is_locative(const ch_graph *g, uint32_t tok)
{
    return ch_set_has(g->lexicon, g->sets.locative, g->preposition[tok]);
}

static bool
named_by_frame(const ch_graph *g, ch_event *e)
{
    const ch_document *doc = g->doc;
    ch_range paths = g->frames->frames[e->frame].place;
    for (uint32_t p = paths.first; p < paths.first + paths.count; p++) {
        ch_fillers fillers = {.count = 0};
        ch_graph_path(g, e->tok, &g->frames->paths[p], &fillers);
        for (uint32_t i = 0; i < doc->nplace; i++)
            for (uint32_t k = 0; k < fillers.count; k++)
                if (doc->places[i].head == fillers.tok[k]) {
                    e->place = i;
                    return true;
                }
    }
    return false;
}

static void
find_place(const ch_graph *g, const anchors *a, ch_event *e)
{
    const ch_document *doc = g->doc;
    ch_sentence sent = doc->sents[e->sentence];
    uint32_t best = UINT32_MAX;
    if (named_by_frame(g, e))
        return;
    for (uint32_t i = 0; i < doc->nplace; i++) {
        const struct ch_place *place = &doc->places[i];
        if (place->first < sent.first || place->first >= sent.last)
            continue;
        uint32_t top = place->head, steps = steps_to_anchor(g, a, place->head, &top);
        if (steps != 0 && steps < best && (is_locative(g, place->head) || is_locative(g, top)) &&
            !is_of_topic(g, e, place->head, top, steps, false)) {
            best = steps;
            e->place = i;
        }
    }
}

void
ch_find_setting(const ch_graph *g, ch_event *e)
{
    anchors a = anchors_of(g, e);
    find_time(g, &a, e);
    find_place(g, &a, e);
}
