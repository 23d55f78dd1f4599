/* Names numbered in the order they are first seen: labels, words, queries. */
#ifndef CMED_TEXT_NAMES_H
#define CMED_TEXT_NAMES_H

#include "../base/buf.h"

enum { NAMES_MAX = 1 << 27 }; /* names; more is BAD_DATA */

/* All zero is empty. Names are copied and live as long as this. */
struct names {
    struct buf text;
    size_t *end; /* end[i]: where name i ends in text */
    size_t n, cap;
    uint32_t *slot; /* number + 1; 0: free */
    size_t slots;
};

/* *number of the name, given now where it is new. Any bytes are a name, '' too. */
enum error_code names_add(struct names *t, struct span name, uint32_t *number, struct error *e);

/* Whether the name is there, and its number. */
bool names_find(const struct names *t, struct span name, uint32_t *number);

/* Void once another name is added. */
struct span names_get(const struct names *t, uint32_t number);
void names_free(struct names *t);

#endif
