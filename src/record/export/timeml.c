/* TimeML 1.2.1, in the form of TempEval-3 (DOCID, DCT, TEXT): what the records state
 * of time. An EVENT for each event's words, a TIMEX3 for the words of a date, an
 * instance of each event, and links from the instances to the dates, to the day of
 * the report, and from what restates an event to that. The records know no signals,
 * tenses or aspects: there are no SIGNALs, and both are NONE. */
#include "record/export/export.h"

#include "base/day.h"
#include "record/export/xml.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

static const ch_selection selection = {.statuses = UINT32_MAX, .repeats = true};

/* Words that get an element; both kinds are numbered by themselves, from 1. */
typedef struct {
    ch_span span;
    json_object *record;
    uint32_t index;  /* of the record in the report */
    uint32_t number; /* 0: it overlaps what stands before it, and has no element */
    bool is_date;
} mark;

typedef struct {
    mark *marks;
    uint32_t count, room;
    uint32_t *instances; /* [nrecord] number of a record's instance, 0 where it has none */
    uint32_t nlink;
    bool has_dct;
    ch_xml xml;
    ch_output out;
    uint64_t documents;
} timeml;

/* -------------------------------------------------------------------- marks */

static bool
add_mark(timeml *t, const ch_report *report, uint32_t index, const json_object *at, bool is_date)
{
    ch_span span;
    if (!ch_json_span(at, "span", &span) || span.start >= span.end || span.end > report->text.len)
        return true;
    if (t->count == t->room) {
        uint32_t room = t->room != 0 ? 2 * t->room : 64;
        mark *more = reallocarray(t->marks, room, sizeof *more);
        if (more == NULL)
            return false;
        t->marks = more;
        t->room = room;
    }
    t->marks[t->count++] = (mark){.span = span, .record = report->records[index], .index = index, .is_date = is_date};
    return true;
}

static int
by_place(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end < y->span.end ? -1 : 1;
    if (x->is_date != y->is_date)
        return x->is_date ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Records that name the same words share an element. */
static void
number_marks(timeml *t)
{
    uint32_t nevent = 0, ndate = 0, end = 0;
    const mark *last = NULL;
    if (t->count != 0)
        qsort(t->marks, t->count, sizeof *t->marks, by_place);
    for (uint32_t i = 0; i < t->count; i++) {
        mark *m = &t->marks[i];
        if (last != NULL && last->is_date == m->is_date && last->span.start == m->span.start && last->span.end == m->span.end) {
            m->number = last->number;
            continue;
        }
        if (m->span.start < end)
            continue;
        m->number = m->is_date ? ++ndate : ++nevent;
        end = m->span.end;
        last = m;
    }
}

static ch_status
gather(ch_export *x, timeml *t, const ch_report *report, ch_error *err)
{
    t->count = 0;
    free(t->instances);
    t->instances = calloc((size_t)report->nrecord + 1, sizeof *t->instances);
    if (t->instances == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document");
    for (uint32_t i = 0; i < report->nrecord; i++) {
        json_object *record = report->records[i];
        bool is_event = ch_json_is(record, "kind", "event");
        if (is_event && !ch_select_record(x, report, record, &selection))
            continue;
        if ((is_event && !add_mark(t, report, i, record, false)) || !add_mark(t, report, i, ch_json_member(record, "date"), true))
            return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document");
    }
    number_marks(t);
    return CH_OK;
}

/* ----------------------------------------------------------------- elements */

static void
put_attribute(timeml *t, const char *name, const char *value)
{
    ch_xml_attribute(&t->xml, name, ch_str_of(value));
}

static void
put_id(timeml *t, const char *name, const char *prefix, uint32_t number)
{
    char made[24];
    snprintf(made, sizeof made, "%s%u", prefix, number);
    put_attribute(t, name, made);
}

/* Without the mark of vagueness, which is TIMEX3's `mod`. */
static ch_str
bare(ch_str date)
{
    while (date.len != 0 && strchr("~?%", date.at[date.len - 1]) != NULL)
        date.len--;
    return date;
}

/* A range of days is a week where it is one, else so many days. */
static void
put_range(timeml *t, int32_t first, int32_t last)
{
    char made[32];
    if (last - first == 6 && ch_weekday(first) == 0) {
        int year, month, day;
        ch_day_parts(first + 3, &year, &month, &day); /* the year of the week is that of its Thursday */
        snprintf(made, sizeof made, "%04d-W%02d", year, (first + 3 - ch_day_of(year, 1, 1)) / 7 + 1);
        put_attribute(t, "type", "DATE");
    } else {
        snprintf(made, sizeof made, "P%dD", last - first + 1);
        put_attribute(t, "type", "DURATION");
    }
    put_attribute(t, "value", made);
}

static void
put_time_value(timeml *t, const json_object *date)
{
    ch_str start = ch_json_text(date, "start"), end = ch_json_text(date, "end");
    int32_t first, last, spare;
    bool known = ch_edtf_days(start, &first, &spare) && ch_edtf_days(end, &spare, &last) && last >= first;
    ch_str value = bare(start.at != NULL ? start : end);
    if (known && !ch_str_eq(start, end)) {
        put_range(t, first, last);
        return;
    }
    put_attribute(t, "type", "DATE");
    if (value.len != 0)
        ch_xml_attribute(&t->xml, "value", value);
    else
        put_attribute(t, "value", "XXXX-XX-XX");
    if (start.at != NULL && value.len < start.len)
        put_attribute(t, "mod", "APPROX");
}

static const char *
class_of(const ch_export *x, const json_object *record)
{
    ch_str type = ch_json_text(record, "type");
    const char *class = type.at != NULL ? ch_code_find(x->lexicon, ch_str_of("timeml-class"), type) : NULL;
    return class != NULL ? class : "OCCURRENCE";
}

static void
put_mark(const ch_export *x, timeml *t, const ch_report *report, const mark *m)
{
    ch_xml_begin(&t->xml, m->is_date ? "TIMEX3" : "EVENT");
    put_id(t, m->is_date ? "tid" : "eid", m->is_date ? "t" : "e", m->number);
    if (m->is_date)
        put_time_value(t, ch_json_member(m->record, "date"));
    else
        put_attribute(t, "class", class_of(x, m->record));
    ch_xml_text(&t->xml, (ch_str){report->text.at + m->span.start, m->span.end - m->span.start});
    ch_xml_end(&t->xml);
}

static void
put_head(timeml *t, const ch_report *report)
{
    char day[16];
    int32_t first, last;
    ch_xml_begin(&t->xml, "DOCID");
    ch_xml_text(&t->xml, report->id);
    ch_xml_end(&t->xml);
    t->has_dct = ch_edtf_days(ch_json_text(report->document, "published"), &first, &last);
    if (!t->has_dct)
        return;
    ch_day_print(day, first);
    ch_xml_text(&t->xml, ch_str_of("\n"));
    ch_xml_begin(&t->xml, "DCT");
    ch_xml_begin(&t->xml, "TIMEX3");
    put_attribute(t, "tid", "t0");
    put_attribute(t, "type", "DATE");
    put_attribute(t, "value", day);
    put_attribute(t, "temporalFunction", "false");
    put_attribute(t, "functionInDocument", "CREATION_TIME");
    ch_xml_text(&t->xml, ch_str_of(day));
    ch_xml_end(&t->xml);
    ch_xml_end(&t->xml);
}

static void
put_body(const ch_export *x, timeml *t, const ch_report *report)
{
    uint32_t at = 0;
    ch_xml_text(&t->xml, ch_str_of("\n"));
    ch_xml_begin(&t->xml, "TEXT");
    for (uint32_t i = 0; i < t->count; i++) {
        const mark *m = &t->marks[i];
        if (m->number == 0 || m->span.start < at)
            continue;
        ch_xml_text(&t->xml, (ch_str){report->text.at + at, m->span.start - at});
        put_mark(x, t, report, m);
        at = m->span.end;
    }
    ch_xml_text(&t->xml, (ch_str){report->text.at + at, report->text.len - at});
    ch_xml_end(&t->xml);
}

/* -------------------------------------------------------- instances and links */

static void
put_instance(timeml *t, const mark *m, uint32_t instance)
{
    t->instances[m->index] = instance;
    ch_str status = ch_json_text(m->record, "status");
    bool possible = status.at != NULL && (ch_str_is(status, "possible") || ch_str_is(status, "hypothetical"));
    ch_xml_text(&t->xml, ch_str_of("\n"));
    ch_xml_begin(&t->xml, "MAKEINSTANCE");
    put_id(t, "eiid", "ei", instance);
    put_id(t, "eventID", "e", m->number);
    put_attribute(t, "tense", "NONE");
    put_attribute(t, "aspect", "NONE");
    put_attribute(t, "pos", "OTHER");
    put_attribute(t, "polarity", status.at != NULL && ch_str_is(status, "negated") ? "NEG" : "POS");
    if (possible)
        ch_xml_attribute(&t->xml, "modality", status);
    ch_xml_end(&t->xml);
}

static void
put_link(timeml *t, uint32_t instance, const char *to, const char *prefix, uint32_t number, const char *relation)
{
    ch_xml_text(&t->xml, ch_str_of("\n"));
    ch_xml_begin(&t->xml, "TLINK");
    put_id(t, "lid", "l", ++t->nlink);
    put_attribute(t, "relType", relation);
    put_id(t, "eventInstanceID", "ei", instance);
    put_id(t, to, prefix, number);
    ch_xml_end(&t->xml);
}

/* The element of the words of a record's date, 0 where it has none. */
static uint32_t
date_of(const timeml *t, const json_object *record)
{
    ch_span span;
    uint32_t low = 0, high = t->count;
    if (!ch_json_span(ch_json_member(record, "date"), "span", &span))
        return 0;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (t->marks[mid].span.start < span.start)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < t->count && t->marks[low].span.start == span.start; low++)
        if (t->marks[low].is_date && t->marks[low].span.end == span.end)
            return t->marks[low].number;
    return 0;
}

static void
link_instance(timeml *t, const ch_report *report, const mark *m)
{
    json_object *assumed = ch_json_member(ch_json_member(m->record, "date"), "assumed");
    uint32_t instance = t->instances[m->index], time = date_of(t, m->record);
    ch_str repeats = ch_json_text(m->record, "repeats");
    uint32_t *original = repeats.at != NULL ? ch_map_get(&report->ids, repeats) : NULL;
    if (time != 0)
        put_link(t, instance, "relatedToTime", "t", time, "IS_INCLUDED");
    else if (t->has_dct && ch_json_is(m->record, "status", "planned"))
        put_link(t, instance, "relatedToTime", "t", 0, "AFTER");
    else if (t->has_dct && assumed != NULL && json_object_get_boolean(assumed))
        put_link(t, instance, "relatedToTime", "t", 0, "IS_INCLUDED");
    if (original != NULL && t->instances[*original] != 0 && *original != m->index)
        put_link(t, instance, "relatedToEventInstance", "ei", t->instances[*original], "IDENTITY");
}

static void
put_instances(timeml *t, const ch_report *report)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < t->count; i++)
        if (!t->marks[i].is_date && t->marks[i].number != 0)
            put_instance(t, &t->marks[i], ++count);
    for (uint32_t i = 0; i < t->count; i++)
        if (!t->marks[i].is_date && t->marks[i].number != 0)
            link_instance(t, report, &t->marks[i]);
}

/* ------------------------------------------------------------------- format */

static ch_status
begin(ch_export *x, ch_error *err)
{
    timeml *t = calloc(1, sizeof *t);
    x->state = t;
    return t != NULL ? CH_OK : ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document");
}

/* "000012-reports_2024_a.txt.tml": the number makes it unique. */
static void
name_file(ch_output *out, uint64_t number, ch_str id)
{
    char safe[80];
    size_t len = 0;
    ch_str end = id.len > 64 ? (ch_str){id.at + id.len - 64, 64} : id;
    for (size_t i = 0; i < end.len; i++) {
        unsigned char c = (unsigned char)end.at[i];
        safe[len++] = isalnum(c) || c == '-' || c == '.' ? (char)c : '_';
    }
    safe[len] = '\0';
    snprintf(out->name, sizeof out->name, "%06llu-%s.tml", (unsigned long long)number, safe);
}

static ch_status
write_report(ch_export *x, ch_report *report, ch_error *err)
{
    timeml *t = x->state;
    if (report->document == NULL)
        return CH_OK;
    if (t->documents++ != 0 && !x->options->split)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0,
                       "TimeML has one document a file, and there are several: write them into a folder");
    if (x->options->split)
        name_file(&t->out, t->documents, report->id);
    t->nlink = 0;
    ch_status status = gather(x, t, report, err);
    if (status == CH_OK)
        status = ch_xml_open(&t->xml, err);
    if (status == CH_OK) {
        ch_xml_begin(&t->xml, "TimeML");
        put_head(t, report);
        put_body(x, t, report);
        put_instances(t, report);
        ch_xml_text(&t->xml, ch_str_of("\n"));
        status = ch_xml_move(&t->xml, &t->out.text, true, err);
    }
    ch_xml_free(&t->xml);
    x->counts.rows++;
    return status == CH_OK ? ch_output_give(x, &t->out, true, err) : status;
}

static void
free_timeml(ch_export *x)
{
    timeml *t = x->state;
    if (t == NULL)
        return;
    free(t->marks);
    free(t->instances);
    ch_text_free(&t->out.text);
    free(t);
}

const ch_export_format ch_export_timeml = {
    .name = "timeml",
    .label = "a document's text with its events and dates marked and linked (TimeML 1.2.1)",
    .begin = begin,
    .report = write_report,
    .end = NULL,
    .free = free_timeml,
};
