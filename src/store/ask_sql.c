/* A query of the user's own. */
#include "store/answer.h"
#include "store/ask.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    ch_answer base;
    ch_store *store;
    ch_rows *rows;
    const char **names;
} own_query;

static ch_status
next_row(ch_answer *answer, ch_error *err)
{
    return ch_rows_next(((own_query *)answer)->rows, err);
}

static const char *
row_text(ch_answer *answer, size_t column)
{
    return ch_rows_text(((own_query *)answer)->rows, column).at;
}

/* What is written as one in JSON: neither "NaN" nor "Infinity" is. */
static bool
row_is_number(ch_answer *answer, size_t column)
{
    ch_rows *rows = ((own_query *)answer)->rows;
    ch_cell_type type = ch_rows_type(rows, column);
    ch_str text = ch_rows_text(rows, column);
    return (type == CH_CELL_INTEGER || type == CH_CELL_REAL) && text.at != NULL && strspn(text.at, "+-.0123456789eE") == text.len;
}

static void
close_query(ch_answer *answer)
{
    own_query *q = (own_query *)answer;
    ch_rows_close(q->rows);
    ch_store_limit(q->store, 0, NULL);
    free(q->names);
    free(q);
}

static ch_status
name_columns(own_query *q, ch_error *err)
{
    q->base.width = ch_rows_width(q->rows);
    q->names = calloc(q->base.width + 1, sizeof *q->names);
    if (q->names == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to ask the store");
    for (size_t i = 0; i < q->base.width; i++)
        q->names[i] = ch_rows_name(q->rows, i);
    q->base.names = q->names;
    return CH_OK;
}

ch_status
ch_ask_sql(ch_answer **out, ch_store *store, const char *sql, double seconds, ch_error *err)
{
    *out = NULL;
    own_query *q = calloc(1, sizeof *q);
    if (q == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to ask the store");
    q->base = (ch_answer){.next = next_row, .text = row_text, .is_number = row_is_number, .close = close_query};
    q->store = store;
    ch_status status = ch_store_limit(store, seconds, err);
    if (status == CH_OK)
        status = ch_rows_open(&q->rows, store, sql, NULL, 0, err);
    if (status == CH_OK)
        status = name_columns(q, err);
    if (status != CH_OK) {
        ch_answer_close(&q->base);
        return status;
    }
    *out = &q->base;
    return CH_OK;
}
