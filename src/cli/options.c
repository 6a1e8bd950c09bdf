/* The options that all reading commands have. */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
        if (errno == 0 && *end == '\0' && number >= 1 && number <= CLI_THREADS_MAX) {
            job->threads = (int)number;
            return 1;
        }
        cli_usage(job->command, "\"%s\" is no number of threads from 1 to %d", argument, CLI_THREADS_MAX);
        return -1;
    default:
        return 0;
    }
}

/* What commands take besides that read documents with cli_run(). */
static int
run_option(cli_job *job, int option, const char *argument)
{
    switch (option) {
    case 'o':
        job->output = argument;
        return 1;
    case 'q':
        job->quiet = true;
        return 1;
    case CLI_CHECKPOINT:
        job->checkpoint = argument;
        return 1;
    default:
        return cli_common_option(job, option, argument);
    }
}

int
cli_next_option(cli_job *job, int argc, char **argv, const char *letters, const struct option *options)
{
    for (int option; (option = getopt_long(argc, argv, letters, options, NULL)) != -1;) {
        int taken = run_option(job, option, optarg);
        if (taken < 0)
            return CLI_TOLD;
        if (taken == 0)
            return option;
    }
    return -1;
}

chancery_status
cli_open_source(chancery_source **out, const char *path, const cli_job *job, const chancery_reader *reader, chancery_error *err)
{
    chancery_status status = chancery_source_open(out, path, job->kind, err);
    if (status != CHANCERY_OK)
        return status;
    status = chancery_source_use(*out, reader, err);
    for (int i = 0; i < job->field_count && status == CHANCERY_OK; i++)
        status = chancery_source_map(*out, job->fields[i], err);
    if (job->keep_html_map)
        chancery_source_keep_page_runs(*out);
    if (status != CHANCERY_OK) {
        chancery_source_close(*out);
        *out = NULL;
    }
    return status;
}
