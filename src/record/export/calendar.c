/* iCalendar (RFC 5545): an entry for each act that is to come, on the days that the
 * report gives for it. An act whose day the report does not tell has none. */
#include "record/export/export.h"

#include "base/day.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

/* Octets of a line, its end not counted (section 3.1). */
#define LINE_OCTETS 75

static const ch_selection selection = {.statuses = CH_STATUSES_PLANNED};

/* Folds between characters: the next line begins with a blank, which counts. */
static void
put_folded(ch_text *out, ch_str line)
{
    size_t used = 0;
    for (size_t at = 0; at < line.len;) {
        size_t from = at;
        ch_utf8_next(line.at, line.len, &at);
        if (used + (at - from) > LINE_OCTETS) {
            ch_text_puts(out, "\r\n ");
            used = 1;
        }
        ch_text_add(out, line.at + from, at - from);
        used += at - from;
    }
    ch_text_puts(out, "\r\n");
}

/* A value of the type TEXT (section 3.3.11). */
static void
put_escaped(ch_text *line, ch_str value)
{
    for (size_t at = 0; at < value.len;) {
        size_t from = at;
        uint32_t c = ch_utf8_next(value.at, value.len, &at);
        if (c == '\n')
            ch_text_puts(line, "\\n");
        else if (c < ' ' || c == 0x7F)
            ch_text_putc(line, ' ');
        else {
            if (c == '\\' || c == ';' || c == ',')
                ch_text_putc(line, '\\');
            ch_text_add(line, value.at + from, at - from);
        }
    }
}

typedef struct {
    ch_output out;
    ch_text line;
    bool begun; /* a calendar must have an entry (section 3.6): without one nothing is written */
} calendar;

static void
put_text(calendar *c, const char *property, ch_str value)
{
    if (value.at == NULL || value.len == 0)
        return;
    ch_text_clear(&c->line);
    ch_text_printf(&c->line, "%s:", property);
    put_escaped(&c->line, value);
    put_folded(&c->out.text, (ch_str){c->line.at, c->line.len});
}

/* Values that need no escape. */
static void
put_plain(calendar *c, const char *format, const char *value)
{
    ch_text_clear(&c->line);
    ch_text_printf(&c->line, format, value);
    put_folded(&c->out.text, (ch_str){c->line.at, c->line.len});
}

static void
put_day(calendar *c, const char *format, int32_t day)
{
    char made[16];
    int year, month, day_of_month;
    ch_day_parts(day, &year, &month, &day_of_month);
    snprintf(made, sizeof made, "%04d%02d%02d", year % 10000, month % 100, day_of_month % 100);
    put_plain(c, format, made);
}

/* Names of a side, "and" left to the reader. */
static void
add_names(ch_text *out, json_object *parties, const json_object *but)
{
    for (uint32_t i = 0, n = 0; i < ch_json_count(parties); i++) {
        json_object *party = json_object_array_get_idx(parties, i);
        ch_str name = ch_json_text(party, "name");
        bool there = false;
        for (uint32_t k = 0; k < ch_json_count(but) && !there; k++)
            there = ch_str_eq(ch_json_text(json_object_array_get_idx(but, k), "name"), name);
        if (name.at == NULL || there)
            continue;
        ch_text_printf(out, "%s%.*s", n++ != 0 ? ", " : "", (int)name.len, name.at);
    }
}

/* "CONSULT: Poland, Germany"; "AID: France > Ukraine". */
static void
put_summary(calendar *c, const json_object *record)
{
    ch_text summary = {0}, whom = {0};
    ch_str type = ch_json_text(record, "type");
    json_object *actors = ch_json_member(record, "actors");
    ch_text_printf(&summary, "%.*s: ", (int)type.len, type.at != NULL ? type.at : "");
    add_names(&summary, actors, NULL);
    add_names(&whom, ch_json_member(record, "recipients"), actors);
    if (whom.at != NULL && whom.len != 0)
        ch_text_printf(&summary, " > %s", whom.at);
    if (summary.at != NULL)
        put_text(c, "SUMMARY", (ch_str){summary.at, summary.len});
    c->out.text.failed = c->out.text.failed || summary.failed || whom.failed;
    ch_text_free(&summary);
    ch_text_free(&whom);
}

static void
put_place(calendar *c, const json_object *place)
{
    char geo[64];
    json_object *latitude = ch_json_member(place, "latitude"), *longitude = ch_json_member(place, "longitude");
    put_text(c, "LOCATION", ch_json_text(place, "name"));
    if (latitude == NULL || longitude == NULL)
        return;
    snprintf(geo, sizeof geo, "%.6f;%.6f", json_object_get_double(latitude), json_object_get_double(longitude));
    put_plain(c, "GEO:%s", geo);
}

/* An address that is a URI as it stands. */
static bool
is_uri(ch_str url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.at[i] <= ' ' || (unsigned char)url.at[i] > '~')
            return false;
    return url.at != NULL && memmem(url.at, url.len, "://", 3) != NULL;
}

static const char *
entry_status(const json_object *record)
{
    if (ch_json_is(record, "status", "asserted") || ch_json_is(record, "status", "ongoing"))
        return "CONFIRMED";
    return ch_json_is(record, "status", "negated") ? "CANCELLED" : "TENTATIVE";
}

static void
begin_calendar(calendar *c)
{
    c->begun = true;
    put_plain(c, "BEGIN:%s", "VCALENDAR");
    put_plain(c, "VERSION:%s", "2.0");
    put_plain(c, "PRODID:-//Chancery//Chancery %s//EN", chancery_version());
    put_plain(c, "CALSCALE:%s", "GREGORIAN");
}

static void
put_entry(calendar *c, const ch_report *report, const json_object *record, int32_t first, int32_t last)
{
    char name[17];
    ch_span sentence;
    int32_t told, spare;
    ch_str url = ch_json_text(report->document, "url");
    if (!c->begun)
        begin_calendar(c);
    ch_record_name(name, report, record);
    put_plain(c, "BEGIN:%s", "VEVENT");
    put_plain(c, "UID:%s@chancery", name);
    if (!ch_edtf_days(ch_json_text(report->document, "published"), &told, &spare))
        told = first;
    put_day(c, "DTSTAMP:%sT000000Z", told);
    put_day(c, "DTSTART;VALUE=DATE:%s", first);
    put_day(c, "DTEND;VALUE=DATE:%s", last + 1); /* the day behind the last */
    put_summary(c, record);
    if (ch_json_span(record, "sentence", &sentence) && sentence.end <= report->text.len)
        put_text(c, "DESCRIPTION", (ch_str){report->text.at + sentence.start, sentence.end - sentence.start});
    put_place(c, ch_json_member(record, "place"));
    put_text(c, "CATEGORIES", ch_json_text(record, "type"));
    if (is_uri(url)) {
        ch_text_clear(&c->line);
        ch_text_printf(&c->line, "URL:%.*s", (int)url.len, url.at);
        put_folded(&c->out.text, (ch_str){c->line.at, c->line.len});
    }
    put_plain(c, "STATUS:%s", entry_status(record));
    put_plain(c, "TRANSP:%s", "TRANSPARENT");
    put_text(c, "X-CHANCERY-DOCUMENT", report->id);
    put_text(c, "X-CHANCERY-RECORD", ch_json_text(record, "id"));
    put_plain(c, "END:%s", "VEVENT");
}

/* Days that the report itself tells; that of the report is none of the act's. */
static bool
told_days(const json_object *record, int32_t *first, int32_t *last)
{
    const json_object *date = ch_json_member(record, "date");
    json_object *assumed = ch_json_member(date, "assumed");
    int32_t spare;
    if (assumed == NULL || json_object_get_boolean(assumed) || !ch_edtf_days(ch_json_text(date, "start"), first, last))
        return false;
    return !ch_edtf_days(ch_json_text(date, "end"), &spare, last) || *last >= *first;
}

static ch_status
begin(ch_export *x, ch_error *err)
{
    calendar *c = calloc(1, sizeof *c);
    x->state = c;
    if (c == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a calendar");
    return CH_OK;
}

static ch_status
write_report(ch_export *x, ch_report *report, ch_error *err)
{
    calendar *c = x->state;
    int32_t first, last;
    for (uint32_t i = 0; i < report->nrecord; i++) {
        const json_object *record = report->records[i];
        if (!ch_json_is(record, "kind", "event") || !ch_select_record(x, report, record, &selection))
            continue;
        if (!told_days(record, &first, &last)) {
            x->counts.day++;
            continue;
        }
        put_entry(c, report, record, first, last);
        x->counts.rows++;
    }
    c->out.text.failed = c->out.text.failed || c->line.failed;
    return ch_output_give(x, &c->out, false, err);
}

static ch_status
end(ch_export *x, ch_error *err)
{
    calendar *c = x->state;
    if (c->begun)
        put_plain(c, "END:%s", "VCALENDAR");
    return ch_output_give(x, &c->out, true, err);
}

static void
free_calendar(ch_export *x)
{
    calendar *c = x->state;
    if (c == NULL)
        return;
    ch_text_free(&c->out.text);
    ch_text_free(&c->line);
    free(c);
}

const ch_export_format ch_export_calendar = {
    .name = "icalendar",
    .label = "acts that are to come, as entries of a calendar (RFC 5545)",
    .begin = begin,
    .report = write_report,
    .end = end,
    .free = free_calendar,
};
