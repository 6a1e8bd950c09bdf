/* Reading many documents on many threads, writing them in the order of the input.
 *
 * The main thread takes texts from the sources into a ring of slots; workers
 * read them; the writer prints the oldest slot once it is done. A slot goes
 *
 *     FREE --main--> READY --worker--> BUSY --worker--> DONE --writer--> FREE
 *
 * 1. Slots are filled, and freed, in the order of the input: `filled` and
 *    `written` only grow, and written <= taken <= filled <= written + nslot.
 * 2. All fields of a slot belong to whoever holds it in this order; `lock`
 *    guards the states and counters alone.
 * 3. Once `stop` is set (output failed), nobody takes further work. */
#include "cli.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More threads than this share one memory bus without gain. */
#define THREADS_MAX 256
/* Slots a thread: enough that a long report does not make the others wait. */
#define SLOTS_PER_THREAD 4

typedef enum { SLOT_FREE, SLOT_READY, SLOT_BUSY, SLOT_DONE } slot_state;

typedef struct {
    slot_state state;
    chancery_input input; /* its strings are ours */
    chancery_error error; /* .status CHANCERY_OK: `out` is the document */
    char *out;
    size_t len;
} slot;

typedef struct {
    const cli_job *job;
    const chancery_reader *reader;
    slot *slots;
    unsigned nslot;
    unsigned long filled, taken, written;
    bool ended; /* no further input comes */
    bool stop;
    int code;
    pthread_mutex_t lock;
    pthread_cond_t changed;
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
    if (text == NULL)
        return false;
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
                                .whole = in->whole};
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
    chancery_free(s->out);
    *s = (slot){0};
}

/* ----------------------------------------------------------------- workers */

static void
read_slot(const run *r, slot *s)
{
    chancery_document *doc;
    chancery_status status = r->job->conllu ? chancery_read_conllu(&doc, r->reader, &s->input, r->job->stage, &s->error)
                                            : chancery_read(&doc, r->reader, &s->input, r->job->stage, &s->error);
    if (status == CHANCERY_OK)
        status = chancery_write(&s->out, &s->len, doc, r->job->format, &r->job->write, &s->error);
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

static bool
write_error_record(const slot *s)
{
    char *record;
    size_t len;
    if (chancery_write_error(&record, &len, s->input.id, &s->error) != CHANCERY_OK)
        return true;
    bool ok = cli_write(record, len);
    chancery_free(record);
    return ok;
}

static bool
write_slot(run *r, const slot *s)
{
    if (s->error.status == CHANCERY_OK)
        return cli_write(s->out, s->len) && (r->job->format != CHANCERY_TABLE || cli_write("\n", 1));
    chancery_error told = s->error;
    if (told.file[0] == '\0' && s->input.id != NULL)
        snprintf(told.file, sizeof told.file, "%s", s->input.id);
    cli_complain(&told);
    r->code = CLI_SOME;
    return r->job->format != CHANCERY_NDJSON || write_error_record(s);
}

static void *
write_all(void *context)
{
    run *r = context;
    pthread_mutex_lock(&r->lock);
    while (true) {
        slot *s = &r->slots[r->written % r->nslot];
        while (!(r->written < r->filled && s->state == SLOT_DONE) && !(r->ended && r->written == r->filled))
            pthread_cond_wait(&r->changed, &r->lock);
        if (r->written == r->filled)
            break;
        bool last_for_now = r->written + 1 == r->filled || r->slots[(r->written + 1) % r->nslot].state != SLOT_DONE;
        pthread_mutex_unlock(&r->lock);
        bool ok = write_slot(r, s);
        if (ok && last_for_now && fflush(stdout) != 0) {
            perror("chancery: standard output");
            ok = false;
        }
        pthread_mutex_lock(&r->lock);
        if (!ok) {
            r->stop = true;
            r->code = CLI_OUTPUT;
            pthread_cond_broadcast(&r->changed);
            break;
        }
        release(s);
        r->written++;
        pthread_cond_broadcast(&r->changed);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* ------------------------------------------------------------------- input */

/* Puts one input, or the failure to get it, into the next slot; false when the
 * run is over. */
static bool
put(run *r, const chancery_input *in, const chancery_error *failure)
{
    pthread_mutex_lock(&r->lock);
    while (!r->stop && r->filled - r->written == r->nslot)
        pthread_cond_wait(&r->changed, &r->lock);
    bool go_on = !r->stop;
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
    pthread_mutex_lock(&r->lock);
    s->state = SLOT_READY;
    r->filled++;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    return true;
}

static bool
read_file(run *r, const char *path)
{
    chancery_source *source;
    chancery_error err = {.status = CHANCERY_OK};
    chancery_input in = {.id = path};
    if (chancery_source_open(&source, path, r->job->kind, &err) != CHANCERY_OK)
        return put(r, &in, &err);
    for (int i = 0; i < r->job->field_count; i++)
        if (chancery_source_map(source, r->job->fields[i], &err) != CHANCERY_OK) {
            chancery_source_close(source);
            return put(r, &in, &err);
        }
    bool go_on = true;
    while (go_on) {
        in = (chancery_input){.id = NULL};
        chancery_status status = chancery_source_next(source, &in, &err);
        if (status == CHANCERY_END)
            break;
        in.option_date = r->job->date;
        in.whole = r->job->whole;
        in.force = r->job->force;
        go_on = put(r, &in, status == CHANCERY_OK ? NULL : &err);
        if (status == CHANCERY_E_IO || status == CHANCERY_E_NOMEM)
            break;
    }
    chancery_source_close(source);
    return go_on;
}

static void
read_files(run *r, char **files, int count)
{
    bool go_on = true;
    if (count == 0)
        read_file(r, "-");
    for (int i = 0; i < count && go_on; i++)
        go_on = read_file(r, files[i]);
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

static int
run_threads(run *r, char **files, int count)
{
    pthread_t writer, workers[THREADS_MAX];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int want = r->job->threads > 0 ? r->job->threads : processors > 0 ? (int)processors : 1;
    int made = 0;
    if (want > THREADS_MAX)
        want = THREADS_MAX;
    r->nslot = (unsigned)want * SLOTS_PER_THREAD;
    r->slots = calloc(r->nslot, sizeof *r->slots);
    if (r->slots == NULL || pthread_create(&writer, NULL, write_all, r) != 0) {
        free(r->slots);
        fprintf(stderr, "chancery: not enough memory to start\n");
        return CLI_FAILED;
    }
    while (made < want && pthread_create(&workers[made], NULL, work, r) == 0)
        made++;
    if (made == 0) {
        fprintf(stderr, "chancery: no thread can be started\n");
        r->code = CLI_FAILED;
        pthread_mutex_lock(&r->lock);
        r->ended = true;
        pthread_cond_broadcast(&r->changed);
        pthread_mutex_unlock(&r->lock);
    } else
        read_files(r, files, count);
    for (int i = 0; i < made; i++)
        pthread_join(workers[i], NULL);
    pthread_join(writer, NULL);
    for (unsigned i = 0; i < r->nslot; i++)
        release(&r->slots[i]);
    free(r->slots);
    return r->code;
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
    run r = {.job = job, .reader = reader, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    int code = run_threads(&r, files, count);
    chancery_reader_close(reader);
    return cli_finish(code);
}

/* ----------------------------------------------------------------- options */

static bool
take_kind(cli_job *job, const char *name)
{
    static const struct {
        const char *name;
        chancery_source_kind kind;
        bool conllu;
    } kinds[] = {
        {"auto", CHANCERY_SOURCE_AUTO, false},
        {"text", CHANCERY_SOURCE_TEXT, false},
        {"ndjson", CHANCERY_SOURCE_NDJSON, false},
        {"html", CHANCERY_SOURCE_HTML, false},
        {"csv", CHANCERY_SOURCE_CSV, false},
        {"feed", CHANCERY_SOURCE_FEED, false},
        {"warc", CHANCERY_SOURCE_WARC, false},
        {"conllu", CHANCERY_SOURCE_TEXT, true},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, kinds[i].name) == 0) {
            job->kind = kinds[i].kind;
            job->conllu = kinds[i].conllu;
            return true;
        }
    return false;
}

/* A folder of text is added, a file replaces the compiled lexicon. */
static bool
take_lexicon(cli_job *job, const char *path, bool folder)
{
    struct stat st;
    if (!folder && (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))) {
        job->reader.lexicon = path;
        return true;
    }
    if (job->reader.lexicon_dir_count == CLI_LEXICONS_MAX) {
        cli_usage(job->command, "more than %d lexicons", CLI_LEXICONS_MAX);
        return false;
    }
    job->lexicons[job->reader.lexicon_dir_count++] = path;
    job->reader.lexicon_dirs = job->lexicons;
    return true;
}

int
cli_common_option(cli_job *job, int option, const char *argument)
{
    char *end;
    long number;
    switch (option) {
    case 'M':
        job->reader.model = argument;
        return 1;
    case 'L':
    case 'O':
        job->reader.lexicon_only = job->reader.lexicon_only || option == 'O';
        return take_lexicon(job, argument, option == 'O') ? 1 : -1;
    case 'd':
        job->date = argument;
        return 1;
    case 'i':
        if (take_kind(job, argument))
            return 1;
        cli_usage(job->command, "no kind of input \"%s\"", argument);
        return -1;
    case CLI_FORCE:
        job->force = true;
        return 1;
    case 'F':
        if (strchr(argument, '=') == NULL || job->field_count == CLI_FIELDS_MAX) {
            cli_usage(job->command, "\"%s\" is no field; write text=NAME", argument);
            return -1;
        }
        job->fields[job->field_count++] = argument;
        return 1;
    case 'j':
        errno = 0;
        number = strtol(argument, &end, 10);
        if (errno == 0 && *end == '\0' && number >= 1 && number <= THREADS_MAX) {
            job->threads = (int)number;
            return 1;
        }
        cli_usage(job->command, "\"%s\" is no number of threads from 1 to %d", argument, THREADS_MAX);
        return -1;
    default:
        return 0;
    }
}
