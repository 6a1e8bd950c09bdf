/* event/reach.h: how an expression of time or place hangs on an act: the words
 * that may hold it, the way up to them, and what stands between. Used by
 * event/when.h and event/where.h. */
#ifndef CHANCERY_EVENT_REACH_H
#define CHANCERY_EVENT_REACH_H

#include "event/event.h"
#include "event/graph.h"

/* Words that an expression may hang on to belong to the act: the trigger, the
 * verb that carries it, and verbs that share their adverbials with it. */
#define CH_ANCHORS_MAX 8

/* The acts of a document, while their times and places are looked for. */
typedef struct {
    const ch_graph *graph;
    ch_event *events; /* [count] in the order of the text */
    uint32_t count;
    /* NULL for a lone act */
    uint32_t *act_of; /* [ntok] index plus one of the event that the token triggers */
    bool *timed;      /* [ntok] part of a time expression */
    bool *in_name;    /* [nplace] part of an organisation's name */
} ch_setting;

typedef struct {
    uint32_t tok[CH_ANCHORS_MAX];
    bool front[CH_ANCHORS_MAX]; /* shares only what stands before its own subject */
    uint32_t count;
} ch_anchors;

/* The way from an expression up to an anchor. */
typedef struct {
    uint32_t anchor; /* index in the anchors */
    uint32_t top;    /* the token that hangs on the anchor */
    uint32_t steps;
    bool noun;     /* over a noun that is no occasion and no name */
    bool thing;    /* over one that nobody is called by either */
    bool occasion; /* over a visit, a speech, a summit */
    bool clause;   /* over a participle: "Speaking in Cairo, ..." */
    bool spoken;   /* over one before the act: "Leaders meeting in Vilnius pledged ..." */
} ch_route;

/* --- acts */

static inline bool
ch_setting_is_act(const ch_setting *s, uint32_t tok)
{
    return s->act_of != NULL && s->act_of[tok] != 0;
}

/* The type of its frame. */
ch_plover_type ch_setting_type(const ch_setting *s, const ch_event *e);

/* Acts of force and movement happen where their targets are; those of words
 * happen where the speaker is, whatever they speak of. */
bool ch_setting_is_physical(const ch_setting *s, const ch_event *e);

/* Whether the object may be a word of the act ("signed an agreement", "hosted
 * talks"); what is condemned or demanded has a time and place of its own. */
bool ch_setting_does_object(const ch_setting *s, const ch_event *e);

/* --- from an expression up to the act */

/* The words that hold the act's expressions, its trigger first. */
ch_anchors ch_reach_anchors(const ch_setting *s, const ch_event *e);

/* Goes up from `from` to an anchor; false where another clause or act lies
 * between. */
bool ch_reach_route(const ch_setting *s, const ch_anchors *a, uint32_t from, ch_route *out);

/* Whether an expression that begins at `first` stands where the anchor shares it. */
bool ch_reach_is_shared(const ch_setting *s, const ch_anchors *a, const ch_route *route, uint32_t first);

/* "hosted Kagame for talks in Luanda on Friday" */
bool ch_reach_is_for_talks(const ch_setting *s, const ch_event *e, const ch_route *route);

/* Whether `tok` is a visit, a speech, a summit that the act is done on. */
bool ch_reach_is_occasion(const ch_setting *s, uint32_t tok);

/* "accused Iran of attacking a ship on Sunday": what stands behind an act that
 * is told in the clause below is that act's, wherever it hangs. */
bool ch_reach_is_behind_content(const ch_setting *s, const ch_event *e, uint32_t first);

/* "the 2015 deal", "the vote of January": the date of a thing. */
bool ch_reach_is_attribute(const ch_setting *s, uint32_t head);

/* --- what is left over */

/* Whether an expression at `head` hangs on something above the act and before
 * it, though it stands behind the act with no other act between: "accused Iran
 * of attacking a ship on Sunday" where the reader gave Sunday to "accused". */
bool ch_reach_is_left_to(const ch_setting *s, const ch_event *e, uint32_t first, uint32_t head);

/* Whether an act of the sentence has the time, or else the place, `i`. */
bool ch_reach_is_taken(const ch_setting *s, ch_sentence sent, uint32_t i, bool time);

/* --- expressions in the order of the text */

/* The first of doc->times, and of doc->places, that begins at token `from` or
 * behind it: their number where there is none. */
uint32_t ch_reach_first_time(const ch_document *doc, uint32_t from);
uint32_t ch_reach_first_place(const ch_document *doc, uint32_t from);

#endif
