/* Evidence from further off: the candidates beside one, the same name elsewhere, the
 * countries that the document speaks of. */
#include "place/candidate.h"

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
    GAP_NONE,  /* with other words between */
    GAP_SPACE, /* "Austin Texas" */
    GAP_COMMA, /* "Austin, Texas" */
    GAP_LIST,  /* "Kisumu and Migori" */
    GAP_INSIDE /* "Goma in Congo", "Goma (Congo" */
} gap;

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
            return ch_token_in_set(scene, scene->sets.locative, t) || ch_token_in_set(scene, scene->sets.of, t) ? GAP_INSIDE
                                                                                                                : GAP_NONE;
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
    bool abbreviation = b->nname != 0 && ch_candidate_has_country(b) && (b->names[0].flags & CH_NAME_CAPS) != 0;
    return (ch_candidate_has_country(a) && ch_candidate_has_country(b) && !abbreviation) ||
           (are_divisions(scene, a, b) && !ch_candidate_has_country(b) && !b->brief);
}

/* "Yarmouth, Nova Scotia," where the gazetteer knows a Yarmouth in Maine alone:
 * another town of that name, which nobody knows. */
static bool
is_elsewhere(const ch_scene *scene, const ch_candidate *a, const ch_candidate *b)
{
    uint32_t n = ch_candidate_behind(scene, b);
    bool mark = n != CH_NONE && scene->doc->toks[n].upos == CH_PUNCT,
         further = mark && n + 1 < ch_candidate_sentence(scene, b)->last;
    bool list = further && (scene->candidate_of[n + 1] != CH_NONE || scene->doc->toks[n + 1].upos == CH_CCONJ);
    bool closed = n == CH_NONE || (mark && !list);
    if (!closed || ch_candidate_preposition(scene, a) == CH_NONE || !ch_candidate_is_state(scene, b) ||
        ch_candidate_has_country(b) || ch_candidate_lies_in(scene, a, b))
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
        } else if (a->nname != 0 ? ch_candidate_lies_in(scene, a, b)
                                 : ch_candidate_is_state(scene, b) && a->locative && g == GAP_COMMA)
            contain(a, b, i + 1);
    }
}

static bool
is_enough(const ch_candidate *c)
{
    return c->weight >= (c->nname != 0 ? CH_WEIGHT_ENOUGH : CH_WEIGHT_UNKNOWN);
}

/* Whether a comma, a conjunction or the sentence's end follows: what goes on is
 * an apposition, not the next of a list. */
static bool
ends_item(const ch_scene *scene, const ch_candidate *c)
{
    uint32_t n = ch_candidate_behind(scene, c);
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
        const ch_gazetteer_place *p =
            ch_candidate_sense(scene, c, i, &s) && s.country == country ? ch_sense_entry(scene, s) : NULL;
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
        bool division =
            p != NULL && p->admin != 0 && ch_tally_get(&scene->divisions, ch_division_key(s.country, p->admin)) >= HOME_SHARE;
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
        if (c->state != CH_CANDIDATE_OPEN || c->nname == 0 || c->weight + more < CH_WEIGHT_ENOUGH ||
            !ch_candidate_is_proper(scene, c))
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
        if (c->state == CH_CANDIDATE_OPEN &&
            c->weight - (leader->person ? 3 : 0) >= (c->nname != 0 ? CH_WEIGHT_ENOUGH : CH_WEIGHT_UNKNOWN))
            c->state = CH_CANDIDATE_PLACE;
        if (c->state == CH_CANDIDATE_PLACE)
            leader->accepted = true;
    }
}

void
ch_place_ask_neighbours(ch_scene *scene)
{
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
