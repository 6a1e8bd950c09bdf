#include "syntax/mend.h"

#include <string.h>

static bool
is_noun(const ch_token *t)
{
    return t->upos == CH_NOUN || t->upos == CH_PROPN;
}

static bool
has_tag(const ch_token *t, const char *tag)
{
    return t->xpos != NULL && strcmp(t->xpos, tag) == 0;
}

/* The noun before `verb` that hangs on the same noun behind it, or CH_NONE:
 * "Spain granted autonomy" read as a kind of autonomy. One that a hyphen ties to
 * the verb ("US-backed forces") is none. */
static uint32_t
subject_before(const ch_document *doc, uint32_t first, uint32_t verb)
{
    for (uint32_t t = verb; t-- > first;) {
        const ch_token *token = &doc->toks[t];
        if (token->head != doc->toks[verb].head)
            continue;
        bool hangs = token->rel == CH_COMPOUND || token->rel == CH_NSUBJ || token->rel == CH_AMOD || token->rel == CH_NMOD;
        return is_noun(token) && hangs ? t : CH_NONE;
    }
    return CH_NONE;
}

/* Whether `verb` is the verb of the sentence whose root was taken to be the noun
 * behind it: a past tense modifies no noun; a participle may. */
static bool
is_hidden_verb(const ch_document *doc, uint32_t verb)
{
    const ch_token *v = &doc->toks[verb];
    if (v->upos != CH_VERB || v->rel != CH_AMOD || v->head == CH_NONE || v->head < verb)
        return false;
    const ch_token *noun = &doc->toks[v->head];
    bool root = noun->head == CH_NONE && is_noun(noun);
    return root && (has_tag(v, "VBD") || (has_tag(v, "VBN") && is_noun(&doc->toks[verb - 1])));
}

/* Makes `verb` the root, `subject` its subject and the old root its object. */
static void
raise_verb(ch_document *doc, ch_sentence sent, uint32_t verb, uint32_t subject)
{
    uint32_t object = doc->toks[verb].head;
    for (uint32_t t = sent.first; t < sent.last; t++) {
        ch_token *token = &doc->toks[t];
        if (token->head != object || t == verb)
            continue;
        bool of_clause = token->rel == CH_PUNCT || token->rel == CH_PARATAXIS || token->rel == CH_ADVCL || token->rel == CH_ADVMOD ||
                         token->rel == CH_CCOMP || token->rel == CH_OBL || token->rel == CH_AUXREL;
        if (t < subject && (token->rel == CH_DETREL || token->rel == CH_AMOD || token->rel == CH_COMPOUND))
            token->head = subject;
        else if (t < verb || of_clause)
            token->head = verb;
    }
    doc->toks[subject].head = verb;
    doc->toks[subject].rel = CH_NSUBJ;
    doc->toks[subject].sub = 0;
    doc->toks[verb].head = CH_NONE;
    doc->toks[verb].rel = CH_ROOT;
    doc->toks[verb].xpos = "VBD";
    doc->toks[verb].morph = (doc->toks[verb].morph & ~(uint32_t)CH_M_PART) | CH_M_FIN;
    doc->toks[object].head = verb;
    doc->toks[object].rel = CH_OBJ;
}

void
ch_mend_trees(ch_document *doc)
{
    for (uint32_t s = 0; s < doc->nsent; s++) {
        ch_sentence sent = doc->sents[s];
        for (uint32_t t = sent.first + 1; t < sent.last; t++) {
            uint32_t subject = is_hidden_verb(doc, t) ? subject_before(doc, sent.first, t) : CH_NONE;
            if (subject != CH_NONE) {
                raise_verb(doc, sent, t, subject);
                break;
            }
        }
    }
}
