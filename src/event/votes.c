/* Votes: what body voted on what, who cast which ballot, and how it ended. */
#include "event/quantity.h"
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

static bool
same_voter(const ch_finding *f, uint32_t a, uint32_t b)
{
    const ch_mention *x = &f->doc->mentions[a], *y = &f->doc->mentions[b];
    return a == b || (x->code[0] != '\0' && strcmp(x->code, y->code) == 0 && x->entity == y->entity);
}

static void
add_ballot(const ch_finding *f, ch_fact *fact, uint32_t mention, const char *ballot)
{
    for (uint32_t i = 0; i < fact->nballot; i++)
        if (same_voter(f, fact->ballots[i].mention, mention) && strcmp(fact->ballots[i].ballot, ballot) == 0)
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

/* An organisation of states that votes for something is where the states vote;
 * one that only supports it is not. */
static bool
is_body(const ch_finding *f, uint32_t mention, const char *means, bool sure)
{
    const ch_mention *m = &f->doc->mentions[mention];
    bool whole = is_outcome(means) || (sure && outcome_of(means) != NULL);
    return ch_finding_is_body(f, mention) || (whole && m->kind == CH_MENTION_ORGANISATION && strncmp(m->code, "IGO", 3) == 0);
}

static void
count_voter(const ch_finding *f, ch_fact *fact, const char *means, uint32_t mention, bool sure)
{
    if (is_body(f, mention, means, sure)) {
        if (fact->body == CH_NONE)
            fact->body = mention;
        const char *outcome = outcome_of(means);
        if (outcome != NULL && fact->outcome == NULL)
            fact->outcome = outcome;
    } else if (!is_outcome(means) && ch_finding_is_known(f, mention)) {
        add_ballot(f, fact, mention, means);
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
        uint32_t by = e->reasons[i].tok;
        bool governs = f->doc->toks[e->tok].rel == CH_XCOMP && f->doc->toks[e->tok].head == by; /* "stopped blocking" */
        bool attribute = f->doc->toks[e->tok].rel == CH_ACL; /* "the draft, proposed by Algeria, was vetoed" */
        bool other = by != e->tok && !governs && (attribute || ch_finding_trigger(f, by, CH_FACT_VOTE) != CH_NONE);
        if (!other && e->reasons[i].status > status)
            status = e->reasons[i].status;
    }
    return status;
}

static void
add_voter(ch_event *act, uint32_t mention, uint32_t tok)
{
    for (uint32_t i = 0; i < act->nactor; i++)
        if (act->actors[i].mention == mention)
            return;
    if (act->nactor < CH_PARTIES_MAX)
        act->actors[act->nactor++] = (ch_party){.mention = mention, .tok = tok, .path = CH_NONE};
}

/* "…and Bolivia abstained", "with Benin and Togo voting in favour": who is named
 * right before a verb that has no subject of its own votes, and those listed
 * before him by commas and "and". */
static void
find_voters_before(const ch_finding *f, ch_event *act, ch_sentence sent)
{
    const ch_token *toks = f->doc->toks;
    uint32_t at = act->tok;
    if (ch_graph_child(f->graph, act->tok, CH_NSUBJ) != CH_NONE || ch_graph_is_passive(f->graph, act->tok))
        return;
    while (at > sent.first && (toks[at - 1].upos == CH_AUX || toks[at - 1].upos == CH_ADV))
        at--;
    uint32_t m = ch_finding_ending(f, at);
    if (m == CH_NONE || !ch_finding_is_known(f, m))
        return;
    act->nactor = 0;
    bool listed = false;
    while (m != CH_NONE && ch_finding_is_known(f, m)) {
        add_voter(act, m, f->doc->mentions[m].head);
        at = f->doc->mentions[m].first;
        if (at <= sent.first + 1)
            return;
        bool joins = toks[at - 1].upos == CH_CCONJ, comma = ch_str_is(ch_span_text(f->doc, toks[at - 1].span), ",");
        if (!joins && !(listed && comma))
            return;
        listed = true;
        at--;
        if (joins && ch_str_is(ch_span_text(f->doc, toks[at - 1].span), ","))
            at--;
        m = ch_finding_ending(f, at);
    }
}

static void
count_trigger(ch_finding *f, ch_fact *fact, uint32_t tok, uint32_t trigger)
{
    const ch_frame *frame = &f->graph->frames->frames[f->graph->frames->triggers[trigger].frame];
    const char *means = ch_lexicon_string(f->graph->lexicon, frame->mode);
    ch_event probe = {.tok = tok, .sentence = fact->act.sentence, .trigger = trigger, .frame = f->graph->frames->triggers[trigger].frame};
    ch_find_parties(f->graph, &probe);
    ch_finding_name_actors(f, &probe);
    if (!is_outcome(means) && strcmp(means, "sponsor") != 0)
        find_voters_before(f, &probe, f->doc->sents[probe.sentence]);
    ch_find_status(f->graph, &probe);
    probe.status = own_status(f, &probe);
    const ch_token *t = &f->doc->toks[tok]; /* "has to ratify the accord" */
    if (probe.status == CH_ASSERTED && t->rel == CH_XCOMP && ch_graph_in_set(f->graph, t->head, f->sets.due))
        probe.status = CH_PLANNED;
    bool done = probe.status == CH_ASSERTED || probe.status == CH_ALLEGED || probe.status == CH_ONGOING;
    for (uint32_t i = 0; i < probe.nactor && done; i++)
        count_voter(f, fact, means, probe.actors[i].mention, frame->weight >= SURE_WEIGHT);
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
        add_ballot(f, old, fact->ballots[i].mention, fact->ballots[i].ballot);
    if (fact->outcome != NULL && (old->outcome == NULL || strcmp(old->outcome, "pending") == 0))
        old->outcome = fact->outcome;
    if (old->body == CH_NONE)
        old->body = fact->body;
    for (size_t i = 0; i < CH_TALLY_COUNT; i++)
        if (old->tally[i] < 0)
            old->tally[i] = fact->tally[i];
}

/* ------------------------------------------------------------------- tally */

/* Beyond this no assembly votes. */
#define VOTES_MAX 100000
/* Words behind a number that may say how those voted. */
#define SIDE_WORDS_MAX 5

static bool
is_in(const ch_finding *f, uint32_t tok, uint32_t set)
{
    const ch_token *t = &f->doc->toks[tok];
    return ch_set_has(f->graph->lexicon, set, t->form_word) || ch_set_has(f->graph->lexicon, set, t->lemma_word);
}

/* How those counted voted, by the words behind the number up to the next one;
 * CH_TALLY_COUNT when these do not say. */
static ch_tally_side
side_behind(const ch_finding *f, ch_sentence sent, const ch_quantity *q)
{
    uint32_t sets[CH_TALLY_COUNT] = {f->sets.tally_for, f->sets.tally_against, f->sets.tally_abstain};
    for (uint32_t t = q->number + 1; t < sent.last && t < q->last + SIDE_WORDS_MAX; t++) {
        const ch_token *token = &f->doc->toks[t];
        if (t >= q->last && (token->upos == CH_NUM || token->upos == CH_PUNCT || token->upos == CH_CCONJ))
            break;
        for (uint32_t i = 0; i < CH_TALLY_COUNT; i++)
            if (is_in(f, t, sets[i]))
                return (ch_tally_side)i;
    }
    return CH_TALLY_COUNT;
}

/* The votes of the other side: "310 votes to 240", "15-0", "11 votes to none";
 * -1 when this is no such pair. `q` becomes the second number. */
static int32_t
second_of(ch_finding *f, uint32_t sentence, ch_quantity *q)
{
    ch_sentence sent = f->doc->sents[sentence];
    const ch_token *toks = f->doc->toks;
    uint32_t at = q->number + 1;
    if (at < sent.last && toks[at].upos != CH_PUNCT && toks[at].upos != CH_SYM)
        at = q->last;
    if (at + 1 >= sent.last)
        return -1;
    bool dash = ch_str_is(ch_span_text(f->doc, toks[at].span), "-") || ch_str_is(ch_span_text(f->doc, toks[at].span), "–");
    bool to = f->graph->to != 0 && toks[at].form_word == f->graph->to;
    if (!dash && !to)
        return -1;
    if (is_in(f, at + 1, f->sets.nought)) {
        q->last = at + 2;
        return 0;
    }
    ch_quantity other;
    if (!ch_quantity_next(f, sentence, at + 1, &other) || other.number != at + 1 || other.kind == CH_COUNT_MONEY || other.value > VOTES_MAX)
        return -1;
    q->last = other.last;
    return (int32_t)other.value;
}

/* Whether the number stands where votes are told: it counts them, or stands
 * behind a word of the vote ("voted 70-29", "by a vote of 51 to 49") or before
 * one ("in a 64-0 vote"). */
static bool
counts_votes(ch_finding *f, ch_sentence sent, const ch_quantity *q, uint32_t last)
{
    for (uint32_t t = q->number; t < q->last; t++)
        if (is_in(f, t, f->sets.tally_vote))
            return true;
    uint32_t first = q->number > sent.first + 2 ? q->number - 2 : sent.first;
    for (uint32_t t = first; t < q->number; t++)
        if (is_in(f, t, f->sets.tally_vote) || ch_finding_trigger(f, t, CH_FACT_VOTE) != CH_NONE)
            return true;
    return last < sent.last && is_in(f, last, f->sets.tally_vote);
}

/* "Fourteen of the 15 members": the first is how many voted. */
static void
skip_whole(ch_finding *f, uint32_t sentence, ch_quantity *q)
{
    ch_sentence sent = f->doc->sents[sentence];
    ch_quantity whole;
    uint32_t at = q->last + 1;
    if (q->last + 2 >= sent.last || f->graph->of == 0 || f->doc->toks[q->last].form_word != f->graph->of)
        return;
    if (f->doc->toks[at].upos == CH_DET || f->doc->toks[at].upos == CH_PRON)
        at++;
    if (ch_quantity_next(f, sentence, at, &whole) && whole.number == at)
        q->last = whole.last;
}

static void
find_tally(ch_finding *f, uint32_t sentence, ch_fact *fact)
{
    ch_sentence sent = f->doc->sents[sentence];
    ch_tally_side won = CH_TALLY_FOR;
    if (fact->outcome != NULL && strcmp(fact->outcome, "rejected") == 0)
        won = CH_TALLY_AGAINST;
    ch_quantity q;
    for (uint32_t t = sent.first; ch_quantity_next(f, sentence, t, &q); t = q.last) {
        if ((q.kind != CH_COUNT_PEOPLE && q.kind != CH_COUNT_THINGS) || q.value > VOTES_MAX || q.value != (double)(int32_t)q.value)
            continue;
        skip_whole(f, sentence, &q);
        ch_quantity pair = q;
        int32_t other = second_of(f, sentence, &pair);
        if (other >= 0 && counts_votes(f, sent, &q, pair.last) && fact->tally[won] < 0) {
            fact->tally[won] = (int32_t)q.value;
            fact->tally[won == CH_TALLY_FOR ? CH_TALLY_AGAINST : CH_TALLY_FOR] = other;
            q.last = pair.last;
            continue;
        }
        ch_tally_side side = side_behind(f, sent, &q);
        bool votes = side != CH_TALLY_COUNT;
        if (!votes && counts_votes(f, sent, &q, sent.last)) {
            votes = q.last > q.number + 1 && is_in(f, q.last - 1, f->sets.tally_vote) && fact->nballot == 0;
            side = won;
        }
        if (votes && fact->tally[side] < 0)
            fact->tally[side] = (int32_t)q.value;
    }
}

/* Who let a draft pass by abstaining has not voted for it. */
static void
drop_for_of_abstainers(const ch_finding *f, ch_fact *fact)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < fact->nballot; i++) {
        bool abstains = false;
        for (uint32_t k = 0; k < fact->nballot; k++)
            abstains = abstains || (same_voter(f, fact->ballots[k].mention, fact->ballots[i].mention) && strcmp(fact->ballots[k].ballot, "abstain") == 0);
        if (!abstains || strcmp(fact->ballots[i].ballot, "for") != 0)
            fact->ballots[kept++] = fact->ballots[i];
    }
    fact->nballot = kept;
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
    drop_for_of_abstainers(f, fact);
    find_tally(f, sentence, fact);
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
