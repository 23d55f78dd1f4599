/* What the methods of knowledge.h work on: who goes with whom, both ways, and the edges found. */
#ifndef CMED_LEARN_KNOWLEDGE_GRAPH_H
#define CMED_LEARN_KNOWLEDGE_GRAPH_H

#include "knowledge.h"

static const uint32_t KNOWLEDGE_LEAK = UINT32_MAX; /* the cause of effects without a cause */

/* to[start[i]] to to[start[i + 1]] are the things that go with i, ascending. */
struct knowledge_map {
    size_t *start;
    uint32_t *to;
};

struct knowledge_edge {
    uint32_t cause, effect, n;
    double weight;
};

/* Numbers are ranks of names in byte order. */
struct knowledge_graph {
    size_t records, causes, effects;
    struct knowledge_map record_causes, record_effects, cause_records, effect_records;
    const struct poll *poll;
    struct knowledge_edge *edge;
    size_t n, cap;
};

enum error_code knowledge_edge_add(struct knowledge_graph *g, struct knowledge_edge edge,
                                   struct error *e);

/* The three methods; each appends its edges. */
enum error_code knowledge_noisy_or(struct knowledge_graph *g, struct error *e);
enum error_code knowledge_naive_bayes(struct knowledge_graph *g, struct error *e);
enum error_code knowledge_logistic(struct knowledge_graph *g, struct error *e);

static inline size_t knowledge_map_n(const struct knowledge_map *m, uint32_t i) {
    return m->start[i + 1] - m->start[i];
}

#endif
