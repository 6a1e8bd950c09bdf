#include "event/graph.h"

#include <string.h>

uint32_t
ch_graph_child(const ch_graph *g, uint32_t t, ch_rel rel)
{
    CH_EACH_CHILD(g, c, t)
        if (ch_tok(g, c)->rel == rel)
            return c;
    return CH_NONE;
}

bool
ch_graph_hangs_below(const ch_graph *g, uint32_t t, uint32_t above)
{
    while (ch_tok(g, t)->head != CH_NONE && t != above)
        t = ch_tok(g, t)->head;
    return t == above;
}

/* ------------------------------------------------------------------ making */

static uint32_t
set_of(const ch_lexicon *lexicon, const char *id)
{
    return ch_set_find(lexicon, id);
}

static void
find_sets(ch_graph *g)
{
    const ch_lexicon *l = g->lexicon;
    g->sets = (ch_event_sets){
        .support = set_of(l, "support"),
        .support_begin = set_of(l, "support-begin"),
        .support_end = set_of(l, "support-end"),
        .occur = set_of(l, "occur"),
        .spell = set_of(l, "spell"),
        .subject_control = set_of(l, "subject-control"),
        .locative = set_of(l, "locative"),
        .particle = set_of(l, "particle"),
        .particle_verb = set_of(l, "particle-verb"),
        .together = set_of(l, "together"),
        .utterance = set_of(l, "utterance"),
        .toward = set_of(l, "toward"),
        .political = set_of(l, "political-sector"),
        .opposing = set_of(l, "opposing"),
        .topic = set_of(l, "topic"),
        .aside = set_of(l, "aside"),
        .promise = set_of(l, "status-promise"),
        .object_control_mark = set_of(l, "object-control-mark"),
        .locative_goal = set_of(l, "locative-goal"),
        .locative_source = set_of(l, "locative-source"),
        .another = set_of(l, "another"),
        .attended = set_of(l, "attended"),
        .attended_mark = set_of(l, "attended-mark"),
        .attended_by = set_of(l, "attended-by"),
        .occasion = set_of(l, "occasion"),
        .occasion_mark = set_of(l, "occasion-mark"),
        .onset = set_of(l, "onset"),
        .happening = set_of(l, "happening"),
        .relative_place = set_of(l, "relative-place"),
        .situation = set_of(l, "situation"),
        .attending = set_of(l, "attending"),
        .there = set_of(l, "there"),
        .locative_path = set_of(l, "locative-path"),
        .matter = set_of(l, "matter"),
        .part_of_place = set_of(l, "part-of-place"),
        .intend = set_of(l, "status-intend"),
        .possible = set_of(l, "status-possible"),
        .modal_possible = set_of(l, "status-modal-possible"),
        .modal_future = set_of(l, "status-modal-future"),
        .modal_future_past = set_of(l, "status-modal-future-past"),
        .modal_hypothetical = set_of(l, "status-modal-hypothetical"),
        .free_relative = set_of(l, "free-relative"),
        .calling = set_of(l, "calling"),
        .fail = set_of(l, "status-fail"),
        .prevent = set_of(l, "status-prevent"),
        .begin = set_of(l, "status-begin"),
        .manage = set_of(l, "status-manage"),
        .deny = set_of(l, "status-deny"),
        .report = set_of(l, "status-report"),
        .allege = set_of(l, "status-allege"),
        .demand = set_of(l, "status-demand"),
        .negator = set_of(l, "status-negator"),
        .condition = set_of(l, "status-condition"),
        .ultimatum = set_of(l, "status-ultimatum"),
        .giving = set_of(l, "giving"),
        .object_charge = set_of(l, "object-charge"),
        .past_noun = set_of(l, "status-past-noun"),
        .planned_adj = set_of(l, "status-planned-adj"),
        .alleged_adj = set_of(l, "status-alleged-adj"),
        .attempt = set_of(l, "status-attempt"),
        .quantity = set_of(l, "quantity"),
    };
}

/* The word of a case mark with its fixed parts: "because of" is "because-of". */
static uint32_t
preposition_word(const ch_graph *g, uint32_t mark)
{
    char joined[64];
    size_t len = 0;
    const ch_token *first = ch_tok(g, mark);
    if (ch_graph_child(g, mark, CH_FIXED) == CH_NONE)
        return first->lemma_word;
    CH_EACH_CHILD(g, c, mark) {
        const ch_token *part = ch_tok(g, c);
        if (part->rel != CH_FIXED)
            continue;
        if (len == 0) {
            if (first->lemma.len + 1 >= sizeof joined)
                return 0;
            memcpy(joined, first->lemma.at, first->lemma.len);
            len = first->lemma.len;
        }
        if (len + part->lemma.len + 1 >= sizeof joined)
            return 0;
        joined[len++] = '-';
        memcpy(joined + len, part->lemma.at, part->lemma.len);
        len += part->lemma.len;
    }
    return ch_lexicon_word(g->lexicon, joined, len);
}

/* What marks the token: the first case of a noun, the mark of a clause. "to"
 * before an infinitive is none. */
static uint32_t
find_preposition(const ch_graph *g, uint32_t t)
{
    uint32_t marked = 0;
    CH_EACH_CHILD(g, c, t) {
        const ch_token *mark = ch_tok(g, c);
        /* "to" before a name may be tagged as that of an infinitive */
        if (mark->rel == CH_CASE && (mark->upos != CH_PART || (g->to != 0 && mark->form_word == g->to)))
            return preposition_word(g, c);
        if (mark->rel == CH_MARK && mark->upos != CH_PART && marked == 0)
            marked = preposition_word(g, c);
    }
    return marked;
}

ch_status
ch_graph_make(ch_graph *out, const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    ch_graph g = {.lexicon = lexicon, .doc = doc, .frames = ch_lexicon_frames(lexicon)};
    g.first_child = ch_arena_array(&doc->arena, doc->ntok, sizeof *g.first_child);
    g.next_sibling = ch_arena_array(&doc->arena, doc->ntok, sizeof *g.next_sibling);
    g.preposition = ch_arena_array(&doc->arena, doc->ntok, sizeof *g.preposition);
    if (g.first_child == NULL || g.next_sibling == NULL || g.preposition == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the graph");
    for (uint32_t i = 0; i < doc->ntok; i++)
        g.first_child[i] = CH_NONE;
    for (uint32_t i = doc->ntok; i-- > 0;) {
        uint32_t head = doc->toks[i].head;
        if (head == CH_NONE)
            continue;
        g.next_sibling[i] = g.first_child[head];
        g.first_child[head] = i;
    }
    for (uint32_t i = 0; i < doc->ntok; i++)
        if (doc->toks[i].head == CH_NONE)
            g.next_sibling[i] = CH_NONE;
    find_sets(&g);
    g.by = ch_lexicon_word(lexicon, "by", 2);
    g.of = ch_lexicon_word(lexicon, "of", 2);
    g.to = ch_lexicon_word(lexicon, "to", 2);
    g.as = ch_lexicon_word(lexicon, "as", 2);
    for (uint32_t i = 0; i < doc->ntok; i++)
        g.preposition[i] = find_preposition(&g, i);
    *out = g;
    return CH_OK;
}

/* ----------------------------------------------------------------- phrases */

/* A dependent of `t`, or its own mark, that is `word`. */
static bool
has_dependent_word(const ch_graph *g, uint32_t t, uint32_t word)
{
    CH_EACH_CHILD(g, c, t) {
        if (ch_graph_is_word(g, c, word))
            return true;
        if (g->preposition[c] == word && word != 0)
            return true;
        /* "security forces chief": the words of a compound hang on each other */
        if ((ch_tok(g, c)->rel == CH_COMPOUND || ch_tok(g, c)->rel == CH_FIXED || ch_tok(g, c)->rel == CH_AMOD) &&
            has_dependent_word(g, c, word))
            return true;
    }
    return false;
}

bool
ch_graph_begins_phrase(const ch_graph *g, uint32_t verb, uint32_t particle)
{
    ch_range phrases = ch_set_phrases(g->lexicon, g->sets.particle_verb, ch_tok(g, verb)->lemma_word);
    for (uint32_t p = phrases.first; p < phrases.first + phrases.count; p++) {
        ch_phrase phrase = g->frames->phrases[p];
        if (phrase.nword == 2 && g->frames->words[phrase.first_word + 1] == ch_tok(g, particle)->lemma_word)
            return true;
    }
    return false;
}

/* The particle right behind its verb, whatever the reader hung it on: "handed over
 * two suspects". */
static bool
is_particle_behind(const ch_graph *g, uint32_t t, uint32_t word)
{
    return ch_tok(g, t)->upos == CH_VERB && t + 1 < g->doc->ntok && ch_graph_is_word(g, t + 1, word) &&
           (ch_set_has(g->lexicon, g->sets.particle, word) || ch_graph_begins_phrase(g, t, t + 1));
}

bool
ch_graph_heads_phrase(const ch_graph *g, uint32_t t, uint32_t first_word, uint32_t nword, uint32_t head)
{
    for (uint32_t i = 0; i < nword; i++) {
        uint32_t word = g->frames->words[first_word + i];
        if (i == head ? !ch_graph_is_word(g, t, word) : !has_dependent_word(g, t, word) && !is_particle_behind(g, t, word))
            return false;
    }
    return nword != 0;
}

uint32_t
ch_graph_set_words(const ch_graph *g, uint32_t t, uint32_t set)
{
    const ch_token *token = ch_tok(g, t);
    if (set == CH_NONE)
        return 0;
    const uint32_t words[2] = {token->lemma_word, token->form_word};
    uint32_t best = 0;
    for (int i = 0; i < 2; i++) {
        if (i == 1 && words[1] == words[0])
            break;
        if (best == 0 && ch_set_has(g->lexicon, set, words[i]))
            best = 1;
        ch_range phrases = ch_set_phrases(g->lexicon, set, words[i]);
        for (uint32_t p = phrases.first; p < phrases.first + phrases.count; p++) {
            ch_phrase phrase = g->frames->phrases[p];
            uint32_t last = phrase.nword - 1;
            uint32_t head = g->frames->words[phrase.first_word + last] == words[i] ? last : 0;
            if (phrase.nword > best && ch_graph_heads_phrase(g, t, phrase.first_word, phrase.nword, head))
                best = phrase.nword;
        }
    }
    return best;
}

bool
ch_graph_in_set(const ch_graph *g, uint32_t t, uint32_t set)
{
    return ch_graph_set_words(g, t, set) != 0;
}
