/* base/arena.h: memory with one lifetime. Allocate forward, free at once; a
 * mark can be taken and gone back to, so that a stage that fails leaves nothing
 * behind. Memory is zeroed. An arena belongs to one thread at a time. */
#ifndef CHANCERY_BASE_ARENA_H
#define CHANCERY_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct ch_arena_block ch_arena_block;

typedef struct {
    ch_arena_block *block; /* the block allocated from; older ones behind it */
    size_t used;           /* bytes handed out, padding counted */
    size_t limit;          /* most bytes that may be handed out; 0 is no limit */
} ch_arena;

typedef struct {
    ch_arena_block *block;
    size_t at;
    size_t used;
} ch_arena_mark;

/* An empty arena that will hand out at most `limit` bytes (0: no limit). */
void ch_arena_init(ch_arena *arena, size_t limit);

/* Frees everything; the arena may be used again. */
void ch_arena_free(ch_arena *arena);

/* Gives back all but one block, which is kept for the next use. */
void ch_arena_reset(ch_arena *arena);

/* `size` zeroed bytes aligned for any type, or NULL when the limit or the
 * machine's memory is reached. A size of 0 gives a valid pointer. */
void *ch_arena_alloc(ch_arena *arena, size_t size);

/* `count` zeroed things of `size` bytes, NULL also when the product overflows. */
void *ch_arena_array(ch_arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of `len` bytes, or NULL. */
char *ch_arena_copy(ch_arena *arena, const char *bytes, size_t len);

/* Where the arena stands; and back there: all that was allocated since is gone.
 * Marks are gone back to from the last to the first. */
ch_arena_mark ch_arena_get_mark(const ch_arena *arena);
void ch_arena_rewind(ch_arena *arena, ch_arena_mark mark);

#endif
