/* intake/furniture.h: what of a text is page furniture and not report, and what
 * the furniture tells: credits and the date of publication. */
#ifndef CHANCERY_INTAKE_FURNITURE_H
#define CHANCERY_INTAKE_FURNITURE_H

#include "intake/document.h"
#include "lexicon/lexicon.h"

/* Fills doc->furniture, doc->credits and, with the `paragraphs` [count] less the
 * furniture, doc->parts. `*published` is the day on which the furniture says
 * that the report was published, or CH_NO_DAY; a date without a year ("KYIV,
 * April 2 (Reuters) -") is taken in the year that brings it nearest to `near`,
 * and is none where that is CH_NO_DAY.
 *   CH_E_FORMAT  the lexicon's furniture is not what it should be
 *   CH_E_NOMEM */
ch_status ch_find_furniture(ch_document *doc, const ch_lexicon *lexicon, const ch_span *paragraphs, uint32_t count, ch_day near,
                            ch_day *published, ch_error *err);

#endif
