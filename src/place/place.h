/* place/place.h: toponyms and where they are. Reads tokens and words; adds
 * doc->places. */
#ifndef CHANCERY_PLACE_PLACE_H
#define CHANCERY_PLACE_PLACE_H

#include "intake/document.h"
#include "lexicon/lexicon.h"

typedef struct ch_place {
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint32_t head;
    ch_span span;
    const char *name;    /* the gazetteer's */
    const char *country; /* ISO 3166-1 alpha-3 or NULL */
    const char *admin1;  /* or NULL */
    float latitude;      /* NAN where unknown */
    float longitude;
    uint32_t geonames;  /* 0 where unknown */
    uint32_t entry;     /* in the lexicon's gazetteer, or CH_NONE */
    float population;
    const char *reason; /* why this one of several, for explain */
} ch_place;

/* Needs doc->toks and doc->times.
 *   CH_E_NOMEM    the arena is at its limit; it is as it was before the call */
ch_status ch_find_places(const ch_lexicon *lexicon, ch_document *doc, ch_error *err);

#endif
