/* What a linear model sees of an example: features with values, in any order. Features are told
 * apart by the hash of their kind and key. All zero is empty; reusable. */
#ifndef CMED_LEARN_BAG_H
#define CMED_LEARN_BAG_H

#include "../base/error.h"

#include <stddef.h>
#include <stdint.h>

enum { BAG_MAX = 1 << 24 }; /* features of one example; more is BAD_DATA */

struct bag_item {
    uint32_t id;
    float value;
};

struct bag {
    struct bag_item *item;
    size_t n, cap;
};

enum error_code bag_add(struct bag *b, uint32_t kind, uint64_t key, float value, struct error *e);
/* Divides the values from item 'from' on by their Euclidean length times 1 / length. */
void bag_scale(struct bag *b, size_t from, float length);
void bag_free(struct bag *b);

#endif
