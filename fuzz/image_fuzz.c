/* The compiled lexicon with some of its numbers overwritten, as one may be that
 * somebody made: refused, or sound enough to read a report with. The input is
 * patches of ten bytes: which section, where in it, the new number. */
#include "fuzz.h"
#include "lexicon/lexicon.h"
#include "reader.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char report[] =
    "PARIS, April 2 (Reuters) - French President Emmanuel Macron met the two ministers last Friday and promised "
    "$1.2 billion of aid to Ukraine by the end of 2025.\n\nRussian troops shelled Kharkiv at 5 p.m. on Monday, killing "
    "at least twenty-five people, said U.S. officials. The Security Council adopted the resolution by 10 votes to 2.\n";

/* The installed lexicon as an image of its own, which patches do not leave. */
static ch_image
private_copy(void)
{
    static char *path;
    if (path == NULL)
        path = fuzz_data("lexicon.bin");
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0)
        abort();
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        abort();
    ch_image image = {.file = {.at = at, .len = (size_t)st.st_size}};
    memcpy(&image.nsection, image.file.at + 12, sizeof image.nsection);
    return image;
}

static void
patch(const ch_image *image, const uint8_t *data)
{
    uint16_t section;
    uint32_t where;
    memcpy(&section, data, sizeof section);
    memcpy(&where, data + 2, sizeof where);
    ch_image_part part = ch_image_part_at(image, section % image->nsection);
    size_t size = (size_t)part.count * part.element_size;
    if (size >= sizeof(uint32_t))
        memcpy((uint8_t *)(uintptr_t)part.elements + where % (size / sizeof(uint32_t)) * sizeof(uint32_t), data + 6, sizeof(uint32_t));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    chancery_reader reader = *fuzz_reader(); /* with its model */
    ch_image image = private_copy();
    for (size_t at = 0; at + 10 <= size; at += 10)
        patch(&image, data + at);
    if (ch_lexicon_adopt(&reader.lexicon, &image, NULL) != CHANCERY_OK)
        return 0;
    chancery_document *doc;
    const chancery_input in = {.text = report, .len = sizeof report - 1};
    chancery_read(&doc, &reader, &in, CHANCERY_STAGE_EVENT, NULL);
    chancery_document_free(doc);
    ch_lexicon_close(reader.lexicon);
    return 0;
}
