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
};

struct chancery_document {
    ch_document document;
    const chancery_reader *reader;
    chancery_stage stage; /* the last that was run */
};

#endif
