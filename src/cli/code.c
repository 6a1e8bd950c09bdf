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
    "      --duplicates     say of each document which earlier one it repeats, word for word or nearly\n" CLI_RUN_HELP CLI_COMMON_HELP
    "\nExit status: 0 all was coded, 1 nothing could be, 2 wrong usage, 3 some inputs\n"
    "could not be read (each is told, and an `error` record), 4 the output could not\n"
    "be written.\n";

int
cmd_code(int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {"min-confidence", required_argument, NULL, CLI_MIN_CONFIDENCE},
                                            {"duplicates", no_argument, NULL, CLI_DUPLICATES},
                                            CLI_RUN_OPTIONS,
                                            {0}};
    cli_job job = {.command = "code", .stage = CHANCERY_STAGE_ALL, .format = CHANCERY_NDJSON};
    bool named = false;
    job.write = cli_terminal();
    for (int o; (o = getopt_long(argc, argv, "f:" CLI_RUN_LETTERS, options, NULL)) != -1;) {
        int common = cli_run_option(&job, o, optarg);
        if (common < 0)
            return CLI_USAGE;
        if (common > 0)
            continue;
        if (o == 'h') {
            fputs(help, stdout);
            return cli_finish(CLI_OK);
        }
        if (o == CLI_MIN_CONFIDENCE) {
            char *end;
            job.reader.min_confidence = strtod(optarg, &end);
            if (end == optarg || *end != '\0' || !(job.reader.min_confidence >= 0 && job.reader.min_confidence <= 1))
                return cli_usage("code", "\"%s\" is no confidence from 0 to 1", optarg);
            continue;
        }
        if (o == CLI_DUPLICATES) {
            job.duplicates = true;
            continue;
        }
        if (o != 'f')
            return cli_usage("code", "unknown option");
        named = true;
        if (strcmp(optarg, "table") == 0)
            job.format = CHANCERY_TABLE;
        else if (strcmp(optarg, "ndjson") == 0)
            job.format = CHANCERY_NDJSON;
        else
            return cli_usage("code", "no format \"%s\"", optarg);
    }
    if (!named && job.output == NULL && isatty(STDOUT_FILENO))
        job.format = CHANCERY_TABLE;
    if (job.duplicates && job.format != CHANCERY_NDJSON)
        return cli_usage("code", "--duplicates needs --format ndjson");
    return cli_run(&job, argv + optind, argc - optind);
}
