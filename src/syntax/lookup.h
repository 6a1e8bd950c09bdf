/* syntax/lookup.h: what names are compared by (doc->words), as look-up needs it. */
#ifndef CHANCERY_SYNTAX_LOOKUP_H
#define CHANCERY_SYNTAX_LOOKUP_H

#include "intake/document.h"
#include "lexicon/lexicon.h"

/* Whether word `word` may go on a name that the word before it is part of: only
 * space, hyphens, slashes, ampersands, periods and apostrophes lie between:
 * "Workers' Party", "U.S. Congress". */
bool ch_words_joined(const ch_document *doc, uint32_t word);

/* The word that a noun and its "'s" make together: "People's" is one word to
 * the lexicon and two to the graph. 0 when there is none. */
uint32_t ch_words_clitic(const ch_lexicon *lexicon, const ch_document *doc, uint32_t word);

#endif
