/* bag.c - the features of one example.
 *
 *     kind 2, 血压 as one number  --hash-->  id 0x9C41F00B, value 0.14
 *
 * 32 bits of hash: among 300,000 features about ten meet another one. */
#include "bag.h"
#include "../base/memory.h"

#include <math.h>

static uint32_t bag_id(uint32_t kind, uint64_t key) {
    uint64_t x = key ^ kind * UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(x >> 32);
}

enum error_code bag_add(struct bag *b, uint32_t kind, uint64_t key, float value, struct error *e) {
    if (b->n == b->cap) {
        size_t cap = b->cap ? 2 * b->cap : 256;
        if (b->n == BAG_MAX)
            return error_set(e, BAD_DATA, "a text of more than %d features", BAG_MAX);
        struct bag_item *item = memory_resize(b->item, cap * sizeof *item);
        if (!item)
            return error_no_memory(e);
        b->item = item;
        b->cap = cap;
    }
    b->item[b->n++] = (struct bag_item){bag_id(kind, key), value};
    return OK;
}

void bag_scale(struct bag *b, size_t from, float length) {
    float squares = 0;
    for (size_t i = from; i < b->n; i++)
        squares += b->item[i].value * b->item[i].value;
    for (size_t i = from; i < b->n; i++)
        b->item[i].value *= length / sqrtf(squares);
}

void bag_free(struct bag *b) {
    memory_free(b->item);
    *b = (struct bag){0};
}
