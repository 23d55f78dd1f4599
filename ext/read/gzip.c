/* gzip.c - gzip streams (RFC 1952).
 *
 *     1f 8b 08 flags time4 xfl os [extra] [name 0] [comment 0] [crc2] | deflate data | crc4 size4
 *     |------------------------ one member, of any number
 * -----------------------------------------| member member ... 00 00 00        zeros behind the
 * last are a tape's padding; else BAD_FILE
 *
 * zlib reads the headers, refuses reserved flags and other methods, and compares CRC and size. */
#include "../base/memory.h"
#include "deflate.h"

struct gzip {
    struct source source;
    struct source *under;
    bool done;   /* between members */
    bool padded; /* behind the last one */
    struct deflate inflate;
};

/* Passes over zeros to the end. */
static enum error_code gzip_padding(struct deflate *d, struct error *e) {
    for (size_t n = 1; n > 0;) {
        enum error_code code = deflate_rest(d, &n, e);
        if (code)
            return code;
        for (; d->z.avail_in > 0; d->z.avail_in--, d->z.next_in++)
            if (*d->z.next_in != 0)
                return error_set(e, BAD_FILE, "other bytes follow the gzip data");
    }
    return OK;
}

/* Behind a member: another one, or padding to the end. */
static enum error_code gzip_next(struct gzip *g, bool *more, struct error *e) {
    struct deflate *d = &g->inflate;
    size_t n;
    *more = false;
    enum error_code code = deflate_rest(d, &n, e);
    if (code || n == 0)
        return code;
    g->padded |= *d->z.next_in == 0;
    if (g->padded)
        return gzip_padding(d, e);
    if (*d->z.next_in != 0x1F)
        return error_set(e, BAD_FILE, "other bytes follow the gzip data");
    inflateReset(&d->z);
    g->done = false;
    *more = true;
    return OK;
}

static enum error_code gzip_read(struct source *source, void *to, size_t n, size_t *got,
                                 struct error *e) {
    struct gzip *g = (struct gzip *)source;
    enum error_code code = OK;
    bool more = true;
    while (!code && more && *got == 0) {
        if (g->done)
            code = gzip_next(g, &more, e);
        if (!code && more)
            code = deflate_read(&g->inflate, to, n, got, &g->done, e);
    }
    return code;
}

static void gzip_close(struct source *source) {
    struct gzip *g = (struct gzip *)source;
    deflate_end(&g->inflate);
    source_close(g->under);
    memory_free(g);
}

static const struct source_type gzip_type = {"gzip", gzip_read, gzip_close};

enum error_code gzip_source(struct source *under, struct source **out, struct error *e) {
    struct gzip *g = memory_alloc(sizeof *g);
    if (!g) {
        source_close(under);
        return error_no_memory(e);
    }
    enum error_code code = deflate_begin(&g->inflate, under, DEFLATE_GZIP, e);
    if (code) {
        source_close(under);
        memory_free(g);
        return code;
    }
    g->source.type = &gzip_type;
    g->under = under;
    g->done = g->padded = false;
    *out = &g->source;
    return OK;
}
