/* automaton.c - whether an automaton that came out of a file can be walked.
 *
 *     state --base--> slots[base + label]    base + labels < n, for every slot
 *       |
 *       +--fail--> a shorter suffix ... --> root    at most AUTOMATON_KEY_MAX fails
 *       +--hit---> a shorter key ... --> root
 */
#include "automaton.h"
#include "../base/memory.h"

/* The links of fails or hits all end at the root after a few steps. steps[s]: links from s to
 * the root plus one; 0: not known yet. */
static bool automaton_links_end(const uint32_t *links, uint32_t n, uint16_t *steps) {
    memset(steps, 0, n * sizeof *steps);
    steps[AUTOMATON_ROOT] = 1;
    for (uint32_t s = 0; s < n; s++) {
        uint32_t far = 0, at = s;
        for (; !steps[at]; at = links[at])
            if (links[at] >= n || ++far > AUTOMATON_KEY_MAX)
                return false;
        far += steps[at];
        if (far > AUTOMATON_KEY_MAX + 1)
            return false;
        for (at = s; !steps[at]; at = links[at])
            steps[at] = (uint16_t)far--;
    }
    return links[AUTOMATON_ROOT] == AUTOMATON_ROOT;
}

enum error_code automaton_check(const struct automaton *a, uint32_t values, struct error *e) {
    if (!a->n || a->n > AUTOMATON_STATES_MAX || a->labels > AUTOMATON_LABEL_MAX)
        return error_set(e, BAD_FILE, "an automaton has %u states", a->n);
    uint64_t bad = 0;
    for (uint32_t s = 0; s < a->n; s++)
        bad |= ((a->slots[s] & 0xFFFFFF) + a->labels >= a->n) | (a->slots[s] >> 40 >= values);
    if (bad)
        return error_set(e, BAD_FILE, "a slot of an automaton points outside");
    if (!a->fails)
        return OK;
    uint16_t *steps = memory_alloc(a->n * sizeof *steps);
    if (!steps)
        return error_no_memory(e);
    bool end = automaton_links_end(a->fails, a->n, steps) &&
               (!a->hits || automaton_links_end(a->hits, a->n, steps));
    memory_free(steps);
    return end ? OK : error_set(e, BAD_FILE, "the links of an automaton go in a circle");
}

struct automaton automaton_of(const struct automaton_built *built) {
    return (struct automaton){built->slots, built->fails, built->hits, built->n, built->labels};
}
