#include "record/json.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>

static void
put_escaped(ch_text *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char short_form[32] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    char bytes[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    if (c == '"' || c == '\\' || (c < 32 && short_form[c] != '\0')) {
        bytes[1] = c < 32 ? short_form[c] : (char)c;
        ch_text_add(out, bytes, 2);
    } else
        ch_text_add(out, bytes, 6);
}

void
ch_json_string(ch_text *out, ch_str s)
{
    ch_text_putc(out, '"');
    size_t from = 0, at = 0;
    while (at < s.len) {
        unsigned char c = (unsigned char)s.at[at];
        if (c >= 32 && c != '"' && c != '\\' && c < 0x7F) {
            at++;
            continue;
        }
        size_t before = at;
        bool bad = false;
        if (c >= 0x80) {
            bad = ch_utf8_next(s.at, s.len, &at) == 0xFFFD && at == before + 1;
            if (!bad)
                continue;
        } else
            at++;
        ch_text_add(out, s.at + from, before - from);
        if (bad)
            ch_text_puts(out, "\xEF\xBF\xBD");
        else
            put_escaped(out, c);
        from = at;
    }
    ch_text_add(out, s.at + from, s.len - from);
    ch_text_putc(out, '"');
}

void
ch_json_chars(ch_text *out, const char *s)
{
    if (s == NULL)
        ch_text_puts(out, "null");
    else
        ch_json_string(out, ch_str_of(s));
}

void
ch_json_known(ch_text *out, const char *key, const char *s)
{
    ch_text_printf(out, ",\"%s\":", key);
    ch_json_chars(out, s != NULL && s[0] == '\0' ? NULL : s);
}

void
ch_json_number(ch_text *out, double value, int digits)
{
    char made[64];
    if (!isfinite(value)) {
        ch_text_puts(out, "null");
        return;
    }
    int len = snprintf(made, sizeof made, "%.*f", digits, value);
    while (digits > 0 && len > 1 && made[len - 1] == '0')
        len--;
    if (digits > 0 && made[len - 1] == '.')
        len--;
    ch_text_add(out, made, (size_t)len);
}
