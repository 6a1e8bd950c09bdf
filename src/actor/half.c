/* "The North" and "the South" of a report that names North Korea or South Korea, and so
 * of any state whose name begins with that word or with the other. */
#include "actor/scene.h"

static bool
stands_alone(const ch_scene *scene, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    uint32_t end = doc->sents[scene->tree.sent_of[tok]].last;
    const char *text = doc->text;
    ch_span span = doc->toks[tok].span;
    if (tok == 0 || doc->toks[tok - 1].upos != CH_DET || text[span.start] < 'A' || text[span.start] > 'Z' || text[span.end] == '-')
        return false;
    if (tok + 1 >= end)
        return true;
    const ch_token *next = &doc->toks[tok + 1];
    bool compound = next->upos == CH_PROPN || (doc->toks[tok].head == tok + 1 && doc->toks[tok].rel == CH_COMPOUND);
    return !compound && !ch_token_in(scene, scene->sets.of, tok + 1) && next->upos != CH_CCONJ;
}

static const ch_name *
state_at(const ch_scene *scene, uint32_t node, const ch_name **names, uint32_t *count)
{
    *names = ch_lexicon_names_at(scene->lex, node, count);
    for (uint32_t i = 0; i < *count; i++)
        if ((*names)[i].kind == CH_NAME_COUNTRY)
            return &(*names)[i];
    return NULL;
}

/* The state whose name is that of `named` with `half` for its first word. */
static const ch_name *
state_of_half(const ch_scene *scene, const ch_match *named, uint32_t half, const ch_name **names, uint32_t *count)
{
    const ch_document *doc = scene->doc;
    uint32_t node = ch_lexicon_step(scene->lex, 0, half);
    for (uint32_t w = doc->first_word[named->first] + 1; w < doc->first_word[named->last] && node != 0; w++)
        node = ch_lexicon_step(scene->lex, node, doc->words[w].word);
    return node == 0 ? NULL : state_at(scene, node, names, count);
}

bool
ch_half_find(ch_scene *scene, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    if (!ch_token_in(scene, scene->sets.half, tok) || !stands_alone(scene, tok))
        return false;
    for (uint32_t i = scene->nmatch; i-- > 0;) {
        const ch_match *named = &scene->matches[i];
        if (named->name->kind != CH_NAME_COUNTRY || named->last - named->first < 2 ||
            !ch_token_in(scene, scene->sets.half, named->first))
            continue;
        ch_match match = {.first = tok, .last = tok + 1, .head = tok};
        match.name = state_of_half(scene, named, doc->toks[tok].form_word, &match.names, &match.nname);
        if (match.name == NULL)
            continue;
        scene->match_of[tok] = scene->nmatch;
        scene->matches[scene->nmatch++] = match;
        return true;
    }
    return false;
}
