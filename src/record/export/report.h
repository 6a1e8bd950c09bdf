/* record/export/report.h: a document and its records as they are exported: the
 * lines of the record format, read back as JSON. What a line lacks or has of
 * another type is nothing; it never stops an export. */
#ifndef CHANCERY_RECORD_EXPORT_REPORT_H
#define CHANCERY_RECORD_EXPORT_REPORT_H

#include "base/hash.h"
#include "base/status.h"

#include <json-c/json.h>
#include <stdint.h>

/* Records of one document: the longest report that is read (8 MiB) has fewer. */
#define CH_REPORT_RECORDS_MAX 1000000u

typedef struct {
    json_object *document; /* its line, or NULL where none came */
    json_object **records; /* [nrecord] as they came */
    uint32_t nrecord, room;
    uint32_t *again;          /* [nrecord] the next record that restates the same event, or CH_NONE */
    uint32_t *last_again;     /* [nrecord] the last of them */
    ch_map ids;               /* of the records */
    ch_str id;                /* borrowed from the lines */
    ch_str text;              /* "" where it is not known */
    uint64_t number;          /* of the document in this export, from 1 */
    uint32_t lead;            /* where the first paragraph ends; a headline's is the next one's */
    uint32_t chars_at, chars; /* bytes of the text that were counted, and their characters */
} ch_report;

/* Parses one line of the record format.
 *   CH_E_FORMAT  it is no JSON object; err->at is the byte
 *   CH_E_NOMEM
 * Free with json_object_put(). */
ch_status ch_line_parse(json_object **out, json_tokener *tokener, const char *line, size_t len, ch_error *err);

/* A tokener for ch_line_parse(), or NULL. Free with json_tokener_free(). */
json_tokener *ch_line_tokener(void);

/* Forgets all but the number. */
void ch_report_clear(ch_report *report);
void ch_report_free(ch_report *report);

/* Begins the report of a document; the line is the report's then. `document` may
 * be NULL: then `record`, any of its records, tells the id. */
void ch_report_begin(ch_report *report, json_object *document, const json_object *record);

/* Adds a record, which is the report's then, also on failure.
 *   CH_E_LIMIT, CH_E_NOMEM */
ch_status ch_report_add(ch_report *report, json_object *record, ch_error *err);

/* Once all records are there: finds which restate which.
 *   CH_E_NOMEM */
ch_status ch_report_finish(ch_report *report, ch_error *err);

/* Members of an object: NULL, or .at NULL, where there is none of that type. */
json_object *ch_json_member(const json_object *object, const char *key);
ch_str ch_json_text(const json_object *object, const char *key);
bool ch_json_span(const json_object *object, const char *key, ch_span *out);

/* [0, count) of an array's elements, 0 where it is none. */
uint32_t ch_json_count(const json_object *array);

bool ch_json_is(const json_object *object, const char *key, const char *value);

/* How often the report tells what record `index` tells: 1 and what restates it. */
uint32_t ch_report_mentions(const ch_report *report, uint32_t index);

/* Sentences are counted from 1; 0 where the record's is none of the document's. */
uint32_t ch_report_sentence(const ch_report *report, const json_object *record);

/* Characters before byte `at` of the text. */
uint32_t ch_report_chars(ch_report *report, uint32_t at);

/* Whether the record is in the first paragraph. */
bool ch_report_leads(const ch_report *report, const json_object *record);

#endif
