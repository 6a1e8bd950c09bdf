#include "checkpoint.h"

#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FORMAT                                                                                                         \
    "chancery checkpoint 2\nchain %" PRIx64 "\noutput %" PRIu64 "\nseen %" PRIu64 "\ndays %" PRIu64 "\ninputs %lu\nfailed %lu\nsentences %lu\nevents %lu\nduplicates %lu\nend\n"

double
cli_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
fail(const char *path, const char *what)
{
    fprintf(stderr, "chancery: %s: %s: %s\n", path, what, strerror(errno));
    return false;
}

/* FNV-1a: small, and no enemy chooses the inputs of a run. */
uint64_t
cli_chain(uint64_t chain, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        chain = (chain ^ at[i]) * UINT64_C(0x100000001B3);
    return (chain ^ len) * UINT64_C(0x100000001B3);
}

uint64_t
cli_chain_string(uint64_t chain, const char *s)
{
    return s != NULL ? cli_chain(chain, s, strlen(s)) : cli_chain(chain, "\1", 1);
}

bool
cli_checkpoint_load(cli_checkpoint *point, bool *found)
{
    char text[512], again[512];
    *found = false;
    FILE *file = fopen(point->path, "re");
    if (file == NULL)
        return errno == ENOENT || fail(point->path, "cannot be opened");
    size_t len = fread(text, 1, sizeof text - 1, file);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (failed)
        return fail(point->path, "cannot be read");
    text[len] = '\0';
    cli_counts *c = &point->counts;
    int got = sscanf(text, FORMAT, &point->chain, &point->output, &point->seen, &point->days, &c->inputs, &c->failed, &c->sentences, &c->events, &c->duplicates);
    snprintf(again, sizeof again, FORMAT, point->chain, point->output, point->seen, point->days, c->inputs, c->failed, c->sentences, c->events, c->duplicates);
    *found = got == 9 && strcmp(text, again) == 0;
    if (!*found)
        fprintf(stderr, "chancery: %s: is no checkpoint; name a file that does not exist yet to begin anew\n", point->path);
    return *found;
}

static bool
write_file(const cli_checkpoint *point, const char *path)
{
    const cli_counts *c = &point->counts;
    FILE *file = fopen(path, "we");
    if (file == NULL)
        return false;
    bool ok = fprintf(file, FORMAT, point->chain, point->output, point->seen, point->days, c->inputs, c->failed, c->sentences, c->events, c->duplicates) > 0;
    ok = fflush(file) == 0 && ok;
    ok = ok && fsync(fileno(file)) == 0;
    return fclose(file) == 0 && ok;
}

bool
cli_checkpoint_save(cli_checkpoint *point)
{
    char fresh[PATH_MAX];
    off_t at = point->elsewhere ? (off_t)point->output : lseek(STDOUT_FILENO, 0, SEEK_CUR);
    if (at < 0 || (!point->elsewhere && fdatasync(STDOUT_FILENO) != 0))
        return fail("standard output", "cannot be written");
    point->output = (uint64_t)at;
    if ((size_t)snprintf(fresh, sizeof fresh, "%s.new", point->path) >= sizeof fresh) {
        errno = ENAMETOOLONG;
        return fail(point->path, "cannot be written");
    }
    if (!write_file(point, fresh) || rename(fresh, point->path) != 0)
        return fail(point->path, "cannot be written");
    point->saved = cli_now();
    return true;
}

bool
cli_checkpoint_output(cli_checkpoint *point, bool found)
{
    struct stat st;
    if (fstat(STDOUT_FILENO, &st) != 0 || !S_ISREG(st.st_mode)) {
        fprintf(stderr, "chancery: --checkpoint needs an output that is a file; name one with --output\n");
        return false;
    }
    if (found && (uint64_t)st.st_size < point->output) {
        fprintf(stderr,
                "chancery: the output has %lld bytes, and %s counts %llu; give it as it was left, with --output or >>, or remove "
                "the checkpoint to begin anew\n",
                (long long)st.st_size, point->path, (unsigned long long)point->output);
        return false;
    }
    if (found && ftruncate(STDOUT_FILENO, (off_t)point->output) != 0)
        return fail("standard output", "cannot be cut to what the checkpoint counts");
    return lseek(STDOUT_FILENO, 0, SEEK_END) >= 0 || fail("standard output", "cannot be written");
}
