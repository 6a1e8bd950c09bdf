#include "actor/tree.h"

static bool
alloc(ch_tree *g, ch_document *doc)
{
    g->first_child = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    g->next_child = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    g->order = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    g->sent_of = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    return g->first_child != NULL && g->next_child != NULL && g->order != NULL && g->sent_of != NULL;
}

bool
ch_tree_build(ch_tree *g, ch_document *doc)
{
    if (!alloc(g, doc))
        return false;
    g->norder = 0;
    for (uint32_t i = 0; i < doc->ntok; i++)
        g->first_child[i] = g->next_child[i] = CH_NONE;
    /* from the right, so that each list is in the order of the text */
    for (uint32_t i = doc->ntok; i-- > 0;) {
        uint32_t head = doc->toks[i].head;
        if (head == CH_NONE)
            continue;
        g->next_child[i] = g->first_child[head];
        g->first_child[head] = i;
    }
    for (uint32_t s = 0; s < doc->nsent; s++)
        for (uint32_t i = doc->sents[s].first; i < doc->sents[s].last; i++) {
            g->sent_of[i] = s;
            if (doc->toks[i].head == CH_NONE)
                g->order[g->norder++] = i;
        }
    for (uint32_t at = 0; at < g->norder; at++)
        for (uint32_t c = g->first_child[g->order[at]]; c != CH_NONE; c = g->next_child[c])
            g->order[g->norder++] = c;
    return true;
}

uint32_t
ch_tree_child(const ch_tree *g, const ch_document *doc, uint32_t tok, ch_rel rel)
{
    for (uint32_t c = g->first_child[tok]; c != CH_NONE; c = g->next_child[c])
        if (doc->toks[c].rel == rel)
            return c;
    return CH_NONE;
}

uint32_t
ch_tree_first_conjunct(const ch_document *doc, uint32_t tok)
{
    while (doc->toks[tok].rel == CH_CONJ && doc->toks[tok].head != CH_NONE)
        tok = doc->toks[tok].head;
    return tok;
}

/* "'s" is a case mark too, but no preposition. */
static uint32_t
own_case(const ch_tree *g, const ch_document *doc, uint32_t tok)
{
    for (uint32_t c = g->first_child[tok]; c != CH_NONE; c = g->next_child[c])
        if (doc->toks[c].rel == CH_CASE && c < tok)
            return c;
    return CH_NONE;
}

uint32_t
ch_tree_case(const ch_tree *g, const ch_document *doc, uint32_t tok)
{
    uint32_t found = own_case(g, doc, tok);
    return found != CH_NONE ? found : own_case(g, doc, ch_tree_first_conjunct(doc, tok));
}

bool
ch_tree_is_subject(const ch_document *doc, uint32_t tok)
{
    uint8_t rel = doc->toks[ch_tree_first_conjunct(doc, tok)].rel;
    return rel == CH_NSUBJ || rel == CH_CSUBJ;
}

uint32_t
ch_tree_subject(const ch_tree *g, const ch_document *doc, uint32_t predicate)
{
    return ch_tree_child(g, doc, predicate, CH_NSUBJ);
}
