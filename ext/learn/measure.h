/* How good a result is: the measures of the datasets' own scorers, one row at a time.
 *
 * Every accumulator is all zero at first, is fed by its _add, asked by its _result as often as
 * wanted, and freed. An _add that fails (BAD_DATA, NO_MEMORY) leaves the measure unfit for use.
 * Precision, recall and F1 of nothing (0/0) are 0, as in scikit-learn. Results that are JSON are
 * appended to a buf:
 *
 *     {"precision":0.5,"recall":1,"f1":0.667,"tp":1,"predicted":2,"gold":1,
 *      ..., "types":{"dis":{"precision":...,"gold":1}, ...}}
 *
 * the types sorted by name. */
#ifndef CMED_LEARN_MEASURE_H
#define CMED_LEARN_MEASURE_H

#include "../text/names.h"
#include "../text/points.h"
#include "../text/spans.h"

enum { MEASURE_ROWS_MAX = 1 << 27 }; /* rows of auc and rank; more is BAD_DATA */

struct measure_count {
    uint64_t tp, predicted, gold;
};

/* A count a type or label, by its number in names. */
struct measure_types {
    struct names names;
    struct measure_count *count;
    size_t cap;
};

enum error_code measure_types_at(struct measure_types *t, struct span type,
                                 struct measure_count **count, struct error *e);
void measure_types_free(struct measure_types *t);

/* Appends "precision":..,"recall":..,"f1":..,"tp":..,"predicted":..,"gold":.. without braces. */
enum error_code measure_write(const struct measure_count *c, struct buf *out, struct error *e);
/* Appends "types":{..}. */
enum error_code measure_types_write(const struct measure_types *t, struct buf *out,
                                    struct error *e);
/* The mean over types of precision, recall and F1 (macro), in that order. */
void measure_types_macro(const struct measure_types *t, double macro[3]);
/* Appends "name":x. */
enum error_code measure_write_real(const char *name, double x, struct buf *out, struct error *e);
double measure_f1(const struct measure_count *c);

/* ---- spans: cmed_span_f1 ---- */

/* strict: start, end and type are the same (CMeEE, CCKS 2019 strict). relaxed: the type is the
 * same and the spans share a character (CCKS 2019 relaxed), each span in one pair at most, as
 * many pairs as there can be. Both sides are sets: exact twins in a document count once. */
struct measure_spans {
    bool relaxed;
    struct measure_types types;
    struct spans gold, predicted;
    uint32_t *room; /* of the pairing */
    size_t room_cap;
};

/* A document: its gold spans and the predicted ones, as JSON (text/spans.h). */
enum error_code measure_spans_add(struct measure_spans *m, struct span gold, struct span predicted,
                                  struct error *e);
enum error_code measure_spans_result(const struct measure_spans *m, struct buf *out,
                                     struct error *e);
void measure_spans_free(struct measure_spans *m);

/* ---- words: cmed_seg_f1 ---- */

/* A word is right when both its ends are (SIGHAN). With a lexicon: how many of the gold words
 * that are not in it were found. */
struct measure_words {
    struct measure_count words;
    uint64_t unknown, unknown_found;
    bool lexicon_given;
    struct points gold, predicted;
    struct buf word;
};

/* A line: words with white space between. BAD_DATA where the two texts differ beside it.
 * lexicon: the training words, or NULL. */
enum error_code measure_words_add(struct measure_words *m, struct span gold, struct span predicted,
                                  const struct names *lexicon, struct error *e);
/* Also "oov", "oov_recall" and "iv_recall" where a lexicon was given. */
enum error_code measure_words_result(const struct measure_words *m, struct buf *out,
                                     struct error *e);
void measure_words_free(struct measure_words *m);

/* Adds every word of a text to a lexicon. */
enum error_code measure_words_lexicon(struct names *lexicon, struct span words, struct error *e);

/* ---- labels: cmed_label_f1, cmed_accuracy ---- */

/* One label a row. Top: micro figures; "macro_precision", "macro_recall", "macro_f1" are means
 * over every label seen on either side; "accuracy" is right rows of all rows, "n". */
struct measure_labels {
    struct measure_types types;
    uint64_t n, right;
};

/* predicted.p NULL: nothing was predicted. */
enum error_code measure_labels_add(struct measure_labels *m, struct span gold,
                                   struct span predicted, struct error *e);
enum error_code measure_labels_result(const struct measure_labels *m, struct buf *out,
                                      struct error *e);
void measure_labels_free(struct measure_labels *m);

/* ---- scores: cmed_auc, cmed_mrr, cmed_p_at_1 ---- */

/* Area under the ROC curve; a tie of a right and a wrong row counts one half. */
struct measure_auc {
    struct measure_keys {
        uint64_t *key; /* scores as integers of the same order */
        size_t n, cap;
    } right, wrong;
};

/* BAD_DATA for a score that is not a number (infinities are). */
enum error_code measure_auc_add(struct measure_auc *m, double score, bool right, struct error *e);
/* *out is NaN where there is no right or no wrong row. */
enum error_code measure_auc_result(struct measure_auc *m, double *out, struct error *e);
void measure_auc_free(struct measure_auc *m);

/* Per query, the rank of its best right candidate: 1 + the wrong ones that score as much or
 * more. So a tie counts against us and the order of rows does not matter. A query without a
 * right candidate has reciprocal rank 0 and counts. */
struct measure_rank {
    struct names queries;
    struct measure_row {
        uint64_t key;
        uint32_t query;
        bool right;
    } * row;
    size_t n, cap;
};

struct measure_ranks {
    size_t queries;
    double mrr, p_at_1; /* NaN without a query */
};

enum error_code measure_rank_add(struct measure_rank *m, struct span query, double score,
                                 bool right, struct error *e);
enum error_code measure_rank_result(const struct measure_rank *m, struct measure_ranks *out,
                                    struct error *e);
void measure_rank_free(struct measure_rank *m);

#endif
