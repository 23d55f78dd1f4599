/* What building and asking terms works with; of terms.c and terms_find.c only. */
#ifndef CMED_MATCH_TERMS_WORK_H
#define CMED_MATCH_TERMS_WORK_H

#include "terms.h"

/* A code that the piece in hand could mean. */
struct terms_candidate {
    uint32_t code, doc; /* doc: its best term */
    double best, votes;
};

struct terms_work {
    struct normalized text;
    struct points form;       /* the piece, its synonyms in one form */
    struct grams grams, name; /* name: while building */
    struct terms_piece piece[TERMS_PIECES_MAX];
    uint32_t *number; /* of grams, TERMS_NONE among them */
    size_t number_cap;
    struct terms_query query;
    struct terms_search plain, put; /* the mention's grams; those put into standard terms */
    uint32_t *place; /* of a code: its place in 'candidate' and the answer's rows, + 1 */
    struct terms_candidate *candidate;
    size_t candidates, candidate_cap;
};

/* Fills work->text and gives its pieces; how many. */
enum error_code terms_read(struct terms *t, struct span text, size_t *pieces, struct error *e);
/* work->grams of the normalised characters from a to b. */
enum error_code terms_grams(struct terms *t, size_t a, size_t b, struct error *e);
/* work->number of work->grams. */
enum error_code terms_numbers(struct terms *t, struct error *e);

void terms_work_free(struct terms_work *w); /* NULL is fine */

#endif
