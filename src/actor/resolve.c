/* In the order of the text: short names, pronouns, descriptions, owners that
 * were not known before, and last the context. */
#include "actor/scene.h"

/* Sentences that pronouns reach back over. */
#define PRONOUN_SENTENCES 2

/* Sentences back to the country that is somebody's neighbour, ally or rival. */
#define OTHER_SENTENCES 2

/* ----------------------------------------------------------------- antecedents */

static bool
is_argument(uint8_t rel)
{
    return rel == CH_NSUBJ || rel == CH_OBJ || rel == CH_IOBJ || rel == CH_OBL;
}

/* The verb whose subject is that of the clause that `tok` is an object of: "quit the
 * bloc, accusing it"; CH_NONE where the clause has a subject of its own. */
static uint32_t
verb_above_object(const ch_scene *scene, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    uint32_t verb = ch_unit_parent(scene, tok);
    if (doc->toks[tok].rel == CH_NSUBJ || verb == CH_NONE ||
        (doc->toks[verb].rel != CH_ADVCL && doc->toks[verb].rel != CH_XCOMP && doc->toks[verb].rel != CH_CONJ) ||
        ch_tree_child(&scene->tree, doc, verb, CH_NSUBJ) != CH_NONE)
        return CH_NONE;
    return doc->toks[verb].head;
}

/* Two arguments of one verb are two: "Macron met him", and so are a subject and the
 * object of a participle: "Macron left, accusing him". */
static bool
beside(const ch_scene *scene, uint32_t a, uint32_t b)
{
    const ch_document *doc = scene->doc;
    a = ch_tree_first_conjunct(doc, a);
    b = ch_tree_first_conjunct(doc, b);
    if (!is_argument(doc->toks[a].rel) || !is_argument(doc->toks[b].rel))
        return false;
    uint32_t above = ch_unit_parent(scene, a);
    return above == ch_unit_parent(scene, b) ||
           (doc->toks[a].rel == CH_NSUBJ && above != CH_NONE && above == verb_above_object(scene, b));
}

/* Who does what the clause of `tok` tells: its subject, or that of the verb which it
 * completes or is coordinated with. CH_NONE where there is none. */
static uint32_t
doer_above(const ch_scene *scene, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    for (uint32_t at = tok, steps = 0; at != CH_NONE && steps < 32; at = doc->toks[at].head, steps++) {
        uint8_t upos = doc->toks[at].upos, rel = doc->toks[at].rel;
        if (upos != CH_VERB && upos != CH_AUX)
            continue;
        uint32_t subject = ch_tree_child(&scene->tree, doc, at, CH_NSUBJ);
        if (subject != CH_NONE)
            return ch_unit_head(scene, subject);
        if (rel != CH_XCOMP && rel != CH_CONJ && rel != CH_ADVCL)
            return CH_NONE;
    }
    return CH_NONE;
}

/* Whether the pronoun stands under a verb that is the candidate's own act: "Macron
 * promised to meet him" speaks of two men. */
static bool
acts_itself(const ch_scene *scene, uint32_t candidate, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    if ((t->morph & CH_M_POSS) != 0 || !is_argument(t->rel) || t->rel == CH_NSUBJ)
        return false;
    uint32_t doer = doer_above(scene, tok);
    if (doer == CH_NONE || doer == tok)
        return false;
    const ch_draft *a = ch_draft_at(scene, doer), *b = ch_draft_at(scene, candidate);
    return doer == candidate || (a != NULL && (a->m.via == ch_draft_index(scene, b) || (b->m.via != CH_NONE && a->m.via == b->m.via) ||
                                               (a->m.actor != CH_NONE && a->m.actor == b->m.actor)));
}

static bool
is_above(const ch_scene *scene, uint32_t above, uint32_t tok)
{
    for (uint32_t at = tok, steps = 0; at != CH_NONE && steps < 64; at = scene->doc->toks[at].head, steps++)
        if (at == above)
            return true;
    return false;
}

/* Whether nothing but small words stands before it in its sentence: where a
 * parser goes astray, that is still mostly the subject. */
static bool
opens_sentence(const ch_scene *scene, const ch_draft *d)
{
    const ch_document *doc = scene->doc;
    for (uint32_t i = doc->sents[scene->tree.sent_of[d->m.head]].first; i < d->m.first; i++) {
        uint8_t upos = doc->toks[i].upos;
        if (upos != CH_SCONJ && upos != CH_CCONJ && upos != CH_ADV && upos != CH_PUNCT && upos != CH_DET)
            return false;
    }
    return true;
}

static bool
is_subject(const ch_scene *scene, const ch_draft *d)
{
    return ch_tree_is_subject(scene->doc, d->m.head) || opens_sentence(scene, d);
}

/* The smaller, the farther away; subjects before others, those of a clause that
 * holds the pronoun's own before all. */
static int
nearness(const ch_scene *scene, uint32_t candidate, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    uint32_t back = scene->tree.sent_of[tok] - scene->tree.sent_of[candidate];
    int score = -40 * (int)back;
    uint32_t top = ch_tree_first_conjunct(doc, candidate);
    if (is_subject(scene, ch_draft_at(scene, candidate))) {
        score += 24;
        if (back == 0 && doc->toks[top].head != CH_NONE && is_above(scene, doc->toks[top].head, tok))
            score += 12;
    }
    if (doc->toks[candidate].rel == CH_NMOD)
        score -= 8;
    uint32_t gap = back == 0 ? tok - candidate : doc->sents[scene->tree.sent_of[candidate]].last - candidate;
    return score - (int)(gap < 40 ? gap / 2 : 20);
}

uint32_t
ch_antecedent(const ch_scene *scene, const ch_draft *wanting, uint32_t back, ch_fits *fits)
{
    const ch_document *doc = scene->doc;
    uint32_t tok = wanting->m.head, sent = scene->tree.sent_of[tok];
    uint32_t start = doc->sents[sent < back ? 0 : sent - back].first;
    uint32_t found = CH_NONE;
    int best = 0;
    for (uint32_t i = wanting->m.first < tok ? wanting->m.first : tok; i-- > start;) {
        const ch_draft *c = ch_draft_at(scene, i);
        if (c == NULL || c == wanting || (c->m.first <= tok && tok < c->m.last) || !fits(scene, c, wanting))
            continue;
        if (c->part_of_name && c->m.kind != CH_MENTION_COUNTRY)
            continue;
        if ((doc->toks[tok].morph & CH_M_POSS) == 0 && (beside(scene, i, tok) || (wanting->pronoun && acts_itself(scene, i, tok))))
            continue;
        int score = nearness(scene, i, tok) - (c->part_of_name ? 16 : 0);
        if (found == CH_NONE || score > best) {
            found = ch_draft_index(scene, c);
            best = score;
        }
    }
    return found;
}

/* -------------------------------------------------------------------- pronouns */

static bool
fits_person(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    (void)scene;
    /* "run for president" names nobody */
    if (c->surname == CH_NONE && c->m.actor == CH_NONE && c->m.first == c->m.head)
        return false;
    return c->m.kind == CH_MENTION_PERSON && !c->m.plural && (c->sex == 0 || c->sex == w->sex);
}

/* A state, body or group as such. "It" takes up a subject only: most others mean a
 * thing or the matter; but for the object of the verb above: "quit the bloc, accusing it". */
static bool
fits_it(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    if (c->m.kind != CH_MENTION_COUNTRY && c->m.kind != CH_MENTION_ORGANISATION)
        return false;
    if (c->part_of_name || c->m.attributes || c->m.also != CH_NONE)
        return false;
    uint32_t above = verb_above_object(scene, w->m.head);
    if (above != CH_NONE && scene->doc->toks[c->m.head].rel == CH_OBJ && ch_unit_parent(scene, c->m.head) == above)
        return true;
    bool possessive = (scene->doc->toks[w->m.head].morph & CH_M_POSS) != 0;
    return possessive || is_subject(scene, c);
}

/* Several by their grammar: "residents", "Bosnia and Slovenia". */
static bool
fits_several(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    (void)w;
    if (c->part_of_name || c->m.kind == CH_MENTION_PLACE || c->m.kind == CH_MENTION_OTHER || c->m.attributes)
        return false;
    return c->m.plural || c->m.also != CH_NONE || ch_tree_child(&scene->tree, scene->doc, c->m.head, CH_CONJ) != CH_NONE;
}

static bool
fits_they(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    if (fits_several(scene, c, w))
        return true;
    return c->m.kind == CH_MENTION_ORGANISATION && !c->part_of_name && !c->m.attributes && is_subject(scene, c);
}

static void
add_also(ch_scene *scene, uint32_t tok, uint32_t from, const char *reason)
{
    ch_draft *more = ch_draft_add(scene, tok);
    if (more == NULL)
        return;
    ch_draft_take(scene, more, from, reason);
    more->pronoun = more->resolved = true;
}

/* "They" after "Bosnia and Slovenia": each member gives a draft. */
static void
take_all(ch_scene *scene, uint32_t tok, uint32_t found, const char *reason)
{
    uint32_t head = scene->drafts[found].m.head;
    ch_draft_take(scene, ch_draft_at(scene, tok), found, reason);
    for (uint32_t at = scene->drafts[found].m.also; at != CH_NONE && !scene->out_of_memory; at = scene->drafts[at].m.also)
        add_also(scene, tok, at, reason);
    for (uint32_t c = scene->tree.first_child[head]; c != CH_NONE && !scene->out_of_memory; c = scene->tree.next_child[c]) {
        const ch_draft *member = ch_draft_at(scene, ch_member_at(scene, c));
        if (member != NULL && member->m.head < tok &&
            !ch_code_empty(&member->code) && member->m.kind != CH_MENTION_OTHER && member->m.kind != CH_MENTION_PLACE)
            add_also(scene, tok, ch_draft_index(scene, member), reason);
    }
}

/* "Uribe, whose air force bombed": what the clause with "whose" hangs on, or who stands
 * right before it. */
static uint32_t
owner_before(const ch_scene *scene, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    for (uint32_t at = tok, steps = 0; at != CH_NONE && steps < 16; at = doc->toks[at].head, steps++)
        if (doc->toks[at].rel == CH_ACL && doc->toks[at].head != CH_NONE && doc->toks[at].head < tok) {
            const ch_draft *above = ch_draft_at(scene, ch_unit_head(scene, doc->toks[at].head));
            if (above != NULL && !ch_code_empty(&above->code))
                return ch_draft_index(scene, above);
        }
    uint32_t first = doc->sents[scene->tree.sent_of[tok]].first;
    for (uint32_t i = tok; i-- > first && doc->toks[i].upos != CH_VERB;) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d != NULL && !d->part_of_name && !ch_code_empty(&d->code) && d->m.kind != CH_MENTION_OTHER)
            return ch_draft_index(scene, d);
    }
    return CH_NONE;
}

static void
resolve_pronoun(ch_scene *scene, ch_draft *d)
{
    uint32_t tok = d->m.head;
    if (ch_token_in(scene, scene->sets.whose, tok)) {
        uint32_t owner = owner_before(scene, tok);
        if (owner != CH_NONE)
            ch_draft_take(scene, d, owner, "whom the clause is about");
        return;
    }
    if (scene->doc->toks[tok].rel == CH_EXPL)
        return;
    uint32_t found = CH_NONE;
    if (d->sex != 0) {
        found = ch_antecedent(scene, d, PRONOUN_SENTENCES, fits_person);
        if (found != CH_NONE)
            ch_draft_take(scene, d, found, "the last person that fits");
    } else if (d->m.plural) {
        found = (scene->doc->toks[tok].morph & CH_M_POSS) != 0 ? CH_NONE : ch_antecedent(scene, d, 0, fits_several);
        if (found == CH_NONE)
            found = ch_antecedent(scene, d, PRONOUN_SENTENCES, fits_they);
        if (found != CH_NONE)
            take_all(scene, tok, found, "the last ones that fit");
    } else {
        found = ch_antecedent(scene, d, 1, fits_it);
        if (found != CH_NONE)
            ch_draft_take(scene, d, found, "the last state or body that fits");
    }
}

/* ----------------------------------------------------------------------- names */

static ch_str
surname_of(const ch_scene *scene, const ch_draft *d)
{
    return ch_span_text(scene->doc, scene->doc->toks[d->surname].span);
}

/* A name met before, with the code that it had there. */
static void
recall(ch_scene *scene, ch_draft *d)
{
    const uint32_t *known = ch_map_get(&scene->names, surname_of(scene, d));
    if (known == NULL || *known == ch_draft_index(scene, d))
        return;
    const ch_draft *k = &scene->drafts[*known];
    bool bare = d->m.first == d->m.head && d->m.last == d->m.head + 1; /* what he is was said behind him */
    if (!bare && d->code.sectors[0] != '\0' && strncmp(d->code.sectors, k->code.sectors, 3) != 0)
        return;
    ch_draft_take(scene, d, *known, "name met before");
}

/* "Marcos" after "President Ferdinand Marcos Jr." is he, whomever else the lexicon
 * has of that name. */
static bool
recall_namesake(ch_scene *scene, ch_draft *d)
{
    const ch_match *match = ch_match_at(scene, d->m.head);
    if (d->surname == CH_NONE || d->m.kind != CH_MENTION_PERSON || match == NULL || match->last - match->first != 1 ||
        d->m.first != d->m.head)
        return false;
    const uint32_t *known = ch_map_get(&scene->names, surname_of(scene, d));
    if (known == NULL || *known == ch_draft_index(scene, d) || scene->drafts[*known].m.actor == d->m.actor)
        return false;
    ch_draft_take(scene, d, *known, "name met before");
    return true;
}

/* A person called by name whose office the report gave before holds it still,
 * whatever our dates say. */
static void
recall_office(ch_scene *scene, ch_draft *d)
{
    const uint32_t *known = d->surname != CH_NONE ? ch_map_get(&scene->names, surname_of(scene, d)) : NULL;
    if (known == NULL || *known == ch_draft_index(scene, d) || d->former)
        return;
    const ch_draft *k = &scene->drafts[*known];
    if (!k->told_office || k->m.actor != d->m.actor)
        return;
    d->code = k->code;
    d->told_office = true;
    d->m.reason = "name, office as the report had it";
    ch_draft_encode(d);
}

/* Given name and surname of somebody of whom nothing is known. */
static bool
is_full_name(const ch_draft *d)
{
    return d->m.kind == CH_MENTION_PERSON && d->m.actor == CH_NONE && d->surname > d->m.first;
}

/* Of two with one surname the later is meant by it alone, but for one of whom
 * nothing is known: "Laura Bush" is not who "Bush" has been before. */
static void
remember(ch_scene *scene, const ch_draft *d)
{
    bool known = !ch_code_empty(&d->code);
    if (d->surname == CH_NONE || d->m.plural || (!known && !is_full_name(d)))
        return;
    uint32_t index = ch_draft_index(scene, d);
    bool added;
    uint32_t *at = ch_map_put(&scene->names, surname_of(scene, d), index, &added);
    if (at == NULL)
        scene->out_of_memory = true;
    else if (!added && known)
        *at = index;
}

/* "Jordan" in a text on Michael Jordan. */
static void
recall_person(ch_scene *scene, uint32_t tok)
{
    ch_draft *d = ch_draft_at(scene, tok);
    const ch_match *match = ch_match_at(scene, tok);
    if (match == NULL || match->last - match->first != 1 || d->part_of_name ||
        (d->m.kind != CH_MENTION_COUNTRY && d->m.kind != CH_MENTION_PLACE))
        return;
    const uint32_t *known = ch_map_get(&scene->names, ch_span_text(scene->doc, scene->doc->toks[tok].span));
    if (known != NULL && scene->drafts[*known].m.kind == CH_MENTION_PERSON &&
        scene->drafts[*known].surname != CH_NONE)
        ch_draft_take(scene, d, *known, "name met before");
}

/* ---------------------------------------------------------------------- owners */

/* How deep owners of owners are followed: "the chief of the guard of the …". */
#define OWNER_DEPTH 6

static void resolve_one(ch_scene *scene, uint32_t index, unsigned depth);

/* The code that a role has from an owner that became known; of "their countries"
 * the country alone. */
static void
own(ch_scene *scene, ch_draft *d, uint32_t owner)
{
    const ch_draft *o = &scene->drafts[owner];
    char role[13];
    memcpy(role, d->code.sectors, sizeof role);
    d->code = ch_code_of_role(role, d->weak, "", &o->code);
    if (ch_token_in(scene, scene->sets.state_noun, d->m.head)) {
        d->code.sectors[0] = '\0';
        d->m.kind = CH_MENTION_COUNTRY;
        d->m.human = true;
    }
    d->owned = true;
    d->m.via = owner;
    d->m.reason = ch_scene_say(scene, "%s; of %s", d->m.reason, o->m.code);
    ch_draft_encode(d);
}

/* Whether a country is that of the owner, of one of several, or a member of it. */
static bool
is_owners(const ch_scene *scene, uint32_t owner, const char *country)
{
    for (uint32_t at = owner; at != CH_NONE; at = scene->drafts[at].m.also) {
        const ch_draft *o = &scene->drafts[at];
        const ch_actor *a = o->m.actor == CH_NONE ? NULL : &scene->lex->actors[o->m.actor];
        if (strcmp(o->code.country, country) == 0)
            return true;
        for (uint32_t i = 0; a != NULL && i < a->nmember; i++)
            if (strcmp(ch_lexicon_string(scene->lex, scene->lex->countries[scene->lex->members[a->first_member + i]].id), country) == 0)
                return true;
    }
    return false;
}

/* The only country but the owner's that the part of a sentence before `end` tells of. */
static uint32_t
only_other(const ch_scene *scene, const ch_sentence *sent, uint32_t end, uint32_t owner)
{
    uint32_t found = CH_NONE;
    for (uint32_t i = sent->first; i < sent->last && i < end; i++)
        for (uint32_t at = scene->draft_of[i]; at != CH_NONE; at = scene->drafts[at].m.also) {
            const ch_draft *d = &scene->drafts[at];
            if (d->code.country[0] == '\0' || d->m.attributes || is_owners(scene, owner, d->code.country))
                continue;
            if (found != CH_NONE && strcmp(scene->drafts[found].code.country, d->code.country) != 0)
                return CH_NONE;
            found = at;
        }
    return found;
}

/* "Russia invaded its neighbour", "helped its ally": somebody else than the owner, the
 * other of the two countries that the report has named, or the only other one of the
 * nearest sentences. */
static void
take_other(ch_scene *scene, ch_draft *d, uint32_t owner)
{
    uint32_t pair[2], other = CH_NONE, sent = scene->tree.sent_of[d->m.head];
    char country[4];
    memcpy(country, scene->drafts[owner].code.country, sizeof country);
    d->owned = d->somebody = true;
    d->m.via = owner;
    if (strcmp(d->code.sectors, "CVL") == 0 || d->code.sectors[0] == '\0') {
        d->code.sectors[0] = '\0'; /* a state's neighbour is no civilian */
        d->m.kind = CH_MENTION_OTHER;
        d->m.human = true;
    }
    ch_draft_encode(d);
    if ((country[0] == '\0' && scene->drafts[owner].m.actor == CH_NONE) || d->m.plural)
        return;
    if (country[0] != '\0' && ch_countries_before(scene, d->m.head, pair, 2))
        for (int i = 0; i < 2; i++)
            if (strcmp(scene->drafts[pair[i]].code.country, country) == 0)
                other = pair[1 - i];
    for (uint32_t back = 0; other == CH_NONE && back <= OTHER_SENTENCES && back <= sent; back++)
        other = only_other(scene, &scene->doc->sents[sent - back], d->m.first, owner);
    if (other == CH_NONE)
        return;
    bool state = d->code.sectors[0] == '\0';
    ch_draft_set_country(scene, d, scene->drafts[other].code.country, "the other of the two countries");
    if (state)
        ch_draft_make_state(scene, d);
}

/* "its leader", "the group's spokesman": the owner is known by now. Owners that
 * are several ("their leaders") give several. */
static void
take_owner(ch_scene *scene, uint32_t index, unsigned depth)
{
    ch_draft *d = &scene->drafts[index];
    uint32_t owner = scene->draft_of[d->owner];
    if (owner == CH_NONE || d->code.country[0] != '\0')
        return;
    if (!scene->drafts[owner].resolved && depth < OWNER_DEPTH)
        resolve_one(scene, owner, depth + 1);
    if (ch_code_empty(&scene->drafts[owner].code) || scene->out_of_memory)
        return;
    if (ch_token_in(scene, scene->sets.relational, d->m.head)) {
        take_other(scene, &scene->drafts[index], owner);
        return;
    }
    ch_draft before = scene->drafts[index];
    own(scene, &scene->drafts[index], owner);
    if (before.m.also != CH_NONE || !before.m.plural)
        return;
    for (uint32_t at = scene->drafts[owner].m.also; at != CH_NONE; at = scene->drafts[at].m.also) {
        ch_draft *more = ch_draft_add(scene, before.m.head);
        if (more == NULL)
            return;
        *more = before;
        more->resolved = true;
        own(scene, more, at);
    }
}

/* "Israeli helicopters and tanks": a bare plural behind another one is of the
 * country that stands before both. */
static void
share_country(ch_scene *scene, ch_draft *d)
{
    const ch_document *doc = scene->doc;
    if (doc->toks[d->m.head].rel != CH_CONJ || d->agent == CH_NONE || d->owned || d->code.country[0] != '\0' ||
        !d->m.plural || d->m.first == 0 || doc->toks[d->m.first - 1].upos != CH_CCONJ)
        return;
    const ch_draft *first = ch_draft_at(scene, ch_unit_head(scene, ch_tree_first_conjunct(doc, d->m.head)));
    if (first == NULL || first->agent == CH_NONE || !first->owned || first->m.also != CH_NONE || !first->m.plural ||
        first->m.last + 1 != d->m.first || ch_draft_at(scene, first->m.first) == NULL ||
        ch_draft_at(scene, first->m.first)->m.kind != CH_MENTION_COUNTRY || first->code.country[0] == '\0')
        return;
    ch_draft_set_country(scene, d, first->code.country, "country that stands before both");
}

/* "Members of the bloc": those who are counted may be known only by now. */
static void
take_counted(ch_scene *scene, ch_draft *d)
{
    const ch_draft *of = &scene->drafts[d->counted];
    if (ch_code_empty(&of->code) || strcmp(of->m.code, d->m.code) == 0)
        return;
    d->code = of->code;
    d->m.entity = of->m.entity;
    d->m.actor = of->m.actor;
    d->m.name = of->m.name;
    d->m.reason = of->m.reason;
    ch_draft_encode(d);
}

static void
resolve_one(ch_scene *scene, uint32_t index, unsigned depth)
{
    ch_draft *d = &scene->drafts[index];
    if (d->resolved)
        return;
    d->resolved = true;
    if (d->look_through && d->counted != CH_NONE && d->code.country[0] == '\0' && depth < OWNER_DEPTH) {
        resolve_one(scene, d->counted, depth + 1);
        d = &scene->drafts[index];
        take_counted(scene, d);
    }
    if (d->alias != CH_NONE && !ch_code_empty(&scene->drafts[d->alias].code)) {
        ch_draft_take(scene, d, d->alias, "apposition");
    } else if (d->pronoun) {
        resolve_pronoun(scene, d);
    } else {
        bool known = d->m.actor != CH_NONE && recall_namesake(scene, d);
        if (!known && d->surname != CH_NONE && d->code.country[0] == '\0')
            recall(scene, d);
        else if (!known && d->m.actor != CH_NONE)
            recall_office(scene, d);
        if (d->owner != CH_NONE)
            take_owner(scene, index, depth);
        d = &scene->drafts[index];
        if (d->m.kind != CH_MENTION_COUNTRY && d->m.kind != CH_MENTION_PLACE)
            ch_description_resolve(scene, d);
        d = &scene->drafts[index];
        share_country(scene, d);
        ch_context_settle(scene, d);
        if (d->m.via == CH_NONE && d->owner == CH_NONE)
            ch_context_fill(scene, d);
    }
    remember(scene, &scene->drafts[index]);
}

void
ch_mentions_resolve(ch_scene *scene)
{
    for (uint32_t i = 0; i < scene->doc->ntok && !scene->out_of_memory; i++) {
        uint32_t first = scene->draft_of[i];
        if (first == CH_NONE)
            continue;
        recall_person(scene, i);
        bool several = scene->drafts[first].m.also != CH_NONE;
        for (uint32_t at = first; at != CH_NONE; at = several ? scene->drafts[at].m.also : CH_NONE)
            resolve_one(scene, at, 0);
    }
    /* titles stand before the names that they were resolved with */
    for (uint32_t i = 0; i < scene->ndraft && !scene->out_of_memory; i++) {
        ch_draft *d = &scene->drafts[i];
        if (d->part_of_name && d->alias != CH_NONE)
            ch_draft_take(scene, d, d->alias, "title of the name");
    }
    ch_map_free(&scene->names);
}
