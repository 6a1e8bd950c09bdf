/* base/status.h: errors are values. Every fallible function returns a ch_status
 * and, where it takes a ch_error, fills it with what a person needs to mend the
 * cause: the file, the place in it and the remedy. */
#ifndef CHANCERY_BASE_STATUS_H
#define CHANCERY_BASE_STATUS_H

#include "chancery.h"

#include <stdint.h>

typedef chancery_status ch_status;
typedef chancery_error ch_error;

#define CH_OK CHANCERY_OK
#define CH_E_NOMEM CHANCERY_E_NOMEM
#define CH_E_IO CHANCERY_E_IO
#define CH_E_FORMAT CHANCERY_E_FORMAT
#define CH_E_LIMIT CHANCERY_E_LIMIT
#define CH_E_ENCODING CHANCERY_E_ENCODING
#define CH_E_ARGUMENT CHANCERY_E_ARGUMENT
#define CH_END CHANCERY_END

/* Fills `err` (may be NULL) with status, file (may be NULL), position and a
 * printf-style message, and returns `status`, so that a caller can write
 * `return ch_fail(err, CH_E_IO, path, 0, "...")`. */
ch_status ch_fail(ch_error *err, ch_status status, const char *file, uint64_t at, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
