#include "syntax/tree.h"

#include <stdbool.h>
#include <string.h>

/* Words that may be tried under the root when several claim it. More never stand
 * close in sentences that make sense; in those that do not, the first ones serve. */
#define ROOTS_TRIED 6

/* Cycles that the heads of a sentence have at the most which makes sense: of one
 * with more the first of several roots serves. */
#define CYCLES_TRIED 24

#define NEVER (-1e30f)

static bool
is_tree(const uint16_t *head, uint32_t n)
{
    uint16_t seen[CH_TREE_MAX] = {0};
    uint32_t roots = 0;
    for (uint32_t i = 1; i <= n; i++) {
        roots += head[i] == 0;
        uint32_t at = i;
        while (at != 0 && seen[at] == 0) {
            seen[at] = (uint16_t)i;
            at = head[at];
        }
        if (at != 0 && seen[at] == i)
            return false;
    }
    return roots == 1;
}

static uint16_t
best_head(const float *scores, uint32_t n, const bool *gone, uint32_t word)
{
    const float *row = scores + word * (n + 1);
    uint32_t best = UINT32_MAX;
    for (uint32_t j = 0; j <= n; j++)
        if (j != word && !gone[j] && (best == UINT32_MAX || row[j] > row[best]))
            best = j;
    return (uint16_t)best;
}

/* The words of a cycle among the heads of those that are left, or 0. */
static uint32_t
find_cycle(const uint16_t *head, uint32_t n, const bool *gone, uint16_t *cycle)
{
    uint16_t seen[CH_TREE_MAX] = {0};
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t at = i;
        while (at != 0 && !gone[i] && seen[at] == 0) {
            seen[at] = (uint16_t)i;
            at = head[at];
        }
        if (gone[i] || at == 0 || seen[at] != i)
            continue;
        uint32_t length = 0, start = at;
        do {
            cycle[length++] = (uint16_t)at;
            at = head[at];
        } while (at != start);
        return length;
    }
    return 0;
}

/* Makes one word of cycle `c`: what enters it pays for the arc that it breaks. */
static void
contract(ch_tree_room *room, uint32_t n, uint32_t c, bool *gone)
{
    float *scores = room->scores;
    uint32_t length = room->length[c], one = room->cycle[c][0], width = n + 1;
    bool inside[CH_TREE_MAX] = {false};
    for (uint32_t k = 0; k < length; k++)
        inside[room->cycle[c][k]] = true;
    for (uint32_t v = 0; v <= n; v++) {
        if (gone[v] || inside[v])
            continue;
        float enter = 0, leave = 0;
        for (uint32_t k = 0; k < length; k++) {
            uint32_t w = room->cycle[c][k];
            float in = scores[w * width + v] - scores[w * width + room->within[c][k]], out = scores[v * width + w];
            if (k == 0 || in > enter) {
                enter = in;
                room->enter[c][v] = (uint16_t)w;
            }
            if (k == 0 || out > leave) {
                leave = out;
                room->leave[c][v] = (uint16_t)w;
            }
        }
        scores[one * width + v] = enter;
        scores[v * width + one] = leave;
    }
    for (uint32_t k = 1; k < length; k++)
        gone[room->cycle[c][k]] = true;
}

/* Heads anew of the contracted cycle `c` and of those whose head lay in it; what
 * the others would choose has not changed, and most sentences that make no sense
 * have many cycles. */
static void
choose_again(ch_tree_room *room, uint32_t n, uint32_t c, const bool *gone, uint16_t *head)
{
    bool inside[CH_TREE_MAX] = {false};
    for (uint32_t k = 0; k < room->length[c]; k++)
        inside[room->cycle[c][k]] = true;
    for (uint32_t i = 1; i <= n; i++)
        if (!gone[i] && (i == room->cycle[c][0] || inside[head[i]]))
            head[i] = best_head(room->scores, n, gone, i);
}

/* The best tree of room->scores, however many words hang on the root; gives how
 * many cycles were contracted. */
static uint32_t
span(ch_tree_room *room, uint32_t n, uint16_t *head)
{
    bool gone[CH_TREE_MAX] = {false}, gone_before[CH_TREE_MAX];
    uint32_t count = 0;
    for (uint32_t i = 1; i <= n; i++)
        head[i] = best_head(room->scores, n, gone, i);
    for (;;) {
        uint32_t length = find_cycle(head, n, gone, room->cycle[count]);
        if (length == 0)
            break;
        room->length[count] = (uint16_t)length;
        for (uint32_t k = 0; k < length; k++)
            room->within[count][k] = head[room->cycle[count][k]];
        contract(room, n, count, gone);
        choose_again(room, n, count++, gone, head);
    }
    uint32_t cycles = count;
    while (count-- > 0) {
        uint32_t one = room->cycle[count][0], length = room->length[count];
        uint16_t from = head[one];
        memcpy(gone_before, gone, sizeof gone);
        for (uint32_t k = 0; k < length; k++) {
            gone[room->cycle[count][k]] = false;
            gone_before[room->cycle[count][k]] = true;
        }
        for (uint32_t v = 1; v <= n; v++)
            if (!gone_before[v] && head[v] == one)
                head[v] = room->leave[count][v];
        for (uint32_t k = 0; k < length; k++)
            head[room->cycle[count][k]] = room->within[count][k];
        head[room->enter[count][from]] = from;
    }
    return cycles;
}

/* The best tree in which `root` alone hangs on the root (0: as many as will). */
static uint32_t
span_under(ch_tree_room *room, const float *scores, uint32_t n, uint32_t root, uint16_t *head)
{
    memcpy(room->scores, scores, (size_t)(n + 1) * (n + 1) * sizeof *scores);
    for (uint32_t i = 1; root != 0 && i <= n; i++)
        if (i != root)
            room->scores[i * (n + 1)] = NEVER;
    return span(room, n, head);
}

static double
worth(const float *scores, uint32_t n, const uint16_t *head)
{
    double sum = 0;
    for (uint32_t i = 1; i <= n; i++)
        sum += (double)scores[i * (n + 1) + head[i]];
    return sum;
}

void
ch_best_tree(ch_tree_room *room, const float *scores, uint32_t n, uint16_t *head)
{
    const bool none[CH_TREE_MAX] = {false};
    for (uint32_t i = 1; i <= n; i++)
        head[i] = best_head(scores, n, none, i);
    if (n == 0 || is_tree(head, n))
        return;
    uint32_t most_roots = span_under(room, scores, n, 0, head) > CYCLES_TRIED ? 1 : ROOTS_TRIED;
    uint32_t roots[ROOTS_TRIED], nroot = 0;
    bool several = false;
    for (uint32_t i = 1; i <= n && !several; i++) {
        if (head[i] != 0)
            continue;
        several = nroot == most_roots;
        if (!several)
            roots[nroot++] = i;
    }
    if (nroot == 1 && !several)
        return;
    double most = 0;
    for (uint32_t r = 0; r < nroot; r++) {
        span_under(room, scores, n, roots[r], room->trial);
        double sum = worth(scores, n, room->trial);
        if (r == 0 || sum > most) {
            most = sum;
            memcpy(head, room->trial, (n + 1) * sizeof *head);
        }
    }
}
