/* syntax/labels.h: tags, relations and morphology by name. */
#ifndef CHANCERY_SYNTAX_LABELS_H
#define CHANCERY_SYNTAX_LABELS_H

#include "intake/document.h"
#include "syntax/syntax.h"

/* The tag of that name; CH_X for an unknown one. */
ch_upos ch_upos_find(ch_str name);

/* "nsubj:pass" as relation and subtype; an unknown relation is CH_DEP. */
ch_rel ch_rel_find(ch_str name, ch_sub *sub);

/* CoNLL-U FEATS as CH_M_* bits. */
uint32_t ch_morph_of(const char *feats);

#endif
