#include "base/image.h"

#include "base/hash.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HEADER_SIZE 32u
#define ALIGNMENT 16u
/* More than any version of the format has had; guards the table's arithmetic. */
#define SECTIONS_MAX 256u

typedef struct {
    char magic[8];
    uint32_t version;
    uint32_t nsection;
    uint64_t length;
    uint64_t checksum;
} header;

typedef struct {
    uint32_t id;
    uint32_t element_size;
    uint64_t offset;
    uint64_t count;
} section;

_Static_assert(sizeof(header) == HEADER_SIZE, "header layout");
_Static_assert(sizeof(section) == 24, "section layout");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "compiled files are little-endian");

static ch_status
check(const ch_mapped *file, const ch_image_kind *kind, const char *path, ch_error *err)
{
    header h;
    if (file->len < sizeof h)
        return ch_fail(err, CH_E_FORMAT, path, file->len, "is too short for a %s; %s", kind->what, kind->remedy);
    memcpy(&h, file->at, sizeof h);
    if (memcmp(h.magic, kind->magic, 8) != 0)
        return ch_fail(err, CH_E_FORMAT, path, 0, "is no %s; %s", kind->what, kind->remedy);
    if (h.version != kind->version)
        return ch_fail(err, CH_E_FORMAT, path, 8, "is a %s of version %u, not %u; %s", kind->what, h.version, kind->version,
                       kind->remedy);
    if (h.length != file->len)
        return ch_fail(err, CH_E_FORMAT, path, 16, "is %zu bytes long but says %llu: truncated? %s", file->len,
                       (unsigned long long)h.length, kind->remedy);
    if (h.nsection > SECTIONS_MAX || file->len < HEADER_SIZE + h.nsection * sizeof(section))
        return ch_fail(err, CH_E_FORMAT, path, 12, "has a broken table of sections; %s", kind->remedy);
    if (ch_hash(file->at + HEADER_SIZE, file->len - HEADER_SIZE) != h.checksum)
        return ch_fail(err, CH_E_FORMAT, path, 24, "has a wrong checksum: damaged; %s", kind->remedy);
    for (uint32_t i = 0; i < h.nsection; i++) {
        section s;
        uint64_t where = HEADER_SIZE + i * sizeof s;
        memcpy(&s, file->at + where, sizeof s);
        if (s.offset > file->len || s.offset % ALIGNMENT != 0 || s.element_size == 0 ||
            s.count > (file->len - s.offset) / s.element_size || s.count > UINT32_MAX)
            return ch_fail(err, CH_E_FORMAT, path, where, "section %u lies outside of the file; %s", s.id, kind->remedy);
    }
    return CH_OK;
}

ch_status
ch_image_open(ch_image *out, const ch_image_kind *kind, const char *path, ch_error *err)
{
    *out = (ch_image){0};
    ch_status status = ch_mapped_open(&out->file, path, err);
    if (status != CH_OK)
        return status;
#ifdef MADV_POPULATE_READ
    /* the checksum reads all of it: one call maps its pages, not a fault each few of them */
    if (out->file.len != 0)
        madvise((void *)(uintptr_t)out->file.at, out->file.len, MADV_POPULATE_READ);
#endif
    status = check(&out->file, kind, path, err);
    if (status != CH_OK) {
        ch_image_close(out);
        return status;
    }
    header h;
    memcpy(&h, out->file.at, sizeof h);
    out->nsection = h.nsection;
    return CH_OK;
}

void
ch_image_close(ch_image *image)
{
    ch_mapped_close(&image->file);
    image->nsection = 0;
}

ch_status
ch_image_section(const ch_image *image, uint32_t id, uint32_t element_size, const void **out, uint32_t *count, ch_error *err)
{
    *out = NULL;
    *count = 0;
    for (uint32_t i = 0; i < image->nsection; i++) {
        section s;
        memcpy(&s, image->file.at + HEADER_SIZE + i * sizeof s, sizeof s);
        if (s.id != id)
            continue;
        if (s.element_size != element_size)
            return ch_fail(err, CH_E_FORMAT, NULL, HEADER_SIZE + i * sizeof s,
                           "section %u has elements of %u bytes, not %u; make the file again", id, s.element_size, element_size);
        *out = image->file.at + s.offset;
        *count = (uint32_t)s.count;
        return CH_OK;
    }
    return CH_OK;
}

ch_status
ch_image_sections(const ch_image *image, const ch_image_wanted *wanted, size_t n, ch_error *err)
{
    ch_status status = CH_OK;
    for (size_t i = 0; status == CH_OK && i < n; i++)
        status = ch_image_section(image, wanted[i].id, wanted[i].element_size, wanted[i].at, wanted[i].count, err);
    return status;
}

uint64_t
ch_image_checksum(const ch_image *image)
{
    header h;
    memcpy(&h, image->file.at, sizeof h);
    return h.checksum;
}

ch_image_part
ch_image_part_at(const ch_image *image, uint32_t i)
{
    section s;
    memcpy(&s, image->file.at + HEADER_SIZE + i * sizeof s, sizeof s);
    return (ch_image_part){.id = s.id, .element_size = s.element_size, .elements = image->file.at + s.offset, .count = s.count};
}

static uint64_t
aligned(uint64_t n)
{
    return (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* The file's bytes; NULL without memory. */
static unsigned char *
assemble(const ch_image_kind *kind, const ch_image_part *parts, uint32_t npart, uint64_t *length)
{
    uint64_t at = aligned(HEADER_SIZE + npart * sizeof(section));
    *length = at;
    for (uint32_t i = 0; i < npart; i++)
        *length += aligned(parts[i].count * parts[i].element_size);
    unsigned char *bytes = calloc(1, *length);
    if (bytes == NULL)
        return NULL;
    for (uint32_t i = 0; i < npart; i++) {
        section s = {parts[i].id, parts[i].element_size, at, parts[i].count};
        memcpy(bytes + HEADER_SIZE + i * sizeof s, &s, sizeof s);
        uint64_t size = parts[i].count * parts[i].element_size;
        if (size != 0)
            memcpy(bytes + at, parts[i].elements, size);
        at += aligned(size);
    }
    header h = {.version = kind->version, .nsection = npart, .length = *length};
    memcpy(h.magic, kind->magic, 8);
    h.checksum = ch_hash(bytes + HEADER_SIZE, *length - HEADER_SIZE);
    memcpy(bytes, &h, sizeof h);
    return bytes;
}

static ch_status
write_file(const char *path, const char *beside, const unsigned char *bytes, uint64_t length, ch_error *err)
{
    FILE *f = fopen(beside, "wb");
    if (f == NULL)
        return ch_fail(err, CH_E_IO, beside, 0, "cannot be written: %s", strerror(errno));
    bool ok = fwrite(bytes, 1, length, f) == length && fflush(f) == 0 && fsync(fileno(f)) == 0;
    int why = errno;
    if (fclose(f) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok && rename(beside, path) != 0) {
        ok = false;
        why = errno;
    }
    if (ok)
        return CH_OK;
    unlink(beside);
    errno = why;
    return ch_fail(err, CH_E_IO, path, 0, "cannot be written: %s", strerror(why));
}

ch_status
ch_image_write(const ch_image_kind *kind, const char *path, const ch_image_part *parts, uint32_t npart, ch_error *err)
{
    uint64_t length;
    unsigned char *bytes = assemble(kind, parts, npart, &length);
    ch_text beside = {0};
    ch_text_printf(&beside, "%s.part", path);
    ch_status status = bytes == NULL || beside.failed ? ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to write it")
                                                      : write_file(path, beside.at, bytes, length, err);
    ch_text_free(&beside);
    free(bytes);
    return status;
}

ch_status
ch_image_make(ch_image *out, const ch_image_kind *kind, const ch_image_part *parts, uint32_t npart, ch_error *err)
{
    uint64_t length;
    *out = (ch_image){0};
    unsigned char *bytes = assemble(kind, parts, npart, &length);
    /* mapped, as a file's would be, so that closing is the same */
    void *at = bytes != NULL ? mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) : MAP_FAILED;
    if (at != MAP_FAILED) {
        memcpy(at, bytes, length);
        out->file = (ch_mapped){.at = at, .len = length};
        out->nsection = npart;
    }
    free(bytes);
    return at != MAP_FAILED ? CH_OK : ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the %s", kind->what);
}
