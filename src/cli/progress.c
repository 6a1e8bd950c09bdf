#include "progress.h"

#include "cli.h"

#include <fts.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BAR_EVERY_S 0.2
#define LINE_EVERY_S 10.0
#define BAR_CELLS 24
#define STATUS_MAX 256

void
cli_progress_begin(cli_progress *p, char **files, int count)
{
    p->bar = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    p->files = files;
    p->file_count = count;
    p->start = p->last = cli_now();
    pthread_mutex_init(&p->lock, NULL);
}

/* ---------------------------------------------------------------- all bytes */

static uint64_t
bytes_below(char *path)
{
    char *paths[2] = {path, NULL};
    uint64_t bytes = 0;
    FTS *fts = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, NULL);
    if (fts == NULL)
        return 0;
    for (FTSENT *e; (e = fts_read(fts)) != NULL;)
        if (e->fts_level > 0 && e->fts_name[0] == '.')
            fts_set(fts, e, FTS_SKIP);
        else if (e->fts_info == FTS_F)
            bytes += (uint64_t)e->fts_statp->st_size;
    fts_close(fts);
    return bytes;
}

/* 0 when one of the inputs has no size. */
static uint64_t
bytes_of_all(const cli_progress *p)
{
    uint64_t bytes = 0;
    for (int i = 0; i < p->file_count; i++) {
        struct stat st;
        if (stat(p->files[i], &st) != 0)
            continue;
        if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
            return 0;
        bytes += S_ISDIR(st.st_mode) ? bytes_below(p->files[i]) : (uint64_t)st.st_size;
    }
    return bytes;
}

/* ------------------------------------------------------------------- showing */

/* "1 h 12 min", "3 min 5 s", "8 s" */
static void
print_time(char *out, size_t room, double seconds)
{
    unsigned long s = (unsigned long)(seconds + 0.5);
    if (s >= 3600)
        snprintf(out, room, "%lu h %lu min", s / 3600, s / 60 % 60);
    else if (s >= 60)
        snprintf(out, room, "%lu min %lu s", s / 60, s % 60);
    else
        snprintf(out, room, "%lu s", s);
}

/* How many, how fast, and where the size of all is known how much and how long still. */
static void
print_status(char *out, size_t room, const cli_progress *p, const cli_counts *counts, double part, double passed, uint64_t read)
{
    double rate = passed > 0 ? (double)(counts->inputs - p->before.inputs) / passed : 0;
    size_t len = (size_t)snprintf(out, room, "%lu documents, %.*f/s", counts->inputs, rate < 10, rate);
    if (part < 0 || len >= room)
        return;
    char left[64] = "?";
    if (read > p->read_before)
        print_time(left, sizeof left, passed * (double)(p->total - read) / (double)(read - p->read_before));
    snprintf(out + len, room - len, ", %.0f%%, %s left", 100 * part, left);
}

static void
show_bar(cli_progress *p, const char *status, double part)
{
    char bar[BAR_CELLS + 1] = "";
    for (int i = 0; part >= 0 && i < BAR_CELLS; i++)
        bar[i] = (double)i < part * BAR_CELLS ? '#' : '.';
    fprintf(stderr, part >= 0 ? "\r\033[K[%s] %s" : "\r\033[K%s%s", bar, status);
    p->shown = true;
}

static void
hide(cli_progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}

void
cli_progress_tick(cli_progress *p, const cli_counts *counts, uint64_t read)
{
    double now = cli_now();
    if (p->quiet || now - p->last < (p->bar ? BAR_EVERY_S : LINE_EVERY_S))
        return;
    p->last = now;
    if (!p->measured) {
        p->total = bytes_of_all(p);
        p->measured = true;
    }
    char status[STATUS_MAX];
    if (p->total < read)
        p->total = 0; /* files grow while they are read */
    double part = p->total != 0 ? (double)read / (double)p->total : -1;
    print_status(status, sizeof status, p, counts, part, now - p->start, read);
    pthread_mutex_lock(&p->lock);
    if (p->bar)
        show_bar(p, status, part);
    else
        fprintf(stderr, "chancery: %s\n", status);
    pthread_mutex_unlock(&p->lock);
}

void
cli_progress_complain(cli_progress *p, const chancery_error *err)
{
    pthread_mutex_lock(&p->lock);
    hide(p);
    cli_complain(err);
    pthread_mutex_unlock(&p->lock);
}

void
cli_progress_end(cli_progress *p, const cli_counts *c, bool checkpoint)
{
    double passed = cli_now() - p->start;
    hide(p);
    if (p->quiet || (c->inputs < 2 && passed < LINE_EVERY_S && !checkpoint))
        return;
    double in = passed > 0.001 ? passed : 0.001;
    fprintf(stderr, "chancery: %lu documents, %lu sentences", c->inputs, c->sentences);
    if (p->events)
        fprintf(stderr, ", %lu events", c->events);
    if (c->duplicates != 0)
        fprintf(stderr, ", %lu duplicates", c->duplicates);
    if (p->before.inputs != 0)
        fprintf(stderr, "; %lu of the documents in this run", c->inputs - p->before.inputs);
    fprintf(stderr, ", in %.1f s (%.0f sentences/s)", passed, (double)(c->sentences - p->before.sentences) / in);
    if (c->failed != 0)
        fprintf(stderr, "; %lu could not be read", c->failed);
    fputc('\n', stderr);
}
