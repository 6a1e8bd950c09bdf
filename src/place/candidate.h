/* place/candidate.h: what weigh.c, refuse.c and neighbours.c ask of a candidate: the
 * words around it and what its name may stand for. */
#ifndef CHANCERY_PLACE_CANDIDATE_H
#define CHANCERY_PLACE_CANDIDATE_H

#include "place/scene.h"

/* A candidate with this much evidence is a place; what everybody knows starts there. */
#define CH_WEIGHT_ENOUGH 2.0f
/* A name that nobody knows needs more: a word that says what it is. */
#define CH_WEIGHT_UNKNOWN 3.0f

/* --- the words around it */

/* Whether the token is written with a capital. */
bool ch_capital_at(const ch_scene *scene, uint32_t tok);

/* The sentence that it stands in. */
const ch_sentence *ch_candidate_sentence(const ch_scene *scene, const ch_candidate *c);

/* The token before and the one behind, or CH_NONE at the sentence's ends; none is
 * behind a name that ends inside its token. */
uint32_t ch_candidate_before(const ch_scene *scene, const ch_candidate *c);
uint32_t ch_candidate_behind(const ch_scene *scene, const ch_candidate *c);

/* The preposition before it, over "the nearby", or CH_NONE. */
uint32_t ch_candidate_preposition(const ch_scene *scene, const ch_candidate *c);

/* The ch_place_kind bits of the kinds that the noun names, 0 for another word. */
uint32_t ch_noun_kinds(const ch_scene *scene, uint32_t tok);

/* "the village of X", "X district", "village X": the same bits, by the noun. */
uint32_t ch_candidate_noun(const ch_scene *scene, const ch_candidate *c);

/* Whether one of its words is tagged as a name. */
bool ch_candidate_is_proper(const ch_scene *scene, const ch_candidate *c);

/* --- what its name may stand for */

/* Whether one of the names it may stand for is a country's, a capital's, a person's. */
bool ch_candidate_has_country(const ch_candidate *c);
bool ch_candidate_has_capital(const ch_candidate *c);
bool ch_candidate_has_person(const ch_scene *scene, const ch_candidate *c);

/* Known well enough to need no evidence. */
bool ch_candidate_is_strong(const ch_scene *scene, const ch_candidate *c);

/* So great a city that its name is first of all that. */
bool ch_candidate_is_metropolis(const ch_scene *scene, const ch_candidate *c);

/* A state or a first-level division. */
bool ch_candidate_is_state(const ch_scene *scene, const ch_candidate *c);

/* Whether one may lie in the other. */
bool ch_candidate_lies_in(const ch_scene *scene, const ch_candidate *inner, const ch_candidate *outer);

/* --- steps of ch_place_weigh() */

/* "Nyanza Province", "Lake Geneva": the noun, written with a capital, belongs
 * to the name and says of what kind it is. */
void ch_candidate_take_nouns(ch_scene *scene, uint32_t index);

/* Whether it is part of another name or word, or nothing that a report means as a
 * place: to be refused. */
bool ch_candidate_is_refused(ch_scene *scene, ch_candidate *c);

/* Settles the states of all candidates by one another. */
void ch_place_ask_neighbours(ch_scene *scene);

#endif
