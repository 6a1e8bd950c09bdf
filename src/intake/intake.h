/* intake/intake.h: from bytes to a document: encoding, furniture, paragraphs,
 * the publication date, credits. */
#ifndef CHANCERY_INTAKE_INTAKE_H
#define CHANCERY_INTAKE_INTAKE_H

#include "chancery.h"
#include "intake/document.h"
#include "lexicon/lexicon.h"

/* Fills doc's intake fields from `input` (see chancery.h for the errors). Texts in
 * another language than `language` (BCP 47) are passed over. */
ch_status ch_intake(const ch_lexicon *lexicon, const char *language, ch_document *doc, const chancery_input *input, ch_error *err);

#endif
