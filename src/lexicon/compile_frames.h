/* lexicon/compile_frames.h: what the compilers of frames, their orders and the sets
 * that they name share. */
#ifndef CHANCERY_LEXICON_COMPILE_FRAMES_H
#define CHANCERY_LEXICON_COMPILE_FRAMES_H

#include "lexicon/build.h"
#include "lexicon/frames.h"

/* Words of one trigger, alternative or member. */
#define CH_FRAMING_WORDS_MAX 8

typedef struct {
    ch_build *build;
    const ch_block *block; /* the one being compiled */
    const ch_value *value; /* and its value, for complaints */
    ch_map sets;           /* id -> index */
    ch_map used;           /* sets that something includes */
} ch_framing;

/* Tells a mistake in the value at hand, `where` in its text: "what: "s"". */
void ch_framing_mistake(ch_framing *c, const char *where, const char *remedy, const char *what, ch_str s);

/* The words of `s` in frame_words; none, and told, where it is no phrase. */
ch_range ch_framing_words(ch_framing *c, ch_str s);

static inline uint32_t
ch_framing_word(const ch_build *build, uint32_t i)
{
    return *(const uint32_t *)ch_build_at(build, CH_SECTION_FRAME_WORDS, i);
}

/* Compiles all blocks `set`. */
void ch_framing_sets(ch_framing *c);

/* The block's orders; *weight is what they add to a trigger's specificity. */
ch_range ch_framing_orders(ch_framing *c, uint32_t *weight);

#endif
