#include "one_a_day.h"

#include "checkpoint.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Two tables: when the young one is half full it becomes the old one, and the old
 * one is emptied. */
#define PLACES ((size_t)1 << 21)
#define YOUNG_MAX (PLACES / 2)

struct cli_days {
    uint64_t *young, *old; /* [PLACES]; 0 is free */
    size_t count;          /* in the young one */
    FILE *log;             /* all keys in the order they were met; NULL: not kept */
    uint64_t size;         /* bytes of it */
};

/* The place of `key`, or the free one where it would go. */
static uint64_t *
find(uint64_t *table, uint64_t key)
{
    size_t at = (size_t)(key ^ (key >> 32)) % PLACES;
    while (table[at] != 0 && table[at] != key)
        at = (at + 1) % PLACES;
    return &table[at];
}

/* False when it was met before. */
static bool
remember(cli_days *days, uint64_t key)
{
    uint64_t *place = find(days->young, key);
    if (*place != 0 || *find(days->old, key) != 0)
        return false;
    *place = key;
    if (++days->count == YOUNG_MAX) {
        uint64_t *emptied = days->old;
        days->old = days->young;
        days->young = memset(emptied, 0, PLACES * sizeof *emptied);
        days->count = 0;
    }
    return true;
}

/* ---------------------------------------------------------------------- log */

static bool
fail(const char *what)
{
    fprintf(stderr, "chancery: the file of events beside the checkpoint %s\n", what);
    return false;
}

/* The keys that the tables held when the log had `size` bytes. Those of tables
 * that were emptied since are passed over. */
static bool
take_up(cli_days *days, uint64_t size)
{
    uint64_t key, table = YOUNG_MAX * sizeof key, emptied = size / table;
    days->size = emptied > 1 ? (emptied - 1) * table : 0;
    if (fseeko(days->log, (off_t)days->size, SEEK_SET) != 0)
        return fail("cannot be read");
    for (; days->size < size; days->size += sizeof key)
        if (fread(&key, sizeof key, 1, days->log) != 1 || key == 0 || !remember(days, key))
            return fail("is damaged");
    if (fflush(days->log) != 0 || ftruncate(fileno(days->log), (off_t)size) != 0 || fseeko(days->log, (off_t)size, SEEK_SET) != 0)
        return fail("cannot be written");
    return true;
}

static bool
open_log(cli_days *days, const char *checkpoint, uint64_t size)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s.days", checkpoint);
    days->log = fopen(path, size != 0 ? "r+e" : "w+e");
    if (days->log != NULL)
        return take_up(days, size);
    fprintf(stderr, "chancery: %s: cannot be opened: %s\n", path, strerror(errno));
    return false;
}

cli_days *
cli_days_open(const char *checkpoint, uint64_t size)
{
    cli_days *days = calloc(1, sizeof *days);
    if (days != NULL) {
        days->young = calloc(PLACES, sizeof *days->young);
        days->old = calloc(PLACES, sizeof *days->old);
    }
    if (days == NULL || days->young == NULL || days->old == NULL)
        fprintf(stderr, "chancery: not enough memory to compare events\n");
    else if (checkpoint == NULL || open_log(days, checkpoint, size))
        return days;
    cli_days_close(days);
    return NULL;
}

void
cli_days_close(cli_days *days)
{
    if (days == NULL)
        return;
    if (days->log != NULL)
        fclose(days->log);
    free(days->young);
    free(days->old);
    free(days);
}

bool
cli_days_save(cli_days *days, uint64_t *size)
{
    *size = days->size;
    return (ferror(days->log) == 0 && fflush(days->log) == 0 && fdatasync(fileno(days->log)) == 0) || fail("cannot be written");
}

/* What cannot be written is told when the checkpoint is saved. */
static bool
meet(cli_days *days, uint64_t key)
{
    key |= key == 0;
    if (!remember(days, key))
        return false;
    if (days->log != NULL) {
        fwrite(&key, sizeof key, 1, days->log);
        days->size += sizeof key;
    }
    return true;
}

/* --------------------------------------------------------------------- keys */

/* Who it is: the lexicon's entry, else the code, else the words. */
static uint64_t
chain_party(uint64_t chain, const chancery_participant *p)
{
    if (p == NULL)
        return cli_chain_string(chain, NULL);
    return cli_chain_string(chain, p->entity != NULL ? p->entity : p->code != NULL ? p->code : p->text);
}

static uint64_t
chain_event(const chancery_event *e)
{
    uint64_t chain = cli_chain_string(0, e->type);
    chain = cli_chain_string(chain, e->status);
    chain = cli_chain_string(chain, e->date.start);
    chain = cli_chain_string(chain, e->date.end);
    chain = cli_chain_string(chain, e->has_place ? e->place.country : NULL);
    return cli_chain_string(chain, e->has_place ? e->place.name != NULL ? e->place.name : e->place.text : NULL);
}

static bool
is_somebody(const chancery_participant *parties, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (parties[i].entity != NULL || parties[i].country != NULL)
            return true;
    return false;
}

/* Gunmen who kill somebody somewhere may be others each time. */
static bool
is_countable(const chancery_event *e)
{
    return e->date.start != NULL &&
           (e->has_place || is_somebody(e->actors, e->actor_count) || is_somebody(e->recipients, e->recipient_count));
}

bool
cli_day_keys(cli_day_key **out, size_t *count, const chancery_document *doc)
{
    size_t room = 0, n = 0;
    for (size_t i = 0; i < chancery_event_count(doc); i++) {
        const chancery_event *e = chancery_event_at(doc, i);
        room += (e->actor_count + 1) * (e->recipient_count + 1);
    }
    *count = 0;
    *out = malloc((room + 1) * sizeof **out);
    if (*out == NULL)
        return false;
    for (size_t i = 0; i < chancery_event_count(doc); i++) {
        const chancery_event *e = chancery_event_at(doc, i);
        uint64_t chain = chain_event(e);
        if (e->repeats != NULL) {
            (*out)[n++] = (cli_day_key){.event = (uint32_t)i, .again = true};
            continue;
        }
        for (size_t a = 0; is_countable(e) && (a == 0 || a < e->actor_count); a++)
            for (size_t r = 0; r == 0 || r < e->recipient_count; r++) {
                uint64_t pair = chain_party(chain, e->actor_count != 0 ? &e->actors[a] : NULL);
                pair = chain_party(pair, e->recipient_count != 0 ? &e->recipients[r] : NULL);
                (*out)[n++] = (cli_day_key){.event = (uint32_t)i, .hash = pair};
            }
    }
    *count = n;
    return true;
}

/* ------------------------------------------------------------------ records */

static bool
is_event(const char *line, size_t len)
{
    static const char begin[] = "{\"kind\":\"event\"";
    return len >= sizeof begin - 1 && memcmp(line, begin, sizeof begin - 1) == 0;
}

size_t
cli_days_thin(cli_days *days, char *records, size_t *len, const cli_day_key *keys, size_t count)
{
    size_t kept = 0, thinned = 0, k = 0;
    uint32_t event = 0;
    for (size_t at = 0; at < *len;) {
        const char *end = memchr(records + at, '\n', *len - at);
        size_t line = end != NULL ? (size_t)(end - records) + 1 - at : *len - at;
        bool is_new = true;
        if (is_event(records + at, line)) {
            is_new = k == count || keys[k].event != event;
            for (; k < count && keys[k].event == event; k++)
                is_new = (!keys[k].again && meet(days, keys[k].hash)) || is_new;
            event++;
        }
        if (is_new) {
            memmove(records + kept, records + at, line);
            kept += line;
        } else
            thinned++;
        at += line;
    }
    *len = kept;
    return thinned;
}
