/* event/event.h: acts: who did what to whom, whether it happened, who says so,
 * when and where; and with them the facts of event/facts.h. Reads all earlier
 * stages; adds doc->events and doc->facts. */
#ifndef CHANCERY_EVENT_EVENT_H
#define CHANCERY_EVENT_EVENT_H

#include "actor/actor.h"
#include "intake/document.h"
#include "lexicon/frames.h"
#include "lexicon/lexicon.h"
#include "place/place.h"
#include "time/time.h"

typedef enum {
    CH_ASSERTED, CH_ONGOING, CH_PLANNED, CH_ALLEGED, CH_POSSIBLE, CH_HYPOTHETICAL, CH_NEGATED,
    CH_STATUS_COUNT
} ch_event_status;

/* "asserted", "planned": as records have it. Static text. */
const char *ch_event_status_name(ch_event_status status);

/* Parties of one event on one side: an enumeration beyond this is cut. */
#define CH_PARTIES_MAX 24
/* Who reports of those who report: sources on one event. */
#define CH_SOURCES_MAX 4
/* Contexts that words give to one event. */
#define CH_TOPICS_MAX 4
/* Steps that decided on a status, kept for explain. */
#define CH_REASONS_MAX 8

typedef struct {
    uint32_t mention; /* in doc->mentions */
    uint32_t tok;     /* the filler that led to it */
    uint32_t path;    /* in frames->paths, or CH_NONE: by default or fallback */
} ch_party;

typedef struct {
    uint32_t tok; /* the word that made it so */
    ch_event_status status;
    const char *why; /* static text */
} ch_status_reason;

typedef struct {
    ch_span span;     /* the words that name the source */
    uint32_t mention; /* in doc->mentions, or CH_NONE */
    uint32_t verb;    /* the word of speaking */
} ch_source;

typedef struct ch_event {
    uint32_t tok;      /* the trigger */
    uint32_t sentence; /* in doc->sents */
    ch_span span;      /* the words that name the act */
    uint32_t frame;    /* in frames->frames */
    uint32_t trigger;  /* in frames->triggers */
    const char *cameo; /* "" where none applies */
    bool reciprocal;
    bool by_negation; /* the frame asked for the negation: "will not accept" */
    bool reversed; /* the act from its recipient's side: the frame's `reverse` */
    ch_party actors[CH_PARTIES_MAX];
    uint32_t nactor;
    ch_party recipients[CH_PARTIES_MAX];
    uint32_t nrecipient;
    ch_event_status status;
    ch_status_reason reasons[CH_REASONS_MAX];
    uint32_t nreason;
    ch_source sources[CH_SOURCES_MAX];
    uint32_t nsource;
    uint32_t time;    /* in doc->times, or CH_NONE */
    uint32_t place;   /* in doc->places, or CH_NONE */
    uint32_t content_of; /* the event whose content this is, or CH_NONE */
    uint32_t repeats; /* in doc->events, or CH_NONE */
    float confidence; /* 0-1 */
    const char *topics[CH_TOPICS_MAX]; /* [ntopic] contexts told by the words that hang on it */
    uint32_t ntopic;
} ch_event;

/* Steps that refuse a frame whose words and tests held, in their order. */
typedef enum {
    CH_REFUSED_DISCARDED,  /* the sentence has a phrase of a `discard` block */
    CH_REFUSED_NO_ACT,     /* the best frame says that this is no act */
    CH_REFUSED_ACTOR,      /* the frame needs an actor who is known */
    CH_REFUSED_RECIPIENT,  /* and a recipient */
    CH_REFUSED_COUNTRY,    /* and somebody's country */
    CH_REFUSED_NOBODY,     /* nobody stands in any of its slots */
    CH_REFUSED_BACKGROUND, /* a noun that nothing carries and nobody is named for */
    CH_REFUSED_PRIVATE,    /* words among people who are nobody of politics */
    CH_REFUSED_CALLED,     /* it says what somebody calls a thing */
    CH_REFUSED_COVERED,    /* it hangs on an act that covers what is under it */
    CH_REFUSED_PROMISED,   /* what is agreed or conceded is the promise itself */
    CH_REFUSED_JOINED,     /* another word tells the same act */
    CH_REFUSED_TAKEN,      /* another act's words or tests took it up */
    CH_REFUSED_CONFIDENCE  /* below the least confidence asked for */
} ch_refusal_step;

typedef struct {
    uint32_t tok;
    uint32_t trigger;     /* in frames->triggers, or CH_NONE */
    uint32_t by;          /* token of the act that took it, or CH_NONE */
    float confidence;
    ch_refusal_step step;
} ch_refusal;

/* Filled by ch_find_events() where doc->refusals is not NULL. */
typedef struct ch_refusals {
    ch_refusal *all; /* [count] */
    uint32_t count, room;
} ch_refusals;

/* Needs what all earlier stages add. Events are in the order of the text.
 *   CH_E_NOMEM */
ch_status ch_find_events(const ch_lexicon *lexicon, ch_document *doc, ch_error *err);

#endif
