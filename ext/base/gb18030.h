/* GB18030 as the WHATWG decoder reads it (encoding.spec.whatwg.org, section 10.2). */
#ifndef CMED_BASE_GB18030_H
#define CMED_BASE_GB18030_H

#include "span.h"

/* Appends raw at *to as UTF-8, at most 3 bytes for one, and moves *to behind it. Gives the bytes
 * taken; stops before the first that begin no character. */
size_t gb18030_decode(struct span raw, uint8_t **to);

/* Bytes of the longest prefix that decodes: raw.n where all of it does. */
size_t gb18030_valid(struct span raw);

/* As utf8_ill_formed: length of what one U+FFFD stands for at the start of s. */
size_t gb18030_ill_formed(struct span s, bool *cut);

/* gb18030_table.c */

enum { GB18030_LEADS = 126, GB18030_TRAILS = 256, GB18030_RANGES = 211 };

/* Code points of lead 0x81 + i, trail 0x40 + j; 0: none. So wide that bytes ab, read as the number
 * 0xab, are 0xab - 0x8140 from the first of all. */
extern const uint16_t gb18030_pairs[GB18030_LEADS][GB18030_TRAILS];

/* Four bytes, counted as one number ("pointer"), from this one to the next range's are the code
 * points from this one on; point 0: none. The first range begins at 0. */
struct gb18030_range {
    uint32_t pointer, point;
};
extern const struct gb18030_range gb18030_ranges[GB18030_RANGES];

#endif
