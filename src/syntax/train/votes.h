/* syntax/train/votes.h: what is most often said of each context. */
#ifndef CHANCERY_SYNTAX_TRAIN_VOTES_H
#define CHANCERY_SYNTAX_TRAIN_VOTES_H

#include "base/arena.h"
#include "base/hash.h"

typedef struct {
    uint32_t value;   /* index in ch_votes.values.keys */
    uint32_t count;   /* votes for it */
    uint32_t total;   /* votes for anything */
} ch_winner;

typedef struct {
    ch_arena *arena;
    ch_map contexts; /* context -> its number */
    ch_map values;   /* value -> its number */
    ch_map pairs;    /* numbers of context and value -> votes */
    ch_winner *winners; /* [contexts.count] once counted */
    bool failed;
} ch_votes;

/* A vote that `context` means `value`. */
void ch_vote(ch_votes *v, ch_str context, ch_str value);

/* Fills `winners`; of values with as many votes the one first seen wins. */
bool ch_votes_count(ch_votes *v);

/* The winning value of a context, with its votes; NULL when nothing was said. */
const ch_winner *ch_votes_find(const ch_votes *v, ch_str context);

static inline ch_str
ch_votes_value(const ch_votes *v, const ch_winner *w)
{
    return v->values.keys[w->value];
}

void ch_votes_free(ch_votes *v);

#endif
