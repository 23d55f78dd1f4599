/* Sets of character 1- and 2-grams, and which of many are most like a query: an inverted index,
 * exact. */
#ifndef CMED_MATCH_TERMS_INDEX_H
#define CMED_MATCH_TERMS_INDEX_H

#include "gram.h"

/* How likeness is counted, 0 to 1, over sets of grams:
 * tfidf    cosine of vectors of sqrt(idf), idf = ln((1 + N) / (1 + df)) + 1
 * jaccard  grams of both / grams of either
 * bm25     Lucene's, k1 = 1.2, b = 0.75, divided by what the query scores with itself */
enum terms_method { TERMS_TFIDF, TERMS_JACCARD, TERMS_BM25 };

enum {
    TERMS_N = 2,               /* longest gram */
    TERMS_DOCS_MAX = 1 << 26,  /* documents of an index */
    TERMS_GRAMS_MAX = 1 << 28, /* of all documents together */
};

#define TERMS_NONE UINT32_MAX

struct terms_list {
    uint32_t at, n;
    float weight; /* of the gram */
    float best;   /* the greatest 'unit' among its documents */
};

/* All zero but for method is empty. Filled by add, ready after build. */
struct terms_index {
    enum terms_method method;
    /* gram key -> number; open addressing, at most half full */
    uint64_t *key;
    uint32_t *number;
    size_t slots, grams;
    /* the grams of document d are gram[start[d]] to gram[start[d + 1] - 1] */
    uint32_t *gram;
    uint32_t *start;
    size_t gram_n, gram_cap, docs, docs_cap;
    float *unit;    /* of a document; tfidf, bm25: a factor; jaccard: how many grams */
    uint32_t *post; /* documents, ascending, list by list */
    struct terms_list *list;
    float unseen;   /* weight of a gram that no document has */
    double average; /* grams of a document */
};

/* The set of grams becomes the next document. */
enum error_code terms_index_add(struct terms_index *x, const struct grams *g, struct error *e);
enum error_code terms_index_build(struct terms_index *x, struct error *e);
void terms_index_free(struct terms_index *x);

/* The number of a gram; TERMS_NONE where no document has it. */
uint32_t terms_index_find(const struct terms_index *x, uint64_t key);

/* BM25's part of a set of n grams. */
double terms_index_bm25(const struct terms_index *x, size_t n);

/* The grams of document d; how many. */
static inline size_t terms_index_doc(const struct terms_index *x, uint32_t d,
                                     const uint32_t **gram) {
    *gram = x->gram + x->start[d];
    return x->start[d + 1] - x->start[d];
}

/* Takes the last document back, before build. */
static inline void terms_index_undo(struct terms_index *x) {
    x->gram_n = x->start[--x->docs];
}

/* ---- looking for ---- */

struct terms_query_gram {
    uint32_t gram;
    float weight;
};

/* A query: weighted grams. All zero is empty; reusable after n = 0 and square = sum = 0. */
struct terms_query {
    struct terms_query_gram *item;
    size_t n, cap;
    double square, sum; /* of all weights, also of grams that no document has */
    size_t size;        /* grams, these too */
};

/* Adds a gram, once a gram, with its usual weight times 'times'; TERMS_NONE: an unseen one. */
enum error_code terms_query_add(struct terms_query *q, const struct terms_index *x, uint32_t gram,
                                double times, struct error *e);
void terms_query_clear(struct terms_query *q);
void terms_query_free(struct terms_query *q);

struct terms_hit {
    uint32_t doc;
    float score;
};

/* Work space, all zero at first, for one index; freed once. */
struct terms_search {
    float *sum;    /* of a document */
    float *weight; /* of a gram, in the last query */
    uint32_t *touched;
    struct terms_hit *hit; /* the answer */
    size_t hits;
    size_t touched_n, docs, grams;
    struct terms_query_gram *loaded; /* the last query, short lists first */
    double *rest, *bound; /* of loaded[i] and what follows: weights; the most they score */
    size_t loaded_n, loaded_cap;
    float divisor, factor; /* factor: 1 / divisor */
    float *heap;
    size_t heap_cap;
};

/* s->hit: every one of the first 'docs' documents that scores at least as much as the k-th best of
 * them, best first, ties by number; none that scores 0. */
enum error_code terms_index_search(const struct terms_index *x, const struct terms_query *q,
                                   size_t docs, size_t k, struct terms_search *s, struct error *e);
/* What document d scores with the last query of s. */
double terms_index_score(const struct terms_index *x, const struct terms_search *s, uint32_t d);
void terms_search_free(struct terms_search *s);

#endif
