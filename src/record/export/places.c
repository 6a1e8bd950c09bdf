/* What kind of place a record names: the line does not say, the gazetteer does. */
#include "base/utf8.h"
#include "lexicon/gazetteer.h"
#include "record/export/value.h"

#include <math.h>

#define NAME_MAX_BYTES 512
/* Lines give five digits behind the point. */
#define SAME_POINT_DEGREES 0.00002

static const char *const levels[CH_PLACE_KIND_COUNT] = {
    [CH_PLACE_TOWN] = "city",        [CH_PLACE_STATE] = "state",  [CH_PLACE_COUNTY] = "county",   [CH_PLACE_REGION] = "region",
    [CH_PLACE_CONTINENT] = "region", [CH_PLACE_QUARTER] = "city", [CH_PLACE_SITE] = "city",       [CH_PLACE_ISLAND] = "region",
    [CH_PLACE_WATER] = "region",     [CH_PLACE_RIVER] = "region", [CH_PLACE_MOUNTAIN] = "region",
};

/* The trie's node of a name, or 0. */
static uint32_t
node_of(const ch_lexicon *lexicon, ch_str name)
{
    char folded[NAME_MAX_BYTES];
    size_t len = name.at != NULL ? ch_fold(folded, sizeof folded, name.at, name.len) : 0;
    uint32_t node = 0;
    if (len == 0 || len == SIZE_MAX)
        return 0;
    for (ch_str rest = {folded, len}; rest.len != 0;) {
        ch_str word = ch_str_cut(rest, ' ', &rest);
        node = ch_lexicon_step(lexicon, node, ch_lexicon_word(lexicon, word.at, word.len));
        if (node == 0)
            return 0;
    }
    return node;
}

static bool
has_point(const json_object *place, const ch_gazetteer_place *row)
{
    json_object *latitude = ch_json_member(place, "latitude"), *longitude = ch_json_member(place, "longitude");
    return latitude != NULL && longitude != NULL &&
           fabs(json_object_get_double(latitude) - (double)row->latitude) < SAME_POINT_DEGREES &&
           fabs(json_object_get_double(longitude) - (double)row->longitude) < SAME_POINT_DEGREES;
}

const char *
ch_country_name(const ch_lexicon *lexicon, ch_str country)
{
    if (country.at == NULL || country.len != 3)
        return NULL;
    uint32_t index = ch_lexicon_country(lexicon, country.at);
    return index != CH_NONE ? ch_lexicon_string(lexicon, lexicon->countries[index].name) : NULL;
}

const char *
ch_place_level(const ch_lexicon *lexicon, const json_object *place)
{
    ch_str name = ch_json_text(place, "name"), admin = ch_json_text(place, "admin1");
    const char *country = ch_country_name(lexicon, ch_json_text(place, "country"));
    uint32_t node = node_of(lexicon, name), count = 0, nrow;
    const ch_name *names = node != 0 ? ch_lexicon_names_at(lexicon, node, &count) : NULL;
    const ch_gazetteer_place *rows = ch_gazetteer(lexicon, &nrow);
    if (!json_object_is_type(place, json_type_object))
        return NULL;
    if (country != NULL && name.at != NULL && ch_str_is(name, country))
        return "country";
    for (uint32_t i = 0; i < count; i++)
        if (names[i].kind == CH_NAME_PLACE && has_point(place, &rows[names[i].entry]))
            return levels[rows[names[i].entry].kind];
    return admin.at != NULL && name.at != NULL && ch_str_eq(admin, name) ? "state" : "city";
}
