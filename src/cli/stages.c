/* The commands that run the pipeline up to one stage and print what it adds. */
#include "cli.h"

#include <getopt.h>
#include <string.h>

typedef struct {
    const char *name; /* NULL ends a list; the first is the default */
    chancery_format format;
} stage_format;

/* "ndjson or timeml" */
static void
print_formats(const stage_format *formats)
{
    for (const stage_format *f = formats; f->name != NULL; f++)
        printf("%s%s", f == formats ? "" : " or ", f->name);
}

static const stage_format *
find_format(const stage_format *formats, const char *name)
{
    for (const stage_format *f = formats; f->name != NULL; f++)
        if (strcmp(name, f->name) == 0)
            return f;
    return NULL;
}

/* One such command; `name` is also in its usage. */
static int
run_stage(int argc, char **argv, const char *name, const char *what, const stage_format *formats, chancery_stage stage)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'}, CLI_RUN_OPTIONS, {0}};
    /* Words and times are asked for of the text as it stands; who and where only of the report. */
    cli_job job = {.command = name, .whole = stage <= CHANCERY_STAGE_TIME, .stage = stage, .format = formats->format};
    for (int o; (o = cli_next_option(&job, argc, argv, "f:" CLI_RUN_LETTERS, options)) != -1;) {
        if (o == CLI_TOLD)
            return CLI_USAGE;
        if (o == 'h') {
            printf("usage: chancery %s [OPTION]... [FILE]...\n\n%s\n\n  -f, --format FORMAT  ", name, what);
            print_formats(formats);
            printf("\n" CLI_RUN_HELP CLI_COMMON_HELP "\nExit status: as for `chancery code`.\n");
            return cli_finish(CLI_OK);
        }
        if (o != 'f')
            return cli_usage(name, "unknown option");
        const stage_format *format = find_format(formats, optarg);
        if (format == NULL)
            return cli_usage(name, "no format \"%s\"", optarg);
        job.format = format->format;
    }
    return cli_run(&job, argv + optind, argc - optind);
}

int
cmd_parse(int argc, char **argv)
{
    static const stage_format formats[] = {{"conllu", CHANCERY_CONLLU}, {0}};
    return run_stage(argc, argv, "parse", "Prints sentences, words, tags, lemmas and dependencies.", formats, CHANCERY_STAGE_SYNTAX);
}

int
cmd_time(int argc, char **argv)
{
    static const stage_format formats[] = {{"ndjson", CHANCERY_TIMES}, {"timeml", CHANCERY_TIMEML}, {0}};
    return run_stage(argc, argv, "time",
                     "Prints time expressions with their TIMEX3 values: a document a line, or marked\nin the text as TimeML.", formats,
                     CHANCERY_STAGE_TIME);
}

int
cmd_places(int argc, char **argv)
{
    static const stage_format formats[] = {{"ndjson", CHANCERY_PLACES}, {0}};
    return run_stage(argc, argv, "places", "Prints places and where they are, a document a line.", formats, CHANCERY_STAGE_PLACE);
}

int
cmd_actors(int argc, char **argv)
{
    static const stage_format formats[] = {{"ndjson", CHANCERY_ACTORS}, {0}};
    return run_stage(argc, argv, "actors", "Prints every mention of an actor with its resolution and reason, a document a line.",
                     formats, CHANCERY_STAGE_ACTOR);
}
