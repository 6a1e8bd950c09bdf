/* Countries, nationalities and places as mentions: who acts, whose somebody is, or
 * only where something is. */
#include "actor/draft.h"

bool
ch_reads_as_place(const ch_scene *scene, uint32_t tok, bool country)
{
    const ch_document *doc = scene->doc;
    uint32_t preposition = ch_tree_case(&scene->tree, doc, tok);
    uint32_t top = ch_tree_first_conjunct(doc, tok);
    uint32_t above = doc->toks[top].head == CH_NONE ? CH_NONE : ch_unit_head(scene, doc->toks[top].head);
    if (preposition == CH_NONE) {
        /* "Amman, Jordan"; "reached Paris" */
        if (above != CH_NONE && (doc->toks[top].rel == CH_APPOS || doc->toks[top].rel == CH_NMOD) && above < top) {
            const ch_draft *d = ch_draft_at(scene, above);
            return scene->place_of[above] != CH_NONE || (d != NULL && d->m.kind == CH_MENTION_PLACE);
        }
        return !country && above != CH_NONE && doc->toks[top].rel == CH_OBJ && ch_token_in(scene, scene->sets.motion, above);
    }
    if (ch_token_in(scene, scene->sets.where, preposition))
        return true;
    return !country && ch_token_in(scene, scene->sets.way, preposition) && above != CH_NONE && ch_token_in(scene, scene->sets.motion, above);
}

void
ch_draft_country(ch_scene *scene, const ch_match *match)
{
    const ch_document *doc = scene->doc;
    ch_draft *d = ch_draft_add(scene, match->head);
    if (d == NULL)
        return;
    const ch_country *country = &scene->lex->countries[match->name->entry];
    bool modifier = ch_token_is_modifier(scene->doc, match->head);
    bool state = match->name->kind == CH_NAME_COUNTRY;
    bool place = !modifier && match->name->kind != CH_NAME_SEAT && ch_reads_as_place(scene, match->head, state);
    ch_draft_set_span(scene, d, match->first, match->last);
    d->code = ch_name_code(scene, match->name, NULL);
    d->m.kind = place ? CH_MENTION_PLACE : CH_MENTION_COUNTRY;
    d->m.name = ch_lexicon_string(scene->lex, country->name);
    d->m.human = !place;
    d->part_of_name = modifier;
    d->owned = true;
    if (match->name->kind == CH_NAME_CAPITAL && !place && !modifier)
        ch_code_add(d->code.sectors, "GOV");
    const char *how = place ? "a place in it" : "its name";
    if (match->name->kind == CH_NAME_CAPITAL)
        how = place ? "its capital, as a place" : "its capital, for the government";
    else if (match->name->kind == CH_NAME_SEAT)
        how = "the seat of its government";
    else if (match->name->kind == CH_NAME_REGION)
        how = "a region of it";
    /* of two towns of one name the place stage has chosen by the whole text */
    uint32_t at = scene->place_of[match->head];
    if (match->name->kind != CH_NAME_COUNTRY && match->name->kind != CH_NAME_SEAT && at != CH_NONE &&
        doc->places[at].country != NULL && ch_lexicon_country(scene->lex, doc->places[at].country) != CH_NONE &&
        (place || match->name->kind == CH_NAME_REGION) && doc->places[at].first == match->first &&
        doc->places[at].last == match->last)
        d->code = ch_place_code(scene, &doc->places[at]);
    d->region = match->name->kind == CH_NAME_REGION;
    d->m.reason = how;
    ch_draft_encode(d);
}

/* "An American", "two Iraqi": some of the people, not the state. */
static bool
is_counted(const ch_document *doc, uint32_t before)
{
    if (before == CH_NONE)
        return false;
    const ch_token *t = &doc->toks[before];
    return (t->upos == CH_DET && (t->morph & CH_M_INDEF) != 0) || t->upos == CH_NUM;
}

void
ch_draft_nationality(ch_scene *scene, const ch_match *match)
{
    ch_draft *d = ch_draft_add(scene, match->head);
    if (d == NULL)
        return;
    bool modifier = ch_token_is_modifier(scene->doc, match->head) ||
                    (ch_is_nationality(scene->doc, match) && ch_stands_before_role(scene, match));
    uint32_t before = match->first > 0 ? match->first - 1 : CH_NONE;
    ch_draft_set_span(scene, d, match->first, match->last);
    d->part_of_name = modifier;
    d->owned = true;
    d->m.plural = !modifier;
    d->m.human = true;
    d->m.kind = modifier ? CH_MENTION_COUNTRY : CH_MENTION_PEOPLE;
    d->m.name = ch_lexicon_string(scene->lex, scene->lex->countries[match->name->entry].name);
    d->m.reason = modifier ? "its adjective" : "its people";
    d->code = ch_name_code(scene, match->name, NULL);
    if (!modifier && (match->name->kind == CH_NAME_DEMONYM || is_counted(scene->doc, before)))
        ch_code_add(d->code.sectors, "CVL");
    if (before != CH_NONE && ch_token_in(scene, scene->sets.ethnic, before)) {
        ch_draft_set_span(scene, d, before, match->last);
        d->ethnic = true;
        d->m.name = NULL;
        d->m.reason = "an ethnic group, no citizens";
        memcpy(d->code.country, "", 1);
        d->code.sectors[0] = '\0';
        ch_code_add(d->code.sectors, "CVL");
    }
    ch_draft_encode(d);
}

void
ch_draft_place(ch_scene *scene, uint32_t tok)
{
    const ch_place *place = &scene->doc->places[scene->place_of[tok]];
    if (place->country == NULL || ch_lexicon_country(scene->lex, place->country) == CH_NONE)
        return;
    ch_draft *d = ch_draft_add(scene, tok);
    if (d == NULL)
        return;
    ch_draft_set_span(scene, d, place->first, place->last);
    d->code = ch_place_code(scene, place);
    d->m.kind = CH_MENTION_PLACE;
    d->m.name = place->name;
    d->m.reason = "a place in it";
    d->part_of_name = ch_token_is_modifier(scene->doc, tok);
    ch_draft_encode(d);
}
