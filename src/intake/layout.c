#include "intake/layout.h"

#include "base/utf8.h"

/* Widths, in characters. Text is wrapped at 60 to 80 by hand and by mailers, at
 * up to 132 by old terminals; what has longer lines has a paragraph a line. */
#define WRAP_MIN 40
#define WRAP_MAX 132

/* Headlines of newspapers stay under this many bytes. */
#define HEADLINE_MAX 200

typedef struct {
    ch_span span;        /* white space around it gone */
    uint32_t width;      /* characters */
    uint32_t first_word; /* characters */
    bool after_gap;      /* a blank line, or the beginning, stands before it */
    bool final;          /* ends as a sentence does */
    bool lower;          /* begins with a small letter */
    bool item;           /* begins with a bullet or a number of a list */
} line;

/* ------------------------------------------------------------------- lines */

static bool
ends_line(uint32_t c)
{
    return c == '\n' || c == '\r' || c == '\f' || c == 0x2028 || c == 0x2029;
}

static uint32_t
next_at(ch_str text, uint32_t at, uint32_t *c)
{
    size_t next = at;
    *c = ch_utf8_next(text.at, text.len, &next);
    return (uint32_t)next;
}

/* Marks that stand behind the stop of a sentence. */
static bool
closes(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0xBB;
}

static bool
stops(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == 0x2026;
}

static bool
is_bullet(uint32_t c)
{
    return c == '-' || c == '*' || c == 0x2022 || c == 0x2013 || c == 0x2014 || c == 0x25CF || c == 0x25AA || c == 0x25A0 ||
           c == 0xB7 || c == 0x2023 || c == 0x25E6;
}

/* "- word", "• word", "1. Word", "2) word", "(a) word". A dash that opens a
 * quotation in the French manner is one too: it begins a paragraph as well. */
static bool
is_item(ch_str text, ch_span span)
{
    uint32_t c, at = next_at(text, span.start, &c), digits = 0;
    if (is_bullet(c))
        return at < span.end && (next_at(text, at, &c), ch_is_space(c));
    bool open = c == '(';
    if (open && at < span.end)
        at = next_at(text, at, &c);
    if (!(c < 0x80 && (ch_is_digit(c) || (open && ch_is_letter(c)))))
        return false;
    while (at < span.end && digits++ < 3) {
        at = next_at(text, at, &c);
        if (c == ')' || (c == '.' && !open))
            return at < span.end && (next_at(text, at, &c), ch_is_space(c));
        if (!ch_is_digit(c))
            return false;
    }
    return false;
}

static void
describe(line *l, ch_str text)
{
    uint32_t c = 0;
    bool in_first = true;
    for (uint32_t at = l->span.start; at < l->span.end;) {
        uint32_t from = at;
        at = next_at(text, at, &c);
        if (from == l->span.start)
            l->lower = ch_is_lower(c);
        in_first = in_first && !ch_is_space(c);
        l->first_word += in_first;
        l->width++;
        if (stops(c))
            l->final = true;
        else if (!closes(c))
            l->final = false;
    }
    l->item = is_item(text, l->span);
}

/* The next line that is not blank; false at the end. *at moves behind it. */
static bool
next_line(line *out, ch_str text, uint32_t *at, bool *gap)
{
    while (*at < text.len) {
        uint32_t start = *at, first = UINT32_MAX, last = start, c = 0;
        while (*at < text.len) {
            uint32_t from = *at;
            *at = next_at(text, from, &c);
            if (ends_line(c))
                break;
            if (ch_is_space(c))
                continue;
            first = first == UINT32_MAX ? from : first;
            last = *at;
        }
        if (c == '\r' && *at < text.len && text.at[*at] == '\n')
            (*at)++;
        bool parts = c == '\f' || c == 0x2029;
        if (first != UINT32_MAX) {
            *out = (line){.span = {first, last}, .after_gap = *gap};
            *gap = parts;
            return true;
        }
        *gap = true;
    }
    return false;
}

static bool
read_lines(line **out, uint32_t *count, ch_str text, ch_arena *arena)
{
    line l;
    uint32_t n = 0, at = 0;
    bool gap = true;
    while (next_line(&l, text, &at, &gap))
        n++;
    *out = ch_arena_array(arena, n, sizeof **out);
    *count = 0;
    if (*out == NULL)
        return false;
    for (at = 0, gap = true; *count < n && next_line(&l, text, &at, &gap); (*count)++) {
        (*out)[*count] = l;
        describe(&(*out)[*count], text);
    }
    return true;
}

/* -------------------------------------------------------------- paragraphs */

/* Whether line `b` would not have fitted behind `a` at this width. */
static bool
is_full(const line *a, const line *b, uint32_t width)
{
    return a->width + 1 + b->first_word > width;
}

/* The width at which the text is wrapped, or 0. In wrapped text nearly every
 * line that another follows is full, few of them end a sentence and most are
 * followed by a small letter; where each line is a paragraph it is the other
 * way round. */
static uint32_t
wrap_width(const line *lines, uint32_t count)
{
    uint32_t width = 0, pairs = 0, full = 0, final = 0, lower = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool alone = lines[i].after_gap && (i + 1 == count || lines[i + 1].after_gap);
        if (!alone && lines[i].width > width)
            width = lines[i].width;
    }
    if (width < WRAP_MIN || width > WRAP_MAX)
        return 0;
    for (uint32_t i = 0; i + 1 < count; i++) {
        if (lines[i + 1].after_gap || lines[i + 1].item)
            continue;
        pairs++;
        full += is_full(&lines[i], &lines[i + 1], width);
        final += lines[i].final;
        lower += lines[i + 1].lower;
    }
    return pairs != 0 && full * 4 >= pairs * 3 && final * 2 <= pairs && lower * 2 >= pairs ? width : 0;
}

/* Whether `b` goes on with the paragraph of `a`. */
static bool
goes_on(const line *a, const line *b, uint32_t width)
{
    if (b->after_gap || b->item)
        return false;
    if (width != 0)
        return is_full(a, b, width);
    return b->lower && !a->final && a->width >= WRAP_MIN;
}

bool
ch_find_paragraphs(ch_span **out, uint32_t *count, ch_str text, ch_arena *arena)
{
    line *lines;
    uint32_t nline;
    *count = 0;
    if (!read_lines(&lines, &nline, text, arena))
        return false;
    *out = ch_arena_array(arena, nline, sizeof **out);
    if (*out == NULL)
        return false;
    uint32_t width = wrap_width(lines, nline);
    for (uint32_t i = 0; i < nline; i++) {
        if (i != 0 && goes_on(&lines[i - 1], &lines[i], width))
            (*out)[*count - 1].end = lines[i].span.end;
        else
            (*out)[(*count)++] = lines[i].span;
    }
    return true;
}

bool
ch_is_headline(ch_str line)
{
    uint32_t last = 0;
    bool inner_stop = false;
    if (line.len == 0 || line.len > HEADLINE_MAX)
        return false;
    for (size_t at = 0; at < line.len;) {
        uint32_t c = ch_utf8_next(line.at, line.len, &at);
        if (closes(c))
            continue;
        inner_stop = inner_stop || last == '?' || last == '!';
        last = c;
    }
    return last != '.' && last != ':' && last != ';' && last != ',' && last != 0x2026 &&
           !((last == '?' || last == '!') && inner_stop);
}
