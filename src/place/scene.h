/* place/scene.h: what the files of this stage share while they read a document.
 *
 *   scan.c      words → candidates: names of the gazetteer and of countries, and
 *               runs of proper nouns that nobody knows
 *   weigh.c     which candidates are places here, by the words around them: those that
 *               refuse.c leaves, and by one another in neighbours.c
 *   resolve.c   which place of that name is meant
 *   find.c      the stage from end to end
 */
#ifndef CHANCERY_PLACE_SCENE_H
#define CHANCERY_PLACE_SCENE_H

#include "base/hash.h"
#include "lexicon/frames.h"
#include "lexicon/gazetteer.h"
#include "place/place.h"

typedef enum { CH_CANDIDATE_OPEN, CH_CANDIDATE_PLACE, CH_CANDIDATE_REFUSED } ch_candidate_state;

/* What a candidate may be: a country, or an entry of the gazetteer. */
typedef struct {
    uint32_t country; /* in countries, or CH_NONE */
    uint32_t entry;   /* in the gazetteer, or CH_NONE for the country itself */
} ch_sense;

#define CH_NO_SENSE ((ch_sense){CH_NONE, CH_NONE})

typedef struct {
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint32_t end;          /* byte where the name ends: inside the last token for "Paris-based" */
    uint32_t sentence;
    const ch_name *names;  /* [nname] all that it may stand for; none for a name that nobody knows */
    uint32_t nname;
    uint32_t nouns;        /* ch_place_kind bits that a noun beside it asks for; 0: none stands there */
    uint32_t container;    /* candidate behind it that it lies in ("Paris, Texas"), or CH_NONE */
    uint32_t group;        /* first candidate of the same name */
    float weight;          /* evidence that it is a place */
    uint8_t state;         /* ch_candidate_state */
    bool strong;           /* known well enough to need no evidence */
    bool brief;            /* an abbreviation that means a place only behind a comma: "Ill.", "TX" */
    bool locative;
    bool person;           /* of a group's first: the name is a person's somewhere in the document */
    bool accepted;         /* of a group's first: one of them is a place */
    ch_sense told;         /* of a group's first: what the words beside one of them said */
    bool certain;          /* its sense is told beside it: a container, a noun */
    ch_sense sense;
    const char *reason;
} ch_candidate;

/* Classes of words, from lexicon/places/. */
typedef struct {
    uint32_t locative, direction, inside, weak; /* prepositions, by how much they say */
    uint32_t of, at, in;
    uint32_t motion, conquest, speech;          /* verbs */
    uint32_t head, tail, prefix, particle;      /* words of a place's name */
    uint32_t institution, government, eponym, disease, school; /* of another's name */
    uint32_t title, people, between, doubtful;
    uint32_t nouns[CH_PLACE_KIND_COUNT]; /* those for a kind of place, CH_NONE where there are none */
} ch_place_sets;

/* A sum for each of a few keys: open addressing, power of two. */
typedef struct {
    uint64_t *keys; /* 0: free */
    float *sums;
    uint32_t nslot;
} ch_tally;

/* Divisions that a name may lie in and still speak for each. */
#define CH_DIVISIONS_MAX 4

typedef struct {
    const ch_lexicon *lex;
    ch_document *doc;
    const ch_gazetteer_place *gazetteer;
    uint32_t ngazetteer;
    ch_place_sets sets;
    ch_candidate *candidates; /* [ncandidate] in text order, no two on one token */
    uint32_t ncandidate, room;
    uint32_t *candidate_of; /* [ntok] or CH_NONE */
    bool *other;            /* [ntok] in a name of the lexicon that is no place: "Bank of Japan" */
    bool *nationality;      /* [ntok] in an adjective or demonym of a country */
    bool *timed;            /* [ntok] in a time expression */
    float *countries;       /* [ncountry] how much the document speaks of each */
    float country_total;
    ch_tally divisions;     /* the same for first-level divisions */
    ch_map groups;          /* folded name -> first candidate */
    bool out_of_memory;
} ch_scene;

/* Fills candidates, and counts in `countries` what adjectives and demonyms say. */
void ch_place_scan(ch_scene *scene);

/* Decides the state of each candidate. */
void ch_place_weigh(ch_scene *scene);

/* How much the names around a candidate speak for a sense of it, by having a
 * sense near that themselves: about one for each that has no other sense.
 * `accepted`: those alone that are places by now. */
float ch_place_company(const ch_scene *scene, uint32_t index, ch_sense sense, bool accepted);

/* Gives each place its sense. */
void ch_place_resolve(ch_scene *scene);

/* ------------------------------------------------------------------- shared */

/* The sum under a key, 0 where there is none; adding makes it, of as many keys as the
 * tally was made for. */
float ch_tally_get(const ch_tally *tally, uint64_t key);
void ch_tally_add(ch_tally *tally, uint64_t key, float more);

/* The sense that name `i` of a candidate gives; false for names of other kinds. */
bool ch_candidate_sense(const ch_scene *scene, const ch_candidate *c, uint32_t i, ch_sense *out);

static inline const ch_gazetteer_place *
ch_sense_entry(const ch_scene *scene, ch_sense sense)
{
    return sense.entry == CH_NONE ? NULL : &scene->gazetteer[sense.entry];
}

/* The key of a first-level division in `divisions`. */
static inline uint64_t
ch_division_key(uint32_t country, ch_lexstr admin)
{
    return (uint64_t)(country + 1) << 32 | admin;
}

/* Whether `inner` lies in `outer`. */
bool ch_sense_inside(const ch_scene *scene, ch_sense inner, ch_sense outer);

/* Whether only white space, or one comma and white space, parts two tokens. */
bool ch_gap_is_space(const ch_document *doc, uint32_t tok);
bool ch_token_is_comma(const ch_document *doc, uint32_t tok);

bool ch_begins_with_capital(ch_str s);

/* Whether a token's form or lemma is in the set. */
static inline bool
ch_token_in_set(const ch_scene *scene, uint32_t set, uint32_t tok)
{
    const ch_token *t = &scene->doc->toks[tok];
    return ch_set_has(scene->lex, set, t->form_word) || ch_set_has(scene->lex, set, t->lemma_word);
}

static inline ch_str
ch_token_text(const ch_document *doc, uint32_t tok)
{
    return ch_span_text(doc, doc->toks[tok].span);
}

#endif
