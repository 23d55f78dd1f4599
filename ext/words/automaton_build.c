/* automaton_build.c - from keys to a double array, level by level.
 *
 *     keys, sorted          queue of states (breadth first)       slots
 *     糖                     root  [0,4)                           base(root)+糖  base(root)+肺
 *     糖尿                   糖    [0,3)  肺 [3,4)                   糖尿 ...
 *     糖尿病                 糖尿  [1,3)  ...
 *     肺癌                  a state owns the run of keys that start with it
 *
 * A state gets a base, unique to it, at which the slots of all its children are free. Free slots
 * are a list in the order of their numbers. Limits: AUTOMATON_* in automaton.h.
 */
#include "automaton.h"
#include "../base/memory.h"

enum { PLACE_TRIES = 32768, LABEL_FREE = 0xFFFF };

struct automaton_node {
    uint32_t slot, parent, depth;
    uint32_t first, last; /* keys first..last-1 start with it */
};

/* The double array while it grows. */
struct automaton_array {
    uint64_t *slots;
    uint32_t *next, *before; /* the free list; slot 0 is its head */
    uint8_t *based;          /* bases given away */
    uint32_t n, cap;
    uint32_t labels;
    uint32_t hint[5]; /* by number of children: where a search begins */
};

static enum error_code automaton_grow(void **p, size_t *cap, size_t need, size_t each,
                                      struct error *e) {
    if (need <= *cap)
        return OK;
    size_t more = *cap + *cap / 2 > need ? *cap + *cap / 2 : need + 64;
    void *q = memory_resize(*p, more * each);
    if (!q)
        return error_no_memory(e);
    *p = q;
    *cap = more;
    return OK;
}

/* ---- keys ---- */

enum error_code automaton_add(struct automaton_builder *b, const uint16_t *labels, size_t n,
                              uint32_t value, struct error *e) {
    if (!n || n > AUTOMATON_KEY_MAX)
        return error_set(e, BAD_DATA, "a key has %zu symbols, not 1 to %d", n, AUTOMATON_KEY_MAX);
    if (!b->lanes && (!value || value > AUTOMATON_VALUE_MAX))
        return error_set(e, BAD_DATA, "%u is no value of a key", value);
    if (b->n_labels + n > UINT32_MAX || b->n_keys >= AUTOMATON_VALUE_MAX)
        return error_set(e, BAD_DATA, "an automaton takes no more than %d keys",
                         AUTOMATON_VALUE_MAX);
    enum error_code code =
        automaton_grow((void **)&b->labels, &b->cap_labels, b->n_labels + n, sizeof *b->labels, e);
    if (!code)
        code = automaton_grow((void **)&b->keys, &b->cap_keys, b->n_keys + 1, sizeof *b->keys, e);
    if (code)
        return code;
    memcpy(b->labels + b->n_labels, labels, n * sizeof *labels);
    b->keys[b->n_keys++] = (struct automaton_key){(uint32_t)b->n_labels, (uint32_t)n, value};
    b->n_labels += n;
    return OK;
}

enum error_code automaton_add_weights(struct automaton_builder *b, const uint16_t *labels, size_t n,
                                      const int32_t *weights, struct error *e) {
    size_t at = b->n_keys * b->lanes;
    enum error_code code =
        automaton_grow((void **)&b->weights, &b->cap_weights, at + b->lanes, sizeof *b->weights, e);
    if (!code)
        code = automaton_add(b, labels, n, (uint32_t)b->n_keys, e);
    if (!code)
        memcpy(b->weights + at, weights, b->lanes * sizeof *weights);
    return code;
}

static int automaton_compare(const struct automaton_builder *b, const struct automaton_key *x,
                             const struct automaton_key *y) {
    uint32_t n = x->n < y->n ? x->n : y->n;
    for (uint32_t i = 0; i < n; i++) {
        int d = b->labels[x->at + i] - b->labels[y->at + i];
        if (d)
            return d;
    }
    return (int)x->n - (int)y->n;
}

/* Merge sort: libc's qsort takes memory of its own. */
static enum error_code automaton_sort(struct automaton_builder *b, struct error *e) {
    size_t n = b->n_keys;
    struct automaton_key *from = b->keys, *to = memory_alloc((n + 1) * sizeof *to);
    if (!to)
        return error_no_memory(e);
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t at = 0; at < n; at += 2 * width) {
            size_t mid = at + width < n ? at + width : n, end = mid + width < n ? mid + width : n;
            for (size_t i = at, j = mid, k = at; k < end; k++) {
                bool left = j == end || (i < mid && automaton_compare(b, from + i, from + j) <= 0);
                to[k] = left ? from[i++] : from[j++];
            }
        }
        struct automaton_key *swap = from;
        from = to;
        to = swap;
    }
    b->keys = from;
    b->cap_keys = n;
    memory_free(to);
    for (size_t i = 1; i < n; i++)
        if (automaton_compare(b, from + i - 1, from + i) == 0)
            return error_set(e, BAD_DATA, "a key is given twice");
    return OK;
}

/* ---- the double array ---- */

/* Room for slot 'last': new slots join the end of the free list. */
static enum error_code automaton_room(struct automaton_array *a, uint32_t last, struct error *e) {
    if (last < a->n)
        return OK;
    if (last >= AUTOMATON_STATES_MAX)
        return error_set(e, BAD_DATA, "an automaton grows past %d states", AUTOMATON_STATES_MAX);
    size_t cap = a->cap;
    void *p[] = {a->slots, a->next, a->before, a->based};
    const size_t each[] = {8, 4, 4, 1};
    enum error_code code = OK;
    for (int i = 0; i < 4 && !code; i++) {
        cap = a->cap;
        code = automaton_grow(&p[i], &cap, (size_t)last + 1, each[i], e);
    }
    a->slots = p[0];
    a->next = p[1];
    a->before = p[2];
    a->based = p[3];
    if (code)
        return code;
    a->cap = (uint32_t)cap;
    for (uint32_t s = a->n; s <= last; s++) {
        a->slots[s] = (uint64_t)LABEL_FREE << 24;
        a->based[s] = 0;
        a->before[s] = s ? a->before[0] : 0;
        a->next[s] = 0;
        a->next[a->before[s]] = s;
        a->before[0] = s;
    }
    a->n = last + 1;
    return OK;
}

static void automaton_take(struct automaton_array *a, uint32_t slot, uint32_t label) {
    a->slots[slot] = (uint64_t)label << 24;
    a->next[a->before[slot]] = a->next[slot];
    a->before[a->next[slot]] = a->before[slot];
}

static bool automaton_fits(const struct automaton_array *a, uint32_t base, const uint16_t *labels,
                           uint32_t n) {
    if (!base || a->based[base])
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t s = base + labels[i];
        if (s < a->n && (a->slots[s] >> 24 & 0xFFFF) != LABEL_FREE)
            return false;
    }
    return true;
}

/* The first free slot at or behind s; 0: none. */
static uint32_t automaton_free_from(const struct automaton_array *a, uint32_t s) {
    while (s < a->n && (!s || (a->slots[s] >> 24 & 0xFFFF) != LABEL_FREE))
        s++;
    return s < a->n ? s : 0;
}

/* A base for children of these labels, ascending. States with about as many children search on
 * where the last of them found no room, so that full stretches are passed over once. */
static uint32_t automaton_place(struct automaton_array *a, const uint16_t *labels, uint32_t n) {
    int size = n == 1 ? 0 : n < 4 ? 1 : n < 16 ? 2 : n < 64 ? 3 : 4;
    uint32_t s = automaton_free_from(a, a->hint[size]);
    for (int tries = 0; s; s = a->next[s]) {
        if (s > labels[0] && automaton_fits(a, s - labels[0], labels, n))
            return s - labels[0];
        if (++tries % PLACE_TRIES == 0)
            a->hint[size] = s;
    }
    uint32_t base = a->n > labels[0] ? a->n - labels[0] : 1;
    while (base < a->n && !automaton_fits(a, base, labels, n))
        base++;
    return base;
}

/* Gives one state its children and queues them. children: room for every label. */
static enum error_code automaton_branch(const struct automaton_builder *b,
                                        struct automaton_array *a, struct automaton_node *queue,
                                        uint32_t *queued, uint32_t at, uint16_t *children,
                                        struct error *e) {
    struct automaton_node node = queue[at];
    uint32_t n = 0, from = *queued;
    if (b->keys[node.first].n == node.depth)
        node.first++;
    for (uint32_t k = node.first; k < node.last; k++) {
        uint16_t label = b->labels[b->keys[k].at + node.depth];
        if (!n || children[n - 1] != label) {
            children[n++] = label;
            queue[(*queued)++] = (struct automaton_node){0, node.slot, node.depth + 1, k, k};
        }
        queue[*queued - 1].last = k + 1;
    }
    if (!n)
        return OK;
    uint32_t base = automaton_place(a, children, n);
    enum error_code code = automaton_room(a, base + children[n - 1], e);
    if (code)
        return code;
    a->based[base] = 1;
    a->slots[node.slot] |= base;
    for (uint32_t i = 0; i < n; i++) {
        queue[from + i].slot = base + children[i];
        automaton_take(a, base + children[i], children[i]);
    }
    return OK;
}

static enum error_code automaton_lay(const struct automaton_builder *b, struct automaton_array *a,
                                     struct automaton_node *queue, uint32_t *queued,
                                     struct error *e) {
    uint16_t *children = memory_alloc((AUTOMATON_LABEL_MAX + 1) * sizeof *children);
    enum error_code code = children ? automaton_room(a, 0, e) : error_no_memory(e);
    queue[0] = (struct automaton_node){.last = (uint32_t)b->n_keys};
    *queued = b->n_keys ? 1 : 0;
    for (uint32_t at = 0; at < *queued && !code; at++)
        code = automaton_branch(b, a, queue, queued, at, children, e);
    uint32_t top = 0;
    for (uint32_t s = 0; s < a->n && !code; s++)
        top = (a->slots[s] & 0xFFFFFF) > top ? (uint32_t)(a->slots[s] & 0xFFFFFF) : top;
    if (!code)
        code = automaton_room(a, top + a->labels, e);
    memory_free(children);
    return code;
}

/* ---- what a state says ---- */

/* The key that ends in a node, NULL for none. */
static const struct automaton_key *automaton_key_of(const struct automaton_builder *b,
                                                    const struct automaton_node *node) {
    const struct automaton_key *key = b->keys + node->first;
    return key->n == node->depth ? key : NULL;
}

static void automaton_values(const struct automaton_builder *b, const struct automaton_node *queue,
                             uint32_t queued, uint64_t *slots) {
    for (uint32_t at = 1; at < queued; at++) {
        const struct automaton_key *key = automaton_key_of(b, queue + at);
        if (key)
            slots[queue[at].slot] |= (uint64_t)key->value << 40;
    }
}

/* Breadth first, so that the shorter suffixes are linked already. */
static void automaton_link(const struct automaton_node *queue, uint32_t queued,
                           struct automaton_built *out) {
    struct automaton a = automaton_of(out);
    for (uint32_t at = 1; at < queued; at++) {
        uint32_t slot = queue[at].slot, parent = queue[at].parent, fail = AUTOMATON_ROOT;
        if (parent != AUTOMATON_ROOT)
            fail = automaton_step(&a, out->fails[parent], out->slots[slot] >> 24 & 0xFFFF);
        out->fails[slot] = fail;
        if (out->hits)
            out->hits[slot] = automaton_value(&a, fail) ? fail : out->hits[fail];
    }
}

/* A table of vectors by content, so that equal ones are kept once. */
struct automaton_pool {
    struct automaton_built *out;
    uint32_t lanes, *table, mask;
};

static uint32_t automaton_intern(struct automaton_pool *p, const int16_t *vector) {
    uint64_t h = 0;
    for (uint32_t i = 0; i < p->lanes; i++)
        h = (h ^ (uint16_t)vector[i]) * 0x9E3779B97F4A7C15u;
    for (uint32_t at = (uint32_t)(h >> 32) & p->mask;; at = (at + 1) & p->mask) {
        uint32_t id = p->table[at];
        if (!id) {
            id = p->out->n_vectors++;
            p->table[at] = id + 1;
            memcpy(p->out->vectors + (size_t)id * p->lanes, vector, p->lanes * sizeof *vector);
            return id;
        }
        if (!memcmp(p->out->vectors + (size_t)(id - 1) * p->lanes, vector,
                    p->lanes * sizeof *vector))
            return id - 1;
    }
}

/* Sums along suffixes; sums: lanes a slot, zero at first. */
static void automaton_merge(const struct automaton_builder *b, const struct automaton_node *queue,
                            uint32_t queued, int32_t *sums, struct automaton_pool *pool) {
    struct automaton_built *out = pool->out;
    int16_t vector[AUTOMATON_LANES_MAX] = {0};
    automaton_intern(pool, vector);
    for (uint32_t at = 1; at < queued; at++) {
        uint32_t slot = queue[at].slot;
        const struct automaton_key *key = automaton_key_of(b, queue + at);
        int32_t *sum = sums + (size_t)slot * b->lanes;
        const int32_t *suffix = sums + (size_t)out->fails[slot] * b->lanes;
        for (uint32_t i = 0; i < b->lanes; i++) {
            sum[i] = suffix[i] + (key ? b->weights[(size_t)key->value * b->lanes + i] : 0);
            vector[i] = (int16_t)(sum[i] > 32767 ? 32767 : sum[i] < -32767 ? -32767 : sum[i]);
        }
        out->slots[slot] |= (uint64_t)automaton_intern(pool, vector) << 40;
    }
}

static enum error_code automaton_vectors(const struct automaton_builder *b,
                                         const struct automaton_node *queue, uint32_t queued,
                                         struct automaton_built *out, struct error *e) {
    struct automaton_pool pool = {.out = out, .lanes = b->lanes, .mask = 1023};
    while (pool.mask < queued * 2)
        pool.mask = pool.mask * 2 + 1;
    int32_t *sums = memory_zero(out->n * b->lanes * sizeof *sums);
    pool.table = memory_zero((pool.mask + (size_t)1) * sizeof *pool.table);
    out->vectors = memory_alloc((queued + (size_t)1) * b->lanes * sizeof *out->vectors);
    bool room = sums && pool.table && out->vectors;
    if (room)
        automaton_merge(b, queue, queued, sums, &pool);
    memory_free(sums);
    memory_free(pool.table);
    return room ? OK : error_no_memory(e);
}

/* Where nothing goes on, a walk goes on as from the longest suffix: so that base is taken over, and
 * a step saved. */
static void automaton_shorten(const struct automaton_node *queue, uint32_t queued,
                              struct automaton_built *out) {
    for (uint32_t at = 1; at < queued; at++) {
        uint32_t slot = queue[at].slot, fail = out->fails[slot];
        if (out->slots[slot] & 0xFFFFFF)
            continue;
        out->slots[slot] |= out->slots[fail] & 0xFFFFFF;
        out->fails[slot] = out->fails[fail];
    }
}

static enum error_code automaton_finish(const struct automaton_builder *b, enum automaton_kind kind,
                                        const struct automaton_node *queue, uint32_t queued,
                                        struct automaton_built *out, struct error *e) {
    if (kind != AUTOMATON_VECTORS)
        automaton_values(b, queue, queued, out->slots);
    if (kind == AUTOMATON_DICTIONARY)
        return OK;
    out->fails = memory_zero(out->n * sizeof *out->fails);
    if (kind == AUTOMATON_ALL_KEYS)
        out->hits = memory_zero(out->n * sizeof *out->hits);
    if (!out->fails || (kind == AUTOMATON_ALL_KEYS && !out->hits))
        return error_no_memory(e);
    automaton_link(queue, queued, out);
    enum error_code code =
        kind == AUTOMATON_VECTORS ? automaton_vectors(b, queue, queued, out, e) : OK;
    automaton_shorten(queue, queued, out);
    return code;
}

enum error_code automaton_build(struct automaton_builder *b, enum automaton_kind kind,
                                uint32_t labels, struct automaton_built *out, struct error *e) {
    *out = (struct automaton_built){.labels = labels};
    for (size_t i = 0; i < b->n_labels; i++)
        if (!b->labels[i] || b->labels[i] > labels || labels > AUTOMATON_LABEL_MAX)
            return error_set(e, BAD_DATA, "%d is no symbol of %u", b->labels[i], labels);
    enum error_code code = automaton_sort(b, e);
    if (code)
        return code;
    struct automaton_array a = {.labels = labels};
    uint32_t queued = 0;
    struct automaton_node *queue = memory_alloc((b->n_labels + 2) * sizeof *queue);
    code = queue ? automaton_lay(b, &a, queue, &queued, e) : error_no_memory(e);
    out->slots = a.slots;
    out->n = a.n;
    memory_free(a.next);
    memory_free(a.before);
    memory_free(a.based);
    if (!code)
        code = automaton_finish(b, kind, queue, queued, out, e);
    memory_free(queue);
    if (code)
        automaton_built_free(out);
    return code;
}

void automaton_builder_free(struct automaton_builder *b) {
    memory_free(b->labels);
    memory_free(b->keys);
    memory_free(b->weights);
    *b = (struct automaton_builder){.lanes = b->lanes};
}

void automaton_built_free(struct automaton_built *built) {
    memory_free(built->slots);
    memory_free(built->fails);
    memory_free(built->hits);
    memory_free(built->vectors);
    *built = (struct automaton_built){0};
}
