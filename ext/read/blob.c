/* blob.c - a block of memory as a store: a BLOB of SQL, an archive inflated out of an archive. */
#include "../base/memory.h"
#include "source.h"

struct blob {
    struct store store;
    const uint8_t *p;
    bool own;
};

static enum error_code blob_read_at(struct store *store, uint64_t at, void *to, size_t n,
                                    size_t *got, struct error *e) {
    struct blob *b = (struct blob *)store;
    (void)e;
    uint64_t left = at < store->size ? store->size - at : 0;
    *got = n < left ? n : (size_t)left;
    if (*got)
        memcpy(to, b->p + at, *got);
    return OK;
}

static void blob_close(struct store *store) {
    struct blob *b = (struct blob *)store;
    if (b->own)
        memory_free((void *)b->p);
    memory_free(b);
}

enum error_code blob_store(const void *p, size_t n, bool own, struct store **out, struct error *e) {
    struct blob *b = memory_alloc(sizeof *b);
    if (!b) {
        if (own)
            memory_free((void *)p);
        return error_no_memory(e);
    }
    *b = (struct blob){{blob_read_at, blob_close, n}, p, own};
    *out = &b->store;
    return OK;
}
