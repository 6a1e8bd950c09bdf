/* intake/source.h: what the readers of the single formats share. A format is a
 * reader of a stream; source.c chooses it and walks folders. */
#ifndef CHANCERY_INTAKE_SOURCE_H
#define CHANCERY_INTAKE_SOURCE_H

#include "chancery.h"
#include "intake/document.h"
#include "intake/page_map.h"
#include "intake/stream.h"
#include "lexicon/markup.h"

/* Bytes of one text before it is in UTF-8: four for each at the most. */
#define CH_RAW_MAX ((size_t)4 * CH_TEXT_MAX)

typedef enum {
    CH_FIELD_TEXT,
    CH_FIELD_ID,
    CH_FIELD_TITLE,
    CH_FIELD_URL,
    CH_FIELD_LANGUAGE,
    CH_FIELD_DATE,
    CH_FIELD_BYLINE,
    CH_FIELD_COUNT
} ch_field_name;

/* The name of each field in the input; NULL: our own. */
typedef struct {
    char *names[CH_FIELD_COUNT];
} ch_field_map;

/* The name under which the input has the field: the user's, or ours. */
const char *ch_field_in_input(const ch_field_map *map, ch_field_name field);

/* What a page or an item of a feed says of itself; the strings are its own. */
typedef struct {
    ch_text text;
    ch_text title, url, language, date, byline;
    ch_text paid;     /* classes of what only subscribers read, parted by spaces */
    ch_markup markup; /* names of the parts of pages; of the lexicon that the source uses */
    bool found;    /* the page's JSON-LD has told of an article */
    bool keep_map; /* `map` is wanted */
    ch_page_map map;
} ch_page;

/* Makes all strings empty for the next page, and frees them. */
void ch_page_clear(ch_page *page);
void ch_page_free(ch_page *page);

struct chancery_source;

typedef struct {
    ch_status (*open)(struct chancery_source *source, ch_error *err); /* may be NULL */
    ch_status (*next)(struct chancery_source *source, chancery_input *input, ch_error *err);
    void (*close)(struct chancery_source *source); /* may be NULL */
} ch_format;

struct chancery_source {
    ch_stream *stream;
    const ch_format *format;
    void *state;  /* the format's own */
    ch_text bytes; /* the text, line or record that was given last */
    ch_text id;    /* made up for a document that has none */
    ch_page page;
    uint64_t count; /* lines, or documents, so far */
    bool ended;
    const ch_field_map *fields;
    ch_field_map own_fields;
    struct chancery_walk *walk;   /* of a folder */
    struct chancery_source *file; /* the one that is being read in it */
    chancery_source_kind kind;    /* as asked for */
    uint64_t passed;              /* bytes of the files in it that are done */
};

extern const ch_format ch_format_text, ch_format_ndjson, ch_format_html, ch_format_csv, ch_format_feed, ch_format_warc;

/* Has the lexicon tell what the parts of pages are called.
 *   CH_E_FORMAT */
ch_status ch_source_use(struct chancery_source *source, const ch_lexicon *lexicon, ch_error *err);

/* The path, or "stdin". */
const char *ch_source_name(const struct chancery_source *source);

/* Makes "NAME:COUNT" the id. */
const char *ch_source_number(struct chancery_source *source);

/* All of the stream into source->bytes; CH_E_LIMIT when it is longer than
 * `limit`. */
ch_status ch_source_read_all(struct chancery_source *source, size_t limit, ch_error *err);

/* Gives a page as an input: empty strings are unknown. */
void ch_page_give(const ch_page *page, chancery_input *input);

/* Puts a date in any form that pages use (ISO 8601, RFC 822) into `out` as ISO
 * 8601; leaves it alone when it is none. */
void ch_page_date(ch_text *out, const char *date);

#endif
