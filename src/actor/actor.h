/* actor/actor.h: who is who, on that day. Reads the graph, the words and the
 * publication date; adds doc->mentions and doc->mention_of. */
#ifndef CHANCERY_ACTOR_ACTOR_H
#define CHANCERY_ACTOR_ACTOR_H

#include "intake/document.h"
#include "lexicon/lexicon.h"

typedef enum {
    CH_MENTION_COUNTRY,      /* a state as such: "France", "Paris insists" */
    CH_MENTION_PERSON,       /* a named or described person */
    CH_MENTION_AGENT,        /* a role noun: "French troops", "protesters" */
    CH_MENTION_ORGANISATION, /* bodies, organisations, groups, companies, media */
    CH_MENTION_PEOPLE,       /* "Frenchmen", "Kurds" */
    CH_MENTION_PLACE,        /* a place or country that is only where something is */
    CH_MENTION_OTHER         /* a noun phrase with an owner but no role: "the French plan" */
} ch_mention_kind;

/* A noun phrase that may take part in an act. One for each member of a
 * coordination: "Senior Hungarian and Romanian officials" gives two with the
 * same head; they are chained by `also`. */
typedef struct ch_mention {
    uint32_t head;  /* token */
    uint32_t first; /* tokens [first, last): the words quoted for it */
    uint32_t last;
    ch_span span;
    ch_mention_kind kind;
    char code[16];    /* "USAGOV", "" when unknown */
    char country[4];  /* alpha-3 or "" */
    char sector[4];   /* first sector or "" */
    const char *name; /* the lexicon's name, or NULL */
    const char *entity; /* the lexicon's id, or NULL */
    uint32_t actor;     /* index in lexicon->actors, or CH_NONE */
    uint32_t via;       /* mention through which it was resolved, or CH_NONE */
    uint32_t also;      /* next mention with the same head, or CH_NONE */
    bool human;         /* can speak, want and decide: persons, bodies, groups, governments */
    bool armed;
    bool plural;
    bool attributes; /* a medium that only reports */
    const char *reason; /* how it was resolved, for explain */
} ch_mention;

/* Needs doc->toks, doc->times and doc->places. A document without words gets none.
 *   CH_E_NOMEM    the arena is at its limit; it is as it was before the call */
ch_status ch_find_actors(const ch_lexicon *lexicon, ch_document *doc, ch_error *err);

#endif
