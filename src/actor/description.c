/* Descriptions that refer back: "the president", "the Islamist group", "the
 * country", "both sides". */
#include "actor/scene.h"

#include <strings.h>

/* Sentences that a description reaches back over. */
#define DESCRIPTION_SENTENCES 40
#define COUNTRY_SENTENCES 3

/* Words back to a state that is described, and those in which its names are counted. */
#define STATE_TOKENS 200
#define COUNTED_TOKENS 600

/* What it counts that the report is about a state. */
#define HOME_SCORE 5

/* Arcs from a description up to the verb that somebody else does. */
#define STEPS_UP 32
#define GROUP_SENTENCES 8
#define LEADER_SENTENCES 3

/* Whether a name or title has the word. */
static bool
has_name_word(const char *name, ch_str word)
{
    for (const char *at = name; strlen(at) >= word.len; at++)
        if (strncasecmp(at, word.at, word.len) == 0 && (at == name || at[-1] == ' ' || at[-1] == '-') &&
            (at[word.len] == '\0' || at[word.len] == ' ' || at[word.len] == ',' || at[word.len] == '-'))
            return true;
    return false;
}

/* Whether a person holds or held an office whose title has the word. */
static bool
title_has(const ch_scene *scene, const ch_draft *d, ch_str word)
{
    if (d->m.actor == CH_NONE)
        return false;
    const ch_role *role = ch_lexicon_role(scene->lex, &scene->lex->actors[d->m.actor], scene->doc->published, NULL);
    return role != NULL && has_name_word(ch_lexicon_string(scene->lex, role->title), word);
}

static bool
country_agrees(const ch_draft *candidate, const ch_draft *wanting)
{
    return wanting->code.country[0] == '\0' || strcmp(candidate->code.country, wanting->code.country) == 0;
}

static bool
fits_title(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    if (c->m.kind != CH_MENTION_PERSON || c->m.plural || ch_code_empty(&c->code) || !country_agrees(c, w))
        return false;
    if (c->surname == CH_NONE && c->m.actor == CH_NONE && !c->owned)
        return false;
    return (c->title != 0 && c->title == w->title) || title_has(scene, c, scene->doc->toks[w->m.head].lemma);
}

/* Somebody named who leads: not who is of the people at large, and on the same side
 * where the words tell one ("the rebel leader"). */
static bool
fits_leader(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    (void)scene;
    bool other_side = (ch_code_rebel(w->code.sectors) && !ch_code_rebel(c->code.sectors)) ||
                      (ch_code_has(w->code.sectors, "OPP") && !ch_code_has(c->code.sectors, "OPP"));
    return c->m.kind == CH_MENTION_PERSON && !c->m.plural && (c->surname != CH_NONE || c->m.actor != CH_NONE) &&
           c->code.country[0] != '\0' && !ch_code_has(c->code.sectors, "CVL") && !other_side;
}

/* A body of the same kind, and of the country where the clause is set, if it is set in one. */
static bool
fits_body(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    if (c->title == 0 || c->title != w->title || c->code.country[0] == '\0' || c->part_of_name || c->m.plural != w->m.plural)
        return false;
    const char *place = ch_context_place(scene, w->m.head);
    return place == NULL || strcmp(place, c->code.country) == 0;
}

/* A group for "group", of rebels when the words say so ("the Islamist group"). */
static bool
fits_group(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    if (c->m.actor == CH_NONE || c->m.attributes || (ch_code_rebel(w->code.sectors) && !ch_code_rebel(c->code.sectors)))
        return false;
    return scene->lex->actors[c->m.actor].kind == CH_ACTOR_GROUP;
}

/* "The guerrillas": rebels, or a group of them, whose country is known. */
static bool
fits_rebels(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    (void)scene;
    (void)w;
    return ch_code_rebel(c->code.sectors) && c->code.country[0] != '\0' && !c->part_of_name && c->m.kind != CH_MENTION_OTHER;
}

static bool
fits_organisation(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    if (ch_token_in(scene, scene->sets.bloc_noun, w->m.head) && ch_code_has(c->code.sectors, "UNO"))
        return false;
    return c->m.actor != CH_NONE && !c->m.attributes && scene->lex->actors[c->m.actor].kind == CH_ACTOR_ORGANISATION;
}

/* A body whose own name has the word: "the court" after the International Criminal
 * Court. Armies are too many for that. */
static bool
fits_named_body(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    if (c->m.actor == CH_NONE || c->m.attributes || c->m.plural || c->m.armed)
        return false;
    const ch_actor *actor = &scene->lex->actors[c->m.actor];
    if (actor->kind != CH_ACTOR_BODY && actor->kind != CH_ACTOR_ORGANISATION)
        return false;
    return has_name_word(ch_lexicon_string(scene->lex, actor->name), scene->doc->toks[w->m.head].lemma);
}

static bool
fits_region(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    (void)scene;
    (void)w;
    return c->region;
}

/* Whether a word before the head or the head itself is in the set. */
static bool
has_word(const ch_scene *scene, const ch_draft *d, uint32_t set)
{
    for (uint32_t i = d->m.first; i <= d->m.head; i++)
        if (ch_token_in(scene, set, i))
            return true;
    return false;
}

/* Whether the words tell a kind of state: "the Gulf emirate". */
static bool
tells_kind(const ch_scene *scene, const ch_draft *d)
{
    for (uint32_t k = 0; k < scene->sets.nstate_kind; k++)
        if (has_word(scene, d, scene->sets.state_kind[k]))
            return true;
    return false;
}

/* Whether a country is of every kind that the words of `d` tell. */
static bool
is_of_kind(const ch_scene *scene, const ch_draft *d, const char *country)
{
    char folded[4] = {0};
    for (size_t i = 0; i < 3; i++)
        folded[i] = (char)(country[i] | 0x20);
    uint32_t word = ch_lexicon_word(scene->lex, folded, 3);
    for (uint32_t k = 0; k < scene->sets.nstate_kind; k++)
        if (has_word(scene, d, scene->sets.state_kind[k]) && !ch_set_has(scene->lex, scene->sets.state_kind[k], word))
            return false;
    return true;
}

/* Whether a country does what the clause of `tok` tells of it: "Bangkok expelled the
 * kingdom's envoy" speaks of another kingdom. */
static bool
does_it(const ch_scene *scene, const char *country, uint32_t tok)
{
    const ch_document *doc = scene->doc;
    uint32_t at = tok, steps = 0;
    for (; at != CH_NONE && doc->toks[at].upos != CH_VERB && steps < STEPS_UP; at = doc->toks[at].head, steps++)
        if (doc->toks[at].rel == CH_NSUBJ)
            return false;
    if (at == CH_NONE || doc->toks[at].upos != CH_VERB)
        return false;
    uint32_t subject = ch_tree_child(&scene->tree, doc, at, CH_NSUBJ);
    if (subject == CH_NONE && doc->toks[at].rel == CH_CONJ && doc->toks[at].head != CH_NONE)
        subject = ch_tree_child(&scene->tree, doc, doc->toks[at].head, CH_NSUBJ);
    const ch_draft *d = subject == CH_NONE ? NULL : ch_draft_at(scene, ch_unit_head(scene, subject));
    return d != NULL && d->m.kind == CH_MENTION_COUNTRY && strcmp(d->code.country, country) == 0;
}

static bool
fits_state(const ch_scene *scene, const ch_draft *c, const ch_draft *w)
{
    bool named = c->m.kind == CH_MENTION_COUNTRY || c->m.kind == CH_MENTION_PLACE;
    return named && c->code.country[0] != '\0' && is_of_kind(scene, w, c->code.country) && !does_it(scene, c->code.country, w->m.head);
}

/* "Both" that a parser hung elsewhere. */
static bool
both_before(const ch_scene *scene, const ch_draft *d)
{
    uint32_t start = scene->doc->sents[scene->tree.sent_of[d->m.head]].first;
    return d->m.first > start && d->m.plural && ch_token_in(scene, scene->sets.both, d->m.first - 1);
}

/* "All parties": whoever they are, not those of one country. */
static bool
says_all(const ch_scene *scene, const ch_draft *d)
{
    return d->m.head > d->m.first && ch_token_in(scene, scene->sets.all, d->m.first) && ch_token_in(scene, scene->sets.pair_noun, d->m.head);
}

static bool
says_two(const ch_scene *scene, const ch_draft *d)
{
    for (uint32_t i = d->m.first; i <= d->m.head; i++)
        if (ch_token_in(scene, scene->sets.both, i) || ch_token_in(scene, scene->sets.two, i))
            return true;
    return both_before(scene, d);
}

/* "The two", "both", "both sides", "the two leaders", "the parties"; a number
 * with a noun of its own ("two soldiers") says nothing of whom. */
static bool
is_pair(const ch_scene *scene, const ch_draft *d)
{
    uint8_t upos = scene->doc->toks[d->m.head].upos;
    if (d->owned)
        return false;
    if (upos == CH_NUM || upos == CH_DET || upos == CH_PRON)
        return d->definite && says_two(scene, d);
    if (!d->m.plural || !ch_token_in(scene, scene->sets.side_noun, d->m.head))
        return false;
    if (says_all(scene, d))
        return true;
    if (!d->definite && !both_before(scene, d))
        return false;
    return says_two(scene, d) ||
           (d->m.last - d->m.first == 2 && ch_token_in(scene, scene->sets.pair_noun, d->m.head));
}

/* Makes `d` those of `others` [count], each a draft of the same words. */
static void
take_all(ch_scene *scene, ch_draft *d, const uint32_t *others, unsigned count, const char *reason)
{
    uint32_t index = ch_draft_index(scene, d), head = d->m.head, first = d->m.first, last = d->m.last;
    ch_span span = d->m.span;
    for (unsigned k = 0; k < count; k++) {
        if (k > 0 && ch_draft_add(scene, head) == NULL)
            return;
        ch_draft *one = &scene->drafts[k == 0 ? index : scene->ndraft - 1];
        ch_draft_take(scene, one, others[k], reason);
        one->m.first = first;
        one->m.last = last;
        one->m.span = span;
        one->pronoun = one->resolved = true;
        one->m.plural = false;
    }
}

static void
take_pair(ch_scene *scene, ch_draft *d, const uint32_t pair[2])
{
    take_all(scene, d, pair, 2, "the two named before");
}

void
ch_draft_make_state(const ch_scene *scene, ch_draft *d)
{
    uint32_t country = ch_lexicon_country(scene->lex, d->code.country);
    d->code.sectors[0] = '\0';
    d->m.kind = CH_MENTION_COUNTRY;
    d->m.actor = CH_NONE;
    d->m.entity = NULL;
    d->m.name = country == CH_NONE ? NULL : ch_lexicon_string(scene->lex, scene->lex->countries[country].name);
    d->m.human = true;
    d->surname = CH_NONE;
    ch_draft_encode(d);
}

static bool
of_two_countries(const ch_scene *scene, const uint32_t pair[2])
{
    const char *a = scene->drafts[pair[0]].code.country, *b = scene->drafts[pair[1]].code.country;
    return a[0] != '\0' && b[0] != '\0' && strcmp(a, b) != 0;
}

/* "Both countries", "the two governments", "the three nations": states, and organs of
 * states. */
static void
resolve_states(ch_scene *scene, ch_draft *d, unsigned count)
{
    uint32_t states[CH_SEVERAL_MAX], index = ch_draft_index(scene, d);
    bool plain = d->agent == CH_NONE || ch_token_in(scene, scene->sets.state_side, d->m.head);
    const char *sectors = plain ? "" : ch_lexicon_string(scene->lex, scene->lex->agents[d->agent].code);
    if (!(count == 2 && ch_pair_before(scene, d->m.head, false, CH_PAIR_SENTENCES, states) && of_two_countries(scene, states)) &&
        !ch_countries_before(scene, d->m.head, states, count))
        return;
    take_all(scene, d, states, count, count == 2 ? "the two named before" : "those named before");
    for (uint32_t at = index; at != CH_NONE && !scene->out_of_memory; at = scene->drafts[at].m.also) {
        ch_draft_make_state(scene, &scene->drafts[at]);
        ch_code_add(scene->drafts[at].code.sectors, sectors);
        ch_draft_encode(&scene->drafts[at]);
    }
}

/* "Both sides" where no two stood together: the two states that the report speaks of,
 * or the one that it is at war in. */
static void
take_main_parties(ch_scene *scene, ch_draft *d)
{
    uint32_t pair[2];
    unsigned count = ch_main_parties(scene, d->m.head, pair);
    bool person = d->agent != CH_NONE && scene->lex->agents[d->agent].class == CH_AGENT_PERSON &&
                  !ch_token_in(scene, scene->sets.pair_noun, d->m.head);
    char sectors[13] = "";
    if (person)
        memcpy(sectors, d->code.sectors, sizeof sectors);
    if (count == 0)
        return;
    uint32_t index = ch_draft_index(scene, d);
    if (count == 2)
        take_pair(scene, d, pair);
    else
        ch_draft_take(scene, d, pair[0], "the state that the report is about");
    for (uint32_t at = index; at != CH_NONE && !scene->out_of_memory; at = scene->drafts[at].m.also) {
        ch_draft_make_state(scene, &scene->drafts[at]);
        ch_code_add(scene->drafts[at].code.sectors, sectors);
        ch_draft_encode(&scene->drafts[at]);
    }
}

static void
resolve_pair(ch_scene *scene, ch_draft *d)
{
    uint32_t pair[2], index = ch_draft_index(scene, d);
    uint32_t class = d->agent == CH_NONE ? CH_AGENT_THING : scene->lex->agents[d->agent].class;
    bool side = ch_token_in(scene, scene->sets.pair_noun, d->m.head), states = ch_token_in(scene, scene->sets.state_side, d->m.head);
    /* far from the two who stood together, sides are those that the report is about */
    uint32_t reach = side && ch_main_parties(scene, d->m.head, pair) == 2 ? 1 : CH_PAIR_SENTENCES;
    if (states && reach == 1)
        take_main_parties(scene, d);
    else if ((class == CH_AGENT_BODY && !side) || states || ch_token_in(scene, scene->sets.state_noun, d->m.head))
        resolve_states(scene, d, 2);
    else if (ch_pair_before(scene, d->m.head, class == CH_AGENT_PERSON, reach, pair))
        take_pair(scene, d, pair);
    d = &scene->drafts[index];
    if (d->m.via == CH_NONE && scene->doc->toks[d->m.head].upos == CH_NOUN)
        take_main_parties(scene, d);
}

/* "The three countries": their number, 0 where none is told or they are no states. */
static unsigned
several_states(const ch_scene *scene, const ch_draft *d)
{
    if (!d->definite || d->owned || !d->m.plural || !ch_token_in(scene, scene->sets.state_noun, d->m.head))
        return 0;
    for (unsigned count = 3; count <= CH_SEVERAL_MAX; count++)
        for (uint32_t i = d->m.first; i < d->m.head; i++)
            if (ch_token_in(scene, scene->sets.several[count], i))
                return count;
    return 0;
}

/* "The other side": of the two states that the report speaks of the one that does not
 * speak of it. False where it is no such description. */
static bool
resolve_other_side(ch_scene *scene, ch_draft *d)
{
    const ch_document *doc = scene->doc;
    if (d->owned || !d->definite || d->m.plural || d->m.head < d->m.first + 2 || !ch_token_in(scene, scene->sets.side_noun, d->m.head) ||
        !ch_token_in(scene, scene->sets.other, d->m.first + 1))
        return false;
    const ch_sentence *sent = &doc->sents[scene->tree.sent_of[d->m.head]];
    for (uint32_t k = 0; k < scene->nspoken && k < 2; k++)
        for (uint32_t i = d->m.first; i-- > sent->first;) {
            const ch_draft *c = ch_draft_at(scene, i);
            if (c == NULL || !ch_tree_is_subject(doc, c->m.head) || strcmp(c->code.country, scene->spoken[k].country) != 0)
                continue;
            if (scene->nspoken < 2)
                return true;
            ch_draft_set_country(scene, d, scene->spoken[1 - k].country, "the other of the two that the report is about");
            ch_draft_make_state(scene, d);
            return true;
        }
    return true;
}

/* "The former" and "the latter" of the two named before. False where it is no
 * such description. */
static bool
resolve_one_of_two(ch_scene *scene, ch_draft *d)
{
    bool first = ch_token_in(scene, scene->sets.first_of_two, d->m.head);
    if (d->agent != CH_NONE || d->owned || !d->definite || d->m.last - d->m.first != 2 ||
        (!first && !ch_token_in(scene, scene->sets.second_of_two, d->m.head)))
        return false;
    uint32_t pair[2];
    if (ch_pair_before(scene, d->m.head, false, CH_PAIR_SENTENCES, pair))
        ch_draft_take(scene, d, pair[first ? 0 : 1], first ? "the first of the two named before" : "the second of the two named before");
    return true;
}

/* "The ministers" after two who met and both hold such an office; "the parents"
 * are no office. */
static bool
resolve_colleagues(ch_scene *scene, ch_draft *d)
{
    uint32_t pair[2];
    if (ch_code_has(d->code.sectors, "CVL") || !ch_pair_before(scene, d->m.head, true, CH_PAIR_SENTENCES, pair))
        return false;
    for (int i = 0; i < 2; i++) {
        const ch_draft *one = &scene->drafts[pair[i]];
        if (one->m.kind != CH_MENTION_PERSON || strncmp(one->code.sectors, d->code.sectors, 3) != 0)
            return false;
    }
    take_pair(scene, d, pair);
    return true;
}

static void
refer(ch_scene *scene, ch_draft *d, uint32_t back, ch_fits *fits, const char *reason)
{
    uint32_t found = ch_antecedent(scene, d, back, fits);
    if (found != CH_NONE)
        ch_draft_take(scene, d, found, reason);
}

/* Whether `tok` is the subject of a verb that `of` stands under. */
static bool
is_doer_above(const ch_scene *scene, uint32_t tok, uint32_t of)
{
    const ch_document *doc = scene->doc;
    uint32_t top = ch_tree_first_conjunct(doc, tok), steps = 0;
    if (doc->toks[top].rel != CH_NSUBJ)
        return false;
    for (uint32_t at = of; at != CH_NONE && steps < STEPS_UP; at = doc->toks[at].head, steps++)
        if (at == doc->toks[top].head)
            return true;
    return false;
}

/* Of the states that fit and are named before, the one that is near and much spoken
 * of: who describes a state varies the name of what he writes about. */
static uint32_t
described_state(const ch_scene *scene, const ch_draft *d)
{
    uint32_t sent = scene->tree.sent_of[d->m.head], start = scene->doc->sents[sent < COUNTRY_SENTENCES ? 0 : sent - COUNTRY_SENTENCES].first;
    uint32_t end = d->m.first, found = CH_NONE;
    int best = 0;
    for (uint32_t i = end - start > STATE_TOKENS ? end - STATE_TOKENS : start; i < end; i++) {
        const ch_draft *c = ch_draft_at(scene, i);
        if (c == NULL || c->code.country[0] == '\0' || c->m.attributes || is_doer_above(scene, i, d->m.head))
            continue;
        int score = -3 * (int)(sent - scene->tree.sent_of[i]) + (strcmp(c->code.country, scene->home) == 0 ? HOME_SCORE : 0);
        for (uint32_t k = end > COUNTED_TOKENS ? end - COUNTED_TOKENS : 0; k < end; k++) {
            const ch_draft *same = ch_draft_at(scene, k);
            if (same != NULL && strcmp(same->code.country, c->code.country) == 0)
                score += scene->tree.sent_of[k] + 1 >= sent ? 2 : 1;
        }
        if (found == CH_NONE || score >= best) {
            found = ch_draft_index(scene, c);
            best = score;
        }
    }
    return found;
}

/* "The country", "the gas-rich emirate". A nation that is not named is no people. */
static void
refer_to_state(ch_scene *scene, ch_draft *d)
{
    static const char reason[] = "the country named before";
    bool kind = tells_kind(scene, d);
    uint32_t found = kind || d->m.head == d->m.first + 1 ? CH_NONE : described_state(scene, d);
    if (found != CH_NONE) {
        ch_draft_take(scene, d, found, reason);
        ch_draft_make_state(scene, d);
    } else
        refer(scene, d, kind ? DESCRIPTION_SENTENCES : COUNTRY_SENTENCES, fits_state, reason);
    d->code.sectors[0] = '\0';
    ch_draft_encode(d);
}

/* "the US secretary" is Blinken when Blinken was spoken of: country and sector
 * stay, the name is added. */
static void
name_the_bearer(ch_scene *scene, ch_draft *d)
{
    uint32_t found = ch_antecedent(scene, d, DESCRIPTION_SENTENCES, fits_title);
    if (found != CH_NONE && (scene->drafts[found].m.actor != CH_NONE || scene->drafts[found].surname != CH_NONE))
        ch_draft_take(scene, d, found, "who bears that title in the report");
}

/* Nothing behind the head tells which one: no clause but one between commas. */
static bool
is_whole(const ch_scene *scene, const ch_draft *d)
{
    const ch_document *doc = scene->doc;
    for (uint32_t c = scene->tree.first_child[d->m.head]; c != CH_NONE; c = scene->tree.next_child[c]) {
        bool aside = doc->toks[c].sub == CH_SUB_RELCL && d->m.last < doc->ntok && doc->text[doc->toks[d->m.last].span.start] == ',';
        if ((doc->toks[c].rel == CH_ACL && !aside) || (doc->toks[c].rel == CH_NMOD && c > d->m.head))
            return false;
    }
    return true;
}

/* Nothing but an article before the head, nothing that tells which one behind it. */
static bool
is_bare(const ch_scene *scene, const ch_draft *d)
{
    if (d->m.head > d->m.first + 1)
        return false;
    return is_whole(scene, d);
}

void
ch_description_resolve(ch_scene *scene, ch_draft *d)
{
    if (is_pair(scene, d)) {
        d->pair = true;
        resolve_pair(scene, d);
        return;
    }
    unsigned several = several_states(scene, d);
    if (several != 0) {
        resolve_states(scene, d, several);
        return;
    }
    if (resolve_one_of_two(scene, d) || resolve_other_side(scene, d))
        return;
    if (!d->definite || d->former || d->m.actor != CH_NONE || d->surname != CH_NONE || d->look_through)
        return;
    bool role = d->agent != CH_NONE;
    uint32_t class = role ? scene->lex->agents[d->agent].class : CH_AGENT_THING;
    if (d->owned) {
        if (role && class == CH_AGENT_PERSON && !d->m.plural)
            name_the_bearer(scene, d);
        return;
    }
    bool one = !d->m.plural, state = one && ch_token_in(scene, scene->sets.state_noun, d->m.head) && is_whole(scene, d);
    if ((d->owner != CH_NONE && !state) || d->code.country[0] != '\0')
        return;
    if (one && class != CH_AGENT_PERSON && is_bare(scene, d) && !state)
        refer(scene, d, GROUP_SENTENCES, fits_named_body, "the body named before");
    if (d->m.via != CH_NONE)
        return;
    if (state)
        refer_to_state(scene, d);
    else if (one && ch_token_in(scene, scene->sets.region_noun, d->m.head))
        refer(scene, d, COUNTRY_SENTENCES, fits_region, "the region named before");
    else if (one && ch_token_in(scene, scene->sets.group_noun, d->m.head))
        refer(scene, d, GROUP_SENTENCES, fits_group, "the group named before");
    else if (one && ch_token_in(scene, scene->sets.body_noun, d->m.head) && !ch_code_has(d->code.sectors, "OPP") && !ch_code_has(d->code.sectors, "PTY"))
        refer(scene, d, GROUP_SENTENCES, fits_organisation, "the organisation named before");
    else if (one && ch_token_in(scene, scene->sets.leader_noun, d->m.head) && is_whole(scene, d))
        refer(scene, d, LEADER_SENTENCES, fits_leader, "the last leader named");
    else if (role && class == CH_AGENT_PERSON && !d->m.plural)
        refer(scene, d, DESCRIPTION_SENTENCES, fits_title, "who bears that title in the report");
    else if (role && class == CH_AGENT_PERSON && is_bare(scene, d) && resolve_colleagues(scene, d))
        return;
    else if (role)
        refer(scene, d, DESCRIPTION_SENTENCES, fits_body, "named before with its country");
    if (role && d->m.plural && ch_code_rebel(d->code.sectors) && d->code.country[0] == '\0' && is_bare(scene, d))
        refer(scene, d, GROUP_SENTENCES, fits_rebels, "the rebels named before");
}
