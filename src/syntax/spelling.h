/* syntax/spelling.h: a word as the network first sees it: rows of a table of
 * embeddings, chosen by hashes of its shape, its beginnings, its endings and
 * its runs of three letters (after Botha et al. 2017, "Natural Language
 * Processing with Small Feed-Forward Networks"). The trainer uses the same
 * function, so features are defined once. */
#ifndef CHANCERY_SYNTAX_SPELLING_H
#define CHANCERY_SYNTAX_SPELLING_H

#include "base/span.h"

#include <stdint.h>

/* Most rows of one word; of a longer word the middle is passed over. */
#define CH_SPELLING_ROWS_MAX 48

/* Room for the lower case of a word that is looked up: of a longer word, the beginning. */
#define CH_LOWER_MAX 104

/* Writes the rows of `word`, each below `nrow` (a power of two), and gives their
 * number: at least 1. */
uint32_t ch_spelling_rows(ch_str word, uint32_t nrow, uint32_t *rows);

#endif
