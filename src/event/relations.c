/* Standing facts between participants: ally, supplier, member, mediator, office. */
#include "event/finding.h"
#include "event/roles.h"

#include <string.h>

static void
add(const ch_finding *f, ch_event *act, uint32_t tok)
{
    uint32_t m = ch_finding_party(f, tok);
    for (uint32_t i = 0; m != CH_NONE && i < act->nactor; i++)
        if (act->actors[i].mention == m)
            return;
    if (m != CH_NONE && act->nactor < CH_PARTIES_MAX)
        act->actors[act->nactor++] = (ch_party){.mention = m, .tok = tok, .path = CH_NONE};
}

static void
add_all(const ch_finding *f, ch_event *act, uint32_t tok)
{
    add(f, act, tok);
    CH_EACH_CHILD(f->graph, c, tok)
        if (f->doc->toks[c].rel == CH_CONJ)
            add_all(f, act, c);
}

/* The same of those named before `end`: in "Egypt, an ally, and Jordan" the last
 * is none. */
static void
add_all_before(const ch_finding *f, ch_event *act, uint32_t tok, uint32_t end)
{
    add(f, act, tok);
    CH_EACH_CHILD(f->graph, c, tok)
        if (f->doc->toks[c].rel == CH_CONJ && c < end)
            add_all_before(f, act, c, end);
}

static bool
is_comma(const ch_finding *f, uint32_t tok)
{
    return tok < f->doc->ntok && ch_str_is(ch_span_text(f->doc, f->doc->toks[tok].span), ",");
}

static bool
is_somebody(const ch_finding *f, uint32_t tok)
{
    return f->doc->mention_of[tok] != CH_NONE && ch_finding_is_known(f, f->doc->mention_of[tok]);
}

static void
add_slot(const ch_finding *f, ch_event *act, uint32_t tok, uint32_t slot)
{
    ch_fillers fillers = {.count = 0};
    ch_graph_slot(f->graph, tok, slot, &fillers);
    for (uint32_t i = 0; i < fillers.count; i++)
        add(f, act, fillers.tok[i]);
}

/* Who the noun is said of: the subject of "is", what it stands beside in
 * apposition, what is listed under it, the subject of the verb that it
 * completes ("became an ally", "acts as mediator"). */
static void
bearers(const ch_finding *f, ch_event *act, uint32_t noun)
{
    const ch_token *toks = f->doc->toks;
    act->nactor = 0;
    uint32_t subject = ch_graph_child(f->graph, noun, CH_NSUBJ);
    if (subject != CH_NONE)
        add_slot(f, act, noun, CH_SLOT_SUBJ);
    bool relative = subject != CH_NONE && toks[noun].rel == CH_ACL && toks[subject].upos == CH_PRON; /* "who has been president" */
    if (act->nactor == 0 && (toks[noun].rel == CH_APPOS || relative))
        add_all_before(f, act, toks[noun].head, noun);
    CH_EACH_CHILD(f->graph, c, noun)
        if (act->nactor == 0 && toks[c].rel == CH_APPOS)
            add_all(f, act, c);
    /* "the mediators, Egypt and Qatar"; "Russia and China, nations with a veto" */
    bool listed = act->nactor == 0 && is_comma(f, noun + 1);
    CH_EACH_CHILD(f->graph, c, noun)
        if (listed && toks[c].rel == CH_CONJ && c > noun && f->doc->mention_of[c] != CH_NONE)
            add_all(f, act, c);
    uint32_t start = f->left[noun];
    bool opens = is_comma(f, start) || (start > 0 && is_comma(f, start - 1));
    if (act->nactor == 0 && toks[noun].rel == CH_CONJ && opens && ch_graph_child(f->graph, noun, CH_CC) == CH_NONE)
        add_all_before(f, act, toks[noun].head, noun);
    /* "is one of Taiwan's allies" */
    for (uint32_t t = noun; act->nactor == 0 && toks[t].rel == CH_NMOD; t = toks[t].head)
        if (ch_graph_child(f->graph, toks[t].head, CH_COP) != CH_NONE)
            add_slot(f, act, toks[t].head, CH_SLOT_SUBJ);
    bool completes = toks[noun].rel == CH_XCOMP || toks[noun].rel == CH_OBL || toks[noun].rel == CH_OBJ;
    if (act->nactor == 0 && completes && toks[toks[noun].head].upos == CH_VERB)
        add_slot(f, act, toks[noun].head, toks[noun].rel == CH_OBJ ? 0 : CH_SLOT_SUBJ);
    /* "the premier, an ally of Moscow, said": two subjects of one verb are one */
    if (act->nactor == 0 && toks[noun].rel == CH_NSUBJ) {
        subject = ch_graph_child(f->graph, toks[noun].head, CH_NSUBJ);
        if (subject < noun)
            add_all(f, act, subject);
    }
    /* "Israel's main ally": tagged as an adverb, it stands beside the noun or the
     * subject of the verb that it hangs on */
    if (act->nactor == 0 && toks[noun].rel == CH_ADVMOD) {
        add_all(f, act, toks[noun].head);
        if (act->nactor == 0)
            add_slot(f, act, toks[noun].head, CH_SLOT_SUBJ);
    }
    /* "its ally Iran", "mediators Egypt and Qatar" */
    bool names = toks[noun].rel == CH_COMPOUND || toks[noun].rel == CH_FLAT || (toks[noun].rel == CH_NMOD && toks[noun].sub == CH_SUB_DESC);
    if (act->nactor == 0 && names)
        add_all(f, act, toks[noun].head);
    if (act->nactor == 0)
        CH_EACH_CHILD(f->graph, c, noun)
            if (toks[c].rel == CH_FLAT || (toks[c].rel == CH_NMOD && toks[c].sub == CH_SUB_DESC))
                add_all(f, act, c);
}

/* The first slot of the noun, or of the verb that it completes, that names
 * somebody. */
static void
objects(const ch_finding *f, ch_event *act, ch_range paths)
{
    const ch_token *t = &f->doc->toks[act->tok];
    bool completes = (t->rel == CH_OBL || t->rel == CH_XCOMP || t->rel == CH_OBJ) && f->doc->toks[t->head].upos == CH_VERB;
    bool beside = (t->rel == CH_ADVMOD || t->rel == CH_COMPOUND) && t->head != CH_NONE; /* "its ally China" */
    for (int above = 0; above < 1 + (completes || beside); above++)
        for (uint32_t i = paths.first; i < paths.first + paths.count; i++) {
            const ch_path *path = &f->graph->frames->paths[i];
            bool shared = (path->slot[0] & CH_SLOT_PREPOSITION) != 0 || (beside && path->slot[0] == CH_SLOT_POSS);
            if (above && !shared)
                continue;
            ch_fillers fillers = {.count = 0};
            ch_graph_path(f->graph, above ? t->head : act->tok, path, &fillers);
            for (uint32_t k = 0; k < fillers.count; k++) {
                uint32_t m = ch_finding_party(f, fillers.tok[k]);
                if (m != CH_NONE && act->nrecipient < CH_PARTIES_MAX)
                    act->recipients[act->nrecipient++] = (ch_party){.mention = m, .tok = fillers.tok[k], .path = i};
            }
            if (act->nrecipient != 0)
                return;
        }
}

/* The first word of the noun's attributes before it. */
static uint32_t
first_attribute(const ch_finding *f, uint32_t noun)
{
    const ch_token *toks = f->doc->toks;
    while (noun > 0 && (toks[noun - 1].upos == CH_ADJ || toks[noun - 1].upos == CH_NOUN || toks[noun - 1].upos == CH_ADV))
        noun--;
    return noun;
}

/* By the order of the words alone, which a reader that loses itself in the names
 * leaves: "its ally China", "their Estonian allies", "Washington, Israel's main
 * ally,". Whose ally it is stands before it, who is one behind it, among its
 * attributes or before a comma. False when the words do not stand so. */
static bool
told_by_order(const ch_finding *f, ch_event *act)
{
    const ch_document *doc = f->doc;
    uint32_t noun = act->tok, at = first_attribute(f, noun), owner = CH_NONE, bearer = CH_NONE;
    if (at == 0)
        return false;
    const ch_token *before = &doc->toks[at - 1];
    if (before->upos == CH_PRON && (before->morph & CH_M_POSS) != 0)
        owner = doc->mention_of[at - 1];
    else if (before->upos == CH_PART && at > 1 && before->span.end - before->span.start <= 4 && before->rel == CH_CASE)
        owner = ch_finding_ending(f, at - 1);
    if (owner == CH_NONE)
        return false;
    for (uint32_t t = noun + 1; bearer == CH_NONE && t < doc->ntok && t < noun + 4; t++)
        if (doc->mention_of[t] != CH_NONE && doc->mentions[doc->mention_of[t]].first == noun + 1)
            bearer = doc->mention_of[t];
    for (uint32_t t = at; bearer == CH_NONE && t < noun; t++)
        if (doc->mention_of[t] != CH_NONE && doc->mentions[doc->mention_of[t]].country[0] != '\0')
            bearer = doc->mention_of[t];
    uint32_t first = doc->mentions[owner].first;
    if (bearer == CH_NONE && before->upos == CH_PART && first > 1 && is_comma(f, first - 1))
        bearer = ch_finding_ending(f, first - 1);
    if (bearer == CH_NONE || bearer == owner)
        return false;
    act->actors[0] = (ch_party){.mention = bearer, .tok = doc->mentions[bearer].head, .path = CH_NONE};
    act->recipients[0] = (ch_party){.mention = owner, .tok = doc->mentions[owner].head, .path = CH_NONE};
    act->nactor = act->nrecipient = 1;
    return true;
}

/* The noun with its attributes: "main military suppliers". */
static ch_span
attributed(const ch_finding *f, uint32_t noun)
{
    const ch_token *toks = f->doc->toks;
    uint32_t first = noun;
    while (first > 0 && toks[first - 1].head == noun && (toks[first - 1].rel == CH_AMOD || toks[first - 1].rel == CH_COMPOUND))
        first--;
    return (ch_span){toks[first].span.start, toks[noun].span.end};
}

static bool
same_code(const ch_document *doc, uint32_t a, uint32_t b)
{
    const ch_mention *x = &doc->mentions[a], *y = &doc->mentions[b];
    return a == b || (x->code[0] != '\0' && strcmp(x->code, y->code) == 0 && x->entity == y->entity);
}

/* The subject is not its own object. */
static void
drop_subjects(const ch_finding *f, ch_event *act)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < act->nrecipient; i++) {
        bool same = false;
        for (uint32_t k = 0; k < act->nactor; k++)
            same = same || same_code(f->doc, act->recipients[i].mention, act->actors[k].mention);
        if (!same)
            act->recipients[kept++] = act->recipients[i];
    }
    act->nrecipient = kept;
}

/* The chief of a state's army holds an office of the state. */
static void
turn_office(const ch_finding *f, ch_fact *fact, bool noun)
{
    static const char office[] = "holds-office";
    bool state = fact->act.nrecipient != 0 && f->doc->mentions[fact->act.recipients[0].mention].kind == CH_MENTION_COUNTRY;
    if (noun && state && strcmp(fact->means, "head-of") == 0)
        fact->means = office;
}

/* "President since 1993": a date behind a word of beginning that nothing but the
 * words of the relation parts from it. */
static void
find_since(const ch_finding *f, ch_fact *fact)
{
    const ch_document *doc = f->doc;
    ch_sentence sent = doc->sents[fact->act.sentence];
    uint32_t at = fact->act.tok + 1;
    while (at < sent.last && !ch_graph_in_set(f->graph, at, f->sets.since) && doc->toks[at].upos != CH_VERB && doc->toks[at].upos != CH_PUNCT)
        at++;
    for (uint32_t i = 0; i < doc->ntime; i++) {
        const ch_time *time = &doc->times[i];
        bool dated = time->start != CH_NO_DAY || time->end != CH_NO_DAY;
        bool behind = at < sent.last && ch_graph_in_set(f->graph, at, f->sets.since) && (time->first == at + 1 || time->first == at);
        /* "became president in May": the date hangs on the verb */
        uint32_t verb = doc->toks[fact->act.tok].rel == CH_XCOMP ? doc->toks[fact->act.tok].head : CH_NONE;
        bool of_verb = verb != CH_NONE && time->first >= sent.first && time->last <= sent.last && doc->toks[time->head].head == verb;
        if (dated && (behind || (of_verb && fact->act.time == CH_NONE)))
            fact->act.time = i;
    }
}

/* A noun that stands beside a name or as its title says what he is, whatever the
 * sentence makes of its verb: who is asked to resign is president still. */
static bool
stands_beside(const ch_finding *f, const ch_event *act)
{
    const ch_token *t = &f->doc->toks[act->tok];
    bool completes = t->rel == CH_XCOMP || t->rel == CH_OBL || t->rel == CH_OBJ;
    return f->graph->frames->triggers[act->trigger].pos == CH_TRIGGER_NOUN && ch_graph_child(f->graph, act->tok, CH_COP) == CH_NONE && !completes;
}

/* What somebody only wants or offers to be: "wants to join NATO". */
static bool
is_only_meant(const ch_finding *f, const ch_event *act)
{
    const ch_token *t = &f->doc->toks[act->tok];
    for (uint32_t i = 0; i < act->nreason; i++)
        if (act->reasons[i].status == CH_PLANNED && t->rel == CH_XCOMP && act->reasons[i].tok == t->head)
            return true;
    return false;
}

static void
keep_relation(ch_finding *f, bool beside)
{
    ch_finding_keep(f);
    ch_event *act = &f->all[f->count - 1].act;
    if (is_only_meant(f, act))
        f->count--;
    else if (beside) {
        act->status = CH_ASSERTED;
        act->nreason = 0;
    }
}

/* One record for each pair; a relation that needs no object has none. */
static void
keep_pairs(ch_finding *f, const ch_fact *shared)
{
    uint32_t objects = shared->act.nrecipient != 0 ? shared->act.nrecipient : 1;
    for (uint32_t s = 0; s < shared->act.nactor; s++)
        for (uint32_t o = 0; o < objects; o++) {
            ch_fact *fact = ch_finding_new(f, CH_FACT_RELATION, shared->act.sentence, shared->act.tok, shared->act.trigger);
            if (fact == NULL)
                return;
            *fact = *shared;
            fact->act.actors[0] = shared->act.actors[s];
            fact->act.recipients[0] = shared->act.recipients[o];
            fact->act.nactor = 1;
            fact->act.nrecipient = shared->act.nrecipient != 0;
            uint32_t count = f->count;
            keep_relation(f, stands_beside(f, &fact->act));
            if (f->count > count)
                find_since(f, &f->all[f->count - 1]);
        }
}

/* "A truce between Hamas and Israel": both are named in one slot. */
static void
part_between(ch_event *act, const char *means)
{
    bool mutual = strcmp(means, "ally-of") == 0 || strcmp(means, "party-to-conflict-with") == 0;
    bool together = act->actors[0].path != CH_NONE || mutual; /* "Serbia and Russia are allies" */
    if (act->nrecipient != 0 || act->nactor != 2 || !together || act->actors[0].path != act->actors[1].path)
        return;
    act->recipients[act->nrecipient++] = act->actors[1];
    act->nactor = 1;
}

/* Offices are told by nouns that stand as titles; those are found by their
 * holders. Left are "is the president of" and verbs. */
static bool
is_title(const ch_finding *f, const ch_fact *fact)
{
    const ch_token *t = &f->doc->toks[fact->act.tok];
    bool noun = f->graph->frames->triggers[fact->act.trigger].pos == CH_TRIGGER_NOUN;
    return noun && strcmp(fact->means, "holds-office") == 0 && ch_graph_child(f->graph, fact->act.tok, CH_COP) == CH_NONE && t->rel != CH_XCOMP;
}

/* The country that the sentence names first, "the first power". */
static uint32_t
first_country(const ch_finding *f, uint32_t sentence)
{
    const ch_sentence sent = f->doc->sents[sentence];
    for (uint32_t t = sent.first; t < sent.last; t++) {
        uint32_t m = f->doc->mention_of[t];
        if (m != CH_NONE && f->doc->mentions[m].country[0] != '\0' && f->doc->mentions[m].kind == CH_MENTION_COUNTRY)
            return m;
    }
    return CH_NONE;
}

/* "Nations with the right to veto, like France", "…, like the first power": who is
 * likened to those who have it has it too. */
static void
add_likewise(const ch_finding *f, ch_fact *fact)
{
    const ch_token *toks = f->doc->toks;
    uint32_t last = f->doc->sents[fact->act.sentence].last;
    for (uint32_t t = fact->act.tok + 1; t < last && fact->act.nactor != 0; t++) {
        if (!ch_set_has(f->graph->lexicon, f->sets.likewise, f->graph->preposition[t]) || toks[t].upos == CH_VERB)
            continue;
        if (is_somebody(f, t)) {
            add_all(f, &fact->act, t);
            continue;
        }
        bool first = false;
        CH_EACH_CHILD(f->graph, c, t)
            first = first || (toks[c].rel == CH_AMOD && ch_graph_in_set(f->graph, c, f->sets.first_named));
        uint32_t m = first && ch_graph_in_set(f->graph, t, f->sets.power) ? first_country(f, fact->act.sentence) : CH_NONE;
        if (m != CH_NONE && fact->act.nactor < CH_PARTIES_MAX)
            fact->act.actors[fact->act.nactor++] = (ch_party){.mention = m, .tok = f->doc->mentions[m].head, .path = CH_NONE};
    }
}

/* "Nations with the right to veto" are those that are called so; they have it
 * where votes are cast, and nowhere else. */
static void
find_veto(const ch_finding *f, ch_fact *fact)
{
    const ch_token *t = &f->doc->toks[fact->act.tok];
    uint32_t holder = t->rel == CH_NMOD ? f->doc->mention_of[t->head] : CH_NONE;
    bool by_kind = holder == CH_NONE || !ch_finding_is_known(f, holder) || f->doc->toks[t->head].upos == CH_NOUN; /* "members with a veto" */
    if (t->rel == CH_NMOD && by_kind) {
        ch_event called = fact->act;
        bearers(f, &called, t->head);
        if (called.nactor != 0)
            fact->act = called;
    }
    add_likewise(f, fact);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < fact->act.nrecipient; i++)
        if (ch_finding_is_body(f, fact->act.recipients[i].mention))
            fact->act.recipients[kept++] = fact->act.recipients[i];
    fact->act.nrecipient = kept;
    uint32_t body = kept == 0 ? ch_finding_body(f, fact->act.sentence) : CH_NONE;
    if (body != CH_NONE)
        fact->act.recipients[fact->act.nrecipient++] = (ch_party){.mention = body, .tok = f->doc->mentions[body].head, .path = CH_NONE};
}

/* Who presides over an organisation that is no part of a state heads it. */
static void
turn_head(const ch_finding *f, ch_fact *fact, uint32_t office)
{
    static const char head_of[] = "head-of";
    if (fact->act.nrecipient == 0 || strcmp(fact->means, "holds-office") != 0 || !ch_graph_in_set(f->graph, office, f->sets.head))
        return;
    const ch_mention *m = &f->doc->mentions[fact->act.recipients[0].mention];
    bool whole = ch_graph_set_words(f->graph, office, f->sets.head) > 1; /* "secretary general" */
    CH_EACH_CHILD(f->graph, c, office)
        if (f->doc->toks[c].rel == CH_COMPOUND && f->doc->toks[c].upos == CH_NOUN && !whole)
            return; /* "foreign policy chief" */
    bool state = m->country[0] != '\0' && (strcmp(m->sector, "GOV") == 0 || strcmp(m->sector, "MIL") == 0 || strcmp(m->sector, "LEG") == 0);
    if (m->kind == CH_MENTION_ORGANISATION && !state)
        fact->means = head_of;
}

static void
relate_at(ch_finding *f, uint32_t sentence, uint32_t tok, uint32_t trigger)
{
    ch_fact *fact = ch_finding_new(f, CH_FACT_RELATION, sentence, tok, trigger);
    if (fact == NULL)
        return;
    if (is_title(f, fact))
        return;
    const ch_frame *frame = &f->graph->frames->frames[fact->act.frame];
    bool noun = f->graph->frames->triggers[trigger].pos != CH_TRIGGER_VERB, known = true;
    bool said_of = noun && frame->actor.count == 0;
    if (said_of && !told_by_order(f, &fact->act)) {
        bearers(f, &fact->act, tok);
        objects(f, &fact->act, frame->recipient);
    } else if (!said_of)
        known = ch_find_parties(f->graph, &fact->act);
    if (strcmp(fact->means, "has-veto-in") == 0)
        find_veto(f, fact);
    ch_finding_drop_unknown(f, fact->act.actors, &fact->act.nactor);
    ch_finding_drop_unknown(f, fact->act.recipients, &fact->act.nrecipient);
    drop_subjects(f, &fact->act);
    part_between(&fact->act, fact->means);
    if (strcmp(fact->means, "holds-office") == 0 && fact->act.nactor != 0 &&
        f->doc->mentions[fact->act.actors[0].mention].kind != CH_MENTION_PERSON)
        return;
    bool needs = (frame->flags & CH_FRAME_NEED_RECIPIENT) != 0;
    known = known || fact->act.nrecipient != 0;
    if ((!known && !noun) || fact->act.nactor == 0 || (needs && fact->act.nrecipient == 0))
        return;
    if (noun)
        fact->topic = attributed(f, tok);
    turn_office(f, fact, noun);
    turn_head(f, fact, tok);
    ch_fact shared = *fact;
    keep_pairs(f, &shared);
}

/* ------------------------------------------------------------------- offices */

static bool
is_within(const ch_mention *inner, const ch_mention *outer)
{
    return inner->first >= outer->first && inner->last <= outer->last && inner->last - inner->first < outer->last - outer->first;
}

/* The state or body that the words of the mention name: "the *Israeli*
 * president". */
static void
add_state(const ch_finding *f, uint32_t index, ch_event *act)
{
    const ch_document *doc = f->doc;
    const ch_mention *m = &doc->mentions[index];
    for (uint32_t t = m->first; t < m->last; t++) {
        uint32_t other = doc->mention_of[t];
        if (other == CH_NONE || other == index)
            continue;
        const ch_mention *x = &doc->mentions[other];
        if (is_within(x, m) && x->kind != CH_MENTION_PERSON && x->code[0] != '\0') {
            act->recipients[act->nrecipient++] = (ch_party){.mention = other, .tok = t, .path = CH_NONE};
            return;
        }
    }
}

/* The office, or the other relation, that this very word tells of, whatever it hangs on: titles stand
 * as attributes of names. */
static uint32_t
title_trigger(const ch_finding *f, uint32_t tok, bool office)
{
    const ch_frames *frames = f->graph->frames;
    const ch_token *t = &f->doc->toks[tok];
    const uint32_t words[] = {t->lemma_word, t->form_word};
    for (size_t w = 0; w < 2; w++) {
        if (words[w] == 0 || words[w] + 1 >= frames->ntrigger_index)
            continue;
        for (uint32_t i = frames->trigger_index[words[w]]; i < frames->trigger_index[words[w] + 1]; i++) {
            const ch_trigger *trigger = &frames->triggers[frames->trigger_order[i]];
            const ch_frame *frame = &frames->frames[trigger->frame];
            if (trigger->nword == 1 && frame->type == CH_FACT_FIRST + CH_FACT_RELATION &&
                (strcmp(ch_lexicon_string(f->graph->lexicon, frame->mode), "holds-office") == 0) == office && trigger->ntest == 0)
                return frames->trigger_order[i];
        }
    }
    return CH_NONE;
}

/* Whether a name stands behind the office in the mention's words. */
static bool
is_named(const ch_finding *f, const ch_mention *m, uint32_t office)
{
    bool behind = false;
    for (uint32_t t = office + 1; t < m->last; t++) {
        const ch_token *token = &f->doc->toks[t];
        if (token->rel == CH_FLAT && token->upos == CH_PROPN)
            return true;
        /* "President of France", but "Secretary of State Antony Blinken" */
        behind = behind || token->rel == CH_CASE || token->upos == CH_ADP;
        if (!behind && token->upos == CH_PROPN && title_trigger(f, t, true) == CH_NONE)
            return true;
    }
    return false;
}

/* Words between an office and the name behind it. */
#define OFFICE_WORDS_MAX 8

/* By the order of the words alone: "the Secretary of State of the United States,
 * Antony Blinken,". *state is the country named between, or CH_NONE. */
static uint32_t
named_behind(const ch_finding *f, uint32_t index, uint32_t *state)
{
    const ch_document *doc = f->doc;
    const ch_mention *m = &doc->mentions[index];
    *state = CH_NONE;
    for (uint32_t t = m->last; t + 1 < doc->ntok && t < m->last + OFFICE_WORDS_MAX; t++) {
        const ch_token *token = &doc->toks[t];
        uint32_t within = doc->mention_of[t];
        if (is_comma(f, t)) {
            uint32_t named = doc->toks[t + 1].upos == CH_PROPN ? doc->mention_of[t + 1] : CH_NONE;
            return *state != CH_NONE && named != CH_NONE && doc->mentions[named].kind == CH_MENTION_PERSON && doc->mentions[named].head == t + 1 ? named : CH_NONE;
        }
        if (t == m->last ? f->graph->of == 0 || token->form_word != f->graph->of : token->upos == CH_VERB || token->upos == CH_PUNCT)
            return CH_NONE;
        if (within != CH_NONE && doc->mentions[within].kind == CH_MENTION_COUNTRY)
            *state = within;
    }
    return CH_NONE;
}

/* The person whom the office is said of beside its words: "the chancellor, Olaf
 * Scholz", "Olaf Scholz, the chancellor". */
static uint32_t
person_beside(const ch_finding *f, uint32_t index)
{
    const ch_document *doc = f->doc;
    const ch_mention *m = &doc->mentions[index];
    const ch_token *head = &doc->toks[m->head];
    if (head->rel == CH_APPOS && doc->mention_of[head->head] != CH_NONE)
        return doc->mention_of[head->head];
    CH_EACH_CHILD(f->graph, c, m->head)
        if (doc->toks[c].rel == CH_APPOS && doc->mention_of[c] != CH_NONE)
            return doc->mention_of[c];
    /* "defence minister Ali Abubakar", two subjects of one verb */
    for (uint32_t t = m->last; t < doc->ntok && t < m->last + 4; t++) {
        uint32_t next = doc->mention_of[t];
        uint32_t at = is_comma(f, m->last) ? m->last + 1 : m->last;
        if (next != CH_NONE && doc->mentions[next].first == at && doc->mentions[next].kind == CH_MENTION_PERSON && doc->mentions[next].via == index)
            return next;
    }
    for (uint32_t t = m->first; t < m->last; t++)
        if (doc->toks[t].upos == CH_PRON && (doc->toks[t].morph & CH_M_POSS) != 0)
            return CH_NONE; /* "his counterpart" is another */
    return m->via != CH_NONE && doc->mentions[m->via].head + 8 > m->head && m->head + 8 > doc->mentions[m->via].head ? m->via : CH_NONE;
}

static bool
is_part_of_person(const ch_finding *f, uint32_t index)
{
    const ch_document *doc = f->doc;
    const ch_mention *m = &doc->mentions[index];
    for (uint32_t i = index + 1; i < doc->nmention && doc->mentions[i].head < m->last + 8; i++)
        if (doc->mentions[i].kind == CH_MENTION_PERSON && is_within(m, &doc->mentions[i]))
            return true;
    for (uint32_t i = index; i-- > 0 && doc->mentions[i].head + 8 > m->first;)
        if (doc->mentions[i].kind == CH_MENTION_PERSON && is_within(m, &doc->mentions[i]))
            return true;
    return false;
}

static bool
is_stated(const ch_finding *f, uint32_t mention, uint32_t tok, uint32_t first)
{
    for (uint32_t i = first; i < f->count; i++) {
        const ch_fact *old = &f->all[i];
        if (old->kind == CH_FACT_RELATION && (old->act.tok == tok || old->act.actors[0].mention == mention) &&
            strcmp(old->means, "holds-office") == 0)
            return true;
    }
    return false;
}

static void
hold_office(ch_finding *f, uint32_t sentence, uint32_t index, uint32_t before)
{
    const ch_document *doc = f->doc;
    const ch_mention *m = &doc->mentions[index];
    uint32_t office = CH_NONE, trigger = CH_NONE;
    for (uint32_t t = m->first; t < m->last && trigger == CH_NONE; t++) {
        office = t;
        trigger = doc->toks[t].rel != CH_AMOD ? title_trigger(f, t, true) : CH_NONE; /* "chief financial officer" */
    }
    if (trigger == CH_NONE)
        return;
    uint32_t state, behind = named_behind(f, index, &state);
    uint32_t who = behind != CH_NONE ? behind : is_named(f, m, office) ? index : person_beside(f, index);
    if (who == CH_NONE || doc->mentions[who].kind != CH_MENTION_PERSON || is_stated(f, who, office, before))
        return;
    ch_fact *fact = ch_finding_new(f, CH_FACT_RELATION, sentence, office, trigger);
    if (fact == NULL)
        return;
    uint32_t first = office, last = office + 1;
    while (last + 1 < m->last && ch_str_is(ch_span_text(doc, doc->toks[last].span), "-"))
        last += 2; /* "Secretary-General" */
    while (first > m->first && (doc->toks[first - 1].upos == CH_ADJ || doc->toks[first - 1].upos == CH_NOUN || doc->toks[first - 1].upos == CH_PROPN))
        first--;
    if (who != index && m->last > last)
        last = m->last; /* "Secretary of State of the United States" */
    fact->act.actors[fact->act.nactor++] = (ch_party){.mention = who, .tok = doc->mentions[who].head, .path = CH_NONE};
    fact->topic = (ch_span){doc->toks[first].span.start, doc->toks[last - 1].span.end};
    add_state(f, index, &fact->act);
    if (fact->act.nrecipient == 0 && state != CH_NONE)
        fact->act.recipients[fact->act.nrecipient++] = (ch_party){.mention = state, .tok = doc->mentions[state].head, .path = CH_NONE};
    CH_EACH_CHILD(f->graph, c, m->head)
        if (fact->act.nrecipient == 0 && doc->toks[c].rel == CH_NMOD && doc->toks[c].sub == CH_SUB_POSS && is_somebody(f, c))
            fact->act.recipients[fact->act.nrecipient++] = (ch_party){.mention = doc->mention_of[c], .tok = c, .path = CH_NONE};
    turn_head(f, fact, office);
    uint32_t count = f->count;
    keep_relation(f, true);
    if (f->count > count)
        find_since(f, &f->all[f->count - 1]);
}

/* "French President Emmanuel Macron": who is named with his office holds it. */
static void
find_offices(ch_finding *f, uint32_t sentence)
{
    ch_sentence sent = f->doc->sents[sentence];
    uint32_t before = f->count;
    for (uint32_t t = sent.first; t < sent.last; t++) {
        uint32_t index = f->doc->mention_of[t];
        uint32_t state;
        if (index == CH_NONE || is_part_of_person(f, index))
            continue;
        ch_mention_kind kind = f->doc->mentions[index].kind;
        if (kind == CH_MENTION_PERSON || (kind == CH_MENTION_AGENT && named_behind(f, index, &state) != CH_NONE))
            hold_office(f, sentence, index, before);
    }
}

/* Whether `b` tells all that `a` tells: the same of the same, or of somebody
 * where `a` names none. */
static bool
is_covered(const ch_finding *f, const ch_fact *a, const ch_fact *b)
{
    if (strcmp(a->means, b->means) != 0 || !same_code(f->doc, a->act.actors[0].mention, b->act.actors[0].mention))
        return false;
    if (a->act.nrecipient == 0)
        return a->act.actors[0].mention == b->act.actors[0].mention;
    return b->act.nrecipient != 0 && same_code(f->doc, a->act.recipients[0].mention, b->act.recipients[0].mention);
}

/* "Waged war against": one relation told with two words. */
static void
drop_covered(ch_finding *f, uint32_t first)
{
    uint32_t kept = first;
    for (uint32_t i = first; i < f->count; i++) {
        bool covered = false;
        for (uint32_t k = first; k < f->count && !covered; k++)
            covered = k != i && is_covered(f, &f->all[i], &f->all[k]) && (k < i || !is_covered(f, &f->all[k], &f->all[i]));
        if (!covered)
            f->all[kept++] = f->all[i];
    }
    f->count = kept;
}

void
ch_find_relations(ch_finding *f, uint32_t sentence)
{
    uint32_t first = f->count;
    for (uint32_t t = f->doc->sents[sentence].first; t < f->doc->sents[sentence].last; t++) {
        const ch_token *token = &f->doc->toks[t];
        bool title = token->rel == CH_COMPOUND && token->upos == CH_NOUN && f->doc->mention_of[token->head] != CH_NONE;
        uint32_t trigger = title ? title_trigger(f, t, false) : ch_finding_trigger(f, t, CH_FACT_RELATION);
        if (trigger != CH_NONE)
            relate_at(f, sentence, t, trigger);
    }
    find_offices(f, sentence);
    drop_covered(f, first);
}
