/* Training of paraphrase models, from pairs and from what they imply: where q is the same as x, it
 * is (or is not) the same as y as x is (or is not). Implied pairs keep the share of those that
 * are the same. */
#ifndef CMED_LEARN_PARAPHRASE_TRAIN_H
#define CMED_LEARN_PARAPHRASE_TRAIN_H

#include "../words/pairs.h"
#include "paraphrase.h"

enum {
    PARAPHRASE_PAIRS_MAX = 5000000,
    PARAPHRASE_PARTNERS_MAX = 40, /* a text with more implies nothing */
    PARAPHRASE_TEXT_MAX = 1 << 16 /* bytes */
};

struct paraphrase_pair {
    uint32_t a, b;
    bool same;
};

struct paraphrase_pairs {
    struct paraphrase_pair *item;
    size_t n, cap;
};

/* All zero is an empty trainer. */
struct paraphrase_trainer {
    struct names texts;
    struct pairs known; /* of two texts: a pair is given, or implied already */
    struct paraphrase_pairs given, implied[2]; /* implied: not the same, the same */
    struct linear_trainer linear;
};

enum error_code paraphrase_train_add(struct paraphrase_trainer *t, struct span a, struct span b,
                                     bool same, struct error *e);
enum error_code paraphrase_train_finish(struct paraphrase_trainer *t, const struct poll *poll,
                                        struct buf *out, struct error *e);
void paraphrase_train_free(struct paraphrase_trainer *t);

#endif
