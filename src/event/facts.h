/* event/facts.h: what a report states beside acts: positions that someone takes,
 * sums and counts with a role, votes, standing relations. Reads all earlier
 * stages and the graph of the events; adds doc->facts. */
#ifndef CHANCERY_EVENT_FACTS_H
#define CHANCERY_EVENT_FACTS_H

#include "event/event.h"
#include "event/graph.h"

typedef enum { CH_BOUND_EXACT, CH_BOUND_AT_LEAST, CH_BOUND_AT_MOST, CH_BOUND_ABOUT } ch_bound;

/* Those who differ from the holder of a position, as far as they are kept. */
#define CH_OTHERS_MAX 4
/* Ballots of one vote: a roll call of more is cut. */
#define CH_BALLOTS_MAX 32

typedef enum { CH_TALLY_FOR, CH_TALLY_AGAINST, CH_TALLY_ABSTAIN, CH_TALLY_COUNT } ch_tally_side;

typedef struct {
    uint32_t mention;
    const char *ballot; /* "for", "against", "abstain", "veto", "sponsor" */
} ch_ballot;

/* The act's actors are the holder of a statement, the giver of an amount, the
 * subject of a relation; its recipients those towards whom, the receiver, the
 * object. Strings are the lexicon's. */
typedef struct ch_fact {
    ch_event act; /* words, parties, status, sources and date, found as an event's */
    ch_fact_kind kind;
    const char *means; /* stance, what, relation; NULL of a vote */
    ch_span topic;     /* topic, measure, detail; empty where there is none */
    uint32_t topic_tok; /* its head, or CH_NONE */

    /* statement */
    ch_span quote; /* without its marks; empty where nothing is quoted */
    ch_party others[CH_OTHERS_MAX]; /* who is said to hold otherwise */
    uint32_t nother;
    uint32_t denied; /* the statement that this one denies, in doc->facts, or CH_NONE */
    bool continued; /* a quotation that goes on after its speaker was named */

    /* amount */
    double value;
    const char *unit;
    ch_bound bound;
    const char *state; /* NULL where the text gives none */
    uint32_t part_of;  /* in doc->facts, or CH_NONE */
    bool until;        /* the date is the end of a period */

    /* vote */
    uint32_t body; /* mention, or CH_NONE */
    const char *outcome;
    ch_ballot ballots[CH_BALLOTS_MAX];
    uint32_t nballot;
    int32_t tally[CH_TALLY_COUNT]; /* -1 where the text does not tell */
} ch_fact;

/* Sentences where `skip` [nsent] holds are not read.
 *   CH_E_NOMEM */
ch_status ch_find_facts(const ch_graph *graph, const bool *skip, ch_document *doc, ch_error *err);

#endif
