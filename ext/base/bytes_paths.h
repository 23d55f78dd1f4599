/* The two ways of bytes.c, for its tests: same answers. Where there is no AVX2 at all, the second
 * is the first; where there is some, ask cpu_avx2() before. */
#ifndef CMED_BASE_BYTES_PATHS_H
#define CMED_BASE_BYTES_PATHS_H

#include "span.h"

size_t bytes_count_portable(struct span s, uint8_t c);
size_t bytes_count_avx2(struct span s, uint8_t c);

/* First byte at or after from that is a, b or less than below (at most 0x80); s.n for none. */
size_t bytes_first_portable(struct span s, size_t from, uint8_t a, uint8_t b, uint8_t below);
size_t bytes_first_avx2(struct span s, size_t from, uint8_t a, uint8_t b, uint8_t below);

#endif
