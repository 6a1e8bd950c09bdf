#include "perceptron.h"

#include "base/grow.h"

#include <math.h>
#include <stdlib.h>

bool
ch_perceptron_init(ch_perceptron *p, uint32_t rows, uint32_t nclass)
{
    *p = (ch_perceptron){.mask = rows - 1, .nclass = nclass};
    p->rows = calloc(rows, sizeof *p->rows);
    return p->rows != NULL;
}

void
ch_perceptron_free(ch_perceptron *p)
{
    for (uint32_t i = 0; p->rows != NULL && i <= p->mask; i++)
        free(p->rows[i].cells);
    free(p->rows);
    *p = (ch_perceptron){0};
}

void
ch_perceptron_score(const ch_perceptron *p, const uint32_t *features, uint32_t count, int32_t *scores)
{
    for (uint32_t i = 0; i < count; i++) {
        const ch_row *row = &p->rows[features[i] & p->mask];
        for (uint32_t k = 0; k < row->count; k++)
            scores[row->cells[k].class] += row->cells[k].weight;
    }
}

static ch_cell *
cell_of(ch_perceptron *p, ch_row *row, uint32_t class)
{
    for (uint32_t k = 0; k < row->count; k++)
        if (row->cells[k].class == class)
            return &row->cells[k];
    ch_cell *cells = ch_grow(row->cells, row->count, &row->room, sizeof *cells, 2);
    if (cells == NULL) {
        p->failed = true;
        return NULL;
    }
    row->cells = cells;
    ch_cell *cell = &row->cells[row->count++];
    *cell = (ch_cell){.class = class, .stamp = p->clock};
    return cell;
}

void
ch_perceptron_move(ch_perceptron *p, const uint32_t *features, uint32_t count, uint32_t class, int32_t by)
{
    for (uint32_t i = 0; i < count; i++) {
        ch_cell *cell = cell_of(p, &p->rows[features[i] & p->mask], class);
        if (cell == NULL)
            return;
        cell->total += (int64_t)cell->weight * (p->clock - cell->stamp);
        cell->stamp = p->clock;
        cell->weight += by;
    }
}

static double
average(const ch_perceptron *p, const ch_cell *cell)
{
    int64_t total = cell->total + (int64_t)cell->weight * (p->clock - cell->stamp);
    return p->clock != 0 ? (double)total / p->clock : 0;
}

/* What a byte's step stands for: so that all but the largest of the weights fit.
 * Those beyond are cut to what a byte holds; few are, and they win all the same. */
static double
step_of(const ch_perceptron *p)
{
    enum { BINS = 4096 };
    static const double bin = 1.0 / 16, share = 0.9999999;
    uint64_t *counts = calloc(BINS, sizeof *counts), all = 0, seen = 0;
    if (counts == NULL)
        return 0;
    for (uint32_t i = 0; i <= p->mask; i++)
        for (uint32_t k = 0; k < p->rows[i].count; k++) {
            double at = fabs(average(p, &p->rows[i].cells[k])) / bin;
            counts[at < BINS - 1 ? (uint32_t)at : BINS - 1]++;
            all++;
        }
    uint32_t b = 0;
    while (b < BINS - 1 && (double)(seen + counts[b]) < share * (double)all)
        seen += counts[b++];
    free(counts);
    return (b + 1) * bin / 127;
}

static int
quantised(double value, double step)
{
    double q = value / step;
    return q >= 127 ? 127 : q <= -127 ? -127 : (int)(q < 0 ? q - 0.5 : q + 0.5);
}

bool
ch_perceptron_finish(const ch_perceptron *p, uint32_t **rows, ch_weight **entries)
{
    double step = step_of(p);
    uint32_t count = 0, nrow = p->mask + 1;
    for (uint32_t i = 0; step != 0 && i < nrow; i++)
        for (uint32_t k = 0; k < p->rows[i].count; k++)
            count += quantised(average(p, &p->rows[i].cells[k]), step) != 0;
    *rows = malloc((nrow + 1) * sizeof **rows);
    *entries = malloc((count + 1) * sizeof **entries);
    if (step == 0 || p->failed || *rows == NULL || *entries == NULL) {
        free(*rows);
        free(*entries);
        *rows = NULL;
        *entries = NULL;
        return false;
    }
    uint32_t at = 0;
    for (uint32_t i = 0; i < nrow; i++) {
        (*rows)[i] = at;
        for (uint32_t k = 0; k < p->rows[i].count; k++) {
            const ch_cell *cell = &p->rows[i].cells[k];
            int q = quantised(average(p, cell), step);
            if (q != 0)
                (*entries)[at++] = (ch_weight){.class = (uint8_t)cell->class, .value = (int8_t)q};
        }
    }
    (*rows)[nrow] = at;
    return true;
}
