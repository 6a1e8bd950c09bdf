#include "lexicon.h"

#include <errno.h>
#include <fts.h>
#include <getopt.h>
#include <string.h>
#include <sys/stat.h>

static const char help[] =
    "usage: chancery lexicon check DIR...\n"
    "       chancery lexicon compile [--depfile FILE] -o FILE DIR...\n"
    "       chancery lexicon show [--on DATE] NAME\n"
    "       chancery lexicon add [--to DIR] FILE...\n"
    "       chancery lexicon gaps [OPTION]... [FILE]...\n"
    "       chancery lexicon import --from KIND -o DIR FILE...\n\n"
    "check     reads every *.txt file under the folders and names each mistake by\n"
    "          file, line and column, with its remedy\n"
    "compile   does the same and writes the compiled lexicon\n"
    "show      what a name stands for, on a day\n"
    "add       checks a file of your own as an addition to the installed lexicon\n"
    "gaps      lists frequent names that the lexicon does not have\n"
    "import    reads dictionaries of PETRARCH and TABARI\n\n"
    "Entries of a later folder are added to those of an earlier one and replace\n"
    "entries of the same kind and id.\n\n"
    "  -o, --output FILE    where the compiled lexicon goes\n"
    "      --depfile FILE   write what it was made of, for make and ninja\n"
    "  -q, --quiet          errors only, no warnings\n"
    "  -h, --help           this text; behind an action, that action's\n\n"
    "Exit status: 0 no mistakes, 1 mistakes or a file that cannot be read, 2 wrong usage.\n";

typedef struct {
    unsigned errors;
    unsigned warnings;
    bool quiet; /* errors only */
} tally;

static void
count_and_print(void *context, const chancery_complaint *c)
{
    tally *t = context;
    if (c->fatal)
        t->errors++;
    else
        t->warnings++;
    if (c->fatal || !t->quiet)
        cli_print_complaint(NULL, c);
}

/* "OUTPUT: every folder and text file below the folders" */
static bool
write_depfile(const char *path, const char *output, char **dirs)
{
    FILE *f = fopen(path, "w");
    if (f == NULL)
        return false;
    fprintf(f, "%s:", output);
    FTS *walk = fts_open(dirs, FTS_LOGICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *e; walk != NULL && (e = fts_read(walk)) != NULL;)
        if (e->fts_info == FTS_D || (e->fts_info == FTS_F && e->fts_namelen > 4 && strcmp(e->fts_name + e->fts_namelen - 4, ".txt") == 0))
            fprintf(f, " %s", e->fts_path);
    fputc('\n', f);
    bool ok = walk != NULL && fts_close(walk) == 0;
    return fclose(f) == 0 && ok;
}

static int
check_or_compile(bool compile, int argc, char **argv)
{
    static const struct option options[] = {
        {"output", required_argument, NULL, 'o'},
        {"depfile", required_argument, NULL, 'D'},
        {"quiet", no_argument, NULL, 'q'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    const char *output = NULL, *depfile = NULL;
    tally t = {0};
    for (int o; (o = getopt_long(argc, argv, "o:qh", options, NULL)) != -1;) {
        if (o == 'o')
            output = optarg;
        else if (o == 'D')
            depfile = optarg;
        else if (o == 'q')
            t.quiet = true;
        else if (o == 'h') {
            fputs(help, stdout);
            return cli_finish(CLI_OK);
        } else
            return cli_usage("lexicon", "unknown option");
    }
    if (compile != (output != NULL))
        return cli_usage("lexicon", compile ? "say with -o where the compiled lexicon goes" : "check writes nothing: no -o");
    if (optind == argc)
        return cli_usage("lexicon", "name the folder of the lexicon");
    chancery_error err;
    chancery_status status = chancery_lexicon_compile((const char *const *)argv + optind, (size_t)(argc - optind), output,
                                                      count_and_print, &t, &err);
    if (status != CHANCERY_OK)
        cli_complain(&err);
    else if (!compile)
        printf("no mistakes, %u warning%s\n", t.warnings, t.warnings == 1 ? "" : "s");
    if (status == CHANCERY_OK && depfile != NULL && !write_depfile(depfile, output, argv + optind)) {
        perror(depfile);
        return CLI_OUTPUT;
    }
    return cli_finish(status == CHANCERY_OK ? CLI_OK : CLI_FAILED);
}

/* ------------------------------------------------------------------ import */

static const char import_help[] =
    "usage: chancery lexicon import --from KIND -o DIR FILE...\n\n"
    "Reads dictionaries of other projects: actors, agents, verbs, discards and issues\n"
    "(the file's name says which), and writes the same as lexicon text into DIR. What\n"
    "could not be carried over, or only in part, is told by file and line, and kept in\n"
    "DIR/import.report.\n\n"
    "  -f, --from KIND      petrarch (1 and 2) or tabari\n"
    "  -o, --output DIR     where the text goes; made when missing\n"
    "  -q, --quiet          the report goes to its file only\n"
    "  -h, --help           this text\n\n"
    "Exit status: 0 done, 1 a file could not be read or written, 2 wrong usage.\n";

typedef struct {
    FILE *report; /* NULL: it could not be opened */
    bool quiet;
} reporter;

static void
report(void *context, const chancery_complaint *c)
{
    reporter *r = context;
    if (r->report != NULL)
        cli_print_complaint(r->report, c);
    if (!r->quiet)
        cli_print_complaint(NULL, c);
}

static FILE *
open_report(const char *dir)
{
    char path[4096];
    if (mkdir(dir, 0777) != 0 && errno != EEXIST)
        return NULL;
    if ((size_t)snprintf(path, sizeof path, "%s/import.report", dir) >= sizeof path)
        return NULL;
    return fopen(path, "w");
}

static int
run_import(chancery_dictionary from, char **files, int count, const char *dir, bool quiet)
{
    reporter r = {.report = open_report(dir), .quiet = quiet};
    if (r.report == NULL) {
        fprintf(stderr, "chancery: %s: the report cannot be written: %s\n", dir, strerror(errno));
        return CLI_FAILED;
    }
    chancery_import_counts counts;
    chancery_error err;
    chancery_status status = chancery_lexicon_import(from, (const char *const *)files, (size_t)count, dir, report, &r, &counts, &err);
    if (fclose(r.report) != 0) {
        perror("chancery: import.report");
        return CLI_OUTPUT;
    }
    if (status != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_FAILED;
    }
    printf("%zu file%s, %zu lines: %zu entries carried over, %zu remarks in %s/import.report\n", counts.files, counts.files == 1 ? "" : "s",
           counts.lines, counts.entries, counts.lost, dir);
    return cli_finish(CLI_OK);
}

static int
import(int argc, char **argv)
{
    static const struct option options[] = {
        {"from", required_argument, NULL, 'f'},
        {"output", required_argument, NULL, 'o'},
        {"quiet", no_argument, NULL, 'q'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    const char *from = NULL, *dir = NULL;
    bool quiet = false;
    for (int o; (o = getopt_long(argc, argv, "f:o:qh", options, NULL)) != -1;) {
        if (o == 'f')
            from = optarg;
        else if (o == 'o')
            dir = optarg;
        else if (o == 'q')
            quiet = true;
        else if (o == 'h') {
            fputs(import_help, stdout);
            return cli_finish(CLI_OK);
        } else
            return cli_usage("lexicon", "unknown option");
    }
    if (from == NULL || (strcmp(from, "petrarch") != 0 && strcmp(from, "tabari") != 0))
        return cli_usage("lexicon", "say with --from what the dictionaries are: petrarch or tabari");
    if (dir == NULL || optind == argc)
        return cli_usage("lexicon", dir == NULL ? "say with -o where the text goes" : "name the dictionaries");
    return run_import(strcmp(from, "tabari") == 0 ? CHANCERY_DICTIONARY_TABARI : CHANCERY_DICTIONARY_PETRARCH, argv + optind,
                      argc - optind, dir, quiet);
}

static int
check(int argc, char **argv)
{
    return check_or_compile(false, argc, argv);
}

static int
compile(int argc, char **argv)
{
    return check_or_compile(true, argc, argv);
}

int
cmd_lexicon(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(int argc, char **argv);
    } actions[] = {{"check", check},     {"compile", compile},   {"show", lexicon_show},
                   {"add", lexicon_add}, {"gaps", lexicon_gaps}, {"import", import}};
    if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        fputs(help, stdout);
        return cli_finish(CLI_OK);
    }
    for (size_t i = 0; argc >= 2 && i < sizeof actions / sizeof *actions; i++)
        if (strcmp(argv[1], actions[i].name) == 0)
            return actions[i].run(argc - 1, argv + 1);
    return cli_usage("lexicon", argc < 2 ? "say what to do: check, compile, show, add, gaps or import" : "no such action: %s",
                     argc < 2 ? "" : argv[1]);
}
