/* Numbers as model files write them, whatever the locale says. */
#ifndef CMED_WORDS_DECIMAL_H
#define CMED_WORDS_DECIMAL_H

#include "../base/span.h"

enum { DECIMAL_TEXT_MAX = 64 };

/* The double nearest to text, as Python's float(text): [+-] digits [. digits] [e [+-] digits], of
 * at most DECIMAL_TEXT_MAX bytes. False: not that, or beyond what a double holds. */
bool decimal_real(struct span text, double *out);

/* Digits only, at most 18 of them. */
bool decimal_whole(struct span text, int64_t *out);

#endif
