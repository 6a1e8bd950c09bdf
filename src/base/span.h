/* base/span.h: places in a text, and strings that are not ours. */
#ifndef CHANCERY_BASE_SPAN_H
#define CHANCERY_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes [start, end) of a document's text. */
typedef struct {
    uint32_t start;
    uint32_t end;
} ch_span;

/* Bytes that something else owns; not NUL-terminated. */
typedef struct {
    const char *at;
    size_t len;
} ch_str;

/* "No index": no head, no mention, no actor. */
#define CH_NONE UINT32_MAX

static inline ch_str
ch_str_of(const char *s)
{
    return (ch_str){.at = s, .len = strlen(s)};
}

static inline bool
ch_str_eq(ch_str a, ch_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool
ch_str_is(ch_str a, const char *s)
{
    return ch_str_eq(a, ch_str_of(s));
}

/* `s` without the blanks around it. */
static inline ch_str
ch_str_trim(ch_str s)
{
    while (s.len != 0 && s.at[0] == ' ')
        s.at++, s.len--;
    while (s.len != 0 && s.at[s.len - 1] == ' ')
        s.len--;
    return s;
}

/* What stands before the first `mark`, trimmed, and all behind it in `rest`;
 * without one the whole and nothing. `rest` may be where `s` came from. */
static inline ch_str
ch_str_cut(ch_str s, char mark, ch_str *rest)
{
    const char *at = s.len != 0 ? (const char *)memchr(s.at, mark, s.len) : NULL;
    size_t len = at != NULL ? (size_t)(at - s.at) : s.len;
    *rest = at != NULL ? (ch_str){at + 1, s.len - len - 1} : (ch_str){s.at + s.len, 0};
    return ch_str_trim((ch_str){s.at, len});
}

#endif
