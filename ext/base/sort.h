/* Sorting without memory of its own and without a worst case. */
#ifndef CMED_BASE_SORT_H
#define CMED_BASE_SORT_H

#include <stddef.h>

/* Heap sort of n items of 'size' bytes each, at most SORT_ITEM_MAX; not stable: 'compare' must tell
 * every two items apart. */
void sort_items(void *items, size_t n, size_t size, int (*compare)(const void *a, const void *b));

enum { SORT_ITEM_MAX = 128 };

#endif
