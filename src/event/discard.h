/* event/discard.h: what the lexicon's `discard` blocks take out of the coding. */
#ifndef CHANCERY_EVENT_DISCARD_H
#define CHANCERY_EVENT_DISCARD_H

#include "intake/document.h"
#include "lexicon/frames.h"

/* Marks in `skip` [doc->nsent] the sentences that are not coded; false when the
 * whole document is not. */
bool ch_discard_mark(const ch_lexicon *lexicon, const ch_document *doc, bool *skip);

#endif
