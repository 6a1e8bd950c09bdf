/* event/order.h: patterns of words around a trigger, in the order of the text:
 * the `order` of a frame. The graph has no say in them. */
#ifndef CHANCERY_EVENT_ORDER_H
#define CHANCERY_EVENT_ORDER_H

#include "event/graph.h"

/* Mentions that a pattern made parties; CH_NONE where it has no such mark. */
typedef struct {
    uint32_t actor;
    uint32_t recipient;
    uint32_t both;
} ch_order_parties;

/* Whether one of the frame's orders holds around `tok`, or it has none. The
 * first that does names the parties. */
bool ch_order_match(const ch_graph *graph, uint32_t tok, const ch_frame *frame, ch_order_parties *out);

/* The first party named before `tok` in its clause, or, where that has no
 * subject or `but` (CH_NONE: nobody) is it, in the clause above it. CH_NONE when
 * there is none. */
uint32_t ch_order_left(const ch_graph *graph, uint32_t tok, uint32_t but);

/* The first party named behind `tok` whose code is none of `codes` [count], or
 * CH_NONE. */
uint32_t ch_order_right(const ch_graph *graph, uint32_t tok, const char *const *codes, uint32_t count);

#endif
