/* event/status.h: whether an act happened, and who says so, by what governs it:
 * tense, modals, negation, conditions, verbs of intention, failure, report. The
 * words are the sets of lexicon/status/. */
#ifndef CHANCERY_EVENT_STATUS_H
#define CHANCERY_EVENT_STATUS_H

#include "event/event.h"
#include "event/graph.h"

/* Sets event->status with its reasons and event->sources, walking from the
 * trigger up to the root of its sentence. */
void ch_find_status(const ch_graph *graph, ch_event *event);

#endif
