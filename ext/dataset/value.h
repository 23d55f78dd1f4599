/* From a cell to a value: quotes and escapes taken off, decoded, of its column's type. */
#ifndef CMED_DATASET_VALUE_H
#define CMED_DATASET_VALUE_H

#include "../base/encoding.h"
#include "dataset.h"

enum value_kind {
    VALUE_NULL,
    VALUE_INTEGER,
    VALUE_TEXT,
    VALUE_BLOB,
    VALUE_NUMBER /* what a text is compared with as a number; i: see match_number */
};

struct value {
    enum value_kind kind;
    int64_t i;
    struct span s; /* valid UTF-8 for VALUE_TEXT; lives until the value's room is used again */
    bool writable; /* the byte behind s may be overwritten for a moment, and put back */
};

/* How the bytes of a file are to be understood. */
struct value_bytes {
    enum encoding encoding; /* of a CELL_RAW, CELL_QUOTED or CELL_STRING */
    enum encoding original; /* of the file, for messages */
    enum encoding_bad bad;  /* ENCODING_FAIL or ENCODING_REPLACE */
};

/* Where what cannot be borrowed is made. */
struct value_room {
    struct buf plain, utf8;
};

/* column: its name is in the message where the bytes do not fit. An empty text in an INTEGER column
 * is NULL. */
enum error_code value_make(const struct cell *cell, const struct dataset_column *column,
                           const struct value_bytes *bytes, struct value_room *room,
                           struct value *out, struct error *e);

/* The text of a cell alone. */
enum error_code value_text(const struct cell *cell, const char *column,
                           const struct value_bytes *bytes, struct value_room *room,
                           struct value *out, struct error *e);

void value_room_free(struct value_room *room);

#endif
