/* What a cursor of a table reads with, from one look-up to the next, and from a cursor to the next.
 *
 * A subquery opens a cursor anew for each row that asks it, and closes the one before only then
 * (SQLite before 3.43): what that one read with goes to the new one, so that the look-ups of a
 * subquery are counted, and indexed, like those of a join. */
#ifndef CMED_READING_H
#define CMED_READING_H

#include "door.h"
#include "progress.h"

#include "dataset/rows.h"

struct reading {
    struct reading *next; /* left behind */
    const struct connection *connection;
    const char *name; /* of the table */
    struct rows rows;
    struct progress progress;
    sqlite3_stmt *probe; /* 'SELECT 1': says whether the connection was interrupted */
};

/* Of the cursors of one table. */
struct readings {
    struct reading *left; /* by cursors that were closed; the first one left comes first */
    unsigned fresh;       /* cursors that read nothing yet: without one, none is left */
};

/* A cursor was opened. */
void reading_expect(struct readings *all);
/* It begins to read: *out, with what another one left, or new. */
int reading_begin(struct readings *all, const struct connection *c, const char *name,
                  struct reading **out);
/* It is closed; r is NULL where it read nothing. */
void reading_end(struct readings *all, struct reading *r);

/* Was the connection interrupted? Shows progress too. of: the reading. */
int reading_stopped(void *of);

#endif
