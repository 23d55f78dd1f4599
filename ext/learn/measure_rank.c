/* measure_rank.c - scores against right and wrong.
 *
 *     query  score  right        rank of the best right one
 *     q1     0.9    no           2   reciprocal 1/2
 *     q1     0.7    yes
 *     q2     0.8    yes          1   reciprocal 1     MRR 0.75, P@1 0.5
 */
#include "../base/memory.h"
#include "../match/gram.h"
#include "measure.h"

#include <math.h>

/* The score as an integer of the same order; 0 and -0 are one. */
static uint64_t measure_key(double score) {
    uint64_t bits;
    score += 0.0;
    memcpy(&bits, &score, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static enum error_code measure_check(double score, size_t n, struct error *e) {
    if (isnan(score))
        return error_set(e, BAD_DATA, "a score is not a number");
    if (n >= MEASURE_ROWS_MAX)
        return error_set(e, BAD_DATA, "more than %d scores", MEASURE_ROWS_MAX);
    return OK;
}

/* ---- auc ---- */

enum error_code measure_auc_add(struct measure_auc *m, double score, bool right, struct error *e) {
    struct measure_keys *k = right ? &m->right : &m->wrong;
    enum error_code code = measure_check(score, k->n, e);
    if (code)
        return code;
    if (2 * k->n + 2 > k->cap) { /* the other half is to sort in */
        size_t cap = k->cap ? 2 * k->cap : 64;
        uint64_t *key = memory_resize(k->key, cap * sizeof *key);
        if (!key)
            return error_no_memory(e);
        k->key = key;
        k->cap = cap;
    }
    k->key[k->n++] = measure_key(score);
    return OK;
}

enum error_code measure_auc_result(struct measure_auc *m, double *out, struct error *e) {
    (void)e;
    struct measure_keys *r = &m->right, *w = &m->wrong;
    *out = NAN;
    if (!r->n || !w->n)
        return OK;
    gram_sort(r->key, r->key + r->n, r->n);
    gram_sort(w->key, w->key + w->n, w->n);
    uint64_t halves = 0; /* twice the pairs won */
    size_t below = 0, up_to = 0;
    for (size_t i = 0; i < r->n; i++) {
        while (below < w->n && w->key[below] < r->key[i])
            below++;
        while (up_to < w->n && w->key[up_to] <= r->key[i])
            up_to++;
        halves += below + up_to;
    }
    *out = (double)halves / 2 / ((double)r->n * (double)w->n);
    return OK;
}

void measure_auc_free(struct measure_auc *m) {
    memory_free(m->right.key);
    memory_free(m->wrong.key);
    *m = (struct measure_auc){0};
}

/* ---- ranks ---- */

enum error_code measure_rank_add(struct measure_rank *m, struct span query, double score,
                                 bool right, struct error *e) {
    enum error_code code = measure_check(score, m->n, e);
    struct measure_row row = {.right = right};
    if (!code)
        code = names_add(&m->queries, query, &row.query, e);
    if (code)
        return code;
    if (m->n == m->cap) {
        size_t cap = m->cap ? 2 * m->cap : 64;
        struct measure_row *p = memory_resize(m->row, cap * sizeof *p);
        if (!p)
            return error_no_memory(e);
        m->row = p;
        m->cap = cap;
    }
    row.key = measure_key(score);
    m->row[m->n++] = row;
    return OK;
}

/* best[q]: the key of its best right candidate, 0 for none (no score has key 0). */
static void measure_rank_count(const struct measure_rank *m, uint64_t *best, uint32_t *rank) {
    for (size_t i = 0; i < m->n; i++)
        if (m->row[i].right && m->row[i].key > best[m->row[i].query])
            best[m->row[i].query] = m->row[i].key;
    for (size_t i = 0; i < m->n; i++) {
        const struct measure_row *row = &m->row[i];
        rank[row->query] += !row->right && row->key >= best[row->query];
    }
}

enum error_code measure_rank_result(const struct measure_rank *m, struct measure_ranks *out,
                                    struct error *e) {
    const size_t n = m->queries.n;
    *out = (struct measure_ranks){n, NAN, NAN};
    if (!n)
        return OK;
    uint64_t *best = memory_zero(n * sizeof *best);
    uint32_t *rank = memory_zero(n * sizeof *rank);
    enum error_code code = OK;
    if (!best || !rank) {
        code = error_no_memory(e);
    } else {
        size_t first = 0;
        double sum = 0;
        measure_rank_count(m, best, rank);
        for (size_t q = 0; q < n; q++) {
            sum += best[q] ? 1 / (1 + (double)rank[q]) : 0;
            first += best[q] && rank[q] == 0;
        }
        *out = (struct measure_ranks){n, sum / (double)n, (double)first / (double)n};
    }
    memory_free(best);
    memory_free(rank);
    return code;
}

void measure_rank_free(struct measure_rank *m) {
    names_free(&m->queries);
    memory_free(m->row);
    m->row = NULL;
    m->n = m->cap = 0;
}
