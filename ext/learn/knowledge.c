/* knowledge.c - co-occurrence in records, and the graph learnt from them.
 *
 *     record  cause  effect            record_causes   1: 肺炎      2: 肺炎 感冒
 *     1       肺炎   咳嗽              record_effects  1: 咳嗽 发热  2: 咳嗽
 *     1       肺炎   发热       ->     and both turned round
 *     2       肺炎   NULL
 *     2       感冒   咳嗽
 */
#include "knowledge.h"
#include "../base/memory.h"
#include "../match/gram.h"
#include "../text/spans.h"
#include "knowledge_graph.h"

#include <math.h>
#include <stdio.h>

/* ---- two things ---- */

enum error_code knowledge_table(double n_xy, double n_x, double n_y, double n,
                                struct knowledge_table *out, struct error *e) {
    *out = (struct knowledge_table){n_xy, n_x - n_xy, n_y - n_xy, n - n_x - n_y + n_xy};
    bool good = out->a >= 0 && out->b >= 0 && out->c >= 0 && out->d >= 0 && isfinite(n);
    return good ? OK
                : error_set(e, BAD_USE, "no records can have counts %g, %g, %g of %g", n_xy, n_x,
                            n_y, n);
}

double knowledge_pmi(const struct knowledge_table *t) {
    double n = t->a + t->b + t->c + t->d;
    return t->a > 0 ? log2(t->a * n / ((t->a + t->b) * (t->a + t->c))) : NAN;
}

double knowledge_odds_ratio(const struct knowledge_table *t) {
    double more = t->a > 0 && t->b > 0 && t->c > 0 && t->d > 0 ? 0 : 0.5;
    return (t->a + more) * (t->d + more) / ((t->b + more) * (t->c + more));
}

double knowledge_chi2(const struct knowledge_table *t) {
    double n = t->a + t->b + t->c + t->d, cross = t->a * t->d - t->b * t->c;
    double sums = (t->a + t->b) * (t->c + t->d) * (t->a + t->c) * (t->b + t->d);
    return sums > 0 ? n * cross * cross / sums : NAN;
}

/* ---- rows ---- */

static size_t knowledge_unique(uint64_t *key, uint64_t *spare, size_t n) {
    size_t kept = 0;
    gram_sort(key, spare, n);
    for (size_t i = 0; i < n; i++)
        if (!kept || key[kept - 1] != key[i])
            key[kept++] = key[i];
    return kept;
}

/* The upper half of the memory is to sort in: repeated links are taken out before it grows. */
static enum error_code knowledge_link(struct knowledge_links *l, uint32_t record, uint32_t thing,
                                      struct error *e) {
    if (l->n && 2 * l->n >= l->cap)
        l->n = knowledge_unique(l->key, l->key + l->n, l->n);
    if (l->n >= KNOWLEDGE_LINKS_MAX)
        return error_set(e, BAD_DATA, "more than %d links of records", KNOWLEDGE_LINKS_MAX);
    if (4 * l->n >= l->cap) {
        size_t cap = l->cap ? 2 * l->cap : 64;
        uint64_t *key = memory_resize(l->key, cap * sizeof *key);
        if (!key)
            return error_no_memory(e);
        l->key = key;
        l->cap = cap;
    }
    l->key[l->n++] = (uint64_t)record << 32 | thing;
    return OK;
}

enum error_code knowledge_add(struct knowledge *k, struct span record, struct span cause,
                              struct span effect, struct error *e) {
    uint32_t r = 0, thing = 0;
    enum error_code code = names_add(&k->records, record, &r, e);
    if (!code && cause.p) {
        code = names_add(&k->causes, cause, &thing, e);
        if (!code)
            code = knowledge_link(&k->record_causes, r, thing, e);
    }
    if (!code && effect.p) {
        code = names_add(&k->effects, effect, &thing, e);
        if (!code)
            code = knowledge_link(&k->record_effects, r, thing, e);
    }
    return code;
}

enum error_code knowledge_parse(struct span name, enum knowledge_method *out, struct error *e) {
    static const char *const names[] = {"noisy_or", "naive_bayes", "logistic"};
    *out = KNOWLEDGE_NOISY_OR;
    for (unsigned i = 0; i < 3; i++)
        if (span_is(name, names[i])) {
            *out = (enum knowledge_method)i;
            return OK;
        }
    return name.n ? error_set(e, BAD_USE, "there is no method '%.*s' to learn knowledge",
                              (int)(name.n < 40 ? name.n : 40), (const char *)name.p)
                  : OK;
}

void knowledge_free(struct knowledge *k) {
    names_free(&k->records);
    names_free(&k->causes);
    names_free(&k->effects);
    memory_free(k->record_causes.key);
    memory_free(k->record_effects.key);
    *k = (struct knowledge){0};
}

/* ---- the graph ---- */

/* rank[number], and back: number[rank], names in byte order. */
struct knowledge_order {
    uint32_t *rank, *number;
};

static enum error_code knowledge_order(const struct names *names, struct knowledge_order *out,
                                       struct error *e) {
    struct spans sorted = {.item = memory_alloc(names->n * sizeof *sorted.item), .n = names->n};
    out->rank = memory_alloc(names->n * sizeof *out->rank);
    out->number = memory_alloc(names->n * sizeof *out->number);
    if (!sorted.item || !out->rank || !out->number) {
        spans_free(&sorted);
        return error_no_memory(e);
    }
    for (uint32_t i = 0; i < names->n; i++)
        sorted.item[i] = (struct text_span){i, i, names_get(names, i)};
    spans_order(&sorted, spans_compare_type_first);
    for (uint32_t i = 0; i < names->n; i++) {
        out->number[i] = sorted.item[i].start;
        out->rank[out->number[i]] = i;
    }
    spans_free(&sorted);
    return OK;
}

static void knowledge_order_free(struct knowledge_order *o) {
    memory_free(o->rank);
    memory_free(o->number);
}

static void knowledge_map_free(struct knowledge_map *m) {
    memory_free(m->start);
    memory_free(m->to);
}

/* From n sorted keys (from << 32 | to). */
static enum error_code knowledge_map(struct knowledge_map *m, size_t froms, const uint64_t *key,
                                     size_t n, struct error *e) {
    m->start = memory_zero((froms + 1) * sizeof *m->start);
    m->to = memory_alloc(n * sizeof *m->to);
    if (!m->start || !m->to)
        return error_no_memory(e);
    for (size_t i = 0; i < n; i++) {
        m->start[(key[i] >> 32) + 1]++;
        m->to[i] = (uint32_t)key[i];
    }
    for (size_t i = 0; i < froms; i++)
        m->start[i + 1] += m->start[i];
    return OK;
}

/* The links by rank, as they are and turned round. */
static enum error_code knowledge_maps(const struct knowledge_links *l,
                                      const struct knowledge_order *record,
                                      const struct knowledge_order *thing, size_t records,
                                      size_t things, struct knowledge_map *of_record,
                                      struct knowledge_map *of_thing, struct error *e) {
    uint64_t *key = memory_alloc(2 * l->n * sizeof *key);
    if (!key)
        return error_no_memory(e);
    for (size_t i = 0; i < l->n; i++)
        key[i] = (uint64_t)record->rank[l->key[i] >> 32] << 32 | thing->rank[(uint32_t)l->key[i]];
    size_t n = knowledge_unique(key, key + l->n, l->n);
    enum error_code code = knowledge_map(of_record, records, key, n, e);
    for (size_t i = 0; i < n; i++)
        key[i] = key[i] << 32 | key[i] >> 32;
    gram_sort(key, key + l->n, n);
    if (!code)
        code = knowledge_map(of_thing, things, key, n, e);
    memory_free(key);
    return code;
}

enum error_code knowledge_edge_add(struct knowledge_graph *g, struct knowledge_edge edge,
                                   struct error *e) {
    if (g->n == g->cap) {
        size_t cap = g->cap ? 2 * g->cap : 64;
        struct knowledge_edge *p = memory_resize(g->edge, cap * sizeof *p);
        if (!p)
            return error_no_memory(e);
        g->edge = p;
        g->cap = cap;
    }
    g->edge[g->n++] = edge;
    return OK;
}

static bool knowledge_edge_before(const struct knowledge_edge *a, const struct knowledge_edge *b) {
    return a->cause != b->cause ? a->cause < b->cause : a->effect < b->effect;
}

static void knowledge_sift(struct knowledge_edge *edge, size_t at, size_t n) {
    struct knowledge_edge moved = edge[at];
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && knowledge_edge_before(&edge[child], &edge[child + 1]))
            child++;
        if (!knowledge_edge_before(&moved, &edge[child]))
            break;
        edge[at] = edge[child];
    }
    edge[at] = moved;
}

static void knowledge_sort(struct knowledge_graph *g) {
    for (size_t i = g->n / 2; i-- > 0;)
        knowledge_sift(g->edge, i, g->n);
    for (size_t n = g->n; n-- > 1;) {
        struct knowledge_edge top = g->edge[0];
        g->edge[0] = g->edge[n];
        g->edge[n] = top;
        knowledge_sift(g->edge, 0, n);
    }
}

/* ---- the whole ---- */

struct knowledge_orders {
    struct knowledge_order record, cause, effect;
};

static enum error_code knowledge_write(const struct knowledge *k, const struct knowledge_graph *g,
                                       const struct knowledge_orders *o, struct buf *out,
                                       struct error *e) {
    enum error_code code = buf_add_byte(out, '[', e);
    for (size_t i = 0; !code && i < g->n; i++) {
        const struct knowledge_edge *edge = &g->edge[i];
        char tail[80];
        int n = snprintf(tail, sizeof tail, ",\"weight\":%.10g,\"n\":%u}", edge->weight,
                         (unsigned)edge->n);
        code = buf_add_text(out, i ? ",{\"cause\":" : "{\"cause\":", e);
        if (!code && edge->cause == KNOWLEDGE_LEAK)
            code = buf_add_text(out, "null", e);
        else if (!code)
            code = buf_add_json(out, names_get(&k->causes, o->cause.number[edge->cause]), e);
        if (!code)
            code = buf_add_text(out, ",\"effect\":", e);
        if (!code)
            code = buf_add_json(out, names_get(&k->effects, o->effect.number[edge->effect]), e);
        if (!code)
            code = buf_add(out, tail, (size_t)n, e);
    }
    return code ? code : buf_add_byte(out, ']', e);
}

static enum error_code knowledge_build(const struct knowledge *k, struct knowledge_graph *g,
                                       struct knowledge_orders *o, struct error *e) {
    enum error_code code = knowledge_order(&k->records, &o->record, e);
    if (!code)
        code = knowledge_order(&k->causes, &o->cause, e);
    if (!code)
        code = knowledge_order(&k->effects, &o->effect, e);
    if (!code)
        code = knowledge_maps(&k->record_causes, &o->record, &o->cause, g->records, g->causes,
                              &g->record_causes, &g->cause_records, e);
    if (!code)
        code = knowledge_maps(&k->record_effects, &o->record, &o->effect, g->records, g->effects,
                              &g->record_effects, &g->effect_records, e);
    return code;
}

enum error_code knowledge_learn(const struct knowledge *k, enum knowledge_method method,
                                struct buf *out, struct error *e) {
    static enum error_code (*const methods[])(struct knowledge_graph *, struct error *) = {
        knowledge_noisy_or, knowledge_naive_bayes, knowledge_logistic};
    struct knowledge_graph g = {
        .records = k->records.n, .causes = k->causes.n, .effects = k->effects.n, .poll = k->poll};
    struct knowledge_orders o = {0};
    enum error_code code = knowledge_build(k, &g, &o, e);
    if (!code)
        code = methods[method](&g, e);
    if (!code) {
        knowledge_sort(&g);
        code = knowledge_write(k, &g, &o, out, e);
    }
    knowledge_order_free(&o.record);
    knowledge_order_free(&o.cause);
    knowledge_order_free(&o.effect);
    knowledge_map_free(&g.record_causes);
    knowledge_map_free(&g.record_effects);
    knowledge_map_free(&g.cause_records);
    knowledge_map_free(&g.effect_records);
    memory_free(g.edge);
    return code;
}
