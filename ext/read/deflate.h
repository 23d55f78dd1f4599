/* A deflate stream that feeds itself from a source: zlib, seen from gzip.c and zip.c. */
#ifndef CMED_READ_DEFLATE_H
#define CMED_READ_DEFLATE_H

#include "source.h"

#include <zlib.h>

enum { DEFLATE_INPUT = 64 << 10 };

/* What zlib takes for the wrapping of a stream. */
enum deflate_wrap { DEFLATE_RAW = -15, DEFLATE_GZIP = 15 + 16 };

struct deflate {
    z_stream z;
    struct source *under; /* borrowed */
    bool ended;           /* under is */
    bool damaged;         /* the data, at the next byte */
    uint8_t in[DEFLATE_INPUT];
};

enum error_code deflate_begin(struct deflate *d, struct source *under, enum deflate_wrap wrap,
                              struct error *e);

/* The next n bytes, fewer only before *done (the stream's end, its check sums compared) or before
 * an error, which the next call meets. BAD_FILE: damaged, or cut. */
enum error_code deflate_read(struct deflate *d, void *to, size_t n, size_t *got, bool *done,
                             struct error *e);

/* Bytes behind the stream that are there to be looked at: in d->z.next_in; 0: under is at its end.
 */
enum error_code deflate_rest(struct deflate *d, size_t *n, struct error *e);

void deflate_end(struct deflate *d);

/* A raw stream as a source; owns 'under' from the call on, also where the call fails. */
enum error_code deflate_source(struct source *under, struct source **out, struct error *e);

#endif
