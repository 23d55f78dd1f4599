/* lattice.c - from the last character to the first.
 *
 *     肺 动 脉 高 压       matches   肺动脉 动脉 高压
 *     |肺动脉|高压|        path      the least sum of costs; of equals, the longer word first
 *
 * Time: one step down the dictionary a character of a match, DICTIONARY_WORD_MAX at most.
 */
#include "lattice.h"

enum { COST_UNKNOWN = 255 }; /* a word seen once, or never */

void lattice_walk(struct lattice *l, const struct automaton *dictionary, const struct chunk *c) {
    size_t n_matches = 0;
    l->cost[c->n] = 0;
    for (size_t i = c->n; i-- > 0;) {
        size_t most = c->n - i < DICTIONARY_WORD_MAX ? c->n - i : DICTIONARY_WORD_MAX;
        uint32_t state = AUTOMATON_ROOT, best = COST_UNKNOWN + l->cost[i + 1];
        l->end[i] = (uint16_t)(i + 1);
        l->value[i] = 0;
        for (size_t length = 1; length <= most; length++) {
            state = automaton_child(dictionary, state, chunk_code(c, i + length - 1));
            if (!state)
                break;
            uint32_t value = automaton_value(dictionary, state);
            if (!value)
                continue;
            uint32_t cost = dictionary_cost(value) + l->cost[i + length];
            if (cost <= best) {
                best = cost;
                l->end[i] = (uint16_t)(i + length);
                l->value[i] = value;
            }
            if (length > 1)
                l->match[n_matches++] =
                    (struct lattice_match){(uint16_t)i, (uint16_t)length, value};
        }
        l->cost[i] = best;
    }
    l->n_matches = n_matches;
}
