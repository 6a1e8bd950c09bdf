#include "training.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t
ch_training_string(ch_training *t, ch_str s)
{
    if (s.len == 0)
        return 0;
    uint32_t *known = ch_map_get(&t->string_at, s);
    if (known != NULL)
        return *known;
    const char *kept = ch_arena_copy(&t->arena, s.at, s.len);
    uint32_t at = (uint32_t)t->strings.len;
    if (kept == NULL || ch_map_put(&t->string_at, (ch_str){kept, s.len}, at, NULL) == NULL) {
        t->failed = true;
        return 0;
    }
    ch_text_add(&t->strings, kept, s.len + 1);
    t->failed = t->failed || t->strings.failed;
    return at;
}

void
ch_training_put(ch_training *t, uint64_t key, uint32_t value)
{
    ch_str bytes = {(const char *)&key, sizeof key};
    uint32_t *known = ch_map_get(&t->entries, bytes);
    if (known != NULL) {
        *known = value;
        return;
    }
    bytes.at = ch_arena_copy(&t->arena, bytes.at, bytes.len);
    if (bytes.at == NULL || ch_map_put(&t->entries, bytes, value, NULL) == NULL)
        t->failed = true;
}

void
ch_training_part(ch_training *t, uint32_t id, uint32_t element_size, const void *elements, uint64_t count)
{
    uint32_t i = 0;
    while (i < t->npart && t->parts[i].id != id)
        i++;
    if (i == CH_TRAINING_PARTS) {
        t->failed = true;
        return;
    }
    t->npart += i == t->npart;
    t->parts[i] = (ch_image_part){.id = id, .element_size = element_size, .elements = elements, .count = count};
}

/* Names of a map's keys, in the order of their numbers. */
static const uint32_t *
names_of(ch_training *t, const ch_map *map)
{
    uint32_t *names = ch_arena_array(&t->arena, map->count + 1, sizeof *names);
    for (uint32_t i = 0; names != NULL && i < map->count; i++)
        names[i] = ch_training_string(t, map->keys[i]);
    return names;
}

/* Open addressing, at most half full. */
static const ch_entry *
table_of(ch_training *t, uint32_t *count)
{
    uint32_t room = 16;
    while (room < t->entries.count * 2)
        room *= 2;
    ch_entry *table = ch_arena_array(&t->arena, room, sizeof *table);
    for (uint32_t i = 0; table != NULL && i < t->entries.count; i++) {
        uint64_t key;
        memcpy(&key, t->entries.keys[i].at, sizeof key);
        uint32_t at = (uint32_t)key & (room - 1);
        while (table[at].key != 0)
            at = (at + 1) & (room - 1);
        table[at] = (ch_entry){.key = key, .value = t->entries.values[i]};
    }
    *count = room;
    return table;
}

bool
ch_training_lay_dictionary(ch_training *t)
{
    ch_model *m = &t->model;
    m->xpos = names_of(t, &t->xpos);
    m->labels = names_of(t, &t->labels);
    m->dictionary = table_of(t, &m->nentry);
    m->strings = ch_arena_copy(&t->arena, t->strings.at, t->strings.len);
    if (m->xpos == NULL || m->labels == NULL || m->dictionary == NULL || m->strings == NULL || t->failed)
        return false;
    m->nxpos = t->xpos.count;
    m->nlabel = t->labels.count;
    m->nstring = (uint32_t)t->strings.len;
    ch_training_part(t, CH_MODEL_STRINGS, 1, m->strings, m->nstring);
    ch_training_part(t, CH_MODEL_XPOS, sizeof *m->xpos, m->xpos, m->nxpos);
    ch_training_part(t, CH_MODEL_LABELS, sizeof *m->labels, m->labels, m->nlabel);
    ch_training_part(t, CH_MODEL_DICTIONARY, sizeof *m->dictionary, m->dictionary, m->nentry);
    return !t->failed;
}

bool
ch_training_classifier(ch_training *t, ch_perceptron *p, uint32_t section, ch_classifier *c)
{
    uint32_t *rows;
    ch_weight *entries;
    uint32_t nrow = p->mask + 2, nclass = p->nclass;
    bool ok = ch_perceptron_finish(p, &rows, &entries);
    ch_perceptron_free(p);
    if (!ok)
        return false;
    uint32_t *kept_rows = ch_arena_array(&t->arena, nrow, sizeof *kept_rows);
    ch_weight *kept = ch_arena_array(&t->arena, rows[nrow - 1] + 1, sizeof *kept);
    ok = kept_rows != NULL && kept != NULL;
    if (ok) {
        memcpy(kept_rows, rows, nrow * sizeof *rows);
        memcpy(kept, entries, rows[nrow - 1] * sizeof *entries);
        *c = (ch_classifier){.rows = kept_rows, .entries = kept, .mask = nrow - 2, .nclass = nclass};
        ch_training_part(t, section, sizeof *kept_rows, kept_rows, nrow);
        ch_training_part(t, section + 1, sizeof *kept, kept, kept_rows[nrow - 1]);
    }
    free(rows);
    free(entries);
    return ok && !t->failed;
}

/* splitmix64 */
uint32_t
ch_training_random(ch_training *t, uint32_t below)
{
    uint64_t z = t->random += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(((z ^ (z >> 31)) >> 32) * below >> 32);
}

void
ch_training_shuffle(ch_training *t, uint32_t *order, uint32_t count)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t k = ch_training_random(t, i), other = order[k];
        order[k] = order[i - 1];
        order[i - 1] = other;
    }
}

void
ch_training_say(const ch_training *t, const char *format, ...)
{
    char line[256];
    va_list ap;
    va_start(ap, format);
    vsnprintf(line, sizeof line, format, ap);
    va_end(ap);
    if (t->options->progress != NULL)
        t->options->progress(t->options->context, line);
}
