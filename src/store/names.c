/* Names of a filter against the store's own. */
#include "store/ask_parts.h"
#include "store/close.h"
#include "store/sql.h"
#include "store/where.h"

#include <stdlib.h>

/* So many of a party's records are collected quickly. */
#define MANY 20000
/* Names of the store that are looked at for one that is near. */
#define NAMES_MOST 200000

/* The first number that the query gives, or -1. */
static int64_t
ask_number(ch_store *store, ch_sql *sql)
{
    ch_rows *rows;
    int64_t number = -1;
    if (ch_sql_ask(&rows, sql, store, NULL) == CH_OK && ch_rows_next(rows, NULL) == CH_OK)
        number = ch_rows_integer(rows, 0);
    ch_rows_close(rows);
    return number;
}

static bool
is_known(ch_store *store, const ch_value *value)
{
    ch_sql *sql = ch_sql_new(store);
    if (sql == NULL)
        return true;
    ch_sql_put(sql, "SELECT count(*) FROM (SELECT 1 FROM actor a WHERE ");
    ch_where_actor(sql, "a", value);
    ch_sql_put(sql, " LIMIT 1) AS one");
    int64_t number = ask_number(store, sql);
    ch_sql_free(sql);
    return number != 0;
}

static void
offer_names_of_store(ch_store *store, ch_close *close)
{
    ch_rows *rows;
    ch_sql *sql = ch_sql_new(store);
    if (sql == NULL)
        return;
    ch_sql_put(sql, "SELECT DISTINCT name FROM actor LIMIT %d", NAMES_MOST);
    if (ch_sql_ask(&rows, sql, store, NULL) == CH_OK)
        while (ch_rows_next(rows, NULL) == CH_OK)
            ch_close_offer(close, ch_rows_text(rows, 0).at);
    ch_rows_close(rows);
    ch_sql_free(sql);
}

static ch_status
unknown(ch_store *store, const ch_filter *filter, const ch_condition *c, const char *name, ch_error *err)
{
    ch_close close;
    ch_text message = {0};
    ch_close_init(&close, name);
    ch_filter_offer_names(filter->lexicon, &close, false);
    offer_names_of_store(store, &close);
    ch_text_printf(&message, "%s \"%.200s\" is known to neither the lexicon nor the store", ch_key_name(c->key), name);
    ch_close_tell(&message, &close);
    ch_status status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "%s", message.failed ? "no such name" : message.at);
    ch_text_free(&message);
    return status;
}

ch_status
ch_ask_check_names(ch_store *store, const ch_filter *filter, ch_error *err)
{
    for (const ch_condition *c = filter->first; c != NULL; c = c->next)
        for (uint32_t i = 0; i < c->count; i++)
            if (c->values[i].kind == CH_VALUE_NAME && c->key != CH_KEY_PLACE && !is_known(store, &c->values[i]))
                return unknown(store, filter, c, c->values[i].text, err);
    return CH_OK;
}

/* PostgreSQL's planner counts for itself. */
bool
ch_ask_walks(ch_store *store, const ch_filter *filter)
{
    bool many = !ch_store_is_postgresql(store);
    bool some = false;
    for (const ch_condition *c = filter->first; many && c != NULL; c = c->next) {
        if (c->negative || c->count == 0 || c->key == CH_KEY_PLACE || c->values[0].kind < CH_VALUE_COUNTRY ||
            c->values[0].kind > CH_VALUE_NAME)
            continue;
        ch_sql *sql = ch_sql_new(store);
        if (sql == NULL)
            return false;
        ch_sql_put(sql, "SELECT count(*) FROM (SELECT 1 FROM party p WHERE p.actor IN (SELECT a.key FROM actor a WHERE ");
        for (uint32_t i = 0; i < c->count; i++) {
            ch_sql_put(sql, i == 0 ? "" : " OR ");
            ch_where_actor(sql, "a", &c->values[i]);
        }
        ch_sql_put(sql, ") LIMIT %d) AS some", MANY);
        many = ask_number(store, sql) >= MANY;
        some = true;
        ch_sql_free(sql);
    }
    return some && many;
}

bool
ch_ask_is_narrow(const ch_filter *filter)
{
    for (const ch_condition *c = filter->first; c != NULL; c = c->next) {
        bool narrow = c->key == CH_KEY_NEAR || c->key == CH_KEY_BOX || c->key == CH_KEY_DOCUMENT || c->key == CH_KEY_TEXT;
        if (narrow && !c->negative)
            return true;
    }
    return false;
}
