/* Pairs of numbers to one number: n-grams of two, the edges of a trie, two words in a row. */
#ifndef CMED_WORDS_PAIRS_H
#define CMED_WORDS_PAIRS_H

#include "../base/error.h"

#include <stddef.h>
#include <stdint.h>

struct pairs_slot {
    uint32_t a, b;
    uint32_t value; /* 0: an empty slot */
};

/* All zero is an empty table. */
struct pairs {
    struct pairs_slot *slot; /* 1 << bits of them */
    unsigned bits;
    size_t count;
};

/* A pair that is further from its place than this is refused: a file made to collide. */
enum { PAIRS_PROBES_MAX = 1024 };

/* value > 0; a pair that is there takes the new one. BAD_FILE past PAIRS_PROBES_MAX. */
enum error_code pairs_put(struct pairs *p, uint32_t a, uint32_t b, uint32_t value, struct error *e);
void pairs_free(struct pairs *p);

static inline size_t pairs_home(const struct pairs *p, uint32_t a, uint32_t b) {
    uint64_t x = (uint64_t)a << 32 | b;
    x = (x ^ x >> 32) * 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 29) * 0xBF58476D1CE4E5B9u;
    return (size_t)(x >> (64 - p->bits));
}

/* 0: not there. */
static inline uint32_t pairs_find(const struct pairs *p, uint32_t a, uint32_t b) {
    if (p->count == 0)
        return 0;
    size_t mask = ((size_t)1 << p->bits) - 1;
    for (size_t i = pairs_home(p, a, b);; i = (i + 1) & mask) {
        const struct pairs_slot *s = &p->slot[i];
        if (s->value == 0 || (s->a == a && s->b == b))
            return s->value;
    }
}

#endif
