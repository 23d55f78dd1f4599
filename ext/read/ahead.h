/* Reading ahead: a helper thread inflates while the caller parses. */
#ifndef CMED_READ_AHEAD_H
#define CMED_READ_AHEAD_H

#include "source.h"

enum {
    AHEAD_PIECE = 256 << 10, /* bytes handed over at once */
    AHEAD_PIECES = 4,
    AHEAD_AFTER = 1 << 20 /* bytes read without a thread: most files end before it is worth one */
};

/* Wraps 'under', which it owns from the call on, also where the call fails. The same bytes and
 * errors come in the same order. The thread is bounded by the pieces, and joined by source_close.
 */
enum error_code ahead_source(struct source *under, struct source **out, struct error *e);

#endif
