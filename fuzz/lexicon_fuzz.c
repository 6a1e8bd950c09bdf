/* Any text as a lexicon: told to be wrong, or compiled to a file that opens. */
#include "fuzz.h"
#include "lexicon/lexicon.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/dev/shm/chancery-fuzz-XXXXXX";
static char file[64], image[64];

static void
clean_up(void)
{
    unlink(file);
    unlink(image);
    rmdir(folder);
}

static void
make_folder(void)
{
    if (file[0] != '\0')
        return;
    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(file, sizeof file, "%s/input.txt", folder);
    snprintf(image, sizeof image, "%s/lexicon.bin", folder);
    atexit(clean_up);
}

static void
check(void *context, const chancery_complaint *c)
{
    (void)context;
    assert(c->message[0] != '\0' && c->remedy != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    make_folder();
    FILE *f = fopen(file, "wb");
    if (f == NULL || fwrite(data, 1, size, f) != size || fclose(f) != 0)
        abort();
    const char *dirs[] = {folder};
    if (chancery_lexicon_compile(dirs, 1, image, check, NULL, NULL) == CHANCERY_OK) {
        ch_lexicon *lexicon;
        ch_lexicon_open(&lexicon, image, NULL);
        ch_lexicon_close(lexicon);
    }
    return 0;
}
