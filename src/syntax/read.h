/* syntax/read.h: one sentence: tags, lemmas, tree. */
#ifndef CHANCERY_SYNTAX_READ_H
#define CHANCERY_SYNTAX_READ_H

#include "syntax/cue.h"
#include "syntax/model.h"
#include "syntax/transition.h"

/* Gives cues [n] their tags; n <= CH_SENTENCE_MAX. */
void ch_tag(const ch_model *model, ch_cue *cues, uint32_t n);

/* Heads (1..n, 0 the root) and labels of the tagged words, in `parser`. */
void ch_attach(const ch_model *model, const ch_cue *cues, uint32_t n, ch_parser *parser);

/* The lemma of a tagged word, in the arena or the model. */
ch_str ch_lemma(const ch_model *model, ch_arena *arena, ch_str word, uint8_t xpos, uint8_t upos);

/* FEATS of a tagged word; the model's memory. */
const char *ch_feats(const ch_model *model, ch_str word, uint8_t xpos, uint8_t upos);

#endif
