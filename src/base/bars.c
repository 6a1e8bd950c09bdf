#include "base/bars.h"

#include "base/columns.h"

#include <math.h>

/* U+2588 to U+258F: a full block, and seven to one eighths of it from the left. */
static const char *const from_left[] = {"",
                                        "\xE2\x96\x8F",
                                        "\xE2\x96\x8E",
                                        "\xE2\x96\x8D",
                                        "\xE2\x96\x8C",
                                        "\xE2\x96\x8B",
                                        "\xE2\x96\x8A",
                                        "\xE2\x96\x89",
                                        "\xE2\x96\x88"};
/* U+2581 to U+2588: one eighth to a full block from below. */
static const char *const from_below[] = {
    " ",           "\xE2\x96\x81", "\xE2\x96\x82", "\xE2\x96\x83", "\xE2\x96\x84", "\xE2\x96\x85", "\xE2\x96\x86", "\xE2\x96\x87",
    "\xE2\x96\x88"};
static const char plain_heights[] = " .:-=+*#@";
#define STEPS 8u

/* Eighths of a column, at least one of what there is. */
static unsigned
eighths(double value, double most, unsigned width)
{
    double part = most > 0 && value > 0 ? value / most : 0;
    unsigned n = (unsigned)lround(fmin(part, 1) * width * STEPS);
    return n == 0 && value > 0 ? 1 : n;
}

void
ch_put_bar(ch_text *out, double value, double most, unsigned width, bool blocks)
{
    unsigned n = eighths(value, most, width), full = n / STEPS, rest = n % STEPS;
    for (unsigned i = 0; i < full; i++)
        ch_text_puts(out, blocks ? from_left[STEPS] : "#");
    ch_text_puts(out, rest == 0 ? "" : blocks ? from_left[rest] : rest >= STEPS / 2 ? "#" : "-");
    ch_put_blanks(out, width - full - (rest != 0));
}

void
ch_put_bar_left(ch_text *out, double value, double most, unsigned width, bool blocks)
{
    unsigned n = eighths(value, most, width), full = n / STEPS, rest = n % STEPS;
    ch_put_blanks(out, width - full - (rest != 0));
    ch_text_puts(out, rest == 0 ? "" : blocks ? "\xE2\x96\x90" : rest >= STEPS / 2 ? "#" : "-"); /* right half block */
    for (unsigned i = 0; i < full; i++)
        ch_text_puts(out, blocks ? from_left[STEPS] : "#");
}

/* Values that share a column, so that `width` is enough for all. */
static size_t
share(size_t count, unsigned width)
{
    return width != 0 && count > width ? (count + width - 1) / width : 1;
}

static double
sum_from(const double *values, size_t count, size_t from, size_t number)
{
    double sum = 0;
    for (size_t i = from; i < from + number && i < count; i++)
        sum += values[i];
    return sum;
}

double
ch_spark_most(const double *values, size_t count, unsigned width)
{
    size_t each = share(count, width);
    double most = 0;
    for (size_t i = 0; i < count; i += each)
        most = fmax(most, sum_from(values, count, i, each));
    return most;
}

unsigned
ch_put_spark(ch_text *out, const double *values, size_t count, double most, unsigned width, bool blocks)
{
    size_t each = share(count, width);
    unsigned columns = 0;
    for (size_t i = 0; i < count; i += each, columns++) {
        unsigned n = eighths(sum_from(values, count, i, each), most, 1);
        if (blocks)
            ch_text_puts(out, from_below[n]);
        else
            ch_text_putc(out, plain_heights[n]);
    }
    return columns;
}
