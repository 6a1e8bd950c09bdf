/* `chancery lexicon show`, `add` and `gaps`: for those who grow a lexicon. */
#include "lexicon.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --------------------------------------------------------------------- show */

static const char show_help[] =
    "usage: chancery lexicon show [OPTION]... NAME\n\n"
    "Shows every entry that a name stands for, with its codes, their days, and the\n"
    "file and line it is written at.\n\n"
    "      --on DATE        what holds on that day comes first, marked with >\n"
    "  -L, --lexicon PATH   a folder of lexicon text to add to the installed one, or another compiled\n"
    "                       lexicon in its place\n"
    "      --only-lexicon DIR  actors and frames from this folder alone\n"
    "  -h, --help           this text\n\n"
    "Exit status: 0 found, 1 no such name, 2 wrong usage.\n";

int
lexicon_show(int argc, char **argv)
{
    static const struct option options[] = {
        {"on", required_argument, NULL, 'd'},
        {"lexicon", required_argument, NULL, 'L'},
        {"only-lexicon", required_argument, NULL, 'O'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    cli_job job = {.command = "lexicon"};
    for (int o; (o = getopt_long(argc, argv, "L:h", options, NULL)) != -1;) {
        if (o == 'h') {
            fputs(show_help, stdout);
            return cli_finish(CLI_OK);
        }
        if (cli_common_option(&job, o, optarg) <= 0)
            return cli_usage("lexicon", "unknown option");
    }
    if (argc - optind != 1)
        return cli_usage("lexicon", "name one name; put it in quotes where it has several words");
    char *out;
    size_t len;
    chancery_error err;
    if (chancery_lexicon_show(&out, &len, &job.reader, argv[optind], job.date, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_FAILED;
    }
    cli_write(out, len);
    chancery_free(out);
    return cli_finish(CLI_OK);
}

/* ---------------------------------------------------------------------- add */

static const char add_help[] =
    "usage: chancery lexicon add [--to DIR] FILE...\n\n"
    "Checks files of your own as additions to the installed lexicon: mistakes, entries\n"
    "that they replace, names that can never be chosen. With --to those without\n"
    "mistakes are copied into the folder, which the other commands take with\n"
    "--lexicon DIR.\n\n"
    "  -t, --to DIR         the folder; made when missing\n"
    "  -q, --quiet          errors only, no warnings\n"
    "  -h, --help           this text\n\n"
    "Exit status: 0 no mistakes, 1 mistakes, 2 wrong usage, 4 a copy could not be made.\n";

static void
print_unless_quiet(void *context, const chancery_complaint *c)
{
    const bool *quiet = context;
    if (c->fatal || !*quiet)
        cli_print_complaint(NULL, c);
}

static bool
copy_bytes(FILE *from, FILE *to)
{
    char buffer[1 << 16];
    size_t n;
    while ((n = fread(buffer, 1, sizeof buffer, from)) > 0)
        if (fwrite(buffer, 1, n, to) != n)
            return false;
    return ferror(from) == 0;
}

static bool
copy_into(const char *file, const char *dir)
{
    char path[4096];
    const char *slash = strrchr(file, '/');
    if (mkdir(dir, 0777) != 0 && errno != EEXIST)
        return false;
    if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, slash != NULL ? slash + 1 : file) >= sizeof path)
        return false;
    FILE *from = fopen(file, "rb"), *to = from != NULL ? fopen(path, "wb") : NULL;
    bool ok = to != NULL && copy_bytes(from, to);
    if (to != NULL && fclose(to) != 0)
        ok = false;
    if (from != NULL)
        fclose(from);
    return ok;
}

static int
add_file(const char *file, const char *dir, bool quiet)
{
    chancery_addition got;
    chancery_error err;
    size_t len = strlen(file);
    if (len < 5 || strcmp(file + len - 4, ".txt") != 0)
        return cli_usage("lexicon", "%s: lexicon text is in files named *.txt", file);
    if (chancery_lexicon_add(NULL, 0, file, print_unless_quiet, &quiet, &got, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_FAILED;
    }
    printf("%s: %zu entr%s with %zu name%s, %zu in place of another; no mistakes\n", file, got.entries, got.entries == 1 ? "y" : "ies",
           got.names, got.names == 1 ? "" : "s", got.replaced);
    if (dir == NULL || copy_into(file, dir))
        return CLI_OK;
    fprintf(stderr, "chancery: %s: cannot be copied into %s: %s\n", file, dir, strerror(errno));
    return CLI_OUTPUT;
}

int
lexicon_add(int argc, char **argv)
{
    static const struct option options[] = {
        {"to", required_argument, NULL, 't'},
        {"quiet", no_argument, NULL, 'q'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    const char *dir = NULL;
    bool quiet = false;
    for (int o; (o = getopt_long(argc, argv, "t:qh", options, NULL)) != -1;) {
        if (o == 't')
            dir = optarg;
        else if (o == 'q')
            quiet = true;
        else if (o == 'h') {
            fputs(add_help, stdout);
            return cli_finish(CLI_OK);
        } else
            return cli_usage("lexicon", "unknown option");
    }
    if (optind == argc)
        return cli_usage("lexicon", "name the file to check");
    int code = CLI_OK;
    for (int i = optind; i < argc; i++) {
        int one = add_file(argv[i], dir, quiet);
        code = one > code ? one : code;
    }
    return cli_finish(code);
}

/* --------------------------------------------------------------------- gaps */

static const char gaps_help[] =
    "usage: chancery lexicon gaps [OPTION]... [FILE]...\n\n"
    "Lists the names in reports that the lexicon does not have, the most frequent\n"
    "first, with the codes that the reports themselves give and words around them.\n\n"
    "  -n, --most N         at most so many names (default: 100)\n"
    "  -m, --at-least N     names met so often (default: 2)\n"
    "  -b, --blocks         print lexicon text, to be completed\n" CLI_COMMON_HELP
    "\nExit status: as for `chancery code`.\n";

typedef struct {
    chancery_gaps *gaps;
    const chancery_reader *reader;
    const cli_job *job;
} counting;

/* Counts the documents of one file. */
static int
count_file(const counting *c, const char *path)
{
    chancery_source *source;
    chancery_error err;
    chancery_input in;
    int code = CLI_OK;
    if (cli_open_source(&source, path, c->job, c->reader, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_SOME;
    }
    for (chancery_status status; (status = chancery_source_next(source, &in, &err)) != CHANCERY_END;) {
        chancery_document *doc = NULL;
        in.option_date = c->job->date;
        if (status == CHANCERY_OK)
            status = chancery_read(&doc, c->reader, &in, CHANCERY_STAGE_ACTOR, &err);
        if (status == CHANCERY_OK)
            status = chancery_gaps_read(c->gaps, doc, &err);
        chancery_document_free(doc);
        if (status == CHANCERY_OK)
            continue;
        cli_complain(&err);
        code = CLI_SOME;
        if (status == CHANCERY_E_IO || status == CHANCERY_E_NOMEM)
            break;
    }
    chancery_source_close(source);
    return code;
}

static int
count_and_write(const counting *c, char **files, int count, size_t at_least, size_t most, bool blocks)
{
    static char standard_input[] = "-";
    char *only[] = {standard_input}, *out;
    int code = CLI_OK;
    size_t len;
    chancery_error err;
    if (count == 0) {
        files = only;
        count = 1;
    }
    for (int i = 0; i < count; i++) {
        int one = count_file(c, files[i]);
        code = one > code ? one : code;
    }
    if (chancery_gaps_write(&out, &len, c->gaps, at_least, most, blocks, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_FAILED;
    }
    cli_write(out, len);
    chancery_free(out);
    return code;
}

static bool
take_number(const char *text, size_t *out)
{
    char *end;
    errno = 0;
    unsigned long n = strtoul(text, &end, 10);
    *out = n;
    return errno == 0 && *end == '\0' && text[0] >= '0' && text[0] <= '9';
}

int
lexicon_gaps(int argc, char **argv)
{
    static const struct option options[] = {
        {"most", required_argument, NULL, 'n'}, {"at-least", required_argument, NULL, 'm'}, {"blocks", no_argument, NULL, 'b'}, CLI_COMMON_OPTIONS, {0}};
    cli_job job = {.command = "lexicon"};
    size_t most = 100, at_least = 2;
    bool blocks = false;
    for (int o; (o = cli_next_option(&job, argc, argv, "n:m:b" CLI_COMMON_LETTERS, options)) != -1;) {
        if (o == CLI_TOLD)
            return CLI_USAGE;
        if (o == 'h') {
            fputs(gaps_help, stdout);
            return cli_finish(CLI_OK);
        }
        if (o == 'b')
            blocks = true;
        else if ((o != 'n' && o != 'm') || !take_number(optarg, o == 'n' ? &most : &at_least))
            return cli_usage("lexicon", "write a number behind --most and --at-least");
    }
    counting c = {.job = &job};
    chancery_reader *reader;
    chancery_error err;
    if (chancery_reader_open(&reader, &job.reader, &err) != CHANCERY_OK || chancery_gaps_new(&c.gaps, &err) != CHANCERY_OK) {
        cli_complain(&err);
        chancery_reader_close(reader);
        return CLI_FAILED;
    }
    c.reader = reader;
    int code = count_and_write(&c, argv + optind, argc - optind, at_least, most, blocks);
    chancery_gaps_free(c.gaps);
    chancery_reader_close(reader);
    return cli_finish(code);
}
