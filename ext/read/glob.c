/* glob.c - wildcards.
 *
 *     pattern  t r a i n _ * . c s v          after a mismatch behind a star, the star takes one
 *     name     t r a i n _ 0 1 . c s v        character more; an earlier star never need be changed
 */
#include "glob.h"
#include "../base/utf8.h"

enum { GLOB_BYTE = 0x110000 }; /* + a byte that is not UTF-8: a point of its own */

bool glob_wild(struct span pattern) {
    return span_find(pattern, 0, '*') < pattern.n || span_find(pattern, 0, '?') < pattern.n ||
           span_find(pattern, 0, '[') < pattern.n;
}

/* The character at 'at' < s.n; its bytes. */
static size_t glob_next(struct span s, size_t at, uint32_t *point) {
    if (utf8_valid(span_slice(s, at, at + 4)) > 0)
        return utf8_next(s, at, point);
    *point = GLOB_BYTE + s.p[at];
    return 1;
}

/* A set [...] that begins at 'at': its bytes, 0 where it does not end. *fits: is c of it? */
static size_t glob_set(struct span p, size_t at, uint32_t c, bool *fits) {
    size_t i = at + 1;
    bool none_of = i < p.n && (p.p[i] == '!' || p.p[i] == '^');
    bool found = false;
    i += none_of;
    for (size_t first = i; i < p.n && (p.p[i] != ']' || i == first);) {
        uint32_t low, high;
        i += glob_next(p, i, &low);
        high = low;
        if (i + 1 < p.n && p.p[i] == '-' && p.p[i + 1] != ']')
            i += 1 + glob_next(p, i + 1, &high);
        found |= low <= c && c <= high;
    }
    *fits = found != none_of;
    return i < p.n ? i + 1 - at : 0;
}

/* Does the one element at 'at' of the pattern, no star, stand for c? Its bytes; 0: no. */
static size_t glob_one(struct span p, size_t at, uint32_t c) {
    bool fits = false;
    uint32_t own;
    if (at >= p.n)
        return 0;
    if (p.p[at] == '?')
        return 1;
    size_t n = p.p[at] == '[' ? glob_set(p, at, c, &fits) : 0;
    if (n > 0)
        return fits ? n : 0;
    n = glob_next(p, at, &own);
    return own == c ? n : 0;
}

bool glob_fits(struct span p, struct span name) {
    size_t at = 0, i = 0, star = SIZE_MAX, taken = 0;
    while (i < name.n) {
        uint32_t c;
        size_t n = glob_next(name, i, &c);
        size_t one;
        if (at < p.n && p.p[at] == '*') {
            star = ++at;
            taken = i;
        } else if ((one = glob_one(p, at, c)) > 0) {
            at += one;
            i += n;
        } else if (star == SIZE_MAX) {
            return false;
        } else {
            at = star;
            taken += glob_next(name, taken, &c);
            i = taken;
        }
    }
    while (at < p.n && p.p[at] == '*')
        at++;
    return at == p.n;
}
