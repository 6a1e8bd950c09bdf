/* lexicon/sound.h: whether a compiled lexicon may be trusted. The checksum tells
 * damage, not intent: a file that somebody made may have a right one. */
#ifndef CHANCERY_LEXICON_SOUND_H
#define CHANCERY_LEXICON_SOUND_H

#include "base/image.h"

/* Follows every offset, index and range of the image once, so that those who use
 * it may do so unchecked. `path` (may be NULL) is for the message.
 *   CH_E_FORMAT  one leads out of its section, or a section has other elements */
ch_status ch_lexicon_check(const ch_image *image, const char *path, ch_error *err);

#endif
