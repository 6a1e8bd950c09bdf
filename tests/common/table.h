/* tests/common/table.h: tables of sentences (*.tsv, a row a line, "#" begins a
 * remark), each row read with the real model and lexicon. */
#ifndef CHANCERY_TESTS_COMMON_TABLE_H
#define CHANCERY_TESTS_COMMON_TABLE_H

#include "reader.h"

/* Opens the installed reader as a test's state, NULL where it is not built; closes it. */
int table_open(void **state);
int table_close(void **state);

/* One row: `context` is the caller's, `row` may be taken apart. */
typedef void table_row(void *context, const chancery_reader *reader, const char *file, unsigned line, char *row);

/* Gives every row of the tables in `folder`, by the source's root, to `check`.
 * The test is skipped where there is no reader. */
void table_each_row(const chancery_reader *reader, const char *folder, table_row *check, void *context);

/* The text read as far as `stage`, or the test fails. */
chancery_document *table_read(const chancery_reader *reader, const char *text, const char *date, chancery_stage stage);

#endif
