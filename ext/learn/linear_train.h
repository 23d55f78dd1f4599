/* Training a linear model: a support vector machine with squared hinge loss for each label
 * against all others, by coordinate descent in the dual (Hsieh et al., "A Dual Coordinate Descent
 * Method for Large-scale Linear SVM", ICML 2008). The same examples in the same order give the
 * same bytes on the same kind of machine. */
#ifndef CMED_LEARN_LINEAR_TRAIN_H
#define CMED_LEARN_LINEAR_TRAIN_H

#include "../base/poll.h"
#include "../text/names.h"
#include "linear.h"

enum {
    LINEAR_ITEMS_MAX = 1 << 27, /* features of all examples together */
    LINEAR_TABLE_MAX = 1 << 26  /* features times rows */
};

struct linear_options {
    enum linear_use use;
    uint32_t seed;
    float cost;  /* of an error, against long weights */
    float small; /* weights below it are dropped */
};

/* Where there are held examples of two labels, a first model learns without them; how its scores
 * for them go with their labels makes the scores of the second one, which learns from all,
 * logits (Platt, "Probabilistic Outputs for Support Vector Machines", 1999). */
enum linear_part {
    LINEAR_LEARN, /* for both models */
    LINEAR_HELD,
    LINEAR_LATER /* for the second model only: too near to those held */
};

struct linear_example {
    size_t end; /* of its features, in the list of all */
    uint32_t label;
    enum linear_part part;
};

/* All zero but the options is an empty trainer. */
struct linear_trainer {
    struct linear_options options;
    struct names labels;
    struct bag_item *item;
    struct linear_example *example;
    size_t n_items, cap_items, n_examples, cap_examples;

    uint32_t *id; /* ascending; an item's id becomes its place here */
    uint32_t n_ids, rows, random;
    uint32_t *order; /* of the n_order examples that are learnt from */
    size_t n_order;
    float *square, *alpha; /* of each example: its length squared, its multiplier */
    float *row;            /* weights of one row; the last one is the bias */
    float *weight;         /* rows a feature */
    float *bias;
};

enum error_code linear_train_add(struct linear_trainer *t, const struct bag *b, struct span label,
                                 enum linear_part part, struct error *e);
/* BAD_DATA where there are not two labels. */
enum error_code linear_train_finish(struct linear_trainer *t, const struct poll *poll,
                                    struct buf *out, struct error *e);
void linear_train_free(struct linear_trainer *t);

#endif
