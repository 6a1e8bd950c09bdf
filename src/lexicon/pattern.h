/* lexicon/pattern.h: the patterns of time rules and furniture phrases, as
 * compiled, and their matching. A text is cut into pieces (words, numbers,
 * marks) and a pattern is a small program that runs over them:
 *
 *     [the] <1-31:day> [(~th|~nd)] of <month:month>
 *
 * The language is described in docs/lexicon.md. Rules are grouped; of a group,
 * those that may begin with the piece at hand are tried, and the longest match
 * wins, the first rule among equals. */
#ifndef CHANCERY_LEXICON_PATTERN_H
#define CHANCERY_LEXICON_PATTERN_H

#include "lexicon/pieces.h"

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
    CH_STEP_START,  /* nothing stands before */
    CH_STEP_END,    /* nothing is left */
    CH_STEP_WORD,   /* the word a; a capital first when b */
    CH_STEP_MARK,   /* the code point a */
    CH_STEP_TIGHT,  /* no white space before the next piece */
    CH_STEP_RANGE,  /* a number from a to b, of `least` to `most` digits */
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
    uint8_t least;
    uint8_t most;
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
    uint32_t make; /* what the room that the rule is for makes of a match */
    ch_lexplace place;
} ch_pattern_rule;

/* Keys of pieces: a word's number, or one of these. */
#define CH_KEY_NUMBER 0xFFFFFFF0u
#define CH_KEY_ANY 0xFFFFFFF2u
#define CH_KEY_END 0xFFFFFFF3u
#define CH_KEY_MARK(c) (0xE0000000u + (c))

/* A set of keys, of which it may hold more than were put in: a bit a key. Most
 * of a text's words that could begin a rule ("the", "a", "5") are turned away by
 * what follows them. */
#define CH_KEYS_WORDS 4
typedef struct {
    uint64_t bits[CH_KEYS_WORDS];
} ch_key_set;

static inline uint32_t
ch_key_bit(uint32_t key)
{
    return (key * 0x9E3779B1u) >> 24;
}

static inline bool
ch_key_set_has(const ch_key_set *set, uint32_t key)
{
    uint32_t bit = ch_key_bit(key);
    return (set->bits[bit / 64] >> (bit % 64)) & 1;
}

/* A rule, and the keys that may stand second. */
typedef struct {
    uint32_t rule;
    uint32_t spare;
    ch_key_set next;
} ch_pattern_start_rule;

/* Rules of `group` that may begin with `key`: start rules [first, first + count),
 * and the keys that may stand second in any of them. Sorted by key, then group. */
typedef struct {
    uint32_t key;
    uint32_t group;
    uint32_t first;
    uint32_t count;
    ch_key_set next;
} ch_pattern_start;

typedef struct {
    const ch_lexicon *lexicon;
    const ch_pattern_class *classes;   /* [nclass] */
    const ch_pattern_member *members;  /* [nmember] by first word */
    const uint32_t *words;             /* [nword] of members */
    const ch_pattern_group *groups;    /* [ngroup] */
    const ch_pattern_rule *rules;      /* [nrule] in the order of the files */
    const ch_pattern_step *code;       /* [nstep] */
    const ch_lexstr *slots;            /* [nslot] */
    const ch_pattern_start *starts;    /* [nstart] */
    const ch_pattern_start_rule *start_rules; /* [nstart_rule] */
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

/* ----------------------------------------------------------------- matching */

typedef enum { CH_CAPTURE_NONE, CH_CAPTURE_MEMBER, CH_CAPTURE_NUMBER, CH_CAPTURE_GROUP, CH_CAPTURE_PIECES } ch_capture_kind;

struct ch_match;

/* What a slot holds: .member, .number or .match by its kind. */
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

/* The member of `class` that is this one word, or CH_NONE. */
uint32_t ch_patterns_word(const ch_patterns *patterns, uint32_t class, uint32_t word);

#endif
