/* A function of SQL as data: function.c registers every list, cmed_help() shows it. */
#ifndef CMED_FUNCTION_H
#define CMED_FUNCTION_H

#include "door.h"

#include "base/buf.h"
#include "base/poll.h"

enum {
    FUNCTION_PURE =
        SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC, /* the same arguments, the same answer */
    FUNCTION_MODEL = SQLITE_INNOCUOUS            /* depends on a model or a setting */
};

struct function {
    const char *name;
    int args; /* -1: any number */
    int flags;
    void (*call)(sqlite3_context *, int, sqlite3_value **); /* a scalar, or */
    void (*step)(sqlite3_context *, int, sqlite3_value **); /* an aggregate: both */
    void (*final)(sqlite3_context *);
    const char *signature; /* NULL: described by the entry before it */
    const char *doc;       /* what it gives; units, errors, source */
};

/* One list a door file, {0} behind the last. */
extern const struct function text_functions[];
extern const struct function words_functions[];
extern const struct function tokenizer_functions[];
extern const struct function match_functions[];
extern const struct function vector_functions[];
extern const struct function measure_functions[];
extern const struct function learn_functions[];
extern const struct function open_functions[]; /* these open files */

struct connection *function_connection(sqlite3_context *context);

/* Bytes of a TEXT or BLOB argument; p NULL where it is NULL. They live as long as the argument. */
struct span function_span(sqlite3_value *value);
/* The same of argument i where there is one; '' where there is not. */
struct span function_argument(int argc, sqlite3_value **argv, int i);

/* Hands a buf over as TEXT or BLOB and frees it; or the error. */
void function_text(sqlite3_context *context, enum error_code code, struct buf *out,
                   const struct error *e);
void function_blob(sqlite3_context *context, enum error_code code, struct buf *out,
                   const struct error *e);
/* A REAL; NaN is NULL. */
void function_real(sqlite3_context *context, enum error_code code, double x, const struct error *e);

/* Long work of a function stops when the connection is interrupted. Finalize with
 * function_poll_end. */
struct function_poll {
    struct poll poll;
    sqlite3_stmt *probe;
};

/* long_work false: nothing is asked, probe is NULL. */
void function_poll_begin(struct function_poll *p, sqlite3_context *context, bool long_work);
void function_poll_end(struct function_poll *p);

#endif
