/* The ordinary table behind a virtual one, which keeps its rows: 'name_rows' beside 'name', made,
 * renamed and dropped with it, in the user's transactions. What is built from the rows is built
 * again when they have changed. */
#ifndef CMED_SHADOW_H
#define CMED_SHADOW_H

#include "door.h"

#include "base/poll.h"

enum { SHADOW_COLUMNS_MAX = 2 };

/* What differs between the virtual tables. */
struct shadow_kind {
    const char *declaration;                /* of the columns, behind id INTEGER PRIMARY KEY */
    const char *column[SHADOW_COLUMNS_MAX]; /* the first ones of the virtual table; NULL behind */
    int columns;
};

/* The base of a virtual table: its first member. */
struct shadow {
    sqlite3_vtab base;
    const struct shadow_kind *kind;
    struct connection *connection;
    char *schema, *name;
    sqlite3_stmt *insert, *update, *remove, *version;
    sqlite3_int64 seen; /* PRAGMA data_version when last looked at */
    bool changed;       /* since shadow_fresh */
    bool fresh;         /* what is built is of the rows as they are */
};

/* Fills s from xCreate's or xConnect's arguments; 'make' for xCreate. */
int shadow_open(struct shadow *s, const struct shadow_kind *kind, struct connection *c,
                const char *const *argv, bool make);
void shadow_close(struct shadow *s); /* frees all but s */

int shadow_drop(struct shadow *s);
int shadow_rename(sqlite3_vtab *base, const char *name);
/* xShadowName */
int shadow_name(const char *suffix);

/* xBestIndex of a table with two hidden arguments, query and k: xFilter gets them in the order of
 * the bits of idxNum, or a rowid of the list. */
enum { SHADOW_BY_QUERY = 1, SHADOW_BY_K = 2, SHADOW_BY_ROWID = 4 };
int shadow_best_index(sqlite3_index_info *info, int query, int k, int rows);

/* How many rows are asked for; NULL is usual. BAD_USE: no whole number from 0 to most. */
enum error_code shadow_k(sqlite3_value *value, size_t usual, size_t most, size_t *k,
                         struct error *e);

/* xUpdate, once the values have been looked at. */
int shadow_update(struct shadow *s, int argc, sqlite3_value **argv, sqlite3_int64 *rowid);
/* xBegin, xSavepoint and xRelease, xRollback, xRollbackTo */
int shadow_begin(sqlite3_vtab *base);
int shadow_savepoint(sqlite3_vtab *base, int savepoint);
int shadow_rollback(sqlite3_vtab *base);
int shadow_rollback_to(sqlite3_vtab *base, int savepoint);

/* Asks whether the rows may have changed since s->fresh was set; clears it then. */
int shadow_look(struct shadow *s);

/* A statement over all rows, id first: 'tail' as in "WHERE id = ?". */
int shadow_select(struct shadow *s, const char *tail, sqlite3_stmt **out);

/* Long work stops when the connection is interrupted. End it also where begin failed. */
struct shadow_poll {
    struct poll poll;
    sqlite3_stmt *probe;
};

int shadow_poll_begin(struct shadow_poll *p, const struct shadow *s);
void shadow_poll_end(struct shadow_poll *p);

#endif
