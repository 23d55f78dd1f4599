/* The one allocator. The entry point sets it (SQLite's heap), so that heap limits and
 * fault injection reach every byte; unit tests leave libc's. */
#ifndef CMED_BASE_MEMORY_H
#define CMED_BASE_MEMORY_H

#include <stddef.h>

struct memory {
    void *(*alloc)(unsigned long long n);
    void *(*resize)(void *p, unsigned long long n); /* p == NULL allocates */
    void (*release)(void *p);
};

/* Called once, before any other function of the program, by the entry point. */
void memory_use(const struct memory *functions);

void *memory_alloc(size_t n); /* NULL: no memory; n == 0 gives a block too */
void *memory_zero(size_t n);  /* zero-filled */
void *memory_resize(void *p, size_t n);
void memory_free(void *p); /* NULL is fine */

#endif
