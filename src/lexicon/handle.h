/* lexicon/handle.h: what an open lexicon holds beyond what its users see. */
#ifndef CHANCERY_LEXICON_HANDLE_H
#define CHANCERY_LEXICON_HANDLE_H

#include "base/hash.h"
#include "lexicon/frames.h"
#include "lexicon/gazetteer.h"
#include "lexicon/layouts.h"
#include "lexicon/tables.h"

#include <stddef.h>

typedef struct {
    ch_lexicon lexicon; /* first: its address is the handle's */
    const ch_word_slot *word_slots;
    const ch_trie_slot *trie_slots;
    const ch_trie_node *nodes;
    const ch_gazetteer_place *places;
    uint32_t nword_slot, ntrie_slot, nnode, nplace;
    ch_frames frames;
    ch_map set_of; /* id of a set -> its index: each document asks for hundreds */
    ch_layouts layouts;
} ch_lexicon_handle;

static inline ch_lexicon_handle *
ch_lexicon_get_handle(const ch_lexicon *lexicon)
{
    return (ch_lexicon_handle *)(uintptr_t)lexicon;
}

/* Finds the sections of frames, sets and ontologies.
 *   CH_E_FORMAT, CH_E_NOMEM */
ch_status ch_frames_open(ch_lexicon_handle *handle, ch_error *err);

#endif
