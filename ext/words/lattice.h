/* All dictionary words in a chunk, and the likeliest way through it word by word: the unigram
 * model over a directed graph of words that jieba made common. */
#ifndef CMED_WORDS_LATTICE_H
#define CMED_WORDS_LATTICE_H

#include "chunk.h"
#include "dictionary.h"

struct lattice_match {
    uint16_t from, length; /* characters; length > 1 */
    uint32_t value;
};

struct lattice {
    /* The path: a word starts at 0, the next where it ends. Only at starts of words that could
     * be on it are these of use. */
    uint16_t end[CHUNK_MAX];
    uint32_t value[CHUNK_MAX]; /* 0: a character that is no word */
    uint32_t cost[CHUNK_MAX + 1];
    size_t n_matches;
    struct lattice_match match[CHUNK_MAX * DICTIONARY_WORD_MAX];
};

void lattice_walk(struct lattice *l, const struct automaton *dictionary, const struct chunk *c);

#endif
