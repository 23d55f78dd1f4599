/* Many patterns looked for at once: a double-array trie, and over it the automaton of Aho and
 * Corasick (CACM 18(6), 1975; the double array is Aoe's, 1989).
 *
 * Symbols ("labels") are 1 to 65534: the codes of a charset, or bytes plus one. A state is the
 * index of its slot, AUTOMATON_ROOT at the start. Three ways to use one:
 *
 *   a dictionary    automaton_child from each position, until it says 0: every key that starts
 *                   there, shortest first (of kind AUTOMATON_DICTIONARY only)
 *   all keys        automaton_step once a symbol, then automaton_hit, automaton_next_hit: every
 *                   key that ends there, longest first
 *   weights         automaton_step once a symbol; the value is the number of a vector into which
 *                   those of all keys that end there are summed: one addition a position
 *
 * An automaton is borrowed: it points into a file or into a struct automaton_built. */
#ifndef CMED_WORDS_AUTOMATON_H
#define CMED_WORDS_AUTOMATON_H

#include "../base/error.h"
#include "../base/span.h"

enum {
    AUTOMATON_ROOT = 0,
    AUTOMATON_LABEL_MAX = 65534,
    AUTOMATON_KEY_MAX = 255,         /* labels of one key */
    AUTOMATON_VALUE_MAX = 0xFFFFFF,  /* values are 1 to this; 0: no key ends here */
    AUTOMATON_STATES_MAX = 0xFFFFFF, /* slots */
    AUTOMATON_LANES_MAX = 64         /* weights of one vector */
};

/* A slot: base (24 bits), the label that leads to it (16), value (24). No two states have the
 * same base, so a label that agrees is proof enough. */
struct automaton {
    const uint64_t *slots;
    const uint32_t *fails; /* by state; NULL: a dictionary only */
    const uint32_t *hits; /* by state: the longest proper suffix that is a key; NULL with vectors */
    uint32_t n;           /* slots */
    uint32_t labels;      /* the greatest label */
};

/* The state that label leads to, 0 where there is none. label <= a->labels. */
static inline uint32_t automaton_child(const struct automaton *a, uint32_t state, uint32_t label) {
    uint32_t to = (uint32_t)(a->slots[state] & 0xFFFFFF) + label;
    return (a->slots[to] >> 24 & 0xFFFF) == label ? to : 0;
}

/* The value of the key that ends in state; of a vector automaton, the number of its vector. */
static inline uint32_t automaton_value(const struct automaton *a, uint32_t state) {
    return (uint32_t)(a->slots[state] >> 40);
}

/* The state of the longest suffix of what was read that begins a key. Needs fails. */
static inline uint32_t automaton_step(const struct automaton *a, uint32_t state, uint32_t label) {
    uint32_t to;
    while (!(to = automaton_child(a, state, label)) && state != AUTOMATON_ROOT)
        state = a->fails[state];
    return to;
}

/* The longest key that ends in state, itself included, as a state; 0: none. Needs hits. */
static inline uint32_t automaton_hit(const struct automaton *a, uint32_t state) {
    return automaton_value(a, state) ? state : a->hits[state];
}

/* The next shorter one. */
static inline uint32_t automaton_next_hit(const struct automaton *a, uint32_t hit) {
    return a->hits[hit];
}

/* That no walk can leave the arrays or turn for ever, for arrays that came out of a file:
 * a->n, a->labels and the arrays' lengths are the caller's to compare with the file's size.
 * Values must be under 'values'. BAD_FILE. */
enum error_code automaton_check(const struct automaton *a, uint32_t values, struct error *e);

/* ---- building ---- */

struct automaton_key {
    uint32_t at;    /* its labels: builder.labels + at */
    uint32_t n;     /* how many */
    uint32_t value; /* with vectors: the number of its weights */
};

/* All zero is an empty builder; with lanes > 0 it makes vectors. */
struct automaton_builder {
    uint32_t lanes;
    uint16_t *labels;
    size_t n_labels, cap_labels;
    struct automaton_key *keys;
    size_t n_keys, cap_keys;
    int32_t *weights; /* lanes a key */
    size_t cap_weights;
};

struct automaton_built {
    uint64_t *slots;
    uint32_t *fails, *hits;
    int16_t *vectors; /* vector 0 is zero */
    uint32_t n, labels, n_vectors;
};

enum automaton_kind { AUTOMATON_DICTIONARY, AUTOMATON_ALL_KEYS, AUTOMATON_VECTORS };

/* A key with its value, or with builder->lanes weights. Keys come in any order, each once. */
enum error_code automaton_add(struct automaton_builder *b, const uint16_t *labels, size_t n,
                              uint32_t value, struct error *e);
enum error_code automaton_add_weights(struct automaton_builder *b, const uint16_t *labels, size_t n,
                                      const int32_t *weights, struct error *e);

/* labels: the greatest label that a walk will bring. Weights are added up along suffixes and cut
 * to 16 bits. The same keys in any order give the same arrays. */
enum error_code automaton_build(struct automaton_builder *b, enum automaton_kind kind,
                                uint32_t labels, struct automaton_built *out, struct error *e);

struct automaton automaton_of(const struct automaton_built *built);

void automaton_builder_free(struct automaton_builder *b);
void automaton_built_free(struct automaton_built *built);

#endif
