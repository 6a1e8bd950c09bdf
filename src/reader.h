/* reader.h: what the public handles hold. */
#ifndef CHANCERY_READER_H
#define CHANCERY_READER_H

#include "base/day.h"
#include "chancery.h"
#include "intake/document.h"
#include "lexicon/lexicon.h"
#include "syntax/syntax.h"

struct chancery_reader {
    ch_lexicon *lexicon;
    ch_model *model;
    float min_confidence; /* events below it are left out */
};

struct chancery_document {
    ch_document document;
    const chancery_reader *reader;
    chancery_stage stage; /* the last that was run */
};

/* The lexicon that the options name; they may be NULL. Close with
 * ch_lexicon_close(). */
chancery_status ch_open_lexicon(ch_lexicon **out, const chancery_reader_options *options, chancery_error *err);

/* Where the installed file or folder `name` is, into `out`. */
void ch_find_data(char *out, size_t room, const char *name);

#endif
