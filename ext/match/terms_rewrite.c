/* terms_rewrite.c - how mentions are put into standard terms, gram by gram.
 *
 *     alias    左 乳 腺 癌 术 后 ...        of every gram: how often it is in the term as well,
 *     term     乳 腺 癌 ...                 and which grams only the term has (癌 -> 瘤)
 *
 *     keep    (kept + 5 P) / (seen + 5) / P         P: the share that is kept of all grams
 *     chance  pairs / (seen + 3)                    of at least 2 pairs and 1 in 10
 */
#include "terms_rewrite.h"
#include "../base/memory.h"

enum {
    TERMS_PAIRS_MAX = 1 << 23, /* 128 MiB while learning */
    TERMS_PAIRS_FIRST = 1 << 12,
    TERMS_PAIRS_LEAST = 2
};

static const double TERMS_KEEP_PRIOR = 5, TERMS_CHANCE_PRIOR = 3, TERMS_CHANCE_LEAST = 0.1;

struct terms_pairs {
    uint64_t *pair; /* alias' gram << 32 | term's gram; room for as many again behind cap */
    size_t n, cap;
    uint32_t *seen, *kept; /* of a gram */
    uint32_t *mark;        /* of a gram: the last document + 1 that it was seen in */
};

static enum error_code terms_pairs_add(struct terms_pairs *p, uint32_t from, uint32_t to,
                                       struct error *e) {
    if (p->n == TERMS_PAIRS_MAX)
        return OK;
    if (p->n == p->cap) {
        size_t cap = p->cap ? 2 * p->cap : TERMS_PAIRS_FIRST;
        uint64_t *pair = memory_resize(p->pair, 2 * cap * sizeof *pair);
        if (!pair)
            return error_no_memory(e);
        p->pair = pair;
        p->cap = cap;
    }
    p->pair[p->n++] = (uint64_t)from << 32 | to;
    return OK;
}

static enum error_code terms_pairs_doc(struct terms_pairs *p, const struct terms_index *x,
                                       uint32_t alias, uint32_t term, struct error *e) {
    const uint32_t *a, *t;
    size_t a_n = terms_index_doc(x, alias, &a), t_n = terms_index_doc(x, term, &t);
    enum error_code code = OK;
    for (size_t i = 0; i < t_n; i++)
        p->mark[t[i]] = 2 * alias + 1; /* only the term's */
    for (size_t i = 0; i < a_n; i++) {
        bool kept = p->mark[a[i]] == 2 * alias + 1;
        p->seen[a[i]]++;
        p->kept[a[i]] += kept;
        p->mark[a[i]] = kept ? 2 * alias + 2 : p->mark[a[i]];
    }
    for (size_t i = 0; i < a_n; i++) {
        if (p->mark[a[i]] == 2 * alias + 2)
            continue;
        for (size_t j = 0; !code && j < t_n; j++)
            if (p->mark[t[j]] == 2 * alias + 1)
                code = terms_pairs_add(p, a[i], t[j], e);
    }
    return code;
}

/* One pass over the sorted pairs, which begin at *i; how many are the same. */
static size_t terms_pairs_run(const struct terms_pairs *p, size_t i) {
    size_t n = 1;
    while (i + n < p->n && p->pair[i + n] == p->pair[i])
        n++;
    return n;
}

static enum error_code terms_rewrite_fill(struct terms_rewrite *r, const struct terms_index *x,
                                          struct terms_pairs *p, struct error *e) {
    size_t kept = 0, seen = 0, n = 0;
    if (p->n)
        gram_sort(p->pair, p->pair + p->cap, p->n);
    r->to = memory_alloc((p->n / TERMS_PAIRS_LEAST + 1) * sizeof *r->to);
    if (!r->to)
        return error_no_memory(e);
    for (size_t i = 0, run; i < p->n; i += run) {
        uint32_t from = (uint32_t)(p->pair[i] >> 32);
        run = terms_pairs_run(p, i);
        double chance = (double)run / (p->seen[from] + TERMS_CHANCE_PRIOR);
        if (run < TERMS_PAIRS_LEAST || chance <= TERMS_CHANCE_LEAST)
            continue;
        r->to[n++] = (struct terms_rewrite_to){(uint32_t)p->pair[i], (float)chance};
        r->start[from + 1]++;
    }
    for (size_t g = 0; g < x->grams; g++) {
        r->start[g + 1] += r->start[g];
        kept += p->kept[g];
        seen += p->seen[g];
    }
    double share = seen && kept ? (double)kept / (double)seen : 1;
    for (size_t g = 0; g < x->grams; g++)
        r->keep[g] = (float)((p->kept[g] + TERMS_KEEP_PRIOR * share) /
                             (p->seen[g] + TERMS_KEEP_PRIOR) / share);
    return OK;
}

static void terms_pairs_free(struct terms_pairs *p) {
    memory_free(p->pair);
    memory_free(p->seen);
    memory_free(p->kept);
    memory_free(p->mark);
}

enum error_code terms_rewrite_learn(struct terms_rewrite *r, const struct terms_index *x,
                                    size_t names, const uint32_t *code, struct error *e) {
    struct terms_pairs p = {.seen = memory_zero((x->grams + 1) * sizeof *p.seen),
                            .kept = memory_zero((x->grams + 1) * sizeof *p.kept),
                            .mark = memory_zero((x->grams + 1) * sizeof *p.mark)};
    r->keep = memory_alloc((x->grams + 1) * sizeof *r->keep);
    r->start = memory_zero((x->grams + 2) * sizeof *r->start);
    r->added = memory_zero((x->grams + 1) * sizeof *r->added);
    r->order = memory_alloc((x->grams + 1) * sizeof *r->order);
    enum error_code failed = OK;
    if (!p.seen || !p.kept || !p.mark || !r->keep || !r->start || !r->added || !r->order)
        failed = error_no_memory(e);
    for (size_t d = names; !failed && d < x->docs; d++)
        failed = terms_pairs_doc(&p, x, (uint32_t)d, code[d], e);
    if (!failed)
        failed = terms_rewrite_fill(r, x, &p, e);
    terms_pairs_free(&p);
    return failed;
}

enum error_code terms_rewrite_query(struct terms_rewrite *r, const struct terms_index *x,
                                    const uint32_t *gram, size_t n, struct terms_query *out,
                                    struct error *e) {
    enum error_code code = OK;
    size_t added = 0;
    for (size_t i = 0; i < n; i++) {
        if (gram[i] == TERMS_NONE)
            continue;
        for (uint32_t j = r->start[gram[i]]; j < r->start[gram[i] + 1]; j++) {
            if (r->added[r->to[j].gram] == 0)
                r->order[added++] = r->to[j].gram;
            r->added[r->to[j].gram] += r->to[j].chance;
        }
    }
    for (size_t i = 0; !code && i < n; i++) {
        code = terms_query_add(out, x, gram[i],
                               gram[i] == TERMS_NONE ? 1 : (double)r->keep[gram[i]], e);
        if (gram[i] != TERMS_NONE)
            r->added[gram[i]] = r->added[gram[i]] > 0 ? -1 : 0; /* in the query already */
    }
    for (size_t i = 0; i < added; i++) {
        float chance = r->added[r->order[i]];
        if (!code && chance > 0)
            code = terms_query_add(out, x, r->order[i], chance < 1 ? (double)chance : 1, e);
        r->added[r->order[i]] = 0;
    }
    return code;
}

void terms_rewrite_free(struct terms_rewrite *r) {
    memory_free(r->keep);
    memory_free(r->start);
    memory_free(r->to);
    memory_free(r->added);
    memory_free(r->order);
    *r = (struct terms_rewrite){0};
}
