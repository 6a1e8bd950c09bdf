/* Any text as a dictionary of another project: what is written for it must be
 * lexicon text without a mistake. The first byte chooses kind and project. */
#include "fuzz.h"
#include "chancery.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/dev/shm/chancery-import-XXXXXX";
static char out[64];
static const char *const names[] = {"x.actors.txt", "x.agents.txt", "x.verbs.txt", "x.discards.txt", "x.issues.txt"};

static void
clean_up(void)
{
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
        snprintf(path, sizeof path, "%s/%s", out, names[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/countries.txt", out);
    unlink(path);
}

static void
leave(void)
{
    clean_up();
    rmdir(out);
    rmdir(folder);
}

static void
make_folder(void)
{
    if (out[0] != '\0')
        return;
    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(out, sizeof out, "%s/out", folder);
    atexit(leave);
}

static void
check(void *context, const chancery_complaint *c)
{
    (void)context;
    assert(c->message[0] != '\0' && c->remedy[0] != '\0' && c->line != 0);
}

/* Codes that CAMEO's ontology would explain are not there: frames that leave
 * their type to it may be told to lack one. */
static void
check_compiled(void *context, const chancery_complaint *c)
{
    (void)context;
    if (c->fatal && strstr(c->message, "has no known type") == NULL) {
        fprintf(stderr, "%s:%u:%u: %s\n", c->file, c->line, c->column, c->message);
        abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[128];
    if (size == 0)
        return 0;
    make_folder();
    clean_up();
    snprintf(path, sizeof path, "%s/%s", folder, names[data[0] % 5]);
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(data + 1, 1, size - 1, f) != size - 1 || fclose(f) != 0)
        abort();
    const char *files[] = {path}, *dirs[] = {out};
    chancery_dictionary from = data[0] >= 128 ? CHANCERY_DICTIONARY_TABARI : CHANCERY_DICTIONARY_PETRARCH;
    chancery_error err;
    if (chancery_lexicon_import(from, files, 1, out, check, NULL, NULL, &err) != CHANCERY_OK)
        abort();
    chancery_lexicon_compile(dirs, 1, NULL, check_compiled, NULL, &err);
    return 0;
}
