/* store/dossier.h: what a store holds of somebody: a country, a person, a body, or
 * whoever has a name in it. */
#ifndef CHANCERY_STORE_DOSSIER_H
#define CHANCERY_STORE_DOSSIER_H

#include "base/text.h"
#include "store/ask.h"

typedef struct ch_dossier ch_dossier;

typedef struct {
    const char *from, *to; /* days as filters take them; NULL: all */
    size_t most;           /* entries of each list; 0: 8 */
} ch_dossier_options;

/* Gathers it. `name` is a name, an id of the lexicon, or a code.
 *   CH_E_ARGUMENT  several have that name, or nobody: the message says who is near
 *   CH_E_IO        the store cannot answer
 * Free with ch_dossier_free(). */
ch_status ch_dossier_make(ch_dossier **out, ch_store *store, const ch_lexicon *lexicon, const char *name,
                          const ch_dossier_options *options, ch_error *err);
void ch_dossier_free(ch_dossier *dossier); /* NULL is allowed */

/* The whole of it as one JSON object without a line's end; the dossier's.
 *
 *   name, kind, id, code    who it is; `roles` [{from, to, code, title}] of the lexicon
 *   acts, receives          events in which they act, or are acted upon, of any status
 *   records                 {"statement": n, "amount": n, "vote": n, "relation": n}
 *   months                  [{month, acts, receives}] upward; month is null without a date
 *   types                   [{type, acts, receives}]
 *   partners                [{side, name, acts, receives, goldstein}] the most first: what
 *                           happened or goes on; goldstein is the mean of both ways
 *   sampled                 null, or how many of the latest events types and partners are of
 *   events, planned, positions, addressed, gave, received, votes, relations, quotations
 *                           records, the latest first, each with `published` and `title` of
 *                           its report and `sentenceText` */
const char *ch_dossier_json(const ch_dossier *dossier);

typedef struct {
    bool markdown;  /* else for a terminal: */
    unsigned width; /* columns */
    bool colour;
    bool blocks; /* block characters may be drawn with */
} ch_dossier_style;

/* Puts it as text for a person. */
void ch_dossier_write(ch_text *out, const ch_dossier *dossier, const ch_dossier_style *style);

#endif
