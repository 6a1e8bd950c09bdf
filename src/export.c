/* Exports: what comes in, line by line, made into reports and given to a format. */
#include "record/export/export.h"
#include "intake/stream.h"
#include "reader.h"

#include <stdlib.h>

/* Bytes of one line: a text of which every byte is escaped, and as many spans. */
#define LINE_BYTES_MAX ((size_t)8 * CH_TEXT_MAX + 65536)

/* Most that the keys of one row take. */
#define ROW_MEMORY_MAX ((size_t)256 * 1024 * 1024)

static chancery_status
read_statuses(ch_export *x, chancery_error *err)
{
    for (size_t i = 0; i < x->options->status_count; i++) {
        uint32_t bit = ch_claim_bit(ch_str_of(x->options->statuses[i]));
        if (bit == 0)
            return ch_fail(err, CH_E_ARGUMENT, NULL, 0,
                           "no status \"%s\"; use asserted, planned, ongoing, alleged, possible, negated or hypothetical",
                           x->options->statuses[i]);
        x->statuses |= bit;
    }
    return CH_OK;
}

static chancery_status
open_export(ch_export *x, chancery_error *err)
{
    chancery_status status = ch_open_lexicon(&x->lexicon, x->options->lexicon, err);
    if (status == CH_OK)
        status = read_statuses(x, err);
    if (status != CH_OK)
        return status;
    const char *name = x->options->format != NULL ? x->options->format : "";
    x->format = ch_export_find(x->lexicon, name);
    if (x->format == NULL)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "no format \"%s\"", name);
    return x->format->begin != NULL ? x->format->begin(x, err) : CH_OK;
}

chancery_status
chancery_export_new(chancery_export **out, const chancery_export_options *options, chancery_sink *sink, void *context,
                    chancery_error *err)
{
    *out = NULL;
    ch_export *x = calloc(1, sizeof *x);
    if (x == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for an export");
    x->options = options;
    x->sink = sink;
    x->context = context;
    ch_arena_init(&x->arena, ROW_MEMORY_MAX);
    chancery_status status = open_export(x, err);
    if (status != CH_OK) {
        chancery_export_free(x);
        return status;
    }
    *out = x;
    return CH_OK;
}

void
chancery_export_free(chancery_export *x)
{
    if (x == NULL)
        return;
    if (x->format != NULL && x->format->free != NULL)
        x->format->free(x);
    ch_report_free(&x->report);
    ch_arena_free(&x->arena);
    ch_lexicon_close(x->lexicon);
    free(x);
}

/* ------------------------------------------------------------------ reading */

static chancery_status
finish_report(ch_export *x, chancery_error *err)
{
    if (!x->reading)
        return CH_OK;
    x->reading = false;
    chancery_status status = ch_report_finish(&x->report, err);
    if (status == CH_OK && x->format->report != NULL)
        status = x->format->report(x, &x->report, err);
    return status;
}

/* Takes the line, which is the report's then. */
static chancery_status
take_line(ch_export *x, json_object *line, chancery_error *err)
{
    bool is_document = ch_json_is(line, "kind", "document");
    chancery_status status = CH_OK;
    if (!is_document && (ch_json_text(line, "kind").at == NULL || ch_json_is(line, "kind", "error"))) {
        json_object_put(line);
        return CH_OK;
    }
    if (is_document || !x->reading || !ch_str_eq(ch_json_text(line, "document"), x->report.id)) {
        status = finish_report(x, err);
        ch_report_begin(&x->report, is_document ? line : NULL, line);
        x->reading = true;
        x->counts.documents++;
    }
    if (is_document)
        return status;
    x->counts.records++;
    if (status == CH_OK)
        return ch_report_add(&x->report, line, err);
    json_object_put(line);
    return status;
}

static chancery_status
read_lines(ch_export *x, ch_stream *stream, json_tokener *tokener, ch_text *line, chancery_error *err)
{
    for (uint64_t number = 1;; number++) {
        json_object *object;
        bool cut = false;
        chancery_status status = ch_stream_line(stream, line, LINE_BYTES_MAX, &cut, err);
        if (status != CH_OK)
            return status;
        if (cut)
            return ch_fail(err, CH_E_LIMIT, ch_stream_path(stream), number, "line %llu is longer than any record",
                           (unsigned long long)number);
        if (line->len == 0)
            return CH_OK;
        if (strspn(line->at, " \t\r\n") == line->len)
            continue;
        status = ch_line_parse(&object, tokener, line->at, line->len, err);
        if (status == CH_E_FORMAT)
            return ch_fail(err, CH_E_FORMAT, ch_stream_path(stream), number,
                           "line %llu is none of the record format; export what `chancery code` wrote as NDJSON",
                           (unsigned long long)number);
        if (status == CH_OK)
            status = take_line(x, object, err);
        if (status != CH_OK)
            return status;
    }
}

chancery_status
chancery_export_line(chancery_export *x, const char *line, size_t len, chancery_error *err)
{
    json_object *object;
    json_tokener *tokener = ch_line_tokener();
    if (tokener == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to read records");
    chancery_status status = ch_line_parse(&object, tokener, line, len, err);
    json_tokener_free(tokener);
    return status == CH_OK ? take_line(x, object, err) : status;
}

chancery_status
chancery_export_read(chancery_export *x, const char *path, chancery_error *err)
{
    ch_stream *stream;
    ch_text line = {0};
    chancery_status status = ch_stream_open(&stream, path, err);
    if (status != CH_OK)
        return status;
    json_tokener *tokener = ch_line_tokener();
    if (tokener == NULL)
        status = ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to read records");
    else
        status = read_lines(x, stream, tokener, &line, err);
    if (tokener != NULL)
        json_tokener_free(tokener);
    ch_text_free(&line);
    ch_stream_close(stream);
    return status;
}

chancery_status
chancery_export_end(chancery_export *x, chancery_export_counts *counts, chancery_error *err)
{
    chancery_status status = finish_report(x, err);
    if (status == CH_OK && x->format->end != NULL)
        status = x->format->end(x, err);
    if (counts != NULL)
        *counts = x->counts;
    return status;
}

/* --------------------------------------------------------------- dictionary */

chancery_status
chancery_export_formats(char **out, size_t *len, const char *format, chancery_dictionary_form form,
                        const chancery_reader_options *lexicon, chancery_error *err)
{
    ch_lexicon *lex;
    ch_text text = {0};
    *out = NULL;
    chancery_status status = ch_open_lexicon(&lex, lexicon, err);
    if (status != CH_OK)
        return status;
    if (form == CHANCERY_DICTIONARY_FORMATS)
        ch_formats_write(&text, lex);
    else if (!ch_dictionary_write(&text, lex, format, form == CHANCERY_DICTIONARY_MARKDOWN))
        status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%s\" is no format with columns", format != NULL ? format : "");
    ch_lexicon_close(lex);
    if (status == CH_OK && (text.failed || text.at == NULL))
        status = ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the dictionary");
    if (status != CH_OK) {
        ch_text_free(&text);
        return status;
    }
    *out = text.at;
    if (len != NULL)
        *len = text.len;
    return CH_OK;
}
