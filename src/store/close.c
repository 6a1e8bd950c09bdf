#include "store/close.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* A name of so many letters may have one wrong, and another for each as many more. */
#define LETTERS_AN_EDIT 4
#define EDITS_MAX 3
#define FAR 100u
/* Bytes that say too little to be found in a longer name. */
#define WORD_MIN 3

void
ch_close_init(ch_close *close, const char *wanted)
{
    memset(close, 0, sizeof *close);
    size_t len = ch_fold(close->wanted, sizeof close->wanted - 1, wanted, strlen(wanted));
    close->len = len != SIZE_MAX ? len : 0;
    close->wanted[close->len] = '\0';
}

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Letters to be put in, left out, changed, or swapped with their neighbour. Three
 * rows of the table are enough: the swap looks back two. */
static unsigned
edits(const char *a, size_t alen, const char *b, size_t blen)
{
    unsigned rows[3][CH_CLOSE_LENGTH + 1];
    for (size_t j = 0; j <= blen; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= alen; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= blen; j++) {
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
    }
    return rows[alen % 3][blen];
}

/* Whether the words of `part` stand side by side in `whole`. */
static bool
has_words(const char *whole, const char *part, size_t len)
{
    for (const char *at = strstr(whole, part); len >= WORD_MIN && at != NULL; at = strstr(at + 1, part))
        if ((at == whole || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return true;
    return false;
}

static unsigned
distance(const ch_close *close, const char *name, size_t len)
{
    size_t longer = len > close->len ? len : close->len, gap = longer - (len < close->len ? len : close->len);
    unsigned most = 1 + (unsigned)(close->len / LETTERS_AN_EDIT);
    most = most < EDITS_MAX ? most : EDITS_MAX;
    if (gap <= most) {
        unsigned n = edits(close->wanted, close->len, name, len);
        if (n <= most && n < close->len)
            return n;
    }
    return has_words(name, close->wanted, close->len) || has_words(close->wanted, name, len) ? EDITS_MAX + 1 : FAR;
}

static void
keep(ch_close *close, const char *name, unsigned far)
{
    size_t at = close->count;
    for (size_t i = 0; i < close->count; i++)
        if (strcmp(close->found[i], name) == 0)
            return;
    while (at > 0 && close->distance[at - 1] > far)
        at--;
    if (at == CH_CLOSE_MOST)
        return;
    if (close->count < CH_CLOSE_MOST)
        close->count++;
    for (size_t i = close->count - 1; i > at; i--) {
        memcpy(close->found[i], close->found[i - 1], CH_CLOSE_LENGTH);
        close->distance[i] = close->distance[i - 1];
    }
    snprintf(close->found[at], CH_CLOSE_LENGTH, "%s", name);
    close->distance[at] = far;
}

void
ch_close_offer(ch_close *close, const char *name)
{
    char folded[CH_CLOSE_LENGTH];
    size_t bytes = strlen(name);
    if (close->len == 0 || bytes >= CH_CLOSE_LENGTH)
        return;
    size_t len = ch_fold(folded, sizeof folded - 1, name, bytes);
    if (len == 0 || len == SIZE_MAX)
        return;
    folded[len] = '\0';
    unsigned far = distance(close, folded, len);
    if (far != FAR)
        keep(close, name, far);
}

void
ch_close_tell(ch_text *out, const ch_close *close)
{
    for (size_t i = 0; i < close->count; i++)
        ch_text_printf(out, "%s\"%s\"", i == 0 ? "; is " : i + 1 == close->count ? " or " : ", ", close->found[i]);
    if (close->count != 0)
        ch_text_puts(out, " meant?");
}
