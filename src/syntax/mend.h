/* syntax/mend.h: trees that cannot be: what the tags of the words contradict. */
#ifndef CHANCERY_SYNTAX_MEND_H
#define CHANCERY_SYNTAX_MEND_H

#include "intake/document.h"

/* Turns clauses that were read as one long noun back into clauses, joins two
 * subjects of one verb that are one name, and lists whose members hang outside
 * of them; in all of doc->sents. */
void ch_mend_trees(ch_document *doc);

#endif
