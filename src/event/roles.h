/* event/roles.h: who takes part: from the slots that a frame names to mentions. */
#ifndef CHANCERY_EVENT_ROLES_H
#define CHANCERY_EVENT_ROLES_H

#include "event/event.h"
#include "event/graph.h"

/* Fills event->actors and event->recipients, and drops who would be both
 * without the act being reciprocal. False when a party that the frame needs is
 * not known. */
bool ch_find_parties(const ch_graph *graph, ch_event *event);

/* The first party that the frame needs and the event has not: CH_FRAME_NEED_ACTOR,
 * _RECIPIENT or _COUNTRY; 0 when none is missing. */
uint32_t ch_parties_missing(const ch_graph *graph, const ch_event *event);

#endif
