/* store/keys.h: keys of actors that were met, by their hash, so that most parties
 * cost no question to the database. */
#ifndef CHANCERY_STORE_KEYS_H
#define CHANCERY_STORE_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Actors remembered from one batch to the next, in 32 MiB at the most. */
#define CH_KEYS_MAX ((size_t)1 << 20)

typedef struct {
    struct ch_key_slot *slots; /* [room], a power of two */
    size_t room;
    size_t count;
} ch_keys;

void ch_keys_free(ch_keys *keys);
void ch_keys_forget(ch_keys *keys);

/* Forgets all where there are more than CH_KEYS_MAX. */
void ch_keys_trim(ch_keys *keys);

/* 0 where it is not remembered. */
int64_t ch_keys_get(const ch_keys *keys, uint64_t hash);

/* `key` is not 0. False when there is no memory. */
bool ch_keys_put(ch_keys *keys, uint64_t hash, int64_t key);

#endif
