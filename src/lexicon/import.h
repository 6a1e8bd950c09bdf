/* lexicon/import.h: what the importers of foreign dictionaries share. A
 * dictionary is read line by line and written as blocks of our own grammar;
 * what has no counterpart is told to the caller by file and line, and kept in
 * no silent way. The formats are in docs/import.md.
 *
 *   import.c         files, lines, comments, ids, codes, countries
 *   import_actors.c  actors with dated codes
 *   import_agents.c  role nouns
 *   import_verbs.c   synonym sets, verbs and their patterns
 *   import_pattern.c one pattern as an `order` or as tests
 *   import_lists.c   discards and issues */
#ifndef CHANCERY_LEXICON_IMPORT_H
#define CHANCERY_LEXICON_IMPORT_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/text.h"
#include "chancery.h"
#include "lexicon/source.h"

typedef struct {
    ch_str text;    /* comments and white space around it gone */
    ch_str comment; /* behind "#" or ";", or empty */
    uint32_t number;
    bool tab;       /* began with a tab */
} ch_import_line;

/* Names that share one country code. */
typedef struct {
    ch_str code;
    ch_text names; /* lines "  name: ..." */
    bool named;
    const char *file;
    uint32_t line;
} ch_import_country;

typedef struct {
    ch_arena *arena;
    ch_complaints *to;
    chancery_import_counts *counts;
    bool tabari;
    const char *prefix; /* of ids: "petrarch" */
    const char *file;   /* its name without folders */
    ch_import_line *lines; /* [nline] of the file being read, blank ones left out */
    uint32_t nline;
    ch_text out;        /* what is written for it */
    ch_map ids;         /* ids used so far */
    ch_map sets;        /* synonym sets of the file -> index in set_ids */
    const char **set_ids; /* [sets.count] */
    uint32_t set_room;
    ch_map countries;   /* code -> index */
    ch_import_country *country; /* [ncountry] */
    uint32_t ncountry, country_room;
    bool out_of_memory;
} ch_import;

/* Tells what could not be carried, or only in part. */
void ch_import_lost(ch_import *im, uint32_t line, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "PREFIX/words-of-the-phrase", unlike all before; in the arena. */
const char *ch_import_id(ch_import *im, ch_str phrase);

/* A phrase as a name: "_" are spaces, capitals throughout become initial ones.
 * Empty where it cannot be one (which is told). */
ch_str ch_import_name(ch_import *im, ch_str phrase, uint32_t line);

/* The same in small letters: a role noun, a word. */
ch_str ch_import_words(ch_import *im, ch_str phrase, uint32_t line);

/* The same, folded as words are compared: nothing in it can be a mark of ours. */
ch_str ch_import_folded(ch_import *im, ch_str phrase, uint32_t line);

/* Whether letters and digits make a code of actors: "FRAGOV", "ITHTV". */
bool ch_import_is_code(ch_str code);

/* Notes that a code is used, so that its first group exists in what is written. */
void ch_import_use_code(ch_import *im, ch_str code, uint32_t line);

/* The names under a country's code, made when new; NULL without memory. */
ch_import_country *ch_import_country_of(ch_import *im, ch_str code, uint32_t line);

/* "  # comment" behind what is on the line, and the end of the line. */
void ch_import_end_line(ch_text *out, ch_str comment);

/* The id of a synonym set of this file ("&NAME", underscores behind it gone), or
 * NULL when there is none; and a new one's, NULL also when there is one already. */
const char *ch_import_set(ch_import *im, ch_str name);
const char *ch_import_set_add(ch_import *im, ch_str name);

/* Splits off what stands before the first `mark`, blanks around it gone. */
ch_str ch_import_cut(ch_str s, char mark, ch_str *rest);
ch_str ch_import_trim(ch_str s);

/* One a kind of file: each reads im's text and writes its blocks; what it cannot carry
 * over is told in the report. */
void ch_import_actors(ch_import *im);
void ch_import_agents(ch_import *im);
void ch_import_verbs(ch_import *im);
void ch_import_discards(ch_import *im);
void ch_import_issues(ch_import *im);

/* ---------------------------------------------------------------- patterns */

/* A verb of several words around its head: the words on both sides. */
typedef struct {
    ch_str before;
    ch_str after;
} ch_import_frame_words;

/* Writes the fields that a pattern asks for ("order", or tests behind `verbs`):
 * `verbs` is the list of trigger words. False when it cannot be carried, which
 * has been told; nothing is written then. */
bool ch_import_pattern(ch_import *im, ch_text *out, ch_str pattern, ch_str verbs, const ch_import_frame_words *around,
                       bool phrases, uint32_t line);

#endif
