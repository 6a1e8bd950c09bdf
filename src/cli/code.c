#include "cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: chancery code [OPTION]... [FILE]...\n\n"
    "Codes reports: who did what to whom, when, where, and whether it happened.\n"
    "Without a file, or for \"-\", reads standard input.\n\n"
    "  -f, --format FORMAT  table (default on a terminal) or ndjson (default otherwise)\n"
    "      --min-confidence P  leave out events whose confidence is below P (0 to 1)\n"
    "      --duplicates     say of each document which earlier one it repeats, word for word or nearly\n"
    "      --one-a-day      of events of one day, pair of parties, type, status and place write the\n"
    "                       first alone\n"
    "      --keep-html-map  say of all that is quoted from a page where it stands in the page\n" CLI_RUN_HELP CLI_COMMON_HELP
    "\nExit status: 0 all was coded, 1 nothing could be, 2 wrong usage, 3 some inputs\n"
    "could not be read (each is told, and an `error` record), 4 the output could not\n"
    "be written.\n";

static bool
take_confidence(double *out, const char *argument)
{
    char *end;
    *out = strtod(argument, &end);
    return end != argument && *end == '\0' && *out >= 0 && *out <= 1;
}

static bool
take_format(cli_job *job, const char *name)
{
    bool table = strcmp(name, "table") == 0;
    job->format = table ? CHANCERY_TABLE : CHANCERY_NDJSON;
    return table || strcmp(name, "ndjson") == 0;
}

int
cmd_code(int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {"min-confidence", required_argument, NULL, CLI_MIN_CONFIDENCE},
                                            {"duplicates", no_argument, NULL, CLI_DUPLICATES},
                                            {"one-a-day", no_argument, NULL, CLI_ONE_A_DAY},
                                            {"keep-html-map", no_argument, NULL, CLI_KEEP_HTML_MAP},
                                            CLI_RUN_OPTIONS,
                                            {0}};
    cli_job job = {.command = "code", .stage = CHANCERY_STAGE_ALL, .format = CHANCERY_NDJSON};
    bool named = false;
    job.write = cli_terminal();
    for (int o; (o = cli_next_option(&job, argc, argv, "f:" CLI_RUN_LETTERS, options)) != -1;) {
        switch (o) {
        case CLI_TOLD:
            return CLI_USAGE;
        case 'h':
            fputs(help, stdout);
            return cli_finish(CLI_OK);
        case 'f':
            named = true;
            if (!take_format(&job, optarg))
                return cli_usage("code", "no format \"%s\"", optarg);
            break;
        case CLI_MIN_CONFIDENCE:
            if (!take_confidence(&job.reader.min_confidence, optarg))
                return cli_usage("code", "\"%s\" is no confidence from 0 to 1", optarg);
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
            return cli_usage("code", "unknown option");
        }
    }
    if (!named && job.output == NULL && isatty(STDOUT_FILENO))
        job.format = CHANCERY_TABLE;
    if ((job.duplicates || job.one_a_day || job.keep_html_map) && job.format != CHANCERY_NDJSON)
        return cli_usage("code", "--duplicates, --one-a-day and --keep-html-map need --format ndjson");
    return cli_run(&job, argv + optind, argc - optind);
}
