/* Words of Chinese medicine that mean the same, put into one form. */
#ifndef CMED_MATCH_TERMS_SYNONYM_H
#define CMED_MATCH_TERMS_SYNONYM_H

#include "../text/points.h"

enum { TERMS_SYNONYMS_MAX = 256 };

/* The words of the table by their first characters: numbers from 1, 0 ends a chain. */
struct terms_synonyms {
    uint8_t head[TERMS_SYNONYMS_MAX], next[TERMS_SYNONYMS_MAX];
};

void terms_synonyms_open(struct terms_synonyms *s);

/* Appends the characters from a to b of text (NORMALIZE_ALL) to out, each word of the table in its
 * one form; the longest word at each place, from the left. */
enum error_code terms_synonyms_write(const struct terms_synonyms *s, const struct points *text,
                                     size_t a, size_t b, struct points *out, struct error *e);

#endif
