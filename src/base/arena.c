#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* First block: a short report with all its records fits in it. */
#define BLOCK_MIN ((size_t)256 * 1024)

struct ch_arena_block {
    ch_arena_block *older;
    size_t size; /* bytes of data */
    size_t at;   /* bytes handed out */
    alignas(max_align_t) unsigned char data[];
};

void
ch_arena_init(ch_arena *arena, size_t limit)
{
    *arena = (ch_arena){.limit = limit};
}

void
ch_arena_free(ch_arena *arena)
{
    while (arena->block != NULL) {
        ch_arena_block *older = arena->block->older;
        free(arena->block);
        arena->block = older;
    }
    arena->used = 0;
}

void
ch_arena_reset(ch_arena *arena)
{
    while (arena->block != NULL && arena->block->older != NULL) {
        ch_arena_block *older = arena->block->older;
        free(arena->block);
        arena->block = older;
    }
    if (arena->block != NULL)
        arena->block->at = 0;
    arena->used = 0;
}

static ch_arena_block *
new_block(ch_arena *arena, size_t size)
{
    size_t want = arena->block != NULL ? arena->block->size * 2 : BLOCK_MIN;
    if (want < size)
        want = size;
    ch_arena_block *block = malloc(sizeof *block + want);
    if (block == NULL)
        return NULL;
    block->older = arena->block;
    block->size = want;
    block->at = 0;
    arena->block = block;
    return block;
}

void *
ch_arena_alloc(ch_arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align)
        return NULL;
    size = size == 0 ? align : (size + align - 1) / align * align;
    if (arena->limit != 0 && size > arena->limit - arena->used)
        return NULL;
    ch_arena_block *block = arena->block;
    if (block == NULL || size > block->size - block->at) {
        block = new_block(arena, size);
        if (block == NULL)
            return NULL;
    }
    void *got = block->data + block->at;
    block->at += size;
    arena->used += size;
    return memset(got, 0, size);
}

void *
ch_arena_array(ch_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return ch_arena_alloc(arena, count * size);
}

char *
ch_arena_copy(ch_arena *arena, const char *bytes, size_t len)
{
    if (len == SIZE_MAX)
        return NULL;
    char *copy = ch_arena_alloc(arena, len + 1);
    if (copy != NULL && len != 0)
        memcpy(copy, bytes, len);
    return copy;
}

ch_arena_mark
ch_arena_get_mark(const ch_arena *arena)
{
    return (ch_arena_mark){
        .block = arena->block,
        .at = arena->block != NULL ? arena->block->at : 0,
        .used = arena->used,
    };
}

void
ch_arena_rewind(ch_arena *arena, ch_arena_mark mark)
{
    while (arena->block != mark.block) {
        ch_arena_block *older = arena->block->older;
        free(arena->block);
        arena->block = older;
    }
    if (arena->block != NULL)
        arena->block->at = mark.at;
    arena->used = mark.used;
}
