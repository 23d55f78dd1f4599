/* The features of every boundary of a chunk, while training: numbers of n-grams, and places in
 * the table of weights (feature.h). */
#ifndef CMED_WORDS_TRAIN_FEATURE_H
#define CMED_WORDS_TRAIN_FEATURE_H

#include "feature.h"
#include "lattice.h"
#include "model.h"
#include "pairs.h"

enum {
    TRAIN_GRAMS = 9, /* that speak of one boundary: four of one character, three, two */
    TRAIN_FEATURES = CHUNK_MAX * 24
};

struct train_feature {
    uint32_t id, next; /* next: index + 1; 0: the last */
};

struct train_features {
    struct chunk chunk;
    struct lattice lattice;
    uint32_t gram[MODEL_GRAM_MAX][CHUNK_MAX + 2]; /* that ends in character k - 1; 0: none */
    uint32_t head[CHUNK_MAX + 1];                 /* of boundary i: index + 1 */
    uint32_t n;
    struct train_feature list[TRAIN_FEATURES];
};

/* The n-gram of n codes that ends at codes[k], as a key of pairs. */
static inline void train_gram_key(const uint16_t *codes, size_t k, int n, uint32_t key[2]) {
    key[0] = (n > 2 ? (uint32_t)codes[k - 2] << 16 : 0) | (n > 1 ? codes[k - 1] : 0u);
    key[1] = codes[k];
}

/* Reads a chunk and its features. words: the dictionary, n = 0 for none. */
void train_features_read(struct train_features *f, const struct charset *charset,
                         const struct automaton *words, const struct pairs *grams,
                         struct span text);

/* The n-grams of boundary i as number * MODEL_LANES + lane: how many. */
int train_features_grams(const struct train_features *f, size_t i, uint32_t out[TRAIN_GRAMS]);

#endif
