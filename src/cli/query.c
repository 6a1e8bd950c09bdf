/* `chancery query`: records, counts and documents of a store. */
#include "cli.h"
#include "rows.h"
#include "store/ask.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Options of filters begin here: two for each key, the second with "not-". */
#define FIRST_KEY 2000
#define KEYS_MAX 100
#define KEY_LENGTH 40
/* Records that a screen is shown where no number was asked for. */
#define SCREENFUL 50
#define SECONDS_USUAL 60

enum { OPTION_SUM = 1100, OPTION_ORDER, OPTION_AFTER, OPTION_SQL, OPTION_SECONDS, OPTION_SEARCH };

static const char head[] =
    "usage: chancery query [OPTION]... DB\n\n"
    "Asks a database that `chancery store` made (a file of SQLite, or postgres://...):\n"
    "records, or how many there are. Without a filter of a kind of record, events.\n\n"
    "  -c, --count-by FIELDS  count, by fields parted by commas: month,type (\"\" counts all)\n"
    "      --sum goldstein|value  sum up, too; sums of value are kept apart by unit\n"
    "      --search WORDS   documents that have these words, the best first\n"
    "      --sql QUERY      any query in the database's own SQL that changes nothing\n"
    "      --time-limit S   end a query of --sql after S seconds (default 60; 0: never)\n"
    "  -f, --format FORMAT  table (default on a terminal), ndjson, csv, or chart of counts\n"
    "  -n, --limit N        at most N rows (0: all; of a table of records the default is 50)\n"
    "      --order ORDER    records: date, confidence, goldstein, value, with - before it downward\n"
    "                       (default -date); counts: count, -count, label\n"
    "      --after CURSOR   go on behind a page; --format ndjson tells where on standard error\n"
    "  -L, --lexicon PATH   a folder of lexicon text to add to the installed one, or another compiled\n"
    "                       lexicon in its place\n"
    "      --only-lexicon DIR  who there is from this folder alone\n"
    "  -h, --help           this text\n\n"
    "Filters, all of which must hold. Values parted by commas are any of them; the same\n"
    "filter given again must hold too; \"--not-\" before its name turns it round. WHO is a\n"
    "country (FRA, France), a code (USAGOV), a sector (REB), a name or an entry of the\n"
    "lexicon; RANGE is A..B, either side may be missing.\n\n";

static const char tail[] =
    "\nFields to count by:";

static const char ending[] =
    "\n\nExit status: 0 done, also where nothing was found, 1 the store could not answer,\n"
    "2 wrong usage or a filter that makes no sense, 4 the output could not be written.\n";

typedef struct {
    cli_job job; /* of which the lexicon's options are used */
    ch_filter *filter;
    rows_format format;
    bool limited;
    ch_page page;
    bool counting;
    ch_counting counts;
    const char *sql;
    const char *search;
    double seconds;
    const char *given[512]; /* key and value by turns: the lexicon is known behind the last option */
    size_t ngiven;
} query;

/* -------------------------------------------------------------------- usage */

static int
print_help(void)
{
    size_t count;
    unsigned column = 0;
    const ch_filter_key *keys = ch_filter_keys(&count);
    fputs(head, stdout);
    for (size_t i = 0; i < count; i++) {
        char option[64];
        snprintf(option, sizeof option, "--%s %s", keys[i].name, keys[i].argument);
        printf("      %-24s %s\n", option, keys[i].help);
    }
    fputs(tail, stdout);
    const char *name;
    for (size_t i = 0; (name = ch_count_field_name(i)) != NULL; i++) {
        column = i == 0 || column + strlen(name) > 88 ? (unsigned)(printf("\n  ") != 0) * 2 : column;
        column += (unsigned)printf("%s%s", name, ch_count_field_name(i + 1) != NULL ? ", " : "");
    }
    fputs(ending, stdout);
    return cli_finish(CLI_OK);
}

/* The table of getopt_long(): our options, and two for each filter. */
static const struct option *
make_options(void)
{
    static const struct option own[] = {
        {"count-by", required_argument, NULL, 'c'}, {"sum", required_argument, NULL, OPTION_SUM},
        {"search", required_argument, NULL, OPTION_SEARCH}, {"sql", required_argument, NULL, OPTION_SQL},
        {"time-limit", required_argument, NULL, OPTION_SECONDS}, {"format", required_argument, NULL, 'f'},
        {"limit", required_argument, NULL, 'n'}, {"order", required_argument, NULL, OPTION_ORDER},
        {"after", required_argument, NULL, OPTION_AFTER}, {"lexicon", required_argument, NULL, 'L'},
        {"only-lexicon", required_argument, NULL, 'O'}, {"help", no_argument, NULL, 'h'},
    };
    enum { OWN = sizeof own / sizeof *own };
    static struct option options[OWN + 2 * KEYS_MAX + 1];
    static char negatives[KEYS_MAX][KEY_LENGTH + sizeof "not-"];
    size_t count;
    const ch_filter_key *keys = ch_filter_keys(&count);
    assert(count <= KEYS_MAX);
    memcpy(options, own, sizeof own);
    for (size_t i = 0; i < count; i++) {
        snprintf(negatives[i], sizeof negatives[i], "not-%s", keys[i].name);
        options[OWN + 2 * i] = (struct option){keys[i].name, required_argument, NULL, FIRST_KEY + 2 * (int)i};
        options[OWN + 2 * i + 1] = (struct option){negatives[i], required_argument, NULL, FIRST_KEY + 2 * (int)i + 1};
    }
    return options;
}

static bool
take_size(const char *text, size_t *out)
{
    char *end;
    errno = 0;
    unsigned long n = strtoul(text, &end, 10);
    *out = n;
    return errno == 0 && *end == '\0' && text[0] >= '0' && text[0] <= '9';
}

static bool
take_seconds(const char *text, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return end != text && *end == '\0' && *out >= 0 && *out <= 1e6;
}

/* CLI_OK, or CLI_USAGE once what is wrong was told. */
static int
take_option(query *q, int o, const struct option *option)
{
    switch (o) {
    case 'c':
        q->counting = true;
        q->counts.by = optarg;
        return CLI_OK;
    case OPTION_SUM:
        q->counting = true;
        q->counts.sum = optarg;
        return CLI_OK;
    case OPTION_SEARCH:
        q->search = optarg;
        return CLI_OK;
    case OPTION_SQL:
        q->sql = optarg;
        return CLI_OK;
    case OPTION_SECONDS:
        return take_seconds(optarg, &q->seconds) ? CLI_OK : cli_usage("query", "\"%s\" is no number of seconds", optarg);
    case 'f':
        q->format = rows_find_format(optarg);
        return q->format != ROWS_NONE ? CLI_OK
                                      : cli_usage("query", "no format \"%s\"; there are table, ndjson, csv and chart", optarg);
    case 'n':
        q->limited = true;
        return take_size(optarg, &q->page.limit) ? CLI_OK : cli_usage("query", "\"%s\" is no number of rows", optarg);
    case OPTION_ORDER:
        q->page.order = q->counts.order = optarg;
        return CLI_OK;
    case OPTION_AFTER:
        q->page.after = optarg;
        return CLI_OK;
    default:
        break;
    }
    if (o < FIRST_KEY) {
        int taken = o == 'L' || o == 'O' ? cli_common_option(&q->job, o, optarg) : 0;
        return taken > 0 ? CLI_OK : taken < 0 ? CLI_USAGE : cli_usage("query", "unknown option");
    }
    if (q->ngiven + 2 > sizeof q->given / sizeof *q->given)
        return cli_usage("query", "too many filters");
    q->given[q->ngiven++] = option->name;
    q->given[q->ngiven++] = optarg;
    return CLI_OK;
}

static int
check_options(query *q)
{
    int questions = q->counting + (q->sql != NULL) + (q->search != NULL);
    if (questions > 1)
        return cli_usage("query", "--count-by, --search and --sql are different questions; ask one");
    if ((q->sql != NULL || q->search != NULL) && q->ngiven != 0)
        return cli_usage("query", "--%s takes no filters", q->sql != NULL ? "sql" : "search");
    if (q->format == ROWS_CHART && !q->counting)
        return cli_usage("query", "a chart shows counts; say --count-by, for example month");
    if (q->format == ROWS_NONE)
        q->format = isatty(STDOUT_FILENO) ? ROWS_TABLE : ROWS_NDJSON;
    q->counts.limit = q->page.limit;
    q->counts.fill = q->format == ROWS_CHART;
    return CLI_OK;
}

/* ------------------------------------------------------------------- asking */

/* A question that makes no sense is the command line's fault. */
static int
failed(const chancery_error *err)
{
    if (err->status != CHANCERY_E_ARGUMENT) {
        cli_complain(err);
        return CLI_FAILED;
    }
    fprintf(stderr, "chancery query: %s\n", err->message);
    return CLI_USAGE;
}

static int
make_filter(query *q)
{
    chancery_error err;
    if (ch_filter_open(&q->filter, &q->job.reader, &err) != CHANCERY_OK)
        return failed(&err);
    for (size_t i = 0; i < q->ngiven; i += 2)
        if (ch_filter_add(q->filter, q->given[i], q->given[i + 1], &err) != CHANCERY_OK)
            return failed(&err);
    return CLI_OK;
}

static int
write_answer(const query *q, ch_answer *answer, size_t *count)
{
    chancery_write_options options = cli_terminal();
    bool records = !q->counting && q->sql == NULL && q->search == NULL;
    switch (q->format) {
    case ROWS_NDJSON:
        return rows_write_ndjson(answer, count);
    case ROWS_CSV:
        return rows_write_csv(answer, count);
    case ROWS_CHART:
        return rows_write_chart(answer, &options, count);
    default:
        return records ? rows_write_records(answer, &options, count) : rows_write_table(answer, &options, count);
    }
}

static chancery_status
ask(query *q, ch_store *store, ch_answer **answer, chancery_error *err)
{
    if (q->sql != NULL)
        return ch_ask_sql(answer, store, q->sql, q->seconds, err);
    if (q->search != NULL)
        return ch_ask_documents(answer, store, q->search, q->page.limit, err);
    if (q->counting)
        return ch_ask_counts(answer, store, q->filter, &q->counts, err);
    if (q->format == ROWS_TABLE && !q->limited)
        q->page.limit = SCREENFUL;
    return ch_ask_records(answer, store, q->filter, &q->page, err);
}

/* Where there is more than what was written. */
static void
tell_more(const query *q, const ch_answer *answer, size_t count)
{
    if (q->counting || q->sql != NULL || q->search != NULL || q->page.limit == 0 || count < q->page.limit)
        return;
    if (q->format == ROWS_TABLE && !q->limited)
        fprintf(stderr, "chancery query: the first %zu; --limit 0 gives all, --after %s goes on\n", count,
                ch_answer_cursor(answer));
    else
        fprintf(stderr, "chancery query: --after %s goes on\n", ch_answer_cursor(answer));
}

static int
ask_and_write(query *q, ch_store *store)
{
    ch_answer *answer;
    chancery_error err;
    size_t count = 0;
    if (ask(q, store, &answer, &err) != CHANCERY_OK)
        return failed(&err);
    int code = write_answer(q, answer, &count);
    if (code == CLI_OK)
        tell_more(q, answer, count);
    ch_answer_close(answer);
    if (code == CLI_OK && count == 0 && q->format != ROWS_NDJSON && q->format != ROWS_CSV)
        fputs("chancery query: nothing of the kind is stored\n", stderr);
    return code;
}

int
cmd_query(int argc, char **argv)
{
    static query q = {.job = {.command = "query"}, .format = ROWS_NONE, .seconds = SECONDS_USUAL};
    const struct option *options = make_options();
    ch_store *store = NULL;
    chancery_error err;
    int code = CLI_OK, at = 0;
    for (int o; code == CLI_OK && (o = getopt_long(argc, argv, "c:f:n:L:h", options, &at)) != -1;) {
        if (o == 'h')
            return print_help();
        code = take_option(&q, o, &options[at]);
    }
    if (code == CLI_OK && argc - optind != 1)
        code = cli_usage("query", "name one database; `chancery store` makes one");
    if (code == CLI_OK)
        code = check_options(&q);
    if (code == CLI_OK)
        code = make_filter(&q);
    if (code == CLI_OK && ch_store_open(&store, argv[optind], CH_STORE_READ, &err) != CHANCERY_OK) {
        cli_complain(&err);
        code = CLI_FAILED;
    }
    if (code == CLI_OK)
        code = ask_and_write(&q, store);
    ch_store_close(store);
    ch_filter_free(q.filter);
    return cli_finish(code);
}
