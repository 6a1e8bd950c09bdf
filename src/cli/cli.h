/* cli/cli.h: what the subcommands share. Each is one file, cmd_NAME(). */
#ifndef CHANCERY_CLI_CLI_H
#define CHANCERY_CLI_CLI_H

#include "chancery.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>

/* Exit codes; they are in the manual. */
enum {
    CLI_OK = 0,
    CLI_FAILED = 1, /* the work could not be done: nothing useful was printed */
    CLI_USAGE = 2,  /* the command line makes no sense */
    CLI_SOME = 3,   /* some inputs could not be read; the rest was done */
    CLI_OUTPUT = 4  /* what was to be written could not be (full disk, closed pipe) */
};

int cmd_actors(int argc, char **argv);
int cmd_code(int argc, char **argv);
int cmd_dossier(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_frames(int argc, char **argv);
int cmd_lexicon(int argc, char **argv);
int cmd_parse(int argc, char **argv);
int cmd_places(int argc, char **argv);
int cmd_query(int argc, char **argv);
int cmd_store(int argc, char **argv);
int cmd_time(int argc, char **argv);
int cmd_train(int argc, char **argv);

/* Prints "chancery: FILE: MESSAGE" to standard error. */
void cli_complain(const chancery_error *err);

/* Prints one complaint of the lexicon's checker as file:line:column. */
void cli_print_complaint(void *context, const chancery_complaint *complaint);

/* Writes all of `bytes` to standard output; false, once told, when it fails. */
bool cli_write(const char *bytes, size_t len);

/* Flushes standard output and gives `code`, or CLI_OUTPUT when that fails. */
int cli_finish(int code);

/* Columns of the terminal, or 100; whether to use colour: only on a terminal,
 * and not when NO_COLOR is set. */
chancery_write_options cli_terminal(void);

/* "chancery NAME: TEXT; see `chancery NAME --help`" to standard error; CLI_USAGE. */
int cli_usage(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Most folders given with --lexicon and --only-lexicon. */
#define CLI_LEXICONS_MAX 32

/* Fields of an input that may have another name. */
#define CLI_FIELDS_MAX 16

/* More threads than this share one memory bus without gain. */
#define CLI_THREADS_MAX 256

/* What getopt_long gives for options without a letter. */
#define CLI_FORCE 1000
#define CLI_CHECKPOINT 1001
#define CLI_MIN_CONFIDENCE 1002
#define CLI_DUPLICATES 1003
#define CLI_ONE_A_DAY 1004
#define CLI_KEEP_HTML_MAP 1005

/* What became of lines that a sink was given. */
typedef enum {
    CLI_SINK_TOOK,
    CLI_SINK_REFUSED, /* them alone; it is told */
    CLI_SINK_FAILED   /* it takes no more; it is told */
} cli_sink_outcome;

/* Where a run's records go that are not printed. All of it is called by one thread
 * at a time. */
typedef struct {
    const char *name; /* part of what a checkpoint is of */
    void *context;
    /* Before the first lines: what they are read by. False, once told, on failure. */
    bool (*begin)(void *context, const chancery_reader *reader);
    /* The lines of one document, or of one that could not be read. */
    cli_sink_outcome (*write)(void *context, const char *lines, size_t len);
    /* What was written stays now; *position, which only grows, tells how far. False,
     * once told, on failure. */
    bool (*commit)(void *context, uint64_t *position);
} cli_sink;

/* Options that all reading commands have. */
typedef struct {
    const char *command;
    chancery_reader_options reader;
    const char *lexicons[CLI_LEXICONS_MAX]; /* what reader.lexicon_dirs points to */
    const char *date;              /* --date */
    chancery_source_kind kind;     /* --input */
    bool conllu;                   /* --input conllu */
    const char *fields[CLI_FIELDS_MAX]; /* --field */
    int field_count;
    int threads;                   /* --threads; 0: as many as processors */
    bool whole;                    /* page furniture is read too */
    bool force;                    /* --force */
    const char *output;            /* --output; NULL: standard output */
    const cli_sink *sink;          /* NULL: none, they are printed */
    const char *checkpoint;        /* --checkpoint */
    bool quiet;                    /* --quiet */
    bool duplicates;               /* --duplicates */
    bool one_a_day;                /* --one-a-day */
    bool keep_html_map;            /* --keep-html-map */
    chancery_stage stage;
    chancery_format format;
    chancery_write_options write;
} cli_job;

/* Reads every file (none, or "-": standard input) and writes each document in
 * order. Gives the exit code, unless a signal ends the run: then the program
 * ends by that signal once what was read is written. */
int cli_run(const cli_job *job, char **files, int count);

/* Opens one input as the job wants it read; an error is the source's, or its fields'. */
chancery_status cli_open_source(chancery_source **out, const char *path, const cli_job *job, const chancery_reader *reader,
                                chancery_error *err);

/* Takes one of the common options as getopt_long gave it: 1 when it was one, 0
 * when not, -1 when its argument makes no sense (and has been told). */
int cli_common_option(cli_job *job, int option, const char *argument);

/* Takes the command line's options up to the next that is the command's own, and
 * gives it as getopt_long does: -1 behind the last. --help is the command's own.
 * CLI_TOLD: an argument makes no sense, and has been told. */
int cli_next_option(cli_job *job, int argc, char **argv, const char *letters, const struct option *options);
#define CLI_TOLD 0

/* The common options' long forms, to be put into a command's table. */
#define CLI_COMMON_OPTIONS                                                                             \
    {"model", required_argument, NULL, 'M'}, {"lexicon", required_argument, NULL, 'L'},                \
        {"only-lexicon", required_argument, NULL, 'O'}, {"date", required_argument, NULL, 'd'}, {"input", required_argument, NULL, 'i'},               \
        {"field", required_argument, NULL, 'F'}, {"force", no_argument, NULL, CLI_FORCE},                                                       \
        {"threads", required_argument, NULL, 'j'}, {"help", no_argument, NULL, 'h'}

#define CLI_COMMON_LETTERS "M:L:d:i:F:j:h"

/* Of commands that read documents with cli_run(). */
#define CLI_RUN_OPTIONS                                                                                \
    {"output", required_argument, NULL, 'o'}, {"quiet", no_argument, NULL, 'q'},                       \
        {"checkpoint", required_argument, NULL, CLI_CHECKPOINT}, CLI_COMMON_OPTIONS

#define CLI_RUN_LETTERS "o:q" CLI_COMMON_LETTERS

#define CLI_RUN_HELP                                                                                   \
    "  -o, --output FILE    write to FILE\n"                                                           \
    "      --checkpoint FILE  keep in FILE how far the run is; the same command goes on from there,\n"  \
    "                       with no record lost or doubled (--output FILE, or >> for >)\n"              \
    "  -q, --quiet          no progress and no summary on standard error\n"

#define CLI_COMMON_HELP                                                                                \
    "  -d, --date DATE      date of publication, for reports that do not tell theirs (2024-04-02)\n"   \
    "  -i, --input KIND     text, html, ndjson, csv, feed, warc, conllu or auto (default: by name and\n" \
    "                       first bytes); folders are walked, .gz .zst .bz2 .xz unpacked\n"             \
    "  -F, --field OURS=NAME  the name of a field in NDJSON or CSV: text=body; also id, title, url,\n"   \
    "                       language, date, byline\n"                                                   \
    "      --force          read also what is not in the model's language\n"                                   \
    "  -j, --threads N      threads; the output is the same (default: one a processor)\n"              \
    "  -M, --model FILE     the reader's model (default: the installed English one)\n"                 \
    "  -L, --lexicon PATH   a folder of lexicon text to add to the installed one, or another compiled\n" \
    "                       lexicon in its place\n"                                                    \
    "      --only-lexicon DIR  who there is and what is an act from this folder alone\n"               \
    "  -h, --help           this text\n"

#endif
