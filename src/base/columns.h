/* base/columns.h: text in the columns of a terminal. White space is folded into
 * single blanks; what a terminal would obey is left out. */
#ifndef CHANCERY_BASE_COLUMNS_H
#define CHANCERY_BASE_COLUMNS_H

#include "base/text.h"

/* Columns that `s` takes. */
unsigned ch_columns(ch_str s);

/* Puts `s`, cut to end in "..." where it takes more than `most` columns; gives the
 * columns that it took. */
unsigned ch_put_clipped(ch_text *out, ch_str s, unsigned most);

/* The same, with blanks up to `width` behind it, or before it. */
void ch_put_left(ch_text *out, ch_str s, unsigned width);
void ch_put_right(ch_text *out, ch_str s, unsigned width);

/* Puts `s` in lines of `width` columns, each but the first indented by `indent`;
 * *column (may be NULL) is where it begins, and then where it ends. No line end is
 * put behind the last. */
void ch_put_wrapped(ch_text *out, ch_str s, unsigned width, unsigned indent, unsigned *column);

void ch_put_blanks(ch_text *out, unsigned count);

#endif
