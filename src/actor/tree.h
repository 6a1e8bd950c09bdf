/* actor/tree.h: the dependency graph the other way round: from a head to what
 * hangs on it. */
#ifndef CHANCERY_ACTOR_TREE_H
#define CHANCERY_ACTOR_TREE_H

#include "intake/document.h"

typedef struct {
    uint32_t *first_child; /* [ntok] or CH_NONE */
    uint32_t *next_child;  /* [ntok] the next that hangs on the same head, in text order */
    uint32_t *order;       /* [norder] tokens, each behind its head */
    uint32_t norder;
    uint32_t *sent_of; /* [ntok] index in doc->sents */
} ch_tree;

/* False when there is no memory. All of it lives in doc->arena. */
bool ch_tree_build(ch_tree *out, ch_document *doc);

/* The first child of `tok` with that relation, or CH_NONE. */
uint32_t ch_tree_child(const ch_tree *tree, const ch_document *doc, uint32_t tok, ch_rel rel);

/* The preposition (or other case mark) of `tok`, of a coordination that of its
 * first member where it has none of its own; or CH_NONE. */
uint32_t ch_tree_case(const ch_tree *tree, const ch_document *doc, uint32_t tok);

/* The first member of the coordination that `tok` belongs to; `tok` alone is its own. */
uint32_t ch_tree_first_conjunct(const ch_document *doc, uint32_t tok);

/* Whether `tok` or the coordination it is in is a subject. */
bool ch_tree_is_subject(const ch_document *doc, uint32_t tok);

#endif
