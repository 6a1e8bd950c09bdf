/* Any bytes as a compiled lexicon and as text: refused, or told to be wrong, or
 * compiled to a file that opens. */
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

/* Every name is found under its own words, and leads to an entry. */
static void
walk(const ch_lexicon *lexicon)
{
    for (uint32_t i = 0; i < lexicon->nname; i++) {
        const ch_name *n = &lexicon->names[i];
        assert(ch_lexicon_string(lexicon, n->form)[0] != '\0');
        if (n->kind <= CH_NAME_REGION)
            assert(n->entry < lexicon->ncountry);
        else if (n->kind == CH_NAME_ACTOR || n->kind == CH_NAME_ACTOR_ADJECTIVE)
            assert(n->entry < lexicon->nactor);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    make_folder();
    FILE *f = fopen(file, "wb");
    if (f == NULL || fwrite(data, 1, size, f) != size || fclose(f) != 0)
        abort();
    const char *dirs[] = {folder};
    ch_lexicon *lexicon;
    if (ch_lexicon_open(&lexicon, fuzz_file(data, size), NULL) == CHANCERY_OK)
        ch_lexicon_close(lexicon);
    if (chancery_lexicon_compile(dirs, 1, image, check, NULL, NULL) == CHANCERY_OK) {
        if (ch_lexicon_open(&lexicon, image, NULL) == CHANCERY_OK) { /* one without words is refused */
            walk(lexicon);
            ch_lexicon_close(lexicon);
        }
    }
    return 0;
}
