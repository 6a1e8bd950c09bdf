/* CSV (RFC 4180), also with semicolons or tabs: the first row names the columns. */
#include "intake/source.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Bytes of one row: a text of which every byte is doubled, and the rest. */
#define ROW_BYTES_MAX ((size_t)2 * CH_TEXT_MAX + 65536)

/* Columns of one row; more are passed over. */
#define COLUMNS_MAX 256

typedef struct {
    char separator;
    int columns[CH_FIELD_COUNT]; /* where each field stands, or -1 */
    char *cells[COLUMNS_MAX];    /* in source->bytes, NUL-terminated */
    size_t lengths[COLUMNS_MAX];
    int ncell;
    ch_text line;
    bool cut;
} state;

static ch_status
open_rows(chancery_source *s, ch_error *err)
{
    s->state = calloc(1, sizeof(state));
    return s->state != NULL ? CH_OK : ch_fail(err, CH_E_NOMEM, ch_source_name(s), 0, "not enough memory to open it");
}

static void
close_rows(chancery_source *s)
{
    state *c = s->state;
    if (c != NULL)
        ch_text_free(&c->line);
    free(c);
}

/* Whether a quotation opened in `text` is still open at its end. */
static bool
is_open(const ch_text *text, size_t from, bool open)
{
    for (size_t i = from; i < text->len; i++)
        open ^= text->at[i] == '"';
    return open;
}

/* The next row, of one line or several, into s->bytes; CH_END at the end. */
static ch_status
read_row(chancery_source *s, ch_error *err)
{
    state *c = s->state;
    bool open = false;
    ch_text_clear(&s->bytes);
    c->cut = false;
    do {
        bool cut = false;
        ch_status status = ch_stream_line(s->stream, &c->line, ROW_BYTES_MAX, &cut, err);
        if (status != CH_OK)
            return status;
        if (c->line.len == 0 && !cut)
            return s->bytes.len != 0 || c->cut ? CH_OK : CH_END;
        size_t from = s->bytes.len;
        if (cut || s->bytes.len + c->line.len > ROW_BYTES_MAX)
            c->cut = true;
        else
            ch_text_add(&s->bytes, c->line.at, c->line.len);
        if (s->bytes.failed)
            return ch_fail(err, CH_E_NOMEM, ch_source_name(s), 0, "not enough memory to read it");
        open = !c->cut && is_open(&s->bytes, from, open);
    } while (open);
    s->count++;
    return CH_OK;
}

/* Cuts the row into cells where it lies: quotation marks go, doubled ones are
 * one. */
static void
cut_cells(chancery_source *s)
{
    state *c = s->state;
    char *from = s->bytes.at, *end = s->bytes.at + s->bytes.len;
    c->ncell = 0;
    while (end > from && (end[-1] == '\n' || end[-1] == '\r'))
        *--end = '\0';
    while (c->ncell < COLUMNS_MAX && from <= end) {
        char *to = from, *cell = from;
        bool quoted = from < end && *from == '"';
        from += quoted;
        for (; from < end; from++) {
            if (quoted && *from == '"') {
                if (from + 1 == end || from[1] != '"') {
                    quoted = false;
                    continue;
                }
                from++;
            } else if (!quoted && *from == c->separator)
                break;
            *to++ = *from;
        }
        from++;
        c->lengths[c->ncell] = (size_t)(to - cell);
        c->cells[c->ncell++] = cell;
        *to = '\0';
    }
}

static void
choose_separator(chancery_source *s)
{
    state *c = s->state;
    static const char separators[] = ",;\t";
    size_t best = 0;
    c->separator = ',';
    for (const char *sep = separators; *sep != '\0'; sep++) {
        size_t n = 0;
        for (size_t i = 0; i < s->bytes.len; i++)
            n += s->bytes.at[i] == *sep;
        if (n > best) {
            best = n;
            c->separator = *sep;
        }
    }
}

static ch_status
read_header(chancery_source *s, ch_error *err)
{
    state *c = s->state;
    ch_status status = read_row(s, err);
    if (status != CH_OK)
        return status;
    if (s->bytes.len >= 3 && memcmp(s->bytes.at, "\xEF\xBB\xBF", 3) == 0) {
        memmove(s->bytes.at, s->bytes.at + 3, s->bytes.len - 2);
        s->bytes.len -= 3;
    }
    if (s->bytes.at == NULL)
        ch_text_puts(&s->bytes, "");
    choose_separator(s);
    cut_cells(s);
    for (int f = 0; f < CH_FIELD_COUNT; f++) {
        c->columns[f] = -1;
        for (int i = c->ncell - 1; i >= 0; i--)
            if (strcasecmp(c->cells[i], ch_field_in_input(s->fields, (ch_field_name)f)) == 0)
                c->columns[f] = i;
    }
    if (c->columns[CH_FIELD_TEXT] < 0) {
        s->ended = true;
        return ch_fail(err, CH_E_FORMAT, ch_source_name(s), 0,
                       "has no column \"%s\" in its first row; name the one that holds the reports (--field text=NAME)",
                       ch_field_in_input(s->fields, CH_FIELD_TEXT));
    }
    return CH_OK;
}

static const char *
cell(const state *c, ch_field_name field)
{
    int at = c->columns[field];
    return at >= 0 && at < c->ncell && c->lengths[at] != 0 ? c->cells[at] : NULL;
}

static ch_status
give(chancery_source *s, chancery_input *input, ch_error *err)
{
    const state *c = s->state;
    const char *id = cell(c, CH_FIELD_ID), *date = cell(c, CH_FIELD_DATE);
    input->url = cell(c, CH_FIELD_URL);
    input->id = id != NULL ? id : input->url != NULL ? input->url : input->id;
    input->title = cell(c, CH_FIELD_TITLE);
    input->language = cell(c, CH_FIELD_LANGUAGE);
    input->byline = cell(c, CH_FIELD_BYLINE);
    if (date != NULL) {
        ch_text_clear(&s->page.date);
        ch_page_date(&s->page.date, date);
        input->date = s->page.date.len != 0 ? s->page.date.at : date;
    }
    if (c->columns[CH_FIELD_TEXT] >= c->ncell)
        return ch_fail(err, CH_E_FORMAT, ch_source_name(s), 0, "row %llu has no cell for its text; check its quotation marks",
                       (unsigned long long)s->count);
    input->text = c->cells[c->columns[CH_FIELD_TEXT]];
    input->len = c->lengths[c->columns[CH_FIELD_TEXT]];
    return CH_OK;
}

static ch_status
next_row(chancery_source *s, chancery_input *input, ch_error *err)
{
    state *c = s->state;
    if (s->ended)
        return CH_END;
    input->id = ch_source_name(s);
    ch_status status = s->count == 0 ? read_header(s, err) : CH_OK;
    do {
        if (status == CH_OK)
            status = read_row(s, err);
        if (status != CH_OK)
            return status;
    } while (!c->cut && strspn(s->bytes.at, "\r\n") == s->bytes.len);
    input->id = ch_source_number(s);
    if (c->cut)
        return ch_fail(err, CH_E_LIMIT, ch_source_name(s), 0, "row %llu is longer than %zu bytes; check its quotation marks",
                       (unsigned long long)s->count, ROW_BYTES_MAX);
    cut_cells(s);
    return give(s, input, err);
}

const ch_format ch_format_csv = {.open = open_rows, .next = next_row, .close = close_rows};
