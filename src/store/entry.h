/* store/entry.h: a document and its records, read back from the lines of the record
 * format (docs/format.md) into what the tables hold. The one reader of that format:
 * what breaks its contract is an error that names the line. */
#ifndef CHANCERY_STORE_ENTRY_H
#define CHANCERY_STORE_ENTRY_H

#include "base/arena.h"
#include "base/span.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

/* Bytes of a document's id: longer ones cannot be looked up in every database. */
#define CH_ENTRY_ID_MAX 2000

/* XXH3 as 16 hexadecimal digits. */
#define CH_ENTRY_HASH_ROOM 17

#define CH_ENTRY_NO_DAY INT32_MIN

typedef enum { CH_ENTRY_EVENT, CH_ENTRY_STATEMENT, CH_ENTRY_AMOUNT, CH_ENTRY_VOTE, CH_ENTRY_RELATION } ch_entry_kind;

/* Strings that the line has as null, or not at all, have .at NULL. */
typedef struct {
    const char *role; /* static: "actor", "recipient", ... as the table `party` has it */
    uint32_t n;
    ch_str text;
    ch_span span;
    ch_str name; /* the text, where the line gives none */
    ch_str code, country, sector, entity, via;
    ch_str side;   /* country, else code */
    uint64_t hash; /* of name, code, country, sector and entity */
} ch_entry_party;

typedef struct {
    bool known;
    ch_str start, end, text;
    bool assumed;
    int32_t start_day, end_day; /* first and last that it may mean; CH_ENTRY_NO_DAY without a date */
    int32_t month;              /* 202404 of start_day; 0 without one */
} ch_entry_date;

/* Quoted words; .text.at is NULL where there are none. */
typedef struct {
    ch_str text;
    ch_span span;
} ch_entry_words;

typedef struct {
    ch_entry_kind kind;
    ch_str id;
    ch_str json; /* the line without its end */
    ch_span sentence;
    ch_entry_words words;
    ch_entry_date date;
    ch_str status, rule;
    double confidence;
    ch_entry_party *parties; /* [nparty] by role, then n */
    uint32_t nparty;
    union {
        struct {
            ch_str type, mode, contexts, cameo, repeats; /* contexts: JSON */
            int64_t quad;
            double goldstein;
            ch_entry_words place; /* .text.at NULL: no place */
            ch_str place_name, place_country, place_admin1;
            bool has_point;
            double latitude, longitude;
            int64_t geonames; /* 0: unknown */
        } event;
        struct {
            ch_str stance, cameo, claim;
            ch_entry_words topic, quote;
        } statement;
        struct {
            ch_str what, unit, bound, part_of, state;
            double value;
        } amount;
        struct {
            ch_entry_words measure;
            ch_str outcome;
            int64_t in_favour, against, abstained; /* -1: unknown */
        } vote;
        struct {
            ch_str relation;
            ch_entry_words detail;
        } relation;
    };
} ch_entry_record;

typedef struct {
    ch_arena arena; /* all of it */
    bool failed;    /* an `error` line: id (.at may be NULL), code, message and json alone */
    ch_str code, message;
    ch_str id, title, url, language, published, published_from, duplicate_of, passed_over;
    ch_str credits; /* JSON */
    ch_str text;
    ch_str json; /* the document's line with "text":"", or whole where that would not give it back */
    int32_t published_day;
    char text_hash[CH_ENTRY_HASH_ROOM];
    char records_hash[CH_ENTRY_HASH_ROOM]; /* of all its lines */
    ch_entry_record *records; /* [nrecord] as their lines */
    uint32_t nrecord;
} ch_entry;

/* Reads the lines of one document: its `document` line and those of its records, or
 * one `error` line. `lines` are borrowed for the call; the first of them is line
 * `number` of its file.
 *   CH_E_FORMAT  they are not as docs/format.md says; the message names the line
 *   CH_E_NOMEM
 * Free with ch_entry_free(). */
ch_status ch_entry_read(ch_entry **out, const char *lines, size_t len, uint64_t number, ch_error *err);

/* "event", "statement", ...: as `kind` in a line, and the name of a table. */
const char *ch_entry_kind_name(ch_entry_kind kind);

/* First and last day that a date of the record format may mean ("2024-03", "2022~",
 * "199X"); false when it is none. */
bool ch_entry_days(ch_str date, int32_t *first, int32_t *last);
void ch_entry_free(ch_entry *entry); /* NULL is allowed */

#endif
