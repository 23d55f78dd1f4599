/* memory.c - the allocator of the rooms where there is no SQLite: in unit tests and fuzz targets.
 */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

static void *memory_libc_alloc(unsigned long long n) {
    return malloc((size_t)n);
}

static void *memory_libc_resize(void *p, unsigned long long n) {
    return realloc(p, (size_t)n);
}

static struct memory memory = {memory_libc_alloc, memory_libc_resize, free};

void memory_use(const struct memory *functions) {
    memory = *functions;
}

void *memory_alloc(size_t n) {
    return memory.alloc(n ? n : 1);
}

void *memory_zero(size_t n) {
    void *p = memory_alloc(n);
    return p ? memset(p, 0, n) : NULL;
}

void *memory_resize(void *p, size_t n) {
    return memory.resize(p, n ? n : 1);
}

void memory_free(void *p) {
    memory.release(p);
}
