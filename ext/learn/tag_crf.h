/* The weights of a tagger while they are learnt: conditional random fields, one a chain, by
 * steps of AdaGrad; the mean of the weights over all steps is kept (Collins 2002; Duchi 2011). */
#ifndef CMED_LEARN_TAG_CRF_H
#define CMED_LEARN_TAG_CRF_H

#include "tag_feature.h"

enum { TAG_WEIGHTS_MAX = 1 << 27 }; /* blocks times tags */

struct tag_crf {
    const struct tag_layout *layout;
    uint32_t *block; /* by slot; 0: none yet */
    uint32_t n_blocks, cap;
    float *weight, *total, *squares; /* n_tags a block; block 0 is not used */
    float *move, *move_total, *move_squares;
    float steps;          /* made so far, plus 1 */
    float *score, *slope; /* n_tags a character */
    float *move_slope;
    struct tag_trellis *trellis;
};

enum error_code tag_crf_open(struct tag_crf *c, const struct tag_layout *layout, uint32_t slots,
                             struct error *e);
void tag_crf_close(struct tag_crf *c);

/* One step on a chunk. gold[chain * CHUNK_MAX + i]: the chain's right tag of character i. */
enum error_code tag_crf_learn(struct tag_crf *c, const struct tag_features *f, const uint16_t *gold,
                              struct error *e);
/* weight and move become their means. */
void tag_crf_mean(struct tag_crf *c);

#endif
