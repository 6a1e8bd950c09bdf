/* lexicon/layouts.h: the tables that records are exported as, and how their codes
 * are named in other schemes. Blocks `layout` and `codes` in docs/lexicon.md. */
#ifndef CHANCERY_LEXICON_LAYOUTS_H
#define CHANCERY_LEXICON_LAYOUTS_H

#include "lexicon/lexicon.h"

enum {
    CH_SECTION_CODES = CH_SECTION_ODDS + 1, /* ch_code, by table, then by `from` */
    CH_SECTION_LAYOUTS,                     /* ch_layout */
    CH_SECTION_COLUMNS                      /* ch_column */
};

typedef struct {
    ch_lexstr table;
    ch_lexstr from;
    ch_lexstr to;
} ch_code;

/* What has a row of its own. */
typedef enum {
    CH_ROWS_DYADS,    /* of an event each pair of an actor and a recipient */
    CH_ROWS_MENTIONS, /* of each such pair each telling: the event and what restates it */
    CH_ROWS_DOCUMENTS, CH_ROWS_EVENTS,
    CH_ROWS_PARTICIPANTS, /* of events */
    CH_ROWS_STATEMENTS, CH_ROWS_AMOUNTS, CH_ROWS_VOTES, CH_ROWS_BALLOTS, CH_ROWS_RELATIONS,
    CH_ROWS_COUNT
} ch_row_kind;

enum {
    CH_NEED_ACTOR = 1,     /* one that has a code */
    CH_NEED_RECIPIENT = 2,
    CH_NEED_PARTY = 4,     /* one of both */
    CH_NEED_CAMEO = 8,     /* a CAMEO code; of a planned act that of its intent */
    CH_NEED_DAY = 16
};

enum {
    CH_LAYOUT_COMMAS = 1, /* else tabs */
    CH_LAYOUT_HEADER = 2,
    CH_LAYOUT_REPEATS = 4 /* also events that restate another */
};

typedef struct {
    ch_lexstr id;
    ch_lexstr label;
    uint32_t rows;     /* ch_row_kind */
    uint32_t needs;    /* CH_NEED_* */
    uint32_t statuses; /* 1 << status of those kept unless the user names others */
    uint32_t flags;    /* CH_LAYOUT_* */
    ch_lexstr list;    /* between values of one column */
    ch_lexstr missing; /* in an empty column */
    ch_lexstr once;    /* a template: of rows of a document that have the same the first is kept; "" is none */
    uint32_t first_column;
    uint32_t ncolumn;
} ch_layout;

typedef struct {
    ch_lexstr name;
    ch_lexstr type; /* see ch_column_types */
    ch_lexstr content; /* a template */
    ch_lexstr note;
    uint32_t optional; /* 1: a row without it has no such column */
} ch_column;

/* NULL-ended. */
extern const char *const ch_column_types[];
extern const char *const ch_claim_names[]; /* a record's `status`, in the order of the bits */

typedef struct {
    const ch_code *codes;
    const ch_layout *layouts;
    const ch_column *columns;
    uint32_t ncode, nlayout, ncolumn;
} ch_layouts;

const ch_layouts *ch_lexicon_layouts(const ch_lexicon *lexicon);

/* The layout of that id, or NULL. */
const ch_layout *ch_layout_find(const ch_lexicon *lexicon, ch_str id);

/* What `from` is called in a table; NULL where the table has it not. */
const char *ch_code_find(const ch_lexicon *lexicon, ch_str table, ch_str from);

/* The bit of a status, 0 where it is none. */
uint32_t ch_claim_bit(ch_str name);

#endif
