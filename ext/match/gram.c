/* gram.c - character n-grams.
 *
 *     "头痛头" 1 to 2:  头 x 2, 痛 x 1, 头痛 x 1, 痛头 x 1
 *
 *     key of 头痛:  63........42 41........21 20.........0
 *                       0        U+5934 + 1   U+75DB + 1
 */
#include "gram.h"
#include "../base/memory.h"

enum { GRAM_RUN = 16 };

static void gram_sort_run(uint64_t *key, size_t n) {
    for (size_t i = 1; i < n; i++) {
        uint64_t k = key[i];
        size_t j = i;
        for (; j > 0 && key[j - 1] > k; j--)
            key[j] = key[j - 1];
        key[j] = k;
    }
}

static void gram_merge(const uint64_t *a, size_t a_n, const uint64_t *b, size_t b_n, uint64_t *to) {
    size_t i = 0, j = 0;
    while (i < a_n && j < b_n)
        *to++ = a[i] <= b[j] ? a[i++] : b[j++];
    memcpy(to, a + i, (a_n - i) * sizeof *to);
    memcpy(to + (a_n - i), b + j, (b_n - j) * sizeof *to);
}

void gram_sort(uint64_t *key, uint64_t *spare, size_t n) {
    uint64_t *from = key, *to = spare;
    for (size_t i = 0; i < n; i += GRAM_RUN)
        gram_sort_run(key + i, n - i < GRAM_RUN ? n - i : GRAM_RUN);
    for (size_t run = GRAM_RUN; run < n; run *= 2) {
        for (size_t i = 0; i < n; i += 2 * run) {
            size_t a_n = n - i < run ? n - i : run;
            size_t b_n = n - i - a_n < run ? n - i - a_n : run;
            gram_merge(from + i, a_n, from + i + a_n, b_n, to + i);
        }
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != key)
        memcpy(key, from, n * sizeof *key);
}

static enum error_code grams_room(struct grams *g, size_t n, struct error *e) {
    if (n <= g->cap)
        return OK;
    uint64_t *key = memory_resize(g->key, 2 * n * sizeof *key); /* a half to sort in */
    if (!key)
        return error_no_memory(e);
    g->key = key;
    uint32_t *count = memory_resize(g->count, n * sizeof *count);
    if (!count)
        return error_no_memory(e);
    g->count = count;
    double *weight = memory_resize(g->weight, n * sizeof *weight);
    if (!weight)
        return error_no_memory(e);
    g->weight = weight;
    g->cap = n;
    return OK;
}

static void grams_count(struct grams *g) {
    g->n = 0;
    for (size_t i = 0; i < g->total; i++) {
        if (g->n && g->key[g->n - 1] == g->key[i]) {
            g->count[g->n - 1]++;
        } else {
            g->key[g->n] = g->key[i];
            g->count[g->n++] = 1;
        }
    }
}

enum error_code grams_make(struct grams *g, const struct points *text, unsigned min, unsigned max,
                           struct error *e) {
    g->n = g->total = 0;
    enum error_code code = grams_room(g, text->n * (max - min + 1), e);
    if (code)
        return code;
    for (unsigned n = min; n <= max && n <= GRAM_MAX; n++) {
        const uint64_t mask = (UINT64_C(1) << (GRAM_BITS * n)) - 1;
        uint64_t key = 0;
        for (size_t i = 0; i < text->n; i++) {
            key = (key << GRAM_BITS | (text->p[i] + 1)) & mask;
            if (i + 1 >= n)
                g->key[g->total++] = key;
        }
    }
    if (g->total)
        gram_sort(g->key, g->key + g->total, g->total);
    grams_count(g);
    return OK;
}

void grams_free(struct grams *g) {
    memory_free(g->key);
    memory_free(g->count);
    memory_free(g->weight);
    *g = (struct grams){0};
}
