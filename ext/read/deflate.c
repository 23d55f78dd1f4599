/* deflate.c - inflates what a source gives.
 *
 *     under -read-> in [ 64 KiB ] -inflate-> to
 */
#include "deflate.h"
#include "../base/memory.h"

static void *deflate_alloc(void *of, unsigned items, unsigned size) {
    (void)of;
    return size && items > SIZE_MAX / size ? NULL : memory_alloc((size_t)items * size);
}

static void deflate_release(void *of, void *p) {
    (void)of;
    memory_free(p);
}

enum error_code deflate_begin(struct deflate *d, struct source *under, enum deflate_wrap wrap,
                              struct error *e) {
    d->z = (z_stream){.zalloc = deflate_alloc, .zfree = deflate_release};
    d->under = under;
    d->ended = d->damaged = false;
    return inflateInit2(&d->z, wrap) == Z_OK ? OK : error_no_memory(e);
}

void deflate_end(struct deflate *d) {
    inflateEnd(&d->z);
}

enum error_code deflate_rest(struct deflate *d, size_t *n, struct error *e) {
    enum error_code code = OK;
    if (d->z.avail_in == 0 && !d->ended) {
        size_t got = 0;
        code = source_read(d->under, d->in, sizeof d->in, &got, e);
        d->ended = !code && got == 0;
        d->z.next_in = d->in;
        d->z.avail_in = (unsigned)got;
    }
    *n = d->z.avail_in;
    return code;
}

static enum error_code deflate_damaged(const struct deflate *d, struct error *e) {
    return error_set(e, BAD_FILE, "the compressed data is damaged: %s",
                     d->z.msg ? d->z.msg : "it needs a dictionary");
}

/* Z_BUF_ERROR: nothing to take in, nothing to put out; no error of the data. */
static enum error_code deflate_step(struct deflate *d, bool *done, struct error *e) {
    int state = inflate(&d->z, Z_NO_FLUSH);
    *done = state == Z_STREAM_END;
    if (state == Z_OK || state == Z_STREAM_END || state == Z_BUF_ERROR)
        return OK;
    if (state == Z_MEM_ERROR)
        return error_no_memory(e);
    d->damaged = true;
    return deflate_damaged(d, e);
}

/* zlib goes first: it may still hold bytes to put out when it has taken in the last one. */
enum error_code deflate_read(struct deflate *d, void *to, size_t n, size_t *got, bool *done,
                             struct error *e) {
    unsigned room = n < UINT32_MAX / 2 ? (unsigned)n : UINT32_MAX / 2;
    size_t there = 1;
    d->z.next_out = to;
    d->z.avail_out = room;
    *done = false;
    enum error_code code = d->damaged ? deflate_damaged(d, e) : deflate_step(d, done, e);
    while (!code && !*done && d->z.avail_out > 0) {
        code = deflate_rest(d, &there, e);
        if (!code && there == 0)
            code = error_set(e, BAD_FILE, "the compressed data is cut short");
        if (!code)
            code = deflate_step(d, done, e);
    }
    *got = room - d->z.avail_out;
    return *got > 0 && code != NO_MEMORY ? OK : code;
}

struct deflate_stream {
    struct source source;
    struct deflate inflate;
    struct source *under;
    bool done;
};

static enum error_code deflate_stream_read(struct source *source, void *to, size_t n, size_t *got,
                                           struct error *e) {
    struct deflate_stream *s = (struct deflate_stream *)source;
    return s->done ? OK : deflate_read(&s->inflate, to, n, got, &s->done, e);
}

static void deflate_stream_close(struct source *source) {
    struct deflate_stream *s = (struct deflate_stream *)source;
    deflate_end(&s->inflate);
    source_close(s->under);
    memory_free(s);
}

static const struct source_type deflate_stream_type = {"deflate", deflate_stream_read,
                                                       deflate_stream_close};

enum error_code deflate_source(struct source *under, struct source **out, struct error *e) {
    struct deflate_stream *s = memory_alloc(sizeof *s);
    if (!s) {
        source_close(under);
        return error_no_memory(e);
    }
    enum error_code code = deflate_begin(&s->inflate, under, DEFLATE_RAW, e);
    if (code) {
        source_close(under);
        memory_free(s);
        return code;
    }
    s->source.type = &deflate_stream_type;
    s->under = under;
    s->done = false;
    *out = &s->source;
    return OK;
}
