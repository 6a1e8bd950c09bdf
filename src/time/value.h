/* time/value.h: values as they are written: TIMEX3, EDTF and days. */
#ifndef CHANCERY_TIME_VALUE_H
#define CHANCERY_TIME_VALUE_H

#include "time/make.h"

/* Longest value. */
#define CH_TIME_VALUE_ROOM 64

/* Writes the TIMEX3 value into `out`; false where the value has none. */
bool ch_value_print(char out[CH_TIME_VALUE_ROOM], const ch_timeval *value);

/* Date, time, duration or set. */
ch_time_type ch_value_type(const ch_timeval *value);

/* The days that it covers, both included; CH_NO_DAY where it is not on the
 * calendar. `base` is where durations such as "the last three years" end. */
void ch_value_days(const ch_timeval *value, ch_day base, ch_day *start, ch_day *end);

/* One side in EDTF: the first (0) or last (1) month or year of a period, "~"
 * where it is vague; false where days say it all. */
bool ch_value_edtf(char out[CH_TIME_VALUE_ROOM], const ch_timeval *value, int side);

#endif
