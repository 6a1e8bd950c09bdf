/* intake/encoding.h: from the bytes of an input to UTF-8. */
#ifndef CHANCERY_INTAKE_ENCODING_H
#define CHANCERY_INTAKE_ENCODING_H

#include "base/arena.h"
#include "base/span.h"
#include "base/status.h"

/* `bytes` as UTF-8, NUL-terminated, in `arena`. What is well-formed UTF-8 stays
 * byte for byte (a byte order mark too), so that offsets are those of the input;
 * only control characters that are no white space become spaces, NUL among them.
 * Anything else is converted: from the encoding of its byte order mark, from
 * `declared` (may be NULL), or from the one that is detected.
 *   CH_E_LIMIT     more than CH_TEXT_MAX bytes once in UTF-8
 *   CH_E_ENCODING  no encoding fits; err->at is the first byte that is no UTF-8
 *   CH_E_NOMEM */
ch_status ch_decode(ch_str *out, ch_str bytes, const char *declared, ch_arena *arena, ch_error *err);

#endif
