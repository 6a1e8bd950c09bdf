/* Documents by their words. */
#include "store/answer.h"
#include "store/filter.h"
#include "store/sql.h"

#include <stdlib.h>

#define DOCUMENTS_USUAL 20

typedef struct {
    ch_answer base;
    ch_arena arena; /* of the search */
    ch_value search;
    ch_sql *sql;
    ch_rows *rows;
} found;

static ch_status
next_document(ch_answer *answer, ch_error *err)
{
    return ch_rows_next(((found *)answer)->rows, err);
}

static const char *
document_text(ch_answer *answer, size_t column)
{
    return ch_rows_text(((found *)answer)->rows, column).at;
}

static bool
document_is_number(ch_answer *answer, size_t column)
{
    (void)answer;
    (void)column;
    return false;
}

static void
close_documents(ch_answer *answer)
{
    found *f = (found *)answer;
    ch_rows_close(f->rows);
    ch_sql_free(f->sql);
    ch_arena_free(&f->arena);
    free(f);
}

static ch_status
ask(found *f, ch_store *store, const char *search, size_t limit, ch_error *err)
{
    ch_status status = ch_search_read(&f->search, &f->arena, ch_str_of(search), err);
    if (status != CH_OK)
        return status;
    f->sql = ch_sql_new(store);
    if (f->sql == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to ask the store");
    ch_sql_documents(f->sql, &f->search);
    ch_sql_put(f->sql, " LIMIT %zu", limit != 0 ? limit : DOCUMENTS_USUAL);
    return ch_sql_ask(&f->rows, f->sql, store, err);
}

ch_status
ch_ask_documents(ch_answer **out, ch_store *store, const char *search, size_t limit, ch_error *err)
{
    static const char *const names[] = {"document", "title", "published", "words"};
    *out = NULL;
    found *f = calloc(1, sizeof *f);
    if (f == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to ask the store");
    ch_arena_init(&f->arena, CH_FILTER_MEMORY_MAX);
    f->base = (ch_answer){.width = sizeof names / sizeof *names,
                          .names = names,
                          .next = next_document,
                          .text = document_text,
                          .is_number = document_is_number,
                          .close = close_documents};
    ch_status status = ask(f, store, search, limit, err);
    if (status != CH_OK) {
        ch_answer_close(&f->base);
        return status;
    }
    *out = &f->base;
    return CH_OK;
}
