/* store/flat.h: a record of any kind as one row of columns. */
#ifndef CHANCERY_STORE_FLAT_H
#define CHANCERY_STORE_FLAT_H

#include "base/span.h"

#include <stdbool.h>

typedef struct ch_flat ch_flat;

bool ch_flat_is_number(size_t column);

/* NULL without memory. */
ch_flat *ch_flat_new(void);

/* Names of the columns, *count of them; the flat's. */
const char *const *ch_flat_names(const ch_flat *flat, size_t *count);
void ch_flat_free(ch_flat *flat); /* NULL is allowed */

/* Takes the columns from a line of the record format, and day and title of its
 * document (.at may be NULL). What is no such line gives empty columns. */
void ch_flat_read(ch_flat *flat, ch_str json, ch_str published, ch_str title);

/* A column's text, borrowed until the next is read; NULL where it has none. */
const char *ch_flat_text(ch_flat *flat, size_t column);

#endif
