#include "event/slot.h"
#include "event/clause.h"

#include <string.h>

uint32_t
ch_graph_counter(const ch_graph *g, uint32_t noun)
{
    for (int depth = 0; depth < CH_SLOT_DEPTH_MAX; depth++) {
        const ch_token *token = ch_tok(g, noun);
        if (token->rel != CH_NMOD || g->of == 0 || g->preposition[noun] != g->of || !ch_graph_in_set(g, token->head, g->sets.spell))
            break;
        noun = token->head;
    }
    return noun;
}

uint32_t
ch_graph_occurrence(const ch_graph *g, uint32_t noun)
{
    const ch_token *token = ch_tok(g, ch_graph_counter(g, noun));
    bool occurs = token->rel == CH_NSUBJ && token->head != CH_NONE && ch_graph_in_set(g, token->head, g->sets.occur);
    return occurs ? token->head : CH_NONE;
}

uint32_t
ch_graph_support(const ch_graph *g, uint32_t noun)
{
    noun = ch_graph_counter(g, noun);
    const ch_token *token = ch_tok(g, noun);
    uint32_t verb = token->head;
    if (verb == CH_NONE || (token->upos != CH_NOUN && token->upos != CH_PROPN))
        return CH_NONE;
    if (token->rel == CH_CONJ) /* "held talks and a meeting" */
        return ch_tok(g, verb)->upos == CH_NOUN ? ch_graph_support(g, verb) : CH_NONE;
    if (ch_tok(g, verb)->upos != CH_VERB)
        return CH_NONE;
    bool fits = token->rel == CH_OBJ || token->rel == CH_OBL || (token->rel == CH_NSUBJ && ch_graph_is_passive(g, verb));
    if (!fits)
        return CH_NONE;
    if (token->rel == CH_OBL) {
        /* "engaged in talks": the phrase of the support verb names the preposition */
        ch_range phrases = ch_set_phrases(g->lexicon, g->sets.support, ch_tok(g, verb)->lemma_word);
        for (uint32_t p = phrases.first; p < phrases.first + phrases.count; p++) {
            ch_phrase phrase = g->frames->phrases[p];
            if (g->frames->words[phrase.first_word + phrase.nword - 1] == g->preposition[noun] &&
                ch_graph_heads_phrase(g, verb, phrase.first_word, phrase.nword, 0))
                return verb;
        }
        return CH_NONE;
    }
    const uint32_t sets[] = {g->sets.support, g->sets.support_begin, g->sets.support_end};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (ch_graph_in_set(g, verb, sets[i]))
            return verb;
    return CH_NONE;
}

/* "threatened to ban the party": an infinitive that follows its verb at once is
 * its complement, whatever the reader made of it and of its "to". */
static bool
follows_at_once(const ch_graph *g, uint32_t t, uint32_t child)
{
    if (ch_tok(g, t)->upos != CH_VERB || child != t + 2 || ch_tok(g, t + 1)->head != child)
        return false;
    const ch_token *verb = ch_tok(g, child);
    if (verb->rel == CH_ADVCL)
        return (verb->morph & CH_M_INF) != 0 && ch_tok(g, t + 1)->upos == CH_PART;
    return verb->rel == CH_OBL && verb->xpos != NULL && strcmp(verb->xpos, "VB") == 0 && ch_graph_is_word(g, t + 1, g->to);
}

/* "told the visitors that Japan should keep its word": what the reader took for a
 * relative clause of the one who is told, though "that" is no part of it. */
static void
told_clauses(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        if (ch_tok(g, t)->upos != CH_VERB || (ch_tok(g, c)->rel != CH_IOBJ && ch_tok(g, c)->rel != CH_OBJ))
            continue;
        CH_EACH_CHILD(g, clause, c) {
            uint32_t mark = ch_slot_is_relclause(ch_tok(g, clause)) ? ch_graph_child(g, clause, CH_MARK) : CH_NONE;
            if (mark != CH_NONE && ch_tok(g, mark)->upos == CH_SCONJ)
                ch_slot_add_all(g, out, clause);
        }
    }
}

static void
complements(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    bool noun = ch_tok(g, t)->upos == CH_NOUN || ch_tok(g, t)->upos == CH_PROPN;
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = ch_tok(g, c);
        bool clause = ch_graph_is_complement(g, c) ||
                      (noun && child->rel == CH_ACL && child->sub != CH_SUB_RELCL && ch_graph_child(g, c, CH_MARK) != CH_NONE) ||
                      (child->rel == CH_ADVCL && (child->morph & CH_M_INF) != 0 &&
                       (ch_tok(g, t)->upos == CH_ADJ || ch_graph_in_set(g, t, g->sets.demand))) || /* "called on them to leave" */
                      follows_at_once(g, t, c);
        if (clause)
            ch_slot_add_all(g, out, c);
    }
    if (out->count == 0)
        told_clauses(g, t, out);
}

static void
attributes(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = ch_tok(g, c);
        bool attribute = child->rel == CH_AMOD || child->rel == CH_COMPOUND ||
                         (child->rel == CH_NMOD && (child->sub == CH_SUB_UNMARKED || child->sub == CH_SUB_DESC));
        if (attribute)
            ch_slot_add_all(g, out, c);
    }
}

static void
adverbs(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = ch_tok(g, c);
        if (child->rel == CH_ADVMOD || (child->rel == CH_COMPOUND && child->sub == CH_SUB_PRT))
            ch_slot_add_all(g, out, c);
    }
}

/* Auxiliaries, and the "to" of an infinitive. */
static void
auxiliaries(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = ch_tok(g, c);
        if (child->rel == CH_AUXREL || (child->rel == CH_MARK && child->upos == CH_PART))
            ch_slot_add(out, c);
    }
}

static bool
has_given(const ch_graph *g, uint32_t t)
{
    CH_EACH_CHILD(g, c, t)
        if (ch_tok(g, c)->rel == CH_OBJ || ch_slot_is_given(g, t, c))
            return true;
    return false;
}

static void
indirect_objects(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    uint32_t child = ch_graph_child(g, t, CH_IOBJ);
    if (child != CH_NONE)
        ch_slot_add_resolved(g, out, t, child);
    else if (ch_graph_is_passive(g, t) && has_given(g, t)) {
        child = ch_graph_child(g, t, CH_NSUBJ); /* "Kyiv was given tanks" */
        if (child != CH_NONE)
            ch_slot_add_resolved(g, out, t, child);
    }
}

void
ch_graph_slot(const ch_graph *g, uint32_t t, uint32_t slot, ch_fillers *out)
{
    if ((slot & CH_SLOT_PREPOSITION) != 0) {
        ch_slot_prepositional(g, t, slot & ~CH_SLOT_PREPOSITION, out);
        if (out->count == 0 && (slot & ~CH_SLOT_PREPOSITION) == g->to)
            indirect_objects(g, t, out);
        return;
    }
    switch ((ch_slot)slot) {
    case CH_SLOT_SUBJ: ch_slot_subjects(g, t, out, 0); break;
    case CH_SLOT_OBJ: ch_slot_objects(g, t, out, 0); break;
    case CH_SLOT_IOBJ: indirect_objects(g, t, out); break;
    case CH_SLOT_COMP: complements(g, t, out); break;
    case CH_SLOT_POSS: {
        uint32_t owner = ch_slot_owner(g, t);
        if (owner != CH_NONE)
            ch_slot_add_all(g, out, owner);
        break;
    }
    case CH_SLOT_MOD: attributes(g, t, out); break;
    case CH_SLOT_ADV: adverbs(g, t, out); break;
    case CH_SLOT_AUX: auxiliaries(g, t, out); break;
    case CH_SLOT_LEFT:
    case CH_SLOT_RIGHT: break; /* roles.c: they depend on the other party */
    }
}

void
ch_graph_path(const ch_graph *g, uint32_t t, const ch_path *path, ch_fillers *out)
{
    ch_fillers here = {.tok = {t}, .count = 1};
    for (uint32_t i = 0; i < CH_PATH_MAX && path->slot[i] != 0; i++) {
        ch_fillers next = {.count = 0};
        for (uint32_t k = 0; k < here.count; k++)
            ch_graph_slot(g, here.tok[k], path->slot[i], &next);
        here = next;
    }
    for (uint32_t i = 0; i < here.count; i++)
        ch_slot_add(out, here.tok[i]);
}
