/* actor/draft.h: a head's phrase becomes drafts, by what its head is: a country or
 * place (country.c), an actor of the lexicon (named.c), a role or a noun with an
 * owner (role.c). draft.c says which. Each adds to scene->drafts; without memory
 * it adds nothing, and scene->out_of_memory holds. */
#ifndef CHANCERY_ACTOR_DRAFT_H
#define CHANCERY_ACTOR_DRAFT_H

#include "actor/phrase.h"

/* A capital that stands for its government: as one that acts or is dealt with,
 * not as a place and not before a noun ("Khartoum government"). */
void ch_draft_country(ch_scene *scene, const ch_match *match);

/* "French" before a noun; "the French", "Frenchmen" on their own. */
void ch_draft_nationality(ch_scene *scene, const ch_match *match);

/* The place that the place stage found at `tok`, where its country is known. */
void ch_draft_place(ch_scene *scene, uint32_t tok);

/* "rebel" of "rebel attack", "NATO" of "NATO raid": whom the noun belongs to. */
void ch_draft_modifier(ch_scene *scene, const ch_match *match);

/* The phrase of an actor that the lexicon knows by name. */
void ch_draft_actor(ch_scene *scene, const ch_np *p, const ch_match *match);

/* Any other phrase: a draft for each of its owners, one where it has none. */
void ch_draft_roles(ch_scene *scene, const ch_np *p);

/* "a group of Moroccan diplomats", "two of its nationals": who is counted is
 * meant. False when nothing is known of them. */
bool ch_draft_counted(ch_scene *scene, const ch_np *p);

/* "Thousands marched", "at least 12 were killed": people, where the verb is one that only
 * people do or suffer. False where they are none. */
bool ch_draft_crowd(ch_scene *scene, const ch_np *p);

/* --- what they share */

/* Name, entity and kind of the lexicon's actor of that index. */
void ch_draft_set_actor(const ch_scene *scene, ch_draft *d, uint32_t actor);

/* Its words are the tokens [first, last). */
void ch_draft_set_span(const ch_scene *scene, ch_draft *d, uint32_t first, uint32_t last);

/* The role noun of the phrase and the word that makes its title, where it has one. */
void ch_draft_set_role(const ch_scene *scene, ch_draft *d, const ch_np *p);

/* "ELI" instead of the office that one has lost. */
void ch_draft_demote(ch_draft *d);

/* The word that makes the title: "secretary" of "secretary of state". */
uint32_t ch_match_title(const ch_scene *scene, const ch_match *role);

/* The surname of the name [first, last): "Marcos" of "Ferdinand Marcos Jr." */
uint32_t ch_match_surname(const ch_scene *scene, uint32_t first, uint32_t last);

/* Whether the word, or the coordination it is in, describes a noun behind it. */
bool ch_token_is_modifier(const ch_document *doc, uint32_t tok);

static inline bool
ch_token_is_plural(const ch_token *tok)
{
    return (tok->morph & CH_M_PLUR) != 0;
}

#endif
