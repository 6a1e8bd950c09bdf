#include "syntax/lower.h"

#include "base/utf8.h"

#include <utf8proc.h>

/* The code point at word[*at] in small letters. */
static size_t
put_lower(char *out, ch_str word, size_t *at)
{
    uint32_t c = ch_utf8_next(word.at, word.len, at);
    return (size_t)utf8proc_encode_char(utf8proc_tolower((utf8proc_int32_t)c), (utf8proc_uint8_t *)out);
}

size_t
ch_lower(char *out, size_t room, ch_str word)
{
    size_t len = 0;
    for (size_t at = 0; at < word.len && len + 4 <= room;) {
        unsigned char c = (unsigned char)word.at[at];
        if (c >= 0x80)
            len += put_lower(out + len, word, &at);
        else {
            out[len++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            at++;
        }
    }
    return len;
}
