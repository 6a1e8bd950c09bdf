/* syntax/model.h: the model file as it is used: an image (base/image.h) of a
 * network for tags and trees, a classifier for the ends of sentences, their labels
 * and one dictionary. docs/model-file.md describes it. */
#ifndef CHANCERY_SYNTAX_MODEL_H
#define CHANCERY_SYNTAX_MODEL_H

#include "base/hash.h"
#include "base/image.h"
#include "intake/document.h"
#include "syntax/classifier.h"
#include "syntax/network.h"
#include "syntax/syntax.h"

extern const ch_image_kind ch_model_image;

/* Sections. Each classifier has its rows and entries at its number times ten. */
typedef enum {
    CH_MODEL_STRINGS = 1,   /* bytes; offset 0 is the empty string, 1 the language */
    CH_MODEL_XPOS,          /* u32 [nxpos] strings */
    CH_MODEL_LABELS,        /* u32 [nlabel] strings, "nsubj:pass" */
    CH_MODEL_DICTIONARY,    /* ch_entry [power of two], open addressing */
    CH_MODEL_BREAK = 10,    /* 10 rows, 11 entries */
    CH_MODEL_BORDERS = 12   /* 12 rows, 13 entries; from 50 on the network's, see network.h */
} ch_model_section;

/* What a key of the dictionary is for. */
typedef enum {
    CH_KEY_LEMMA = 1, /* form or lower-case form, upos, 0 or xpos + 1 -> lemma */
    CH_KEY_RULE,      /* lower-case ending, xpos, upos -> "cut|add" */
    CH_KEY_FEATS,     /* lower-case form, xpos, upos -> FEATS */
    CH_KEY_TAG_FEATS, /* nothing, xpos, upos -> FEATS */
    CH_KEY_JOINT,     /* lower-case run of letters -> where it is parted, "3w" */
    CH_KEY_KNOWN,     /* lower-case word of common use -> 2, or 1 where it is a name */
    CH_KEY_ABBREVIATION, /* lower-case word with its period -> its class */
    CH_KEY_KEEPS,     /* lower-case ending, xpos, upos -> "k": the lemma keeps capitals, "s": it has small letters */
    CH_KEY_IS_LEMMA   /* lemma, upos -> 1 */
} ch_key_kind;

typedef struct {
    uint64_t key; /* 0: free */
    uint32_t value;
    uint32_t spare;
} ch_entry;

static inline uint64_t
ch_model_key(ch_key_kind kind, const char *bytes, size_t len, uint8_t a, uint8_t b)
{
    uint64_t key = ch_hash_pair(ch_hash(bytes, len), (uint64_t)kind << 16 | (uint64_t)a << 8 | b);
    return key != 0 ? key : 1;
}

struct ch_model {
    ch_image image;
    const char *strings;
    const uint32_t *xpos;   /* [nxpos] */
    const uint32_t *labels; /* [nlabel] */
    const ch_entry *dictionary;
    uint32_t nstring, nxpos, nlabel, nentry;
    ch_classifier breaks, borders;
    ch_network network;
    uint8_t rel[CH_NAMES_MAX]; /* [nlabel] ch_rel */
    uint8_t sub[CH_NAMES_MAX]; /* [nlabel] ch_sub */
};

/* The dictionary's value, 0 where the key is absent. */
uint32_t ch_model_get(const ch_model *model, uint64_t key);

#endif
