/* chancery.h: the public interface of libchancery.
 *
 * Chancery reads news reports and keeps the record: who did what to whom, when,
 * where, in whose words, and whether it happened. Every record cites the bytes
 * it was read from.
 *
 *     chancery_reader *reader;
 *     chancery_document *doc;
 *     chancery_error err;
 *     if (chancery_reader_open(&reader, NULL, &err) != CHANCERY_OK) ...
 *     chancery_input in = {.text = text, .len = len, .date = "2024-04-02"};
 *     if (chancery_read(&doc, reader, &in, CHANCERY_STAGE_ALL, &err) != CHANCERY_OK) ...
 *     for (size_t i = 0; i < chancery_event_count(doc); i++)
 *         use(chancery_event_at(doc, i));
 *     chancery_document_free(doc);
 *     chancery_reader_close(reader);
 *
 * Encoding: all text in and out is UTF-8; offsets are bytes, half-open.
 * Threads: a reader is immutable once open and may be shared by any number of
 * threads; a document belongs to one thread at a time.
 * Ownership: what a function gives through `out` is the caller's, to be freed
 * with the function named there; const pointers found in it are borrowed and
 * live as long as it does. A document must not outlive its reader.
 * Errors: each function that can fail returns a chancery_status and fills `err`
 * (which may be NULL).
 */
#ifndef CHANCERY_H
#define CHANCERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CHANCERY_API __attribute__((visibility("default")))

/* The library's version, "1.0.0"; static memory. */
CHANCERY_API const char *chancery_version(void);

typedef enum {
    CHANCERY_OK = 0,
    CHANCERY_END,        /* no failure: a source has no further document */
    CHANCERY_E_NOMEM,    /* memory, or a document's share of it, is used up */
    CHANCERY_E_IO,       /* a file cannot be opened, read or written; err->os has errno */
    CHANCERY_E_FORMAT,   /* a file is not what it should be; err->at is the byte */
    CHANCERY_E_LIMIT,    /* a text is longer than a documented limit */
    CHANCERY_E_ENCODING, /* a text is in no encoding that can be read; err->at is the byte */
    CHANCERY_E_ARGUMENT  /* an argument makes no sense; err->message says which */
} chancery_status;

typedef struct {
    chancery_status status;
    int os;            /* errno for CHANCERY_E_IO, else 0 */
    uint64_t at;       /* byte in the file or text, else 0 */
    char file[256];    /* the file, or "" */
    char message[512]; /* one sentence: what is wrong and what to do */
} chancery_error;

/* A short name of a status ("io", "format", ...), as in `error` records. */
CHANCERY_API const char *chancery_status_name(chancery_status status);

typedef struct {
    uint32_t start;
    uint32_t end;
} chancery_span;

/* ------------------------------------------------------------------ reader */

typedef struct chancery_reader chancery_reader;

typedef struct {
    const char *model;   /* path of the model file; NULL: the installed English model */
    const char *lexicon; /* path of the compiled lexicon; NULL: the installed one */
    /* Folders of lexicon text, compiled when the reader is opened. Without
     * `lexicon` they are added to the installed text, entry by entry; with
     * `lexicon_only` they alone say who there is and what is an act. */
    const char *const *lexicon_dirs; /* [lexicon_dir_count]; NULL: none */
    size_t lexicon_dir_count;
    bool lexicon_only;
    double min_confidence; /* events below it (0-1) are left out; 0: none */
} chancery_reader_options;

/* Opens the model and the lexicon: both are mapped, nothing is parsed.
 * `options` may be NULL. Files not named are looked for in $CHANCERY_DATA where
 * that is set, else beside the running program, else in the installed data folder.
 *   CHANCERY_E_IO        a file cannot be opened
 *   CHANCERY_E_FORMAT    a file has another version, a wrong checksum or parts that
 *                        lead out of it; a folder of lexicon text has a mistake
 *   CHANCERY_E_ARGUMENT  `lexicon` together with folders, or too many of these
 *   CHANCERY_E_NOMEM
 * Close with chancery_reader_close(). */
CHANCERY_API chancery_status chancery_reader_open(chancery_reader **out, const chancery_reader_options *options,
                                                  chancery_error *err);
CHANCERY_API void chancery_reader_close(chancery_reader *reader); /* NULL is allowed */

/* The checksums of the model and of the compiled lexicon that the reader reads by:
 * what the same version made from the same text with the same two is the same. */
CHANCERY_API void chancery_reader_checksums(const chancery_reader *reader, uint64_t *model, uint64_t *lexicon);

/* ---------------------------------------------------------------- document */

typedef struct chancery_document chancery_document;

/* Bytes [start, end) of a text and where they stand in the page that it was taken
 * from, in bytes of the page once in UTF-8: byte for byte where both are as long,
 * else as a whole (a character reference). */
typedef struct chancery_page_run {
    uint32_t start;
    uint32_t end;
    uint32_t page_start;
    uint32_t page_end;
} chancery_page_run;

/* A text to read. All pointers are borrowed for the call; those that may be
 * NULL are unknown then. */
typedef struct {
    const char *text; /* any encoding that intake knows; need not end in NUL */
    size_t len;       /* bytes; at most 8 MiB once in UTF-8 */
    const char *id;   /* NULL: a hash of the text */
    const char *title;
    const char *url;
    const char *language;    /* BCP 47 */
    const char *date;        /* publication date from the input's own metadata, ISO 8601 */
    const char *option_date; /* publication date that the user gave; used where there is no other */
    const char *encoding;    /* as the input declares it; NULL: UTF-8, or detected */
    bool whole;              /* page furniture is read like the report, and any language like the model's */
    bool force;              /* any language is read like the model's */
    const char *byline;      /* who wrote it, by the input's metadata */
    bool date_in_metadata;   /* `date` is from a page's metadata */
    const chancery_page_run *page_runs; /* [page_run_count] in the order of the text; of a page, where asked for */
    uint32_t page_run_count;
} chancery_input;

/* Stages to run; each needs those before it and they are run too. */
typedef enum {
    CHANCERY_STAGE_INTAKE = 1,
    CHANCERY_STAGE_SYNTAX,
    CHANCERY_STAGE_TIME,
    CHANCERY_STAGE_PLACE,
    CHANCERY_STAGE_ACTOR,
    CHANCERY_STAGE_EVENT,
    CHANCERY_STAGE_ALL = CHANCERY_STAGE_EVENT
} chancery_stage;

/* Reads one text up to `last_stage`.
 *   CHANCERY_E_LIMIT     the text is longer than 8 MiB
 *   CHANCERY_E_ENCODING  its encoding is unknown
 *   CHANCERY_E_ARGUMENT  a date is no date
 *   CHANCERY_E_NOMEM
 * Free with chancery_document_free(). */
CHANCERY_API chancery_status chancery_read(chancery_document **out, const chancery_reader *reader,
                                           const chancery_input *input, chancery_stage last_stage, chancery_error *err);

/* Reads words that are already split, in CoNLL-U, as one document: sentences,
 * words and the text come from it; tags and dependencies are made anew.
 *   CHANCERY_E_FORMAT  no CoNLL-U; err->at is the line */
CHANCERY_API chancery_status chancery_read_conllu(chancery_document **out, const chancery_reader *reader,
                                                  const chancery_input *input, chancery_stage last_stage,
                                                  chancery_error *err);
CHANCERY_API void chancery_document_free(chancery_document *doc); /* NULL is allowed */

/* Id and text of the document, NUL-terminated, the document's; the text that all
 * spans point into is *len bytes long (len may be NULL). */
CHANCERY_API const char *chancery_document_id(const chancery_document *doc);
CHANCERY_API const char *chancery_document_text(const chancery_document *doc, size_t *len);

/* Sentences and words that were read; 0 where CHANCERY_STAGE_SYNTAX was not run. */
CHANCERY_API size_t chancery_sentence_count(const chancery_document *doc);
CHANCERY_API size_t chancery_token_count(const chancery_document *doc);

/* The bytes of a sentence; `index` < chancery_sentence_count(doc). */
CHANCERY_API chancery_span chancery_sentence_at(const chancery_document *doc, size_t index);

/* Where a span of the text stands in the page, in bytes of UTF-8; false where it
 * is not from there, or the input had no page_runs. */
CHANCERY_API bool chancery_page_span(chancery_span *out, const chancery_document *doc, chancery_span span);

/* ----------------------------------------------------------------- records */

/* A participant of an event. Strings are NUL-terminated; those that are
 * unknown are NULL. */
typedef struct {
    const char *text;
    chancery_span span;
    const char *name;    /* the lexicon's name, or the text */
    const char *code;    /* country and sectors, "USAGOV" */
    const char *country; /* ISO 3166-1 alpha-3 */
    const char *sector;  /* first sector, "GOV" */
    const char *entity;  /* id in the lexicon */
    const char *via;     /* words of the mention through which this one was resolved */
} chancery_participant;

typedef struct {
    const char *text;
    chancery_span span;
    const char *name;
    const char *country;
    const char *admin1;
    bool has_point;
    double latitude;  /* degrees north */
    double longitude; /* degrees east */
    uint32_t geonames; /* 0 where unknown */
} chancery_place;

typedef struct {
    const char *start; /* ISO 8601 or EDTF level 1; NULL where the event has no date */
    const char *end;   /* both NULL with a text: words ("April 2") whose year or week nothing tells */
    const char *text;  /* NULL where the date is assumed from the publication */
    chancery_span span;
    bool assumed;
} chancery_date;

typedef struct {
    const char *text;
    chancery_span span;
    bool has_participant;
    chancery_participant participant;
} chancery_attribution;

typedef struct {
    const char *id; /* "e1" */
    chancery_span sentence;
    chancery_span span; /* the words that name the act */
    const char *text;
    const char *type; /* PLOVER 2021 */
    const char *mode;
    const char *const *contexts; /* [context_count] */
    size_t context_count;
    const char *cameo;
    int quad;         /* 1-4 */
    double goldstein; /* -10 to 10 */
    const chancery_participant *actors; /* [actor_count] */
    size_t actor_count;
    const chancery_participant *recipients; /* [recipient_count] */
    size_t recipient_count;
    chancery_date date;
    bool has_place;
    chancery_place place;
    const char *status;
    const chancery_attribution *attributions; /* [attribution_count] */
    size_t attribution_count;
    const char *repeats; /* id of the event that this one restates */
    const char *rule;    /* the frame's id */
    double confidence;   /* 0-1 */
} chancery_event;

/* Events in the order of the text; 0 where CHANCERY_STAGE_EVENT was not run. */
CHANCERY_API size_t chancery_event_count(const chancery_document *doc);

/* The document's; `index` < chancery_event_count(doc). */
CHANCERY_API const chancery_event *chancery_event_at(const chancery_document *doc, size_t index);

/* What every record but an event carries; see there. `id` is "s1" of a
 * statement, "a1" of an amount, "v1" of a vote, "r1" of a relation. */
typedef struct {
    const char *id;
    chancery_span sentence;
    chancery_span span; /* the words that carry it */
    const char *text;
    chancery_date date;
    const char *status;
    const chancery_attribution *attributions; /* [attribution_count] */
    size_t attribution_count;
    const char *rule;
    double confidence;
} chancery_record;

/* A position that someone takes. */
typedef struct {
    chancery_record record;
    chancery_participant holder;
    const char *stance; /* "supports", "opposes", "demands", "offers", "denies", "warns", "claims" */
    const char *topic;  /* NULL where the text gives none */
    chancery_span topic_span;
    const chancery_participant *towards; /* [towards_count] */
    size_t towards_count;
    const char *quote; /* words in quotation marks; NULL where there are none */
    chancery_span quote_span;
    const chancery_participant *contrasts; /* [contrast_count] who is said to hold otherwise */
    size_t contrast_count;
    const char *cameo; /* of CAMEO's statements (010 to 019); NULL where the lexicon gives none */
    const char *claim; /* id of somebody else's statement that this one denies, or NULL */
} chancery_statement;

/* A sum or a count with a role. */
typedef struct {
    chancery_record record; /* its date has no start where the text gives only the end of a period */
    const char *what;       /* "aid", "killed", "troops", ... */
    double value;
    const char *unit;  /* ISO 4217, "people", "%", the noun counted */
    const char *bound; /* "exact", "at-least", "at-most", "about" */
    const chancery_participant *givers; /* [giver_count] */
    size_t giver_count;
    const chancery_participant *receivers; /* [receiver_count] */
    size_t receiver_count;
    const char *part_of; /* id of the amount that it is a share of, or NULL */
    const char *state;   /* "given", "allocated", "pledged", "proposed", "stalled" or NULL */
} chancery_amount;

typedef struct {
    chancery_participant voter;
    const char *ballot; /* "for", "against", "abstain", "veto", "sponsor" */
} chancery_ballot;

/* How many voted so; -1 where the text does not tell. */
typedef struct {
    int in_favour;
    int against;
    int abstained;
} chancery_tally;

typedef struct {
    chancery_record record;
    bool has_body;
    chancery_participant body;
    const char *measure; /* NULL where the text gives none */
    chancery_span measure_span;
    const char *outcome; /* "adopted", "rejected", "vetoed", "pending" or NULL */
    const chancery_ballot *ballots; /* [ballot_count] */
    size_t ballot_count;
    chancery_tally tally;
} chancery_vote;

/* A standing fact between participants. */
typedef struct {
    chancery_record record;
    chancery_participant subject;
    const char *relation; /* "ally-of", "member-of", "holds-office", ... */
    bool has_object;
    chancery_participant object;
    const char *detail; /* the words of the relation with their attributes, or NULL */
    chancery_span detail_span;
} chancery_relation;

/* As for events: each `index` below its count. */
CHANCERY_API size_t chancery_statement_count(const chancery_document *doc);
CHANCERY_API const chancery_statement *chancery_statement_at(const chancery_document *doc, size_t index);
CHANCERY_API size_t chancery_amount_count(const chancery_document *doc);
CHANCERY_API const chancery_amount *chancery_amount_at(const chancery_document *doc, size_t index);
CHANCERY_API size_t chancery_vote_count(const chancery_document *doc);
CHANCERY_API const chancery_vote *chancery_vote_at(const chancery_document *doc, size_t index);
CHANCERY_API size_t chancery_relation_count(const chancery_document *doc);
CHANCERY_API const chancery_relation *chancery_relation_at(const chancery_document *doc, size_t index);

/* ----------------------------------------------------------------- writing */

typedef enum {
    CHANCERY_NDJSON, /* the record format, version 1 */
    CHANCERY_TABLE,  /* for a person's eye */
    CHANCERY_CONLLU, /* the syntax stage */
    CHANCERY_TIMES,  /* {"document", "timexes": [...]} */
    CHANCERY_PLACES, /* {"document", "places": [...]} */
    CHANCERY_ACTORS, /* {"document", "mentions": [...]} */
    CHANCERY_TIMEML  /* the text with its time expressions marked, as TimeML */
} chancery_format;

typedef struct {
    unsigned width; /* columns of a table; 0: 100 */
    bool colour;    /* ANSI colour in a table */
} chancery_write_options;

/* The document in `format`, NUL-terminated, of *len bytes (len may be NULL).
 * `options` may be NULL. Free with chancery_free().
 *   CHANCERY_E_ARGUMENT  the stage that the format shows was not run
 *   CHANCERY_E_NOMEM */
CHANCERY_API chancery_status chancery_write(char **out, size_t *len, const chancery_document *doc, chancery_format format,
                                            const chancery_write_options *options, chancery_error *err);

/* Why record `id` of the document is as it is, for a person: the sentence, the
 * words, the path, the frame and its place in the lexicon, how each actor was
 * resolved, whence date and status. Free with chancery_free().
 *   CHANCERY_E_ARGUMENT  the document has no such record */
CHANCERY_API chancery_status chancery_explain(char **out, size_t *len, const chancery_document *doc, const char *id,
                                              const chancery_write_options *options, chancery_error *err);

/* Why what stands at `words` (in any case) gave no event, for a person: each word
 * of it that a frame knows, and the step that refused it (no trigger fits, a role is
 * empty, a constraint, a counter-pattern, status, duplicate, confidence); and those
 * that none knows. Free with chancery_free().
 *   CHANCERY_E_ARGUMENT  no sentence that was read has these words */
CHANCERY_API chancery_status chancery_explain_not(char **out, size_t *len, const chancery_document *doc, const char *words, chancery_error *err);

/* The `error` record of a document that could not be read, one line of JSON.
 * `document` may be NULL. Free with chancery_free(). */
CHANCERY_API chancery_status chancery_write_error(char **out, size_t *len, const char *document, const chancery_error *error);

/* Frees what a function that names this one gave; NULL is allowed. */
CHANCERY_API void chancery_free(void *memory);

/* ------------------------------------------------------------------ exports */

/* Records, as lines of NDJSON or in a store, in the shapes that others read. */
typedef struct chancery_export chancery_export;

/* Takes `len` bytes of the output; false when it cannot. `name` is "" where there is
 * one output, else the file that they belong to: all of one file come before those
 * of the next, or are the tables' of `split`. Both are borrowed for the call. */
typedef bool chancery_sink(void *context, const char *name, const char *bytes, size_t len);

typedef struct {
    const char *format;              /* a name that chancery_export_formats() lists */
    const char *kind;                /* of format "csv": which table; NULL: event */
    bool split;                      /* a file each: all tables of "csv", each document of "timeml" */
    const char *const *statuses;     /* [status_count] of the events to write; NULL: those that count as done in the format */
    size_t status_count;
    bool repeats;                    /* also events that restate another of their document */
    double min_confidence;           /* events below it (0-1) are left out */
    uint64_t first_id;               /* number of the first row; 0: 1 */
    const chancery_reader_options *lexicon; /* whose layouts and codes; NULL: the installed ones */
} chancery_export_options;

/* What became of it. Events are counted once for each reason that leaves one out. */
typedef struct {
    uint64_t documents;
    uint64_t records;       /* read, of all kinds */
    uint64_t rows;          /* or features, edges, entries */
    uint64_t last_id;       /* number of the last row */
    uint64_t status;        /* left out: its status is none of those wanted */
    uint64_t repeats;       /* it restates another */
    uint64_t confidence;    /* too doubtful */
    uint64_t intent;        /* planned, and CAMEO has no code for the intent */
    uint64_t code;          /* it has no CAMEO code */
    uint64_t day;           /* neither it nor its document has a date */
    uint64_t party;         /* the actor or recipient that the format needs has no code */
    uint64_t place;         /* it has no place with a point */
    uint64_t cut;           /* pairs beyond the limit of one event */
    uint64_t once;          /* rows like an earlier one of the document */
} chancery_export_counts;

/* The options and all they point to must outlive the export, as must `context`.
 *   CHANCERY_E_ARGUMENT  no such format, kind or status
 *   CHANCERY_E_IO, CHANCERY_E_FORMAT, CHANCERY_E_NOMEM  as chancery_reader_open()
 * Free with chancery_export_free(). Belongs to one thread at a time. */
CHANCERY_API chancery_status chancery_export_new(chancery_export **out, const chancery_export_options *options, chancery_sink *sink,
                                                 void *context, chancery_error *err);

/* Exports all of `path` ("-" is standard input): NDJSON that `chancery code` wrote,
 * perhaps packed. Of a document the records must follow its own line.
 *   CHANCERY_E_IO      it cannot be read; err->file names it, or the sink refused: then err->file is ""
 *   CHANCERY_E_FORMAT  a line is none of the record format; err->at is its number
 *   CHANCERY_E_LIMIT   a line or document is longer than any that is written
 *   CHANCERY_E_NOMEM */
CHANCERY_API chancery_status chancery_export_read(chancery_export *x, const char *path, chancery_error *err);

/* Exports one line of the record format, of `len` bytes; of a document the records
 * follow its own line.
 *   CHANCERY_E_IO      the sink refused
 *   CHANCERY_E_FORMAT  it is none of the record format
 *   CHANCERY_E_NOMEM */
CHANCERY_API chancery_status chancery_export_line(chancery_export *x, const char *line, size_t len, chancery_error *err);

/* Writes what is left. *counts (may be NULL) is filled.
 *   CHANCERY_E_IO, CHANCERY_E_NOMEM */
CHANCERY_API chancery_status chancery_export_end(chancery_export *x, chancery_export_counts *counts, chancery_error *err);
CHANCERY_API void chancery_export_free(chancery_export *x); /* NULL is allowed */

typedef enum {
    CHANCERY_DICTIONARY_FORMATS, /* "NAME<tab>what it is", a line each */
    CHANCERY_DICTIONARY_CSV,     /* of each column: format, number, name, type, content and meaning */
    CHANCERY_DICTIONARY_MARKDOWN
} chancery_dictionary_form;

/* The formats, or the columns of `format` (NULL: of all that are tables). `lexicon`
 * may be NULL. Free with chancery_free().
 *   CHANCERY_E_ARGUMENT  no such format, or it is no table */
CHANCERY_API chancery_status chancery_export_formats(char **out, size_t *len, const char *format, chancery_dictionary_form form,
                                                     const chancery_reader_options *lexicon, chancery_error *err);

/* -------------------------------------------------------------- duplicates */

#define CHANCERY_SKETCH 96

/* What a report is compared by: plain data, the same on every machine. */
typedef struct {
    uint64_t words;    /* hash of all its words; 0: it has none */
    uint32_t shingles; /* runs of three words in it */
    uint32_t least[CHANCERY_SKETCH]; /* of all their hashes, under as many orders */
} chancery_signature;

/* The signature of what was read of a document: not its furniture. */
CHANCERY_API void chancery_signature_make(chancery_signature *out, const chancery_document *doc);

/* Part of the runs of three words that two reports have in common, estimated;
 * 1 for the same words. */
CHANCERY_API double chancery_signature_likeness(const chancery_signature *a, const chancery_signature *b);

/* Documents met so far, of which the latest 65,536 that repeat no other are
 * remembered: 40 MiB at the most. Belongs to one thread at a time. */
typedef struct chancery_duplicates chancery_duplicates;

/* None met yet. Free with chancery_duplicates_free().
 *   CHANCERY_E_NOMEM */
CHANCERY_API chancery_status chancery_duplicates_new(chancery_duplicates **out, chancery_error *err);
CHANCERY_API void chancery_duplicates_free(chancery_duplicates *met); /* NULL is allowed */

/* *original is the id of the first document met that this one repeats, word for
 * word or nearly, borrowed until the next call; or NULL, and this one is
 * remembered.
 *   CHANCERY_E_NOMEM */
CHANCERY_API chancery_status chancery_duplicates_meet(chancery_duplicates *met, const char *id,
                                                      const chancery_signature *signature, const char **original,
                                                      chancery_error *err);

/* `records` as chancery_write() gave them in CHANCERY_NDJSON, with "duplicateOf"
 * in their first line: `original`, or null where that is NULL. Free with
 * chancery_free(). */
CHANCERY_API chancery_status chancery_write_duplicate(char **out, size_t *len, const char *records, size_t records_len,
                                                      const char *original, chancery_error *err);

/* ----------------------------------------------------------------- sources */

/* Documents one after the other; belongs to one thread at a time. */
typedef struct chancery_source chancery_source;

typedef enum {
    CHANCERY_SOURCE_AUTO,  /* by name and first bytes */
    CHANCERY_SOURCE_TEXT,  /* the whole input is one plain text */
    CHANCERY_SOURCE_NDJSON, /* a JSON object a line with "text", and perhaps "id", "date", "title", "url" */
    CHANCERY_SOURCE_HTML,   /* one page: the article in it, and what its metadata say */
    CHANCERY_SOURCE_CSV,    /* a row a document; the first row names the columns, as NDJSON's fields */
    CHANCERY_SOURCE_FEED,   /* RSS or Atom: an item a document */
    CHANCERY_SOURCE_WARC    /* the pages of a web archive */
} chancery_source_kind;

/* Opens `path` ("-" is standard input) as a sequence of documents; of a folder
 * those of all files in it and below, in the order of their names, less hidden
 * ones. What is compressed (gzip, zstd, bzip2, xz) is read as what is in it.
 *   CHANCERY_E_IO      it cannot be opened
 *   CHANCERY_E_FORMAT  it is not of that kind
 * Close with chancery_source_close(). */
CHANCERY_API chancery_status chancery_source_open(chancery_source **out, const char *path, chancery_source_kind kind,
                                                  chancery_error *err);

/* Takes a field of NDJSON or a column of CSV under another name: "text=body".
 * Before the first text is asked for.
 *   CHANCERY_E_ARGUMENT  no field of ours stands before the "=" */
CHANCERY_API chancery_status chancery_source_map(chancery_source *source, const char *mapping, chancery_error *err);

/* Has pages read with the reader's lexicon, which knows what the parts of a page are
 * called that are no article; without it their shape alone tells. The reader must
 * outlive the source. Before the first text is asked for.
 *   CHANCERY_E_FORMAT  the lexicon is of another version */
CHANCERY_API chancery_status chancery_source_use(chancery_source *source, const chancery_reader *reader, chancery_error *err);

/* Has pages (HTML, also in web archives) give `page_runs`. Before the first text is
 * asked for. */
CHANCERY_API void chancery_source_keep_page_runs(chancery_source *source);

/* The next text, borrowed until the next call. CHANCERY_END after the last. On
 * any other failure `input->id` names the document that could not be read, and
 * the source may be asked for the next, except after CHANCERY_E_IO and
 * CHANCERY_E_NOMEM. */
CHANCERY_API chancery_status chancery_source_next(chancery_source *source, chancery_input *input, chancery_error *err);
CHANCERY_API void chancery_source_close(chancery_source *source); /* NULL is allowed */

/* Bytes read so far of the files of a source, as they lie on the disk. */
CHANCERY_API uint64_t chancery_source_position(const chancery_source *source);

/* ----------------------------------------------------------------- lexicon */

typedef struct {
    const char *file; /* from the lexicon's folder on; "" where it is of no one file */
    unsigned line;    /* from 1; 0 is unknown */
    unsigned column;  /* in bytes from 1; 0 is unknown */
    bool fatal;       /* an error; else a warning */
    const char *message;
    const char *remedy;
} chancery_complaint;

/* Hears of one complaint, which is borrowed for the call; `context` is the caller's. */
typedef void chancery_complain(void *context, const chancery_complaint *complaint);

/* Reads every *.txt file under the folders `dirs` [count], in the order of their
 * paths, and writes the compiled lexicon to `out_path` (NULL: only checks).
 * Each mistake is told to `complain` (may be NULL). A folder later in the list
 * adds to those before it and its entries replace entries of the same id.
 *   CHANCERY_E_FORMAT  there was a fatal complaint; nothing is written
 *   CHANCERY_E_IO */
CHANCERY_API chancery_status chancery_lexicon_compile(const char *const *dirs, size_t count, const char *out_path,
                                                      chancery_complain *complain, void *context, chancery_error *err);

/* What the lexicon that `options` name (NULL: the installed one) knows under
 * `name`: each entry, its codes and their days, its file and line. With `date`
 * (ISO 8601, or NULL) what holds on that day comes first and is marked. Free with
 * chancery_free().
 *   CHANCERY_E_ARGUMENT  it knows no such name; `date` is no date */
CHANCERY_API chancery_status chancery_lexicon_show(char **out, size_t *len, const chancery_reader_options *options,
                                                   const char *name, const char *date, chancery_error *err);

typedef struct {
    size_t entries;  /* blocks in the file */
    size_t replaced; /* of them in place of an entry of the lexicon's */
    size_t names;    /* names that they give */
} chancery_addition;

/* Checks the lexicon text `file` as an addition to the folders `dirs` [count]
 * (NULL and 0: to the installed text). What is wrong or doubtful in it is told to
 * `complain`; *addition (may be NULL) says what it brings.
 *   CHANCERY_E_FORMAT  it has mistakes */
CHANCERY_API chancery_status chancery_lexicon_add(const char *const *dirs, size_t count, const char *file,
                                                  chancery_complain *complain, void *context, chancery_addition *addition,
                                                  chancery_error *err);

/* Names that the lexicon does not have, counted over documents. */
typedef struct chancery_gaps chancery_gaps;

/* None counted yet; belongs to one thread at a time. Free with chancery_gaps_free().
 *   CHANCERY_E_NOMEM */
CHANCERY_API chancery_status chancery_gaps_new(chancery_gaps **out, chancery_error *err);

/* Counts the names of a document that was read to CHANCERY_STAGE_ACTOR or later;
 * what is kept of it is copied.
 *   CHANCERY_E_NOMEM */
CHANCERY_API chancery_status chancery_gaps_read(chancery_gaps *gaps, const chancery_document *doc, chancery_error *err);

/* The `most` most frequent names met `at_least` times, with the codes that the
 * reports themselves gave and words around them; with `blocks` as lexicon text to
 * be completed. Free with chancery_free(). */
CHANCERY_API chancery_status chancery_gaps_write(char **out, size_t *len, const chancery_gaps *gaps, size_t at_least,
                                                 size_t most, bool blocks, chancery_error *err);
CHANCERY_API void chancery_gaps_free(chancery_gaps *gaps); /* NULL is allowed */

/* Dictionaries of other projects. */
typedef enum {
    CHANCERY_DICTIONARY_PETRARCH, /* PETRARCH 1 and 2 */
    CHANCERY_DICTIONARY_TABARI
} chancery_dictionary;

typedef struct {
    size_t files;
    size_t lines;
    size_t entries; /* actors, role nouns, sets, verbs, patterns, discards, issues carried over */
    size_t lost;    /* complaints: what was not carried over, or only in part */
} chancery_import_counts;

/* Reads actor, agent, verb, discard and issue dictionaries (which is which, the
 * file's name says, else its lines) and writes the same in our grammar, a file
 * each and "countries.txt", into the folder `out_dir`, made when missing. What
 * cannot be carried over is told to `complain` (may be NULL) by file and line.
 * *counts (may be NULL) is filled.
 *   CHANCERY_E_IO      a file cannot be read, or one of ours not be written
 *   CHANCERY_E_FORMAT  a file is none of these dictionaries */
CHANCERY_API chancery_status chancery_lexicon_import(chancery_dictionary from, const char *const *files, size_t count,
                                                     const char *out_dir, chancery_complain *complain, void *context,
                                                     chancery_import_counts *counts, chancery_error *err);

/* Runs the examples written beside the frames of the reader's lexicon whose
 * file name ends in `file` (NULL: all). Each failure is told to `complain`.
 * *passed and *failed count the examples. */
CHANCERY_API chancery_status chancery_frames_test(const chancery_reader *reader, const char *file, size_t *passed,
                                                  size_t *failed, chancery_complain *complain, void *context,
                                                  chancery_error *err);

/* What the frames of a lexicon know and how well that is shown. */
typedef struct {
    size_t frames;
    size_t triggers;
    size_t positive; /* sentences that must be coded so */
    size_t negative; /* sentences that must not */
    size_t passed;   /* of both, those that hold */
    size_t failed;
    size_t codes;       /* CAMEO codes of three and four digits in the ontology */
    size_t short_codes; /* of them, those for which fewer than two sentences of either kind hold */
} chancery_coverage;

/* Runs all examples, as chancery_frames_test() does, and counts them by the CAMEO
 * code that they show. Each failure and each code that is short of them is told to
 * `complain` (may be NULL). */
CHANCERY_API chancery_status chancery_frames_cover(const chancery_reader *reader, chancery_coverage *out, chancery_complain *complain,
                                                   void *context, chancery_error *err);

#ifdef __cplusplus
}
#endif

#endif
