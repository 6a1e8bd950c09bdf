/* record/export/value.h: what the parts of a template (lexicon/template.h) stand for
 * in one row.
 *
 *   serial, story          number of the row (of its event's dyad), of the document
 *   version                of this program
 *   day                    when it happened, a day: that of the report for what is planned
 *   name                   of the document, by its day and id: 20240402-1a2b-3c4d5e6f7a8b
 *   score                  PLOVER's of type and mode
 *   sentence, lead         which sentence of the report, from 1; 1 in the first paragraph
 *   mentions, length       tellings in the report; characters of the report
 *   document.X, record.X   members of the lines; of an array each element's
 *   actor.X, recipient.X   of the pair that has this row
 *   item.X                 the participant or ballot that has this row; item.role, item.number
 *   ….root, ….groups, ….sectors   of a participant: the country, or who stands for one
 *                          (IGO, NGO, ...); the code in threes; those behind the root
 *   ….level, ….city, ….county, ….area, ….fullname, ….division   of a place: see
 *                          ch_place_level(), with "-us" in the United States; its name
 *                          where it is a city or a county; the country where it is one;
 *                          with division and country; country and division */
#ifndef CHANCERY_RECORD_EXPORT_VALUE_H
#define CHANCERY_RECORD_EXPORT_VALUE_H

#include "base/arena.h"
#include "base/text.h"
#include "lexicon/layouts.h"
#include "lexicon/template.h"
#include "record/export/report.h"

/* Values of one part: a report's credits, an event's parties, and to spare. */
#define CH_VALUES_MAX 64u

typedef struct {
    const ch_lexicon *lexicon;
    ch_arena *arena; /* for what is made on the way; reset by whoever owns the row */
    ch_report *report;
    uint64_t serial;
    uint32_t mentions;
    json_object *record; /* any of these may be NULL */
    json_object *actor;
    json_object *recipient;
    json_object *item;
    const char *item_role;
    uint32_t item_number;
} ch_row;

typedef struct {
    ch_template_step steps[CH_TEMPLATE_STEPS_MAX];
    uint32_t count;
} ch_template;

/* Adds what the template is in this row to `out`; several values of a part are
 * parted by `list`. False when there is no memory. */
bool ch_template_fill(ch_text *out, const ch_template *t, const ch_row *row, const char *list);

/* The day of a record of a report, as a number; false where nothing tells it. */
bool ch_record_day(const ch_report *report, const json_object *record, int32_t *day);

/* First and last day of a date of the record format: EDTF level 1 and ranges. */
bool ch_edtf_days(ch_str date, int32_t *first, int32_t *last);

/* Whether somebody's code begins with a country or with what stands for one. */
ch_str ch_party_root(const ch_lexicon *lexicon, const json_object *party);

/* The country's name in the lexicon, or NULL. */
const char *ch_country_name(const ch_lexicon *lexicon, ch_str country);

/* "country", "state", "county", "city" (any smaller place) or "region" (any larger
 * one that is no division); NULL where it is no place. */
const char *ch_place_level(const ch_lexicon *lexicon, const json_object *place);

#endif
