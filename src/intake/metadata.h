/* intake/metadata.h: what a page's head says of the page. */
#ifndef CHANCERY_INTAKE_METADATA_H
#define CHANCERY_INTAKE_METADATA_H

#include "intake/source.h"

#include <libxml/tree.h>

/* Fills title, url, language, date and byline of `page`. */
void ch_read_metadata(ch_page *page, xmlNode *root);

/* Markup deeper than this is passed over; libxml2's own parser stops there. */
#define CH_MARKUP_DEPTH_MAX 256

bool ch_is_element(const xmlNode *node, const char *name);

/* Whether the attribute has the value among its words, case not minded. */
bool ch_has_word(xmlNode *node, const char *attribute, const char *word);

/* The attribute's value, to be freed with xmlFree(); NULL when it has none. */
char *ch_attribute(xmlNode *node, const char *name);

/* All text below `node`, white space run together. */
void ch_text_below(ch_text *out, const xmlNode *node, int depth);

#endif
