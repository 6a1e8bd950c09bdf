/* syntax/transition.h: the arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez
 * and Satta 2011), with the dynamic oracle of Goldberg and Nivre (2013).
 *
 * A stack of words in the making, and a buffer of those to come. Word 0 is the
 * root, at the bottom of the stack. With s0 on top of s1, and b first in the buffer:
 *
 *   SHIFT      b goes onto the stack                      needs b
 *   LEFT(l)    s0 becomes a dependent of b, and is gone   needs b, s0 not the root
 *   RIGHT(l)   s0 becomes a dependent of s1, and is gone  needs s1; if s1 is the root, no b
 *
 * Class 0 is SHIFT, 1 + l LEFT, 1 + nlabel + l RIGHT. */
#ifndef CHANCERY_SYNTAX_TRANSITION_H
#define CHANCERY_SYNTAX_TRANSITION_H

#include "syntax/cue.h"

#include <stdbool.h>
#include <stdint.h>

/* Longest sentence, in words: no sentence of the treebanks' prose is longer; what
 * is, is a list or a text without full stops, and is cut. */
#define CH_SENTENCE_MAX 256

typedef struct {
    uint32_t n; /* words; they are 1..n */
    uint32_t nstack;
    uint32_t b; /* first word of the buffer; n + 1 when it is empty */
    uint16_t stack[CH_SENTENCE_MAX + 2];
    uint16_t head[CH_SENTENCE_MAX + 2];
    uint8_t label[CH_SENTENCE_MAX + 2];
    /* outermost and next dependents on each side, and their numbers */
    uint16_t left[CH_SENTENCE_MAX + 2][2];
    uint16_t right[CH_SENTENCE_MAX + 2][2];
    uint8_t nleft[CH_SENTENCE_MAX + 2];
    uint8_t nright[CH_SENTENCE_MAX + 2];
} ch_parser;

/* Words that `cues` [n] are of; cues[i - 1] is word i. */
void ch_parser_start(ch_parser *p, uint32_t n);
bool ch_parser_can_shift(const ch_parser *p);
bool ch_parser_can_left(const ch_parser *p);
bool ch_parser_can_right(const ch_parser *p);
void ch_parser_apply(ch_parser *p, uint32_t class, uint32_t nlabel);
uint32_t ch_parser_features(const ch_parser *p, const ch_cue *cues, uint32_t *out);

/* What each kind of transition loses of the gold tree (heads and labels [n + 1],
 * word 0 unused): arcs that can no longer be made. */
typedef struct {
    uint32_t shift, left, right;
} ch_losses;
ch_losses ch_parser_losses(const ch_parser *p, const uint16_t *gold_head);

#endif
