/* Votes: what body voted on what, who cast which ballot, and how it ended. */
#include "event/quantity.h"
#include "event/roles.h"
#include "event/status.h"

#include <string.h>

/* Frames of this weight tell of a vote by themselves; others only beside a
 * measure or a body that votes. */
#define SURE_WEIGHT 0.85F
/* Sentences after which "the resolution" may be another one. */
#define VOTE_BACK_MAX 8

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

/* "97 percent of voters" tell the outcome; the body is all of them. */
static bool
is_counted(const ch_finding *f, uint32_t mention)
{
    const ch_mention *m = &f->doc->mentions[mention];
    for (uint32_t t = m->first; t < m->last; t++)
        if (f->doc->toks[t].upos == CH_NUM || f->doc->toks[t].upos == CH_SYM)
            return true;
    return false;
}

/* In a mere word of backing or proposing a person takes sides and casts no
 * ballot. */
static bool
may_cast(const ch_finding *f, uint32_t mention, bool sure)
{
    ch_mention_kind kind = f->doc->mentions[mention].kind;
    return ch_finding_is_known(f, mention) && (sure || (kind != CH_MENTION_PERSON && kind != CH_MENTION_AGENT));
}

static void
count_voter(const ch_finding *f, ch_fact *fact, const char *means, uint32_t mention, bool sure)
{
    if (is_body(f, mention, means, sure)) {
        if (fact->body == CH_NONE && !is_counted(f, mention))
            fact->body = mention;
        const char *outcome = outcome_of(means);
        if (outcome != NULL && fact->outcome == NULL)
            fact->outcome = outcome;
    } else if (!is_outcome(means) && may_cast(f, mention, sure)) {
        add_ballot(f, fact, mention, means);
        if (strcmp(means, "veto") == 0)
            fact->outcome = "vetoed";
    }
}

/* What is planned or may be has no outcome yet; what was not adopted is
 * rejected, what was not blocked may still fail. */
static const char *
outcome_not_done(ch_event_status status, const char *means, bool verb, bool sure)
{
    if (status != CH_NEGATED)
        return is_outcome(means) || (sure && outcome_of(means) != NULL) ? "pending" : NULL;
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

/* "Parliament voted on Monday": when, but neither on what nor how. */
static bool
is_only_dated(const ch_finding *f, uint32_t tok, const ch_frame *frame)
{
    ch_fillers content;
    bool dated = false;
    ch_finding_fillers(f, tok, frame->content, &content);
    CH_EACH_CHILD(f->graph, c, tok) {
        if ((f->doc->toks[c].morph & CH_M_INF) != 0)
            return false;
        dated = dated || (f->doc->toks[c].rel == CH_OBL && ch_match_class(f->graph, c, CH_CLASS_DATE));
    }
    for (uint32_t i = 0; i < content.count; i++)
        if (!ch_match_class(f->graph, content.tok[i], CH_CLASS_DATE))
            return false;
    return dated;
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
    if (outcome_of(means) != NULL && f->graph->frames->triggers[trigger].nword == 1 && is_only_dated(f, tok, frame))
        return;
    bool done = probe.status == CH_ASSERTED || probe.status == CH_ALLEGED || probe.status == CH_ONGOING;
    for (uint32_t i = 0; i < probe.nactor && done; i++)
        count_voter(f, fact, means, probe.actors[i].mention, frame->weight >= SURE_WEIGHT);
    if (!done && (strcmp(means, "pending") != 0 || probe.status == CH_NEGATED))
        means = outcome_not_done(probe.status, means, f->graph->frames->triggers[trigger].pos == CH_TRIGGER_VERB, frame->weight >= SURE_WEIGHT);
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

static bool
is_definite(const ch_finding *f, uint32_t tok)
{
    CH_EACH_CHILD(f->graph, c, tok)
        if (f->doc->toks[c].rel == CH_DETREL)
            return (f->doc->toks[c].morph & (CH_M_DEF | CH_M_PRONDEM)) != 0;
    return false;
}

/* "The resolution", with no word of which one. */
static bool
is_named_again(const ch_finding *f, uint32_t tok)
{
    CH_EACH_CHILD(f->graph, c, tok) {
        ch_rel rel = (ch_rel)f->doc->toks[c].rel;
        if (rel == CH_NMOD || rel == CH_ACL || rel == CH_AMOD || rel == CH_COMPOUND || rel == CH_APPOS)
            return false;
    }
    return is_definite(f, tok) && ch_graph_in_set(f->graph, tok, f->sets.text);
}

/* The vote that an earlier sentence tells of, which "the resolution", or right
 * behind it no measure at all, goes on with; CH_NONE when there is none. */
static uint32_t
vote_before(const ch_finding *f, const ch_fact *fact)
{
    uint32_t i = f->count;
    while (i > 0 && f->all[i - 1].kind != CH_FACT_VOTE)
        i--;
    if (i-- == 0)
        return CH_NONE;
    const ch_fact *old = &f->all[i];
    bool next = f->vote_told + 1 >= fact->act.sentence && (fact->topic_tok == CH_NONE || is_definite(f, fact->topic_tok));
    bool again = f->vote_told + VOTE_BACK_MAX >= fact->act.sentence && fact->topic_tok != CH_NONE && is_named_again(f, fact->topic_tok) &&
                 old->topic_tok != CH_NONE;
    bool other = fact->outcome != NULL && old->outcome != NULL && strcmp(old->outcome, "pending") != 0 && strcmp(fact->outcome, old->outcome) != 0;
    other = other || (fact->body != CH_NONE && old->body != CH_NONE && !same_voter(f, fact->body, old->body));
    return old->act.sentence < fact->act.sentence && !other && (next || again) ? i : CH_NONE;
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

/* A body whose votes are told has decided: "voted 13-0 to extend the embargo". */
static void
decide_by_tally(ch_fact *fact)
{
    static const char adopted[] = "adopted", rejected[] = "rejected";
    int32_t yes = fact->tally[CH_TALLY_FOR], no = fact->tally[CH_TALLY_AGAINST];
    if (fact->outcome == NULL && fact->body != CH_NONE && yes >= 0 && no >= 0 && yes != no)
        fact->outcome = yes > no ? adopted : rejected;
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

/* What is adopted or rejected by nobody, or by a body that votes: a state that
 * rejects a plan votes on nothing. */
static bool
may_decide(ch_finding *f, uint32_t sentence, uint32_t tok, uint32_t trigger, bool *by_body)
{
    ch_event probe = {.tok = tok, .sentence = sentence, .trigger = trigger, .frame = f->graph->frames->triggers[trigger].frame};
    ch_find_parties(f->graph, &probe);
    ch_finding_name_actors(f, &probe);
    *by_body = false;
    for (uint32_t i = 0; i < probe.nactor; i++)
        *by_body = *by_body || is_body(f, probe.actors[i].mention, "adopted", true);
    uint32_t subject = ch_graph_child(f->graph, tok, CH_NSUBJ);
    *by_body = *by_body || (subject != CH_NONE && ch_graph_in_set(f->graph, subject, f->sets.body)); /* "the House" */
    bool by_thing = probe.nactor == 0 && subject != CH_NONE && !ch_graph_is_passive(f->graph, tok) && f->doc->toks[subject].upos != CH_PRON &&
                    ch_graph_child(f->graph, tok, CH_OBJ) != CH_NONE;
    return *by_body || (probe.nactor == 0 && !by_thing);
}

/* Whether a word that tells of a vote only beside a measure has one in its own
 * slots. */
static bool
has_measure(ch_finding *f, uint32_t sentence, uint32_t tok, uint32_t trigger)
{
    const ch_frame *frame = &f->graph->frames->frames[f->graph->frames->triggers[trigger].frame];
    const char *means = ch_lexicon_string(f->graph->lexicon, frame->mode);
    bool by_body = false;
    if (frame->content.count == 0 || ch_graph_in_set(f->graph, tok, f->sets.text))
        return true;
    uint32_t measures = strcmp(means, "sponsor") == 0 ? f->sets.text : f->sets.measure;
    if (is_outcome(means) && !may_decide(f, sentence, tok, trigger, &by_body))
        return false;
    if (is_outcome(means) && !by_body)
        measures = f->sets.text;
    ch_fillers fillers;
    ch_finding_fillers(f, tok, frame->content, &fillers);
    ch_graph_add_counted(f->graph, &fillers);
    for (uint32_t i = 0; i < fillers.count; i++) {
        bool pronoun = f->doc->toks[fillers.tok[i]].upos == CH_PRON;
        if (pronoun || ch_graph_in_set(f->graph, fillers.tok[i], measures))
            return true;
    }
    return false;
}

static const char *
means_of(const ch_finding *f, uint32_t trigger)
{
    const ch_frames *frames = f->graph->frames;
    return ch_lexicon_string(f->graph->lexicon, frames->frames[frames->triggers[trigger].frame].mode);
}

/* The veto that is overridden. */
static bool
is_undone(ch_finding *f, uint32_t tok, uint32_t trigger)
{
    const ch_token *t = &f->doc->toks[tok];
    if (t->rel != CH_OBJ || strcmp(means_of(f, trigger), "veto") != 0)
        return false;
    uint32_t above = ch_finding_trigger(f, t->head, CH_FACT_VOTE);
    return above != CH_NONE && is_outcome(means_of(f, above));
}

void
ch_find_votes(ch_finding *f, uint32_t sentence)
{
    ch_sentence sent = f->doc->sents[sentence];
    uint32_t first = CH_NONE, first_trigger = CH_NONE, triggers[16], toks[16], count = 0;
    bool sure = false;
    for (uint32_t t = sent.first; t < sent.last && count < 16; t++) {
        uint32_t trigger = ch_finding_trigger(f, t, CH_FACT_VOTE);
        if (trigger == CH_NONE || is_undone(f, t, trigger) || (!is_sure(f, trigger) && !has_measure(f, sentence, t, trigger)))
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
    decide_by_tally(fact);
    uint32_t before = vote_before(f, fact);
    if (before != CH_NONE)
        join_before(f, before, fact);
    else if (fact->nballot == 0 && fact->outcome == NULL)
        return;
    f->vote_told = sentence;
    if (before != CH_NONE)
        return;
    ch_finding_keep(f);
    find_date(f, &f->all[f->count - 1]);
}

/* ---------------------------------------------------------------- headlines */

static bool
has_ballot(const ch_finding *f, const ch_fact *vote, ch_ballot ballot)
{
    for (uint32_t i = 0; i < vote->nballot; i++)
        if (same_voter(f, vote->ballots[i].mention, ballot.mention) && strcmp(vote->ballots[i].ballot, ballot.ballot) == 0)
            return true;
    return false;
}

/* Whether `full` tells all that `vote` tells of a measure that it leaves unnamed. */
static bool
is_told_again(const ch_finding *f, const ch_fact *vote, const ch_fact *full)
{
    bool same_outcome = vote->outcome == NULL || (full->outcome != NULL && strcmp(vote->outcome, full->outcome) == 0);
    bool same_body = vote->body == CH_NONE || (full->body != CH_NONE && same_voter(f, vote->body, full->body));
    if (vote->topic_tok != CH_NONE || full->topic_tok == CH_NONE || !same_outcome || !same_body)
        return false;
    for (uint32_t i = 0; i < vote->nballot; i++)
        if (!has_ballot(f, full, vote->ballots[i]))
            return false;
    return true;
}

static void
drop_at(ch_finding *f, uint32_t index)
{
    memmove(&f->all[index], &f->all[index + 1], (f->count - index - 1) * sizeof *f->all);
    f->count--;
    for (uint32_t i = 0; i < f->count; i++) {
        if (f->all[i].part_of != CH_NONE && f->all[i].part_of > index)
            f->all[i].part_of--;
        if (f->all[i].denied != CH_NONE && f->all[i].denied > index)
            f->all[i].denied--;
    }
}

void
ch_drop_repeated_votes(ch_finding *f)
{
    for (uint32_t i = f->count; i-- > 0;) {
        bool again = false;
        for (uint32_t k = 0; k < f->count && !again && f->all[i].kind == CH_FACT_VOTE; k++)
            again = k != i && f->all[k].kind == CH_FACT_VOTE && is_told_again(f, &f->all[i], &f->all[k]);
        if (again)
            drop_at(f, i);
    }
}
