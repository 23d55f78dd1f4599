/* fuzz_zip.c - zip archives from anyone.
 *
 *     | how | member ... | more ...     how & 1: an archive of two members made here, changed at
 * some places by what is left; else the bytes as they are
 *
 * Every name is UTF-8 without a NUL, members lie apart, and what is read to its end has the size
 * and the CRC that the directory says. */
#include "../../ext/base/buf.h"
#include "../../ext/base/utf8.h"
#include "../../ext/read/zip.h"

#include <stdlib.h>
#include <zlib.h>

enum { FUZZ_MOST = 1 << 20 /* bytes of a member that are read */ };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_must(bool holds) {
    if (!holds)
        abort();
}

static void fuzz_put(struct buf *out, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++, value >>= 8)
        fuzz_must(buf_add_byte(out, (uint8_t)value, NULL) == OK);
}

/* What local and central header share, behind the version. */
static void fuzz_header(struct buf *out, struct span text, const char *name) {
    fuzz_put(out, 0, 2 + 2 + 4);
    fuzz_put(out, crc32(0, text.p, (uInt)text.n), 4);
    fuzz_put(out, text.n, 4);
    fuzz_put(out, text.n, 4);
    fuzz_put(out, strlen(name), 4);
}

/* Two stored members. */
static struct buf fuzz_archive(const struct span text[2]) {
    static const char *const names[] = {"a/\xE7\x94\xB2.txt", "b.csv"};
    struct buf out = {0};
    size_t at[2];
    for (int i = 0; i < 2; i++) {
        at[i] = out.n;
        fuzz_put(&out, 0x04034b50, 4);
        fuzz_put(&out, 20, 2);
        fuzz_header(&out, text[i], names[i]);
        fuzz_must(buf_add_text(&out, names[i], NULL) == OK);
        fuzz_must(buf_add_span(&out, text[i], NULL) == OK);
    }
    size_t central = out.n;
    for (int i = 0; i < 2; i++) {
        fuzz_put(&out, 0x02014b50, 4);
        fuzz_put(&out, 20 | 20 << 16, 4);
        fuzz_header(&out, text[i], names[i]);
        fuzz_put(&out, 0, 10);
        fuzz_put(&out, at[i], 4);
        fuzz_must(buf_add_text(&out, names[i], NULL) == OK);
    }
    size_t end = out.n;
    fuzz_put(&out, 0x06054b50, 4);
    fuzz_put(&out, 0, 4);
    fuzz_put(&out, 2 | 2 << 16, 4);
    fuzz_put(&out, end - central, 4);
    fuzz_put(&out, central, 4);
    fuzz_put(&out, 0, 2);
    return out;
}

/* Three bytes a change: place from the end, and what is there then. */
static void fuzz_change(struct buf *archive, struct span changes) {
    for (size_t i = 0; i + 3 <= changes.n && i < 24; i += 3) {
        size_t back = (size_t)(changes.p[i] | changes.p[i + 1] << 8) % archive->n;
        archive->p[archive->n - 1 - back] = changes.p[i + 2];
    }
}

static void fuzz_member(struct zip *z, const struct zip_member *m) {
    static uint8_t room[4096];
    struct source *s;
    struct error e = {0};
    uint64_t n = 0;
    uLong crc = 0;
    fuzz_must(utf8_valid(span_text(m->name)) == strlen(m->name) && m->at <= m->end);
    enum error_code code = zip_source(z, m, &s, &e);
    if (code) {
        fuzz_must(*e.text);
        return;
    }
    for (size_t got = 1; !code && got > 0 && n < FUZZ_MOST; n += got) {
        code = source_read(s, room, sizeof room, &got, &e);
        crc = crc32(crc, room, (uInt)got);
    }
    fuzz_must(code || n >= FUZZ_MOST || (n == m->size && crc == m->crc));
    fuzz_must(!code || *e.text);
    source_close(s);
}

static void fuzz_read(struct span bytes) {
    struct store *store;
    struct zip *z;
    struct error e = {0};
    fuzz_must(blob_store(bytes.p, bytes.n, false, &store, NULL) == OK);
    if (zip_open(store, &z, &e)) {
        fuzz_must(*e.text);
        return;
    }
    for (size_t i = 0; i < z->count && i < 64; i++)
        fuzz_member(z, &z->member[i]);
    zip_close(z);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2 || !(data[0] & 1)) {
        fuzz_read(span_of(data + (size > 0), size - (size > 0)));
        return 0;
    }
    struct span rest = span_of(data + 2, size - 2), first = span_slice(rest, 0, data[1]);
    const struct span text[2] = {first, span_from(rest, data[1])};
    struct buf archive = fuzz_archive(text);
    fuzz_change(&archive, span_from(rest, rest.n > 24 ? rest.n - 24 : 0));
    fuzz_read(buf_span(&archive));
    buf_free(&archive);
    return 0;
}
