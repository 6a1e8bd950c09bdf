/* A file as a sequence of documents: the public interface over the readers of
 * the single formats. */
#include "intake/document.h"
#include "intake/stream.h"

#include <ctype.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of one text before it is in UTF-8: four for each at the most. */
#define RAW_MAX ((size_t)4 * CH_TEXT_MAX)

/* Bytes of one line of NDJSON: a text of which every byte is escaped. */
#define LINE_MAX_BYTES ((size_t)6 * CH_TEXT_MAX + 65536)

/* Objects within objects, in a line of NDJSON. */
#define JSON_DEPTH_MAX 32

struct chancery_source {
    ch_stream *stream;
    chancery_source_kind kind;
    ch_text bytes;     /* the text, or the line, that was given last */
    ch_text id;        /* made up for a line that has none */
    json_tokener *tokener;
    json_object *object; /* the line that was given last */
    uint64_t line;
    bool ended;
};

/* The first byte that is no white space decides: a JSON object begins with "{",
 * no report does. */
static ch_status
guess_kind(chancery_source *s, ch_error *err)
{
    const char *path = ch_stream_path(s->stream), *at = NULL;
    size_t len = strlen(path), ready = 0;
    s->kind = CHANCERY_SOURCE_TEXT;
    if ((len > 7 && strcmp(path + len - 7, ".ndjson") == 0) || (len > 6 && strcmp(path + len - 6, ".jsonl") == 0)) {
        s->kind = CHANCERY_SOURCE_NDJSON;
        return CH_OK;
    }
    ch_status status = ch_stream_peek(s->stream, &at, &ready, err);
    if (status != CH_OK)
        return status;
    while (ready != 0 && isspace((unsigned char)*at)) {
        at++;
        ready--;
    }
    if (ready > 1 && at[0] == '{' && (at[1] == '"' || isspace((unsigned char)at[1])))
        s->kind = CHANCERY_SOURCE_NDJSON;
    return CH_OK;
}

chancery_status
chancery_source_open(chancery_source **out, const char *path, chancery_source_kind kind, chancery_error *err)
{
    *out = NULL;
    chancery_source *s = calloc(1, sizeof *s);
    if (s == NULL)
        return ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to open it");
    s->kind = kind;
    ch_status status = ch_stream_open(&s->stream, path, err);
    if (status == CH_OK && kind == CHANCERY_SOURCE_AUTO)
        status = guess_kind(s, err);
    if (status == CH_OK && s->kind == CHANCERY_SOURCE_NDJSON) {
        s->tokener = json_tokener_new_ex(JSON_DEPTH_MAX);
        if (s->tokener == NULL)
            status = ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to open it");
    }
    if (status != CH_OK) {
        chancery_source_close(s);
        return status;
    }
    *out = s;
    return CH_OK;
}

void
chancery_source_close(chancery_source *s)
{
    if (s == NULL)
        return;
    json_object_put(s->object);
    if (s->tokener != NULL)
        json_tokener_free(s->tokener);
    ch_text_free(&s->bytes);
    ch_text_free(&s->id);
    ch_stream_close(s->stream);
    free(s);
}

/* ---------------------------------------------------------------- plain text */

static const char *
shown_path(const chancery_source *s)
{
    const char *path = ch_stream_path(s->stream);
    return strcmp(path, "-") == 0 ? "stdin" : path;
}

static ch_status
next_text(chancery_source *s, chancery_input *input, ch_error *err)
{
    bool cut = false;
    if (s->ended)
        return CH_END;
    s->ended = true;
    input->id = shown_path(s);
    ch_status status = ch_stream_rest(s->stream, &s->bytes, RAW_MAX, &cut, err);
    if (status != CH_OK)
        return status;
    if (cut)
        return ch_fail(err, CH_E_LIMIT, input->id, CH_TEXT_MAX,
                       "the text is longer than %u bytes; split it into its reports, or give it as one JSON object a line",
                       CH_TEXT_MAX);
    input->text = s->bytes.at != NULL ? s->bytes.at : "";
    input->len = s->bytes.len;
    return CH_OK;
}

/* -------------------------------------------------------------------- NDJSON */

static const char *
get_string(json_object *object, const char *name, size_t *len)
{
    json_object *value;
    if (!json_object_object_get_ex(object, name, &value) || !json_object_is_type(value, json_type_string))
        return NULL;
    if (len != NULL)
        *len = (size_t)json_object_get_string_len(value);
    return json_object_get_string(value);
}

/* An id may be a number. */
static const char *
get_id(json_object *object)
{
    json_object *value;
    if (!json_object_object_get_ex(object, "id", &value) ||
        !(json_object_is_type(value, json_type_string) || json_object_is_type(value, json_type_int)))
        return NULL;
    return json_object_get_string(value);
}

static bool
is_blank(const ch_text *line)
{
    for (size_t i = 0; i < line->len; i++)
        if (!isspace((unsigned char)line->at[i]))
            return false;
    return true;
}

static ch_status
bad_line(const chancery_source *s, uint64_t at, const char *what, ch_error *err)
{
    return ch_fail(err, CH_E_FORMAT, shown_path(s), at, "line %llu %s; give one JSON object a line, with its report as \"text\"",
                   (unsigned long long)s->line, what);
}

static ch_status
parse_line(chancery_source *s, ch_error *err)
{
    json_tokener_reset(s->tokener);
    s->object = json_tokener_parse_ex(s->tokener, s->bytes.at, (int)s->bytes.len);
    enum json_tokener_error why = json_tokener_get_error(s->tokener);
    size_t end = json_tokener_get_parse_end(s->tokener);
    if (why == json_tokener_continue)
        return bad_line(s, s->bytes.len, "ends within its JSON", err);
    if (why != json_tokener_success)
        return bad_line(s, end, json_tokener_error_desc(why), err);
    for (; end < s->bytes.len; end++)
        if (!isspace((unsigned char)s->bytes.at[end]))
            return bad_line(s, end, "has more than one JSON value", err);
    if (!json_object_is_type(s->object, json_type_object))
        return bad_line(s, 0, "is no JSON object", err);
    return CH_OK;
}

static ch_status
next_object(chancery_source *s, chancery_input *input, ch_error *err)
{
    bool cut = false;
    json_object_put(s->object);
    s->object = NULL;
    do {
        ch_status status = ch_stream_line(s->stream, &s->bytes, LINE_MAX_BYTES, &cut, err);
        if (status != CH_OK)
            return status;
        if (s->bytes.len == 0 && !cut)
            return CH_END;
        s->line++;
    } while (!cut && is_blank(&s->bytes));
    ch_text_clear(&s->id);
    ch_text_printf(&s->id, "%s:%llu", shown_path(s), (unsigned long long)s->line);
    input->id = s->id.at;
    if (cut)
        return ch_fail(err, CH_E_LIMIT, shown_path(s), 0, "line %llu is longer than %zu bytes; split it into its reports",
                       (unsigned long long)s->line, LINE_MAX_BYTES);
    ch_status status = parse_line(s, err);
    if (status != CH_OK)
        return status;
    const char *id = get_id(s->object), *url = get_string(s->object, "url", NULL);
    input->id = id != NULL ? id : url != NULL ? url : s->id.at;
    input->text = get_string(s->object, "text", &input->len);
    input->title = get_string(s->object, "title", NULL);
    input->url = url;
    input->language = get_string(s->object, "language", NULL);
    input->date = get_string(s->object, "date", NULL);
    return input->text != NULL ? CH_OK : bad_line(s, 0, "has no string \"text\"", err);
}

chancery_status
chancery_source_next(chancery_source *s, chancery_input *input, chancery_error *err)
{
    *input = (chancery_input){.text = NULL};
    return s->kind == CHANCERY_SOURCE_NDJSON ? next_object(s, input, err) : next_text(s, input, err);
}
