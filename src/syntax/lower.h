/* syntax/lower.h: words in small letters, as the dictionary knows them. */
#ifndef CHANCERY_SYNTAX_LOWER_H
#define CHANCERY_SYNTAX_LOWER_H

#include "base/span.h"

/* Lower case of ASCII and of what Unicode folds; at most `room` bytes. */
size_t ch_lower(char *out, size_t room, ch_str word);

#endif
