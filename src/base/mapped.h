/* base/mapped.h: a file read through the page cache, never copied. */
#ifndef CHANCERY_BASE_MAPPED_H
#define CHANCERY_BASE_MAPPED_H

#include "base/status.h"

#include <stddef.h>

typedef struct {
    const unsigned char *at;
    size_t len;
} ch_mapped;

/* Maps the regular file at `path` for reading.
 *   CH_E_IO   it cannot be opened or mapped, or is no regular file
 * An empty file gives len 0. */
ch_status ch_mapped_open(ch_mapped *out, const char *path, ch_error *err);
void ch_mapped_close(ch_mapped *mapped);

#endif
