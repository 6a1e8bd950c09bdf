/* tests/actor/graph_fixture.h: documents from hand-made graphs. A sentence is
 * written a word a line,
 *
 *     form  UPOS  head  relation  [features]
 *
 * with the head counted from 1 and 0 at the root, and a blank line between
 * sentences; a form that begins with "~" stands without space behind the last.
 * The lemma is the form in small letters, unless written form|lemma. */
#ifndef CHANCERY_TESTS_ACTOR_GRAPH_FIXTURE_H
#define CHANCERY_TESTS_ACTOR_GRAPH_FIXTURE_H

#include "intake/document.h"
#include "lexicon/lexicon.h"

/* Fills text, sents, toks, words and first_word. Free with graph_free(). */
void graph_make(ch_document *doc, const ch_lexicon *lexicon, const char *graph, const char *published);
void graph_free(ch_document *doc);

#endif
