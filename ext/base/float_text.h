/* Decimal text to float32. */
#ifndef CMED_BASE_FLOAT_TEXT_H
#define CMED_BASE_FLOAT_TEXT_H

#include "span.h"

/* The float nearest to the number that s starts with, ties to even, as strtof of the C locale gives
 * it: [+-] digits [. digits] [e [+-] digits], digits before or behind the point; inf, infinity and
 * nan in letters of any case. Too large is infinity, too small is zero. Gives the offset behind the
 * number; 0 where there is none. No hexadecimal, no nan(...). */
size_t float_text(struct span s, float *out);

#endif
