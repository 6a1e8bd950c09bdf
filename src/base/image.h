/* base/image.h: a file of typed arrays that is mapped and used as it lies.
 *
 *   0   8 bytes  magic of the kind
 *   8   u32      version of the kind
 *   12  u32      number of sections
 *   16  u64      length of the file
 *   24  u64      XXH3 of all bytes from 32 on
 *   32  sections x { u32 id, u32 element size, u64 offset, u64 count }
 *   ...          the sections, each at a multiple of 16
 *
 * Little-endian. A section that a reader does not know is passed over; one that
 * it needs and does not find, or whose elements have another size, is an error. */
#ifndef CHANCERY_BASE_IMAGE_H
#define CHANCERY_BASE_IMAGE_H

#include "base/mapped.h"
#include "base/status.h"
#include "base/text.h"

#include <stdint.h>

/* What kind of file: two kinds never open as each other. */
typedef struct {
    char magic[8];
    uint32_t version;
    const char *what;   /* "compiled lexicon", for messages */
    const char *remedy; /* how to make one */
} ch_image_kind;

typedef struct {
    ch_mapped file;
    uint32_t nsection;
} ch_image;

/* Maps `path` and checks header, bounds and checksum. */
ch_status ch_image_open(ch_image *out, const ch_image_kind *kind, const char *path, ch_error *err);

/* Makes an image in memory; its parts are copied. */
typedef struct {
    uint32_t id;
    uint32_t element_size;
    const void *elements;
    uint64_t count;
} ch_image_part;
ch_status ch_image_make(ch_image *out, const ch_image_kind *kind, const ch_image_part *parts, uint32_t npart, ch_error *err);

/* One that was never opened (all zero) is allowed. */
void ch_image_close(ch_image *image);

/* The checksum in its header. */
uint64_t ch_image_checksum(const ch_image *image);

/* The section's elements and their number; an absent section gives NULL and 0.
 *   CH_E_FORMAT  elements of another size */
ch_status ch_image_section(const ch_image *image, uint32_t id, uint32_t element_size, const void **out, uint32_t *count,
                           ch_error *err);

/* Several sections at once: where each one's elements and their number go. */
typedef struct {
    uint32_t id;
    uint32_t element_size;
    const void **at;
    uint32_t *count;
} ch_image_wanted;
ch_status ch_image_sections(const ch_image *image, const ch_image_wanted *wanted, size_t n, ch_error *err);

/* The i-th section, i < image->nsection; the elements are the image's. */
ch_image_part ch_image_part_at(const ch_image *image, uint32_t i);

/* Writes an image: to a file beside `path`, then renamed over it, so that a
 * reader never sees half of one. */
ch_status ch_image_write(const ch_image_kind *kind, const char *path, const ch_image_part *parts, uint32_t npart, ch_error *err);

#endif
