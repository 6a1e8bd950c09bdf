/* Appositions: "Stephane Sejourne, the Minister of Foreign Affairs", "the
 * Secretary of State of the United States, Antony Blinken", "the Nigerian Union
 * of Teachers (NUT)". The first draft learns what the second knows; the second
 * becomes an alias of the first. */
#include "actor/scene.h"

/* How far in front of its last word a role noun may stand in the graph. */
#define ROLE_STEPS 6

static bool
is_role(const ch_draft *d)
{
    return d->agent != CH_NONE && d->m.actor == CH_NONE;
}

static bool
same_country(const ch_draft *a, const ch_draft *b)
{
    return a->code.country[0] == '\0' || b->code.country[0] == '\0' ||
           strcmp(a->code.country, b->code.country) == 0;
}

/* Both may be one and the same: a person and a role, a name and a group noun. */
static bool
may_be_one(const ch_draft *a, const ch_draft *b)
{
    if (!same_country(a, b) || a->pronoun || b->pronoun || a->m.kind == CH_MENTION_PLACE || b->m.kind == CH_MENTION_PLACE)
        return false;
    if (a->m.actor != CH_NONE && b->m.actor != CH_NONE)
        return a->m.actor == b->m.actor;
    if (a->m.kind == CH_MENTION_COUNTRY || b->m.kind == CH_MENTION_COUNTRY)
        return false;
    if (a->m.plural != b->m.plural && (a->m.kind == CH_MENTION_PERSON || b->m.kind == CH_MENTION_PERSON))
        return false;
    return true;
}

/* `to`, first in the text, learns what `from` knows. */
static void
learn(ch_draft *to, const ch_draft *from)
{
    /* "the Secretary of State, Antony Blinken" */
    const ch_draft *role = is_role(to) ? to : is_role(from) ? from : NULL;
    if (role != NULL && !role->former && (to->m.actor != CH_NONE || from->m.actor != CH_NONE) && ch_code_has(role->code.sectors, "GOV"))
        to->told_office = true;
    if (from->m.actor != CH_NONE && to->m.actor == CH_NONE) {
        to->m.actor = from->m.actor;
        to->m.name = from->m.name;
        to->m.entity = from->m.entity;
        to->m.attributes = from->m.attributes;
        if (ch_code_rebel(to->code.sectors) && to->code.country[0] == '\0' && from->code.country[0] != '\0')
            memcpy(to->code.country, from->code.country, sizeof to->code.country); /* rebels, as the report has it */
        else if (ch_code_empty(&to->code) || to->code.country[0] == '\0')
            to->code = from->code;
    }
    if (ch_code_empty(&to->code))
        to->code = from->code;
    else if (to->code.country[0] == '\0' && to->m.actor == CH_NONE && !ch_code_international(&to->code))
        memcpy(to->code.country, from->code.country, sizeof to->code.country);
    if (is_role(from) && to->agent == CH_NONE) {
        to->agent = from->agent;
        to->title = from->title;
        to->owned = to->owned || from->owned;
        to->owner = to->owner != CH_NONE ? to->owner : from->owner;
    }
    if (to->surname == CH_NONE)
        to->surname = from->surname;
    if (to->sex == 0)
        to->sex = from->sex;
    if (from->m.kind == CH_MENTION_PERSON || to->m.kind == CH_MENTION_OTHER)
        to->m.kind = from->m.kind;
    to->m.human = to->m.human || from->m.human;
    if (to->m.reason[0] == '\0' || to->m.actor == from->m.actor)
        to->m.reason = from->m.reason[0] != '\0' ? from->m.reason : "apposition";
    /* the report knows better than our dates */
    if (to->told_office && strcmp(to->code.sectors, "ELI") == 0) {
        memcpy(to->code.sectors, "GOV", sizeof "GOV");
        to->m.reason = "name, office as the report has it";
    }
    ch_draft_encode(to);
}

static void
join(ch_scene *scene, uint32_t a, uint32_t b)
{
    ch_draft *first = ch_draft_at(scene, a < b ? a : b), *second = ch_draft_at(scene, a < b ? b : a);
    if (first == NULL || second == NULL || first == second || second->alias != CH_NONE || !may_be_one(first, second))
        return;
    if (first->m.also != CH_NONE || second->m.also != CH_NONE)
        return;
    learn(first, second);
    second->alias = ch_draft_index(scene, first);
}

/* "(PLO)" behind the name it is short for. */
static bool
is_short_name(const ch_scene *scene, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    ch_str s = ch_span_text(doc, doc->toks[tok].span);
    if (s.len < 2 || scene->match_of[tok] != CH_NONE || tok == 0 ||
        doc->text[doc->toks[tok - 1].span.start] != '(')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] >= 'a' && s.at[i] <= 'z')
            return false;
    return s.at[0] >= 'A' && s.at[0] <= 'Z';
}

static void
join_short_name(ch_scene *scene, uint32_t tok, uint32_t above)
{
    ch_draft *name = ch_draft_at(scene, tok);
    const ch_draft *whole = ch_draft_at(scene, above);
    if (whole == NULL || ch_code_empty(&whole->code))
        return;
    uint32_t index = ch_draft_index(scene, whole);
    if (name == NULL)
        name = ch_draft_add(scene, tok);
    if (name == NULL)
        return;
    name->alias = index;
    name->surname = tok;
}

static bool
is_comma(const ch_document *doc, uint32_t tok)
{
    return tok < doc->ntok && doc->text[doc->toks[tok].span.start] == ',';
}

/* "the minister, Stephane Sejourne, …": a name that nothing else is known of. */
static bool
between_commas(const ch_scene *scene, const ch_draft *name)
{
    return is_comma(scene->doc, name->m.first - 1) && is_comma(scene->doc, name->m.last);
}

/* The role whose words end before token `end`: its noun may stand far in front,
 * as in "the Secretary of State of the United States". */
static uint32_t
role_ending_at(const ch_scene *scene, uint32_t end)
{
    uint32_t at = ch_unit_head(scene, end - 1);
    for (uint32_t steps = 0; at != CH_NONE && steps < ROLE_STEPS; steps++) {
        const ch_draft *d = ch_draft_at(scene, at);
        if (d != NULL && d->m.last == end && is_role(d))
            return at;
        at = ch_unit_parent(scene, at);
    }
    return CH_NONE;
}

/* A title whose name the parser hung elsewhere: nothing or commas part them. */
static void
join_neighbour(ch_scene *scene, uint32_t tok)
{
    const ch_draft *name = ch_draft_at(scene, tok);
    if (name == NULL || name->m.first == 0 || name->m.plural || name->surname == CH_NONE || name->part_of_name ||
        (name->agent != CH_NONE && name->m.actor == CH_NONE))
        return;
    bool commas = between_commas(scene, name);
    /* the graph of an unknown name may be that of a thing's */
    if (name->m.kind != CH_MENTION_PERSON && (name->owned || name->definite || name->m.last < name->m.first + 2))
        return;
    uint32_t end = name->m.first - (commas ? 1 : 0);
    if (end == 0 || scene->tree.sent_of[end - 1] != scene->tree.sent_of[tok])
        return;
    uint32_t before = role_ending_at(scene, end);
    const ch_draft *title = ch_draft_at(scene, before);
    if (title != NULL && title->m.kind == CH_MENTION_PERSON && !title->m.plural)
        join(scene, before, tok);
}

void
ch_appositions_join(ch_scene *scene)
{
    const ch_document *doc = scene->doc;
    for (uint32_t i = 0; i < doc->ntok && !scene->out_of_memory; i++) {
        if (scene->timed[i])
            continue;
        if (doc->toks[i].rel == CH_APPOS && doc->toks[i].head != CH_NONE && ch_unit_head(scene, i) == i) {
            uint32_t above = ch_unit_head(scene, doc->toks[i].head);
            if (is_short_name(scene, i))
                join_short_name(scene, i, above);
            else
                join(scene, above, i);
            /* "the mayor of Lyon, Anton Weiss": of the mayor, not of the town */
            if (ch_draft_at(scene, i) != NULL && ch_draft_at(scene, i)->alias == CH_NONE)
                join_neighbour(scene, i);
        } else {
            join_neighbour(scene, i);
        }
    }
}
