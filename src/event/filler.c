#include "event/clause.h"
#include "event/slot.h"

void
ch_slot_add(ch_fillers *out, uint32_t t)
{
    for (uint32_t i = 0; i < out->count; i++)
        if (out->tok[i] == t)
            return;
    if (out->count < CH_FILLERS_MAX)
        out->tok[out->count++] = t;
}

void
ch_slot_add_all(const ch_graph *g, ch_fillers *out, uint32_t t)
{
    uint32_t called = ch_clause_called(g, t);
    if (called != CH_NONE) { /* "denounced what he called threats" */
        ch_slot_add_all(g, out, called);
        return;
    }
    ch_slot_add(out, t);
    CH_EACH_CHILD(g, c, t)
        if (ch_tok(g, c)->rel == CH_CONJ)
            ch_slot_add_all(g, out, c);
}

/* The noun that the relative clause of `t` is about. A verb coordinated inside
 * the clause shares it. */
static uint32_t
antecedent(const ch_graph *g, uint32_t t)
{
    for (int depth = 0; depth < CH_SLOT_DEPTH_MAX && t != CH_NONE; depth++) {
        const ch_token *token = ch_tok(g, t);
        if (ch_slot_is_relclause(token))
            return token->head;
        if (token->rel != CH_CONJ && token->rel != CH_XCOMP && token->rel != CH_CCOMP)
            return CH_NONE;
        t = token->head;
    }
    return CH_NONE;
}

void
ch_slot_add_resolved(const ch_graph *g, ch_fillers *out, uint32_t verb, uint32_t filler)
{
    if (ch_slot_is_relative(ch_tok(g, filler))) {
        uint32_t noun = antecedent(g, verb);
        if (noun != CH_NONE) {
            uint32_t had = out->count;
            ch_slot_add_all(g, out, noun);
            /* "Lithuania, which has declared an emergency, and Latvia" */
            while (out->count > had + 1 && noun < verb && out->tok[out->count - 1] > verb)
                out->count--;
            return;
        }
    }
    ch_slot_add_all(g, out, filler);
}

void
ch_slot_add_of(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t)
        if (g->of != 0 && g->preposition[c] == g->of && ch_is_nominal(ch_tok(g, c)))
            ch_slot_add_all(g, out, c);
}

void
ch_graph_add_counted(const ch_graph *g, ch_fillers *fillers)
{
    for (uint32_t i = 0, n = fillers->count; i < n; i++)
        if (ch_graph_in_set(g, fillers->tok[i], g->sets.quantity))
            ch_slot_add_of(g, fillers->tok[i], fillers);
}

uint32_t
ch_slot_owner(const ch_graph *g, uint32_t noun)
{
    CH_EACH_CHILD(g, c, noun)
        if (ch_tok(g, c)->rel == CH_NMOD && ch_tok(g, c)->sub == CH_SUB_POSS)
            return c;
    return CH_NONE;
}
