/* store/copy.h: rows in the binary form of PostgreSQL's COPY. All our columns are
 * bigint, double precision or text, as cells are. */
#ifndef CHANCERY_STORE_COPY_H
#define CHANCERY_STORE_COPY_H

#include "base/text.h"
#include "store/tables.h"

typedef struct {
    ch_text bytes; /* without header and trailer */
    size_t rows;
} ch_copy;

void ch_copy_row(ch_copy *copy, const ch_row *row);
void ch_copy_clear(ch_copy *copy);
void ch_copy_free(ch_copy *copy);

/* Before and behind the rows. */
#define CH_COPY_HEADER "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"
#define CH_COPY_HEADER_LEN 19
#define CH_COPY_TRAILER "\377\377"
#define CH_COPY_TRAILER_LEN 2

#endif
