/* Drafts: each head's phrase becomes one mention, or several where its owners
 * are coordinated. Heads come behind what hangs on them, so that a phrase finds
 * the drafts of its parts. */
#include "actor/phrase.h"

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

static bool
grow(ch_scene *scene)
{
    uint32_t room = scene->draft_room == 0 ? scene->doc->ntok / 2 + 16 : scene->draft_room * 2;
    ch_draft *more = ch_arena_array(&scene->doc->arena, room, sizeof *more);
    if (more == NULL) {
        scene->out_of_memory = true;
        return false;
    }
    if (scene->ndraft != 0)
        memcpy(more, scene->drafts, scene->ndraft * sizeof *more);
    scene->drafts = more;
    scene->draft_room = room;
    return true;
}

ch_draft *
ch_draft_add(ch_scene *scene, uint32_t head)
{
    if (scene->ndraft == scene->draft_room && !grow(scene))
        return NULL;
    uint32_t index = scene->ndraft++;
    ch_draft *d = &scene->drafts[index];
    *d = (ch_draft){.agent = CH_NONE, .surname = CH_NONE, .owner = CH_NONE, .alias = CH_NONE};
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

static void
set_actor(const ch_scene *scene, ch_draft *d, uint32_t actor)
{
    const ch_actor *a = &scene->lex->actors[actor];
    d->m.actor = actor;
    d->m.name = ch_lexicon_string(scene->lex, a->name);
    d->m.entity = ch_lexicon_string(scene->lex, a->id);
    d->m.attributes = a->kind == CH_ACTOR_MEDIUM;
    d->sex = (char)a->sex;
}

static void
set_span(const ch_scene *scene, ch_draft *d, uint32_t first, uint32_t last)
{
    d->m.first = first;
    d->m.last = last;
    d->m.span = (ch_span){.start = scene->doc->toks[first].span.start, .end = scene->doc->toks[last - 1].span.end};
}

static bool
is_plural(const ch_token *tok)
{
    return (tok->morph & CH_M_PLUR) != 0;
}

bool
ch_token_in(const ch_scene *scene, uint32_t set, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    return ch_set_has(scene->lex, set, t->lemma_word) || ch_set_has(scene->lex, set, t->form_word);
}

/* -------------------------------------------------------- countries and places */

static bool
is_modifier(const ch_document *doc, uint32_t tok)
{
    const ch_token *t = &doc->toks[ch_tree_first_conjunct(doc, tok)];
    /* no noun describes what stands behind the sentence's verb: there a parser has lost a subject */
    for (uint32_t i = tok + 1; t->upos == CH_NOUN && t->head != CH_NONE && i < t->head; i++)
        if (doc->toks[i].head == CH_NONE)
            return false;
    return t->rel == CH_AMOD || t->rel == CH_COMPOUND || (t->rel == CH_NMOD && t->sub == CH_SUB_DESC);
}

bool
ch_reads_as_place(const ch_scene *scene, uint32_t tok, bool country)
{
    const ch_document *doc = scene->doc;
    uint32_t preposition = ch_tree_case(&scene->tree, doc, tok);
    uint32_t top = ch_tree_first_conjunct(doc, tok);
    uint32_t above = doc->toks[top].head == CH_NONE ? CH_NONE : ch_unit_head(scene, doc->toks[top].head);
    if (preposition == CH_NONE) {
        /* "Amman, Jordan"; "reached Paris" */
        if (above != CH_NONE && (doc->toks[top].rel == CH_APPOS || doc->toks[top].rel == CH_NMOD) && above < top) {
            const ch_draft *d = ch_draft_at(scene, above);
            return scene->place_of[above] != CH_NONE || (d != NULL && d->m.kind == CH_MENTION_PLACE);
        }
        return !country && above != CH_NONE && doc->toks[top].rel == CH_OBJ && ch_token_in(scene, scene->sets.motion, above);
    }
    if (ch_token_in(scene, scene->sets.where, preposition))
        return true;
    if (!ch_token_is(doc, preposition, "to") && !ch_token_is(doc, preposition, "from") &&
        !ch_token_is(doc, preposition, "for") && !ch_token_is(doc, preposition, "of"))
        return false;
    return !country && above != CH_NONE && ch_token_in(scene, scene->sets.motion, above);
}

/* A capital that stands for its government: as one that acts or is dealt with,
 * not as a place and not before a noun ("Khartoum government"). */
static void
draft_country(ch_scene *scene, const ch_match *match)
{
    const ch_document *doc = scene->doc;
    ch_draft *d = ch_draft_add(scene, match->head);
    if (d == NULL)
        return;
    const ch_country *country = &scene->lex->countries[match->name->entry];
    bool modifier = is_modifier(scene->doc, match->head);
    bool state = match->name->kind == CH_NAME_COUNTRY;
    bool place = !modifier && match->name->kind != CH_NAME_SEAT && ch_reads_as_place(scene, match->head, state);
    set_span(scene, d, match->first, match->last);
    d->code = ch_name_code(scene, match->name, NULL);
    d->m.kind = place ? CH_MENTION_PLACE : CH_MENTION_COUNTRY;
    d->m.name = ch_lexicon_string(scene->lex, country->name);
    d->m.human = !place;
    d->part_of_name = modifier;
    d->owned = true;
    if (match->name->kind == CH_NAME_CAPITAL && !place && !modifier)
        ch_code_add(d->code.sectors, "GOV");
    const char *how = place ? "a place in it" : "its name";
    if (match->name->kind == CH_NAME_CAPITAL)
        how = place ? "its capital, as a place" : "its capital, for the government";
    else if (match->name->kind == CH_NAME_SEAT)
        how = "the seat of its government";
    else if (match->name->kind == CH_NAME_REGION)
        how = "a region of it";
    /* of two towns of one name the place stage has chosen by the whole text */
    uint32_t at = scene->place_of[match->head];
    if (match->name->kind != CH_NAME_COUNTRY && match->name->kind != CH_NAME_SEAT && at != CH_NONE &&
        doc->places[at].country != NULL && ch_lexicon_country(scene->lex, doc->places[at].country) != CH_NONE &&
        (place || match->name->kind == CH_NAME_REGION) && doc->places[at].first == match->first &&
        doc->places[at].last == match->last)
        d->code = ch_place_code(scene, &doc->places[at]);
    d->region = match->name->kind == CH_NAME_REGION;
    d->m.reason = how;
    ch_draft_encode(d);
}

/* "An American", "two Iraqi": some of the people, not the state. */
static bool
is_counted(const ch_document *doc, uint32_t before)
{
    if (before == CH_NONE)
        return false;
    const ch_token *t = &doc->toks[before];
    return (t->upos == CH_DET && (t->morph & CH_M_INDEF) != 0) || t->upos == CH_NUM;
}

/* "French" before a noun; "the French", "Frenchmen" on their own. */
static void
draft_nationality(ch_scene *scene, const ch_match *match)
{
    ch_draft *d = ch_draft_add(scene, match->head);
    if (d == NULL)
        return;
    bool modifier = is_modifier(scene->doc, match->head) ||
                    (ch_is_nationality(scene->doc, match) && ch_stands_before_role(scene, match));
    uint32_t before = match->first > 0 ? match->first - 1 : CH_NONE;
    set_span(scene, d, match->first, match->last);
    d->part_of_name = modifier;
    d->owned = true;
    d->m.plural = !modifier;
    d->m.human = true;
    d->m.kind = modifier ? CH_MENTION_COUNTRY : CH_MENTION_PEOPLE;
    d->m.name = ch_lexicon_string(scene->lex, scene->lex->countries[match->name->entry].name);
    d->m.reason = modifier ? "its adjective" : "its people";
    d->code = ch_name_code(scene, match->name, NULL);
    if (!modifier && (match->name->kind == CH_NAME_DEMONYM || is_counted(scene->doc, before)))
        ch_code_add(d->code.sectors, "CVL");
    if (before != CH_NONE && ch_token_in(scene, scene->sets.ethnic, before)) {
        set_span(scene, d, before, match->last);
        d->ethnic = true;
        d->m.name = NULL;
        d->m.reason = "an ethnic group, no citizens";
        memcpy(d->code.country, "", 1);
        d->code.sectors[0] = '\0';
        ch_code_add(d->code.sectors, "CVL");
    }
    ch_draft_encode(d);
}

static void
draft_place(ch_scene *scene, uint32_t tok)
{
    const ch_place *place = &scene->doc->places[scene->place_of[tok]];
    if (place->country == NULL || ch_lexicon_country(scene->lex, place->country) == CH_NONE)
        return;
    ch_draft *d = ch_draft_add(scene, tok);
    if (d == NULL)
        return;
    set_span(scene, d, place->first, place->last);
    d->code = ch_place_code(scene, place);
    d->m.kind = CH_MENTION_PLACE;
    d->m.name = place->name;
    d->m.reason = "a place in it";
    d->part_of_name = is_modifier(scene->doc, tok);
    ch_draft_encode(d);
}

/* ------------------------------------------------------------ modifiers alone */

/* Whether an adjective for it says who acts: "military raid" does, "official
 * visit" and "humanitarian aid" do not. */
static bool
acts(const ch_code *code)
{
    return ch_code_armed(code->sectors) || ch_code_has(code->sectors, "OPP");
}

/* The word that makes the title: "secretary" of "secretary of state". */
static uint32_t
title_token(const ch_scene *scene, const ch_match *role)
{
    for (uint32_t i = role->first + 1; i < role->last; i++)
        if (scene->doc->toks[i].upos == CH_ADP || scene->doc->toks[i].rel == CH_CASE)
            return i - 1;
    return role->last - 1;
}

/* "Egyptian" of "Egyptian police raid": the name right before a role noun that
 * is itself a modifier. */
static void
own_modifier(const ch_scene *scene, ch_draft *d, const ch_match *match)
{
    const ch_document *doc = scene->doc;
    uint32_t end = match->first;
    if (end > 1 && doc->toks[end - 1].rel == CH_CASE && doc->toks[end - 1].head < end)
        end--;
    const ch_match *before = end == 0 ? NULL : ch_match_at(scene, end - 1);
    if (before == NULL || before->last != end || ch_is_agent_name(before->name) ||
        scene->tree.sent_of[before->head] != scene->tree.sent_of[match->head])
        return;
    ch_code owner = ch_name_code(scene, before->name, NULL);
    bool weak = ch_token_in(scene, scene->sets.weak, match->last - 1);
    d->code = ch_code_of_role(d->code.sectors, weak, "", &owner);
    d->owned = true;
    set_span(scene, d, before->first, match->last);
}

/* "rebel" of "rebel attack", "NATO" of "NATO raid": whom the noun belongs to. */
static void
draft_modifier(ch_scene *scene, const ch_match *match)
{
    ch_code code = ch_name_code(scene, match->name, NULL);
    if (ch_is_agent_name(match->name) && scene->doc->toks[match->head].upos == CH_ADJ && !acts(&code))
        return;
    ch_draft *d = ch_draft_add(scene, match->head);
    if (d == NULL)
        return;
    set_span(scene, d, match->first, match->last);
    d->part_of_name = true;
    d->code = code;
    d->m.human = true;
    if (ch_is_agent_name(match->name)) {
        d->m.kind = CH_MENTION_AGENT;
        d->agent = match->name->entry;
        d->title = scene->doc->toks[title_token(scene, match)].lemma_word;
        own_modifier(scene, d, match);
        d->m.reason = ch_scene_say(scene, "modifier of kind '%s'",
                                   ch_lexicon_string(scene->lex, scene->lex->agents[d->agent].id));
    } else {
        uint32_t kind = scene->lex->actors[match->name->entry].kind;
        set_actor(scene, d, match->name->entry);
        d->m.kind = kind == CH_ACTOR_PERSON   ? CH_MENTION_PERSON
                    : kind == CH_ACTOR_PEOPLE ? CH_MENTION_PEOPLE
                                              : CH_MENTION_ORGANISATION;
        d->m.reason = "name";
    }
    ch_draft_encode(d);
}

/* -------------------------------------------------------------- actors by name */

/* A surname or a court's common name that stands with another country than the
 * lexicon's entry is someone else: "Kenyan minister Bush", "Israel's Supreme
 * Court". */
static bool
someone_else(const ch_scene *scene, const ch_np *p, const ch_match *match, const ch_code *code)
{
    uint32_t kind = scene->lex->actors[match->name->entry].kind;
    if (p->nowner == 0 || p->owners[0].code.country[0] == '\0' || code->country[0] == '\0' ||
        strcmp(code->country, p->owners[0].code.country) == 0)
        return false;
    /* a minister of Colombia is not the head of Spain's government of the same name */
    if (kind == CH_ACTOR_PERSON)
        return p->role != CH_NONE && (match->last - match->first == 1 ||
                                      strcmp(ch_name_code(scene, scene->matches[p->role].name, NULL).sectors, "GOV") == 0);
    return kind == CH_ACTOR_BODY && p->owners[0].country && strcmp(p->owners[0].how, "place") != 0 &&
           strcmp(p->owners[0].how, "of") != 0;
}

/* Another entry of the same name that belongs to the phrase's country. */
static const ch_name *
entry_of_country(const ch_scene *scene, const ch_match *match, const char *country)
{
    for (uint32_t i = 0; i < match->nname; i++) {
        if (match->names[i].kind != CH_NAME_ACTOR)
            continue;
        ch_code code = ch_name_code(scene, &match->names[i], NULL);
        if (strcmp(code.country, country) == 0)
            return &match->names[i];
    }
    return NULL;
}

static void
set_role(const ch_scene *scene, ch_draft *d, const ch_np *p)
{
    if (p->role == CH_NONE)
        return;
    const ch_match *role = &scene->matches[p->role];
    d->agent = role->name->entry;
    d->title = scene->doc->toks[title_token(scene, role)].lemma_word;
}

/* "ELI" instead of the office that one has lost. */
static void
demote(ch_draft *d)
{
    if (strcmp(d->code.sectors, "GOV") == 0)
        memcpy(d->code.sectors, "ELI", sizeof "ELI");
}

/* The surname of the name [first, last): "Marcos" of "Ferdinand Marcos Jr." */
static uint32_t
surname_at(const ch_scene *scene, uint32_t first, uint32_t last)
{
    while (last > first + 2 && (ch_token_in(scene, scene->sets.suffix, last - 1) || scene->doc->toks[last - 1].upos == CH_PUNCT))
        last--;
    return last - 1;
}

/* Roles of the same days as the one that `index` has: who is several at once
 * gives a mention for each. */
static void
draft_roles_beside(ch_scene *scene, uint32_t index)
{
    const ch_lexicon *lex = scene->lex;
    const ch_actor *actor = &lex->actors[scene->drafts[index].m.actor];
    const ch_role *role = ch_lexicon_role(lex, actor, scene->doc->published, NULL);
    for (uint32_t i = actor->first_role; i < actor->first_role + actor->nrole; i++) {
        const ch_role *other = &lex->roles[i];
        if (other == role || other->from != role->from || other->to != role->to)
            continue;
        ch_draft *more = ch_draft_add(scene, scene->drafts[index].m.head);
        if (more == NULL)
            return;
        *more = scene->drafts[index];
        more->m.also = CH_NONE;
        more->code = ch_code_read(lex, ch_lexicon_string(lex, other->code));
        ch_draft_encode(more);
    }
}

static void
draft_actor(ch_scene *scene, const ch_np *p, const ch_match *match)
{
    const ch_name *name = match->name;
    bool holds;
    ch_code code = ch_name_code(scene, name, &holds);
    bool other = someone_else(scene, p, match, &code);
    if (other) {
        const ch_name *found = entry_of_country(scene, match, p->owners[0].code.country);
        if (found != NULL) {
            name = found;
            code = ch_name_code(scene, name, &holds);
            other = false;
        }
    }
    uint32_t kind = scene->lex->actors[name->entry].kind;
    ch_draft *d = ch_draft_add(scene, p->head);
    if (d == NULL)
        return;
    set_span(scene, d, p->first, p->last);
    set_role(scene, d, p);
    d->owned = true;
    d->definite = p->definite;
    d->m.human = true;
    d->m.kind = kind == CH_ACTOR_PERSON   ? CH_MENTION_PERSON
                : kind == CH_ACTOR_PEOPLE ? CH_MENTION_PEOPLE
                                          : CH_MENTION_ORGANISATION;
    /* a tagger may see a plural in "Jacques" */
    d->m.plural = kind == CH_ACTOR_PEOPLE || (kind != CH_ACTOR_PERSON && is_plural(&scene->doc->toks[p->head]));
    d->code = code;
    if (kind == CH_ACTOR_PERSON)
        d->surname = surname_at(scene, match->first, match->last);
    d->ethnic = kind == CH_ACTOR_PEOPLE && ch_token_in(scene, scene->sets.ethnic, match->first);
    if (other) {
        const char *sectors = p->role != CH_NONE ? "" : code.sectors;
        ch_code role = p->role == CH_NONE ? code : ch_name_code(scene, scene->matches[p->role].name, NULL);
        d->code = ch_code_of_role(p->role == CH_NONE ? sectors : role.sectors, false, p->modifier, &p->owners[0].code);
        d->m.reason = ch_scene_say(scene, "%s %s", p->owners[0].how, p->owners[0].code.country);
        ch_draft_encode(d);
        return;
    }
    set_actor(scene, d, name->entry);
    if (code.country[0] == '\0' && p->nowner != 0 && (kind == CH_ACTOR_PEOPLE || kind == CH_ACTOR_BODY))
        memcpy(d->code.country, p->owners[0].code.country, sizeof d->code.country);
    d->m.reason = "name";
    if (kind == CH_ACTOR_PERSON && !holds && p->role != CH_NONE && !p->former &&
        ch_code_has(ch_name_code(scene, scene->matches[p->role].name, NULL).sectors, "GOV")) {
        /* the report gives the office: it knows better than our dates */
        memcpy(d->code.sectors, "GOV", sizeof "GOV");
        d->told_office = true;
        d->m.reason = "name, office as the report has it";
    } else if (kind == CH_ACTOR_PERSON && (p->former || !holds)) {
        demote(d);
        d->m.reason = p->former ? "name, office lost" : "name, out of office on that day";
    }
    ch_draft_encode(d);
    draft_roles_beside(scene, ch_draft_index(scene, d));
}

/* ------------------------------------------------------- roles, names, nouns */

static ch_mention_kind
kind_of_agent(const ch_scene *scene, const ch_np *p, bool plural)
{
    if (p->name_last > p->name_first)
        return CH_MENTION_PERSON;
    switch (scene->lex->agents[scene->matches[p->role].name->entry].class) {
    case CH_AGENT_PERSON: return plural ? CH_MENTION_AGENT : CH_MENTION_PERSON;
    case CH_AGENT_BODY: return CH_MENTION_ORGANISATION;
    default: return CH_MENTION_AGENT;
    }
}

static void
say_how(ch_scene *scene, ch_draft *d, const ch_np *p, const ch_owner *owner)
{
    char agent[64] = "", country[48] = "";
    if (p->role != CH_NONE)
        snprintf(agent, sizeof agent, "role '%s'",
                 ch_lexicon_string(scene->lex, scene->lex->agents[scene->matches[p->role].name->entry].id));
    if (owner != NULL)
        snprintf(country, sizeof country, "%s %s%s", owner->how, owner->code.country, owner->code.sectors);
    const char *join = agent[0] != '\0' && country[0] != '\0' ? " + " : "";
    d->m.reason = ch_scene_say(scene, "%s%s%s%s%s", country, join, agent, p->modifier[0] != '\0' ? " + modifier " : "",
                               p->modifier);
}

/* A group noun with the group's name before it is that group: "Hamas group". */
static bool
names_group(const ch_scene *scene, const ch_np *p, const ch_owner *owner)
{
    return owner->actor != CH_NONE && !owner->person &&
           scene->lex->actors[owner->actor].kind != CH_ACTOR_PEOPLE && strcmp(owner->how, "name") == 0 &&
           ch_token_in(scene, scene->sets.group_noun, p->head);
}

/* The head of an owner whose country may become known: "the president's ban". */
static uint32_t
unknown_country(const ch_scene *scene, const ch_owner *owner)
{
    if (owner->draft == CH_NONE || owner->code.country[0] != '\0' || ch_code_international(&owner->code))
        return CH_NONE;
    return scene->drafts[owner->draft].m.head;
}

/* Names of persons are flat; those of things are mostly compounds. */
static bool
looks_like_person(const ch_scene *scene, const ch_np *p)
{
    const ch_document *doc = scene->doc;
    if (p->name_last < p->name_first + 2 || doc->toks[p->first].upos == CH_DET)
        return false;
    for (uint32_t i = p->name_first + 1; i < p->name_last; i++)
        if (doc->toks[i].rel != CH_FLAT)
            return false;
    return true;
}

/* "NATO allies" are allies of one another: its members. */
static bool
are_members(const ch_scene *scene, const ch_np *p, const ch_owner *owner)
{
    return owner != NULL && strcmp(owner->how, "name") == 0 && ch_code_has(owner->code.sectors, "IGO") &&
           is_plural(&scene->doc->toks[p->head]);
}

static void
draft_role_of(ch_scene *scene, const ch_np *p, const ch_owner *owner)
{
    ch_draft *d = ch_draft_add(scene, p->head);
    if (d == NULL)
        return;
    const ch_match *role = p->role == CH_NONE ? NULL : &scene->matches[p->role];
    ch_code own = role == NULL ? (ch_code){.country = "", .sectors = ""} : ch_name_code(scene, role->name, NULL);
    uint32_t role_head = role == NULL ? p->head : role->last - 1;
    set_span(scene, d, p->first, p->used_last > p->last ? p->used_last : p->last);
    set_role(scene, d, p);
    d->weak = role == NULL || (ch_token_in(scene, scene->sets.weak, role_head) &&
                               (role->last - role->first == 1 || strcmp(own.sectors, "GOV") == 0));
    d->code = ch_code_of_role(own.sectors, d->weak, p->modifier, owner == NULL ? NULL : &owner->code);
    if (own.country[0] != '\0')
        memcpy(d->code.country, own.country, sizeof own.country);
    if (role == NULL && ch_token_in(scene, scene->sets.relational, p->head) && !are_members(scene, p, owner))
        d->code = (ch_code){.country = "", .sectors = ""}; /* "a key U.S. ally" is somebody else */
    if (p->former)
        demote(d);
    d->former = p->former;
    d->definite = p->definite;
    d->ethnic = p->ethnic;
    d->owned = owner != NULL;
    d->owner = owner == NULL ? p->late_owner : unknown_country(scene, owner);
    d->m.plural = is_plural(&scene->doc->toks[p->head]);
    if (p->name_last > p->name_first)
        d->surname = surname_at(scene, p->name_first, p->name_last);
    d->m.kind = role == NULL ? CH_MENTION_OTHER : kind_of_agent(scene, p, d->m.plural);
    if (role == NULL && looks_like_person(scene, p)) {
        d->m.kind = CH_MENTION_PERSON;
        d->m.plural = false;
    }
    d->m.human = d->m.kind != CH_MENTION_OTHER &&
                 (role == NULL || scene->lex->agents[role->name->entry].class != CH_AGENT_THING);
    say_how(scene, d, p, owner);
    if (owner != NULL && names_group(scene, p, owner)) {
        set_actor(scene, d, owner->actor);
        d->m.kind = CH_MENTION_ORGANISATION;
        d->m.human = true;
    }
    if (owner != NULL && owner->draft != CH_NONE && strcmp(owner->how, "of") == 0)
        d->m.via = owner->draft;
    ch_draft_encode(d);
}

static void
draft_roles(ch_scene *scene, const ch_np *p)
{
    if (p->nowner == 0)
        draft_role_of(scene, p, NULL);
    for (uint32_t i = 0; i < p->nowner; i++)
        draft_role_of(scene, p, &p->owners[i]);
}

/* "a group of Moroccan diplomats", "two of its nationals": who is counted is
 * meant. False when nothing is known of them. */
static bool
look_through(ch_scene *scene, const ch_np *p)
{
    const ch_document *doc = scene->doc;
    if (!ch_token_in(scene, scene->sets.quantity, p->head) && doc->toks[p->head].upos != CH_NUM)
        return false;
    for (uint32_t c = scene->tree.first_child[p->head]; c != CH_NONE; c = scene->tree.next_child[c]) {
        uint32_t preposition = c < p->head ? CH_NONE : ch_tree_case(&scene->tree, doc, c);
        if (preposition == CH_NONE || !ch_token_is(doc, preposition, "of"))
            continue;
        uint32_t inner = ch_unit_head(scene, c);
        const ch_draft *of = ch_draft_at(scene, inner);
        if (of == NULL || of->m.kind == CH_MENTION_PLACE ||
            (of->m.kind == CH_MENTION_COUNTRY && doc->toks[p->head].upos != CH_NUM))
            continue;
        for (uint32_t at = ch_draft_index(scene, of); at != CH_NONE; at = scene->drafts[at].m.also) {
            ch_draft *d = ch_draft_add(scene, p->head);
            if (d == NULL)
                return true;
            ch_draft_take(scene, d, at, "what is counted");
            const ch_draft *from = &scene->drafts[at];
            set_span(scene, d, p->first, from->m.last > p->last ? from->m.last : p->last);
            d->m.plural = true;
            d->m.via = CH_NONE;
            d->owned = from->owned;
            d->owner = from->owner;
            d->ethnic = from->ethnic;
            d->look_through = true;
        }
        return true;
    }
    return false;
}

static void
draft_pronoun(ch_scene *scene, uint32_t tok)
{
    uint32_t morph = scene->doc->toks[tok].morph;
    if ((morph & CH_M_PRONPRS) == 0 || (morph & (CH_M_P1 | CH_M_P2)) != 0)
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
    return (t->upos == CH_DET || t->upos == CH_PRON) && t->rel != CH_DETREL && t->rel != CH_CC && ch_token_is(scene->doc, tok, "both");
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
    if ((match == NULL || ch_is_agent_name(match->name)) && look_through(scene, &p))
        return;
    if (p.person != CH_NONE)
        draft_actor(scene, &p, &scene->matches[p.person]);
    else if (match != NULL && !ch_is_agent_name(match->name))
        draft_actor(scene, &p, match);
    else if (worth_a_draft(scene, &p))
        draft_roles(scene, &p);
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

/* ------------------------------------------------------------------ each head */

static void
draft_match(ch_scene *scene, const ch_match *match)
{
    switch (match->name->kind) {
    case CH_NAME_COUNTRY: case CH_NAME_CAPITAL: case CH_NAME_SEAT: case CH_NAME_REGION:
        draft_country(scene, match);
        return;
    case CH_NAME_ADJECTIVE: case CH_NAME_DEMONYM:
        draft_nationality(scene, match);
        return;
    default:
        if (is_modifier(scene->doc, match->head))
            draft_modifier(scene, match);
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
        set_span(scene, d, match->first, match->last);
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
            draft_place(scene, tok);
        return;
    }
    if (t->rel == CH_FLAT || t->rel == CH_FIXED || t->rel == CH_GOESWITH)
        return;
    if (is_modifier(scene->doc, tok)) {
        draft_unknown_modifier(scene, tok);
        return;
    }
    if (t->upos == CH_PRON && (t->morph & CH_M_PRONPRS) != 0)
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
