/* cli/checkpoint.h: how far a run is, kept in a file, so that one that was killed
 * goes on where it was.
 *
 * The output always holds at least the bytes that the checkpoint counts: it is
 * flushed first, and the checkpoint replaced whole afterwards. What a killed run
 * wrote beyond them is cut off and made anew. */
#ifndef CHANCERY_CLI_CHECKPOINT_H
#define CHANCERY_CLI_CHECKPOINT_H

#include "chancery.h"

#include <stdbool.h>
#include <stdint.h>

/* What was written; also shown while a run goes on, and at its end. */
typedef struct {
    unsigned long inputs; /* those that failed too */
    unsigned long failed;
    unsigned long sentences;
    unsigned long events;
    unsigned long duplicates;
} cli_counts;

typedef struct {
    const char *path; /* NULL: none is kept */
    uint64_t chain;   /* hash of the job and of the inputs written, in their order */
    bool elsewhere;   /* they are not written to standard output; `output` is set by who writes them */
    uint64_t output;  /* bytes of output that hold them */
    uint64_t seen;    /* bytes of the file of documents that may be repeated */
    uint64_t days;    /* bytes of the file of events that were met */
    cli_counts counts;
    double saved; /* cli_now() of the last save */
} cli_checkpoint;

/* Seconds of a clock that only goes forward. */
double cli_now(void);

/* Reads the file at `path`; *found says whether there is one. False, once told,
 * when it cannot be read or is no checkpoint. */
bool cli_checkpoint_load(cli_checkpoint *point, bool *found);

/* Writes what standard output holds to the disk and then the checkpoint; false,
 * once told, when either fails. */
bool cli_checkpoint_save(cli_checkpoint *point);

/* Makes standard output ready to go on behind point->output (`found`), or to
 * begin; false, once told, when it cannot be. */
bool cli_checkpoint_output(cli_checkpoint *point, bool found);

/* `chain` with one more string, or with one more input. */
uint64_t cli_chain(uint64_t chain, const void *bytes, size_t len);
uint64_t cli_chain_string(uint64_t chain, const char *s); /* NULL is allowed */

#endif
