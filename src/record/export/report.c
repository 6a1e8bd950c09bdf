#include "record/export/report.h"

#include <ctype.h>
#include <stdlib.h>

/* Objects within objects: participants within records, and to spare. */
#define DEPTH_MAX 32

json_tokener *
ch_line_tokener(void)
{
    json_tokener *tokener = json_tokener_new_ex(DEPTH_MAX);
    if (tokener != NULL)
        json_tokener_set_flags(tokener, JSON_TOKENER_VALIDATE_UTF8);
    return tokener;
}

ch_status
ch_line_parse(json_object **out, json_tokener *tokener, const char *line, size_t len, ch_error *err)
{
    *out = NULL;
    if (len > INT32_MAX)
        return ch_fail(err, CH_E_LIMIT, NULL, 0, "a line is longer than any record");
    json_tokener_reset(tokener);
    json_object *object = json_tokener_parse_ex(tokener, line, (int)len);
    enum json_tokener_error why = json_tokener_get_error(tokener);
    size_t end = json_tokener_get_parse_end(tokener);
    while (end < len && isspace((unsigned char)line[end]))
        end++;
    if (why == json_tokener_success && end == len && json_object_is_type(object, json_type_object)) {
        *out = object;
        return CH_OK;
    }
    json_object_put(object);
    return ch_fail(err, CH_E_FORMAT, NULL, end, "is no line of the record format; export what `chancery code` wrote as NDJSON");
}

/* --------------------------------------------------------------------- JSON */

json_object *
ch_json_member(const json_object *object, const char *key)
{
    json_object *value;
    if (!json_object_is_type(object, json_type_object) || !json_object_object_get_ex(object, key, &value))
        return NULL;
    return value;
}

ch_str
ch_json_text(const json_object *object, const char *key)
{
    json_object *value = ch_json_member(object, key);
    if (!json_object_is_type(value, json_type_string))
        return (ch_str){NULL, 0};
    return (ch_str){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
}

uint32_t
ch_json_count(const json_object *array)
{
    return json_object_is_type(array, json_type_array) ? (uint32_t)json_object_array_length(array) : 0;
}

static bool
read_span(json_object *array, ch_span *out)
{
    int64_t ends[2];
    if (ch_json_count(array) != 2)
        return false;
    for (size_t i = 0; i < 2; i++) {
        json_object *end = json_object_array_get_idx(array, i);
        if (!json_object_is_type(end, json_type_int))
            return false;
        ends[i] = json_object_get_int64(end);
    }
    if (ends[0] < 0 || ends[1] < ends[0] || ends[1] > UINT32_MAX)
        return false;
    *out = (ch_span){(uint32_t)ends[0], (uint32_t)ends[1]};
    return true;
}

bool
ch_json_span(const json_object *object, const char *key, ch_span *out)
{
    return read_span(ch_json_member(object, key), out);
}

bool
ch_json_is(const json_object *object, const char *key, const char *value)
{
    ch_str text = ch_json_text(object, key);
    return text.at != NULL && ch_str_is(text, value);
}

/* ------------------------------------------------------------------ reports */

void
ch_report_clear(ch_report *report)
{
    for (uint32_t i = 0; i < report->nrecord; i++)
        json_object_put(report->records[i]);
    json_object_put(report->document);
    ch_map_free(&report->ids);
    free(report->again);
    *report = (ch_report){.records = report->records, .room = report->room, .number = report->number};
}

void
ch_report_free(ch_report *report)
{
    ch_report_clear(report);
    free(report->records);
    report->records = NULL;
    report->room = 0;
}

/* A headline stands alone in its paragraph: the lead is the paragraph behind it. */
static uint32_t
lead_of(ch_str text, json_object *sentences)
{
    ch_span first, second;
    uint32_t count = ch_json_count(sentences);
    if (count == 0 || !read_span(json_object_array_get_idx(sentences, 0), &first))
        return 0;
    size_t at = first.end;
    if (count > 1 && read_span(json_object_array_get_idx(sentences, 1), &second) && second.start <= text.len &&
        first.end <= second.start && memchr(text.at + first.end, '\n', second.start - first.end) != NULL)
        at = second.end;
    while (at < text.len && text.at[at] != '\n')
        at++;
    return (uint32_t)at;
}

void
ch_report_begin(ch_report *report, json_object *document, const json_object *record)
{
    ch_report_clear(report);
    report->number++;
    report->document = document;
    report->id = document != NULL ? ch_json_text(document, "id") : ch_json_text(record, "document");
    ch_str text = ch_json_text(document, "text");
    report->text = text.at != NULL ? text : (ch_str){"", 0};
    report->lead = lead_of(report->text, ch_json_member(document, "sentences"));
}

ch_status
ch_report_add(ch_report *report, json_object *record, ch_error *err)
{
    if (report->nrecord == CH_REPORT_RECORDS_MAX) {
        json_object_put(record);
        return ch_fail(err, CH_E_LIMIT, NULL, 0, "a document has more than %u records", CH_REPORT_RECORDS_MAX);
    }
    if (report->nrecord == report->room) {
        uint32_t room = report->room != 0 ? 2 * report->room : 64;
        json_object **more = reallocarray(report->records, room, sizeof(json_object *));
        if (more == NULL) {
            json_object_put(record);
            return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document's records");
        }
        report->records = more;
        report->room = room;
    }
    report->records[report->nrecord++] = record;
    return CH_OK;
}

/* One that repeats what itself repeats another goes to the end of that one's chain. */
static void
chain(ch_report *report, uint32_t index, uint32_t original)
{
    uint32_t *again = report->again, *last = report->last_again;
    again[last[original]] = index;
    last[original] = last[index];
}

ch_status
ch_report_finish(ch_report *report, ch_error *err)
{
    report->again = reallocarray(NULL, 2 * (size_t)report->nrecord + 1, sizeof *report->again);
    if (report->again == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document's records");
    report->last_again = report->again + report->nrecord;
    for (uint32_t i = 0; i < report->nrecord; i++) {
        ch_str id = ch_json_text(report->records[i], "id"), repeats = ch_json_text(report->records[i], "repeats");
        report->again[i] = CH_NONE;
        report->last_again[i] = i;
        uint32_t *original = repeats.at != NULL ? ch_map_get(&report->ids, repeats) : NULL;
        if (original != NULL)
            chain(report, i, *original);
        if (id.at != NULL && ch_map_put(&report->ids, id, original != NULL ? *original : i, NULL) == NULL)
            return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document's records");
    }
    return CH_OK;
}

uint32_t
ch_report_mentions(const ch_report *report, uint32_t index)
{
    uint32_t count = 1;
    for (uint32_t at = report->again[index]; at != CH_NONE; at = report->again[at])
        count++;
    return count;
}

/* Sentences stand in the order of the text. */
uint32_t
ch_report_sentence(const ch_report *report, const json_object *record)
{
    json_object *sentences = ch_json_member(report->document, "sentences");
    uint32_t low = 0, high = ch_json_count(sentences);
    ch_span wanted, span;
    if (!ch_json_span(record, "sentence", &wanted))
        return 0;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (!read_span(json_object_array_get_idx(sentences, mid), &span))
            return 0;
        if (span.start == wanted.start)
            return mid + 1;
        if (span.start < wanted.start)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

/* Records are met in the order of the text, so that counting goes on from the last. */
uint32_t
ch_report_chars(ch_report *report, uint32_t at)
{
    if (at > report->text.len)
        at = (uint32_t)report->text.len;
    if (at < report->chars_at)
        report->chars_at = report->chars = 0;
    for (; report->chars_at < at; report->chars_at++)
        report->chars += ((unsigned char)report->text.at[report->chars_at] & 0xC0) != 0x80;
    return report->chars;
}

bool
ch_report_leads(const ch_report *report, const json_object *record)
{
    ch_span span;
    return ch_json_span(record, "span", &span) && span.start < report->lead;
}
