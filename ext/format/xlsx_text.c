/* xlsx_text.c - the escapes of a workbook's texts (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
 *
 *     cough_x0004__x005F_x_xD83D__xDE00_  ->  cough, U+0004, '_', 'x', U+1F600
 *
 * Each is a UTF-16 unit; anything but _x, four hexadecimal digits and _ is text. */
#include "../base/utf8.h"
#include "xlsx_part.h"

enum {
    XLSX_ESCAPE = 7
}; /* bytes of _xHHHH_: more than its character needs, two more than a pair's */

static int xlsx_text_hex(uint8_t c) {
    uint8_t letter = c | 0x20;
    if (c >= '0' && c <= '9')
        return c - '0';
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* The unit that the escape at the start of s stands for; -1: s does not start with one. */
static int32_t xlsx_text_unit(struct span s) {
    if (s.n < XLSX_ESCAPE || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
        return -1;
    int32_t unit = 0;
    for (int i = 2; i < 6; i++) {
        int digit = xlsx_text_hex(s.p[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Bytes of the escape, or pair of escapes, at the start of s; 0: there is none. */
static size_t xlsx_text_escape(struct span s, uint32_t *point, bool *whole) {
    int32_t unit = xlsx_text_unit(s);
    if (unit < 0)
        return 0;
    *point = (uint32_t)unit;
    if (unit < 0xD800 || unit > 0xDFFF)
        return XLSX_ESCAPE;
    int32_t low = unit < 0xDC00 ? xlsx_text_unit(span_from(s, XLSX_ESCAPE)) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
        *point = 0xFFFD;
        *whole = false;
        return XLSX_ESCAPE;
    }
    *point = 0x10000 + (((uint32_t)unit & 0x3FF) << 10) + ((uint32_t)low & 0x3FF);
    return (size_t)2 * XLSX_ESCAPE;
}

bool xlsx_text_decode(struct buf *b, size_t from) {
    if (from >= b->n)
        return true;
    struct span s = span_from(buf_span(b), from);
    bool whole = true;
    size_t at = span_find(s, 0, '_');
    uint8_t *to = b->p + from + at;
    while (at < s.n) {
        uint32_t point;
        size_t n = xlsx_text_escape(span_from(s, at), &point, &whole);
        if (n)
            to += utf8_put(to, point);
        else
            *to++ = s.p[at];
        at += n ? n : 1;
        size_t next = span_find(s, at, '_');
        memmove(to, s.p + at, next - at);
        to += next - at;
        at = next;
    }
    b->n = (size_t)(to - b->p);
    return whole;
}
