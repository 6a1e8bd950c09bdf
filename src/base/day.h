/* base/day.h: calendar days as numbers (proleptic Gregorian). */
#ifndef CHANCERY_BASE_DAY_H
#define CHANCERY_BASE_DAY_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01 of a date that exists. */
int32_t ch_day_of(int year, int month, int day);

/* The date of such a number: month and day count from 1. */
void ch_day_parts(int32_t days, int *year, int *month, int *day);

/* 28 to 31; months count from 1. */
int ch_days_in_month(int year, int month);

/* 0 is Monday. */
int ch_weekday(int32_t days);

/* "2024", "2024-03" or "2024-03-09", and what follows a "T" or space behind the
 * day is passed over: first and last day it covers. False when it is none. */
bool ch_day_parse(ch_str s, int32_t *first, int32_t *last);

/* "2024-03-09" into `out` [11]. */
void ch_day_print(char *out, int32_t days);

#endif
