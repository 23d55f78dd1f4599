/* fuzz_gzip.c - gzip from anyone, beside zlib.
 *
 *     | how | bytes ...     how & 1: packed here first, how >> 4: and cut or changed at one place
 *
 * What is read is what zlib reads, whatever the pieces, and where it ends without an error zlib's
 * check sums agree. */
#include "../../ext/base/buf.h"
#include "../../ext/read/source.h"

#include <stdlib.h>
#include <zlib.h>

enum { FUZZ_MOST = 1 << 20 /* bytes of a text that are looked at */ };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_must(bool holds) {
    if (!holds)
        abort();
}

static struct buf fuzz_pack(struct span text) {
    struct buf out = {0};
    z_stream z = {0};
    fuzz_must(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    fuzz_must(buf_reserve(&out, deflateBound(&z, text.n), NULL) == OK);
    z.next_in = (uint8_t *)text.p;
    z.avail_in = (uInt)text.n;
    z.next_out = out.p;
    z.avail_out = (uInt)out.cap;
    fuzz_must(deflate(&z, Z_FINISH) == Z_STREAM_END);
    out.n = z.total_out;
    deflateEnd(&z);
    return out;
}

/* As gzip(1) reads: members, and zeros behind the last. */
static bool fuzz_zlib(struct span packed, struct buf *out) {
    static uint8_t room[FUZZ_MOST];
    z_stream z = {0};
    int rc = inflateInit2(&z, 15 + 16);
    z.next_in = (uint8_t *)packed.p;
    z.avail_in = (uInt)packed.n;
    while (rc == Z_OK && out->n < FUZZ_MOST) {
        z.next_out = room;
        z.avail_out = sizeof room;
        rc = inflate(&z, Z_NO_FLUSH);
        fuzz_must(buf_add(out, room, sizeof room - z.avail_out, NULL) == OK);
        while (rc == Z_STREAM_END && z.avail_in > 0 && *z.next_in == 0)
            z.next_in++, z.avail_in--;
        if (rc != Z_STREAM_END || z.avail_in == 0)
            continue;
        rc = z.next_in[-1] == 0 && z.total_in ? Z_STREAM_END : Z_OK;
        if (rc == Z_OK)
            inflateReset(&z);
        else
            rc = Z_DATA_ERROR;
    }
    inflateEnd(&z);
    return rc == Z_STREAM_END && z.avail_in == 0;
}

static enum error_code fuzz_ours(struct span packed, size_t step, struct buf *out) {
    static uint8_t room[FUZZ_MOST];
    struct store *store;
    struct source *s;
    struct error e = {0};
    fuzz_must(blob_store(packed.p, packed.n, false, &store, NULL) == OK);
    fuzz_must(store_source(store, true, 0, UINT64_MAX, &s, NULL) == OK);
    enum error_code code = gzip_source(s, &s, &e);
    if (code)
        return code;
    for (size_t got = 1; !code && got > 0 && out->n < FUZZ_MOST;) {
        code = source_read(s, room, step, &got, &e);
        fuzz_must(got <= step && (code == OK || *e.text));
        fuzz_must(buf_add(out, room, got, NULL) == OK);
    }
    source_close(s);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const size_t steps[] = {1, 3, 64, FUZZ_MOST};
    if (size < 4)
        return 0;
    struct span text = span_of(data + 4, size - 4);
    struct buf packed = {0}, theirs = {0}, ours = {0};
    if (data[0] & 1)
        packed = fuzz_pack(text);
    else
        fuzz_must(buf_add_span(&packed, text, NULL) == OK);
    size_t at = packed.n ? (size_t)(data[2] | data[3] << 8) % packed.n : 0;
    if (data[0] & 0x10)
        packed.n = at;
    else if (data[0] & 0x20 && packed.n)
        packed.p[at] ^= data[1];
    enum error_code code = fuzz_ours(buf_span(&packed), steps[data[0] >> 1 & 3], &ours);
    bool good = fuzz_zlib(buf_span(&packed), &theirs);
    if (ours.n < FUZZ_MOST) {
        fuzz_must(code || good);
        size_t n = ours.n < theirs.n ? ours.n : theirs.n;
        fuzz_must(n == 0 || memcmp(ours.p, theirs.p, n) == 0);
        fuzz_must(code || ours.n == theirs.n);
    }
    buf_free(&packed);
    buf_free(&theirs);
    buf_free(&ours);
    return 0;
}
