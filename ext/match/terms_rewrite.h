/* What aliases teach: which grams of a mention the standard term keeps, and which others it has
 * in their place. */
#ifndef CMED_MATCH_TERMS_REWRITE_H
#define CMED_MATCH_TERMS_REWRITE_H

#include "terms_index.h"

struct terms_rewrite_to {
    uint32_t gram;
    float chance;
};

/* All zero: nothing learnt. */
struct terms_rewrite {
    float *keep;     /* of a gram: how much oftener than the average it is kept */
    uint32_t *start; /* the grams in place of gram g are to[start[g]] to to[start[g + 1] - 1] */
    struct terms_rewrite_to *to;
    float *added;    /* work space: of a gram */
    uint32_t *order; /* the grams that 'added' holds */
};

/* From the documents behind the first 'names' of a built index, each an alias of the document
 * code[d]. At most TERMS_PAIRS_MAX pairs of grams are looked at, the first ones. */
enum error_code terms_rewrite_learn(struct terms_rewrite *r, const struct terms_index *x,
                                    size_t names, const uint32_t *code, struct error *e);
/* The same grams as q as a standard term would have them. */
enum error_code terms_rewrite_query(struct terms_rewrite *r, const struct terms_index *x,
                                    const uint32_t *gram, size_t n, struct terms_query *out,
                                    struct error *e);
void terms_rewrite_free(struct terms_rewrite *r);

#endif
