/* Names: the longest that the lexicon knows from each word on, left to right.
 * A token belongs to one name. */
#include "actor/scene.h"

#include "base/utf8.h"
#include "syntax/lookup.h"

#include <assert.h>

/* Bytes of a name whose inner capitals count. */
#define SHORT_NAME_MAX 4

typedef struct {
    ch_scene *scene;
    uint32_t first; /* word the name begins with */
    uint32_t end;   /* word behind the sentence */
    bool all_caps;  /* the sentence is in capitals throughout */
    bool roles;     /* role nouns count too, not only names */
    uint32_t best_last; /* word behind the longest name found, or 0 */
    uint32_t best_node;
} ch_search;

const ch_name *
ch_match_kind(const ch_match *match, ch_name_kind kind)
{
    for (uint32_t i = 0; i < match->nname; i++)
        if (match->names[i].kind == kind)
            return &match->names[i];
    return NULL;
}

uint32_t
ch_unit_head(const ch_scene *scene, uint32_t tok)
{
    const ch_match *match = ch_match_at(scene, tok);
    return match != NULL ? match->head : tok;
}

uint32_t
ch_unit_parent(const ch_scene *scene, uint32_t tok)
{
    uint32_t parent = scene->doc->toks[ch_unit_head(scene, tok)].head;
    return parent == CH_NONE ? CH_NONE : ch_unit_head(scene, parent);
}

uint32_t
ch_member_at(const ch_scene *scene, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    if (t->rel != CH_CONJ || t->head == CH_NONE)
        return CH_NONE;
    uint32_t unit = ch_unit_head(scene, tok), first = ch_unit_head(scene, t->head);
    bool by_another = unit != tok && scene->doc->toks[unit].rel == CH_CONJ && scene->doc->toks[unit].head == t->head;
    return unit == first || by_another ? CH_NONE : unit;
}

/* ---------------------------------------------------------- how it is written */

static bool
has_case(ch_str s, bool (*is)(uint32_t))
{
    for (size_t at = 0; at < s.len;)
        if (is(ch_utf8_next(s.at, s.len, &at)))
            return true;
    return false;
}

static bool
begins_with_capital(ch_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t c = ch_utf8_next(s.at, s.len, &at);
        if (ch_is_letter(c) || ch_is_digit(c))
            return !ch_is_lower(c);
    }
    return false;
}

static bool
sentence_in_capitals(const ch_document *doc, const ch_sentence *sent)
{
    ch_str text = ch_span_text(doc, sent->span);
    return has_case(text, ch_is_upper) && !has_case(text, ch_is_lower);
}

static bool
nominal(const ch_token *tok)
{
    return tok->upos == CH_NOUN || tok->upos == CH_PROPN || tok->upos == CH_ADJ || tok->upos == CH_X;
}

/* Words that are never a name or part of a role, however they are written. */
static bool
grammatical(const ch_token *tok)
{
    switch (tok->upos) {
    case CH_PRON: case CH_AUX: case CH_DET: case CH_ADP: case CH_PART: case CH_CCONJ: case CH_SCONJ: case CH_PUNCT:
    case CH_SYM: case CH_NUM:
        return true;
    default:
        return false;
    }
}

/* A capital city in small letters ("support for kyiv"): a bare noun, for a
 * thing that is counted would have an article. */
static bool
bare_capital(const ch_search *s, const ch_name *name, uint32_t tok)
{
    const ch_tree *tree = &s->scene->tree;
    if (name->kind != CH_NAME_CAPITAL || s->scene->doc->toks[tok].upos != CH_NOUN)
        return false;
    for (uint32_t c = tree->first_child[tok]; c != CH_NONE; c = tree->next_child[c])
        if (s->scene->doc->toks[c].rel != CH_CASE && s->scene->doc->toks[c].rel != CH_PUNCTREL)
            return false;
    return (s->scene->doc->toks[tok].morph & CH_M_PLUR) == 0;
}

/* Bodies are named in small letters too ("the foreign ministry"); persons, firms
 * and media are not: "visited Russia today" does not name the broadcaster. */
static bool
is_proper(const ch_search *s, const ch_name *name)
{
    if (name->kind != CH_NAME_ACTOR || (name->flags & CH_NAME_CAPITAL_N) == 0)
        return false;
    switch (s->scene->lex->actors[name->entry].kind) {
    case CH_ACTOR_PERSON: case CH_ACTOR_COMPANY: case CH_ACTOR_MEDIUM:
        return true;
    default:
        return false;
    }
}

/* "LeT" is not "Let": a short name with a capital inside. */
static bool
lacks_inner_capital(ch_str form, ch_str text)
{
    unsigned in_form = 0, in_text = 0, small = 0;
    if (form.len > SHORT_NAME_MAX)
        return false;
    for (size_t i = 0; i < form.len; i++) {
        in_form += form.at[i] >= 'A' && form.at[i] <= 'Z';
        small += form.at[i] >= 'a' && form.at[i] <= 'z';
    }
    for (size_t i = 0; i < text.len; i++)
        in_text += text.at[i] >= 'A' && text.at[i] <= 'Z';
    return in_form > 1 && small != 0 && in_text < 2;
}

/* The first of the tokens that hyphens or apostrophes tie the last of [first, last) to:
 * "Geun" of "Park Geun-hye", "Mata" of "Naomi Mata'afa", whose last part needs no capital. */
static uint32_t
tied_from(const ch_document *doc, uint32_t first, uint32_t last)
{
    uint32_t at = last - 1;
    while (at > first && doc->toks[at - 1].span.end == doc->toks[at].span.start)
        at--;
    return at;
}

static bool
written_so(const ch_search *s, const ch_name *name, uint32_t first, uint32_t last)
{
    const ch_document *doc = s->scene->doc;
    ch_str text = {.at = doc->text + doc->toks[first].span.start,
                   .len = doc->toks[last - 1].span.end - doc->toks[first].span.start};
    if ((name->flags & CH_NAME_CAPS) != 0)
        return s->all_caps ? doc->toks[first].upos == CH_PROPN : !has_case(text, ch_is_lower);
    if (lacks_inner_capital(ch_str_of(ch_lexicon_string(s->scene->lex, name->form)), text))
        return false;
    if (is_proper(s, name) && last - first > 1 && !begins_with_capital(ch_span_text(doc, doc->toks[tied_from(doc, first, last)].span)))
        return false;
    if ((name->flags & CH_NAME_CAPITAL_1) != 0)
        return begins_with_capital(text) || doc->toks[first].upos == CH_PROPN || bare_capital(s, name, last - 1);
    return true;
}

/* Where any word has a capital: at the beginning, behind a quote or colon. */
static bool
opens_clause(const ch_document *doc, uint32_t tok)
{
    return tok == 0 || doc->toks[tok - 1].upos == CH_PUNCT;
}

/* "Shell fragments flew": a capital that any word
 * has there, and a tagger that sees a common noun. Bodies are common nouns too. */
static bool
is_common_noun(const ch_search *s, const ch_name *name, uint32_t tok)
{
    return name->kind == CH_NAME_ACTOR && (name->flags & CH_NAME_CAPS) == 0 && s->scene->lex->actors[name->entry].kind != CH_ACTOR_BODY &&
           s->scene->doc->toks[tok].upos == CH_NOUN && (s->scene->doc->toks[tok].morph & CH_M_PLUR) == 0 &&
           opens_clause(s->scene->doc, tok);
}

/* "Prime Minister James" of "Prime Minister James Marape": a surname behind a title is a
 * given name where a name follows that is not the person's. What begins as that does
 * ("Sheikh Hasina") may well have more names. */
static bool
is_given_name(const ch_search *s, const ch_name *name, uint32_t first, uint32_t last)
{
    const ch_lexicon *lex = s->scene->lex;
    const ch_document *doc = s->scene->doc;
    if (last - first == 1 || name->kind != CH_NAME_ACTOR || lex->actors[name->entry].kind != CH_ACTOR_PERSON || last >= doc->ntok)
        return false;
    const ch_token *next = &doc->toks[last];
    if (next->rel != CH_FLAT || next->upos != CH_PROPN || next->head < first || next->head >= last)
        return false;
    const char *own = ch_lexicon_string(lex, lex->actors[name->entry].name);
    ch_str title = ch_span_text(doc, doc->toks[first].span), more = ch_span_text(doc, next->span);
    return strncmp(own, title.at, title.len) != 0 && memmem(own, strlen(own), more.at, more.len) == NULL;
}

static bool
acceptable(const ch_search *s, const ch_name *name, uint32_t first, uint32_t last)
{
    const ch_document *doc = s->scene->doc;
    const ch_token *end = &doc->toks[last - 1];
    bool single = last - first == 1;
    if (name->kind >= CH_NAME_PLACE)
        return false;
    if (single && (s->scene->timed[first] || grammatical(end)))
        return false;
    if (ch_is_agent_name(name))
        return s->roles && nominal(end) &&
               ((name->flags & CH_NAME_CAPITAL_1) == 0 || begins_with_capital(ch_span_text(doc, doc->toks[first].span))) &&
               (name->kind == CH_NAME_AGENT_MODIFIER || end->upos != CH_ADJ || end->rel != CH_AMOD);
    if ((single && is_common_noun(s, name, first)) || is_given_name(s, name, first, last))
        return false;
    if (single && !nominal(end) && (opens_clause(doc, first) || !begins_with_capital(ch_span_text(doc, end->span))))
        return false;
    return written_so(s, name, first, last);
}

/* ----------------------------------------------------------- the longest one */

static void
consider(ch_search *s, uint32_t node, uint32_t last_word)
{
    const ch_document *doc = s->scene->doc;
    uint32_t count;
    const ch_name *names = ch_lexicon_names_at(s->scene->lex, node, &count);
    uint32_t first = doc->words[s->first].tok, last = doc->words[last_word].tok + 1;
    if (last_word < s->best_last)
        return;
    for (uint32_t i = 0; i < count; i++)
        if (acceptable(s, &names[i], first, last)) {
            s->best_last = last_word + 1;
            s->best_node = node;
            return;
        }
}

/* Names do not end inside a token: "Al" of "al-Qaeda" is nobody. */
static bool
ends_token(const ch_document *doc, uint32_t word)
{
    return word + 1 >= doc->nword || doc->words[word + 1].tok != doc->words[word].tok;
}

static void
walk(ch_search *s, uint32_t node, uint32_t at)
{
    const ch_document *doc = s->scene->doc;
    if (at >= s->end)
        return;
    if (at > s->first && !ch_words_joined(doc, at))
        return;
    uint32_t whole = ch_words_clitic(s->scene->lex, doc, at);
    for (int merged = 0; merged < 2; merged++) {
        uint32_t next = ch_lexicon_step(s->scene->lex, node, merged ? whole : doc->words[at].word);
        if (next == 0)
            continue;
        uint32_t last = at + (uint32_t)merged;
        if (ends_token(doc, last))
            consider(s, next, last);
        walk(s, next, last + 1);
    }
}

/* --------------------------------------------------------- which one is meant */

static bool
inside(int32_t day, int32_t from, int32_t to)
{
    return day == CH_NO_DAY ? to == CH_DAY_MAX : from <= day && day <= to;
}

static bool
holds(const ch_scene *scene, const ch_name *name)
{
    int32_t day = scene->doc->published;
    switch (name->kind) {
    case CH_NAME_COUNTRY: case CH_NAME_ADJECTIVE: case CH_NAME_DEMONYM:
    case CH_NAME_CAPITAL: case CH_NAME_SEAT: case CH_NAME_REGION: {
        const ch_country *c = &scene->lex->countries[name->entry];
        return inside(day, c->from, c->to);
    }
    case CH_NAME_ACTOR: case CH_NAME_ACTOR_ADJECTIVE: {
        const ch_actor *a = &scene->lex->actors[name->entry];
        bool role = false;
        const ch_role *found = ch_lexicon_role(scene->lex, a, day, &role);
        return inside(day, a->from, a->to) && (role || day == CH_NO_DAY || found == NULL);
    }
    default:
        return true;
    }
}

/* The smaller the better. */
static unsigned
rank(const ch_scene *scene, const ch_name *name, const ch_token *head)
{
    bool modifier = head->rel == CH_AMOD || head->rel == CH_COMPOUND;
    switch (name->kind) {
    case CH_NAME_COUNTRY: return 0;
    case CH_NAME_ADJECTIVE: return modifier ? 1 : 3;
    case CH_NAME_DEMONYM: return 2;
    case CH_NAME_ACTOR: {
        uint32_t kind = scene->lex->actors[name->entry].kind;
        return kind == CH_ACTOR_PERSON || kind == CH_ACTOR_PEOPLE ? 5 : 4;
    }
    case CH_NAME_CAPITAL: return 6;
    case CH_NAME_SEAT: return 7;
    case CH_NAME_REGION: return 8;
    case CH_NAME_ACTOR_ADJECTIVE: return 9;
    case CH_NAME_AGENT: case CH_NAME_AGENT_PLURAL: return modifier ? 11 : 10;
    default: return modifier ? 10 : 11;
    }
}

/* How long ago the last role of a person ended whose roles all have: of two
 * presidents Bush the last one is meant. */
static int64_t
staleness(const ch_scene *scene, const ch_name *name)
{
    if (name->kind != CH_NAME_ACTOR)
        return 0;
    const ch_role *role = ch_lexicon_role(scene->lex, &scene->lex->actors[name->entry], scene->doc->published, NULL);
    if (role == NULL)
        return 0;
    int64_t day = scene->doc->published;
    if (day == CH_NO_DAY)
        return (int64_t)CH_DAY_MAX - role->to;
    if (role->from > day)
        return ((int64_t)role->from - day) * 2;
    return role->to < day ? day - role->to : 0;
}

static bool
better(const ch_scene *scene, const ch_name *a, const ch_name *b, const ch_token *head)
{
    bool ha = holds(scene, a), hb = holds(scene, b);
    if (ha != hb)
        return ha;
    unsigned ra = rank(scene, a, head), rb = rank(scene, b, head);
    if (ra != rb)
        return ra < rb;
    return staleness(scene, a) < staleness(scene, b);
}

/* -------------------------------------------------------------- one sentence */

/* Whether a token is a modifier of what stands behind it. */
static bool
modifies(const ch_token *tok, uint32_t behind)
{
    return tok->head != CH_NONE && tok->head >= behind && (tok->rel == CH_COMPOUND || tok->rel == CH_AMOD);
}

/* The token of [first, last) that hangs outside: of a role noun the last, of a
 * name the first, or the last where that makes the whole a modifier: a parser may
 * part "Minas" from "Tirith police". */
static uint32_t
head_of(const ch_document *doc, uint32_t first, uint32_t last, bool role)
{
    uint32_t found = CH_NONE;
    if (!role && modifies(&doc->toks[last - 1], last) && nominal(&doc->toks[last - 1]))
        return last - 1;
    for (uint32_t i = first; i < last; i++) {
        uint32_t head = doc->toks[i].head;
        bool outside = head == CH_NONE || head < first || head >= last;
        if (!outside || !nominal(&doc->toks[i]))
            continue;
        found = i;
        if (!role)
            break;
    }
    if (found != CH_NONE)
        return found;
    for (uint32_t i = first; i < last; i++)
        if (doc->toks[i].head == CH_NONE || doc->toks[i].head < first || doc->toks[i].head >= last)
            return i;
    return last - 1;
}

static bool
is_toponym(const ch_name *name)
{
    return name->kind == CH_NAME_COUNTRY || name->kind == CH_NAME_CAPITAL || name->kind == CH_NAME_REGION;
}

/* A capitalised neighbour in one flat name that the lexicon does not know as a
 * role: "Michael Jordan", "Chad Smith". */
static bool
first_name_beside(const ch_search *s, uint32_t tok)
{
    const ch_document *doc = s->scene->doc;
    const ch_sentence *sent = &doc->sents[s->scene->tree.sent_of[tok]];
    if (tok > sent->first && doc->toks[tok - 1].upos == CH_PROPN && doc->toks[tok].rel == CH_FLAT &&
        doc->toks[tok].head < tok && s->scene->match_of[tok - 1] == CH_NONE)
        return true;
    return tok + 1 < sent->last && !s->scene->timed[tok + 1] && doc->toks[tok + 1].upos == CH_PROPN &&
           doc->toks[tok + 1].rel == CH_FLAT && doc->toks[tok + 1].head == tok;
}

static bool
is_person(const ch_scene *scene, const ch_name *name)
{
    return name->kind == CH_NAME_ACTOR && scene->lex->actors[name->entry].kind == CH_ACTOR_PERSON;
}

/* Whether two given names may be one in two spellings: "Wladimir", "Vladimir". */
static bool
may_be_one_name(ch_str a, ch_str b)
{
    if (a.len == 0 || b.len == 0)
        return false;
    if ((a.at[0] | 0x20) == (b.at[0] | 0x20))
        return true;
    return a.len > 3 && b.len > 3 && memcmp(a.at + a.len - 3, b.at + b.len - 3, 3) == 0;
}

/* Whether a word of the person's full name, but for the last, may be `given`. */
static bool
has_given_name(const ch_scene *scene, const ch_name *name, ch_str given)
{
    const char *full = ch_lexicon_string(scene->lex, scene->lex->actors[name->entry].name);
    for (const char *gap; (gap = strchr(full, ' ')) != NULL; full = gap + 1)
        if (may_be_one_name((ch_str){full, (size_t)(gap - full)}, given))
            return true;
    return false;
}

/* A surname that stands with a given name of somebody else: "Ruy Lopez", "Abbas
 * Kiarostami"; the lexicon's own person would have been found by both. So with
 * names of peoples: "Jason Hui". */
static bool
is_namesake(const ch_search *s, const ch_name *name, uint32_t tok)
{
    const ch_scene *scene = s->scene;
    const ch_document *doc = scene->doc;
    const ch_sentence *sent = &doc->sents[scene->tree.sent_of[tok]];
    bool people = name->kind == CH_NAME_ACTOR && scene->lex->actors[name->entry].kind == CH_ACTOR_PEOPLE;
    if (!is_person(scene, name) && !people)
        return false;
    const ch_token *t = &doc->toks[tok], *next = &doc->toks[tok + 1 < sent->last ? tok + 1 : tok];
    if (next != t && !scene->timed[tok + 1] && next->upos == CH_PROPN && next->rel == CH_FLAT && next->head == tok &&
        !ch_token_in(scene, scene->sets.suffix, tok + 1))
        return true;
    if (tok == sent->first)
        return false;
    const ch_token *before = &doc->toks[tok - 1];
    bool flat = t->rel == CH_FLAT && t->head == tok - 1;
    return (flat || (before->head == tok && !people)) && before->upos == CH_PROPN && scene->match_of[tok - 1] == CH_NONE && !scene->timed[tok - 1] &&
           !ch_token_in(scene, scene->sets.honorific, tok - 1) && (people || !has_given_name(scene, name, ch_span_text(doc, before->span)));
}

/* The name of a state right behind a title is a person's: "Secretary Jordan". */
static bool
title_before(const ch_search *s, uint32_t first)
{
    const ch_scene *scene = s->scene;
    if (first == 0 || scene->match_of[first - 1] == CH_NONE || scene->tree.sent_of[first - 1] != scene->tree.sent_of[first])
        return false;
    const ch_name *name = scene->matches[scene->match_of[first - 1]].name;
    const ch_token *title = &scene->doc->toks[first - 1], *tok = &scene->doc->toks[first];
    bool joined = title->upos == CH_PROPN || title->head == first ||
                  (tok->head == first - 1 && (tok->rel == CH_FLAT || tok->rel == CH_APPOS || tok->rel == CH_NMOD));
    return (name->kind == CH_NAME_AGENT || name->kind == CH_NAME_AGENT_PLURAL) && tok->upos == CH_PROPN && joined &&
           scene->lex->agents[name->entry].class == CH_AGENT_PERSON;
}

/* "US $50 million", and the Shan of "Shan-e-Mustafa": part of something else. */
static bool
part_of_more(const ch_search *s, uint32_t last)
{
    const ch_document *doc = s->scene->doc;
    uint32_t end = doc->sents[s->scene->tree.sent_of[last - 1]].last;
    if (last >= end)
        return false;
    const ch_token *next = &doc->toks[last];
    if (doc->text[next->span.start] == '$')
        return true;
    return last + 1 < end && doc->text[next->span.start] == '-' && doc->toks[last - 1].span.end == next->span.start &&
           next->span.end == doc->toks[last + 1].span.start && doc->toks[last + 1].upos == CH_PROPN &&
           ch_lexicon_step(s->scene->lex, 0, doc->toks[last + 1].form_word) == 0;
}

static void
keep(ch_search *s)
{
    ch_scene *scene = s->scene;
    ch_document *doc = scene->doc;
    uint32_t count;
    const ch_name *names = ch_lexicon_names_at(scene->lex, s->best_node, &count);
    ch_match match = {.first = doc->words[s->first].tok, .last = doc->words[s->best_last - 1].tok + 1,
                      .names = names, .nname = count};
    for (uint32_t i = 0; i < count; i++) {
        if (!acceptable(s, &names[i], match.first, match.last))
            continue;
        uint32_t head = head_of(doc, match.first, match.last, ch_is_agent_name(&names[i]));
        if (match.name == NULL || better(scene, &names[i], match.name, &doc->toks[head])) {
            match.name = &names[i];
            match.head = head;
        }
    }
    assert(match.name != NULL); /* a place is taken for the best only with a name that is acceptable there */
    if (match.last - match.first == 1 && part_of_more(s, match.last))
        return;
    if (match.last - match.first == 1 && is_toponym(match.name) && (first_name_beside(s, match.first) || title_before(s, match.first))) {
        scene->place_of[match.first] = CH_NONE;
        return;
    }
    if (match.last - match.first == 1 && is_namesake(s, match.name, match.first))
        return;
    for (uint32_t i = match.first; i < match.last; i++)
        scene->match_of[i] = scene->nmatch;
    scene->matches[scene->nmatch++] = match;
}

/* The longest name from a word on. Role nouns of the lexicon may begin with a
 * name ("State Department spokesman"): the name goes first, so that the country
 * in it is not lost. */
static ch_search
search_from(ch_scene *scene, uint32_t first, uint32_t end, bool all_caps)
{
    ch_search names = {.scene = scene, .first = first, .end = end, .all_caps = all_caps};
    walk(&names, 0, first);
    if (names.best_last != 0)
        return names;
    ch_search roles = {.scene = scene, .first = first, .end = end, .all_caps = all_caps, .roles = true};
    walk(&roles, 0, first);
    return roles;
}

static void
search_sentence(ch_scene *scene, const ch_sentence *sent)
{
    const ch_document *doc = scene->doc;
    uint32_t at = doc->first_word[sent->first], end = doc->first_word[sent->last];
    bool all_caps = sentence_in_capitals(doc, sent);
    while (at < end) {
        ch_search s = {.scene = scene};
        if (at == 0 || doc->words[at - 1].tok != doc->words[at].tok)
            s = search_from(scene, at, end, all_caps);
        if (s.best_last != 0)
            keep(&s);
        else
            ch_half_find(scene, doc->words[at].tok);
        at = s.best_last != 0 ? s.best_last : at + 1;
    }
}

/* --------------------------------------------------- towns of the same name */

static uint32_t
country_of(const ch_scene *scene, const ch_name *name)
{
    if (name->kind > CH_NAME_REGION)
        return CH_NONE;
    return ch_lexicon_country(scene->lex, ch_lexicon_string(scene->lex, scene->lex->countries[name->entry].id));
}

static bool
ambiguous(const ch_scene *scene, const ch_match *match)
{
    for (uint32_t i = 1; i < match->nname; i++)
        if (is_toponym(&match->names[i]) && country_of(scene, &match->names[i]) != country_of(scene, &match->names[0]))
            return true;
    return false;
}

/* Of several entries of a town's name, that of a country which the report names
 * elsewhere: "the north Lebanese port" tells which Tripoli is meant. */
static void
choose_towns(ch_scene *scene)
{
    ch_document *doc = scene->doc;
    ch_arena_mark mark = ch_arena_get_mark(&doc->arena);
    uint32_t *named = ch_arena_array(&doc->arena, scene->lex->ncountry, sizeof *named);
    if (named == NULL) {
        scene->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < scene->nmatch; i++)
        if (country_of(scene, scene->matches[i].name) != CH_NONE && !ambiguous(scene, &scene->matches[i]))
            named[country_of(scene, scene->matches[i].name)]++;
    for (uint32_t i = 0; i < scene->nmatch; i++) {
        ch_match *match = &scene->matches[i];
        if (!is_toponym(match->name) || named[country_of(scene, match->name)] != 0 || !ambiguous(scene, match))
            continue;
        for (uint32_t k = 0; k < match->nname; k++)
            if (is_toponym(&match->names[k]) && holds(scene, &match->names[k]) &&
                named[country_of(scene, &match->names[k])] > named[country_of(scene, match->name)])
                match->name = &match->names[k];
    }
    ch_arena_rewind(&doc->arena, mark);
}

void
ch_names_find(ch_scene *scene)
{
    ch_document *doc = scene->doc;
    scene->matches = ch_arena_array(&doc->arena, doc->nword + 1, sizeof *scene->matches);
    if (scene->matches == NULL) {
        scene->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < doc->nsent; i++)
        search_sentence(scene, &doc->sents[i]);
    choose_towns(scene);
}
