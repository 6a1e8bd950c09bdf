/* base/grow.h: arrays that grow one by one, doubled when they are full. */
#ifndef CHANCERY_BASE_GROW_H
#define CHANCERY_BASE_GROW_H

#include "base/arena.h"

/* `array` [count], of elements of `size` bytes, with room for one more: itself
 * where *room has it, else moved to twice the room, `first` elements the first
 * time (NULL and 0 to begin with). It is the caller's, to be freed with free().
 * NULL without memory; the array and *room are then as they were. */
void *ch_grow(void *array, uint32_t count, uint32_t *room, size_t size, uint32_t first);

/* The same in an arena, where the smaller ones are left behind. */
void *ch_arena_grow(ch_arena *arena, void *array, uint32_t count, uint32_t *room, size_t size, uint32_t first);

#endif
