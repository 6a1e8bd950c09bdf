/* Where the time of reading goes.
 *
 * usage: stages [--lexicon FILE] [--kernels NAME] FILE.ndjson
 *
 * Reads the documents as `chancery code -fndjson -j1` does and prints, a line
 * each, what was read and the seconds of processor time that each stage took.
 * The library has no clocks: the linker puts those below around its stages
 * (`--wrap`). A stage that runs inside another stops the other's clock. */
#include "base/hash.h"
#include "event/facts.h"
#include "event/event.h"
#include "intake/intake.h"
#include "reader.h"
#include "record/record.h"
#include "syntax/ends.h"
#include "syntax/model.h"
#include "syntax/split.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Times that the file is read; of each stage the fastest counts. */
#define PASSES 3

typedef enum {
    SOURCE, INTAKE, SPLIT, NETWORK, TREE, SYNTAX, TIMES, PLACES, ACTORS, EVENTS, FACTS, RECORDS, NDJSON, OTHER,
    STAGE_COUNT
} stage;

static const char *const names[STAGE_COUNT] = {
    "source", "intake", "split",  "network", "tree",    "lemmas and words", "times",
    "places", "actors", "events", "facts",   "records", "ndjson",           "memory and the rest",
};

/* ------------------------------------------------------------------- clocks */

static uint64_t spent[STAGE_COUNT]; /* nanoseconds */
static uint64_t since;
static stage running = OTHER;

static uint64_t
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Starts the clock of a stage; gives the one that ran before. */
static stage
start(stage next)
{
    uint64_t at = now();
    stage before = running;
    spent[before] += at - since;
    since = at;
    running = next;
    return before;
}

#define CLOCKED(clock, result, function, parameters, arguments)                                                                     \
    result __real_##function parameters;                                                                                            \
    result __wrap_##function parameters;                                                                                            \
    result __wrap_##function parameters                                                                                             \
    {                                                                                                                               \
        stage before = start(clock);                                                                                                \
        result given = __real_##function arguments;                                                                                 \
        start(before);                                                                                                              \
        return given;                                                                                                               \
    }

CLOCKED(INTAKE, ch_status, ch_intake, (const ch_lexicon *lexicon, ch_document *doc, const chancery_input *input, ch_error *err),
        (lexicon, doc, input, err))
CLOCKED(SYNTAX, ch_status, ch_parse, (const ch_model *model, const ch_lexicon *lexicon, ch_document *doc, ch_error *err),
        (model, lexicon, doc, err))
CLOCKED(SPLIT, bool, ch_split_words, (const ch_model *model, const char *text, ch_span part, ch_pieces *out, ch_arena *arena),
        (model, text, part, out, arena))
CLOCKED(SPLIT, ch_mark *, ch_marks_of,
        (const ch_model *model, const char *text, const ch_pieces *pieces, ch_marks *room, ch_arena *arena),
        (model, text, pieces, room, arena))
CLOCKED(NETWORK, bool, ch_network_read,
        (const ch_network *network, ch_network_room *room, const ch_str *words, uint32_t n, ch_network_answer *out),
        (network, room, words, n, out))
CLOCKED(TIMES, ch_status, ch_find_times, (const ch_lexicon *lexicon, ch_document *doc, ch_error *err), (lexicon, doc, err))
CLOCKED(PLACES, ch_status, ch_find_places, (const ch_lexicon *lexicon, ch_document *doc, ch_error *err), (lexicon, doc, err))
CLOCKED(ACTORS, ch_status, ch_find_actors, (const ch_lexicon *lexicon, ch_document *doc, ch_error *err), (lexicon, doc, err))
CLOCKED(EVENTS, ch_status, ch_find_events, (const ch_lexicon *lexicon, ch_document *doc, ch_error *err), (lexicon, doc, err))
CLOCKED(FACTS, ch_status, ch_find_facts, (const ch_graph *graph, const bool *skip, ch_document *doc, ch_error *err),
        (graph, skip, doc, err))
CLOCKED(RECORDS, ch_status, ch_make_records, (const ch_lexicon *lexicon, ch_document *doc, ch_error *err), (lexicon, doc, err))

void __real_ch_best_tree(ch_tree_room *room, const float *scores, uint32_t n, uint16_t *head);
void __wrap_ch_best_tree(ch_tree_room *room, const float *scores, uint32_t n, uint16_t *head);
void
__wrap_ch_best_tree(ch_tree_room *room, const float *scores, uint32_t n, uint16_t *head)
{
    stage before = start(TREE);
    __real_ch_best_tree(room, scores, n, head);
    start(before);
}

/* ------------------------------------------------------------------ reading */

typedef struct {
    chancery_reader *reader;
    const char *file;
    uint64_t sentences, words, bytes;
    uint64_t output; /* hash of all that was written */
    uint64_t least[STAGE_COUNT];
} measurement;

static chancery_status
read_one(measurement *m, const chancery_input *in, chancery_error *err)
{
    chancery_document *doc;
    char *out;
    size_t len;
    chancery_status status = chancery_read(&doc, m->reader, in, CHANCERY_STAGE_ALL, err);
    if (status != CHANCERY_OK)
        return status;
    stage before = start(NDJSON);
    status = chancery_write(&out, &len, doc, CHANCERY_NDJSON, NULL, err);
    start(before);
    if (status == CHANCERY_OK) {
        m->sentences += chancery_sentence_count(doc);
        m->words += chancery_token_count(doc);
        m->bytes += in->len;
        m->output = ch_hash_pair(m->output, ch_hash(out, len));
        chancery_free(out);
    }
    chancery_document_free(doc);
    return status;
}

static chancery_status
read_file(measurement *m, chancery_error *err)
{
    chancery_source *source;
    chancery_input in = {0};
    chancery_status status = chancery_source_open(&source, m->file, CHANCERY_SOURCE_NDJSON, err);
    if (status != CHANCERY_OK)
        return status;
    m->sentences = m->words = m->bytes = m->output = 0;
    while (status == CHANCERY_OK) {
        stage before = start(SOURCE);
        in = (chancery_input){0};
        status = chancery_source_next(source, &in, err);
        start(before);
        if (status == CHANCERY_OK)
            status = read_one(m, &in, err);
    }
    chancery_source_close(source);
    return status == CHANCERY_END ? CHANCERY_OK : status;
}

static chancery_status
measure(measurement *m, chancery_error *err)
{
    chancery_status status = CHANCERY_OK;
    for (int pass = 0; pass < PASSES && status == CHANCERY_OK; pass++) {
        memset(spent, 0, sizeof spent);
        since = now();
        status = read_file(m, err);
        start(OTHER);
        for (int s = 0; s < STAGE_COUNT; s++)
            if (pass == 0 || spent[s] < m->least[s])
                m->least[s] = spent[s];
    }
    return status;
}

static void
print(const measurement *m)
{
    printf("kernels\t%s\nsentences\t%llu\nwords\t%llu\nbytes\t%llu\noutput\t%016llx\n", m->reader->model->network.kernels->name,
           (unsigned long long)m->sentences, (unsigned long long)m->words, (unsigned long long)m->bytes,
           (unsigned long long)m->output);
    for (int s = 0; s < STAGE_COUNT; s++)
        printf("%s\t%.9f\n", names[s], (double)m->least[s] / 1e9);
}

/* Takes other kernels than the fastest. */
static bool
choose_kernels(chancery_reader *reader, const char *name)
{
    const ch_kernels *k;
    for (unsigned i = 0; (k = ch_kernels_at(i)) != NULL; i++)
        if (strcmp(k->name, name) == 0) {
            reader->model->network.kernels = k;
            return true;
        }
    fprintf(stderr, "stages: this machine has no kernels \"%s\"\n", name);
    return false;
}

/* Takes the arguments; false where they make no sense. */
static bool
take(measurement *m, chancery_reader_options *options, const char **kernels, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--lexicon") == 0 && i + 1 < argc)
            options->lexicon = argv[++i];
        else if (strcmp(argv[i], "--kernels") == 0 && i + 1 < argc)
            *kernels = argv[++i];
        else
            m->file = argv[i];
    return m->file != NULL;
}

int
main(int argc, char **argv)
{
    chancery_reader_options options = {0};
    chancery_error err = {0};
    measurement m = {0};
    const char *kernels = NULL;
    if (!take(&m, &options, &kernels, argc, argv)) {
        fprintf(stderr, "usage: stages [--lexicon FILE] [--kernels NAME] FILE.ndjson\n");
        return 2;
    }
    chancery_status status = chancery_reader_open(&m.reader, &options, &err);
    if (status == CHANCERY_OK && kernels != NULL && !choose_kernels(m.reader, kernels)) {
        chancery_reader_close(m.reader);
        return 2;
    }
    if (status == CHANCERY_OK)
        status = measure(&m, &err);
    if (status == CHANCERY_OK)
        print(&m);
    else
        fprintf(stderr, "stages: %s: %s\n", err.file, err.message);
    chancery_reader_close(m.reader);
    return status == CHANCERY_OK ? 0 : 1;
}
