/* Which candidates are places here. Each gathers evidence from the words around
 * it; then those beside it, the same name elsewhere and the countries that the
 * document speaks of are asked. */
#include "place/candidate.h"

static float
weight_before(const ch_scene *scene, ch_candidate *c)
{
    uint32_t p = ch_candidate_preposition(scene, c);
    if (p != CH_NONE) {
        c->locative = ch_token_in_set(scene, scene->sets.locative, p);
        if (c->locative)
            return 2;
        return ch_token_in_set(scene, scene->sets.direction, p) ? 1.3f : ch_token_in_set(scene, scene->sets.weak, p) ? 0.8f : 0;
    }
    uint32_t b = ch_candidate_before(scene, c);
    if (b == CH_NONE)
        return 0;
    if (ch_token_in_set(scene, scene->sets.conquest, b) && scene->doc->toks[b].upos == CH_VERB)
        return 2;
    return ch_token_in_set(scene, scene->sets.motion, b) || ch_token_in_set(scene, scene->sets.prefix, b) ? 1 : 0;
}

/* "A Dothan woman", "O'Fallon police": people are called by where they are from. */
static bool
is_before_people(const ch_scene *scene, const ch_candidate *c)
{
    uint32_t n = ch_candidate_behind(scene, c);
    return n != CH_NONE && ch_gap_is_space(scene->doc, n - 1) && !ch_capital_at(scene, n) &&
           scene->doc->toks[n].upos == CH_NOUN && ch_token_in_set(scene, scene->sets.people, n);
}

/* "The driver, of Flint, fled". */
static bool
is_home(const ch_scene *scene, const ch_candidate *c)
{
    uint32_t p = ch_candidate_before(scene, c), n = ch_candidate_behind(scene, c);
    return p != CH_NONE && n != CH_NONE && p > ch_candidate_sentence(scene, c)->first &&
           ch_token_in_set(scene, scene->sets.of, p) && ch_token_is_comma(scene->doc, p - 1) && ch_token_is_comma(scene->doc, n);
}

/* A capital of which something is said that only governments do: "Paris vowed". */
static bool
is_government(const ch_scene *scene, const ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t last = c->last - 1;
    uint32_t head = doc->toks[c->first].head;
    bool subject = doc->toks[last].rel == CH_NSUBJ || doc->toks[c->first].rel == CH_NSUBJ;
    if (doc->toks[c->first].rel != CH_NSUBJ && doc->toks[last].rel == CH_NSUBJ)
        head = doc->toks[last].head;
    return ch_candidate_has_capital(c) && !ch_candidate_has_country(c) && subject && head != CH_NONE &&
           ch_token_in_set(scene, scene->sets.speech, head);
}

/* "killed two people in Merawi on Sunday": a proper name behind "in" or "near" that
 * no noun follows, and that nobody is known by. */
static bool
is_somewhere(const ch_scene *scene, const ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t p = ch_candidate_before(scene, c), n = ch_candidate_behind(scene, c);
    if (p == CH_NONE || !ch_token_in_set(scene, scene->sets.inside, p) || doc->toks[p].upos != CH_ADP || c->last - c->first > 2)
        return false;
    for (uint32_t t = c->first; t < c->last; t++)
        if (doc->toks[t].upos != CH_PROPN)
            return false;
    return n == CH_NONE || doc->toks[n].upos == CH_ADP || doc->toks[n].upos == CH_CCONJ ||
           ch_str_is(ch_token_text(doc, n), ",") || ch_str_is(ch_token_text(doc, n), ".");
}

static void
weigh_known(ch_scene *scene, ch_candidate *c)
{
    c->weight = (c->strong ? CH_WEIGHT_ENOUGH : 0) + weight_before(scene, c);
    bool country = ch_candidate_has_country(c);
    if (!ch_candidate_is_proper(scene, c))
        c->weight -= c->locative ? 0.5f : 1.5f;
    if (!country && c->last - c->first == 1 && !ch_candidate_is_metropolis(scene, c) && !is_somewhere(scene, c) &&
        (ch_token_in_set(scene, scene->sets.doubtful, c->first) || ch_candidate_has_person(scene, c)))
        c->weight -= ch_candidate_preposition(scene, c) != CH_NONE ? 0.5f : 1;
    if (is_government(scene, c))
        c->weight -= 3;
    c->weight += is_before_people(scene, c) || is_home(scene, c) ? 1.4f : 0;
    c->nouns |= ch_candidate_noun(scene, c);
    if (c->nouns != 0)
        c->weight += 2;
}

static void
weigh_unknown(ch_scene *scene, ch_candidate *c)
{
    bool named = c->nouns != 0;
    if (c->last - c->first > 1) {
        uint32_t tail = ch_token_in_set(scene, scene->sets.tail, c->last - 1) ? ch_noun_kinds(scene, c->last - 1) : 0;
        uint32_t head = ch_token_in_set(scene, scene->sets.head, c->first) ? ch_noun_kinds(scene, c->first) : 0;
        c->nouns |= tail | head;
        named = named || (tail | head) != 0;
    }
    uint32_t kinds = ch_candidate_noun(scene, c), p = ch_candidate_before(scene, c);
    /* "other cities", "Andean territory" */
    if (scene->doc->toks[c->last - 1].upos == CH_ADJ || scene->doc->toks[c->last - 1].rel == CH_AMOD)
        return;
    bool of = kinds != 0 && p != CH_NONE && p > ch_candidate_sentence(scene, c)->first &&
              ch_token_in_set(scene, scene->sets.of, p) && ch_noun_kinds(scene, p - 1) != 0;
    c->weight = (named ? 4.0f : 0) + (of ? 4.0f : kinds != 0 ? 3.0f : 0) + weight_before(scene, c) * 0.75f;
    if (!named && kinds == 0 && is_somewhere(scene, c))
        c->weight += 1.5f;
    c->nouns |= kinds;
    if (ch_token_in_set(scene, scene->sets.eponym, c->last - 1))
        c->weight -= 3;
}

void
ch_place_weigh(ch_scene *scene)
{
    for (uint32_t i = 0; i < scene->ncandidate; i++) {
        ch_candidate *c = &scene->candidates[i];
        if (c->state == CH_CANDIDATE_REFUSED)
            continue;
        c->strong = ch_candidate_is_strong(scene, c);
        ch_candidate_take_nouns(scene, i);
        if (ch_candidate_is_refused(scene, c))
            c->state = CH_CANDIDATE_REFUSED;
        else if (c->nname != 0)
            weigh_known(scene, c);
        else
            weigh_unknown(scene, c);
    }
    ch_place_ask_neighbours(scene);
}
