#include "event/when.h"
#include "event/clause.h"

/* Added to the score of a time that does not fit what is known of the act. */
#define UNFIT 100000u

static bool
is_dated(const ch_time *time)
{
    return time->start != CH_NO_DAY || time->end != CH_NO_DAY || time->open;
}

/* What has lasted "since 2020" is no single deed told in the past. */
static bool
is_onset_of_state(const ch_setting *s, const ch_anchors *a, uint32_t head)
{
    return ch_set_has(s->graph->lexicon, s->graph->sets.onset, s->graph->preposition[head]) &&
           !ch_clause_has_perfect(s->graph, a->tok[0]) && ch_tok(s->graph, a->tok[0])->upos == CH_VERB &&
           (ch_tok(s->graph, a->tok[0])->morph & CH_M_PAST) != 0;
}

/* An act to come has no date that is past, one that was done none to come. */
static bool
fits_status(const ch_setting *s, const ch_event *e, const ch_time *time)
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
is_of_deed(const ch_setting *s, const ch_event *e, uint32_t first)
{
    if (ch_setting_does_object(s, e))
        return false;
    for (uint32_t t = e->tok + 2; t < first; t++)
        if (ch_tok(s->graph, t)->rel == CH_ACL && ch_tok(s->graph, t)->upos == CH_VERB && ch_tok(s->graph, t)->head > e->tok &&
            ch_tok(s->graph, t)->head < t && ch_graph_hangs_below(s->graph, t, e->tok))
            return true;
    return false;
}

static uint32_t
score_time(const ch_setting *s, const ch_anchors *a, const ch_event *e, const ch_time *time)
{
    ch_route r;
    if (!ch_reach_route(s, a, time->head, &r) || !ch_reach_is_shared(s, a, &r, time->first) ||
        ch_reach_is_behind_content(s, e, time->first))
        return UINT32_MAX;
    if (is_onset_of_state(s, a, time->head) || is_of_deed(s, e, time->first))
        return UINT32_MAX;
    /* "Last month rebels killed ...": what a sentence begins with stands alone */
    bool begins = time->first == s->graph->doc->sents[e->sentence].first && ch_tok(s->graph, time->head)->sub != CH_SUB_POSS;
    if (r.steps > 1 && ch_reach_is_attribute(s, time->head) && !r.occasion && !begins)
        return UINT32_MAX;
    if (r.thing && !r.occasion && !ch_reach_is_for_talks(s, e, &r) && !ch_setting_is_physical(s, e))
        return UINT32_MAX;
    return (fits_status(s, e, time) ? 0 : UNFIT) + r.steps + (r.anchor != 0) + r.clause;
}

/* "The war of 1988 to 1998, in which rebels fought the army": what happened in a thing
 * happened when the thing did. */
static void
find_time_of_antecedent(const ch_setting *s, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    const ch_token *verb = ch_tok(s->graph, e->tok);
    uint32_t which = CH_NONE;
    if ((verb->rel != CH_ACL && verb->rel != CH_ADVCL) || verb->sub != CH_SUB_RELCL || verb->head == CH_NONE)
        return;
    CH_EACH_CHILD(s->graph, c, e->tok)
        if (c < e->tok && ch_tok(s->graph, c)->rel == CH_OBL && (ch_tok(s->graph, c)->morph & CH_M_PRONREL) != 0)
            which = c;
    for (uint32_t i = ch_reach_first_time(doc, verb->head + 1); which != CH_NONE && i < doc->ntime && doc->times[i].last <= which;
         i++)
        if (is_dated(&doc->times[i]) &&
            ((verb->rel == CH_ACL && ch_graph_hangs_below(s->graph, doc->times[i].head, verb->head)) ||
             doc->times[i].last + 2 == which)) {
            e->time = i;
            return;
        }
}

void
ch_when_find(const ch_setting *s, const ch_anchors *a, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    uint32_t best = UINT32_MAX;
    for (uint32_t i = ch_reach_first_time(doc, sent.first); i < doc->ntime && doc->times[i].first < sent.last; i++) {
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

void
ch_when_take_left_over(const ch_setting *s, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    for (uint32_t i = ch_reach_first_time(doc, e->tok); i < doc->ntime && e->time == CH_NONE && doc->times[i].first < sent.last;
         i++) {
        const ch_time *time = &doc->times[i];
        if (is_dated(time) && ch_reach_is_left_to(s, e, time->first, time->head) && !ch_reach_is_taken(s, sent, i, true))
            e->time = i;
    }
}

/* ------------------------------------------------- what the sentence begins with */

/* "On Friday, ...", "Earlier on Monday, ...": the time that a sentence begins
 * with, or CH_NONE. "Monday protests", "In the 2015 deal" begin with a thing. */
static uint32_t
opening_time(const ch_setting *s, ch_sentence sent)
{
    const ch_document *doc = s->graph->doc;
    uint32_t i = ch_reach_first_time(doc, sent.first);
    if (i == doc->ntime || doc->times[i].last >= sent.last || !is_dated(&doc->times[i]) ||
        doc->times[i].type > CH_TIME_TIME)
        return CH_NONE;
    const ch_time *time = &doc->times[i];
    bool marked = false;
    for (uint32_t t = sent.first; t < time->first; t++) {
        if (ch_tok(s->graph, t)->upos != CH_ADP && ch_tok(s->graph, t)->upos != CH_ADV)
            return CH_NONE;
        marked = marked || ch_tok(s->graph, t)->upos == CH_ADP;
    }
    const ch_token *next = ch_tok(s->graph, time->last);
    bool begins_clause = next->upos == CH_PUNCT || next->upos == CH_PROPN || next->upos == CH_DET || next->upos == CH_PRON ||
                         next->upos == CH_ADJ || (next->upos == CH_NOUN && (marked || (next->morph & CH_M_PLUR) != 0));
    return begins_clause && next->upos != CH_PART && ch_tok(s->graph, time->head)->sub != CH_SUB_POSS ? i : CH_NONE;
}

/* Whether the act is told by a main verb of the sentence, or one beside it,
 * whatever the reader made of that; not by what somebody says, or a clause of its
 * own time. */
static bool
is_main(const ch_setting *s, const ch_event *e)
{
    if (e->content_of != CH_NONE || ch_tok(s->graph, e->tok)->upos != CH_VERB)
        return false;
    for (uint32_t t = e->tok; ch_tok(s->graph, t)->rel != CH_ROOT; t = ch_tok(s->graph, t)->head) {
        bool beside = ch_tok(s->graph, t)->rel == CH_CONJ ||
                      (ch_tok(s->graph, t)->rel == CH_AMOD && t > 0 && ch_tok(s->graph, t - 1)->upos == CH_CCONJ) ||
                      (ch_tok(s->graph, t)->rel == CH_OBJ && t != e->tok);
        if (ch_tok(s->graph, t)->head == CH_NONE || (!beside && !ch_clause_is_beside(s->graph, t)))
            return false;
    }
    return true;
}

void
ch_when_take_frame(const ch_setting *s, ch_event *e)
{
    if (e->time != CH_NONE || !is_main(s, e) || ch_clause_has_perfect(s->graph, e->tok))
        return;
    uint32_t i = opening_time(s, s->graph->doc->sents[e->sentence]);
    if (i != CH_NONE && fits_status(s, e, &s->graph->doc->times[i]))
        e->time = i;
}

void
ch_when_take_behind_noun(const ch_setting *s, ch_event *e)
{
    const ch_document *doc = s->graph->doc;
    ch_sentence sent = doc->sents[e->sentence];
    uint32_t i = ch_reach_first_time(doc, e->tok + 1);
    if (e->time != CH_NONE || ch_tok(s->graph, e->tok)->upos != CH_NOUN || i == doc->ntime || doc->times[i].last > sent.last ||
        !is_dated(&doc->times[i]) || ch_reach_is_taken(s, sent, i, true))
        return;
    for (uint32_t t = e->tok + 1; t < doc->times[i].first; t++)
        if (ch_tok(s->graph, t)->upos != CH_ADP && ch_tok(s->graph, t)->upos != CH_DET && ch_tok(s->graph, t)->upos != CH_PROPN &&
            ch_tok(s->graph, t)->upos != CH_ADJ && (ch_tok(s->graph, t)->upos != CH_NOUN || ch_setting_is_act(s, t)))
            return;
    if (fits_status(s, e, &doc->times[i]))
        e->time = i;
}
