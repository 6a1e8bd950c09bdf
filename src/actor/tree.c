#include "actor/tree.h"

static bool
alloc(ch_tree *tree, ch_document *doc)
{
    tree->first_child = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    tree->next_child = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    tree->order = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    tree->sent_of = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    return tree->first_child != NULL && tree->next_child != NULL && tree->order != NULL && tree->sent_of != NULL;
}

bool
ch_tree_build(ch_tree *tree, ch_document *doc)
{
    if (!alloc(tree, doc))
        return false;
    tree->norder = 0;
    for (uint32_t i = 0; i < doc->ntok; i++)
        tree->first_child[i] = tree->next_child[i] = CH_NONE;
    /* from the right, so that each list is in the order of the text */
    for (uint32_t i = doc->ntok; i-- > 0;) {
        uint32_t head = doc->toks[i].head;
        if (head == CH_NONE)
            continue;
        tree->next_child[i] = tree->first_child[head];
        tree->first_child[head] = i;
    }
    for (uint32_t s = 0; s < doc->nsent; s++)
        for (uint32_t i = doc->sents[s].first; i < doc->sents[s].last; i++) {
            tree->sent_of[i] = s;
            if (doc->toks[i].head == CH_NONE)
                tree->order[tree->norder++] = i;
        }
    for (uint32_t at = 0; at < tree->norder; at++)
        for (uint32_t c = tree->first_child[tree->order[at]]; c != CH_NONE; c = tree->next_child[c])
            tree->order[tree->norder++] = c;
    return true;
}

uint32_t
ch_tree_child(const ch_tree *tree, const ch_document *doc, uint32_t tok, ch_rel rel)
{
    for (uint32_t c = tree->first_child[tok]; c != CH_NONE; c = tree->next_child[c])
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
own_case(const ch_tree *tree, const ch_document *doc, uint32_t tok)
{
    for (uint32_t c = tree->first_child[tok]; c != CH_NONE; c = tree->next_child[c])
        if (doc->toks[c].rel == CH_CASE && c < tok)
            return c;
    return CH_NONE;
}

uint32_t
ch_tree_case(const ch_tree *tree, const ch_document *doc, uint32_t tok)
{
    uint32_t found = own_case(tree, doc, tok);
    return found != CH_NONE ? found : own_case(tree, doc, ch_tree_first_conjunct(doc, tok));
}

bool
ch_tree_is_subject(const ch_document *doc, uint32_t tok)
{
    uint8_t rel = doc->toks[ch_tree_first_conjunct(doc, tok)].rel;
    return rel == CH_NSUBJ || rel == CH_CSUBJ;
}
