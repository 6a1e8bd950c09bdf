/* Positions: who takes one, for or against what, in whose words. */
#include "event/finding.h"
#include "event/roles.h"

#include <string.h>

static bool
has_tag(const ch_token *t, const char *tag)
{
    return t->xpos != NULL && strcmp(t->xpos, tag) == 0;
}

static bool
is_finite(const ch_token *t)
{
    return has_tag(t, "VBD") || has_tag(t, "VBZ") || has_tag(t, "VBP");
}

/* A speaker is described in at most this many words up to his head. */
#define SPEAKER_WORDS_MAX 12

/* The mention that begins right behind the word of speaking, or ends right
 * before it: "said the minister", where the graph has lost its subject. */
static uint32_t
speaker_beside(const ch_finding *f, uint32_t tok)
{
    const ch_document *doc = f->doc;
    uint32_t first = tok > SPEAKER_WORDS_MAX ? tok - SPEAKER_WORDS_MAX : 0;
    uint32_t last = doc->ntok - tok > SPEAKER_WORDS_MAX ? tok + SPEAKER_WORDS_MAX : doc->ntok;
    uint32_t best = CH_NONE;
    if (!is_finite(&doc->toks[tok]) && !has_tag(&doc->toks[tok], "VBN") && !has_tag(&doc->toks[tok], "VBG"))
        return CH_NONE; /* "happy to say our doctors are there" */
    for (uint32_t t = first; t < last; t++) {
        uint32_t m = ch_finding_party(f, t);
        if (m == CH_NONE)
            continue;
        const ch_mention *x = &doc->mentions[m];
        bool beside = (x->first == tok + 1 || x->last == tok) && x->human && x->kind != CH_MENTION_PLACE && f->quoted[t] == f->quoted[tok];
        if (beside && (best == CH_NONE || (x->last > tok) == (doc->mentions[best].last > tok)) &&
            (best == CH_NONE || x->last - x->first > doc->mentions[best].last - doc->mentions[best].first))
            best = m; /* "the *Armenian prime minister*", not "Armenian" */
    }
    return best;
}

/* Whether a quotation ends right before `tok`. */
static bool
closes_quotation(const ch_finding *f, uint32_t tok)
{
    return tok > 0 && f->quoted[tok] == 0 && f->quoted[tok - 1] != 0;
}

/* '…," the premier repeated', '…," promised the premier': right behind a
 * quotation the order of the words says who speaks, whatever the reader made of
 * them. CH_NONE when the word stands elsewhere. */
static uint32_t
speaker_behind_quote(const ch_finding *f, uint32_t tok)
{
    const ch_token *toks = f->doc->toks;
    uint32_t at = tok;
    while (at > 0 && at + SPEAKER_WORDS_MAX > tok && toks[at - 1].upos != CH_VERB && toks[at - 1].upos != CH_AUX && toks[at - 1].upos != CH_PUNCT)
        at--;
    return at > 0 && f->quoted[tok] == 0 && closes_quotation(f, at - 1) ? speaker_beside(f, tok) : CH_NONE;
}

static bool
follows_comma(const ch_finding *f, uint32_t tok)
{
    return tok != 0 && ch_str_is(ch_span_text(f->doc, f->doc->toks[tok - 1].span), ",");
}

/* The subject of the nearest verb above that has one: in "asked Beijing to stop
 * sending them, saying they faced torture" and "Malaysia, worried by the
 * clashes, called for calm" whoever asks says, and whoever is worried calls. */
static uint32_t
subject_above(const ch_finding *f, uint32_t tok)
{
    const ch_token *toks = f->doc->toks;
    for (uint32_t up = toks[tok].head; up != CH_NONE; up = toks[up].head) {
        uint32_t subject = ch_graph_child(f->graph, up, CH_NSUBJ);
        if (subject != CH_NONE && subject < tok)
            return ch_finding_party(f, subject);
        if (subject != CH_NONE || (toks[up].rel != CH_XCOMP && toks[up].rel != CH_ADVCL && toks[up].rel != CH_CONJ))
            return CH_NONE;
    }
    return CH_NONE;
}

/* "The opposition called on": where the noun would be all that there is, the
 * word behind it that the reader took for its participle is its verb. */
static bool
is_hung_on_its_subject(const ch_finding *f, uint32_t tok)
{
    const ch_token *t = &f->doc->toks[tok];
    return t->rel == CH_ACL && t->head + 1 == tok && (is_finite(t) || f->doc->toks[t->head].head == CH_NONE) && !has_tag(t, "VBG");
}

/* "…," complained the head of the village: the noun right behind the verb, of a
 * speaker whom nobody knows. */
static uint32_t
unknown_behind(ch_finding *f, uint32_t tok)
{
    const ch_token *toks = f->doc->toks;
    if (tok == 0 || !closes_quotation(f, tok - 1))
        return CH_NONE;
    for (uint32_t t = tok + 1; t < f->doc->ntok && t < tok + SPEAKER_WORDS_MAX && toks[t].upos != CH_VERB && toks[t].upos != CH_ADP; t++)
        if (toks[t].upos == CH_NOUN && toks[t].rel != CH_COMPOUND)
            return ch_finding_speaker(f, t);
    return CH_NONE;
}

/* The holder where the graph gives the verb no subject: who is named beside it,
 * the noun that the reader hung it on ("the opposition called on"), the object
 * behind a quotation ("…," complained the mayor), the subject of what is above. */
static uint32_t
other_holder(ch_finding *f, uint32_t tok)
{
    const ch_token *t = &f->doc->toks[tok];
    uint32_t m = unknown_behind(f, tok);
    if (m == CH_NONE)
        m = speaker_beside(f, tok);
    if (m == CH_NONE && is_hung_on_its_subject(f, tok))
        m = ch_finding_party(f, t->head);
    uint32_t object = ch_graph_child(f->graph, tok, CH_OBJ);
    if (m == CH_NONE && object != CH_NONE && object > tok && tok != 0 && f->doc->toks[tok - 1].upos == CH_PUNCT && has_tag(t, "VBD")) {
        m = ch_finding_party(f, object);
        if (m != CH_NONE && !f->doc->mentions[m].human)
            m = CH_NONE;
    }
    if (m == CH_NONE && t->rel == CH_ADVCL && follows_comma(f, tok) && is_finite(t))
        m = subject_above(f, tok);
    return m;
}

/* "Quoted the president as saying": the object of the verb above. */
static uint32_t
reported(const ch_finding *f, uint32_t tok)
{
    const ch_token *t = &f->doc->toks[tok];
    uint32_t object = t->head != CH_NONE ? ch_graph_child(f->graph, t->head, CH_OBJ) : CH_NONE;
    bool as = has_tag(t, "VBG") && ch_set_has(f->graph->lexicon, f->sets.form, f->graph->preposition[tok]);
    return as && object != CH_NONE && object < tok ? ch_finding_party(f, object) : CH_NONE;
}

/* Who is named in words that are quoted says nothing outside of them. */
static bool
is_quoted_apart(const ch_finding *f, uint32_t tok, uint32_t mention)
{
    uint32_t head = f->doc->mentions[mention].head;
    return f->quoted[head] != 0 && f->quoted[tok] != f->quoted[head];
}

/* The first person, or else whoever can speak, that the sentence names before the
 * verb outside of quotations. */
static uint32_t
first_outside(const ch_finding *f, uint32_t sentence, uint32_t tok)
{
    uint32_t best = CH_NONE;
    for (uint32_t t = f->doc->sents[sentence].first; t < tok; t++) {
        uint32_t m = ch_finding_party(f, t);
        if (m == CH_NONE || f->quoted[t] != 0 || !f->doc->mentions[m].human || f->doc->mentions[m].kind == CH_MENTION_PLACE)
            continue;
        if (f->doc->mentions[m].kind == CH_MENTION_PERSON)
            return m;
        best = best == CH_NONE ? m : best;
    }
    return best;
}

static void
drop_quoted(const ch_finding *f, ch_event *act)
{
    uint32_t kept = 0, all = act->nactor;
    for (uint32_t i = 0; i < all; i++)
        if (!is_quoted_apart(f, act->tok, act->actors[i].mention))
            act->actors[kept++] = act->actors[i];
    act->nactor = kept;
    if (kept != 0 || all == 0)
        return;
    uint32_t m = first_outside(f, act->sentence, act->tok);
    if (m != CH_NONE)
        act->actors[act->nactor++] = (ch_party){.mention = m, .tok = f->doc->mentions[m].head, .path = CH_NONE};
}

/* Whether the later party is listed with the one before: "Egypt and Jordan", "the
 * Spanish and Portuguese governments". */
static bool
is_listed(const ch_finding *f, const ch_party *before, const ch_party *later)
{
    const ch_token *toks = f->doc->toks;
    if (before->tok == later->tok)
        return true;
    for (uint32_t t = later->tok; t != CH_NONE && toks[t].rel == CH_CONJ; t = toks[t].head)
        if (toks[t].head == before->tok)
            return true;
    for (uint32_t t = before->tok; t < later->tok; t++)
        if (toks[t].upos == CH_CCONJ)
            return true;
    return false;
}

/* Two subjects that nothing lists are one, told by office and by name: "the UN
 * coordinator, Eugene Owusu, described". The nearest to the verb is kept. */
static void
drop_beside(const ch_finding *f, ch_event *act)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < act->nactor; i++) {
        bool other_kind = i + 1 < act->nactor && f->doc->mentions[act->actors[i].mention].kind != f->doc->mentions[act->actors[i + 1].mention].kind;
        bool apart = other_kind && act->actors[i].tok < act->actors[i + 1].tok && act->actors[i + 1].tok < act->tok &&
                     !is_listed(f, &act->actors[i], &act->actors[i + 1]);
        if (!apart)
            act->actors[kept++] = act->actors[i];
    }
    act->nactor = kept;
}

/* Who takes the position, by the words around the verb where these tell it
 * better than the graph; CH_NONE where the graph has to do. */
static uint32_t
holder_by_order(ch_finding *f, const ch_event *act)
{
    const ch_token *t = &f->doc->toks[act->tok];
    uint32_t m = CH_NONE, subject = ch_graph_child(f->graph, act->tok, CH_NSUBJ);
    if (t->rel == CH_ADVCL && has_tag(t, "VBG") && follows_comma(f, act->tok) && subject == CH_NONE)
        m = subject_above(f, act->tok);
    uint32_t quoted = reported(f, act->tok); /* "quoted the president as saying" */
    if (quoted != CH_NONE)
        m = quoted;
    if (m == CH_NONE && subject != CH_NONE && f->quoted[subject] == f->quoted[act->tok])
        m = ch_finding_speaker(f, subject);
    if (m == CH_NONE)
        m = speaker_behind_quote(f, act->tok);
    bool active = subject != CH_NONE && f->doc->toks[subject].sub != CH_SUB_PASS && f->doc->toks[subject].upos != CH_PRON;
    if (m == CH_NONE && act->nactor == 0 && active)
        m = ch_finding_party(f, subject);
    return m;
}

/* "A spokesman for the army, Major Carlos Tembe, said": the name tells more than
 * the office that it stands behind. */
static void
take_name(const ch_finding *f, ch_party *holder)
{
    const ch_document *doc = f->doc;
    const ch_mention *m = &doc->mentions[holder->mention];
    CH_EACH_CHILD(f->graph, c, m->head) {
        uint32_t named = doc->toks[c].rel == CH_APPOS && c >= m->last ? doc->mention_of[c] : CH_NONE;
        if (named != CH_NONE && doc->mentions[named].kind == CH_MENTION_PERSON && doc->mentions[named].via == holder->mention &&
            doc->toks[c].upos == CH_PROPN) {
            *holder = (ch_party){.mention = named, .tok = c, .path = holder->path};
            return;
        }
    }
}

static void
find_holder(ch_finding *f, ch_event *act)
{
    if (f->graph->frames->triggers[act->trigger].pos != CH_TRIGGER_VERB)
        return;
    uint32_t m = holder_by_order(f, act);
    if (m == CH_NONE && act->nactor == 0) {
        /* a passive or a clause with a subject of its own has said who it is */
        if ((ch_graph_is_passive(f->graph, act->tok) && !is_hung_on_its_subject(f, act->tok)) || ch_graph_child(f->graph, act->tok, CH_NSUBJ) != CH_NONE)
            return;
        m = other_holder(f, act->tok);
    }
    if (m != CH_NONE) {
        act->nactor = 0;
        act->actors[act->nactor++] = (ch_party){.mention = m, .tok = f->doc->mentions[m].head, .path = CH_NONE};
    }
    drop_quoted(f, act);
    drop_beside(f, act);
    for (uint32_t i = 0; i < act->nactor; i++)
        take_name(f, &act->actors[i]);
}

/* To a medium one speaks; one takes no position towards it by that. */
static void
drop_hearers(const ch_finding *f, ch_fact *fact)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < fact->act.nrecipient; i++)
        if (strcmp(fact->means, "claims") != 0 || strcmp(f->doc->mentions[fact->act.recipients[i].mention].sector, "MED") != 0)
            fact->act.recipients[kept++] = fact->act.recipients[i];
    fact->act.nrecipient = kept;
}

/* The words of `tok` without those of `own`, where these stand at one end
 * of them or between: "[the talks], he said, [will go on]" keeps the longer part. */
static ch_span
without_words(const ch_finding *f, uint32_t tok, ch_span own)
{
    ch_span span = ch_finding_phrase(f, tok);
    if (own.end <= span.start || own.start >= span.end)
        return span;
    if (own.start <= span.start && own.end >= span.end)
        return (ch_span){0, 0};
    ch_span before = {span.start, own.start}, behind = {own.end, span.end};
    ch_span best = own.start > span.start && (own.end >= span.end || before.end - before.start >= behind.end - behind.start) ? before : behind;
    const char *text = f->doc->text;
    while (best.start < best.end && strchr(" \t\r\n,;", text[best.start]) != NULL)
        best.start++;
    while (best.end > best.start && strchr(" \t\r\n,;", text[best.end - 1]) != NULL)
        best.end--;
    return best;
}

static ch_span
without_trigger(const ch_finding *f, uint32_t tok, uint32_t trigger)
{
    return without_words(f, tok, ch_finding_phrase(f, trigger));
}

/* The first filler of the first path that has one. Who is spoken to or of is
 * the topic only where there is nothing else (`people`): "criticised Russia";
 * the mention `not` never is. */
static uint32_t
filler_of(const ch_finding *f, uint32_t tok, ch_range paths, uint32_t not, bool people)
{
    for (uint32_t i = paths.first; i < paths.first + paths.count; i++) {
        ch_fillers fillers = {.count = 0};
        ch_graph_path(f->graph, tok, &f->graph->frames->paths[i], &fillers);
        for (uint32_t k = 0; k < fillers.count; k++) {
            uint32_t m = f->doc->mention_of[fillers.tok[k]];
            bool somebody = m != CH_NONE && f->doc->mentions[m].kind != CH_MENTION_OTHER && f->doc->mentions[m].human;
            if (fillers.tok[k] != tok && m != not && (people || !somebody))
                return fillers.tok[k];
        }
    }
    return CH_NONE;
}

/* A clause that the parser hung beside: "has advocated for months to stop",
 * "told reporters that it would reopen". */
static uint32_t
loose_clause(const ch_finding *f, uint32_t tok)
{
    const ch_token *toks = f->doc->toks;
    CH_EACH_CHILD(f->graph, c, tok) {
        if ((toks[c].rel == CH_ADVCL || toks[c].rel == CH_XCOMP) && (toks[c].morph & CH_M_INF) != 0 && c > tok)
            return c;
        if (toks[c].rel == CH_ADVCL && has_tag(&toks[c], "VBG") && c > tok && c <= tok + 2 && ch_graph_child(f->graph, c, CH_MARK) == CH_NONE)
            return c; /* "ruled out sending" */
        if (toks[c].rel != CH_OBJ && toks[c].rel != CH_IOBJ)
            continue;
        CH_EACH_CHILD(f->graph, clause, c)
            if (toks[clause].rel == CH_ACL && ch_graph_child(f->graph, clause, CH_MARK) != CH_NONE)
                return clause;
    }
    return CH_NONE;
}

/* The part of a topic that it denies: "a permanent and *not provisional*
 * ceasefire", "a truce, *not a pause*". CH_NONE when it denies none. */
static uint32_t
denied_part(const ch_finding *f, uint32_t topic)
{
    const ch_token *toks = f->doc->toks;
    for (uint32_t t = f->left[topic]; t <= f->right[topic]; t++) {
        if (t == topic || (toks[t].upos != CH_ADJ && toks[t].upos != CH_NOUN && toks[t].upos != CH_NUM && toks[t].upos != CH_PRON))
            continue;
        CH_EACH_CHILD(f->graph, c, t)
            if (c < t && ch_graph_in_set(f->graph, c, f->graph->sets.negator) && toks[c].rel != CH_NSUBJ)
                return t;
    }
    return CH_NONE;
}

/* The words of the denied part, without those that deny it: an attribute with the
 * noun that it stands before. */
static ch_span
denied_words(const ch_finding *f, uint32_t topic, uint32_t part)
{
    const ch_token *toks = f->doc->toks;
    if (toks[part].upos == CH_ADJ && part < topic)
        return (ch_span){toks[part].span.start, toks[topic].span.end};
    uint32_t first = f->left[part];
    while (first < part && (toks[first].upos == CH_PUNCT || toks[first].upos == CH_CCONJ || ch_graph_in_set(f->graph, first, f->graph->sets.negator)))
        first++;
    return (ch_span){toks[first].span.start, toks[f->right[part]].span.end};
}

/* What the position of the clause above is about, of which "as the UN has
 * warned" says the same; CH_NONE when that clause takes none. */
static uint32_t
topic_above(ch_finding *f, uint32_t tok)
{
    uint32_t up = f->doc->toks[tok].head, trigger = ch_finding_trigger(f, up, CH_FACT_STATEMENT);
    if (f->doc->toks[tok].rel != CH_ADVCL || ch_graph_child(f->graph, tok, CH_MARK) == CH_NONE || trigger == CH_NONE)
        return CH_NONE;
    const ch_frames *frames = f->graph->frames;
    return filler_of(f, up, frames->frames[frames->triggers[trigger].frame].content, CH_NONE - 1, true);
}

static void
find_topic(ch_finding *f, ch_fact *fact)
{
    const ch_token *toks = f->doc->toks;
    uint32_t tok = fact->act.tok;
    ch_range content = f->graph->frames->frames[fact->act.frame].content;
    uint32_t holder = fact->act.nactor != 0 ? fact->act.actors[0].mention : CH_NONE - 1;
    uint32_t clause_of_hearer = strcmp(fact->means, "demands") == 0 ? loose_clause(f, tok) : CH_NONE;
    fact->topic_tok = filler_of(f, tok, content, holder, false);
    /* "Oslo called it a threat, and its envoy said the ship had left" */
    CH_EACH_CHILD(f->graph, c, tok)
        if (toks[c].rel == CH_CCOMP && c > tok && fact->topic_tok != CH_NONE && fact->topic_tok < tok)
            fact->topic_tok = c;
    /* "called on its neighbours to send troops" */
    if (fact->topic_tok == CH_NONE || (clause_of_hearer != CH_NONE && fact->topic_tok < clause_of_hearer && toks[fact->topic_tok].upos != CH_VERB &&
                                       f->doc->mention_of[fact->topic_tok] != CH_NONE))
        fact->topic_tok = clause_of_hearer != CH_NONE ? clause_of_hearer : loose_clause(f, tok);
    if (fact->topic_tok == CH_NONE)
        fact->topic_tok = filler_of(f, tok, content, holder, true);
    bool clause = toks[tok].rel == CH_PARATAXIS || toks[tok].rel == CH_ADVCL; /* ", he said"; ", as the UN has warned" */
    bool beside = fact->topic_tok == CH_NONE && clause && toks[tok].head != CH_NONE;
    uint32_t above = beside ? topic_above(f, tok) : CH_NONE;
    if (above != CH_NONE) {
        fact->topic_tok = above;
        beside = false;
    } else if (beside)
        fact->topic_tok = toks[tok].head;
    uint32_t denied = above != CH_NONE ? denied_part(f, above) : CH_NONE;
    if (denied != CH_NONE && denied < tok) {
        /* "insists on a permanent and not provisional ceasefire, as others support" */
        fact->topic_tok = denied;
        fact->topic = denied_words(f, above, denied);
        return;
    }
    if (fact->topic_tok != CH_NONE)
        fact->topic = beside ? without_trigger(f, fact->topic_tok, tok) : ch_finding_phrase(f, fact->topic_tok);
    uint32_t object = ch_graph_child(f->graph, tok, CH_OBJ);
    bool whole = fact->topic_tok != CH_NONE && toks[fact->topic_tok].rel == CH_XCOMP && has_tag(&toks[fact->topic_tok], "VBN");
    if (whole && object != CH_NONE && object > tok && object < fact->topic_tok) /* "wants the sanctions lifted" */
        fact->topic.start = ch_finding_phrase(f, object).start;
    ch_span own = toks[tok].span;
    if (!beside && fact->topic.start <= own.start && own.end <= fact->topic.end)
        fact->topic = without_trigger(f, fact->topic_tok, tok);
    if (fact->topic.start == fact->topic.end)
        fact->topic_tok = CH_NONE;
}

static void
add_other(const ch_finding *f, ch_fact *fact, uint32_t tok)
{
    uint32_t m = ch_finding_party(f, tok);
    if (m != CH_NONE && fact->nother < CH_OTHERS_MAX)
        fact->others[fact->nother++] = (ch_party){.mention = m, .tok = tok, .path = CH_NONE};
}

/* "France, unlike the US Government, calls for": a phrase under the verb or the
 * holder that sets somebody against him. */
static void
find_others(const ch_finding *f, ch_fact *fact)
{
    uint32_t under[2] = {fact->act.tok, fact->act.nactor != 0 ? fact->act.actors[0].tok : CH_NONE};
    for (size_t i = 0; i < 2 && under[i] != CH_NONE; i++)
        CH_EACH_CHILD(f->graph, c, under[i])
            if (ch_set_has(f->graph->lexicon, f->sets.contrast, f->graph->preposition[c]))
                add_other(f, fact, c);
}

/* Who does not support, want or stand ready opposes; other positions are denied
 * as they stand. */
static void
turn_negated(ch_fact *fact)
{
    static const char supports[] = "supports", opposes[] = "opposes";
    if (fact->act.status != CH_NEGATED)
        return;
    if (strcmp(fact->means, supports) == 0 || strcmp(fact->means, "demands") == 0 || strcmp(fact->means, "offers") == 0)
        fact->means = opposes;
    else if (strcmp(fact->means, opposes) == 0)
        fact->means = supports;
    else
        return;
    fact->act.status = CH_ASSERTED;
}

static bool
quotes_words(const ch_finding *f, uint32_t sentence)
{
    for (uint32_t t = f->doc->sents[sentence].first; t < f->doc->sents[sentence].last; t++)
        if (f->quoted[t] != 0)
            return true;
    return false;
}

/* A noun tells of a position only where somebody holds it and it is about
 * something: "its support for Kyiv", not "the support". */
static bool
is_held(const ch_finding *f, const ch_fact *fact)
{
    if (fact->act.nactor == 0)
        return false;
    if (f->graph->frames->triggers[fact->act.trigger].pos != CH_TRIGGER_NOUN)
        return true;
    if (fact->topic_tok == CH_NONE && strcmp(fact->means, "claims") == 0) /* "in the words of the minister, “…”" */
        return quotes_words(f, fact->act.sentence);
    return fact->topic_tok != CH_NONE && ch_finding_is_known(f, fact->act.actors[0].mention);
}

/* "Told the mission to leave": who tells another what to do demands it. */
static void
turn_told(const ch_finding *f, ch_fact *fact)
{
    static const char demands[] = "demands";
    const ch_token *toks = f->doc->toks;
    uint32_t tok = fact->act.tok, hearer = ch_graph_child(f->graph, tok, CH_OBJ);
    if (hearer == CH_NONE)
        hearer = ch_graph_child(f->graph, tok, CH_IOBJ);
    if (fact->topic_tok != CH_NONE && f->quoted[fact->topic_tok] != f->quoted[tok])
        return;
    if (strcmp(fact->means, "claims") != 0 || hearer == CH_NONE || hearer < tok || fact->topic_tok == CH_NONE || fact->topic_tok < hearer)
        return;
    bool infinitive = (toks[fact->topic_tok].morph & CH_M_INF) != 0 && toks[fact->topic_tok].upos == CH_VERB;
    if (infinitive && ch_graph_child(f->graph, fact->topic_tok, CH_NSUBJ) == CH_NONE && toks[fact->topic_tok].head == tok)
        fact->means = demands;
}

/* What somebody is called by the verb, behind whom: "called the vote *a sham*";
 * CH_NONE when the verb only calls for or up. */
static uint32_t
name_given(const ch_finding *f, uint32_t tok)
{
    const ch_token *toks = f->doc->toks;
    uint32_t object = ch_graph_child(f->graph, tok, CH_OBJ);
    CH_EACH_CHILD(f->graph, c, tok) {
        bool beside = toks[c].rel == CH_XCOMP || toks[c].rel == CH_OBJ || (toks[c].rel == CH_OBL && f->graph->preposition[c] == 0 && !ch_match_class(f->graph, c, CH_CLASS_DATE));
        if (object != CH_NONE && c > object && beside)
            return c;
    }
    if (object != CH_NONE)
        CH_EACH_CHILD(f->graph, c, object)
            if (c > object && toks[c].rel == CH_NMOD && f->graph->preposition[c] == 0 && toks[c].upos == CH_NOUN)
                return c;
    CH_EACH_CHILD(f->graph, c, tok)
        if (c > tok && toks[c].rel == CH_XCOMP)
            return c;
    return CH_NONE;
}

/* "The confirmed death": a participle before its noun is no saying. */
static bool
is_attribute(const ch_finding *f, uint32_t tok)
{
    const ch_token *t = &f->doc->toks[tok];
    return t->rel == CH_AMOD && t->upos == CH_VERB && t->head > tok && (tok == 0 || f->doc->toks[tok - 1].upos != CH_CCONJ);
}

static bool
same_mention(const ch_document *doc, uint32_t a, uint32_t b)
{
    const ch_mention *x = &doc->mentions[a], *y = &doc->mentions[b];
    bool same_code = x->code[0] != '\0' && strcmp(x->code, y->code) == 0;
    return a == b || x->via == b || y->via == a || (x->via != CH_NONE && x->via == y->via) ||
           (same_code && ((x->entity != NULL && x->entity == y->entity) || doc->toks[x->head].upos == CH_PRON || doc->toks[y->head].upos == CH_PRON));
}

/* Who says himself what his position is, is no source of it beside himself. */
static void
drop_own_sources(const ch_finding *f, ch_fact *fact)
{
    uint32_t kept = 0;
    ch_event *act = &fact->act;
    for (uint32_t i = 0; i < act->nsource; i++)
        if (act->sources[i].mention == CH_NONE || !same_mention(f->doc, act->sources[i].mention, act->actors[0].mention))
            act->sources[kept++] = act->sources[i];
    act->nsource = kept;
}

/* A position that another asks for, a saying that did not take place, the word
 * of a paper that carries what others say. */
static bool
is_no_position(const ch_finding *f, const ch_fact *fact)
{
    bool claims = strcmp(fact->means, "claims") == 0;
    if (claims && (fact->act.status == CH_NEGATED || ch_finding_is_medium(f, fact->act.actors[0].mention)))
        return true;
    uint32_t last = f->doc->sents[fact->act.sentence].last - 1;
    if (!claims && fact->act.status == CH_HYPOTHETICAL && ch_str_is(ch_span_text(f->doc, f->doc->toks[last].span), "?"))
        return true;
    for (uint32_t i = 0; i < fact->act.nreason && fact->act.status == CH_HYPOTHETICAL; i++)
        if (fact->act.reasons[i].status == CH_HYPOTHETICAL && fact->act.reasons[i].tok != fact->act.tok)
            return true;
    return false;
}

/* "Blocked the road to demand reforms": to do so is to demand them. */
static void
turn_purpose(const ch_finding *f, ch_fact *fact)
{
    const ch_token *t = &f->doc->toks[fact->act.tok];
    bool purpose = t->rel == CH_ADVCL && (t->morph & CH_M_INF) != 0;
    if (purpose && fact->act.status == CH_PLANNED && fact->act.nreason == 1 && fact->act.reasons[0].tok == fact->act.tok)
        fact->act.status = CH_ASSERTED;
}

static void
keep_statement(ch_finding *f)
{
    ch_finding_keep(f);
    ch_fact *fact = &f->all[f->count - 1];
    turn_negated(fact);
    turn_purpose(f, fact);
    drop_own_sources(f, fact);
    if (is_no_position(f, fact))
        f->count--;
}

static void
state_at(ch_finding *f, uint32_t sentence, uint32_t tok)
{
    uint32_t trigger = ch_finding_trigger(f, tok, CH_FACT_STATEMENT);
    if (trigger == CH_NONE || is_attribute(f, tok))
        return;
    ch_fact *fact = ch_finding_new(f, CH_FACT_STATEMENT, sentence, tok, trigger);
    if (fact == NULL)
        return;
    ch_find_parties(f->graph, &fact->act);
    find_holder(f, &fact->act);
    ch_finding_name_actors(f, &fact->act);
    drop_hearers(f, fact);
    find_topic(f, fact);
    turn_told(f, fact);
    if (ch_graph_in_set(f->graph, tok, f->sets.naming)) {
        uint32_t name = name_given(f, tok);
        if (name == CH_NONE && strcmp(fact->means, "claims") == 0)
            return;
        ch_span words = name != CH_NONE ? ch_finding_phrase(f, name) : (ch_span){0, 0};
        if (words.end > fact->topic.end && fact->topic.end != 0)
            fact->topic.end = words.end;
    }
    if (!is_held(f, fact))
        return;
    ch_fact shared = *fact;
    for (uint32_t i = 0; i < shared.act.nactor; i++) {
        fact = ch_finding_new(f, CH_FACT_STATEMENT, sentence, tok, trigger);
        if (fact == NULL)
            return;
        *fact = shared;
        fact->act.actors[0] = shared.act.actors[i];
        fact->act.nactor = 1;
        find_others(f, fact);
        keep_statement(f);
    }
}

static bool
same_holder(const ch_document *doc, const ch_fact *a, const ch_fact *b)
{
    uint32_t m = a->act.actors[0].mention, n = b->act.actors[0].mention;
    const ch_mention *x = &doc->mentions[m], *y = &doc->mentions[n];
    return m == n || x->via == n || y->via == m || (x->via != CH_NONE && x->via == y->via) ||
           (x->code[0] != '\0' && strcmp(x->code, y->code) == 0 && x->kind == y->kind);
}

/* "Want to intensify support for Kyiv": one position told with two words. */
static bool
is_told_above(const ch_finding *f, const ch_fact *a, const ch_fact *b)
{
    bool noun = f->graph->frames->triggers[a->act.trigger].pos == CH_TRIGGER_NOUN;
    return noun && a->act.tok != b->act.tok && strcmp(a->means, b->means) == 0 &&
           ((b->topic.start <= a->act.span.start && a->act.span.end <= b->topic.end) || f->doc->toks[a->act.tok].head == b->act.tok) &&
           same_holder(f->doc, a, b);
}

/* "Said that it supports": who says what his position is takes that position,
 * and the saying is no second one. */
static void
drop_mere_saying(ch_finding *f, uint32_t first)
{
    uint32_t kept = first;
    for (uint32_t i = first; i < f->count; i++) {
        bool said_by_other = false;
        for (uint32_t k = first; k < f->count && !said_by_other; k++) {
            const ch_fact *a = &f->all[i], *b = &f->all[k];
            said_by_other = k != i && strcmp(a->means, "claims") == 0 && strcmp(b->means, "claims") != 0 && b->act.tok == a->topic_tok &&
                            same_holder(f->doc, a, b);
            if (said_by_other) /* "Orban said that he opposed": the name tells more */
                f->all[k].act.actors[0] = a->act.actors[0];
            /* "does not want to support it" */
            bool twice = k != i && strcmp(a->means, b->means) == 0 && b->act.tok == a->topic_tok && b->topic_tok != CH_NONE && same_holder(f->doc, a, b);
            said_by_other = said_by_other || twice || (k != i && is_told_above(f, a, b));
        }
        if (!said_by_other)
            f->all[kept++] = f->all[i];
    }
    f->count = kept;
}

/* The statement trigger that is this one word as an adjective: "against". */
static uint32_t
adjective_trigger(const ch_finding *f, uint32_t tok)
{
    const ch_frames *frames = f->graph->frames;
    uint32_t word = f->doc->toks[tok].form_word;
    if (word == 0 || word + 1 >= frames->ntrigger_index)
        return CH_NONE;
    for (uint32_t i = frames->trigger_index[word]; i < frames->trigger_index[word + 1]; i++) {
        const ch_trigger *trigger = &frames->triggers[frames->trigger_order[i]];
        if (trigger->pos == CH_TRIGGER_ADJ && trigger->nword == 1 && trigger->ntest == 0 &&
            frames->frames[trigger->frame].type == CH_FACT_FIRST + CH_FACT_STATEMENT)
            return frames->trigger_order[i];
    }
    return CH_NONE;
}

/* "Laos is against the dam": the preposition of a predicate is the position. */
static void
state_of_predicate(ch_finding *f, uint32_t sentence, uint32_t tok)
{
    const ch_token *toks = f->doc->toks;
    uint32_t noun = toks[tok].head, trigger = CH_NONE;
    if (toks[tok].rel == CH_CASE && noun != CH_NONE && noun > tok && ch_graph_child(f->graph, noun, CH_COP) != CH_NONE)
        trigger = adjective_trigger(f, tok);
    ch_fact *fact = trigger != CH_NONE ? ch_finding_new(f, CH_FACT_STATEMENT, sentence, tok, trigger) : NULL;
    if (fact == NULL)
        return;
    uint32_t subject = ch_graph_child(f->graph, noun, CH_NSUBJ), m = subject != CH_NONE ? ch_finding_party(f, subject) : CH_NONE;
    if (m == CH_NONE || !ch_finding_is_known(f, m) || subject > tok)
        return;
    fact->act.actors[fact->act.nactor++] = (ch_party){.mention = m, .tok = subject, .path = CH_NONE};
    fact->topic_tok = noun;
    fact->topic = (ch_span){toks[tok + 1].span.start, ch_finding_phrase(f, noun).end};
    find_others(f, fact);
    keep_statement(f);
}

/* The clause that "…, according to the ministry" at its end tells of: all of it,
 * whichever of its words the source hangs on. */
static uint32_t
clause_told(const ch_finding *f, uint32_t sentence, uint32_t source)
{
    const ch_token *toks = f->doc->toks;
    uint32_t clause = toks[source].head, first = f->left[source];
    bool trailing = first > f->doc->sents[sentence].first && source > clause && follows_comma(f, first);
    while (trailing && toks[clause].head != CH_NONE && toks[clause].rel != CH_CCOMP && toks[clause].rel != CH_PARATAXIS)
        clause = toks[clause].head;
    return clause;
}

/* "According to the ministry, the ship left": what hangs beside the source. */
static void
state_according(ch_finding *f, uint32_t sentence, uint32_t tok)
{
    const ch_token *toks = f->doc->toks;
    uint32_t source = toks[tok].head, trigger = CH_NONE;
    bool introduces = toks[tok].rel == CH_CASE && source != CH_NONE && source > tok && toks[source].head != CH_NONE;
    if (introduces && toks[tok].form_word != 0 && f->sets.according != CH_NONE && ch_set_has(f->graph->lexicon, f->sets.according, toks[tok].form_word))
        trigger = adjective_trigger(f, tok);
    uint32_t m = trigger != CH_NONE ? ch_finding_party(f, source) : CH_NONE;
    ch_fact *fact = m != CH_NONE && ch_finding_is_known(f, m) ? ch_finding_new(f, CH_FACT_STATEMENT, sentence, tok, trigger) : NULL;
    if (fact == NULL)
        return;
    fact->act.actors[fact->act.nactor++] = (ch_party){.mention = m, .tok = source, .path = CH_NONE};
    fact->topic_tok = clause_told(f, sentence, source);
    ch_span own = {toks[f->left[source]].span.start, toks[f->right[source]].span.end};
    fact->topic = without_words(f, fact->topic_tok, own);
    if (fact->topic.end > fact->topic.start)
        keep_statement(f);
}

static bool
is_contrast(const ch_finding *f, uint32_t clause)
{
    CH_EACH_CHILD(f->graph, c, clause)
        if ((f->doc->toks[c].rel == CH_MARK || f->doc->toks[c].rel == CH_CC) && ch_graph_in_set(f->graph, c, f->sets.contrast_mark))
            return true;
    return false;
}

static void
set_against(ch_fact *fact, const ch_fact *other)
{
    for (uint32_t i = 0; i < fact->nother; i++)
        if (fact->others[i].mention == other->act.actors[0].mention)
            return;
    if (fact->nother < CH_OTHERS_MAX)
        fact->others[fact->nother++] = other->act.actors[0];
}

/* "While Poland opposes the deal, Spain supports it", "Paris insists, but London
 * refuses": each is set against the other. */
static void
link_contrasts(ch_finding *f, uint32_t first)
{
    const ch_token *toks = f->doc->toks;
    for (uint32_t i = first; i < f->count; i++)
        for (uint32_t k = first; k < f->count; k++) {
            ch_fact *below = &f->all[i], *above = &f->all[k];
            const ch_token *t = &toks[below->act.tok];
            bool joined = t->head == above->act.tok && (t->rel == CH_ADVCL || t->rel == CH_CONJ) && is_contrast(f, below->act.tok);
            /* "a truce, not a pause, as Washington supports" */
            bool part = t->head == above->act.tok && t->rel == CH_ADVCL && below->topic_tok != above->topic_tok &&
                        above->topic.start < below->topic.start && below->topic.end <= above->topic.end;
            if ((!joined && !part) || same_holder(f->doc, below, above))
                continue;
            set_against(below, above);
            set_against(above, below);
        }
}

void
ch_find_statements(ch_finding *f, uint32_t sentence)
{
    uint32_t first = f->count;
    for (uint32_t t = f->doc->sents[sentence].first; t < f->doc->sents[sentence].last; t++) {
        state_at(f, sentence, t);
        state_of_predicate(f, sentence, t);
        state_according(f, sentence, t);
    }
    drop_mere_saying(f, first);
    link_contrasts(f, first);
}

/* ------------------------------------------------------------------- denials */

/* Sentences back in which the claim stands that somebody denies. */
#define CLAIM_BACK_MAX 3

/* Whether the words of a denial are only a name for what another said: "the
 * accusation", "it", no words at all. */
static bool
is_named_only(const ch_finding *f, const ch_fact *fact)
{
    return fact->topic_tok == CH_NONE || ch_graph_in_set(f->graph, fact->topic_tok, f->sets.claim);
}

static bool
same_state(const ch_document *doc, uint32_t a, uint32_t b)
{
    const ch_mention *x = &doc->mentions[a], *y = &doc->mentions[b];
    return a == b || x->via == b || y->via == a || (x->country[0] != '\0' && strcmp(x->country, y->country) == 0);
}

/* Whether what was said is said of, or to, the mention. */
static bool
is_about(const ch_finding *f, const ch_fact *claim, uint32_t mention)
{
    const ch_document *doc = f->doc;
    for (uint32_t i = 0; i < claim->act.nrecipient; i++)
        if (same_state(doc, claim->act.recipients[i].mention, mention))
            return true;
    ch_sentence sent = doc->sents[claim->act.sentence];
    for (uint32_t t = sent.first; t < sent.last; t++) {
        bool inside = claim->topic.start <= doc->toks[t].span.start && doc->toks[t].span.end <= claim->topic.end;
        if (inside && doc->mention_of[t] != CH_NONE && same_state(doc, doc->mention_of[t], mention))
            return true;
    }
    return false;
}

/* A denial answers the nearest claim before it of another holder: any where it
 * only names it, else one that is about who denies. */
static uint32_t
claim_denied(const ch_finding *f, uint32_t index)
{
    const ch_fact *denial = &f->all[index];
    uint32_t best = CH_NONE, holder = denial->act.actors[0].mention;
    for (uint32_t i = index; i-- > 0 && f->all[i].act.sentence + CLAIM_BACK_MAX >= denial->act.sentence;) {
        const ch_fact *claim = &f->all[i];
        bool before = claim->act.sentence < denial->act.sentence || claim->act.tok < denial->act.tok;
        bool claims = claim->kind == CH_FACT_STATEMENT && (strcmp(claim->means, "claims") == 0 || strcmp(claim->means, "opposes") == 0);
        if (!before || !claims || same_holder(f->doc, denial, claim))
            continue;
        if (is_about(f, claim, holder))
            return i;
        if (best == CH_NONE && is_named_only(f, denial))
            best = i;
    }
    return best;
}

void
ch_link_denials(ch_finding *f)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->all[i].kind == CH_FACT_STATEMENT && strcmp(f->all[i].means, "denies") == 0)
            f->all[i].denied = claim_denied(f, i);
}
