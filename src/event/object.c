#include "event/clause.h"
#include "event/slot.h"
#include "time/time.h"

#include <string.h>

static bool
is_time(const ch_graph *g, uint32_t t)
{
    for (uint32_t i = 0; i < g->doc->ntime; i++)
        if (g->doc->times[i].first <= t && t < g->doc->times[i].last)
            return true;
    return false;
}

/* What stands where the object would: "urged (someone) to act", a noun right
 * behind a verb's particle ("handed over suspects"), one that nothing marks as an
 * oblique though the reader took it for one ("killed at least 14 people"). */
static void
stand_in_objects(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    uint32_t person = ch_graph_child(g, t, CH_IOBJ);
    if (person != CH_NONE) {
        ch_slot_add_resolved(g, out, t, person);
        return;
    }
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = ch_tok(g, c);
        if (child->rel != CH_OBL || child->sub != CH_SUB_NONE || !ch_is_nominal(child) || c < t || is_time(g, c))
            continue;
        uint32_t mark = ch_graph_child(g, c, CH_CASE);
        bool particle = mark != CH_NONE && mark == t + 1 &&
                        (ch_graph_in_set(g, mark, g->sets.particle) || ch_graph_begins_phrase(g, t, mark));
        if (mark == CH_NONE || particle) {
            ch_slot_add_resolved(g, out, t, c);
            return;
        }
    }
}

bool
ch_slot_is_given(const ch_graph *g, uint32_t verb, uint32_t t)
{
    return ch_tok(g, t)->rel == CH_XCOMP && ch_tok(g, t)->upos == CH_NOUN && t > verb &&
           ch_graph_child(g, t, CH_CASE) == CH_NONE && ch_graph_is_passive(g, verb) && ch_graph_in_set(g, verb, g->sets.giving);
}

void
ch_slot_objects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth)
{
    if (depth > CH_SLOT_DEPTH_MAX)
        return;
    const ch_token *token = ch_tok(g, t);
    if (token->upos == CH_NOUN || token->upos == CH_PROPN) {
        ch_slot_add_of(g, t, out);
        return;
    }
    uint32_t before = out->count;
    bool passive = ch_graph_is_passive(g, t);
    if (ch_graph_is_misplaced(g, t))
        ch_slot_add_all(g, out, token->head);
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = ch_tok(g, c);
        if (child->rel == CH_OBJ || (passive && child->rel == CH_NSUBJ) || ch_slot_is_given(g, t, c))
            ch_slot_add_resolved(g, out, t, c);
    }
    if (out->count == before && token->upos == CH_VERB && !passive)
        stand_in_objects(g, t, out);
    if (out->count != before || token->head == CH_NONE)
        return;
    if (passive && token->rel == CH_ACL && token->sub != CH_SUB_RELCL)
        ch_slot_add_all(g, out, token->head); /* "the town seized by rebels" */
    else if (passive && (token->rel == CH_XCOMP || token->rel == CH_ADVCL))
        ch_slot_inherited_subjects(g, t, out, depth + 1); /* "was reported killed" */
    else if (ch_slot_is_relclause(token) && ch_clause_has_subject(g, t)) {
        uint32_t subject = ch_graph_child(g, t, CH_NSUBJ);
        bool free = subject != CH_NONE && !ch_slot_is_relative(ch_tok(g, subject));
        if (free)
            ch_slot_add_all(g, out, token->head); /* "the town that rebels seized" */
    } else if (token->rel == CH_CONJ && token->head < t) {
        /* "seized and burned the church", "were seized and burned" */
        const ch_token *head = ch_tok(g, token->head);
        bool same = head->upos == CH_VERB && ch_graph_is_passive(g, token->head);
        uint32_t shared = ch_graph_child(g, token->head, CH_OBJ);
        bool participle = token->xpos != NULL && strcmp(token->xpos, "VBN") == 0;
        if (same && participle)
            ch_slot_objects(g, token->head, out, depth + 1);
        else if (passive)
            ch_slot_subjects(g, token->head, out, depth + 1); /* "arrived and was received by" */
        else if (shared != CH_NONE && shared > t)
            ch_slot_add_resolved(g, out, token->head, shared);
    }
}
