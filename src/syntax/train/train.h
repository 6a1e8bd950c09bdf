/* syntax/train/train.h: a model from treebanks. */
#ifndef CHANCERY_SYNTAX_TRAIN_TRAIN_H
#define CHANCERY_SYNTAX_TRAIN_TRAIN_H

#include "chancery.h"

/* What of a model is made; the rest is taken from another. */
enum {
    CH_TRAIN_WORDS = 1, /* dictionary, splitting and sentence breaks */
    CH_TRAIN_TREES = 2, /* tags and dependencies */
    CH_TRAIN_ALL = CH_TRAIN_WORDS | CH_TRAIN_TREES
};

typedef void ch_train_progress(void *context, const char *line);

typedef struct {
    const char *const *train; /* [ntrain] CoNLL-U files */
    size_t ntrain;
    const char *const *dev; /* [ndev] measured after each pass, never trained on */
    size_t ndev;
    const char *out;
    const char *from; /* the model that gives what is not made; NULL with CH_TRAIN_ALL */
    const char *abbreviations; /* a list like models/english-abbreviations.txt, or NULL */
    const char *language; /* BCP 47 */
    unsigned what;
    uint64_t seed;
    unsigned passes; /* over the treebanks, for tags and dependencies */
    unsigned teachers; /* networks taught first, from whose opinions the kept one learns too */
    unsigned teacher_passes; /* of each teacher; 0: as many */
    const char *also; /* CoNLL-U file of made sentences, learned beside the treebanks after the tree alone, or NULL */
    const char *words; /* list of "form TAB Penn tag" to put into the trees, or NULL */
    const char *state; /* beginning of the names of files that let a broken training go on; may be NULL */
    ch_train_progress *progress; /* may be NULL */
    void *context;
} ch_train_options;

/* The same files, options and seed give the same bytes.
 *   CHANCERY_E_IO      a file cannot be read or written
 *   CHANCERY_E_FORMAT  a treebank is no CoNLL-U, or has too many tags
 *   CHANCERY_E_NOMEM */
chancery_status ch_train(const ch_train_options *options, chancery_error *err);

#endif
