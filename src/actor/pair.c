/* "The two", "both sides": the last two who stood together; "both countries". */
#include "actor/scene.h"

#include <assert.h>

/* How many sentences back states are looked for. */
#define PAIR_SENTENCES CH_PAIR_SENTENCES

/* "is expected to want to meet": verbs above the one that brings two together. */
#define XCOMP_DEPTH 3

static bool
may_pair(const ch_scene *scene, uint32_t tok, bool persons)
{
    const ch_draft *d = ch_draft_at(scene, tok);
    if (d == NULL || d->part_of_name || d->m.kind == CH_MENTION_PLACE || d->m.kind == CH_MENTION_OTHER ||
        d->m.attributes || ch_code_empty(&d->code))
        return false;
    return !persons || d->m.kind == CH_MENTION_PERSON || d->m.kind == CH_MENTION_COUNTRY;
}

/* Two drafts of one head: "the Turkish and Greek sides". */
static bool
chained(const ch_scene *scene, uint32_t tok, bool persons, uint32_t pair[2])
{
    const ch_draft *d = ch_draft_at(scene, tok);
    if (!may_pair(scene, tok, persons) || d->m.also == CH_NONE || scene->drafts[d->m.also].m.also != CH_NONE)
        return false;
    pair[0] = ch_draft_index(scene, d);
    pair[1] = d->m.also;
    return true;
}

/* "Washington and Paris": exactly two. */
static bool
coordinated(const ch_scene *scene, uint32_t tok, bool persons, uint32_t pair[2])
{
    const ch_document *doc = scene->doc;
    if (doc->toks[tok].rel != CH_CONJ || doc->toks[tok].head == CH_NONE)
        return false;
    uint32_t first = ch_unit_head(scene, doc->toks[tok].head), members = 0;
    for (uint32_t c = scene->tree.first_child[doc->toks[tok].head]; c != CH_NONE; c = scene->tree.next_child[c])
        members += doc->toks[c].rel == CH_CONJ;
    if (members != 1 || !may_pair(scene, first, persons) || !may_pair(scene, tok, persons))
        return false;
    pair[0] = ch_draft_index(scene, ch_draft_at(scene, first));
    pair[1] = ch_draft_index(scene, ch_draft_at(scene, tok));
    return strcmp(scene->drafts[pair[0]].m.code, scene->drafts[pair[1]].m.code) != 0;
}

/* The same by the row of the words, where the graph has it otherwise. */
static bool
beside(const ch_scene *scene, uint32_t tok, bool persons, uint32_t pair[2])
{
    const ch_document *doc = scene->doc;
    const ch_draft *b = ch_draft_at(scene, tok);
    if (!may_pair(scene, tok, persons) || b->m.first < 2 || doc->toks[b->m.first - 1].upos != CH_CCONJ)
        return false;
    uint32_t first = ch_unit_head(scene, b->m.first - 2);
    const ch_draft *a = ch_draft_at(scene, first);
    if (!may_pair(scene, first, persons) || a->m.last + 1 != b->m.first || strcmp(a->m.code, b->m.code) == 0)
        return false;
    pair[0] = ch_draft_index(scene, a);
    pair[1] = ch_draft_index(scene, b);
    return a->m.first == 0 || doc->text[doc->toks[a->m.first - 1].span.start] != ',';
}

static bool
partner(const ch_scene *scene, uint32_t tok, uint32_t subject, bool persons)
{
    const ch_document *doc = scene->doc;
    if (tok == subject || !may_pair(scene, tok, persons))
        return false;
    uint8_t rel = doc->toks[tok].rel;
    uint32_t preposition = ch_tree_case(&scene->tree, doc, tok);
    bool with = preposition != CH_NONE && ch_token_in(scene, scene->sets.together, preposition);
    /* a name that completes a verb is its object: "called Xi Jinping" */
    bool object = rel == CH_OBJ || (rel == CH_XCOMP && doc->toks[tok].upos == CH_PROPN);
    if (!object && !((rel == CH_OBL || rel == CH_NMOD) && with))
        return false;
    const ch_draft *a = ch_draft_at(scene, subject), *b = ch_draft_at(scene, tok);
    assert(a != NULL && b != NULL); /* only what may pair gets here */
    return strcmp(a->m.code, b->m.code) != 0 || a->m.actor != b->m.actor;
}

/* Whom the subject of `verb` deals with: its object, or a "with" on it or its
 * object, or those of what it is to do: "he is scheduled to meet Ciolacu". */
static uint32_t
partner_of(const ch_scene *scene, uint32_t verb, uint32_t subject, bool persons, unsigned depth)
{
    const ch_document *doc = scene->doc;
    for (uint32_t c = scene->tree.first_child[verb]; c != CH_NONE; c = scene->tree.next_child[c]) {
        uint32_t unit = ch_unit_head(scene, c);
        if (partner(scene, unit, subject, persons))
            return unit;
        if (doc->toks[c].rel == CH_XCOMP && depth < XCOMP_DEPTH) {
            uint32_t below = partner_of(scene, c, subject, persons, depth + 1);
            if (below != CH_NONE)
                return below;
        }
        if (doc->toks[c].rel != CH_OBJ)
            continue;
        for (uint32_t n = scene->tree.first_child[c]; n != CH_NONE; n = scene->tree.next_child[n])
            if (partner(scene, ch_unit_head(scene, n), subject, persons))
                return ch_unit_head(scene, n);
    }
    return CH_NONE;
}

static bool
interacted(const ch_scene *scene, uint32_t tok, bool persons, uint32_t pair[2])
{
    const ch_document *doc = scene->doc;
    if (doc->toks[tok].rel != CH_NSUBJ || doc->toks[tok].head == CH_NONE || !may_pair(scene, tok, persons))
        return false;
    uint32_t other = partner_of(scene, doc->toks[tok].head, tok, persons, 0);
    if (other == CH_NONE)
        return false;
    pair[0] = ch_draft_index(scene, ch_draft_at(scene, tok));
    pair[1] = ch_draft_index(scene, ch_draft_at(scene, other));
    return true;
}

bool
ch_acts_upon(const ch_scene *scene, uint32_t tok, uint32_t of)
{
    const ch_document *doc = scene->doc;
    for (uint32_t at = tok; at != CH_NONE; at = doc->toks[at].head) {
        if (doc->toks[at].rel != CH_NSUBJ || doc->toks[at].head == CH_NONE)
            continue;
        for (uint32_t up = doc->toks[of].head; up != CH_NONE; up = doc->toks[up].head)
            if (up == doc->toks[at].head)
                return doc->toks[of].rel == CH_OBJ || doc->toks[of].rel == CH_IOBJ || doc->toks[of].rel == CH_OBL;
    }
    return false;
}

bool
ch_pair_before(const ch_scene *scene, uint32_t tok, bool persons, uint32_t reach, uint32_t pair[2])
{
    uint32_t sent = scene->tree.sent_of[tok];
    for (uint32_t back = 0; back <= reach && back <= sent; back++) {
        const ch_sentence *s = &scene->doc->sents[sent - back];
        uint32_t end = back == 0 ? tok : s->last;
        for (uint32_t i = end; i-- > s->first;)
            if (!(back == 0 && ch_acts_upon(scene, i, tok)) &&
                (chained(scene, i, persons, pair) || coordinated(scene, i, persons, pair) || beside(scene, i, persons, pair)))
                return true;
        for (uint32_t i = end; i-- > s->first;)
            if (interacted(scene, i, persons, pair))
                return true;
    }
    return false;
}

/* Puts the country of `index` into `found`, where it is not there and there is room;
 * the number of countries then. */
static unsigned
count_country(const ch_scene *scene, uint32_t index, uint32_t *found, unsigned count, unsigned wanted)
{
    const char *country = scene->drafts[index].code.country;
    for (unsigned k = 0; k < count && k < wanted; k++)
        if (strcmp(scene->drafts[found[k]].code.country, country) == 0)
            return count;
    if (count < wanted)
        found[count] = index;
    return count + 1;
}

/* A subject, one joined to it, or whose it is: "Niger's army". */
static bool
is_of_subject(const ch_scene *scene, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    while ((t->rel == CH_CONJ || (t->rel == CH_NMOD && t->sub == CH_SUB_POSS)) && t->head != CH_NONE)
        t = &scene->doc->toks[t->head];
    return t->rel == CH_NSUBJ;
}

typedef enum { SUBJECT_STATES, STATES, COUNTRIES } whose;

static bool
is_one_of(const ch_scene *scene, const ch_draft *d, whose which)
{
    return d->code.country[0] != '\0' && !d->m.attributes && (which == COUNTRIES || d->m.kind == CH_MENTION_COUNTRY) &&
           (which != SUBJECT_STATES || is_of_subject(scene, d->m.head));
}

/* The only `wanted` countries from the sentence `nearest` back on. */
static bool
only(const ch_scene *scene, uint32_t tok, uint32_t nearest, whose which, uint32_t *found, unsigned wanted)
{
    uint32_t sent = scene->tree.sent_of[tok];
    unsigned count = 0;
    for (uint32_t back = nearest; back <= PAIR_SENTENCES && back <= sent && count < wanted; back++) {
        const ch_sentence *s = &scene->doc->sents[sent - back];
        for (uint32_t i = s->first; i < (back == 0 ? tok : s->last) && count <= wanted; i++)
            for (uint32_t at = scene->draft_of[i]; at != CH_NONE && count <= wanted; at = scene->drafts[at].m.also)
                if (is_one_of(scene, &scene->drafts[at], which))
                    count = count_country(scene, at, found, count, wanted);
    }
    return count == wanted;
}

/* "Mali, Burkina Faso and Niger": the nearest row of exactly so many. */
static bool
row(const ch_scene *scene, uint32_t tok, uint32_t *found, unsigned wanted)
{
    uint32_t sent = scene->tree.sent_of[tok];
    for (uint32_t back = 0; back <= PAIR_SENTENCES && back <= sent; back++) {
        const ch_sentence *s = &scene->doc->sents[sent - back];
        for (uint32_t i = back == 0 ? tok : s->last; i-- > s->first;) {
            unsigned count = 0;
            if (may_pair(scene, i, false) && scene->drafts[scene->draft_of[i]].code.country[0] != '\0')
                count = count_country(scene, scene->draft_of[i], found, 0, wanted);
            for (uint32_t c = scene->tree.first_child[i]; count > 0 && c != CH_NONE; c = scene->tree.next_child[c]) {
                uint32_t member = ch_unit_head(scene, c);
                if (scene->doc->toks[c].rel == CH_CONJ && may_pair(scene, member, false) &&
                    ch_draft_at(scene, member)->code.country[0] != '\0')
                    count = count_country(scene, ch_draft_index(scene, ch_draft_at(scene, member)), found, count, wanted);
            }
            if (count == wanted)
                return true;
        }
    }
    return false;
}

bool
ch_countries_before(const ch_scene *scene, uint32_t tok, uint32_t *found, unsigned wanted)
{
    /* "Beijing urged both countries": who speaks of them is none of them */
    return (wanted > 2 && (row(scene, tok, found, wanted) || only(scene, tok, 1, SUBJECT_STATES, found, wanted))) ||
           only(scene, tok, 1, STATES, found, wanted) || only(scene, tok, 0, COUNTRIES, found, wanted);
}
