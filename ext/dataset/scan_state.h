/* What a scan remembers: for scan.c and scan_column.c alone. */
#ifndef CMED_DATASET_SCAN_STATE_H
#define CMED_DATASET_SCAN_STATE_H

#include "../read/files.h"
#include "reader.h"
#include "scan.h"
#include "slice.h"
#include "value.h"

struct scan {
    struct scan_request want;
    struct files *files;
    size_t file;       /* the next one to open */
    uint64_t from, to; /* bytes of the part */
    uint64_t passed;   /* files that need not be opened */
    uint64_t taken;    /* files that were read */
    uint64_t row;      /* of the file, from 1: also those that do not match */
    enum files_packing packing;
    bool open;       /* reader has a file */
    bool simple;     /* every record of the file is a row, and nothing else need be asked of it */
    bool in_record;  /* rows of the record are being handed out */
    bool complained; /* the row is one that says what is wrong with its record */
    struct plan plan;
    struct reader reader;
    struct store *store; /* of the file, for scan_seek */
    struct value_room room;
    struct buf computed, doc;
    struct slice text;    /* of the record */
    uint64_t text_record; /* 0: none yet */
    struct error complaint;
};

/* scan_column.c: the value of a column of the current row. */
enum error_code scan_column(struct scan *s, unsigned column, struct value *out, struct error *e);

#endif
