#include "event/clause.h"

#include <string.h>

/* A sentence without a full stop. */
static bool
in_headline(const ch_graph *g, uint32_t t)
{
    return ch_tok(g, ch_sentence_at(g->doc, t)->last - 1)->upos != CH_PUNCT;
}

uint32_t
ch_clause_charging_verb(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    if (token->rel != CH_AMOD || token->upos != CH_VERB || token->xpos == NULL || strcmp(token->xpos, "VBG") != 0 || t == 0 ||
        token->head == CH_NONE || token->head < t)
        return CH_NONE;
    const ch_token *mark = ch_tok(g, t - 1);
    if (mark->head != token->head || mark->rel != CH_CASE ||
        !ch_set_has(g->lexicon, g->sets.object_control_mark, mark->lemma_word))
        return CH_NONE;
    uint32_t verb = ch_tok(g, token->head)->head;
    if (verb != CH_NONE && ch_is_nominal(ch_tok(g, verb)))
        verb = ch_tok(g, verb)->head;
    return verb != CH_NONE && verb < t && ch_graph_in_set(g, verb, g->sets.object_charge) ? verb : CH_NONE;
}

uint32_t
ch_clause_hidden_verb(const ch_graph *g, uint32_t t)
{
    CH_EACH_CHILD(g, c, t)
        if (c < t && ch_clause_charging_verb(g, c) != CH_NONE)
            return c;
    return CH_NONE;
}

bool
ch_graph_is_misplaced(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    if (ch_clause_charging_verb(g, t) != CH_NONE)
        return true;
    uint32_t subject = ch_graph_child(g, t, CH_NSUBJ);
    return token->rel == CH_AMOD && token->upos == CH_VERB && token->head != CH_NONE && token->head > t && subject != CH_NONE &&
           subject < t && ch_tok(g, subject)->sub != CH_SUB_PASS;
}

bool
ch_graph_is_passive(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    bool have = false, other_aux = false;
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = ch_tok(g, c);
        if (child->sub == CH_SUB_PASS && (child->rel == CH_AUXREL || child->rel == CH_NSUBJ || child->rel == CH_CSUBJ))
            return true;
        if (child->rel == CH_AUXREL)
            other_aux = true;
        if (child->rel == CH_NSUBJ || child->rel == CH_OBJ)
            have = true;
    }
    /* "the town seized by rebels", "killed in the attack, he ..."; in headlines "15 soldiers killed" */
    bool participle = token->xpos != NULL && strcmp(token->xpos, "VBN") == 0;
    bool headline = have && in_headline(g, t) && ch_graph_child(g, t, CH_OBJ) == CH_NONE && token->rel != CH_XCOMP;
    return participle && !other_aux && (!have || headline) && (token->rel != CH_CONJ || headline);
}

/* Whether the infinitive of the verb, or of its object ("issued an ultimatum to"),
 * says what is asked, meant, tried or refused. */
static bool
takes_infinitive(const ch_graph *g, uint32_t verb)
{
    const ch_event_sets *s = &g->sets;
    const uint32_t sets[] = {s->demand, s->intend, s->attempt, s->fail};
    uint32_t object = ch_graph_child(g, verb, CH_OBJ);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (ch_graph_in_set(g, verb, sets[i]) || (object != CH_NONE && ch_graph_in_set(g, object, sets[i])))
            return true;
    return false;
}

bool
ch_clause_is_oblique_infinitive(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    return token->rel == CH_OBL && token->upos == CH_VERB && t > 0 && ch_tok(g, t - 1)->head == t &&
           (ch_tok(g, t - 1)->rel == CH_MARK || ch_tok(g, t - 1)->rel == CH_CASE) && ch_graph_is_word(g, t - 1, g->to);
}

bool
ch_graph_is_complement(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    if (token->rel == CH_XCOMP || token->rel == CH_CCOMP || ch_clause_is_oblique_infinitive(g, t))
        return true;
    if (token->rel != CH_ADVCL || (token->morph & CH_M_INF) == 0 || token->head > t || ch_tok(g, token->head)->upos != CH_VERB)
        return false;
    uint32_t mark = ch_graph_child(g, t, CH_MARK), head = token->head;
    return mark != CH_NONE && ch_tok(g, mark)->upos == CH_PART && ch_graph_child(g, t, CH_NSUBJ) == CH_NONE &&
           ch_graph_child(g, head, CH_XCOMP) == CH_NONE && ch_graph_child(g, head, CH_CCOMP) == CH_NONE &&
           takes_infinitive(g, head);
}

bool
ch_clause_has_subject(const ch_graph *g, uint32_t t)
{
    return ch_graph_child(g, t, CH_NSUBJ) != CH_NONE || ch_graph_child(g, t, CH_CSUBJ) != CH_NONE;
}

bool
ch_clause_is_participle(const ch_token *t)
{
    return t->xpos != NULL && strcmp(t->xpos, "VBG") == 0;
}

bool
ch_clause_is_open_participle(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    return ch_clause_is_participle(token) && (token->rel == CH_ADVCL || (token->rel == CH_ACL && token->sub != CH_SUB_RELCL)) &&
           ch_graph_child(g, t, CH_MARK) == CH_NONE && ch_graph_child(g, t, CH_NSUBJ) == CH_NONE && g->preposition[t] == 0;
}

bool
ch_clause_is_beside(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    return (token->rel == CH_ADVCL || token->rel == CH_PARATAXIS) && (token->morph & CH_M_FIN) != 0 &&
           ch_graph_child(g, t, CH_MARK) == CH_NONE && ch_graph_child(g, t, CH_ADVMOD) == CH_NONE &&
           ch_graph_child(g, t, CH_NSUBJ) != CH_NONE;
}

bool
ch_clause_has_perfect(const ch_graph *g, uint32_t verb)
{
    CH_EACH_CHILD(g, c, verb)
        if (ch_tok(g, c)->rel == CH_AUXREL && ch_str_is(ch_tok(g, c)->lemma, "have"))
            return true;
    return false;
}

uint32_t
ch_clause_place(const ch_graph *g, uint32_t verb)
{
    CH_EACH_CHILD(g, c, verb)
        if (c < verb && ch_graph_in_set(g, c, g->sets.relative_place))
            return c;
    return CH_NONE;
}

/* The clause says of its "what" that it is this. */
static bool
is_said_of(const ch_graph *g, uint32_t verb, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    if (t < verb)
        return false;
    return token->rel == CH_XCOMP || token->rel == CH_CCOMP || token->rel == CH_OBJ ||
           (token->rel == CH_OBL && g->as != 0 && g->preposition[t] == g->as);
}

bool
ch_clause_calls(const ch_graph *g, uint32_t verb)
{
    const ch_token *token = ch_tok(g, verb);
    return token->rel == CH_ACL && token->head != CH_NONE && ch_graph_in_set(g, token->head, g->sets.free_relative) &&
           ch_graph_in_set(g, verb, g->sets.calling);
}

uint32_t
ch_clause_called(const ch_graph *g, uint32_t tok)
{
    if (ch_tok(g, tok)->upos != CH_PRON)
        return CH_NONE;
    CH_EACH_CHILD(g, verb, tok)
        if (ch_clause_calls(g, verb))
            CH_EACH_CHILD(g, c, verb)
                if (is_said_of(g, verb, c) && (ch_is_nominal(ch_tok(g, c)) || ch_graph_child(g, c, CH_COP) != CH_NONE))
                    return c;
    return CH_NONE;
}
