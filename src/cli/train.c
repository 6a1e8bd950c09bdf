#include "cli.h"
#include "train.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: chancery train -o MODEL [OPTION]... TRAIN.conllu... [--dev DEV.conllu...]\n\n"
    "Makes a model from treebanks in CoNLL-U. The same files, options and seed give\n"
    "the same model. A progress line goes to standard error.\n\n"
    "  -o, --output FILE    where the model goes\n"
    "      --dev            the files behind this are measured on, never trained on\n"
    "      --only WHAT      words (dictionary, splitting, sentence breaks) or trees\n"
    "                       (tags, dependencies); the rest comes from --from\n"
    "      --from MODEL     the model that gives what is not made\n"
    "      --abbreviations FILE   words that end in a period, besides those of the treebanks\n"
    "      --language TAG   the texts' language (default: en)\n"
    "      --passes N       passes over the treebanks (default: 40)\n"
    "      --teachers N     networks taught first, from whose opinions the one that is\n"
    "                       kept learns too (default: 0); each takes as long as itself\n"
    "      --teacher-passes N  passes of each teacher (default: as many)\n"
    "      --words FILE     words with their Penn tags (form, tab, tag) that are put into\n"
    "                       some of the trees, in the place of others of that tag\n"
    "      --also FILE      sentences that were made with their trees, learned beside the\n"
    "                       treebanks; no word or tag is counted from them\n"
    "      --state NAME     keep NAME.0, NAME.1, ... after each pass; a training that was\n"
    "                       broken off goes on from them\n"
    "      --seed N         where the order of sentences comes from (default: 1)\n"
    "  -q, --quiet          no progress\n"
    "  -h, --help           this text\n\n"
    "Exit status: 0 the model was written, 1 a file cannot be read or written, 2 wrong usage.\n";

static void
print_progress(void *context, const char *line)
{
    (void)context;
    fprintf(stderr, "%s\n", line);
}

/* Ends the arguments before --dev and gives the number of files behind it.
 * getopt would lose where the option stood among them, so it is looked for by hand. */
static int
take_dev(int *argc, char **argv)
{
    for (int i = 1; i < *argc; i++)
        if (strcmp(argv[i], "--dev") == 0) {
            int dev = *argc - i - 1;
            argv[i] = NULL;
            *argc = i;
            return dev;
        }
    return 0;
}

static bool
take_number(const char *text, unsigned long long *out)
{
    char *end;
    *out = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0';
}

/* One option; false when its argument makes no sense. */
static bool
take_option(ch_train_options *o, int option, bool *quiet)
{
    unsigned long long n;
    switch (option) {
    case 'o': o->out = optarg; return true;
    case 'f': o->from = optarg; return true;
    case 'a': o->abbreviations = optarg; return true;
    case 'l': o->language = optarg; return true;
    case 'T':
        if (!take_number(optarg, &n) || n > 1000)
            return false;
        o->teacher_passes = (unsigned)n;
        return true;
    case 'W': o->words = optarg; return true;
    case 'A': o->also = optarg; return true;
    case 'S': o->state = optarg; return true;
    case 'q': *quiet = true; return true;
    case 'w':
        o->what = strcmp(optarg, "words") == 0 ? CH_TRAIN_WORDS : strcmp(optarg, "trees") == 0 ? CH_TRAIN_TREES : 0;
        return o->what != 0;
    case 'p':
        if (!take_number(optarg, &n) || n == 0 || n > 1000)
            return false;
        o->passes = (unsigned)n;
        return true;
    case 't':
        if (!take_number(optarg, &n) || n > 16)
            return false;
        o->teachers = (unsigned)n;
        return true;
    case 's':
        if (!take_number(optarg, &n))
            return false;
        o->seed = n;
        return true;
    default: return false;
    }
}

int
cmd_train(int argc, char **argv)
{
    static const struct option options[] = {
        {"output", required_argument, NULL, 'o'}, {"from", required_argument, NULL, 'f'},
        {"abbreviations", required_argument, NULL, 'a'}, {"language", required_argument, NULL, 'l'}, {"only", required_argument, NULL, 'w'},
        {"passes", required_argument, NULL, 'p'}, {"seed", required_argument, NULL, 's'},
        {"teachers", required_argument, NULL, 't'}, {"state", required_argument, NULL, 'S'},
        {"words", required_argument, NULL, 'W'}, {"also", required_argument, NULL, 'A'},
        {"teacher-passes", required_argument, NULL, 'T'},
        {"quiet", no_argument, NULL, 'q'}, {"help", no_argument, NULL, 'h'}, {0},
    };
    ch_train_options o = {.what = CH_TRAIN_ALL, .language = "en", .passes = 40, .seed = 1};
    bool quiet = false;
    int ndev = take_dev(&argc, argv);
    char **dev = argv + argc + 1;
    for (int c; (c = getopt_long(argc, argv, "o:qh", options, NULL)) != -1;) {
        if (c == 'h') {
            fputs(help, stdout);
            return cli_finish(CLI_OK);
        }
        if (!take_option(&o, c, &quiet))
            return cli_usage("train", "an option or its argument makes no sense");
    }
    if (o.out == NULL)
        return cli_usage("train", "say with -o where the model goes");
    if (optind == argc)
        return cli_usage("train", "name the treebanks to train on");
    if ((o.what != CH_TRAIN_ALL) != (o.from != NULL))
        return cli_usage("train", "--only and --from go together");
    o.train = (const char *const *)argv + optind;
    o.ntrain = (size_t)(argc - optind);
    o.dev = (const char *const *)dev;
    o.ndev = (size_t)ndev;
    o.progress = quiet ? NULL : print_progress;
    chancery_error err;
    if (ch_train(&o, &err) == CHANCERY_OK)
        return cli_finish(CLI_OK);
    cli_complain(&err);
    return CLI_FAILED;
}
