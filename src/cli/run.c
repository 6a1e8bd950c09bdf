/* Reading many documents on many threads, writing them in the order of the input.
 *
 * The feeder takes texts from the sources into a ring of slots; workers read
 * them; the writer prints the oldest slot once it is done, and keeps the
 * checkpoint; the main thread shows how far the run is and hears signals. A slot goes
 *
 *     FREE --feeder--> READY --worker--> BUSY --worker--> DONE --writer--> FREE
 *
 * 1. Slots are filled, and freed, in the order of the input: `filled` and
 *    `written` only grow, and written <= taken <= filled <= written + nslot.
 * 2. All fields of a slot belong to whoever holds it in this order; `lock`
 *    guards the states and counters alone.
 * 3. Once `stop` is set (output failed), nobody takes further work. Once `ended`
 *    is set, nothing more is filled.
 * 4. The feeder may wait for a pipe that stays silent: nobody waits for it when
 *    the run is over before its input is. */
#include "checkpoint.h"
#include "cli.h"
#include "one_a_day.h"
#include "progress.h"
#include "seen.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How often a checkpoint is kept, and a sink commits: what a killed run loses is its
 * work since. */
#define CHECKPOINT_EVERY_S 0.25
/* How often the main thread looks for a signal and shows the progress. */
#define TICK_NS 100000000L
/* How long the feeder has to notice that the run is over. */
#define FEEDER_GRACE_S 1
/* Slots a thread: enough that a long report does not make the others wait. */
#define SLOTS_PER_THREAD 4

typedef enum { SLOT_FREE, SLOT_READY, SLOT_BUSY, SLOT_DONE } slot_state;

typedef struct {
    slot_state state;
    chancery_input input; /* its strings are ours */
    chancery_error error; /* .status CHANCERY_OK: `out` is the document */
    char *out;
    size_t len;
    size_t sentences, events;
    uint64_t chain; /* of the inputs up to this one */
    char *id;       /* of the document, where duplicates are looked for */
    chancery_signature signature;
    cli_day_key *keys; /* [key_count] of its events, where they are thinned */
    size_t key_count;
} slot;

typedef struct {
    const cli_job *job;
    const chancery_reader *reader;
    slot *slots;
    unsigned nslot;
    unsigned long filled, taken, written;
    bool ended; /* no further input comes */
    bool stop;
    bool over; /* the writer is done */
    int code;
    cli_counts counts; /* of what is written */
    cli_checkpoint point;
    double flushed; /* when, by cli_now() */
    cli_seen seen;
    cli_days *days; /* NULL: events are not thinned */
    unsigned long known;   /* inputs that the checkpoint counts: they are passed over */
    uint64_t known_chain;
    unsigned long met;     /* inputs so far, and their hash: the feeder's */
    uint64_t chain;
    uint64_t read_before;  /* bytes of the sources that are done: the feeder's */
    uint64_t read;         /* bytes of all sources so far */
    uint64_t read_known;   /* of them for inputs that the checkpoint counts */
    char **files;
    int file_count;
    cli_progress progress;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_cond_t finished; /* `over` was set */
} run;

/* ------------------------------------------------------------------- slots */

static char *
copy(const char *s)
{
    return s != NULL ? strdup(s) : NULL;
}

/* The source's buffers last until its next call only. */
static bool
own_input(slot *s, const chancery_input *in)
{
    char *text = malloc(in->len + 1);
    chancery_page_run *runs = in->page_run_count != 0 ? reallocarray(NULL, in->page_run_count, sizeof *runs) : NULL;
    if (text == NULL || (runs == NULL && in->page_run_count != 0)) {
        free(text);
        return false;
    }
    if (runs != NULL)
        memcpy(runs, in->page_runs, in->page_run_count * sizeof *runs);
    if (in->len != 0)
        memcpy(text, in->text, in->len);
    text[in->len] = '\0';
    s->input = (chancery_input){.text = text,
                                .len = in->len,
                                .id = copy(in->id),
                                .title = copy(in->title),
                                .url = copy(in->url),
                                .language = copy(in->language),
                                .date = copy(in->date),
                                .option_date = in->option_date,
                                .encoding = copy(in->encoding),
                                .byline = copy(in->byline),
                                .date_in_metadata = in->date_in_metadata,
                                .force = in->force,
                                .whole = in->whole,
                                .page_runs = runs,
                                .page_run_count = in->page_run_count};
    return true;
}

static void
release(slot *s)
{
    free((char *)(uintptr_t)s->input.text);
    free((char *)(uintptr_t)s->input.id);
    free((char *)(uintptr_t)s->input.title);
    free((char *)(uintptr_t)s->input.url);
    free((char *)(uintptr_t)s->input.language);
    free((char *)(uintptr_t)s->input.date);
    free((char *)(uintptr_t)s->input.encoding);
    free((char *)(uintptr_t)s->input.byline);
    free((chancery_page_run *)(uintptr_t)s->input.page_runs);
    chancery_free(s->out);
    free(s->id);
    free(s->keys);
    *s = (slot){0};
}

/* ----------------------------------------------------------------- workers */

/* What the writer compares the document by. */
static chancery_status
note_repeats(const run *r, slot *s, const chancery_document *doc)
{
    if (r->job->duplicates) {
        s->id = copy(chancery_document_id(doc));
        chancery_signature_make(&s->signature, doc);
    }
    if (!r->job->one_a_day || cli_day_keys(&s->keys, &s->key_count, doc))
        return CHANCERY_OK;
    s->error = (chancery_error){.message = "not enough memory to compare its events"};
    return CHANCERY_E_NOMEM;
}

static void
read_slot(const run *r, slot *s)
{
    chancery_document *doc;
    chancery_status status = r->job->conllu ? chancery_read_conllu(&doc, r->reader, &s->input, r->job->stage, &s->error)
                                            : chancery_read(&doc, r->reader, &s->input, r->job->stage, &s->error);
    if (status == CHANCERY_OK)
        status = chancery_write(&s->out, &s->len, doc, r->job->format, &r->job->write, &s->error);
    if (status == CHANCERY_OK) {
        s->sentences = chancery_sentence_count(doc);
        s->events = chancery_event_count(doc);
        status = note_repeats(r, s, doc);
    }
    s->error.status = status;
    chancery_document_free(doc);
}

static void *
work(void *context)
{
    run *r = context;
    pthread_mutex_lock(&r->lock);
    while (true) {
        while (!r->stop && r->taken == r->filled && !r->ended)
            pthread_cond_wait(&r->changed, &r->lock);
        if (r->stop || r->taken == r->filled)
            break;
        slot *s = &r->slots[r->taken++ % r->nslot];
        bool failed = s->error.status != CHANCERY_OK; /* already: the source could not give it */
        s->state = SLOT_BUSY;
        pthread_mutex_unlock(&r->lock);
        if (!failed)
            read_slot(r, s);
        pthread_mutex_lock(&r->lock);
        s->state = SLOT_DONE;
        pthread_cond_broadcast(&r->changed);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* ------------------------------------------------------------------ writer */

/* Lines of one document, to where the run's records go. */
static bool
write_lines(run *r, const char *lines, size_t len)
{
    const cli_sink *sink = r->job->sink;
    if (sink == NULL)
        return cli_write(lines, len);
    cli_sink_outcome outcome = sink->write(sink->context, lines, len);
    if (outcome == CLI_SINK_REFUSED)
        r->code = CLI_SOME;
    return outcome != CLI_SINK_FAILED;
}

static bool
write_error_record(run *r, const slot *s)
{
    char *record;
    size_t len;
    if (chancery_write_error(&record, &len, s->input.id, &s->error) != CHANCERY_OK)
        return true;
    bool ok = write_lines(r, record, len);
    chancery_free(record);
    return ok;
}

/* The document's records, its line with the earlier one that it repeats. */
static bool
write_met(run *r, const slot *s)
{
    const char *original;
    char *records;
    size_t len;
    chancery_error err;
    if (s->id == NULL || !cli_seen_meet(&r->seen, s->id, &s->signature, &original))
        return false;
    if (chancery_write_duplicate(&records, &len, s->out, s->len, original, &err) != CHANCERY_OK) {
        cli_progress_complain(&r->progress, &err);
        return false;
    }
    r->point.counts.duplicates += original != NULL;
    bool ok = write_lines(r, records, len);
    chancery_free(records);
    return ok;
}

static bool
write_slot(run *r, slot *s)
{
    if (r->days != NULL && s->out != NULL)
        s->events -= cli_days_thin(r->days, s->out, &s->len, s->keys, s->key_count);
    if (s->error.status == CHANCERY_OK && r->job->duplicates)
        return write_met(r, s);
    if (s->error.status == CHANCERY_OK)
        return write_lines(r, s->out, s->len) && (r->job->format != CHANCERY_TABLE || cli_write("\n", 1));
    chancery_error told = s->error;
    if (told.file[0] == '\0' && s->input.id != NULL)
        snprintf(told.file, sizeof told.file, "%s", s->input.id);
    cli_progress_complain(&r->progress, &told);
    r->code = CLI_SOME;
    return r->job->format != CHANCERY_NDJSON || write_error_record(r, s);
}

static bool
flush(run *r)
{
    const cli_sink *sink = r->job->sink;
    r->flushed = cli_now();
    if (sink != NULL)
        return sink->commit(sink->context, &r->point.output);
    if (fflush(stdout) == 0)
        return true;
    perror("chancery: standard output");
    return false;
}

static bool
save(run *r)
{
    r->point.seen = r->seen.size;
    return cli_seen_save(&r->seen) && (r->days == NULL || cli_days_save(r->days, &r->point.days)) && cli_checkpoint_save(&r->point);
}

/* Flushed when nobody waits for more, and at a checkpoint; a sink too when it is
 * time to. */
static bool
write_out(run *r, slot *s, bool last_for_now)
{
    double now = cli_now();
    bool due = r->point.path != NULL && now - r->point.saved >= CHECKPOINT_EVERY_S;
    bool commit = r->job->sink != NULL && now - r->flushed >= CHECKPOINT_EVERY_S;
    bool ok = write_slot(r, s) && (!(last_for_now || due || commit) || flush(r));
    r->point.chain = s->chain;
    r->point.counts.inputs++;
    r->point.counts.failed += s->error.status != CHANCERY_OK;
    r->point.counts.sentences += s->sentences;
    r->point.counts.events += s->events;
    return ok && (!due || save(r));
}

static void
output_failed(run *r)
{
    r->stop = true;
    r->code = CLI_OUTPUT;
    pthread_cond_broadcast(&r->changed);
}

static void *
write_all(void *context)
{
    run *r = context;
    pthread_mutex_lock(&r->lock);
    while (true) {
        slot *s = &r->slots[r->written % r->nslot];
        while (!r->stop && !(r->written < r->filled && s->state == SLOT_DONE) && !(r->ended && r->written == r->filled))
            pthread_cond_wait(&r->changed, &r->lock);
        if (r->stop || r->written == r->filled)
            break;
        /* a sink's batches are large: it waits for what is being read */
        bool last_for_now = r->written + 1 == r->filled ||
                            (r->job->sink == NULL && r->slots[(r->written + 1) % r->nslot].state != SLOT_DONE);
        pthread_mutex_unlock(&r->lock);
        bool ok = write_out(r, s, last_for_now);
        pthread_mutex_lock(&r->lock);
        r->counts = r->point.counts;
        if (!ok) {
            output_failed(r);
            break;
        }
        release(s);
        r->written++;
        pthread_cond_broadcast(&r->changed);
    }
    bool at_end = !r->stop && (r->point.path != NULL || r->job->sink != NULL);
    if (at_end && !(flush(r) && (r->point.path == NULL || save(r))))
        output_failed(r);
    r->over = true;
    pthread_cond_broadcast(&r->finished);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* ------------------------------------------------------------------- input */

static void
end_with(run *r, int code)
{
    pthread_mutex_lock(&r->lock);
    r->code = code;
    r->stop = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

/* Counts an input; true when the checkpoint counts it too. That its hash is the
 * same is seen at the last of them. */
static bool
is_known(run *r, const chancery_input *in, bool failed)
{
    if (r->point.path == NULL)
        return false;
    r->chain = cli_chain_string(r->chain, in->id);
    r->chain = failed ? cli_chain_string(r->chain, NULL) : cli_chain(r->chain, in->text, in->len);
    bool known = r->met++ < r->known;
    if (known && r->met == r->known && r->chain != r->known_chain) {
        fprintf(stderr, "chancery: %s is of other inputs or other options; repeat the command as it was, or remove it to begin anew\n",
                r->point.path);
        end_with(r, CLI_FAILED);
    }
    return known;
}

/* Puts one input, or the failure to get it, into the next slot; false when the
 * run is over. */
static bool
put(run *r, const chancery_input *in, const chancery_error *failure)
{
    bool known = is_known(r, in, failure != NULL);
    pthread_mutex_lock(&r->lock);
    while (!known && !r->stop && !r->ended && r->filled - r->written == r->nslot)
        pthread_cond_wait(&r->changed, &r->lock);
    bool go_on = !r->stop && !r->ended;
    if (known) {
        r->read_known = r->read;
        pthread_mutex_unlock(&r->lock);
        return go_on;
    }
    slot *s = &r->slots[r->filled % r->nslot];
    pthread_mutex_unlock(&r->lock);
    if (!go_on)
        return false;
    *s = (slot){0};
    if (failure != NULL) {
        s->error = *failure;
        s->input.id = copy(in->id);
    } else if (!own_input(s, in)) {
        s->error = (chancery_error){.status = CHANCERY_E_NOMEM, .message = "not enough memory for the text"};
        s->input.id = copy(in->id);
    }
    s->chain = r->chain;
    pthread_mutex_lock(&r->lock);
    go_on = !r->ended; /* a signal may have come */
    if (go_on) {
        s->state = SLOT_READY;
        r->filled++;
    }
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    return go_on;
}

static void
count_bytes(run *r, uint64_t read)
{
    pthread_mutex_lock(&r->lock);
    r->read = read;
    pthread_mutex_unlock(&r->lock);
}

static bool
read_file(run *r, const char *path)
{
    chancery_source *source;
    chancery_error err = {.status = CHANCERY_OK};
    chancery_input in = {.id = path};
    if (cli_open_source(&source, path, r->job, r->reader, &err) != CHANCERY_OK)
        return put(r, &in, &err);
    bool go_on = true;
    while (go_on) {
        in = (chancery_input){.id = NULL};
        chancery_status status = chancery_source_next(source, &in, &err);
        count_bytes(r, r->read_before + chancery_source_position(source));
        if (status == CHANCERY_END)
            break;
        in.option_date = r->job->date;
        in.whole = r->job->whole;
        in.force = r->job->force;
        go_on = put(r, &in, status == CHANCERY_OK ? NULL : &err);
        if (status == CHANCERY_E_IO || status == CHANCERY_E_NOMEM)
            break;
    }
    r->read_before += chancery_source_position(source);
    chancery_source_close(source);
    return go_on;
}

static void *
read_files(void *context)
{
    run *r = context;
    bool go_on = true;
    if (r->file_count == 0)
        go_on = read_file(r, "-");
    for (int i = 0; i < r->file_count && go_on; i++)
        go_on = read_file(r, r->files[i]);
    if (go_on && r->point.path != NULL && r->met < r->known) {
        fprintf(stderr, "chancery: %s counts %lu inputs, and there are %lu; repeat the command as it was, or remove it to begin anew\n",
                r->point.path, r->known, r->met);
        end_with(r, CLI_FAILED);
    }
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* ------------------------------------------------------------------- signals */

static volatile sig_atomic_t caught;

static void
note_signal(int number)
{
    caught = number;
}

/* A second signal ends the program at once. What is ignored stays ignored: a run
 * under nohup outlives its terminal. */
static void
catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction ours = {.sa_handler = note_signal, .sa_flags = SA_RESTART | (int)SA_RESETHAND}, theirs;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &theirs) == 0 && theirs.sa_handler != SIG_IGN)
            sigaction(numbers[i], &ours, NULL);
}

/* What no worker has begun is left. */
static void
end_early(run *r)
{
    r->ended = true;
    r->filled = r->taken;
    pthread_cond_broadcast(&r->changed);
}

static void
wait_for_end(run *r)
{
    bool ending = false;
    pthread_mutex_lock(&r->lock);
    while (!r->over) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += TICK_NS;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&r->finished, &r->lock, &until);
        if (caught != 0 && !ending) {
            end_early(r);
            ending = true;
        }
        cli_counts counts = r->counts;
        uint64_t read = r->read;
        r->progress.read_before = r->read_known;
        bool over = r->over;
        pthread_mutex_unlock(&r->lock);
        if (!over)
            cli_progress_tick(&r->progress, &counts, read);
        pthread_mutex_lock(&r->lock);
    }
    pthread_mutex_unlock(&r->lock);
}

/* ----------------------------------------------------------------- threads */

static bool
join_feeder(pthread_t feeder)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += FEEDER_GRACE_S;
    return pthread_timedjoin_np(feeder, NULL, &until) == 0;
}

/* As a program ends that the signal ended, so that a shell's loop ends too. */
static void
end_by_signal(const run *r)
{
    fprintf(stderr, "chancery: stopped: %s%s\n", strsignal(caught),
            r->point.path != NULL ? "; the same command goes on from here" : "");
    signal(caught, SIG_DFL);
    raise(caught);
}

static void
tell_end(run *r)
{
    if (r->code != CLI_FAILED)
        cli_progress_end(&r->progress, &r->counts, r->point.path != NULL);
    if (caught != 0 && cli_finish(r->code) != CLI_OUTPUT)
        end_by_signal(r);
}

static int
cannot_start(run *r, const char *why)
{
    free(r->slots);
    fprintf(stderr, "chancery: %s\n", why);
    return CLI_FAILED;
}

static int
wanted_threads(const cli_job *job)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int want = job->threads > 0 ? job->threads : processors > 0 ? (int)processors : 1;
    return want > CLI_THREADS_MAX ? CLI_THREADS_MAX : want;
}

static int
run_threads(run *r)
{
    pthread_t feeder, writer, workers[CLI_THREADS_MAX];
    int want = wanted_threads(r->job), made = 0;
    r->nslot = (unsigned)want * SLOTS_PER_THREAD;
    r->slots = calloc(r->nslot, sizeof *r->slots);
    if (r->slots == NULL)
        return cannot_start(r, "not enough memory to start");
    while (made < want && pthread_create(&workers[made], NULL, work, r) == 0)
        made++;
    bool writes = made != 0 && pthread_create(&writer, NULL, write_all, r) == 0;
    bool feeds = writes && pthread_create(&feeder, NULL, read_files, r) == 0;
    if (feeds)
        wait_for_end(r);
    else
        end_with(r, CLI_FAILED);
    for (int i = 0; i < made; i++)
        pthread_join(workers[i], NULL);
    if (writes)
        pthread_join(writer, NULL);
    if (!feeds)
        return cannot_start(r, "no thread can be started");
    tell_end(r);
    if (!join_feeder(feeder))
        _exit(cli_finish(r->code)); /* its source is in use until the process ends */
    for (unsigned i = 0; i < r->nslot; i++)
        release(&r->slots[i]);
    free(r->slots);
    return r->code;
}

/* ------------------------------------------------------------------- output */

/* The hash of what decides how each input is read. */
static uint64_t
chain_of_job(const cli_job *job)
{
    const int numbers[] = {(int)job->stage, (int)job->format, (int)job->kind, job->conllu, job->whole, job->force, job->duplicates, job->one_a_day, job->keep_html_map, job->reader.lexicon_only};
    uint64_t chain = cli_chain_string(0, chancery_version());
    chain = cli_chain(chain, numbers, sizeof numbers);
    chain = cli_chain(chain, &job->reader.min_confidence, sizeof job->reader.min_confidence);
    chain = cli_chain_string(chain, job->date);
    if (job->sink != NULL)
        chain = cli_chain_string(chain, job->sink->name);
    chain = cli_chain_string(chain, job->reader.model);
    chain = cli_chain_string(chain, job->reader.lexicon);
    for (size_t i = 0; i < job->reader.lexicon_dir_count; i++)
        chain = cli_chain_string(chain, job->lexicons[i]);
    for (int i = 0; i < job->field_count; i++)
        chain = cli_chain_string(chain, job->fields[i]);
    return chain;
}

static int
open_output(const cli_job *job, bool keep)
{
    if (job->output == NULL)
        return CLI_OK;
    int fd = open(job->output, O_WRONLY | O_CREAT | O_CLOEXEC | (keep ? 0 : O_TRUNC), 0666);
    if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0) {
        fprintf(stderr, "chancery: %s: cannot be written: %s\n", job->output, strerror(errno));
        return CLI_OUTPUT;
    }
    close(fd);
    return CLI_OK;
}

/* What later inputs are compared with; with a checkpoint, as it was then. */
static bool
open_met(run *r)
{
    const char *path = r->point.path;
    if (r->job->duplicates && !cli_seen_open(&r->seen, path, r->point.seen))
        return false;
    return !r->job->one_a_day || (r->days = cli_days_open(path, r->point.days)) != NULL;
}

/* Makes the output ready to go on behind what the checkpoint counts. */
static bool
go_behind(run *r, bool found)
{
    const cli_sink *sink = r->job->sink;
    uint64_t counted = r->point.output;
    if (sink == NULL)
        return cli_checkpoint_output(&r->point, found);
    if (!sink->commit(sink->context, &r->point.output))
        return false;
    if (found && r->point.output < counted)
        fprintf(stderr, "chancery: %s does not hold all that %s counts; give it as it was left, or remove the checkpoint to begin anew\n",
                sink->name, r->point.path);
    return !found || r->point.output >= counted;
}

/* Opens the output and, with a checkpoint, goes behind what it counts. */
static int
prepare(run *r)
{
    bool found = false;
    r->point.path = r->job->checkpoint;
    r->point.elsewhere = r->job->sink != NULL;
    r->chain = chain_of_job(r->job);
    if (r->point.path != NULL && !cli_checkpoint_load(&r->point, &found))
        return CLI_FAILED;
    int code = open_output(r->job, found);
    if (code != CLI_OK)
        return code;
    if (r->point.path == NULL)
        return open_met(r) ? CLI_OK : CLI_FAILED;
    if (!go_behind(r, found))
        return CLI_FAILED;
    if (found && r->point.counts.inputs == 0 && r->point.chain != r->chain)
        found = false; /* nothing was written: any command may begin */
    if (!found)
        r->point.chain = r->chain;
    r->counts = r->progress.before = r->point.counts;
    r->known = r->counts.inputs;
    r->known_chain = r->point.chain;
    r->code = r->counts.failed != 0 ? CLI_SOME : CLI_OK;
    if (!open_met(r))
        return CLI_FAILED;
    return save(r) ? CLI_OK : CLI_OUTPUT;
}

int
cli_run(const cli_job *job, char **files, int count)
{
    chancery_reader *reader;
    chancery_error err;
    if (chancery_reader_open(&reader, &job->reader, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_FAILED;
    }
    run r = {.job = job,
             .reader = reader,
             .files = files,
             .file_count = count,
             .progress = {.quiet = job->quiet, .events = job->stage >= CHANCERY_STAGE_EVENT},
             .lock = PTHREAD_MUTEX_INITIALIZER,
             .changed = PTHREAD_COND_INITIALIZER,
             .finished = PTHREAD_COND_INITIALIZER};
    catch_signals();
    int code = CLI_OK;
    if (job->sink != NULL && !job->sink->begin(job->sink->context, reader))
        code = CLI_OUTPUT;
    if (code == CLI_OK)
        code = prepare(&r);
    cli_progress_begin(&r.progress, files, count);
    if (code == CLI_OK)
        code = run_threads(&r);
    cli_seen_close(&r.seen);
    cli_days_close(r.days);
    chancery_reader_close(reader);
    return cli_finish(code);
}
