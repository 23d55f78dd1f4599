/* peek.c - the first bytes of a source tell what it is.
 *
 *     1f 8b ...  gzip      "PK" 3 4 ...  zip      257: "ustar"  tar      else: data
 */
#include "peek.h"
#include "../base/memory.h"

struct peek_magic {
    enum peek_kind kind;
    uint16_t at, n;
    const char *bytes;
    const char *what, *advice; /* NULL where it can be read */
};

static const struct peek_magic peek_magics[] = {
    {PEEK_GZIP, 0, 2, "\x1F\x8B", "is compressed twice", "unpack it first, as with gunzip"},
    {PEEK_ZIP, 0, 4, "PK\3\4", "is a zip archive in gzip", "unpack it first, as with gunzip"},
    {PEEK_ZIP, 0, 4, "PK\5\6", "is a zip archive in gzip", "unpack it first, as with gunzip"},
    {PEEK_REFUSED, 257, 5, "ustar", "is a tar archive", "unpack it first, as with tar xf"},
    {PEEK_REFUSED, 0, 3, "BZh", "is compressed by bzip2", "unpack it first, as with bunzip2"},
    {PEEK_REFUSED, 0, 6,
     "\xFD"
     "7zXZ\0",
     "is compressed by xz", "unpack it first, as with unxz"},
    {PEEK_REFUSED, 0, 4, "\x28\xB5\x2F\xFD", "is compressed by zstd",
     "unpack it first, as with unzstd"},
    {PEEK_REFUSED, 0, 6, "7z\xBC\xAF\x27\x1C", "is a 7z archive", "unpack it first, as with 7z x"},
    {PEEK_REFUSED, 0, 6, "Rar!\x1A\x07", "is a rar archive", "unpack it first, as with unrar x"},
    {PEEK_REFUSED, 0, 42, "version https://git-lfs.github.com/spec/v1",
     "is a Git-LFS pointer, not the file", "fetch it with git lfs pull"},
};

static const struct peek_magic *peek_magic(struct span head) {
    for (size_t i = 0; i < sizeof peek_magics / sizeof *peek_magics; i++) {
        const struct peek_magic *m = &peek_magics[i];
        if (span_same(span_slice(head, m->at, (size_t)m->at + m->n), span_of(m->bytes, m->n)))
            return m;
    }
    return NULL;
}

enum peek_kind peek_kind(struct span head) {
    const struct peek_magic *m = peek_magic(head);
    return m ? m->kind : PEEK_PLAIN;
}

enum error_code peek_refuse(struct span head, bool packed, const char *name, struct error *e) {
    const struct peek_magic *m = peek_magic(head);
    if (!m || (!packed && m->kind != PEEK_REFUSED))
        return OK;
    return error_set(e, BAD_FILE, "'%s' %s: %s", name, m->what, m->advice);
}

struct peek {
    struct source source;
    struct source *under;
    struct error failed; /* of under, behind the head: it may not be met a second time */
    size_t n, used;
    uint8_t head[PEEK_BYTES];
};

static enum error_code peek_read(struct source *source, void *to, size_t n, size_t *got,
                                 struct error *e) {
    struct peek *p = (struct peek *)source;
    size_t left = p->n - p->used;
    if (left == 0 && p->failed.code) {
        if (e)
            *e = p->failed;
        return p->failed.code;
    }
    if (left == 0)
        return source_read(p->under, to, n, got, e);
    *got = n < left ? n : left;
    memcpy(to, p->head + p->used, *got);
    p->used += *got;
    return OK;
}

static void peek_close(struct source *source) {
    struct peek *p = (struct peek *)source;
    source_close(p->under);
    memory_free(p);
}

static const struct source_type peek_type = {"peek", peek_read, peek_close};

enum error_code peek_source(struct source *under, struct source **out, struct span *head,
                            struct error *e) {
    struct peek *p = memory_alloc(sizeof *p);
    if (!p) {
        source_close(under);
        return error_no_memory(e);
    }
    p->source.type = &peek_type;
    p->under = under;
    p->failed.code = OK;
    p->n = p->used = 0;
    for (size_t got = 1; got > 0 && p->n < PEEK_BYTES; p->n += got)
        if (source_read(under, p->head + p->n, PEEK_BYTES - p->n, &got, &p->failed))
            break;
    *head = span_of(p->head, p->n);
    *out = &p->source;
    return OK;
}
