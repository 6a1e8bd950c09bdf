/* syntax/treebank.h: CoNLL-U in: documents, paragraphs, sentences and words as
 * annotated, with the raw text that they stand in. */
#ifndef CHANCERY_SYNTAX_TREEBANK_H
#define CHANCERY_SYNTAX_TREEBANK_H

#include "base/text.h"
#include "intake/document.h"

/* One syntactic word. Strings are borrowed from the bytes that were read. */
typedef struct {
    ch_span span; /* in the treebank's text; never empty, words of one token in order */
    ch_str form;  /* text[span], but for words of multiword tokens that are no part of it */
    ch_str lemma;
    ch_str xpos;
    ch_str feats;
    ch_str rel; /* "nsubj:pass" */
    uint32_t head; /* 1..n in the sentence, 0 the root */
    uint8_t upos;  /* ch_upos */
    uint8_t flags; /* CH_T_SPACE_AFTER, CH_T_MWT_FIRST, CH_T_MWT_REST */
} ch_gold_word;

/* Words [first, last). */
typedef struct {
    uint32_t first;
    uint32_t last;
    ch_span span;
    bool document_start;
    bool paragraph_start; /* also at the start of a document */
} ch_gold_sentence;

typedef struct {
    ch_text text; /* of all that was read: a space between sentences where one stood, a blank line before paragraphs */
    ch_gold_sentence *sents; /* [nsent] */
    uint32_t nsent;
    uint32_t sent_room;
    ch_gold_word *words; /* [nword] */
    uint32_t nword;
    uint32_t word_room;
} ch_treebank;

/* Adds what `conllu` [len] holds; it must outlive the treebank. Empty nodes,
 * enhanced dependencies and other comments than newdoc and newpar are passed over.
 *   CH_E_FORMAT  err->at is the line
 *   CH_E_NOMEM */
ch_status ch_treebank_read(ch_treebank *tb, const char *conllu, size_t len, const char *path, ch_error *err);
void ch_treebank_free(ch_treebank *tb);

/* Bytes of the paragraph whose first sentence is `s`, and the sentence behind its last. */
ch_span ch_treebank_paragraph(const ch_treebank *tb, uint32_t s, uint32_t *next);

static inline ch_str
ch_gold_text(const ch_treebank *tb, ch_span span)
{
    return (ch_str){tb->text.at + span.start, span.end - span.start};
}

#endif
