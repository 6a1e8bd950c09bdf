/* store/where.h: the conditions of a filter as SQL over the tables of one kind. */
#ifndef CHANCERY_STORE_WHERE_H
#define CHANCERY_STORE_WHERE_H

#include "store/filter.h"
#include "store/sql.h"

/* Puts what stands behind WHERE for records of `kind` (one bit), whose table is `x`;
 * "TRUE" where nothing is asked. `walk`: rows are walked in some order and few of
 * them wanted, so a party is looked for in each, not all records of a party first. */
void ch_where_put(ch_sql *sql, const ch_filter *filter, unsigned kind, bool walk);

/* The same over the table `dyad`, for filters of nothing but keys that it has. */
void ch_where_put_dyad(ch_sql *sql, const ch_filter *filter);
bool ch_where_in_dyad(ch_key key);

/* The same over the table `side_month`, of which whole months, a country on one side
 * and types can be asked. */
void ch_where_put_sides(ch_sql *sql, const ch_filter *filter);

/* Puts the condition that actor `alias` is the one of `value`. */
void ch_where_actor(ch_sql *sql, const char *alias, const ch_value *value);

/* Puts the roles, as a list in parentheses, that stand on the side that acts
 * (`acting`) or on the other in records of `kind`. */
void ch_where_side(ch_sql *sql, unsigned kind, bool acting);

#endif
