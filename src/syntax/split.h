/* syntax/split.h: text to words and sentences. */
#ifndef CHANCERY_SYNTAX_SPLIT_H
#define CHANCERY_SYNTAX_SPLIT_H

#include "syntax/cue.h"
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

/* Words of text[part], in the arena. False without memory. */
bool ch_split_words(const ch_model *model, const char *text, ch_span part, ch_pieces *out, ch_arena *arena);

/* Whether a sentence ends behind piece i; `cues` are the pieces'. */
bool ch_split_ends(const ch_model *model, const ch_cue *cues, uint32_t count, uint32_t i, uint32_t since);

#endif
