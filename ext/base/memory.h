/* The one allocator, behind every byte of the rooms. In the extension it is SQLite's heap (heap.c,
 * a door), so that heap limits and fault injection reach it; in unit tests and fuzz targets it is
 * memory.c: libc's, or what a test puts in its place. */
#ifndef CMED_BASE_MEMORY_H
#define CMED_BASE_MEMORY_H

#include <stddef.h>

void *memory_alloc(size_t n); /* NULL: no memory; n == 0 gives a block too */
void *memory_zero(size_t n);  /* zero-filled */
void *memory_resize(void *p, size_t n);
void memory_free(void *p); /* NULL is fine */

/* memory.c only. */
struct memory {
    void *(*alloc)(unsigned long long n);
    void *(*resize)(void *p, unsigned long long n); /* p == NULL allocates */
    void (*release)(void *p);
};

void memory_use(const struct memory *functions);

#endif
