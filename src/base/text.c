#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
ch_text_free(ch_text *text)
{
    free(text->at);
    *text = (ch_text){0};
}

void
ch_text_clear(ch_text *text)
{
    text->len = 0;
    text->failed = false;
    if (text->at != NULL)
        text->at[0] = '\0';
}

bool
ch_text_reserve(ch_text *text, size_t more)
{
    if (text->failed)
        return false;
    if (more < text->room - text->len)
        return true;
    if (more > SIZE_MAX / 2 - text->len) {
        text->failed = true;
        return false;
    }
    size_t room = (text->len + more + 1) * 2;
    if (room < 64)
        room = 64;
    char *at = realloc(text->at, room);
    if (at == NULL) {
        text->failed = true;
        return false;
    }
    text->at = at;
    text->room = room;
    return true;
}

void
ch_text_add(ch_text *text, const char *bytes, size_t len)
{
    if (!ch_text_reserve(text, len))
        return;
    if (len != 0)
        memcpy(text->at + text->len, bytes, len);
    text->len += len;
    text->at[text->len] = '\0';
}

void
ch_text_add_str(ch_text *text, ch_str s)
{
    ch_text_add(text, s.at, s.len);
}

void
ch_text_puts(ch_text *text, const char *s)
{
    ch_text_add(text, s, strlen(s));
}

void
ch_text_putc(ch_text *text, char c)
{
    ch_text_add(text, &c, 1);
}

void
ch_text_printf(ch_text *text, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    va_list again;
    va_copy(again, ap);
    int need = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (need < 0)
        text->failed = true;
    else if (ch_text_reserve(text, (size_t)need)) {
        vsnprintf(text->at + text->len, (size_t)need + 1, format, again);
        text->len += (size_t)need;
    }
    va_end(again);
}
