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

#endif
