/* store/ask.h: questions to a store: records, counts, documents, a query of one's
 * own. What is asked for is a filter, made of pairs of key and value as options of
 * a command or the query part of an address give them.
 *
 *     ch_filter *filter;
 *     ch_answer *answer;
 *     ch_filter_open(&filter, NULL, &err);
 *     ch_filter_add(filter, "actor", "FRA", &err);
 *     ch_filter_add(filter, "from", "2024-01", &err);
 *     ch_ask_counts(&answer, store, filter, &(ch_counting){.by = "month,type"}, &err);
 *     while (ch_answer_next(answer, &err) == CH_OK)
 *         use(ch_answer_text(answer, 0));
 *     ch_answer_close(answer);
 */
#ifndef CHANCERY_STORE_ASK_H
#define CHANCERY_STORE_ASK_H

#include "lexicon/lexicon.h"
#include "store/store.h"

/* ------------------------------------------------------------------ filter */

/* Conditions that all must hold. Belongs to one thread at a time. */
typedef struct ch_filter ch_filter;

typedef struct {
    const char *name;     /* "actor" */
    const char *argument; /* what its value is: "WHO" */
    const char *help;     /* one line */
} ch_filter_key;

/* Everything that can be asked for, *count of them; static memory. */
const ch_filter_key *ch_filter_keys(size_t *count);

/* A filter without conditions, which asks `lexicon` for names; the lexicon must
 * outlive it. Free with ch_filter_free().
 *   CH_E_NOMEM */
ch_status ch_filter_new(ch_filter **out, const ch_lexicon *lexicon, ch_error *err);

/* The same with a lexicon of its own: the one that `options` name (NULL: the
 * installed one).
 *   CH_E_IO, CH_E_FORMAT  it cannot be opened */
ch_status ch_filter_open(ch_filter **out, const chancery_reader_options *options, ch_error *err);
void ch_filter_free(ch_filter *filter); /* NULL is allowed */

/* The lexicon that it asks. */
const ch_lexicon *ch_filter_lexicon(const ch_filter *filter);

/* Adds a condition: `key` is the name of one, "not-" before it for what must not
 * be; values parted by commas are any of them. Those of one key given twice must
 * both hold. Without a `kind` events are asked for, or what the keys are of.
 *   CH_E_ARGUMENT  no such key, or its value makes no sense: the filter is as it was
 *                  before, err->message says what is near */
ch_status ch_filter_add(ch_filter *filter, const char *key, const char *value, ch_error *err);

/* ------------------------------------------------------------------ answer */

/* Rows that answer a question, one at a time. Its store can be asked nothing else
 * until it is closed. */
typedef struct ch_answer ch_answer;

/* The next row: CH_END behind the last. */
ch_status ch_answer_next(ch_answer *answer, ch_error *err);
void ch_answer_close(ch_answer *answer); /* NULL is allowed */

/* Columns, and the value of one in the row, as text; NULL where it has none. Borrowed
 * until the next row, of counts until the next value. */
size_t ch_answer_width(const ch_answer *answer);
const char *ch_answer_name(const ch_answer *answer, size_t column);
const char *ch_answer_text(ch_answer *answer, size_t column);
bool ch_answer_is_number(ch_answer *answer, size_t column);

/* The row as one line of JSON without its end: of records the record itself. */
const char *ch_answer_json(ch_answer *answer, size_t *len);

/* Of records: where the next page begins, behind this row. */
const char *ch_answer_cursor(const ch_answer *answer);

/* --------------------------------------------------------------- questions */

typedef struct {
    const char *order; /* "date", "confidence", "goldstein" (events), "value" (amounts); "-date" is the
                          newest first, and what NULL means */
    size_t limit;      /* most rows; 0: all */
    const char *after; /* what ch_answer_cursor() gave of the page before, or NULL */
} ch_page;

/* The records that a filter asks for. What has no date comes last. A name that
 * neither lexicon nor store knows is an error that tells what is near it. `page` may
 * be NULL; filter, and strings in it, must outlive the answer.
 *   CH_E_ARGUMENT  the order or the cursor makes no sense; no such name
 *   CH_E_IO        the store cannot answer
 * Close with ch_answer_close(). */
ch_status ch_ask_records(ch_answer **out, ch_store *store, const ch_filter *filter, const ch_page *page, ch_error *err);

typedef struct {
    const char *by;    /* fields parted by commas: "month,type"; NULL or "": all in one row */
    const char *sum;   /* "goldstein" or "value": summed up, and their mean; NULL: neither */
    const char *order; /* "count", "-count" or "label"; NULL: time upward, else the most first */
    size_t limit;      /* most rows; 0: all */
    bool fill;         /* periods in which nothing happened have rows too, where `by` is one period */
} ch_counting;

/* How many records a filter asks for, by any fields. A record with several of what
 * it is counted by (two actors) counts with each; where the filter asks for one side
 * (actor=FRA), that side is counted by those it names. Sums of `value` are kept apart
 * by unit.
 *   CH_E_ARGUMENT  no such field
 *   CH_E_LIMIT     more than a million rows
 *   CH_E_IO */
ch_status ch_ask_counts(ch_answer **out, ch_store *store, const ch_filter *filter, const ch_counting *counting, ch_error *err);

/* The i-th of the fields that can be counted by; NULL behind the last. */
const char *ch_count_field_name(size_t index);

/* Documents that have the words of `search` (as the filter `text`), the best first:
 * id, title, published and the words around what was found, that between \x02 and
 * \x03.
 *   CH_E_ARGUMENT  the search cannot be read */
ch_status ch_ask_documents(ch_answer **out, ch_store *store, const char *search, size_t limit, ch_error *err);

/* Any query in the store's SQL that changes nothing, ended after `seconds` (0: never).
 *   CH_E_ARGUMENT  it is no query, or would change something
 *   CH_E_LIMIT     it took longer
 *   CH_E_IO */
ch_status ch_ask_sql(ch_answer **out, ch_store *store, const char *sql, double seconds, ch_error *err);

#endif
