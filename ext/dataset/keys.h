/* Indexes of columns of files: what makes a join of two files quick.
 *
 * The first look-up of a statement scans; the second one builds an index of the columns asked for,
 * which the connection keeps while the files are what they were. Where records can be gone back to
 * (scan_can_seek) the index holds their places; else it holds the rows themselves, the columns
 * wanted of them. All indexes of a connection together stay below a limit: one that does not fit is
 * not built, and the look-ups scan on. */
#ifndef CMED_DATASET_KEYS_H
#define CMED_DATASET_KEYS_H

#include "scan.h"

struct keys;

/* The indexes of a connection. */
struct keys_shelf {
    struct keys *first; /* the one used last comes first */
    size_t bytes;       /* of all of them */
    size_t limit;
};

/* What the rows of a look-up depend on beside the values looked up and the columns wanted. */
enum error_code keys_name(const struct scan_request *q, struct buf *name, struct error *e);

/* The index that answers the request, which has this name: one that there is, and is still right;
 * with 'build', a new one. *out NULL: there is none. It lives until the next call of keys_get or
 * keys_free, or while a walk is over it. */
enum error_code keys_get(struct keys_shelf *shelf, const struct scan_request *q, struct span name,
                         bool build, struct keys **out, struct error *e);
void keys_free(struct keys_shelf *shelf);

/* The rows that match a request. */
struct keys_walk {
    struct keys *keys;
    const struct scan_request *q;
    struct scan *scan;                /* for places; kept from one look-up to the next */
    size_t choice[MATCH_COLUMNS_MAX]; /* which value of each column is looked up */
    uint32_t entry;                   /* the current row's; KEYS_NONE */
    bool started;
};

enum { KEYS_NONE = UINT32_MAX };

void keys_walk_begin(struct keys_walk *w, struct keys *keys, const struct scan_request *q);
enum error_code keys_walk_next(struct keys_walk *w, bool *row, struct error *e);
enum error_code keys_walk_cell(struct keys_walk *w, unsigned column, struct value *out,
                               struct error *e);
const char *keys_walk_file(const struct keys_walk *w);
int64_t keys_walk_record(const struct keys_walk *w);
int64_t keys_walk_row_id(const struct keys_walk *w);
void keys_walk_end(struct keys_walk *w);

#endif
