/* event/slot.h: the parts of ch_graph_slot(), one a kind of slot. Each adds the
 * words that fill it to `out`; one that is there already is not added again, and
 * beyond CH_FILLERS_MAX nothing is. */
#ifndef CHANCERY_EVENT_SLOT_H
#define CHANCERY_EVENT_SLOT_H

#include "event/graph.h"

/* Control, relative clauses and coordination are followed at most this far; the
 * functions below that look further count their `depth` from 0. */
#define CH_SLOT_DEPTH_MAX 6

/* Who acts: through control, relative clauses, coordination and nouns of acts. */
void ch_slot_subjects(const ch_graph *graph, uint32_t tok, ch_fillers *out, int depth);

/* The same in a clause or noun that has no subject of its own. */
void ch_slot_inherited_subjects(const ch_graph *graph, uint32_t tok, ch_fillers *out, int depth);

/* Who acts in a passive: what "by" governs. */
void ch_slot_agents(const ch_graph *graph, uint32_t tok, ch_fillers *out);

/* On whom or what it is done. */
void ch_slot_objects(const ch_graph *graph, uint32_t tok, ch_fillers *out, int depth);

/* "was granted refuge": the noun behind a passive of giving is what is given,
 * though the reader took it for what the subject became. */
bool ch_slot_is_given(const ch_graph *graph, uint32_t verb, uint32_t tok);

/* What the preposition `word` governs. "on Israel" may hang on the trigger, on its
 * object or on its support verb. */
void ch_slot_prepositional(const ch_graph *graph, uint32_t tok, uint32_t word, ch_fillers *out);

/* --- fillers */

/* The token alone. */
void ch_slot_add(ch_fillers *out, uint32_t tok);

/* The filler and those coordinated with it. */
void ch_slot_add_all(const ch_graph *graph, ch_fillers *out, uint32_t tok);

/* The same, where a filler of `verb` that is a relative pronoun stands for its
 * antecedent. */
void ch_slot_add_resolved(const ch_graph *graph, ch_fillers *out, uint32_t verb, uint32_t filler);

/* What "of" governs: the thing of an act's noun, what a word of quantity counts. */
void ch_slot_add_of(const ch_graph *graph, uint32_t tok, ch_fillers *out);

/* Whose the noun is ("its threat"), or CH_NONE. */
uint32_t ch_slot_owner(const ch_graph *graph, uint32_t noun);

static inline bool
ch_slot_is_relative(const ch_token *t)
{
    return (t->morph & CH_M_PRONREL) != 0;
}

static inline bool
ch_slot_is_relclause(const ch_token *t)
{
    return t->rel == CH_ACL && t->sub == CH_SUB_RELCL;
}

#endif
