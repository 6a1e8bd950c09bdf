/* Votes: what body voted on what, who cast which ballot, and how it ended. */
#include "event/finding.h"
#include "event/roles.h"
#include "event/status.h"

#include <string.h>

/* Frames of this weight tell of a vote by themselves; others only beside a
 * measure or a body that votes. */
#define SURE_WEIGHT 0.85F

static bool
is_outcome(const char *means)
{
    return strcmp(means, "adopted") == 0 || strcmp(means, "rejected") == 0 || strcmp(means, "vetoed") == 0 || strcmp(means, "pending") == 0;
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
    if (ch_finding_is_body(f, mention)) {
        if (fact->body == CH_NONE)
            fact->body = mention;
        const char *outcome = outcome_of(means);
        if (outcome != NULL && fact->outcome == NULL)
            fact->outcome = outcome;
    } else if (!is_outcome(means) && ch_finding_is_known(f, mention)) {
        add_ballot(fact, mention, means);
        if (strcmp(means, "veto") == 0)
            fact->outcome = "vetoed";
    }
}

/* What is planned or may be has no outcome yet; what was not adopted is
 * rejected, what was not blocked may still fail. */
static const char *
outcome_not_done(ch_event_status status, const char *means, bool verb)
{
    if (status != CH_NEGATED)
        return is_outcome(means) || outcome_of(means) != NULL ? "pending" : NULL;
    return verb && strcmp(means, "adopted") == 0 ? "rejected" : NULL;
}

/* What other words of the same vote say of it is no doubt of this one: the
 * sponsor of a vetoed draft did sponsor it. */
static ch_event_status
own_status(ch_finding *f, const ch_event *e)
{
    ch_event_status status = CH_ASSERTED;
    for (uint32_t i = 0; i < e->nreason; i++) {
        bool other = e->reasons[i].tok != e->tok && ch_finding_trigger(f, e->reasons[i].tok, CH_FACT_VOTE) != CH_NONE;
        if (!other && e->reasons[i].status > status)
            status = e->reasons[i].status;
    }
    return status;
}

static void
count_trigger(ch_finding *f, ch_fact *fact, uint32_t tok, uint32_t trigger)
{
    const ch_frame *frame = &f->graph->frames->frames[f->graph->frames->triggers[trigger].frame];
    const char *means = ch_lexicon_string(f->graph->lexicon, frame->mode);
    ch_event probe = {.tok = tok, .sentence = fact->act.sentence, .trigger = trigger, .frame = f->graph->frames->triggers[trigger].frame};
    ch_find_parties(f->graph, &probe);
    ch_find_status(f->graph, &probe);
    probe.status = own_status(f, &probe);
    bool done = probe.status == CH_ASSERTED || probe.status == CH_ALLEGED || probe.status == CH_ONGOING;
    for (uint32_t i = 0; i < probe.nactor && done; i++)
        count_voter(f, fact, means, probe.actors[i].mention);
    if (!done && strcmp(means, "pending") != 0)
        means = outcome_not_done(probe.status, means, f->graph->frames->triggers[trigger].pos == CH_TRIGGER_VERB);
    if (means != NULL && is_outcome(means) && (fact->outcome == NULL || strcmp(fact->outcome, "pending") == 0))
        fact->outcome = means;
    if (fact->topic_tok != CH_NONE)
        return;
    ch_fillers fillers;
    ch_finding_fillers(f, tok, frame->content, &fillers);
    for (uint32_t i = 0; i < fillers.count && fact->topic_tok == CH_NONE; i++)
        if (ch_graph_in_set(f->graph, fillers.tok[i], f->sets.measure))
            fact->topic_tok = fillers.tok[i];
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

/* A vote is held once: any date in its sentence is the vote's. */
static void
find_date(const ch_finding *f, ch_fact *fact)
{
    ch_sentence sent = f->doc->sents[fact->act.sentence];
    for (uint32_t i = 0; i < f->doc->ntime && fact->act.time == CH_NONE; i++) {
        const ch_time *time = &f->doc->times[i];
        if (time->first >= sent.first && time->first < sent.last && time->start != CH_NO_DAY && time->type == CH_TIME_DATE)
            fact->act.time = i;
    }
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
    if (fact->nballot != 0 && fact->outcome != NULL && strcmp(fact->outcome, "pending") == 0)
        fact->outcome = NULL; /* "abstained from the vote on": it was held */
    if (fact->body == CH_NONE)
        fact->body = ch_finding_body(f, sentence);
    if (measure != CH_NONE && (fact->topic_tok == CH_NONE || measure < fact->topic_tok))
        fact->topic_tok = measure;
    if (fact->topic_tok != CH_NONE)
        fact->topic = ch_finding_phrase(f, fact->topic_tok);
    uint32_t before = vote_before(f, sentence);
    if (before != CH_NONE && (fact->topic_tok == CH_NONE || is_definite(f, fact->topic_tok))) {
        join_before(f, before, fact);
        return;
    }
    if (fact->nballot == 0 && fact->outcome == NULL)
        return;
    ch_finding_keep(f);
    find_date(f, &f->all[f->count - 1]);
}
