#include "votes.h"

#include <stdlib.h>
#include <string.h>

/* The place of a key's value in a map that keeps its own copies. */
static uint32_t *
put(ch_votes *v, ch_map *map, ch_str key, uint32_t value)
{
    uint32_t *known = ch_map_get(map, key);
    if (known != NULL)
        return known;
    char *copy = ch_arena_copy(v->arena, key.at, key.len);
    uint32_t *place = copy != NULL ? ch_map_put(map, (ch_str){copy, key.len}, value, NULL) : NULL;
    v->failed = v->failed || place == NULL;
    return place;
}

void
ch_vote(ch_votes *v, ch_str context, ch_str value)
{
    uint32_t numbers[2];
    uint32_t *a = put(v, &v->contexts, context, v->contexts.count);
    if (a == NULL)
        return;
    numbers[0] = *a;
    uint32_t *b = put(v, &v->values, value, v->values.count);
    if (b == NULL)
        return;
    numbers[1] = *b;
    uint32_t *votes = put(v, &v->pairs, (ch_str){(const char *)numbers, sizeof numbers}, 0);
    if (votes != NULL)
        (*votes)++;
}

bool
ch_votes_count(ch_votes *v)
{
    v->winners = calloc(v->contexts.count + 1, sizeof *v->winners);
    if (v->failed || v->winners == NULL)
        return false;
    for (uint32_t i = 0; i < v->pairs.count; i++) {
        uint32_t numbers[2];
        memcpy(numbers, v->pairs.keys[i].at, sizeof numbers);
        ch_winner *w = &v->winners[numbers[0]];
        w->total += v->pairs.values[i];
        if (v->pairs.values[i] > w->count) {
            w->count = v->pairs.values[i];
            w->value = numbers[1];
        }
    }
    return true;
}

const ch_winner *
ch_votes_find(const ch_votes *v, ch_str context)
{
    const uint32_t *number = ch_map_get(&v->contexts, context);
    return number != NULL ? &v->winners[*number] : NULL;
}

void
ch_votes_free(ch_votes *v)
{
    ch_map_free(&v->contexts);
    ch_map_free(&v->values);
    ch_map_free(&v->pairs);
    free(v->winners);
    v->winners = NULL;
}
