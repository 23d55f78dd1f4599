/* Knowledge from records: how strongly two things occur together, and which causes (diseases)
 * bring which effects (symptoms), learnt as in Rotmensch et al., "Learning a Health Knowledge
 * Graph from Electronic Medical Records", Sci Rep 7:5994 (2017). */
#ifndef CMED_LEARN_KNOWLEDGE_H
#define CMED_LEARN_KNOWLEDGE_H

#include "../base/poll.h"
#include "../text/names.h"

/* ---- two things in n records ---- */

/*             y    not y
 *     x       a    b
 *     not x   c    d                                                         */
struct knowledge_table {
    double a, b, c, d;
};

/* From n_xy records with both, n_x, n_y with each, n in all. BAD_USE where no such records can
 * be: below 0, not a number, n_xy over n_x or n_y, or more than n together. */
enum error_code knowledge_table(double n_xy, double n_x, double n_y, double n,
                                struct knowledge_table *out, struct error *e);

/* log2 of n_xy n / (n_x n_y); NaN where n_xy is 0. */
double knowledge_pmi(const struct knowledge_table *t);
/* a d / (b c); where one of the four is 0, each + 0.5 (Haldane, Anscombe). */
double knowledge_odds_ratio(const struct knowledge_table *t);
/* Pearson's chi-square, 1 degree of freedom, without Yates' correction; NaN where a row or a
 * column is empty. */
double knowledge_chi2(const struct knowledge_table *t);

/* ---- causes and effects ---- */

enum { KNOWLEDGE_LINKS_MAX = 1 << 28 }; /* different (record, thing) links of a side */

/* record << 32 | thing, repeated ones taken out now and then. */
struct knowledge_links {
    uint64_t *key;
    size_t n, cap;
};

/* All zero is empty. */
struct knowledge {
    struct names records, causes, effects;
    struct knowledge_links record_causes, record_effects;
    const struct poll *poll; /* NULL: never stops */
};

/* A row: a record with a cause, an effect or both; .p NULL leaves one out. Rows may repeat. */
enum error_code knowledge_add(struct knowledge *k, struct span record, struct span cause,
                              struct span effect, struct error *e);

enum knowledge_method {
    /* P(effect | causes) = 1 - (1 - leak) prod (1 - weight), by EM to a change of 1e-7 (at most
     * 2000 rounds). An edge with cause null is the effect's leak. */
    KNOWLEDGE_NOISY_OR,
    /* log P(effect | cause) - log P(effect | no cause), 1 added to each count. */
    KNOWLEDGE_NAIVE_BAYES,
    /* The positive weights of a logistic regression of each cause on all effects, L1 penalty 1,
     * intercept free, by coordinate descent to a change of 1e-6 (at most 1000 rounds). */
    KNOWLEDGE_LOGISTIC
};

/* 'noisy_or' (and ''), 'naive_bayes', 'logistic'; else BAD_USE. */
enum error_code knowledge_parse(struct span name, enum knowledge_method *out, struct error *e);

/* Appends [{"cause":"肺炎","effect":"咳嗽","weight":0.71,"n":312}, ...]: an edge for each pair
 * that n records have together, by cause, then effect, in byte order; leaks last, with the n
 * records that have the effect. The order of the rows makes no difference. */
enum error_code knowledge_learn(const struct knowledge *k, enum knowledge_method method,
                                struct buf *out, struct error *e);
void knowledge_free(struct knowledge *k);

#endif
