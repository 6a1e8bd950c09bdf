#include "event/roles.h"

#include "event/order.h"
#include <string.h>

typedef struct {
    const ch_graph *graph;
    ch_event *event;
    ch_party *parties;
    uint32_t *count;
    bool own; /* what is the actor's own may be a party */
} side;

static const ch_mention *
mention(const ch_graph *g, uint32_t m)
{
    return &g->doc->mentions[m];
}

static bool
has(const side *s, uint32_t m)
{
    for (uint32_t i = 0; i < *s->count; i++)
        if (s->parties[i].mention == m)
            return true;
    return false;
}

/* Nobody acts upon himself: the same mention, or the same one meant. */
static bool
same(const ch_graph *g, uint32_t a, uint32_t b)
{
    const ch_mention *x = mention(g, a), *y = mention(g, b);
    if (a == b || x->via == b || y->via == a || (x->via != CH_NONE && x->via == y->via))
        return true;
    if (x->kind == CH_MENTION_COUNTRY && x->first >= y->first && x->head < y->head && strcmp(x->country, y->country) == 0)
        return true; /* "Polish" in "Polish workers" */
    return x->head == y->head && strcmp(x->code, y->code) == 0;
}

/* Types that a state does to its own people, or they to it. */
static bool
may_stay_at_home(ch_plover_type type)
{
    return type == CH_PROTEST || type == CH_COERCE || type == CH_ASSAULT;
}

/* Whether what stands under a thing names another country than the thing's. */
static bool
names_another(const ch_graph *g, const ch_mention *thing)
{
    CH_EACH_CHILD(g, c, thing->head) {
        uint32_t m = ch_tok(g, c)->rel == CH_NMOD && c > thing->head ? g->doc->mention_of[c] : CH_NONE;
        if (m != CH_NONE && mention(g, m)->country[0] != '\0' && strcmp(mention(g, m)->country, thing->country) != 0)
            return true;
    }
    return false;
}

/* "Its embassy": a pronoun says whose it is. */
static bool
is_pronouns(const ch_graph *g, uint32_t t)
{
    CH_EACH_CHILD(g, c, t)
        if (ch_tok(g, c)->rel == CH_NMOD && ch_tok(g, c)->sub == CH_SUB_POSS && ch_tok(g, c)->upos == CH_PRON)
            return true;
    return false;
}

/* Whether the recipient is the actor, or but what he has: "stopped its aid", "helped
 * its ally". What is done to that is done to another. */
static bool
is_own(const side *s, uint32_t m)
{
    const ch_graph *g = s->graph;
    const ch_event *e = s->event;
    const ch_mention *x = mention(g, m);
    if (s->parties != e->recipients || s->own)
        return false;
    ch_plover_type type = (ch_plover_type)g->frames->frames[e->frame].type;
    bool home = may_stay_at_home(type);
    bool thing = !x->human && x->kind == CH_MENTION_OTHER && ch_graph_child(g, x->head, CH_NMOD) != CH_NONE;
    bool with = thing && names_another(g, x); /* "closed its crossings with Belarus" */
    bool own = (type == CH_SANCTION || type == CH_MOBILIZE) && (x->kind == CH_MENTION_PLACE || is_pronouns(g, x->head));
    bool apart = x->country[0] != '\0' && (with || own || (!home && (thing || ch_graph_in_set(g, x->head, g->sets.another))));
    for (uint32_t i = 0; i < e->nactor; i++)
        if (same(g, m, e->actors[i].mention) || (apart && strcmp(mention(g, e->actors[i].mention)->country, x->country) == 0))
            return true;
    return false;
}

/* The mentions headed by `tok`; true when there was one. */
static bool
add_mentions(side *s, uint32_t tok, uint32_t path)
{
    const ch_document *doc = s->graph->doc;
    uint32_t m = doc->mention_of[tok];
    bool found = false;
    for (; m != CH_NONE; m = doc->mentions[m].also) {
        const ch_mention *x = mention(s->graph, m);
        if (x->attributes || (x->code[0] == '\0' && !x->human) || is_own(s, m))
            continue;
        found = true;
        if (!has(s, m) && *s->count < CH_PARTIES_MAX)
            s->parties[(*s->count)++] = (ch_party){.mention = m, .tok = tok, .path = path};
    }
    return found;
}

/* What is said or written is somebody's who issues it: "issued a statement
 * condemning the raid". */
static bool
add_speaker(side *s, uint32_t tok, uint32_t path)
{
    const ch_graph *g = s->graph;
    const ch_token *token = &g->doc->toks[tok];
    if ((token->rel != CH_OBJ && token->rel != CH_OBL) || token->head == CH_NONE || !ch_graph_in_set(g, tok, g->sets.utterance))
        return false;
    ch_fillers fillers = {.count = 0};
    bool found = false;
    ch_graph_slot(g, token->head, CH_SLOT_SUBJ, &fillers);
    for (uint32_t k = 0; k < fillers.count; k++)
        found = add_mentions(s, fillers.tok[k], path) || found;
    return found;
}

/* A thing that is nobody may belong to somebody: "condemned the attack by
 * rebels", "toured the ruins of Aleppo". */
static bool
add_owner(side *s, uint32_t tok, uint32_t path)
{
    const ch_graph *g = s->graph;
    const uint32_t slots[] = {CH_SLOT_POSS, CH_SLOT_MOD, CH_SLOT_PREPOSITION | g->of, CH_SLOT_PREPOSITION | g->by};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        if (slots[i] == CH_SLOT_PREPOSITION)
            continue;
        ch_fillers fillers = {.count = 0};
        bool found = false;
        ch_graph_slot(g, tok, slots[i], &fillers);
        for (uint32_t k = 0; k < fillers.count; k++)
            found = add_mentions(s, fillers.tok[k], path) || found;
        if (found)
            return true;
    }
    return s->parties == s->event->actors && add_speaker(s, tok, path);
}

static bool
is_clause(const ch_token *t)
{
    return t->upos == CH_VERB || t->upos == CH_AUX;
}

static void
add_party(side *s, uint32_t m, uint32_t tok, uint32_t path)
{
    if (!has(s, m) && *s->count < CH_PARTIES_MAX)
        s->parties[(*s->count)++] = (ch_party){.mention = m, .tok = tok, .path = path};
}

/* A mention, those that share its head, and those coordinated under it. */
static void
add_members(side *s, uint32_t m, uint32_t path)
{
    const ch_document *doc = s->graph->doc;
    uint32_t head = doc->mentions[m].head;
    bool first = doc->mention_of[head] == m;
    add_party(s, m, head, path);
    if (first)
        add_mentions(s, head, path);
    CH_EACH_CHILD(s->graph, c, head)
        if (doc->toks[c].rel == CH_CONJ && doc->mention_of[c] != CH_NONE)
            add_members(s, doc->mention_of[c], path);
}

/* The same for all of the coordination that the mention is a member of. */
static void
add_coordinated(side *s, uint32_t m, uint32_t path)
{
    const ch_document *doc = s->graph->doc;
    uint32_t top = doc->mentions[m].head;
    while (doc->toks[top].rel == CH_CONJ && doc->toks[top].head < top && doc->mention_of[doc->toks[top].head] != CH_NONE)
        top = doc->toks[top].head;
    if (top == doc->mentions[m].head)
        add_members(s, m, path);
    else
        add_members(s, doc->mention_of[top], path);
}

/* `left` and `right`: by place in the sentence, whatever the graph says. */
static void
add_by_place(side *s, uint32_t path, bool right)
{
    const char *codes[CH_PARTIES_MAX];
    const ch_event *e = s->event;
    for (uint32_t i = 0; i < e->nactor; i++)
        codes[i] = mention(s->graph, e->actors[i].mention)->code;
    uint32_t but = e->nrecipient != 0 ? e->recipients[0].mention : CH_NONE;
    if (right && e->nactor != 0 && mention(s->graph, e->actors[0].mention)->head > e->tok)
        right = false; /* "was opposed by Osgiliath": the other one stands before the verb */
    uint32_t m = right ? ch_order_right(s->graph, e->tok, codes, e->nactor) : ch_order_left(s->graph, e->tok, but);
    if (m != CH_NONE)
        add_coordinated(s, m, path);
}

static void
remove_party(ch_party *parties, uint32_t *count, uint32_t i)
{
    memmove(&parties[i], &parties[i + 1], (*count - i - 1) * sizeof *parties);
    (*count)--;
}

/* "is opposed to": of an adjective that is read as a passive the subject acts, and
 * nobody is its object. */
static uint32_t
slot_of_trigger(const side *s, uint32_t slot)
{
    const ch_event *e = s->event;
    bool adjective = s->graph->frames->triggers[e->trigger].pos == CH_TRIGGER_ADJ;
    if (!adjective || !ch_graph_is_passive(s->graph, e->tok))
        return slot;
    return slot == CH_SLOT_SUBJ ? CH_SLOT_OBJ : slot == CH_SLOT_OBJ ? 0 : slot;
}

static void
add_path(side *s, uint32_t path)
{
    ch_path way = s->graph->frames->paths[path];
    uint32_t slot = way.slot[0] = slot_of_trigger(s, way.slot[0]);
    if (slot == CH_SLOT_LEFT || slot == CH_SLOT_RIGHT) {
        add_by_place(s, path, slot == CH_SLOT_RIGHT);
        return;
    }
    ch_fillers fillers = {.count = 0};
    ch_graph_path(s->graph, s->event->tok, &way, &fillers);
    bool found = false;
    for (uint32_t i = 0; i < fillers.count; i++)
        if (!is_clause(&s->graph->doc->toks[fillers.tok[i]]))
            found = add_mentions(s, fillers.tok[i], path) || found;
    for (uint32_t i = 0; !found && i < fillers.count; i++)
        if (!is_clause(&s->graph->doc->toks[fillers.tok[i]]))
            found = add_owner(s, fillers.tok[i], path);
}

/* Who acts is not acted upon: "were denied entry by Eritrea". */
static void
drop_actors(side *s)
{
    const ch_event *e = s->event;
    if (s->parties == e->actors || (s->graph->frames->frames[e->frame].flags & CH_FRAME_RECIPROCAL) != 0)
        return;
    for (uint32_t r = *s->count; r-- > 0;)
        for (uint32_t a = 0; a < e->nactor; a++)
            if (s->parties[r].mention == e->actors[a].mention) {
                remove_party(s->parties, s->count, r);
                break;
            }
}

/* The first path that gives somebody wins; those marked `also` are taken with it. */
static void
add_paths(side *s, ch_range paths)
{
    const ch_path *all = s->graph->frames->paths;
    for (uint32_t i = paths.first; i < paths.first + paths.count; i++) {
        if (*s->count != 0 && !all[i].also)
            break;
        add_path(s, i);
        drop_actors(s);
    }
}

/* Whether it is said whose: "troops", "people" and "schools" are anybody's. */
static bool
is_somebody(const side *s)
{
    for (uint32_t i = 0; i < *s->count; i++) {
        const ch_mention *m = mention(s->graph, s->parties[i].mention);
        if (m->country[0] != '\0' || m->entity != NULL)
            return true;
    }
    return false;
}

/* The same for recipients, but what is anybody's is left for a later path that
 * tells whose: "gave Bolivia 40 million for new schools". */
static void
add_recipients(side *s, ch_range paths)
{
    add_paths(s, paths);
    if (*s->count == 0 || is_somebody(s))
        return;
    ch_party anybody[CH_PARTIES_MAX];
    uint32_t count = *s->count, next = s->parties[count - 1].path + 1;
    memcpy(anybody, s->parties, count * sizeof *anybody);
    while (next < paths.first + paths.count && !is_somebody(s)) {
        *s->count = 0;
        add_path(s, next++);
    }
    if (!is_somebody(s)) {
        memcpy(s->parties, anybody, count * sizeof *anybody);
        *s->count = count;
    }
}

static void
add_slot(side *s, uint32_t slot)
{
    ch_fillers fillers = {.count = 0};
    bool found = false;
    ch_graph_slot(s->graph, s->event->tok, slot_of_trigger(s, slot), &fillers);
    for (uint32_t i = 0; i < fillers.count; i++)
        if (!is_clause(&s->graph->doc->toks[fillers.tok[i]]))
            found = add_mentions(s, fillers.tok[i], CH_NONE) || found;
    for (uint32_t i = 0; !found && i < fillers.count; i++)
        if (!is_clause(&s->graph->doc->toks[fillers.tok[i]]))
            found = add_owner(s, fillers.tok[i], CH_NONE);
}

/* How far below the trigger somebody is looked for when no slot names one. */
#define REACH_MAX 4
#define REACHED_MAX 64

/* Whether what hangs on the act in this way is part of what is done: not who
 * does it, nor another clause with a subject of its own. */
static bool
belongs_to_act(const ch_graph *g, uint32_t t)
{
    const ch_token *token = &g->doc->toks[t];
    if (ch_set_has(g->lexicon, g->sets.aside, g->preposition[t]))
        return false;
    bool own_clause = (token->morph & CH_M_FIN) != 0 || ch_graph_child(g, t, CH_NSUBJ) != CH_NONE;
    switch ((ch_rel)token->rel) {
    case CH_OBJ: case CH_IOBJ: case CH_OBL: case CH_NMOD: case CH_AMOD: case CH_COMPOUND: case CH_FLAT:
        return token->rel != CH_OBL || g->preposition[t] != g->by || !ch_graph_is_passive(g, token->head);
    case CH_ADVCL: /* of purpose: "to protest against", not "adopting a text of Britain" */
        return !own_clause && (token->morph & CH_M_INF) != 0;
    case CH_XCOMP: case CH_ACL: case CH_CCOMP:
        return !own_clause;
    case CH_NSUBJ:
        return token->sub == CH_SUB_PASS;
    default:
        return false;
    }
}

static bool
may_be_reached(const side *s, uint32_t m, bool places)
{
    const ch_event *e = s->event;
    const ch_mention *x = mention(s->graph, m);
    bool home = may_stay_at_home((ch_plover_type)s->graph->frames->frames[e->frame].type);
    if (x->attributes || x->country[0] == '\0' || (x->kind == CH_MENTION_PLACE) != places)
        return false;
    if (!places && !x->human && x->kind != CH_MENTION_COUNTRY)
        return false;
    for (uint32_t i = 0; i < e->nactor; i++) {
        const ch_mention *actor = mention(s->graph, e->actors[i].mention);
        if (same(s->graph, e->actors[i].mention, m) || strcmp(home ? actor->code : actor->country, home ? x->code : x->country) == 0)
            return false;
    }
    return true;
}

/* Types done to somebody even where only the place tells to whom. */
static bool
place_suffers(ch_plover_type type)
{
    return type == CH_ASSAULT || type == CH_COERCE || type == CH_SANCTION || type == CH_RETREAT || type == CH_AID ||
           type == CH_REJECT || type == CH_THREATEN || type == CH_PROTEST || type == CH_MOBILIZE;
}

/* "a strike by Polish workers": the attribute of one who acts says who he is. */
static bool
says_who(const side *s, uint32_t head, uint32_t attribute)
{
    const ch_event *e = s->event;
    uint8_t rel = s->graph->doc->toks[attribute].rel;
    for (uint32_t i = 0; i < e->nactor; i++)
        if (e->actors[i].tok == head || mention(s->graph, e->actors[i].mention)->head == head)
            return rel == CH_AMOD || rel == CH_COMPOUND;
    return false;
}

/* Types done for somebody: whom it is "against" is not the one. */
static bool
is_for_somebody(ch_plover_type type)
{
    return type == CH_SUPPORT || type == CH_AID || type == CH_AGREE || type == CH_COOPERATE || type == CH_CONSULT;
}

/* The one who is nearest below the trigger, level by level:
 * "rejected proposed Israeli changes", "a curfew in Algiers". */
static void
reach(side *s, bool places)
{
    bool kind = is_for_somebody((ch_plover_type)s->graph->frames->frames[s->event->frame].type);
    const ch_graph *g = s->graph;
    uint32_t list[REACHED_MAX] = {s->event->tok}, depth[REACHED_MAX] = {0}, count = 1;
    uint32_t support = ch_graph_support(g, s->event->tok);
    if (support == CH_NONE)
        support = ch_graph_occurrence(g, s->event->tok); /* "protests swept across Indonesia" */
    if (support != CH_NONE)
        list[count++] = support;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t m = g->doc->mention_of[list[i]]; depth[i] != 0 && m != CH_NONE; m = g->doc->mentions[m].also)
            if (may_be_reached(s, m, places)) {
                add_coordinated(s, m, CH_NONE);
                return;
            }
        CH_EACH_CHILD(g, c, list[i])
            if (depth[i] < REACH_MAX && count < REACHED_MAX && belongs_to_act(g, c) && !says_who(s, list[i], c) &&
                !(kind && ch_set_has(g->lexicon, g->sets.opposing, g->preposition[c]))) {
                depth[count] = depth[i] + 1;
                list[count++] = c;
            }
    }
}

static bool
known(const ch_graph *g, const ch_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (mention(g, parties[i].mention)->code[0] != '\0')
            return true;
    return false;
}

static bool
has_country(const ch_graph *g, const ch_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (mention(g, parties[i].mention)->country[0] != '\0')
            return true;
    return false;
}

/* "hit a refinery in the Russian region of Ryazan": who is known by what he is
 * alone has his country from what stands under him. */
static void
add_country_below(side *s)
{
    const ch_graph *g = s->graph;
    if (has_country(g, s->parties, *s->count))
        return;
    for (uint32_t i = 0, n = *s->count; i < n; i++) {
        uint32_t list[REACHED_MAX] = {s->parties[i].tok}, count = 1;
        for (uint32_t k = 0; k < count; k++)
            CH_EACH_CHILD(g, c, list[k]) {
                const ch_token *token = &g->doc->toks[c];
                bool clause = token->rel == CH_ACL && token->sub != CH_SUB_RELCL;
                if (token->rel != CH_NMOD && token->rel != CH_AMOD && token->rel != CH_COMPOUND && !clause &&
                    !(token->rel == CH_OBL && k != 0))
                    continue;
                uint32_t m = g->doc->mention_of[c];
                if (m != CH_NONE && mention(g, m)->country[0] != '\0' && !mention(g, m)->attributes) {
                    add_party(s, m, c, s->parties[i].path);
                    return;
                }
                if (count < REACHED_MAX)
                    list[count++] = c;
            }
    }
}

static void
reach_somebody(side *s, const ch_frame *frame)
{
    if (known(s->graph, s->parties, *s->count))
        return;
    uint32_t before = *s->count;
    reach(s, false);
    if (*s->count == before && before == 0 && place_suffers((ch_plover_type)frame->type))
        reach(s, true);
}

static void
drop_self(const ch_graph *g, ch_event *e)
{
    for (uint32_t r = e->nrecipient; r-- > 0;)
        for (uint32_t a = 0; a < e->nactor; a++)
            if (same(g, e->recipients[r].mention, e->actors[a].mention)) {
                remove_party(e->recipients, &e->nrecipient, r);
                break;
            }
}

/* Each party of a reciprocal act is on both sides; one whose partner the text
 * does not name is not its own. */
static void
make_reciprocal(const ch_graph *g, ch_event *e)
{
    drop_self(g, e);
    for (uint32_t i = 0; i < e->nrecipient && e->nactor < CH_PARTIES_MAX; i++)
        e->actors[e->nactor++] = e->recipients[i];
    e->nrecipient = e->nactor > 1 ? e->nactor : 0;
    memcpy(e->recipients, e->actors, e->nrecipient * sizeof *e->actors);
}

/* "Bosnia and Slovenia agreed to a truce": with each other, where the text names
 * nobody else. */
static bool
is_between_actors(const ch_graph *g, const ch_event *e)
{
    bool mutual = (g->frames->frames[e->frame].flags & CH_FRAME_RECIPROCAL) != 0;
    if (known(g, e->recipients, e->nrecipient) || (!mutual && !ch_graph_in_set(g, e->tok, g->sets.together)))
        return false;
    for (uint32_t i = 1; i < e->nactor; i++)
        if (strcmp(mention(g, e->actors[i].mention)->code, mention(g, e->actors[0].mention)->code) != 0)
            return true;
    return false;
}

uint32_t
ch_parties_missing(const ch_graph *g, const ch_event *e)
{
    uint32_t needs = g->frames->frames[e->frame].flags;
    if ((needs & CH_FRAME_NEED_ACTOR) != 0 && !known(g, e->actors, e->nactor))
        return CH_FRAME_NEED_ACTOR;
    if ((needs & CH_FRAME_NEED_RECIPIENT) != 0 && !known(g, e->recipients, e->nrecipient))
        return CH_FRAME_NEED_RECIPIENT;
    if ((needs & CH_FRAME_NEED_COUNTRY) != 0 && !has_country(g, e->actors, e->nactor) && !has_country(g, e->recipients, e->nrecipient))
        return CH_FRAME_NEED_COUNTRY;
    return 0;
}

bool
ch_find_parties(const ch_graph *g, ch_event *e)
{
    const ch_frame *frame = &g->frames->frames[e->frame];
    const ch_trigger *trigger = &g->frames->triggers[e->trigger];
    side actors = {g, e, e->actors, &e->nactor, true}, recipients = {g, e, e->recipients, &e->nrecipient, false};
    ch_order_parties named;
    ch_order_match(g, e->tok, frame, &named);
    if (named.both != CH_NONE)
        named.actor = named.recipient = named.both;
    if (named.recipient != CH_NONE)
        add_coordinated(&recipients, named.recipient, CH_NONE);
    if (named.actor != CH_NONE)
        add_coordinated(&actors, named.actor, CH_NONE);
    else if (frame->actor.count != 0)
        add_paths(&actors, frame->actor);
    else
        add_slot(&actors, CH_SLOT_SUBJ);
    if (named.recipient == CH_NONE && frame->recipient.count != 0)
        add_recipients(&recipients, frame->recipient);
    else if (named.recipient == CH_NONE && trigger->pos == CH_TRIGGER_VERB)
        add_slot(&recipients, CH_SLOT_OBJ);
    if ((frame->flags & CH_FRAME_FOREIGN) == 0 && !is_between_actors(g, e)) {
        reach_somebody(&recipients, frame);
        add_country_below(&recipients);
    }
    if (e->nrecipient == 0 && (frame->flags & CH_FRAME_NEED_RECIPIENT) != 0) {
        recipients.own = true;
        add_recipients(&recipients, frame->recipient);
    }
    e->reciprocal = (frame->flags & CH_FRAME_RECIPROCAL) != 0 ||
                    ((frame->flags & CH_FRAME_FOREIGN) == 0 && is_between_actors(g, e));
    if (e->reciprocal)
        make_reciprocal(g, e);
    else
        drop_self(g, e);
    return ch_parties_missing(g, e) == 0;
}
