/* A segmentation model: a linear classifier of boundaries, and the dictionary it was trained with.
 *
 * Layout of a model as bytes, in the machine's order, every section at a multiple of 8:
 *
 *     struct model_header
 *     uint16_t points[n_points]            the charset              (none: the dictionary's
 * model's) uint64_t words[n_words]              the dictionary's slots   (none: likewise, or no
 * dictionary) uint64_t grams[n_grams]              character n-grams, MODEL_LANES weights each
 *     int16_t  vectors[n_vectors][MODEL_LANES]
 *     int16_t  weights[FEATURE_COUNT]
 *
 * Weights are in 1 / MODEL_SCALE of a logit; a boundary is where their sum is over 0. */
#ifndef CMED_WORDS_MODEL_H
#define CMED_WORDS_MODEL_H

#include "automaton.h"
#include "charset.h"

enum {
    MODEL_LANES = 4, /* boundaries that an n-gram speaks of: before its last character - 1, + 0,
                        + 1 and + 2 */
    MODEL_GRAM_MAX = 3,
    MODEL_SCALE = 256,
    MODEL_BYTES_MAX = 1 << 28
};

struct model_header {
    uint8_t magic[8]; /* MODEL_MAGIC */
    uint64_t sum;     /* model_sum of what follows it */
    uint64_t lexicon; /* model_sum of charset and dictionary; 0: trained without a dictionary */
    uint32_t bytes;   /* of the whole */
    uint32_t n_points, n_words, n_grams, n_vectors, n_weights;
};

struct model {
    struct charset charset;
    const uint16_t *points;   /* its characters, charset.n */
    const struct model *base; /* whose charset is used; NULL: its own */
    struct automaton words;   /* n = 0: no dictionary */
    struct automaton grams;
    const int16_t *vectors; /* MODEL_LANES each */
    const int16_t *weights; /* FEATURE_COUNT */
    uint64_t sum;           /* names the model: equal sums, equal models */
    uint64_t lexicon;
};

/* Points into bytes, which must be 8-aligned and stay until model_close. base: the model whose
 * dictionary this one may have been trained with (the shipped one), NULL for none; it must stay
 * likewise. Everything that a walk relies on is checked. BAD_FILE. */
enum error_code model_open(struct model *m, struct span bytes, const struct model *base,
                           struct error *e);
void model_close(struct model *m);

/* Whether bytes begin as a model does: to tell it from other kinds of models. */
bool model_is(struct span bytes);

static inline const struct charset *model_charset(const struct model *m) {
    return m->base ? &m->base->charset : &m->charset;
}

/* The bytes of the model inside the extension (model_bin.S). */
struct span model_shipped(void);

/* ---- writing ---- */

struct model_parts {
    const uint16_t *points;
    uint32_t n_points;
    const struct automaton *words;       /* NULL: base's, or none */
    const struct automaton_built *grams; /* of kind AUTOMATON_VECTORS, MODEL_LANES */
    const int16_t *weights;              /* FEATURE_COUNT */
    uint64_t lexicon;                    /* of base, where words is NULL */
};

struct buf;
enum error_code model_write(const struct model_parts *parts, struct buf *out, struct error *e);

#endif
