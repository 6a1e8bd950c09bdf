/* Counts as bars. */
#include "base/bars.h"
#include "base/columns.h"
#include "cli.h"
#include "rows.h"

#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_MAX 32u
#define NUMBER_WIDTH 11u
#define BAR_MIN 10u
/* Empty rows in a row that are drawn; more are told in one line. */
#define EMPTY_SHOWN 6
/* Rows of a chart; nobody looks at more. */
#define ROWS_MAX 4000

typedef struct {
    char *period; /* NULL: none, or not counted by one */
    char *label;  /* the other fields */
    double value;
} bar;

typedef struct {
    bar *bars;
    size_t count, room;
    size_t nby;      /* fields that are counted by */
    bool by_period;  /* the first of them is a period */
    size_t value_at; /* the column that is shown */
    bool blocks;
    unsigned width;
    ch_text line;
} chart;

bool
rows_has_blocks(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool utf8 = locale != (locale_t)0 && strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
    if (locale != (locale_t)0)
        freelocale(locale);
    return utf8;
}

static bool
is_period(const char *name)
{
    static const char *const periods[] = {"day", "week", "month", "quarter", "year"};
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (strcmp(periods[i], name) == 0)
            return true;
    return false;
}

/* The sum where there is one, else how many. */
static void
find_columns(chart *c, ch_answer *answer)
{
    size_t width = ch_answer_width(answer);
    while (c->nby < width && strcmp(ch_answer_name(answer, c->nby), "count") != 0)
        c->nby++;
    c->value_at = c->nby + 1 < width ? c->nby + 1 : c->nby;
    c->by_period = c->nby > 1 && is_period(ch_answer_name(answer, 0));
}

static bool
add_bar(chart *c, ch_answer *answer)
{
    ch_text label = {0};
    if (c->count == c->room) {
        size_t room = c->room != 0 ? c->room * 2 : 64;
        bar *bars = reallocarray(c->bars, room, sizeof *bars);
        if (bars == NULL)
            return false;
        c->bars = bars;
        c->room = room;
    }
    bar *b = &c->bars[c->count++];
    *b = (bar){0};
    for (size_t i = c->by_period; i < c->nby; i++) {
        const char *text = ch_answer_text(answer, i);
        const char *none = is_period(ch_answer_name(answer, i)) ? "no date" : "-";
        ch_text_printf(&label, "%s%s", i == (size_t)c->by_period ? "" : ", ", text != NULL ? text : none);
    }
    b->label = label.at;
    const char *period = c->by_period ? ch_answer_text(answer, 0) : NULL;
    b->period = period != NULL ? strdup(period) : NULL;
    const char *value = ch_answer_text(answer, c->value_at);
    b->value = value != NULL ? strtod(value, NULL) : 0;
    return !label.failed;
}

static bool
flush(chart *c)
{
    bool ok = !c->line.failed && cli_write(c->line.at != NULL ? c->line.at : "", c->line.len);
    ch_text_clear(&c->line);
    return ok;
}

static void
put_number(chart *c, double value)
{
    char number[64];
    snprintf(number, sizeof number, fabs(value) < 1e9 && value != floor(value) ? "%.1f" : "%.10g", value);
    ch_put_right(&c->line, ch_str_of(number), NUMBER_WIDTH);
}

static unsigned
label_width(const chart *c)
{
    unsigned width = 1;
    for (size_t i = 0; i < c->count; i++) {
        unsigned wide = c->bars[i].label != NULL ? ch_columns(ch_str_of(c->bars[i].label)) : 1;
        width = wide > width ? wide : width;
    }
    return width < LABEL_MAX ? width : LABEL_MAX;
}

/* Rows from `at` on in which there is nothing. */
static size_t
empty_from(const chart *c, size_t at)
{
    size_t count = 0;
    while (at + count < c->count && c->bars[at + count].value == 0)
        count++;
    return count;
}

static void
draw_bar(chart *c, const bar *b, unsigned labels, unsigned left, unsigned room, double scale)
{
    ch_put_left(&c->line, ch_str_of(b->label != NULL ? b->label : "-"), labels);
    put_number(c, b->value);
    ch_text_puts(&c->line, "  ");
    if (left != 0) {
        ch_put_bar_left(&c->line, -b->value, scale * left, left, c->blocks);
        ch_text_puts(&c->line, c->blocks ? "\xE2\x94\x82" : "|");
    }
    ch_put_bar(&c->line, b->value, scale * (room - left), room - left, c->blocks);
    while (c->line.len != 0 && c->line.at[c->line.len - 1] == ' ')
        c->line.at[--c->line.len] = '\0';
    ch_text_putc(&c->line, '\n');
}

/* A line for each: its label, its number, its bar; those below nothing stand to the
 * left of an axis. */
static bool
draw_bars(chart *c)
{
    double most = 0, least = 0;
    unsigned labels = label_width(c), taken = labels + NUMBER_WIDTH + 3;
    unsigned room = c->width > taken + BAR_MIN ? c->width - taken : BAR_MIN;
    for (size_t i = 0; i < c->count; i++) {
        most = fmax(most, c->bars[i].value);
        least = fmin(least, c->bars[i].value);
    }
    unsigned left = least < 0 ? (unsigned)ceil(room * (-least / (most - least))) : 0;
    left = most > 0 && left == room ? room - 1 : left;
    double scale = fmax(left != 0 ? -least / left : 0, room > left ? most / (room - left) : 0);
    for (size_t i = 0; i < c->count; i++) {
        size_t empty = empty_from(c, i);
        if (empty > EMPTY_SHOWN) {
            ch_text_printf(&c->line, "... %zu with nothing\n", empty);
            i += empty - 1;
        } else
            draw_bar(c, &c->bars[i], labels, left, room, scale);
        if (!flush(c))
            return false;
    }
    return true;
}

/* ------------------------------------------------------- of several periods */

typedef struct {
    const char *label;
    double *values; /* [nperiod] */
    double total;
} series;

static int
compare_periods(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The greatest first. */
static int
compare_series(const void *a, const void *b)
{
    const series *x = a, *y = b;
    return x->total != y->total ? (x->total < y->total ? 1 : -1) : strcmp(x->label, y->label);
}

static size_t
find_periods(const chart *c, const char **periods)
{
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < c->count; i++)
        if (c->bars[i].period != NULL)
            periods[count++] = c->bars[i].period;
    qsort(periods, count, sizeof *periods, compare_periods);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(periods[kept - 1], periods[i]) != 0)
            periods[kept++] = periods[i];
    return kept;
}

static size_t
find_series(const chart *c, series *all, double *values, const char *const *periods, size_t nperiod)
{
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const bar *b = &c->bars[i];
        size_t at = 0;
        if (b->period == NULL)
            continue;
        while (at < count && strcmp(all[at].label, b->label) != 0)
            at++;
        if (at == count)
            all[count++] = (series){.label = b->label, .values = values + at * nperiod};
        const char *const *found = bsearch(&b->period, periods, nperiod, sizeof *periods, compare_periods);
        all[at].values[found - periods] += fabs(b->value);
        all[at].total += fabs(b->value);
    }
    qsort(all, count, sizeof *all, compare_series);
    return count;
}

static bool
draw_series(chart *c, const series *all, size_t count, const char *const *periods, size_t nperiod)
{
    unsigned labels = label_width(c),
             room = c->width > labels + NUMBER_WIDTH + BAR_MIN ? c->width - labels - NUMBER_WIDTH - 4 : BAR_MIN;
    double most = 0;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, ch_spark_most(all[i].values, nperiod, room));
    unsigned shown = (unsigned)(nperiod < room ? nperiod : room);
    ch_put_blanks(&c->line, labels + NUMBER_WIDTH + 2);
    unsigned took = ch_put_clipped(&c->line, ch_str_of(periods[0]), room);
    size_t last = strlen(periods[nperiod - 1]);
    if (nperiod > 1 && took + 1 + last <= shown)
        ch_put_blanks(&c->line, shown - took - (unsigned)last);
    ch_text_printf(&c->line, "%s%s\n",
                   nperiod == 1               ? ""
                   : took + 1 + last <= shown ? ""
                                              : " to ",
                   nperiod == 1 ? "" : periods[nperiod - 1]);
    for (size_t i = 0; i < count; i++) {
        ch_put_left(&c->line, ch_str_of(all[i].label), labels);
        put_number(c, all[i].total);
        ch_text_puts(&c->line, "  ");
        ch_put_spark(&c->line, all[i].values, nperiod, most, room, c->blocks);
        ch_text_putc(&c->line, '\n');
    }
    return flush(c);
}

static bool
draw_lines(chart *c)
{
    const char **periods = calloc(c->count + 1, sizeof *periods);
    series *all = calloc(c->count + 1, sizeof *all);
    size_t nperiod = periods != NULL ? find_periods(c, periods) : 0;
    double *values = nperiod != 0 ? calloc(c->count * nperiod, sizeof *values) : NULL;
    bool ok = true;
    if (all != NULL && values != NULL) {
        size_t count = find_series(c, all, values, periods, nperiod);
        ok = draw_series(c, all, count, periods, nperiod);
    }
    free(values);
    free(all);
    free(periods);
    return ok;
}

int
rows_write_chart(ch_answer *answer, const chancery_write_options *options, size_t *count)
{
    chart c = {.blocks = rows_has_blocks(), .width = options->width};
    chancery_error err;
    chancery_status status = CHANCERY_OK;
    bool ok = true;
    find_columns(&c, answer);
    while (ok && c.count < ROWS_MAX && (status = ch_answer_next(answer, &err)) == CHANCERY_OK)
        ok = add_bar(&c, answer);
    if (ok && (status == CHANCERY_OK || status == CHANCERY_END))
        ok = c.by_period ? draw_lines(&c) : draw_bars(&c);
    if (count != NULL)
        *count += c.count;
    for (size_t i = 0; i < c.count; i++) {
        free(c.bars[i].label);
        free(c.bars[i].period);
    }
    free(c.bars);
    ch_text_free(&c.line);
    if (!ok)
        return CLI_OUTPUT;
    if (status == CHANCERY_OK || status == CHANCERY_END)
        return CLI_OK;
    cli_complain(&err);
    return CLI_FAILED;
}
