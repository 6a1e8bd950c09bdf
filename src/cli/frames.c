#include "cli.h"

#include <getopt.h>
#include <string.h>

static const char help[] =
    "usage: chancery frames test [OPTION]... [FILE]...\n\n"
    "Runs the examples written beside the frames: each `yes` must give its frame and\n"
    "what is expected behind \"=>\", each `no` must not. FILE is a lexicon file's name\n"
    "or the end of its path (frames/assault.txt); without one all are run.\n\n"
    "  -M, --model FILE     the reader's model (default: the installed English one)\n"
    "  -L, --lexicon PATH   a folder of lexicon text to add to the installed one, or another compiled\n"
    "                       lexicon in its place\n"
    "      --only-lexicon DIR  frames and actors from this folder alone\n"
    "  -c, --codes          all of them, and count for each CAMEO code those that hold: two\n"
    "                       that must and two that must not give it\n"
    "  -q, --quiet          only the last line\n"
    "  -h, --help           this text\n\n"
    "Exit status: 0 all passed, 1 some failed or a code is short of them, 2 wrong usage.\n";

static void
ignore(void *context, const chancery_complaint *c)
{
    (void)context;
    (void)c;
}

static int
test(const chancery_reader *reader, char **files, int count, bool quiet)
{
    size_t passed = 0, failed = 0;
    chancery_error err;
    for (int i = 0; i < (count == 0 ? 1 : count); i++) {
        size_t p = 0, f = 0;
        if (chancery_frames_test(reader, count == 0 ? NULL : files[i], &p, &f, quiet ? ignore : cli_print_complaint, stdout, &err) !=
            CHANCERY_OK) {
            cli_complain(&err);
            return CLI_FAILED;
        }
        passed += p;
        failed += f;
    }
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0 ? CLI_OK : CLI_FAILED;
}

static int
cover(const chancery_reader *reader, bool quiet)
{
    chancery_coverage c;
    chancery_error err;
    if (chancery_frames_cover(reader, &c, quiet ? ignore : cli_print_complaint, stdout, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_FAILED;
    }
    printf("%zu frames with %zu triggers; %zu sentences that must be coded so, %zu that must not\n", c.frames, c.triggers, c.positive,
           c.negative);
    printf("%zu passed, %zu failed; of %zu codes %zu are short of sentences\n", c.passed, c.failed, c.codes, c.short_codes);
    return c.failed == 0 && c.short_codes == 0 ? CLI_OK : CLI_FAILED;
}

int
cmd_frames(int argc, char **argv)
{
    static const struct option options[] = {
        {"model", required_argument, NULL, 'M'},
        {"lexicon", required_argument, NULL, 'L'},
        {"only-lexicon", required_argument, NULL, 'O'},
        {"codes", no_argument, NULL, 'c'},
        {"quiet", no_argument, NULL, 'q'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    cli_job job = {.command = "frames"};
    bool quiet = false, codes = false;
    if (argc < 2 || (strcmp(argv[1], "test") != 0 && argv[1][0] != '-'))
        return cli_usage("frames", "say what to do: test");
    if (argv[1][0] != '-') {
        argc--;
        argv++;
    }
    for (int o; (o = getopt_long(argc, argv, "M:L:cqh", options, NULL)) != -1;) {
        if (o == 'h') {
            fputs(help, stdout);
            return cli_finish(CLI_OK);
        }
        if (o == 'q')
            quiet = true;
        else if (o == 'c')
            codes = true;
        else if (cli_common_option(&job, o, optarg) <= 0)
            return cli_usage("frames", "unknown option");
    }
    if (codes && optind != argc)
        return cli_usage("frames", "--codes counts all files");
    chancery_reader *reader;
    chancery_error err;
    if (chancery_reader_open(&reader, &job.reader, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_FAILED;
    }
    int code = codes ? cover(reader, quiet) : test(reader, argv + optind, argc - optind, quiet);
    chancery_reader_close(reader);
    return cli_finish(code);
}
