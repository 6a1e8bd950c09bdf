/* syntax/split.h: text to words and sentences.
 *
 * White space parts a text into chunks. Inside of a chunk, each place where the
 * kind of character changes may be the border of a token, or of two words inside
 * one token ("do|n't"); a classifier says which, from left to right. What it was
 * taught are the conventions of the treebanks. Runs of letters are parted where
 * the model's dictionary says so ("can|not"). */
#ifndef CHANCERY_SYNTAX_SPLIT_H
#define CHANCERY_SYNTAX_SPLIT_H

#include "syntax/model.h"

typedef struct {
    ch_span span;
    uint8_t flags; /* CH_T_* */
} ch_piece;

typedef struct {
    ch_piece *at; /* [count] */
    uint32_t count;
    uint32_t room;
} ch_pieces;

/* Adds the words of text[part], in the arena. False without memory. */
bool ch_split_words(const ch_model *model, const char *text, ch_span part, ch_pieces *out, ch_arena *arena);

/* The kind of a character: 'X' capital, 'x' letter, 'd' digit, else the mark, of
 * those that are written in several ways the ASCII one. */
char ch_kind_of(uint32_t c);

/* ---------------------------------------------- what the trainer uses too */

/* Longest chunk, in characters: the longest addresses stay under it. What is
 * longer is no language and is parted there. */
#define CH_CHUNK_MAX 400

#define CH_BORDER_FEATURES_MAX 64

/* The class of a capital and a period, an abbreviation that needs no list. */
#define CH_INITIAL 255

/* What may be at a place between two characters. */
enum { CH_BORDER_NONE, CH_BORDER_TOKEN, CH_BORDER_WORD, CH_BORDER_COUNT };

/* A stretch of letters, of digits or of one mark. */
typedef struct {
    uint16_t start;
    uint16_t end;
    uint32_t hash; /* of its characters in lower case */
} ch_run;

/* A chunk, read character by character. */
typedef struct {
    const char *text;
    uint32_t from, end; /* what is to be read of the text */
    uint32_t n;
    uint32_t nrun;
    char next;    /* kind of the character that follows the white space behind it, 0 at the end */
    char last[2]; /* kinds of the first and last characters of the chunk before, 0 at the start */
    bool plain;   /* a capital or none, and then small letters of ASCII: read as one character until it is studied */
    uint16_t address, address_end; /* an address of the web or of mail in it; the same where there is none */
    uint32_t at[CH_CHUNK_MAX + 1];   /* byte of the text; at[n] is the end */
    uint32_t code[CH_CHUNK_MAX];     /* in lower case */
    char kind[CH_CHUNK_MAX];         /* see ch_kind_of */
    uint16_t run[CH_CHUNK_MAX];      /* which run a character is in */
    ch_run runs[CH_CHUNK_MAX];       /* [nrun] */
    uint32_t head[CH_CHUNK_MAX + 1]; /* hash of all before a place */
    uint32_t rest[CH_CHUNK_MAX + 1]; /* and of all behind it */
    uint32_t head_shape[CH_CHUNK_MAX + 1]; /* the same of the kinds, a run as one */
    uint32_t rest_shape[CH_CHUNK_MAX + 1];
} ch_chunk;

/* Readies the chunk for reading text[part]. */
void ch_chunk_begin(ch_chunk *chunk, const char *text, ch_span part);

/* Reads the next chunk and moves `from` to the one behind it; false when there is none. */
bool ch_chunk_read(ch_chunk *chunk);

/* Makes the runs and hashes of a chunk that was read; splitting a plain chunk needs none. */
void ch_chunk_study(ch_chunk *chunk);

/* Whether the classifier is asked about the place before character i, 0 < i < n. */
bool ch_chunk_is_open(const ch_chunk *chunk, uint32_t i);

/* The features of a place. `last` is the border before and `since` the characters
 * from it. Those from *general on know the very words, and are left out now and
 * then in training, so that the others learn to do without. */
uint32_t ch_chunk_features(const ch_chunk *chunk, const ch_model *model, uint32_t i, uint32_t last, uint32_t since,
                           uint32_t *out, uint32_t *general);

#endif
