/* store/count.h: what records can be counted by, and the query that counts them. */
#ifndef CHANCERY_STORE_COUNT_H
#define CHANCERY_STORE_COUNT_H

#include "store/filter.h"
#include "store/sql.h"

#define CH_COUNT_BY_MAX 8

typedef enum { CH_PERIOD_DAY, CH_PERIOD_WEEK, CH_PERIOD_MONTH, CH_PERIOD_QUARTER, CH_PERIOD_YEAR, CH_PERIOD_NONE } ch_period;

/* What a field joins to the record. */
typedef enum {
    CH_JOIN_NONE,
    CH_JOIN_DOCUMENT,
    CH_JOIN_CREDITS, /* of the document */
    CH_JOIN_CONTEXTS,
    CH_JOIN_ACTING, /* the parties on that side */
    CH_JOIN_OTHER,
    CH_JOIN_ANY,
    CH_JOIN_SOURCE,
    CH_JOIN_BODY,
    CH_JOIN_COUNT
} ch_join;

typedef struct {
    const char *name;
    ch_period period;
    ch_join join;
    unsigned kinds;     /* of records that have it */
    const char *column; /* NULL: another one for each kind */
    const char *dyad;   /* column of the table `dyad`, NULL where it has none */
} ch_count_field;

typedef struct {
    const ch_count_field *by[CH_COUNT_BY_MAX];
    size_t nby;
    int period_at;   /* which of `by` is a period, or -1 */
    const char *sum; /* "value", "goldstein" or NULL */
} ch_count_plan;

/* Reads fields and sum for records that the filter asks for. */
ch_status ch_count_plan_read(ch_count_plan *plan, const ch_filter *filter, const char *by, const char *sum, ch_error *err);

/* Which table answers: that of the kind of records, or one that is kept for such
 * questions. */
typedef enum { CH_COUNT_RECORDS, CH_COUNT_DYADS, CH_COUNT_SIDES } ch_count_table;
ch_count_table ch_count_choose(const ch_count_plan *plan, const ch_filter *filter, bool postgresql);

/* Puts the query for records of one kind: a column for each field (of a period the
 * day, from CH_COUNT_SIDES the month as 202404), how many, and the sum. */
void ch_count_put(ch_sql *sql, const ch_count_plan *plan, const ch_filter *filter, unsigned kind);

#endif
