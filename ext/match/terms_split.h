/* The pieces of a mention that names several concepts. */
#ifndef CMED_MATCH_TERMS_SPLIT_H
#define CMED_MATCH_TERMS_SPLIT_H

#include "../text/points.h"

enum { TERMS_PIECES_MAX = 32 }; /* what follows is part of the last */

struct terms_piece {
    size_t start, end; /* code points */
};

/* Of a normalised text (NORMALIZE_ALL); how many, at least 1: one that names one concept is one
 * piece, from its first character to its last. Room at piece: TERMS_PIECES_MAX. */
size_t terms_split(const struct points *text, struct terms_piece *piece);

#endif
