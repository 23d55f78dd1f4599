/* Borrowed bytes: a pointer and a length, never NUL-ended, never freed through. */
#ifndef CMED_BASE_SPAN_H
#define CMED_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
    const uint8_t *p;
    size_t n;
};

static inline struct span span_of(const void *p, size_t n) {
    return (struct span){p, n};
}

static inline struct span span_text(const char *z) {
    return (struct span){(const uint8_t *)z, strlen(z)};
}

static inline bool span_same(struct span a, struct span b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool span_is(struct span s, const char *z) {
    return span_same(s, span_text(z));
}

static inline bool span_starts(struct span s, const char *z) {
    size_t n = strlen(z);
    return s.n >= n && memcmp(s.p, z, n) == 0;
}

static inline bool span_ends(struct span s, const char *z) {
    size_t n = strlen(z);
    return s.n >= n && memcmp(s.p + s.n - n, z, n) == 0;
}

/* The bytes from a to b, cut to what there is. */
static inline struct span span_slice(struct span s, size_t a, size_t b) {
    b = b < s.n ? b : s.n;
    a = a < b ? a : b;
    return (struct span){s.p + a, b - a};
}

static inline struct span span_from(struct span s, size_t a) {
    return span_slice(s, a, s.n);
}

/* Offset of the first byte c at or after from; s.n where there is none. */
static inline size_t span_find(struct span s, size_t from, uint8_t c) {
    const uint8_t *hit = from < s.n ? memchr(s.p + from, c, s.n - from) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

#endif
