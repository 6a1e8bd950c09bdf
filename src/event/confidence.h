/* event/confidence.h: how likely a record is right, by what can be seen of it. */
#ifndef CHANCERY_EVENT_CONFIDENCE_H
#define CHANCERY_EVENT_CONFIDENCE_H

#include "event/event.h"

/* How much of each feature the event shows: 0 or 1 of most. */
void ch_event_features(const ch_lexicon *lexicon, const ch_document *doc, const ch_event *event, float out[CH_ODDS_COUNT]);

/* The probability that type and sides are right: a logistic regression over the
 * features with the weights of the lexicon's `confidence` block, else the frame's
 * weight. */
float ch_event_confidence(const ch_lexicon *lexicon, const ch_document *doc, const ch_event *event);

#endif
