/* intake/page_map.h: where the text that was taken from a page stands in it. */
#ifndef CHANCERY_INTAKE_PAGE_MAP_H
#define CHANCERY_INTAKE_PAGE_MAP_H

#include "base/span.h"
#include "chancery.h"

/* Stretches in the order of the text, not overlapping. */
typedef struct {
    chancery_page_run *runs; /* [count] */
    uint32_t count;
    uint32_t room;
    bool failed; /* no memory: what was added since is missing */
} ch_page_map;

void ch_page_map_free(ch_page_map *map);

/* Adds a stretch behind the others; one that goes on where the last ends, in the
 * text and in the page, lengthens it. */
void ch_page_map_add(ch_page_map *map, chancery_page_run run);

/* Adds those of `more` below byte `len` of its text, which stands at `at`. */
void ch_page_map_append(ch_page_map *map, const ch_page_map *more, uint32_t at, uint32_t len);

/* Moves all of the text by `by` bytes. */
void ch_page_map_shift(ch_page_map *map, uint32_t by);

/* Where `span` of the text stands in the page: false when its first or its last
 * byte is not from there. */
bool ch_page_map_find(chancery_span *out, const chancery_page_run *runs, uint32_t count, ch_span span);

#endif
