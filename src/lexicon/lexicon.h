/* lexicon/lexicon.h: the compiled lexicon, mapped. Its arrays lie in the file as
 * they are used; strings are offsets into one pool (ch_lexicon_string). A
 * lexicon is read-only once open and may be shared between threads. The file's
 * layout is in docs/lexicon-file.md. */
#ifndef CHANCERY_LEXICON_LEXICON_H
#define CHANCERY_LEXICON_LEXICON_H

#include "base/mapped.h"
#include "base/span.h"
#include "base/status.h"
#include "lexicon/sections.h"

/* Days since 1970-01-01; the two ends of "always". */
#define CH_DAY_MIN (INT32_MIN + 1)
#define CH_DAY_MAX INT32_MAX

/* A string in the pool: its offset. 0 is the empty string. */
typedef uint32_t ch_lexstr;

/* Where an entry stands in lexicon/. */
typedef struct {
    ch_lexstr file;
    uint32_t line;
} ch_lexplace;

typedef struct {
    ch_lexstr id; /* ISO 3166-1 alpha-3, or 3166-3 for a state that has ended */
    ch_lexstr name;
    int32_t from; /* days; the state existed from..to, both included */
    int32_t to;
    uint32_t whole;     /* the country that it was a part of, or CH_NONE, */
    int32_t whole_from; /* from..to, both included */
    int32_t whole_to;
    float latitude;
    float longitude; /* NAN where no point is given */
    char iso2[4];
    ch_lexplace place;
} ch_country;

typedef enum {
    CH_ACTOR_PERSON,
    CH_ACTOR_BODY,
    CH_ACTOR_ORGANISATION,
    CH_ACTOR_GROUP,
    CH_ACTOR_COMPANY,
    CH_ACTOR_MEDIUM,
    CH_ACTOR_PEOPLE
} ch_actor_kind;

typedef struct {
    ch_lexstr id;
    ch_lexstr name;
    uint32_t kind; /* ch_actor_kind */
    uint32_t sex;  /* 'm', 'f' or 0 */
    int32_t from;
    int32_t to;
    uint32_t first_role; /* roles [first_role, first_role + nrole), in the order of the file */
    uint32_t nrole;
    uint32_t first_member; /* in `members` */
    uint32_t nmember;
    ch_lexplace place;
} ch_actor;

typedef struct {
    int32_t from; /* days, both ends included */
    int32_t to;
    ch_lexstr code; /* "FRAGOV" */
    ch_lexstr title;
} ch_role;

typedef enum { CH_AGENT_PERSON, CH_AGENT_PEOPLE, CH_AGENT_BODY, CH_AGENT_THING } ch_agent_class;

typedef struct {
    ch_lexstr id;
    ch_lexstr code; /* "GOV", "GOVMIL" */
    uint32_t class; /* ch_agent_class */
    ch_lexplace place;
} ch_agent;

/* What a name may stand for. */
typedef enum {
    CH_NAME_COUNTRY,   /* entry: countries */
    CH_NAME_ADJECTIVE, /* "French" */
    CH_NAME_DEMONYM,   /* "Frenchmen" */
    CH_NAME_CAPITAL,
    CH_NAME_SEAT,
    CH_NAME_REGION,
    CH_NAME_ACTOR,           /* entry: actors */
    CH_NAME_ACTOR_ADJECTIVE, /* "Kurdish", "Hamas-run" */
    CH_NAME_AGENT,           /* entry: agents; singular */
    CH_NAME_AGENT_PLURAL,
    CH_NAME_AGENT_MODIFIER,
    CH_NAME_PLACE,     /* entry: gazetteer (lexicon/gazetteer.h) */
    CH_NAME_TIME,      /* entry: time phrases (lexicon/timewords.h) */
    CH_NAME_FURNITURE, /* entry: furniture phrases */
    CH_NAME_DISCARD,   /* entry: discards (lexicon/frames.h) */
    CH_NAME_KIND_COUNT
} ch_name_kind;

enum {
    CH_NAME_CAPS = 1,   /* written in capitals: "WHO" matches only in capitals */
    CH_NAME_CAPITAL_1 = 2, /* begins with a capital: needs one in the text, unless no other English word is written so */
    CH_NAME_CAPITAL_N = 4  /* its last word of several does, too */
};

typedef struct {
    uint32_t entry; /* index in the array that `kind` names */
    ch_lexstr form; /* as written in lexicon/ */
    uint8_t kind;   /* ch_name_kind */
    uint8_t flags;  /* CH_NAME_* */
    uint16_t spare;
} ch_name;

/* A form that a word of the frames takes as a verb. */
typedef struct {
    uint32_t form;  /* word */
    uint32_t lemma; /* word */
    ch_lexstr text; /* of the lemma */
    uint32_t order; /* in which it was made: of two lemmas the first stands */
} ch_inflection;

typedef struct ch_lexicon {
    ch_image image;
    const char *strings;
    const ch_country *countries; /* [ncountry] */
    const ch_actor *actors;      /* [nactor] */
    const ch_role *roles;        /* [nrole] */
    const uint32_t *members;     /* [nmember] indices of countries */
    const ch_agent *agents;      /* [nagent] */
    const ch_name *names;        /* [nname] grouped by trie node */
    const ch_inflection *inflections; /* [ninflection] by form */
    uint32_t ncountry, nactor, nrole, nmember, nagent, nname, ninflection;
} ch_lexicon;

/* The verb that a word is a form of, or NULL. */
const ch_inflection *ch_lexicon_inflection(const ch_lexicon *lexicon, uint32_t form);

/* Maps the compiled lexicon at `path`.
 *   CH_E_IO, CH_E_FORMAT */
ch_status ch_lexicon_open(ch_lexicon **out, const char *path, ch_error *err);

/* The same of an image in memory, which becomes the lexicon's, on failure too. */
ch_status ch_lexicon_adopt(ch_lexicon **out, ch_image *image, ch_error *err);
void ch_lexicon_close(ch_lexicon *lexicon); /* NULL is allowed */

/* The pool's string; NUL-terminated. */
static inline const char *
ch_lexicon_string(const ch_lexicon *lexicon, ch_lexstr s)
{
    return lexicon->strings + s;
}

/* The number of a folded word (ch_fold), 0 when the lexicon does not have it.
 * Spelling variants ("defense", "defence") have one number. */
uint32_t ch_lexicon_word(const ch_lexicon *lexicon, const char *folded, size_t len);

/* Names are a trie over words. From node `node` (0 is the root) over `word`:
 * the next node, or 0 when no name goes that way. */
uint32_t ch_lexicon_step(const ch_lexicon *lexicon, uint32_t node, uint32_t word);

/* The names that end at `node`: *count of them, NULL when there is none. */
const ch_name *ch_lexicon_names_at(const ch_lexicon *lexicon, uint32_t node, uint32_t *count);

/* The names that are written like `text`, a leading "the" left out: *count of
 * them, NULL and 0 when there is none. */
const ch_name *ch_lexicon_find_names(const ch_lexicon *lexicon, ch_str text, uint32_t *count);

/* The role that holds on `day`; on CH_NO_DAY, and where none holds, the last
 * that began before it, else the first. NULL when the actor has none.
 * *holds (may be NULL) says whether it holds on that day. */
const ch_role *ch_lexicon_role(const ch_lexicon *lexicon, const ch_actor *actor, int32_t day, bool *holds);

/* The country with this alpha-3 id (3 bytes), or CH_NONE. */
uint32_t ch_lexicon_country(const ch_lexicon *lexicon, const char *id);

/* The country that `country` was a part of on `day` ("Azerbaijan" in 1988: the
 * Soviet Union), else itself. */
uint32_t ch_lexicon_state(const ch_lexicon *lexicon, uint32_t country, int32_t day);

#endif
