/* What a record looks like: pure functions over bytes. A format never sees a file, half a record or
 * SQL.
 *
 *     window ---frame--> records ---split--> one record ---item--> its rows ---cell--> one span
 *
 * begin   looks at the first bytes of a file: a header, the shape (lines or an array).
 * frame   where do records end? As many of the window's as it can mark at once.
 * split   opens one record and checks its form. It makes nothing: no cell, no decoding, no copy.
 * item    the next row of the record, where a record has several (entities of a document).
 * cell    where one field of the row lies, and what must be taken off it.
 *
 * The state is state_size bytes, zeroed by the caller before begin, freed by end. Spans handed in
 * live until the next call of frame; what cell hands out lives until the next call of split, item
 * or cell. */
#ifndef CMED_FORMAT_FORMAT_H
#define CMED_FORMAT_FORMAT_H

#include "../base/buf.h"

enum { FORMAT_COLUMNS_MAX = 62 }; /* of a table: a bit each in a 64-bit set */

/* What the options argument may say; NULL / -1 / 0: not said. Texts are NUL-ended UTF-8. */
struct format_options {
    const char *sep;   /* one character */
    const char *quote; /* one character, or "" for none */
    int header;        /* 1, 0, or -1 */
    const char *sheet;
    const char *columns; /* JSON array of names */
    const char *each;    /* "members", "elements" */
};

/* What a scan wants of a file. */
struct format_plan {
    unsigned columns;
    const char *const *where; /* per column: where in the record, in the format's own words (below);
                                 NULL: not the format's */
    uint64_t wanted;          /* bit per column: cell may be asked for it */
    uint64_t required; /* bit per column: a file that lacks it is another dataset's: BAD_FILE from
                          begin or split */
    uint64_t needed;   /* bit per column: a row without it is left out (format_json) */
    const char *each;  /* what makes a row; NULL: the record */
    const char *shape; /* the layout's own settings, see the format's header; NULL: the default */
    const struct format_options *options;
};

/* What frame is shown, and what it found. */
struct format_record {
    uint32_t at, n; /* bytes, in the frame's bytes; without the record's terminator */
};

struct format_frame {
    struct span bytes; /* from a record's beginning; 64 readable zero bytes behind it */
    bool last;         /* nothing follows */
    struct format_record *record;
    uint32_t cap;   /* room at record, at least 1 */
    uint32_t count; /* records found; 0 with used < bytes.n and !last: show me more */
    size_t used;    /* bytes that need not be shown again; record i ends at or before it */
    bool unchecked; /* split must be called for every record, also where no cell is wanted: it
                       checks the form */
};

enum cell_kind {
    CELL_NULL,
    CELL_RAW, /* the window's bytes as they are, in the file's encoding; or joined from them in the
                 state */
    CELL_QUOTED,  /* the same with doubled quotes in it ('quote' says which byte) */
    CELL_STRING,  /* the inside of a JSON string with escapes in it */
    CELL_READY,   /* UTF-8, not in the window */
    CELL_INTEGER, /* i */
    CELL_VECTOR   /* floats, little endian, for a BLOB column */
};

struct cell {
    enum cell_kind kind;
    struct span s;
    int64_t i;
    uint8_t quote;
};

enum format_alone {
    FORMAT_NOT_ALONE,   /* records are known by what lies before them */
    FORMAT_SPLIT_ALONE, /* split takes a record alone, wherever it came from */
    FORMAT_FRAME_ALONE  /* so does frame, and split wants it before */
};

struct format {
    const char *name;
    enum format_alone alone;
    size_t state_size;
    bool gb18030_safe; /* no delimiter of it is ever the second byte of a GB18030 character, and
                          cells are CELL_RAW or CELL_QUOTED: the window need not decode */
    bool binary;       /* bytes, not text: only its cells are in an encoding */
    bool document;     /* a file is one record (brat) */
    bool lines;        /* an empty file is no error but no rows */

    /* Do these first bytes (without BOM, not decoded, at most 64 KiB) look like the format at all?
     */
    bool (*smells)(struct span head);
    /* head: the first window, never empty unless last; 64 readable zero bytes behind it. *used:
     * bytes of header. */
    enum error_code (*begin)(void *state, const struct format_plan *plan, struct span head,
                             bool last, size_t *used, struct error *e);
    enum error_code (*frame)(void *state, struct format_frame *f, struct error *e);
    enum error_code (*split)(void *state, struct span record, struct error *e);
    /* *more false: no further row. NULL: a record is a row. */
    enum error_code (*item)(void *state, bool *more, struct error *e);
    enum error_code (*cell)(void *state, unsigned column, struct cell *out, struct error *e);
    void (*end)(void *state); /* NULL: nothing to free */
};

/* The list: one line a format. */
extern const struct format format_csv;
extern const struct format format_csv_fields;
extern const struct format format_json;
extern const struct format format_lines;
extern const struct format format_document;
extern const struct format format_brat;
extern const struct format format_marked;
extern const struct format format_conll;
extern const struct format format_words;
extern const struct format format_dialogue;
extern const struct format format_blocks;
extern const struct format format_pubtator;
extern const struct format format_tex;
extern const struct format format_tuple;
extern const struct format format_vectors_text;
extern const struct format format_vectors_binary;

#endif
