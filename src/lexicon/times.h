/* lexicon/times.h: what a time rule makes of its match, as compiled. A make is
 * one operation over the slots of its pattern; nested groups bring their own.
 * docs/lexicon.md says what each operation gives. */
#ifndef CHANCERY_LEXICON_TIMES_H
#define CHANCERY_LEXICON_TIMES_H

#include "lexicon/lexicon.h"

#define CH_TIME_ARGS_MAX 6
#define CH_TIME_NUMBER_SCALE 100

typedef enum {
    CH_MAKE_NONE,    /* nothing: the words are no time */
    CH_MAKE_SAME,    /* X */
    CH_MAKE_NUMBER,  /* N */
    CH_MAKE_YEAR,    /* Y, of two digits or four */
    CH_MAKE_DECADE,  /* Y */
    CH_MAKE_CENTURY, /* N */
    CH_MAKE_BC,      /* Y */
    CH_MAKE_MONTH,   /* M [Y] */
    CH_MAKE_DATE,    /* D M [Y] */
    CH_MAKE_SLASH,   /* A B Y: either order */
    CH_MAKE_MDAY,    /* D [X] */
    CH_MAKE_WEEKDAY, /* W [X] */
    CH_MAKE_QUARTER, /* N [Y] */
    CH_MAKE_HALF,    /* N [Y] */
    CH_MAKE_SEASON,  /* S [Y] */
    CH_MAKE_HOLIDAY, /* H [Y] */
    CH_MAKE_LAST,    /* X */
    CH_MAKE_NEXT,    /* X */
    CH_MAKE_THIS,    /* X */
    CH_MAKE_REL,     /* BASE N U */
    CH_MAKE_YEARAGO, /* BASE [Y] */
    CH_MAKE_NTH,     /* N U X */
    CH_MAKE_NTHDAY,  /* N W X */
    CH_MAKE_PART,    /* P [X] */
    CH_MAKE_CLOCK,   /* H M S AP [X] */
    CH_MAKE_HHMM,    /* N [X] */
    CH_MAKE_ON,      /* X D: the time of X on day D */
    CH_MAKE_EDGE,    /* E X */
    CH_MAKE_DUR,     /* N U [E] [N U] */
    CH_MAKE_SPAN,    /* SIDE N U: a duration that ends, or begins, now */
    CH_MAKE_EACH,    /* N U */
    CH_MAKE_EACHOF,  /* X [P] */
    CH_MAKE_REF,     /* S */
    CH_MAKE_PAIR,    /* A B: two expressions, one interval */
    CH_MAKE_SAMEDAY, /* N */
    CH_MAKE_COUNT
} ch_time_op;

typedef enum {
    CH_TIME_ARG_NONE,
    CH_TIME_ARG_SLOT,   /* value: slot of the rule */
    CH_TIME_ARG_MINUS,  /* the slot's number with its sign turned */
    CH_TIME_ARG_NUMBER, /* value as int32_t, in hundredths */
    CH_TIME_ARG_WORD    /* value: ch_lexstr */
} ch_time_arg_kind;

typedef struct {
    uint32_t op;   /* ch_time_op */
    uint32_t test; /* CH_TIME_TEST_* that the words must pass */
    uint32_t type; /* a ch_time_type plus one that the rule insists on, or 0 */
    uint32_t span; /* slot whose words alone are the expression, or CH_NONE */
    uint32_t kind[CH_TIME_ARGS_MAX]; /* ch_time_arg_kind */
    uint32_t value[CH_TIME_ARGS_MAX];
} ch_time_make;

/* Tests over tags and tree. */
enum {
    CH_TIME_TEST_YEAR = 1,  /* a number that counts nothing */
    CH_TIME_TEST_NOUN = 2,  /* no verb: "may", "march", "fall", "spring" */
    CH_TIME_TEST_ALONE = 4, /* no part of a longer name: "April Jones", "June Carter" */
    CH_TIME_TEST_RATE = 8,  /* no test: a set behind what is counted, "two pills a day" */
    CH_TIME_TEST_LAST = 16  /* no noun follows: "on the 15th", not "on the 15th floor" */
};

#endif
