/* lexicon/pattern.h: the patterns of time rules and furniture phrases, as
 * compiled, and their matching. A text is cut into pieces (words, numbers,
 * marks) and a pattern is a small program that runs over them:
 *
 *     [the] <1-31:day> ( th | nd ) of <month>
 *
 * The language is described in docs/lexicon.md. Programs are tried from one
 * piece on; the longest match of a rule wins. */
#ifndef CHANCERY_LEXICON_PATTERN_H
#define CHANCERY_LEXICON_PATTERN_H

#include "base/arena.h"
#include "lexicon/lexicon.h"

/* Sections of patterns. */
enum {
    CH_SECTION_PATTERN_CLASSES = CH_SECTION_TIMES, /* ch_pattern_class */
    CH_SECTION_PATTERN_MEMBERS,                    /* ch_pattern_member, by first word */
    CH_SECTION_PATTERN_WORDS,                      /* u32 words of members */
    CH_SECTION_PATTERN_GROUPS,                     /* ch_pattern_group */
    CH_SECTION_PATTERN_RULES,                      /* ch_pattern_rule */
    CH_SECTION_PATTERN_CODE,                       /* ch_pattern_step */
    CH_SECTION_PATTERN_SLOTS,                      /* ch_lexstr names of slots */
    CH_SECTION_PATTERN_STARTS,                     /* ch_pattern_start, by word */
    CH_SECTION_PATTERN_START_RULES,                /* u32 rules */
    CH_SECTION_PATTERN_MAKES                       /* ch_make_node, see lexicon/timewords.h */
};

/* --------------------------------------------------------------- as compiled */

/* Most captures of one rule. */
#define CH_PATTERN_SLOTS_MAX 10

typedef struct {
    ch_lexstr id;
} ch_pattern_class;

enum {
    CH_MEMBER_CAPITAL = 1, /* needs a capital in the text */
    CH_MEMBER_DOT = 2      /* an abbreviation: a period behind it belongs to it */
};

/* A word, or several, of a class. */
typedef struct {
    uint32_t class;
    uint32_t first_word; /* in pattern words; the first of them is the sort key */
    uint32_t nword;
    uint32_t flags; /* CH_MEMBER_* */
    ch_lexstr value;
    int32_t number; /* the value as a number, or INT32_MIN */
} ch_pattern_member;

/* Rules that stand for one another. */
typedef struct {
    ch_lexstr id;
} ch_pattern_group;

typedef enum {
    CH_STEP_MATCH,  /* the end */
    CH_STEP_WORD,   /* the word a; a capital first when b */
    CH_STEP_MARK,   /* the code point a */
    CH_STEP_TIGHT,  /* no white space before the next piece */
    CH_STEP_RANGE,  /* a number from a to b, of at least `extra` digits */
    CH_STEP_CLASS,  /* a member of class a */
    CH_STEP_GROUP,  /* a match of group a */
    CH_STEP_SPLIT,  /* go on at a, or else at b */
    CH_STEP_JUMP,   /* go on at a */
    CH_STEP_NUMBER, /* a cardinal number in digits or words */
    CH_STEP_ANY,    /* any word */
    CH_STEP_NAME,   /* a name of one or several capitalised words */
    CH_STEP_CAPS,   /* the same in capitals */
    CH_STEP_MEDIUM, /* a medium that the lexicon knows */
    CH_STEP_LINK,   /* an address: "https://…", "www.…", "@name", "a@b.org" */
    CH_STEP_REST    /* all that is left */
} ch_step_kind;

#define CH_NO_SLOT 0xFFu

typedef struct {
    uint8_t kind; /* ch_step_kind */
    uint8_t slot; /* where the match is kept, or CH_NO_SLOT */
    uint8_t extra;
    uint8_t spare;
    uint32_t a;
    uint32_t b;
} ch_pattern_step;

typedef struct {
    ch_lexstr id;
    uint32_t group;
    uint32_t code; /* first step */
    /* Programs for what stands around the match, or CH_NONE: they must match
     * (left, right) or must not (not_left, not_right). */
    uint32_t left, not_left, right, not_right;
    uint32_t first_slot; /* names of its slots */
    uint32_t nslot;
    uint32_t make;  /* time rules: ch_make_node; furniture: ch_furniture_entry */
    uint32_t type;  /* time rules: a ch_time_type plus one, or 0 */
    uint32_t order; /* in the files */
} ch_pattern_rule;

/* A word that may begin rules [first, first + count) of the start rules. */
typedef struct {
    uint32_t word; /* or one of CH_START_* */
    uint32_t first;
    uint32_t count;
} ch_pattern_start;

#define CH_START_NUMBER 0xFFFFFFF0u
#define CH_START_MARK 0xFFFFFFF1u
#define CH_START_ANY 0xFFFFFFF2u

typedef struct {
    const ch_lexicon *lexicon;
    const ch_pattern_class *classes;
    const ch_pattern_member *members;
    const uint32_t *words;
    const ch_pattern_group *groups;
    const ch_pattern_rule *rules;
    const ch_pattern_step *code;
    const ch_lexstr *slots;
    const ch_pattern_start *starts;
    const uint32_t *start_rules;
    uint32_t nclass, nmember, nword, ngroup, nrule, nstep, nslot, nstart, nstart_rule;
    uint32_t cardinal, scale; /* classes that numbers in words are made of, or CH_NONE */
} ch_patterns;

/* Finds the sections; a lexicon without patterns gives none and CH_OK.
 *   CH_E_FORMAT */
ch_status ch_patterns_open(ch_patterns *out, const ch_lexicon *lexicon, ch_error *err);

/* The group of that name, or CH_NONE. */
uint32_t ch_patterns_group(const ch_patterns *patterns, const char *id);

/* The class of that name, or CH_NONE. */
uint32_t ch_patterns_class(const ch_patterns *patterns, const char *id);

/* ------------------------------------------------------------------- pieces */

typedef enum { CH_PIECE_WORD, CH_PIECE_NUMBER, CH_PIECE_MARK } ch_piece_kind;

enum {
    CH_PIECE_SPACE = 1, /* white space before it, or the beginning */
    CH_PIECE_UPPER = 2, /* begins with a capital */
    CH_PIECE_CAPS = 4   /* capitals only */
};

typedef struct {
    ch_span span;
    uint32_t value; /* the lexicon's word (0: none), the number, the code point */
    uint8_t kind;   /* ch_piece_kind */
    uint8_t flags;  /* CH_PIECE_* */
    uint8_t digits; /* of a number */
} ch_piece;

/* Cuts `span` of `text` into pieces, in `arena`. `glued` also parts "alsoTwo"
 * before the capital. False when there is no memory. */
bool ch_pieces_read(ch_piece **out, uint32_t *count, const ch_lexicon *lexicon, const char *text, ch_span span, bool glued,
                    ch_arena *arena);

/* ----------------------------------------------------------------- matching */

typedef enum { CH_CAPTURE_NONE, CH_CAPTURE_MEMBER, CH_CAPTURE_NUMBER, CH_CAPTURE_GROUP, CH_CAPTURE_PIECES } ch_capture_kind;

struct ch_match;

typedef struct {
    ch_capture_kind kind;
    uint32_t first; /* pieces [first, last) */
    uint32_t last;
    uint32_t member;
    double number;
    const struct ch_match *match;
} ch_capture;

typedef struct ch_match {
    const ch_pattern_rule *rule;
    uint32_t first; /* pieces [first, last) */
    uint32_t last;
    ch_capture slots[CH_PATTERN_SLOTS_MAX];
} ch_match;

/* The longest match of a rule of `group` from piece `at` on, in `arena`; the
 * first rule among equals. NULL when there is none (or no memory). */
const ch_match *ch_patterns_match(const ch_patterns *patterns, uint32_t group, const ch_piece *pieces, uint32_t count,
                                  uint32_t at, ch_arena *arena);

/* The capture of that name, or NULL when the rule has none or it is empty. */
const ch_capture *ch_match_slot(const ch_patterns *patterns, const ch_match *match, const char *name);

/* The longest member of `class` at piece `at`: its index, or CH_NONE; *last is
 * behind it. */
uint32_t ch_patterns_member(const ch_patterns *patterns, uint32_t class, const ch_piece *pieces, uint32_t count, uint32_t at,
                            uint32_t *last);

#endif
