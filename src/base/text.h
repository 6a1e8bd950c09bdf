/* base/text.h: a growing string. A failed allocation sticks: later calls do
 * nothing and `failed` says so, so that a writer checks once at its end. */
#ifndef CHANCERY_BASE_TEXT_H
#define CHANCERY_BASE_TEXT_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char *at;   /* NUL-terminated when not NULL */
    size_t len; /* bytes, NUL not counted */
    size_t room;
    bool failed;
} ch_text;

/* Frees it; it is then empty and may be used again. */
void ch_text_free(ch_text *text);

/* Makes it empty and keeps its memory. */
void ch_text_clear(ch_text *text);

/* Makes room for `more` bytes behind the end; false when there is no memory. */
bool ch_text_reserve(ch_text *text, size_t more);

/* Each appends to the end: bytes, a span, a NUL-terminated string, one byte, a
 * format as printf() has it. */
void ch_text_add(ch_text *text, const char *bytes, size_t len);
void ch_text_add_str(ch_text *text, ch_str s);
void ch_text_puts(ch_text *text, const char *s);
void ch_text_putc(ch_text *text, char c);
void ch_text_printf(ch_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
