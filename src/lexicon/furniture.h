/* lexicon/furniture.h: the phrases of page furniture as compiled. Their language
 * is described in docs/lexicon.md: a phrase is a row of items (words, marks,
 * numbers, names, the members of a class, the forms of a part). */
#ifndef CHANCERY_LEXICON_FURNITURE_H
#define CHANCERY_LEXICON_FURNITURE_H

#include "lexicon/lexicon.h"

enum {
    CH_SECTION_FURNITURE_ENTRIES = CH_SECTION_FURNITURE, /* ch_furniture_entry */
    CH_SECTION_FURNITURE_PHRASES,                        /* ch_furniture_phrase */
    CH_SECTION_FURNITURE_ITEMS,                          /* ch_furniture_item */
    CH_SECTION_FURNITURE_WORDS,                          /* u32 */
    CH_SECTION_FURNITURE_MEMBERS,                        /* ch_furniture_member */
    CH_SECTION_FURNITURE_PARTS                           /* ch_furniture_part */
};

/* What a date in an entry says, the best first. */
typedef enum {
    CH_FURNITURE_NO_DATE,
    CH_FURNITURE_PUBLISHED,
    CH_FURNITURE_UPDATED,
    CH_FURNITURE_DATED /* it stands alone: only at the head of a report is it the publication's */
} ch_furniture_date;

typedef struct {
    ch_lexstr id;
    uint32_t date; /* ch_furniture_date */
    uint32_t most; /* words that "..." may stand for */
    ch_lexplace place;
} ch_furniture_entry;

/* Where a phrase must stand in its paragraph. */
typedef enum { CH_FURNITURE_LINE, CH_FURNITURE_BEGIN, CH_FURNITURE_END, CH_FURNITURE_FORM } ch_furniture_where;

typedef struct {
    uint32_t where; /* ch_furniture_where */
    uint32_t entry; /* of a form: its part */
    uint32_t first; /* items [first, first + count) */
    uint32_t count;
} ch_furniture_phrase;

typedef enum {
    CH_ITEM_WORD,     /* one of words [first, first + count) */
    CH_ITEM_MARK,     /* the code point `first` */
    CH_ITEM_NUMBER,   /* "1,200" */
    CH_ITEM_DAY,      /* 1 to 31 */
    CH_ITEM_MONTH,    /* 1 to 12 */
    CH_ITEM_YEAR,     /* four digits */
    CH_ITEM_CLASS,    /* a member of class `first` */
    CH_ITEM_PART,     /* a form of part `first` */
    CH_ITEM_NAME,     /* words with a capital */
    CH_ITEM_CAPITALS, /* words in capitals */
    CH_ITEM_MEDIUM,   /* a medium that the lexicon knows */
    CH_ITEM_LINK,     /* an address or a handle */
    CH_ITEM_REST      /* all that is left */
} ch_furniture_item_kind;

enum {
    CH_ITEM_OPTIONAL = 1,
    CH_ITEM_CAPITAL = 2, /* a word that needs a capital */
    CH_ITEM_CREDIT = 4,  /* names whom the report is owed to */
    CH_ITEM_INSIDE = 8   /* within braces: this is the furniture, the rest is read */
};

typedef struct {
    uint32_t kind;  /* ch_furniture_item_kind */
    uint32_t flags; /* CH_ITEM_* */
    uint32_t first;
    uint32_t count;
} ch_furniture_item;

/* Classes and parts that intake itself asks for. */
#define CH_FURNITURE_MONTHS "month"
#define CH_FURNITURE_PARTICLES "particle"

/* A word of a class. */
typedef struct {
    uint32_t class; /* index among the parts */
    uint32_t word;
    uint32_t number; /* of a month: 1 to 12 */
    uint32_t spare;
} ch_furniture_member;

/* A class or a part: forms are phrases [first, first + count). */
typedef struct {
    ch_lexstr id;
    uint32_t first;
    uint32_t count;
} ch_furniture_part;

typedef struct {
    const ch_lexicon *lexicon;
    const ch_furniture_entry *entries;
    const ch_furniture_phrase *phrases;
    const ch_furniture_item *items;
    const uint32_t *words;
    const ch_furniture_member *members; /* by class, then by word */
    const ch_furniture_part *parts;
    uint32_t nentry, nphrase, nitem, nword, nmember, npart;
    uint32_t months, particles; /* classes, or CH_NONE */
} ch_furniture_table;

/* Finds the sections; a lexicon without furniture gives none and CH_OK.
 *   CH_E_FORMAT */
ch_status ch_furniture_open(ch_furniture_table *out, const ch_lexicon *lexicon, ch_error *err);

/* The member of `class` that is `word`, or NULL. */
const ch_furniture_member *ch_furniture_member_of(const ch_furniture_table *table, uint32_t class, uint32_t word);

#endif
