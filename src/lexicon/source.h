/* lexicon/source.h: the text of the lexicon as blocks and fields, and complaints
 * about it. The grammar is in docs/lexicon.md. */
#ifndef CHANCERY_LEXICON_SOURCE_H
#define CHANCERY_LEXICON_SOURCE_H

#include "base/arena.h"
#include "base/span.h"
#include "base/status.h"
#include "chancery.h"

typedef struct {
    ch_str text;     /* one value, white space around it gone */
    uint32_t line;   /* 1 is the first */
    uint32_t column; /* 1 is the first, in bytes */
    const char *file; /* the block's, but for what another one adds to it */
} ch_value;

typedef struct {
    ch_str key;
    uint32_t line;
    const char *file;
    ch_value *values; /* [nvalue] */
    uint32_t nvalue;
} ch_field;

typedef struct {
    ch_str kind;
    ch_str id;
    const char *file; /* path as given, from the lexicon's folder on */
    uint32_t line;
    ch_field *fields; /* [nfield] one a line: a key may recur */
    uint32_t nfield;
    uint32_t folder; /* which of the folders read */
    const char *over_file; /* an entry of an earlier folder that this one replaces, or NULL */
    uint32_t over_line;
    bool adds; /* "+kind id": its fields join those of the entry of that id */
    bool foreign; /* it has a "from": it was read from a dictionary of others */
} ch_block;

/* Who hears of mistakes, and how many there were. */
typedef struct {
    chancery_complain *complain; /* may be NULL */
    void *context;
    uint32_t errors;
    uint32_t warnings;
} ch_complaints;

/* Tells one mistake. `line`, `column` count from 1; 0 is unknown. */
void ch_complain(ch_complaints *to, bool fatal, const char *file, uint32_t line, uint32_t column, const char *remedy,
                 const char *format, ...) __attribute__((format(printf, 7, 8)));

/* Whether blocks of a kind count in folder number `folder`. */
typedef bool ch_wanted(ch_str kind, uint32_t folder);

/* Every block of all `*.txt` files under `dirs`, files in the order of their
 * paths; a block of a later folder with the kind and id of an earlier one
 * replaces it, or adds to it. Mistakes of grammar are told and passed over. All memory is the
 * arena's. `wanted` may be NULL: all are. */
ch_status ch_source_read(ch_block **out, uint32_t *count, const char *const *dirs, size_t ndir, ch_wanted *wanted,
                         ch_arena *arena, ch_complaints *to, ch_error *err);

/* All values of `key` in the block one by one: start with *at = 0; NULL at the end. */
const ch_value *ch_block_next(const ch_block *block, const char *key, uint64_t *at);

/* The first value of `key`, or NULL. */
const ch_value *ch_block_first(const ch_block *block, const char *key);

#endif
