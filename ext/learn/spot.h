/* Mentions without a model: words of the dictionary that ships, typed by a list of usual words
 * and by how disease, drug and procedure names end; numbers with units; dates. It knows no codes
 * and no rare names: a tagger that was trained knows more. */
#ifndef CMED_LEARN_SPOT_H
#define CMED_LEARN_SPOT_H

#include "../text/points.h"
#include "../text/value.h"
#include "../words/lattice.h"
#include "../words/model.h"

struct spot_mention {
    size_t start, end; /* code points */
    const char *type;  /* disease, symptom, body, procedure, test, drug, value, date */
};

/* Work space: all zero at first, reusable, freed once. */
struct spot {
    const struct model *base;
    struct span rest;
    size_t point; /* characters before the chunk */
    size_t last;  /* where the last mention ended */
    struct points points;
    struct chunk chunk;
    struct lattice lattice;
    struct spot_mention found[CHUNK_MAX];
    size_t n_found, next;
    size_t value_at; /* where the next value is looked for */
    struct value value;
    bool value_there;
};

/* Starts on a text, which must stay, as must base, a model with a dictionary. */
enum error_code spot_begin(struct spot *s, const struct model *base, struct span text,
                           struct error *e);
/* Mentions by start; none overlaps another. */
bool spot_next(struct spot *s, struct spot_mention *m);
void spot_free(struct spot *s);

#endif
