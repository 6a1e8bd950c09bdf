/* syntax/syntax.h: from a document's parts to sentences, tokens and a dependency
 * graph. Reads doc->text and doc->parts; adds doc->sents, doc->toks, doc->words,
 * doc->first_word and doc->unread; touches nothing else. */
#ifndef CHANCERY_SYNTAX_SYNTAX_H
#define CHANCERY_SYNTAX_SYNTAX_H

#include "base/status.h"
#include "base/text.h"
#include "intake/document.h"
#include "lexicon/lexicon.h"

/* Words of one sentence that are read, in pieces of CH_SENTENCE_MAX (tree.h). Speech
 * written down without full stops reaches some thousands between two paragraphs;
 * what is longer is no language, and what is behind stays unread until the next
 * sentence begins. */
#define CH_SENTENCE_READ_MAX 4096

typedef struct ch_model ch_model; /* read-only once open; share it between threads */

/* Opens the model file at `path`: mapped, never copied.
 *   CH_E_IO       it cannot be opened or mapped
 *   CH_E_FORMAT   wrong magic, version or checksum (err->at is the byte) */
ch_status ch_model_open(ch_model **out, const char *path, ch_error *err);
void ch_model_close(ch_model *model); /* NULL is allowed */

/* The checksum of its file. */
uint64_t ch_model_checksum(const ch_model *model);

/* The language that it reads, BCP 47; the model's memory. */
const char *ch_model_language(const ch_model *model);

/* Sentences, tokens, tags, lemmas and dependencies of doc->parts. Text with no
 * sentence in it gives ntok == 0 and CH_OK.
 *   CH_E_NOMEM   the arena is at its limit; doc is as it was before the call */
ch_status ch_parse(const ch_model *model, const ch_lexicon *lexicon, ch_document *doc, ch_error *err);

/* The same for CoNLL-U whose sentences and words stand: reads `conllu` [len],
 * makes doc->text of it (SpaceAfter=No kept), tags and parses anew.
 *   CH_E_FORMAT  err->at is the line
 *   CH_E_LIMIT   its text is longer than CH_TEXT_MAX
 *   CH_E_NOMEM */
ch_status ch_parse_conllu(const ch_model *model, const ch_lexicon *lexicon, ch_document *doc, const char *conllu,
                          size_t len, ch_error *err);

/* Appends the document as CoNLL-U, with # newdoc, # newpar, # sent_id, # text. */
void ch_conllu_write(ch_text *out, const ch_document *doc);

/* The names that Universal Dependencies gives them. */
const char *ch_upos_name(ch_upos upos);
const char *ch_rel_name(ch_rel rel);
const char *ch_sub_name(ch_sub sub); /* "" for CH_SUB_NONE */

#endif
