/* sort.c - heap sort: O(n log n) whatever the order of an archive's directory.
 *
 *     |  heap: the greatest first  |  sorted  |
 *      0                            n
 */
#include "sort.h"

#include <string.h>

struct sort {
    char *items;
    size_t size;
    int (*compare)(const void *a, const void *b);
};

static void *sort_item(const struct sort *s, size_t i) {
    return s->items + i * s->size;
}

static void sort_swap(const struct sort *s, size_t i, size_t j) {
    char kept[SORT_ITEM_MAX];
    memcpy(kept, sort_item(s, i), s->size);
    memmove(sort_item(s, i), sort_item(s, j), s->size);
    memcpy(sort_item(s, j), kept, s->size);
}

static void sort_sink(const struct sort *s, size_t i, size_t n) {
    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        if (child + 1 < n && s->compare(sort_item(s, child), sort_item(s, child + 1)) < 0)
            child++;
        if (s->compare(sort_item(s, i), sort_item(s, child)) >= 0)
            return;
        sort_swap(s, i, child);
    }
}

void sort_items(void *items, size_t n, size_t size, int (*compare)(const void *a, const void *b)) {
    struct sort s = {items, size, compare};
    for (size_t i = n / 2; i-- > 0;)
        sort_sink(&s, i, n);
    while (n > 1) {
        sort_swap(&s, 0, --n);
        sort_sink(&s, 0, n);
    }
}
