/* terms_search.c - the documents of an index that are most like a query.
 *
 *     梗死 (212 documents) 心肌 (95) ... 心 (2100) 性 (6300)      grams, short lists first
 *     |-- added up, list by list --|  |--- not walked ---|
 *                                  ^ the lists that follow cannot bring a document that no list
 *                                    before had among the k best any more
 *
 * What is left then are the few documents that could still be among the best; each is scored
 * through its own grams, always in their order, so that the answer does not depend on where the
 * walk stopped (MaxScore: Turtle and Flood, IP&M 31(6), 1995).
 */
#include "terms_index.h"
#include "../base/memory.h"
#include "../base/sort.h"

#include <math.h>

enum { TERMS_QUERY_FIRST = 64 };

static const float TERMS_SLACK = 0.99999F; /* float32 sums, in another order */

enum error_code terms_query_add(struct terms_query *q, const struct terms_index *x, uint32_t gram,
                                double times, struct error *e) {
    double weight = (gram == TERMS_NONE ? x->unseen : x->list[gram].weight) * times;
    if (q->n == q->cap) {
        size_t cap = q->cap ? 2 * q->cap : TERMS_QUERY_FIRST;
        struct terms_query_gram *item = memory_resize(q->item, cap * sizeof *item);
        if (!item)
            return error_no_memory(e);
        q->item = item;
        q->cap = cap;
    }
    q->square += weight * weight;
    q->sum += weight;
    q->size++;
    if (gram != TERMS_NONE)
        q->item[q->n++] = (struct terms_query_gram){gram, (float)weight};
    return OK;
}

void terms_query_clear(struct terms_query *q) {
    q->n = q->size = 0;
    q->square = q->sum = 0;
}

void terms_query_free(struct terms_query *q) {
    memory_free(q->item);
    *q = (struct terms_query){0};
}

/* ---- scores ---- */

/* What a sum of weights is divided by, but for the document's part. */
static double terms_search_divisor(const struct terms_index *x, const struct terms_query *q) {
    switch (x->method) {
    case TERMS_TFIDF:
        return sqrt(q->square);
    case TERMS_BM25:
        return q->sum * terms_index_bm25(x, q->size);
    default:
        return (double)q->size;
    }
}

/* Never less for a greater sum. */
static inline float terms_search_score(const struct terms_index *x, const struct terms_search *s,
                                       float sum, uint32_t d) {
    float unit = x->unit[d];
    if (x->method == TERMS_JACCARD)
        return sum / (s->divisor + unit - sum);
    return sum * unit * s->factor;
}

double terms_index_score(const struct terms_index *x, const struct terms_search *s, uint32_t d) {
    const uint32_t *gram;
    size_t n = terms_index_doc(x, d, &gram);
    float sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += s->weight[gram[i]];
    float score = sum > 0 ? terms_search_score(x, s, sum, d) : 0;
    return (double)(score < 1 ? score : 1);
}

/* ---- work space ---- */

static enum error_code terms_search_room(const struct terms_index *x, size_t loaded, size_t k,
                                         struct terms_search *s, struct error *e) {
    if (!s->sum) {
        s->sum = memory_zero((x->docs + 1) * sizeof *s->sum);
        s->weight = memory_zero((x->grams + 1) * sizeof *s->weight);
        s->touched = memory_alloc((x->docs + 1) * sizeof *s->touched);
        s->hit = memory_alloc((x->docs + 1) * sizeof *s->hit);
        if (!s->sum || !s->weight || !s->touched || !s->hit) {
            terms_search_free(s);
            return error_no_memory(e);
        }
    }
    if (loaded >= s->loaded_cap) {
        size_t cap = 2 * loaded + TERMS_QUERY_FIRST;
        struct terms_query_gram *item = memory_resize(s->loaded, cap * sizeof *item);
        s->loaded = item ? item : s->loaded;
        double *rest = memory_resize(s->rest, cap * sizeof *rest);
        s->rest = rest ? rest : s->rest;
        double *bound = memory_resize(s->bound, cap * sizeof *bound);
        s->bound = bound ? bound : s->bound;
        if (!item || !rest || !bound)
            return error_no_memory(e);
        s->loaded_cap = cap;
    }
    if (k > s->heap_cap) {
        float *heap = memory_resize(s->heap, k * sizeof *heap);
        if (!heap)
            return error_no_memory(e);
        s->heap = heap;
        s->heap_cap = k;
    }
    return OK;
}

void terms_search_free(struct terms_search *s) {
    memory_free(s->sum);
    memory_free(s->weight);
    memory_free(s->touched);
    memory_free(s->hit);
    memory_free(s->loaded);
    memory_free(s->rest);
    memory_free(s->bound);
    memory_free(s->heap);
    *s = (struct terms_search){0};
}

/* Insertion sort below a few dozen grams, which a mention has; a heap above. */
static void terms_search_order(const struct terms_index *x, struct terms_query_gram *item,
                               size_t n) {
    for (size_t i = 1; i < n; i++) {
        struct terms_query_gram g = item[i];
        size_t j = i;
        for (; j && x->list[item[j - 1].gram].n > x->list[g.gram].n; j--)
            item[j] = item[j - 1];
        item[j] = g;
    }
}

static void terms_search_load(const struct terms_index *x, const struct terms_query *q,
                              struct terms_search *s) {
    for (size_t i = 0; i < s->loaded_n; i++)
        s->weight[s->loaded[i].gram] = 0;
    s->loaded_n = q->n;
    memcpy(s->loaded, q->item, q->n * sizeof *q->item);
    terms_search_order(x, s->loaded, s->loaded_n);
    double divisor = terms_search_divisor(x, q), square = 0, bound = 0;
    s->divisor = (float)divisor;
    s->factor = (float)(1 / divisor);
    s->rest[q->n] = s->bound[q->n] = 0;
    for (size_t i = q->n; i-- > 0;) {
        struct terms_query_gram *g = &s->loaded[i];
        double best = x->method == TERMS_JACCARD ? 1 : (double)x->list[g->gram].best;
        square += (double)g->weight * (double)g->weight;
        if (x->method == TERMS_TFIDF) /* the document's vector has a weight of its own */
            g->weight *= x->list[g->gram].weight;
        s->weight[g->gram] = g->weight;
        s->rest[i] = s->rest[i + 1] + (double)g->weight;
        bound += (double)g->weight * best / divisor;
        s->bound[i] = x->method == TERMS_TFIDF ? fmin(bound, sqrt(square) / divisor) : bound;
    }
}

/* ---- the walk ---- */

/* How many of the first 'docs' documents a list has. */
static uint32_t terms_search_length(const struct terms_index *x, const struct terms_list *l,
                                    size_t docs) {
    uint32_t low = 0, high = l->n;
    if (docs >= x->docs)
        return l->n;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (x->post[l->at + middle] < docs)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void terms_search_walk(const struct terms_index *x, struct terms_query_gram g, size_t docs,
                              struct terms_search *s) {
    const struct terms_list *l = &x->list[g.gram];
    const uint32_t *post = x->post + l->at;
    const uint32_t n = terms_search_length(x, l, docs);
    uint32_t *touched = s->touched + s->touched_n;
    float *sum = s->sum;
    for (uint32_t i = 0; i < n; i++) {
        float before = sum[post[i]];
        sum[post[i]] = before + g.weight;
        *touched = post[i];
        touched += !(before > 0);
    }
    s->touched_n = (size_t)(touched - s->touched);
}

/* Puts score into the heap of the k greatest, the least of them on top. */
static void terms_search_keep(float *heap, size_t *n, size_t k, float score) {
    size_t at = *n;
    if (at < k) {
        for (++*n; at && heap[(at - 1) / 2] > score; at = (at - 1) / 2)
            heap[at] = heap[(at - 1) / 2];
        heap[at] = score;
        return;
    }
    if (score <= heap[0])
        return;
    at = 0;
    for (size_t child; (child = 2 * at + 1) < k; at = child) {
        child += child + 1 < k && heap[child + 1] < heap[child];
        if (heap[child] >= score)
            break;
        heap[at] = heap[child];
    }
    heap[at] = score;
}

/* The k-th best score so far; 0 where fewer than k documents have any. */
static float terms_search_least(const struct terms_index *x, struct terms_search *s, size_t k) {
    size_t n = 0;
    for (size_t i = 0; i < s->touched_n; i++) {
        uint32_t d = s->touched[i];
        float score = terms_search_score(x, s, s->sum[d], d);
        if (n < k || score > s->heap[0])
            terms_search_keep(s->heap, &n, k, score);
    }
    return n == k ? s->heap[0] : 0;
}

/* Scores whatever could reach 'least' with the lists from 'at' on. */
static void terms_search_finish(const struct terms_index *x, struct terms_search *s, size_t at,
                                float least, size_t k) {
    const float rest = (float)s->rest[at];
    const bool cosine = x->method == TERMS_TFIDF;
    const float short_of = cosine ? least - (float)s->bound[at] : 0; /* without those lists */
    size_t n = 0, hits = 0;
    for (size_t i = 0; i < s->touched_n; i++) {
        uint32_t d = s->touched[i];
        float sum = s->sum[d];
        s->sum[d] = 0;
        if (terms_search_score(x, s, sum, d) < short_of ||
            terms_search_score(x, s, sum + rest, d) < least)
            continue;
        s->hit[hits] = (struct terms_hit){d, (float)terms_index_score(x, s, d)};
        if (n < k || s->hit[hits].score > s->heap[0])
            terms_search_keep(s->heap, &n, k, s->hit[hits].score);
        hits++;
    }
    for (size_t i = 0; i < hits; i++)
        if (s->hit[i].score > 0 && (n < k || s->hit[i].score >= s->heap[0]))
            s->hit[s->hits++] = s->hit[i];
    s->touched_n = 0;
}

static int terms_search_compare(const void *a, const void *b) {
    const struct terms_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/* How many lists are walked, and the k-th best score then. Looking for it costs as much as a walk
 * over all that was touched: it is done where the next list is as long, and where that score, which
 * rises no faster than the bound falls, can have reached the bound. */
static size_t terms_search_lists(const struct terms_index *x, struct terms_search *s, size_t docs,
                                 size_t k, float *least) {
    double since = s->bound[0];
    size_t i = 0;
    *least = 0;
    for (; i < s->loaded_n; i++) {
        if (s->touched_n >= k && x->list[s->loaded[i].gram].n > s->touched_n / 4 &&
            (double)*least + since - s->bound[i] > s->bound[i]) {
            *least = terms_search_least(x, s, k) * TERMS_SLACK;
            since = s->bound[i];
            if ((double)*least > s->bound[i])
                return i;
        }
        terms_search_walk(x, s->loaded[i], docs, s);
    }
    *least = terms_search_least(x, s, k) * TERMS_SLACK;
    return i;
}

enum error_code terms_index_search(const struct terms_index *x, const struct terms_query *q,
                                   size_t docs, size_t k, struct terms_search *s, struct error *e) {
    float least;
    k = k < docs ? k : docs;
    s->hits = 0;
    enum error_code code = terms_search_room(x, q->n, k, s, e);
    if (code || k == 0 || q->n == 0)
        return code;
    terms_search_load(x, q, s);
    size_t lists = terms_search_lists(x, s, docs, k, &least);
    terms_search_finish(x, s, lists, least, k);
    sort_items(s->hit, s->hits, sizeof *s->hit, terms_search_compare);
    return OK;
}
