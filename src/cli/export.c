/* Writes records in the shapes that other programs read. */
#include "cli.h"
#include "store/store.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files of a folder that are open at once: the tables of CSV. */
#define OPEN_MAX_FILES 16
#define STATUSES_MAX 8

enum { EXPORT_KIND = 2000, EXPORT_STATUS, EXPORT_REPEATS, EXPORT_FIRST_ID, EXPORT_DICTIONARY, EXPORT_FORMATS };

static const char help[] = "usage: chancery export --format FORMAT [OPTION]... [RECORDS]...\n\n"
                           "Writes records that `chancery code` wrote as NDJSON, or that a store holds (a file\n"
                           "of SQLite, postgres://...), in the shape of another program's. Without a file, or\n"
                           "for \"-\", reads standard input.\n\n"
                           "  -f, --format FORMAT  phoenix, petrarch2, icews, gdelt, gdelt-mentions, polecat, csv,\n"
                           "                       icalendar, geojson, graphml or timeml; --formats tells more\n"
                           "  -o, --output PATH    write to a file, or into a folder: one file a table (csv) or a\n"
                           "                       document (timeml)\n"
                           "      --kind KIND      of csv: document, event (default), participant, statement, amount,\n"
                           "                       vote, ballot or relation\n"
                           "      --status LIST    events of these statuses, parted by commas, and not those that the\n"
                           "                       format would take as done\n"
                           "      --repeats        also events that restate another one of their document\n"
                           "      --min-confidence P  leave out events whose confidence is below P (0 to 1)\n"
                           "      --first-id N     number the rows from N (default 1)\n"
                           "      --formats        list the formats\n"
                           "      --data-dictionary[=FORM]  print the columns of the format, or of all, as csv or markdown\n"
                           "  -L, --lexicon PATH   a folder of lexicon text to add (layouts and codes of your own), or\n"
                           "                       another compiled lexicon\n"
                           "      --only-lexicon DIR  who there is from this folder alone\n"
                           "  -q, --quiet          no summary on standard error\n"
                           "  -h, --help           this text\n"
                           "\nExit status: 0 all was exported, 1 it could not be, 2 wrong usage, 4 the output\n"
                           "could not be written.\n";

typedef struct {
    char *name;
    FILE *file;
} open_file;

typedef struct {
    const char *folder; /* NULL: all goes to `file` */
    FILE *file;
    open_file files[OPEN_MAX_FILES];
    size_t count;
    bool failed; /* and told */
} target;

static bool
tell(target *t, const char *name)
{
    fprintf(stderr, "chancery export: %s: %s\n", name, strerror(errno));
    t->failed = true;
    return false;
}

static bool
close_file(target *t, open_file *f)
{
    bool closed = fclose(f->file) == 0;
    if (!closed)
        tell(t, f->name);
    free(f->name);
    return closed;
}

/* A file is asked for until all of it is there; then never again. */
static FILE *
file_of(target *t, const char *name)
{
    char path[4096];
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(t->files[i].name, name) == 0)
            return t->files[i].file;
    if (t->count == OPEN_MAX_FILES) {
        close_file(t, &t->files[0]);
        memmove(t->files, t->files + 1, (--t->count) * sizeof *t->files);
    }
    open_file f = {.name = strdup(name)};
    if (f.name == NULL || (size_t)snprintf(path, sizeof path, "%s/%s", t->folder, name) >= sizeof path)
        errno = ENAMETOOLONG;
    else
        f.file = fopen(path, "wb");
    if (f.file == NULL) {
        tell(t, name);
        free(f.name);
        return NULL;
    }
    t->files[t->count++] = f;
    return f.file;
}

static bool
put(void *context, const char *name, const char *bytes, size_t len)
{
    target *t = context;
    FILE *file = t->folder != NULL ? file_of(t, name) : t->file;
    if (file == NULL || t->failed)
        return false;
    return fwrite(bytes, 1, len, file) == len ? true : tell(t, t->folder != NULL ? name : "output");
}

static bool
is_folder(const char *path)
{
    struct stat st;
    size_t len = strlen(path);
    return len != 0 && (path[len - 1] == '/' || (stat(path, &st) == 0 && S_ISDIR(st.st_mode)));
}

static bool
open_target(target *t, const char *output)
{
    t->file = stdout;
    if (output == NULL)
        return true;
    if (is_folder(output)) {
        t->folder = output;
        return mkdir(output, 0777) == 0 || errno == EEXIST || tell(t, output);
    }
    t->file = fopen(output, "wb");
    return t->file != NULL || tell(t, output);
}

static bool
close_target(target *t)
{
    for (size_t i = 0; i < t->count; i++)
        close_file(t, &t->files[i]);
    if (t->file != NULL && t->file != stdout && fclose(t->file) != 0)
        tell(t, "output");
    return !t->failed;
}

/* ------------------------------------------------------------------ summary */

static void
tell_count(uint64_t count, const char *what)
{
    if (count != 0)
        fprintf(stderr, "chancery export: left out: %llu %s\n", (unsigned long long)count, what);
}

static void
summarize(const chancery_export_counts *c)
{
    fprintf(stderr, "chancery export: %llu document%s, %llu record%s, %llu row%s", (unsigned long long)c->documents,
            c->documents == 1 ? "" : "s", (unsigned long long)c->records, c->records == 1 ? "" : "s", (unsigned long long)c->rows,
            c->rows == 1 ? "" : "s");
    if (c->last_id != 0)
        fprintf(stderr, "; the last has number %llu", (unsigned long long)c->last_id);
    fputc('\n', stderr);
    tell_count(c->status, "of another status (--status)");
    tell_count(c->intent, "planned, and CAMEO has no code for the intent");
    tell_count(c->repeats, "restating others of their document (--repeats)");
    tell_count(c->confidence, "below the confidence asked for");
    tell_count(c->code, "without a CAMEO code");
    tell_count(c->party, "without an actor or recipient that has a code");
    tell_count(c->day, "without a day");
    tell_count(c->place, "without a place that has a point");
    tell_count(c->once, "rows like an earlier one of the document");
    tell_count(c->cut, "pairs of events with too many parties");
}

/* ------------------------------------------------------------------ options */

typedef struct {
    chancery_export_options export;
    cli_job job; /* for the lexicon's options */
    const char *statuses[STATUSES_MAX];
    const char *output;
    bool quiet;
    bool dictionary, formats;
    chancery_dictionary_form form;
} options;

/* Splits the argument in its place. */
static bool
take_statuses(options *o, char *list)
{
    for (char *rest = NULL, *word = strtok_r(list, ",", &rest); word != NULL; word = strtok_r(NULL, ",", &rest)) {
        if (o->export.status_count == STATUSES_MAX)
            return false;
        o->statuses[o->export.status_count++] = word;
    }
    o->export.statuses = o->statuses;
    return o->export.status_count != 0;
}

static bool
take_number(uint64_t *out, const char *argument)
{
    char *end;
    errno = 0;
    *out = strtoull(argument, &end, 10);
    return errno == 0 && end != argument && *end == '\0' && *out >= 1 && argument[0] != '-';
}

static bool
take_form(options *o, const char *argument)
{
    o->dictionary = true;
    o->form = argument != NULL && strcmp(argument, "markdown") == 0 ? CHANCERY_DICTIONARY_MARKDOWN : CHANCERY_DICTIONARY_CSV;
    return argument == NULL || strcmp(argument, "markdown") == 0 || strcmp(argument, "csv") == 0;
}

static bool
take_confidence(double *out, const char *argument)
{
    char *end;
    *out = strtod(argument, &end);
    return end != argument && *end == '\0' && *out >= 0 && *out <= 1;
}

/* CLI_OK when it was taken, else the exit status. */
static int
take_option(options *o, int option, char *argument)
{
    switch (option) {
    case 'f': o->export.format = argument; return CLI_OK;
    case 'o': o->output = argument; return CLI_OK;
    case 'q': o->quiet = true; return CLI_OK;
    case EXPORT_KIND: o->export.kind = argument; return CLI_OK;
    case EXPORT_REPEATS: o->export.repeats = true; return CLI_OK;
    case EXPORT_FORMATS: o->formats = true; return CLI_OK;
    case EXPORT_STATUS: return take_statuses(o, argument) ? CLI_OK : cli_usage("export", "give statuses parted by commas");
    case EXPORT_FIRST_ID:
        return take_number(&o->export.first_id, argument) ? CLI_OK : cli_usage("export", "\"%s\" is no number from 1", argument);
    case EXPORT_DICTIONARY:
        return take_form(o, argument) ? CLI_OK : cli_usage("export", "a dictionary is csv or markdown, not \"%s\"", argument);
    case CLI_MIN_CONFIDENCE:
        return take_confidence(&o->export.min_confidence, argument)
                   ? CLI_OK
                   : cli_usage("export", "\"%s\" is no confidence from 0 to 1", argument);
    default:
        return option != '?' && cli_common_option(&o->job, option, argument) > 0 ? CLI_OK : cli_usage("export", "unknown option");
    }
}

static int
print_dictionary(const options *o)
{
    char *text;
    size_t len;
    chancery_error err;
    if (chancery_export_formats(&text, &len, o->export.format, o->formats ? CHANCERY_DICTIONARY_FORMATS : o->form, &o->job.reader,
                                &err) != CHANCERY_OK) {
        cli_complain(&err);
        return err.status == CHANCERY_E_ARGUMENT ? CLI_USAGE : CLI_FAILED;
    }
    bool written = cli_write(text, len);
    chancery_free(text);
    return written ? CLI_OK : CLI_OUTPUT;
}

/* ------------------------------------------------------------------- stores */

static chancery_status
export_records(chancery_export *x, ch_store *store, int64_t document, chancery_error *err)
{
    ch_rows *rows;
    ch_cell key = ch_cell_integer(document);
    chancery_status status = ch_rows_open(&rows, store, "SELECT json FROM record WHERE document = $1 ORDER BY key", &key, 1, err);
    if (status != CHANCERY_OK)
        return status;
    while ((status = ch_rows_next(rows, err)) == CHANCERY_OK) {
        ch_str line = ch_rows_text(rows, 0);
        status = chancery_export_line(x, line.at, line.len, err);
        if (status != CHANCERY_OK)
            break;
    }
    ch_rows_close(rows);
    return status == CHANCERY_END ? CHANCERY_OK : status;
}

/* The document behind the one of key *last, which is then its own; CHANCERY_END
 * behind the last. */
static chancery_status
export_document(chancery_export *x, ch_store *store, int64_t *last, chancery_error *err)
{
    ch_rows *rows;
    ch_cell key = ch_cell_integer(*last);
    chancery_status status =
        ch_rows_open(&rows, store, "SELECT key, line FROM document_line WHERE key > $1 ORDER BY key LIMIT 1", &key, 1, err);
    if (status != CHANCERY_OK)
        return status;
    status = ch_rows_next(rows, err);
    if (status == CHANCERY_OK) {
        ch_str line = ch_rows_text(rows, 1);
        *last = ch_rows_integer(rows, 0);
        status = chancery_export_line(x, line.at, line.len, err);
    }
    ch_rows_close(rows);
    return status == CHANCERY_OK ? export_records(x, store, *last, err) : status;
}

static chancery_status
export_store(chancery_export *x, const char *where, chancery_error *err)
{
    ch_store *store;
    int64_t last = INT64_MIN;
    chancery_status status = ch_store_open(&store, where, CH_STORE_READ, err);
    if (status != CHANCERY_OK)
        return status;
    while (status == CHANCERY_OK)
        status = export_document(x, store, &last, err);
    ch_store_close(store);
    return status == CHANCERY_END ? CHANCERY_OK : status;
}

static int
export_files(const options *o, char **files, int count, target *t)
{
    static char *standard_input[] = {"-"};
    chancery_export *x;
    chancery_export_counts counts;
    chancery_error err;
    chancery_status status = chancery_export_new(&x, &o->export, put, t, &err);
    if (count == 0) {
        files = standard_input;
        count = 1;
    }
    for (int i = 0; status == CHANCERY_OK && i < count; i++)
        status = ch_store_is_one(files[i]) ? export_store(x, files[i], &err) : chancery_export_read(x, files[i], &err);
    if (status == CHANCERY_OK)
        status = chancery_export_end(x, &counts, &err);
    chancery_export_free(x);
    if (status == CHANCERY_OK && !o->quiet)
        summarize(&counts);
    if (status == CHANCERY_OK)
        return CLI_OK;
    if (t->failed)
        return CLI_OUTPUT;
    cli_complain(&err);
    return status == CHANCERY_E_ARGUMENT ? CLI_USAGE : CLI_FAILED;
}

int
cmd_export(int argc, char **argv)
{
    static const struct option long_options[] = {{"format", required_argument, NULL, 'f'},
                                                 {"output", required_argument, NULL, 'o'},
                                                 {"kind", required_argument, NULL, EXPORT_KIND},
                                                 {"status", required_argument, NULL, EXPORT_STATUS},
                                                 {"repeats", no_argument, NULL, EXPORT_REPEATS},
                                                 {"min-confidence", required_argument, NULL, CLI_MIN_CONFIDENCE},
                                                 {"first-id", required_argument, NULL, EXPORT_FIRST_ID},
                                                 {"formats", no_argument, NULL, EXPORT_FORMATS},
                                                 {"data-dictionary", optional_argument, NULL, EXPORT_DICTIONARY},
                                                 {"lexicon", required_argument, NULL, 'L'},
                                                 {"only-lexicon", required_argument, NULL, 'O'},
                                                 {"quiet", no_argument, NULL, 'q'},
                                                 {"help", no_argument, NULL, 'h'},
                                                 {0}};
    options o = {.job = {.command = "export"}};
    target t = {.folder = NULL};
    for (int option; (option = getopt_long(argc, argv, "f:o:L:qh", long_options, NULL)) != -1;) {
        if (option == 'h') {
            fputs(help, stdout);
            return cli_finish(CLI_OK);
        }
        int taken = take_option(&o, option, optarg);
        if (taken != CLI_OK)
            return taken;
    }
    o.export.lexicon = &o.job.reader;
    if (o.formats || o.dictionary)
        return cli_finish(print_dictionary(&o));
    if (o.export.format == NULL)
        return cli_usage("export", "say which --format");
    if (o.export.kind != NULL && strcmp(o.export.format, "csv") != 0)
        return cli_usage("export", "--kind is of --format csv");
    if (o.output != NULL && is_folder(o.output) && strcmp(o.export.format, "csv") != 0 && strcmp(o.export.format, "timeml") != 0)
        return cli_usage("export", "%s is one file, not a folder", o.export.format);
    if (!open_target(&t, o.output))
        return CLI_OUTPUT;
    o.export.split = t.folder != NULL;
    int code = export_files(&o, argv + optind, argc - optind, &t);
    if (!close_target(&t) && code == CLI_OK)
        code = CLI_OUTPUT;
    return cli_finish(code);
}
