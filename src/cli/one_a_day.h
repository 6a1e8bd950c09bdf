/* cli/one_a_day.h: of events of one day, pair of parties, type, status and place
 * only the first is written. */
#ifndef CHANCERY_CLI_ONE_A_DAY_H
#define CHANCERY_CLI_ONE_A_DAY_H

#include "chancery.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An event under one pair of its parties. */
typedef struct {
    uint32_t event;
    bool again; /* it tells an earlier one of its document again */
    uint64_t hash;
} cli_day_key;

/* The keys of a document's events, in their order; none of an event whose day is
 * unknown, or of which no place is and no party by name or country. *out is to be
 * freed. False when there is no memory. */
bool cli_day_keys(cli_day_key **out, size_t *count, const chancery_document *doc);

/* Keys met so far: the latest million and more, in 32 MiB. With a checkpoint they
 * are also kept in a file beside it, 8 bytes each in the byte order of the
 * machine, so that a run that goes on knows them. */
typedef struct cli_days cli_days;

/* `checkpoint` is its path or NULL; the first `size` bytes of the file beside it
 * are taken up. NULL, once told, when that fails. */
cli_days *cli_days_open(const char *checkpoint, uint64_t size);
void cli_days_close(cli_days *days); /* NULL is allowed */

/* Brings the file to disk; *size is how many bytes of it count. False, once told,
 * on failure. */
bool cli_days_save(cli_days *days, uint64_t *size);

/* Takes out of `records` (NDJSON, *len bytes, changed in place) the events all of
 * whose keys were met, and those that tell an earlier one of the document again.
 * Gives how many. */
size_t cli_days_thin(cli_days *days, char *records, size_t *len, const cli_day_key *keys, size_t count);

#endif
