/* The way from treebanks to a model file. */
#include "train.h"

#include "base/mapped.h"
#include "base/utf8.h"
#include "training.h"

#include <stdlib.h>
#include <string.h>

#define FILES_MAX 64

typedef struct {
    ch_mapped at[FILES_MAX];
    size_t count;
} files;

static ch_status
read_all(ch_treebank *tb, files *open, const char *const *paths, size_t count, ch_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (open->count == FILES_MAX)
            return ch_fail(err, CH_E_LIMIT, paths[i], 0, "is one file too many: at most %d", FILES_MAX);
        ch_mapped *file = &open->at[open->count];
        ch_status status = ch_mapped_open(file, paths[i], err);
        if (status != CH_OK)
            return status;
        open->count++;
        status = ch_treebank_read(tb, (const char *)file->at, file->len, paths[i], err);
        if (status != CH_OK)
            return status;
    }
    return CH_OK;
}

static ch_status
read_list(ch_training *t, files *open, ch_error *err)
{
    const char *path = t->options->abbreviations;
    if (open->count == FILES_MAX)
        return ch_fail(err, CH_E_LIMIT, path, 0, "is one file too many: at most %d", FILES_MAX);
    ch_mapped *file = &open->at[open->count];
    ch_status status = ch_mapped_open(file, path, err);
    if (status != CH_OK)
        return status;
    open->count++;
    size_t bad = ch_utf8_check((const char *)file->at, file->len);
    if (bad != file->len)
        return ch_fail(err, CH_E_FORMAT, path, bad, "is not UTF-8");
    t->abbreviations = (ch_str){(const char *)file->at, file->len};
    return CH_OK;
}

/* The names of a section of strings, each with its number. */
static ch_status
take_names(ch_training *t, ch_map *names, const ch_image *image, uint32_t section, ch_error *err)
{
    const char *path = t->options->from, *strings;
    const uint32_t *at;
    uint32_t nstring, count;
    ch_status status = ch_image_section(image, CH_MODEL_STRINGS, 1, (const void **)&strings, &nstring, err);
    if (status == CH_OK)
        status = ch_image_section(image, section, sizeof *at, (const void **)&at, &count, err);
    for (uint32_t i = 0; status == CH_OK && i < count; i++)
        if (at[i] >= nstring || strings[nstring - 1] != '\0')
            status = ch_fail(err, CH_E_FORMAT, path, 0, "has broken labels");
        else if (ch_map_put(names, ch_str_of(strings + at[i]), i, NULL) == NULL)
            status = ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to read it");
    return status;
}

/* Takes the sections of another model, and its tags and relations with their
 * numbers. It may be one of an earlier program, whose other half is made anew. */
static ch_status
take_from(ch_training *t, const ch_image *from, ch_error *err)
{
    for (uint32_t i = 0; i < from->nsection; i++) {
        ch_image_part part = ch_image_part_at(from, i);
        ch_training_part(t, part.id, part.element_size, part.elements, part.count);
    }
    ch_status status = take_names(t, &t->xpos, from, CH_MODEL_XPOS, err);
    return status == CH_OK ? take_names(t, &t->labels, from, CH_MODEL_LABELS, err) : status;
}

/* Offset 0 is the empty string, 1 the language. */
static void
begin_strings(ch_training *t)
{
    const char *language = t->options->language;
    ch_text_putc(&t->strings, '\0');
    ch_text_add(&t->strings, language, strlen(language) + 1);
}

/* Names that are new would have no weights in what is kept of another model. */
static ch_status
check_names(const ch_training *t, uint32_t nxpos, uint32_t nlabel, ch_error *err)
{
    if (t->options->from != NULL && (t->xpos.count != nxpos || t->labels.count != nlabel))
        return ch_fail(err, CH_E_FORMAT, t->options->from, 0,
                       "was made from treebanks with other tags or relations; make a whole model");
    if (t->xpos.count > CH_NAMES_MAX || t->labels.count > CH_NAMES_MAX)
        return ch_fail(err, CH_E_FORMAT, NULL, 0, "the treebanks have %u tags and %u relations; a model has at most %d and %d",
                       t->xpos.count, t->labels.count, CH_NAMES_MAX, CH_NAMES_MAX);
    return CH_OK;
}

static ch_status
make_all(ch_training *t, ch_error *err)
{
    unsigned what = t->options->what;
    uint32_t nxpos = t->xpos.count, nlabel = t->labels.count;
    bool ok = true;
    if ((what & CH_TRAIN_WORDS) != 0) {
        begin_strings(t);
        ok = ch_train_dictionary(t);
        ch_status status = ok ? check_names(t, nxpos, nlabel, err) : CH_OK;
        if (status != CH_OK)
            return status;
        ok = ok && ch_train_borders(t) && ch_train_breaks(t);
    }
    if (ok && (what & CH_TRAIN_TREES) != 0)
        ok = ch_train_trees(t);
    return ok ? CH_OK : ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train");
}

static void
free_all(ch_training *t, files *open)
{
    ch_treebank_free(&t->train);
    ch_treebank_free(&t->also);
    ch_treebank_free(&t->dev);
    ch_text_free(&t->strings);
    ch_map_free(&t->string_at);
    ch_map_free(&t->xpos);
    ch_map_free(&t->labels);
    ch_map_free(&t->entries);
    ch_arena_free(&t->arena);
    ch_mapped_close(&t->words);
    for (size_t i = 0; i < open->count; i++)
        ch_mapped_close(&open->at[i]);
    free(t);
}

ch_status
ch_train(const ch_train_options *options, ch_error *err)
{
    files open = {.count = 0};
    ch_image from = {0};
    ch_training *t = calloc(1, sizeof *t);
    if (t == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train");
    t->options = options;
    t->random = options->seed;
    ch_arena_init(&t->arena, 0);
    ch_status status = read_all(&t->train, &open, options->train, options->ntrain, err);
    if (status == CH_OK)
        status = read_all(&t->dev, &open, options->dev, options->ndev, err);
    if (status == CH_OK && options->also != NULL)
        status = read_all(&t->also, &open, &options->also, 1, err);
    if (status == CH_OK && options->abbreviations != NULL)
        status = read_list(t, &open, err);
    if (status == CH_OK && options->words != NULL)
        status = ch_mapped_open(&t->words, options->words, err);
    if (status == CH_OK && options->from != NULL)
        status = ch_image_open(&from, &ch_model_image, options->from, err);
    if (status == CH_OK && options->from != NULL)
        status = take_from(t, &from, err);
    if (status == CH_OK)
        status = make_all(t, err);
    if (status == CH_OK)
        status = ch_image_write(&ch_model_image, options->out, t->parts, t->npart, err);
    ch_image_close(&from);
    free_all(t, &open);
    return status;
}
