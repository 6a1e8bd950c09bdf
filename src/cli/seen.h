/* cli/seen.h: documents of a run that later ones may repeat. With a checkpoint
 * they are also kept in a file beside it, so that a run that goes on knows them:
 * of each the length of its id (4 bytes), the id and the signature, in the byte
 * order of the machine. */
#ifndef CHANCERY_CLI_SEEN_H
#define CHANCERY_CLI_SEEN_H

#include "chancery.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct {
    chancery_duplicates *met;
    FILE *log; /* NULL: not kept */
    uint64_t size; /* bytes of it */
} cli_seen;

/* `checkpoint` is its path or NULL; the first `size` bytes of the file beside it
 * are taken up. False, once told, when that fails. */
bool cli_seen_open(cli_seen *seen, const char *checkpoint, uint64_t size);
void cli_seen_close(cli_seen *seen);

/* Meets a document (see chancery_duplicates_meet()); false, once told, on failure. */
bool cli_seen_meet(cli_seen *seen, const char *id, const chancery_signature *signature, const char **original);

/* Brings the file to disk; false, once told, on failure. */
bool cli_seen_save(cli_seen *seen);

#endif
