/* Fields of a line that blanks part. */
#ifndef CMED_FORMAT_FIELD_H
#define CMED_FORMAT_FIELD_H

#include "../base/span.h"

/* Takes the next field off rest, passing over blanks and TABs before it. Empty: there is none. */
struct span field_next(struct span *rest);

/* Takes what lies before the next separator off rest, and the separator. Without one: all of it,
 * and rest.p becomes NULL. */
struct span field_cut(struct span *rest, const char *separator);

/* Offset of the separator in s; s.n where there is none. */
size_t field_find(struct span s, const char *separator);

/* s as an integer: an optional sign and digits, nothing else, within 64 bits. */
bool field_integer(struct span s, int64_t *out);

#endif
