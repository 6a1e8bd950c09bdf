/* syntax/cue.h: what the classifiers see of a word, and the features made of it.
 * The trainer uses the same functions, so features are defined once. */
#ifndef CHANCERY_SYNTAX_CUE_H
#define CHANCERY_SYNTAX_CUE_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* Hashes of a word's form; 0 stands for "no word". */
typedef struct {
    uint32_t form;
    uint32_t lower;
    uint32_t shape;
    uint32_t prefix[2]; /* 1 and 3 bytes */
    uint32_t suffix[4]; /* 1 to 4 bytes */
    bool capital; /* begins with a capital */
} ch_cue;

/* Lower case of ASCII and of what Unicode folds; at most `room` bytes. */
size_t ch_lower(char *out, size_t room, ch_str word);

ch_cue ch_cue_of(ch_str word);

#define CH_FEATURES_MAX 96

/* Does a sentence end behind word i? `since` is the words since the last end. */
uint32_t ch_break_features(const ch_cue *cues, uint32_t count, uint32_t i, uint32_t since, uint32_t *out);

#endif
