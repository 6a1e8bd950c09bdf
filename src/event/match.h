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

/* Why a trigger does not match at `tok`. */
typedef enum {
    CH_MISMATCH_NONE,
    CH_MISMATCH_POSITION, /* the word is another part of speech, or an attribute of a noun */
    CH_MISMATCH_WORDS,    /* its other words do not hang on it */
    CH_MISMATCH_TEST,     /* a test that must hold does not */
    CH_MISMATCH_COUNTER,  /* a test that must not hold does: `unless`, or "-slot" */
    CH_MISMATCH_ORDER     /* the words around it stand in no order of the frame's */
} ch_mismatch;

/* *test is the one that failed, in frames->tests, or CH_NONE. */
ch_mismatch ch_match_why_not(ch_matcher *matcher, uint32_t tok, uint32_t trigger, uint32_t *test);

/* The word of the lexicon under which `tok` has triggers: its lemma's, then its
 * form's (`second`). 0 when there is none. */
uint32_t ch_match_word(const ch_graph *graph, uint32_t tok, bool second);

#endif
