/* Discard lists ("BASEBALL"; "+" for what drops the whole report) and issue
 * lists (phrases under categories). */
#include "lexicon/import.h"

#include <string.h>

void
ch_import_discards(ch_import *im)
{
    ch_text_printf(&im->out, "discard %s\n", ch_import_id(im, ch_str_of(im->file)));
    uint32_t count = 0;
    for (uint32_t i = 0; i < im->nline && !im->out_of_memory; i++) {
        const ch_import_line *l = &im->lines[i];
        if (l->text.len == 0)
            continue;
        bool all = l->text.at[0] == '+';
        ch_str phrase = all ? ch_import_trim((ch_str){l->text.at + 1, l->text.len - 1}) : l->text;
        ch_str words = ch_import_words(im, phrase, l->number);
        if (words.len == 0)
            continue;
        ch_text_puts(&im->out, all ? "  document: " : "  sentence: ");
        ch_text_add_str(&im->out, words);
        ch_import_end_line(&im->out, l->comment);
        im->counts->entries++;
        count++;
    }
    if (count == 0)
        ch_text_clear(&im->out);
    else
        ch_text_printf(&im->out, "  from: %s\n", im->file);
}

/* The value of NAME="..." in a tag. */
static ch_str
attribute(ch_str tag, const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i + len + 2 <= tag.len; i++)
        if (memcmp(tag.at + i, name, len) == 0 && tag.at[i + len] == '=' && tag.at[i + len + 1] == '"') {
            ch_str rest;
            return ch_import_cut((ch_str){tag.at + i + len + 2, tag.len - i - len - 2}, '"', &rest);
        }
    return (ch_str){"", 0};
}

void
ch_import_issues(ch_import *im)
{
    ch_str category = {"", 0}, type = {"", 0}, open = {"", 0};
    for (uint32_t i = 0; i < im->nline && !im->out_of_memory; i++) {
        const ch_import_line *l = &im->lines[i];
        ch_str s = l->text;
        if (s.len == 0)
            continue;
        if (s.at[0] == '<') {
            category = attribute(s, "CATEGORY");
            type = attribute(s, "TYPE");
            open = (ch_str){"", 0};
            continue;
        }
        ch_str rest, head = ch_import_cut(s, '[', &rest), behind, code = ch_import_cut(rest, ']', &behind);
        bool unless = s.at[0] == '~';
        if (unless)
            head = ch_import_trim((ch_str){head.at + 1, head.len - 1});
        ch_str phrase = ch_import_words(im, head, l->number); /* "n:school" keeps its mark of a noun */
        if (phrase.len == 0)
            continue;
        if ((code.len == 0 && open.len == 0) || category.len == 0) {
            ch_import_lost(im, l->number, "write PHRASE [ISSUE] inside of <ISSUE CATEGORY=...>", "\"%.*s\" belongs to no issue",
                           (int)s.len, s.at);
            continue;
        }
        if (code.len != 0 && !ch_str_eq(code, open)) {
            open = code;
            ch_text_printf(&im->out, "%sissue %s\n  category: %.*s\n  code: %.*s\n", im->counts->entries != 0 ? "\n" : "",
                           ch_import_id(im, code), (int)category.len, category.at, (int)code.len, code.at);
            if (type.len != 0)
                ch_text_printf(&im->out, "  note: for reports of type %.*s\n", (int)type.len, type.at);
            ch_text_printf(&im->out, "  from: %s:%u\n", im->file, l->number);
        }
        ch_text_puts(&im->out, unless ? "  unless: " : "  phrase: ");
        ch_text_add_str(&im->out, phrase);
        ch_import_end_line(&im->out, l->comment);
        im->counts->entries++;
    }
}
