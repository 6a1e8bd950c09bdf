/* How many sentences a second the stages of time and place read, by the time of
 * the processor: what `scripts/bench` prints of them. The texts are read as far
 * as syntax first; that is not counted.
 *
 * usage: stages NDJSON */
#include "base/arena.h"
#include "place/place.h"
#include "reader.h"
#include "time/time.h"

#include <stdio.h>
#include <time.h>

#define ROUNDS 40

typedef struct {
    double times, places; /* seconds */
    double sentences;
} sums;

static double
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
measure(sums *s, const ch_lexicon *lexicon, ch_document *doc)
{
    chancery_error err;
    for (int i = 0; i < ROUNDS; i++) {
        ch_arena_mark mark = ch_arena_get_mark(&doc->arena);
        double start = now();
        bool ok = ch_find_times(lexicon, doc, &err) == CH_OK;
        double middle = now();
        ok = ok && ch_find_places(lexicon, doc, &err) == CH_OK;
        s->times += middle - start;
        s->places += now() - middle;
        s->sentences += doc->nsent;
        ch_arena_rewind(&doc->arena, mark);
        if (!ok)
            return false;
    }
    return true;
}

static bool
measure_all(sums *s, const chancery_reader *reader, chancery_source *source)
{
    chancery_input input;
    chancery_error err;
    chancery_document *doc;
    while (chancery_source_next(source, &input, &err) == CHANCERY_OK) {
        if (chancery_read(&doc, reader, &input, CHANCERY_STAGE_SYNTAX, &err) != CHANCERY_OK)
            return false;
        bool ok = measure(s, reader->lexicon, &doc->document);
        chancery_document_free(doc);
        if (!ok)
            return false;
    }
    return s->sentences > 0;
}

int
main(int argc, char **argv)
{
    chancery_reader *reader = NULL;
    chancery_source *source = NULL;
    chancery_error err;
    sums s = {0};
    bool ok = argc == 2 && chancery_reader_open(&reader, NULL, &err) == CHANCERY_OK &&
              chancery_source_open(&source, argv[1], CHANCERY_SOURCE_NDJSON, &err) == CHANCERY_OK && measure_all(&s, reader, source);
    chancery_source_close(source);
    chancery_reader_close(reader);
    if (!ok)
        return 1;
    printf("time %.0f, places %.0f, both %.0f sentences/s of one core, behind syntax\n", s.sentences / s.times,
           s.sentences / s.places, s.sentences / (s.times + s.places));
    return 0;
}
