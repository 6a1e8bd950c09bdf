/* What the names of all entries do to one another: those that stand twice, and
 * those that another name keeps from ever being chosen. The choice between names
 * is made in actor/names.c; this knows as much of it as does not depend on the
 * text. */
#include "lexicon/build.h"
#include "lexicon/vocabulary.h"

#include <string.h>

typedef struct {
    ch_build *build;
    const ch_country *countries;
    const ch_actor *actors;
    const ch_role *roles;
    const char *strings;
    uint32_t *next; /* [nname] the next name of the same words, or CH_NONE */
} checking;

/* Smaller wins, whatever the text; CH_NONE: the text decides. */
static uint32_t
rank(const checking *c, const ch_name *n)
{
    switch (n->kind) {
    case CH_NAME_COUNTRY: return 0;
    case CH_NAME_ACTOR: {
        uint32_t kind = c->actors[n->entry].kind;
        if (kind == CH_ACTOR_BODY)
            return CH_NONE; /* the country named with it decides */
        return kind == CH_ACTOR_PERSON || kind == CH_ACTOR_PEOPLE ? 5 : 4;
    }
    case CH_NAME_CAPITAL: return 6;
    case CH_NAME_SEAT: return 7;
    case CH_NAME_REGION: return 8;
    default: return CH_NONE;
    }
}

static bool
within(int32_t from, int32_t to, int32_t outer_from, int32_t outer_to)
{
    return outer_from <= from && to <= outer_to;
}

/* Whether `n` holds all through [from, to]. */
static bool
holds_through(const checking *c, const ch_name *n, int32_t from, int32_t to)
{
    if (n->kind != CH_NAME_ACTOR) {
        const ch_country *x = &c->countries[n->entry];
        return within(from, to, x->from, x->to);
    }
    const ch_actor *a = &c->actors[n->entry];
    if (!within(from, to, a->from, a->to))
        return false;
    for (uint32_t i = a->first_role; i < a->first_role + a->nrole; i++)
        if (within(from, to, c->roles[i].from, c->roles[i].to))
            return true;
    return false;
}

/* Whether `a` holds on every day on which `b` does. */
static bool
outlasts(const checking *c, const ch_name *a, const ch_name *b)
{
    if (b->kind != CH_NAME_ACTOR)
        return holds_through(c, a, c->countries[b->entry].from, c->countries[b->entry].to);
    const ch_actor *actor = &c->actors[b->entry];
    for (uint32_t i = actor->first_role; i < actor->first_role + actor->nrole; i++)
        if (!holds_through(c, a, c->roles[i].from, c->roles[i].to))
            return false;
    /* on other days both are out of office, and the later one is taken */
    return actor->nrole != 0 && holds_through(c, a, CH_DAY_MIN, CH_DAY_MAX);
}

/* A surname with a title and another country is someone else's. */
static bool
country_decides(const checking *c, const ch_name *a, const ch_name *b, uint32_t nword)
{
    if (a->kind != CH_NAME_ACTOR || b->kind != CH_NAME_ACTOR || nword > 1 || c->actors[b->entry].kind != CH_ACTOR_PERSON)
        return false;
    const ch_actor *x = &c->actors[a->entry], *y = &c->actors[b->entry];
    if (x->nrole == 0 || y->nrole == 0)
        return true;
    return strncmp(c->strings + c->roles[x->first_role].code, c->strings + c->roles[y->first_role].code, 3) != 0;
}

static bool
shadows(const checking *c, uint32_t ia, uint32_t ib)
{
    ch_name a = ch_build_name_of(c->build, ia), b = ch_build_name_of(c->build, ib);
    uint32_t nword, ra = rank(c, &a), rb = rank(c, &b);
    ch_build_name_words(c->build, ib, &nword);
    if (ra == CH_NONE || rb == CH_NONE || (a.flags & ~b.flags) != 0)
        return false;
    if (ra > rb || (ra == rb && ia > ib))
        return false;
    return !country_decides(c, &a, &b, nword) && outlasts(c, &a, &b);
}

static const char *
entry_id(const checking *c, const ch_name *n)
{
    return c->strings + (n->kind == CH_NAME_ACTOR ? c->actors[n->entry].id : c->countries[n->entry].id);
}

static void
check_pair(checking *c, uint32_t ia, uint32_t ib, bool *told)
{
    ch_name a = ch_build_name_of(c->build, ia), b = ch_build_name_of(c->build, ib);
    ch_name_place pa = ch_build_name_place(c->build, ia), pb = ch_build_name_place(c->build, ib);
    if (a.entry == b.entry && (a.kind == CH_NAME_ACTOR) == (b.kind == CH_NAME_ACTOR) && a.kind != b.kind)
        return; /* "Singapore", the capital of itself */
    if (a.kind == b.kind && a.entry == b.entry && (a.flags & ~b.flags) == 0) {
        if (!pb.imported && a.kind != CH_NAME_AGENT_PLURAL)
            ch_complain(c->build->to, false, pb.file, pb.line, pb.column, "take one of them out",
                        "\"%s\" stands in this entry already, as \"%s\" in line %u: case, accents and periods make no difference",
                        c->strings + b.form, c->strings + a.form, pa.line);
        *told = true;
        return;
    }
    for (int turn = 0; turn < 2 && !*told; turn++) {
        uint32_t over = turn == 0 ? ia : ib, under = turn == 0 ? ib : ia;
        if (a.entry == b.entry && a.kind == b.kind)
            break;
        if (!shadows(c, over, under))
            continue;
        ch_name n = ch_build_name_of(c->build, over), u = ch_build_name_of(c->build, under);
        ch_name_place where = ch_build_name_place(c->build, over), here = ch_build_name_place(c->build, under);
        if (!here.imported)
            ch_complain(c->build->to, false, here.file, here.line, here.column,
                        "take it out, write more of the name, or give the other one dates",
                        "\"%s\" is never chosen: it always means %s of %s:%u", c->strings + u.form, entry_id(c, &n), where.file,
                        where.line);
        *told = true;
    }
}

void
ch_check_names(ch_build *build)
{
    checking c = {.build = build,
                  .countries = ch_build_at(build, CH_SECTION_COUNTRIES, 0),
                  .actors = ch_build_at(build, CH_SECTION_ACTORS, 0),
                  .roles = ch_build_at(build, CH_SECTION_ROLES, 0),
                  .strings = ch_build_chars(build, 0)};
    ch_map first = {0};
    c.next = ch_arena_array(build->arena, build->nname + 1, sizeof *c.next);
    if (c.next == NULL) {
        build->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < build->nname && !build->out_of_memory; i++) {
        uint32_t nword;
        const uint32_t *words = ch_build_name_words(build, i, &nword);
        bool added, told = false;
        uint32_t *head = ch_map_put(&first, (ch_str){(const char *)words, nword * sizeof *words}, i, &added);
        c.next[i] = CH_NONE;
        if (head == NULL)
            build->out_of_memory = true;
        else if (!added) {
            for (uint32_t k = *head; k != CH_NONE && !told; k = c.next[k])
                check_pair(&c, k, i, &told);
            c.next[i] = *head;
            *head = i;
        }
    }
    ch_map_free(&first);
}
