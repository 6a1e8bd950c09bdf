/* Blocks `places`: rows of the gazetteer. A place that two rows give, each under
 * a name of the other, becomes one entry: our own data corrects and completes
 * what the build reads from elsewhere. */
#include "base/grow.h"
#include "base/utf8.h"
#include "lexicon/build.h"
#include "lexicon/gazetteer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows of one name nearer to each other than this are one place. Sources differ
 * by as much over where the middle of a large town is. */
#define SAME_PLACE_KM 40.0

#define NAMES_MAX 16

static const char *const row_keys[CH_PLACE_KIND_COUNT] = {
    [CH_PLACE_TOWN] = "town",     [CH_PLACE_STATE] = "state",         [CH_PLACE_COUNTY] = "county",
    [CH_PLACE_REGION] = "region", [CH_PLACE_CONTINENT] = "continent", [CH_PLACE_QUARTER] = "quarter",
    [CH_PLACE_SITE] = "site",     [CH_PLACE_ISLAND] = "island",       [CH_PLACE_WATER] = "water",
    [CH_PLACE_RIVER] = "river",   [CH_PLACE_MOUNTAIN] = "mountain",
};

static const char *const other_keys[] = {"country", "admin", "note"};

/* One entry that has a name, in a chain of all that have it. */
typedef struct {
    uint32_t entry;
    uint32_t next; /* in links, or CH_NONE */
} link;

typedef struct {
    ch_build *build;
    ch_map by_name; /* folded name -> first link */
    link *links;    /* [nlink] */
    uint32_t nlink, link_room;
    ch_map states; /* "ISO folded name" -> the division's name */
} gazetteer;

/* A row taken apart. */
typedef struct {
    ch_str names[NAMES_MAX];
    uint32_t nname;
    uint32_t country;
    ch_str admin;
    float latitude, longitude;
    float measure; /* thousands of people, or radius in km */
    ch_place_kind kind;
} row;

static ch_gazetteer_place *
entry_at(const gazetteer *g, uint32_t entry)
{
    return ch_build_at(g->build, CH_SECTION_PLACES, entry);
}

/* -------------------------------------------------------------------- rows */

static void
bad_row(ch_build *build, const ch_block *block, const ch_value *v, const char *why)
{
    ch_complain(build->to, true, block->file, v->line, v->column,
                "write \"Name | Other name (Division), latitude, longitude[, thousands of people or km]\"", "%s: \"%.*s\"", why,
                (int)v->text.len, v->text.at);
}

/* The text up to the last comma and the number behind it. */
static bool
number_behind(ch_str *s, double *out)
{
    size_t at = s->len;
    while (at != 0 && s->at[at - 1] != ',')
        at--;
    if (at == 0 || !ch_parse_number(ch_str_trim((ch_str){s->at + at, s->len - at}), out))
        return false;
    *s = ch_str_trim((ch_str){s->at, at - 1});
    return true;
}

/* "(Division)", "(ISO)" or "(ISO Division)" at the end of the names. */
static bool
read_container(ch_build *build, ch_str *names, row *out)
{
    if (names->len == 0 || names->at[names->len - 1] != ')')
        return true;
    size_t open = names->len;
    while (open != 0 && names->at[open - 1] != '(')
        open--;
    if (open == 0)
        return false;
    ch_str inside = ch_str_trim((ch_str){names->at + open, names->len - 1 - open});
    *names = ch_str_trim((ch_str){names->at, open - 1});
    if (inside.len >= 3 && (inside.len == 3 || inside.at[3] == ' ')) {
        uint32_t country = ch_build_country(build, (ch_str){inside.at, 3});
        if (country != CH_NONE) {
            out->country = country;
            inside = ch_str_trim((ch_str){inside.at + 3, inside.len - 3});
        }
    }
    if (inside.len != 0)
        out->admin = inside;
    return true;
}

static bool
read_names(ch_str names, row *out)
{
    bool more = true;
    while (more && out->nname < NAMES_MAX) {
        more = memchr(names.at, '|', names.len) != NULL;
        ch_str name = ch_str_cut(names, '|', &names);
        if (name.len == 0)
            return false;
        out->names[out->nname++] = name;
    }
    return !more;
}

static bool
read_row(ch_build *build, const ch_block *block, const ch_value *v, row *out)
{
    double numbers[3];
    uint32_t count = 0;
    ch_str names = v->text;
    while (count < 3 && number_behind(&names, &numbers[count]))
        count++;
    if (count < 2) {
        bad_row(build, block, v, "a row has two or three numbers");
        return false;
    }
    double latitude = numbers[count - 1], longitude = numbers[count - 2];
    if (fabs(latitude) > 90 || fabs(longitude) > 180) {
        bad_row(build, block, v, "no such point");
        return false;
    }
    out->latitude = (float)latitude;
    out->longitude = (float)longitude;
    out->measure = count == 3 ? (float)numbers[0] : 0;
    if (!read_container(build, &names, out) || !read_names(names, out)) {
        bad_row(build, block, v, "the names cannot be read");
        return false;
    }
    return true;
}

/* ----------------------------------------------------------------- entries */

static ch_str
folded_copy(ch_build *build, const char *before, ch_str s)
{
    char out[512];
    size_t prefix = strlen(before);
    memcpy(out, before, prefix);
    size_t len = ch_fold(out + prefix, sizeof out - prefix, s.at, s.len);
    if (len == 0 || len == SIZE_MAX)
        return (ch_str){NULL, 0};
    char *copy = ch_arena_copy(build->arena, out, prefix + len);
    if (copy == NULL)
        build->out_of_memory = true;
    return (ch_str){copy, copy != NULL ? prefix + len : 0};
}

static bool
has_name(const gazetteer *g, ch_str folded, uint32_t entry)
{
    const uint32_t *first = folded.len != 0 ? ch_map_get(&g->by_name, folded) : NULL;
    for (uint32_t at = first != NULL ? *first : CH_NONE; at != CH_NONE; at = g->links[at].next)
        if (g->links[at].entry == entry)
            return true;
    return false;
}

static void
add_link(gazetteer *g, ch_str folded, uint32_t entry)
{
    link *links = ch_grow(g->links, g->nlink, &g->link_room, sizeof *links, 4096);
    if (links == NULL) {
        g->build->out_of_memory = true;
        return;
    }
    g->links = links;
    uint32_t *first = ch_map_put(&g->by_name, folded, CH_NONE, NULL);
    if (first == NULL) {
        g->build->out_of_memory = true;
        return;
    }
    g->links[g->nlink] = (link){.entry = entry, .next = *first};
    *first = g->nlink++;
}

static void
add_name(gazetteer *g, const ch_block *block, const ch_value *v, ch_str name, uint32_t entry)
{
    ch_str folded = folded_copy(g->build, "", name);
    if (folded.len == 0 || has_name(g, folded, entry))
        return;
    ch_build_name_add(g->build, block, v, name, CH_NAME_PLACE, entry);
    add_link(g, folded, entry);
}

/* Other ways to write a name's first word: "Saint-Marc" is also "St. Marc". */
static const struct {
    const char *full;
    const char *brief;
} abbreviations[] = {{"Saint", "St"}, {"Fort", "Ft"}, {"Mount", "Mt"}};

static void
add_abbreviated(gazetteer *g, const ch_block *block, const ch_value *v, ch_str name, uint32_t entry)
{
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        for (int back = 0; back < 2; back++) {
            const char *from = back ? abbreviations[i].brief : abbreviations[i].full;
            const char *to = back ? abbreviations[i].full : abbreviations[i].brief;
            size_t nfrom = strlen(from), nto = strlen(to);
            size_t skip = nfrom + (back && name.len > nfrom && name.at[nfrom] == '.');
            if (name.len <= skip || memcmp(name.at, from, nfrom) != 0 || (name.at[skip] != ' ' && name.at[skip] != '-'))
                continue;
            char *made = ch_arena_alloc(g->build->arena, nto + name.len - skip + 1);
            if (made == NULL) {
                g->build->out_of_memory = true;
                return;
            }
            memcpy(made, to, nto);
            memcpy(made + nto, name.at + skip, name.len - skip);
            add_name(g, block, v, (ch_str){made, nto + name.len - skip}, entry);
        }
}

static double
distance_km(double lat1, double lon1, double lat2, double lon2)
{
    const double degree = acos(-1.0) / 180;
    double s = sin((lat2 - lat1) * degree / 2), t = sin((lon2 - lon1) * degree / 2);
    double h = s * s + cos(lat1 * degree) * cos(lat2 * degree) * t * t;
    return 2 * 6371.0 * asin(sqrt(h < 1 ? h : 1));
}

static bool
is_small(uint32_t kind)
{
    return kind == CH_PLACE_TOWN || kind == CH_PLACE_QUARTER || kind == CH_PLACE_SITE;
}

static bool
same_place(const ch_gazetteer_place *p, const row *r)
{
    if (p->country != r->country || (p->kind != r->kind && !(is_small(p->kind) && is_small(r->kind))))
        return false;
    return r->kind == CH_PLACE_STATE ||
           distance_km((double)p->latitude, (double)p->longitude, (double)r->latitude, (double)r->longitude) < SAME_PLACE_KM;
}

/* The entry that the row gives once more, or CH_NONE. */
static uint32_t
find_same(gazetteer *g, const row *r)
{
    for (uint32_t i = 0; i < r->nname; i++) {
        ch_str folded = folded_copy(g->build, "", r->names[i]);
        const uint32_t *first = folded.len != 0 ? ch_map_get(&g->by_name, folded) : NULL;
        for (uint32_t at = first != NULL ? *first : CH_NONE; at != CH_NONE; at = g->links[at].next)
            if (same_place(entry_at(g, g->links[at].entry), r))
                return g->links[at].entry;
    }
    return CH_NONE;
}

static void
state_key(const gazetteer *g, uint32_t country, char out[8])
{
    const ch_country *c = country != CH_NONE ? ch_build_at(g->build, CH_SECTION_COUNTRIES, country) : NULL;
    const char *id = c != NULL ? ch_build_chars(g->build, c->id) : "---";
    memcpy(out, id, 3);
    memcpy(out + 3, " ", 2);
}

/* The division's name as its own row gives it. */
static ch_lexstr
division_name(gazetteer *g, uint32_t country, ch_str admin)
{
    char key[8];
    if (admin.len == 0)
        return 0;
    state_key(g, country, key);
    ch_str folded = folded_copy(g->build, key, admin);
    const uint32_t *known = folded.len != 0 ? ch_map_get(&g->states, folded) : NULL;
    return known != NULL ? *known : ch_build_string(g->build, admin);
}

static void
complete(gazetteer *g, ch_gazetteer_place *p, const row *r)
{
    bool people =
        r->kind == CH_PLACE_TOWN || r->kind == CH_PLACE_STATE || r->kind == CH_PLACE_COUNTY || r->kind == CH_PLACE_QUARTER;
    if (people && p->population == 0)
        p->population = r->measure * 1000;
    if (!people && p->radius == 0)
        p->radius = r->measure;
    if (p->admin == 0)
        p->admin = r->kind == CH_PLACE_STATE ? p->name : division_name(g, r->country, r->admin);
}

static void
add_row(gazetteer *g, const ch_block *block, const ch_value *v, const row *r)
{
    uint32_t entry = find_same(g, r);
    if (entry == CH_NONE) {
        ch_gazetteer_place p = {.name = ch_build_string(g->build, r->names[0]),
                                .country = r->country,
                                .latitude = r->latitude,
                                .longitude = r->longitude,
                                .kind = r->kind};
        entry = ch_build_put(g->build, CH_SECTION_PLACES, &p, sizeof p);
    }
    if (g->build->sections[CH_SECTION_PLACES].failed)
        return;
    complete(g, entry_at(g, entry), r);
    for (uint32_t i = 0; i < r->nname; i++) {
        add_name(g, block, v, r->names[i], entry);
        add_abbreviated(g, block, v, r->names[i], entry);
        char key[8];
        state_key(g, r->country, key);
        ch_str folded = r->kind == CH_PLACE_STATE ? folded_copy(g->build, key, r->names[i]) : (ch_str){NULL, 0};
        if (folded.len != 0 && ch_map_put(&g->states, folded, entry_at(g, entry)->name, NULL) == NULL)
            g->build->out_of_memory = true;
    }
}

/* ------------------------------------------------------------------ blocks */

static uint32_t
default_country(ch_build *build, const ch_block *block)
{
    const ch_value *v = ch_block_first(block, "country");
    if (v == NULL)
        return CH_NONE;
    uint32_t country = ch_build_country(build, v->text);
    if (country == CH_NONE)
        ch_complain(build->to, true, block->file, v->line, v->column, "use the alpha-3 code of a country block",
                    "no country \"%.*s\"", (int)v->text.len, v->text.at);
    return country;
}

static void
compile_rows(gazetteer *g, const ch_block *block, ch_place_kind kind)
{
    const ch_value *admin = ch_block_first(block, "admin");
    uint32_t country = default_country(g->build, block);
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, row_keys[kind], &at)) != NULL;) {
        row r = {.country = country, .kind = kind};
        if (admin != NULL && kind != CH_PLACE_STATE)
            r.admin = admin->text;
        if (read_row(g->build, block, v, &r))
            add_row(g, block, v, &r);
    }
}

static void
check_keys(ch_build *build, const ch_block *block)
{
    const char *keys[CH_PLACE_KIND_COUNT + sizeof other_keys / sizeof *other_keys + 1] = {NULL};
    uint32_t count = 0;
    for (uint32_t i = 0; i < CH_PLACE_KIND_COUNT; i++)
        keys[count++] = row_keys[i];
    for (size_t i = 0; i < sizeof other_keys / sizeof *other_keys; i++)
        keys[count++] = other_keys[i];
    ch_build_check_keys(build, block, keys);
}

/* Divisions before what lies in them. */
void
ch_compile_places(ch_build *build)
{
    gazetteer g = {.build = build};
    for (uint32_t i = 0; i < build->nblock; i++)
        if (ch_str_is(build->blocks[i].kind, "places")) {
            check_keys(build, &build->blocks[i]);
            compile_rows(&g, &build->blocks[i], CH_PLACE_STATE);
        }
    for (uint32_t i = 0; i < build->nblock; i++)
        for (uint32_t kind = 0; kind < CH_PLACE_KIND_COUNT; kind++)
            if (ch_str_is(build->blocks[i].kind, "places") && kind != CH_PLACE_STATE)
                compile_rows(&g, &build->blocks[i], kind);
    ch_map_free(&g.by_name);
    ch_map_free(&g.states);
    free(g.links);
}
