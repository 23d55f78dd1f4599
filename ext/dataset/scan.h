/* The scan: the rows of one table over the files of one path. */
#ifndef CMED_DATASET_SCAN_H
#define CMED_DATASET_SCAN_H

#include "../base/encoding.h"
#include "dataset.h"
#include "match.h"

enum scan_on_error { SCAN_FAIL, SCAN_SKIP, SCAN_ROW };

/* Parts: of many files, each file is of one part, in turn; of one file, a record is of the part
 * that its first byte lies in. A workbook or a document is of part 1. What lies before a part is
 * framed, not split. */
struct scan_request {
    const struct dataset_table *table;
    const char *path;
    enum encoding encoding;
    enum encoding_bad bad;
    enum scan_on_error on_error;
    struct format_options options;
    uint64_t wanted;           /* bit per column of the table, those of match among them */
    const struct match *match; /* rows that are not of them are left out; they outlive the scan */
    unsigned matches;
    uint64_t part, parts;     /* rows of one part of so many, from 1; 0: all of them */
    size_t record_max;        /* bytes of the longest record; 0: the default */
    size_t read_size;         /* bytes a read, for tests; 0: as many as fit */
    bool ahead;               /* a helper thread inflates */
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

/* A record that was found can be gone back to, without what lies before it: in a plain file of a
 * format that can take a record alone. */
struct scan_record_place {
    uint64_t at; /* in the file, bytes */
    uint32_t n;
    uint64_t number;
};

bool scan_can_seek(const struct scan *s); /* of the current row */
void scan_where(const struct scan *s, struct scan_record_place *out);
/* Opens the first file for scan_seek instead of scan_next. */
enum error_code scan_open_seek(struct scan *s, struct error *e);
/* Then: the row at a place of that file. It need not match. */
enum error_code scan_seek(struct scan *s, const struct scan_record_place *place, struct error *e);
/* Does the current row match the request? */
enum error_code scan_matches(struct scan *s, bool *yes, struct error *e);

/* Bytes of the files that were read so far, and of all of them; *of 0 where nobody knows: packed
 * files. */
void scan_progress(const struct scan *s, uint64_t *done, uint64_t *of);

/* What a document is called by its file's path: without .gz and the ending. */
struct span scan_stem(struct span path);

const struct files *scan_files(const struct scan *s);
size_t scan_file_number(const struct scan *s); /* of the current row, in scan_files */

const char *scan_file(const struct scan *s);      /* of the row: path, or archive/member */
int64_t scan_row_id(const struct scan *s);        /* the same in every look-up */
int64_t scan_record(const struct scan *s);        /* 1-based number of the record in it */
const char *scan_complaint(const struct scan *s); /* NULL: the row is fine */

#endif
