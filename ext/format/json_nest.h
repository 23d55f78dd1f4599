/* The end of a JSON object or array that json_check has passed. */
#ifndef CMED_FORMAT_JSON_NEST_H
#define CMED_FORMAT_JSON_NEST_H

#include "../base/span.h"

/* Behind the bracket that closes the one at 'at'; s.n where it does not close. */
size_t json_nest_end(struct span s, size_t at);
/* The same, byte by byte: for the tests of the other one. */
size_t json_nest_end_portable(struct span s, size_t at);

#endif
