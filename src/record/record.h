/* record/record.h: what the stages found, as the records of the public format.
 * Copies and names; infers nothing. */
#ifndef CHANCERY_RECORD_RECORD_H
#define CHANCERY_RECORD_RECORD_H

#include "chancery.h"
#include "event/event.h"
#include "event/facts.h"
#include "intake/document.h"
#include "lexicon/lexicon.h"

typedef struct ch_records {
    chancery_event *events; /* [nevent], as doc->events */
    uint32_t nevent;
    chancery_statement *statements;
    chancery_amount *amounts;
    chancery_vote *votes;
    chancery_relation *relations;
    uint32_t nstatement, namount, nvote, nrelation;
    ch_fact_kind *fact_kinds; /* [doc->nfact] of which kind each is, and where among those */
    uint32_t *fact_at;
} ch_records;

/* Makes doc->records from doc->events and doc->facts.
 *   CH_E_NOMEM */
ch_status ch_make_records(const ch_lexicon *lexicon, ch_document *doc, ch_error *err);

/* What the record of doc->facts[index] shares with all others. */
const chancery_record *ch_fact_record(const ch_records *records, uint32_t index);

/* Writers; each appends to `out`. */
void ch_ndjson_write(ch_text *out, const ch_document *doc);

/* `records`, as ch_ndjson_write() writes them, with the place in the page beside
 * each span; and the whole map of a document that has one. */
void ch_page_spans_write(ch_text *out, const ch_document *doc, const char *records);
void ch_page_map_write(ch_text *out, const ch_document *doc);

void ch_table_write(ch_text *out, const ch_document *doc, const ch_lexicon *lexicon, const chancery_write_options *options);
void ch_actors_write(ch_text *out, const ch_document *doc);
void ch_times_write(ch_text *out, const ch_document *doc);
void ch_timeml_write(ch_text *out, const ch_document *doc);
void ch_places_write(ch_text *out, const ch_document *doc);

/* Why event `index` is as it is. */
void ch_explain_write(ch_text *out, const ch_document *doc, const ch_lexicon *lexicon, uint32_t index,
                      const chancery_write_options *options);

/* Why what stands at `words` (in any case) in the text gave no event: for each word
 * whether it is coded, and else which step refused it. The events are found anew in
 * memory of its own. *found: the text has them in a sentence that was read.
 *   CH_E_NOMEM */
ch_status ch_why_not_write(ch_text *out, const ch_document *doc, const ch_lexicon *lexicon, const char *words, bool *found, ch_error *err);

/* Why fact `index` of doc->facts is as it is. */
void ch_explain_fact(ch_text *out, const ch_document *doc, const ch_lexicon *lexicon, uint32_t index);

#endif
