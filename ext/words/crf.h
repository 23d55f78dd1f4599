/* Linear-chain conditional random fields of order one: the best tags of a sequence.
 *
 * Scores are summed in the order that pkuseg sums them, so that ties and rounding are the same. */
#ifndef CMED_WORDS_CRF_H
#define CMED_WORDS_CRF_H

#include <stddef.h>
#include <stdint.h>

enum { CRF_TAGS_MAX = 255 };

struct crf {
    unsigned tags;
    double *edge; /* tags x tags: [next tag * tags + this tag] */
};

/* From right to left: best[y] of the next element and node[y] of this one give best[y] of this one,
 * and back[y], the tag that follows. Among equals the last tag wins. */
void crf_step(const struct crf *c, const double *node, double *best, uint8_t *back);
/* The tag of the first element; among equals the first. */
unsigned crf_first(const struct crf *c, const double *best);

#endif
