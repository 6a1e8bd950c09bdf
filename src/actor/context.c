/* Context: the country of a role noun that names none, where the text leaves no
 * doubt. "Police said" in a report from Cairo on Egypt is Egyptian; "rebels" in
 * a report on two countries are nobody's. */
#include "actor/scene.h"

/* Share of the mentions that makes a country dominant, in percent. */
#define DOMINANT_SHARE 60

/* Mentions from which on people at large may take the dominant country. */
#define DOMINANT_FOR_ALL 4

/* How far up from a role noun a place may hang: phrase, clause, clause above. */
#define PLACE_STEPS 3

#define TALLY_MAX 64

typedef struct {
    ch_tally of[TALLY_MAX]; /* [n] */
    uint32_t n, all;
} tallies;

/* Words back to somebody of a country that "both sides" are of. */
#define PARTY_TOKENS 2000

/* Mentions from which on a country may be what a report is about: it has half as many
 * again as the next, or as many where the report is from there. */
#define HOME_MENTIONS 5

/* Sentences back to the country that an organ of state is of. */
#define SENTENCES_BEFORE 3

/* A state that does or suffers something: no evidence of where others belong. */
static bool
is_party(const ch_scene *scene, const ch_draft *d)
{
    const ch_token *tok = &scene->doc->toks[d->m.head];
    return d->m.kind == CH_MENTION_COUNTRY && !d->part_of_name && !(tok->rel == CH_NMOD && tok->sub == CH_SUB_POSS) &&
           !ch_reads_as_place(scene, d->m.head, false);
}

/* The countries that [first, last) speaks of; `parties`: states that act count too. */
static void
count_countries(const ch_scene *scene, uint32_t first, uint32_t last, bool parties, tallies *out)
{
    out->n = out->all = 0;
    for (uint32_t i = first; i < last; i++) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d == NULL || d->code.country[0] == '\0' || d->m.attributes)
            continue;
        if (!parties && is_party(scene, d)) {
            out->all++;
            continue;
        }
        uint32_t at = 0;
        while (at < out->n && strcmp(out->of[at].country, d->code.country) != 0)
            at++;
        if (at == TALLY_MAX)
            continue;
        if (at == out->n) {
            memcpy(out->of[at].country, d->code.country, sizeof out->of[at].country);
            out->of[out->n++].count = 0;
        }
        out->all++;
        out->of[at].count++;
    }
}

/* The country that [first, last) speaks of most, and how often it speaks of all. */
static ch_tally
most_of(const ch_scene *scene, uint32_t first, uint32_t last, bool parties, uint32_t *all)
{
    tallies counts;
    ch_tally best = {.country = "", .count = 0};
    count_countries(scene, first, last, parties, &counts);
    *all = counts.all;
    for (uint32_t i = 0; i < counts.n; i++)
        if (counts.of[i].count > best.count)
            best = counts.of[i];
    return best;
}

static bool
is_dash(ch_str s)
{
    return ch_str_is(s, "-") || ch_str_is(s, "--") || ch_str_is(s, "\xE2\x80\x93") || ch_str_is(s, "\xE2\x80\x94");
}

/* "CAIRO (Reuters) -", "PARIS, April 2 (AFP) —": a place at the very beginning
 * and a dash before the first verb. */
static void
read_dateline(ch_scene *scene)
{
    const ch_document *doc = scene->doc;
    if (doc->nsent == 0 || doc->toks[0].upos != CH_PROPN)
        return;
    uint32_t head = ch_unit_head(scene, 0);
    ch_draft *d = ch_draft_at(scene, head);
    if (d == NULL || d->code.country[0] == '\0' || (d->m.kind != CH_MENTION_PLACE && d->m.kind != CH_MENTION_COUNTRY))
        return;
    for (uint32_t i = 1; i < doc->ntok && i < 16; i++) {
        if (doc->toks[i].upos == CH_VERB || doc->toks[i].upos == CH_AUX)
            return;
        if (!is_dash(ch_span_text(doc, doc->toks[i].span)) || doc->toks[i - 1].span.end == doc->toks[i].span.start)
            continue;
        memcpy(scene->dateline, d->code.country, sizeof scene->dateline);
        d->m.kind = CH_MENTION_PLACE;
        d->m.human = false;
        d->code.sectors[0] = '\0';
        d->m.reason = "dateline";
        ch_draft_encode(d);
        return;
    }
}

/* Of a country the draft nearest before `tok` that is a state, a place or an organ of it. */
static uint32_t
last_of_country(const ch_scene *scene, uint32_t tok, const char *country)
{
    for (uint32_t i = tok; i-- > 0 && tok - i < PARTY_TOKENS;) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d != NULL && strcmp(d->code.country, country) == 0 && !d->m.attributes)
            return ch_draft_index(scene, d);
    }
    return CH_NONE;
}

/* Whether the country acts upon `tok` in its sentence. */
static bool
country_acts_upon(const ch_scene *scene, const char *country, uint32_t tok)
{
    const ch_sentence *sent = &scene->doc->sents[scene->tree.sent_of[tok]];
    for (uint32_t i = sent->first; i < tok; i++) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d != NULL && strcmp(d->code.country, country) == 0 && ch_acts_upon(scene, i, tok))
            return true;
    }
    return false;
}

unsigned
ch_main_parties(const ch_scene *scene, uint32_t tok, uint32_t pair[2])
{
    ch_tally best[3] = {{.count = 0}};
    unsigned n = 0;
    for (uint32_t i = 0; i < scene->nspoken && n < 3; i++)
        if (!country_acts_upon(scene, scene->spoken[i].country, tok))
            best[n++] = scene->spoken[i];
    if (best[0].count < HOME_MENTIONS)
        return 0;
    bool one = best[0].count >= best[1].count * 3;
    if (!one && best[1].count * 4 < best[2].count * 5)
        return 0;
    unsigned count = one ? 1 : 2;
    for (unsigned i = 0; i < count; i++)
        if ((pair[i] = last_of_country(scene, tok, best[i].country)) == CH_NONE)
            return 0;
    return count;
}

/* The most spoken of, in order. */
static void
keep_spoken(ch_scene *scene, const tallies *counts)
{
    for (uint32_t i = 0; i < counts->n; i++) {
        uint32_t at = scene->nspoken;
        while (at > 0 && scene->spoken[at - 1].count < counts->of[i].count)
            at--;
        if (at == CH_SPOKEN_MAX)
            continue;
        uint32_t kept = scene->nspoken < CH_SPOKEN_MAX ? scene->nspoken : CH_SPOKEN_MAX - 1;
        memmove(&scene->spoken[at + 1], &scene->spoken[at], (kept - at) * sizeof *scene->spoken);
        scene->spoken[at] = counts->of[i];
        scene->nspoken = kept + 1;
    }
}

void
ch_context_read(ch_scene *scene)
{
    tallies counts;
    read_dateline(scene);
    count_countries(scene, 0, scene->doc->ntok, true, &counts);
    keep_spoken(scene, &counts);
    scene->country_mentions = counts.all;
    if (scene->nspoken == 0)
        return;
    const ch_tally *best = &scene->spoken[0];
    uint32_t second = scene->nspoken > 1 ? scene->spoken[1].count : 0;
    bool dated = strcmp(scene->dateline, best->country) == 0;
    if (best->count * 100 > counts.all * DOMINANT_SHARE)
        memcpy(scene->dominant, best->country, sizeof scene->dominant);
    if (best->count >= HOME_MENTIONS && best->count * 2 >= second * (dated ? 2 : 3))
        memcpy(scene->home, best->country, sizeof scene->home);
}

/* The one country of the places that hang on `at` through nouns. False when
 * there are two. */
static bool
places_under(const ch_scene *scene, uint32_t at, unsigned depth, const char **found)
{
    for (uint32_t c = scene->tree.first_child[at]; c != CH_NONE; c = scene->tree.next_child[c]) {
        uint8_t rel = scene->doc->toks[c].rel;
        if (rel != CH_OBL && rel != CH_NMOD && rel != CH_OBJ)
            continue;
        uint32_t unit = ch_unit_head(scene, c);
        const ch_draft *d = ch_draft_at(scene, unit);
        if (d != NULL && (d->m.kind == CH_MENTION_PLACE || (d->region && rel == CH_OBJ)) && d->code.country[0] != '\0') {
            if (*found != NULL && strcmp(*found, d->code.country) != 0)
                return false;
            *found = d->code.country;
        } else if (depth > 0 && !places_under(scene, unit, depth - 1, found)) {
            return false;
        }
    }
    return true;
}

const char *
ch_context_place(const ch_scene *scene, uint32_t tok)
{
    uint32_t at = ch_unit_parent(scene, ch_tree_first_conjunct(scene->doc, tok));
    for (uint32_t steps = 0; at != CH_NONE && steps < PLACE_STEPS; steps++) {
        const char *found = NULL;
        if (!places_under(scene, at, PLACE_STEPS, &found))
            return NULL;
        if (found != NULL)
            return found;
        at = ch_unit_parent(scene, at);
    }
    return NULL;
}

/* Sectors that a state has one of, so that the country spoken of is theirs. */
static bool
of_the_state(const char *sectors)
{
    static const char *const all[] = {"GOV", "MIL", "COP", "JUD", "LEG", "OPP", "SPY", "PTY", NULL};
    for (const char *const *s = all; *s != NULL; s++)
        if (strncmp(sectors, *s, 3) == 0)
            return true;
    return false;
}

/* Sectors whose people are asked where a report is from, even by name. */
static bool
is_local(const char *sectors)
{
    return ch_code_has(sectors, "CVL") || ch_code_has(sectors, "HLH") || ch_code_has(sectors, "LAB") || ch_code_has(sectors, "AGR") ||
           ch_code_has(sectors, "HRI") || ch_code_has(sectors, "REF") || ch_code_has(sectors, "REL") || of_the_state(sectors);
}

/* Police and courts of a country deal with those who are in it. */
static bool
home_organ(const ch_scene *scene, const ch_sentence *sent)
{
    for (uint32_t i = sent->first; i < sent->last; i++) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d != NULL && d->code.country[0] != '\0' &&
            (ch_code_has(d->code.sectors, "COP") || ch_code_has(d->code.sectors, "JUD")))
            return true;
    }
    return false;
}

/* The country nearest to a token in its sentence that is not `but`; or NULL. */
static const char *
nearest_other(const ch_scene *scene, uint32_t tok, const char *but)
{
    const ch_sentence *sent = &scene->doc->sents[scene->tree.sent_of[tok]];
    const char *found = NULL;
    uint32_t best = UINT32_MAX;
    for (uint32_t i = sent->first; i < sent->last; i++) {
        const ch_draft *d = ch_draft_at(scene, i);
        uint32_t gap = i < tok ? tok - i : i - tok;
        if (d == NULL || d->code.country[0] == '\0' || strcmp(d->code.country, but) == 0)
            continue;
        if (d->m.kind != CH_MENTION_PLACE)
            gap += sent->last - sent->first;
        if (gap < best) {
            best = gap;
            found = d->code.country;
        }
    }
    return found;
}

/* The country whose people a word names: "Albanians". */
static const char *
descent_of(const ch_scene *scene, uint32_t tok)
{
    uint32_t count, node = ch_lexicon_step(scene->lex, 0, scene->doc->toks[tok].form_word);
    const ch_name *names = node == 0 ? NULL : ch_lexicon_names_at(scene->lex, node, &count);
    for (uint32_t i = 0; names != NULL && i < count; i++)
        if (names[i].kind == CH_NAME_ADJECTIVE || names[i].kind == CH_NAME_DEMONYM)
            return ch_lexicon_string(scene->lex, scene->lex->countries[names[i].entry].id);
    return NULL;
}

/* The country of the last place, or of any state, before a token in its sentence, but
 * for `but`. */
static const char *
country_before(const ch_scene *scene, uint32_t tok, bool places, const char *but)
{
    for (uint32_t i = tok, first = scene->doc->sents[scene->tree.sent_of[tok]].first; i-- > first;) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d != NULL && d->code.country[0] != '\0' && strcmp(d->code.country, but) != 0 &&
            (d->m.kind == CH_MENTION_PLACE || (!places && d->m.kind == CH_MENTION_COUNTRY)))
            return d->code.country;
    }
    return NULL;
}

/* An ethnic group lives where the report is; its adjective says where it does not. */
static void
fill_ethnic(ch_scene *scene, ch_draft *d)
{
    const char *descent = NULL;
    for (uint32_t i = d->m.first; i < d->m.last && descent == NULL; i++)
        descent = descent_of(scene, i);
    const char *but = descent == NULL ? "" : descent, *country = country_before(scene, d->m.head, true, but);
    if (country == NULL)
        country = country_before(scene, d->m.head, false, but);
    if (country == NULL && scene->home[0] != '\0' && strcmp(scene->home, but) != 0)
        country = scene->home;
    if (country == NULL)
        country = nearest_other(scene, d->m.head, but);
    if (country != NULL)
        ch_draft_set_country(scene, d, country, "country that an ethnic group is in");
}

/* The one country of the places of a sentence, or NULL where there are several. */
static const char *
place_of_sentence(const ch_scene *scene, const ch_sentence *sent)
{
    const char *found = NULL;
    for (uint32_t i = sent->first; i < sent->last; i++) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d == NULL || d->m.kind != CH_MENTION_PLACE || d->code.country[0] == '\0')
            continue;
        if (found != NULL && strcmp(found, d->code.country) != 0)
            return NULL;
        found = d->code.country;
    }
    return found;
}

/* The country of what a minority is said to be of: "in Romania", or "of the
 * province" where the sentence has one place. */
static const char *
home_of_minority(const ch_scene *scene, const ch_draft *d, uint32_t tok)
{
    const ch_draft *where = ch_draft_at(scene, tok);
    if (tok < d->m.head)
        return NULL;
    if (where != NULL && where->code.country[0] != '\0' &&
        (where->m.kind == CH_MENTION_PLACE || where->m.kind == CH_MENTION_COUNTRY))
        return where->code.country;
    if (ch_token_in(scene, scene->sets.region_noun, tok))
        return place_of_sentence(scene, &scene->doc->sents[scene->tree.sent_of[tok]]);
    return NULL;
}

void
ch_context_settle(ch_scene *scene, ch_draft *d)
{
    if (d->agent == CH_NONE || d->code.country[0] == '\0' || !ch_token_in(scene, scene->sets.minority, d->m.head))
        return;
    for (uint32_t c = scene->tree.first_child[d->m.head]; c != CH_NONE; c = scene->tree.next_child[c]) {
        const ch_draft *owner = scene->doc->toks[c].sub == CH_SUB_POSS ? ch_draft_at(scene, ch_unit_head(scene, c)) : NULL;
        const char *home = owner != NULL && owner->code.country[0] != '\0' ? owner->code.country
                           : scene->doc->toks[c].rel == CH_NMOD            ? home_of_minority(scene, d, ch_unit_head(scene, c))
                                                                           : NULL;
        if (home == NULL || strcmp(home, d->code.country) == 0)
            continue;
        ch_draft_set_country(scene, d, home, "country that they live in");
        return;
    }
}

/* "Militants killed villagers near Djibo. ... The government declared ...": an organ
 * of a state in a sentence that names none is of the only one named shortly before. */
static void
fill_from_before(ch_scene *scene, ch_draft *d)
{
    uint32_t sent = scene->tree.sent_of[d->m.head];
    for (uint32_t back = 1; back <= SENTENCES_BEFORE && back <= sent; back++) {
        const ch_sentence *s = &scene->doc->sents[sent - back];
        uint32_t all;
        ch_tally near = most_of(scene, s->first, s->last, true, &all);
        if (all == 0)
            continue;
        if (near.count == all)
            ch_draft_set_country(scene, d, near.country, "the only country of the sentences before");
        return;
    }
}

/* The only country of the sentence before, where somebody of it is a subject there. */
static const char *
topic_before(const ch_scene *scene, const ch_sentence *sent)
{
    if (sent == scene->doc->sents)
        return NULL;
    const ch_sentence *before = sent - 1;
    const char *found = NULL;
    bool acts = false;
    for (uint32_t i = before->first; i < before->last; i++) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d == NULL || d->code.country[0] == '\0' || d->m.attributes)
            continue;
        if (found != NULL && strcmp(found, d->code.country) != 0)
            return NULL;
        found = d->code.country;
        acts = acts || ch_tree_is_subject(scene->doc, d->m.head);
    }
    return acts ? found : NULL;
}

/* Whether a country is told of in the sentence of a token or shortly before it. */
static bool
is_told_near(const ch_scene *scene, const ch_sentence *sent, const char *country)
{
    uint32_t number = (uint32_t)(sent - scene->doc->sents), back = number < SENTENCES_BEFORE ? number : SENTENCES_BEFORE;
    for (uint32_t i = scene->doc->sents[number - back].first; i < sent->last; i++) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d != NULL && strcmp(d->code.country, country) == 0)
            return true;
    }
    return false;
}

/* Whether somebody of the country, or the state itself (`state`), acts in the sentence
 * before `tok`. */
static bool
acts_before(const ch_scene *scene, const ch_sentence *sent, uint32_t tok, bool state, const char *country)
{
    for (uint32_t i = sent->first; i < sent->last && i < tok; i++) {
        const ch_draft *d = ch_draft_at(scene, i);
        if (d != NULL && strcmp(d->code.country, country) == 0 && (!state || d->m.kind == CH_MENTION_COUNTRY) &&
            ch_tree_is_subject(scene->doc, d->m.head))
            return true;
    }
    return false;
}

/* "The government has blamed Rwanda", "Egypt, which backs the army": an organ of the
 * state that the report is about, though its sentence names (`only`) another. */
static bool
is_at_home(const ch_scene *scene, const ch_draft *d, const ch_sentence *sent, const char *only)
{
    if (scene->home[0] == '\0' || !is_told_near(scene, sent, scene->home))
        return false;
    if (only[0] == '\0' || strcmp(only, scene->home) == 0)
        return true;
    bool acts = acts_before(scene, sent, d->m.first, false, only);
    /* a state deals with others' organs, its own organs deal with their own */
    return !acts || (!ch_tree_is_subject(scene->doc, d->m.head) && acts_before(scene, sent, d->m.first, true, only));
}

/* Whether the place of the clause says nothing of whose organ it is: "Egypt, which backs
 * the army, received Burhan in Cairo" in a report on Sudan, "a minister met the Burmese
 * general in Naypyidaw". */
static bool
is_hosted(const ch_scene *scene, const ch_draft *d, const ch_sentence *sent, const char *place)
{
    uint32_t verb = ch_unit_parent(scene, ch_tree_first_conjunct(scene->doc, d->m.head));
    if (!ch_tree_is_subject(scene->doc, d->m.head))
        return scene->home[0] != '\0' && strcmp(place, scene->home) != 0 && is_told_near(scene, sent, scene->home) &&
               acts_before(scene, sent, d->m.first, false, place);
    for (uint32_t c = verb == CH_NONE ? CH_NONE : scene->tree.first_child[verb]; c != CH_NONE; c = scene->tree.next_child[c]) {
        const ch_draft *other = scene->doc->toks[c].rel == CH_OBJ ? ch_draft_at(scene, ch_unit_head(scene, c)) : NULL;
        if (other != NULL && other->m.kind == CH_MENTION_PERSON && of_the_state(other->code.sectors) && strcmp(other->code.country, place) == 0)
            return true;
    }
    return false;
}

void
ch_context_fill(ch_scene *scene, ch_draft *d)
{
    bool people = d->m.kind == CH_MENTION_PEOPLE;
    if (d->code.country[0] != '\0' || d->code.sectors[0] == '\0' || d->part_of_name || d->pair || ch_code_international(&d->code))
        return;
    if (!people && (d->m.actor != CH_NONE || (d->agent == CH_NONE && !d->ethnic)))
        return;
    /* a drone over Kyiv is not Ukrainian for that */
    if (d->agent != CH_NONE && scene->lex->agents[d->agent].class == CH_AGENT_THING)
        return;
    if (d->ethnic) {
        fill_ethnic(scene, d);
        return;
    }
    const char *place = NULL;
    if (people && places_under(scene, d->m.head, 0, &place) && place != NULL) {
        ch_draft_set_country(scene, d, place, "country that they live in");
        return;
    }
    const ch_sentence *sent = &scene->doc->sents[scene->tree.sent_of[d->m.head]];
    place = ch_context_place(scene, d->m.head);
    if (place != NULL && of_the_state(d->code.sectors) && is_hosted(scene, d, sent, place))
        place = NULL;
    if (place != NULL) {
        ch_draft_set_country(scene, d, place, "country of the place");
        return;
    }
    uint32_t all;
    bool state = d->former || of_the_state(d->code.sectors), named = d->surname != CH_NONE;
    ch_tally near = most_of(scene, sent->first, sent->last, !named, &all);
    bool only = near.count != 0 && near.count == all;
    if (!state && only && home_organ(scene, sent)) {
        ch_draft_set_country(scene, d, near.country, "that of the police or court");
        return;
    }
    bool people_at_large = (!state && d->m.plural && ch_code_has(d->code.sectors, "CVL")) || (!named && strcmp(d->code.sectors, "OPP") == 0);
    place = people_at_large ? place_of_sentence(scene, sent) : NULL;
    if (place != NULL) {
        ch_draft_set_country(scene, d, place, "country of the only place of the sentence");
        return;
    }
    if (!state && (scene->country_mentions < DOMINANT_FOR_ALL || ch_code_rebel(d->code.sectors)))
        return;
    bool local = is_local(d->code.sectors) && (!named || !of_the_state(d->code.sectors));
    if (only && local && !acts_before(scene, sent, d->m.first, true, near.country))
        local = false;
    bool home = (state || local) && is_at_home(scene, d, sent, only ? near.country : "");
    const char *topic = state && all == 0 && !named ? topic_before(scene, sent) : NULL;
    if (only && !home)
        ch_draft_set_country(scene, d, near.country, "the only country of the sentence");
    else if (topic != NULL)
        ch_draft_set_country(scene, d, topic, "who acted in the sentence before");
    else if (all == 0 && scene->dateline[0] != '\0' && state)
        ch_draft_set_country(scene, d, scene->dateline, "country of the dateline");
    else if (home)
        ch_draft_set_country(scene, d, scene->home, "the country that the report is about");
    else if (scene->dominant[0] != '\0' && (!named || is_local(d->code.sectors)))
        ch_draft_set_country(scene, d, scene->dominant, "the country of the report");
    else if (state && all == 0 && !named)
        fill_from_before(scene, d);
}
