#include "syntax/model.h"

#include "syntax/labels.h"
#include "syntax/split.h"

#include <stdlib.h>
#include <string.h>

const ch_image_kind ch_model_image = {
    .magic = {'C', 'H', 'A', 'N', 'M', 'O', 'D', '\n'},
    .version = 2,
    .what = "model",
    .remedy = "make one with `chancery train`",
};

static ch_status
find_classifier(ch_classifier *c, const ch_image *image, uint32_t section, uint32_t nclass, const char *path, ch_error *err)
{
    uint32_t nrow, nentry;
    ch_status status = ch_image_section(image, section, sizeof(uint32_t), (const void **)&c->rows, &nrow, err);
    if (status == CH_OK)
        status = ch_image_section(image, section + 1, sizeof(ch_weight), (const void **)&c->entries, &nentry, err);
    if (status != CH_OK)
        return status;
    if (nrow < 2 || ((nrow - 1) & (nrow - 2)) != 0)
        return ch_fail(err, CH_E_FORMAT, path, 0, "has a classifier (section %u) with no power of two of rows", section);
    c->mask = nrow - 2;
    c->nclass = nclass;
    /* every row lies in the entries and every entry names a class: checked once, trusted after */
    for (uint32_t i = 0; i + 1 < nrow; i++)
        if (c->rows[i] > c->rows[i + 1])
            return ch_fail(err, CH_E_FORMAT, path, 0, "has a classifier (section %u) whose rows overlap", section);
    if (c->rows[0] != 0 || c->rows[nrow - 1] != nentry)
        return ch_fail(err, CH_E_FORMAT, path, 0, "has a classifier (section %u) whose rows do not fit its entries", section);
    for (uint32_t i = 0; i < nentry; i++)
        if (c->entries[i].class >= nclass)
            return ch_fail(err, CH_E_FORMAT, path, 0, "has a classifier (section %u) with an unknown class", section);
    return CH_OK;
}

static ch_status
find_strings(ch_model *m, const char *path, ch_error *err)
{
    const ch_image_wanted all[] = {
        {CH_MODEL_STRINGS, 1, (const void **)&m->strings, &m->nstring},
        {CH_MODEL_XPOS, sizeof(uint32_t), (const void **)&m->xpos, &m->nxpos},
        {CH_MODEL_LABELS, sizeof(uint32_t), (const void **)&m->labels, &m->nlabel},
        {CH_MODEL_DICTIONARY, sizeof(ch_entry), (const void **)&m->dictionary, &m->nentry},
    };
    ch_status status = ch_image_sections(&m->image, all, sizeof all / sizeof *all, err);
    if (status != CH_OK)
        return status;
    bool sound = m->nstring > 1 && m->strings[m->nstring - 1] == '\0' && m->nxpos != 0 && m->nxpos <= CH_NAMES_MAX &&
                 m->nlabel != 0 && m->nlabel <= CH_NAMES_MAX && m->nentry != 0 && (m->nentry & (m->nentry - 1)) == 0;
    for (uint32_t i = 0; sound && i < m->nxpos; i++)
        sound = m->xpos[i] < m->nstring;
    for (uint32_t i = 0; sound && i < m->nlabel; i++)
        sound = m->labels[i] < m->nstring;
    uint32_t used = 0;
    for (uint32_t i = 0; sound && i < m->nentry; i++) {
        sound = m->dictionary[i].value < m->nstring;
        used += m->dictionary[i].key != 0;
    }
    if (!sound || used == m->nentry)
        return ch_fail(err, CH_E_FORMAT, path, 0,
                       "has broken labels or a broken dictionary; make it again with `chancery train`");
    return CH_OK;
}

static ch_status
find_all(ch_model *m, const char *path, ch_error *err)
{
    ch_status status = find_strings(m, path, err);
    if (status == CH_OK)
        status = find_classifier(&m->breaks, &m->image, CH_MODEL_BREAK, 2, path, err);
    if (status == CH_OK)
        status = find_classifier(&m->borders, &m->image, CH_MODEL_BORDERS, CH_BORDER_COUNT, path, err);
    if (status == CH_OK)
        status = ch_network_open(&m->network, &m->image, path, err);
    if (status == CH_OK && (m->network.shape.nxpos != m->nxpos || m->network.shape.nlabel != m->nlabel))
        status =
            ch_fail(err, CH_E_FORMAT, path, 0, "has a network of other tags and relations; make it again with `chancery train`");
    for (uint32_t i = 0; status == CH_OK && i < m->nlabel; i++) {
        ch_sub sub;
        m->rel[i] = (uint8_t)ch_rel_find(ch_str_of(m->strings + m->labels[i]), &sub);
        m->sub[i] = (uint8_t)sub;
    }
    return status;
}

ch_status
ch_model_open(ch_model **out, const char *path, ch_error *err)
{
    *out = NULL;
    ch_model *m = calloc(1, sizeof *m);
    if (m == NULL)
        return ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to open it");
    ch_status status = ch_image_open(&m->image, &ch_model_image, path, err);
    if (status == CH_OK)
        status = find_all(m, path, err);
    if (status != CH_OK) {
        ch_model_close(m);
        return status;
    }
    *out = m;
    return CH_OK;
}

const char *
ch_model_language(const ch_model *model)
{
    return model->strings + 1;
}

void
ch_model_close(ch_model *model)
{
    if (model == NULL)
        return;
    ch_image_close(&model->image);
    free(model);
}

uint64_t
ch_model_checksum(const ch_model *model)
{
    return ch_image_checksum(&model->image);
}

uint32_t
ch_model_get(const ch_model *m, uint64_t key)
{
    uint32_t mask = m->nentry - 1;
    for (uint32_t at = (uint32_t)key & mask; m->dictionary[at].key != 0; at = (at + 1) & mask)
        if (m->dictionary[at].key == key)
            return m->dictionary[at].value;
    return 0;
}
