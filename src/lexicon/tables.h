/* lexicon/tables.h: layouts shared by the compiler and the look-up. */
#ifndef CHANCERY_LEXICON_TABLES_H
#define CHANCERY_LEXICON_TABLES_H

#include "lexicon/lexicon.h"

/* Vocabulary: open addressing by ch_hash of the folded word. */
typedef struct {
    ch_lexstr text; /* 0: free */
    uint32_t word;  /* from 1; spelling variants share one */
} ch_word_slot;

/* Edges of the trie: open addressing by ch_trie_hash. */
typedef struct {
    uint32_t node;
    uint32_t word; /* 0: free */
    uint32_t next;
} ch_trie_slot;

/* Names that end at a node: names [first, first + count). */
typedef struct {
    uint32_t first;
    uint32_t count;
} ch_trie_node;

static inline uint32_t
ch_trie_hash(uint32_t node, uint32_t word)
{
    uint64_t h = ((uint64_t)node << 32 | word) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(h >> 32);
}

#endif
