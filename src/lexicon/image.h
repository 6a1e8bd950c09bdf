/* lexicon/image.h: the compiled file: a header, a table of sections, sections.
 *
 *   0   8 bytes  magic "CHANLEX\n"
 *   8   u32      version (CH_IMAGE_VERSION)
 *   12  u32      number of sections
 *   16  u64      length of the file
 *   24  u64      XXH3 of all bytes from 32 on
 *   32  sections x { u32 id, u32 element size, u64 offset, u64 count }
 *   ...          the sections, each at a multiple of 16
 *
 * Little-endian. A section that a reader does not know is passed over; one that
 * it needs and does not find, or whose elements have another size, is an error. */
#ifndef CHANCERY_LEXICON_IMAGE_H
#define CHANCERY_LEXICON_IMAGE_H

#include "base/mapped.h"
#include "base/status.h"
#include "base/text.h"

#include <stdint.h>

#define CH_IMAGE_VERSION 1u

/* Sections; a number is never used again for something else. */
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
    CH_SECTION_PLACES = 40,   /* gazetteer: 40-49 */
    CH_SECTION_TIMES = 50,    /* time rules: 50-59 */
    CH_SECTION_FURNITURE = 60 /* furniture phrases: 60-69 */
} ch_section_id;

typedef struct {
    ch_mapped file;
    uint32_t nsection;
} ch_image;

/* Maps `path` and checks header, bounds and checksum. */
ch_status ch_image_open(ch_image *out, const char *path, ch_error *err);
void ch_image_close(ch_image *image);

/* The section's elements and their number; an absent section gives NULL and 0.
 *   CH_E_FORMAT  elements of another size */
ch_status ch_image_section(const ch_image *image, uint32_t id, uint32_t element_size, const void **out, uint32_t *count,
                           ch_error *err);

typedef struct {
    uint32_t id;
    uint32_t element_size;
    const void *elements;
    uint64_t count;
} ch_image_part;

/* Writes an image: to a file beside `path`, then renamed over it, so that a
 * reader never sees half of one. */
ch_status ch_image_write(const char *path, const ch_image_part *parts, uint32_t npart, ch_error *err);

#endif
