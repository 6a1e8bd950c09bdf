/* syntax/word.h: what is known of a word once its tags are: lemma and morphology. */
#ifndef CHANCERY_SYNTAX_WORD_H
#define CHANCERY_SYNTAX_WORD_H

#include "syntax/model.h"

/* Longest ending, in bytes, that says how words are brought to their lemma. */
#define CH_ENDING_MAX 6

/* In place of a Penn tag: rules of all words with the universal tag. */
#define CH_ANY_XPOS 255

/* The lemma of a tagged word, in the arena or the model. */
ch_str ch_lemma(const ch_model *model, ch_arena *arena, ch_str word, uint8_t xpos, uint8_t upos);

/* The same without the dictionary's words: by the endings of words alike. */
ch_str ch_lemma_by_rule(const ch_model *model, ch_arena *arena, ch_str word, uint8_t xpos, uint8_t upos);

/* Is it a lemma of that tag in the treebanks? */
bool ch_is_lemma(const ch_model *model, ch_str word, uint8_t upos);

/* FEATS of a tagged word; the model's memory. */
const char *ch_feats(const ch_model *model, ch_str word, uint8_t xpos, uint8_t upos);

#endif
