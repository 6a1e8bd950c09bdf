/* intake/article.h: which element of a page holds the article. */
#ifndef CHANCERY_INTAKE_ARTICLE_H
#define CHANCERY_INTAKE_ARTICLE_H

#include "intake/markup.h"

typedef struct {
    xmlNode *told; /* says of itself that it is the article's body; may be NULL */
    xmlNode *best; /* by the look of its paragraphs; NULL: the page has none */
    xmlNode *heading; /* the headline, or NULL */
} ch_article;

/* Finds the article of a page with this title (NULL: unknown). Scores are left
 * in the elements' _private. */
void ch_find_article(ch_article *out, const ch_signs *signs, xmlNode *root, const char *title);

#endif
