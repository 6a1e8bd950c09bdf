#include "cli.h"

#include <getopt.h>
#include <string.h>

static const char help[] =
    "usage: chancery explain [OPTION]... FILE ID\n"
    "       chancery explain [OPTION]... --why-not WORDS [FILE]\n\n"
    "Says why a record is as it is: the sentence, the words, the way through the\n"
    "dependency graph, the frame and its place in the lexicon, how each actor was\n"
    "resolved, whence date and status. ID is the record's, as `chancery code` prints\n"
    "it (e1).\n\n"
    "  -n, --why-not WORDS  say of what stands at WORDS in FILE why it gave no event; without\n"
    "                       FILE the words themselves are read\n"
    "  -D, --document ID    of the file's documents, this one (default: the first that\n"
    "                       has such a record)\n" CLI_COMMON_HELP
    "\nExit status: 0, 1 no such record or the file cannot be read, 2 wrong usage, 4 the\n"
    "output could not be written.\n";

/* What is asked: a record, or words that gave none. */
typedef struct {
    const char *document; /* NULL: any */
    const char *id;       /* NULL: words are asked for */
    const char *words;
} question;

/* Explains what is asked if this document has it: 1 done, 0 not here, -1 failed. */
static int
explain_in(const chancery_reader *reader, const cli_job *job, const chancery_input *in, question q)
{
    chancery_document *doc;
    chancery_error err;
    char *out;
    size_t len;
    chancery_status status = job->conllu ? chancery_read_conllu(&doc, reader, in, CHANCERY_STAGE_ALL, &err)
                                         : chancery_read(&doc, reader, in, CHANCERY_STAGE_ALL, &err);
    if (status != CHANCERY_OK) {
        cli_complain(&err);
        return -1;
    }
    int result = 0;
    if (q.document == NULL || strcmp(chancery_document_id(doc), q.document) == 0) {
        status = q.id != NULL ? chancery_explain(&out, &len, doc, q.id, &job->write, &err) : chancery_explain_not(&out, &len, doc, q.words, &err);
        if (status == CHANCERY_OK) {
            result = cli_write(out, len) ? 1 : -1;
            chancery_free(out);
        }
    }
    chancery_document_free(doc);
    return result;
}

static int
explain_in_file(const chancery_reader *reader, const cli_job *job, const char *path, question q)
{
    chancery_source *source;
    chancery_error err;
    chancery_input in;
    if (cli_open_source(&source, path, job, reader, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_FAILED;
    }
    int found = 0;
    chancery_status status;
    while (found == 0 && (status = chancery_source_next(source, &in, &err)) != CHANCERY_END) {
        in.option_date = job->date;
        if (status == CHANCERY_OK)
            found = explain_in(reader, job, &in, q);
        else {
            cli_complain(&err);
            if (status == CHANCERY_E_IO || status == CHANCERY_E_NOMEM)
                found = -1;
        }
    }
    chancery_source_close(source);
    if (found == 0 && q.id != NULL)
        fprintf(stderr, "chancery: %s: no record \"%s\"; `chancery code` lists them\n", path, q.id);
    else if (found == 0)
        fprintf(stderr, "chancery: %s: no sentence that was read has the words \"%s\"\n", path, q.words);
    return found > 0 ? CLI_OK : CLI_FAILED;
}

/* The words are the text as well. */
static int
explain_words(const chancery_reader *reader, const cli_job *job, const char *words)
{
    const chancery_input in = {.text = words, .len = strlen(words), .option_date = job->date};
    int found = explain_in(reader, job, &in, (question){.words = words});
    if (found == 0)
        fprintf(stderr, "chancery: nothing is read in \"%s\"\n", words);
    return found > 0 ? CLI_OK : CLI_FAILED;
}

int
cmd_explain(int argc, char **argv)
{
    static const struct option options[] = {
        {"document", required_argument, NULL, 'D'}, {"why-not", required_argument, NULL, 'n'}, CLI_COMMON_OPTIONS, {0}};
    cli_job job = {.command = "explain"};
    question q = {0};
    job.write = cli_terminal();
    for (int o; (o = cli_next_option(&job, argc, argv, "D:n:" CLI_COMMON_LETTERS, options)) != -1;) {
        if (o == CLI_TOLD)
            return CLI_USAGE;
        if (o == 'h') {
            fputs(help, stdout);
            return cli_finish(CLI_OK);
        }
        if (o == 'D')
            q.document = optarg;
        else if (o == 'n')
            q.words = optarg;
        else
            return cli_usage("explain", "unknown option");
    }
    if (q.words != NULL && (argc - optind > 1 || q.words[0] == '\0'))
        return cli_usage("explain", "--why-not asks of words in one file, or of the words alone");
    if (q.words == NULL && argc - optind != 2)
        return cli_usage("explain", "name a file and a record");
    chancery_reader *reader;
    chancery_error err;
    if (chancery_reader_open(&reader, &job.reader, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return CLI_FAILED;
    }
    if (q.words == NULL)
        q.id = argv[optind + 1];
    int code = optind == argc ? explain_words(reader, &job, q.words) : explain_in_file(reader, &job, argv[optind], q);
    chancery_reader_close(reader);
    return cli_finish(code);
}
