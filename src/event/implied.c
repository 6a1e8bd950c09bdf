#include "event/implied.h"

#include <string.h>

/* Sentences back to the act that a noun takes up, and to the blow that is answered. */
#define TAKEN_UP_SENTENCES 6
#define ANSWERED_SENTENCES 2

/* Nouns that take up acts of a type. */
static const struct {
    const char *set;
    ch_plover_type type;
} nouns[] = {
    {"implied-accuse", CH_ACCUSE},     {"implied-request", CH_REQUEST},   {"implied-agree", CH_AGREE},
    {"implied-sanction", CH_SANCTION}, {"implied-assault", CH_ASSAULT},   {"implied-coerce", CH_COERCE},
    {"implied-mobilize", CH_MOBILIZE}, {"implied-threaten", CH_THREATEN}, {"implied-concede", CH_CONCEDE},
    {"implied-reject", CH_REJECT},     {"implied-protest", CH_PROTEST},   {"implied-retreat", CH_RETREAT},
};

#define NOUN_SETS (sizeof nouns / sizeof *nouns)

typedef struct {
    const ch_coding *c;
    uint32_t set[NOUN_SETS];
    uint32_t any, condition, other;
} implying;

static ch_plover_type
type_of(const implying *s, const ch_event *e)
{
    return (ch_plover_type)s->c->graph->frames->frames[e->frame].type;
}

static const char *
country_of(const implying *s, const ch_party *p)
{
    return s->c->doc->mentions[p->mention].country;
}

static bool
has_country(const implying *s, const ch_party *parties, uint32_t count, const char *country)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(country_of(s, &parties[i]), country) == 0)
            return true;
    return false;
}

/* Whether any party of `a` is of a country that a party of `b` is of. */
static bool
share_country(const implying *s, const ch_party *a, uint32_t na, const ch_party *b, uint32_t nb)
{
    for (uint32_t i = 0; i < na; i++)
        if (country_of(s, &a[i])[0] != '\0' && has_country(s, b, nb, country_of(s, &a[i])))
            return true;
    return false;
}

/* Whether somebody of them is known, and none is one of the actors. */
static bool
are_not_actors(const implying *s, const ch_event *e, const ch_party *parties, uint32_t count)
{
    bool known = false;
    for (uint32_t i = 0; i < count; i++) {
        const ch_mention *m = &s->c->doc->mentions[parties[i].mention];
        known = known || m->code[0] != '\0';
        for (uint32_t a = 0; a < e->nactor; a++)
            if (m->via == e->actors[a].mention || strcmp(s->c->doc->mentions[e->actors[a].mention].code, m->code) == 0)
                return false;
    }
    return known;
}

/* The same, and none is of a country of theirs. */
static bool
are_others(const implying *s, const ch_event *e, const ch_party *parties, uint32_t count)
{
    return are_not_actors(s, e, parties, count) && !share_country(s, e->actors, e->nactor, parties, count);
}

static void
take(ch_event *e, const ch_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        e->recipients[i] = (ch_party){.mention = parties[i].mention, .tok = parties[i].tok, .path = CH_NONE};
    e->nrecipient = count;
}

static bool
is_hostile(ch_plover_type type)
{
    return type == CH_ACCUSE || type == CH_REJECT || type == CH_THREATEN || type == CH_SANCTION || type == CH_MOBILIZE ||
           type == CH_COERCE || type == CH_ASSAULT;
}

/* Types done towards somebody abroad or on the other side, who may go unsaid. */
static bool
may_be_implied(ch_plover_type type)
{
    return type == CH_ACCUSE || type == CH_REJECT || type == CH_THREATEN || type == CH_SANCTION || type == CH_REQUEST ||
           type == CH_AGREE || type == CH_CONCEDE || type == CH_SUPPORT || type == CH_AID;
}

/* ------------------------------------------------------ acts that go together */

/* The token that carries an act: the verb that a noun is told with. */
static uint32_t
carrier(const implying *s, const ch_event *e)
{
    uint32_t support = ch_graph_support(s->c->graph, e->tok);
    return support != CH_NONE ? support : e->tok;
}

/* Whether the verbs of two acts are coordinated, or one hangs on the other as a
 * participle: "expelled three envoys, accusing Moscow of spying". */
static bool
go_together(const implying *s, uint32_t a, uint32_t b)
{
    const ch_graph *g = s->c->graph;
    for (int turn = 0; turn < 2; turn++) {
        uint32_t below = turn == 0 ? a : b, above = turn == 0 ? b : a;
        const ch_token *t = ch_tok(g, below);
        bool own_subject = ch_graph_child(g, below, CH_NSUBJ) != CH_NONE;
        if (t->head == above && !own_subject && (t->rel == CH_CONJ || (t->rel == CH_ADVCL && (t->morph & CH_M_FIN) == 0)))
            return true;
    }
    const ch_token *x = ch_tok(g, a), *y = ch_tok(g, b);
    return x->rel == CH_CONJ && y->rel == CH_CONJ && x->head == y->head && ch_graph_child(g, a, CH_NSUBJ) == CH_NONE &&
           ch_graph_child(g, b, CH_NSUBJ) == CH_NONE;
}

static bool
of_one_temper(ch_plover_type a, ch_plover_type b)
{
    return a == CH_REQUEST || b == CH_REQUEST || is_hostile(a) == is_hostile(b);
}

/* "Urged both sides to talk and offered to mediate": the same ones. */
static bool
take_from_beside(const implying *s, uint32_t index)
{
    ch_event *e = &s->c->events[index];
    uint32_t first = index;
    while (first > 0 && s->c->events[first - 1].sentence == e->sentence)
        first--;
    for (uint32_t i = first; i < s->c->count && s->c->events[i].sentence == e->sentence; i++) {
        const ch_event *o = &s->c->events[i];
        if (o == e || o->reciprocal || o->nrecipient == 0 || o->reversed ||
            !of_one_temper(type_of(s, o), type_of(s, e)) || !go_together(s, carrier(s, e), carrier(s, o)) ||
            !are_others(s, e, o->recipients, o->nrecipient))
            continue;
        take(e, o->recipients, o->nrecipient);
        return true;
    }
    return false;
}

/* --------------------------------------------------------- acts that are taken up */

/* Whether a noun is one that was told of before. */
static bool
is_definite(const ch_graph *g, uint32_t t)
{
    CH_EACH_CHILD(g, c, t)
        if ((ch_tok(g, c)->morph & (CH_M_DEF | CH_M_PRONDEM)) != 0 && ch_tok(g, c)->rel == CH_DETREL)
            return true;
    return false;
}

/* Whether the noun may take up the act. */
static bool
takes_up(const implying *s, uint32_t noun, const ch_event *act)
{
    if (ch_graph_in_set(s->c->graph, noun, s->any))
        return true;
    for (size_t i = 0; i < NOUN_SETS; i++)
        if (nouns[i].type == type_of(s, act) && ch_graph_in_set(s->c->graph, noun, s->set[i]))
            return true;
    return false;
}

/* The noun that the act is about: its object, or what a preposition joins to it. */
static uint32_t
taken_noun(const implying *s, const ch_event *e)
{
    const ch_graph *g = s->c->graph;
    CH_EACH_CHILD(g, c, e->tok) {
        const ch_token *t = ch_tok(g, c);
        /* "said the sanctions were illegal" */
        uint32_t subject = t->rel == CH_CCOMP ? ch_graph_child(g, c, CH_NSUBJ) : CH_NONE;
        if (subject != CH_NONE && ch_tok(g, subject)->upos == CH_NOUN && is_definite(g, subject))
            return subject;
        bool fits = t->rel == CH_OBJ || (t->rel == CH_NSUBJ && ch_graph_is_passive(g, e->tok)) || t->rel == CH_OBL;
        if (fits && t->upos == CH_NOUN && is_definite(g, c))
            return c;
    }
    return CH_NONE;
}

static bool
take_from_noun(const implying *s, uint32_t index)
{
    ch_event *e = &s->c->events[index];
    uint32_t noun = taken_noun(s, e);
    if (noun == CH_NONE)
        return false;
    for (uint32_t i = index; i-- > 0;) {
        const ch_event *o = &s->c->events[i];
        if (o->sentence + TAKEN_UP_SENTENCES < e->sentence)
            return false;
        if (o->reversed || o->nactor == 0 || !takes_up(s, noun, o) || (type_of(s, e) != CH_SUPPORT && !are_not_actors(s, e, o->actors, o->nactor)))
            continue;
        /* one apologises for his own acts, to whom they hurt */
        bool own = (type_of(s, e) == CH_SUPPORT || type_of(s, e) == CH_CONCEDE) && share_country(s, e->actors, e->nactor, o->actors, o->nactor);
        if (own && (o->nrecipient == 0 || !are_others(s, e, o->recipients, o->nrecipient)))
            continue;
        take(e, own ? o->recipients : o->actors, own ? o->nrecipient : o->nactor);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------ blows and answers */

/* "Missiles struck Odesa, and Zelenskiy denounced an act of barbarism": who was hurt
 * answers the one who hurt him. */
static bool
is_blow(const implying *s, const ch_event *o, const ch_event *e)
{
    return !o->reversed && !o->reciprocal && o->nactor != 0 && is_hostile(type_of(s, o)) && o->status != CH_NEGATED &&
           share_country(s, e->actors, e->nactor, o->recipients, o->nrecipient) && are_others(s, e, o->actors, o->nactor);
}

/* Whether the act names somebody, though nobody knows who that is. */
static bool
names_somebody(const implying *s, const ch_event *e)
{
    CH_EACH_CHILD(s->c->graph, c, e->tok) {
        const ch_token *t = ch_tok(s->c->graph, c);
        if ((t->rel == CH_OBJ || t->rel == CH_IOBJ) && t->upos == CH_PROPN)
            return true;
    }
    return false;
}

static bool
take_from_blow(const implying *s, uint32_t index)
{
    ch_event *e = &s->c->events[index];
    ch_plover_type type = type_of(s, e);
    if ((type != CH_ACCUSE && type != CH_REJECT && type != CH_THREATEN && type != CH_SANCTION) || names_somebody(s, e))
        return false;
    for (uint32_t i = index + 1; i < s->c->count && s->c->events[i].sentence == e->sentence; i++)
        if (ch_graph_hangs_below(s->c->graph, s->c->events[i].tok, e->tok) && is_blow(s, &s->c->events[i], e)) {
            take(e, s->c->events[i].actors, s->c->events[i].nactor);
            return true;
        }
    for (uint32_t i = index; i-- > 0 && s->c->events[i].sentence + ANSWERED_SENTENCES >= e->sentence;)
        if (is_blow(s, &s->c->events[i], e)) {
            take(e, s->c->events[i].actors, s->c->events[i].nactor);
            return true;
        }
    return false;
}

/* ------------------------------------------------------------ words around an act */

/* Mentions headed by `tok`, if somebody known and none of the actors is among them. */
static bool
take_mentions(const implying *s, ch_event *e, uint32_t tok)
{
    ch_party parties[CH_PARTIES_MAX];
    uint32_t count = 0;
    for (uint32_t m = s->c->doc->mention_of[tok]; m != CH_NONE && count < CH_PARTIES_MAX; m = s->c->doc->mentions[m].also) {
        const ch_mention *x = &s->c->doc->mentions[m];
        if (x->human && !x->attributes && x->country[0] != '\0' && x->kind != CH_MENTION_PLACE)
            parties[count++] = (ch_party){.mention = m, .tok = tok, .path = CH_NONE};
        else if (x->entity != NULL && strncmp(x->code, "IGO", 3) == 0)
            parties[count++] = (ch_party){.mention = m, .tok = tok, .path = CH_NONE};
    }
    if (count == 0 || !are_not_actors(s, e, parties, count))
        return false;
    take(e, parties, count);
    return true;
}

/* "Wrote to the Council to ask for a meeting", "telephoned him to complain": who is
 * spoken to in the clause above. */
static bool
take_from_above(const implying *s, ch_event *e)
{
    const ch_graph *g = s->c->graph;
    const ch_token *t = ch_tok(g, e->tok);
    if ((t->rel != CH_ADVCL && t->rel != CH_XCOMP) || (t->morph & CH_M_INF) == 0 || t->head == CH_NONE || ch_tok(g, t->head)->upos != CH_VERB)
        return false;
    CH_EACH_CHILD(g, c, t->head) {
        bool to = ch_tok(g, c)->rel == CH_OBL && g->preposition[c] == g->to;
        if (c < e->tok && (to || ch_tok(g, c)->rel == CH_OBJ || ch_tok(g, c)->rel == CH_IOBJ) && take_mentions(s, e, c))
            return true;
    }
    return false;
}

static bool
in_condition(const implying *s, uint32_t mark)
{
    return mark != CH_NONE && ch_graph_in_set(s->c->graph, mark, s->condition);
}

/* "Threatened war if the president returned": whose act is to be prevented. */
static bool
take_from_condition(const implying *s, ch_event *e)
{
    const ch_graph *g = s->c->graph;
    if (type_of(s, e) != CH_THREATEN)
        return false;
    CH_EACH_CHILD(g, c, carrier(s, e)) {
        uint32_t subject = ch_tok(g, c)->rel == CH_ADVCL && (ch_tok(g, c)->morph & CH_M_FIN) != 0 ? ch_graph_child(g, c, CH_NSUBJ) : CH_NONE;
        bool condition = subject != CH_NONE && in_condition(s, ch_graph_child(g, c, CH_MARK));
        if (condition && take_mentions(s, e, subject))
            return true;
    }
    return false;
}

/* "Each blamed the other". */
static bool
take_each_other(const implying *s, ch_event *e)
{
    CH_EACH_CHILD(s->c->graph, c, e->tok)
        if (ch_tok(s->c->graph, c)->rel == CH_OBJ && ch_tok(s->c->graph, c)->upos != CH_NOUN && ch_graph_in_set(s->c->graph, c, s->other)) {
            take(e, e->actors, e->nactor);
            return true;
        }
    return false;
}

/* "Germany gave ten million euros" after what others gave the same ones. */
static bool
take_from_aid_before(const implying *s, uint32_t index)
{
    ch_event *e = &s->c->events[index];
    if (type_of(s, e) != CH_AID)
        return false;
    for (uint32_t i = index; i-- > 0 && s->c->events[i].sentence + ANSWERED_SENTENCES >= e->sentence;) {
        const ch_event *o = &s->c->events[i];
        if (type_of(s, o) != CH_AID || o->reversed || o->nrecipient == 0 || !are_others(s, e, o->recipients, o->nrecipient))
            continue;
        take(e, o->recipients, o->nrecipient);
        return true;
    }
    return false;
}

void
ch_coding_imply_recipients(ch_coding *c)
{
    const ch_lexicon *lexicon = c->graph->lexicon;
    implying s = {.c = c, .any = ch_set_find(lexicon, "implied-any"), .condition = ch_set_find(lexicon, "implied-condition"),
                  .other = ch_set_find(lexicon, "implied-other")};
    for (size_t i = 0; i < NOUN_SETS; i++)
        s.set[i] = ch_set_find(lexicon, nouns[i].set);
    for (uint32_t i = 0; i < c->count; i++) {
        ch_event *e = &c->events[i];
        bool foreign = (c->graph->frames->frames[e->frame].flags & CH_FRAME_FOREIGN) != 0;
        if (e->nrecipient != 0 || e->nactor == 0 || e->reciprocal || foreign || !may_be_implied(type_of(&s, e)))
            continue;
        bool found = take_from_condition(&s, e) || take_from_above(&s, e) || take_from_beside(&s, i) || take_from_noun(&s, i);
        if (!found && !take_each_other(&s, e) && !take_from_aid_before(&s, i))
            take_from_blow(&s, i);
    }
}
