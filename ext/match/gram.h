/* Character n-grams of a text, n from 1 to 3, as sorted 64-bit keys. */
#ifndef CMED_MATCH_GRAM_H
#define CMED_MATCH_GRAM_H

#include "../text/points.h"

enum { GRAM_MAX = 3, GRAM_BITS = 21 };

/* key: the n code points, each + 1, 21 bits each, the first one highest: unigrams sort before
 * bigrams before trigrams. All zero is empty; reusable. */
struct grams {
    uint64_t *key;   /* distinct, ascending */
    uint32_t *count; /* how often key[i] occurs */
    double *weight;  /* for whoever weighs them; not set by grams_make */
    size_t n, cap;   /* distinct keys */
    size_t total;    /* occurrences */
};

/* Replaces what g holds by the n-grams of text with min <= n <= max (1 to GRAM_MAX). */
enum error_code grams_make(struct grams *g, const struct points *text, unsigned min, unsigned max,
                           struct error *e);
void grams_free(struct grams *g);

/* Sorts n keys upwards; spare has room for n. Stable, n log n. */
void gram_sort(uint64_t *key, uint64_t *spare, size_t n);

#endif
