#include "cli.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
} commands[] = {
    {"code", cmd_code, "code reports: events with actors, dates, places and status"},
    {"store", cmd_store, "code reports into a database, SQLite or PostgreSQL"},
    {"query", cmd_query, "ask a store: records, counts, documents"},
    {"dossier", cmd_dossier, "say what a store holds of somebody"},
    {"explain", cmd_explain, "say why a record is as it is"},
    {"export", cmd_export, "write records in the shapes that other programs read"},
    {"parse", cmd_parse, "print sentences, words and dependencies (CoNLL-U)"},
    {"time", cmd_time, "print time expressions and their values"},
    {"places", cmd_places, "print places and where they are"},
    {"actors", cmd_actors, "print who is who"},
    {"lexicon", cmd_lexicon, "check, compile, ask and extend the lexicon"},
    {"frames", cmd_frames, "run the examples written beside the frames"},
    {"train", cmd_train, "train a model from treebanks"},
};

#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static void
print_help(FILE *to)
{
    fprintf(to, "usage: chancery COMMAND [OPTION]... [FILE]...\n\n"
                "Reads news reports and keeps the record: who did what to whom, when, where,\n"
                "in whose words, and whether it happened.\n\ncommands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fprintf(to, "\n`chancery COMMAND --help` tells more; so does `man chancery-COMMAND`.\n");
}

int
main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write(), told like any other */
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("chancery %s\n", chancery_version());
        return cli_finish(CLI_OK);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return cli_finish(CLI_OK);
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "chancery: no command \"%s\"; see `chancery --help`\n", argv[1]);
    return CLI_USAGE;
}

void
cli_complain(const chancery_error *err)
{
    if (err->file[0] != '\0' && err->at != 0)
        fprintf(stderr, "chancery: %s: at %llu: %s\n", err->file, (unsigned long long)err->at, err->message);
    else if (err->file[0] != '\0')
        fprintf(stderr, "chancery: %s: %s\n", err->file, err->message);
    else
        fprintf(stderr, "chancery: %s\n", err->message);
}

void
cli_print_complaint(void *context, const chancery_complaint *c)
{
    FILE *to = context != NULL ? context : stderr;
    fprintf(to, "%s:%u:%u: %s: %s; %s\n", c->file, c->line, c->column, c->fatal ? "error" : "warning", c->message, c->remedy);
}

bool
cli_write(const char *bytes, size_t len)
{
    if (fwrite(bytes, 1, len, stdout) == len)
        return true;
    perror("chancery: standard output");
    return false;
}

int
cli_finish(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    if (code != CLI_OUTPUT)
        perror("chancery: standard output");
    return CLI_OUTPUT;
}

chancery_write_options
cli_terminal(void)
{
    chancery_write_options options = {.width = 100};
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        options.width = size.ws_col;
    const char *no_colour = getenv("NO_COLOR");
    options.colour = isatty(STDOUT_FILENO) && (no_colour == NULL || no_colour[0] == '\0');
    return options;
}

int
cli_usage(const char *name, const char *format, ...)
{
    fprintf(stderr, "chancery %s: ", name);
    va_list ap;
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fprintf(stderr, "; see `chancery %s --help`\n", name);
    return CLI_USAGE;
}
