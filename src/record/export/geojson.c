/* GeoJSON (RFC 7946): one FeatureCollection with a point for each event whose own
 * place is known, a feature a line. */
#include "record/export/export.h"

#include "record/json.h"

#include <math.h>
#include <stdlib.h>

static const ch_selection selection = {.statuses = CH_STATUSES_DONE | CH_STATUSES_PLANNED};

typedef struct {
    ch_output out;
    bool begun;
} collection;

static void
put_str(ch_text *out, const char *key, ch_str value)
{
    ch_text_printf(out, ",\"%s\":", key);
    if (value.at == NULL)
        ch_text_puts(out, "null");
    else
        ch_json_string(out, value);
}

/* Members whose values go out as they came in. */
static void
put_member(ch_text *out, const char *key, json_object *value)
{
    ch_text_printf(out, ",\"%s\":%s", key,
                   json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

static void
put_names(ch_text *out, const char *key, json_object *parties, const char *member)
{
    ch_text_printf(out, ",\"%s\":[", key);
    for (uint32_t i = 0; i < ch_json_count(parties); i++) {
        ch_str name = ch_json_text(json_object_array_get_idx(parties, i), member);
        if (i != 0)
            ch_text_putc(out, ',');
        if (name.at != NULL)
            ch_json_string(out, name);
        else
            ch_text_puts(out, "null");
    }
    ch_text_putc(out, ']');
}

static bool
point_of(const json_object *place, double *latitude, double *longitude)
{
    json_object *north = ch_json_member(place, "latitude"), *east = ch_json_member(place, "longitude");
    if (north == NULL || east == NULL)
        return false;
    *latitude = json_object_get_double(north);
    *longitude = json_object_get_double(east);
    return fabs(*latitude) <= 90 && fabs(*longitude) <= 180;
}

/* Longitude comes first (section 3.1.1). */
static void
put_feature(ch_text *out, const ch_report *report, const json_object *record, double latitude, double longitude)
{
    const json_object *place = ch_json_member(record, "place"), *date = ch_json_member(record, "date");
    ch_span sentence;
    char name[17];
    ch_record_name(name, report, record);
    ch_text_printf(out, "{\"type\":\"Feature\",\"id\":\"%s\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[", name);
    ch_json_number(out, longitude, 5);
    ch_text_putc(out, ',');
    ch_json_number(out, latitude, 5);
    ch_text_puts(out, "]},\"properties\":{\"document\":");
    ch_json_string(out, report->id.at != NULL ? report->id : (ch_str){"", 0});
    put_str(out, "record", ch_json_text(record, "id"));
    put_str(out, "type", ch_json_text(record, "type"));
    put_str(out, "mode", ch_json_text(record, "mode"));
    put_str(out, "cameo", ch_json_text(record, "cameo"));
    put_member(out, "quad", ch_json_member(record, "quad"));
    put_member(out, "goldstein", ch_json_member(record, "goldstein"));
    put_str(out, "status", ch_json_text(record, "status"));
    put_names(out, "actors", ch_json_member(record, "actors"), "name");
    put_names(out, "actorCodes", ch_json_member(record, "actors"), "code");
    put_names(out, "recipients", ch_json_member(record, "recipients"), "name");
    put_names(out, "recipientCodes", ch_json_member(record, "recipients"), "code");
    put_str(out, "start", ch_json_text(date, "start"));
    put_str(out, "end", ch_json_text(date, "end"));
    put_str(out, "place", ch_json_text(place, "name"));
    put_str(out, "country", ch_json_text(place, "country"));
    put_str(out, "admin1", ch_json_text(place, "admin1"));
    put_str(out, "text",
            ch_json_span(record, "sentence", &sentence) && sentence.end <= report->text.len
                ? (ch_str){report->text.at + sentence.start, sentence.end - sentence.start}
                : ch_json_text(record, "text"));
    put_str(out, "published", ch_json_text(report->document, "published"));
    put_str(out, "url", ch_json_text(report->document, "url"));
    put_member(out, "confidence", ch_json_member(record, "confidence"));
    ch_text_puts(out, "}}");
}

static ch_status
begin(ch_export *x, ch_error *err)
{
    collection *c = calloc(1, sizeof *c);
    x->state = c;
    if (c == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a collection");
    ch_text_puts(&c->out.text, "{\"type\":\"FeatureCollection\",\"features\":[");
    return CH_OK;
}

static ch_status
write_report(ch_export *x, ch_report *report, ch_error *err)
{
    collection *c = x->state;
    double latitude, longitude;
    for (uint32_t i = 0; i < report->nrecord; i++) {
        const json_object *record = report->records[i];
        if (!ch_json_is(record, "kind", "event") || !ch_select_record(x, report, record, &selection))
            continue;
        if (!point_of(ch_json_member(record, "place"), &latitude, &longitude)) {
            x->counts.place++;
            continue;
        }
        ch_text_puts(&c->out.text, c->begun ? ",\n" : "\n");
        c->begun = true;
        put_feature(&c->out.text, report, record, latitude, longitude);
        x->counts.rows++;
    }
    return ch_output_give(x, &c->out, false, err);
}

static ch_status
end(ch_export *x, ch_error *err)
{
    collection *c = x->state;
    ch_text_puts(&c->out.text, "\n]}\n");
    return ch_output_give(x, &c->out, true, err);
}

static void
free_collection(ch_export *x)
{
    collection *c = x->state;
    if (c != NULL)
        ch_text_free(&c->out.text);
    free(c);
}

const ch_export_format ch_export_geojson = {
    .name = "geojson",
    .label = "places of events, as a FeatureCollection of points (RFC 7946)",
    .begin = begin,
    .report = write_report,
    .end = end,
    .free = free_collection,
};
