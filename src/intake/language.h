/* intake/language.h: which language a text is in. */
#ifndef CHANCERY_INTAKE_LANGUAGE_H
#define CHANCERY_INTAKE_LANGUAGE_H

#include "intake/document.h"
#include "lexicon/lexicon.h"

/* The language of doc->parts: *id is NULL where there is too little to go by
 * (a few words, names, figures). *read says whether it is `wanted` (BCP 47), by
 * its first subtag; the benefit of the doubt is, and every text is where the
 * lexicon does not know that language.
 *   CH_E_FORMAT  the lexicon's languages are not what they should be */
ch_status ch_find_language(ch_str *id, bool *read, const ch_document *doc, const ch_lexicon *lexicon,
                           const char *wanted, ch_error *err);

#endif
