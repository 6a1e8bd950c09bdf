#include "event/discard.h"

/* The discard whose words begin at word `at` and end before `end`, or NULL. The
 * one that takes more away wins. */
static const ch_discard *
discard_at(const ch_lexicon *lexicon, const ch_document *doc, uint32_t at, uint32_t end)
{
    const ch_frames *f = ch_lexicon_frames(lexicon);
    const ch_discard *found = NULL;
    for (uint32_t node = 0; at < end; at++) {
        node = ch_lexicon_step(lexicon, node, doc->words[at].word);
        if (node == 0)
            break;
        uint32_t count;
        const ch_name *names = ch_lexicon_names_at(lexicon, node, &count);
        for (uint32_t i = 0; i < count; i++)
            if (names[i].kind == CH_NAME_DISCARD && (found == NULL || f->discards[names[i].entry].document != 0))
                found = &f->discards[names[i].entry];
    }
    return found;
}

bool
ch_discard_mark(const ch_lexicon *lexicon, const ch_document *doc, bool *skip)
{
    if (ch_lexicon_frames(lexicon)->ndiscard == 0)
        return true;
    for (uint32_t s = 0; s < doc->nsent; s++) {
        uint32_t first = doc->first_word[doc->sents[s].first], last = doc->first_word[doc->sents[s].last];
        for (uint32_t at = first; at < last; at++) {
            const ch_discard *d = discard_at(lexicon, doc, at, last);
            if (d != NULL && d->document != 0)
                return false;
            skip[s] = skip[s] || d != NULL;
        }
    }
    return true;
}
