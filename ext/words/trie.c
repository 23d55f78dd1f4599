/* trie.c - a trie whose edges lie in one table of pairs.
 *
 *     root -血-> 1 -压-> 2 (value)        edge (0, 血) = 1, (1, 压) = 2, (2, 计) = 3
 *                        \-计-> 3 (value)
 */
#include "trie.h"

#include "../base/memory.h"

static enum error_code trie_state(struct trie *t, struct error *e) {
    if (t->count == t->cap) {
        uint32_t cap = t->cap ? t->cap + t->cap / 2 : 64;
        uint32_t *value = memory_resize(t->value, cap * sizeof *value);
        if (!value)
            return error_no_memory(e);
        t->value = value;
        t->cap = cap;
    }
    t->value[t->count++] = 0;
    return OK;
}

enum error_code trie_put(struct trie *t, const uint32_t *symbol, size_t n, uint32_t *state,
                         struct error *e) {
    enum error_code code = t->count ? OK : trie_state(t, e);
    uint32_t at = 0;
    for (size_t i = 0; !code && i < n; i++) {
        uint32_t next = trie_step(t, at, symbol[i]);
        if (!next) {
            next = t->count;
            code = trie_state(t, e);
            if (!code)
                code = pairs_put(&t->edge, at, symbol[i], next, e);
        }
        at = next;
    }
    *state = at;
    return code;
}

void trie_free(struct trie *t) {
    pairs_free(&t->edge);
    memory_free(t->value);
    *t = (struct trie){0};
}
