/* Words by their prefixes: states numbered from 1, the root is 0, symbols are any numbers. */
#ifndef CMED_WORDS_TRIE_H
#define CMED_WORDS_TRIE_H

#include "pairs.h"

/* All zero is an empty trie. */
struct trie {
    struct pairs edge; /* state, symbol -> state */
    uint32_t *value;   /* per state, the user's; 0 to begin with */
    uint32_t count;    /* states, the root included once there is a word */
    uint32_t cap;
};

/* The state of a word, made where it is not there yet, and those of its prefixes. */
enum error_code trie_put(struct trie *t, const uint32_t *symbol, size_t n, uint32_t *state,
                         struct error *e);
void trie_free(struct trie *t);

/* 0: no word goes on so. */
static inline uint32_t trie_step(const struct trie *t, uint32_t state, uint32_t symbol) {
    return pairs_find(&t->edge, state, symbol);
}

#endif
