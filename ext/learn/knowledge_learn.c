/* knowledge_learn.c - three ways from records to weights (Rotmensch et al. 2017).
 *
 *     noisy or      an effect stays away only if the leak and every cause present fail:
 *                   P(no effect) = (1 - leak) (1 - w1) (1 - w2) ...
 *     naive Bayes   log P(effect | cause) - log P(effect | no cause)
 *     logistic      P(cause) = 1 / (1 + exp(-(b + sum of w over the effects present)))
 */
#include "../base/memory.h"
#include "knowledge_graph.h"

#include <math.h>

enum { KNOWLEDGE_EM_ROUNDS = 2000, KNOWLEDGE_DESCENT_ROUNDS = 1000 };

/* count[cause]: the records of this effect that have the cause. count is zero before. */
static void knowledge_count(const struct knowledge_graph *g, uint32_t effect, uint32_t *count) {
    const struct knowledge_map *er = &g->effect_records, *rc = &g->record_causes;
    for (size_t i = er->start[effect]; i < er->start[effect + 1]; i++)
        for (size_t j = rc->start[er->to[i]]; j < rc->start[er->to[i] + 1]; j++)
            count[rc->to[j]]++;
}

/* ---- noisy or ---- */

/* The causes of one effect: w, what the round before and this one say; the leak is last. */
struct knowledge_em {
    double *w, *sum;
    uint32_t *count;
};

/* Shares every occurrence of the effect among the causes present, then renews the weights.
 * Only records with the effect count: in the others no cause has fired. */
static double knowledge_em_round(const struct knowledge_graph *g, uint32_t effect,
                                 struct knowledge_em *m) {
    const struct knowledge_map *er = &g->effect_records, *rc = &g->record_causes;
    const size_t leak = g->causes;
    double change = 0;
    memset(m->sum, 0, (g->causes + 1) * sizeof *m->sum);
    for (size_t i = er->start[effect]; i < er->start[effect + 1]; i++) {
        const uint32_t r = er->to[i];
        double none = 1 - m->w[leak];
        for (size_t j = rc->start[r]; j < rc->start[r + 1]; j++)
            none *= 1 - m->w[rc->to[j]];
        if (none >= 1)
            continue;
        for (size_t j = rc->start[r]; j < rc->start[r + 1]; j++)
            m->sum[rc->to[j]] += m->w[rc->to[j]] / (1 - none);
        m->sum[leak] += m->w[leak] / (1 - none);
    }
    for (size_t c = 0; c <= leak; c++) {
        double n =
            (double)(c == leak ? g->records : knowledge_map_n(&g->cause_records, (uint32_t)c));
        double w = m->sum[c] > n ? 1 : m->sum[c] / n;
        change = fmax(change, fabs(w - m->w[c]));
        m->w[c] = w;
    }
    return change;
}

static enum error_code knowledge_em_effect(struct knowledge_graph *g, uint32_t effect,
                                           struct knowledge_em *m, struct error *e) {
    const size_t leak = g->causes;
    const uint32_t n = (uint32_t)knowledge_map_n(&g->effect_records, effect);
    memset(m->count, 0, g->causes * sizeof *m->count);
    knowledge_count(g, effect, m->count);
    for (uint32_t c = 0; c < g->causes; c++)
        m->w[c] = 0.5 * m->count[c] / (double)knowledge_map_n(&g->cause_records, c);
    m->w[leak] = 0.5 * n / (double)g->records;
    enum error_code code = OK;
    double change = 1;
    for (int round = 0; !code && change > 1e-7 && round < KNOWLEDGE_EM_ROUNDS; round++) {
        code = poll_check(g->poll, e);
        change = knowledge_em_round(g, effect, m);
    }
    for (uint32_t c = 0; !code && c < g->causes; c++)
        if (m->count[c])
            code =
                knowledge_edge_add(g, (struct knowledge_edge){c, effect, m->count[c], m->w[c]}, e);
    if (!code)
        code = knowledge_edge_add(g, (struct knowledge_edge){KNOWLEDGE_LEAK, effect, n, m->w[leak]},
                                  e);
    return code;
}

enum error_code knowledge_noisy_or(struct knowledge_graph *g, struct error *e) {
    struct knowledge_em m = {memory_alloc((g->causes + 1) * sizeof *m.w),
                             memory_alloc((g->causes + 1) * sizeof *m.sum),
                             memory_alloc(g->causes * sizeof *m.count)};
    bool room = m.w && m.sum && m.count;
    enum error_code code = room ? OK : error_no_memory(e);
    for (uint32_t effect = 0; room && !code && effect < g->effects; effect++)
        code = knowledge_em_effect(g, effect, &m, e);
    memory_free(m.w);
    memory_free(m.sum);
    memory_free(m.count);
    return code;
}

/* ---- naive Bayes ---- */

enum error_code knowledge_naive_bayes(struct knowledge_graph *g, struct error *e) {
    uint32_t *count = memory_alloc(g->causes * sizeof *count);
    enum error_code code = count ? OK : error_no_memory(e);
    for (uint32_t effect = 0; count && !code && effect < g->effects; effect++) {
        double n_effect = (double)knowledge_map_n(&g->effect_records, effect);
        memset(count, 0, g->causes * sizeof *count);
        knowledge_count(g, effect, count);
        code = poll_check(g->poll, e);
        for (uint32_t c = 0; !code && c < g->causes; c++) {
            double n_cause = (double)knowledge_map_n(&g->cause_records, c), both = count[c];
            double with = (both + 1) / (n_cause + 2);
            double without = (n_effect - both + 1) / ((double)g->records - n_cause + 2);
            struct knowledge_edge edge = {c, effect, count[c], log(with) - log(without)};
            code = count[c] ? knowledge_edge_add(g, edge, e) : OK;
        }
    }
    memory_free(count);
    return code;
}

/* ---- logistic ---- */

/* One cause against all effects. The steps and their trust regions are those of Genkin, Lewis
 * and Madigan, "Large-Scale Bayesian Logistic Regression for Text Categorization" (2007). */
struct knowledge_fit {
    double *w, *radius; /* an effect each; the intercept is last */
    double *margin;     /* a record each: what the model says */
    uint8_t *has;       /* a record each: has the cause */
};

/* No less than the second derivative of the loss anywhere within 'radius' of the margin. */
static double knowledge_curve(double margin, double radius) {
    double far = fabs(margin) - radius;
    return far <= 0 ? 0.25 : 1 / (2 + exp(far) + exp(-far));
}

/* The best step of a weight within its radius, where |w| costs 'penalty'. */
static double knowledge_step(double w, double slope, double curve, double penalty, double radius) {
    double step;
    if (w > 0 || (w == 0 && slope < -penalty))
        step = -(slope + penalty) / curve;
    else if (w < 0 || (w == 0 && slope > penalty))
        step = -(slope - penalty) / curve;
    else
        return 0;
    if ((w > 0 && w + step < 0) || (w < 0 && w + step > 0))
        step = -w; /* stop at 0; the next round decides whether to cross it */
    return fmax(-radius, fmin(radius, step));
}

/* Moves one weight; records NULL: all of them. Returns how far. */
static double knowledge_descend(struct knowledge_fit *f, size_t at, const uint32_t *records,
                                size_t n, double penalty) {
    double slope = 0, curve = 1e-12;
    for (size_t i = 0; i < n; i++) {
        size_t r = records ? records[i] : i;
        slope += 1 / (1 + exp(-f->margin[r])) - f->has[r];
        curve += knowledge_curve(f->margin[r], f->radius[at]);
    }
    double step = knowledge_step(f->w[at], slope, curve, penalty, f->radius[at]);
    f->radius[at] = fmax(2 * fabs(step), fmax(f->radius[at] / 2, 1e-3));
    f->w[at] += step;
    for (size_t i = 0; step != 0 && i < n; i++)
        f->margin[records ? records[i] : i] += step;
    return fabs(step);
}

static enum error_code knowledge_fit(const struct knowledge_graph *g, uint32_t cause,
                                     struct knowledge_fit *f, struct error *e) {
    const struct knowledge_map *cr = &g->cause_records, *er = &g->effect_records;
    memset(f->w, 0, (g->effects + 1) * sizeof *f->w);
    memset(f->margin, 0, g->records * sizeof *f->margin);
    memset(f->has, 0, g->records);
    for (size_t i = 0; i <= g->effects; i++)
        f->radius[i] = 1;
    for (size_t i = cr->start[cause]; i < cr->start[cause + 1]; i++)
        f->has[cr->to[i]] = 1;
    double change = 1;
    for (int round = 0; change > 1e-6 && round < KNOWLEDGE_DESCENT_ROUNDS; round++) {
        if (poll_check(g->poll, e))
            return INTERRUPTED;
        change = knowledge_descend(f, g->effects, NULL, g->records, 0);
        for (uint32_t i = 0; i < g->effects; i++)
            change = fmax(
                change, knowledge_descend(f, i, er->to + er->start[i], knowledge_map_n(er, i), 1));
    }
    return OK;
}

/* together[effect]: the records of this cause that have the effect. */
static enum error_code knowledge_fit_edges(struct knowledge_graph *g, uint32_t cause,
                                           const struct knowledge_fit *f, uint32_t *together,
                                           struct error *e) {
    const struct knowledge_map *cr = &g->cause_records, *re = &g->record_effects;
    enum error_code code = OK;
    memset(together, 0, g->effects * sizeof *together);
    for (size_t i = cr->start[cause]; i < cr->start[cause + 1]; i++)
        for (size_t j = re->start[cr->to[i]]; j < re->start[cr->to[i] + 1]; j++)
            together[re->to[j]]++;
    for (uint32_t i = 0; !code && i < g->effects; i++) {
        struct knowledge_edge edge = {cause, i, together[i], f->w[i]};
        code = f->w[i] > 0 && together[i] ? knowledge_edge_add(g, edge, e) : OK;
    }
    return code;
}

enum error_code knowledge_logistic(struct knowledge_graph *g, struct error *e) {
    struct knowledge_fit f = {memory_alloc((g->effects + 1) * sizeof *f.w),
                              memory_alloc((g->effects + 1) * sizeof *f.radius),
                              memory_alloc(g->records * sizeof *f.margin),
                              memory_alloc(g->records)};
    uint32_t *together = memory_alloc(g->effects * sizeof *together);
    bool room = f.w && f.radius && f.margin && f.has && together;
    enum error_code code = room ? OK : error_no_memory(e);
    for (uint32_t cause = 0; room && !code && cause < g->causes; cause++) {
        code = knowledge_fit(g, cause, &f, e);
        if (!code)
            code = knowledge_fit_edges(g, cause, &f, together, e);
    }
    memory_free(f.w);
    memory_free(f.radius);
    memory_free(f.margin);
    memory_free(f.has);
    memory_free(together);
    return code;
}
