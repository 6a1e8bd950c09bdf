/* The commands that run the pipeline up to one stage and print what it adds. */
#include "cli.h"

#include <getopt.h>
#include <string.h>

/* One such command; `name` is also in its usage. */
static int
run_stage(int argc, char **argv, const char *name, const char *what, const char *only_format, chancery_stage stage,
          chancery_format format)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'}, CLI_COMMON_OPTIONS, {0}};
    /* Words and times are asked for of the text as it stands; who and where only of the report. */
    cli_job job = {.command = name, .whole = stage <= CHANCERY_STAGE_TIME, .stage = stage, .format = format};
    for (int o; (o = getopt_long(argc, argv, "f:" CLI_COMMON_LETTERS, options, NULL)) != -1;) {
        int common = cli_common_option(&job, o, optarg);
        if (common < 0)
            return CLI_USAGE;
        if (common > 0)
            continue;
        if (o == 'h') {
            printf("usage: chancery %s [OPTION]... [FILE]...\n\n%s\n\n  -f, --format FORMAT  %s\n" CLI_COMMON_HELP
                   "\nExit status: as for `chancery code`.\n",
                   name, what, only_format);
            return cli_finish(CLI_OK);
        }
        if (o != 'f')
            return cli_usage(name, "unknown option");
        if (strcmp(optarg, only_format) != 0)
            return cli_usage(name, "no format \"%s\"", optarg);
    }
    return cli_run(&job, argv + optind, argc - optind);
}

int
cmd_parse(int argc, char **argv)
{
    return run_stage(argc, argv, "parse", "Prints sentences, words, tags, lemmas and dependencies.", "conllu", CHANCERY_STAGE_SYNTAX,
                     CHANCERY_CONLLU);
}

int
cmd_time(int argc, char **argv)
{
    return run_stage(argc, argv, "time", "Prints time expressions with their TIMEX3 values, a document a line.", "ndjson",
                     CHANCERY_STAGE_TIME, CHANCERY_TIMES);
}

int
cmd_places(int argc, char **argv)
{
    return run_stage(argc, argv, "places", "Prints places and where they are, a document a line.", "ndjson", CHANCERY_STAGE_PLACE,
                     CHANCERY_PLACES);
}

int
cmd_actors(int argc, char **argv)
{
    return run_stage(argc, argv, "actors", "Prints every mention of an actor with its resolution and reason, a document a line.",
                     "ndjson", CHANCERY_STAGE_ACTOR, CHANCERY_ACTORS);
}
