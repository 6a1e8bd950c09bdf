/* syntax/network.h: tags and trees of a sentence by a small neural network, in
 * whole numbers: weights and activations are bytes, their products are summed
 * exactly, and what is done in floating point is done element by element, so
 * that every machine gives the same bits.
 *
 *   word + spelling embeddings  [n + 1][dim]      row 0 is the root
 *   layers of recurrent units   [n + 1][dim]      half from the left, half from the right
 *   tags                        [n + 1][ntag]     from the last layer but one
 *   arcs: dependent, head       [n + 1][arc]      heads by dep U head
 *   labels: dependent, head     [n + 1][lab]      labels by leaky(dep + head) W
 */
#ifndef CHANCERY_SYNTAX_NETWORK_H
#define CHANCERY_SYNTAX_NETWORK_H

#include "base/arena.h"
#include "base/image.h"
#include "base/span.h"
#include "base/status.h"
#include "intake/document.h"
#include "syntax/kernel.h"
#include "syntax/tree.h"

typedef struct {
    uint32_t dim;    /* a multiple of 64 */
    uint32_t layers; /* 2 to CH_NETWORK_LAYERS_MAX */
    uint32_t arc;    /* multiples of 32 */
    uint32_t lab;
    uint32_t nword;  /* words with an embedding, word 0 not counted */
    uint32_t nrow;   /* spelling rows; a power of two */
    uint32_t nxpos;  /* Penn tags, 1 to CH_NAMES_MAX */
    uint32_t nlabel; /* relations, the same */
} ch_network_shape;

#define CH_NETWORK_LAYERS_MAX 8

/* Most Penn tags, and most relations. */
#define CH_NAMES_MAX 160

/* Columns of a matrix are padded to a multiple of CH_LANES. */
static inline uint32_t
ch_pad(uint32_t n)
{
    return (n + CH_LANES - 1) / CH_LANES * CH_LANES;
}

/* Columns of the tags' plane: nxpos Penn tags, then the universal ones, scored together. */
static inline uint32_t
ch_network_ntag(const ch_network_shape *s)
{
    return ch_pad(s->nxpos + CH_UPOS_COUNT);
}

/* ------------------------------------------------------------ as it is used */

/* Sections of the model file. */
enum {
    CH_NETWORK_SHAPE = 50, /* ch_network_shape, one */
    CH_NETWORK_WORDS,      /* ch_network_word [power of two], open addressing */
    CH_NETWORK_WORD_ROWS,  /* i8 [nword + 1][dim / 2] */
    CH_NETWORK_SPELLINGS,  /* i8 [nrow][dim / 2] */
    CH_NETWORK_MATRICES,   /* i8, packed as kernel.h has it: layers, tags, hidden, arcs, labels */
    CH_NETWORK_SUMS,       /* i32 of their columns, in the same order */
    CH_NETWORK_VECTORS     /* f32, see network.c */
};

typedef struct {
    uint64_t key; /* of the lower-case word; 0: free */
    uint32_t word;
    uint32_t spare;
} ch_network_word;

/* The key of a word in small letters; never 0. */
uint64_t ch_network_word_key(const char *lower, size_t len);

typedef struct {
    ch_packed matrix;
    const float *scale; /* [n] */
    const float *bias;  /* [n]; NULL for layers */
} ch_plane;

typedef struct {
    ch_network_shape shape;
    const ch_network_word *table;
    uint32_t table_mask;
    const int8_t *words, *spellings;
    const float *word_scale;     /* [nword + 1] */
    const float *spelling_scale; /* [nrow] */
    const float *root; /* [dim] */
    ch_plane layer[CH_NETWORK_LAYERS_MAX];
    ch_unit_weights unit[CH_NETWORK_LAYERS_MAX];
    ch_plane tags, hidden, arcs, labels;
    const ch_kernels *kernels;
} ch_network;

/* Lays the network over an open image, whose memory it uses.
 *   CH_E_FORMAT  a section is missing, or its size is not what the shape asks for */
ch_status ch_network_open(ch_network *out, const ch_image *image, const char *path, ch_error *err);

/* Working memory; grows in the arena with the longest sentence. */
typedef struct ch_network_room ch_network_room;
ch_network_room *ch_network_room_new(ch_arena *arena); /* NULL without memory */

/* What is read of words 1..n; index 0 is unused. */
typedef struct {
    uint8_t xpos[CH_TREE_MAX];
    uint8_t upos[CH_TREE_MAX];
    uint8_t label[CH_TREE_MAX];
    uint16_t head[CH_TREE_MAX]; /* 0 the root */
} ch_network_answer;

/* Reads words [n], n <= CH_SENTENCE_MAX; false without memory. */
bool ch_network_read(const ch_network *network, ch_network_room *room, const ch_str *words, uint32_t n, ch_network_answer *out);

#endif
