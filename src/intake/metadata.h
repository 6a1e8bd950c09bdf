/* intake/metadata.h: what a page's head says of the page. */
#ifndef CHANCERY_INTAKE_METADATA_H
#define CHANCERY_INTAKE_METADATA_H

#include "intake/markup.h"
#include "intake/source.h"

/* Fills title, url, language, date and byline of `page`. */
void ch_read_metadata(ch_page *page, xmlNode *root);

/* All text below `node`, white space run together. */
void ch_text_below(ch_text *out, const xmlNode *node, int depth);

#endif
