/* A text's label by a linear model over character 1-, 2- and 3-grams of the normalised text, its
 * two ends marked. */
#ifndef CMED_LEARN_CLASSIFIER_H
#define CMED_LEARN_CLASSIFIER_H

#include "../match/gram.h"
#include "../text/normalize.h"
#include "linear_train.h"

/* Work space: all zero at first, reusable, freed once. */
struct classifier {
    struct normalized text;
    struct points points;
    struct grams grams;
    struct bag bag;
    float score[LINEAR_LABELS_MAX];
};

/* c->bag of a text; any bytes. */
enum error_code classifier_read(struct classifier *c, struct span text, struct error *e);
/* The label, in the model's memory. */
enum error_code classifier_label(struct classifier *c, const struct linear *m, struct span text,
                                 struct span *label, struct error *e);
void classifier_free(struct classifier *c);

extern const struct linear_options classifier_options;

#endif
