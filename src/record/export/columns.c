/* Tables: a layout of the lexicon says which rows there are and what their columns hold. */
#include "record/export/export.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    const ch_layout *layout;
    const ch_column *columns; /* [layout->ncolumn] */
    ch_template *contents;    /* [layout->ncolumn] */
    ch_template once;
    ch_output out;
    uint64_t serial;
} table;

typedef struct {
    table *tables; /* [ntable] one, or all of "csv" */
    uint32_t ntable;
    ch_arena arena; /* of a report: keys of its rows */
    ch_map seen;
    ch_text value;
} tables;

typedef struct {
    ch_export *x;
    table *t;
} writing;

/* ------------------------------------------------------------------- values */

/* What ends a row for somebody: line ends of Unicode, controls. */
static bool
breaks(uint32_t c)
{
    return c < 0x20 || c == 0x7F || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Readers of tabs know no quoting, or misread a quotation mark as its beginning. */
static void
put_plain(ch_text *out, ch_str value)
{
    for (size_t at = 0; at < value.len;) {
        size_t from = at;
        uint32_t c = ch_utf8_next(value.at, value.len, &at);
        if (breaks(c))
            ch_text_putc(out, ' ');
        else if (c == '"')
            ch_text_putc(out, '\'');
        else
            ch_text_add(out, value.at + from, at - from);
    }
}

/* RFC 4180, section 2. */
static void
put_quoted(ch_text *out, ch_str value)
{
    bool plain = value.len == 0 || (value.at[0] != ' ' && value.at[value.len - 1] != ' ');
    for (size_t i = 0; plain && i < value.len; i++)
        plain = value.at[i] != ',' && value.at[i] != '"' && (unsigned char)value.at[i] >= ' ';
    if (plain) {
        ch_text_add_str(out, value);
        return;
    }
    ch_text_putc(out, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] == '"')
            ch_text_putc(out, '"');
        if (value.at[i] != '\0')
            ch_text_putc(out, value.at[i]);
    }
    ch_text_putc(out, '"');
}

static void
put_value(const table *t, ch_text *out, ch_str value, bool first)
{
    bool commas = (t->layout->flags & CH_LAYOUT_COMMAS) != 0;
    if (!first)
        ch_text_putc(out, commas ? ',' : '\t');
    if (commas)
        put_quoted(out, value);
    else
        put_plain(out, value);
}

/* --------------------------------------------------------------------- rows */

/* Whether the document has had a row like this one. */
static bool
is_known(ch_export *x, const table *t, const ch_row *row, bool *failed)
{
    tables *all = x->state;
    bool added = true;
    if (t->once.count == 0)
        return false;
    ch_text_clear(&all->value);
    *failed = *failed || !ch_template_fill(&all->value, &t->once, row, ";");
    char *key = ch_arena_copy(&all->arena, all->value.at != NULL ? all->value.at : "", all->value.len);
    if (key == NULL || ch_map_put(&all->seen, (ch_str){key, all->value.len}, 1, &added) == NULL)
        *failed = true;
    return !added;
}

static bool
write_row(void *context, ch_row *row)
{
    writing *w = context;
    const table *t = w->t;
    const ch_lexicon *lexicon = w->x->lexicon;
    ch_text *value = &((tables *)w->x->state)->value, *out = &w->t->out.text;
    const char *list = ch_lexicon_string(lexicon, t->layout->list), *missing = ch_lexicon_string(lexicon, t->layout->missing);
    bool failed = false, first = true;
    if (is_known(w->x, t, row, &failed)) {
        row->serial--;
        w->x->counts.once++;
        return !failed;
    }
    for (uint32_t i = 0; !failed && i < t->layout->ncolumn; i++) {
        ch_text_clear(value);
        failed = !ch_template_fill(value, &t->contents[i], row, list);
        if (value->len == 0 && t->columns[i].optional)
            continue;
        put_value(t, out, value->len != 0 ? (ch_str){value->at, value->len} : ch_str_of(missing), first);
        first = false;
    }
    ch_text_putc(out, '\n');
    w->x->counts.rows++;
    return !failed && !out->failed;
}

static void
write_header(const ch_export *x, table *t)
{
    if ((t->layout->flags & CH_LAYOUT_HEADER) == 0)
        return;
    for (uint32_t i = 0; i < t->layout->ncolumn; i++)
        put_value(t, &t->out.text, ch_str_of(ch_lexicon_string(x->lexicon, t->columns[i].name)), i == 0);
    ch_text_putc(&t->out.text, '\n');
}

/* ------------------------------------------------------------------- format */

static bool
parse_template(ch_export *x, ch_template *out, ch_lexstr text)
{
    const char *wrong;
    size_t at;
    return ch_template_parse(out->steps, &out->count, ch_str_of(ch_lexicon_string(x->lexicon, text)), &wrong, &at);
}

static ch_status
open_table(ch_export *x, table *t, const ch_layout *layout, const char *name, ch_error *err)
{
    t->layout = layout;
    t->columns = ch_lexicon_layouts(x->lexicon)->columns + layout->first_column;
    t->contents = calloc((size_t)layout->ncolumn + 1, sizeof *t->contents);
    t->serial = x->options->first_id != 0 ? x->options->first_id - 1 : 0;
    if (t->contents == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a table");
    bool good = parse_template(x, &t->once, layout->once);
    for (uint32_t i = 0; good && i < layout->ncolumn; i++)
        good = parse_template(x, &t->contents[i], t->columns[i].content);
    if (!good)
        return ch_fail(err, CH_E_FORMAT, NULL, 0, "the lexicon's layout %s is damaged; compile it again",
                       ch_lexicon_string(x->lexicon, layout->id));
    snprintf(t->out.name, sizeof t->out.name, "%s", name);
    write_header(x, t);
    return CH_OK;
}

/* The tables of format "csv" are the layouts "csv-event", ...: "event.csv". */
static ch_status
open_all(ch_export *x, tables *all, ch_error *err)
{
    const ch_layouts *layouts = ch_lexicon_layouts(x->lexicon);
    char name[CH_OUTPUT_NAME];
    ch_status status = CH_OK;
    for (uint32_t i = 0; status == CH_OK && i < layouts->nlayout; i++) {
        const char *id = ch_lexicon_string(x->lexicon, layouts->layouts[i].id);
        if (strncmp(id, "csv-", 4) != 0)
            continue;
        snprintf(name, sizeof name, "%.100s.csv", id + 4);
        status = open_table(x, &all->tables[all->ntable++], &layouts->layouts[i], name, err);
    }
    return status;
}

static ch_status
begin(ch_export *x, ch_error *err)
{
    char id[160];
    bool csv = strcmp(x->options->format, "csv") == 0;
    tables *all = calloc(1, sizeof *all);
    x->state = all;
    if (all != NULL)
        all->tables = calloc((size_t)ch_lexicon_layouts(x->lexicon)->nlayout + 1, sizeof *all->tables);
    if (all == NULL || all->tables == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a table");
    ch_arena_init(&all->arena, 0);
    if (csv && x->options->split)
        return open_all(x, all, err);
    snprintf(id, sizeof id, csv ? "csv-%.100s" : "%.100s",
             csv ? x->options->kind != NULL ? x->options->kind : "event" : x->options->format);
    const ch_layout *layout = ch_layout_find(x->lexicon, ch_str_of(id));
    if (layout == NULL)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, csv ? "no table \"%s\" of CSV" : "no format \"%s\"",
                       csv && x->options->kind != NULL ? x->options->kind : x->options->format);
    all->ntable = 1;
    return open_table(x, &all->tables[0], layout, "", err);
}

static ch_status
write_report(ch_export *x, ch_report *report, ch_error *err)
{
    tables *all = x->state;
    ch_status status = CH_OK;
    for (uint32_t i = 0; status == CH_OK && i < all->ntable; i++) {
        table *t = &all->tables[i];
        writing w = {.x = x, .t = t};
        ch_map_free(&all->seen);
        ch_arena_reset(&all->arena);
        status = ch_rows_of(x, report, t->layout, &t->serial, write_row, &w, err);
        x->counts.last_id = t->serial;
        if (status == CH_OK)
            status = ch_output_give(x, &t->out, false, err);
    }
    return status;
}

static ch_status
end(ch_export *x, ch_error *err)
{
    tables *all = x->state;
    ch_status status = CH_OK;
    for (uint32_t i = 0; status == CH_OK && i < all->ntable; i++)
        status = ch_output_give(x, &all->tables[i].out, true, err);
    return status;
}

static void
free_tables(ch_export *x)
{
    tables *all = x->state;
    if (all == NULL)
        return;
    for (uint32_t i = 0; all->tables != NULL && i < all->ntable; i++) {
        free(all->tables[i].contents);
        ch_text_free(&all->tables[i].out.text);
    }
    free(all->tables);
    ch_map_free(&all->seen);
    ch_arena_free(&all->arena);
    ch_text_free(&all->value);
    free(all);
}

const ch_export_format ch_export_tables = {
    .name = "",
    .label = "",
    .begin = begin,
    .report = write_report,
    .end = end,
    .free = free_tables,
};
