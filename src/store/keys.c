#include "store/keys.h"

#include <stdlib.h>
#include <string.h>

struct ch_key_slot {
    uint64_t hash;
    int64_t key; /* 0: free */
};

void
ch_keys_free(ch_keys *keys)
{
    free(keys->slots);
    *keys = (ch_keys){0};
}

void
ch_keys_forget(ch_keys *keys)
{
    if (keys->room != 0)
        memset(keys->slots, 0, keys->room * sizeof *keys->slots);
    keys->count = 0;
}

void
ch_keys_trim(ch_keys *keys)
{
    if (keys->count > CH_KEYS_MAX)
        ch_keys_free(keys);
}

/* The slot of the hash, or the free one where it would go. */
static size_t
find(const ch_keys *keys, uint64_t hash)
{
    size_t at = (size_t)hash & (keys->room - 1);
    while (keys->slots[at].key != 0 && keys->slots[at].hash != hash)
        at = (at + 1) & (keys->room - 1);
    return at;
}

int64_t
ch_keys_get(const ch_keys *keys, uint64_t hash)
{
    return keys->room != 0 ? keys->slots[find(keys, hash)].key : 0;
}

static bool
grow(ch_keys *keys)
{
    ch_keys more = {.room = keys->room != 0 ? keys->room * 2 : 1024, .count = keys->count};
    more.slots = calloc(more.room, sizeof *more.slots);
    if (more.slots == NULL)
        return false;
    for (size_t i = 0; i < keys->room; i++)
        if (keys->slots[i].key != 0)
            more.slots[find(&more, keys->slots[i].hash)] = keys->slots[i];
    free(keys->slots);
    *keys = more;
    return true;
}

bool
ch_keys_put(ch_keys *keys, uint64_t hash, int64_t key)
{
    if (keys->count * 2 >= keys->room && !grow(keys))
        return false;
    size_t at = find(keys, hash);
    keys->count += keys->slots[at].key == 0;
    keys->slots[at].hash = hash;
    keys->slots[at].key = key;
    return true;
}
