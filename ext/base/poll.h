/* A question that long work asks every few milliseconds: shall I stop? A door answers it from
 * SQLite's interrupt flag. A NULL poll never stops. */
#ifndef CMED_BASE_POLL_H
#define CMED_BASE_POLL_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct poll {
    bool (*stop)(void *context);
    void *context;
};

static inline enum error_code poll_check(const struct poll *poll, struct error *e) {
    if (poll && poll->stop(poll->context))
        return error_set(e, INTERRUPTED, "interrupted");
    return OK;
}

#endif
