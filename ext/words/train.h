/* Training a segmentation model from gold (gold.h): logistic regression on line, with steps by
 * AdaGrad (Duchi et al., JMLR 12, 2011) and n-grams left out at random (dropout), so that the
 * dictionary's features learn to do without them. The mean of the later epochs' weights is kept.
 *
 * The same gold in the same order, options and machine kind give the same bytes. */
#ifndef CMED_WORDS_TRAIN_H
#define CMED_WORDS_TRAIN_H

#include "../base/buf.h"
#include "../base/poll.h"
#include "gold.h"
#include "model.h"

enum { TRAIN_BYTES_MAX = 1 << 28 }; /* of gold */

struct train_options {
    const struct model *base; /* whose charset and dictionary are used; NULL: neither */
    bool whole;               /* write base's charset and dictionary into the model */
    uint32_t epochs;          /* 0: 16 */
    uint32_t seed;
    const struct poll *poll; /* NULL: never stops */
};

struct train;

enum error_code train_new(struct train **out, const struct train_options *options, struct error *e);
/* One value of gold: a line, or many. A tagged sentence may go on in the next. */
enum error_code train_add(struct train *t, struct span gold, struct error *e);
/* The model, into out. BAD_DATA where there was no boundary to learn from. */
enum error_code train_finish(struct train *t, struct buf *out, struct error *e);
void train_free(struct train *t);

#endif
