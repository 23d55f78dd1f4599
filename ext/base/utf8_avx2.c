/* utf8_avx2.c - UTF-8 checked 64 bytes at a time: lookup4 of Keiser and Lemire, "Validating UTF-8
 * in less than one instruction per byte" (2021, arXiv:2010.03090).
 *
 *     a byte                E7 97 85 E3 80 82
 *     the one before it        E7 97 85 E3 80
 *
 * The two halves of the byte before and the high half of the byte each ask a table which errors
 * they could be part of; an error that all three name is one. Only a follower behind a follower
 * (85 behind 97) must be there, and nowhere else, where a lead of three bytes stands two before or
 * a lead of four three before. */
#include "utf8_paths.h"

#ifdef __x86_64__
#include <immintrin.h>

enum {
    UTF8_TOO_SHORT = 1 << 0,  /* a lead and no follower */
    UTF8_TOO_LONG = 1 << 1,   /* ASCII and a follower */
    UTF8_OVERLONG_3 = 1 << 2, /* E0 80 */
    UTF8_TOO_LARGE = 1 << 3,  /* F4 90, F5 90 */
    UTF8_SURROGATE = 1 << 4,  /* ED A0 */
    UTF8_OVERLONG_2 = 1 << 5, /* C0 80, C1 80 */
    UTF8_BEYOND_4 = 1 << 6,   /* F0 80: overlong; F5 80: too large */
    UTF8_TWO_FOLLOW = 1 << 7,
    UTF8_ANY = UTF8_TOO_SHORT | UTF8_TOO_LONG | UTF8_TWO_FOLLOW, /* whatever the low half is */
    UTF8_FOLLOW = UTF8_TOO_LONG | UTF8_OVERLONG_2 | UTF8_TWO_FOLLOW
};

/* By the high half of the byte before, its low half, and the high half of this byte. */
static const uint8_t utf8_before_high[16] = {
    [0x0 ... 0x7] = UTF8_TOO_LONG,
    [0x8 ... 0xB] = UTF8_TWO_FOLLOW,
    [0xC] = UTF8_TOO_SHORT | UTF8_OVERLONG_2,
    [0xD] = UTF8_TOO_SHORT,
    [0xE] = UTF8_TOO_SHORT | UTF8_OVERLONG_3 | UTF8_SURROGATE,
    [0xF] = UTF8_TOO_SHORT | UTF8_TOO_LARGE | UTF8_BEYOND_4,
};
static const uint8_t utf8_before_low[16] = {
    [0x0] = UTF8_ANY | UTF8_OVERLONG_2 | UTF8_OVERLONG_3 | UTF8_BEYOND_4,
    [0x1] = UTF8_ANY | UTF8_OVERLONG_2,
    [0x2 ... 0x3] = UTF8_ANY,
    [0x4] = UTF8_ANY | UTF8_TOO_LARGE,
    [0x5 ... 0xC] = UTF8_ANY | UTF8_TOO_LARGE | UTF8_BEYOND_4,
    [0xD] = UTF8_ANY | UTF8_TOO_LARGE | UTF8_BEYOND_4 | UTF8_SURROGATE,
    [0xE ... 0xF] = UTF8_ANY | UTF8_TOO_LARGE | UTF8_BEYOND_4,
};
static const uint8_t utf8_now_high[16] = {
    [0x0 ... 0x7] = UTF8_TOO_SHORT,
    [0x8] = UTF8_FOLLOW | UTF8_OVERLONG_3 | UTF8_BEYOND_4,
    [0x9] = UTF8_FOLLOW | UTF8_OVERLONG_3 | UTF8_TOO_LARGE,
    [0xA ... 0xB] = UTF8_FOLLOW | UTF8_SURROGATE | UTF8_TOO_LARGE,
    [0xC ... 0xF] = UTF8_TOO_SHORT,
};

__attribute__((target("avx2"))) static inline __m256i utf8_load(const uint8_t *p) {
    return _mm256_loadu_si256((const __m256i *)p);
}

__attribute__((target("avx2"))) static inline __m256i utf8_look(const uint8_t table[16],
                                                                __m256i halves) {
    __m256i both = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
    return _mm256_shuffle_epi8(both, halves);
}

__attribute__((target("avx2"))) static inline __m256i utf8_high_half(__m256i v) {
    return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(0x0F));
}

/* Not 0 where a byte of now is wrong behind the ones one, two and three before it. */
__attribute__((target("avx2"))) static inline __m256i utf8_errors(__m256i now, __m256i one,
                                                                  __m256i two, __m256i three) {
    __m256i before =
        _mm256_and_si256(utf8_look(utf8_before_high, utf8_high_half(one)),
                         utf8_look(utf8_before_low, _mm256_and_si256(one, _mm256_set1_epi8(0x0F))));
    __m256i found = _mm256_and_si256(before, utf8_look(utf8_now_high, utf8_high_half(now)));
    /* 0x80 and more behind a lead of three or four bytes that demands a second or third follower */
    __m256i behind = _mm256_or_si256(_mm256_subs_epu8(two, _mm256_set1_epi8(0xE0 - 0x80)),
                                     _mm256_subs_epu8(three, _mm256_set1_epi8(0xF0 - 0x80)));
    return _mm256_xor_si256(found, _mm256_and_si256(behind, _mm256_set1_epi8((char)0x80)));
}

__attribute__((target("avx2"))) static inline __m256i utf8_errors_at(const uint8_t *p) {
    return utf8_errors(utf8_load(p), utf8_load(p - 1), utf8_load(p - 2), utf8_load(p - 3));
}

/* The same at the start of a text. */
__attribute__((target("avx2"))) static inline __m256i utf8_errors_first(const uint8_t *p) {
    __m256i now = utf8_load(p);
    __m256i half = _mm256_permute2x128_si256(now, now, 0x08); /* its lower half, behind zeros */
    return utf8_errors(now, _mm256_alignr_epi8(now, half, 15), _mm256_alignr_epi8(now, half, 14),
                       _mm256_alignr_epi8(now, half, 13));
}

/* Does a character begin in the three bytes before p that does not end before p? */
static inline bool utf8_open(const uint8_t *p) {
    return p[-1] >= 0xC0 || p[-2] >= 0xE0 || p[-3] >= 0xF0;
}

__attribute__((target("avx2"))) static inline bool utf8_good_block(const uint8_t *p) {
    __m256i both = _mm256_or_si256(utf8_load(p), utf8_load(p + 32));
    if (_mm256_movemask_epi8(both) == 0)
        return !utf8_open(p);
    __m256i errors = _mm256_or_si256(utf8_errors_at(p), utf8_errors_at(p + 32));
    return _mm256_testz_si256(errors, errors);
}

/* The first 32 bytes, and blocks of 64 behind them, as far as they hold no error; the last
 * character of them may be open. */
__attribute__((target("avx2"))) static size_t utf8_good_blocks(struct span s) {
    __m256i errors = utf8_errors_first(s.p);
    if (!_mm256_testz_si256(errors, errors))
        return 0;
    size_t at = 32;
    while (s.n - at >= 64 && utf8_good_block(s.p + at))
        at += 64;
    return at;
}

/* Is all well from 'at' on, which good blocks precede and where no block is left? The last 32 bytes
 * are checked as one, whether or not some of them have been already. */
__attribute__((target("avx2"))) static bool utf8_good_rest(struct span s, size_t at) {
    __m256i errors = utf8_errors_at(s.p + s.n - 32);
    if (s.n - at > 32)
        errors = _mm256_or_si256(errors, utf8_errors_at(s.p + at));
    return _mm256_testz_si256(errors, errors) && !utf8_open(s.p + s.n);
}

size_t utf8_valid_avx2(struct span s) {
    if (s.n < UTF8_AVX2_LEAST)
        return utf8_valid_portable(s);
    size_t at = utf8_good_blocks(s);
    if (at > 0 && s.n - at < 64 && utf8_good_rest(s, at))
        return s.n;
    /* back to where the character begins that the last good block may have left open */
    for (size_t back = 1; back <= 3 && back <= at; back++) {
        if (s.p[at - back] >= 0xC0) {
            at -= back;
            break;
        }
    }
    return at + utf8_valid_portable(span_from(s, at));
}
#else
size_t utf8_valid_avx2(struct span s) {
    return utf8_valid_portable(s);
}
#endif
