/* Batches of lessons through the network: passes, marks, opinions. */
#include "syntax/train/learner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
set_batch(ch_learner *k, const ch_lesson *const *lessons, uint32_t count)
{
    if (count > k->lesson_room) {
        free(k->lessons);
        free(k->offset);
        k->lesson_room = count * 2;
        k->lessons = malloc(k->lesson_room * sizeof *k->lessons);
        k->offset = malloc(((size_t)k->lesson_room + 1) * sizeof *k->offset);
        if (k->lessons == NULL || k->offset == NULL) {
            k->lesson_room = 0;
            k->no_memory = true;
            return false;
        }
    }
    k->nlesson = count;
    k->offset[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        k->lessons[i] = lessons[i];
        k->offset[i + 1] = k->offset[i] + lessons[i]->n + 1;
    }
    k->rows = k->offset[count];
    return ch_learner_room(k, k->rows);
}

static void
run(ch_learner *k)
{
    ch_learner_embed(k);
    for (uint32_t l = 0; l < k->shape.layers; l++)
        ch_learner_layer(k, l);
    ch_learner_heads(k);
}

/* One batch: its loss, and all gradients. */
static double
learn(ch_learner *k)
{
    run(k);
    for (uint32_t l = 0; l <= k->shape.layers; l++)
        memset(k->dx[l], 0, (size_t)k->rows * k->shape.dim * sizeof(float));
    double loss = ch_learner_heads_back(k);
    for (uint32_t l = k->shape.layers; l-- > 0;)
        ch_learner_layer_back(k, l);
    ch_learner_embed_back(k);
    return loss;
}

static int
by_length(const void *a, const void *b)
{
    uint32_t x = (*(const ch_lesson *const *)a)->n, y = (*(const ch_lesson *const *)b)->n;
    return (x > y) - (x < y);
}

ch_status
ch_learner_epoch(ch_learner *k, const ch_lesson *lessons, uint32_t count, double *loss, ch_error *err)
{
    const ch_lesson **order = malloc((size_t)count * sizeof *order);
    if (order == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train");
    uint64_t words = 0, steps = 0, in_batch = 0;
    for (uint32_t i = 0; i < count; i++) {
        order[i] = &lessons[i];
        words += lessons[i].n;
    }
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = (uint32_t)(ch_learner_random(k) % i);
        const ch_lesson *other = order[i - 1];
        order[i - 1] = order[j];
        order[j] = other;
    }
    for (uint32_t i = 0; i < count; i++) {
        in_batch += order[i]->n;
        if (in_batch >= k->how.batch || i + 1 == count) {
            steps++;
            in_batch = 0;
        }
    }
    k->steps = steps * k->how.epochs;
    k->using = k->weight;
    k->learning = true;
    *loss = 0;
    uint32_t first = 0;
    for (uint32_t i = 0; i < count && !k->no_memory; i++) {
        in_batch += order[i]->n;
        if (in_batch < k->how.batch && i + 1 < count)
            continue;
        qsort(order + first, i + 1 - first, sizeof *order, by_length);
        if (set_batch(k, order + first, i + 1 - first)) {
            *loss += learn(k);
            ch_learner_step(k);
        }
        first = i + 1;
        in_batch = 0;
    }
    *loss /= (double)words;
    k->epoch++;
    free(order);
    return k->no_memory ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train") : CH_OK;
}

ch_status
ch_learner_marks(ch_learner *k, const ch_lesson *lessons, uint32_t count, ch_marks *marks, ch_error *err)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t ntag = ch_network_ntag(shape), nl = ch_pad(shape->nlabel);
    *marks = (ch_marks){0};
    k->using = k->mean;
    k->learning = false;
    for (uint32_t i = 0; i < count && !k->no_memory; i++) {
        const ch_lesson *lesson = &lessons[i];
        if (!set_batch(k, &lesson, 1))
            break;
        run(k);
        ch_learner_score_arcs(k, 0);
        if (k->no_memory)
            break;
        ch_learner_label(k, NULL);
        for (uint32_t w = 1; w <= lesson->n; w++) {
            bool head = ch_best(k->scores + w * (lesson->n + 1), lesson->n + 1) == lesson->head[w - 1];
            marks->count++;
            marks->head += head;
            marks->labelled += head && ch_best(k->labels + w * nl, shape->nlabel) == lesson->label[w - 1];
            marks->xpos += ch_best(k->tags + w * ntag, shape->nxpos) == lesson->xpos[w - 1];
            marks->upos += ch_best(k->tags + w * ntag + shape->nxpos, CH_UPOS_COUNT) == lesson->upos[w - 1];
        }
    }
    return k->no_memory ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train") : CH_OK;
}

static void
add_opinion(float *sum, const float *p, uint32_t n, float share)
{
    for (uint32_t i = 0; i < n; i++)
        sum[i] += p[i] * share;
}

ch_status
ch_learner_advise(ch_learner *k, ch_lesson *lessons, uint32_t count, float share, ch_error *err)
{
    const ch_network_shape *shape = &k->shape;
    uint32_t ntag = ch_network_ntag(shape), nl = ch_pad(shape->nlabel);
    k->using = k->mean;
    k->learning = false;
    for (uint32_t i = 0; i < count && !k->no_memory; i++) {
        const ch_lesson *lesson = &lessons[i];
        uint32_t n = lesson->n;
        if (lesson->soft == NULL || !set_batch(k, &lesson, 1))
            continue;
        run(k);
        ch_learner_score_arcs(k, 0);
        if (k->no_memory)
            break;
        ch_learner_label(k, lesson->head);
        for (uint32_t w = 1; w <= n; w++) {
            float *heads = k->scores + (size_t)w * (n + 1), *tags = k->tags + (size_t)w * ntag,
                  *labels = k->labels + (size_t)w * nl;
            ch_softmax(heads, n + 1, 0);
            ch_softmax(tags, shape->nxpos, 0);
            ch_softmax(tags + shape->nxpos, CH_UPOS_COUNT, 0);
            ch_softmax(labels, shape->nlabel, 0);
            add_opinion(lesson->soft + (size_t)(w - 1) * (n + 1), heads, n + 1, share);
            add_opinion(ch_soft_tags(shape, lesson, w - 1), tags, shape->nxpos + CH_UPOS_COUNT, share);
            add_opinion(ch_soft_labels(shape, lesson, w - 1), labels, shape->nlabel, share);
        }
    }
    return k->no_memory ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to train") : CH_OK;
}

const float *
ch_learner_weights(const ch_learner *k)
{
    return k->mean;
}

uint32_t
ch_learner_epochs_done(const ch_learner *k)
{
    return k->epoch;
}

/* ------------------------------------------------------------- to go on from */

static bool
move(FILE *f, bool save, void *at, size_t size)
{
    return (save ? fwrite(at, 1, size, f) : fread(at, 1, size, f)) == size;
}

static bool
move_all(FILE *f, bool save, ch_learner *k)
{
    size_t size = k->at.total * sizeof(float);
    ch_network_shape shape = k->shape;
    return move(f, save, &shape, sizeof shape) && memcmp(&shape, &k->shape, sizeof shape) == 0 &&
           move(f, save, &k->random, sizeof k->random) && move(f, save, &k->epoch, sizeof k->epoch) &&
           move(f, save, &k->step, sizeof k->step) && move(f, save, k->weight, size) && move(f, save, k->mean, size) &&
           move(f, save, k->moment1, size) && move(f, save, k->moment2, size);
}

ch_status
ch_learner_save(const ch_learner *k, const char *path, ch_error *err)
{
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside)
        return ch_fail(err, CH_E_ARGUMENT, path, 0, "the path is too long");
    FILE *f = fopen(beside, "wb");
    /* nothing of the learner changes when it is saved */
    bool ok = f != NULL && move_all(f, true, (ch_learner *)(uintptr_t)k);
    if (f != NULL)
        ok = fclose(f) == 0 && ok;
    if (!ok || rename(beside, path) != 0) {
        ch_status status = ch_fail(err, CH_E_IO, path, 0, "cannot be written: %s", strerror(errno));
        if (err != NULL)
            err->os = errno;
        return status;
    }
    return CH_OK;
}

ch_status
ch_learner_load(ch_learner *k, const char *path, ch_error *err)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return ch_fail(err, CH_E_IO, path, 0, "cannot be opened: %s", strerror(errno));
    bool ok = move_all(f, false, k);
    fclose(f);
    return ok ? CH_OK : ch_fail(err, CH_E_FORMAT, path, 0, "is no state of a training with these sizes");
}
