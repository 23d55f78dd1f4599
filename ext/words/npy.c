/* npy.c - a magic, a header in Python's own words, the numbers.
 *
 *     93 'NUMPY' 01 00 | u16 n | {'descr': '<f8', 'fortran_order': False, 'shape': (12,), }   \n |
 * 12 x 8 bytes 93 'NUMPY' 02 00 | u32 n | the same
 */
#include "npy.h"

enum { NPY_HEADER_MAX = 4096 };

static uint64_t npy_little(const uint8_t *p, unsigned n) {
    uint64_t x = 0;
    for (unsigned i = 0; i < n; i++)
        x |= (uint64_t)p[i] << 8 * i;
    return x;
}

/* What stands behind 'key': in the header, up to the end; nothing where the key is not there. */
static struct span npy_value(struct span header, const char *key) {
    size_t n = strlen(key);
    for (size_t i = 0; i + n + 4 <= header.n; i++)
        if (header.p[i] == '\'' && memcmp(header.p + i + 1, key, n) == 0 &&
            memcmp(header.p + i + 1 + n, "': ", 3) == 0)
            return span_from(header, i + n + 4);
    return (struct span){header.p, 0};
}

/* (12,) as numpy writes it, (12L,) as Python 2 did. */
static bool npy_shape(struct span s, size_t *count) {
    size_t at = 1, n = 0;
    if (!span_starts(s, "("))
        return false;
    for (*count = 0; at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && n < 12; at++, n++)
        *count = *count * 10 + (s.p[at] - '0');
    struct span rest = span_from(s, at);
    return n > 0 && (span_starts(rest, ",)") || span_starts(rest, "L,)"));
}

static bool npy_type(struct span s, struct npy *out) {
    static const char *const types[] = {"'<f8'", "'<i8'", "'<i4'"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (span_starts(s, types[i])) {
            out->kind = types[i][2];
            out->size = (unsigned)(types[i][3] - '0');
            return true;
        }
    return false;
}

enum error_code npy_read(struct span bytes, struct npy *out, struct error *e) {
    if (!span_starts(bytes, "\x93NUMPY") || bytes.n < 12)
        return error_set(e, BAD_FILE, "not a .npy file");
    unsigned version = bytes.p[6], wide = version == 1 ? 2 : 4;
    if (version < 1 || version > 3)
        return error_set(e, BAD_FILE, ".npy version %u is none of 1 to 3", version);
    uint64_t n = npy_little(bytes.p + 8, wide);
    if (n > NPY_HEADER_MAX || n > bytes.n - 8 - wide)
        return error_set(e, BAD_FILE, "a .npy header of %llu bytes", (unsigned long long)n);
    struct span header = span_slice(bytes, 8 + wide, 8 + wide + (size_t)n);
    if (!npy_type(npy_value(header, "descr"), out) ||
        !span_starts(npy_value(header, "fortran_order"), "False") ||
        !npy_shape(npy_value(header, "shape"), &out->count))
        return error_set(e, BAD_FILE, "a .npy array that is no row of '<f8', '<i8' or '<i4'");
    out->data = span_from(bytes, 8 + wide + (size_t)n);
    if (out->data.n / out->size != out->count || out->data.n % out->size)
        return error_set(e, BAD_FILE, "a .npy array of %zu numbers in %zu bytes", out->count,
                         out->data.n);
    return OK;
}

double npy_real(const struct npy *a, size_t i) {
    uint64_t bits = npy_little(a->data.p + 8 * i, 8);
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

int64_t npy_integer(const struct npy *a, size_t i) {
    uint64_t bits = npy_little(a->data.p + a->size * i, a->size);
    return a->size == 4 ? (int32_t)(uint32_t)bits : (int64_t)bits;
}
