/* Candidates that are part of another name or word: "Michael Jordan", "University of
 * Geneva", "US$1 million". */
#include "place/candidate.h"

#include <string.h>

/* A word that may be part of the same name: capitalised, and no date. */
static bool
in_name(const ch_scene *scene, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    return ch_capital_at(scene, tok) && !scene->timed[tok] &&
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
    return tok + 1 < ch_candidate_sentence(scene, c)->last && ch_gap_is_space(scene->doc, tok) && in_name(scene, tok + 1) &&
           !is_role_word(scene, tok + 1);
}

void
ch_candidate_take_nouns(ch_scene *scene, uint32_t index)
{
    ch_candidate *c = &scene->candidates[index];
    uint32_t n = ch_candidate_behind(scene, c), p = ch_candidate_before(scene, c);
    /* "Fulton County", as the gazetteer has it */
    if (c->nname != 0 && !ch_candidate_has_country(c) && c->last - c->first > 1 &&
        ch_token_in_set(scene, scene->sets.tail, c->last - 1))
        c->nouns |= ch_noun_kinds(scene, c->last - 1) & 1u << CH_PLACE_COUNTY;
    if (n != CH_NONE && !ch_candidate_has_country(c) && ch_capital_at(scene, n) && ch_gap_is_space(scene->doc, n - 1) &&
        !scene->other[n] && ch_token_in_set(scene, scene->sets.tail, n) && !name_follows(scene, c, n)) {
        c->nouns |= ch_noun_kinds(scene, n);
        extend(scene, index, c->first, n + 1);
        return;
    }
    if (p == CH_NONE || !ch_capital_at(scene, p) || !ch_gap_is_space(scene->doc, p) || ch_candidate_has_country(c) ||
        !ch_token_in_set(scene, scene->sets.head, p) || scene->doc->toks[p].upos != CH_PROPN)
        return;
    uint32_t kinds = ch_noun_kinds(scene, p);
    bool known = false;
    for (uint32_t i = 0; i < c->nname; i++)
        known = known || (c->names[i].kind == CH_NAME_PLACE && (kinds >> scene->gazetteer[c->names[i].entry].kind & 1) != 0);
    if (!known)
        c->nname = 0;
    c->nouns |= kinds;
    extend(scene, index, p, c->last);
}

/* Whether the words behind make the name the beginning of another: "Hammond
 * Health Officer", but not "Texas Governor" nor "Austin Texas". */
static bool
goes_on(const ch_scene *scene, const ch_candidate *c)
{
    uint32_t n = ch_candidate_behind(scene, c), last = n, end = ch_candidate_sentence(scene, c)->last;
    if (n == CH_NONE || !ch_gap_is_space(scene->doc, n - 1) || !in_name(scene, n))
        return false;
    while (last + 1 < end && ch_gap_is_space(scene->doc, last) && in_name(scene, last + 1))
        last++;
    if (!ch_candidate_has_country(c) && ch_token_in_set(scene, scene->sets.institution, last))
        return true;
    if (is_role_word(scene, n))
        return false;
    const ch_candidate *next = scene->candidate_of[n] != CH_NONE ? &scene->candidates[scene->candidate_of[n]] : NULL;
    if (next != NULL && next->nname != 0 && ch_candidate_is_state(scene, next) && ch_candidate_lies_in(scene, c, next))
        return false;
    for (uint32_t i = 0; i < c->nname; i++)
        if (c->names[i].kind == CH_NAME_COUNTRY && ((c->names[i].flags & CH_NAME_CAPS) != 0 || c->last - c->first > 1))
            return false;
    /* "Indiana Health Secretary": a role ends the row of names */
    for (uint32_t t = n; t < ch_candidate_sentence(scene, c)->last && t < n + 4 && in_name(scene, t); t++)
        if (c->strong && ch_token_in_set(scene, scene->sets.title, t))
            return false;
    return true;
}

/* Whether the words before make it the end of another: "Michael Jordan". */
static bool
is_rest_of_name(const ch_scene *scene, const ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t p = ch_candidate_before(scene, c), start = ch_candidate_sentence(scene, c)->first;
    if (p == CH_NONE || !ch_gap_is_space(doc, p))
        return false;
    if (p > start && !ch_capital_at(scene, p) && ch_token_in_set(scene, scene->sets.particle, p) && doc->toks[p].upos != CH_ADP &&
        doc->toks[p].upos != CH_DET && doc->toks[p].upos != CH_CCONJ && in_name(scene, p - 1))
        return true;
    if (scene->other[p])
        return !scene->nationality[p] && !ch_candidate_has_country(c);
    if (ch_capital_at(scene, p) && ch_token_in_set(scene, scene->sets.institution, p))
        return true;
    if (!in_name(scene, p) || ch_token_in_set(scene, scene->sets.prefix, p) || (p == start && doc->toks[p].upos != CH_PROPN))
        return false;
    const ch_candidate *last = scene->candidate_of[p] != CH_NONE ? &scene->candidates[scene->candidate_of[p]] : NULL;
    if (last != NULL && last->nname != 0 && ch_candidate_is_state(scene, c) && ch_candidate_lies_in(scene, last, c))
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
    uint32_t p = ch_candidate_before(scene, c), n = ch_candidate_behind(scene, c), start = ch_candidate_sentence(scene, c)->first;
    uint32_t of = p;
    while (of != CH_NONE && of > start && ch_token_in_set(scene, scene->sets.prefix, of))
        of--;
    if (of != CH_NONE && of > start && ch_token_in_set(scene, scene->sets.of, of) && ch_capital_at(scene, of - 1) &&
        (ch_token_in_set(scene, scene->sets.institution, of - 1) ||
         (!ch_candidate_has_country(c) && ch_token_in_set(scene, scene->sets.government, of - 1))))
        return true;
    if ((p != CH_NONE && ch_str_is(ch_token_text(doc, p), "&")) || (n != CH_NONE && ch_str_is(ch_token_text(doc, n), "&")))
        return true;
    if (n == CH_NONE || !ch_gap_is_space(doc, n - 1))
        return false;
    return ch_token_in_set(scene, scene->sets.disease, n) ||
           (!ch_candidate_has_country(c) && ch_token_in_set(scene, scene->sets.eponym, n));
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
    return adjective && !ch_candidate_has_country(c) && c->nouns == 0 && ch_candidate_noun(scene, c) == 0;
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
    uint32_t p = ch_candidate_preposition(scene, c);
    return home &&
           (p == CH_NONE || !ch_token_in_set(scene, scene->sets.locative, p) || ch_token_in_set(scene, scene->sets.at, p));
}

bool
ch_candidate_is_refused(ch_scene *scene, ch_candidate *c)
{
    const ch_document *doc = scene->doc;
    uint32_t p = ch_candidate_before(scene, c);
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
