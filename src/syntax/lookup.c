#include "syntax/lookup.h"

#include "base/utf8.h"

#include <string.h>

bool
ch_words_joined(const ch_document *doc, uint32_t word)
{
    const ch_word *a = &doc->words[word - 1], *b = &doc->words[word];
    if (b->joined)
        return true;
    for (uint32_t i = doc->toks[a->tok].span.end; i < doc->toks[b->tok].span.start; i++)
        if (strchr(" \t\n-/&.'", doc->text[i]) == NULL && memcmp(&doc->text[i], "\xE2\x80\x99", 3) != 0 &&
            ((unsigned char)doc->text[i] & 0xC0) != 0x80)
            return false;
    return a->tok != b->tok;
}

uint32_t
ch_words_clitic(const ch_lexicon *lexicon, const ch_document *doc, uint32_t word)
{
    char folded[128];
    if (word + 1 >= doc->nword)
        return 0;
    uint32_t a = doc->words[word].tok, b = doc->words[word + 1].tok;
    if (b != a + 1 || doc->toks[b].span.start != doc->toks[a].span.end)
        return 0;
    bool name = doc->toks[a].upos == CH_PROPN && doc->toks[b].upos == CH_PROPN;
    if (doc->toks[b].rel != CH_CASE && !name)
        return 0;
    size_t len = ch_fold(folded, sizeof folded, doc->text + doc->toks[a].span.start,
                         doc->toks[b].span.end - doc->toks[a].span.start);
    return len == 0 || len == SIZE_MAX ? 0 : ch_lexicon_word(lexicon, folded, len);
}
