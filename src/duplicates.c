/* Reports that repeat others: word for word, or with another headline and some
 * paragraphs less.
 *
 * A report is the set of its runs of three words, J of two reports the part of
 * all their runs that they share. Under a random order of all runs the least of
 * both sets is the same with probability J (MinHash); with 96 orders the part of
 * equal least ones estimates J within 0.05. The orders are put into 32 bands of
 * three: reports that agree in one whole band are compared. At J = 0.5 that is so
 * of 98.6% of the pairs, at J = 0.05 of 0.4%.
 *
 * A band is a table of chains, newest first, as in LZ77: `head` has the number of
 * the last report in a bucket plus one, `before` that of the one before it, in the
 * place of a report's own number modulo REMEMBERED. A chain ends where a number is
 * so old that its place is taken by another.
 */
#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "reader.h"
#include "record/json.h"

#include <stdlib.h>
#include <string.h>

#define RUN 3 /* words */
#define REMEMBERED 65536u
#define BUCKETS 65536u
#define BAND 3
#define BANDS (CHANCERY_SKETCH / BAND)
/* Reports compared in a band: one that fills it is furniture that was not found. */
#define CHAIN_MAX 64
/* A reprint keeps half of what both say; reports of one subject that repeat the
 * same background share less (docs/decisions.md). */
#define LIKENESS_MIN 0.5
/* Shorter reports differ in what a word says: they repeat others word for word or
 * not at all. */
#define SHINGLES_MIN 40

/* --------------------------------------------------------------- signatures */

static uint64_t
next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15)); /* splitmix64 */
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* An order is a product by an odd number: the high half of it is compared. */
static void
add_shingle(chancery_signature *s, const uint64_t *orders, uint64_t hash)
{
    s->shingles++;
    for (size_t i = 0; i < CHANCERY_SKETCH; i++) {
        uint32_t place = (uint32_t)((hash * orders[i]) >> 32);
        if (place < s->least[i])
            s->least[i] = place;
    }
}

/* Folded words parted by single spaces. */
static void
add_words(chancery_signature *s, const uint64_t *orders, uint64_t last[RUN], uint32_t *count, const char *folded, size_t len)
{
    for (size_t at = 0; at < len;) {
        const char *space = memchr(folded + at, ' ', len - at);
        size_t end = space != NULL ? (size_t)(space - folded) : len;
        memmove(last, last + 1, (RUN - 1) * sizeof *last);
        last[RUN - 1] = ch_hash(folded + at, end - at);
        s->words = ch_hash_pair(s->words, last[RUN - 1]);
        if (++*count >= RUN)
            add_shingle(s, orders, ch_hash(last, RUN * sizeof *last));
        at = end + 1;
    }
}

void
chancery_signature_make(chancery_signature *out, const chancery_document *doc)
{
    const ch_document *d = &doc->document;
    uint64_t orders[CHANCERY_SKETCH], seed = 0, last[RUN] = {0};
    uint32_t count = 0;
    ch_text folded = {0};
    *out = (chancery_signature){0};
    memset(out->least, 0xFF, sizeof out->least);
    for (size_t i = 0; i < CHANCERY_SKETCH; i++)
        orders[i] = next_random(&seed) | 1;
    for (uint32_t i = 0; i < d->nsent; i++) {
        ch_span span = d->sents[i].span;
        size_t room = 4 * (size_t)(span.end - span.start) + 64; /* a compatibility form may be longer */
        ch_text_clear(&folded);
        if (!ch_text_reserve(&folded, room))
            break;
        size_t len = ch_fold(folded.at, room, d->text + span.start, span.end - span.start);
        if (len != SIZE_MAX)
            add_words(out, orders, last, &count, folded.at, len);
    }
    ch_text_free(&folded);
}

double
chancery_signature_likeness(const chancery_signature *a, const chancery_signature *b)
{
    unsigned same = 0;
    if (a->words == b->words)
        return 1;
    for (size_t i = 0; i < CHANCERY_SKETCH; i++)
        same += a->least[i] == b->least[i];
    return (double)same / CHANCERY_SKETCH;
}

/* ------------------------------------------------------------ what was met */

typedef struct {
    char *id;
    uint64_t words;
    uint16_t least[CHANCERY_SKETCH]; /* low halves: they differ by chance once in 65,536 */
    bool is_short;
} report;

/* The last band is of all words, for reports that repeat others word for word. */
struct chancery_duplicates {
    report *reports;                  /* [REMEMBERED] */
    uint64_t count;                   /* reports ever remembered */
    uint32_t (*head)[BUCKETS];        /* [BANDS + 1] */
    uint32_t (*before)[REMEMBERED];   /* [BANDS + 1] */
};

chancery_status
chancery_duplicates_new(chancery_duplicates **out, chancery_error *err)
{
    chancery_duplicates *met = calloc(1, sizeof *met);
    if (met != NULL) {
        met->reports = calloc(REMEMBERED, sizeof *met->reports);
        met->head = calloc(BANDS + 1, sizeof *met->head);
        met->before = calloc(BANDS + 1, sizeof *met->before);
    }
    *out = met;
    if (met != NULL && met->reports != NULL && met->head != NULL && met->before != NULL)
        return CH_OK;
    chancery_duplicates_free(met);
    *out = NULL;
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to remember documents");
}

void
chancery_duplicates_free(chancery_duplicates *met)
{
    if (met == NULL)
        return;
    for (size_t i = 0; met->reports != NULL && i < REMEMBERED; i++)
        free(met->reports[i].id);
    free(met->reports);
    free(met->head);
    free(met->before);
    free(met);
}

static uint32_t
bucket(const chancery_signature *s, unsigned band)
{
    uint64_t hash = band == BANDS ? s->words : ch_hash(s->least + band * BAND, BAND * sizeof *s->least);
    return (uint32_t)(hash % BUCKETS);
}

static bool
repeats(const report *r, const chancery_signature *s)
{
    unsigned same = 0;
    if (r->words == s->words)
        return true;
    if (r->is_short || s->shingles < SHINGLES_MIN)
        return false;
    for (size_t i = 0; i < CHANCERY_SKETCH; i++)
        same += r->least[i] == (uint16_t)s->least[i];
    return same >= LIKENESS_MIN * CHANCERY_SKETCH;
}

/* Numbers are kept modulo 2^32, less one: 0 ends a chain. */
static const report *
find_in_band(const chancery_duplicates *met, const chancery_signature *s, unsigned band)
{
    uint32_t now = (uint32_t)met->count;
    uint32_t number = met->head[band][bucket(s, band)];
    for (unsigned i = 0; number != 0 && now - (number - 1) <= REMEMBERED && i < CHAIN_MAX; i++) {
        const report *r = &met->reports[(number - 1) % REMEMBERED];
        if (repeats(r, s))
            return r;
        uint32_t next = met->before[band][(number - 1) % REMEMBERED];
        if (next >= number)
            break; /* its place was taken since */
        number = next;
    }
    return NULL;
}

static chancery_status
remember(chancery_duplicates *met, const char *id, const chancery_signature *s, chancery_error *err)
{
    uint32_t at = (uint32_t)(met->count % REMEMBERED);
    report *r = &met->reports[at];
    char *copy = strdup(id);
    if (copy == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to remember a document");
    free(r->id);
    *r = (report){.id = copy, .words = s->words, .is_short = s->shingles < SHINGLES_MIN};
    for (size_t i = 0; i < CHANCERY_SKETCH; i++)
        r->least[i] = (uint16_t)s->least[i];
    for (unsigned band = 0; band <= BANDS; band++) {
        uint32_t *head = &met->head[band][bucket(s, band)];
        met->before[band][at] = *head;
        *head = (uint32_t)met->count + 1;
    }
    met->count++;
    return CH_OK;
}

chancery_status
chancery_duplicates_meet(chancery_duplicates *met, const char *id, const chancery_signature *s, const char **original,
                         chancery_error *err)
{
    *original = NULL;
    if (s->words == 0)
        return CH_OK;
    const report *found = find_in_band(met, s, BANDS);
    for (unsigned band = 0; found == NULL && s->shingles >= SHINGLES_MIN && band < BANDS; band++)
        found = find_in_band(met, s, band);
    if (found == NULL)
        return remember(met, id, s, err);
    *original = found->id;
    return CH_OK;
}

chancery_status
chancery_write_duplicate(char **out, size_t *len, const char *records, size_t records_len, const char *original,
                         chancery_error *err)
{
    ch_text text = {0};
    const char *end = memchr(records, '\n', records_len);
    *out = NULL;
    if (end == NULL || end == records || end[-1] != '}')
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "these are no records; write them as NDJSON first");
    size_t first = (size_t)(end - records) - 1;
    ch_text_add(&text, records, first);
    ch_text_puts(&text, ",\"duplicateOf\":");
    if (original != NULL)
        ch_json_chars(&text, original);
    else
        ch_text_puts(&text, "null");
    ch_text_add(&text, records + first, records_len - first);
    ch_text_putc(&text, '\0');
    if (text.failed) {
        ch_text_free(&text);
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to write a document");
    }
    *out = text.at;
    *len = text.len - 1;
    return CH_OK;
}
