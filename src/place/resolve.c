/* Which place of a name is meant: by how well known each is, by the country and
 * division that the document speaks of, by what stands beside the name, and by
 * how near it is to the others. One name has one sense in a document unless the
 * words beside it say otherwise. */
#include "place/scene.h"

#include <math.h>

/* How well known a place is, as the logarithm of people who would name it. */
#define KNOWN_COUNTRY 9.0f
#define KNOWN_CONTINENT 9.0f
#define KNOWN_STATE 5.8f
#define KNOWN_UNPEOPLED 3.4f

/* What a sense in a country that the document does not speak of loses to one in
 * a country that it does. */
#define ABROAD 0.6f

/* A place whose division is not told lies in one whose middle is so near. */
#define STATE_REACH_KM 150.0f

/* Others within this distance speak for a place. */
#define NEAR_KM 250.0f
#define NEIGHBOURS 6

/* What company counts beside the logarithm of people. */
#define COMPANY_WEIGHT 1.8f
#define COMPANY_MOST 1.6f

static const float known_by_kind[CH_PLACE_KIND_COUNT] = {
    [CH_PLACE_TOWN] = KNOWN_UNPEOPLED, [CH_PLACE_STATE] = KNOWN_STATE, [CH_PLACE_COUNTY] = 4.4f,  [CH_PLACE_REGION] = 6.7f,
    [CH_PLACE_CONTINENT] = KNOWN_CONTINENT, [CH_PLACE_QUARTER] = 4.0f, [CH_PLACE_SITE] = 4.6f,    [CH_PLACE_ISLAND] = 6.0f,
    [CH_PLACE_WATER] = 6.5f,           [CH_PLACE_RIVER] = 5.5f,        [CH_PLACE_MOUNTAIN] = 5.5f,
};

bool
ch_candidate_sense(const ch_scene *scene, const ch_candidate *c, uint32_t i, ch_sense *out)
{
    const ch_name *name = &c->names[i];
    *out = CH_NO_SENSE;
    if (name->kind == CH_NAME_COUNTRY)
        out->country = name->entry;
    else if (name->kind == CH_NAME_PLACE)
        *out = (ch_sense){scene->gazetteer[name->entry].country, name->entry};
    return name->kind == CH_NAME_COUNTRY || name->kind == CH_NAME_PLACE;
}

bool
ch_sense_inside(const ch_scene *scene, ch_sense inner, ch_sense outer)
{
    if (inner.entry == CH_NONE || inner.entry == outer.entry)
        return false;
    const ch_gazetteer_place *a = &scene->gazetteer[inner.entry], *b = ch_sense_entry(scene, outer);
    if (b == NULL)
        return a->country == outer.country;
    if (a->country != b->country || b->kind == CH_PLACE_TOWN)
        return false;
    if (b->kind == CH_PLACE_STATE && (a->kind == CH_PLACE_STATE || a->admin != 0))
        return a->kind != CH_PLACE_STATE && a->admin == b->admin;
    float reach = b->radius > 0 ? b->radius : b->kind == CH_PLACE_STATE ? STATE_REACH_KM : 60;
    return b->kind != CH_PLACE_QUARTER && b->kind != CH_PLACE_SITE && a->kind != CH_PLACE_STATE &&
           fabsf(a->latitude - b->latitude) * 111 < reach &&
           fabsf(a->longitude - b->longitude) * 111 * cosf(a->latitude * 0.01745f) < reach;
}

static bool
point_of(const ch_scene *scene, ch_sense s, float *latitude, float *longitude)
{
    const ch_gazetteer_place *p = ch_sense_entry(scene, s);
    if (p == NULL && s.country == CH_NONE)
        return false;
    *latitude = p != NULL ? p->latitude : scene->lex->countries[s.country].latitude;
    *longitude = p != NULL ? p->longitude : scene->lex->countries[s.country].longitude;
    return !isnan(*latitude);
}

static float
distance_km(float lat1, float lon1, float lat2, float lon2)
{
    const double degree = acos(-1.0) / 180;
    double s = sin((double)(lat2 - lat1) * degree / 2), t = sin((double)(lon2 - lon1) * degree / 2);
    double h = s * s + cos((double)lat1 * degree) * cos((double)lat2 * degree) * t * t;
    return (float)(2 * 6371.0 * asin(sqrt(h < 1 ? h : 1)));
}

/* ------------------------------------------------------------------ a sense */

static bool
is_capital_of(const ch_candidate *c, uint32_t country)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_CAPITAL && c->names[i].entry == country)
            return true;
    return false;
}

/* Whether a town of the state has its name and a good part of its people: "New
 * York", but not "Ontario". */
static bool
has_great_town(const ch_scene *scene, const ch_candidate *c, const ch_gazetteer_place *state)
{
    ch_sense s;
    for (uint32_t i = 0; i < c->nname; i++)
        if (ch_candidate_sense(scene, c, i, &s) && s.entry != CH_NONE && s.country == state->country &&
            scene->gazetteer[s.entry].kind == CH_PLACE_TOWN && scene->gazetteer[s.entry].population * 20 > state->population)
            return true;
    return false;
}

static float
known(const ch_scene *scene, const ch_candidate *c, ch_sense s)
{
    const ch_gazetteer_place *p = ch_sense_entry(scene, s);
    if (p == NULL) {
        const ch_country *country = &scene->lex->countries[s.country];
        int32_t day = scene->doc->published;
        bool exists = day == CH_NO_DAY ? country->to == CH_DAY_MAX : country->from <= day && day <= country->to;
        return KNOWN_COUNTRY - (exists ? 0 : 3.5f);
    }
    float people = p->population > 0 ? log10f(p->population) : 0;
    switch ((ch_place_kind)p->kind) {
    case CH_PLACE_TOWN:
    case CH_PLACE_QUARTER:
        people = people > 0 ? people : known_by_kind[p->kind];
        return people + (is_capital_of(c, s.country) ? 1 : 0);
    case CH_PLACE_STATE:
        return people == 0 ? KNOWN_STATE : people + (has_great_town(scene, c, p) ? -0.4f : 0.6f);
    case CH_PLACE_COUNTY:
        return people > 0 ? people - 0.8f : known_by_kind[p->kind];
    default:
        return known_by_kind[p->kind];
    }
}

static float
spoken_of(const ch_scene *scene, ch_sense s)
{
    if (s.country == CH_NONE)
        return 0;
    float weight = scene->countries[s.country], more = 0;
    if (weight > 0)
        more += 0.7f + 1.6f * weight / (scene->country_total + 2);
    const ch_gazetteer_place *p = ch_sense_entry(scene, s);
    if (p != NULL && p->admin != 0) {
        float there = ch_tally_get(&scene->divisions, ch_division_key(s.country, p->admin));
        more += there > 0 && p->kind != CH_PLACE_STATE ? 0.9f + (there > 2 ? 0.6f : 0.2f * there) : 0;
    }
    return more;
}

static float
beside(const ch_scene *scene, const ch_candidate *c, ch_sense s)
{
    float more = 0;
    const ch_gazetteer_place *p = ch_sense_entry(scene, s);
    if (c->nouns != 0) {
        bool fits = p != NULL && (c->nouns >> p->kind & 1) != 0;
        more += fits ? 4 : 0;
    }
    if (c->container != CH_NONE) {
        const ch_candidate *outer = &scene->candidates[c->container];
        ch_sense o;
        for (uint32_t i = 0; i < outer->nname; i++)
            if (ch_candidate_sense(scene, outer, i, &o) && ch_sense_inside(scene, s, o))
                return more + 8;
    }
    return more;
}

/* Those that lie in it stand before it: "Buffalo, New York". */
static float
contains(const ch_scene *scene, uint32_t index, ch_sense s)
{
    if (index == 0 || scene->candidates[index - 1].container != index)
        return 0;
    const ch_candidate *inner = &scene->candidates[index - 1];
    ch_sense in;
    for (uint32_t i = 0; i < inner->nname; i++)
        if (ch_candidate_sense(scene, inner, i, &in) && ch_sense_inside(scene, in, s))
            return 5;
    return 0;
}

/* ------------------------------------------------------------------ company */

/* Names further off than this, in names, are not asked. */
#define COMPANY_NAMES 10
/* So far apart are the towns and counties that one local report names. */
#define COMPANY_KM 90.0f
/* Senses of one name that are compared; nearly all have fewer. */
#define COMPANY_SENSES 48
/* What each further sense of a neighbour takes from its word: "Blossom" is one
 * town, there is a "Washington County" in thirty states. */
#define COMPANY_DOUBT 0.35f

static bool
is_local(const ch_gazetteer_place *p)
{
    return p->kind == CH_PLACE_TOWN || p->kind == CH_PLACE_COUNTY || p->kind == CH_PLACE_QUARTER || p->kind == CH_PLACE_SITE;
}

/* From 1 at the same point to 0 at COMPANY_KM; flat, for it is asked often. */
static float
closeness(const ch_gazetteer_place *a, const ch_gazetteer_place *b, float narrowing)
{
    float dy = (a->latitude - b->latitude) * 111, dx = (a->longitude - b->longitude) * 111 * narrowing;
    float square = dx * dx + dy * dy;
    return square < COMPANY_KM * COMPANY_KM ? 1 - sqrtf(square) / COMPANY_KM : 0;
}

/* How much one name speaks for a place by having a sense near it: less, the more
 * senses it has, but for one that is better known than all the rest. */
static float
word_of_neighbour(const ch_scene *scene, const ch_candidate *o, const ch_gazetteer_place *p, float narrowing)
{
    float best = 0, people = 0, best_people = 0;
    uint32_t senses = 0, last = o->nname < COMPANY_SENSES ? o->nname : COMPANY_SENSES;
    for (uint32_t i = 0; i < last; i++) {
        if (o->names[i].kind != CH_NAME_PLACE)
            continue;
        const ch_gazetteer_place *q = &scene->gazetteer[o->names[i].entry];
        senses++;
        people += q->population;
        float near = q != p && is_local(q) && q->country == p->country ? closeness(p, q, narrowing) : 0;
        if (near > best) {
            best = near;
            best_people = q->population;
        }
    }
    float share = people > 0 ? best_people / people : 0, doubt = 1 / (1 + COMPANY_DOUBT * (float)(senses > 0 ? senses - 1 : 0));
    return best * (share > doubt ? share : doubt);
}

float
ch_place_company(const ch_scene *scene, uint32_t index, ch_sense s, bool accepted)
{
    const ch_gazetteer_place *p = ch_sense_entry(scene, s);
    const ch_candidate *c = &scene->candidates[index];
    if (p == NULL || !is_local(p) || isnan(p->latitude))
        return 0;
    float sum = 0, narrowing = cosf(p->latitude * 0.01745f);
    uint32_t from = index > COMPANY_NAMES ? index - COMPANY_NAMES : 0;
    for (uint32_t i = from; i < scene->ncandidate && i <= index + COMPANY_NAMES; i++) {
        const ch_candidate *o = &scene->candidates[i];
        if (i == index || o->nname == 0 || o->group == c->group || o->state == CH_CANDIDATE_REFUSED ||
            (accepted && o->state != CH_CANDIDATE_PLACE))
            continue;
        sum += word_of_neighbour(scene, o, p, narrowing);
    }
    return sum;
}

/* How near the places around it are whose sense is known by now. */
static float
nearness(const ch_scene *scene, uint32_t index, ch_sense s)
{
    float lat, lon, best = INFINITY;
    if (s.entry == CH_NONE || scene->gazetteer[s.entry].kind == CH_PLACE_STATE || !point_of(scene, s, &lat, &lon))
        return 0;
    uint32_t from = index > NEIGHBOURS ? index - NEIGHBOURS : 0;
    for (uint32_t i = from; i < scene->ncandidate && i <= index + NEIGHBOURS; i++) {
        const ch_candidate *o = &scene->candidates[i];
        float olat, olon;
        if (i == index || o->state != CH_CANDIDATE_PLACE || o->sense.entry == CH_NONE || o->group == scene->candidates[index].group ||
            !point_of(scene, o->sense, &olat, &olon))
            continue;
        float km = distance_km(lat, lon, olat, olon);
        best = km < best ? km : best;
    }
    return best < NEAR_KM ? 1.5f * (1 - best / NEAR_KM) : 0;
}

/* Whether nothing but commas and conjunctions stands in tokens [from, to). */
static bool
is_list_gap(const ch_document *doc, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++)
        if (doc->toks[t].upos != CH_PUNCT && doc->toks[t].upos != CH_CCONJ)
            return false;
    return true;
}

/* Whether a neighbour in a list is a state of the same country: "Oregon,
 * Washington and Wisconsin". */
static float
among_peers(const ch_scene *scene, uint32_t index, ch_sense s)
{
    const ch_candidate *c = &scene->candidates[index];
    if (s.entry == CH_NONE || scene->gazetteer[s.entry].kind != CH_PLACE_STATE)
        return 0;
    for (uint32_t i = index == 0 ? index + 1 : index - 1; i < scene->ncandidate && i <= index + 1; i += 2) {
        const ch_candidate *o = &scene->candidates[i];
        bool list = i < index ? is_list_gap(scene->doc, o->last, c->first) : is_list_gap(scene->doc, c->last, o->first);
        if (o->state == CH_CANDIDATE_PLACE && o->sentence == c->sentence && list && o->container == CH_NONE && o->sense.entry != CH_NONE &&
            o->sense.country == s.country && scene->gazetteer[o->sense.entry].kind == CH_PLACE_STATE && o->group != c->group)
            return 2;
    }
    return 0;
}

/* --------------------------------------------------------------- candidates */

static const char *
reason_of(const ch_scene *scene, const ch_candidate *c, uint32_t nsense, float beside_it)
{
    if (c->container != CH_NONE && beside_it >= 8)
        return "lies in the place named behind it";
    if (beside_it >= 4)
        return "the noun beside it says of what kind it is";
    if (nsense == 1)
        return "the only place known by that name";
    if (c->sense.country != CH_NONE && scene->countries[c->sense.country] > 0)
        return "the report speaks of that country";
    return "the best known of that name";
}

/* Whether the document speaks of the country of one of the senses. */
static bool
has_home(const ch_scene *scene, const ch_candidate *c)
{
    ch_sense s;
    for (uint32_t i = 0; i < c->nname; i++)
        if (ch_candidate_sense(scene, c, i, &s) && s.country != CH_NONE && scene->countries[s.country] > 0)
            return true;
    return false;
}

/* The best sense of a candidate; `near` also asks its neighbours, and the sense
 * that its name was given elsewhere in the document weighs in. */
static void
choose(ch_scene *scene, uint32_t index, bool near)
{
    ch_candidate *c = &scene->candidates[index];
    const ch_candidate *leader = &scene->candidates[c->group];
    float best = -INFINITY, best_beside = 0;
    uint32_t nsense = 0;
    bool home = has_home(scene, c);
    ch_sense s;
    for (uint32_t i = 0; i < c->nname; i++) {
        if (!ch_candidate_sense(scene, c, i, &s))
            continue;
        nsense++;
        float by = beside(scene, c, s);
        float score = known(scene, c, s) + spoken_of(scene, s) + by + contains(scene, index, s);
        if (home && s.entry != CH_NONE && s.country != CH_NONE && scene->countries[s.country] == 0)
            score -= ABROAD;
        if (leader->told.country == s.country && leader->told.entry == s.entry && (s.country != CH_NONE || s.entry != CH_NONE))
            score += 3;
        if (c->nname > 1) {
            float company = ch_place_company(scene, index, s, true);
            score += COMPANY_WEIGHT * (company < COMPANY_MOST ? company : COMPANY_MOST);
        }
        if (near)
            score += nearness(scene, index, s) + among_peers(scene, index, s);
        if (score > best) {
            best = score;
            best_beside = by;
            c->sense = s;
        }
    }
    c->certain = best_beside >= 4;
    c->reason = reason_of(scene, c, nsense, best_beside);
}

/* A name that nobody knows lies where the place behind it does, or, when the
 * document speaks of one country only, in that. */
static void
place_unknown(ch_scene *scene, ch_candidate *c)
{
    c->reason = "named as a place; not in the gazetteer";
    if (c->container == CH_NONE)
        return;
    c->sense = scene->candidates[c->container].sense;
    c->reason = "not in the gazetteer; lies in the place named behind it";
    const ch_gazetteer_place *p = ch_sense_entry(scene, c->sense);
    if (p == NULL)
        c->sense.entry = CH_NONE;
}

void
ch_place_resolve(ch_scene *scene)
{
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < scene->ncandidate; i++) {
            ch_candidate *c = &scene->candidates[i];
            if (c->state != CH_CANDIDATE_PLACE || c->nname == 0)
                continue;
            choose(scene, i, round > 0);
            ch_candidate *leader = &scene->candidates[c->group];
            if (c->certain && leader->told.country == CH_NONE && leader->told.entry == CH_NONE)
                leader->told = c->sense;
        }
    }
    for (uint32_t i = 0; i < scene->ncandidate; i++)
        if (scene->candidates[i].state == CH_CANDIDATE_PLACE && scene->candidates[i].nname == 0)
            place_unknown(scene, &scene->candidates[i]);
}
