/* heap.c - the rooms' memory is SQLite's heap. It takes the place of base/memory.c in the
 * extension. */
#include "base/memory.h"

#include <sqlite3ext.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

void *memory_alloc(size_t n) {
    return sqlite3_malloc64(n ? n : 1);
}

void *memory_zero(size_t n) {
    void *p = memory_alloc(n);
    return p ? memset(p, 0, n) : NULL;
}

void *memory_resize(void *p, size_t n) {
    return sqlite3_realloc64(p, n ? n : 1);
}

void memory_free(void *p) {
    sqlite3_free(p);
}
