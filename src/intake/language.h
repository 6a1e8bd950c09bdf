/* intake/language.h: which language a text is in. */
#ifndef CHANCERY_INTAKE_LANGUAGE_H
#define CHANCERY_INTAKE_LANGUAGE_H

#include "intake/document.h"
#include "lexicon/lexicon.h"

/* The language of doc->parts: *id is NULL where there is too little to go by
 * (a few words, names, figures). *read says whether it is one that is read;
 * the benefit of the doubt is.
 *   CH_E_FORMAT  the lexicon's languages are not what they should be */
ch_status ch_find_language(ch_str *id, bool *read, const ch_document *doc, const ch_lexicon *lexicon, ch_error *err);

#endif
