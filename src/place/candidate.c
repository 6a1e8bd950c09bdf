#include "place/candidate.h"

/* People in a town that is known well enough to need no evidence. */
#define WELL_KNOWN 100000.0f
#define METROPOLIS 1000000.0f

/* --------------------------------------------------------- the words around it */

bool
ch_capital_at(const ch_scene *scene, uint32_t tok)
{
    return ch_begins_with_capital(ch_token_text(scene->doc, tok));
}

const ch_sentence *
ch_candidate_sentence(const ch_scene *scene, const ch_candidate *c)
{
    return &scene->doc->sents[c->sentence];
}

uint32_t
ch_candidate_before(const ch_scene *scene, const ch_candidate *c)
{
    return c->first > ch_candidate_sentence(scene, c)->first ? c->first - 1 : CH_NONE;
}

uint32_t
ch_candidate_behind(const ch_scene *scene, const ch_candidate *c)
{
    bool inside = c->end < scene->doc->toks[c->last - 1].span.end;
    return !inside && c->last < ch_candidate_sentence(scene, c)->last ? c->last : CH_NONE;
}

uint32_t
ch_candidate_preposition(const ch_scene *scene, const ch_candidate *c)
{
    uint32_t t = ch_candidate_before(scene, c), start = ch_candidate_sentence(scene, c)->first;
    while (t != CH_NONE && t > start && ch_token_in_set(scene, scene->sets.between, t))
        t--;
    return t != CH_NONE && scene->doc->toks[t].upos == CH_ADP ? t : CH_NONE;
}

uint32_t
ch_noun_kinds(const ch_scene *scene, uint32_t tok)
{
    uint32_t kinds = 0;
    for (uint32_t k = 0; k < CH_PLACE_KIND_COUNT; k++)
        if (scene->sets.nouns[k] != CH_NONE && ch_token_in_set(scene, scene->sets.nouns[k], tok))
            kinds |= 1u << k;
    return kinds;
}

uint32_t
ch_candidate_noun(const ch_scene *scene, const ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t p = ch_candidate_before(scene, c), n = ch_candidate_behind(scene, c), start = ch_candidate_sentence(scene, c)->first;
    bool of = p != CH_NONE && p > start && ch_token_in_set(scene, scene->sets.of, p) && !ch_capital_at(scene, p - 1);
    if (of && ch_noun_kinds(scene, p - 1) != 0)
        return ch_noun_kinds(scene, p - 1);
    if (n != CH_NONE && ch_gap_is_space(doc, n - 1) && doc->toks[n].upos == CH_NOUN && !ch_capital_at(scene, n)) {
        uint32_t kinds = ch_noun_kinds(scene, n);
        /* "Dadaab refugee camp" */
        bool further = kinds == 0 && n + 1 < ch_candidate_sentence(scene, c)->last && doc->toks[n + 1].upos == CH_NOUN;
        return further ? ch_noun_kinds(scene, n + 1) : kinds;
    }
    if (p != CH_NONE && ch_gap_is_space(doc, p) && doc->toks[p].upos == CH_NOUN && !ch_capital_at(scene, p))
        return ch_noun_kinds(scene, p);
    return 0;
}

bool
ch_candidate_is_proper(const ch_scene *scene, const ch_candidate *c)
{
    for (uint32_t t = c->first; t < c->last; t++)
        if (scene->doc->toks[t].upos == CH_PROPN)
            return true;
    return false;
}

/* ----------------------------------------------------------- what it may be */

bool
ch_candidate_has_country(const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_COUNTRY)
            return true;
    return false;
}

bool
ch_candidate_has_capital(const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_CAPITAL)
            return true;
    return false;
}

bool
ch_candidate_has_person(const ch_scene *scene, const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_ACTOR && scene->lex->actors[c->names[i].entry].kind == CH_ACTOR_PERSON)
            return true;
    return false;
}

bool
ch_candidate_is_strong(const ch_scene *scene, const ch_candidate *c)
{
    if (ch_candidate_has_country(c) || ch_candidate_has_capital(c))
        return true;
    for (uint32_t i = 0; i < c->nname; i++) {
        if (c->names[i].kind != CH_NAME_PLACE)
            continue;
        const ch_gazetteer_place *p = &scene->gazetteer[c->names[i].entry];
        if (p->kind == CH_PLACE_TOWN ? p->population >= WELL_KNOWN : p->kind != CH_PLACE_COUNTY)
            return true;
    }
    return false;
}

bool
ch_candidate_is_metropolis(const ch_scene *scene, const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_PLACE && scene->gazetteer[c->names[i].entry].kind == CH_PLACE_TOWN &&
            scene->gazetteer[c->names[i].entry].population >= METROPOLIS)
            return true;
    return false;
}

bool
ch_candidate_is_state(const ch_scene *scene, const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_COUNTRY ||
            (c->names[i].kind == CH_NAME_PLACE && scene->gazetteer[c->names[i].entry].kind == CH_PLACE_STATE))
            return true;
    return false;
}

bool
ch_candidate_lies_in(const ch_scene *scene, const ch_candidate *inner, const ch_candidate *outer)
{
    ch_sense a, b;
    for (uint32_t i = 0; i < inner->nname; i++)
        for (uint32_t k = 0; ch_candidate_sense(scene, inner, i, &a) && k < outer->nname; k++)
            if (ch_candidate_sense(scene, outer, k, &b) && ch_sense_inside(scene, a, b))
                return true;
    return false;
}
