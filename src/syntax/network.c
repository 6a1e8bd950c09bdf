/* The vectors of a model file, in this order:
 *
 *   root                                               [dim]
 *   for each layer: scales of columns                  [3 dim]
 *     state in forget, state in output,
 *     bias of forget, bias of output                   4 x [dim]
 *   tags: scales, biases                               2 x [ntag]
 *   hidden: scales, biases                             2 x [2 arc + 2 lab]
 *   arcs: scales, biases                               2 x [arc]
 *   labels: scales, biases                             2 x [nlabel padded]
 *   scales of words                                    [nword + 1]
 *   scales of spellings                                [nrow] */
#include "syntax/network.h"

#include "base/hash.h"
#include "syntax/lower.h"
#include "syntax/spelling.h"

#include <math.h>
#include <string.h>

/* A network may be no larger than this in any of its sizes. */
#define SIZE_MAX_ANY CH_KERNEL_K_MAX

uint64_t
ch_network_word_key(const char *lower, size_t len)
{
    uint64_t key = ch_hash(lower, len);
    return key != 0 ? key : 1;
}

/* -------------------------------------------------------------------- opening */

static bool
shape_is_sound(const ch_network_shape *s)
{
    return s->dim >= 64 && s->dim % 64 == 0 && s->dim <= SIZE_MAX_ANY && s->layers >= 2 && s->layers <= CH_NETWORK_LAYERS_MAX &&
           s->arc >= 32 && s->arc % 32 == 0 && s->lab >= 32 && s->lab % 32 == 0 && s->arc <= SIZE_MAX_ANY &&
           s->lab <= SIZE_MAX_ANY && s->nxpos >= 1 && s->nxpos <= CH_NAMES_MAX && s->nlabel >= 1 && s->nlabel <= CH_NAMES_MAX &&
           s->nrow >= 2 && (s->nrow & (s->nrow - 1)) == 0 && s->nrow <= 1u << 24 && s->nword < 1u << 24 &&
           ch_network_ntag(s) <= s->dim && ch_pad(s->nlabel) <= s->dim;
}

/* What is left of the matrices, their sums and the vectors while they are dealt out. */
typedef struct {
    const int8_t *matrix;
    const int32_t *sum;
    const float *vector;
} dealing;

static const float *
take(dealing *d, uint32_t count)
{
    const float *at = d->vector;
    d->vector += count;
    return at;
}

static void
take_matrix(dealing *d, ch_packed *m, uint32_t k, uint32_t n)
{
    *m = (ch_packed){.at = d->matrix, .sums = d->sum, .k = k, .n = n};
    d->matrix += (size_t)k * n;
    d->sum += n;
}

static void
take_plane(dealing *d, ch_plane *plane, uint32_t k, uint32_t n)
{
    take_matrix(d, &plane->matrix, k, n);
    plane->scale = take(d, n);
    plane->bias = take(d, n);
}

static void
deal_out(ch_network *net, dealing d)
{
    const ch_network_shape *s = &net->shape;
    net->root = take(&d, s->dim);
    for (uint32_t l = 0; l < s->layers; l++) {
        take_matrix(&d, &net->layer[l].matrix, s->dim, 3 * s->dim);
        net->layer[l].scale = take(&d, 3 * s->dim);
        net->unit[l].scale = net->layer[l].scale;
        net->unit[l].state_forget = take(&d, s->dim);
        net->unit[l].state_output = take(&d, s->dim);
        net->unit[l].bias_forget = take(&d, s->dim);
        net->unit[l].bias_output = take(&d, s->dim);
    }
    take_plane(&d, &net->tags, s->dim, ch_network_ntag(s));
    take_plane(&d, &net->hidden, s->dim, 2 * s->arc + 2 * s->lab);
    take_plane(&d, &net->arcs, s->arc, s->arc);
    take_plane(&d, &net->labels, s->lab, ch_pad(s->nlabel));
    net->word_scale = take(&d, s->nword + 1);
    net->spelling_scale = take(&d, s->nrow);
}

ch_status
ch_network_open(ch_network *out, const ch_image *image, const char *path, ch_error *err)
{
    const ch_network_shape *shape;
    const void *words, *spellings, *matrices, *sums, *vectors, *table;
    uint32_t nshape, nword, nspelling, nmatrix, nsum, nvector, ntable;
    const ch_image_wanted sections[] = {
        {CH_NETWORK_SHAPE, sizeof *shape, (const void **)&shape, &nshape},
        {CH_NETWORK_WORDS, sizeof(ch_network_word), &table, &ntable},
        {CH_NETWORK_WORD_ROWS, 1, &words, &nword},
        {CH_NETWORK_SPELLINGS, 1, &spellings, &nspelling},
        {CH_NETWORK_MATRICES, 1, &matrices, &nmatrix},
        {CH_NETWORK_SUMS, sizeof(int32_t), &sums, &nsum},
        {CH_NETWORK_VECTORS, sizeof(float), &vectors, &nvector},
    };
    ch_status status = ch_image_sections(image, sections, sizeof sections / sizeof *sections, err);
    if (status != CH_OK)
        return status;
    if (nshape != 1 || !shape_is_sound(shape))
        return ch_fail(err, CH_E_FORMAT, path, 0,
                       "has a network of an unknown shape; make the model again with `chancery train`");
    const ch_network_shape *s = shape;
    uint64_t d = s->dim, ntag = ch_network_ntag(s), nh = 2 * s->arc + 2 * s->lab, nl = ch_pad(s->nlabel);
    uint64_t want_matrix = s->layers * d * 3 * d + d * ntag + d * nh + (uint64_t)s->arc * s->arc + s->lab * nl;
    uint64_t want_sum = s->layers * 3 * d + ntag + nh + s->arc + nl;
    uint64_t want_vector = d + s->layers * 7 * d + 2 * (ntag + nh + s->arc + nl) + s->nword + 1 + s->nrow;
    bool sound = nword == (s->nword + 1) * (d / 2) && nspelling == s->nrow * (d / 2) && nmatrix == want_matrix &&
                 nsum == want_sum && nvector == want_vector && ntable != 0 && (ntable & (ntable - 1)) == 0;
    const ch_network_word *entries = table;
    uint32_t used = 0;
    for (uint32_t i = 0; sound && i < ntable; i++) {
        sound = entries[i].word <= s->nword;
        used += entries[i].key != 0;
    }
    if (!sound || used == ntable)
        return ch_fail(err, CH_E_FORMAT, path, 0,
                       "has a network whose parts do not fit its shape; make the model again with `chancery train`");
    *out = (ch_network){.shape = *s,
                        .table = table,
                        .table_mask = ntable - 1,
                        .words = words,
                        .spellings = spellings,
                        .kernels = ch_kernels_best()};
    deal_out(out, (dealing){.matrix = matrices, .sum = sums, .vector = vectors});
    return CH_OK;
}

/* ------------------------------------------------------------- working memory */

struct ch_network_room {
    ch_arena *arena;
    uint32_t rows;       /* that there is room for */
    float *x, *y;        /* [rows][dim] input and output of a layer */
    uint8_t *bytes;      /* [rows][widest] */
    float *byte_scale;   /* [rows] */
    int32_t *product;    /* [rows][widest product] */
    float *hidden;       /* [rows][2 arc + 2 lab] */
    float *query;        /* [rows][larger of arc, lab] */
    int8_t *heads;       /* packed [arc][rows padded] */
    int32_t *head_sums;  /* [rows padded] */
    float *head_scale;   /* [rows padded] */
    float *nought;       /* [larger of rows padded and 2 arc] */
    float *scores;       /* [rows][rows] */
    ch_tree_room *tree;
};

ch_network_room *
ch_network_room_new(ch_arena *arena)
{
    ch_network_room *room = ch_arena_alloc(arena, sizeof *room);
    if (room != NULL)
        room->arena = arena;
    return room;
}

static uint32_t
larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static bool
make_room(ch_network_room *room, const ch_network_shape *s, uint32_t rows)
{
    enum { FEWEST = 48 };
    if (rows <= room->rows)
        return true;
    rows = rows < FEWEST ? FEWEST : rows <= CH_TREE_MAX / 2 ? CH_TREE_MAX / 2 : CH_TREE_MAX;
    uint32_t nh = 2 * s->arc + 2 * s->lab, padded = ch_pad(rows), widest = larger(s->dim, larger(s->arc, s->lab));
    uint32_t product = larger(larger(3 * s->dim, nh), larger(ch_network_ntag(s), larger(padded, ch_pad(s->nlabel))));
    ch_arena *a = room->arena;
    room->x = ch_arena_array(a, (size_t)rows * s->dim, sizeof(float));
    room->y = ch_arena_array(a, (size_t)rows * s->dim, sizeof(float));
    room->bytes = ch_arena_array(a, rows, widest);
    room->byte_scale = ch_arena_array(a, rows, sizeof(float));
    room->product = ch_arena_array(a, (size_t)rows * product, sizeof(int32_t));
    room->hidden = ch_arena_array(a, (size_t)rows * nh, sizeof(float));
    room->query = ch_arena_array(a, (size_t)rows * larger(s->arc, s->lab), sizeof(float));
    room->heads = ch_arena_array(a, padded, s->arc);
    room->head_sums = ch_arena_array(a, padded, sizeof(int32_t));
    room->head_scale = ch_arena_array(a, padded, sizeof(float));
    room->nought = ch_arena_array(a, larger(padded, 2 * s->arc), sizeof(float));
    room->scores = ch_arena_array(a, (size_t)rows * rows, sizeof(float));
    if (room->tree == NULL)
        room->tree = ch_arena_alloc(a, sizeof *room->tree);
    bool ok = room->x != NULL && room->y != NULL && room->bytes != NULL && room->byte_scale != NULL && room->product != NULL &&
              room->hidden != NULL && room->query != NULL && room->heads != NULL && room->head_sums != NULL &&
              room->head_scale != NULL && room->nought != NULL && room->scores != NULL && room->tree != NULL;
    room->rows = ok ? rows : 0;
    return ok;
}

/* -------------------------------------------------------------------- reading */

static uint32_t
word_of(const ch_network *net, const char *lower, size_t len)
{
    uint64_t key = ch_network_word_key(lower, len);
    for (uint32_t at = (uint32_t)key & net->table_mask; net->table[at].key != 0; at = (at + 1) & net->table_mask)
        if (net->table[at].key == key)
            return net->table[at].word;
    return 0;
}

static void
embed(const ch_network *net, float *x, ch_str word)
{
    char lower[CH_LOWER_MAX];
    uint32_t rows[CH_SPELLING_ROWS_MAX], half = net->shape.dim / 2;
    uint32_t own = word_of(net, lower, ch_lower(lower, sizeof lower, word));
    memset(x, 0, 2 * half * sizeof *x);
    net->kernels->add(x, net->words + (size_t)own * half, net->word_scale[own], half);
    uint32_t n = ch_spelling_rows(word, net->shape.nrow, rows);
    float share = 1.0f / sqrtf((float)n);
    for (uint32_t r = 0; r < n; r++)
        net->kernels->add(x + half, net->spellings + (size_t)rows[r] * half, net->spelling_scale[rows[r]] * share, half);
}

static void
run_plane(const ch_network *net, ch_network_room *room, const ch_plane *plane, const float *x, size_t distance, uint32_t rows,
          float *y)
{
    const ch_kernels *k = net->kernels;
    k->quantise(room->bytes, room->byte_scale, x, distance, rows, plane->matrix.k);
    k->multiply(room->product, room->bytes, &plane->matrix, rows);
    for (uint32_t t = 0; t < rows; t++)
        k->unscale(y + (size_t)t * plane->matrix.n, room->product + (size_t)t * plane->matrix.n, room->byte_scale[t],
                   plane->scale, plane->bias, plane->matrix.n);
}

static uint8_t
best_of(const float *scores, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (scores[i] > scores[best])
            best = i;
    return (uint8_t)best;
}

/* The tags are read from the input of the last layer, in room->x. */
static void
read_tags(const ch_network *net, ch_network_room *room, uint32_t rows, ch_network_answer *out)
{
    uint32_t ntag = net->tags.matrix.n;
    run_plane(net, room, &net->tags, room->x, net->shape.dim, rows, room->y);
    for (uint32_t i = 1; i < rows; i++) {
        out->xpos[i] = best_of(room->y + (size_t)i * ntag, net->shape.nxpos);
        out->upos[i] = best_of(room->y + (size_t)i * ntag + net->shape.nxpos, CH_UPOS_COUNT);
    }
}

static void
run_layer(const ch_network *net, ch_network_room *room, uint32_t l, uint32_t rows)
{
    const ch_kernels *k = net->kernels;
    uint32_t dim = net->shape.dim;
    k->quantise(room->bytes, room->byte_scale, room->x, dim, rows, dim);
    k->multiply(room->product, room->bytes, &net->layer[l].matrix, rows);
    k->scan(room->y, room->x, room->product, room->byte_scale, &net->unit[l], rows, dim);
    float *swap = room->x;
    room->x = room->y;
    room->y = swap;
}

/* The heads' bytes as a packed matrix, a column a head. */
static ch_packed
pack_heads(const ch_network *net, ch_network_room *room, uint32_t rows)
{
    uint32_t arc = net->shape.arc, nh = net->hidden.matrix.n, padded = ch_pad(rows);
    net->kernels->quantise(room->bytes, room->head_scale, room->hidden + arc, nh, rows, arc);
    memset(room->heads, 0, (size_t)padded * arc);
    for (uint32_t j = 0; j < rows; j++) {
        const uint8_t *from = room->bytes + (size_t)j * arc;
        int8_t *to = room->heads + (size_t)(j / CH_LANES) * CH_LANES * arc + j % CH_LANES * CH_DEPTH;
        int32_t sum = 0;
        for (uint32_t k = 0; k < arc; k += CH_DEPTH, to += CH_LANES * CH_DEPTH)
            for (uint32_t d = 0; d < CH_DEPTH; d++) {
                to[d] = (int8_t)(from[k + d] - 128);
                sum += to[d];
            }
        room->head_sums[j] = sum;
    }
    for (uint32_t j = rows; j < padded; j++) {
        room->head_sums[j] = 0;
        room->head_scale[j] = 0;
    }
    return (ch_packed){.at = room->heads, .sums = room->head_sums, .k = arc, .n = padded};
}

static void
read_heads(const ch_network *net, ch_network_room *room, uint32_t rows, ch_network_answer *out)
{
    const ch_kernels *k = net->kernels;
    uint32_t arc = net->shape.arc, nh = net->hidden.matrix.n;
    run_plane(net, room, &net->arcs, room->hidden, nh, rows, room->query);
    ch_packed heads = pack_heads(net, room, rows);
    k->quantise(room->bytes, room->byte_scale, room->query, arc, rows, arc);
    k->multiply(room->product, room->bytes, &heads, rows);
    for (uint32_t i = 0; i < rows; i++) {
        float *row = room->y;
        k->unscale(row, room->product + (size_t)i * heads.n, room->byte_scale[i], room->head_scale, room->nought, heads.n);
        memcpy(room->scores + (size_t)i * rows, row, rows * sizeof *row);
    }
    ch_best_tree(room->tree, room->scores, rows - 1, out->head);
}

static void
read_labels(const ch_network *net, ch_network_room *room, uint32_t rows, ch_network_answer *out)
{
    const ch_network_shape *s = &net->shape;
    uint32_t nh = net->hidden.matrix.n, nl = net->labels.matrix.n;
    memset(room->query, 0, s->lab * sizeof *room->query);
    for (uint32_t i = 1; i < rows; i++)
        net->kernels->meet(room->query + (size_t)i * s->lab, room->hidden + (size_t)i * nh + 2 * s->arc,
                           room->hidden + (size_t)out->head[i] * nh + 2 * s->arc + s->lab, s->lab);
    run_plane(net, room, &net->labels, room->query, s->lab, rows, room->x);
    for (uint32_t i = 1; i < rows; i++)
        out->label[i] = best_of(room->x + (size_t)i * nl, s->nlabel);
}

/* Dependent and head of arcs are bent, those of labels are when they meet. */
static void
bend_arcs(const ch_network *net, ch_network_room *room, uint32_t rows)
{
    uint32_t nh = net->hidden.matrix.n;
    for (uint32_t i = 0; i < rows; i++)
        net->kernels->meet(room->hidden + (size_t)i * nh, room->hidden + (size_t)i * nh, room->nought, 2 * net->shape.arc);
}

bool
ch_network_read(const ch_network *net, ch_network_room *room, const ch_str *words, uint32_t n, ch_network_answer *out)
{
    const ch_network_shape *s = &net->shape;
    uint32_t rows = n + 1;
    if (!make_room(room, s, rows))
        return false;
    memcpy(room->x, net->root, s->dim * sizeof *room->x);
    for (uint32_t i = 0; i < n; i++)
        embed(net, room->x + (size_t)(i + 1) * s->dim, words[i]);
    for (uint32_t l = 0; l < s->layers; l++) {
        if (l + 1 == s->layers)
            read_tags(net, room, rows, out);
        run_layer(net, room, l, rows);
    }
    run_plane(net, room, &net->hidden, room->x, s->dim, rows, room->hidden);
    bend_arcs(net, room, rows);
    read_heads(net, room, rows, out);
    read_labels(net, room, rows, out);
    return true;
}
