/* lexicon/frames.h: frames, triggers, word sets and the ontologies as compiled.
 * What they mean is in docs/lexicon.md; the event stage interprets them. */
#ifndef CHANCERY_LEXICON_FRAMES_H
#define CHANCERY_LEXICON_FRAMES_H

#include "lexicon/lexicon.h"

/* PLOVER 2021 event types, in the order of the record format. */
typedef enum {
    CH_AGREE, CH_CONSULT, CH_SUPPORT, CH_CONCEDE, CH_COOPERATE, CH_AID, CH_RETREAT, CH_REQUEST,
    CH_ACCUSE, CH_REJECT, CH_THREATEN, CH_PROTEST, CH_SANCTION, CH_MOBILIZE, CH_COERCE, CH_ASSAULT,
    CH_PLOVER_COUNT
} ch_plover_type;

#define CH_NO_TYPE 0xFFu /* CAMEO codes that PLOVER has no type for */

/* Frames of what is no act share the grammar; their type tells them apart. */
typedef enum { CH_FACT_STATEMENT, CH_FACT_AMOUNT, CH_FACT_VOTE, CH_FACT_RELATION, CH_FACT_KIND_COUNT } ch_fact_kind;
#define CH_FACT_FIRST 0x40u /* type of the first kind */

/* "ASSAULT". Static text; `type` is below CH_PLOVER_COUNT. */
const char *ch_plover_name(ch_plover_type type);

/* The type of that name, or CH_PLOVER_COUNT. */
ch_plover_type ch_plover_find(ch_str name);

typedef struct {
    uint32_t known; /* 1 when lexicon/ontology has the type */
    uint32_t quad;  /* 1-4 */
    float score;    /* -10 to 10 */
    uint32_t spare;
} ch_plover; /* one for each ch_plover_type */

typedef struct {
    ch_lexstr mode;
    uint32_t type;
    float score;
} ch_plover_mode;

typedef struct {
    char code[8];
    char planned[8]; /* code of the intent, "" where there is none */
    char threat[8];  /* code of its promise as a threat, "" where there is none */
    ch_lexstr label;
    ch_lexstr mode; /* 0 where there is none */
    uint32_t type;  /* ch_plover_type or CH_NO_TYPE */
    float goldstein;
    uint32_t first_context; /* in contexts */
    uint32_t ncontext;
} ch_cameo; /* sorted by code */

/* What three letters of a code mean, for a person: "MIL", "military". */
typedef struct {
    char code[4];
    ch_lexstr label;
} ch_sector;

/* A slot: one of these, or a preposition (CH_SLOT_PREPOSITION | its word). */
typedef enum {
    CH_SLOT_SUBJ = 1, CH_SLOT_OBJ, CH_SLOT_IOBJ, CH_SLOT_COMP, CH_SLOT_POSS, CH_SLOT_MOD, CH_SLOT_ADV,
    CH_SLOT_LEFT, CH_SLOT_RIGHT, /* of roles only: by place in the sentence */
    CH_SLOT_AUX
} ch_slot;
#define CH_SLOT_PREPOSITION 0x80000000u

#define CH_PATH_MAX 3

typedef struct {
    uint32_t slot[CH_PATH_MAX]; /* 0 behind the last */
    uint32_t also;              /* 1: taken together with the path before it ("subj+poss") */
} ch_path;

typedef enum { CH_ALT_WORDS, CH_ALT_SET, CH_ALT_CLASS, CH_ALT_ACT } ch_alternative_kind;

typedef enum {
    CH_CLASS_ACTOR, CH_CLASS_COUNTRY, CH_CLASS_GOV, CH_CLASS_ARMED, CH_CLASS_CIVILIAN, CH_CLASS_PERSON,
    CH_CLASS_ORGANISATION, CH_CLASS_PLACE, CH_CLASS_NUMBER, CH_CLASS_MONEY, CH_CLASS_DATE, CH_CLASS_COUNT
} ch_class;

typedef struct {
    uint32_t kind;  /* ch_alternative_kind */
    uint32_t value; /* head word, set, ch_class or ch_plover_type */
    uint32_t first_word; /* CH_ALT_WORDS: all its words in order, in frame_words */
    uint32_t nword;
    ch_lexstr mode; /* CH_ALT_ACT: 0 is any */
} ch_alternative;

typedef struct {
    ch_path path;
    uint32_t negative; /* 1: must not hold */
    uint32_t first_alternative;
    uint32_t nalternative; /* 0: it is enough that the slot is filled */
} ch_test;

typedef enum { CH_TRIGGER_VERB, CH_TRIGGER_NOUN, CH_TRIGGER_ADJ } ch_trigger_pos;

typedef struct {
    uint32_t frame;
    uint32_t pos; /* ch_trigger_pos */
    uint32_t first_word; /* all its words in order, in frame_words */
    uint32_t nword;
    uint32_t head; /* index among them of the head */
    uint32_t first_test;
    uint32_t ntest;
    uint32_t specificity; /* words, "+" tests and the frame's `if`; further words that tests match add to it */
    uint32_t line;        /* in the frame's file */
} ch_trigger;

typedef enum {
    CH_ORDER_WORD, /* a word in this very form */
    CH_ORDER_SET,  /* a member of a set */
    CH_ORDER_NOUN, /* any noun or pronoun */
    CH_ORDER_ACTOR, CH_ORDER_RECIPIENT, CH_ORDER_BOTH /* somebody known, who becomes a party */
} ch_order_kind;

typedef struct {
    uint32_t kind;  /* ch_order_kind */
    uint32_t value; /* word or set */
    uint32_t tight; /* 1: right beside what stands next to it on the trigger's side */
} ch_order_step;

/* Words around a trigger, in the order of the text. The steps before it stand
 * from the trigger outward, then those behind it. */
typedef struct {
    uint32_t first; /* in order_steps */
    uint32_t nbefore;
    uint32_t nafter;
} ch_order;

enum {
    CH_FRAME_RECIPROCAL = 1,
    CH_FRAME_NEED_ACTOR = 2,
    CH_FRAME_NEED_RECIPIENT = 4,
    CH_FRAME_COVERS = 8,  /* acts under it in the sentence are not coded */
    CH_FRAME_FOREIGN = 16, /* of another project: its codes stand as they are */
    CH_FRAME_NEED_COUNTRY = 32, /* somebody's, on either side */
    CH_FRAME_LAST = 64 /* asked when no other frame takes the word */
};

typedef struct {
    uint32_t first;
    uint32_t count;
} ch_range;

typedef struct {
    ch_lexstr id;
    uint32_t type; /* ch_plover_type, or CH_NO_TYPE: what matches is no act; of a fact CH_FACT_FIRST + its kind */
    ch_lexstr mode; /* of a fact what it `means` */
    char cameo[8]; /* "" where none applies */
    char reverse[8]; /* code of the same act from the recipient's side, or "" */
    uint32_t flags; /* CH_FRAME_* */
    ch_lexstr status; /* forced, or 0; of an amount its `state` */
    ch_lexstr unit;   /* of an amount: the kind of unit that it is about, or 0 */
    float weight;     /* 0-1 */
    ch_range contexts;
    ch_range actor, recipient, place, content; /* paths */
    ch_range tests;                            /* `if` and, negative, `unless` */
    ch_range orders;                           /* `order`: one of them must hold */
    ch_lexplace where;
} ch_frame;

typedef struct {
    ch_lexstr id;
    uint32_t size; /* members */
    ch_lexplace where;
} ch_set;

static inline bool
ch_frame_is_fact(const ch_frame *frame)
{
    return frame->type >= CH_FACT_FIRST && frame->type < CH_FACT_FIRST + CH_FACT_KIND_COUNT;
}

/* Members by (set, first or last word): open addressing by ch_trie_hash. */
typedef struct {
    uint32_t set;
    uint32_t word;  /* 0: free */
    uint32_t whole; /* 1: the word alone is a member */
    ch_range phrases; /* members of several words that begin or end with it */
} ch_set_slot;

typedef struct {
    uint32_t first_word; /* in frame_words */
    uint32_t nword;
} ch_phrase;

/* Words that say of a text that it is not coded. */
typedef struct {
    ch_lexstr id;
    uint32_t document; /* 1: the whole document; 0: the sentence */
    ch_lexplace where;
} ch_discard;

typedef enum { CH_UNIT_MONEY, CH_UNIT_SHARE, CH_UNIT_SCALE, CH_UNIT_KIND_COUNT } ch_unit_kind;

/* One way to write a unit or a scale of numbers. */
typedef struct {
    ch_lexstr id;
    ch_lexstr sign;    /* "$", or 0 */
    uint32_t word;     /* "dollar", or 0 */
    uint32_t modifier; /* the word before it: "canadian", or 0 */
    uint32_t kind;     /* ch_unit_kind */
    uint32_t spare;
    double value; /* of a scale */
} ch_unit;

typedef struct {
    uint32_t frame;
    uint32_t positive;
    ch_lexstr text;
    ch_lexstr expect; /* behind "=>", 0 where nothing is said */
    uint32_t line;
} ch_example;

/* What is seen of an act, and how many log odds of its being right each counts. */
typedef enum {
    CH_ODDS_BASE, CH_ODDS_WEIGHT, CH_ODDS_NOUN, CH_ODDS_WORDS, CH_ODDS_NO_ACTOR, CH_ODDS_UNKNOWN_ACTOR, CH_ODDS_NO_RECIPIENT,
    CH_ODDS_UNKNOWN_RECIPIENT, CH_ODDS_GUESSED_ACTOR, CH_ODDS_GUESSED_RECIPIENT, CH_ODDS_PRONOUN, CH_ODDS_FAR, CH_ODDS_ALLEGED,
    CH_ODDS_PLANNED, CH_ODDS_UNREAL, CH_ODDS_ATTRIBUTED, CH_ODDS_LONG,
    CH_ODDS_COUNT
} ch_odds;

/* Its key in a `confidence` block. */
const char *ch_odds_name(ch_odds feature);

typedef struct ch_frames {
    const ch_plover *plover; /* [CH_PLOVER_COUNT] */
    const ch_plover_mode *modes;
    const ch_cameo *cameos;
    const ch_sector *sectors;
    const ch_lexstr *contexts;
    const ch_frame *frames;
    const ch_trigger *triggers;
    const uint32_t *trigger_index; /* [nword + 1]: word w heads trigger_order[index[w]..index[w + 1]) */
    const uint32_t *trigger_order;
    const ch_test *tests;
    const ch_alternative *alternatives;
    const ch_path *paths;
    const ch_order *orders;
    const ch_order_step *order_steps;
    const uint32_t *words;
    const ch_set *sets;
    const ch_set_slot *set_slots;
    const ch_phrase *phrases;
    const ch_example *examples;
    const ch_discard *discards;
    const ch_unit *units; /* [nunit] in the order of the files */
    const float *odds;    /* [CH_ODDS_COUNT], or [0]: a frame's weight is the confidence */
    uint32_t nplover, nmode, ncameo, nsector, ncontext, nframe, ntrigger, ntrigger_index, ntrigger_order, ntest, nalternative,
        npath, norder, norder_step, nword, nset, nset_slot, nphrase, nexample, ndiscard, nunit, nodds;
} ch_frames;

/* The tables of an open lexicon; they live as long as it does. */
const ch_frames *ch_lexicon_frames(const ch_lexicon *lexicon);

/* The set of that id, or CH_NONE. */
uint32_t ch_set_find(const ch_lexicon *lexicon, const char *id);

/* Whether `word` alone is a member. CH_NONE has no members. */
bool ch_set_has(const ch_lexicon *lexicon, uint32_t set, uint32_t word);

/* The members of several words that begin or end with `word`. */
ch_range ch_set_phrases(const ch_lexicon *lexicon, uint32_t set, uint32_t word);

/* The CAMEO entry of a code, or NULL. */
const ch_cameo *ch_cameo_find(const ch_lexicon *lexicon, const char *code);

/* The label of the sector that `code` begins with, or NULL. */
const char *ch_sector_label(const ch_lexicon *lexicon, const char *code);

/* PLOVER's score of a type and mode (NULL or "": of the type). */
float ch_plover_score(const ch_lexicon *lexicon, ch_plover_type type, const char *mode);

#endif
