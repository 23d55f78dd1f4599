/* The two ways of utf8_valid, for its tests: same answers. Where there is no AVX2 at all, the
 * second is the first; where there is some, ask cpu_avx2() before. */
#ifndef CMED_BASE_UTF8_PATHS_H
#define CMED_BASE_UTF8_PATHS_H

#include "span.h"

enum { UTF8_AVX2_LEAST = 32 + 3 }; /* bytes; fewer go the portable way */

size_t utf8_valid_portable(struct span s);
size_t utf8_valid_avx2(struct span s);

#endif
