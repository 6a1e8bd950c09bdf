/* Which candidates are places here. Each gathers evidence from the words around
 * it; then those beside it, the same name elsewhere and the countries that the
 * document speaks of are asked. */
#include "place/scene.h"

#include <string.h>

/* A candidate with this much evidence is a place; what everybody knows starts there. */
#define ENOUGH 2.0f
/* A name that nobody knows needs more: a word that says what it is. */
#define ENOUGH_UNKNOWN 3.0f
/* People in a town that is known well enough to need no evidence. */
#define WELL_KNOWN 100000.0f
#define METROPOLIS 1000000.0f

/* A share of the document that makes a division its home: one of two. */
#define HOME_SHARE 0.5f
/* Company that speaks for a place, and what it counts. */
#define COMPANY_ENOUGH 0.5f
#define COMPANY_MORE 1.3f
/* The same of names none of which need be a place by now. */
#define COMPANY_SURE 1.1f
#define COMPANY_MUCH 2.0f

/* How two candidates of one sentence follow each other. */
typedef enum {
    GAP_NONE,   /* with other words between */
    GAP_SPACE,  /* "Austin Texas" */
    GAP_COMMA,  /* "Austin, Texas" */
    GAP_LIST,   /* "Kisumu and Migori" */
    GAP_INSIDE  /* "Goma in Congo", "Goma (Congo" */
} gap;

static bool
capital_at(const ch_scene *scene, uint32_t tok)
{
    return ch_begins_with_capital(ch_token_text(scene->doc, tok));
}

static const ch_sentence *
sentence_of(const ch_scene *scene, const ch_candidate *c)
{
    return &scene->doc->sents[c->sentence];
}

/* The token before, or CH_NONE at the beginning of the sentence. */
static uint32_t
before(const ch_scene *scene, const ch_candidate *c)
{
    return c->first > sentence_of(scene, c)->first ? c->first - 1 : CH_NONE;
}

static uint32_t
behind(const ch_scene *scene, const ch_candidate *c)
{
    bool inside = c->end < scene->doc->toks[c->last - 1].span.end;
    return !inside && c->last < sentence_of(scene, c)->last ? c->last : CH_NONE;
}

static uint32_t
kinds_of_noun(const ch_scene *scene, uint32_t tok)
{
    uint32_t kinds = 0;
    for (uint32_t k = 0; k < CH_PLACE_KIND_COUNT; k++)
        if (scene->sets.nouns[k] != CH_NONE && ch_token_in_set(scene, scene->sets.nouns[k], tok))
            kinds |= 1u << k;
    return kinds;
}

/* ----------------------------------------------------------- what it may be */

static bool
has_country(const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_COUNTRY)
            return true;
    return false;
}

static bool
has_capital(const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_CAPITAL)
            return true;
    return false;
}

static bool
has_person(const ch_scene *scene, const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_ACTOR && scene->lex->actors[c->names[i].entry].kind == CH_ACTOR_PERSON)
            return true;
    return false;
}

static bool
is_strong(const ch_scene *scene, const ch_candidate *c)
{
    if (has_country(c) || has_capital(c))
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

/* ------------------------------------------- names that are part of another */

/* A word that may be part of the same name: capitalised, and no date. */
static bool
in_name(const ch_scene *scene, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    return capital_at(scene, tok) && !scene->timed[tok] &&
           (t->upos == CH_PROPN || t->upos == CH_NOUN || t->upos == CH_ADJ || t->upos == CH_X);
}

static bool
is_role_word(const ch_scene *scene, uint32_t tok)
{
    uint32_t count, node = ch_lexicon_step(scene->lex, 0, scene->doc->toks[tok].form_word);
    const ch_name *names = node != 0 ? ch_lexicon_names_at(scene->lex, node, &count) : NULL;
    for (uint32_t i = 0; names != NULL && i < count; i++)
        if (names[i].kind == CH_NAME_AGENT && scene->lex->agents[names[i].entry].class == CH_AGENT_PERSON)
            return true;
    return ch_token_in_set(scene, scene->sets.title, tok);
}

static void
extend(ch_scene *scene, uint32_t index, uint32_t first, uint32_t last)
{
    ch_candidate *c = &scene->candidates[index];
    for (uint32_t t = first; t < last; t++) {
        uint32_t other = scene->candidate_of[t];
        if (other != CH_NONE && other != index)
            scene->candidates[other].state = CH_CANDIDATE_REFUSED;
        scene->candidate_of[t] = index;
    }
    if (last > c->last)
        c->end = scene->doc->toks[last - 1].span.end;
    c->first = first;
    c->last = last;
}

/* Whether yet another capitalised word follows: "Ohio State University". */
static bool
name_follows(const ch_scene *scene, const ch_candidate *c, uint32_t tok)
{
    return tok + 1 < sentence_of(scene, c)->last && ch_gap_is_space(scene->doc, tok) && in_name(scene, tok + 1) &&
           !is_role_word(scene, tok + 1);
}

/* "Nyanza Province", "Lake Geneva": the noun, written with a capital, belongs
 * to the name and says of what kind it is. */
static void
take_nouns(ch_scene *scene, uint32_t index)
{
    ch_candidate *c = &scene->candidates[index];
    uint32_t n = behind(scene, c), p = before(scene, c);
    /* "Fulton County", as the gazetteer has it */
    if (c->nname != 0 && !has_country(c) && c->last - c->first > 1 && ch_token_in_set(scene, scene->sets.tail, c->last - 1))
        c->nouns |= kinds_of_noun(scene, c->last - 1) & 1u << CH_PLACE_COUNTY;
    if (n != CH_NONE && !has_country(c) && capital_at(scene, n) && ch_gap_is_space(scene->doc, n - 1) && !scene->other[n] &&
        ch_token_in_set(scene, scene->sets.tail, n) && !name_follows(scene, c, n)) {
        c->nouns |= kinds_of_noun(scene, n);
        extend(scene, index, c->first, n + 1);
        return;
    }
    if (p == CH_NONE || !capital_at(scene, p) || !ch_gap_is_space(scene->doc, p) || has_country(c) ||
        !ch_token_in_set(scene, scene->sets.head, p) || scene->doc->toks[p].upos != CH_PROPN)
        return;
    uint32_t kinds = kinds_of_noun(scene, p);
    bool known = false;
    for (uint32_t i = 0; i < c->nname; i++)
        known = known || (c->names[i].kind == CH_NAME_PLACE && (kinds >> scene->gazetteer[c->names[i].entry].kind & 1) != 0);
    if (!known)
        c->nname = 0;
    c->nouns |= kinds;
    extend(scene, index, p, c->last);
}

static bool
is_state_or_country(const ch_scene *scene, const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_COUNTRY ||
            (c->names[i].kind == CH_NAME_PLACE && scene->gazetteer[c->names[i].entry].kind == CH_PLACE_STATE))
            return true;
    return false;
}

static bool
lies_in(const ch_scene *scene, const ch_candidate *inner, const ch_candidate *outer)
{
    ch_sense a, b;
    for (uint32_t i = 0; i < inner->nname; i++)
        for (uint32_t k = 0; ch_candidate_sense(scene, inner, i, &a) && k < outer->nname; k++)
            if (ch_candidate_sense(scene, outer, k, &b) && ch_sense_inside(scene, a, b))
                return true;
    return false;
}

/* Whether the words behind make the name the beginning of another: "Hammond
 * Health Officer", but not "Texas Governor" nor "Austin Texas". */
static bool
goes_on(const ch_scene *scene, const ch_candidate *c)
{
    uint32_t n = behind(scene, c), last = n, end = sentence_of(scene, c)->last;
    if (n == CH_NONE || !ch_gap_is_space(scene->doc, n - 1) || !in_name(scene, n))
        return false;
    while (last + 1 < end && ch_gap_is_space(scene->doc, last) && in_name(scene, last + 1))
        last++;
    if (!has_country(c) && ch_token_in_set(scene, scene->sets.institution, last))
        return true;
    if (is_role_word(scene, n))
        return false;
    const ch_candidate *next = scene->candidate_of[n] != CH_NONE ? &scene->candidates[scene->candidate_of[n]] : NULL;
    if (next != NULL && next->nname != 0 && is_state_or_country(scene, next) && lies_in(scene, c, next))
        return false;
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_COUNTRY && ((c->names[i].flags & CH_NAME_CAPS) != 0 || c->last - c->first > 1))
            return false;
    /* "Indiana Health Secretary": a role ends the row of names */
    for (uint32_t t = n; t < sentence_of(scene, c)->last && t < n + 4 && in_name(scene, t); t++)
        if (c->strong && ch_token_in_set(scene, scene->sets.title, t))
            return false;
    return true;
}

/* Whether the words before make it the end of another: "Michael Jordan". */
static bool
is_rest_of_name(const ch_scene *scene, const ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t p = before(scene, c), start = sentence_of(scene, c)->first;
    if (p == CH_NONE || !ch_gap_is_space(doc, p))
        return false;
    if (p > start && !capital_at(scene, p) && ch_token_in_set(scene, scene->sets.particle, p) && doc->toks[p].upos != CH_ADP &&
        doc->toks[p].upos != CH_DET && doc->toks[p].upos != CH_CCONJ && in_name(scene, p - 1))
        return true;
    if (scene->other[p])
        return !scene->nationality[p] && !has_country(c);
    if (capital_at(scene, p) && ch_token_in_set(scene, scene->sets.institution, p))
        return true;
    if (!in_name(scene, p) || ch_token_in_set(scene, scene->sets.prefix, p) || (p == start && doc->toks[p].upos != CH_PROPN))
        return false;
    const ch_candidate *last = scene->candidate_of[p] != CH_NONE ? &scene->candidates[scene->candidate_of[p]] : NULL;
    if (last != NULL && last->nname != 0 && is_state_or_country(scene, c) && lies_in(scene, last, c))
        return false;
    if (ch_token_in_set(scene, scene->sets.title, p))
        return true;
    return doc->toks[p].upos == CH_PROPN || doc->toks[p].rel == CH_COMPOUND;
}

/* "University of Geneva", "Johnson & Johnson", "Oslo accords". */
static bool
is_in_title(const ch_scene *scene, const ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t p = before(scene, c), n = behind(scene, c), start = sentence_of(scene, c)->first;
    uint32_t of = p;
    while (of != CH_NONE && of > start && ch_token_in_set(scene, scene->sets.prefix, of))
        of--;
    if (of != CH_NONE && of > start && ch_token_in_set(scene, scene->sets.of, of) && capital_at(scene, of - 1) &&
        (ch_token_in_set(scene, scene->sets.institution, of - 1) ||
         (!has_country(c) && ch_token_in_set(scene, scene->sets.government, of - 1))))
        return true;
    if ((p != CH_NONE && ch_str_is(ch_token_text(doc, p), "&")) || (n != CH_NONE && ch_str_is(ch_token_text(doc, n), "&")))
        return true;
    if (n == CH_NONE || !ch_gap_is_space(doc, n - 1))
        return false;
    return ch_token_in_set(scene, scene->sets.disease, n) || (!has_country(c) && ch_token_in_set(scene, scene->sets.eponym, n));
}

/* "the village of X", "X district", "village X": kinds by the noun. */
static uint32_t
noun_beside(const ch_scene *scene, const ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t p = before(scene, c), n = behind(scene, c), start = sentence_of(scene, c)->first;
    bool of = p != CH_NONE && p > start && ch_token_in_set(scene, scene->sets.of, p) && !capital_at(scene, p - 1);
    if (of && kinds_of_noun(scene, p - 1) != 0)
        return kinds_of_noun(scene, p - 1);
    if (n != CH_NONE && ch_gap_is_space(doc, n - 1) && doc->toks[n].upos == CH_NOUN && !capital_at(scene, n)) {
        uint32_t kinds = kinds_of_noun(scene, n);
        /* "Dadaab refugee camp" */
        bool further = kinds == 0 && n + 1 < sentence_of(scene, c)->last && doc->toks[n + 1].upos == CH_NOUN;
        return further ? kinds_of_noun(scene, n + 1) : kinds;
    }
    if (p != CH_NONE && ch_gap_is_space(doc, p) && doc->toks[p].upos == CH_NOUN && !capital_at(scene, p))
        return kinds_of_noun(scene, p);
    return 0;
}

static bool
has_small_letter(ch_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] >= 'a' && s.at[i] <= 'z')
            return true;
    return false;
}

/* "University" is a town, but hardly ever in a report; "Director" begins no
 * place's name, and a name in capitals that nobody knows is an abbreviation. */
static bool
is_common_noun(const ch_scene *scene, const ch_candidate *c)
{
    bool single = c->last - c->first == 1;
    if (single && c->nname != 0)
        return ch_token_in_set(scene, scene->sets.institution, c->first) || ch_token_in_set(scene, scene->sets.tail, c->first) ||
               ch_token_in_set(scene, scene->sets.government, c->first);
    if (c->nname != 0)
        return false;
    for (uint32_t t = c->first; t < c->last; t++)
        if (is_role_word(scene, t) || ch_token_in_set(scene, scene->sets.government, t) ||
            ch_token_in_set(scene, scene->sets.institution, t))
            return true;
    return single && !has_small_letter(ch_token_text(scene->doc, c->first));
}

/* "US$1 million", "Ebola-like". */
static bool
is_part_of_word(const ch_scene *scene, const ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t start = doc->toks[c->first].span.start;
    if (memchr(doc->text + start, '$', c->end + 1 - start) != NULL || (start > 0 && doc->text[start - 1] == '$'))
        return true;
    /* "Shan-e-Mustafa" */
    const char *rest = doc->text + c->end;
    size_t small = rest[0] == '-' ? strspn(rest + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
    if (small != 0 && small < 4 && rest[1 + small] == '-')
        return true;
    uint32_t word = doc->first_word[c->last] - 1;
    if (c->end < doc->toks[c->last - 1].span.end)
        return ch_set_has(scene->lex, scene->sets.disease, doc->words[word].word);
    return doc->text[c->end] == '-' && c->last + 1 < doc->ntok && ch_token_in_set(scene, scene->sets.disease, c->last + 1);
}

/* An adjective of a country that is also the name of a part of it ("Somali"),
 * or a quarter of the sky that is also a division's ("Western"): no place where
 * no noun makes it one. */
static bool
is_adjective(const ch_scene *scene, const ch_candidate *c)
{
    bool adjective = c->last - c->first == 1 && ch_token_in_set(scene, scene->sets.prefix, c->first);
    for (uint32_t i = 0; i < c->nname; i++)
        adjective = adjective || c->names[i].kind == CH_NAME_ADJECTIVE || c->names[i].kind == CH_NAME_DEMONYM;
    return adjective && !has_country(c) && c->nouns == 0 && noun_beside(scene, c) == 0;
}

/* The preposition before it, over "the nearby", or CH_NONE. */
static uint32_t
preposition(const ch_scene *scene, const ch_candidate *c)
{
    uint32_t t = before(scene, c), start = sentence_of(scene, c)->first;
    while (t != CH_NONE && t > start && ch_token_in_set(scene, scene->sets.between, t))
        t--;
    return t != CH_NONE && scene->doc->toks[t].upos == CH_ADP ? t : CH_NONE;
}

/* "Kansas State", "Memphis State": universities and their teams; "in New York
 * State" and "Kano State" are divisions. */
static bool
is_school(const ch_scene *scene, const ch_candidate *c)
{
    ch_sense s;
    bool home = false;
    if (c->last - c->first < 2 || c->nname == 0 || !ch_token_in_set(scene, scene->sets.school, c->last - 1))
        return false;
    for (uint32_t i = 0; i < c->nname; i++) {
        if (!ch_candidate_sense(scene, c, i, &s) || s.entry == CH_NONE || s.country == CH_NONE)
            continue;
        bool american = ch_str_is(ch_str_of(ch_lexicon_string(scene->lex, scene->lex->countries[s.country].id)), "USA");
        if (!american && scene->gazetteer[s.entry].kind == CH_PLACE_STATE)
            return false;
        home = home || american;
    }
    uint32_t p = preposition(scene, c);
    return home && (p == CH_NONE || !ch_token_in_set(scene, scene->sets.locative, p) || ch_token_in_set(scene, scene->sets.at, p));
}

static bool
is_refused(ch_scene *scene, ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t p = before(scene, c);
    if (scene->timed[c->first] || (doc->toks[c->first].flags & CH_T_FURNITURE) != 0)
        return true;
    if (c->brief && (p == CH_NONE || (!ch_token_is_comma(doc, p) && scene->candidate_of[p] == CH_NONE)))
        return true;
    if (is_part_of_word(scene, c) || is_adjective(scene, c) || is_common_noun(scene, c) || is_school(scene, c))
        return true;
    if (is_rest_of_name(scene, c)) {
        scene->candidates[c->group].person = !scene->other[p] && has_small_letter(ch_token_text(doc, p));
        return true;
    }
    return goes_on(scene, c) || is_in_title(scene, c);
}

/* ------------------------------------------------------- evidence beside it */

static float
weight_before(const ch_scene *scene, ch_candidate *c)
{
    uint32_t p = preposition(scene, c);
    if (p != CH_NONE) {
        c->locative = ch_token_in_set(scene, scene->sets.locative, p);
        if (c->locative)
            return 2;
        return ch_token_in_set(scene, scene->sets.direction, p) ? 1.3f : ch_token_in_set(scene, scene->sets.weak, p) ? 0.8f : 0;
    }
    uint32_t b = before(scene, c);
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
    uint32_t n = behind(scene, c);
    return n != CH_NONE && ch_gap_is_space(scene->doc, n - 1) && !capital_at(scene, n) && scene->doc->toks[n].upos == CH_NOUN &&
           ch_token_in_set(scene, scene->sets.people, n);
}

/* "The driver, of Flint, fled". */
static bool
is_home(const ch_scene *scene, const ch_candidate *c)
{
    uint32_t p = before(scene, c), n = behind(scene, c);
    return p != CH_NONE && n != CH_NONE && p > sentence_of(scene, c)->first && ch_token_in_set(scene, scene->sets.of, p) &&
           ch_token_is_comma(scene->doc, p - 1) && ch_token_is_comma(scene->doc, n);
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
    return has_capital(c) && !has_country(c) && subject && head != CH_NONE && ch_token_in_set(scene, scene->sets.speech, head);
}

static bool
is_proper(const ch_scene *scene, const ch_candidate *c)
{
    for (uint32_t t = c->first; t < c->last; t++)
        if (scene->doc->toks[t].upos == CH_PROPN)
            return true;
    return false;
}

/* "killed two people in Merawi on Sunday": a proper name behind "in" or "near" that
 * no noun follows, and that nobody is known by. */
static bool
is_somewhere(const ch_scene *scene, const ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t p = before(scene, c), n = behind(scene, c);
    if (p == CH_NONE || !ch_token_in_set(scene, scene->sets.inside, p) || doc->toks[p].upos != CH_ADP || c->last - c->first > 2)
        return false;
    for (uint32_t t = c->first; t < c->last; t++)
        if (doc->toks[t].upos != CH_PROPN)
            return false;
    return n == CH_NONE || doc->toks[n].upos == CH_ADP || doc->toks[n].upos == CH_CCONJ || ch_str_is(ch_token_text(doc, n), ",") ||
           ch_str_is(ch_token_text(doc, n), ".");
}

/* So great a city that its name is first of all that. */
static bool
is_metropolis(const ch_scene *scene, const ch_candidate *c)
{
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_PLACE && scene->gazetteer[c->names[i].entry].kind == CH_PLACE_TOWN &&
            scene->gazetteer[c->names[i].entry].population >= METROPOLIS)
            return true;
    return false;
}

static void
weigh_known(ch_scene *scene, ch_candidate *c)
{
    c->weight = (c->strong ? ENOUGH : 0) + weight_before(scene, c);
    bool country = has_country(c);
    if (!is_proper(scene, c))
        c->weight -= c->locative ? 0.5f : 1.5f;
    if (!country && c->last - c->first == 1 && !is_metropolis(scene, c) && !is_somewhere(scene, c) &&
        (ch_token_in_set(scene, scene->sets.doubtful, c->first) || has_person(scene, c)))
        c->weight -= preposition(scene, c) != CH_NONE ? 0.5f : 1;
    if (is_government(scene, c))
        c->weight -= 3;
    c->weight += is_before_people(scene, c) || is_home(scene, c) ? 1.4f : 0;
    c->nouns |= noun_beside(scene, c);
    if (c->nouns != 0)
        c->weight += 2;
}

static void
weigh_unknown(ch_scene *scene, ch_candidate *c)
{
    bool named = c->nouns != 0;
    if (c->last - c->first > 1) {
        uint32_t tail = ch_token_in_set(scene, scene->sets.tail, c->last - 1) ? kinds_of_noun(scene, c->last - 1) : 0;
        uint32_t head = ch_token_in_set(scene, scene->sets.head, c->first) ? kinds_of_noun(scene, c->first) : 0;
        c->nouns |= tail | head;
        named = named || (tail | head) != 0;
    }
    uint32_t kinds = noun_beside(scene, c), p = before(scene, c);
    /* "other cities", "Andean territory" */
    if (scene->doc->toks[c->last - 1].upos == CH_ADJ || scene->doc->toks[c->last - 1].rel == CH_AMOD)
        return;
    bool of = kinds != 0 && p != CH_NONE && p > sentence_of(scene, c)->first && ch_token_in_set(scene, scene->sets.of, p) &&
              kinds_of_noun(scene, p - 1) != 0;
    c->weight = (named ? 4.0f : 0) + (of ? 4.0f : kinds != 0 ? 3.0f : 0) + weight_before(scene, c) * 0.75f;
    if (!named && kinds == 0 && is_somewhere(scene, c))
        c->weight += 1.5f;
    c->nouns |= kinds;
    if (ch_token_in_set(scene, scene->sets.eponym, c->last - 1))
        c->weight -= 3;
}

/* ---------------------------------------------------- evidence from further */

static gap
gap_between(const ch_scene *scene, const ch_candidate *a, const ch_candidate *b)
{
    const ch_document *doc = scene->doc;
    if (a->sentence != b->sentence || b->first - a->last > 2 || a->end < doc->toks[a->last - 1].span.end)
        return GAP_NONE;
    uint32_t n = b->first - a->last, t = a->last;
    if (n == 0)
        return GAP_SPACE;
    bool comma = ch_token_is_comma(doc, t), conjunction = doc->toks[t + n - 1].upos == CH_CCONJ;
    if (n == 1) {
        if (comma)
            return GAP_COMMA;
        if (doc->toks[t].upos == CH_ADP)
            return ch_token_in_set(scene, scene->sets.locative, t) || ch_token_in_set(scene, scene->sets.of, t) ? GAP_INSIDE : GAP_NONE;
        return conjunction ? GAP_LIST : ch_str_is(ch_token_text(doc, t), "(") ? GAP_INSIDE : GAP_NONE;
    }
    if (comma && conjunction)
        return GAP_LIST;
    /* "Goma, in Congo" */
    return comma && ch_token_in_set(scene, scene->sets.in, t + 1) ? GAP_INSIDE : GAP_NONE;
}

static void
contain(ch_candidate *inner, ch_candidate *outer, uint32_t index)
{
    inner->container = index;
    inner->weight += 3;
    outer->weight += 2;
}

/* Whether both may be divisions of one country. */
static bool
are_divisions(const ch_scene *scene, const ch_candidate *a, const ch_candidate *b)
{
    ch_sense x, y;
    for (uint32_t i = 0; i < a->nname; i++)
        for (uint32_t k = 0; ch_candidate_sense(scene, a, i, &x) && x.entry != CH_NONE && k < b->nname; k++)
            if (ch_candidate_sense(scene, b, k, &y) && y.entry != CH_NONE && x.country == y.country && x.entry != y.entry &&
                scene->gazetteer[x.entry].kind == CH_PLACE_STATE && scene->gazetteer[y.entry].kind == CH_PLACE_STATE)
                return true;
    return false;
}

/* "Niger, Nigeria", "Oklahoma, Pennsylvania": two of one rank, though there is
 * a lesser place of the first name in the second. */
static bool
is_list_of_peers(const ch_scene *scene, const ch_candidate *a, const ch_candidate *b)
{
    if (a->group == b->group)
        return false;
    bool abbreviation = b->nname != 0 && has_country(b) && (b->names[0].flags & CH_NAME_CAPS) != 0;
    return (has_country(a) && has_country(b) && !abbreviation) || (are_divisions(scene, a, b) && !has_country(b) && !b->brief);
}

/* "Yarmouth, Nova Scotia," where the gazetteer knows a Yarmouth in Maine alone:
 * another town of that name, which nobody knows. */
static bool
is_elsewhere(const ch_scene *scene, const ch_candidate *a, const ch_candidate *b)
{
    uint32_t n = behind(scene, b);
    bool mark = n != CH_NONE && scene->doc->toks[n].upos == CH_PUNCT, further = mark && n + 1 < sentence_of(scene, b)->last;
    bool list = further && (scene->candidate_of[n + 1] != CH_NONE || scene->doc->toks[n + 1].upos == CH_CCONJ);
    bool closed = n == CH_NONE || (mark && !list);
    if (!closed || preposition(scene, a) == CH_NONE || !is_state_or_country(scene, b) || has_country(b) || lies_in(scene, a, b))
        return false;
    ch_sense s;
    for (uint32_t i = 0; i < a->nname; i++)
        if (ch_candidate_sense(scene, a, i, &s) && (s.entry == CH_NONE || scene->gazetteer[s.entry].kind != CH_PLACE_TOWN))
            return false;
    return true;
}

static void
find_containers(ch_scene *scene)
{
    for (uint32_t i = 0; i + 1 < scene->ncandidate; i++) {
        ch_candidate *a = &scene->candidates[i], *b = &scene->candidates[i + 1];
        if (a->state == CH_CANDIDATE_REFUSED || b->state == CH_CANDIDATE_REFUSED || b->nname == 0)
            continue;
        gap g = gap_between(scene, a, b);
        if (g == GAP_NONE || g == GAP_LIST)
            continue;
        if (is_list_of_peers(scene, a, b))
            continue;
        if (a->nname != 0 && g == GAP_COMMA && is_elsewhere(scene, a, b)) {
            a->nname = 0;
            contain(a, b, i + 1);
        } else if (a->nname != 0 ? lies_in(scene, a, b) : is_state_or_country(scene, b) && a->locative && g == GAP_COMMA)
            contain(a, b, i + 1);
    }
}

static bool
is_enough(const ch_candidate *c)
{
    return c->weight >= (c->nname != 0 ? ENOUGH : ENOUGH_UNKNOWN);
}

/* Whether a comma, a conjunction or the sentence's end follows: what goes on is
 * an apposition, not the next of a list. */
static bool
ends_item(const ch_scene *scene, const ch_candidate *c)
{
    uint32_t n = behind(scene, c);
    return n == CH_NONE || scene->doc->toks[n].upos == CH_PUNCT || scene->doc->toks[n].upos == CH_CCONJ;
}

/* What is accepted makes its neighbours in a list likelier. */
static void
follow_lists(ch_scene *scene)
{
    for (uint32_t i = 0; i + 1 < scene->ncandidate; i++) {
        ch_candidate *a = &scene->candidates[i], *b = &scene->candidates[i + 1];
        gap g = gap_between(scene, a, b);
        if ((g != GAP_LIST && g != GAP_COMMA) || a->state != CH_CANDIDATE_PLACE || b->state != CH_CANDIDATE_OPEN)
            continue;
        if (b->nname == 0 && g == GAP_COMMA && !ends_item(scene, b))
            continue;
        b->weight += a->locative || a->nname == 0 ? 2 : 1.5f;
        b->locative = b->locative || a->locative;
        b->nouns |= b->nname == 0 ? a->nouns : 0;
        if (is_enough(b))
            b->state = CH_CANDIDATE_PLACE;
    }
    for (uint32_t i = scene->ncandidate; i-- > 1;) {
        ch_candidate *a = &scene->candidates[i - 1], *b = &scene->candidates[i];
        gap g = gap_between(scene, a, b);
        if ((g != GAP_LIST && g != GAP_COMMA) || b->state != CH_CANDIDATE_PLACE || a->state != CH_CANDIDATE_OPEN)
            continue;
        a->weight += a->nname == 0 && b->nouns != 0 ? 3 : 1.5f;
        if (is_enough(a))
            a->state = CH_CANDIDATE_PLACE;
    }
}

/* Each of a few divisions that a name may lie in gets its share. */
static void
count_divisions(ch_scene *scene, const ch_candidate *c, uint32_t country)
{
    ch_lexstr admins[CH_DIVISIONS_MAX];
    uint32_t count = 0;
    ch_sense s;
    for (uint32_t i = 0; i < c->nname; i++) {
        const ch_gazetteer_place *p = ch_candidate_sense(scene, c, i, &s) && s.country == country ? ch_sense_entry(scene, s) : NULL;
        uint32_t k = 0;
        while (p != NULL && k < count && admins[k] != p->admin)
            k++;
        if (p == NULL || p->admin == 0 || k < count)
            continue;
        if (count == CH_DIVISIONS_MAX)
            return;
        admins[count++] = p->admin;
    }
    for (uint32_t k = 0; k < count; k++)
        ch_tally_add(&scene->divisions, ch_division_key(country, admins[k]), 1.0f / (float)count);
}

static void
count_countries(ch_scene *scene)
{
    for (uint32_t i = 0; i < scene->ncandidate; i++) {
        const ch_candidate *c = &scene->candidates[i];
        ch_sense one = CH_NO_SENSE, s;
        bool several = false, state = false;
        for (uint32_t k = 0; c->state == CH_CANDIDATE_PLACE && k < c->nname; k++) {
            if (!ch_candidate_sense(scene, c, k, &s))
                continue;
            bool other = one.country != CH_NONE && one.country != s.country;
            several = several || other;
            state = state || (s.entry != CH_NONE && scene->gazetteer[s.entry].kind == CH_PLACE_STATE);
            one = s.entry == CH_NONE || one.country == CH_NONE ? s : one;
        }
        /* "Peru" is the country, whatever towns are called so; "Georgia" may be either */
        if (one.country == CH_NONE || (several && (one.entry != CH_NONE || state)))
            continue;
        scene->countries[one.country] += 1;
        scene->country_total += 1;
        count_divisions(scene, c, one.country);
    }
}

/* How much of the document's country, or even its division, one of the senses is. */
static float
at_home(const ch_scene *scene, const ch_candidate *c)
{
    ch_sense s;
    float best = 0;
    for (uint32_t i = 0; i < c->nname; i++) {
        if (!ch_candidate_sense(scene, c, i, &s) || s.country == CH_NONE || scene->countries[s.country] == 0)
            continue;
        const ch_gazetteer_place *p = ch_sense_entry(scene, s);
        bool division = p != NULL && p->admin != 0 && ch_tally_get(&scene->divisions, ch_division_key(s.country, p->admin)) >= HOME_SHARE;
        float weight = division ? 1.3f : 0.7f;
        best = weight > best ? weight : best;
    }
    return best;
}

static void
ask_document(ch_scene *scene)
{
    for (uint32_t i = 0; i < scene->ncandidate; i++) {
        ch_candidate *c = &scene->candidates[i], *leader = &scene->candidates[c->group];
        if (c->state != CH_CANDIDATE_OPEN)
            continue;
        c->weight += leader->accepted ? (c->nname != 0 ? 2 : 3) : 0;
        c->weight += at_home(scene, c);
        if (leader->person)
            c->weight -= 3;
        if (is_enough(c))
            c->state = CH_CANDIDATE_PLACE;
    }
}

/* A small town beside others that are near it: "Peabody, Danvers and Salem".
 * `accepted`: others that are places by now, with `enough` company and `more`
 * weight for it. */
static void
ask_company(ch_scene *scene, bool accepted, float enough, float more)
{
    for (uint32_t i = 0; i < scene->ncandidate; i++) {
        ch_candidate *c = &scene->candidates[i];
        ch_sense s;
        float best = 0;
        if (c->state != CH_CANDIDATE_OPEN || c->nname == 0 || c->weight + more < ENOUGH || !is_proper(scene, c))
            continue;
        for (uint32_t k = 0; k < c->nname; k++) {
            float company = ch_candidate_sense(scene, c, k, &s) ? ch_place_company(scene, i, s, accepted) : 0;
            best = company > best ? company : best;
        }
        if (best >= enough)
            c->state = CH_CANDIDATE_PLACE;
    }
}

/* Accepts what has enough evidence; bare surnames of persons in the document
 * need more than the rest. */
static void
settle(ch_scene *scene)
{
    for (uint32_t i = 0; i < scene->ncandidate; i++) {
        ch_candidate *c = &scene->candidates[i], *leader = &scene->candidates[c->group];
        if (c->state == CH_CANDIDATE_OPEN && c->weight - (leader->person ? 3 : 0) >= (c->nname != 0 ? ENOUGH : ENOUGH_UNKNOWN))
            c->state = CH_CANDIDATE_PLACE;
        if (c->state == CH_CANDIDATE_PLACE)
            leader->accepted = true;
    }
}

void
ch_place_weigh(ch_scene *scene)
{
    for (uint32_t i = 0; i < scene->ncandidate; i++) {
        ch_candidate *c = &scene->candidates[i];
        if (c->state == CH_CANDIDATE_REFUSED)
            continue;
        c->strong = is_strong(scene, c);
        take_nouns(scene, i);
        if (is_refused(scene, c))
            c->state = CH_CANDIDATE_REFUSED;
        else if (c->nname != 0)
            weigh_known(scene, c);
        else
            weigh_unknown(scene, c);
    }
    find_containers(scene);
    settle(scene);
    follow_lists(scene);
    count_countries(scene);
    settle(scene);
    ask_document(scene);
    ask_company(scene, true, COMPANY_ENOUGH, COMPANY_MORE);
    ask_company(scene, false, COMPANY_SURE, COMPANY_MUCH);
    ask_company(scene, true, COMPANY_ENOUGH, COMPANY_MORE);
    follow_lists(scene);
}
