/* event/match.h: which frame a word triggers. Decided by the words around it
 * alone, before anyone asks who takes part, and remembered, so that a frame may
 * ask what act its filler is. */
#ifndef CHANCERY_EVENT_MATCH_H
#define CHANCERY_EVENT_MATCH_H

#include "event/graph.h"

/* Frames of one word that are kept, best first, in case the best has no parties. */
#define CH_CANDIDATES_MAX 6

typedef struct {
    uint32_t trigger[CH_CANDIDATES_MAX]; /* in frames->triggers */
    uint32_t specificity[CH_CANDIDATES_MAX];
    bool form[CH_CANDIDATES_MAX];        /* written in the very form of the text */
    uint32_t count;
    bool known;   /* it has been computed */
    bool pending; /* it is being computed: a circle of tests */
} ch_candidates;

typedef struct {
    const ch_graph *graph;
    ch_candidates *of; /* [ntok] */
    bool facts;        /* asked for statements, amounts, votes and relations, not for acts */
} ch_matcher;

/*   CH_E_NOMEM */
ch_status ch_matcher_make(ch_matcher *out, const ch_graph *graph, ch_document *doc, ch_error *err);

/* The frames that `tok` triggers, most specific first. */
const ch_candidates *ch_match(ch_matcher *matcher, uint32_t tok);

/* Whether `tok` is of the class. */
bool ch_match_class(const ch_graph *graph, uint32_t tok, ch_class class);

/* Tokens that the trigger's tests matched by word or set ("talks" in "hold
 * talks"), and those matched as acts ({ASSAULT}). */
void ch_match_fillers(ch_matcher *matcher, uint32_t tok, uint32_t trigger, ch_fillers *words, ch_fillers *acts);

#endif
