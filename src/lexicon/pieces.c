#include "lexicon/pieces.h"

#include "base/utf8.h"

/* Longest word that is looked up, folded. */
#define FOLD_ROOM 96

static bool
is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018;
}

/* One form for marks that are typed in several. */
static uint32_t
plain_mark(uint32_t c)
{
    if (is_apostrophe(c))
        return '\'';
    if (c == 0x2013 || c == 0x2010 || c == 0x2011 || c == 0x2212)
        return '-';
    if (c == 0x201C || c == 0x201D)
        return '"';
    return c;
}

static bool
is_passed_over(uint32_t c)
{
    return ch_is_space(c) || c < ' ' || c == 0x7F;
}

/* Code point at `at`, 0 at the end; *next behind it. */
static uint32_t
look(const char *s, size_t len, size_t at, size_t *next)
{
    *next = at;
    return at < len ? ch_utf8_next(s, len, next) : 0;
}

static bool
is_ascii_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Whether an apostrophe at `at` stays inside the word: "o'clock", "don't"; not
 * the possessive, which is a word of its own. */
static bool
apostrophe_joins(const char *s, size_t len, size_t at)
{
    size_t next, after;
    uint32_t c = look(s, len, at, &next);
    if (!ch_is_letter(c))
        return false;
    uint32_t behind = look(s, len, next, &after);
    return !((c == 's' || c == 'S') && !ch_is_letter(behind));
}

/* The end of an abbreviation of single letters ("p.m.", "U.S") that begins at
 * `at`, or `at` when there is none. */
static size_t
abbreviation(const char *s, size_t len, size_t at)
{
    size_t end = at, letters = 0, next;
    while (true) {
        uint32_t c = look(s, len, end, &next);
        size_t dot = next;
        if (!ch_is_letter(c))
            break;
        uint32_t behind = look(s, len, dot, &next);
        if (behind != '.') {
            if (letters == 0 || ch_is_letter(behind))
                return letters > 1 ? end : at;
            return dot;
        }
        letters++;
        end = next;
    }
    return letters > 1 ? end : at;
}

static size_t
word_end(const char *s, size_t len, size_t at, bool glued)
{
    size_t end = abbreviation(s, len, at), next;
    bool lower = false;
    if (end > at)
        return end;
    for (end = at; end < len; end = next) {
        uint32_t c = look(s, len, end, &next);
        if (is_apostrophe(c) && end > at && apostrophe_joins(s, len, next))
            continue;
        if (!ch_is_letter(c) || (glued && lower && ch_is_upper(c)))
            break;
        lower = ch_is_lower(c);
    }
    return end;
}

static uint8_t
word_flags(const char *s, size_t len)
{
    size_t at = 0;
    uint32_t letters = 0;
    bool upper = false, lower = false;
    while (at < len) {
        uint32_t c = ch_utf8_next(s, len, &at);
        if (!ch_is_letter(c))
            continue;
        if (letters++ == 0)
            upper = ch_is_upper(c);
        lower = lower || ch_is_lower(c);
    }
    return (uint8_t)((upper ? CH_PIECE_UPPER : 0) | (upper && !lower ? CH_PIECE_CAPS : 0));
}

static uint32_t
word_number(const ch_lexicon *lexicon, const char *s, size_t len)
{
    char folded[FOLD_ROOM];
    size_t n = ch_fold(folded, sizeof folded, s, len);
    return n == 0 || n == SIZE_MAX ? 0 : ch_lexicon_word(lexicon, folded, n);
}

bool
ch_piece_next(ch_piece *out, const ch_lexicon *lexicon, const char *s, size_t len, size_t *at, bool glued)
{
    size_t start = *at, next = start;
    uint32_t c = 0;
    while (start < len && is_passed_over(c = look(s, len, start, &next)))
        start = next;
    if (start >= len)
        return false;
    *out = (ch_piece){.kind = CH_PIECE_MARK, .value = c};
    if (start > *at || start == 0)
        out->flags = CH_PIECE_SPACE;
    if (is_ascii_digit(c)) {
        uint64_t value = 0;
        for (next = start; next < len && is_ascii_digit((unsigned char)s[next]); next++)
            value = value < UINT32_MAX ? value * 10 + (uint64_t)(s[next] - '0') : value;
        out->kind = CH_PIECE_NUMBER;
        out->value = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
        out->digits = (uint8_t)(next - start < 200 ? next - start : 200);
    } else if (ch_is_letter(c)) {
        next = word_end(s, len, start, glued);
        out->kind = CH_PIECE_WORD;
        if (lexicon != NULL) {
            out->value = word_number(lexicon, s + start, next - start);
            out->flags |= word_flags(s + start, next - start);
        }
    } else
        out->value = plain_mark(c);
    out->span = (ch_span){(uint32_t)start, (uint32_t)next};
    *at = next;
    return true;
}

bool
ch_pieces_read(ch_piece **out, uint32_t *count, const ch_lexicon *lexicon, const char *text, ch_span span, bool glued,
               ch_arena *arena)
{
    const char *s = text + span.start;
    size_t len = span.end - span.start, at = 0;
    ch_piece piece;
    uint32_t n = 0;
    while (ch_piece_next(&piece, NULL, s, len, &at, glued))
        n++;
    *out = ch_arena_array(arena, n, sizeof **out);
    *count = 0;
    if (*out == NULL)
        return false;
    for (at = 0; *count < n && ch_piece_next(&piece, lexicon, s, len, &at, glued);) {
        piece.span.start += span.start;
        piece.span.end += span.start;
        (*out)[(*count)++] = piece;
    }
    return true;
}
