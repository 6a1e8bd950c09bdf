/* lexicon/sections.h: the compiled lexicon as an image (base/image.h). */
#ifndef CHANCERY_LEXICON_SECTIONS_H
#define CHANCERY_LEXICON_SECTIONS_H

#include "base/image.h"

extern const ch_image_kind ch_lexicon_image;

/* Sections; a number is never used again for something else. What the fields of
 * their elements lead to is in sound.c, which checks it. */
typedef enum {
    CH_SECTION_STRINGS = 1,   /* bytes; offset 0 is the empty string */
    CH_SECTION_WORD_SLOTS,    /* ch_word_slot [power of two], open addressing */
    CH_SECTION_TRIE_SLOTS,    /* ch_trie_slot [power of two], open addressing */
    CH_SECTION_TRIE_NODES,    /* ch_trie_node [node] */
    CH_SECTION_NAMES,         /* ch_name */
    CH_SECTION_COUNTRIES,     /* ch_country */
    CH_SECTION_ACTORS,        /* ch_actor */
    CH_SECTION_ROLES,         /* ch_role */
    CH_SECTION_MEMBERS,       /* u32 */
    CH_SECTION_AGENTS,        /* ch_agent */
    CH_SECTION_PLOVER,        /* ch_plover */
    CH_SECTION_MODES,         /* ch_plover_mode */
    CH_SECTION_CAMEO,         /* ch_cameo */
    CH_SECTION_CONTEXTS,      /* ch_lexstr */
    CH_SECTION_FRAMES,        /* ch_frame */
    CH_SECTION_TRIGGERS,      /* ch_trigger */
    CH_SECTION_TRIGGER_INDEX, /* u32 [words + 1] */
    CH_SECTION_TRIGGER_ORDER, /* u32 triggers by head word */
    CH_SECTION_TESTS,         /* ch_test */
    CH_SECTION_ALTERNATIVES,  /* ch_alternative */
    CH_SECTION_PATHS,         /* ch_path */
    CH_SECTION_FRAME_WORDS,   /* u32 words of triggers, alternatives and phrases */
    CH_SECTION_SETS,          /* ch_set */
    CH_SECTION_SET_SLOTS,     /* ch_set_slot [power of two], open addressing */
    CH_SECTION_PHRASES,       /* ch_phrase */
    CH_SECTION_EXAMPLES,      /* ch_example */
    CH_SECTION_SECTORS,       /* ch_sector */
    CH_SECTION_ORDERS,        /* ch_order */
    CH_SECTION_ORDER_STEPS,   /* ch_order_step */
    CH_SECTION_DISCARDS,      /* ch_discard */
    CH_SECTION_INFLECTIONS,   /* ch_inflection, by form */
    CH_SECTION_UNITS,         /* ch_unit */
    CH_SECTION_ODDS,          /* float [CH_ODDS_COUNT], or none; the three behind it: lexicon/layouts.h */
    CH_SECTION_PLACES = 40,   /* gazetteer: 40-49 */
    CH_SECTION_PATTERN_CLASSES = 50, /* ch_pattern_class */
    CH_SECTION_PATTERN_MEMBERS,      /* ch_pattern_member, by first word */
    CH_SECTION_PATTERN_WORDS,        /* u32 words of members */
    CH_SECTION_PATTERN_GROUPS,       /* ch_pattern_group */
    CH_SECTION_PATTERN_RULES,        /* ch_pattern_rule */
    CH_SECTION_PATTERN_CODE,         /* ch_pattern_step */
    CH_SECTION_PATTERN_SLOTS,        /* ch_lexstr names of slots */
    CH_SECTION_PATTERN_STARTS,       /* ch_pattern_start */
    CH_SECTION_PATTERN_START_RULES,  /* ch_pattern_start_rule */
    CH_SECTION_TIME_MAKES,           /* ch_time_make, see lexicon/times.h */
    CH_SECTION_FURNITURE = 60 /* furniture: 60-69 */
} ch_section_id;

#endif
