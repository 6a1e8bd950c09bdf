#include "base/columns.h"

#include "base/utf8.h"

#include <utf8proc.h>

static bool
commands_terminal(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* None for marks that join and for what is left out, two for wide ones. */
static unsigned
columns_of(uint32_t c)
{
    int width = commands_terminal(c) ? 0 : utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (unsigned)width : 0;
}

/* Puts characters up to `most` columns, white space folded; *cut says whether some
 * were left. */
static unsigned
put(ch_text *out, ch_str s, unsigned most, bool *cut)
{
    unsigned column = 0;
    bool blank = false;
    *cut = false;
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t c = ch_utf8_next(s.at, s.len, &at);
        if (c != 0x200B && ch_is_space(c)) {
            blank = column != 0;
            continue;
        }
        unsigned wide = columns_of(c);
        if (commands_terminal(c))
            continue;
        if (column + blank + wide > most) {
            *cut = true;
            return column;
        }
        if (out != NULL && blank)
            ch_text_putc(out, ' ');
        if (out != NULL && c == 0xFFFD)
            ch_text_puts(out, "\xEF\xBF\xBD");
        else if (out != NULL)
            ch_text_add(out, s.at + from, at - from);
        column += blank + wide;
        blank = false;
    }
    return column;
}

unsigned
ch_columns(ch_str s)
{
    bool cut;
    return put(NULL, s, UINT32_MAX - 4, &cut);
}

unsigned
ch_put_clipped(ch_text *out, ch_str s, unsigned most)
{
    bool cut;
    put(NULL, s, most, &cut);
    if (!cut)
        return put(out, s, most, &cut);
    unsigned dots = most < 3 ? most : 3, column = put(out, s, most - dots, &cut);
    ch_text_add(out, "...", dots);
    return column + dots;
}

void
ch_put_blanks(ch_text *out, unsigned count)
{
    while (count-- != 0)
        ch_text_putc(out, ' ');
}

void
ch_put_left(ch_text *out, ch_str s, unsigned width)
{
    unsigned took = ch_put_clipped(out, s, width);
    ch_put_blanks(out, width - took);
}

void
ch_put_right(ch_text *out, ch_str s, unsigned width)
{
    unsigned took = ch_columns(s);
    ch_put_blanks(out, took < width ? width - took : 0);
    ch_put_clipped(out, s, width);
}

/* The next word of `s`, behind the white space. */
static ch_str
next_word(ch_str s, size_t *at)
{
    size_t from = *at, to;
    while (from < s.len) {
        size_t next = from;
        if (!ch_is_space(ch_utf8_next(s.at, s.len, &next)))
            break;
        from = next;
    }
    for (to = from; to < s.len;) {
        size_t next = to;
        if (ch_is_space(ch_utf8_next(s.at, s.len, &next)))
            break;
        to = next;
    }
    *at = to;
    return (ch_str){s.at + from, to - from};
}

void
ch_put_wrapped(ch_text *out, ch_str s, unsigned width, unsigned indent, unsigned *column)
{
    unsigned at = column != NULL ? *column : 0;
    bool first = true;
    for (size_t from = 0; from < s.len;) {
        ch_str word = next_word(s, &from);
        unsigned wide = ch_columns(word);
        if (wide == 0)
            continue;
        if (at + !first + wide > width && at > indent) {
            ch_text_putc(out, '\n');
            ch_put_blanks(out, indent);
            at = indent;
        } else if (!first) {
            ch_text_putc(out, ' ');
            at++;
        }
        at += ch_put_clipped(out, word, width > indent ? width - indent : 1);
        first = false;
    }
    if (column != NULL)
        *column = at;
}
