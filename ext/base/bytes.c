/* bytes.c - looking for single bytes, many at a time.
 *
 *     s       {"name": "...", "text": "..."}      32 bytes a step with AVX2, 8 without
 *     mask    .1....1..1...1..1....1..1...1.
 *                  ^ the lowest bit that is set is the first hit; all of them are the count
 *
 * What is left at the end is read once more together with bytes before it (AVX2) or byte by byte;
 * nothing is read beyond the span. */
#include "bytes.h"
#include "bytes_paths.h"
#include "cpu.h"
#include "word.h"

enum { BYTES_STEPS_MAX = 255 }; /* that a sum in one byte can take */

static size_t bytes_smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t bytes_count_portable(struct span s, uint8_t c) {
    size_t at = 0, count = 0;
    while (s.n - at >= 8) {
        uint64_t sums = 0;
        size_t steps = bytes_smaller((s.n - at) / 8, BYTES_STEPS_MAX);
        for (size_t i = 0; i < steps; i++, at += 8)
            sums += word_equal(word_load(s.p + at), c) >> 7;
        count += word_sum(sums);
    }
    for (; at < s.n; at++)
        count += s.p[at] == c;
    return count;
}

size_t bytes_first_portable(struct span s, size_t from, uint8_t a, uint8_t b, uint8_t below) {
    size_t at = bytes_smaller(from, s.n);
    for (; s.n - at >= 8; at += 8) {
        uint64_t w = word_load(s.p + at);
        uint64_t hits = word_equal(w, a) | word_equal(w, b) | word_below(w, below);
        if (hits)
            return at + word_first(hits);
    }
    while (at < s.n && s.p[at] != a && s.p[at] != b && s.p[at] >= below)
        at++;
    return at;
}

#ifdef __x86_64__
#include <immintrin.h>

__attribute__((target("avx2"))) static inline __m256i bytes_load(const uint8_t *p) {
    return _mm256_loadu_si256((const __m256i *)p);
}

__attribute__((target("avx2"))) static inline size_t bytes_sum(__m256i sums) {
    __m256i four = _mm256_sad_epu8(sums, _mm256_setzero_si256());
    __m128i two = _mm_add_epi64(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));
    return (size_t)_mm_cvtsi128_si64(two) + (size_t)_mm_extract_epi64(two, 1);
}

__attribute__((target("avx2"))) size_t bytes_count_avx2(struct span s, uint8_t c) {
    if (s.n < 64)
        return bytes_count_portable(s, c);
    const __m256i wanted = _mm256_set1_epi8((char)c);
    size_t at = 0, count = 0;
    while (s.n - at >= 64) {
        __m256i even = _mm256_setzero_si256(), odd = even;
        size_t steps = bytes_smaller((s.n - at) / 64, BYTES_STEPS_MAX);
        for (size_t i = 0; i < steps; i++, at += 64) {
            even = _mm256_sub_epi8(even, _mm256_cmpeq_epi8(bytes_load(s.p + at), wanted));
            odd = _mm256_sub_epi8(odd, _mm256_cmpeq_epi8(bytes_load(s.p + at + 32), wanted));
        }
        count += bytes_sum(even) + bytes_sum(odd);
    }
    return count + bytes_count_portable(span_from(s, at), c);
}

/* A bit for each of the 32 bytes at p that is a, b or less than below. */
__attribute__((target("avx2"))) static inline uint32_t bytes_hits(const uint8_t *p, __m256i a,
                                                                  __m256i b, __m256i below) {
    __m256i v = bytes_load(p);
    __m256i either = _mm256_or_si256(_mm256_cmpeq_epi8(v, a), _mm256_cmpeq_epi8(v, b));
    __m256i enough = _mm256_cmpeq_epi8(_mm256_max_epu8(v, below), v);
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_andnot_si256(either, enough));
}

__attribute__((target("avx2"))) size_t bytes_first_avx2(struct span s, size_t from, uint8_t a,
                                                        uint8_t b, uint8_t below) {
    if (s.n < 32 || from >= s.n)
        return bytes_first_portable(s, from, a, b, below);
    const __m256i va = _mm256_set1_epi8((char)a), vb = _mm256_set1_epi8((char)b);
    const __m256i limit = _mm256_set1_epi8((char)below);
    size_t at = from;
    for (; s.n - at >= 32; at += 32) {
        uint32_t hits = bytes_hits(s.p + at, va, vb, limit);
        if (hits)
            return at + (size_t)__builtin_ctz(hits);
    }
    if (at == s.n)
        return s.n;
    uint32_t hits = bytes_hits(s.p + s.n - 32, va, vb, limit) >> (32 - (s.n - at));
    return hits ? at + (size_t)__builtin_ctz(hits) : s.n;
}
#else
size_t bytes_count_avx2(struct span s, uint8_t c) {
    return bytes_count_portable(s, c);
}

size_t bytes_first_avx2(struct span s, size_t from, uint8_t a, uint8_t b, uint8_t below) {
    return bytes_first_portable(s, from, a, b, below);
}
#endif

size_t bytes_count(struct span s, uint8_t c) {
    return cpu_avx2() ? bytes_count_avx2(s, c) : bytes_count_portable(s, c);
}

static size_t bytes_first(struct span s, size_t from, uint8_t a, uint8_t b, uint8_t below) {
    return cpu_avx2() ? bytes_first_avx2(s, from, a, b, below)
                      : bytes_first_portable(s, from, a, b, below);
}

size_t bytes_find2(struct span s, size_t from, uint8_t a, uint8_t b) {
    return bytes_first(s, from, a, b, 0);
}

size_t bytes_string_end(struct span s, size_t from) {
    return bytes_first(s, from, '"', '\\', 0x20);
}
