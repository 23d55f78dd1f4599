/* pairs.c - an open table of pairs, probed in a line.
 *
 *     home(a, b)
 *        v
 *     | a b value | a b value | - - 0 | ...      at most two slots of three are taken
 */
#include "pairs.h"

#include "../base/memory.h"

#include <stdbool.h>

enum { PAIRS_BITS_FIRST = 6, PAIRS_BITS_MAX = 30 };

static enum error_code pairs_place(struct pairs *p, struct pairs_slot new, bool *fresh,
                                   struct error *e) {
    size_t mask = ((size_t)1 << p->bits) - 1;
    size_t at = pairs_home(p, new.a, new.b);
    for (int probe = 0; probe < PAIRS_PROBES_MAX; probe++, at = (at + 1) & mask) {
        struct pairs_slot *s = &p->slot[at];
        if (s->value && (s->a != new.a || s->b != new.b))
            continue;
        *fresh = s->value == 0;
        *s = new;
        return OK;
    }
    return error_set(e, BAD_FILE, "entries collide more than %d times: made to", PAIRS_PROBES_MAX);
}

static enum error_code pairs_grow(struct pairs *p, struct error *e) {
    struct pairs next = {.bits = p->slot ? p->bits + 1 : PAIRS_BITS_FIRST, .count = p->count};
    if (next.bits > PAIRS_BITS_MAX)
        return error_set(e, BAD_FILE, "more than %d entries", 1 << PAIRS_BITS_MAX);
    next.slot = memory_zero(sizeof *next.slot << next.bits);
    if (!next.slot)
        return error_no_memory(e);
    enum error_code code = OK;
    bool fresh;
    for (size_t i = 0; !code && p->slot && i < (size_t)1 << p->bits; i++)
        if (p->slot[i].value)
            code = pairs_place(&next, p->slot[i], &fresh, e);
    memory_free(code ? next.slot : p->slot);
    if (!code)
        *p = next;
    return code;
}

enum error_code pairs_put(struct pairs *p, uint32_t a, uint32_t b, uint32_t value,
                          struct error *e) {
    enum error_code code = OK;
    if (!p->slot || (p->count + 1) * 3 > (size_t)2 << p->bits)
        code = pairs_grow(p, e);
    bool fresh = false;
    if (!code)
        code = pairs_place(p, (struct pairs_slot){a, b, value}, &fresh, e);
    p->count += fresh;
    return code;
}

void pairs_free(struct pairs *p) {
    memory_free(p->slot);
    *p = (struct pairs){0};
}
