/* base/utf8.h: what Chancery asks of Unicode, over utf8proc. */
#ifndef CHANCERY_BASE_UTF8_H
#define CHANCERY_BASE_UTF8_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* The code point at s[*at], *at moved behind it. An ill-formed byte gives
 * U+FFFD and is passed alone. *at < len. */
uint32_t ch_utf8_next(const char *s, size_t len, size_t *at);

/* The offset of the first ill-formed byte, or `len`. */
size_t ch_utf8_check(const char *s, size_t len);

bool ch_is_letter(uint32_t c); /* general category L* or M* */
bool ch_is_digit(uint32_t c);  /* general category N* */
bool ch_is_upper(uint32_t c);  /* Lu or Lt */
bool ch_is_lower(uint32_t c);  /* Ll */
bool ch_is_space(uint32_t c);  /* Z*, tab, line ends, U+FEFF, U+200B */

/* The form in which names and words are compared: case folded, compatibility
 * decomposed, marks, periods and apostrophes dropped. Writes at most `room`
 * bytes of folded letters and digits to `out` and gives their number; a byte
 * that is neither letter nor digit folds to a space, never two in a row, none
 * at either end. 0 when nothing is left; SIZE_MAX when `room` is too small. */
size_t ch_fold(char *out, size_t room, const char *s, size_t len);

#endif
