#include "event/clause.h"
#include "event/slot.h"

#include <string.h>

static void
add_agent_below(const ch_graph *g, uint32_t verb, uint32_t t, ch_fillers *out)
{
    if ((ch_tok(g, t)->rel == CH_NMOD || ch_tok(g, t)->rel == CH_OBL) && g->preposition[t] == g->by &&
        ch_is_nominal(ch_tok(g, t)))
        ch_slot_add_resolved(g, out, verb, t);
}

void
ch_slot_agents(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = ch_tok(g, c);
        if (child->rel == CH_OBL && (child->sub == CH_SUB_AGENT || (g->by != 0 && g->preposition[c] == g->by)) &&
            ch_is_nominal(child))
            ch_slot_add_resolved(g, out, t, c);
    }
    if (out->count != 0 || g->by == 0)
        return;
    /* "driven from their villages by the army", "found liable by the court",
     * "granted a loan of two million euros by the bank": the reader may hang the
     * agent on the place, on what the object became or on what is given */
    CH_EACH_CHILD(g, c, t) {
        bool may_hold = ch_tok(g, c)->rel == CH_OBL || ch_tok(g, c)->rel == CH_OBJ ||
                        (ch_tok(g, c)->rel == CH_XCOMP && ch_tok(g, c)->upos != CH_VERB);
        for (uint32_t below = may_hold ? g->first_child[c] : CH_NONE; below != CH_NONE; below = g->next_sibling[below]) {
            add_agent_below(g, t, below, out);
            for (uint32_t b = below > c ? g->first_child[below] : CH_NONE;
                 (ch_tok(g, below)->rel == CH_NMOD || ch_tok(g, below)->rel == CH_ACL) && b != CH_NONE; b = g->next_sibling[b])
                add_agent_below(g, t, b, out);
        }
    }
}

/* The one who controls the missing subject of a complement of `head`. */
static void
controller(const ch_graph *g, uint32_t head, ch_fillers *out, int depth)
{
    uint32_t object = ch_graph_child(g, head, CH_OBJ);
    if (object == CH_NONE)
        object = ch_graph_child(g, head, CH_IOBJ);
    bool object_controls = object != CH_NONE && !ch_graph_in_set(g, head, g->sets.subject_control);
    if (object_controls)
        ch_slot_add_resolved(g, out, head, object);
    else if (ch_graph_is_passive(g, head))
        ch_slot_objects(g, head, out, depth + 1);
    else
        ch_slot_subjects(g, head, out, depth + 1);
}

/* "The army killed 14 people, the ministry said": of two subjects of "said" the
 * one before the clause that it governs is that clause's. */
static bool
is_strayed(const ch_graph *g, uint32_t verb, uint32_t subject)
{
    uint32_t clause = CH_NONE;
    bool other = false;
    CH_EACH_CHILD(g, c, verb) {
        if (ch_tok(g, c)->rel == CH_CCOMP && subject < c && c < verb)
            clause = c;
        other = other || (ch_tok(g, c)->rel == CH_NSUBJ && clause != CH_NONE && clause < c);
    }
    return other;
}

static void
strayed_subject(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    uint32_t head = ch_tok(g, t)->head, first = ch_graph_child(g, head, CH_NSUBJ);
    if (first != CH_NONE && first < t && t < head && is_strayed(g, head, first))
        ch_slot_add_resolved(g, out, t, first);
}

/* Whether a comma parts the "-ing" clause from the object or oblique that the reader
 * hung it on, of a verb that has somebody for its subject. */
static bool
is_set_off(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t), *noun = ch_tok(g, token->head);
    bool participle = token->xpos != NULL && strcmp(token->xpos, "VBG") == 0;
    bool below_verb = noun->rel == CH_OBJ || noun->rel == CH_OBL;
    return participle && below_verb && noun->head != CH_NONE && noun->head < token->head && t > token->head + 1 &&
           ch_tok(g, t - 1)->upos == CH_PUNCT;
}

/* A participle that goes on with a passive, without an auxiliary or object of its own. */
static bool
is_shared_passive(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    return token->xpos != NULL && strcmp(token->xpos, "VBN") == 0 && ch_graph_child(g, t, CH_AUXREL) == CH_NONE &&
           ch_graph_child(g, t, CH_OBJ) == CH_NONE;
}

void
ch_slot_inherited_subjects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth)
{
    const ch_token *token = ch_tok(g, t);
    if (token->head == CH_NONE)
        return;
    const ch_token *head = ch_tok(g, token->head);
    switch ((ch_rel)token->rel) {
    case CH_CONJ:
        if (head->upos != CH_VERB && head->upos != CH_AUX && head->upos != CH_ADJ)
            break;
        if (ch_graph_is_passive(g, token->head) && is_shared_passive(g, t))
            break; /* "was questioned by a lawyer and then arrested": who did it is not said */
        if (ch_graph_is_passive(g, token->head))
            ch_slot_objects(g, token->head, out, depth + 1); /* "was indicted and will resign" */
        else
            ch_slot_subjects(g, token->head, out, depth + 1);
        break;
    case CH_AMOD:
        if (ch_clause_charging_verb(g, t) != CH_NONE)
            ch_slot_objects(g, ch_clause_charging_verb(g, t), out, depth + 1);
        break;
    case CH_OBL:
        if (ch_clause_is_oblique_infinitive(g, t))
            controller(g, token->head, out, depth);
        break;
    case CH_XCOMP:
    case CH_CCOMP:
        strayed_subject(g, t, out);
        if (out->count == 0 && (token->morph & CH_M_FIN) == 0)
            controller(g, token->head, out, depth);
        break;
    case CH_ADVCL:
        if (ch_graph_is_complement(g, t))
            controller(g, token->head, out, depth);
        else if ((token->morph & CH_M_FIN) == 0) {
            if (ch_set_has(g->lexicon, g->sets.object_control_mark, g->preposition[t]))
                ch_slot_objects(g, token->head, out,
                                depth + 1); /* "arrested them for protesting", "accused Iran of attacking a ship" */
            if (out->count == 0)
                ch_slot_subjects(g, token->head, out, depth + 1);
        }
        break;
    case CH_ACL:
        if (ch_slot_is_relclause(token)) {
            if ((token->morph & CH_M_INF) != 0)
                ch_slot_add_all(g, out, token->head);
            break;
        }
        if ((token->morph & CH_M_INF) != 0)
            ch_slot_subjects(g, token->head, out, depth + 1); /* "its threat to attack" */
        else if (is_set_off(g, t))
            ch_slot_subjects(g, head->head, out, depth + 1); /* "imposed sanctions on ten officials, accusing them" */
        else
            ch_slot_add_all(g, out, token->head); /* "troops attacking the town" */
        break;
    default: break;
    }
}

static bool
is_anyone(const ch_graph *g, const ch_fillers *fillers)
{
    for (uint32_t i = 0; i < fillers->count; i++)
        if (g->doc->mention_of[fillers->tok[i]] != CH_NONE)
            return true;
    return false;
}

/* "said after talks with Erdogan", "announced during a visit to Rabat": who acts was
 * there, unless it is said that another was. */
static bool
is_attended(const ch_graph *g, uint32_t t)
{
    const ch_token *token = ch_tok(g, t);
    CH_EACH_CHILD(g, c, t)
        if (ch_set_has(g->lexicon, g->sets.attended_by, g->preposition[c]))
            return false;
    return token->rel == CH_OBL && token->head != CH_NONE && ch_tok(g, token->head)->upos == CH_VERB &&
           ch_set_has(g->lexicon, g->sets.attended_mark, g->preposition[t]) && ch_graph_in_set(g, t, g->sets.attended);
}

static void
noun_subjects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth)
{
    uint32_t verb = ch_graph_support(g, t);
    if (verb != CH_NONE)
        ch_slot_subjects(g, verb, out, depth + 1);
    if (out->count == 0 && g->by != 0) {
        /* "the arrest of an editor by soldiers": "by" may hang on the editor */
        ch_fillers things = {.tok = {t}, .count = 1};
        ch_slot_objects(g, t, &things, depth + 1);
        for (uint32_t i = 0; i < things.count && out->count == 0; i++)
            CH_EACH_CHILD(g, c, things.tok[i])
                if (g->preposition[c] == g->by && ch_is_nominal(ch_tok(g, c)))
                    ch_slot_add_all(g, out, c);
    }
    if (out->count == 0) {
        uint32_t owner = ch_slot_owner(g, t);
        if (owner != CH_NONE)
            ch_slot_add_all(g, out, owner);
    }
    if (out->count == 0)
        ch_graph_slot(g, t, CH_SLOT_MOD, out);
    if (is_attended(g, t) && !is_anyone(g, out)) {
        out->count = 0;
        ch_slot_subjects(g, ch_tok(g, t)->head, out, depth + 1);
    }
}

/* The noun right before a verb that the reader hung on the verb's object, across
 * the verb: "Burma rejected help". */
static void
crossing_subject(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    uint32_t before = t;
    while (before > 0 && ch_tok(g, before - 1)->head == t && ch_tok(g, before - 1)->rel == CH_AUXREL)
        before--;
    if (before == 0 || !ch_is_nominal(ch_tok(g, before - 1)))
        return;
    uint32_t object = ch_tok(g, before - 1)->head;
    if (object != CH_NONE && object > t && ch_tok(g, object)->head == t)
        ch_slot_add(out, before - 1);
}

/* "Although the ministry objected, it continues to send them": an "it" that the
 * reader took for one that stands for nothing is the subject of the clause before. */
static void
subject_before(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        uint32_t subject = ch_tok(g, c)->rel == CH_ADVCL && c < t ? ch_graph_child(g, c, CH_NSUBJ) : CH_NONE;
        if (subject != CH_NONE)
            ch_slot_add_resolved(g, out, c, subject);
    }
    /* the reader may have taken the main clause for the aside */
    uint32_t up = ch_tok(g, t)->rel == CH_PARATAXIS ? ch_tok(g, t)->head : CH_NONE;
    if (up != CH_NONE && up < t && ch_graph_child(g, up, CH_MARK) != CH_NONE && ch_graph_child(g, up, CH_NSUBJ) != CH_NONE)
        ch_slot_add_resolved(g, out, up, ch_graph_child(g, up, CH_NSUBJ));
}

void
ch_slot_subjects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth)
{
    if (depth > CH_SLOT_DEPTH_MAX)
        return;
    const ch_token *token = ch_tok(g, t);
    bool clause = token->upos == CH_VERB || token->upos == CH_AUX || ch_clause_has_subject(g, t);
    if (!clause && ch_is_nominal(token)) {
        noun_subjects(g, t, out, depth);
        return;
    }
    /* "it is the first visit by a minister": the pronoun is the visit itself */
    uint32_t subject = ch_graph_child(g, t, CH_NSUBJ);
    if (ch_is_nominal(token) && ch_graph_child(g, t, CH_COP) != CH_NONE && subject != CH_NONE &&
        ch_tok(g, subject)->upos == CH_PRON) {
        noun_subjects(g, t, out, depth);
        return;
    }
    if (ch_graph_is_passive(g, t)) {
        ch_slot_agents(g, t, out);
        return;
    }
    uint32_t before = out->count;
    CH_EACH_CHILD(g, c, t)
        if (ch_tok(g, c)->rel == CH_NSUBJ && ch_tok(g, c)->sub != CH_SUB_PASS && ch_tok(g, c)->sub != CH_SUB_OUTER &&
            !is_strayed(g, t, c))
            ch_slot_add_resolved(g, out, t, c);
    for (uint32_t c = g->first_child[t]; out->count == before && c != CH_NONE; c = g->next_sibling[c])
        if (ch_tok(g, c)->rel == CH_NSUBJ && ch_tok(g, c)->sub == CH_SUB_OUTER)
            ch_slot_add_resolved(g, out, t, c); /* "the minister is to travel" */
    /* a name in front that the reader took for an adverb or for somebody addressed */
    for (uint32_t c = g->first_child[t]; out->count == before && c != CH_NONE && c < t; c = g->next_sibling[c])
        if (ch_tok(g, c)->upos == CH_PROPN && (ch_tok(g, c)->rel == CH_ADVMOD || ch_tok(g, c)->rel == CH_VOCATIVE))
            ch_slot_add_resolved(g, out, t, c);
    if (out->count == before && ch_graph_child(g, t, CH_EXPL) != CH_NONE && ch_graph_child(g, t, CH_XCOMP) != CH_NONE)
        subject_before(g, t, out);
    if (out->count == before && token->upos == CH_VERB)
        crossing_subject(g, t, out);
    if (out->count == before)
        ch_slot_inherited_subjects(g, t, out, depth);
}
