/* event/implied.h: recipients that no word of the act names, but what was told before
 * does: "condemned the attack", "urged both sides to talk and offered to mediate". */
#ifndef CHANCERY_EVENT_IMPLIED_H
#define CHANCERY_EVENT_IMPLIED_H

#include "event/coding.h"

/* Gives recipients to events that have none. Events are in the order of the text; a
 * recipient's mention may stand in an earlier sentence. */
void ch_coding_imply_recipients(ch_coding *c);

#endif
