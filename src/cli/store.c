/* Reports, or records made before, into a database. */
#include "cli.h"
#include "progress.h"
#include "store/records.h"
#include "store/store.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Documents a batch, of records that were made before. */
#define BATCH_DOCUMENTS 1000
/* Documents that are read ahead of those that are stored. */
#define RING 64

static const char help[] =
    "usage: chancery store [OPTION]... DB [FILE]...\n"
    "       chancery store --records [OPTION]... DB [RECORDS]...\n\n"
    "Codes reports into a database: a file of SQLite, made where there is none, or\n"
    "PostgreSQL by its address (postgres://user@host/name). A document whose id, text,\n"
    "model, lexicon and records are stored already changes nothing; else it replaces\n"
    "the one of its id. With DB alone the database is made, or brought to this\n"
    "version of the schema; \"-\" is standard input.\n\n"
    "      --records        the files hold records that `chancery code --format ndjson` made\n"
    "      --min-confidence P  leave out events whose confidence is below P (0 to 1)\n"
    "      --duplicates     say of each document which earlier one it repeats, word for word or nearly\n"
    "      --one-a-day      of events of one day, pair of parties, type, status and place store the\n"
    "                       first alone\n"
    "      --keep-html-map  say of all that is quoted from a page where it stands in the page\n"
    "      --checkpoint FILE  keep in FILE how far the run is; the same command goes on from there\n"
    "  -q, --quiet          no progress and no summary on standard error\n" CLI_COMMON_HELP
    "\nExit status: 0 all was stored, 1 nothing could be, 2 wrong usage, 3 some inputs\n"
    "could not be read (each is told, and a row of `error`), 4 the database could not\n"
    "be opened or written: what was stored before stays.\n";

#define CLI_RECORDS 2000

typedef struct {
    const char *where;
    ch_store *store;
    ch_store_version version;
    char model[CH_VERSION_MAX + 1], lexicon[CH_VERSION_MAX + 1];
    unsigned long batch; /* documents put since the last commit */
} target;

/* ---------------------------------------------------------------------- sink */

static bool
begin(void *context, const chancery_reader *reader)
{
    target *t = context;
    uint64_t model, lexicon;
    chancery_reader_checksums(reader, &model, &lexicon);
    snprintf(t->model, sizeof t->model, "%016" PRIx64, model);
    snprintf(t->lexicon, sizeof t->lexicon, "%016" PRIx64, lexicon);
    t->version = (ch_store_version){.program = chancery_version(), .model = t->model, .lexicon = t->lexicon};
    return true;
}

static bool
put(target *t, ch_entry *entry)
{
    chancery_error err;
    t->batch++;
    if (ch_store_put(t->store, entry, &t->version, &err) == CHANCERY_OK)
        return true;
    cli_complain(&err);
    return false;
}

static bool
commit(target *t)
{
    chancery_error err;
    t->batch = 0;
    if (ch_store_commit(t->store, &err) == CHANCERY_OK)
        return true;
    cli_complain(&err);
    return false;
}

static cli_sink_outcome
write_entry(void *context, const char *lines, size_t len)
{
    target *t = context;
    ch_entry *entry;
    chancery_error err;
    if (ch_entry_read(&entry, lines, len, 1, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return err.status == CHANCERY_E_NOMEM ? CLI_SINK_FAILED : CLI_SINK_REFUSED;
    }
    return put(t, entry) ? CLI_SINK_TOOK : CLI_SINK_FAILED;
}

static bool
commit_batch(void *context, uint64_t *position)
{
    target *t = context;
    chancery_error err;
    if (!commit(t))
        return false;
    if (ch_store_position(t->store, position, &err) == CHANCERY_OK)
        return true;
    cli_complain(&err);
    return false;
}

/* ------------------------------------------------------------------- records */

/* What a thread of its own has read of a file: a document, or why there is none. */
typedef struct {
    chancery_status status;
    ch_entry *entry;
    chancery_error err;
} reading;

typedef struct {
    ch_records_source *source;
    reading ring[RING]; /* those from `taken` to `filled` wait to be stored */
    unsigned long taken, filled;
    bool stop; /* nobody takes any more */
    pthread_mutex_t lock;
    pthread_cond_t changed;
} loader;

static reading
read_next(const loader *l)
{
    reading r = {.entry = NULL};
    r.status = ch_records_next(l->source, &r.err);
    if (r.status == CHANCERY_OK)
        r.status = ch_records_entry(&r.entry, l->source, &r.err);
    return r;
}

/* A document that breaks the format is followed by others. */
static bool
is_last(const reading *r)
{
    return r->status != CHANCERY_OK && r->status != CHANCERY_E_FORMAT;
}

static void *
read_all(void *context)
{
    loader *l = context;
    bool go_on = true;
    while (go_on) {
        reading r = read_next(l);
        pthread_mutex_lock(&l->lock);
        while (!l->stop && l->filled - l->taken == RING)
            pthread_cond_wait(&l->changed, &l->lock);
        go_on = !l->stop && !is_last(&r);
        if (l->stop)
            ch_entry_free(r.entry);
        else
            l->ring[l->filled++ % RING] = r;
        pthread_cond_broadcast(&l->changed);
        pthread_mutex_unlock(&l->lock);
    }
    return NULL;
}

static reading
take(loader *l)
{
    pthread_mutex_lock(&l->lock);
    while (l->taken == l->filled)
        pthread_cond_wait(&l->changed, &l->lock);
    reading r = l->ring[l->taken++ % RING];
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
    return r;
}

/* Stores what the thread reads, until it has read all or the database fails. */
static int
store_all(target *t, loader *l)
{
    int code = CLI_OK;
    while (true) {
        reading r = take(l);
        if (r.status == CHANCERY_END)
            return code;
        if (r.status == CHANCERY_OK && !(put(t, r.entry) && (t->batch < BATCH_DOCUMENTS || commit(t))))
            return CLI_OUTPUT;
        if (r.status == CHANCERY_OK)
            continue;
        cli_complain(&r.err);
        code = CLI_SOME;
        if (is_last(&r))
            return code;
    }
}

/* Stores the documents of one file; what breaks the format is told and passed over. */
static int
load_file(target *t, const char *path)
{
    loader l = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    pthread_t reader;
    chancery_error err;
    if (ch_records_open(&l.source, path, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_SOME;
    }
    if (pthread_create(&reader, NULL, read_all, &l) != 0) {
        fprintf(stderr, "chancery: no thread can be started\n");
        ch_records_close(l.source);
        return CLI_FAILED;
    }
    int code = store_all(t, &l);
    pthread_mutex_lock(&l.lock);
    l.stop = true;
    pthread_cond_broadcast(&l.changed);
    pthread_mutex_unlock(&l.lock);
    pthread_join(reader, NULL);
    for (; l.taken != l.filled; l.taken++)
        ch_entry_free(l.ring[l.taken % RING].entry);
    ch_records_close(l.source);
    return code;
}

static int
load(target *t, char **files, int count)
{
    int code = CLI_OK;
    for (int i = 0; i < count && code != CLI_OUTPUT; i++) {
        int got = load_file(t, files[i]);
        code = got != CLI_OK ? got : code;
    }
    return code != CLI_OUTPUT && !commit(t) ? CLI_OUTPUT : code;
}

/* ------------------------------------------------------------------- command */

static void
tell(const target *t)
{
    ch_store_counts counts = ch_store_counted(t->store);
    fprintf(stderr, "chancery: %s: %lu documents stored, %lu replaced, %lu as they were\n", t->where, counts.added, counts.replaced,
            counts.unchanged);
}

static int
store_files(cli_job *job, bool records, const char *where, char **files, int count)
{
    target t = {.where = where, .version = {"", "", ""}};
    chancery_error err;
    cli_sink sink = {.name = where, .context = &t, .begin = begin, .write = write_entry, .commit = commit_batch};
    if (ch_store_open(&t.store, where, CH_STORE_WRITE, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_OUTPUT;
    }
    job->sink = &sink;
    int code = count == 0 ? CLI_OK : records ? load(&t, files, count) : cli_run(job, files, count);
    if (!job->quiet && count != 0 && code != CLI_FAILED)
        tell(&t);
    ch_store_close(t.store);
    return cli_finish(code);
}

static bool
take_confidence(double *out, const char *argument)
{
    char *end;
    *out = strtod(argument, &end);
    return end != argument && *end == '\0' && *out >= 0 && *out <= 1;
}

int
cmd_store(int argc, char **argv)
{
    static const struct option options[] = {{"records", no_argument, NULL, CLI_RECORDS},
                                            {"min-confidence", required_argument, NULL, CLI_MIN_CONFIDENCE},
                                            {"duplicates", no_argument, NULL, CLI_DUPLICATES},
                                            {"one-a-day", no_argument, NULL, CLI_ONE_A_DAY},
                                            {"keep-html-map", no_argument, NULL, CLI_KEEP_HTML_MAP},
                                            {"checkpoint", required_argument, NULL, CLI_CHECKPOINT},
                                            {"quiet", no_argument, NULL, 'q'},
                                            CLI_COMMON_OPTIONS,
                                            {0}};
    cli_job job = {.command = "store", .stage = CHANCERY_STAGE_ALL, .format = CHANCERY_NDJSON};
    bool records = false;
    for (int o; (o = cli_next_option(&job, argc, argv, "q" CLI_COMMON_LETTERS, options)) != -1;) {
        switch (o) {
        case CLI_TOLD:
            return CLI_USAGE;
        case 'h':
            fputs(help, stdout);
            return cli_finish(CLI_OK);
        case CLI_RECORDS:
            records = true;
            break;
        case CLI_MIN_CONFIDENCE:
            if (!take_confidence(&job.reader.min_confidence, optarg))
                return cli_usage("store", "\"%s\" is no confidence from 0 to 1", optarg);
            break;
        case CLI_DUPLICATES:
            job.duplicates = true;
            break;
        case CLI_ONE_A_DAY:
            job.one_a_day = true;
            break;
        case CLI_KEEP_HTML_MAP:
            job.keep_html_map = true;
            break;
        default:
            return cli_usage("store", "unknown option");
        }
    }
    if (optind == argc)
        return cli_usage("store", "name the database: a file, or postgres://...");
    if (records && job.checkpoint != NULL)
        return cli_usage("store", "--records needs no checkpoint: what is stored already is passed over");
    return store_files(&job, records, argv[optind], argv + optind + 1, argc - optind - 1);
}
