/* The scan: the rows of one table over the files of one path. */
#ifndef CMED_DATASET_SCAN_H
#define CMED_DATASET_SCAN_H

#include "../base/encoding.h"
#include "dataset.h"
#include "value.h"

enum scan_on_error { SCAN_FAIL, SCAN_SKIP, SCAN_ROW };

struct scan_request {
    const struct dataset_table *table;
    const char *path;
    enum encoding encoding;
    enum encoding_bad bad;
    enum scan_on_error on_error;
    struct format_options options;
    uint64_t wanted;          /* bit per column of the table */
    size_t record_max;        /* bytes of the longest record; 0: the default */
    size_t read_size;         /* bytes a read, for tests; 0: as many as fit */
    int (*stopped)(void *of); /* NULL: never asked */
    void *of;
};

struct scan;

/* *out is set also where it fails, so that scan_close can free it. */
enum error_code scan_open(const struct scan_request *request, struct scan **out, struct error *e);
/* *row false: no more. The error's text is complete: reader, file, record, line, cause. */
enum error_code scan_next(struct scan *s, bool *row, struct error *e);
enum error_code scan_cell(struct scan *s, unsigned column, struct value *out, struct error *e);
void scan_close(struct scan *s);

const char *scan_file(const struct scan *s);      /* of the row: path, or archive/member */
int64_t scan_record(const struct scan *s);        /* 1-based number of the record in it */
const char *scan_complaint(const struct scan *s); /* NULL: the row is fine */

#endif
