/* vector_path.c - sums over two rows of float32, sixteen at a time, with AVX2 and without.
 *
 *     a      a0  a1  ...  a15 | a16 a17 ...  a31 | a32 a33
 *     b      b0  b1  ...  b15 | b16 b17 ...  b31 | b32 b33
 *     lane 0: a0*b0 + a16*b16 + a32*b32      ...     lane 15: a15*b15 + a31*b31
 *
 * Product and sum are rounded one after the other, never fused, so that both ways give the same
 * bits; memory, not arithmetic, is what a pass over a matrix waits for.
 */
#include "vector_paths.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "vectors are read as they lie");

static float vector_at(const uint8_t *p, size_t i) {
    float x;
    memcpy(&x, p + VECTOR_ITEM * i, sizeof x);
    return x;
}

/* The numbers from 'from' on go on with the lanes that hold those before; from is a multiple of
 * VECTOR_LANES. */
static void vector_dot_rest(const uint8_t *a, const uint8_t *b, size_t from, size_t n,
                            float lane[VECTOR_LANES]) {
    for (size_t i = from; i < n; i++)
        lane[i % VECTOR_LANES] += vector_at(a, i) * vector_at(b, i);
}

static void vector_l2_rest(const uint8_t *a, const uint8_t *b, size_t from, size_t n,
                           float lane[VECTOR_LANES]) {
    for (size_t i = from; i < n; i++) {
        float d = vector_at(a, i) - vector_at(b, i);
        lane[i % VECTOR_LANES] += d * d;
    }
}

static void vector_cosine_rest(const uint8_t *a, const uint8_t *b, size_t from, size_t n,
                               struct vector_sums *s) {
    vector_dot_rest(a, b, from, n, s->ab);
    vector_dot_rest(a, a, from, n, s->aa);
    vector_dot_rest(b, b, from, n, s->bb);
}

static void vector_dot_portable(const uint8_t *a, const uint8_t *b, size_t n,
                                float lane[VECTOR_LANES]) {
    memset(lane, 0, VECTOR_LANES * sizeof *lane);
    vector_dot_rest(a, b, 0, n, lane);
}

static void vector_l2_portable(const uint8_t *a, const uint8_t *b, size_t n,
                               float lane[VECTOR_LANES]) {
    memset(lane, 0, VECTOR_LANES * sizeof *lane);
    vector_l2_rest(a, b, 0, n, lane);
}

static void vector_cosine_portable(const uint8_t *a, const uint8_t *b, size_t n,
                                   struct vector_sums *sums) {
    memset(sums, 0, sizeof *sums);
    vector_cosine_rest(a, b, 0, n, sums);
}

const struct vector_path vector_portable = {vector_dot_portable, vector_l2_portable,
                                            vector_cosine_portable};

#ifdef __x86_64__
#include <immintrin.h>

enum { VECTOR_HALF = VECTOR_LANES / 2 };

static __attribute__((target("avx2"))) __m256 vector_load(const uint8_t *p, size_t i) {
    return _mm256_loadu_ps((const float *)(const void *)(p + VECTOR_ITEM * i));
}

static __attribute__((target("avx2"))) __m256 vector_add_product(__m256 sum, __m256 x, __m256 y) {
    return _mm256_add_ps(sum, _mm256_mul_ps(x, y));
}

static __attribute__((target("avx2"))) void vector_dot_avx2(const uint8_t *a, const uint8_t *b,
                                                            size_t n, float lane[VECTOR_LANES]) {
    __m256 low = _mm256_setzero_ps(), high = low;
    size_t i = 0;
    for (; i + VECTOR_LANES <= n; i += VECTOR_LANES) {
        low = vector_add_product(low, vector_load(a, i), vector_load(b, i));
        high = vector_add_product(high, vector_load(a, i + VECTOR_HALF),
                                  vector_load(b, i + VECTOR_HALF));
    }
    _mm256_storeu_ps(lane, low);
    _mm256_storeu_ps(lane + VECTOR_HALF, high);
    vector_dot_rest(a, b, i, n, lane);
}

static __attribute__((target("avx2"))) void vector_l2_avx2(const uint8_t *a, const uint8_t *b,
                                                           size_t n, float lane[VECTOR_LANES]) {
    __m256 low = _mm256_setzero_ps(), high = low;
    size_t i = 0;
    for (; i + VECTOR_LANES <= n; i += VECTOR_LANES) {
        __m256 x = _mm256_sub_ps(vector_load(a, i), vector_load(b, i));
        __m256 y = _mm256_sub_ps(vector_load(a, i + VECTOR_HALF), vector_load(b, i + VECTOR_HALF));
        low = vector_add_product(low, x, x);
        high = vector_add_product(high, y, y);
    }
    _mm256_storeu_ps(lane, low);
    _mm256_storeu_ps(lane + VECTOR_HALF, high);
    vector_l2_rest(a, b, i, n, lane);
}

/* Both halves of the lanes in one turn, each number loaded once. */
static __attribute__((target("avx2"))) void vector_cosine_avx2(const uint8_t *a, const uint8_t *b,
                                                               size_t n, struct vector_sums *sums) {
    __m256 ab[2], aa[2], bb[2];
    size_t i = 0;
    for (size_t half = 0; half < 2; half++)
        ab[half] = aa[half] = bb[half] = _mm256_setzero_ps();
    for (; i + VECTOR_LANES <= n; i += VECTOR_LANES)
        for (size_t half = 0; half < 2; half++) {
            __m256 x = vector_load(a, i + half * VECTOR_HALF);
            __m256 y = vector_load(b, i + half * VECTOR_HALF);
            ab[half] = vector_add_product(ab[half], x, y);
            aa[half] = vector_add_product(aa[half], x, x);
            bb[half] = vector_add_product(bb[half], y, y);
        }
    for (size_t half = 0; half < 2; half++) {
        _mm256_storeu_ps(sums->ab + half * VECTOR_HALF, ab[half]);
        _mm256_storeu_ps(sums->aa + half * VECTOR_HALF, aa[half]);
        _mm256_storeu_ps(sums->bb + half * VECTOR_HALF, bb[half]);
    }
    vector_cosine_rest(a, b, i, n, sums);
}

const struct vector_path vector_avx2 = {vector_dot_avx2, vector_l2_avx2, vector_cosine_avx2};
#else
const struct vector_path vector_avx2 = {vector_dot_portable, vector_l2_portable,
                                        vector_cosine_portable};
#endif
