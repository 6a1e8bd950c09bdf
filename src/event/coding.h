/* event/coding.h: what ch_find_events() knows while it goes through a document,
 * and its steps. Inside event/ alone. */
#ifndef CHANCERY_EVENT_CODING_H
#define CHANCERY_EVENT_CODING_H

#include "event/event.h"
#include "event/graph.h"
#include "event/match.h"

/* Events have numbers, their index plus one, until they are put in order. */
typedef struct {
    const ch_graph *graph;
    ch_matcher *matcher;
    ch_document *doc;
    uint32_t *event_of;   /* [ntok] number of the event that a token triggers, or 0 */
    uint32_t *taken_by;   /* [ntok] number of the event whose test used the token up */
    uint32_t *content_of; /* [ntok] number of the event whose content the token is */
    ch_event *events;
    uint32_t count, room;
} ch_coding;

/* Notes for whoever asks that the event, or a token alone, was refused. */
void ch_coding_refuse(ch_coding *c, uint32_t tok, uint32_t trigger, ch_refusal_step step, uint32_t by);

/* Adds the best frame of the word whose parties are there; false when none is, or
 * the best says that this is no act. */
bool ch_coding_propose(ch_coding *c, uint32_t sentence, uint32_t tok);

/* Marks the words that event `number` only speaks of. */
void ch_coding_mark_contents(ch_coding *c, uint32_t number);

/* The number of the event whose content the token is, itself or through what
 * governs it as a complement; 0 when none. */
uint32_t ch_coding_spoken_of_by(const ch_coding *c, uint32_t tok);

/* What another act is about did not happen by being spoken of: a demanded,
 * refused or threatened act is hypothetical, an accusation's is alleged. What is
 * promised or agreed to is the promise itself: false, to be dropped. */
bool ch_coding_apply_content(ch_coding *c, ch_event *e);

/* The index of the event, of the same type, whose tests took the word of `e`, or
 * under whose trigger `e` stands without a subject of its own; CH_NONE when there
 * is none. */
uint32_t ch_coding_told_before(const ch_coding *c, const ch_event *e);

/* Joins `e` into the event that tells the same act before it; true when it was. */
bool ch_coding_join(ch_coding *c, ch_event *e);

/* Marks a later telling of the same act by the same parties, at no other known
 * time. Events are in the order of the text. */
void ch_coding_find_repeats(ch_coding *c);

/* Force that is promised, and punishment that is promised on a condition or by
 * the one who will do it, is a threat, and the threat is made. */
void ch_coding_apply_threat(ch_coding *c, ch_event *e);

#endif
