/* Any text as a question: lines of KEY=VALUE, and of three keys of its own: by, order
 * and after. What is taken as a filter must be one that SQLite can be asked with. */
#include "fuzz.h"
#include "reader.h"
#include "store/ask.h"
#include "store/dossier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[64];
static ch_store *store;

static void
leave(void)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[80];
    ch_store_close(store);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

static void
open_store(void)
{
    chancery_error err;
    if (store != NULL)
        return;
    snprintf(path, sizeof path, "/dev/shm/chancery-filter-%d.db", (int)getpid());
    atexit(leave);
    if (ch_store_open(&store, path, CH_STORE_WRITE, &err) != CHANCERY_OK)
        abort();
    ch_store_close(store);
    if (ch_store_open(&store, path, CH_STORE_READ, &err) != CHANCERY_OK)
        abort();
}

/* Nothing is stored, so every answer is empty; a query that SQLite does not take is
 * our mistake. */
static void
read_answer(chancery_status status, ch_answer *answer, chancery_error *err)
{
    while (status == CHANCERY_OK)
        status = ch_answer_next(answer, err);
    if (status != CHANCERY_END &&
        (status != CHANCERY_E_ARGUMENT || strncmp(err->message, "the query", strlen("the query")) == 0)) {
        fprintf(stderr, "%s\n", err->message);
        abort();
    }
    ch_answer_close(answer);
}

typedef struct {
    const char *by, *order, *after, *name;
} question;

static void
take_line(ch_filter *filter, question *q, char *line)
{
    char *value = strchr(line, '=');
    if (value == NULL)
        return;
    *value++ = '\0';
    if (strcmp(line, "by") == 0)
        q->by = value;
    else if (strcmp(line, "order") == 0)
        q->order = value;
    else if (strcmp(line, "after") == 0)
        q->after = value;
    else if (strcmp(line, "name") == 0)
        q->name = value;
    else
        ch_filter_add(filter, line, value, NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    question q = {0};
    chancery_error err;
    ch_filter *filter;
    ch_answer *answer = NULL;
    ch_dossier *dossier;
    char *text = malloc(size + 1), *rest;
    open_store();
    if (text == NULL || ch_filter_new(&filter, fuzz_reader()->lexicon, &err) != CHANCERY_OK)
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        take_line(filter, &q, line);
    chancery_status status =
        ch_ask_records(&answer, store, filter, &(ch_page){.order = q.order, .limit = 5, .after = q.after}, &err);
    read_answer(status, answer, &err);
    status = ch_ask_counts(&answer, store, filter, &(ch_counting){.by = q.by, .order = q.order, .fill = true}, &err);
    read_answer(status, answer, &err);
    if (q.name != NULL && ch_dossier_make(&dossier, store, fuzz_reader()->lexicon, q.name, NULL, &err) == CHANCERY_OK) {
        ch_text out = {0};
        ch_dossier_write(&out, dossier, &(ch_dossier_style){.width = 80, .blocks = true});
        ch_text_free(&out);
        ch_dossier_free(dossier);
    }
    ch_filter_free(filter);
    free(text);
    return 0;
}
