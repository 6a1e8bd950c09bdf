/* event/topics.h: what acts are about, by the words that hang on them. */
#ifndef CHANCERY_EVENT_TOPICS_H
#define CHANCERY_EVENT_TOPICS_H

#include "event/event.h"
#include "event/graph.h"

/* Sets topics of events [count]: the PLOVER contexts whose set `context-...` has a
 * word of the act's phrase. */
void ch_find_topics(const ch_graph *graph, ch_document *doc, ch_event *events, uint32_t count);

#endif
