/* record/export/export.h: records in the shapes that others read. A format is a
 * table (lexicon/layouts.h) or one of the writers below; each is given one report
 * after the other, with all its records, and keeps no more than it must.
 *
 *   lines --report.c--> a report --select.c--> its events --rows.c--> rows --columns.c--> text
 *                                                       `--calendar.c, geojson.c, graphml.c, timeml.c */
#ifndef CHANCERY_RECORD_EXPORT_EXPORT_H
#define CHANCERY_RECORD_EXPORT_EXPORT_H

#include "base/text.h"
#include "chancery.h"
#include "lexicon/layouts.h"
#include "record/export/report.h"
#include "record/export/value.h"

/* Pairs of one event: a summit of forty has 1,560; what has more is a list. */
#define CH_DYADS_MAX 2000u

typedef struct chancery_export ch_export;

#define CH_OUTPUT_NAME 128

/* What is written under one name: "" is all there is, else a file of that name. */
typedef struct {
    char name[CH_OUTPUT_NAME];
    ch_text text; /* not yet given to the sink */
} ch_output;

typedef struct {
    const char *name;
    const char *label;
    /* Any may be NULL. */
    ch_status (*begin)(ch_export *x, ch_error *err);
    ch_status (*report)(ch_export *x, ch_report *report, ch_error *err);
    ch_status (*end)(ch_export *x, ch_error *err);
    void (*free)(ch_export *x);
} ch_export_format;

/* Which records a format writes. */
typedef struct {
    uint32_t statuses; /* 1 << status, unless the user names others */
    uint32_t needs;    /* CH_NEED_* */
    bool repeats;
} ch_selection;

struct chancery_export {
    ch_lexicon *lexicon;
    const chancery_export_options *options;
    chancery_sink *sink;
    void *context;
    const ch_export_format *format;
    uint32_t statuses; /* that the user named; 0: those of the format */
    ch_arena arena;    /* of a row */
    ch_report report;  /* that is being read */
    bool reading;
    chancery_export_counts counts;
    void *state; /* the format's */
};

/* A table of a lexicon, or several at once (a file each), as a format. */
extern const ch_export_format ch_export_tables;
extern const ch_export_format ch_export_calendar;
extern const ch_export_format ch_export_geojson;
extern const ch_export_format ch_export_graphml;
extern const ch_export_format ch_export_timeml;

/* The format of that name, or NULL. */
const ch_export_format *ch_export_find(const ch_lexicon *lexicon, const char *name);

/* "NAME<tab>what it is" of each format. */
void ch_formats_write(ch_text *out, const ch_lexicon *lexicon);

/* The columns of a format (NULL: of all), as CSV or Markdown; false where it is no table. */
bool ch_dictionary_write(ch_text *out, const ch_lexicon *lexicon, const char *format, bool markdown);

/* Gives the output to the sink once there is much of it, or all with `flush`.
 *   CH_E_IO  the sink does not take it
 *   CH_E_NOMEM */
ch_status ch_output_give(ch_export *x, ch_output *out, bool flush, ch_error *err);

/* What the formats that are no tables write: what is done or going on, or intended. */
#define CH_STATUSES_DONE 0x5u /* asserted, ongoing */
#define CH_STATUSES_PLANNED 0x2u

/* Whether the record is written under this selection; what is left out is counted. */
bool ch_select_record(ch_export *x, const ch_report *report, const json_object *record, const ch_selection *selection);

/* Called for each row; false when there is no memory. */
typedef bool ch_take_row(void *context, ch_row *row);

/* The rows of a report in the order of the text; *serial is the number of the last
 * row before and behind.
 *   CH_E_NOMEM */
ch_status ch_rows_of(ch_export *x, ch_report *report, const ch_layout *layout, uint64_t *serial, ch_take_row *take, void *context,
                     ch_error *err);

/* A stable name of a record: 16 hexadecimal digits of a hash of both ids. */
void ch_record_name(char out[17], const ch_report *report, const json_object *record);

#endif
