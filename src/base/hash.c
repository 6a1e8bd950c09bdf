#include "base/hash.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
ch_hash(const void *bytes, size_t len)
{
    return XXH3_64bits(bytes, len);
}

uint64_t
ch_hash_pair(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ (b + UINT64_C(0x9E3779B97F4A7C15) + (a << 6) + (a >> 2))) * UINT64_C(0xFF51AFD7ED558CCD);
    return h ^ (h >> 32);
}

void
ch_map_free(ch_map *map)
{
    free(map->keys);
    free(map->values);
    free(map->slots);
    *map = (ch_map){0};
}

/* The slot that holds `key`, or the free one where it would go. */
static uint32_t
find_slot(const ch_map *map, ch_str key)
{
    uint32_t mask = map->nslots - 1;
    uint32_t slot = (uint32_t)ch_hash(key.at, key.len) & mask;
    while (map->slots[slot] != 0 && !ch_str_eq(map->keys[map->slots[slot] - 1], key))
        slot = (slot + 1) & mask;
    return slot;
}

uint32_t *
ch_map_get(const ch_map *map, ch_str key)
{
    if (map->count == 0)
        return NULL;
    uint32_t at = map->slots[find_slot(map, key)];
    return at == 0 ? NULL : &map->values[at - 1];
}

static bool
grow(ch_map *map)
{
    uint32_t room = map->room == 0 ? 32 : map->room * 2;
    ch_str *keys = realloc(map->keys, room * sizeof *keys);
    if (keys != NULL)
        map->keys = keys;
    uint32_t *values = realloc(map->values, room * sizeof *values);
    if (values != NULL)
        map->values = values;
    uint32_t *slots = calloc((size_t)room * 2, sizeof *slots);
    if (keys == NULL || values == NULL || slots == NULL) {
        free(slots);
        return false;
    }
    free(map->slots);
    map->slots = slots;
    map->nslots = room * 2;
    map->room = room;
    for (uint32_t i = 0; i < map->count; i++)
        map->slots[find_slot(map, map->keys[i])] = i + 1;
    return true;
}

uint32_t *
ch_map_put(ch_map *map, ch_str key, uint32_t value, bool *added)
{
    if (added != NULL)
        *added = false;
    if (map->count == map->room && !grow(map))
        return NULL;
    uint32_t slot = find_slot(map, key);
    if (map->slots[slot] == 0) {
        map->keys[map->count] = key;
        map->values[map->count] = value;
        map->slots[slot] = ++map->count;
        if (added != NULL)
            *added = true;
    }
    return &map->values[map->slots[slot] - 1];
}
