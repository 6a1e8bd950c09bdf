#include "base/grow.h"
#include "event/clause.h"
#include "event/coding.h"
#include "event/roles.h"

#include <string.h>

static ch_event *
new_event(ch_coding *c)
{
    ch_event *events = ch_arena_grow(&c->doc->arena, c->events, c->count, &c->room, sizeof *events, 16);
    if (events == NULL)
        return NULL;
    c->events = events;
    return &c->events[c->count];
}

/* The words that name the act: the trigger's own and those its tests asked for. */
static ch_span
act_span(ch_coding *c, const ch_event *e, const ch_fillers *words)
{
    const ch_document *doc = c->doc;
    const ch_trigger *t = &c->graph->frames->triggers[e->trigger];
    ch_span span = doc->toks[e->tok].span;
    CH_EACH_CHILD(c->graph, child, e->tok)
        for (uint32_t w = 0; w < t->nword && t->nword > 1; w++)
            if (ch_graph_is_word(c->graph, child, c->graph->frames->words[t->first_word + w])) {
                if (doc->toks[child].span.start < span.start)
                    span.start = doc->toks[child].span.start;
                if (doc->toks[child].span.end > span.end)
                    span.end = doc->toks[child].span.end;
            }
    for (uint32_t i = 0; i < words->count; i++) {
        const ch_token *w = &doc->toks[words->tok[i]];
        if (w->head == e->tok && w->rel == CH_OBJ && w->span.end > span.end)
            span.end = w->span.end;
    }
    return span;
}

/* Somebody whose part in the act is said, and not only guessed from what stands near. */
static bool
is_named(const ch_coding *c, const ch_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (parties[i].path != CH_NONE && c->doc->mentions[parties[i].mention].country[0] != '\0')
            return true;
    return false;
}

/* Types of acts that are done, not said. */
static bool
is_done(ch_plover_type type)
{
    return type == CH_ASSAULT || type == CH_COERCE || type == CH_SANCTION || type == CH_RETREAT || type == CH_MOBILIZE ||
           type == CH_PROTEST;
}

/* Whether a verb tells what is, and not what may or would be. */
static bool
is_fact(const ch_coding *c, uint32_t verb)
{
    CH_EACH_CHILD(c->graph, child, verb) {
        const ch_token *token = &c->doc->toks[child];
        if (token->rel == CH_AUXREL && token->xpos != NULL && strcmp(token->xpos, "MD") == 0)
            return false;
    }
    return c->doc->toks[verb].upos == CH_VERB;
}

/* An event noun that nothing carries and nobody is named for is background; of
 * what was denied, condemned or reported one party is enough. */
static bool
is_background(ch_coding *c, const ch_event *e)
{
    const ch_trigger *t = &c->graph->frames->triggers[e->trigger];
    const ch_token *token = &c->doc->toks[ch_graph_counter(c->graph, e->tok)];
    if (t->pos != CH_TRIGGER_NOUN || ch_graph_support(c->graph, e->tok) != CH_NONE)
        return false;
    if (ch_graph_occurrence(c->graph, e->tok) != CH_NONE || token->rel == CH_ROOT)
        return e->nactor == 0 && e->nrecipient == 0;
    bool does = token->rel == CH_NSUBJ && is_done((ch_plover_type)c->graph->frames->frames[e->frame].type) && is_fact(c, token->head);
    if (does && is_named(c, e->recipients, e->nrecipient))
        return false; /* "the arrest of the editor led to riots" */
    bool told = token->rel == CH_NSUBJ && ch_graph_is_passive(c->graph, token->head);
    if (told && (is_named(c, e->actors, e->nactor) || is_named(c, e->recipients, e->nrecipient)))
        return false;
    return e->nactor == 0 || e->nrecipient == 0;
}

/* "rebels backed by Moscow": who supports somebody tells who he is, not what was done. */
static bool
is_description(const ch_coding *c, const ch_event *e)
{
    const ch_token *token = &c->doc->toks[e->tok];
    bool bare = token->rel == CH_ACL && token->sub != CH_SUB_RELCL && (token->morph & CH_M_PART) != 0;
    return bare && c->graph->frames->frames[e->frame].type == CH_SUPPORT && token->upos == CH_VERB &&
           ch_graph_is_passive(c->graph, e->tok) && (c->graph->frames->frames[e->frame].flags & CH_FRAME_FOREIGN) == 0;
}

/* The other words of a trigger of several ("concern" of "express concern") tell no
 * act of their own. */
static void
take_words(ch_coding *c, const ch_event *e, uint32_t number)
{
    const ch_trigger *t = &c->graph->frames->triggers[e->trigger];
    if (t->nword < 2)
        return;
    CH_EACH_CHILD(c->graph, child, e->tok)
        for (uint32_t w = 0; w < t->nword; w++)
            if (c->taken_by[child] == 0 && ch_graph_is_word(c->graph, child, c->graph->frames->words[t->first_word + w]))
                c->taken_by[child] = number;
}

/* Whether the party is of a state, a body that is known, or one of politics. */
static bool
is_political(const ch_coding *c, const ch_party *p, bool alone)
{
    const ch_mention *m = &c->doc->mentions[p->mention];
    if (m->country[0] != '\0' || m->entity != NULL || strncmp(m->code, "IGO", 3) == 0)
        return true;
    size_t len = strlen(m->sector);
    char folded[4] = {0};
    for (size_t i = 0; i < len && i < sizeof folded - 1; i++)
        folded[i] = (char)(m->sector[i] | 0x20);
    return !alone && ch_set_has(c->graph->lexicon, c->graph->sets.political, ch_lexicon_word(c->graph->lexicon, folded, len));
}

/* What people do by words among themselves is no event: "doctors urged patients to
 * drink", "the committee meets on Tuesday". */
static bool
is_private(const ch_coding *c, const ch_event *e)
{
    ch_plover_type type = (ch_plover_type)c->graph->frames->frames[e->frame].type;
    bool talk = type == CH_AGREE || type == CH_CONSULT || type == CH_SUPPORT || type == CH_REQUEST || type == CH_ACCUSE ||
                type == CH_REJECT || type == CH_CONCEDE || type == CH_AID || type == CH_COOPERATE;
    if (!talk || (c->graph->frames->frames[e->frame].flags & CH_FRAME_FOREIGN) != 0)
        return false;
    bool alone = type == CH_CONSULT && e->nrecipient == 0;
    for (uint32_t i = 0; i < e->nactor; i++)
        if (is_political(c, &e->actors[i], alone))
            return false;
    for (uint32_t i = 0; i < e->nrecipient; i++)
        if (is_political(c, &e->recipients[i], alone))
            return false;
    return true;
}

/* "A visits B" is also "B hosts A", where the frame has a code for it. */
static void
propose_reverse(ch_coding *c)
{
    ch_event *r = new_event(c);
    if (r == NULL)
        return;
    const ch_event *e = &c->events[c->count - 1];
    if (c->graph->frames->frames[e->frame].reverse[0] == '\0')
        return;
    *r = *e;
    r->reversed = true;
    memcpy(r->actors, e->recipients, sizeof r->actors);
    memcpy(r->recipients, e->actors, sizeof r->recipients);
    r->nactor = e->nrecipient;
    r->nrecipient = e->nactor;
    c->count++;
}

/* Which of the conditions on the parties does not hold; false when all do. */
static bool
lacks_parties(ch_coding *c, ch_event *e)
{
    ch_refusal_step step;
    bool found = ch_find_parties(c->graph, e);
    uint32_t missing = found ? 0 : ch_parties_missing(c->graph, e);
    if (missing == CH_FRAME_NEED_ACTOR)
        step = CH_REFUSED_ACTOR;
    else if (missing == CH_FRAME_NEED_RECIPIENT)
        step = CH_REFUSED_RECIPIENT;
    else if (missing == CH_FRAME_NEED_COUNTRY)
        step = CH_REFUSED_COUNTRY;
    else if (e->nactor == 0 && e->nrecipient == 0)
        step = CH_REFUSED_NOBODY;
    else if (is_background(c, e) || is_description(c, e))
        step = CH_REFUSED_BACKGROUND;
    else if (ch_clause_calls(c->graph, e->tok))
        step = CH_REFUSED_CALLED;
    else if (is_private(c, e))
        step = CH_REFUSED_PRIVATE;
    else
        return false;
    ch_coding_refuse(c, e->tok, e->trigger, step, CH_NONE);
    return true;
}

bool
ch_coding_propose(ch_coding *c, uint32_t sentence, uint32_t tok)
{
    const ch_candidates *candidates = ch_match(c->matcher, tok);
    for (uint32_t i = 0; i < candidates->count; i++) {
        ch_event *e = new_event(c);
        if (e == NULL)
            return false;
        *e = (ch_event){.tok = tok,
                        .sentence = sentence,
                        .trigger = candidates->trigger[i],
                        .time = CH_NONE,
                        .place = CH_NONE,
                        .content_of = CH_NONE,
                        .repeats = CH_NONE};
        e->frame = c->graph->frames->triggers[e->trigger].frame;
        if (c->graph->frames->frames[e->frame].type == CH_NO_TYPE) {
            ch_coding_refuse(c, tok, e->trigger, CH_REFUSED_NO_ACT, CH_NONE);
            return false;
        }
        if (lacks_parties(c, e))
            continue;
        ch_fillers words, acts;
        ch_match_fillers(c->matcher, tok, e->trigger, &words, &acts);
        e->span = act_span(c, e, &words);
        for (uint32_t k = 0; k < words.count; k++)
            e->by_negation = e->by_negation || (c->doc->toks[words.tok[k]].head == tok &&
                                                ch_graph_in_set(c->graph, words.tok[k], c->graph->sets.negator));
        uint32_t number = ++c->count;
        c->event_of[tok] = number;
        take_words(c, e, number);
        for (uint32_t k = 0; k < words.count; k++)
            if (c->taken_by[words.tok[k]] == 0)
                c->taken_by[words.tok[k]] = number;
        for (uint32_t k = 0; k < acts.count; k++)
            if (c->content_of[acts.tok[k]] == 0)
                c->content_of[acts.tok[k]] = number;
        propose_reverse(c);
        return true;
    }
    return false;
}
