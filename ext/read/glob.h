/* Wildcards in one name, between two slashes: * ? [abc] [a-z] [!abc]. */
#ifndef CMED_READ_GLOB_H
#define CMED_READ_GLOB_H

#include "../base/span.h"

bool glob_wild(struct span pattern); /* does it hold a wildcard at all? */

/* ? and [...] stand for one character of UTF-8, or for one byte that is not UTF-8. No escape: a
 * name that exists is tried as it is written before this is asked. Time: pattern times name at
 * most. */
bool glob_fits(struct span pattern, struct span name);

#endif
