/* Eight bytes at a time, on any machine: a word holds them in order, the first one lowest. */
#ifndef CMED_BASE_WORD_H
#define CMED_BASE_WORD_H

#include <stdint.h>

#define WORD_ONES  0x0101010101010101u
#define WORD_HIGHS 0x8080808080808080u

/* Written so that compilers see one load in it. */
static inline uint64_t word_load(const uint8_t *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

/* The masks have 0x80 in every byte that answers, 0 in the others, and are exact. */

static inline uint64_t word_equal(uint64_t w, uint8_t c) {
    w ^= WORD_ONES * c;
    return ~(((w & ~WORD_HIGHS) + ~WORD_HIGHS) | w) & WORD_HIGHS;
}

/* limit <= 0x80 */
static inline uint64_t word_below(uint64_t w, uint8_t limit) {
    return ~(((w & ~WORD_HIGHS) + WORD_ONES * (0x80u - limit)) | w) & WORD_HIGHS;
}

/* Which byte is the first in a mask that is not 0. */
static inline unsigned word_first(uint64_t mask) {
    return (unsigned)__builtin_ctzll(mask) / 8;
}

/* The sum of the eight bytes. */
static inline unsigned word_sum(uint64_t w) {
    const uint64_t evens = 0x00FF00FF00FF00FFu;
    w = (w & evens) + (w >> 8 & evens);
    return (unsigned)(w * 0x0001000100010001u >> 48);
}

#endif
