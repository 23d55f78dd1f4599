/* Sentences of medical text, by positions in code points. */
#ifndef CMED_TEXT_SENTENCE_H
#define CMED_TEXT_SENTENCE_H

#include "points.h"

struct sentence {
    size_t start, end; /* no white space at either end; start < end */
};

/* The next sentence at or after *at, which moves behind it; false where there is none.
 *
 * A sentence ends behind a run of 。！？；!?;… and the closing quotes and brackets that follow,
 * or before a line end. A full stop ends one only before white space or the end of the text,
 * and not after an abbreviation (e.g., Dr., vs.), a single letter (S. aureus) or a number that
 * begins a line (1. 2.). !? between two ASCII letters or digits (an address) end nothing. */
bool sentence_next(const struct points *text, size_t *at, struct sentence *out);

#endif
