/* Who fills a slot of a word: subjects, objects, what prepositions bring, through
 * passives, control, relative clauses and coordination. */
#include "event/graph.h"
#include "time/time.h"

/* Control, relative clauses and coordination are followed at most this far. */
#define DEPTH_MAX 6

static void subjects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth);
static void objects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth);

static const ch_token *
tok(const ch_graph *g, uint32_t t)
{
    return &g->doc->toks[t];
}

static void
add(ch_fillers *out, uint32_t t)
{
    for (uint32_t i = 0; i < out->count; i++)
        if (out->tok[i] == t)
            return;
    if (out->count < CH_FILLERS_MAX)
        out->tok[out->count++] = t;
}

/* The filler and those coordinated with it. */
static void
add_all(const ch_graph *g, ch_fillers *out, uint32_t t)
{
    add(out, t);
    CH_EACH_CHILD(g, c, t)
        if (tok(g, c)->rel == CH_CONJ)
            add_all(g, out, c);
}

static uint32_t
child_sub(const ch_graph *g, uint32_t t, ch_rel rel, ch_sub sub)
{
    CH_EACH_CHILD(g, c, t)
        if (tok(g, c)->rel == rel && tok(g, c)->sub == sub)
            return c;
    return CH_NONE;
}

static bool
is_relative(const ch_token *t)
{
    return (t->morph & CH_M_PRONREL) != 0;
}

static bool
is_relclause(const ch_token *t)
{
    return t->rel == CH_ACL && t->sub == CH_SUB_RELCL;
}

/* The noun that the relative clause of `t` is about. A verb coordinated inside
 * the clause shares it. */
static uint32_t
antecedent(const ch_graph *g, uint32_t t)
{
    for (int depth = 0; depth < DEPTH_MAX && t != CH_NONE; depth++) {
        const ch_token *token = tok(g, t);
        if (is_relclause(token))
            return token->head;
        if (token->rel != CH_CONJ && token->rel != CH_XCOMP && token->rel != CH_CCOMP)
            return CH_NONE;
        t = token->head;
    }
    return CH_NONE;
}

/* A filler that is a relative pronoun stands for its antecedent. */
static void
add_resolved(const ch_graph *g, ch_fillers *out, uint32_t verb, uint32_t filler)
{
    if (is_relative(tok(g, filler))) {
        uint32_t noun = antecedent(g, verb);
        if (noun != CH_NONE) {
            add_all(g, out, noun);
            return;
        }
    }
    add_all(g, out, filler);
}

static void
add_agent_below(const ch_graph *g, uint32_t verb, uint32_t t, ch_fillers *out)
{
    if ((tok(g, t)->rel == CH_NMOD || tok(g, t)->rel == CH_OBL) && g->preposition[t] == g->by && ch_is_nominal(tok(g, t)))
        add_resolved(g, out, verb, t);
}

static void
agents(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = tok(g, c);
        if (child->rel == CH_OBL && (child->sub == CH_SUB_AGENT || (g->by != 0 && g->preposition[c] == g->by)) && ch_is_nominal(child))
            add_resolved(g, out, t, c);
    }
    if (out->count != 0 || g->by == 0)
        return;
    /* "driven from their villages by the army", "found liable by the court",
     * "granted a loan of two million euros by the bank": the reader may hang the
     * agent on the place, on what the object became or on what is given */
    CH_EACH_CHILD(g, c, t) {
        bool may_hold = tok(g, c)->rel == CH_OBL || tok(g, c)->rel == CH_OBJ || (tok(g, c)->rel == CH_XCOMP && tok(g, c)->upos != CH_VERB);
        for (uint32_t below = may_hold ? g->first_child[c] : CH_NONE; below != CH_NONE; below = g->next_sibling[below]) {
            add_agent_below(g, t, below, out);
            for (uint32_t b = below > c ? g->first_child[below] : CH_NONE; (tok(g, below)->rel == CH_NMOD || tok(g, below)->rel == CH_ACL) && b != CH_NONE; b = g->next_sibling[b])
                add_agent_below(g, t, b, out);
        }
    }
}

static bool
has_subject(const ch_graph *g, uint32_t t)
{
    return ch_graph_child(g, t, CH_NSUBJ) != CH_NONE || ch_graph_child(g, t, CH_CSUBJ) != CH_NONE;
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
        add_resolved(g, out, head, object);
    else if (ch_graph_is_passive(g, head))
        objects(g, head, out, depth + 1);
    else
        subjects(g, head, out, depth + 1);
}

/* "The army killed 14 people, the ministry said": of two subjects of "said" the
 * one before the clause that it governs is that clause's. */
static bool
is_strayed(const ch_graph *g, uint32_t verb, uint32_t subject)
{
    uint32_t clause = CH_NONE;
    bool other = false;
    CH_EACH_CHILD(g, c, verb) {
        if (tok(g, c)->rel == CH_CCOMP && subject < c && c < verb)
            clause = c;
        other = other || (tok(g, c)->rel == CH_NSUBJ && clause != CH_NONE && clause < c);
    }
    return other;
}

static void
strayed_subject(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    uint32_t head = tok(g, t)->head, first = ch_graph_child(g, head, CH_NSUBJ);
    if (first != CH_NONE && first < t && t < head && is_strayed(g, head, first))
        add_resolved(g, out, t, first);
}

/* Whether a comma parts the "-ing" clause from the object or oblique that the reader
 * hung it on, of a verb that has somebody for its subject. */
static bool
is_set_off(const ch_graph *g, uint32_t t)
{
    const ch_token *token = tok(g, t), *noun = tok(g, token->head);
    bool participle = token->xpos != NULL && strcmp(token->xpos, "VBG") == 0;
    bool below_verb = noun->rel == CH_OBJ || noun->rel == CH_OBL;
    return participle && below_verb && noun->head != CH_NONE && noun->head < token->head && t > token->head + 1 &&
           tok(g, t - 1)->upos == CH_PUNCT;
}

/* A participle that goes on with a passive, without an auxiliary or object of its own. */
static bool
is_shared_passive(const ch_graph *g, uint32_t t)
{
    const ch_token *token = tok(g, t);
    return token->xpos != NULL && strcmp(token->xpos, "VBN") == 0 && ch_graph_child(g, t, CH_AUXREL) == CH_NONE &&
           ch_graph_child(g, t, CH_OBJ) == CH_NONE;
}

/* Who acts in a clause or noun that has no subject of its own. */
static void
inherited_subjects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth)
{
    const ch_token *token = tok(g, t);
    if (token->head == CH_NONE)
        return;
    const ch_token *head = tok(g, token->head);
    switch ((ch_rel)token->rel) {
    case CH_CONJ:
        if (head->upos != CH_VERB && head->upos != CH_AUX && head->upos != CH_ADJ)
            break;
        if (ch_graph_is_passive(g, token->head) && is_shared_passive(g, t))
            break; /* "was questioned by a lawyer and then arrested": who did it is not said */
        if (ch_graph_is_passive(g, token->head))
            objects(g, token->head, out, depth + 1); /* "was indicted and will resign" */
        else
            subjects(g, token->head, out, depth + 1);
        break;
    case CH_AMOD:
        if (ch_graph_charging_verb(g, t) != CH_NONE)
            objects(g, ch_graph_charging_verb(g, t), out, depth + 1);
        break;
    case CH_OBL:
        if (ch_graph_is_oblique_infinitive(g, t))
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
                objects(g, token->head, out, depth + 1); /* "arrested them for protesting", "accused Iran of attacking a ship" */
            if (out->count == 0)
                subjects(g, token->head, out, depth + 1);
        }
        break;
    case CH_ACL:
        if (is_relclause(token)) {
            if ((token->morph & CH_M_INF) != 0)
                add_all(g, out, token->head);
            break;
        }
        if ((token->morph & CH_M_INF) != 0)
            subjects(g, token->head, out, depth + 1); /* "its threat to attack" */
        else if (is_set_off(g, t))
            subjects(g, head->head, out, depth + 1); /* "imposed sanctions on ten officials, accusing them" */
        else
            add_all(g, out, token->head); /* "troops attacking the town" */
        break;
    default:
        break;
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
    const ch_token *token = tok(g, t);
    CH_EACH_CHILD(g, c, t)
        if (ch_set_has(g->lexicon, g->sets.attended_by, g->preposition[c]))
            return false;
    return token->rel == CH_OBL && token->head != CH_NONE && tok(g, token->head)->upos == CH_VERB &&
           ch_set_has(g->lexicon, g->sets.attended_mark, g->preposition[t]) && ch_graph_in_set(g, t, g->sets.attended);
}

static void
noun_subjects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth)
{
    uint32_t verb = ch_graph_support(g, t);
    if (verb != CH_NONE)
        subjects(g, verb, out, depth + 1);
    if (out->count == 0 && g->by != 0) {
        /* "the arrest of an editor by soldiers": "by" may hang on the editor */
        ch_fillers things = {.tok = {t}, .count = 1};
        objects(g, t, &things, depth + 1);
        for (uint32_t i = 0; i < things.count && out->count == 0; i++)
            CH_EACH_CHILD(g, c, things.tok[i])
                if (g->preposition[c] == g->by && ch_is_nominal(tok(g, c)))
                    add_all(g, out, c);
    }
    if (out->count == 0) {
        uint32_t owner = child_sub(g, t, CH_NMOD, CH_SUB_POSS);
        if (owner != CH_NONE)
            add_all(g, out, owner);
    }
    if (out->count == 0)
        ch_graph_slot(g, t, CH_SLOT_MOD, out);
    if (is_attended(g, t) && !is_anyone(g, out)) {
        out->count = 0;
        subjects(g, tok(g, t)->head, out, depth + 1);
    }
}

/* The noun right before a verb that the reader hung on the verb's object, across
 * the verb: "Burma rejected help". */
static void
crossing_subject(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    uint32_t before = t;
    while (before > 0 && tok(g, before - 1)->head == t && tok(g, before - 1)->rel == CH_AUXREL)
        before--;
    if (before == 0 || !ch_is_nominal(tok(g, before - 1)))
        return;
    uint32_t object = tok(g, before - 1)->head;
    if (object != CH_NONE && object > t && tok(g, object)->head == t)
        add(out, before - 1);
}

/* "Although the ministry objected, it continues to send them": an "it" that the
 * reader took for one that stands for nothing is the subject of the clause before. */
static void
subject_before(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        uint32_t subject = tok(g, c)->rel == CH_ADVCL && c < t ? ch_graph_child(g, c, CH_NSUBJ) : CH_NONE;
        if (subject != CH_NONE)
            add_resolved(g, out, c, subject);
    }
    /* the reader may have taken the main clause for the aside */
    uint32_t up = tok(g, t)->rel == CH_PARATAXIS ? tok(g, t)->head : CH_NONE;
    if (up != CH_NONE && up < t && ch_graph_child(g, up, CH_MARK) != CH_NONE && ch_graph_child(g, up, CH_NSUBJ) != CH_NONE)
        add_resolved(g, out, up, ch_graph_child(g, up, CH_NSUBJ));
}

static void
subjects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth)
{
    if (depth > DEPTH_MAX)
        return;
    const ch_token *token = tok(g, t);
    bool clause = token->upos == CH_VERB || token->upos == CH_AUX || has_subject(g, t);
    if (!clause && ch_is_nominal(token)) {
        noun_subjects(g, t, out, depth);
        return;
    }
    /* "it is the first visit by a minister": the pronoun is the visit itself */
    uint32_t subject = ch_graph_child(g, t, CH_NSUBJ);
    if (ch_is_nominal(token) && ch_graph_child(g, t, CH_COP) != CH_NONE && subject != CH_NONE && tok(g, subject)->upos == CH_PRON) {
        noun_subjects(g, t, out, depth);
        return;
    }
    if (ch_graph_is_passive(g, t)) {
        agents(g, t, out);
        return;
    }
    uint32_t before = out->count;
    CH_EACH_CHILD(g, c, t)
        if (tok(g, c)->rel == CH_NSUBJ && tok(g, c)->sub != CH_SUB_PASS && tok(g, c)->sub != CH_SUB_OUTER && !is_strayed(g, t, c))
            add_resolved(g, out, t, c);
    for (uint32_t c = g->first_child[t]; out->count == before && c != CH_NONE; c = g->next_sibling[c])
        if (tok(g, c)->rel == CH_NSUBJ && tok(g, c)->sub == CH_SUB_OUTER)
            add_resolved(g, out, t, c); /* "the minister is to travel" */
    /* a name in front that the reader took for an adverb or for somebody addressed */
    for (uint32_t c = g->first_child[t]; out->count == before && c != CH_NONE && c < t; c = g->next_sibling[c])
        if (tok(g, c)->upos == CH_PROPN && (tok(g, c)->rel == CH_ADVMOD || tok(g, c)->rel == CH_VOCATIVE))
            add_resolved(g, out, t, c);
    if (out->count == before && ch_graph_child(g, t, CH_EXPL) != CH_NONE && ch_graph_child(g, t, CH_XCOMP) != CH_NONE)
        subject_before(g, t, out);
    if (out->count == before && token->upos == CH_VERB)
        crossing_subject(g, t, out);
    if (out->count == before)
        inherited_subjects(g, t, out, depth);
}

/* ----------------------------------------------------------------- objects */

static bool
is_time(const ch_graph *g, uint32_t t)
{
    for (uint32_t i = 0; i < g->doc->ntime; i++)
        if (g->doc->times[i].first <= t && t < g->doc->times[i].last)
            return true;
    return false;
}

/* What stands where the object would: "urged (someone) to act", a noun right
 * behind a verb's particle ("handed over suspects"), one that nothing marks as an
 * oblique though the reader took it for one ("killed at least 14 people"). */
static void
stand_in_objects(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    uint32_t person = ch_graph_child(g, t, CH_IOBJ);
    if (person != CH_NONE) {
        add_resolved(g, out, t, person);
        return;
    }
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = tok(g, c);
        if (child->rel != CH_OBL || child->sub != CH_SUB_NONE || !ch_is_nominal(child) || c < t || is_time(g, c))
            continue;
        uint32_t mark = ch_graph_child(g, c, CH_CASE);
        bool particle = mark != CH_NONE && mark == t + 1 && (ch_graph_in_set(g, mark, g->sets.particle) || ch_graph_begins_phrase(g, t, mark));
        if (mark == CH_NONE || particle) {
            add_resolved(g, out, t, c);
            return;
        }
    }
}

/* "was granted refuge": the noun behind a passive of giving is what is given,
 * though the reader took it for what the subject became. */
static bool
is_given(const ch_graph *g, uint32_t verb, uint32_t t)
{
    return tok(g, t)->rel == CH_XCOMP && tok(g, t)->upos == CH_NOUN && t > verb && ch_graph_child(g, t, CH_CASE) == CH_NONE &&
           ch_graph_is_passive(g, verb) && ch_graph_in_set(g, verb, g->sets.giving);
}

/* What "of" governs: the thing of an act's noun, what a word of quantity counts. */
static void
add_of(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t)
        if (g->of != 0 && g->preposition[c] == g->of && ch_is_nominal(tok(g, c)))
            add_all(g, out, c);
}

static void
objects(const ch_graph *g, uint32_t t, ch_fillers *out, int depth)
{
    if (depth > DEPTH_MAX)
        return;
    const ch_token *token = tok(g, t);
    if (token->upos == CH_NOUN || token->upos == CH_PROPN) {
        add_of(g, t, out);
        return;
    }
    uint32_t before = out->count;
    bool passive = ch_graph_is_passive(g, t);
    if (ch_graph_is_misplaced(g, t))
        add_all(g, out, token->head);
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = tok(g, c);
        if (child->rel == CH_OBJ || (passive && child->rel == CH_NSUBJ) || is_given(g, t, c))
            add_resolved(g, out, t, c);
    }
    if (out->count == before && token->upos == CH_VERB && !passive)
        stand_in_objects(g, t, out);
    if (out->count != before || token->head == CH_NONE)
        return;
    if (passive && token->rel == CH_ACL && token->sub != CH_SUB_RELCL)
        add_all(g, out, token->head); /* "the town seized by rebels" */
    else if (passive && (token->rel == CH_XCOMP || token->rel == CH_ADVCL))
        inherited_subjects(g, t, out, depth + 1); /* "was reported killed" */
    else if (is_relclause(token) && has_subject(g, t)) {
        uint32_t subject = ch_graph_child(g, t, CH_NSUBJ);
        bool free = subject != CH_NONE && !is_relative(tok(g, subject));
        if (free)
            add_all(g, out, token->head); /* "the town that rebels seized" */
    } else if (token->rel == CH_CONJ && token->head < t) {
        /* "seized and burned the church", "were seized and burned" */
        const ch_token *head = tok(g, token->head);
        bool same = head->upos == CH_VERB && ch_graph_is_passive(g, token->head);
        uint32_t shared = ch_graph_child(g, token->head, CH_OBJ);
        bool participle = token->xpos != NULL && strcmp(token->xpos, "VBN") == 0;
        if (same && participle)
            objects(g, token->head, out, depth + 1);
        else if (passive)
            subjects(g, token->head, out, depth + 1); /* "arrived and was received by" */
        else if (shared != CH_NONE && shared > t)
            add_resolved(g, out, token->head, shared);
    }
}

/* ------------------------------------------------------------ other slots */

uint32_t
ch_graph_support(const ch_graph *g, uint32_t noun)
{
    const ch_token *token = tok(g, noun);
    uint32_t verb = token->head;
    if (verb == CH_NONE || (token->upos != CH_NOUN && token->upos != CH_PROPN))
        return CH_NONE;
    if (token->rel == CH_CONJ) /* "held talks and a meeting" */
        return tok(g, verb)->upos == CH_NOUN ? ch_graph_support(g, verb) : CH_NONE;
    if (tok(g, verb)->upos != CH_VERB)
        return CH_NONE;
    bool fits = token->rel == CH_OBJ || token->rel == CH_OBL || (token->rel == CH_NSUBJ && ch_graph_is_passive(g, verb));
    if (!fits)
        return CH_NONE;
    if (token->rel == CH_OBL) {
        /* "engaged in talks": the phrase of the support verb names the preposition */
        ch_range phrases = ch_set_phrases(g->lexicon, g->sets.support, tok(g, verb)->lemma_word);
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
    if (tok(g, t)->upos != CH_VERB || child != t + 2 || tok(g, t + 1)->head != child)
        return false;
    const ch_token *verb = tok(g, child);
    if (verb->rel == CH_ADVCL)
        return (verb->morph & CH_M_INF) != 0 && tok(g, t + 1)->upos == CH_PART;
    return verb->rel == CH_OBL && verb->xpos != NULL && strcmp(verb->xpos, "VB") == 0 && ch_graph_is_word(g, t + 1, g->to);
}

static void
complements(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    bool noun = tok(g, t)->upos == CH_NOUN || tok(g, t)->upos == CH_PROPN;
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = tok(g, c);
        bool clause = ch_graph_is_complement(g, c) ||
                      (noun && child->rel == CH_ACL && child->sub != CH_SUB_RELCL &&
                       ch_graph_child(g, c, CH_MARK) != CH_NONE) ||
                      (child->rel == CH_ADVCL && (child->morph & CH_M_INF) != 0 &&
                       (tok(g, t)->upos == CH_ADJ || ch_graph_in_set(g, t, g->sets.demand))) || /* "called on them to leave" */
                      follows_at_once(g, t, c);
        if (clause)
            add_all(g, out, c);
    }
}

void
ch_graph_add_counted(const ch_graph *g, ch_fillers *fillers)
{
    for (uint32_t i = 0, n = fillers->count; i < n; i++)
        if (ch_graph_in_set(g, fillers->tok[i], g->sets.quantity))
            add_of(g, fillers->tok[i], fillers);
}

/* "out of talks": each of two marks in a row counts. */
static bool
is_marked(const ch_graph *g, uint32_t t, uint32_t word)
{
    if (g->preposition[t] == word)
        return true;
    CH_EACH_CHILD(g, c, t)
        if (tok(g, c)->rel == CH_CASE && tok(g, c)->upos == CH_ADP && tok(g, c)->lemma_word == word)
            return true;
    return false;
}

static void
prepositional_at(const ch_graph *g, uint32_t t, uint32_t word, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = tok(g, c);
        bool fits = child->rel == CH_OBL || child->rel == CH_NMOD || child->rel == CH_ADVCL || child->rel == CH_ACL ||
                    child->rel == CH_IOBJ || child->rel == CH_XCOMP || child->rel == CH_ADVMOD;
        if (!fits || !is_marked(g, c, word))
            continue;
        uint32_t verb = ch_graph_hidden_verb(g, c);
        add_resolved(g, out, t, verb != CH_NONE ? verb : c);
    }
}

/* "was accused by the ministry of spying", "a request by France for tanks": the reader may
 * hang on the agent what is said of the act. Behind a common noun only a clause
 * is sure to be that; what belongs to the agent's name is not asked. */
static void
behind_agent(const ch_graph *g, uint32_t t, uint32_t word, ch_fillers *out)
{
    ch_fillers by = {.count = 0};
    if (tok(g, t)->upos == CH_VERB)
        agents(g, t, &by);
    else
        prepositional_at(g, t, g->by, &by);
    for (uint32_t i = 0; i < by.count && out->count == 0; i++) {
        uint32_t m = g->doc->mention_of != NULL ? g->doc->mention_of[by.tok[i]] : CH_NONE;
        bool name = m != CH_NONE && tok(g, by.tok[i])->upos == CH_PROPN;
        for (uint32_t c = g->first_child[by.tok[i]]; c != CH_NONE; c = g->next_sibling[c]) {
            if (c < by.tok[i])
                continue;
            uint32_t verb = ch_graph_hidden_verb(g, c);
            bool clause = verb != CH_NONE || (tok(g, c)->rel == CH_ACL && tok(g, c)->sub != CH_SUB_RELCL);
            bool apart = name && tok(g, c)->rel == CH_NMOD && c >= g->doc->mentions[m].last;
            bool marked = is_marked(g, c, word) || (clause && tok(g, c - 1)->upos == CH_ADP && ch_graph_is_word(g, c - 1, word));
            if ((clause || apart) && marked)
                add_resolved(g, out, t, verb != CH_NONE ? verb : c);
        }
    }
}

/* "a ceasefire was called for by Kenya": what the preposition governs is the
 * subject of the passive. */
static bool
is_stranded(const ch_graph *g, uint32_t t, uint32_t word)
{
    if (t + 2 >= g->doc->ntok || tok(g, t + 1)->upos != CH_ADP || tok(g, t + 1)->lemma_word != word || !ch_graph_is_passive(g, t))
        return false;
    const ch_token *next = tok(g, t + 2);
    return next->upos == CH_ADP || next->upos == CH_PUNCT;
}

/* "went on strike": the bare noun that an act is told with, or CH_NONE. */
static uint32_t
bare_oblique(const ch_graph *g, uint32_t t)
{
    if (tok(g, t)->upos != CH_VERB || t + 2 >= g->doc->ntok)
        return CH_NONE;
    const ch_token *noun = tok(g, t + 2);
    bool bare = noun->upos == CH_NOUN && noun->rel == CH_OBL && noun->head == t && tok(g, t + 1)->rel == CH_CASE &&
                tok(g, t + 1)->head == t + 2;
    return bare ? t + 2 : CH_NONE;
}

/* "on Israel" may hang on the trigger, on its object or on its support verb. */
static void
prepositional(const ch_graph *g, uint32_t t, uint32_t word, ch_fillers *out)
{
    if (is_stranded(g, t, word))
        objects(g, t, out, 0);
    else
        prepositional_at(g, t, word, out);
    if (out->count == 0 && word == g->by && ch_graph_is_passive(g, t))
        agents(g, t, out);
    if (out->count != 0)
        return;
    const ch_token *token = tok(g, t);
    if (token->upos == CH_NOUN || token->upos == CH_PROPN) {
        uint32_t verb = ch_graph_support(g, t);
        if (verb != CH_NONE)
            prepositional_at(g, verb, word, out);
        if (word == g->of)
            return;
    }
    ch_fillers things = {.count = 0};
    objects(g, t, &things, 0);
    const uint32_t others[] = {ch_graph_child(g, t, CH_IOBJ), bare_oblique(g, t)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] != CH_NONE)
            add(&things, others[i]);
    for (uint32_t i = 0; i < things.count && out->count == 0; i++)
        prepositional_at(g, things.tok[i], word, out);
    if (out->count == 0 && ((token->upos == CH_NOUN && word != g->by) || ch_graph_is_passive(g, t)))
        behind_agent(g, t, word, out);
    if (out->count != 0 || token->rel != CH_CONJ || token->head == CH_NONE || token->head > t)
        return;
    /* "met and talked with": only what follows both is shared */
    uint32_t before = out->count;
    prepositional_at(g, token->head, word, out);
    if (out->count > before && out->tok[before] < t)
        out->count = before;
}

static void
attributes(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = tok(g, c);
        bool attribute = child->rel == CH_AMOD || child->rel == CH_COMPOUND ||
                         (child->rel == CH_NMOD && (child->sub == CH_SUB_UNMARKED || child->sub == CH_SUB_DESC));
        if (attribute)
            add_all(g, out, c);
    }
}

static void
adverbs(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = tok(g, c);
        if (child->rel == CH_ADVMOD || (child->rel == CH_COMPOUND && child->sub == CH_SUB_PRT))
            add_all(g, out, c);
    }
}

static bool
has_given(const ch_graph *g, uint32_t t)
{
    CH_EACH_CHILD(g, c, t)
        if (tok(g, c)->rel == CH_OBJ || is_given(g, t, c))
            return true;
    return false;
}

static void
indirect_objects(const ch_graph *g, uint32_t t, ch_fillers *out)
{
    uint32_t child = ch_graph_child(g, t, CH_IOBJ);
    if (child != CH_NONE)
        add_resolved(g, out, t, child);
    else if (ch_graph_is_passive(g, t) && has_given(g, t)) {
        child = ch_graph_child(g, t, CH_NSUBJ); /* "Kyiv was given tanks" */
        if (child != CH_NONE)
            add_resolved(g, out, t, child);
    }
}

void
ch_graph_slot(const ch_graph *g, uint32_t t, uint32_t slot, ch_fillers *out)
{
    if ((slot & CH_SLOT_PREPOSITION) != 0) {
        prepositional(g, t, slot & ~CH_SLOT_PREPOSITION, out);
        if (out->count == 0 && (slot & ~CH_SLOT_PREPOSITION) == g->to)
            indirect_objects(g, t, out);
        return;
    }
    switch ((ch_slot)slot) {
    case CH_SLOT_SUBJ:
        subjects(g, t, out, 0);
        break;
    case CH_SLOT_OBJ:
        objects(g, t, out, 0);
        break;
    case CH_SLOT_IOBJ:
        indirect_objects(g, t, out);
        break;
    case CH_SLOT_COMP:
        complements(g, t, out);
        break;
    case CH_SLOT_POSS: {
        uint32_t owner = child_sub(g, t, CH_NMOD, CH_SUB_POSS);
        if (owner != CH_NONE)
            add_all(g, out, owner);
        break;
    }
    case CH_SLOT_MOD:
        attributes(g, t, out);
        break;
    case CH_SLOT_ADV:
        adverbs(g, t, out);
        break;
    case CH_SLOT_LEFT:
    case CH_SLOT_RIGHT:
        break; /* roles.c: they depend on the other party */
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
        add(out, here.tok[i]);
}
