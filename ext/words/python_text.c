/* python_text.c - white space and lines as Python sees them.
 *
 *     U+0009-000D 001C-0020 0085 00A0 1680 2000-200A 2028 2029 202F 205F 3000
 *     (not U+180E, U+200B, U+FEFF)
 */
#include "python_text.h"

#include "../base/utf8.h"

bool python_text_space(uint32_t c) {
    if (c <= 0x20)
        return c == 0x20 || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
    if (c < 0x85)
        return false;
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

struct span python_text_strip(struct span s) {
    uint32_t point;
    while (s.n) {
        size_t n = utf8_next(s, 0, &point);
        if (!python_text_space(point))
            break;
        s = span_from(s, n);
    }
    while (s.n) {
        size_t last = s.n - 1;
        while (last > 0 && (s.p[last] & 0xC0) == 0x80)
            last--;
        utf8_next(s, last, &point);
        if (!python_text_space(point))
            break;
        s.n = last;
    }
    return s;
}

struct span python_text_strip_bytes(struct span s) {
    static const char blank[] = " \t\n\r\v\f";
    while (s.n && memchr(blank, s.p[0], sizeof blank - 1))
        s = span_from(s, 1);
    while (s.n && memchr(blank, s.p[s.n - 1], sizeof blank - 1))
        s.n--;
    return s;
}

bool python_text_line(struct span text, size_t *at, struct span *line) {
    size_t from = *at, end = from;
    if (from == text.n)
        return false;
    while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
        end++;
    *line = span_slice(text, from, end);
    *at = end + (end < text.n);
    if (end + 1 < text.n && text.p[end] == '\r' && text.p[end + 1] == '\n')
        *at = end + 2;
    return true;
}
