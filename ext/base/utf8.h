/* UTF-8 by the Unicode standard: no overlong forms, no surrogates, nothing past U+10FFFF. */
#ifndef CMED_BASE_UTF8_H
#define CMED_BASE_UTF8_H

#include "span.h"

/* Bytes of the longest prefix that is valid: s.n where all of it is. */
size_t utf8_valid(struct span s);

/* Is it ASCII of at most 8 bytes, as most numbers and keys are? Quick to ask. */
static inline bool utf8_is_short_ascii(struct span s) {
    uint32_t first, last;
    if (s.n > 8)
        return false;
    if (s.n < 4)
        return s.n == 0 || (s.p[0] | s.p[s.n / 2] | s.p[s.n - 1]) < 0x80;
    memcpy(&first, s.p, 4);
    memcpy(&last, s.p + s.n - 4, 4);
    return ((first | last) & 0x80808080u) == 0;
}

/* Offset of the first byte over 0x7F at or after from (at most s.n); s.n where there is none. */
size_t utf8_ascii(struct span s, size_t from);

/* Copies the ASCII at from, moves *to behind the copy, and gives where the ASCII ends. */
size_t utf8_copy_ascii(struct span s, size_t from, uint8_t **to);

/* Bytes over 0x7F that lie in valid characters; what is ill-formed is passed over. */
size_t utf8_valid_high(struct span s);

/* Length of the ill-formed piece at the start of s: the maximal subpart, which one U+FFFD
 * stands for (Unicode, section 3.9, table 3-8). s.n >= 1 and s does not start valid.
 * *cut, where not NULL, says that s ends inside a character that more bytes could complete. */
size_t utf8_ill_formed(struct span s, bool *cut);

/* The rest takes valid UTF-8. */

size_t utf8_count(struct span s);                 /* code points */
size_t utf8_offset(struct span s, size_t points); /* code points -> bytes; s.n past the end */
/* Bytes of the character at 'at' < s.n. */
size_t utf8_next(struct span s, size_t at, uint32_t *point);
size_t utf8_put(uint8_t to[4], uint32_t point); /* encodes; bytes written, 1 to 4 */

#endif
