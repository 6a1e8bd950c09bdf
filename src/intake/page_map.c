#include "intake/page_map.h"

#include "base/grow.h"
#include "base/search.h"

#include <stdlib.h>

void
ch_page_map_free(ch_page_map *map)
{
    free(map->runs);
    *map = (ch_page_map){0};
}

static bool
is_even(const chancery_page_run *r)
{
    return r->end - r->start == r->page_end - r->page_start;
}

/* Whether `next` only lengthens `last`: both byte for byte and side by side, or
 * two bytes of one character reference. */
static bool
goes_on(const chancery_page_run *last, const chancery_page_run *next)
{
    if (last->end != next->start)
        return false;
    bool even = is_even(last) && is_even(next) && last->page_end == next->page_start;
    return even || (last->page_start == next->page_start && last->page_end == next->page_end);
}

void
ch_page_map_add(ch_page_map *map, chancery_page_run run)
{
    chancery_page_run *last = map->count != 0 ? &map->runs[map->count - 1] : NULL;
    if (last != NULL && goes_on(last, &run)) {
        last->end = run.end;
        last->page_end = run.page_end;
        return;
    }
    chancery_page_run *runs = map->failed ? NULL : ch_grow(map->runs, map->count, &map->room, sizeof *runs, 64);
    map->failed = runs == NULL;
    if (map->failed)
        return;
    map->runs = runs;
    map->runs[map->count++] = run;
}

void
ch_page_map_append(ch_page_map *map, const ch_page_map *more, uint32_t at, uint32_t len)
{
    for (uint32_t i = 0; i < more->count && more->runs[i].start < len; i++) {
        chancery_page_run run = more->runs[i];
        if (run.end > len) {
            run.page_end -= is_even(&run) ? run.end - len : 0;
            run.end = len;
        }
        run.start += at;
        run.end += at;
        ch_page_map_add(map, run);
    }
    map->failed = map->failed || more->failed;
}

void
ch_page_map_shift(ch_page_map *map, uint32_t by)
{
    for (uint32_t i = 0; i < map->count; i++) {
        map->runs[i].start += by;
        map->runs[i].end += by;
    }
}

/* The run that holds byte `at` of the text, or NULL. */
static const chancery_page_run *
run_at(const chancery_page_run *runs, uint32_t count, uint32_t at)
{
    uint32_t i = count == 0 ? 0 : ch_search_first(&runs->end, sizeof *runs, count, at + 1);
    return i < count && runs[i].start <= at ? &runs[i] : NULL;
}

bool
ch_page_map_find(chancery_span *out, const chancery_page_run *runs, uint32_t count, ch_span span)
{
    if (span.start >= span.end)
        return false;
    const chancery_page_run *first = run_at(runs, count, span.start), *last = run_at(runs, count, span.end - 1);
    if (first == NULL || last == NULL)
        return false;
    out->start = first->page_start + (is_even(first) ? span.start - first->start : 0);
    out->end = is_even(last) ? last->page_start + (span.end - last->start) : last->page_end;
    return out->start < out->end;
}
