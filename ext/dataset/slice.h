/* Mentions cut out of the text of a record, by code points: many of one text, in any order. */
#ifndef CMED_DATASET_SLICE_H
#define CMED_DATASET_SLICE_H

#include "../base/buf.h"

struct slice {
    struct buf text;
    struct buf marks; /* uint32_t: where every SLICE_STEP-th code point of the text lies */
};

/* Begins with another text, UTF-8, of which it keeps a copy. */
enum error_code slice_begin(struct slice *s, struct span text, struct error *e);
/* The code points [start, end), cut to what there is; '' where start >= end or start < 0. It lives
 * until the next text. */
enum error_code slice_cut(struct slice *s, int64_t start, int64_t end, struct span *out,
                          struct error *e);
void slice_free(struct slice *s);

#endif
