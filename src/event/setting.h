/* event/setting.h: when and where an act happens: the expression that the graph
 * ties to it, never merely one nearby. */
#ifndef CHANCERY_EVENT_SETTING_H
#define CHANCERY_EVENT_SETTING_H

#include "event/event.h"
#include "event/graph.h"

/* Sets event->time and event->place. */
void ch_find_setting(const ch_graph *graph, ch_event *event);

#endif
