/* Where is meant: points, circles and places of the gazetteer. */
#include "base/text.h"
#include "lexicon/gazetteer.h"
#include "store/close.h"
#include "store/filter.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define KM_PER_MILE 1.609344
/* Around a place of which nothing else is said: its surroundings. */
#define KM_USUAL 25
/* Half of the way around the earth: what is within it is everywhere. */
#define KM_MAX 20038
#define PARTS_MAX 4
#define NAME_MAX_BYTES 128

static ch_status
no_memory(ch_error *err)
{
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "the question is too long");
}

/* "50km", "30 mi", "50". */
static bool
read_distance(ch_str text, double *km)
{
    size_t letters = 0;
    while (letters < text.len && (text.at[text.len - 1 - letters] | 32) >= 'a' && (text.at[text.len - 1 - letters] | 32) <= 'z')
        letters++;
    ch_str number = ch_str_trim((ch_str){text.at, text.len - letters});
    const char *unit = text.at + (text.len - letters);
    bool miles = letters == 2 && strncasecmp(unit, "mi", 2) == 0;
    if ((letters != 0 && !miles && !(letters == 2 && strncasecmp(unit, "km", 2) == 0)) || !ch_filter_number(km, number))
        return false;
    *km *= miles ? KM_PER_MILE : 1;
    return *km > 0 && *km <= KM_MAX;
}

static bool
read_point(ch_str north, ch_str east, ch_value *out)
{
    return ch_filter_number(&out->latitude, north) && ch_filter_number(&out->longitude, east) && fabs(out->latitude) <= 90 &&
           fabs(out->longitude) <= 180;
}

/* ---------------------------------------------------------------- gazetteer */

/* Whether the place lies in `container`: a country by code or name, a division, or
 * a country and a division ("USA Illinois"). */
static bool
lies_in(const ch_lexicon *lex, const ch_gazetteer_place *p, ch_str container)
{
    uint32_t count;
    if (container.len == 0)
        return true;
    if (container.len > 4 && container.at[3] == ' ' && p->country != CH_NONE &&
        strncmp(ch_lexicon_string(lex, lex->countries[p->country].id), container.at, 3) == 0)
        container = (ch_str){container.at + 4, container.len - 4};
    const char *admin = ch_lexicon_string(lex, p->admin);
    if (container.len == strlen(admin) && strncasecmp(admin, container.at, container.len) == 0)
        return true;
    if (container.len == 3 && p->country != CH_NONE &&
        strncmp(ch_lexicon_string(lex, lex->countries[p->country].id), container.at, 3) == 0)
        return true;
    const ch_name *names = ch_lexicon_find_names(lex, container, &count);
    for (uint32_t i = 0; i < count; i++)
        if (names[i].kind == CH_NAME_COUNTRY && names[i].entry == p->country)
            return true;
    return false;
}

/* Of several places of a name the town is meant where there is one, and of several
 * of these the largest. */
static double
weight(const ch_gazetteer_place *p)
{
    return (p->kind == CH_PLACE_TOWN    ? 1e12
            : p->kind == CH_PLACE_STATE ? 1e10
                                        : 0) +
           (double)p->population * 1e3 + (double)p->radius;
}

static const ch_gazetteer_place *
find_place(const ch_lexicon *lex, ch_str name, ch_str container)
{
    uint32_t count, nplace;
    const ch_gazetteer_place *places = ch_gazetteer(lex, &nplace), *best = NULL;
    const ch_name *names = ch_lexicon_find_names(lex, name, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].kind != CH_NAME_PLACE || names[i].entry >= nplace)
            continue;
        const ch_gazetteer_place *p = &places[names[i].entry];
        if (lies_in(lex, p, container) && (best == NULL || weight(p) > weight(best)))
            best = p;
    }
    return best;
}

static uint32_t
find_country(const ch_lexicon *lex, ch_str text)
{
    uint32_t count;
    uint32_t by_code = text.len == 3 ? ch_lexicon_country(lex, text.at) : CH_NONE;
    if (by_code != CH_NONE)
        return by_code;
    const ch_name *names = ch_lexicon_find_names(lex, text, &count);
    for (uint32_t i = 0; i < count; i++)
        if (names[i].kind == CH_NAME_COUNTRY)
            return names[i].entry;
    return CH_NONE;
}

void
ch_filter_offer_names(const ch_lexicon *lexicon, ch_close *close, bool places)
{
    for (uint32_t i = 0; i < lexicon->nname; i++) {
        const ch_name *n = &lexicon->names[i];
        bool fits = places ? n->kind == CH_NAME_PLACE || n->kind == CH_NAME_COUNTRY : n->kind <= CH_NAME_ACTOR;
        if (fits)
            ch_close_offer(close, ch_lexicon_string(lexicon, n->form));
    }
}

static ch_status
no_place(const ch_filter *filter, ch_str name, ch_str container, ch_error *err)
{
    ch_text message = {0};
    ch_close close;
    char written[NAME_MAX_BYTES];
    snprintf(written, sizeof written, "%.*s", (int)name.len, name.at);
    ch_close_init(&close, written);
    ch_text_printf(&message, "the gazetteer has no \"%s\"", written);
    if (container.len != 0)
        ch_text_printf(&message, " in \"%.*s\"", (int)container.len, container.at);
    else
        ch_filter_offer_names(filter->lexicon, &close, true);
    ch_close_tell(&message, &close);
    ch_status status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "%s", message.failed ? "no such place" : message.at);
    ch_text_free(&message);
    return status;
}

/* --------------------------------------------------------------------- near */

static size_t
split(ch_str text, ch_str parts[PARTS_MAX])
{
    size_t count = 0;
    for (bool more = true; more && count < PARTS_MAX; count++) {
        more = memchr(text.at, ',', text.len) != NULL;
        parts[count] = ch_str_cut(text, ',', &text);
    }
    return text.len == 0 ? count : PARTS_MAX + 1;
}

static ch_status
near_name(const ch_filter *filter, ch_value *out, const ch_str *parts, size_t count, bool distance, ch_error *err)
{
    ch_str container = count > 1 ? parts[1] : (ch_str){0};
    const ch_gazetteer_place *p = find_place(filter->lexicon, parts[0], container);
    if (p == NULL || count > 2)
        return no_place(filter, parts[0], container, err);
    if (isnan(p->latitude) || isnan(p->longitude))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the gazetteer has no point for \"%.*s\"; give latitude and longitude",
                       (int)parts[0].len, parts[0].at);
    out->latitude = (double)p->latitude;
    out->longitude = (double)p->longitude;
    if (!distance)
        out->km = p->radius > KM_USUAL ? (double)p->radius : KM_USUAL;
    return CH_OK;
}

ch_status
ch_filter_near(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    ch_str parts[PARTS_MAX];
    size_t count = split(text, parts);
    *out = (ch_value){.kind = CH_VALUE_CIRCLE, .km = KM_USUAL};
    if (count > PARTS_MAX)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.*s\" has too many commas; write Kherson,50km or 46.6,32.6,50km",
                       (int)text.len, text.at);
    if (count >= 2 && count <= 3 && read_point(parts[0], parts[1], out)) {
        if (count == 3 && !read_distance(parts[2], &out->km))
            return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.*s\" is no distance; write 50km or 30mi", (int)parts[2].len,
                           parts[2].at);
        return CH_OK;
    }
    bool distance = count > 1 && read_distance(parts[count - 1], &out->km);
    return near_name(filter, out, parts, count - distance, distance, err);
}

/* ------------------------------------------------------------ place and box */

ch_status
ch_filter_place(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    uint32_t country = find_country(filter->lexicon, text);
    const ch_gazetteer_place *p = country == CH_NONE ? find_place(filter->lexicon, text, (ch_str){0}) : NULL;
    if (country == CH_NONE && p == NULL)
        return no_place(filter, text, (ch_str){0}, err);
    *out = (ch_value){.kind = p != NULL ? CH_VALUE_NAME : CH_VALUE_COUNTRY};
    out->text = ch_filter_copy(
        filter, ch_str_of(ch_lexicon_string(filter->lexicon, p != NULL ? p->name : filter->lexicon->countries[country].id)));
    return out->text != NULL ? CH_OK : no_memory(err);
}

ch_status
ch_filter_box(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    ch_str parts[PARTS_MAX];
    ch_value corner = {0};
    (void)filter;
    *out = (ch_value){.kind = CH_VALUE_BOX};
    bool ok = split(text, parts) == PARTS_MAX && read_point(parts[0], parts[1], &corner);
    out->low = corner.latitude;
    out->west = corner.longitude;
    ok = ok && read_point(parts[2], parts[3], &corner) && out->low <= corner.latitude;
    out->high = corner.latitude;
    out->east = corner.longitude;
    return ok ? CH_OK
              : ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.*s\" is no box; write SOUTH,WEST,NORTH,EAST in degrees", (int)text.len,
                        text.at);
}
