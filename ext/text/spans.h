/* Spans of a text as SQL hands them about: JSON [[start, end, "type"], ...], code points, end
 * exclusive. */
#ifndef CMED_TEXT_SPANS_H
#define CMED_TEXT_SPANS_H

#include "../base/buf.h"

enum { SPANS_MAX = 10000000, SPANS_POSITION_MAX = 2147483647 };

struct text_span {
    uint32_t start, end; /* start <= end */
    struct span type;    /* UTF-8, without escapes; into the spans' own memory */
};

/* All zero is empty. */
struct spans {
    struct text_span *item;
    size_t n, cap;
    struct buf types;
};

/* Replaces what s holds. Strict: an array of arrays of exactly two whole numbers from 0 to
 * SPANS_POSITION_MAX and one string, in JSON's grammar (RFC 8259), the start not past the end.
 * Anything else is BAD_DATA and says which span. */
enum error_code spans_parse(struct spans *s, struct span json, struct error *e);

/* By start, then the longer one first, then by type (bytes). */
int spans_compare(const struct text_span *a, const struct text_span *b);

int spans_compare_types(struct span a, struct span b);

/* By type, then end, then start. */
int spans_compare_type_first(const struct text_span *a, const struct text_span *b);

/* Sorts by any such order; no memory, n log n whatever the spans. */
void spans_order(struct spans *s,
                 int (*compare)(const struct text_span *a, const struct text_span *b));

/* Makes neighbours that are the same span one. */
void spans_unique(struct spans *s);

/* Appends the JSON form. */
enum error_code spans_write(const struct spans *s, struct buf *out, struct error *e);
void spans_free(struct spans *s);

#endif
