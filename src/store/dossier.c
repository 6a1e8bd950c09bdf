/* Gathering a dossier: who it is, how much there is, and lists of records, each a
 * question like any other. */
#include "store/dossier.h"

#include "base/utf8.h"
#include "store/ask_parts.h"
#include "store/close.h"
#include "store/dossier_parts.h"
#include "store/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_USUAL 8

/* -------------------------------------------------------------------- lists */

typedef struct {
    const char *name; /* in the tree */
    const char *kind;
    ch_key side; /* on which they are */
    ch_key also; /* a further condition, or CH_KEY_COUNT */
    const char *value;
    bool planned_too; /* false: not what is only planned */
} list;

static const list lists[] = {
    {"events", "event", CH_KEY_WITH, CH_KEY_REPEATS, "no", false},
    {"planned", "event", CH_KEY_WITH, CH_KEY_STATUS, "planned", true},
    {"positions", "statement", CH_KEY_ACTOR, CH_KEY_COUNT, NULL, true},
    {"addressed", "statement", CH_KEY_RECIPIENT, CH_KEY_COUNT, NULL, true},
    {"gave", "amount", CH_KEY_ACTOR, CH_KEY_COUNT, NULL, true},
    {"received", "amount", CH_KEY_RECIPIENT, CH_KEY_COUNT, NULL, true},
    {"votes", "vote", CH_KEY_WITH, CH_KEY_COUNT, NULL, true},
    {"relations", "relation", CH_KEY_WITH, CH_KEY_COUNT, NULL, true},
    {"quotations", "statement", CH_KEY_ACTOR, CH_KEY_QUOTED, "yes", true},
};

static ch_status
make_filter(ch_filter **out, const ch_dossier *d, const list *l, ch_error *err)
{
    ch_status status = ch_filter_new(out, d->lexicon, err);
    if (status == CH_OK)
        status = ch_filter_add(*out, "kind", l->kind, err);
    if (status == CH_OK)
        status = ch_filter_add_value(*out, l->side, &d->who, err);
    if (status == CH_OK && l->also != CH_KEY_COUNT)
        status = ch_filter_add(*out, ch_key_name(l->also), l->value, err);
    if (status == CH_OK && !l->planned_too)
        status = ch_filter_add(*out, "not-status", "planned", err);
    if (status == CH_OK && !d->all_days)
        status = ch_filter_add_value(*out, CH_KEY_DATE, &d->days, err);
    return status;
}

static void
add_text(struct json_object *to, const char *name, const char *text)
{
    json_object_object_add(to, name, text != NULL ? json_object_new_string(text) : NULL);
}

static const char *
column(ch_answer *answer, const char *name)
{
    for (size_t i = 0; i < ch_answer_width(answer); i++)
        if (strcmp(ch_answer_name(answer, i), name) == 0)
            return ch_answer_text(answer, i);
    return NULL;
}

static ch_status
gather_list(ch_dossier *d, const list *l, ch_error *err)
{
    ch_filter *filter = NULL;
    ch_answer *answer = NULL;
    struct json_object *array = json_object_new_array();
    json_object_object_add(d->tree, l->name, array);
    ch_status status = make_filter(&filter, d, l, err);
    if (status == CH_OK)
        status = ch_ask_records(&answer, d->store, filter, &(ch_page){.limit = d->most}, err);
    while (status == CH_OK && (status = ch_answer_next(answer, err)) == CH_OK) {
        struct json_object *record = json_tokener_parse(ch_answer_json(answer, NULL));
        if (record == NULL)
            continue;
        add_text(record, "published", column(answer, "published"));
        add_text(record, "title", column(answer, "title"));
        json_object_array_add(array, record);
    }
    ch_answer_close(answer);
    ch_filter_free(filter);
    return status == CH_END ? CH_OK : status;
}

/* ---------------------------------------------------------------- sentences */

static int64_t
offset(struct json_object *record, size_t side)
{
    struct json_object *span = NULL;
    if (!json_object_object_get_ex(record, "sentence", &span) || !json_object_is_type(span, json_type_array) ||
        json_object_array_length(span) != 2)
        return 0;
    return json_object_get_int64(json_object_array_get_idx(span, side));
}

/* The sentence around the words: what a reader wants to see of a citation. */
static ch_status
add_sentence(ch_dossier *d, struct json_object *record, ch_error *err)
{
    ch_rows *rows = NULL;
    struct json_object *document = NULL;
    int64_t start = offset(record, 0), end = offset(record, 1);
    ch_sql *sql = ch_sql_new(d->store);
    if (sql == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to ask the store");
    json_object_object_get_ex(record, "document", &document);
    ch_sql_bytes(sql, "text", start, end);
    ch_sql_put(sql, " FROM document WHERE id = ");
    ch_sql_text(sql, document != NULL ? json_object_get_string(document) : "");
    ch_status status = ch_sql_ask(&rows, sql, d->store, err);
    if (status == CH_OK)
        status = ch_rows_next(rows, err);
    if (status == CH_OK)
        add_text(record, "sentenceText", ch_rows_text(rows, 0).at);
    ch_rows_close(rows);
    ch_sql_free(sql);
    return status == CH_END ? CH_OK : status;
}

static ch_status
add_sentences(ch_dossier *d, const char *name, ch_error *err)
{
    struct json_object *array = NULL;
    ch_status status = CH_OK;
    json_object_object_get_ex(d->tree, name, &array);
    for (size_t i = 0; status == CH_OK && array != NULL && i < json_object_array_length(array); i++)
        status = add_sentence(d, json_object_array_get_idx(array, i), err);
    return status;
}

/* ------------------------------------------------------------------- totals */

/* How many records of each kind there are, events apart: these are counted by what
 * they do. */
static ch_status
count_kinds(ch_dossier *d, ch_error *err)
{
    static const list all = {"records", "statement,amount,vote,relation", CH_KEY_WITH, CH_KEY_COUNT, NULL, true};
    ch_filter *filter = NULL;
    ch_answer *answer = NULL;
    struct json_object *object = json_object_new_object();
    json_object_object_add(d->tree, "records", object);
    ch_status status = make_filter(&filter, d, &all, err);
    if (status == CH_OK)
        status = ch_ask_counts(&answer, d->store, filter, &(ch_counting){.by = "kind", .order = "label"}, err);
    while (status == CH_OK && (status = ch_answer_next(answer, err)) == CH_OK) {
        char kind[16];
        snprintf(kind, sizeof kind, "%s", ch_answer_text(answer, 0));
        json_object_object_add(object, kind, json_object_new_int64(strtoll(ch_answer_text(answer, 1), NULL, 10)));
    }
    ch_answer_close(answer);
    ch_filter_free(filter);
    return status == CH_END ? CH_OK : status;
}

/* --------------------------------------------------------------------- make */

static ch_status
read_options(ch_dossier *d, const ch_dossier_options *options, ch_error *err)
{
    ch_value one;
    ch_status status = CH_OK;
    const char *from = options != NULL ? options->from : NULL, *to = options != NULL ? options->to : NULL;
    d->most = options != NULL && options->most != 0 ? options->most : MOST_USUAL;
    d->days = (ch_value){.kind = CH_VALUE_DAYS, .first = CH_DAY_MIN, .last = CH_DAY_MAX};
    d->all_days = from == NULL && to == NULL;
    if (from != NULL && (status = ch_filter_days(&one, ch_str_of(from), err)) == CH_OK)
        d->days.first = one.first;
    if (status == CH_OK && to != NULL && (status = ch_filter_days(&one, ch_str_of(to), err)) == CH_OK)
        d->days.last = one.last;
    return status;
}

/* Whoever only the store knows must be in it. */
static ch_status
check_known(ch_dossier *d, ch_error *err)
{
    ch_filter *filter;
    ch_status status = ch_filter_new(&filter, d->lexicon, err);
    if (status == CH_OK)
        status = ch_filter_add_value(filter, CH_KEY_WITH, &d->who, err);
    if (status == CH_OK)
        status = ch_ask_check_names(d->store, filter, err);
    ch_filter_free(filter);
    return status;
}

static ch_status
gather(ch_dossier *d, const char *name, const ch_dossier_options *options, ch_error *err)
{
    ch_status status = read_options(d, options, err);
    if (status == CH_OK)
        status = ch_filter_new(&d->memory, d->lexicon, err);
    if (status == CH_OK)
        status = ch_filter_who(d->memory, &d->who, ch_str_trim(ch_str_of(name)), err);
    if (status == CH_OK)
        status = check_known(d, err);
    if (status != CH_OK)
        return status;
    ch_dossier_describe(d, name);
    status = ch_dossier_count(d, err);
    if (status == CH_OK)
        status = count_kinds(d, err);
    for (size_t i = 0; status == CH_OK && i < sizeof lists / sizeof *lists; i++) {
        status = gather_list(d, &lists[i], err);
        if (status == CH_OK)
            status = add_sentences(d, lists[i].name, err);
    }
    return status;
}

ch_status
ch_dossier_make(ch_dossier **out, ch_store *store, const ch_lexicon *lexicon, const char *name, const ch_dossier_options *options,
                ch_error *err)
{
    *out = NULL;
    size_t len = strlen(name);
    if (len == 0 || len > CH_CLOSE_LENGTH || ch_utf8_check(name, len) != len)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "this is nobody's name; write a name, an id of the lexicon or a code");
    ch_dossier *d = calloc(1, sizeof *d);
    if (d == NULL || (d->tree = json_object_new_object()) == NULL) {
        free(d);
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a dossier");
    }
    d->store = store;
    d->lexicon = lexicon;
    ch_status status = gather(d, name, options, err);
    if (status == CH_OK)
        *out = d;
    else
        ch_dossier_free(d);
    return status;
}

void
ch_dossier_free(ch_dossier *dossier)
{
    if (dossier == NULL)
        return;
    json_object_put(dossier->tree);
    ch_filter_free(dossier->memory);
    free(dossier);
}

const char *
ch_dossier_json(const ch_dossier *dossier)
{
    return json_object_to_json_string_ext(dossier->tree, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}
