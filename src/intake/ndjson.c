/* One JSON object a line. */
#include "intake/source.h"

#include <ctype.h>
#include <json-c/json.h>
#include <stdlib.h>

/* Bytes of one line: a text of which every byte is escaped. */
#define LINE_BYTES_MAX ((size_t)6 * CH_TEXT_MAX + 65536)

/* Objects within objects. */
#define DEPTH_MAX 32

typedef struct {
    json_tokener *tokener;
    json_object *object; /* the line that was given last */
} state;

static ch_status
open_lines(chancery_source *s, ch_error *err)
{
    state *j = calloc(1, sizeof *j);
    s->state = j;
    if (j == NULL || (j->tokener = json_tokener_new_ex(DEPTH_MAX)) == NULL)
        return ch_fail(err, CH_E_NOMEM, ch_source_name(s), 0, "not enough memory to open it");
    return CH_OK;
}

static void
close_lines(chancery_source *s)
{
    state *j = s->state;
    if (j == NULL)
        return;
    json_object_put(j->object);
    if (j->tokener != NULL)
        json_tokener_free(j->tokener);
    free(j);
}

/* A string, or a number where one may stand for it (an id). */
static const char *
get(const chancery_source *s, ch_field_name field, size_t *len)
{
    const state *j = s->state;
    json_object *value;
    if (!json_object_object_get_ex(j->object, ch_field_in_input(s->fields, field), &value) ||
        !(json_object_is_type(value, json_type_string) || (field == CH_FIELD_ID && json_object_is_type(value, json_type_int))))
        return NULL;
    const char *string = json_object_get_string(value);
    if (len != NULL)
        *len = (size_t)json_object_get_string_len(value);
    return string;
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
    return ch_fail(err, CH_E_FORMAT, ch_source_name(s), at, "line %llu %s; give one JSON object a line, with its report as \"%s\"",
                   (unsigned long long)s->count, what, ch_field_in_input(s->fields, CH_FIELD_TEXT));
}

static ch_status
parse_line(chancery_source *s, ch_error *err)
{
    state *j = s->state;
    json_tokener_reset(j->tokener);
    j->object = json_tokener_parse_ex(j->tokener, s->bytes.at, (int)s->bytes.len);
    enum json_tokener_error why = json_tokener_get_error(j->tokener);
    size_t end = json_tokener_get_parse_end(j->tokener);
    if (why == json_tokener_continue)
        return bad_line(s, s->bytes.len, "ends within its JSON", err);
    if (why != json_tokener_success)
        return bad_line(s, end, json_tokener_error_desc(why), err);
    for (; end < s->bytes.len; end++)
        if (!isspace((unsigned char)s->bytes.at[end]))
            return bad_line(s, end, "has more than one JSON value", err);
    if (!json_object_is_type(j->object, json_type_object))
        return bad_line(s, 0, "is no JSON object", err);
    return CH_OK;
}

static ch_status
read_line(chancery_source *s, bool *cut, ch_error *err)
{
    do {
        ch_status status = ch_stream_line(s->stream, &s->bytes, LINE_BYTES_MAX, cut, err);
        if (status != CH_OK)
            return status;
        if (s->bytes.len == 0 && !*cut)
            return CH_END;
        s->count++;
    } while (!*cut && is_blank(&s->bytes));
    return CH_OK;
}

/* A date in another form than ISO 8601 is put into that; what is none is given
 * as it is, to be refused. */
static const char *
date_of(chancery_source *s)
{
    const char *date = get(s, CH_FIELD_DATE, NULL);
    if (date == NULL || date[0] == '\0')
        return NULL;
    ch_text_clear(&s->page.date);
    ch_page_date(&s->page.date, date);
    return s->page.date.len != 0 ? s->page.date.at : date;
}

static ch_status
next_object(chancery_source *s, chancery_input *input, ch_error *err)
{
    state *j = s->state;
    bool cut = false;
    json_object_put(j->object);
    j->object = NULL;
    ch_status status = read_line(s, &cut, err);
    if (status != CH_OK)
        return status;
    input->id = ch_source_number(s);
    if (cut)
        return ch_fail(err, CH_E_LIMIT, ch_source_name(s), 0, "line %llu is longer than %zu bytes; split it into its reports",
                       (unsigned long long)s->count, LINE_BYTES_MAX);
    status = parse_line(s, err);
    if (status != CH_OK)
        return status;
    const char *id = get(s, CH_FIELD_ID, NULL);
    input->url = get(s, CH_FIELD_URL, NULL);
    if (id != NULL || input->url != NULL)
        input->id = id != NULL ? id : input->url;
    input->text = get(s, CH_FIELD_TEXT, &input->len);
    input->title = get(s, CH_FIELD_TITLE, NULL);
    input->language = get(s, CH_FIELD_LANGUAGE, NULL);
    input->byline = get(s, CH_FIELD_BYLINE, NULL);
    input->date = date_of(s);
    return input->text != NULL ? CH_OK : bad_line(s, 0, "lacks its text as a string", err);
}

const ch_format ch_format_ndjson = {.open = open_lines, .next = next_object, .close = close_lines};
