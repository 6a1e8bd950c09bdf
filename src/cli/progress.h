/* cli/progress.h: what a run tells on standard error: a bar on a terminal, a line
 * now and then otherwise, and a summary at the end. */
#ifndef CHANCERY_CLI_PROGRESS_H
#define CHANCERY_CLI_PROGRESS_H

#include "checkpoint.h"

#include <pthread.h>

typedef struct {
    bool quiet;
    bool bar;    /* standard error is a terminal that nothing else is written to */
    bool events; /* they are counted */
    bool shown;  /* the bar stands on the screen */
    char **files;
    int file_count;
    bool measured; /* `total` is known */
    uint64_t total; /* bytes of all files; 0: unknown */
    double start, last;
    cli_counts before; /* what was written, and read, before this run */
    uint64_t read_before;
    pthread_mutex_t lock; /* of `shown` and of the screen */
} cli_progress;

void cli_progress_begin(cli_progress *p, char **files, int count);

/* Shows how far the run is, when it is time to. `read` are bytes of the files. */
void cli_progress_tick(cli_progress *p, const cli_counts *counts, uint64_t read);

/* cli_complain() on a line of its own. */
void cli_progress_complain(cli_progress *p, const chancery_error *err);

/* The summary; nothing after a run of one short text. */
void cli_progress_end(cli_progress *p, const cli_counts *counts, bool checkpoint);

#endif
