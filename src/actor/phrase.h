/* actor/phrase.h: the words around a head, told apart by what they do for it:
 *
 *     the  former   French   defence   minister   Michele Alliot-Marie   of ...
 *     |    former   owner    modifier  role       name                   owner
 *     first                                                              last
 *
 * The base noun phrase [first, last) is read off the row of words more than off
 * the edges between them: parsers err most inside of names and titles. */
#ifndef CHANCERY_ACTOR_PHRASE_H
#define CHANCERY_ACTOR_PHRASE_H

#include "actor/scene.h"

/* Owners of one head that are kept apart: "Hungarian, Romanian and … officials". */
#define CH_OWNERS_MAX 8

/* A country or organisation that the phrase belongs to. */
typedef struct {
    ch_code code;
    uint32_t tok;
    uint32_t actor;  /* index in lexicon->actors, or CH_NONE */
    uint32_t draft;  /* where it is a mention of its own, else CH_NONE */
    bool country;    /* a country by its name or adjective */
    bool person;
    bool linked;     /* coordinated with the one before it */
    const char *how; /* "adjective", "of", ... */
} ch_owner;

typedef struct {
    uint32_t head;
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint32_t unit_first; /* tokens of the head's own name or role noun */
    uint32_t unit_last;
    uint32_t role;    /* match, or CH_NONE */
    uint32_t person;  /* match of a known person, or CH_NONE */
    uint32_t name_first; /* tokens of a name the lexicon does not have; equal: none */
    uint32_t name_last;
    char modifier[13];  /* sectors of the words before the role */
    ch_owner owners[CH_OWNERS_MAX];
    uint32_t nowner;
    uint32_t late_owner; /* head of an owner that is not known yet, or CH_NONE */
    uint32_t used_last;  /* token behind the last that a preposition gave */
    bool former;
    bool ethnic;
    bool definite;
} ch_np;

/* `head` is no modifier; its dependents have their drafts. */
void ch_np_read(const ch_scene *scene, uint32_t head, ch_np *p);

/* Whether the name may be an adjective of a country or an organisation. */
bool ch_is_nationality(const ch_document *doc, const ch_match *match);

/* Whether nothing but adjectives parts the match from a role noun behind it. */
bool ch_stands_before_role(const ch_scene *scene, const ch_match *match);

/* The code of the state that a place lies in on the day of the report, "" where that
 * is unknown. */
ch_code ch_place_code(const ch_scene *scene, const ch_place *place);

/* The code of what a name stands for on the day of the report. *holds (may be
 * NULL): whether an actor's role holds on that day. */
ch_code ch_name_code(const ch_scene *scene, const ch_name *name, bool *holds);

#endif
