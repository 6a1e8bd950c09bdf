/* intake/layout.h: the lines of a text and the paragraphs that they make. */
#ifndef CHANCERY_INTAKE_LAYOUT_H
#define CHANCERY_INTAKE_LAYOUT_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>

/* The paragraphs of `text`, white space around them gone, none empty. A blank
 * line always parts them. A single line end does, unless the text is wrapped at
 * a width (then only where a line ends short of it) or the sentence evidently
 * goes on in the next line. List items and headings stand alone. False when
 * there is no memory. */
bool ch_find_paragraphs(ch_span **out, uint32_t *count, ch_str text, ch_arena *arena);

/* Whether `line` reads as a headline: not empty, not long, no final stop. */
bool ch_is_headline(ch_str line);

#endif
