/* Dates as they stand in medical text. */
#ifndef CMED_TEXT_DATE_H
#define CMED_TEXT_DATE_H

#include "points.h"

/* Code points of the date that begins at 'at', 0 where none does. Years 1900 to 2099, months and
 * days of the calendar:
 *
 *     2019年3月5日  2019年03月  2019-03-05  2019/3/5  2019.3.5  20190305  3月5日
 *
 * A time behind it (08:30, 8时30分, T08:30:15) belongs to it. Full-width digits are digits. A
 * date is no part of a longer number. */
size_t date_match(const struct points *text, size_t at);

/* Whether y, m and d are a day: 1900 <= y <= 2099. */
bool date_is_day(unsigned y, unsigned m, unsigned d);

#endif
