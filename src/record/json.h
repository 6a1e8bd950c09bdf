/* record/json.h: writing JSON. Reading it is json-c's. */
#ifndef CHANCERY_RECORD_JSON_H
#define CHANCERY_RECORD_JSON_H

#include "base/text.h"

/* A JSON string with its quotes. Valid UTF-8 goes through as it is; ill-formed
 * bytes become U+FFFD. */
void ch_json_string(ch_text *out, ch_str s);

/* The same for a NUL-terminated string; NULL is null. */
void ch_json_chars(ch_text *out, const char *s);

/* ,"KEY": and the string; one that is NULL or empty is null. */
void ch_json_known(ch_text *out, const char *key, const char *s);

/* A number with at most `digits` digits behind the point, none to spare. */
void ch_json_number(ch_text *out, double value, int digits);

#endif
