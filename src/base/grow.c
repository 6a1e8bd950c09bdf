#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

/* Twice the room, 0 where that is more than can be counted. */
static uint32_t
doubled(uint32_t room, uint32_t first)
{
    return room == 0 ? first : room <= UINT32_MAX / 2 ? room * 2 : 0;
}

void *
ch_grow(void *array, uint32_t count, uint32_t *room, size_t size, uint32_t first)
{
    if (count < *room)
        return array;
    uint32_t want = doubled(*room, first);
    void *bigger = want != 0 ? reallocarray(array, want, size) : NULL;
    if (bigger != NULL)
        *room = want;
    return bigger;
}

void *
ch_arena_grow(ch_arena *arena, void *array, uint32_t count, uint32_t *room, size_t size, uint32_t first)
{
    if (count < *room)
        return array;
    uint32_t want = doubled(*room, first);
    void *bigger = want != 0 ? ch_arena_array(arena, want, size) : NULL;
    if (bigger == NULL)
        return NULL;
    if (count != 0)
        memcpy(bigger, array, count * size);
    *room = want;
    return bigger;
}
