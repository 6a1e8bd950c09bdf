#include "base/grow.h"
#include "event/finding.h"
#include "event/roles.h"
#include "event/setting.h"
#include "event/status.h"

#include <stdlib.h>
#include <string.h>

/* Words of a mention up to its head that are looked at. */
#define MENTION_WORDS_MAX 12

uint32_t
ch_finding_trigger(ch_finding *f, uint32_t tok, ch_fact_kind kind)
{
    const ch_frames *frames = f->graph->frames;
    const ch_candidates *c = ch_match(f->matcher, tok);
    for (uint32_t i = 0; i < c->count; i++)
        if (frames->frames[frames->triggers[c->trigger[i]].frame].type == CH_FACT_FIRST + (uint32_t)kind)
            return c->trigger[i];
    return CH_NONE;
}

ch_fact *
ch_finding_new(ch_finding *f, ch_fact_kind kind, uint32_t sentence, uint32_t tok, uint32_t trigger)
{
    ch_fact *all = ch_arena_grow(&f->doc->arena, f->all, f->count, &f->room, sizeof *all, 16);
    if (all == NULL) {
        f->out_of_memory = true;
        return NULL;
    }
    f->all = all;
    const ch_frames *frames = f->graph->frames;
    ch_fact *fact = &f->all[f->count];
    *fact = (ch_fact){.kind = kind, .topic_tok = CH_NONE, .part_of = CH_NONE, .denied = CH_NONE, .body = CH_NONE, .tally = {-1, -1, -1}};
    fact->act = (ch_event){.tok = tok, .sentence = sentence, .span = f->doc->toks[tok].span, .trigger = trigger, .time = CH_NONE,
                           .place = CH_NONE, .content_of = CH_NONE, .repeats = CH_NONE, .cameo = ""};
    fact->act.frame = frames->triggers[trigger].frame;
    ch_lexstr means = frames->frames[fact->act.frame].mode;
    fact->means = means != 0 ? ch_lexicon_string(f->graph->lexicon, means) : NULL;
    return fact;
}

void
ch_finding_keep(ch_finding *f)
{
    ch_event *act = &f->all[f->count].act;
    ch_find_status(f->graph, act);
    ch_find_setting(f->graph, act);
    act->confidence = f->graph->frames->frames[act->frame].weight;
    f->count++;
}

/* What joins a phrase to what it hangs on is no part of what it says; "to" of an
 * infinitive is. */
static bool
is_mark(const ch_token *t)
{
    return t->rel == CH_CC || t->rel == CH_CASE || (t->rel == CH_MARK && t->upos == CH_SCONJ);
}

ch_span
ch_finding_phrase(const ch_finding *f, uint32_t tok)
{
    uint32_t first = f->left[tok], last = f->right[tok];
    const ch_token *toks = f->doc->toks;
    while (first < tok && (toks[first].upos == CH_PUNCT || (toks[first].head == tok && is_mark(&toks[first]))))
        first++;
    while (last > tok && toks[last].upos == CH_PUNCT)
        last--;
    return (ch_span){toks[first].span.start, toks[last].span.end};
}

void
ch_finding_fillers(const ch_finding *f, uint32_t tok, ch_range paths, ch_fillers *out)
{
    out->count = 0;
    for (uint32_t i = paths.first; i < paths.first + paths.count && out->count == 0; i++)
        ch_graph_path(f->graph, tok, &f->graph->frames->paths[i], out);
}

static bool
is_word(const ch_finding *f, uint32_t tok, uint32_t word)
{
    const ch_token *t = &f->doc->toks[tok];
    return word != 0 && (t->form_word == word || t->lemma_word == word);
}

uint32_t
ch_finding_before(const ch_finding *f, uint32_t first, uint32_t tok, uint32_t set)
{
    if (tok == first || set == CH_NONE)
        return 0;
    const ch_token *last = &f->doc->toks[tok - 1];
    const uint32_t words[] = {last->form_word, last->lemma_word};
    const ch_frames *frames = f->graph->frames;
    uint32_t best = 0;
    for (size_t w = 0; w < 2; w++) {
        if (words[w] == 0)
            continue;
        ch_range range = ch_set_phrases(f->graph->lexicon, set, words[w]);
        for (uint32_t p = range.first; p < range.first + range.count; p++) {
            ch_phrase phrase = frames->phrases[p];
            bool all = phrase.nword <= tok - first && phrase.nword > best;
            for (uint32_t i = 0; all && i < phrase.nword; i++)
                all = is_word(f, tok - phrase.nword + i, frames->words[phrase.first_word + i]);
            if (all)
                best = phrase.nword;
        }
        if (best == 0 && ch_set_has(f->graph->lexicon, set, words[w]))
            best = 1;
    }
    return best;
}

bool
ch_finding_is_known(const ch_finding *f, uint32_t mention)
{
    const ch_mention *m = &f->doc->mentions[mention];
    return m->country[0] != '\0' || m->entity != NULL || strncmp(m->code, "IGO", 3) == 0;
}

void
ch_finding_drop_unknown(const ch_finding *f, ch_party *parties, uint32_t *count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++)
        if (ch_finding_is_known(f, parties[i].mention))
            parties[kept++] = parties[i];
    *count = kept;
}

uint32_t
ch_finding_body(const ch_finding *f, uint32_t sentence)
{
    ch_sentence sent = f->doc->sents[sentence];
    for (uint32_t t = sent.first; t < sent.last; t++) {
        uint32_t m = f->doc->mention_of[t];
        if (m != CH_NONE && ch_finding_is_body(f, m))
            return m;
    }
    return CH_NONE;
}

bool
ch_finding_is_body(const ch_finding *f, uint32_t mention)
{
    const ch_mention *m = &f->doc->mentions[mention];
    for (uint32_t t = m->first; t < m->last; t++)
        if (ch_graph_in_set(f->graph, t, f->sets.body))
            return true;
    return false;
}

uint32_t
ch_finding_party(const ch_finding *f, uint32_t tok)
{
    uint32_t m = f->doc->mention_of[tok];
    if (m == CH_NONE)
        return CH_NONE;
    const ch_mention *x = &f->doc->mentions[m];
    return x->attributes || (x->code[0] == '\0' && !x->human) ? CH_NONE : m;
}

/* How far from a speaker his words are looked for. */
#define QUOTED_NEAR 40u
/* Mentions that are added at a time. */
#define MENTIONS_MORE 16

static ch_mention *
add_mention(ch_finding *f)
{
    ch_document *doc = f->doc;
    if (f->mention_room <= doc->nmention) {
        uint32_t room = doc->nmention + MENTIONS_MORE;
        ch_mention *all = ch_arena_array(&doc->arena, room, sizeof *all);
        if (all == NULL) {
            f->out_of_memory = true;
            return NULL;
        }
        if (doc->nmention != 0)
            memcpy(all, doc->mentions, doc->nmention * sizeof *all);
        doc->mentions = all;
        f->mention_room = room;
    }
    return &doc->mentions[doc->nmention++];
}

/* Who stands behind "of", "in" or before the noun gives the country. */
static void
take_country(const ch_finding *f, ch_mention *speaker)
{
    for (uint32_t t = speaker->first; t < speaker->last; t++) {
        uint32_t m = f->doc->mention_of[t];
        const ch_mention *x = m != CH_NONE ? &f->doc->mentions[m] : NULL;
        if (x != NULL && x->country[0] != '\0') {
            memcpy(speaker->country, x->country, sizeof speaker->country);
            memcpy(speaker->code, x->country, sizeof x->country);
            return;
        }
    }
}

/* Whether words are quoted beside the token. */
static bool
is_beside_quotation(const ch_finding *f, uint32_t tok)
{
    uint32_t first = tok > QUOTED_NEAR ? tok - QUOTED_NEAR : 0, last = f->doc->ntok - tok > QUOTED_NEAR ? tok + QUOTED_NEAR : f->doc->ntok;
    for (uint32_t t = first; t < last; t++)
        if (f->quoted[t] != 0)
            return f->quoted[tok] == 0;
    return false;
}

/* Whether the word is for somebody who speaks: "one of them", "the source", and,
 * of words that are quoted, a name or "she". */
static bool
may_speak(const ch_finding *f, uint32_t tok)
{
    const ch_token *t = &f->doc->toks[tok];
    if (ch_graph_in_set(f->graph, tok, f->sets.pronoun) && t->rel == CH_NSUBJ && ch_graph_child(f->graph, tok, CH_NMOD) != CH_NONE)
        return true;
    if (t->upos == CH_NOUN)
        return ch_graph_in_set(f->graph, tok, f->sets.speaker);
    bool somebody = t->upos == CH_PROPN || (t->upos == CH_PRON && (t->morph & (CH_M_MASC | CH_M_FEM)) != 0);
    return somebody && t->rel == CH_NSUBJ && f->doc->mention_of[tok] == CH_NONE && is_beside_quotation(f, tok);
}

uint32_t
ch_finding_speaker(ch_finding *f, uint32_t tok)
{
    ch_document *doc = f->doc;
    if (!may_speak(f, tok))
        return CH_NONE;
    uint32_t known = doc->mention_of[tok];
    if (known != CH_NONE && doc->mentions[known].head == tok)
        return doc->mentions[known].kind == CH_MENTION_OTHER ? known : CH_NONE;
    uint32_t first = f->left[tok], last = f->right[tok] + 1;
    if (first > tok || last <= tok || last - first > MENTION_WORDS_MAX) {
        first = tok;
        last = tok + 1;
    }
    for (uint32_t m = doc->nmention; m-- > 0 && f->mention_room != 0;)
        if (doc->mentions[m].head == tok)
            return m;
    ch_mention *m = add_mention(f);
    if (m == NULL)
        return CH_NONE;
    *m = (ch_mention){.head = tok, .first = first, .last = last, .kind = CH_MENTION_AGENT, .actor = CH_NONE, .via = CH_NONE, .also = CH_NONE,
                      .human = true, .plural = (doc->toks[tok].morph & CH_M_PLUR) != 0, .reason = "who speaks"};
    m->span = (ch_span){doc->toks[first].span.start, doc->toks[last - 1].span.end};
    take_country(f, m);
    return doc->nmention - 1;
}

bool
ch_finding_is_medium(const ch_finding *f, uint32_t mention)
{
    const ch_mention *m = &f->doc->mentions[mention];
    if (m->attributes)
        return true;
    if (m->kind == CH_MENTION_PERSON)
        return false;
    if (ch_graph_in_set(f->graph, m->head, f->sets.medium))
        return strcmp(m->sector, "MED") == 0 || m->sector[0] == '\0';
    bool plain = m->sector[0] == '\0' || strcmp(m->sector, "MED") == 0;
    return plain && m->kind != CH_MENTION_AGENT && ch_graph_in_set(f->graph, m->last - 1, f->sets.medium_name);
}

void
ch_finding_name_actors(const ch_finding *f, ch_event *act)
{
    const ch_token *toks = f->doc->toks;
    if (act->nactor > 1 || (act->nactor == 1 && ch_finding_is_known(f, act->actors[0].mention)))
        return;
    if (act->nactor == 0 && (toks[act->tok].rel != CH_ACL || toks[act->tok].sub != CH_SUB_RELCL || ch_graph_is_passive(f->graph, act->tok)))
        return;
    uint32_t kind = act->nactor != 0 ? act->actors[0].tok : toks[act->tok].head;
    for (uint32_t t = kind; t != CH_NONE; t = toks[t].head) {
        if (ch_graph_child(f->graph, t, CH_COP) != CH_NONE && ch_graph_child(f->graph, t, CH_NSUBJ) != CH_NONE) {
            ch_fillers subjects = {.count = 0};
            uint32_t count = 0;
            ch_graph_slot(f->graph, t, CH_SLOT_SUBJ, &subjects);
            for (uint32_t i = 0; i < subjects.count; i++) {
                uint32_t m = ch_finding_party(f, subjects.tok[i]);
                if (m != CH_NONE)
                    act->actors[count++] = (ch_party){.mention = m, .tok = subjects.tok[i], .path = CH_NONE};
            }
            act->nactor = count != 0 ? count : act->nactor;
            return;
        }
        if (toks[t].rel != CH_NMOD)
            return;
    }
}

uint32_t
ch_finding_ending(const ch_finding *f, uint32_t tok)
{
    for (uint32_t t = tok; t-- > 0 && t + MENTION_WORDS_MAX > tok;) {
        uint32_t m = ch_finding_party(f, t);
        if (m != CH_NONE && f->doc->mentions[m].last == tok)
            return m;
    }
    return CH_NONE;
}

/* ------------------------------------------------------------------ finding */

static void
find_sets(ch_finding *f)
{
    const ch_lexicon *l = f->graph->lexicon;
    f->sets = (ch_fact_sets){
        .according = ch_set_find(l, "fact-according"),
        .naming = ch_set_find(l, "fact-naming"),
        .claim = ch_set_find(l, "fact-claim"),
        .contrast = ch_set_find(l, "fact-contrast"),
        .at_least = ch_set_find(l, "fact-at-least"),
        .at_most = ch_set_find(l, "fact-at-most"),
        .about = ch_set_find(l, "fact-about"),
        .including = ch_set_find(l, "fact-including"),
        .until = ch_set_find(l, "fact-until"),
        .people = ch_set_find(l, "fact-people"),
        .stalled = ch_set_find(l, "fact-stalled"),
        .measure = ch_set_find(l, "fact-measure"),
        .body = ch_set_find(l, "fact-body"),
        .form = ch_set_find(l, "fact-form"),
        .vague = ch_set_find(l, "fact-vague"),
        .half = ch_set_find(l, "fact-half"),
        .due = ch_set_find(l, "fact-due"),
        .world_currency = ch_set_find(l, "fact-world-currency"),
        .age = ch_set_find(l, "fact-age"),
        .succour = ch_set_find(l, "fact-succour"),
        .pronoun = ch_set_find(l, "fact-pronoun"),
        .text = ch_set_find(l, "fact-text"),
        .speaker = ch_set_find(l, "fact-speaker"),
        .contrast_mark = ch_set_find(l, "fact-contrast-mark"),
        .likewise = ch_set_find(l, "fact-likewise"),
        .first_named = ch_set_find(l, "fact-first-named"),
        .power = ch_set_find(l, "fact-power"),
        .medium = ch_set_find(l, "fact-medium"),
        .medium_name = ch_set_find(l, "fact-medium-name"),
        .worth = ch_set_find(l, "fact-worth"),
        .between = ch_set_find(l, "fact-between"),
        .head = ch_set_find(l, "fact-head"),
        .since = ch_set_find(l, "fact-since"),
        .tally_for = ch_set_find(l, "fact-tally-for"),
        .tally_against = ch_set_find(l, "fact-tally-against"),
        .tally_abstain = ch_set_find(l, "fact-tally-abstain"),
        .tally_vote = ch_set_find(l, "fact-tally-vote"),
        .nought = ch_set_find(l, "fact-nought"),
    };
}

/* What is above a word that covers it covers it too, so the way up ends there. */
static bool
find_edges(ch_finding *f)
{
    const ch_document *doc = f->doc;
    f->left = ch_arena_array(&f->doc->arena, doc->ntok, sizeof *f->left);
    f->right = ch_arena_array(&f->doc->arena, doc->ntok, sizeof *f->right);
    if (f->left == NULL || f->right == NULL)
        return false;
    for (uint32_t t = 0; t < doc->ntok; t++)
        f->left[t] = f->right[t] = t;
    for (uint32_t t = 0; t < doc->ntok; t++)
        for (uint32_t up = doc->toks[t].head; up != CH_NONE && (f->left[up] > t || f->right[up] < t); up = doc->toks[up].head) {
            if (f->left[up] > t)
                f->left[up] = t;
            if (f->right[up] < t)
                f->right[up] = t;
        }
    return true;
}

static int
by_place_in_text(const void *a, const void *b)
{
    const ch_fact *x = a, *y = b;
    if (x->act.span.start != y->act.span.start)
        return x->act.span.start > y->act.span.start ? 1 : -1;
    if (x->kind != y->kind)
        return (int)x->kind - (int)y->kind;
    if (x->act.tok != y->act.tok)
        return x->act.tok > y->act.tok ? 1 : -1;
    uint32_t m = x->act.nactor != 0 ? x->act.actors[0].mention : 0, n = y->act.nactor != 0 ? y->act.actors[0].mention : 0;
    if (m != n)
        return m > n ? 1 : -1;
    return (x->quote.start > y->quote.start) - (x->quote.start < y->quote.start);
}

/* Facts in the order of the text. Until here part_of is an index in the order of
 * finding, and `repeats` carries each fact's own. */
static bool
put_in_order(ch_finding *f)
{
    uint32_t *now_at = ch_arena_array(&f->doc->arena, f->count + 1, sizeof *now_at);
    if (now_at == NULL)
        return false;
    for (uint32_t i = 0; i < f->count; i++)
        f->all[i].act.repeats = i;
    if (f->count != 0)
        qsort(f->all, f->count, sizeof *f->all, by_place_in_text);
    for (uint32_t i = 0; i < f->count; i++)
        now_at[f->all[i].act.repeats] = i;
    for (uint32_t i = 0; i < f->count; i++) {
        f->all[i].act.repeats = CH_NONE;
        if (f->all[i].part_of != CH_NONE)
            f->all[i].part_of = now_at[f->all[i].part_of];
        if (f->all[i].denied != CH_NONE)
            f->all[i].denied = now_at[f->all[i].denied];
    }
    return true;
}

ch_status
ch_find_facts(const ch_graph *graph, const bool *skip, ch_document *doc, ch_error *err)
{
    ch_matcher matcher;
    ch_finding f = {.graph = graph, .matcher = &matcher, .doc = doc};
    ch_status status = ch_matcher_make(&matcher, graph, doc, err);
    if (status == CH_OK)
        status = ch_cardinals_open(&f.cardinals, graph->lexicon, &doc->arena, err);
    if (status != CH_OK)
        return status;
    matcher.facts = true;
    find_sets(&f);
    f.out_of_memory = !find_edges(&f) || !ch_mark_quotations(&f);
    for (uint32_t s = 0; s < doc->nsent && !f.out_of_memory; s++) {
        if (skip[s])
            continue;
        ch_find_statements(&f, s);
        ch_find_amounts(&f, s);
        ch_find_votes(&f, s);
        ch_find_relations(&f, s);
    }
    if (!f.out_of_memory)
        ch_find_quotes(&f);
    ch_link_denials(&f);
    ch_drop_repeated_votes(&f);
    if (f.out_of_memory || !put_in_order(&f))
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for statements, amounts, votes and relations");
    doc->facts = f.all;
    doc->nfact = f.count;
    return CH_OK;
}
