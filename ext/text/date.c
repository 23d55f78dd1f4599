/* date.c - finds 2019年3月5日 08:30 and its other spellings.
 *
 *     2019 - 03 - 05   T 08:30:15
 *     year s month s day  time        s: - / . 年 月 日
 */
#include "date.h"

enum { DATE_YEAR = 0x5E74, DATE_MONTH = 0x6708, DATE_DAY = 0x65E5, DATE_DAY2 = 0x53F7 };

bool date_is_day(unsigned y, unsigned m, unsigned d) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 1900 || y > 2099 || m < 1 || m > 12 || d < 1)
        return false;
    bool leap = m == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    return d <= (unsigned)days[m - 1] + leap;
}

/* The number of min to max digits at *at, which moves behind it; false where there are fewer. */
static bool date_number(const struct points *t, size_t *at, unsigned min, unsigned max,
                        unsigned *out) {
    unsigned n = 0;
    *out = 0;
    while (n < max && points_digit(points_at(t, *at + n)) >= 0)
        *out = *out * 10 + (unsigned)points_digit(t->p[*at + n++]);
    *at += n;
    return n >= min;
}

/* 08:30, 08:30:15, 8时30分, 8点, behind blanks or a T. */
static size_t date_time(const struct points *t, size_t at) {
    size_t i = at;
    unsigned hour, minute;
    if (points_is_blank(points_at(t, i)) || points_at(t, i) == 'T')
        i++;
    if (!date_number(t, &i, 1, 2, &hour) || hour > 24)
        return at;
    uint32_t c = points_fold(points_at(t, i));
    if (c != ':' && c != 0x65F6 && c != 0x70B9) /* 时 点 */
        return at;
    size_t end = c == ':' ? at : i + 1;
    for (int part = 0; part < 2; part++) {
        size_t next = i + 1;
        c = points_fold(points_at(t, i));
        if ((c != ':' && c != 0x65F6 && c != 0x70B9 && c != 0x5206) || /* 分 */
            !date_number(t, &next, 1, 2, &minute) || minute > 59)
            break;
        i = end = next;
    }
    c = points_at(t, end);
    return end > at && (c == 0x5206 || c == 0x79D2) ? end + 1 : end; /* 分 秒 */
}

/* 2019年3月5日 and 2019年3月; year is read, i stands at 年. */
static size_t date_written(const struct points *t, size_t i, unsigned year) {
    unsigned month, day;
    i++;
    if (!date_number(t, &i, 1, 2, &month) || points_at(t, i) != DATE_MONTH)
        return 0;
    size_t end = ++i;
    if (!date_number(t, &i, 1, 2, &day))
        return date_is_day(year, month, 1) ? end : 0;
    uint32_t c = points_at(t, i);
    if (c != DATE_DAY && c != DATE_DAY2)
        return 0;
    return date_is_day(year, month, day) ? i + 1 : 0;
}

/* 2019-03-05, the sign in between the same one; i stands at it. */
static size_t date_dashed(const struct points *t, size_t i, unsigned year) {
    uint32_t sign = points_fold(points_at(t, i));
    unsigned month, day;
    if (sign != '-' && sign != '/' && sign != '.')
        return 0;
    i++;
    if (!date_number(t, &i, 1, 2, &month) || points_fold(points_at(t, i)) != sign)
        return 0;
    i++;
    if (!date_number(t, &i, 1, 2, &day) || points_digit(points_at(t, i)) >= 0)
        return 0;
    return date_is_day(year, month, day) ? i : 0;
}

/* 20190305. */
static size_t date_compact(const struct points *t, size_t at) {
    unsigned year, month, day;
    size_t i = at;
    bool digits = date_number(t, &i, 4, 4, &year) && date_number(t, &i, 2, 2, &month) &&
                  date_number(t, &i, 2, 2, &day);
    bool longer = points_digit(points_at(t, i)) >= 0 || points_at(t, i) == '.';
    return digits && !longer && date_is_day(year, month, day) ? i : 0;
}

/* 3月5日. */
static size_t date_short(const struct points *t, size_t at) {
    unsigned month, day;
    size_t i = at;
    if (!date_number(t, &i, 1, 2, &month) || points_at(t, i++) != DATE_MONTH ||
        !date_number(t, &i, 1, 2, &day))
        return 0;
    uint32_t c = points_at(t, i);
    return (c == DATE_DAY || c == DATE_DAY2) && date_is_day(2000, month, day) ? i + 1 : 0;
}

size_t date_match(const struct points *t, size_t at) {
    unsigned year;
    size_t i = at, end = 0;
    uint32_t before = points_before(t, at);
    if (points_digit(points_at(t, at)) < 0 || points_digit(before) >= 0 || before == '.')
        return 0;
    if (date_number(t, &i, 4, 4, &year) && points_at(t, i) == DATE_YEAR)
        end = date_written(t, i, year);
    else if (i == at + 4)
        end = date_dashed(t, i, year);
    if (!end)
        end = date_compact(t, at);
    if (!end)
        end = date_short(t, at);
    return end ? date_time(t, end) - at : 0;
}
