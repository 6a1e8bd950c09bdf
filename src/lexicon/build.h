/* lexicon/build.h: what the compilers of the kinds of blocks share: the string
 * pool, the vocabulary, the trie of names, and the sections they fill.
 *
 * A compiler is a function  void ch_compile_X(ch_build *build)  in compile_x.c:
 * it walks build->blocks, takes those of its kinds, complains of what is wrong
 * and puts elements into its sections. compile.c calls them in turn. */
#ifndef CHANCERY_LEXICON_BUILD_H
#define CHANCERY_LEXICON_BUILD_H

#include "base/hash.h"
#include "base/text.h"
#include "lexicon/lexicon.h"
#include "lexicon/source.h"

#define CH_BUILD_SECTIONS 70

typedef struct ch_build_name ch_build_name;

typedef struct ch_build {
    ch_arena *arena;
    ch_complaints *to;
    const ch_block *blocks; /* [nblock] */
    uint32_t nblock;

    ch_text sections[CH_BUILD_SECTIONS];       /* bytes of each section's elements */
    uint32_t element_size[CH_BUILD_SECTIONS];  /* 0: not used */
    ch_map strings;                            /* pool: string -> offset */
    ch_map words;                              /* folded word -> number, from 1 */
    ch_map spellings;                          /* folded variant -> number of its word */
    ch_map countries;                          /* alpha-3 -> index */
    ch_build_name *names;                      /* [nname] */
    uint32_t nname, name_room;
    bool out_of_memory;
} ch_build;

/* The pool's offset of a string. */
ch_lexstr ch_build_string(ch_build *build, ch_str s);

/* The number of one folded word, added when new. */
uint32_t ch_build_word(ch_build *build, ch_str folded);

/* Folds `s` and gives the numbers of its words: *count of them, at most `room`
 * (more is complained of by the caller). */
uint32_t ch_build_words(ch_build *build, ch_str s, uint32_t *out, uint32_t room);

/* Adds one element to a section and gives its index. */
uint32_t ch_build_put(ch_build *build, uint32_t section, const void *element, uint32_t size);
uint32_t ch_build_count(const ch_build *build, uint32_t section);

/* The section's elements from `index` on, until the next is added; NULL where it has none. */
void *ch_build_at(const ch_build *build, uint32_t section, uint32_t index);

/* The string in the pool, until the next is added. */
const char *ch_build_chars(const ch_build *build, ch_lexstr s);

/* Adds a name. A form that folds to nothing or has more than CH_NAME_WORDS_MAX
 * words is complained of at `value`'s place. */
void ch_build_name_add(ch_build *build, const ch_block *block, const ch_value *value, ch_str form, ch_name_kind kind,
                       uint32_t entry);

/* Longest name in words: "Office of the United Nations High Commissioner for
 * Refugees in ..." and treaty names stay under it. */
#define CH_NAME_WORDS_MAX 16

/* The country of an alpha-3 code, or CH_NONE. */
uint32_t ch_build_country(const ch_build *build, ch_str code);

/* File and line of the block, for what tells where an entry is written. */
ch_lexplace ch_build_place(ch_build *build, const ch_block *block);

/* "FROM..TO" or "FROM" as days, both included; false when it is neither.
 * Either side may be missing. "2014" is the whole year. */
bool ch_parse_range(ch_str s, int32_t *from, int32_t *to);

/* A real number that takes up the whole of `s`. */
bool ch_parse_number(ch_str s, double *out);

/* Complains of each field of `block` whose key is not among `keys` (NULL-ended). */
void ch_build_check_keys(ch_build *build, const ch_block *block, const char *const *keys);

/* In this order; each says more of itself in its file. */
void ch_compile_ontology(ch_build *build);
void ch_compile_actors(ch_build *build); /* countries first: codes name them */
void ch_compile_frames(ch_build *build);
void ch_compile_places(ch_build *build);
void ch_compile_times(ch_build *build);
void ch_compile_furniture(ch_build *build);
void ch_compile_markup(ch_build *build);
void ch_compile_languages(ch_build *build);
void ch_compile_units(ch_build *build);
void ch_compile_confidence(ch_build *build);
void ch_compile_lists(ch_build *build);
void ch_compile_layouts(ch_build *build);
void ch_compile_inflections(ch_build *build); /* once all words of frames and sets are known */
void ch_check_names(ch_build *build); /* once all names are known */

#endif
