#include "base/utf8.h"

#include <utf8proc.h>

uint32_t
ch_utf8_next(const char *s, size_t len, size_t *at)
{
    unsigned char c = (unsigned char)s[*at];
    if (c < 0x80) {
        *at += 1;
        return c;
    }
    utf8proc_int32_t cp;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s + *at, (utf8proc_ssize_t)(len - *at), &cp);
    if (n <= 0) {
        *at += 1;
        return 0xFFFD;
    }
    *at += (size_t)n;
    return (uint32_t)cp;
}

size_t
ch_utf8_check(const char *s, size_t len)
{
    size_t at = 0;
    while (at < len) {
        if ((unsigned char)s[at] < 0x80) {
            at++;
            continue;
        }
        utf8proc_int32_t cp;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s + at, (utf8proc_ssize_t)(len - at), &cp);
        if (n <= 0)
            return at;
        at += (size_t)n;
    }
    return len;
}

static utf8proc_category_t
category(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

bool
ch_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME;
}

bool
ch_is_digit(uint32_t c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9';
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO;
}

bool
ch_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}

bool
ch_is_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    return category(c) == UTF8PROC_CATEGORY_LL;
}

bool
ch_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    if (c == 0xFEFF || c == 0x200B || c == 0x85)
        return true;
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_ZS && k <= UTF8PROC_CATEGORY_ZP;
}

/* Periods and apostrophes vanish: "U.S." is "us", "Sa'ada" is "saada". */
static bool
vanishes(uint32_t c)
{
    return c == '.' || c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BB || c == 0x60 || c == 0xB4;
}

typedef struct {
    char *out;
    size_t room;
    size_t len;
    bool gap; /* a space is due before the next letter */
    bool full;
} folding;

static void
fold_put(folding *f, uint32_t c)
{
    utf8proc_uint8_t bytes[4];
    if (!ch_is_letter(c) && !ch_is_digit(c)) {
        f->gap = f->len != 0;
        return;
    }
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)c, bytes);
    if (f->len + (size_t)n + f->gap > f->room) {
        f->full = true;
        return;
    }
    if (f->gap)
        f->out[f->len++] = ' ';
    f->gap = false;
    for (utf8proc_ssize_t i = 0; i < n; i++)
        f->out[f->len++] = (char)bytes[i];
}

size_t
ch_fold(char *out, size_t room, const char *s, size_t len)
{
    folding f = {.out = out, .room = room};
    size_t at = 0;
    while (at < len && !f.full) {
        uint32_t c = ch_utf8_next(s, len, &at);
        if (vanishes(c))
            continue;
        if (c < 0x80) {
            fold_put(&f, c >= 'A' && c <= 'Z' ? c + 32 : c);
            continue;
        }
        utf8proc_int32_t parts[32];
        utf8proc_ssize_t n = utf8proc_decompose_char(
            (utf8proc_int32_t)c, parts, 32,
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE, NULL);
        if (n < 0 || n > 32) {
            fold_put(&f, c);
            continue;
        }
        for (utf8proc_ssize_t i = 0; i < n; i++) {
            utf8proc_category_t k = category((uint32_t)parts[i]);
            if (k != UTF8PROC_CATEGORY_MN && k != UTF8PROC_CATEGORY_MC && k != UTF8PROC_CATEGORY_ME &&
                !vanishes((uint32_t)parts[i]))
                fold_put(&f, (uint32_t)parts[i]);
        }
    }
    return f.full ? SIZE_MAX : f.len;
}
