/* syntax/tree.h: the best tree over scored arcs (Chu and Liu 1965, Edmonds 1967),
 * with one word under the root. */
#ifndef CHANCERY_SYNTAX_TREE_H
#define CHANCERY_SYNTAX_TREE_H

#include <stdint.h>

/* Longest sentence, in words: no sentence of the treebanks' prose is longer; what
 * is, is a list or a text without full stops, and is cut. */
#define CH_SENTENCE_MAX 256

#define CH_TREE_MAX (CH_SENTENCE_MAX + 1)

/* Working memory of ch_best_tree(). */
typedef struct {
    float scores[CH_TREE_MAX * CH_TREE_MAX];
    uint16_t enter[CH_TREE_MAX][CH_TREE_MAX]; /* by contraction and word outside: the word inside its arc goes to */
    uint16_t leave[CH_TREE_MAX][CH_TREE_MAX]; /* the word inside that its head arc comes from */
    uint16_t cycle[CH_TREE_MAX][CH_TREE_MAX]; /* words contracted; the first stands for all */
    uint16_t within[CH_TREE_MAX][CH_TREE_MAX]; /* their heads in the cycle */
    uint16_t length[CH_TREE_MAX];
    uint16_t trial[CH_TREE_MAX];
} ch_tree_room;

/* Heads of words 1..n (head[0] is unused) that make a tree of the highest sum of
 * scores [n + 1][n + 1], where row i column j scores head j of word i and column 0
 * is the root. Exactly one word hangs on the root. Of several equal trees always
 * the same one. n <= CH_SENTENCE_MAX. */
void ch_best_tree(ch_tree_room *room, const float *scores, uint32_t n, uint16_t *head);

#endif
