#include "event/setting.h"
#include "event/clause.h"
#include "event/when.h"
#include "event/where.h"

/* ------------------------------------------------------------ the narrative */

/* The subject of the act's clause where that is the sentence's main one. */
static uint32_t
main_subject(const ch_setting *s, const ch_event *e)
{
    uint32_t t = e->tok, subject = ch_graph_child(s->graph, t, CH_NSUBJ);
    while (subject == CH_NONE && (ch_tok(s->graph, t)->rel == CH_CONJ || ch_tok(s->graph, t)->rel == CH_OBJ)) {
        t = ch_tok(s->graph, t)->head;
        subject = ch_graph_child(s->graph, t, CH_NSUBJ);
    }
    while (ch_tok(s->graph, t)->rel == CH_CONJ)
        t = ch_tok(s->graph, t)->head;
    return ch_tok(s->graph, t)->rel == CH_ROOT && !ch_clause_has_perfect(s->graph, e->tok) ? subject : CH_NONE;
}

static bool
is_definite(const ch_setting *s, uint32_t noun)
{
    CH_EACH_CHILD(s->graph, c, noun)
        if (ch_tok(s->graph, c)->rel == CH_DETREL && (ch_tok(s->graph, c)->morph & (CH_M_DEF | CH_M_PRONDEM)) != 0)
            return true;
    return false;
}

/* "They killed 40", "The strikes killed nine": goes on with what was told. */
static bool
goes_on(const ch_setting *s, const ch_event *e)
{
    uint32_t subject = main_subject(s, e);
    if (subject == CH_NONE || (e->status != CH_ASSERTED && e->status != CH_PLANNED))
        return false;
    const ch_token *token = ch_tok(s->graph, subject);
    if (token->upos == CH_PRON)
        return (token->morph & (CH_M_PRONPRS | CH_M_P3)) == (CH_M_PRONPRS | CH_M_P3);
    return is_definite(s, subject) && ch_graph_in_set(s->graph, subject, s->graph->sets.happening);
}

/* "X said Y had attacked Z on Tuesday. He rejected a call ...": who speaks next goes
 * on with the saying, not with what was said. */
static bool
is_said(const ch_setting *s, const ch_event *e)
{
    for (uint32_t t = e->tok; ch_tok(s->graph, t)->head != CH_NONE; t = ch_tok(s->graph, t)->head)
        if (ch_tok(s->graph, t)->rel == CH_CCOMP)
            return true;
    return false;
}

/* An act that goes on with the one before it, in the sentence before and the
 * same paragraph, is where and when that was. */
static void
carry_on(const ch_setting *s, uint32_t i)
{
    ch_event *e = &s->events[i];
    const ch_document *doc = s->graph->doc;
    if (e->sentence == 0 || doc->sents[e->sentence].paragraph_start || !goes_on(s, e))
        return;
    for (uint32_t k = i; k-- > 0 && s->events[k].sentence + 1 >= e->sentence;) {
        const ch_event *before = &s->events[k];
        if (before->sentence == e->sentence || before->status != e->status ||
            (is_said(s, before) && !ch_setting_is_physical(s, e)))
            continue;
        if (e->time == CH_NONE && e->place == CH_NONE)
            e->place = before->place;
        if (e->time == CH_NONE)
            e->time = before->time;
        return;
    }
}

/* ------------------------------------------------------------------- setting */

/* "the Mission in Kosovo arrested two men": places that are part of the name of
 * somebody. */
static void
mark_names(ch_setting *s)
{
    const ch_document *doc = s->graph->doc;
    for (uint32_t i = 0; i < doc->nmention; i++) {
        const ch_mention *m = &doc->mentions[i];
        if (m->kind != CH_MENTION_ORGANISATION || m->entity == NULL)
            continue;
        for (uint32_t k = ch_reach_first_place(doc, m->first); k < doc->nplace && doc->places[k].last <= m->last; k++)
            s->in_name[k] = s->in_name[k] || doc->places[k].first > m->first;
    }
}

static bool
make_setting(ch_setting *s, ch_document *doc)
{
    s->act_of = ch_arena_array(&doc->arena, doc->ntok, sizeof *s->act_of);
    s->timed = ch_arena_array(&doc->arena, doc->ntok, sizeof *s->timed);
    s->in_name = ch_arena_array(&doc->arena, doc->nplace, sizeof *s->in_name);
    if (s->act_of == NULL || s->timed == NULL || s->in_name == NULL)
        return false;
    for (uint32_t i = 0; i < s->count; i++)
        s->act_of[s->events[i].tok] = i + 1;
    for (uint32_t i = 0; i < doc->ntime; i++)
        for (uint32_t t = doc->times[i].first; t < doc->times[i].last; t++)
            s->timed[t] = true;
    mark_names(s);
    return true;
}

static void
find_own(const ch_setting *s, ch_event *e)
{
    ch_anchors a = ch_reach_anchors(s, e);
    ch_when_find(s, &a, e);
    ch_where_find(s, &a, e);
    if (e->place == CH_NONE && !ch_setting_is_physical(s, e))
        ch_where_find_second(s, e);
}

void
ch_find_setting(const ch_graph *g, ch_event *e)
{
    ch_setting s = {.graph = g, .events = e, .count = 1};
    find_own(&s, e);
}

bool
ch_find_settings(const ch_graph *g, ch_document *doc, ch_event *events, uint32_t count)
{
    ch_setting s = {.graph = g, .events = events, .count = count};
    if (!make_setting(&s, doc))
        return false;
    for (uint32_t i = 0; i < count; i++)
        find_own(&s, &events[i]);
    for (uint32_t i = 0; i < count; i++) {
        ch_when_take_left_over(&s, &events[i]);
        ch_where_take_left_over(&s, &events[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        ch_when_take_frame(&s, &events[i]);
        ch_when_take_behind_noun(&s, &events[i]);
        ch_where_look_there(&s, &events[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        carry_on(&s, i);
    return true;
}
