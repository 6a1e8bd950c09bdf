/* syntax/train/training.h: a model in the making, and the steps that make it. */
#ifndef CHANCERY_SYNTAX_TRAIN_TRAINING_H
#define CHANCERY_SYNTAX_TRAIN_TRAINING_H

#include "base/arena.h"
#include "perceptron.h"
#include "syntax/model.h"
#include "syntax/split.h"
#include "syntax/treebank.h"
#include "train.h"

#define CH_TRAINING_PARTS 64

typedef struct {
    const ch_train_options *options;
    ch_arena arena; /* sections and strings; freed with the training */
    ch_treebank train;
    ch_treebank also; /* of options->also */
    ch_treebank dev;
    ch_mapped words; /* of options->words; length 0 where there is none */
    ch_str abbreviations; /* the list, as it was read */
    uint64_t final_classes; /* bits of its classes that a sentence may end with */
    ch_text strings;
    ch_map string_at; /* string -> its offset */
    ch_map xpos;      /* tag -> its number */
    ch_map labels;
    ch_map entries;   /* 8 bytes of a key -> its value */
    ch_model model;   /* what stands so far, as the stages use it */
    ch_image_part parts[CH_TRAINING_PARTS];
    uint32_t npart;
    uint64_t random;
    bool failed; /* memory ran out */
} ch_training;

/* The offset of a string in the model; interned. */
uint32_t ch_training_string(ch_training *t, ch_str s);

/* Puts a key into the dictionary, or another value for it. */
void ch_training_put(ch_training *t, uint64_t key, uint32_t value);

/* Lays the dictionary and the strings out, as parts of the file and in t->model. */
bool ch_training_lay_dictionary(ch_training *t);

/* Makes a section, or takes the place of the one with that id. `elements` stay the training's. */
void ch_training_part(ch_training *t, uint32_t id, uint32_t element_size, const void *elements, uint64_t count);

/* Makes the perceptron the classifier `c` at `section`, and frees it. */
bool ch_training_classifier(ch_training *t, ch_perceptron *p, uint32_t section, ch_classifier *c);

/* A number below `below`, from the seed. */
uint32_t ch_training_random(ch_training *t, uint32_t below);

/* Puts order [count] into another order. */
void ch_training_shuffle(ch_training *t, uint32_t *order, uint32_t count);

void ch_training_say(const ch_training *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A copy of the treebank whose text is printed in other ways, for ch_treebank_free();
 * forms and lemmas stay as they are. False without memory. */
bool ch_treebank_vary(ch_treebank *out, const ch_treebank *tb, ch_training *t);

/* The steps, each from what those before it have put into t->model. */
bool ch_train_dictionary(ch_training *t);
bool ch_train_borders(ch_training *t);
bool ch_train_breaks(ch_training *t);
bool ch_train_trees(ch_training *t);

#endif
