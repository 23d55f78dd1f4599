/* source.c - a stream is whatever its type says; this file sends calls on and cuts streams out of
 * stores.
 *
 *     store  |.........|=================|..........|
 *                      ^ at              ^ at + left: the source ends, and looks at the store's end
 */
#include "source.h"
#include "../base/memory.h"

enum error_code source_read(struct source *s, void *to, size_t n, size_t *got, struct error *e) {
    *got = 0;
    return s->type->read(s, to, n, got, e);
}

void source_close(struct source *s) {
    if (s)
        s->type->close(s);
}

void store_close(struct store *s) {
    if (s)
        s->close(s);
}

struct store_stream {
    struct source source;
    struct store *store;
    bool own;
    uint64_t at, left;
};

/* The read behind the last byte is sent on too: it is where a file notices that it has changed. */
static enum error_code store_stream_read(struct source *source, void *to, size_t n, size_t *got,
                                         struct error *e) {
    struct store_stream *s = (struct store_stream *)source;
    if (s->left == 0)
        return s->store->read_at(s->store, s->store->size, to, n, got, e);
    if (n > s->left)
        n = (size_t)s->left;
    enum error_code code = s->store->read_at(s->store, s->at, to, n, got, e);
    s->at += *got;
    s->left -= *got;
    return code;
}

static void store_stream_close(struct source *source) {
    struct store_stream *s = (struct store_stream *)source;
    if (s->own)
        store_close(s->store);
    memory_free(s);
}

static const struct source_type store_stream_type = {"store", store_stream_read,
                                                     store_stream_close};

enum error_code store_source(struct store *store, bool own, uint64_t at, uint64_t n,
                             struct source **out, struct error *e) {
    struct store_stream *s = memory_alloc(sizeof *s);
    if (!s) {
        if (own)
            store_close(store);
        return error_no_memory(e);
    }
    if (at > store->size)
        at = store->size;
    if (n > store->size - at)
        n = store->size - at;
    *s = (struct store_stream){{&store_stream_type}, store, own, at, n};
    *out = &s->source;
    return OK;
}
