/* cli/rows.h: rows of an answer on the standard output. */
#ifndef CHANCERY_CLI_ROWS_H
#define CHANCERY_CLI_ROWS_H

#include "chancery.h"
#include "store/ask.h"

typedef enum { ROWS_TABLE, ROWS_NDJSON, ROWS_CSV, ROWS_CHART, ROWS_NONE } rows_format;

/* The format of that name, or ROWS_NONE. */
rows_format rows_find_format(const char *name);

/* Each writes what is left of the answer and gives the exit code; *count (may be
 * NULL) rows were written. */
int rows_write_ndjson(ch_answer *answer, size_t *count);
int rows_write_csv(ch_answer *answer, size_t *count);
int rows_write_table(ch_answer *answer, const chancery_write_options *options, size_t *count);

/* Records, two lines each: who did what to whom, when and where; the words, and the
 * report that has them. */
int rows_write_records(ch_answer *answer, const chancery_write_options *options, size_t *count);

/* Counts as bars; of a period and something else, a line of small bars for each. */
int rows_write_chart(ch_answer *answer, const chancery_write_options *options, size_t *count);

/* Whether the terminal's characters have blocks to draw with: its locale is UTF-8. */
bool rows_has_blocks(void);

#endif
