/* `chancery dossier`: what a store holds of somebody. */
#include "store/dossier.h"
#include "cli.h"
#include "rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_FROM = 1100, OPTION_TO };

static const char help[] = "usage: chancery dossier [OPTION]... DB NAME\n\n"
                           "Prints what a database that `chancery store` made holds of a country, a person, a\n"
                           "body or whoever has a name in it: who it is, how often and with whom they act,\n"
                           "events past and planned, positions, quotations, amounts, votes and relations, each\n"
                           "with the sentence and the report that say so.\n\n"
                           "      --from DATE      not before (2024, 2024-01, 2024-01-15)\n"
                           "      --to DATE        not after\n"
                           "  -n, --most N         entries of each list (default: 8)\n"
                           "  -f, --format FORMAT  text (default), markdown, or json\n"
                           "  -L, --lexicon PATH   a folder of lexicon text to add to the installed one, or another compiled\n"
                           "                       lexicon in its place\n"
                           "      --only-lexicon DIR  who there is from this folder alone\n"
                           "  -h, --help           this text\n\n"
                           "Exit status: 0 printed, 1 the store could not answer, 2 wrong usage, no such name or\n"
                           "several that have it (they are told), 4 the output could not be written.\n";

typedef enum { DOSSIER_TEXT, DOSSIER_MARKDOWN, DOSSIER_JSON } dossier_format;

static bool
take_format(const char *name, dossier_format *out)
{
    static const char *const names[] = {"text", "markdown", "json"};
    for (int i = 0; i < 3; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (dossier_format)i;
            return true;
        }
    return false;
}

static bool
take_most(const char *text, size_t *out)
{
    char *end;
    errno = 0;
    unsigned long n = strtoul(text, &end, 10);
    *out = n;
    return errno == 0 && *end == '\0' && text[0] >= '1' && text[0] <= '9' && n <= 1000;
}

static bool
write_dossier(const ch_dossier *dossier, dossier_format format)
{
    chancery_write_options terminal = cli_terminal();
    ch_dossier_style style = {
        .markdown = format == DOSSIER_MARKDOWN, .width = terminal.width, .colour = terminal.colour, .blocks = rows_has_blocks()};
    ch_text out = {0};
    if (format == DOSSIER_JSON) {
        const char *json = ch_dossier_json(dossier);
        return cli_write(json, strlen(json)) && cli_write("\n", 1);
    }
    ch_dossier_write(&out, dossier, &style);
    bool ok = !out.failed && cli_write(out.at, out.len);
    ch_text_free(&out);
    return ok;
}

/* A name that nobody has is the command line's fault. */
static int
failed(const chancery_error *err)
{
    if (err->status != CHANCERY_E_ARGUMENT) {
        cli_complain(err);
        return CLI_FAILED;
    }
    fprintf(stderr, "chancery dossier: %s\n", err->message);
    return CLI_USAGE;
}

static int
make_and_write(const char *where, const char *name, const ch_dossier_options *options, const chancery_reader_options *reader,
               dossier_format format)
{
    ch_store *store = NULL;
    ch_filter *names = NULL;
    ch_dossier *dossier = NULL;
    chancery_error err;
    chancery_status status = ch_filter_open(&names, reader, &err);
    if (status == CHANCERY_OK)
        status = ch_store_open(&store, where, CH_STORE_READ, &err);
    if (status == CHANCERY_OK)
        status = ch_dossier_make(&dossier, store, ch_filter_lexicon(names), name, options, &err);
    int code = status == CHANCERY_OK ? CLI_OK : failed(&err);
    if (status == CHANCERY_OK && !write_dossier(dossier, format))
        code = CLI_OUTPUT;
    ch_dossier_free(dossier);
    ch_store_close(store);
    ch_filter_free(names);
    return code;
}

int
cmd_dossier(int argc, char **argv)
{
    static const struct option options[] = {{"from", required_argument, NULL, OPTION_FROM},
                                            {"to", required_argument, NULL, OPTION_TO},
                                            {"most", required_argument, NULL, 'n'},
                                            {"format", required_argument, NULL, 'f'},
                                            {"lexicon", required_argument, NULL, 'L'},
                                            {"only-lexicon", required_argument, NULL, 'O'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    cli_job job = {.command = "dossier"};
    ch_dossier_options asked = {0};
    dossier_format format = DOSSIER_TEXT;
    for (int o; (o = getopt_long(argc, argv, "n:f:L:h", options, NULL)) != -1;) {
        if (o == 'h') {
            fputs(help, stdout);
            return cli_finish(CLI_OK);
        }
        if (o == OPTION_FROM)
            asked.from = optarg;
        else if (o == OPTION_TO)
            asked.to = optarg;
        else if (o == 'n' && !take_most(optarg, &asked.most))
            return cli_usage("dossier", "\"%s\" is no number of entries from 1 to 1000", optarg);
        else if (o == 'f' && !take_format(optarg, &format))
            return cli_usage("dossier", "no format \"%s\"; there are text, markdown and json", optarg);
        else if (o != 'n' && o != 'f') {
            int taken = o == '?' ? 0 : cli_common_option(&job, o, optarg);
            if (taken <= 0)
                return taken < 0 ? CLI_USAGE : cli_usage("dossier", "unknown option");
        }
    }
    if (argc - optind != 2)
        return cli_usage("dossier", "name a database and a name; put the name in quotes where it has several words");
    return cli_finish(make_and_write(argv[optind], argv[optind + 1], &asked, &job.reader, format));
}
