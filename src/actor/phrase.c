#include "actor/phrase.h"

/* The code of the state that a country (index) is, or was a part of, on the day of the
 * report. */
static ch_code
country_code(const ch_scene *scene, uint32_t country)
{
    const ch_lexicon *lex = scene->lex;
    country = ch_lexicon_state(lex, country, scene->doc->published);
    return ch_code_read(lex, ch_lexicon_string(lex, lex->countries[country].id));
}

ch_code
ch_place_code(const ch_scene *scene, const ch_place *place)
{
    uint32_t country = place->country == NULL ? CH_NONE : ch_lexicon_country(scene->lex, place->country);
    return country == CH_NONE ? (ch_code){.country = "", .sectors = ""} : country_code(scene, country);
}

ch_code
ch_name_code(const ch_scene *scene, const ch_name *name, bool *holds)
{
    const ch_lexicon *lex = scene->lex;
    ch_code none = {.country = "", .sectors = ""};
    if (holds != NULL)
        *holds = true;
    if (ch_is_agent_name(name))
        return ch_code_read(lex, ch_lexicon_string(lex, lex->agents[name->entry].code));
    if (name->kind == CH_NAME_ACTOR || name->kind == CH_NAME_ACTOR_ADJECTIVE) {
        const ch_role *role = ch_lexicon_role(lex, &lex->actors[name->entry], scene->doc->published, holds);
        return role == NULL ? none : ch_code_read(lex, ch_lexicon_string(lex, role->code));
    }
    ch_code out = country_code(scene, name->entry);
    if (name->kind == CH_NAME_SEAT)
        ch_code_add(out.sectors, "GOV");
    return out;
}

/* ------------------------------------------------------- the row of the words */

static bool
binds_left(const ch_token *tok)
{
    switch (tok->rel) {
    case CH_DETREL: case CH_AMOD: case CH_COMPOUND: case CH_NUMMOD: case CH_NMOD: case CH_FLAT: case CH_ADVMOD:
    case CH_APPOS: case CH_CC: case CH_CONJ: case CH_PUNCTREL: case CH_CASE: case CH_FIXED: case CH_GOESWITH:
    case CH_DEP:
        return true;
    default:
        return false;
    }
}

/* "Vietnamese" of "Vietnamese-led", as what it is led by. */
static bool
hyphened(const ch_document *doc, uint32_t tok)
{
    if (tok + 1 >= doc->ntok || doc->text[doc->toks[tok + 1].span.start] != '-')
        return false;
    return doc->toks[tok].span.end == doc->toks[tok + 1].span.start && doc->toks[tok].rel == CH_OBL;
}

/* What hangs on the head itself and yet does not stand inside the phrase: its
 * preposition, a conjunction before it. */
static bool
outside(const ch_token *tok)
{
    return tok->rel == CH_CASE || tok->rel == CH_CC || tok->rel == CH_CONJ || tok->rel == CH_MARK;
}

/* Whether token `i` hangs on `head` through modifiers alone. */
static bool
inside_phrase(const ch_scene *scene, uint32_t i, uint32_t head)
{
    const ch_document *doc = scene->doc;
    uint32_t at = ch_unit_head(scene, i);
    if (at == head)
        return true;
    for (uint32_t steps = 0; steps < 32; steps++) {
        const ch_token *tok = &doc->toks[at];
        if ((!binds_left(tok) && !hyphened(doc, at)) || tok->head == CH_NONE)
            return false;
        uint32_t parent = ch_unit_head(scene, tok->head);
        if (parent == head)
            return !outside(tok);
        at = parent;
    }
    return false;
}

/* A preposition that hangs on what stands before the head begins another phrase:
 * "from Iraqi" is no part of "from Iraqi officials". */
static bool
is_preposition(const ch_scene *scene, uint32_t i)
{
    const ch_token *tok = &scene->doc->toks[i];
    return scene->match_of[i] == CH_NONE && tok->rel == CH_CASE && tok->head != CH_NONE && i < tok->head;
}

static void
extend_left(const ch_scene *scene, ch_np *p)
{
    const ch_document *doc = scene->doc;
    uint32_t start = doc->sents[scene->tree.sent_of[p->head]].first;
    p->first = p->unit_first;
    while (p->first > start && !is_preposition(scene, p->first - 1) && inside_phrase(scene, p->first - 1, p->head))
        p->first--;
    while (p->first < p->unit_first &&
           (doc->toks[p->first].upos == CH_PUNCT || doc->toks[p->first].upos == CH_CCONJ ||
            (doc->toks[p->first].upos == CH_ADV && scene->match_of[p->first] == CH_NONE)))
        p->first++;
}

/* "Its giant neighbour" whose parts a parser hung elsewhere: a possessive pronoun with
 * nothing but adjectives between. */
static void
adopt_pronoun(const ch_scene *scene, ch_np *p)
{
    const ch_document *doc = scene->doc;
    uint32_t start = doc->sents[scene->tree.sent_of[p->head]].first, at = p->first;
    if (!ch_token_in(scene, scene->sets.relational, p->head))
        return;
    while (at > start && doc->toks[at - 1].upos == CH_ADJ)
        at--;
    if (at > start && doc->toks[at - 1].upos == CH_PRON && (doc->toks[at - 1].morph & CH_M_POSS) != 0)
        p->first = at - 1;
}

static bool
is_person(const ch_scene *scene, const ch_match *match)
{
    return match != NULL && match->name->kind == CH_NAME_ACTOR &&
           scene->lex->actors[match->name->entry].kind == CH_ACTOR_PERSON;
}

static bool
is_role(const ch_match *match)
{
    return match != NULL && (match->name->kind == CH_NAME_AGENT || match->name->kind == CH_NAME_AGENT_PLURAL);
}

/* The hyphen of "al-Zawahiri" where it is a token of its own. */
static bool
hyphen_inside_name(const ch_scene *scene, uint32_t i)
{
    const ch_document *doc = scene->doc;
    if (i == 0 || i + 1 >= doc->ntok || doc->text[doc->toks[i].span.start] != '-')
        return false;
    const ch_token *before = &doc->toks[i - 1], *behind = &doc->toks[i + 1];
    return before->span.end == doc->toks[i].span.start && doc->toks[i].span.end == behind->span.start &&
           before->upos == CH_PROPN && behind->upos == CH_PROPN && scene->match_of[i - 1] == CH_NONE &&
           scene->match_of[i + 1] == CH_NONE;
}

static bool
free_propn(const ch_scene *scene, uint32_t tok)
{
    if (scene->match_of[tok] != CH_NONE || scene->timed[tok])
        return false;
    return scene->doc->toks[tok].upos == CH_PROPN || hyphen_inside_name(scene, tok);
}

static bool
takes_name(const ch_scene *scene, const ch_np *p)
{
    const ch_match *match = ch_match_at(scene, p->head);
    if (match == NULL)
        return scene->doc->toks[p->head].upos == CH_PROPN;
    return is_person(scene, match) ||
           (is_role(match) && scene->lex->agents[match->name->entry].class == CH_AGENT_PERSON);
}

/* A name behind its title or its first word, however it hangs there. */
static void
extend_right(const ch_scene *scene, ch_np *p)
{
    uint32_t end = scene->doc->sents[scene->tree.sent_of[p->head]].last;
    p->last = p->unit_last;
    if (!takes_name(scene, p))
        return;
    while (p->last < end) {
        const ch_match *match = ch_match_at(scene, p->last);
        if (match != NULL && !is_person(scene, match))
            return;
        if (match == NULL && !free_propn(scene, p->last))
            return;
        if (!inside_phrase(scene, p->last, p->head))
            return;
        p->last = match != NULL ? match->last : p->last + 1;
    }
}

/* ------------------------------------------------------------------ who it is */

static void
find_unknown_name(const ch_scene *scene, ch_np *p)
{
    uint32_t at = CH_NONE;
    if (free_propn(scene, p->head))
        at = p->head;
    else if (p->last > p->unit_last && free_propn(scene, p->unit_last))
        at = p->unit_last;
    if (at == CH_NONE)
        return;
    p->name_first = at;
    p->name_last = at + 1;
    while (p->name_first > p->first && free_propn(scene, p->name_first - 1))
        p->name_first--;
    while (p->name_last < p->last && free_propn(scene, p->name_last))
        p->name_last++;
}

/* The title before a name: the nearest role noun of a person to its left, with
 * nothing but names of offices between. */
static uint32_t
title_before(const ch_scene *scene, const ch_np *p, uint32_t name)
{
    for (uint32_t i = name; i-- > p->first;) {
        const ch_match *match = ch_match_at(scene, i);
        if (is_role(match) && scene->lex->agents[match->name->entry].class == CH_AGENT_PERSON)
            return scene->match_of[i];
        if (scene->doc->toks[i].upos == CH_PUNCT || scene->doc->toks[i].rel == CH_CASE)
            return CH_NONE;
    }
    return CH_NONE;
}

static void
find_core(const ch_scene *scene, ch_np *p)
{
    const ch_match *match = ch_match_at(scene, p->head);
    p->role = p->person = CH_NONE;
    if (is_role(match))
        p->role = scene->match_of[p->head];
    else if (is_person(scene, match))
        p->person = scene->match_of[p->head];
    for (uint32_t i = p->unit_last; i < p->last && p->person == CH_NONE; i++)
        if (is_person(scene, ch_match_at(scene, i)))
            p->person = scene->match_of[i];
    if (p->person == CH_NONE)
        find_unknown_name(scene, p);
    if (p->role == CH_NONE && p->person != CH_NONE)
        p->role = title_before(scene, p, scene->matches[p->person].first);
    if (p->role == CH_NONE && p->name_last > p->name_first)
        p->role = title_before(scene, p, p->name_first);
}

/* -------------------------------------------------------------------- owners */

static void
add_owner(ch_np *p, ch_owner owner)
{
    if (p->nowner < CH_OWNERS_MAX)
        p->owners[p->nowner++] = owner;
}

/* What a hyphen and a participle behind a name make of it: "US-led" belongs to
 * the US, "US-backed" does not. */
static bool
disowned(const ch_scene *scene, uint32_t last, uint32_t end)
{
    const ch_document *doc = scene->doc;
    if (last + 1 >= end || doc->toks[last].span.end - doc->toks[last].span.start != 1 ||
        doc->text[doc->toks[last].span.start] != '-' || doc->toks[last].span.start != doc->toks[last - 1].span.end)
        return false;
    const ch_token *next = &doc->toks[last + 1];
    if (scene->match_of[last + 1] != CH_NONE || next->upos == CH_PROPN)
        return false;
    return !ch_set_has(scene->lex, scene->sets.owning, next->form_word) &&
           !ch_set_has(scene->lex, scene->sets.owning, next->lemma_word);
}

static bool
coordinated(const ch_document *doc, uint32_t from, uint32_t to)
{
    bool any = false;
    for (uint32_t i = from; i < to; i++) {
        const ch_token *tok = &doc->toks[i];
        if (tok->upos != CH_CCONJ && tok->upos != CH_PUNCT && tok->upos != CH_SYM)
            return false;
        any = true;
    }
    return any;
}

static ch_owner
owner_of_name(const ch_scene *scene, const ch_match *match)
{
    const ch_name *name = match->name;
    bool actor = name->kind == CH_NAME_ACTOR || name->kind == CH_NAME_ACTOR_ADJECTIVE;
    return (ch_owner){.code = ch_name_code(scene, name, NULL), .tok = match->head,
                      .actor = actor ? name->entry : CH_NONE, .draft = CH_NONE, .country = !actor,
                      .person = is_person(scene, match), .how = actor ? "name" : "country"};
}

/* Which of several modifiers says the sector: who is on the other side of a
 * conflict, else the nearest to the role. */
static void
add_modifier(ch_np *p, const ch_code *code)
{
    bool strong = ch_code_rebel(code->sectors) || ch_code_has(code->sectors, "OPP");
    bool had = ch_code_rebel(p->modifier) || ch_code_has(p->modifier, "OPP");
    if (code->sectors[0] == '\0' || (had && !strong))
        return;
    memcpy(p->modifier, code->sectors, sizeof p->modifier);
}

/* Nouns for anybody ("women", "notables") give no sector to the noun behind. */
static bool
of_people_at_large(const ch_code *code)
{
    return ch_code_has(code->sectors, "CVL") || ch_code_has(code->sectors, "ELI");
}

/* The matches of [from, to), the row before role or head. */
static void
read_row(const ch_scene *scene, ch_np *p, uint32_t from, uint32_t to)
{
    const ch_document *doc = scene->doc;
    uint32_t before = CH_NONE; /* token behind the owner before */
    for (uint32_t i = from; i < to; i++) {
        const ch_match *match = ch_match_at(scene, i);
        if (ch_token_in(scene, scene->sets.former, i)) {
            p->former = true;
            continue;
        }
        if (match == NULL && scene->place_of[i] != CH_NONE && doc->places[scene->place_of[i]].country != NULL &&
            doc->places[scene->place_of[i]].head == i)
            add_owner(p, (ch_owner){.code = ch_place_code(scene, &doc->places[scene->place_of[i]]), .tok = i,
                                    .actor = CH_NONE, .draft = CH_NONE, .country = true, .how = "place"});
        if (match == NULL && doc->toks[i].upos == CH_PROPN && p->late_owner == CH_NONE && p->role != CH_NONE)
            p->late_owner = i;
        if (match == NULL || match->first != i)
            continue;
        if (ch_is_agent_name(match->name)) {
            ch_code code = ch_name_code(scene, match->name, NULL);
            if (match->name->kind == CH_NAME_AGENT_MODIFIER || !of_people_at_large(&code))
                add_modifier(p, &code);
        } else if (ch_token_in(scene, scene->sets.ethnic, i > from ? i - 1 : i) ||
                   ch_token_in(scene, scene->sets.ethnic, i)) {
            p->ethnic = true;
        } else if (!disowned(scene, match->last, to)) {
            ch_owner owner = owner_of_name(scene, match);
            owner.linked = before != CH_NONE && coordinated(doc, before, i);
            add_owner(p, owner);
            before = match->last;
        }
    }
}

/* The chain of drafts of one head, as owners. */
static void
add_chain(const ch_scene *scene, ch_np *p, uint32_t tok, const char *how)
{
    const ch_draft *d = ch_draft_at(scene, tok);
    for (uint32_t at = d == NULL ? CH_NONE : ch_draft_index(scene, d); at != CH_NONE; at = scene->drafts[at].m.also) {
        const ch_draft *one = &scene->drafts[at];
        if (!ch_code_empty(&one->code))
            add_owner(p, (ch_owner){.code = one->code, .tok = tok, .actor = one->m.actor, .draft = at,
                                    .country = one->m.kind == CH_MENTION_COUNTRY || one->m.kind == CH_MENTION_PLACE,
                                    .person = one->m.kind == CH_MENTION_PERSON, .linked = p->nowner != 0, .how = how});
    }
}

/* The members of a coordination, whose first is `tok`, as owners. */
static void
add_drafts(const ch_scene *scene, ch_np *p, uint32_t tok, const char *how)
{
    add_chain(scene, p, tok, how);
    for (uint32_t c = scene->tree.first_child[tok]; c != CH_NONE; c = scene->tree.next_child[c])
        if (ch_member_at(scene, c) != CH_NONE)
            add_chain(scene, p, ch_member_at(scene, c), how);
}

/* The possessor: the last "'s" before `to`, or a possessive pronoun. Gives the
 * token behind it, from which on the row belongs to the head. */
static uint32_t
read_possessor(const ch_scene *scene, ch_np *p, uint32_t to, uint32_t *possessor)
{
    const ch_document *doc = scene->doc;
    *possessor = CH_NONE;
    for (uint32_t i = to; i-- > p->first;) {
        const ch_token *tok = &doc->toks[i];
        if (scene->match_of[i] != CH_NONE)
            continue;
        if (tok->upos == CH_PRON && ((tok->morph & CH_M_POSS) != 0 || ch_token_in(scene, scene->sets.whose, i))) {
            p->late_owner = i;
            return i + 1;
        }
        if (tok->rel == CH_CASE && tok->head != CH_NONE && tok->head < i) {
            *possessor = ch_unit_head(scene, tok->head);
            return i + 1;
        }
    }
    return p->first;
}

/* Countries stand before organisations of theirs: "Iranian Red Crescent
 * officials" has the country of the one and the sector of the other. */
static void
merge_row(ch_np *p)
{
    if (p->nowner < 2 || p->owners[1].linked)
        return;
    ch_owner *a = &p->owners[0], *b = &p->owners[1];
    if (a->country && !b->country && !ch_code_international(&b->code) && b->code.sectors[0] != '\0') {
        memcpy(a->code.sectors, b->code.sectors, sizeof a->code.sectors);
        a->actor = strcmp(a->code.country, b->code.country) == 0 ? b->actor : CH_NONE;
    }
    p->nowner = 1;
}

/* -------------------------------------------------------------- prepositions */

static bool
is_weak(const ch_scene *scene, const ch_np *p)
{
    return p->role == CH_NONE || ch_token_in(scene, scene->sets.weak, scene->matches[p->role].last - 1);
}

/* Whether what the preposition governs owns the head. */
static bool
preposition_owns(const ch_scene *scene, const ch_np *p, uint32_t preposition, const ch_draft *d, bool *country_only)
{
    bool place = d->m.kind == CH_MENTION_PLACE || d->m.kind == CH_MENTION_COUNTRY;
    *country_only = false;
    if (ch_token_in(scene, scene->sets.of, preposition))
        return p->role != CH_NONE || (d->m.kind != CH_MENTION_OTHER && d->m.kind != CH_MENTION_PLACE);
    if (p->role == CH_NONE)
        return false;
    if (ch_token_in(scene, scene->sets.serves, preposition))
        return is_weak(scene, p) && (!place || ch_token_in(scene, scene->sets.serves_country, preposition));
    if (ch_token_in(scene, scene->sets.lives, preposition)) {
        *country_only = true;
        /* "students from French universities" */
        bool from = ch_token_in(scene, scene->sets.from, preposition);
        if (from && d->m.kind == CH_MENTION_ORGANISATION && d->m.actor != CH_NONE && !d->m.attributes) {
            *country_only = false; /* "fighters from Hamas" */
            return true;
        }
        bool thing = d->m.kind == CH_MENTION_OTHER && d->owned && d->code.country[0] != '\0';
        return place || (thing && ch_token_in(scene, scene->sets.comes_from, preposition));
    }
    return false;
}

/* The preposition of `tok`; where a parser gave it to a word inside of the name
 * ("of" to "Grozny" alone in "of Grozny airport"), the one right before that. */
static uint32_t
preposition_of(const ch_scene *scene, uint32_t tok, const ch_draft *d)
{
    const ch_document *doc = scene->doc;
    uint32_t own = ch_tree_case(&scene->tree, doc, tok);
    if (own != CH_NONE || d == NULL || d->m.first == 0)
        return own;
    const ch_token *before = &doc->toks[d->m.first - 1];
    bool inside = before->head != CH_NONE && d->m.first <= before->head && before->head < d->m.last;
    return before->rel == CH_CASE && inside ? d->m.first - 1 : CH_NONE;
}

static void
read_prepositions_of(const ch_scene *scene, ch_np *p, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    for (uint32_t c = scene->tree.first_child[tok]; c != CH_NONE; c = scene->tree.next_child[c]) {
        uint32_t rel = doc->toks[c].rel;
        if (c < p->unit_last || (rel != CH_NMOD && rel != CH_OBL) || ch_unit_head(scene, c) == p->head)
            continue;
        const ch_draft *d = ch_draft_at(scene, ch_unit_head(scene, c));
        uint32_t preposition = preposition_of(scene, c, d);
        bool country_only;
        if (preposition == CH_NONE || d == NULL || !preposition_owns(scene, p, preposition, d, &country_only))
            continue;
        uint32_t had = p->nowner;
        if (ch_code_empty(&d->code))
            p->late_owner = ch_unit_head(scene, c);
        add_drafts(scene, p, ch_unit_head(scene, c), ch_token_in(scene, scene->sets.of, preposition) ? "of" : "place");
        for (uint32_t i = had; i < p->nowner && country_only; i++) {
            p->owners[i].code.sectors[0] = '\0';
            p->owners[i].actor = CH_NONE;
        }
        if (p->nowner != had || p->late_owner != CH_NONE)
            p->used_last = d->m.last > p->used_last ? d->m.last : p->used_last;
        if (p->nowner != 0)
            return;
    }
}

static void
read_prepositions(const ch_scene *scene, ch_np *p)
{
    for (uint32_t i = p->unit_first; i < p->last && p->nowner == 0; i++)
        read_prepositions_of(scene, p, i);
    if (p->nowner == 0 && p->role != CH_NONE && scene->matches[p->role].head < p->unit_first)
        read_prepositions_of(scene, p, scene->matches[p->role].head);
}

/* "Druze inhabitants of the Golan Heights": a people tells no country, the place
 * behind does. */
static void
read_home(const ch_scene *scene, ch_np *p)
{
    ch_owner *people = &p->owners[0];
    if (p->role == CH_NONE || p->nowner != 1 || people->actor == CH_NONE || people->code.country[0] != '\0' ||
        scene->lex->actors[people->actor].kind != CH_ACTOR_PEOPLE)
        return;
    ch_np home = *p;
    home.nowner = 0;
    read_prepositions(scene, &home);
    if (home.nowner == 1 && home.owners[0].country)
        memcpy(people->code.country, home.owners[0].code.country, sizeof people->code.country);
}

/* "rebels fighting in Chad", "a group based in Trinidad": the first country that
 * a participle behind the head speaks of as a place. */
static void
read_participle(const ch_scene *scene, ch_np *p)
{
    const ch_document *doc = scene->doc;
    uint32_t acl = ch_tree_child(&scene->tree, doc, p->head, CH_ACL);
    if (acl == CH_NONE || acl < p->head || doc->toks[acl].sub == CH_SUB_RELCL)
        return;
    uint32_t end = doc->sents[scene->tree.sent_of[acl]].last;
    for (uint32_t i = acl + 1; i < end && doc->toks[i].upos != CH_PUNCT; i++) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d == NULL || d->m.kind != CH_MENTION_PLACE || d->code.country[0] == '\0')
            continue;
        ch_owner owner = {.code = d->code, .tok = i, .actor = CH_NONE, .draft = CH_NONE, .country = true, .how = "place"};
        owner.code.sectors[0] = '\0';
        add_owner(p, owner);
        return;
    }
}

/* --------------------------------------------------- adjectives hung elsewhere */

bool
ch_is_nationality(const ch_document *doc, const ch_match *match)
{
    if (match == NULL)
        return false;
    /* "Israelis", not "Israeli"; a tagger may see a plural in "Turkish" */
    if (ch_match_kind(match, CH_NAME_DEMONYM) != NULL && (doc->toks[match->head].morph & CH_M_PLUR) != 0)
        return false;
    return ch_match_kind(match, CH_NAME_ADJECTIVE) != NULL || ch_match_kind(match, CH_NAME_ACTOR_ADJECTIVE) != NULL;
}

static bool
joins_adjectives(const ch_token *tok)
{
    return tok->upos == CH_CCONJ || tok->upos == CH_PUNCT || tok->upos == CH_SYM;
}

/* "Armed Forces" before "Minister": a role noun in capitals before a title. */
static bool
body_of_title(const ch_scene *scene, const ch_np *p)
{
    const ch_match *match = ch_match_at(scene, p->first - 1);
    const ch_document *doc = scene->doc;
    return match != NULL && ch_is_agent_name(match->name) && doc->toks[match->last - 1].upos == CH_PROPN &&
           doc->toks[p->unit_first].upos == CH_PROPN &&
           scene->lex->agents[scene->matches[p->role].name->entry].class == CH_AGENT_PERSON;
}

/* A parser may hang "Russian" of "Russian Foreign Minister Kozyrev" on the verb,
 * and "Bulgarian" of "Bulgarian and Serbian officials" as a subject of its own:
 * a nationality that stands directly before a role is the role's. */
static void
adopt_adjectives(const ch_scene *scene, ch_np *p)
{
    const ch_document *doc = scene->doc;
    uint32_t start = doc->sents[scene->tree.sent_of[p->head]].first;
    bool named = false;
    if (p->role == CH_NONE)
        return;
    for (uint32_t i = p->first; i < p->unit_first; i++) {
        const ch_match *match = ch_match_at(scene, i);
        named = named || (match != NULL && !ch_is_agent_name(match->name));
    }
    if (!named && p->first > start && body_of_title(scene, p))
        p->first = ch_match_at(scene, p->first - 1)->first;
    if (!named && p->first > start && ch_is_nationality(doc, ch_match_at(scene, p->first - 1)))
        p->first = ch_match_at(scene, p->first - 1)->first;
    while (p->first >= start + 2 && ch_is_nationality(doc, ch_match_at(scene, p->first)) &&
           joins_adjectives(&doc->toks[p->first - 1]) && ch_is_nationality(doc, ch_match_at(scene, p->first - 2)))
        p->first = ch_match_at(scene, p->first - 2)->first;
    if (p->first > start && ch_token_in(scene, scene->sets.former, p->first - 1))
        p->first--;
}

bool
ch_stands_before_role(const ch_scene *scene, const ch_match *match)
{
    const ch_document *doc = scene->doc;
    uint32_t end = doc->sents[scene->tree.sent_of[match->head]].last;
    uint32_t i = match->last;
    while (i + 1 < end && joins_adjectives(&doc->toks[i]) && ch_is_nationality(doc, ch_match_at(scene, i + 1)))
        i = ch_match_at(scene, i + 1)->last;
    while (i < end && scene->match_of[i] == CH_NONE && doc->toks[i].upos == CH_ADJ)
        i++;
    const ch_match *role = i < end ? ch_match_at(scene, i) : NULL;
    return role != NULL && ch_is_agent_name(role->name);
}

/* ------------------------------------------------------------------ the whole */

/* Whether the owner of a possessive is to be preferred to what stands in the
 * row: "Britain's UN ambassador" is British, "America's Iraqi allies" Iraqi. */
static bool
possessor_wins(const ch_np *p)
{
    return p->nowner == 0 || p->owners[0].code.country[0] == '\0';
}

void
ch_np_read(const ch_scene *scene, uint32_t head, ch_np *p)
{
    const ch_match *match = ch_match_at(scene, head);
    *p = (ch_np){.head = head, .unit_first = head, .unit_last = head + 1, .late_owner = CH_NONE};
    if (match != NULL) {
        p->unit_first = match->first;
        p->unit_last = match->last;
    }
    extend_left(scene, p);
    adopt_pronoun(scene, p);
    extend_right(scene, p);
    find_core(scene, p);
    adopt_adjectives(scene, p);
    for (uint32_t i = p->role == CH_NONE ? 0 : scene->matches[p->role].first;
         p->role != CH_NONE && i < scene->matches[p->role].last; i++)
        p->former = p->former || ch_token_in(scene, scene->sets.former, i);
    uint32_t row_end = p->unit_first;
    if (p->name_last > p->name_first && p->name_first < row_end)
        row_end = p->name_first;
    if (p->role != CH_NONE && scene->matches[p->role].first < row_end)
        row_end = scene->matches[p->role].first;
    uint32_t possessor;
    uint32_t row = read_possessor(scene, p, row_end, &possessor);
    read_row(scene, p, row, row_end);
    merge_row(p);
    if (possessor != CH_NONE && possessor_wins(p)) {
        ch_np own = *p;
        p->nowner = 0;
        add_drafts(scene, p, possessor, "possessor");
        if (p->nowner == 0) {
            memcpy(p->owners, own.owners, sizeof p->owners);
            p->nowner = own.nowner;
            if (ch_draft_at(scene, possessor) != NULL)
                p->late_owner = possessor;
        }
    }
    p->used_last = p->last;
    /* "its ambassador in Lima" is theirs whose "its" is */
    bool pronoun = p->role != CH_NONE && p->late_owner != CH_NONE && scene->doc->toks[p->late_owner].upos == CH_PRON;
    if (p->nowner == 0 && !pronoun)
        read_prepositions(scene, p);
    read_home(scene, p);
    if (p->nowner == 0 && p->role != CH_NONE && !pronoun)
        read_participle(scene, p);
    const ch_token *det = &scene->doc->toks[p->first];
    p->definite = (det->morph & CH_M_DEF) != 0 || (det->morph & CH_M_PRONDEM) != 0 ||
                  ((det->upos == CH_DET || det->upos == CH_PRON) && ch_token_in(scene, scene->sets.both, p->first));
}
