/* event/when.h: the time of an act. Each sets event->time, an index in doc->times,
 * and leaves one that is known. */
#ifndef CHANCERY_EVENT_WHEN_H
#define CHANCERY_EVENT_WHEN_H

#include "event/reach.h"

/* The nearest expression that the graph ties to the act. */
void ch_when_find(const ch_setting *s, const ch_anchors *a, ch_event *e);

/* One that the reader gave to something above, where no other act has it. */
void ch_when_take_left_over(const ch_setting *s, ch_event *e);

/* The frame of a sentence is that of each of its main acts without a time. */
void ch_when_take_frame(const ch_setting *s, ch_event *e);

/* "an attack on Kharkiv on Sunday": a time behind the noun with nothing but names
 * between, whatever the reader hung it on, where no other act has it. */
void ch_when_take_behind_noun(const ch_setting *s, ch_event *e);

#endif
