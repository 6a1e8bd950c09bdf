/* base/search.h: searching what is in order. */
#ifndef CHANCERY_BASE_SEARCH_H
#define CHANCERY_BASE_SEARCH_H

#include <stddef.h>
#include <stdint.h>

/* The index of the first of `count` elements, of `size` bytes each, whose key is
 * `from` or more; `count` where none is. `keys` is the key in the first of them:
 * &all->first, with sizeof *all. They are sorted by it. */
static inline uint32_t
ch_search_first(const uint32_t *keys, size_t size, uint32_t count, uint32_t from)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (*(const uint32_t *)(const void *)((const char *)keys + middle * size) < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#endif
