/* What formats there are, and what the columns of those that are tables mean. */
#include "record/export/export.h"

#include <stdlib.h>

static const ch_export_format *const written[] = {&ch_export_calendar, &ch_export_geojson, &ch_export_graphml, &ch_export_timeml};

const ch_export_format *
ch_export_find(const ch_lexicon *lexicon, const char *name)
{
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        if (strcmp(written[i]->name, name) == 0)
            return written[i];
    if (strcmp(name, "csv") == 0 || ch_layout_find(lexicon, ch_str_of(name)) != NULL)
        return &ch_export_tables;
    return NULL;
}

static bool
is_part_of_csv(const char *id)
{
    return strncmp(id, "csv-", 4) == 0;
}

void
ch_formats_write(ch_text *out, const ch_lexicon *lexicon)
{
    const ch_layouts *all = ch_lexicon_layouts(lexicon);
    for (uint32_t i = 0; i < all->nlayout; i++) {
        const char *id = ch_lexicon_string(lexicon, all->layouts[i].id);
        if (!is_part_of_csv(id))
            ch_text_printf(out, "%s\t%s\n", id, ch_lexicon_string(lexicon, all->layouts[i].label));
    }
    ch_text_puts(out, "csv\tthe records as they are: a table of each kind, with commas (RFC 4180)\n");
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        ch_text_printf(out, "%s\t%s\n", written[i]->name, written[i]->label);
}

static void
put_csv(ch_text *out, const char *value, char end)
{
    bool plain = strpbrk(value, ",\"\n") == NULL;
    if (!plain)
        ch_text_putc(out, '"');
    for (; *value != '\0'; value++) {
        if (*value == '"')
            ch_text_putc(out, '"');
        ch_text_putc(out, *value);
    }
    if (!plain)
        ch_text_putc(out, '"');
    ch_text_putc(out, end);
}

static void
put_markdown(ch_text *out, const char *value)
{
    for (; *value != '\0'; value++) {
        if (*value == '|')
            ch_text_putc(out, '\\');
        ch_text_putc(out, *value);
    }
}

static void
write_csv(ch_text *out, const ch_lexicon *lexicon, const ch_layout *layout)
{
    const ch_column *columns = ch_lexicon_layouts(lexicon)->columns + layout->first_column;
    for (uint32_t i = 0; i < layout->ncolumn; i++) {
        put_csv(out, ch_lexicon_string(lexicon, layout->id), ',');
        ch_text_printf(out, "%u,", i + 1);
        put_csv(out, ch_lexicon_string(lexicon, columns[i].name), ',');
        put_csv(out, ch_lexicon_string(lexicon, columns[i].type), ',');
        put_csv(out, ch_lexicon_string(lexicon, columns[i].content), ',');
        put_csv(out, ch_lexicon_string(lexicon, columns[i].note), '\n');
    }
}

static void
write_markdown(ch_text *out, const ch_lexicon *lexicon, const ch_layout *layout)
{
    const ch_column *columns = ch_lexicon_layouts(lexicon)->columns + layout->first_column;
    ch_text_printf(out, "%s### %s: %s\n\n| | column | type | content | meaning |\n| --- | --- | --- | --- | --- |\n",
                   out->len != 0 ? "\n" : "", ch_lexicon_string(lexicon, layout->id), ch_lexicon_string(lexicon, layout->label));
    for (uint32_t i = 0; i < layout->ncolumn; i++) {
        const char *content = ch_lexicon_string(lexicon, columns[i].content);
        ch_text_printf(out, "| %u | ", i + 1);
        put_markdown(out, ch_lexicon_string(lexicon, columns[i].name));
        ch_text_printf(out, " | %s | ", ch_lexicon_string(lexicon, columns[i].type));
        if (content[0] != '\0') {
            ch_text_putc(out, '`');
            put_markdown(out, content);
            ch_text_putc(out, '`');
        }
        ch_text_puts(out, " | ");
        put_markdown(out, ch_lexicon_string(lexicon, columns[i].note));
        ch_text_puts(out, " |\n");
    }
}

bool
ch_dictionary_write(ch_text *out, const ch_lexicon *lexicon, const char *format, bool markdown)
{
    const ch_layouts *all = ch_lexicon_layouts(lexicon);
    bool found = false;
    if (!markdown)
        ch_text_puts(out, "format,number,column,type,content,meaning\n");
    for (uint32_t i = 0; i < all->nlayout; i++) {
        const char *id = ch_lexicon_string(lexicon, all->layouts[i].id);
        if (format != NULL && strcmp(format, id) != 0 && !(strcmp(format, "csv") == 0 && is_part_of_csv(id)))
            continue;
        found = true;
        if (markdown)
            write_markdown(out, lexicon, &all->layouts[i]);
        else
            write_csv(out, lexicon, &all->layouts[i]);
    }
    return found;
}
