/* lexicon/vocabulary.h: the last step of compiling: words and names as tables. */
#ifndef CHANCERY_LEXICON_VOCABULARY_H
#define CHANCERY_LEXICON_VOCABULARY_H

#include "lexicon/build.h"

/* Fill the sections of words, and of names with their trie. */
void ch_vocabulary_write(ch_build *build);
void ch_trie_write(ch_build *build);

/* The words of the name added as the i-th, and the name itself. */
const uint32_t *ch_build_name_words(const ch_build *build, uint32_t i, uint32_t *count);
ch_name ch_build_name_of(const ch_build *build, uint32_t i);

/* Where it is written. */
typedef struct {
    const char *file;
    uint32_t line;
    uint32_t column;
    bool imported; /* of another project's dictionary: repeats are no news there */
} ch_name_place;
ch_name_place ch_build_name_place(const ch_build *build, uint32_t i);

/* Frees the list of names; the sections keep theirs. */
void ch_build_names_free(ch_build *build);

#endif
