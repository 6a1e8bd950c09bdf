/* base/bars.h: numbers as bars of block characters, or of plain ones where a
 * terminal has no others. */
#ifndef CHANCERY_BASE_BARS_H
#define CHANCERY_BASE_BARS_H

#include "base/text.h"

/* Puts a bar of `value` where `most` takes `width` columns; blanks fill up the rest.
 * What is above nothing is at least a thin line. */
void ch_put_bar(ch_text *out, double value, double most, unsigned width, bool blocks);

/* The same to the left of an axis: the bar is at the right end of its columns. */
void ch_put_bar_left(ch_text *out, double value, double most, unsigned width, bool blocks);

/* Puts values [count], of which none is below 0, as one column each that is the
 * higher the greater, `most` the highest; of more than `width` several share a
 * column, which shows their sum. Gives the columns. */
unsigned ch_put_spark(ch_text *out, const double *values, size_t count, double most, unsigned width, bool blocks);

/* The greatest sum that a column of ch_put_spark() has. */
double ch_spark_most(const double *values, size_t count, unsigned width);

#endif
