/* Candidates: the longest name from each word on, left to right, and runs of
 * proper nouns that the lexicon does not know. */
#include "place/scene.h"

#include "base/grow.h"
#include "base/utf8.h"
#include "syntax/lookup.h"

/* A longer run of proper nouns is a title or a list without commas. */
#define RUN_MAX 5

typedef struct {
    ch_scene *scene;
    uint32_t first;     /* word the name begins with */
    uint32_t end;       /* word behind the sentence */
    uint32_t place_last, place_node; /* word behind the longest name of a place, 0 where there is none */
    uint32_t other_last, other_node; /* the same for names of actors, adjectives and peoples */
} search;

bool
ch_begins_with_capital(ch_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t c = ch_utf8_next(s.at, s.len, &at);
        if (ch_is_letter(c) || ch_is_digit(c))
            return !ch_is_lower(c) && !ch_is_digit(c);
    }
    return false;
}

static bool
has_lower(ch_str s)
{
    for (size_t at = 0; at < s.len;)
        if (ch_is_lower(ch_utf8_next(s.at, s.len, &at)))
            return true;
    return false;
}

static ch_str
text_of(const ch_document *doc, uint32_t first, uint32_t last)
{
    return ch_span_text(doc, (ch_span){doc->toks[first].span.start, doc->toks[last - 1].span.end});
}

/* ------------------------------------------------------------- known names */

static bool
is_place_name(const ch_name *name)
{
    return name->kind == CH_NAME_PLACE || name->kind == CH_NAME_COUNTRY;
}

static bool
is_other_name(const ch_name *name)
{
    return name->kind == CH_NAME_ACTOR || name->kind == CH_NAME_ADJECTIVE || name->kind == CH_NAME_DEMONYM ||
           name->kind == CH_NAME_ACTOR_ADJECTIVE || name->kind == CH_NAME_SEAT;
}

/* Written as names are: a capital, and in capitals throughout where the name
 * is. The last word has one where it has in the name: "Sindh Province" is not
 * found in "Sindh province", where the noun is no part of the name. */
static bool
written_so(const ch_scene *scene, const ch_name *name, uint32_t first, uint32_t last)
{
    const ch_document *doc = scene->doc;
    ch_str text = text_of(doc, first, last), form = ch_str_of(ch_lexicon_string(scene->lex, name->form));
    if (!ch_begins_with_capital(text) || ((name->flags & CH_NAME_CAPS) != 0 && has_lower(text)))
        return false;
    const char *gap = memrchr(form.at, ' ', form.len);
    ch_str end = gap != NULL ? ch_str_of(gap + 1) : form;
    return !ch_begins_with_capital(end) || ch_begins_with_capital(ch_token_text(doc, last - 1));
}

/* Whether the word is the last of its token, or a hyphen and small letters
 * follow it there: "Paris-based". */
static bool
ends_well(const ch_document *doc, uint32_t word)
{
    if (word + 1 >= doc->nword || doc->words[word + 1].tok != doc->words[word].tok)
        return true;
    ch_str text = ch_token_text(doc, doc->words[word].tok);
    const char *hyphen = memchr(text.at, '-', text.len);
    return hyphen != NULL && hyphen + 1 < text.at + text.len && hyphen[1] >= 'a' && hyphen[1] <= 'z' &&
           doc->first_word[doc->words[word].tok] == word;
}

static void
consider(search *s, uint32_t node, uint32_t last_word)
{
    const ch_document *doc = s->scene->doc;
    uint32_t count, first = doc->words[s->first].tok, last = doc->words[last_word].tok + 1;
    const ch_name *names = ch_lexicon_names_at(s->scene->lex, node, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!written_so(s->scene, &names[i], first, last))
            continue;
        if (is_place_name(&names[i]) && last_word + 1 > s->place_last) {
            s->place_last = last_word + 1;
            s->place_node = node;
        } else if (is_other_name(&names[i]) && last_word + 1 > s->other_last) {
            s->other_last = last_word + 1;
            s->other_node = node;
        }
    }
}

static void
walk(search *s, uint32_t node, uint32_t at)
{
    const ch_document *doc = s->scene->doc;
    if (at >= s->end || (at > s->first && !ch_words_joined(doc, at)))
        return;
    uint32_t whole = ch_words_clitic(s->scene->lex, doc, at);
    for (uint32_t merged = 0; merged < 2; merged++) {
        uint32_t next = ch_lexicon_step(s->scene->lex, node, merged ? whole : doc->words[at].word);
        if (next == 0)
            continue;
        if (ends_well(doc, at + merged))
            consider(s, next, at + merged);
        walk(s, next, at + merged + 1);
    }
}

static ch_candidate *
add_candidate(ch_scene *scene, uint32_t first, uint32_t last, uint32_t sentence)
{
    const ch_document *doc = scene->doc;
    ch_candidate *all = ch_arena_grow(&scene->doc->arena, scene->candidates, scene->ncandidate, &scene->room, sizeof *all, 64);
    if (all == NULL) {
        scene->out_of_memory = true;
        return NULL;
    }
    scene->candidates = all;
    ch_candidate *c = &scene->candidates[scene->ncandidate];
    *c = (ch_candidate){.first = first, .last = last, .end = doc->toks[last - 1].span.end, .sentence = sentence,
                        .container = CH_NONE, .group = CH_NONE, .sense = CH_NO_SENSE, .told = CH_NO_SENSE, .reason = ""};
    for (uint32_t t = first; t < last; t++)
        scene->candidate_of[t] = scene->ncandidate;
    scene->ncandidate++;
    return c;
}

/* "Ill.", "TX": means a place only behind a comma. "U.S." and "UK" do not. */
static bool
is_brief(const ch_scene *scene, const ch_name *name)
{
    if (name->kind == CH_NAME_COUNTRY)
        return false;
    const char *form = ch_lexicon_string(scene->lex, name->form);
    size_t len = strlen(form);
    const char *period = strchr(form, '.');
    return period != NULL ? period == form + len - 1 : len <= 2 && (name->flags & CH_NAME_CAPS) != 0;
}

static void
add_known(search *s, uint32_t sentence)
{
    const ch_document *doc = s->scene->doc;
    uint32_t last_word = s->place_last - 1;
    ch_candidate *c = add_candidate(s->scene, doc->words[s->first].tok, doc->words[last_word].tok + 1, sentence);
    if (c == NULL)
        return;
    c->names = ch_lexicon_names_at(s->scene->lex, s->place_node, &c->nname);
    c->brief = true;
    for (uint32_t i = 0; i < c->nname; i++)
        if (is_place_name(&c->names[i]))
            c->brief = c->brief && is_brief(s->scene, &c->names[i]);
    /* the period of an abbreviation that the sentence ends with */
    if (c->brief && doc->text[c->end] == '.' && doc->text[c->end - 1] >= 'a' && doc->text[c->end - 1] <= 'z')
        c->end++;
    if (last_word + 1 < doc->nword && doc->words[last_word + 1].tok == doc->words[last_word].tok) {
        ch_str text = ch_token_text(doc, c->last - 1);
        c->end = doc->toks[c->last - 1].span.start + (uint32_t)((const char *)memchr(text.at, '-', text.len) - text.at);
    }
}

/* The countries of adjectives and demonyms count for the document's own. */
static void
count_nationality(search *s)
{
    const ch_document *doc = s->scene->doc;
    uint32_t count;
    const ch_name *names = ch_lexicon_names_at(s->scene->lex, s->other_node, &count);
    for (uint32_t i = 0; i < count; i++)
        if (names[i].kind == CH_NAME_ADJECTIVE || names[i].kind == CH_NAME_DEMONYM) {
            s->scene->countries[names[i].entry] += 1;
            s->scene->country_total += 1;
            for (uint32_t w = s->first; w < s->other_last; w++)
                s->scene->nationality[doc->words[w].tok] = true;
            return;
        }
}

/* Whether the longer name is one of an actor that begins with a country's:
 * "US Army" leaves the country to be found, "Bank of Japan" does not. */
static bool
begins_with_country(const search *s)
{
    uint32_t count;
    const ch_name *names = s->place_last != 0 ? ch_lexicon_names_at(s->scene->lex, s->place_node, &count) : NULL;
    for (uint32_t i = 0; names != NULL && i < count; i++)
        if (names[i].kind == CH_NAME_COUNTRY && (names[i].flags & CH_NAME_CAPS) != 0)
            return true;
    return false;
}

static uint32_t
search_from(ch_scene *scene, uint32_t first, uint32_t end, uint32_t sentence)
{
    const ch_document *doc = scene->doc;
    search s = {.scene = scene, .first = first, .end = end};
    walk(&s, 0, first);
    if (s.other_last > s.place_last && !begins_with_country(&s)) {
        for (uint32_t w = first; w < s.other_last; w++)
            scene->other[doc->words[w].tok] = true;
        count_nationality(&s);
        return s.other_last;
    }
    if (s.place_last == 0)
        return first + 1;
    add_known(&s, sentence);
    return s.place_last;
}

/* ------------------------------------------------------------ unknown names */

/* A proper noun, or what is written as one: foreign names get many tags. */
static bool
in_run(const ch_scene *scene, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    bool nominal = t->upos == CH_PROPN || t->upos == CH_NOUN || t->upos == CH_ADJ || t->upos == CH_X;
    return nominal && scene->candidate_of[tok] == CH_NONE && !scene->other[tok] &&
           ch_begins_with_capital(ch_token_text(scene->doc, tok)) && (t->flags & CH_T_FURNITURE) == 0;
}

/* How many tokens from `tok` on join a run to what follows: the hyphen of
 * "Cuvette-Ouest", the "de" of "Ceamurlia de Jos". */
static bool
joins(const ch_scene *scene, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    ch_str text = ch_token_text(doc, tok);
    if (!in_run(scene, tok + 1))
        return false;
    if (ch_str_is(text, "-"))
        return doc->toks[tok - 1].span.end == doc->toks[tok].span.start && doc->toks[tok].span.end == doc->toks[tok + 1].span.start;
    return doc->toks[tok].upos != CH_CCONJ && doc->toks[tok].upos != CH_ADP && doc->toks[tok].upos != CH_DET &&
           !ch_begins_with_capital(text) && ch_token_in_set(scene, scene->sets.particle, tok) && ch_gap_is_space(doc, tok - 1) &&
           ch_gap_is_space(doc, tok);
}

static bool
goes_with(const ch_scene *scene, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    return in_run(scene, tok) && (ch_gap_is_space(doc, tok - 1) || ch_str_is(ch_token_text(doc, tok - 1), "-"));
}

static void
scan_runs(ch_scene *scene, const ch_sentence *sent, uint32_t sentence)
{
    for (uint32_t t = sent->first; t < sent->last;) {
        uint32_t last = t;
        if (in_run(scene, t))
            last = t + 1;
        while (last > t && last < sent->last && (goes_with(scene, last) || (last + 1 < sent->last && joins(scene, last))))
            last++;
        if (last > t && last - t <= RUN_MAX)
            add_candidate(scene, t, last, sentence);
        t = last > t ? last : t + 1;
    }
}

/* Known names and runs were added one kind after the other. */
static void
sort_sentence(ch_scene *scene, uint32_t from)
{
    ch_candidate *c = scene->candidates;
    for (uint32_t i = from + 1; i < scene->ncandidate; i++) {
        ch_candidate moving = c[i];
        uint32_t at = i;
        for (; at > from && c[at - 1].first > moving.first; at--)
            c[at] = c[at - 1];
        c[at] = moving;
    }
    for (uint32_t i = from; i < scene->ncandidate; i++)
        for (uint32_t t = c[i].first; t < c[i].last; t++)
            scene->candidate_of[t] = i;
}

static void
scan_sentence(ch_scene *scene, uint32_t sentence)
{
    const ch_document *doc = scene->doc;
    const ch_sentence *sent = &doc->sents[sentence];
    uint32_t at = doc->first_word[sent->first], end = doc->first_word[sent->last], from = scene->ncandidate;
    while (at < end) {
        bool begins = at == 0 || doc->words[at - 1].tok != doc->words[at].tok;
        ch_str text = ch_token_text(doc, doc->words[at].tok);
        at = begins && ch_begins_with_capital(text) ? search_from(scene, at, end, sentence) : at + 1;
    }
    scan_runs(scene, sent, sentence);
    sort_sentence(scene, from);
}

/* Candidates of one name, by its folded form. */
static void
group(ch_scene *scene)
{
    const ch_document *doc = scene->doc;
    for (uint32_t i = 0; i < scene->ncandidate; i++) {
        ch_candidate *c = &scene->candidates[i];
        char folded[512];
        uint32_t start = doc->toks[c->first].span.start;
        size_t len = ch_fold(folded, sizeof folded, doc->text + start, c->end - start);
        c->group = i;
        if (len == 0 || len == SIZE_MAX)
            continue;
        char *copy = ch_arena_copy(&scene->doc->arena, folded, len);
        const uint32_t *first = copy != NULL ? ch_map_put(&scene->groups, (ch_str){copy, len}, i, NULL) : NULL;
        if (first == NULL) {
            scene->out_of_memory = true;
            return;
        }
        c->group = *first;
    }
}

void
ch_place_scan(ch_scene *scene)
{
    for (uint32_t i = 0; i < scene->doc->nsent && !scene->out_of_memory; i++)
        scan_sentence(scene, i);
    if (!scene->out_of_memory)
        group(scene);
}
