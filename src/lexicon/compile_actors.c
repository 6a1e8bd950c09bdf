/* Blocks `country`, `person` and the other actors, `agent`, `spelling`. */
#include "base/utf8.h"
#include "lexicon/build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const country_keys[] = {"name",    "adjective", "demonym", "capital", "seat", "region", "active",
                                           "part-of", "point",     "iso2",    "note",    "from", NULL};
static const char *const actor_keys[] = {"name", "role", "sex", "member", "adjective", "active", "note", "from", NULL};
static const char *const agent_keys[] = {"noun", "modifier", "code", "class", "note", "from", NULL};
static const char *const spelling_keys[] = {"variant", NULL};

static const struct {
    const char *kind;
    ch_actor_kind actor;
} actor_kinds[] = {
    {"person", CH_ACTOR_PERSON}, {"body", CH_ACTOR_BODY},       {"organisation", CH_ACTOR_ORGANISATION},
    {"group", CH_ACTOR_GROUP},   {"company", CH_ACTOR_COMPANY}, {"medium", CH_ACTOR_MEDIUM},
    {"people", CH_ACTOR_PEOPLE},
};

/* Codes that begin with no country: organisations, bands and sectors of none. */
static const char *const stateless[] = {"IGO", "NGO", "IMG", "MNC", "ISM"};

static void
bad_value(ch_build *build, const ch_value *v, const char *what, const char *remedy)
{
    ch_complain(build->to, true, v->file, v->line, v->column, remedy, "\"%.*s\" is no %s", (int)v->text.len, v->text.at, what);
}

static void
add_names(ch_build *build, const ch_block *block, const char *key, ch_name_kind kind, uint32_t entry)
{
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, key, &at)) != NULL;)
        ch_build_name_add(build, block, v, v->text, kind, entry);
}

static void
active_range(ch_build *build, const ch_block *block, int32_t *from, int32_t *to)
{
    *from = CH_DAY_MIN;
    *to = CH_DAY_MAX;
    const ch_value *v = ch_block_first(block, "active");
    if (v != NULL && !ch_parse_range(v->text, from, to))
        bad_value(build, v, "range of dates", "write FROM..TO with dates like 1991-12-25");
}

static ch_lexstr
first_name(ch_build *build, const ch_block *block)
{
    const ch_value *v = ch_block_first(block, "name");
    if (v == NULL) {
        ch_complain(build->to, true, block->file, block->line, 1, "add a line \"  name: ...\"", "%.*s %.*s has no name",
                    (int)block->kind.len, block->kind.at, (int)block->id.len, block->id.at);
        return 0;
    }
    return ch_build_string(build, v->text);
}

/* --------------------------------------------------------------- countries */

static void
parse_point(ch_build *build, const ch_block *block, float *latitude, float *longitude)
{
    *latitude = *longitude = NAN;
    const ch_value *v = ch_block_first(block, "point");
    if (v == NULL)
        return;
    ch_str right, left = ch_str_cut(v->text, ',', &right);
    double lat, lon;
    if (!ch_parse_number(left, &lat) || !ch_parse_number(ch_str_trim(right), &lon) || fabs(lat) > 90 || fabs(lon) > 180) {
        bad_value(build, v, "point", "write latitude, longitude in degrees: 46.6, 2.4");
        return;
    }
    *latitude = (float)lat;
    *longitude = (float)lon;
}

/* "RANGE CODE": a republic of a federation, before it became a state. */
static void
parse_whole(ch_build *build, const ch_block *block, ch_country *c)
{
    c->whole = CH_NONE;
    const ch_value *v = ch_block_first(block, "part-of");
    const char *gap = v != NULL ? memchr(v->text.at, ' ', v->text.len) : NULL;
    if (v == NULL)
        return;
    size_t len = gap != NULL ? (size_t)(gap - v->text.at) : v->text.len;
    ch_str code = {v->text.at + len + 1, gap != NULL ? v->text.len - len - 1 : 0};
    c->whole = code.len == 3 ? ch_build_country(build, code) : CH_NONE;
    if (c->whole == CH_NONE || !ch_parse_range((ch_str){v->text.at, len}, &c->whole_from, &c->whole_to))
        bad_value(build, v, "range of dates and country", "write FROM..TO and the code of a country block: ..1991-12-25 SUN");
}

static void
compile_country(ch_build *build, const ch_block *block, uint32_t entry)
{
    ch_build_check_keys(build, block, country_keys);
    ch_country c = {.id = ch_build_string(build, block->id)};
    bool code_only = ch_block_first(block, "name") == NULL && block->foreign;
    c.name = code_only ? c.id : first_name(build, block); /* codes of others begin with it, no text names it */
    active_range(build, block, &c.from, &c.to);
    parse_whole(build, block, &c);
    parse_point(build, block, &c.latitude, &c.longitude);
    const ch_value *v = ch_block_first(block, "iso2");
    if (v != NULL && v->text.len == 2)
        memcpy(c.iso2, v->text.at, 2);
    else if (v != NULL)
        bad_value(build, v, "ISO 3166-1 alpha-2 code", "write two capitals");
    c.place = ch_build_place(build, block);
    ch_build_put(build, CH_SECTION_COUNTRIES, &c, sizeof c);
    add_names(build, block, "name", CH_NAME_COUNTRY, entry);
    add_names(build, block, "adjective", CH_NAME_ADJECTIVE, entry);
    add_names(build, block, "demonym", CH_NAME_DEMONYM, entry);
    add_names(build, block, "capital", CH_NAME_CAPITAL, entry);
    add_names(build, block, "seat", CH_NAME_SEAT, entry);
    add_names(build, block, "region", CH_NAME_REGION, entry);
}

static int
by_id(const void *a, const void *b)
{
    const ch_block *x = *(const ch_block *const *)a, *y = *(const ch_block *const *)b;
    size_t n = x->id.len < y->id.len ? x->id.len : y->id.len;
    int order = memcmp(x->id.at, y->id.at, n);
    return order != 0 ? order : (x->id.len > y->id.len) - (x->id.len < y->id.len);
}

/* Sorted by id, so that a code finds its country by bisection. */
static void
compile_countries(ch_build *build)
{
    const ch_block **blocks = ch_arena_array(build->arena, build->nblock, sizeof *blocks);
    uint32_t count = 0;
    if (blocks == NULL) {
        build->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (!ch_str_is(block->kind, "country"))
            continue;
        if (block->id.len != 3)
            ch_complain(build->to, true, block->file, block->line, 9, "write the ISO 3166 alpha-3 code",
                        "\"%.*s\" is no country code", (int)block->id.len, block->id.at);
        else
            blocks[count++] = block;
    }
    qsort(blocks, count, sizeof *blocks, by_id);
    for (uint32_t i = 0; i < count; i++)
        if (ch_map_put(&build->countries, blocks[i]->id, i, NULL) == NULL)
            build->out_of_memory = true;
    for (uint32_t i = 0; i < count; i++)
        compile_country(build, blocks[i], i);
}

/* ------------------------------------------------------------------ actors */

/* A code is groups of three capitals; the first a country, one of the stateless
 * or a sector. Schemes of others have digits in it, and a shorter last group. */
static bool
is_code(const ch_build *build, ch_str code, bool foreign)
{
    if (code.len < 3 || code.len > 15 || (code.len % 3 != 0 && !foreign))
        return false;
    for (size_t i = 0; i < code.len; i++)
        if ((code.at[i] < 'A' || code.at[i] > 'Z') && !(foreign && code.at[i] >= '0' && code.at[i] <= '9'))
            return false;
    ch_str first = {code.at, 3};
    if (code.len == 3 || ch_build_country(build, first) != CH_NONE)
        return true;
    for (size_t i = 0; i < sizeof stateless / sizeof *stateless; i++)
        if (ch_str_is(first, stateless[i]))
            return true;
    return false;
}

/* "[RANGE] CODE [title]"; the code "-": nobody that is coded. */
static void
compile_role(ch_build *build, const ch_block *block, const ch_value *v)
{
    ch_role role = {.from = CH_DAY_MIN, .to = CH_DAY_MAX};
    ch_str title, word = ch_str_cut(v->text, ' ', &title);
    if (word.len != 0 && (word.at[0] == '.' || (word.at[0] >= '0' && word.at[0] <= '9'))) {
        if (!ch_parse_range(word, &role.from, &role.to))
            bad_value(build, v, "range and code", "write FROM..TO CODE title, the dates like 2017-05-14");
        word = ch_str_cut(ch_str_trim(title), ' ', &title);
    }
    if (ch_str_is(word, "-")) {
        ch_build_put(build, CH_SECTION_ROLES, &role, sizeof role);
        return;
    }
    if (!is_code(build, word, block->foreign)) {
        bad_value(build, v, "role with a known code",
                  "write [RANGE] CODE [title]; the code begins with a country or IGO, NGO, IMG, MNC");
        return;
    }
    role.code = ch_build_string(build, word);
    role.title = ch_build_string(build, title);
    ch_build_put(build, CH_SECTION_ROLES, &role, sizeof role);
}

static void
compile_members(ch_build *build, const ch_block *block, ch_actor *actor)
{
    actor->first_member = ch_build_count(build, CH_SECTION_MEMBERS);
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, "member", &at)) != NULL;) {
        for (size_t i = 0; i < v->text.len;) {
            size_t end = i;
            while (end < v->text.len && v->text.at[end] != ' ' && v->text.at[end] != ',')
                end++;
            if (end == i) {
                i++;
                continue;
            }
            ch_str code = {v->text.at + i, end - i};
            uint32_t country = ch_build_country(build, code);
            if (country == CH_NONE)
                ch_complain(build->to, true, v->file, v->line, v->column + (uint32_t)i, "use the alpha-3 code of a country block",
                            "no country \"%.*s\"", (int)code.len, code.at);
            else {
                ch_build_put(build, CH_SECTION_MEMBERS, &country, sizeof country);
                actor->nmember++;
            }
            i = end;
        }
    }
}

static void
compile_actor(ch_build *build, const ch_block *block, ch_actor_kind kind)
{
    ch_build_check_keys(build, block, actor_keys);
    ch_actor a = {.id = ch_build_string(build, block->id), .name = first_name(build, block), .kind = kind};
    const ch_value *v = ch_block_first(block, "sex");
    if (v != NULL && (ch_str_is(v->text, "m") || ch_str_is(v->text, "f")))
        a.sex = (uint32_t)v->text.at[0];
    else if (v != NULL)
        bad_value(build, v, "sex", "write m or f");
    active_range(build, block, &a.from, &a.to);
    a.first_role = ch_build_count(build, CH_SECTION_ROLES);
    uint64_t at = 0;
    while ((v = ch_block_next(block, "role", &at)) != NULL)
        compile_role(build, block, v);
    a.nrole = ch_build_count(build, CH_SECTION_ROLES) - a.first_role;
    if (ch_block_first(block, "role") == NULL)
        ch_complain(build->to, true, block->file, block->line, 1, "add a line \"  role: CODE\"", "%.*s %.*s has no role",
                    (int)block->kind.len, block->kind.at, (int)block->id.len, block->id.at);
    compile_members(build, block, &a);
    a.place = ch_build_place(build, block);
    uint32_t entry = ch_build_put(build, CH_SECTION_ACTORS, &a, sizeof a);
    add_names(build, block, "name", CH_NAME_ACTOR, entry);
    add_names(build, block, "adjective", CH_NAME_ACTOR_ADJECTIVE, entry);
}

/* ------------------------------------------------------------------ agents */

/* The regular English plural of a noun phrase's last word. */
static size_t
plural_of(ch_str noun, char *out, size_t room)
{
    static const char *const hissing[] = {"s", "x", "z", "ch", "sh"};
    if (noun.len == 0 || noun.len + 3 > room)
        return 0;
    memcpy(out, noun.at, noun.len);
    size_t n = noun.len;
    char last = noun.at[n - 1], before = n > 1 ? noun.at[n - 2] : 'a';
    if (last == 'y' && strchr("aeiou", before) == NULL) {
        memcpy(out + n - 1, "ies", 3);
        return n + 2;
    }
    if (n > 3 && memcmp(out + n - 3, "man", 3) == 0) {
        out[n - 2] = 'e';
        return n;
    }
    for (size_t i = 0; i < sizeof hissing / sizeof *hissing; i++) {
        size_t len = strlen(hissing[i]);
        if (n >= len && memcmp(out + n - len, hissing[i], len) == 0) {
            memcpy(out + n, "es", 2);
            return n + 2;
        }
    }
    out[n] = 's';
    return n + 1;
}

/* "noun", "noun = plural" or "noun =" */
static void
compile_noun(ch_build *build, const ch_block *block, const ch_value *v, uint32_t entry)
{
    ch_str given, noun = ch_str_cut(v->text, '=', &given);
    bool by_rule = memchr(v->text.at, '=', v->text.len) == NULL;
    ch_build_name_add(build, block, v, noun, CH_NAME_AGENT, entry);
    char made[256];
    ch_str plural = by_rule ? (ch_str){made, plural_of(noun, made, sizeof made)} : ch_str_trim(given);
    if (plural.len != 0)
        ch_build_name_add(build, block, v, plural, CH_NAME_AGENT_PLURAL, entry);
}

static void
compile_agent(ch_build *build, const ch_block *block)
{
    static const char *const classes[] = {"person", "people", "body", "thing"};
    ch_build_check_keys(build, block, agent_keys);
    ch_agent a = {.id = ch_build_string(build, block->id), .class = CH_AGENT_PERSON};
    const ch_value *v = ch_block_first(block, "code");
    if (v == NULL)
        ch_complain(build->to, true, block->file, block->line, 1, "add a line \"  code: GOV\"", "agent %.*s has no code",
                    (int)block->id.len, block->id.at);
    else if (!is_code(build, (ch_str){v->text.at, v->text.len > 3 ? 3 : v->text.len}, block->foreign) || v->text.len % 3 != 0 ||
             v->text.len > 12)
        bad_value(build, v, "code", "write sectors of three capitals: GOV, GOVMIL");
    else
        a.code = ch_build_string(build, v->text);
    v = ch_block_first(block, "class");
    bool known = v == NULL;
    for (uint32_t i = 0; v != NULL && i < 4; i++)
        if (ch_str_is(v->text, classes[i])) {
            a.class = i;
            known = true;
        }
    if (!known)
        bad_value(build, v, "class of agents", "write person, people, body or thing");
    a.place = ch_build_place(build, block);
    uint32_t entry = ch_build_put(build, CH_SECTION_AGENTS, &a, sizeof a);
    uint64_t at = 0;
    while ((v = ch_block_next(block, "noun", &at)) != NULL)
        compile_noun(build, block, v, entry);
    add_names(build, block, "modifier", CH_NAME_AGENT_MODIFIER, entry);
}

/* ---------------------------------------------------------------- spelling */

/* spelling defence / variant: defense: both are one word from here on. */
static void
compile_spelling(ch_build *build, const ch_block *block)
{
    ch_build_check_keys(build, block, spelling_keys);
    uint32_t word;
    if (ch_build_words(build, block->id, &word, 1) != 1)
        return;
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, "variant", &at)) != NULL;) {
        char folded[256];
        size_t len = ch_fold(folded, sizeof folded, v->text.at, v->text.len);
        if (len == SIZE_MAX || len == 0 || memchr(folded, ' ', len) != NULL) {
            bad_value(build, v, "single word", "write one word");
            continue;
        }
        char *copy = ch_arena_copy(build->arena, folded, len);
        if (copy == NULL || ch_map_put(&build->spellings, (ch_str){copy, len}, word, NULL) == NULL)
            build->out_of_memory = true;
    }
}

void
ch_compile_actors(ch_build *build)
{
    for (uint32_t i = 0; i < build->nblock; i++)
        if (ch_str_is(build->blocks[i].kind, "spelling"))
            compile_spelling(build, &build->blocks[i]);
    compile_countries(build);
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (ch_str_is(block->kind, "agent"))
            compile_agent(build, block);
        for (size_t k = 0; k < sizeof actor_kinds / sizeof *actor_kinds; k++)
            if (ch_str_is(block->kind, actor_kinds[k].kind))
                compile_actor(build, block, actor_kinds[k].actor);
    }
}
