/* The public interface over the stages. */
#include "actor/actor.h"
#include "base/text.h"
#include "event/event.h"
#include "intake/intake.h"
#include "intake/page_map.h"
#include "intake/source.h"
#include "lexicon/compile.h"
#include "place/place.h"
#include "reader.h"
#include "record/json.h"
#include "record/record.h"
#include "syntax/syntax.h"
#include "time/time.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODEL_NAME "english.model"
#define LEXICON_NAME "lexicon.bin"
#define LEXICON_FOLDER "lexicon"
/* Folders of a user's own: one for each kind of knowledge and project. */
#define LEXICON_DIRS_MAX 32

const char *
chancery_version(void)
{
    return CHANCERY_VERSION;
}

const char *
chancery_status_name(chancery_status status)
{
    static const char *const names[] = {
        [CHANCERY_OK] = "ok",         [CHANCERY_END] = "end",         [CHANCERY_E_NOMEM] = "memory",
        [CHANCERY_E_IO] = "io",       [CHANCERY_E_FORMAT] = "format", [CHANCERY_E_LIMIT] = "limit",
        [CHANCERY_E_ENCODING] = "encoding", [CHANCERY_E_ARGUMENT] = "argument",
    };
    return (size_t)status < sizeof names / sizeof *names ? names[status] : "unknown";
}

/* ------------------------------------------------------------------ reader */

/* Where `name` is: $CHANCERY_DATA, beside the program, ../share/chancery from
 * the program, the installed data folder. The last is given where none has it,
 * so that the error names a file. */
void
ch_find_data(char *out, size_t room, const char *name)
{
    char program[3072];
    const char *env = getenv("CHANCERY_DATA");
    assert(out != NULL && room != 0);
    if (env != NULL && env[0] != '\0') {
        snprintf(out, room, "%s/%s", env, name);
        return;
    }
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    if (len > 0) {
        program[len] = '\0';
        char *slash = strrchr(program, '/');
        if (slash != NULL)
            *slash = '\0';
        snprintf(out, room, "%s/%s", program, name);
        if (access(out, R_OK) == 0)
            return;
        snprintf(out, room, "%s/../share/chancery/%s", program, name);
        if (access(out, R_OK) == 0)
            return;
    }
    snprintf(out, room, "%s/%s", CHANCERY_DATADIR, name);
}

/* The installed text first, then the user's folders. */
static chancery_status
make_lexicon(ch_lexicon **out, const chancery_reader_options *options, chancery_error *err)
{
    char ours[4096];
    const char *dirs[LEXICON_DIRS_MAX + 1] = {ours};
    *out = NULL;
    if (options->lexicon_dir_count > LEXICON_DIRS_MAX)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "more than %d folders of lexicons", LEXICON_DIRS_MAX);
    if (options->lexicon != NULL)
        return ch_fail(err, CH_E_ARGUMENT, options->lexicon, 0, "a compiled lexicon takes no folders; name the folder it was made of");
    ch_find_data(ours, sizeof ours, LEXICON_FOLDER);
    for (size_t i = 0; i < options->lexicon_dir_count; i++)
        dirs[i + 1] = options->lexicon_dirs[i];
    return ch_lexicon_make(out, dirs, options->lexicon_dir_count + 1, options->lexicon_only, err);
}

chancery_status
ch_open_lexicon(ch_lexicon **out, const chancery_reader_options *options, chancery_error *err)
{
    char path[4096];
    if (options != NULL && options->lexicon_dir_count != 0)
        return make_lexicon(out, options, err);
    if (options != NULL && options->lexicon != NULL)
        return ch_lexicon_open(out, options->lexicon, err);
    ch_find_data(path, sizeof path, LEXICON_NAME);
    return ch_lexicon_open(out, path, err);
}

chancery_status
chancery_reader_open(chancery_reader **out, const chancery_reader_options *options, chancery_error *err)
{
    char path[4096];
    *out = NULL;
    chancery_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to open a reader");
    const char *model = options != NULL ? options->model : NULL;
    reader->min_confidence = options != NULL ? (float)options->min_confidence : 0;
    chancery_status status = ch_open_lexicon(&reader->lexicon, options, err);
    if (status == CH_OK && model == NULL) {
        ch_find_data(path, sizeof path, MODEL_NAME);
        model = path;
    }
    if (status == CH_OK)
        status = ch_model_open(&reader->model, model, err);
    if (status != CH_OK) {
        chancery_reader_close(reader);
        return status;
    }
    *out = reader;
    return CH_OK;
}

void
chancery_reader_close(chancery_reader *reader)
{
    if (reader == NULL)
        return;
    ch_model_close(reader->model);
    ch_lexicon_close(reader->lexicon);
    free(reader);
}

void
chancery_reader_checksums(const chancery_reader *reader, uint64_t *model, uint64_t *lexicon)
{
    *model = ch_model_checksum(reader->model);
    *lexicon = ch_image_checksum(&reader->lexicon->image);
}

/* ---------------------------------------------------------------- documents */

/* The stages behind syntax, as far as `last`. */
static chancery_status
run_stages(chancery_document *doc, chancery_stage last, chancery_error *err)
{
    const ch_lexicon *lexicon = doc->reader->lexicon;
    ch_document *d = &doc->document;
    chancery_status status = CH_OK;
    if (last >= CHANCERY_STAGE_TIME)
        status = ch_find_times(lexicon, d, err);
    if (status == CH_OK && last >= CHANCERY_STAGE_PLACE)
        status = ch_find_places(lexicon, d, err);
    if (status == CH_OK && last >= CHANCERY_STAGE_ACTOR)
        status = ch_find_actors(lexicon, d, err);
    d->min_confidence = doc->reader->min_confidence;
    if (status == CH_OK && last >= CHANCERY_STAGE_EVENT)
        status = ch_find_events(lexicon, d, err);
    if (status == CH_OK && last >= CHANCERY_STAGE_EVENT)
        status = ch_make_records(lexicon, d, err);
    return status;
}

static chancery_document *
new_document(const chancery_reader *reader, chancery_stage last)
{
    chancery_document *doc = calloc(1, sizeof *doc);
    if (doc == NULL)
        return NULL;
    ch_arena_init(&doc->document.arena, CH_DOCUMENT_MEMORY_MAX);
    doc->document.published = CH_NO_DAY;
    doc->reader = reader;
    doc->stage = last;
    return doc;
}

static chancery_status
done(chancery_document **out, chancery_document *doc, chancery_status status)
{
    if (status != CH_OK) {
        chancery_document_free(doc);
        doc = NULL;
    }
    *out = doc;
    return status;
}

chancery_status
chancery_source_use(chancery_source *source, const chancery_reader *reader, chancery_error *err)
{
    return ch_source_use(source, reader->lexicon, err);
}

chancery_status
chancery_read(chancery_document **out, const chancery_reader *reader, const chancery_input *input, chancery_stage last_stage,
              chancery_error *err)
{
    *out = NULL;
    chancery_document *doc = new_document(reader, last_stage);
    if (doc == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document");
    chancery_status status = ch_intake(reader->lexicon, ch_model_language(reader->model), &doc->document, input, err);
    if (status == CH_OK && last_stage >= CHANCERY_STAGE_SYNTAX)
        status = ch_parse(reader->model, reader->lexicon, &doc->document, err);
    if (status == CH_OK)
        status = run_stages(doc, last_stage, err);
    return done(out, doc, status);
}

chancery_status
chancery_read_conllu(chancery_document **out, const chancery_reader *reader, const chancery_input *input,
                     chancery_stage last_stage, chancery_error *err)
{
    *out = NULL;
    chancery_document *doc = new_document(reader, last_stage);
    if (doc == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document");
    const char *id = input->id != NULL ? input->id : "conllu";
    char *copy = ch_arena_copy(&doc->document.arena, id, strlen(id));
    doc->document.id = (ch_str){copy, copy != NULL ? strlen(id) : 0};
    int32_t first, last_day;
    const char *date = input->date != NULL ? input->date : input->option_date;
    if (date != NULL && ch_day_parse(ch_str_of(date), &first, &last_day)) {
        doc->document.published = first;
        doc->document.published_from = input->date != NULL ? CH_DATE_INPUT : CH_DATE_OPTION;
    }
    chancery_status status =
        copy == NULL ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document")
                     : ch_parse_conllu(reader->model, reader->lexicon, &doc->document, input->text, input->len, err);
    if (status == CH_OK)
        status = run_stages(doc, last_stage, err);
    return done(out, doc, status);
}

void
chancery_document_free(chancery_document *doc)
{
    if (doc == NULL)
        return;
    ch_arena_free(&doc->document.arena);
    free(doc);
}

const char *
chancery_document_id(const chancery_document *doc)
{
    return doc->document.id.at;
}

const char *
chancery_document_text(const chancery_document *doc, size_t *len)
{
    if (len != NULL)
        *len = doc->document.text_len;
    return doc->document.text;
}

size_t
chancery_sentence_count(const chancery_document *doc)
{
    return doc->document.nsent;
}

chancery_span
chancery_sentence_at(const chancery_document *doc, size_t index)
{
    ch_span s = doc->document.sents[index].span;
    return (chancery_span){s.start, s.end};
}

bool
chancery_page_span(chancery_span *out, const chancery_document *doc, chancery_span span)
{
    const ch_document *d = &doc->document;
    return ch_page_map_find(out, d->page_runs, d->npage_run, (ch_span){span.start, span.end});
}

size_t
chancery_token_count(const chancery_document *doc)
{
    return doc->document.ntok;
}

/* The two accessors of a kind of records. There are none before the event stage. */
#define ACCESS(type, count_of, at, field, number)                                           \
    size_t count_of(const chancery_document *doc)                                           \
    {                                                                                       \
        return doc->document.records != NULL ? doc->document.records->number : 0;           \
    }                                                                                       \
    const type *at(const chancery_document *doc, size_t index)                              \
    {                                                                                       \
        return &doc->document.records->field[index];                                        \
    }

ACCESS(chancery_event, chancery_event_count, chancery_event_at, events, nevent)
ACCESS(chancery_statement, chancery_statement_count, chancery_statement_at, statements, nstatement)
ACCESS(chancery_amount, chancery_amount_count, chancery_amount_at, amounts, namount)
ACCESS(chancery_vote, chancery_vote_count, chancery_vote_at, votes, nvote)
ACCESS(chancery_relation, chancery_relation_count, chancery_relation_at, relations, nrelation)

/* ------------------------------------------------------------------ writing */

static chancery_status
hand_over(char **out, size_t *len, ch_text *text, chancery_error *err)
{
    ch_text_putc(text, '\0');
    if (text->failed) {
        ch_text_free(text);
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to write a document");
    }
    *out = text->at;
    if (len != NULL)
        *len = text->len - 1;
    return CH_OK;
}

static chancery_stage
stage_for(chancery_format format)
{
    switch (format) {
    case CHANCERY_CONLLU:
        return CHANCERY_STAGE_SYNTAX;
    case CHANCERY_TIMES:
    case CHANCERY_TIMEML:
        return CHANCERY_STAGE_TIME;
    case CHANCERY_PLACES:
        return CHANCERY_STAGE_PLACE;
    case CHANCERY_ACTORS:
        return CHANCERY_STAGE_ACTOR;
    default:
        return CHANCERY_STAGE_EVENT;
    }
}

chancery_status
chancery_write(char **out, size_t *len, const chancery_document *doc, chancery_format format,
               const chancery_write_options *options, chancery_error *err)
{
    const chancery_write_options plain = {.width = 100};
    const ch_document *d = &doc->document;
    ch_text text = {0};
    *out = NULL;
    if (doc->stage < stage_for(format))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the document was not read as far as this format needs; read it to a later stage");
    switch (format) {
    case CHANCERY_NDJSON:
        ch_ndjson_write(&text, d);
        break;
    case CHANCERY_TABLE:
        ch_table_write(&text, d, doc->reader->lexicon, options != NULL ? options : &plain);
        break;
    case CHANCERY_CONLLU:
        ch_conllu_write(&text, d);
        break;
    case CHANCERY_TIMES:
        ch_times_write(&text, d);
        break;
    case CHANCERY_TIMEML:
        ch_timeml_write(&text, d);
        break;
    case CHANCERY_PLACES:
        ch_places_write(&text, d);
        break;
    case CHANCERY_ACTORS:
        ch_actors_write(&text, d);
        break;
    }
    return hand_over(out, len, &text, err);
}

chancery_status
chancery_explain(char **out, size_t *len, const chancery_document *doc, const char *id, const chancery_write_options *options,
                 chancery_error *err)
{
    const chancery_write_options plain = {.width = 100};
    *out = NULL;
    for (uint32_t i = 0; i < chancery_event_count(doc); i++)
        if (strcmp(doc->document.records->events[i].id, id) == 0) {
            ch_text text = {0};
            ch_explain_write(&text, &doc->document, doc->reader->lexicon, i, options != NULL ? options : &plain);
            return hand_over(out, len, &text, err);
        }
    for (uint32_t i = 0; doc->document.records != NULL && i < doc->document.nfact; i++)
        if (strcmp(ch_fact_record(doc->document.records, i)->id, id) == 0) {
            ch_text text = {0};
            ch_explain_fact(&text, &doc->document, doc->reader->lexicon, i);
            return hand_over(out, len, &text, err);
        }
    return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the document has no record \"%s\"; `chancery code` lists them", id);
}

chancery_status
chancery_explain_not(char **out, size_t *len, const chancery_document *doc, const char *words, chancery_error *err)
{
    ch_text text = {0};
    bool found;
    *out = NULL;
    if (doc->stage < CHANCERY_STAGE_EVENT)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the document was not read to its events");
    ch_status status = ch_why_not_write(&text, &doc->document, doc->reader->lexicon, words, &found, err);
    if (status == CH_OK && !found)
        status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "no sentence that was read has the words \"%s\"", words);
    if (status == CH_OK)
        return hand_over(out, len, &text, err);
    ch_text_free(&text);
    return status;
}

chancery_status
chancery_write_error(char **out, size_t *len, const char *document, const chancery_error *error)
{
    ch_text text = {0};
    *out = NULL;
    ch_text_puts(&text, "{\"kind\":\"error\",\"document\":");
    ch_json_chars(&text, document);
    ch_text_puts(&text, ",\"code\":");
    ch_json_chars(&text, chancery_status_name(error->status));
    ch_text_puts(&text, ",\"message\":");
    ch_json_chars(&text, error->message);
    ch_text_puts(&text, "}\n");
    return hand_over(out, len, &text, NULL);
}

void
chancery_free(void *memory)
{
    free(memory);
}
