/* A piece of text as the segmenter sees it: characters, their codes, and what the rules say. */
#ifndef CMED_WORDS_CHUNK_H
#define CMED_WORDS_CHUNK_H

#include "charset.h"

enum { CHUNK_MAX = 1024 }; /* characters */

/* What is known of the boundary before a character without looking at words. */
enum chunk_mark { MARK_OPEN, MARK_SPLIT, MARK_JOIN };

struct chunk {
    size_t n;                       /* characters */
    size_t bytes;                   /* that they take */
    uint32_t offset[CHUNK_MAX + 1]; /* of each, from the start of the chunk; of the end */
    uint32_t point[CHUNK_MAX];
    uint16_t codes[CHUNK_MAX + 2];  /* with an edge before and behind: chunk_code */
    uint8_t classes[CHUNK_MAX + 4]; /* with two */
    uint8_t mark[CHUNK_MAX + 1];
};

/* Reads characters from the start of text, at most CHUNK_MAX, and lets the rules mark them. Where
 * text goes on, the chunk ends at a boundary that the rules are sure of if there is one in its
 * second half. text.n > 0. */
void chunk_read(struct chunk *c, const struct charset *charset, struct span text);

/* i from -1 to n. */
static inline uint32_t chunk_code(const struct chunk *c, size_t i) {
    return c->codes[i + 1];
}

/* i from -2 to n + 1. */
static inline enum charset_class chunk_class(const struct chunk *c, size_t i) {
    return (enum charset_class)c->classes[i + 2];
}

#endif
