/* One-dimensional arrays of numpy's .npy files (numpy.lib.format, versions 1 to 3). */
#ifndef CMED_WORDS_NPY_H
#define CMED_WORDS_NPY_H

#include "../base/error.h"
#include "../base/span.h"

struct npy {
    struct span data; /* count little-endian elements */
    size_t count;
    char kind;     /* 'f' or 'i' */
    unsigned size; /* bytes of one: 4 or 8 */
};

/* BAD_FILE: cut, another type or shape, more or fewer bytes than the header says. */
enum error_code npy_read(struct span bytes, struct npy *out, struct error *e);
double npy_real(const struct npy *a, size_t i);     /* kind 'f', size 8 */
int64_t npy_integer(const struct npy *a, size_t i); /* kind 'i' */

#endif
