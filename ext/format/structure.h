/* Where the records of delimited text end and where their separators lie, 64 bytes at a time. */
#ifndef CMED_FORMAT_STRUCTURE_H
#define CMED_FORMAT_STRUCTURE_H

#include "format.h"

struct structure {
    uint8_t sep, quote;
    uint8_t end;     /* '\n': a record ends at LF, any CR before it included.
                        '\r': at CR, any LF behind it included */
    bool quoted;     /* quotes are quotes */
    bool portable;   /* without vector instructions, for tests: the answers are the same */
    unsigned fields; /* that a record should have; an empty line is a record only where it is 1 */

    struct span bytes; /* of the last frame, and what was found there: */
    bool last;
    uint64_t *mark; /* a bit per byte: a separator or the end of a record, outside quotes */
    size_t words;   /* room at mark */
};

enum structure_form {
    STRUCTURE_GOOD,
    STRUCTURE_TEXT,   /* text behind a closing quote */
    STRUCTURE_UNENDED /* a quoted field does not end */
};

struct structure_record {
    size_t end;  /* behind its last byte, without what ends it */
    size_t next; /* where the next record begins */
    unsigned fields;
    enum structure_form form;
    bool whole; /* false: more bytes are needed to tell */
};

/* Shows the bytes that the rest works on. NO_MEMORY only. They are shorter than 4 GiB. */
enum error_code structure_show(struct structure *s, struct span bytes, bool last, struct error *e);

/* Marks the records of f->bytes (see struct format_frame). f->unchecked: one of them has bad quotes
 * or a wrong number of fields. */
enum error_code structure_frame(struct structure *s, struct format_frame *f, struct error *e);

/* Reads the record at begin byte by byte, as the grammar in structure.c says; 'marks': marks it,
 * and forgets what was marked behind it. */
struct structure_record structure_scan(struct structure *s, size_t begin, bool marks);

/* Field k, from 0, of those from 'from', where one begins, to limit, where the record ends. There
 * are more than k. */
struct span structure_field(const struct structure *s, size_t from, unsigned k, size_t limit);

void structure_free(struct structure *s);

#endif
