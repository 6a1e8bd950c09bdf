#include "event/order.h"

#include <string.h>

/* Patterns and places of parties reach this many words or tokens to each side:
 * longer sentences are lists, or no sentences. */
#define REACH 120

/* A place among the words of one sentence and the direction of the search. */
typedef struct {
    const ch_graph *graph;
    uint32_t first, last; /* words [first, last) of the sentence */
    bool back;
    ch_order_parties parties;
} search;

/* Somebody named here: not a pronoun, nor what is known through another mention. */
static bool
is_party(const ch_mention *m)
{
    return m->code[0] != '\0' && !m->attributes && m->via == CH_NONE;
}

static uint32_t
below(uint32_t at, uint32_t first)
{
    return at - first > REACH ? at - REACH : first;
}

static uint32_t
above(uint32_t at, uint32_t last)
{
    return last - at > REACH ? at + REACH : last;
}

/* The longest party that begins at `tok` (or, backward, ends there). */
static uint32_t
party_from(const ch_graph *g, const ch_sentence *sent, uint32_t tok, bool back)
{
    const ch_document *doc = g->doc;
    uint32_t best = CH_NONE;
    for (uint32_t t = below(tok, sent->first); t < above(tok, sent->last); t++)
        for (uint32_t m = doc->mention_of[t]; m != CH_NONE; m = doc->mentions[m].also) {
            const ch_mention *x = &doc->mentions[m];
            bool here = back ? x->last == tok + 1 : x->first == tok;
            if (here && is_party(x) && (best == CH_NONE || x->last - x->first > doc->mentions[best].last - doc->mentions[best].first))
                best = m;
        }
    return best;
}

/* ------------------------------------------------------------------- steps */

static bool
is_nominal(const ch_token *t)
{
    return t->upos == CH_NOUN || t->upos == CH_PROPN || t->upos == CH_PRON;
}

/* Words of the set's member at word `at` (backward: that ends there); 0: none. */
static uint32_t
set_words(const search *s, uint32_t set, uint32_t at)
{
    const ch_document *doc = s->graph->doc;
    const ch_frames *f = s->graph->frames;
    uint32_t word = doc->words[at].word;
    const ch_token *t = &doc->toks[doc->words[at].tok];
    ch_range phrases = ch_set_phrases(s->graph->lexicon, set, word);
    uint32_t best = ch_set_has(s->graph->lexicon, set, word) || (t->form_word == word && ch_set_has(s->graph->lexicon, set, t->lemma_word));
    for (uint32_t p = phrases.first; p < phrases.first + phrases.count; p++) {
        uint32_t n = f->phrases[p].nword, begin = s->back ? at + 1 - n : at;
        if (n <= best || (s->back && at + 1 < s->first + n) || begin + n > s->last)
            continue;
        uint32_t same = 0;
        while (same < n && doc->words[begin + same].word == f->words[f->phrases[p].first_word + same])
            same++;
        if (same == n)
            best = n;
    }
    return best;
}

static uint32_t
party_words(search *s, ch_order_kind kind, uint32_t at)
{
    const ch_document *doc = s->graph->doc;
    const ch_sentence *sent = ch_sentence_at(doc, doc->words[at].tok);
    uint32_t m = party_from(s->graph, sent, doc->words[at].tok, s->back);
    if (m == CH_NONE)
        return 0;
    const ch_mention *x = &doc->mentions[m];
    bool several = x->also != CH_NONE || ch_graph_child(s->graph, x->head, CH_CONJ) != CH_NONE || doc->toks[x->head].rel == CH_CONJ;
    if (kind == CH_ORDER_BOTH && !several)
        return 0;
    if (kind == CH_ORDER_ACTOR)
        s->parties.actor = m;
    else if (kind == CH_ORDER_RECIPIENT)
        s->parties.recipient = m;
    else
        s->parties.both = m;
    uint32_t begin = doc->first_word[x->first], end = doc->first_word[x->last];
    return s->back ? at + 1 - begin : end - at;
}

/* How many words the step takes at word `at`, which is its first (backward: its
 * last) word; 0 when it does not stand there. */
static uint32_t
step_words(search *s, const ch_order_step *step, uint32_t at)
{
    const ch_document *doc = s->graph->doc;
    switch ((ch_order_kind)step->kind) {
    case CH_ORDER_WORD:
        return step->value != 0 && doc->words[at].word == step->value;
    case CH_ORDER_SET:
        return set_words(s, step->value, at);
    case CH_ORDER_NOUN:
        return is_nominal(&doc->toks[doc->words[at].tok]);
    default:
        return party_words(s, (ch_order_kind)step->kind, at);
    }
}

/* Steps [0, count) that are joined, from word `at` on outward; gives the word
 * behind (backward: the number of words before) them, or CH_NONE. */
static uint32_t
joined_steps(search *s, const ch_order_step *steps, uint32_t count, uint32_t at)
{
    for (uint32_t i = 0; i < count; i++) {
        if (s->back ? at <= s->first : at >= s->last)
            return CH_NONE;
        uint32_t n = step_words(s, &steps[i], s->back ? at - 1 : at);
        if (n == 0)
            return CH_NONE;
        at = s->back ? at - n : at + n;
    }
    return at;
}

/* Runs of joined steps one after the other, each as near as it can be: a gap may
 * hold any words, so the nearest place never bars the next run. */
static bool
side(search *s, const ch_order_step *steps, uint32_t count, uint32_t at)
{
    for (uint32_t i = 0; i < count;) {
        uint32_t run = 1;
        while (i + run < count && steps[i + run].tight != 0)
            run++;
        uint32_t end = joined_steps(s, &steps[i], run, at);
        while (end == CH_NONE && steps[i].tight == 0 && (s->back ? at > s->first : at < s->last)) {
            at = s->back ? at - 1 : at + 1;
            end = joined_steps(s, &steps[i], run, at);
        }
        if (end == CH_NONE)
            return false;
        at = end;
        i += run;
    }
    return true;
}

bool
ch_order_match(const ch_graph *g, uint32_t tok, const ch_frame *frame, ch_order_parties *out)
{
    const ch_document *doc = g->doc;
    const ch_sentence *sent = ch_sentence_at(doc, tok);
    *out = (ch_order_parties){CH_NONE, CH_NONE, CH_NONE};
    for (uint32_t i = frame->orders.first; i < frame->orders.first + frame->orders.count; i++) {
        const ch_order *order = &g->frames->orders[i];
        const ch_order_step *steps = &g->frames->order_steps[order->first];
        uint32_t begin = doc->first_word[tok], end = doc->first_word[tok + 1];
        search s = {.graph = g, .parties = *out};
        s.first = below(begin, doc->first_word[sent->first]);
        s.last = above(end, doc->first_word[sent->last]);
        s.back = true;
        if (!side(&s, steps, order->nbefore, begin))
            continue;
        s.back = false;
        if (!side(&s, steps + order->nbefore, order->nafter, end))
            continue;
        *out = s.parties;
        return true;
    }
    return frame->orders.count == 0;
}

/* ------------------------------------------------------- parties by position */

static bool
is_under(const ch_document *doc, uint32_t tok, uint32_t top)
{
    for (uint32_t t = tok; t != CH_NONE; t = doc->toks[t].head)
        if (t == top)
            return true;
    return false;
}

static bool
has_subject(const ch_graph *g, uint32_t tok)
{
    return ch_graph_child(g, tok, CH_NSUBJ) != CH_NONE || ch_graph_child(g, tok, CH_CSUBJ) != CH_NONE;
}

/* "He said": somebody who is not known, and nobody named before. */
static bool
has_unknown_subject(const ch_graph *g, uint32_t tok)
{
    uint32_t subject = ch_graph_child(g, tok, CH_NSUBJ);
    return subject != CH_NONE && (g->doc->toks[subject].morph & CH_M_PRONPRS) != 0 && g->doc->mention_of[subject] == CH_NONE;
}

uint32_t
ch_order_left(const ch_graph *g, uint32_t tok, uint32_t but)
{
    const ch_document *doc = g->doc;
    const ch_sentence *sent = ch_sentence_at(doc, tok);
    if (has_unknown_subject(g, tok))
        return CH_NONE;
    for (uint32_t top = tok; top != CH_NONE; top = doc->toks[top].head) {
        bool only_but = false;
        for (uint32_t t = below(tok, sent->first); t < tok; t++) {
            uint32_t m = party_from(g, sent, t, false);
            if (m == CH_NONE || doc->mentions[m].last > tok || !is_under(doc, doc->mentions[m].head, top))
                continue;
            if (m != but)
                return m;
            only_but = true;
        }
        if (has_subject(g, top) && !only_but)
            return CH_NONE;
    }
    return CH_NONE;
}

static bool
among(const char *code, const char *const *codes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(code, codes[i]) == 0)
            return true;
    return false;
}

uint32_t
ch_order_right(const ch_graph *g, uint32_t tok, const char *const *codes, uint32_t count)
{
    const ch_document *doc = g->doc;
    const ch_sentence *sent = ch_sentence_at(doc, tok);
    for (uint32_t t = tok + 1; t < above(tok, sent->last); t++) {
        uint32_t m = party_from(g, sent, t, false);
        if (m != CH_NONE && is_under(doc, doc->mentions[m].head, tok) && !among(doc->mentions[m].code, codes, count))
            return m;
    }
    return CH_NONE;
}
