/* The two ways of vector's sums, for its tests: the same bits. Where there is no AVX2 at all,
 * the second is the first; where there is some, ask cpu_avx2() before. */
#ifndef CMED_MATCH_VECTOR_PATHS_H
#define CMED_MATCH_VECTOR_PATHS_H

#include "vector.h"

/* Lanes of sums over the numbers of a and b. */
struct vector_sums {
    float ab[VECTOR_LANES], aa[VECTOR_LANES], bb[VECTOR_LANES];
};

struct vector_path {
    void (*dot)(const uint8_t *a, const uint8_t *b, size_t n, float lane[VECTOR_LANES]);
    void (*l2)(const uint8_t *a, const uint8_t *b, size_t n, float lane[VECTOR_LANES]);
    void (*cosine)(const uint8_t *a, const uint8_t *b, size_t n, struct vector_sums *sums);
};

extern const struct vector_path vector_portable, vector_avx2;

#endif
