/* Whether two texts mean the same: a linear model over what they share and where they differ.
 * Symmetric: (a, b) and (b, a) are one pair. */
#ifndef CMED_LEARN_PARAPHRASE_H
#define CMED_LEARN_PARAPHRASE_H

#include "../match/similarity.h"
#include "../text/normalize.h"
#include "linear_train.h"

enum {
    PARAPHRASE_ALIGN_MAX = 256, /* characters of either text that are aligned */
    PARAPHRASE_CROSS_MAX = 64   /* characters of one text only that are crossed */
};

/* One text, normalised, without punctuation and blanks. */
struct paraphrase_side {
    struct points points;
    struct grams grams; /* 1- and 2-grams */
    struct buf utf8;
    uint32_t only[PARAPHRASE_CROSS_MAX]; /* characters that the other text has not */
    size_t n_only;
};

/* Work space: all zero at first, reusable, freed once. */
struct paraphrase {
    struct paraphrase_side side[2]; /* the smaller one (by code points) first */
    struct normalized text;
    struct similarity similarity;
    struct bag bag;
    uint16_t common[PARAPHRASE_ALIGN_MAX + 1][PARAPHRASE_ALIGN_MAX + 1];
};

/* p->bag of a pair; any bytes. */
enum error_code paraphrase_read(struct paraphrase *p, struct span a, struct span b,
                                struct error *e);
/* 0 to 1. */
enum error_code paraphrase_same(struct paraphrase *p, const struct linear *m, struct span a,
                                struct span b, double *out, struct error *e);
void paraphrase_free(struct paraphrase *p);

#endif
