/* terms_index.c - an inverted index over sets of grams.
 *
 *     documents   0 胃炎    {胃, 炎, 胃炎}          gram   0..2        start 0
 *                 1 肝炎    {炎, 肝, 肝炎}          gram   1 3 4       start 3
 *
 *     lists       胃 0 | 炎 0 1 | 胃炎 0 | 肝 1 | 肝炎 1             post, list by list
 *
 * A gram is its number; its documents lie one behind the other.
 */
#include "terms_index.h"
#include "../base/memory.h"

#include <math.h>

enum { TERMS_SLOTS_FIRST = 1024, TERMS_DOCS_FIRST = 256, TERMS_GRAMS_FIRST = 4096 };

static const double TERMS_K1 = 1.2, TERMS_B = 0.75;

/* The seed is the table's own address, so that nobody can write terms that fall into one slot. */
static size_t terms_index_slot(const struct terms_index *x, uint64_t key) {
    uint64_t h = (key ^ (uintptr_t)x->key) * UINT64_C(0x9E3779B97F4A7C15);
    h = (h ^ h >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    size_t at = (size_t)(h >> 32) & (x->slots - 1);
    while (x->key[at] && x->key[at] != key)
        at = (at + 1) & (x->slots - 1);
    return at;
}

uint32_t terms_index_find(const struct terms_index *x, uint64_t key) {
    size_t at = x->slots ? terms_index_slot(x, key) : 0;
    return x->slots && x->key[at] ? x->number[at] : TERMS_NONE;
}

static enum error_code terms_index_grow(struct terms_index *x, struct error *e) {
    if (2 * (x->grams + 1) <= x->slots)
        return OK;
    struct terms_index bigger = {.slots = x->slots ? 2 * x->slots : TERMS_SLOTS_FIRST};
    bigger.key = memory_zero(bigger.slots * sizeof *bigger.key);
    bigger.number = memory_alloc(bigger.slots * sizeof *bigger.number);
    if (!bigger.key || !bigger.number) {
        memory_free(bigger.key);
        memory_free(bigger.number);
        return error_no_memory(e);
    }
    for (size_t i = 0; i < x->slots; i++)
        if (x->key[i]) {
            size_t at = terms_index_slot(&bigger, x->key[i]);
            bigger.key[at] = x->key[i];
            bigger.number[at] = x->number[i];
        }
    memory_free(x->key);
    memory_free(x->number);
    x->key = bigger.key;
    x->number = bigger.number;
    x->slots = bigger.slots;
    return OK;
}

static enum error_code terms_index_number(struct terms_index *x, uint64_t key, uint32_t *number,
                                          struct error *e) {
    enum error_code code = terms_index_grow(x, e);
    if (code)
        return code;
    size_t at = terms_index_slot(x, key);
    if (!x->key[at]) {
        x->key[at] = key;
        x->number[at] = (uint32_t)x->grams++;
    }
    *number = x->number[at];
    return OK;
}

static enum error_code terms_index_room(struct terms_index *x, size_t more, struct error *e) {
    if (x->docs >= TERMS_DOCS_MAX || more > TERMS_GRAMS_MAX - x->gram_n)
        return error_set(e, BAD_DATA, "an index of terms holds %d terms and %d grams at most",
                         TERMS_DOCS_MAX, TERMS_GRAMS_MAX);
    if (x->docs + 2 > x->docs_cap) {
        size_t cap = x->docs_cap ? 2 * x->docs_cap : TERMS_DOCS_FIRST;
        uint32_t *start = memory_resize(x->start, cap * sizeof *start);
        if (!start)
            return error_no_memory(e);
        x->start = start;
        x->docs_cap = cap;
    }
    if (x->gram_n + more >= x->gram_cap) {
        size_t cap = 2 * (x->gram_n + more) + TERMS_GRAMS_FIRST;
        uint32_t *gram = memory_resize(x->gram, cap * sizeof *gram);
        if (!gram)
            return error_no_memory(e);
        x->gram = gram;
        x->gram_cap = cap;
    }
    return OK;
}

enum error_code terms_index_add(struct terms_index *x, const struct grams *g, struct error *e) {
    enum error_code code = terms_index_room(x, g->n, e);
    for (size_t i = 0; !code && i < g->n; i++)
        code = terms_index_number(x, g->key[i], &x->gram[x->gram_n + i], e);
    if (code)
        return code;
    x->start[x->docs++] = (uint32_t)x->gram_n;
    x->gram_n += g->n;
    x->start[x->docs] = (uint32_t)x->gram_n;
    return OK;
}

static double terms_index_weight(const struct terms_index *x, double df) {
    double n = (double)x->docs;
    switch (x->method) {
    case TERMS_TFIDF:
        return sqrt(log((1 + n) / (1 + df)) + 1); /* between idf and plain sets */
    case TERMS_BM25:
        return log1p((n - df + 0.5) / (df + 0.5));
    default:
        return 1;
    }
}

static void terms_index_lists(struct terms_index *x) {
    uint32_t at = 0;
    for (size_t i = 0; i < x->gram_n; i++)
        x->list[x->gram[i]].n++;
    for (size_t g = 0; g < x->grams; g++) {
        struct terms_list *l = &x->list[g];
        l->at = at;
        at += l->n;
        l->weight = (float)terms_index_weight(x, l->n);
        l->n = 0;
    }
    for (uint32_t d = 0; d < x->docs; d++)
        for (uint32_t i = x->start[d]; i < x->start[d + 1]; i++) {
            struct terms_list *l = &x->list[x->gram[i]];
            x->post[l->at + l->n++] = d;
        }
}

double terms_index_bm25(const struct terms_index *x, size_t n) {
    double length = x->average > 0 ? (double)n / x->average : 1;
    return (TERMS_K1 + 1) / (1 + TERMS_K1 * (1 - TERMS_B + TERMS_B * length));
}

static double terms_index_unit(const struct terms_index *x, uint32_t d) {
    const uint32_t *gram;
    size_t n = terms_index_doc(x, d, &gram);
    double square = 0;
    if (x->method == TERMS_JACCARD)
        return (double)n;
    if (x->method == TERMS_BM25)
        return terms_index_bm25(x, n);
    for (size_t i = 0; i < n; i++)
        square += (double)x->list[gram[i]].weight * (double)x->list[gram[i]].weight;
    return square > 0 ? 1 / sqrt(square) : 0;
}

enum error_code terms_index_build(struct terms_index *x, struct error *e) {
    x->list = memory_zero((x->grams + 1) * sizeof *x->list);
    x->unit = memory_alloc((x->docs + 1) * sizeof *x->unit);
    x->post = memory_alloc((x->gram_n + 1) * sizeof *x->post);
    if (!x->list || !x->unit || !x->post)
        return error_no_memory(e);
    terms_index_lists(x);
    x->unseen = (float)terms_index_weight(x, 0);
    x->average = x->docs ? (double)x->gram_n / (double)x->docs : 0;
    for (uint32_t d = 0; d < x->docs; d++) {
        x->unit[d] = (float)terms_index_unit(x, d);
        for (uint32_t i = x->start[d]; i < x->start[d + 1]; i++) {
            struct terms_list *l = &x->list[x->gram[i]];
            l->best = x->unit[d] > l->best ? x->unit[d] : l->best;
        }
    }
    return OK;
}

void terms_index_free(struct terms_index *x) {
    memory_free(x->key);
    memory_free(x->number);
    memory_free(x->gram);
    memory_free(x->start);
    memory_free(x->unit);
    memory_free(x->post);
    memory_free(x->list);
    *x = (struct terms_index){.method = x->method};
}
