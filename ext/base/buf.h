/* Owned bytes that grow, up to a ceiling. All zero is an empty buf. */
#ifndef CMED_BASE_BUF_H
#define CMED_BASE_BUF_H

#include "error.h"
#include "span.h"

enum { BUF_MAX = 1000000000 }; /* bytes: what SQLite takes for one value */

struct buf {
    uint8_t *p;
    size_t n, cap;
};

/* Room for more bytes behind n, and one for a NUL. Fails with NO_MEMORY, or BAD_DATA past
 * BUF_MAX. Pointers into the buf are void afterwards. */
enum error_code buf_reserve(struct buf *b, size_t more, struct error *e);

enum error_code buf_add(struct buf *b, const void *p, size_t n, struct error *e);
enum error_code buf_add_span(struct buf *b, struct span s, struct error *e);
enum error_code buf_add_text(struct buf *b, const char *z, struct error *e);
enum error_code buf_add_byte(struct buf *b, uint8_t c, struct error *e);
enum error_code buf_add_integer(struct buf *b, long long i, struct error *e);
/* s as a JSON string, quotes included. s is UTF-8. */
enum error_code buf_add_json(struct buf *b, struct span s, struct error *e);

static inline struct span buf_span(const struct buf *b) {
    return (struct span){b->p, b->n};
}

void buf_free(struct buf *b);

#endif
