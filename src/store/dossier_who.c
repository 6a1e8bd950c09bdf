/* Who a dossier is of, by the lexicon. */
#include "base/day.h"
#include "intake/document.h"
#include "store/dossier_parts.h"

#include <string.h>

static void
add_text(struct json_object *to, const char *name, const char *text)
{
    json_object_object_add(to, name, text != NULL ? json_object_new_string(text) : NULL);
}

static void
add_day(struct json_object *to, const char *name, int32_t day)
{
    char text[16];
    if (day != CH_DAY_MIN && day != CH_DAY_MAX)
        ch_day_print(text, day);
    add_text(to, name, day != CH_DAY_MIN && day != CH_DAY_MAX ? text : NULL);
}

static uint32_t
find_actor(const ch_lexicon *lex, const char *id)
{
    for (uint32_t i = 0; i < lex->nactor; i++)
        if (strcmp(ch_lexicon_string(lex, lex->actors[i].id), id) == 0)
            return i;
    return CH_NONE;
}

static void
describe_actor(ch_dossier *d, struct json_object *roles, uint32_t index)
{
    static const char *const kinds[] = {"person", "body", "organisation", "group", "company", "medium", "people"};
    const ch_lexicon *lex = d->lexicon;
    const ch_actor *a = &lex->actors[index];
    const ch_role *now = ch_lexicon_role(lex, a, CH_NO_DAY, NULL);
    add_text(d->tree, "name", ch_lexicon_string(lex, a->name));
    add_text(d->tree, "kind", a->kind < sizeof kinds / sizeof *kinds ? kinds[a->kind] : "name");
    add_text(d->tree, "id", d->who.text);
    add_text(d->tree, "code", now != NULL && now->code != 0 ? ch_lexicon_string(lex, now->code) : NULL);
    for (uint32_t i = a->first_role; i < a->first_role + a->nrole; i++) {
        const ch_role *r = &lex->roles[i];
        struct json_object *role = json_object_new_object();
        add_day(role, "from", r->from);
        add_day(role, "to", r->to);
        add_text(role, "code", r->code != 0 ? ch_lexicon_string(lex, r->code) : NULL);
        add_text(role, "title", r->title != 0 ? ch_lexicon_string(lex, r->title) : NULL);
        json_object_array_add(roles, role);
    }
}

static void
describe_country(ch_dossier *d, uint32_t index)
{
    const ch_country *c = &d->lexicon->countries[index];
    add_text(d->tree, "name", ch_lexicon_string(d->lexicon, c->name));
    add_text(d->tree, "kind", "country");
    add_text(d->tree, "id", d->who.text);
    add_text(d->tree, "code", d->who.text);
}

void
ch_dossier_describe(ch_dossier *d, const char *name)
{
    struct json_object *roles = json_object_new_array();
    uint32_t country = d->who.kind == CH_VALUE_COUNTRY ? ch_lexicon_country(d->lexicon, d->who.text) : CH_NONE;
    uint32_t actor = d->who.kind == CH_VALUE_ENTITY ? find_actor(d->lexicon, d->who.text) : CH_NONE;
    if (country != CH_NONE)
        describe_country(d, country);
    else if (actor != CH_NONE)
        describe_actor(d, roles, actor);
    else {
        bool coded = d->who.kind == CH_VALUE_CODE || d->who.kind == CH_VALUE_SECTOR;
        add_text(d->tree, "name", coded ? d->who.text : name);
        add_text(d->tree, "kind", coded ? "code" : "name");
        add_text(d->tree, "id", NULL);
        add_text(d->tree, "code", coded ? d->who.text : NULL);
    }
    json_object_object_add(d->tree, "roles", roles);
}
