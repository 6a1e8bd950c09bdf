/* Drafts: each head's phrase becomes one mention, or several where its owners
 * are coordinated. Heads come behind what hangs on them, so that a phrase finds
 * the drafts of its parts. */
#include "actor/draft.h"
#include "base/grow.h"

#include <stdarg.h>
#include <stdio.h>

/* Sentences in `reason` are cut at this length. */
#define REASON_MAX 160

const char *
ch_scene_say(ch_scene *scene, const char *format, ...)
{
    char text[REASON_MAX];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0)
        return "";
    /* a cut must not part a character */
    size_t len = (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    while ((size_t)n >= sizeof text && len > 0 && ((unsigned char)text[len - 1] & 0x80) != 0)
        len--;
    const char *copy = ch_arena_copy(&scene->doc->arena, text, len);
    return copy == NULL ? "" : copy;
}

/* ------------------------------------------------------------------- storage */

ch_draft *
ch_draft_add(ch_scene *scene, uint32_t head)
{
    ch_draft *all =
        ch_arena_grow(&scene->doc->arena, scene->drafts, scene->ndraft, &scene->draft_room, sizeof *all, scene->doc->ntok / 2 + 16);
    if (all == NULL) {
        scene->out_of_memory = true;
        return NULL;
    }
    scene->drafts = all;
    uint32_t index = scene->ndraft++;
    ch_draft *d = &scene->drafts[index];
    *d = (ch_draft){.agent = CH_NONE, .surname = CH_NONE, .owner = CH_NONE, .alias = CH_NONE, .counted = CH_NONE};
    d->m = (ch_mention){.head = head, .first = head, .last = head + 1, .span = scene->doc->toks[head].span,
                        .kind = CH_MENTION_OTHER, .actor = CH_NONE, .via = CH_NONE, .also = CH_NONE, .reason = ""};
    if (scene->draft_of[head] == CH_NONE) {
        scene->draft_of[head] = index;
        return d;
    }
    uint32_t last = scene->draft_of[head];
    while (scene->drafts[last].m.also != CH_NONE)
        last = scene->drafts[last].m.also;
    scene->drafts[last].m.also = index;
    return d;
}

void
ch_draft_encode(ch_draft *d)
{
    snprintf(d->m.code, sizeof d->m.code, "%s%s", d->code.country, d->code.sectors);
    memcpy(d->m.country, d->code.country, sizeof d->m.country);
    memcpy(d->m.sector, d->code.sectors, 3);
    d->m.sector[3] = '\0';
    d->m.armed = ch_code_armed(d->code.sectors);
}

void
ch_draft_take(ch_scene *scene, ch_draft *to, uint32_t from, const char *reason)
{
    const ch_draft *f = &scene->drafts[from];
    to->code = f->code;
    to->agent = to->agent != CH_NONE ? to->agent : f->agent;
    to->title = to->title != 0 ? to->title : f->title;
    to->told_office = to->told_office || f->told_office;
    to->sex = to->sex != 0 ? to->sex : f->sex;
    to->m.kind = f->m.kind == CH_MENTION_PLACE ? CH_MENTION_COUNTRY : f->m.kind;
    to->m.name = f->m.name;
    to->m.entity = f->m.entity;
    to->m.actor = f->m.actor;
    to->m.human = f->m.human || f->m.kind == CH_MENTION_PLACE;
    to->m.attributes = f->m.attributes;
    to->m.via = from;
    to->m.reason = reason;
    ch_draft_encode(to);
}

void
ch_draft_set_country(ch_scene *scene, ch_draft *d, const char *country, const char *reason)
{
    memcpy(d->code.country, country, 3);
    d->code.country[3] = '\0';
    d->m.reason = ch_scene_say(scene, "%s%s%s", d->m.reason, d->m.reason[0] != '\0' ? "; " : "", reason);
    ch_draft_encode(d);
}

void
ch_draft_set_actor(const ch_scene *scene, ch_draft *d, uint32_t actor)
{
    const ch_actor *a = &scene->lex->actors[actor];
    d->m.actor = actor;
    d->m.name = ch_lexicon_string(scene->lex, a->name);
    d->m.entity = ch_lexicon_string(scene->lex, a->id);
    d->m.attributes = a->kind == CH_ACTOR_MEDIUM;
    d->sex = (char)a->sex;
}

void
ch_draft_set_span(const ch_scene *scene, ch_draft *d, uint32_t first, uint32_t last)
{
    d->m.first = first;
    d->m.last = last;
    d->m.span = (ch_span){.start = scene->doc->toks[first].span.start, .end = scene->doc->toks[last - 1].span.end};
}

/* --------------------------------------------------------------- words of a name */

bool
ch_token_in(const ch_scene *scene, uint32_t set, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    return ch_set_has(scene->lex, set, t->lemma_word) || ch_set_has(scene->lex, set, t->form_word);
}

bool
ch_token_is_modifier(const ch_document *doc, uint32_t tok)
{
    const ch_token *t = &doc->toks[ch_tree_first_conjunct(doc, tok)];
    /* no noun describes what stands behind the sentence's verb: there a parser has lost a subject */
    for (uint32_t i = tok + 1; t->upos == CH_NOUN && t->head != CH_NONE && i < t->head; i++)
        if (doc->toks[i].head == CH_NONE)
            return false;
    return t->rel == CH_AMOD || t->rel == CH_COMPOUND || (t->rel == CH_NMOD && t->sub == CH_SUB_DESC);
}

uint32_t
ch_match_title(const ch_scene *scene, const ch_match *role)
{
    for (uint32_t i = role->first + 1; i < role->last; i++)
        if (scene->doc->toks[i].upos == CH_ADP || scene->doc->toks[i].rel == CH_CASE)
            return i - 1;
    return role->last - 1;
}

void
ch_draft_set_role(const ch_scene *scene, ch_draft *d, const ch_np *p)
{
    if (p->role == CH_NONE)
        return;
    const ch_match *role = &scene->matches[p->role];
    d->agent = role->name->entry;
    d->title = scene->doc->toks[ch_match_title(scene, role)].lemma_word;
}

void
ch_draft_demote(ch_draft *d)
{
    if (strcmp(d->code.sectors, "GOV") == 0)
        memcpy(d->code.sectors, "ELI", sizeof "ELI");
}

uint32_t
ch_match_surname(const ch_scene *scene, uint32_t first, uint32_t last)
{
    while (last > first + 2 && (ch_token_in(scene, scene->sets.suffix, last - 1) || scene->doc->toks[last - 1].upos == CH_PUNCT))
        last--;
    return last - 1;
}

/* ------------------------------------------------------------------ each head */

static void
draft_pronoun(ch_scene *scene, uint32_t tok)
{
    uint32_t morph = scene->doc->toks[tok].morph;
    bool relative = ch_token_in(scene, scene->sets.whose, tok);
    if (!relative && ((morph & CH_M_PRONPRS) == 0 || (morph & (CH_M_P1 | CH_M_P2)) != 0))
        return;
    ch_draft *d = ch_draft_add(scene, tok);
    if (d == NULL)
        return;
    d->pronoun = true;
    d->m.plural = (morph & CH_M_PLUR) != 0;
    d->sex = (morph & CH_M_MASC) != 0 ? 'm' : (morph & CH_M_FEM) != 0 ? 'f' : 0;
}

/* "Both" on its own: not that of "both sides" or of "both here and there". */
static bool
is_both(const ch_scene *scene, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    return (t->upos == CH_DET || t->upos == CH_PRON) && t->rel != CH_DETREL && t->rel != CH_CC && ch_token_in(scene, scene->sets.both, tok);
}

/* A noun without role of its own is a mention when somebody owns it, when it may
 * refer back ("both sides", "the country"), or when it is a person's name. */
static bool
worth_a_draft(const ch_scene *scene, const ch_np *p)
{
    if (p->nowner != 0 || p->role != CH_NONE || p->late_owner != CH_NONE)
        return true;
    if (ch_code_armed(p->modifier) || ch_code_has(p->modifier, "OPP"))
        return true;
    if (p->name_last > p->name_first)
        return true;
    return p->definite && (ch_token_in(scene, scene->sets.side_noun, p->head) ||
                           ch_token_in(scene, scene->sets.state_noun, p->head) ||
                           ch_token_in(scene, scene->sets.group_noun, p->head) ||
                           ch_token_in(scene, scene->sets.body_noun, p->head) ||
                           ch_token_in(scene, scene->sets.region_noun, p->head) ||
                           ch_token_in(scene, scene->sets.first_of_two, p->head) ||
                           ch_token_in(scene, scene->sets.second_of_two, p->head) ||
                           is_both(scene, p->head) || scene->doc->toks[p->head].upos == CH_NUM);
}

static void
draft_nominal(ch_scene *scene, uint32_t head)
{
    const ch_match *match = ch_match_at(scene, head);
    ch_np p;
    ch_np_read(scene, head, &p);
    if ((match == NULL || ch_is_agent_name(match->name)) && ch_draft_counted(scene, &p))
        return;
    if (p.person != CH_NONE)
        ch_draft_actor(scene, &p, &scene->matches[p.person]);
    else if (match != NULL && !ch_is_agent_name(match->name))
        ch_draft_actor(scene, &p, match);
    else if (match == NULL && ch_draft_crowd(scene, &p))
        return;
    else if (worth_a_draft(scene, &p))
        ch_draft_roles(scene, &p);
    if (scene->draft_of[head] == CH_NONE || p.role == CH_NONE)
        return;
    /* the title before a name is its bearer */
    uint32_t title = scene->matches[p.role].head;
    if (title != head && scene->draft_of[title] != CH_NONE) {
        ch_draft *d = &scene->drafts[scene->draft_of[title]];
        ch_draft_take(scene, d, scene->draft_of[head], "title of the name");
        d->part_of_name = true;
        d->alias = scene->draft_of[head];
    }
}

/* "Petrosyan" of "the Petrosyan government": who it is may be known by then. */
static void
draft_unknown_modifier(ch_scene *scene, uint32_t tok)
{
    if (scene->doc->toks[tok].upos != CH_PROPN || scene->doc->toks[tok].rel != CH_COMPOUND)
        return;
    ch_draft *d = ch_draft_add(scene, tok);
    if (d == NULL)
        return;
    d->surname = tok;
    d->part_of_name = true;
}

static void
draft_match(ch_scene *scene, const ch_match *match)
{
    switch (match->name->kind) {
    case CH_NAME_COUNTRY: case CH_NAME_CAPITAL: case CH_NAME_SEAT: case CH_NAME_REGION:
        ch_draft_country(scene, match);
        return;
    case CH_NAME_ADJECTIVE: case CH_NAME_DEMONYM:
        ch_draft_nationality(scene, match);
        return;
    default:
        if (ch_token_is_modifier(scene->doc, match->head))
            ch_draft_modifier(scene, match);
        else
            draft_nominal(scene, match->head);
    }
}

/* "The latter" on its own, tagged as an adjective. */
static bool
is_one_of_two(const ch_scene *scene, uint32_t tok)
{
    return scene->doc->toks[tok].upos == CH_ADJ && (ch_token_in(scene, scene->sets.first_of_two, tok) ||
                                                    ch_token_in(scene, scene->sets.second_of_two, tok));
}

/* "Egypt" of "told Egypt Thursday night", where a parser took the name for a part
 * of the time: the name stands in the time's place. */
static void
draft_before_time(ch_scene *scene, uint32_t tok)
{
    for (uint32_t c = scene->tree.first_child[tok]; c != CH_NONE && c < tok; c = scene->tree.next_child[c]) {
        const ch_match *match = scene->timed[c] ? NULL : ch_match_at(scene, c);
        if (match == NULL || match->last > tok || !scene->timed[match->last] || match->name->kind != CH_NAME_COUNTRY)
            continue;
        uint32_t name = scene->draft_of[match->head];
        ch_draft *d = name == CH_NONE ? NULL : ch_draft_add(scene, tok);
        if (d == NULL)
            return;
        ch_draft_take(scene, d, name, scene->drafts[name].m.reason);
        d->m.via = CH_NONE;
        d->owned = true;
        ch_draft_set_span(scene, d, match->first, match->last);
        return;
    }
}

static void
draft_token(ch_scene *scene, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    const ch_match *match = ch_match_at(scene, tok);
    if (match == NULL && scene->timed[tok]) {
        draft_before_time(scene, tok);
        return;
    }
    if (match != NULL) {
        if (match->head == tok)
            draft_match(scene, match);
        return;
    }
    uint32_t place = scene->place_of[tok];
    /* a name that only may be a place, of no known country, may as well be a person's */
    if (place != CH_NONE && scene->doc->places[place].country != NULL) {
        if (scene->doc->places[place].head == tok)
            ch_draft_place(scene, tok);
        return;
    }
    if (t->rel == CH_FLAT || t->rel == CH_FIXED || t->rel == CH_GOESWITH)
        return;
    if (ch_token_is_modifier(scene->doc, tok)) {
        draft_unknown_modifier(scene, tok);
        return;
    }
    if (t->upos == CH_PRON && ((t->morph & CH_M_PRONPRS) != 0 || ch_token_in(scene, scene->sets.whose, tok)))
        draft_pronoun(scene, tok);
    else if (t->upos == CH_NOUN || t->upos == CH_PROPN || is_one_of_two(scene, tok) || t->upos == CH_PRON || t->upos == CH_DET ||
             (t->upos == CH_NUM && t->rel != CH_NUMMOD))
        draft_nominal(scene, tok);
}

void
ch_drafts_make(ch_scene *scene)
{
    for (uint32_t i = scene->tree.norder; i-- > 0 && !scene->out_of_memory;)
        draft_token(scene, scene->tree.order[i]);
}
