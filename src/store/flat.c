#include "store/flat.h"

#include "base/text.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum {
    TEXT, /* the field as it is */
    NUMBER,
    WORDS, /* its "text" */
    NAMES, /* of participants, one or several */
    CODES,
    TEXTS,  /* of attributions */
    INSIDE, /* a field of an object */
    INSIDE_NUMBER,
    GIVEN /* of the document */
} column_kind;

#define PATHS_MAX 6

/* A column is filled by the first of the fields that the record has: each kind of
 * record has its own word for who acts. */
static const struct {
    const char *name;
    column_kind kind;
    const char *fields[PATHS_MAX]; /* "date.start": inside */
} columns[] = {
    {"document", TEXT, {"document"}},
    {"id", TEXT, {"id"}},
    {"kind", TEXT, {"kind"}},
    {"published", GIVEN, {NULL}},
    {"title", GIVEN, {NULL}},
    {"date", INSIDE, {"date.start"}},
    {"until", INSIDE, {"date.end"}},
    {"what", TEXT, {"type", "stance", "what", "outcome", "relation"}},
    {"mode", TEXT, {"mode", "state"}},
    {"cameo", TEXT, {"cameo"}},
    {"quad", NUMBER, {"quad"}},
    {"goldstein", NUMBER, {"goldstein"}},
    {"value", NUMBER, {"value"}},
    {"unit", TEXT, {"unit"}},
    {"bound", TEXT, {"bound"}},
    {"status", TEXT, {"status"}},
    {"actors", NAMES, {"actors", "holder", "giver", "ballots", "subject"}},
    {"actor_codes", CODES, {"actors", "holder", "giver", "ballots", "subject"}},
    {"recipients", NAMES, {"recipients", "towards", "receiver", "body", "object"}},
    {"recipient_codes", CODES, {"recipients", "towards", "receiver", "body", "object"}},
    {"said_by", TEXTS, {"attribution"}},
    {"place", INSIDE, {"place.name"}},
    {"country", INSIDE, {"place.country"}},
    {"latitude", INSIDE_NUMBER, {"place.latitude"}},
    {"longitude", INSIDE_NUMBER, {"place.longitude"}},
    {"topic", WORDS, {"topic", "measure", "detail"}},
    {"quote", WORDS, {"quote"}},
    {"text", TEXT, {"text"}},
    {"repeats", TEXT, {"repeats", "partOf", "claim"}},
    {"rule", TEXT, {"rule"}},
    {"confidence", NUMBER, {"confidence"}},
};

#define COLUMN_COUNT (sizeof columns / sizeof *columns)

struct ch_flat {
    struct json_object *record;
    struct json_tokener *tokener;
    const char *names[COLUMN_COUNT];
    ch_str published, title;
    ch_text made[COLUMN_COUNT];
};

bool
ch_flat_is_number(size_t column)
{
    return columns[column].kind == NUMBER || columns[column].kind == INSIDE_NUMBER;
}

ch_flat *
ch_flat_new(void)
{
    ch_flat *flat = calloc(1, sizeof *flat);
    if (flat != NULL)
        flat->tokener = json_tokener_new();
    if (flat == NULL || flat->tokener == NULL) {
        free(flat);
        return NULL;
    }
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        flat->names[i] = columns[i].name;
    return flat;
}

const char *const *
ch_flat_names(const ch_flat *flat, size_t *count)
{
    *count = COLUMN_COUNT;
    return flat->names;
}

void
ch_flat_free(ch_flat *flat)
{
    if (flat == NULL)
        return;
    json_object_put(flat->record);
    json_tokener_free(flat->tokener);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        ch_text_free(&flat->made[i]);
    free(flat);
}

void
ch_flat_read(ch_flat *flat, ch_str json, ch_str published, ch_str title)
{
    json_object_put(flat->record);
    json_tokener_reset(flat->tokener);
    flat->record = json.at != NULL && json.len <= INT32_MAX ? json_tokener_parse_ex(flat->tokener, json.at, (int)json.len) : NULL;
    flat->published = published;
    flat->title = title;
}

/* A field, or one inside of another. */
static struct json_object *
field(struct json_object *object, const char *path)
{
    char name[32];
    const char *dot = strchr(path, '.');
    struct json_object *found = NULL;
    snprintf(name, sizeof name, "%.*s", dot != NULL ? (int)(dot - path) : (int)strlen(path), path);
    if (!json_object_is_type(object, json_type_object) || !json_object_object_get_ex(object, name, &found))
        return NULL;
    return dot != NULL ? field(found, dot + 1) : found;
}

static void
put_value(ch_text *out, struct json_object *value)
{
    if (value != NULL)
        ch_text_add(out, json_object_get_string(value), strlen(json_object_get_string(value)));
}

/* One of a list, behind what is there. A ballot is its voter's. */
static void
put_member(ch_text *out, struct json_object *member, const char *name)
{
    struct json_object *voter = field(member, "voter"), *value = field(voter != NULL ? voter : member, name);
    if (value == NULL)
        return;
    if (out->len != 0)
        ch_text_puts(out, "; ");
    put_value(out, value);
}

static void
put_list(ch_text *out, struct json_object *list, const char *name)
{
    if (!json_object_is_type(list, json_type_array)) {
        put_member(out, list, name);
        return;
    }
    for (size_t i = 0; i < json_object_array_length(list); i++)
        put_member(out, json_object_array_get_idx(list, i), name);
}

static void
put_column(ch_text *out, struct json_object *value, column_kind kind)
{
    switch (kind) {
    case WORDS: put_value(out, field(value, "text")); break;
    case NAMES: put_list(out, value, "name"); break;
    case CODES: put_list(out, value, "code"); break;
    case TEXTS: put_list(out, value, "text"); break;
    default: put_value(out, value);
    }
}

const char *
ch_flat_text(ch_flat *flat, size_t column)
{
    ch_text *out = &flat->made[column];
    ch_text_clear(out);
    if (columns[column].kind == GIVEN)
        ch_text_add_str(out, strcmp(columns[column].name, "title") == 0 ? flat->title : flat->published);
    for (size_t i = 0; i < PATHS_MAX && columns[column].fields[i] != NULL && out->len == 0; i++)
        put_column(out, field(flat->record, columns[column].fields[i]), columns[column].kind);
    return out->len != 0 && !out->failed ? out->at : NULL;
}
