/* points.c - a text as an array of code points.
 *
 *     "40℃" = 34 30 E2 84 83  ->  0x34 0x30 0x2103        offsets 0 1 2
 *     34 E2 84 (cut)          ->  0x34 0xFFFD
 */
#include "points.h"
#include "../base/memory.h"
#include "../base/utf8.h"

enum { POINTS_REPLACEMENT = 0xFFFD, POINTS_BLOCK = 4096 };

enum error_code points_reserve(struct points *t, size_t more, struct error *e) {
    if (t->cap - t->n >= more)
        return OK;
    if (more > POINTS_MAX || t->n + more > POINTS_MAX)
        return error_set(e, BAD_DATA, "a text is longer than %d characters", POINTS_MAX);
    size_t cap = t->cap + t->cap / 2;
    if (cap < t->n + more)
        cap = t->n + more;
    if (cap < 32)
        cap = 32;
    uint32_t *p = memory_resize(t->p, cap * sizeof *p);
    if (!p)
        return error_no_memory(e);
    t->p = p;
    t->cap = cap;
    return OK;
}

enum error_code points_add(struct points *t, uint32_t point, struct error *e) {
    enum error_code code = t->n < t->cap ? OK : points_reserve(t, 1, e);
    if (!code)
        t->p[t->n++] = point;
    return code;
}

enum error_code points_decode(struct points *t, struct span text, struct error *e) {
    t->n = 0;
    enum error_code code = points_reserve(t, text.n, e);
    if (code)
        return code;
    while (text.n) {
        size_t good = utf8_valid(text);
        struct span valid = span_slice(text, 0, good);
        for (size_t i = 0; i < good;) {
            uint32_t c = valid.p[i];
            i += c < 0x80 ? 1 : utf8_next(valid, i, &c);
            t->p[t->n++] = c;
        }
        text = span_from(text, good);
        if (!text.n)
            break;
        t->p[t->n++] = POINTS_REPLACEMENT;
        text = span_from(text, utf8_ill_formed(text, NULL));
    }
    return OK;
}

enum error_code points_encode(const struct points *t, size_t a, size_t b, struct buf *out,
                              struct error *e) {
    enum error_code code = OK;
    b = b < t->n ? b : t->n;
    while (!code && a < b) {
        size_t end = b - a > POINTS_BLOCK ? a + POINTS_BLOCK : b;
        code = buf_reserve(out, 4 * (end - a), e);
        for (; !code && a < end; a++)
            out->n += utf8_put(out->p + out->n, t->p[a]);
    }
    return code;
}

void points_free(struct points *t) {
    memory_free(t->p);
    *t = (struct points){0};
}

/* The first character of z, which is valid and not empty; *z moves behind it. */
static inline uint32_t points_next(const uint8_t **z) {
    const uint8_t *p = *z;
    unsigned n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    uint32_t c = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (unsigned i = 1; i < n; i++)
        c = c << 6 | (p[i] & 0x3Fu);
    *z = p + n;
    return c;
}

/* Most calls end at the first character. */
size_t points_match(const struct points *t, size_t at, const char *z) {
    const uint8_t *p = (const uint8_t *)z;
    size_t n = 0;
    for (; *p; n++) {
        uint32_t c = points_next(&p), here = points_at(t, at + n);
        if (here != c && (here > 0xFFFF || points_fold(here) != points_fold(c)))
            return 0;
    }
    return n;
}

uint32_t points_fold(uint32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

bool points_is_newline(uint32_t c) {
    return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool points_is_blank(uint32_t c) {
    return c == ' ' || c == '\t' || points_is_newline(c) || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool points_is_han(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool points_is_latin(uint32_t c) {
    c = points_fold(c);
    return c >= 'a' && c <= 'z';
}

int points_digit(uint32_t c) {
    c = points_fold(c);
    return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
}
