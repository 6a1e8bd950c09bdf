/* lexicon/languages.h: by what languages are told apart. */
#ifndef CHANCERY_LEXICON_LANGUAGES_H
#define CHANCERY_LEXICON_LANGUAGES_H

#include "lexicon/lexicon.h"

enum {
    CH_SECTION_LANGUAGES = CH_SECTION_FURNITURE + 6, /* ch_language */
    CH_SECTION_LANGUAGE_WORDS,                       /* ch_language_word, by word */
    CH_SECTION_LANGUAGE_RANGES                       /* ch_language_range */
};

typedef struct {
    ch_lexstr id; /* BCP 47 */
} ch_language;

/* A small word of a language; one may be of several. */
typedef struct {
    uint32_t word;
    uint32_t language;
} ch_language_word;

/* Code points that only this language is written with. */
typedef struct {
    uint32_t from; /* both ends included */
    uint32_t to;
    uint32_t language;
} ch_language_range;

/* More than the world's press has. */
#define CH_LANGUAGES_MAX 256

#endif
