#include "store/records.h"

#include "base/text.h"
#include "intake/document.h"
#include "intake/stream.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

/* A line of a text of which every byte is escaped, and as much for the rest of it. */
#define LINE_BYTES_MAX ((size_t)12 * CH_TEXT_MAX)

struct ch_records_source {
    ch_stream *stream;
    ch_text lines; /* of the document */
    uint64_t first;
    ch_text next;  /* the line behind it; empty: none is read ahead */
    uint64_t count; /* lines read, that one too */
};

ch_status
ch_records_open(ch_records_source **out, const char *path, ch_error *err)
{
    *out = NULL;
    ch_records_source *s = calloc(1, sizeof *s);
    if (s == NULL)
        return ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to open it");
    ch_status status = ch_stream_open(&s->stream, path, err);
    if (status == CH_OK)
        *out = s;
    else
        ch_records_close(s);
    return status;
}

void
ch_records_close(ch_records_source *source)
{
    if (source == NULL)
        return;
    ch_stream_close(source->stream);
    ch_text_free(&source->lines);
    ch_text_free(&source->next);
    free(source);
}

/* Whether a document begins here: as we write the line, else as JSON says. What is
 * no JSON begins nothing, and is told when the document before it is read. */
static bool
heads(const ch_text *line)
{
    static const char document[] = "{\"kind\":\"document\"", error[] = "{\"kind\":\"error\"", any[] = "{\"kind\":\"";
    if (line->len >= sizeof document && memcmp(line->at, document, sizeof document - 1) == 0)
        return true;
    if (line->len >= sizeof error && memcmp(line->at, error, sizeof error - 1) == 0)
        return true;
    if (line->len >= sizeof any && memcmp(line->at, any, sizeof any - 1) == 0)
        return false;
    json_object *object = json_tokener_parse(line->at), *kind = NULL;
    json_object_object_get_ex(object, "kind", &kind);
    const char *name = kind != NULL && json_object_is_type(kind, json_type_string) ? json_object_get_string(kind) : "";
    bool is = strcmp(name, "document") == 0 || strcmp(name, "error") == 0;
    json_object_put(object);
    return is;
}

static ch_status
read_ahead(ch_records_source *s, ch_error *err)
{
    bool cut = false;
    ch_status status = ch_stream_line(s->stream, &s->next, LINE_BYTES_MAX, &cut, err);
    s->count += status == CH_OK && (s->next.len != 0 || cut);
    if (status != CH_OK || !cut)
        return status;
    ch_text_clear(&s->next);
    return ch_fail(err, CH_E_FORMAT, ch_stream_path(s->stream), 0, "line %llu is longer than %zu bytes", (unsigned long long)s->count,
                   LINE_BYTES_MAX);
}

ch_status
ch_records_next(ch_records_source *s, ch_error *err)
{
    ch_status status = CH_OK;
    ch_text_clear(&s->lines);
    if (s->next.len == 0)
        status = read_ahead(s, err);
    s->first = s->count;
    while (status == CH_OK && s->next.len != 0 && (s->lines.len == 0 || !heads(&s->next))) {
        ch_text_add_str(&s->lines, (ch_str){s->next.at, s->next.len});
        status = read_ahead(s, err);
    }
    if (status == CH_OK && s->lines.failed)
        status = ch_fail(err, CH_E_NOMEM, ch_stream_path(s->stream), 0, "not enough memory for a document");
    if (status != CH_OK)
        return status;
    return s->lines.len != 0 ? CH_OK : CH_END;
}

const char *
ch_records_lines(const ch_records_source *s, size_t *len, uint64_t *number)
{
    *len = s->lines.len;
    *number = s->first;
    return s->lines.at;
}

ch_status
ch_records_entry(ch_entry **out, const ch_records_source *s, ch_error *err)
{
    ch_status status = ch_entry_read(out, s->lines.at, s->lines.len, s->first, err);
    if (status != CH_OK && err != NULL)
        snprintf(err->file, sizeof err->file, "%s", ch_stream_path(s->stream));
    return status;
}
