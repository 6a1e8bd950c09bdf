/* intake/stream.h: the bytes of a file or of standard input, one after another.
 * What is compressed with gzip, zstd, bzip2 or xz is read as what is in it. */
#ifndef CHANCERY_INTAKE_STREAM_H
#define CHANCERY_INTAKE_STREAM_H

#include "base/status.h"
#include "base/text.h"

typedef struct ch_stream ch_stream;

/* Opens `path` ("-" is standard input, which is not closed).
 *   CH_E_IO   it cannot be opened or read, or is a directory
 *   CH_E_FORMAT, CH_E_NOMEM  as ch_stream_peek() */
ch_status ch_stream_open(ch_stream **out, const char *path, ch_error *err);
void ch_stream_close(ch_stream *stream); /* NULL is allowed */

/* The bytes that lie ready, at least one: they stay until ch_stream_skip(). At
 * the end of the stream *len is 0 and the status CH_OK. Waits for bytes, but
 * never for more than there are, so that a pipe is read as it is written.
 *   CH_E_IO
 *   CH_E_FORMAT  what is compressed is damaged, cut off, or swells without end;
 *                the stream ends there */
ch_status ch_stream_peek(ch_stream *stream, const char **at, size_t *len, ch_error *err);

/* Passes over the first `len` of the bytes that lie ready. */
void ch_stream_skip(ch_stream *stream, size_t len);

/* Adds bytes up to and with the next line end to `line`, which is cleared
 * first; at the end of the stream it is empty. What is longer than `limit`
 * bytes is passed over and *cut (may be NULL) set.
 *   CH_E_IO, CH_E_FORMAT, CH_E_NOMEM */
ch_status ch_stream_line(ch_stream *stream, ch_text *line, size_t limit, bool *cut, ch_error *err);

/* Adds all that is left to `out`, at most `limit` bytes; *cut (may be NULL) says
 * that there is more.
 *   CH_E_IO, CH_E_FORMAT, CH_E_NOMEM */
ch_status ch_stream_rest(ch_stream *stream, ch_text *out, size_t limit, bool *cut, ch_error *err);

/* Bytes taken from the file so far, packed ones as they lie there. */
uint64_t ch_stream_position(const ch_stream *stream);

const char *ch_stream_path(const ch_stream *stream);

#endif
