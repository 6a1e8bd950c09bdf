/* Actors of the lexicon by their names. */
#include "actor/draft.h"

/* Whether an adjective for it says who acts: "military raid" does, "official
 * visit" and "humanitarian aid" do not. */
static bool
acts(const ch_code *code)
{
    return ch_code_armed(code->sectors) || ch_code_has(code->sectors, "OPP");
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
    ch_draft_set_span(scene, d, before->first, match->last);
}

void
ch_draft_modifier(ch_scene *scene, const ch_match *match)
{
    ch_code code = ch_name_code(scene, match->name, NULL);
    if (ch_is_agent_name(match->name) && scene->doc->toks[match->head].upos == CH_ADJ && !acts(&code))
        return;
    ch_draft *d = ch_draft_add(scene, match->head);
    if (d == NULL)
        return;
    ch_draft_set_span(scene, d, match->first, match->last);
    d->part_of_name = true;
    d->code = code;
    d->m.human = true;
    if (ch_is_agent_name(match->name)) {
        d->m.kind = CH_MENTION_AGENT;
        d->agent = match->name->entry;
        d->title = scene->doc->toks[ch_match_title(scene, match)].lemma_word;
        own_modifier(scene, d, match);
        d->m.reason =
            ch_scene_say(scene, "modifier of kind '%s'", ch_lexicon_string(scene->lex, scene->lex->agents[d->agent].id));
    } else {
        uint32_t kind = scene->lex->actors[match->name->entry].kind;
        ch_draft_set_actor(scene, d, match->name->entry);
        d->m.kind = kind == CH_ACTOR_PERSON   ? CH_MENTION_PERSON
                    : kind == CH_ACTOR_PEOPLE ? CH_MENTION_PEOPLE
                                              : CH_MENTION_ORGANISATION;
        d->m.reason = "name";
    }
    ch_draft_encode(d);
}

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
    bool whereabouts = strcmp(p->owners[0].how, "place") == 0 && match->last - match->first > 1;
    if (kind == CH_ACTOR_PERSON)
        return p->role != CH_NONE && !whereabouts && (match->last - match->first == 1 ||
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

void
ch_draft_actor(ch_scene *scene, const ch_np *p, const ch_match *match)
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
    ch_draft_set_span(scene, d, p->first, p->last);
    ch_draft_set_role(scene, d, p);
    d->owned = true;
    d->definite = p->definite;
    d->m.human = true;
    d->m.kind = kind == CH_ACTOR_PERSON   ? CH_MENTION_PERSON
                : kind == CH_ACTOR_PEOPLE ? CH_MENTION_PEOPLE
                                          : CH_MENTION_ORGANISATION;
    /* a tagger may see a plural in "Jacques" */
    d->m.plural = kind == CH_ACTOR_PEOPLE || (kind != CH_ACTOR_PERSON && ch_token_is_plural(&scene->doc->toks[p->head]));
    d->code = code;
    if (kind == CH_ACTOR_PERSON)
        d->surname = ch_match_surname(scene, match->first, match->last);
    d->ethnic = kind == CH_ACTOR_PEOPLE && ch_token_in(scene, scene->sets.ethnic, match->first);
    if (other) {
        const char *sectors = p->role != CH_NONE ? "" : code.sectors;
        ch_code role = p->role == CH_NONE ? code : ch_name_code(scene, scene->matches[p->role].name, NULL);
        d->code = ch_code_of_role(p->role == CH_NONE ? sectors : role.sectors, false, p->modifier, &p->owners[0].code);
        d->m.reason = ch_scene_say(scene, "%s %s", p->owners[0].how, p->owners[0].code.country);
        ch_draft_encode(d);
        return;
    }
    ch_draft_set_actor(scene, d, name->entry);
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
        ch_draft_demote(d);
        d->m.reason = p->former ? "name, office lost" : "name, out of office on that day";
    }
    ch_draft_encode(d);
    draft_roles_beside(scene, ch_draft_index(scene, d));
}
