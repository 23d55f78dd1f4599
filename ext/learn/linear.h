/* A linear model: of each feature a weight for each label, few of them over zero.
 *
 * Layout as bytes, in the machine's order, every section at a multiple of 4:
 *
 *     struct linear_header
 *     uint32_t label_end[n_labels]       where each label ends in the text
 *     float    bias[n_rows]
 *     uint32_t bucket[(1 << bits) + 1]   the first id whose upper 'bits' bits are at least this
 *     uint32_t id[n_ids]                 ascending
 *     uint32_t start[n_ids + 1]          of its weights
 *     struct linear_weight weight[n_weights]
 *     char     labels[n_text]
 *
 * A label has a row of weights; two labels share one row, which speaks for the second. */
#ifndef CMED_LEARN_LINEAR_H
#define CMED_LEARN_LINEAR_H

#include "../base/buf.h"
#include "bag.h"

enum linear_use { LINEAR_CLASSIFIER = 1, LINEAR_PAIRS = 2 };

enum { LINEAR_LABELS_MAX = 4096, LINEAR_BITS_MAX = 24, LINEAR_BYTES_MAX = 1 << 28 };

struct linear_header {
    uint8_t magic[8]; /* LINEAR_MAGIC */
    uint64_t sum;     /* of what follows it */
    uint32_t bytes;   /* of the whole */
    uint32_t use;     /* enum linear_use */
    uint32_t n_labels, n_text, bits, n_ids, n_weights;
    float scale; /* of one step of a weight */
};

struct linear_weight {
    uint16_t row;
    int16_t step;
};

struct linear {
    const struct linear_header *header;
    uint32_t n_rows;
    const uint32_t *label_end, *bucket, *id, *start;
    const float *bias;
    const struct linear_weight *weight;
    const uint8_t *text;
};

/* Whether bytes begin as such a model does. */
bool linear_is(struct span bytes, enum linear_use use);
/* Points into bytes, 4-aligned, which must stay. Everything that a look-up relies on is checked.
 * BAD_FILE. */
enum error_code linear_open(struct linear *m, struct span bytes, enum linear_use use,
                            struct error *e);

static inline uint32_t linear_rows(uint32_t labels) {
    return labels == 2 ? 1 : labels;
}

/* score[n_rows]: the logits. */
void linear_score(const struct linear *m, const struct bag *b, float *score);
/* The label of the highest score; the first one among equals. */
uint32_t linear_best(const struct linear *m, const float *score);
struct span linear_label(const struct linear *m, uint32_t label);

/* ---- writing ---- */

struct names;

struct linear_parts {
    enum linear_use use;
    const struct names *labels;
    const float *bias;   /* n_rows */
    const uint32_t *id;  /* ascending */
    const float *weight; /* n_rows each */
    uint32_t n_ids;
    float small; /* weights below it are left out */
};

enum error_code linear_write(const struct linear_parts *parts, struct buf *out, struct error *e);

#endif
