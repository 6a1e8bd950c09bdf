/* lexicon/gazetteer.h: places as compiled. A name of kind CH_NAME_PLACE has its
 * entry here. Countries are not among them: they have their own array. */
#ifndef CHANCERY_LEXICON_GAZETTEER_H
#define CHANCERY_LEXICON_GAZETTEER_H

#include "lexicon/lexicon.h"

typedef enum {
    CH_PLACE_TOWN,      /* city, town, village */
    CH_PLACE_STATE,     /* first-level division of a country */
    CH_PLACE_COUNTY,    /* lower division */
    CH_PLACE_REGION,    /* what news speaks of without being a division: Donbas, Sahel */
    CH_PLACE_CONTINENT, /* and its great parts */
    CH_PLACE_QUARTER,   /* part of a town */
    CH_PLACE_SITE,      /* airport, base, camp, plant, crossing, park */
    CH_PLACE_ISLAND,
    CH_PLACE_WATER,     /* sea, gulf, strait, lake, canal */
    CH_PLACE_RIVER,
    CH_PLACE_MOUNTAIN,  /* mountain, range, desert, valley */
    CH_PLACE_KIND_COUNT
} ch_place_kind;

typedef struct {
    ch_lexstr name;
    ch_lexstr admin;  /* the first-level division it lies in; 0 where unknown, its own name for one */
    uint32_t country; /* in countries, or CH_NONE where it lies in several or none */
    float latitude;
    float longitude;
    float population; /* 0 where unknown */
    float radius;     /* km around the point; 0 where it is small */
    uint32_t kind;    /* ch_place_kind */
} ch_gazetteer_place;

/* All places; *count of them. */
const ch_gazetteer_place *ch_gazetteer(const ch_lexicon *lexicon, uint32_t *count);

#endif
