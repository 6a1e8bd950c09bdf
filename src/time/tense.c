#include "time/tense.h"

#include <string.h>

/* Steps up the tree: longer chains than this tell of other clauses. */
#define STEPS_MAX 12

ch_tense
ch_tense_of_word(const ch_tenses *t, uint32_t class, uint32_t word)
{
    uint32_t member = ch_patterns_word(t->patterns, class, word);
    if (member == CH_NONE)
        return CH_TENSE_NONE;
    const char *value = ch_lexicon_string(t->patterns->lexicon, t->patterns->members[member].value);
    return strcmp(value, "FUTURE") == 0    ? CH_TENSE_FUTURE
           : strcmp(value, "PRESENT") == 0 ? CH_TENSE_PRESENT
           : strcmp(value, "PAST") == 0    ? CH_TENSE_PAST
                                           : CH_TENSE_NONE;
}

static bool
is_auxiliary(const ch_token *t)
{
    return t->rel == CH_AUXREL || t->rel == CH_COP;
}

static bool
has_tag(const ch_token *t, const char *tag)
{
    return t->xpos != NULL && strcmp(t->xpos, tag) == 0;
}

/* What the auxiliaries of `verb` say; *any tells whether it has some. */
static ch_tense
auxiliary_tense(const ch_tenses *t, const ch_document *doc, uint32_t verb, bool *any)
{
    const ch_sentence *s = ch_sentence_at(doc, verb);
    ch_tense found = CH_TENSE_NONE;
    *any = false;
    for (uint32_t i = s->first; i < s->last; i++) {
        if (doc->toks[i].head != verb || !is_auxiliary(&doc->toks[i]))
            continue;
        *any = true;
        ch_tense here = ch_tense_of_word(t, t->auxiliary, doc->toks[i].form_word);
        if (found != CH_TENSE_FUTURE && here != CH_TENSE_NONE)
            found = here;
    }
    return found;
}

/* "to meet": the mark stands before the verb, an adverb at most between. */
static bool
has_infinitive_mark(const ch_document *doc, uint32_t verb)
{
    return has_tag(&doc->toks[verb], "VB") && ((verb > 0 && has_tag(&doc->toks[verb - 1], "TO")) ||
                                               (verb > 1 && doc->toks[verb - 1].upos == CH_ADV && has_tag(&doc->toks[verb - 2], "TO")));
}

/* The tense of one verb, or of a noun or adjective with a copula; NONE where it
 * has none of its own and its governor decides. */
static ch_tense
verb_tense(const ch_tenses *t, const ch_document *doc, uint32_t verb)
{
    const ch_token *v = &doc->toks[verb];
    bool any;
    ch_tense own = ch_tense_of_word(t, t->verb, v->form_word);
    if (own == CH_TENSE_NONE)
        own = ch_tense_of_word(t, t->verb, v->lemma_word);
    if (own != CH_TENSE_NONE)
        return own;
    if (has_infinitive_mark(doc, verb))
        return v->head != CH_NONE && ch_tense_of_word(t, t->done, doc->toks[v->head].form_word) == CH_TENSE_PAST ? CH_TENSE_PAST
                                                                                                            : CH_TENSE_FUTURE;
    ch_tense aux = auxiliary_tense(t, doc, verb, &any);
    if (aux != CH_TENSE_NONE)
        return aux;
    if (has_tag(v, "VBD"))
        return CH_TENSE_PAST;
    if (has_tag(v, "VBZ") || has_tag(v, "VBP"))
        return CH_TENSE_PRESENT;
    if (has_tag(v, "VBG") && any)
        return CH_TENSE_FUTURE;
    if (has_tag(v, "VB"))
        return v->morph & CH_M_IMP ? CH_TENSE_NONE : CH_TENSE_FUTURE;
    if (has_tag(v, "VBN") && !any)
        return CH_TENSE_PAST;
    return CH_TENSE_NONE;
}

ch_tense
ch_tense_at(const ch_tenses *t, const ch_document *doc, uint32_t tok)
{
    for (int steps = 0; tok != CH_NONE && steps < STEPS_MAX; steps++) {
        ch_tense tense = verb_tense(t, doc, tok);
        if (tense != CH_TENSE_NONE)
            return tense;
        tok = doc->toks[tok].head;
    }
    return CH_TENSE_NONE;
}
