/* store/filter.h: what a question asks for, from pairs of key and value as options
 * of a command or the query part of an address give them: actor=FRA,
 * from=2024-01, near=Kherson,50km. Values parted by commas: any of them. A key
 * given again: this too. "not-" before a key: none of them. Says nothing of how a
 * store finds it (store/ask.h). */
#ifndef CHANCERY_STORE_FILTER_H
#define CHANCERY_STORE_FILTER_H

#include "base/arena.h"
#include "base/status.h"
#include "lexicon/lexicon.h"
#include "store/ask.h"

/* Memory of a filter's conditions: more than any question that a person or a program
 * asks, little enough for an open server. */
#define CH_FILTER_MEMORY_MAX ((size_t)1 << 20)

/* Kinds of records, as bits. */
enum {
    CH_KIND_EVENT = 1,
    CH_KIND_STATEMENT = 2,
    CH_KIND_AMOUNT = 4,
    CH_KIND_VOTE = 8,
    CH_KIND_RELATION = 16,
    CH_KIND_ALL = 31
};
#define CH_KIND_COUNT 5

/* "event" of the kind that `bit` is. */
const char *ch_kind_name(unsigned bit);

typedef enum {
    /* who */
    CH_KEY_ACTOR,     /* on the side that acts: holder, giver, voter, subject */
    CH_KEY_RECIPIENT, /* on the other: towards, receiver, object */
    CH_KEY_WITH,      /* on either */
    CH_KEY_BETWEEN,   /* two, one on each side */
    CH_KEY_SAID_BY,
    /* when */
    CH_KEY_DATE, CH_KEY_FROM, CH_KEY_TO, CH_KEY_PUBLISHED,
    /* where */
    CH_KEY_NEAR, CH_KEY_PLACE, CH_KEY_BOX,
    /* what */
    CH_KEY_KIND, CH_KEY_TYPE, CH_KEY_MODE, CH_KEY_CONTEXT, CH_KEY_CAMEO, CH_KEY_QUAD, CH_KEY_GOLDSTEIN, CH_KEY_STATUS,
    CH_KEY_CONFIDENCE, CH_KEY_MIN_CONFIDENCE, CH_KEY_RULE, CH_KEY_REPEATS,
    /* in which documents */
    CH_KEY_DOCUMENT, CH_KEY_ID, CH_KEY_LANGUAGE, CH_KEY_SOURCE, CH_KEY_TEXT,
    /* facts */
    CH_KEY_STANCE, CH_KEY_TOPIC, CH_KEY_QUOTED, CH_KEY_HOLDER, CH_KEY_TOWARDS,
    CH_KEY_WHAT, CH_KEY_GIVER, CH_KEY_RECEIVER, CH_KEY_STATE, CH_KEY_MIN, CH_KEY_MAX, CH_KEY_UNIT,
    CH_KEY_BODY, CH_KEY_OUTCOME, CH_KEY_VOTER, CH_KEY_BALLOT,
    CH_KEY_RELATION, CH_KEY_SUBJECT, CH_KEY_OBJECT,
    CH_KEY_COUNT
} ch_key;

typedef enum {
    CH_VALUE_WORD,    /* this very word */
    CH_VALUE_PREFIX,  /* what begins so */
    CH_VALUE_PART,    /* what has it in it, in any case */
    CH_VALUE_COUNTRY, /* anybody of the country, by its alpha-3 */
    CH_VALUE_CODE,    /* a code that begins so: "USAGOV" */
    CH_VALUE_SECTOR,  /* "REB", of whatever country */
    CH_VALUE_ENTITY,  /* id of an entry of the lexicon */
    CH_VALUE_NAME,    /* somebody whom the lexicon does not know: as the record names them */
    CH_VALUE_NUMBERS, /* from `low` to `high` */
    CH_VALUE_DAYS,    /* from `first` to `last` */
    CH_VALUE_CIRCLE,  /* `km` around a point */
    CH_VALUE_BOX,     /* from `low`, `west` to `high`, `east`; west > east where it lies across the 180th meridian */
    CH_VALUE_SEARCH   /* words that the document has */
} ch_value_kind;

/* A search: leaves are words, the others join what stands before them. In the
 * order in which a stack takes them: "a", "b", AND. */
typedef enum { CH_SEARCH_WORDS, CH_SEARCH_PREFIX, CH_SEARCH_AND, CH_SEARCH_OR, CH_SEARCH_AND_NOT } ch_search_op;

typedef struct {
    ch_search_op op;
    const char *words; /* of a leaf: one, or several that stand side by side */
} ch_search_step;

typedef struct {
    ch_value_kind kind;
    const char *text;  /* NUL-terminated, the filter's */
    double low, high;  /* -INFINITY, INFINITY where open */
    int32_t first, last; /* CH_DAY_MIN, CH_DAY_MAX where open */
    double latitude, longitude, km;
    double west, east;
    const ch_search_step *steps; /* [nstep] */
    uint32_t nstep;
} ch_value;

typedef struct ch_condition {
    ch_key key;
    bool negative;
    uint32_t count;
    ch_value *values;          /* [count] any of them; of `between` [split] on the one side, the rest on the other */
    uint32_t split;
    struct ch_condition *next; /* in the order given */
} ch_condition;

struct ch_filter {
    ch_arena arena;
    const ch_lexicon *lexicon;
    ch_lexicon *own_lexicon; /* to be closed with it; NULL where it is another's */
    ch_condition *first, **end;
    unsigned kinds;          /* asked for; 0: none were named */
    unsigned possible;       /* kinds that all of its keys can be asked of */
    const char *narrowed_by; /* the key that left so few */
};

/* The kinds that are asked for: those named, else events where the keys allow
 * them, else what the keys are of. */
unsigned ch_filter_kinds(const ch_filter *filter);

/* The key of that name, or CH_KEY_COUNT. */
ch_key ch_key_find(const char *name);
const char *ch_key_name(ch_key key);

/* Adds a condition with a value that was read before. */
ch_status ch_filter_add_value(ch_filter *filter, ch_key key, const ch_value *value, ch_error *err);

/* ---- what filter.c is made of; each fills *out from `text`, or says what is wrong */

/* Somebody: a country, a code, a sector, an entry of the lexicon, by name or id;
 * else CH_VALUE_NAME. */
ch_status ch_filter_who(ch_filter *filter, ch_value *out, ch_str text, ch_error *err);

/* "Kherson,50km"; "46.6,32.6,50km"; "Springfield,USA,20mi". */
ch_status ch_filter_near(ch_filter *filter, ch_value *out, ch_str text, ch_error *err);

/* A country, or the name of a place. */
ch_status ch_filter_place(ch_filter *filter, ch_value *out, ch_str text, ch_error *err);

/* "SOUTH,WEST,NORTH,EAST" in degrees. */
ch_status ch_filter_box(ch_filter *filter, ch_value *out, ch_str text, ch_error *err);

/* Words, "words side by side", begin*, OR, NOT or -, parentheses. */
ch_status ch_filter_search(ch_filter *filter, ch_value *out, ch_str text, ch_error *err);
ch_status ch_search_read(ch_value *out, ch_arena *arena, ch_str text, ch_error *err);

/* "2024", "2024-01", "2024-01-15", "2024-01..2024-03", "2024-01.."; into first and last. */
ch_status ch_filter_days(ch_value *out, ch_str text, ch_error *err);

/* "5", "-10..-5", "1.5bn.."; into low and high. */
ch_status ch_filter_numbers(ch_value *out, ch_str text, ch_error *err);
bool ch_filter_number(double *out, ch_str text);

/* `text` as a string of the filter's; NULL when there is no memory. */
const char *ch_filter_copy(ch_filter *filter, ch_str text);

/* Offers what a party (`places`: a place) may be called in the lexicon. */
struct ch_close;
void ch_filter_offer_names(const ch_lexicon *lexicon, struct ch_close *close, bool places);

#endif
