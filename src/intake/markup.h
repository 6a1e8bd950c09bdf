/* intake/markup.h: what an element of a page says of itself and what it looks
 * like: whether it is a part of the article at all. */
#ifndef CHANCERY_INTAKE_MARKUP_H
#define CHANCERY_INTAKE_MARKUP_H

#include "base/text.h"
#include "lexicon/markup.h"

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

/* Markup deeper than this is passed over; libxml2's own parser stops there. */
#define CH_MARKUP_DEPTH_MAX 256

typedef struct {
    const ch_markup *names;
    const char *paid; /* classes of what only subscribers read, parted by spaces: of the article; or NULL */
    size_t all;       /* bytes of the page's text */
    bool cards;       /* rows of teasers are outside */
} ch_signs;

bool ch_is_element(const xmlNode *node, const char *name);
bool ch_is_inline(const xmlNode *node); /* it does not end a paragraph */
bool ch_is_heading(const xmlNode *node);

/* The attribute's value, to be freed with xmlFree(); NULL when it has none. */
char *ch_attribute(xmlNode *node, const char *name);

/* Whether the attribute has the value among its words, case not minded. */
bool ch_has_word(xmlNode *node, const char *attribute, const char *word);

/* Whether the element's class or id has a name of that kind among its words. */
bool ch_is_called(const ch_markup *names, xmlNode *node, ch_markup_kind kind);

/* Whether both have one name and one class. */
bool ch_are_alike(xmlNode *a, xmlNode *b);

/* Bytes of text below `node`, less what is never read, counted up to `most`. */
size_t ch_text_bytes(const xmlNode *node, size_t most);

/* Whether the element is no part of the article. */
bool ch_is_outside(const ch_signs *signs, xmlNode *node);

#endif
