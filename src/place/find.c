/* The stage from end to end. */
#include "place/scene.h"
#include "time/time.h"

#include <math.h>

static void
find_sets(ch_place_sets *sets, const ch_lexicon *lexicon)
{
    static const char *const kinds[CH_PLACE_KIND_COUNT] = {
        [CH_PLACE_TOWN] = "place-town-noun",       [CH_PLACE_STATE] = "place-state-noun",
        [CH_PLACE_COUNTY] = "place-county-noun",   [CH_PLACE_REGION] = "place-region-noun",
        [CH_PLACE_QUARTER] = "place-quarter-noun", [CH_PLACE_SITE] = "place-site-noun",
        [CH_PLACE_ISLAND] = "place-island-noun",   [CH_PLACE_WATER] = "place-water-noun",
        [CH_PLACE_RIVER] = "place-river-noun",     [CH_PLACE_MOUNTAIN] = "place-mountain-noun",
    };
    *sets = (ch_place_sets){
        .locative = ch_set_find(lexicon, "place-locative"),
        .of = ch_set_find(lexicon, "place-of"),
        .at = ch_set_find(lexicon, "place-at"),
        .in = ch_set_find(lexicon, "place-in"),
        .direction = ch_set_find(lexicon, "place-direction"),
        .weak = ch_set_find(lexicon, "place-weak-preposition"),
        .motion = ch_set_find(lexicon, "place-motion"),
        .head = ch_set_find(lexicon, "place-head-noun"),
        .tail = ch_set_find(lexicon, "place-tail-noun"),
        .prefix = ch_set_find(lexicon, "place-prefix"),
        .institution = ch_set_find(lexicon, "place-institution"),
        .government = ch_set_find(lexicon, "place-government"),
        .eponym = ch_set_find(lexicon, "place-eponym"),
        .disease = ch_set_find(lexicon, "place-disease"),
        .particle = ch_set_find(lexicon, "place-particle"),
        .title = ch_set_find(lexicon, "place-person-title"),
        .between = ch_set_find(lexicon, "place-between"),
        .speech = ch_set_find(lexicon, "place-speech"),
        .conquest = ch_set_find(lexicon, "place-conquest"),
        .inside = ch_set_find(lexicon, "place-inside"),
        .people = ch_set_find(lexicon, "place-people-noun"),
        .school = ch_set_find(lexicon, "place-school-tail"),
        .doubtful = ch_set_find(lexicon, "place-doubtful"),
    };
    for (uint32_t k = 0; k < CH_PLACE_KIND_COUNT; k++)
        sets->nouns[k] = kinds[k] != NULL ? ch_set_find(lexicon, kinds[k]) : CH_NONE;
}

/* ------------------------------------------------------------------ tallies */

static bool
tally_make(ch_tally *tally, ch_arena *arena, uint32_t keys)
{
    tally->nslot = 16;
    while (tally->nslot < keys * 2)
        tally->nslot *= 2;
    tally->keys = ch_arena_array(arena, tally->nslot, sizeof *tally->keys);
    tally->sums = ch_arena_array(arena, tally->nslot, sizeof *tally->sums);
    return tally->keys != NULL && tally->sums != NULL;
}

static uint32_t
tally_slot(const ch_tally *tally, uint64_t key)
{
    uint32_t at = (uint32_t)ch_hash_pair(key, 0) & (tally->nslot - 1);
    while (tally->keys[at] != 0 && tally->keys[at] != key)
        at = (at + 1) & (tally->nslot - 1);
    return at;
}

float
ch_tally_get(const ch_tally *tally, uint64_t key)
{
    return tally->sums[tally_slot(tally, key)];
}

void
ch_tally_add(ch_tally *tally, uint64_t key, float more)
{
    uint32_t at = tally_slot(tally, key);
    tally->keys[at] = key;
    tally->sums[at] += more;
}

/* ------------------------------------------------------------------- tokens */

bool
ch_gap_is_space(const ch_document *doc, uint32_t tok)
{
    if (tok + 1 >= doc->ntok)
        return false;
    uint32_t from = doc->toks[tok].span.end, to = doc->toks[tok + 1].span.start;
    for (uint32_t i = from; i < to; i++)
        if (doc->text[i] != ' ' && doc->text[i] != '\t' && doc->text[i] != '\n' && (unsigned char)doc->text[i] != 0xC2 &&
            (unsigned char)doc->text[i] != 0xA0)
            return false;
    return to > from;
}

bool
ch_token_is_comma(const ch_document *doc, uint32_t tok)
{
    return ch_str_is(ch_token_text(doc, tok), ",");
}

/* ------------------------------------------------------------------- places */

/* The token of a candidate that hangs outside of it. */
static uint32_t
head_of(const ch_document *doc, const ch_candidate *c)
{
    for (uint32_t t = c->first; t < c->last; t++) {
        uint32_t head = doc->toks[t].head;
        if (head == CH_NONE || head < c->first || head >= c->last)
            return t;
    }
    return c->last - 1;
}

static const char *
text_copy(ch_scene *scene, ch_span span)
{
    const char *copy = ch_arena_copy(&scene->doc->arena, scene->doc->text + span.start, span.end - span.start);
    if (copy == NULL)
        scene->out_of_memory = true;
    return copy;
}

static ch_place
place_of(ch_scene *scene, const ch_candidate *c)
{
    const ch_lexicon *lex = scene->lex;
    ch_place p = {.first = c->first, .last = c->last, .head = head_of(scene->doc, c), .latitude = NAN, .longitude = NAN,
                  .span = {scene->doc->toks[c->first].span.start, c->end}, .entry = c->sense.entry, .reason = c->reason};
    const ch_gazetteer_place *entry = ch_sense_entry(scene, c->sense);
    const ch_country *country = c->sense.country != CH_NONE ? &lex->countries[c->sense.country] : NULL;
    if (country != NULL)
        p.country = ch_lexicon_string(lex, country->id);
    if (c->nname == 0 || (entry == NULL && country == NULL)) {
        p.name = text_copy(scene, p.span);
        p.entry = CH_NONE;
    } else if (entry == NULL) {
        p.name = ch_lexicon_string(lex, country->name);
        p.latitude = country->latitude;
        p.longitude = country->longitude;
    } else
        p.name = ch_lexicon_string(lex, entry->name);
    if (entry == NULL)
        return p;
    p.admin1 = entry->admin != 0 ? ch_lexicon_string(lex, entry->admin) : NULL;
    p.latitude = entry->latitude;
    p.longitude = entry->longitude;
    p.population = c->nname != 0 ? entry->population : 0;
    return p;
}

static bool
publish(ch_scene *scene)
{
    ch_document *doc = scene->doc;
    uint32_t count = 0;
    for (uint32_t i = 0; i < scene->ncandidate; i++)
        count += scene->candidates[i].state == CH_CANDIDATE_PLACE;
    ch_place *places = ch_arena_array(&doc->arena, count, sizeof *places);
    if (places == NULL)
        return false;
    doc->places = places;
    doc->nplace = 0;
    for (uint32_t i = 0; i < scene->ncandidate; i++)
        if (scene->candidates[i].state == CH_CANDIDATE_PLACE)
            places[doc->nplace++] = place_of(scene, &scene->candidates[i]);
    return !scene->out_of_memory;
}

static bool
set_scene(ch_scene *scene, const ch_lexicon *lexicon, ch_document *doc)
{
    *scene = (ch_scene){.lex = lexicon, .doc = doc};
    scene->gazetteer = ch_gazetteer(lexicon, &scene->ngazetteer);
    scene->candidate_of = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    scene->other = ch_arena_array(&doc->arena, doc->ntok, sizeof(bool));
    scene->nationality = ch_arena_array(&doc->arena, doc->ntok, sizeof(bool));
    scene->timed = ch_arena_array(&doc->arena, doc->ntok, sizeof(bool));
    scene->countries = ch_arena_array(&doc->arena, lexicon->ncountry, sizeof(float));
    if (scene->candidate_of == NULL || scene->other == NULL || scene->nationality == NULL || scene->timed == NULL ||
        scene->countries == NULL)
        return false;
    for (uint32_t t = 0; t < doc->ntok; t++)
        scene->candidate_of[t] = CH_NONE;
    for (uint32_t i = 0; i < doc->ntime; i++)
        for (uint32_t t = doc->times[i].first; t < doc->times[i].last; t++)
            scene->timed[t] = true;
    find_sets(&scene->sets, lexicon);
    return true;
}

ch_status
ch_find_places(const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    ch_arena_mark mark = ch_arena_get_mark(&doc->arena);
    ch_scene scene;
    bool ok = set_scene(&scene, lexicon, doc);
    if (ok) {
        ch_place_scan(&scene);
        ok = !scene.out_of_memory && tally_make(&scene.divisions, &doc->arena, scene.ncandidate * CH_DIVISIONS_MAX);
    }
    if (ok) {
        ch_place_weigh(&scene);
        ch_place_resolve(&scene);
        ok = !scene.out_of_memory && publish(&scene);
    }
    ch_map_free(&scene.groups);
    if (ok)
        return CH_OK;
    doc->places = NULL;
    doc->nplace = 0;
    ch_arena_rewind(&doc->arena, mark);
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "the document needs more memory than it may have");
}
