/* Role nouns, unknown names and nouns with an owner: a draft for each owner. */
#include "actor/draft.h"

#include <stdio.h>

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
    d->m.reason =
        ch_scene_say(scene, "%s%s%s%s%s", country, join, agent, p->modifier[0] != '\0' ? " + modifier " : "", p->modifier);
}

/* A group noun with the group's name before it is that group: "Hamas group". */
static bool
names_group(const ch_scene *scene, const ch_np *p, const ch_owner *owner)
{
    return owner->actor != CH_NONE && !owner->person && scene->lex->actors[owner->actor].kind != CH_ACTOR_PEOPLE &&
           strcmp(owner->how, "name") == 0 && ch_token_in(scene, scene->sets.group_noun, p->head);
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
           ch_token_is_plural(&scene->doc->toks[p->head]);
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
    ch_draft_set_span(scene, d, p->first, p->used_last > p->last ? p->used_last : p->last);
    ch_draft_set_role(scene, d, p);
    d->weak = role == NULL || (ch_token_in(scene, scene->sets.weak, role_head) &&
                               (role->last - role->first == 1 || strcmp(own.sectors, "GOV") == 0));
    d->code = ch_code_of_role(own.sectors, d->weak, p->modifier, owner == NULL ? NULL : &owner->code);
    if (own.country[0] != '\0')
        memcpy(d->code.country, own.country, sizeof own.country);
    if (role == NULL && ch_token_in(scene, scene->sets.relational, p->head) && !are_members(scene, p, owner))
        d->code = (ch_code){.country = "", .sectors = ""}; /* "a key U.S. ally" is somebody else */
    if (p->former)
        ch_draft_demote(d);
    d->former = p->former;
    d->definite = p->definite;
    d->ethnic = p->ethnic;
    d->owned = owner != NULL;
    d->owner = owner == NULL ? p->late_owner : unknown_country(scene, owner);
    d->m.plural = ch_token_is_plural(&scene->doc->toks[p->head]);
    if (p->name_last > p->name_first)
        d->surname = ch_match_surname(scene, p->name_first, p->name_last);
    d->m.kind = role == NULL ? CH_MENTION_OTHER : kind_of_agent(scene, p, d->m.plural);
    if (role == NULL && looks_like_person(scene, p)) {
        d->m.kind = CH_MENTION_PERSON;
        d->m.plural = false;
    }
    d->m.human = d->m.kind != CH_MENTION_OTHER && (role == NULL || scene->lex->agents[role->name->entry].class != CH_AGENT_THING);
    say_how(scene, d, p, owner);
    if (owner != NULL && names_group(scene, p, owner)) {
        ch_draft_set_actor(scene, d, owner->actor);
        d->m.kind = CH_MENTION_ORGANISATION;
        d->m.human = true;
    }
    if (owner != NULL && owner->draft != CH_NONE && strcmp(owner->how, "of") == 0)
        d->m.via = owner->draft;
    ch_draft_encode(d);
}

void
ch_draft_roles(ch_scene *scene, const ch_np *p)
{
    if (p->nowner == 0)
        draft_role_of(scene, p, NULL);
    for (uint32_t i = 0; i < p->nowner; i++)
        draft_role_of(scene, p, &p->owners[i]);
}

bool
ch_draft_crowd(ch_scene *scene, const ch_np *p)
{
    const ch_document *doc = scene->doc;
    const ch_token *tok = &doc->toks[p->head];
    bool number = tok->upos == CH_NUM || ch_token_in(scene, scene->sets.crowd, p->head);
    if (!number || p->definite || (tok->rel != CH_NSUBJ && tok->rel != CH_OBJ) || tok->head == CH_NONE ||
        doc->toks[tok->head].upos != CH_VERB || !ch_token_in(scene, scene->sets.of_people, tok->head))
        return false;
    for (uint32_t c = scene->tree.first_child[p->head]; c != CH_NONE; c = scene->tree.next_child[c])
        if (doc->toks[c].rel == CH_NMOD && c > p->head)
            return false;
    for (uint32_t c = scene->tree.first_child[tok->head]; c != CH_NONE; c = scene->tree.next_child[c])
        if (doc->toks[c].rel == CH_COMPOUND && c > tok->head) /* "12 were shot down": aircraft */
            return false;
    uint32_t agent = scene->sets.people;
    ch_draft *d = agent == CH_NONE ? NULL : ch_draft_add(scene, p->head);
    if (d == NULL)
        return false;
    ch_draft_set_span(scene, d, p->first, p->last);
    d->agent = agent;
    d->code = ch_code_read(scene->lex, ch_lexicon_string(scene->lex, scene->lex->agents[agent].code));
    d->m.kind = CH_MENTION_AGENT;
    d->m.human = d->m.plural = true;
    d->m.reason = "people who are only counted";
    ch_draft_encode(d);
    return true;
}

bool
ch_draft_counted(ch_scene *scene, const ch_np *p)
{
    const ch_document *doc = scene->doc;
    if (!ch_token_in(scene, scene->sets.quantity, p->head) && doc->toks[p->head].upos != CH_NUM)
        return false;
    for (uint32_t c = scene->tree.first_child[p->head]; c != CH_NONE; c = scene->tree.next_child[c]) {
        uint32_t preposition = c < p->head ? CH_NONE : ch_tree_case(&scene->tree, doc, c);
        if (preposition == CH_NONE || !ch_token_in(scene, scene->sets.of, preposition))
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
            ch_draft_set_span(scene, d, p->first, from->m.last > p->last ? from->m.last : p->last);
            d->m.plural = true;
            d->m.via = CH_NONE;
            d->owned = from->owned;
            d->owner = from->owner;
            d->ethnic = from->ethnic;
            d->look_through = true;
            d->counted = at;
        }
        return true;
    }
    return false;
}
