/* lexicon/pieces.h: a text cut into what patterns run over: words, numbers and
 * marks. Finer than the tokens of the syntax stage, and there before them:
 * "mid-March" is three pieces, "25th" two, "p.m." and "o'clock" one. */
#ifndef CHANCERY_LEXICON_PIECES_H
#define CHANCERY_LEXICON_PIECES_H

#include "base/arena.h"
#include "lexicon/lexicon.h"

typedef enum { CH_PIECE_WORD, CH_PIECE_NUMBER, CH_PIECE_MARK } ch_piece_kind;

enum {
    CH_PIECE_SPACE = 1, /* white space before it, or the beginning */
    CH_PIECE_UPPER = 2, /* begins with a capital */
    CH_PIECE_CAPS = 4   /* capitals only */
};

typedef struct {
    ch_span span;
    uint32_t value; /* the lexicon's word (0: none), the number, the code point */
    uint8_t kind;   /* ch_piece_kind */
    uint8_t flags;  /* CH_PIECE_* */
    uint8_t digits; /* of a number */
} ch_piece;

/* The piece at or behind s[*at], its span in bytes of `s`, *at moved behind it;
 * false at the end. Without `lexicon` words have no value. `glued` also parts
 * "alsoTwo" before the capital. */
bool ch_piece_next(ch_piece *out, const ch_lexicon *lexicon, const char *s, size_t len, size_t *at, bool glued);

/* Cuts `span` of `text` into pieces, in `arena`. False when there is no
 * memory. */
bool ch_pieces_read(ch_piece **out, uint32_t *count, const ch_lexicon *lexicon, const char *text, ch_span span, bool glued,
                    ch_arena *arena);

#endif
