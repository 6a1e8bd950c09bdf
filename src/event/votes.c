/* Votes: what body voted on what, who cast which ballot, and how it ended. */
#include "event/finding.h"
#include "event/roles.h"

#include <string.h>

/* Frames of this weight tell of a vote by themselves; others only beside a
 * measure or a body that votes. */
#define SURE_WEIGHT 0.85F

static bool
is_outcome(const char *means)
{
    return strcmp(means, "adopted") == 0 || strcmp(means, "rejected") == 0 || strcmp(means, "vetoed") == 0 || strcmp(means, "pending") == 0;
}

static bool
is_body(const ch_finding *f, uint32_t mention)
{
    const ch_mention *m = &f->doc->mentions[mention];
    for (uint32_t t = m->first; t < m->last; t++)
        if (ch_graph_in_set(f->graph, t, f->sets.body))
            return true;
    return false;
}

/* The body that the sentence names, or CH_NONE. */
static uint32_t
body_in(const ch_finding *f, ch_sentence sent)
{
    for (uint32_t t = sent.first; t < sent.last; t++) {
        uint32_t m = f->doc->mention_of[t];
        if (m != CH_NONE && is_body(f, m))
            return m;
    }
    return CH_NONE;
}

static uint32_t
measure_in(const ch_finding *f, ch_sentence sent)
{
    for (uint32_t t = sent.first; t < sent.last; t++) {
        const ch_token *token = &f->doc->toks[t];
        if (token->upos == CH_NOUN && token->rel != CH_COMPOUND && ch_graph_in_set(f->graph, t, f->sets.measure))
            return t;
    }
    return CH_NONE;
}

/* Short of the clauses of other verbs that hang on it. */
static ch_span
measure_span(const ch_finding *f, uint32_t tok)
{
    return ch_finding_phrase(f, tok);
}

static void
add_ballot(ch_fact *fact, uint32_t mention, const char *ballot)
{
    for (uint32_t i = 0; i < fact->nballot; i++)
        if (fact->ballots[i].mention == mention && strcmp(fact->ballots[i].ballot, ballot) == 0)
            return;
    if (fact->nballot < CH_BALLOTS_MAX)
        fact->ballots[fact->nballot++] = (ch_ballot){mention, ballot};
}

/* A body that votes for something adopts it. */
static const char *
outcome_of(const char *ballot)
{
    if (strcmp(ballot, "for") == 0)
        return "adopted";
    return strcmp(ballot, "against") == 0 ? "rejected" : NULL;
}

static void
count_voter(const ch_finding *f, ch_fact *fact, const char *means, uint32_t mention)
{
    if (is_body(f, mention)) {
        if (fact->body == CH_NONE)
            fact->body = mention;
        const char *outcome = outcome_of(means);
        if (outcome != NULL && fact->outcome == NULL)
            fact->outcome = outcome;
    } else if (!is_outcome(means)) {
        add_ballot(fact, mention, means);
        if (strcmp(means, "veto") == 0)
            fact->outcome = "vetoed";
    }
}

static void
count_trigger(const ch_finding *f, ch_fact *fact, uint32_t tok, uint32_t trigger)
{
    const ch_frame *frame = &f->graph->frames->frames[f->graph->frames->triggers[trigger].frame];
    const char *means = ch_lexicon_string(f->graph->lexicon, frame->mode);
    ch_event probe = {.tok = tok, .sentence = fact->act.sentence, .trigger = trigger, .frame = f->graph->frames->triggers[trigger].frame};
    ch_find_parties(f->graph, &probe);
    for (uint32_t i = 0; i < probe.nactor; i++)
        count_voter(f, fact, means, probe.actors[i].mention);
    if (is_outcome(means) && (fact->outcome == NULL || strcmp(fact->outcome, "pending") == 0))
        fact->outcome = means;
    if (fact->topic_tok != CH_NONE)
        return;
    ch_fillers fillers;
    ch_finding_fillers(f, tok, frame->content, &fillers);
    for (uint32_t i = 0; i < fillers.count && fact->topic_tok == CH_NONE; i++)
        if (ch_graph_in_set(f->graph, fillers.tok[i], f->sets.measure))
            fact->topic_tok = fillers.tok[i];
}

/* What was planned or may be has no outcome yet; a negated one did not pass. */
static void
settle_outcome(ch_fact *fact)
{
    if (fact->act.status == CH_PLANNED || fact->act.status == CH_POSSIBLE || fact->act.status == CH_HYPOTHETICAL)
        fact->outcome = fact->outcome != NULL ? "pending" : NULL;
    else if (fact->act.status == CH_NEGATED && fact->outcome != NULL)
        fact->outcome = strcmp(fact->outcome, "adopted") == 0 ? "rejected" : NULL;
}

/* The vote that the sentence before tells of, which "the resolution" or no
 * measure at all goes on with; CH_NONE when there is none. */
static uint32_t
vote_before(const ch_finding *f, uint32_t sentence)
{
    for (uint32_t i = f->count; i-- > 0;)
        if (f->all[i].kind == CH_FACT_VOTE && f->all[i].act.sentence + 1 == sentence)
            return i;
        else if (f->all[i].act.sentence + 1 < sentence)
            return CH_NONE;
    return CH_NONE;
}

static bool
is_definite(const ch_finding *f, uint32_t tok)
{
    CH_EACH_CHILD(f->graph, c, tok)
        if (f->doc->toks[c].rel == CH_DETREL)
            return (f->doc->toks[c].morph & (CH_M_DEF | CH_M_PRONDEM)) != 0;
    return false;
}

static void
join_before(ch_finding *f, uint32_t index, const ch_fact *fact)
{
    ch_fact *old = &f->all[index];
    for (uint32_t i = 0; i < fact->nballot; i++)
        add_ballot(old, fact->ballots[i].mention, fact->ballots[i].ballot);
    if (fact->outcome != NULL && (old->outcome == NULL || strcmp(old->outcome, "pending") == 0))
        old->outcome = fact->outcome;
    if (old->body == CH_NONE)
        old->body = fact->body;
}

static bool
is_sure(const ch_finding *f, uint32_t trigger)
{
    return f->graph->frames->frames[f->graph->frames->triggers[trigger].frame].weight >= SURE_WEIGHT;
}

void
ch_find_votes(ch_finding *f, uint32_t sentence)
{
    ch_sentence sent = f->doc->sents[sentence];
    uint32_t first = CH_NONE, first_trigger = CH_NONE, triggers[16], toks[16], count = 0;
    bool sure = false;
    for (uint32_t t = sent.first; t < sent.last && count < 16; t++) {
        uint32_t trigger = ch_finding_trigger(f, t, CH_FACT_VOTE);
        if (trigger == CH_NONE)
            continue;
        toks[count] = t;
        triggers[count++] = trigger;
        if (first == CH_NONE || (!sure && is_sure(f, trigger))) {
            first = t;
            first_trigger = trigger;
        }
        sure = sure || is_sure(f, trigger);
    }
    uint32_t measure = count != 0 ? measure_in(f, sent) : CH_NONE;
    if (count == 0 || (!sure && measure == CH_NONE))
        return;
    ch_fact *fact = ch_finding_new(f, CH_FACT_VOTE, sentence, first, first_trigger);
    if (fact == NULL)
        return;
    fact->means = NULL;
    for (uint32_t i = 0; i < count; i++)
        count_trigger(f, fact, toks[i], triggers[i]);
    if (fact->body == CH_NONE)
        fact->body = body_in(f, sent);
    if (measure != CH_NONE && (fact->topic_tok == CH_NONE || measure < fact->topic_tok))
        fact->topic_tok = measure;
    if (fact->topic_tok != CH_NONE)
        fact->topic = measure_span(f, fact->topic_tok);
    uint32_t before = vote_before(f, sentence);
    if (before != CH_NONE && (fact->topic_tok == CH_NONE || is_definite(f, fact->topic_tok))) {
        join_before(f, before, fact);
        return;
    }
    if (fact->nballot == 0 && fact->outcome == NULL && fact->body == CH_NONE)
        return;
    ch_finding_keep(f);
    settle_outcome(&f->all[f->count - 1]);
}
