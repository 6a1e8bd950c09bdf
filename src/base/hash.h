/* base/hash.h: the one hash (XXH3, the same on every machine) and the one map. */
#ifndef CHANCERY_BASE_HASH_H
#define CHANCERY_BASE_HASH_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* The hash of `len` bytes. */
uint64_t ch_hash(const void *bytes, size_t len);

/* Mixes two 64-bit values into one. */
uint64_t ch_hash_pair(uint64_t a, uint64_t b);

/* A map from byte strings to uint32_t. Keys are borrowed: they must outlive the
 * map. Insertion order is kept in `keys`/`values`, so that walking it gives the
 * same order on every machine. */
typedef struct {
    ch_str *keys;     /* [count] */
    uint32_t *values; /* [count] */
    uint32_t count;
    uint32_t room;
    uint32_t *slots; /* [nslots] index into keys plus one; 0 is free */
    uint32_t nslots;
} ch_map;

/* Frees its memory, not the keys; it is then empty and may be used again. */
void ch_map_free(ch_map *map);

/* The place of `key`'s value, or NULL when it is not there. The pointer holds
 * until the next ch_map_put(). */
uint32_t *ch_map_get(const ch_map *map, ch_str key);

/* The place of `key`'s value, added with `value` when it was not there
 * (*added, may be NULL, says which); NULL when there is no memory. */
uint32_t *ch_map_put(ch_map *map, ch_str key, uint32_t value, bool *added);

#endif
