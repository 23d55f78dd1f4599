/* Looking for single bytes, many at a time. */
#ifndef CMED_BASE_BYTES_H
#define CMED_BASE_BYTES_H

#include "span.h"

/* How many bytes are c. */
size_t bytes_count(struct span s, uint8_t c);

/* Offset of the first a or b at or after from; s.n where there is none. */
size_t bytes_find2(struct span s, size_t from, uint8_t a, uint8_t b);

/* Offset of the first byte at or after from that a JSON string cannot hold as it is: '"', '\\'
 * or a control character below 0x20; s.n where there is none. */
size_t bytes_string_end(struct span s, size_t from);

/* The same, quicker where the byte is near: most keys and labels are short. */
#ifdef __x86_64__
#include <emmintrin.h>

static inline size_t bytes_string_near(struct span s, size_t from) {
    if (s.n < 16 || from > s.n - 16)
        return bytes_string_end(s, from);
    const __m128i v = _mm_loadu_si128((const __m128i *)(s.p + from));
    __m128i stop =
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v));
    int hits = _mm_movemask_epi8(stop);
    return hits ? from + (size_t)__builtin_ctz((unsigned)hits) : bytes_string_end(s, from + 16);
}
#else
static inline size_t bytes_string_near(struct span s, size_t from) {
    return bytes_string_end(s, from);
}
#endif

#endif
