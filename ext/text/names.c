/* names.c - names and their numbers.
 *
 *     text   dissymbod     end  3 6 9     0 dis, 1 sym, 2 bod
 *
 * An open hash, at most half full; its seed is its own address, so that nobody can send names
 * that all fall into one slot.
 */
#include "names.h"
#include "../base/memory.h"

static uint64_t names_hash(const struct names *t, struct span name) {
    uint64_t h = (uintptr_t)t->slot ^ name.n;
    for (size_t i = 0; i < name.n; i++) {
        h = (h ^ name.p[i]) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    return h ^ h >> 32;
}

struct span names_get(const struct names *t, uint32_t number) {
    size_t start = number ? t->end[number - 1] : 0;
    return span_slice(buf_span(&t->text), start, t->end[number]);
}

/* The slot that holds the name, or the free one where it belongs. */
static size_t names_slot(const struct names *t, struct span name) {
    size_t at = (size_t)names_hash(t, name) & (t->slots - 1);
    while (t->slot[at] && !span_same(names_get(t, t->slot[at] - 1), name))
        at = (at + 1) & (t->slots - 1);
    return at;
}

bool names_find(const struct names *t, struct span name, uint32_t *number) {
    uint32_t found = t->slots ? t->slot[names_slot(t, name)] : 0;
    if (found)
        *number = found - 1;
    return found != 0;
}

static enum error_code names_grow(struct names *t, struct error *e) {
    if (t->n >= NAMES_MAX)
        return error_set(e, BAD_DATA, "more than %d different names", NAMES_MAX);
    if (t->n == t->cap) {
        size_t cap = t->cap ? 2 * t->cap : 16;
        size_t *end = memory_resize(t->end, cap * sizeof *end);
        if (!end)
            return error_no_memory(e);
        t->end = end;
        t->cap = cap;
    }
    if (2 * (t->n + 1) <= t->slots)
        return OK;
    struct names bigger = *t;
    bigger.slots = t->slots ? 2 * t->slots : 32;
    bigger.slot = memory_zero(bigger.slots * sizeof *bigger.slot);
    if (!bigger.slot)
        return error_no_memory(e);
    for (uint32_t i = 0; i < t->n; i++)
        bigger.slot[names_slot(&bigger, names_get(t, i))] = i + 1;
    memory_free(t->slot);
    t->slot = bigger.slot;
    t->slots = bigger.slots;
    return OK;
}

enum error_code names_add(struct names *t, struct span name, uint32_t *number, struct error *e) {
    if (names_find(t, name, number))
        return OK;
    enum error_code code = names_grow(t, e);
    if (!code)
        code = buf_add_span(&t->text, name, e);
    if (code)
        return code;
    *number = (uint32_t)t->n;
    t->slot[names_slot(t, name)] = *number + 1;
    t->end[t->n++] = t->text.n;
    return OK;
}

void names_free(struct names *t) {
    buf_free(&t->text);
    memory_free(t->end);
    memory_free(t->slot);
    *t = (struct names){0};
}
