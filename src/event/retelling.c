#include "event/coding.h"

#include <string.h>

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
is_bare_participle(const ch_coding *c, uint32_t t)
{
    const ch_token *token = &c->doc->toks[t];
    return token->rel == CH_CONJ && token->xpos != NULL && strcmp(token->xpos, "VBG") == 0 &&
           ch_graph_child(c->graph, t, CH_AUXREL) == CH_NONE;
}

/* "They were killed when troops bombed the town": the clause beside tells who did
 * it; CH_NONE when none does, or it is said without it. */
static uint32_t
told_as_cause(const ch_coding *c, const ch_event *e)
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

uint32_t
ch_coding_told_before(const ch_coding *c, const ch_event *e)
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
agree_on(const ch_coding *c, const ch_party *a, uint32_t na, const ch_party *b, uint32_t nb)
{
    return !any_country(c->doc, a, na) || !any_country(c->doc, b, nb) || same_countries(c->doc, a, na, b, nb);
}

/* Parties that are known in place of none or unknown ones. */
static void
take_parties(const ch_coding *c, ch_party *to, uint32_t *count, const ch_party *from, uint32_t n)
{
    if (n != 0 && (*count == 0 || (!any_country(c->doc, to, *count) && any_country(c->doc, from, n)))) {
        memcpy(to, from, n * sizeof *to);
        *count = n;
    }
}

/* Whether the second word, which the first one's tests took, says better what
 * kind of act it is: "began a hunger strike", "a drone strike killed". */
static bool
says_kind(const ch_coding *c, const ch_event *first, const ch_event *e)
{
    const ch_frames *f = c->graph->frames;
    return f->triggers[e->trigger].nword > f->triggers[first->trigger].nword ||
           (f->frames[first->frame].mode == 0 && f->frames[e->frame].mode != 0);
}

bool
ch_coding_join(ch_coding *c, ch_event *e)
{
    uint32_t at = ch_coding_told_before(c, e);
    if (at == CH_NONE)
        return false;
    ch_event *first = &c->events[at];
    bool between =
        e->reciprocal && first->nactor == 0 && c->taken_by[e->tok] == at + 1; /* "fighting between them killed dozens" */
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

/* ------------------------------------------------------------------ repeats */

void
ch_coding_find_repeats(ch_coding *c)
{
    const ch_frame *frames = c->graph->frames->frames;
    for (uint32_t i = 0; i < c->count; i++) {
        ch_event *e = &c->events[i];
        for (uint32_t k = 0; k < i && e->repeats == CH_NONE; k++) {
            const ch_event *old = &c->events[k];
            bool dates_agree =
                e->time == CH_NONE || old->time == CH_NONE || c->doc->times[e->time].start == c->doc->times[old->time].start;
            if (old->repeats == CH_NONE && old->reversed == e->reversed && frames[old->frame].type == frames[e->frame].type &&
                frames[old->frame].mode == frames[e->frame].mode && e->nactor != 0 && e->nrecipient != 0 && old->nactor != 0 &&
                old->nrecipient != 0 && same_countries(c->doc, e->actors, e->nactor, old->actors, old->nactor) &&
                same_countries(c->doc, e->recipients, e->nrecipient, old->recipients, old->nrecipient) &&
                (e->status == old->status) && dates_agree)
                e->repeats = k;
        }
    }
}
