/* event/setting.h: when and where an act happens: the expression that the graph
 * ties to it, else what its clause or the act before it gives; never merely one
 * nearby. */
#ifndef CHANCERY_EVENT_SETTING_H
#define CHANCERY_EVENT_SETTING_H

#include "event/event.h"
#include "event/graph.h"

/* Sets time and place of events [count], which are in the order of the text.
 * False when the arena is at its limit. */
bool ch_find_settings(const ch_graph *graph, ch_document *doc, ch_event *events, uint32_t count);

/* The same for an act that is told apart from them, by the graph alone. */
void ch_find_setting(const ch_graph *graph, ch_event *event);

#endif
