/* event/where.h: the place of an act. Each sets event->place, an index in
 * doc->places, and leaves one that is known. */
#ifndef CHANCERY_EVENT_WHERE_H
#define CHANCERY_EVENT_WHERE_H

#include "event/reach.h"

/* What the frame or a "where" names, else the expression that the graph ties to
 * the act best. */
void ch_where_find(const ch_setting *s, const ch_anchors *a, ch_event *e);

/* "discussed the fighting in Idlib in Moscow": the second of two places side by
 * side is the act's, however the reader nested them. */
void ch_where_find_second(const ch_setting *s, ch_event *e);

/* One that the reader gave to something above, where no other act has it. */
void ch_where_take_left_over(const ch_setting *s, ch_event *e);

/* "a crowd there": the place that the sentence, or else the one before it, told of
 * last in so many words. */
void ch_where_look_there(const ch_setting *s, ch_event *e);

#endif
