/* Where what NDJSON quotes stands in the page that the text was taken from. */
#include "intake/page_map.h"
#include "record/record.h"

#include <stdlib.h>

/* Behind the numbers of each of these keys comes one key more. A string cannot hold
 * what is looked for, as its quotation marks are escaped. */
static const struct {
    const char *key;
    const char *in_page;
} keys[] = {{"\"span", ",\"pageSpan\":"}, {"\"sentence", ",\"pageSentence\":"}};

/* The key that ends before `at`; NULL for one that has no place in the page. */
static const char *
key_in_page(const char *records, const char *at)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t len = strlen(keys[i].key);
        if ((size_t)(at - records) >= len && memcmp(at - len, keys[i].key, len) == 0)
            return keys[i].in_page;
    }
    return NULL;
}

static void
put_place(ch_text *out, const ch_document *doc, ch_span span)
{
    chancery_span page;
    if (ch_page_map_find(&page, doc->page_runs, doc->npage_run, span))
        ch_text_printf(out, "[%u,%u]", page.start, page.end);
    else
        ch_text_puts(out, "null");
}

void
ch_page_spans_write(ch_text *out, const ch_document *doc, const char *records)
{
    const char *at = records;
    for (const char *found; (found = strstr(at, "\":[")) != NULL;) {
        const char *in_page = key_in_page(records, found);
        char *end = (char *)(uintptr_t)found + strlen("\":[");
        ch_span span = {0, 0};
        if (in_page != NULL) {
            span.start = (uint32_t)strtoul(end, &end, 10);
            span.end = (uint32_t)strtoul(end + 1, &end, 10);
            end++;
        }
        ch_text_add(out, at, (size_t)(end - at));
        if (in_page != NULL) {
            ch_text_puts(out, in_page);
            put_place(out, doc, span);
        }
        at = end;
    }
    ch_text_puts(out, at);
}

void
ch_page_map_write(ch_text *out, const ch_document *doc)
{
    for (uint32_t i = 0; i < doc->npage_run; i++) {
        const chancery_page_run *r = &doc->page_runs[i];
        ch_text_printf(out, "%s[%u,%u,%u,%u]", i != 0 ? "," : "[", r->start, r->end, r->page_start, r->page_end);
    }
    ch_text_putc(out, ']');
}
