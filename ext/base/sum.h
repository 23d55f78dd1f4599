/* A number that tells bytes from others by accident, not by design: FNV-1a, 64 bits. */
#ifndef CMED_BASE_SUM_H
#define CMED_BASE_SUM_H

#include "span.h"

static inline uint64_t sum_bytes(struct span bytes) {
    uint64_t sum = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < bytes.n; i++)
        sum = (sum ^ bytes.p[i]) * UINT64_C(0x100000001B3);
    return sum;
}

#endif
