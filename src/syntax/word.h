/* syntax/word.h: what is known of a word once its tags are: lemma and morphology. */
#ifndef CHANCERY_SYNTAX_WORD_H
#define CHANCERY_SYNTAX_WORD_H

#include "syntax/model.h"

/* The lemma of a tagged word, in the arena or the model. */
ch_str ch_lemma(const ch_model *model, ch_arena *arena, ch_str word, uint8_t xpos, uint8_t upos);

/* FEATS of a tagged word; the model's memory. */
const char *ch_feats(const ch_model *model, ch_str word, uint8_t xpos, uint8_t upos);

#endif
