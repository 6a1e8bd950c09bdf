/* fuzz/fuzz.h: what the fuzz targets share. A target that cannot start aborts:
 * a run that tests nothing must not look like one that found nothing. */
#ifndef CHANCERY_FUZZ_FUZZ_H
#define CHANCERY_FUZZ_FUZZ_H

#include "chancery.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A file in memory that holds `data`, for functions that take a path. The path
 * is good until the next call; the file is gone with it. */
const char *fuzz_file(const uint8_t *data, size_t size);

/* Path of `name` in the folder $CHANCERY_DATA; to be freed. */
char *fuzz_data(const char *name);

/* The installed model and lexicon, opened once. */
const chancery_reader *fuzz_reader(void);

#endif
