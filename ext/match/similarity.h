/* How alike two texts are, 0 to 1, over code points. The family of cmed_similarity, by name. */
#ifndef CMED_MATCH_SIMILARITY_H
#define CMED_MATCH_SIMILARITY_H

#include "edit.h"
#include "idf.h"

/* Work space for pairs: all zero at first, reusable, freed once. idf and poll are borrowed and
 * may be NULL: without idf every gram weighs 1 and bm25's average length is that of the pair. */
struct similarity {
    struct points a, b;
    struct grams a_grams, b_grams;
    struct edit edit;
    const struct idf *idf;
    const struct poll *poll;
};

struct similarity_method {
    const char *name;
    /* *out from s->a and s->b (and their grams, made beforehand where min > 0). */
    enum error_code (*fn)(struct similarity *s, double *out, struct error *e);
    unsigned min, max; /* lengths of the n-grams it looks at; 0: none */
    bool uses_idf;
    const char *doc;
};

/* Ends with a NULL name. Every one is 1 for a text and itself, and symmetric but for
 * jaro and jaro_winkler, whose greedy pairing can depend on the order. */
extern const struct similarity_method similarity_methods[];

/* By name; an empty name is 'jaccard'. BAD_USE says which name there is not. */
enum error_code similarity_find(struct span name, const struct similarity_method **method,
                                struct error *e);

/* Two texts without grams (shorter than n) are 1 where equal, else 0; two empty texts are 1. */
enum error_code similarity_pair(struct similarity *s, const struct similarity_method *method,
                                struct span a, struct span b, double *out, struct error *e);
void similarity_free(struct similarity *s);

#endif
