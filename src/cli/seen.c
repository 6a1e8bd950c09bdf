#include "seen.h"

#include "cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* No id is longer; a length beyond it is damage. */
#define ID_MAX (64u * 1024 * 1024)

static bool
fail(const char *what)
{
    fprintf(stderr, "chancery: the file beside the checkpoint %s\n", what);
    return false;
}

static bool
meet(cli_seen *seen, const char *id, const chancery_signature *signature, const char **original)
{
    chancery_error err;
    if (chancery_duplicates_meet(seen->met, id, signature, original, &err) == CHANCERY_OK)
        return true;
    cli_complain(&err);
    return false;
}

/* One entry; its bytes are added to seen->size. */
static bool
take_up(cli_seen *seen)
{
    uint32_t len;
    chancery_signature signature;
    const char *original;
    if (fread(&len, sizeof len, 1, seen->log) != 1 || len > ID_MAX)
        return fail("is damaged");
    char *id = malloc((size_t)len + 1);
    bool ok = id != NULL && fread(id, 1, len, seen->log) == len && fread(&signature, sizeof signature, 1, seen->log) == 1;
    if (ok) {
        id[len] = '\0';
        seen->size += sizeof len + len + sizeof signature;
        ok = meet(seen, id, &signature, &original);
    } else
        fail("is damaged");
    free(id);
    return ok;
}

bool
cli_seen_open(cli_seen *seen, const char *checkpoint, uint64_t size)
{
    char path[PATH_MAX];
    chancery_error err;
    *seen = (cli_seen){0};
    if (chancery_duplicates_new(&seen->met, &err) != CHANCERY_OK) {
        cli_complain(&err);
        return false;
    }
    if (checkpoint == NULL)
        return true;
    snprintf(path, sizeof path, "%s.seen", checkpoint);
    seen->log = fopen(path, size != 0 ? "r+e" : "w+e");
    if (seen->log == NULL) {
        fprintf(stderr, "chancery: %s: cannot be opened: %s\n", path, strerror(errno));
        return false;
    }
    while (seen->size < size)
        if (!take_up(seen))
            return false;
    bool ok = seen->size == size && fflush(seen->log) == 0 && ftruncate(fileno(seen->log), (off_t)size) == 0;
    return (ok && fseeko(seen->log, (off_t)size, SEEK_SET) == 0) || fail("is not as the run left it");
}

void
cli_seen_close(cli_seen *seen)
{
    chancery_duplicates_free(seen->met);
    if (seen->log != NULL)
        fclose(seen->log);
}

bool
cli_seen_meet(cli_seen *seen, const char *id, const chancery_signature *signature, const char **original)
{
    if (!meet(seen, id, signature, original))
        return false;
    if (seen->log == NULL || *original != NULL)
        return true;
    uint32_t len = (uint32_t)strlen(id);
    seen->size += sizeof len + len + sizeof *signature;
    bool ok = fwrite(&len, sizeof len, 1, seen->log) == 1 && fwrite(id, 1, len, seen->log) == len &&
              fwrite(signature, sizeof *signature, 1, seen->log) == 1;
    return ok || fail("cannot be written");
}

bool
cli_seen_save(cli_seen *seen)
{
    if (seen->log == NULL || (fflush(seen->log) == 0 && fdatasync(fileno(seen->log)) == 0))
        return true;
    return fail("cannot be written");
}
