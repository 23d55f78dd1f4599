/* The rows of one look-up after another: what a cursor of a virtual table holds. It scans, or, from
 * the second look-up of the same columns on, walks an index. */
#ifndef CMED_DATASET_ROWS_H
#define CMED_DATASET_ROWS_H

#include "keys.h"

struct rows {
    struct scan *scan; /* NULL where the index is walked */
    struct keys_walk walk;
    struct scan_request q;
    struct buf before, name; /* what the last look-up was of; what this one is of */
    uint64_t looked;         /* look-ups of it */
    bool indexed;
    bool scans; /* an index did not fit: none is tried again */
};

/* Begins a look-up. What q points to must live until the next rows_open or rows_close. */
enum error_code rows_open(struct rows *r, struct keys_shelf *shelf, const struct scan_request *q,
                          struct error *e);
enum error_code rows_next(struct rows *r, bool *row, struct error *e);
enum error_code rows_cell(struct rows *r, unsigned column, struct value *out, struct error *e);
const char *rows_file(const struct rows *r);
int64_t rows_record(const struct rows *r);
int64_t rows_row_id(const struct rows *r);
const char *rows_complaint(const struct rows *r);
/* Lets go of what a look-up holds; what is known of those before stays. */
void rows_rest(struct rows *r);
void rows_close(struct rows *r);

#endif
