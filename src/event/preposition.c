#include "event/clause.h"
#include "event/slot.h"

/* "out of talks": each of two marks in a row counts. */
static bool
is_marked(const ch_graph *g, uint32_t t, uint32_t word)
{
    if (g->preposition[t] == word)
        return true;
    CH_EACH_CHILD(g, c, t)
        if (ch_tok(g, c)->rel == CH_CASE && ch_tok(g, c)->upos == CH_ADP && ch_tok(g, c)->lemma_word == word)
            return true;
    return false;
}

static void
prepositional_at(const ch_graph *g, uint32_t t, uint32_t word, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = ch_tok(g, c);
        bool fits = child->rel == CH_OBL || child->rel == CH_NMOD || child->rel == CH_ADVCL || child->rel == CH_ACL ||
                    child->rel == CH_IOBJ || child->rel == CH_XCOMP || child->rel == CH_ADVMOD;
        if (!fits || !is_marked(g, c, word))
            continue;
        uint32_t verb = ch_clause_hidden_verb(g, c);
        ch_slot_add_resolved(g, out, t, verb != CH_NONE ? verb : c);
    }
}

/* "was accused by the ministry of spying", "a request by France for tanks": the reader may
 * hang on the agent what is said of the act. Behind a common noun only a clause
 * is sure to be that; what belongs to the agent's name is not asked. */
static void
behind_agent(const ch_graph *g, uint32_t t, uint32_t word, ch_fillers *out)
{
    ch_fillers by = {.count = 0};
    if (ch_tok(g, t)->upos == CH_VERB)
        ch_slot_agents(g, t, &by);
    else
        prepositional_at(g, t, g->by, &by);
    for (uint32_t i = 0; i < by.count && out->count == 0; i++) {
        uint32_t m = g->doc->mention_of != NULL ? g->doc->mention_of[by.tok[i]] : CH_NONE;
        bool name = m != CH_NONE && ch_tok(g, by.tok[i])->upos == CH_PROPN;
        for (uint32_t c = g->first_child[by.tok[i]]; c != CH_NONE; c = g->next_sibling[c]) {
            if (c < by.tok[i])
                continue;
            uint32_t verb = ch_clause_hidden_verb(g, c);
            bool clause = verb != CH_NONE || (ch_tok(g, c)->rel == CH_ACL && ch_tok(g, c)->sub != CH_SUB_RELCL);
            bool apart = name && ch_tok(g, c)->rel == CH_NMOD && c >= g->doc->mentions[m].last;
            bool marked =
                is_marked(g, c, word) || (clause && ch_tok(g, c - 1)->upos == CH_ADP && ch_graph_is_word(g, c - 1, word));
            if ((clause || apart) && marked)
                ch_slot_add_resolved(g, out, t, verb != CH_NONE ? verb : c);
        }
    }
}

/* "a ceasefire was called for by Kenya": what the preposition governs is the
 * subject of the passive. */
static bool
is_stranded(const ch_graph *g, uint32_t t, uint32_t word)
{
    if (t + 2 >= g->doc->ntok || ch_tok(g, t + 1)->upos != CH_ADP || ch_tok(g, t + 1)->lemma_word != word ||
        !ch_graph_is_passive(g, t))
        return false;
    const ch_token *next = ch_tok(g, t + 2);
    return next->upos == CH_ADP || next->upos == CH_PUNCT;
}

/* "went on strike": the bare noun that an act is told with, or CH_NONE. */
static uint32_t
bare_oblique(const ch_graph *g, uint32_t t)
{
    if (ch_tok(g, t)->upos != CH_VERB || t + 2 >= g->doc->ntok)
        return CH_NONE;
    const ch_token *noun = ch_tok(g, t + 2);
    bool bare = noun->upos == CH_NOUN && noun->rel == CH_OBL && noun->head == t && ch_tok(g, t + 1)->rel == CH_CASE &&
                ch_tok(g, t + 1)->head == t + 2;
    return bare ? t + 2 : CH_NONE;
}

void
ch_slot_prepositional(const ch_graph *g, uint32_t t, uint32_t word, ch_fillers *out)
{
    if (is_stranded(g, t, word))
        ch_slot_objects(g, t, out, 0);
    else
        prepositional_at(g, t, word, out);
    if (out->count == 0 && word == g->by && ch_graph_is_passive(g, t))
        ch_slot_agents(g, t, out);
    if (out->count != 0)
        return;
    const ch_token *token = ch_tok(g, t);
    if (token->upos == CH_NOUN || token->upos == CH_PROPN) {
        uint32_t verb = ch_graph_support(g, t), counter = ch_graph_counter(g, t);
        if (verb == CH_NONE)
            verb = ch_graph_occurrence(g, t); /* "clashes broke out between" */
        if (counter != t && word != g->of)
            prepositional_at(g, counter, word, out);
        if (verb != CH_NONE && out->count == 0)
            prepositional_at(g, verb, word, out);
        if (word == g->of)
            return;
    }
    ch_fillers things = {.count = 0};
    ch_slot_objects(g, t, &things, 0);
    const uint32_t others[] = {ch_graph_child(g, t, CH_IOBJ), bare_oblique(g, t)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] != CH_NONE)
            ch_slot_add(&things, others[i]);
    for (uint32_t i = 0; i < things.count && out->count == 0; i++)
        prepositional_at(g, things.tok[i], word, out);
    if (out->count == 0 && ((token->upos == CH_NOUN && word != g->by) || ch_graph_is_passive(g, t)))
        behind_agent(g, t, word, out);
    if (out->count != 0 || token->rel != CH_CONJ || token->head == CH_NONE || token->head > t)
        return;
    /* "met and talked with": only what follows both is shared */
    uint32_t before = out->count;
    prepositional_at(g, token->head, word, out);
    if (out->count > before && out->tok[before] < t)
        out->count = before;
}
