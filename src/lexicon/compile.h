/* lexicon/compile.h: a lexicon made of text and opened at once, without a file. */
#ifndef CHANCERY_LEXICON_COMPILE_H
#define CHANCERY_LEXICON_COMPILE_H

#include "lexicon/lexicon.h"

/* Compiles the folders and opens the result. With `only`, those who act and what
 * they do (countries, actors, role nouns, places, frames) come from the folders
 * behind the first alone; how language works (word sets, time, furniture) and
 * the ontologies come from all.
 *   CH_E_FORMAT  a mistake; err names the first by file and line
 *   CH_E_IO, CH_E_NOMEM
 * Close with ch_lexicon_close(). */
ch_status ch_lexicon_make(ch_lexicon **out, const char *const *dirs, size_t count, bool only, ch_error *err);

/* Checks `file` as an addition to the folders; complaints of what stands
 * elsewhere are not passed on.
 *   CH_E_FORMAT  it has mistakes */
ch_status ch_lexicon_check_addition(const char *const *dirs, size_t count, const char *file, chancery_complain *complain,
                                    void *context, chancery_addition *addition, ch_error *err);

#endif
