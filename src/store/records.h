/* store/records.h: a file of the record format, a document with its records after
 * another. */
#ifndef CHANCERY_STORE_RECORDS_H
#define CHANCERY_STORE_RECORDS_H

#include "base/status.h"
#include "store/entry.h"

#include <stdint.h>

typedef struct ch_records_source ch_records_source;

/* Opens `path` ("-": standard input), unpacking what is packed.
 *   CH_E_IO, CH_E_FORMAT, CH_E_NOMEM
 * Close with ch_records_close(). */
ch_status ch_records_open(ch_records_source **out, const char *path, ch_error *err);
void ch_records_close(ch_records_source *source); /* NULL is allowed */

/* The lines of the next document, or of one that could not be read: CH_OK, or
 * CH_END behind the last.
 *   CH_E_FORMAT  a line is longer than any of ours; the next document may be asked for
 *   CH_E_IO, CH_E_NOMEM */
ch_status ch_records_next(ch_records_source *source, ch_error *err);

/* These lines, borrowed until the next call, and the number of the first. */
const char *ch_records_lines(const ch_records_source *source, size_t *len, uint64_t *number);

/* These lines as ch_entry_read() reads them; an error names the file. */
ch_status ch_records_entry(ch_entry **out, const ch_records_source *source, ch_error *err);

#endif
