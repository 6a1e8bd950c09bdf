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

const char *ch_event_status_name(ch_event_status status);

/* Parties of one event on one side: an enumeration beyond this is cut. */
#define CH_PARTIES_MAX 24
/* Who reports of those who report: sources on one event. */
#define CH_SOURCES_MAX 4
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
} ch_event;

/*   CH_E_NOMEM */
ch_status ch_find_events(const ch_lexicon *lexicon, ch_document *doc, ch_error *err);

#endif
