/* What the tests of read/ share: an allocator that counts and fails, a folder of their own, streams
 * read to their end, archives made by hand. Include behind cmocka.h. */
#ifndef CMED_TESTS_READ_CHECK_H
#define CMED_TESTS_READ_CHECK_H

#include "../../ext/base/buf.h"
#include "../../ext/base/memory.h"
#include "../../ext/read/source.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The heap. */

static unsigned long heap_left; /* allocations until one fails; 0: none does */
static long heap_live;          /* blocks that were not released */
static unsigned long heap_calls;
static unsigned long long heap_largest; /* bytes asked for at once */

static inline bool heap_fails(unsigned long long n) {
    heap_calls++;
    if (n > heap_largest)
        heap_largest = n;
    return heap_left && --heap_left == 0;
}

static inline void *heap_alloc(unsigned long long n) {
    void *p = heap_fails(n) ? NULL : malloc((size_t)n);
    heap_live += p != NULL;
    return p;
}

static inline void *heap_resize(void *old, unsigned long long n) {
    void *p = heap_fails(n) ? NULL : realloc(old, (size_t)n);
    heap_live += p && !old;
    return p;
}

static inline void heap_release(void *p) {
    heap_live -= p != NULL;
    free(p);
}

static inline void heap_use(void) {
    static const struct memory heap = {heap_alloc, heap_resize, heap_release};
    memory_use(&heap);
}

/* Runs 'run' with the first, the second ... allocation failing, until one run needs no more. Each
 * must leave no block behind, and a run that a failure reached must say NO_MEMORY or be as good as
 * ever. */
static inline void heap_sweep(enum error_code (*run)(void *of), void *of) {
    long live = heap_live;
    unsigned long reached = 1;
    assert_int_equal(run(of), OK);
    for (unsigned long n = 1; reached; n++) {
        assert_in_range(n, 1, 100000);
        heap_left = n;
        enum error_code code = run(of);
        reached = heap_left == 0;
        heap_left = 0;
        assert_true(code == OK || (code == NO_MEMORY && reached));
        assert_int_equal(heap_live, live);
    }
}

/* A folder that is there for one test; check_path gives the path of something in it. */

static char check_folder[64];

static inline int check_folder_make(void **state) {
    (void)state;
    strcpy(check_folder, "/tmp/cmed-read-XXXXXX");
    return mkdtemp(check_folder) ? 0 : -1;
}

static inline int check_remove(const char *path, const struct stat *s, int type, struct FTW *at) {
    (void)s;
    (void)type;
    (void)at;
    return remove(path);
}

static inline int check_folder_remove(void **state) {
    (void)state;
    return nftw(check_folder, check_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* Lives until the 16th call from now. */
static inline const char *check_path(const char *name) {
    static char path[16][512];
    static int i;
    i = (i + 1) % 16;
    snprintf(path[i], sizeof path[i], "%s/%s", check_folder, name);
    return path[i];
}

static inline void check_write(const char *name, struct span bytes) {
    FILE *f = fopen(check_path(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    assert_int_equal(fclose(f), 0);
}

/* Reads to the end or the error, at most 'step' bytes at a time; does not close. */
static inline enum error_code check_read(struct source *s, size_t step, struct buf *out,
                                         struct error *e) {
    for (size_t got = 1; got > 0;) {
        enum error_code code = buf_reserve(out, step, e);
        if (!code)
            code = source_read(s, out->p + out->n, step, &got, e);
        if (code)
            return code;
        assert_in_range(got, 0, step);
        out->n += got;
    }
    return OK;
}

static inline void check_bytes(struct buf got, struct span expected) {
    assert_int_equal(got.n, expected.n);
    if (expected.n)
        assert_memory_equal(got.p, expected.p, expected.n);
}

/* Source over memory that gives at most 'step' bytes a read, and fails behind 'fails_at' bytes. */

struct check_source {
    struct source source;
    struct span bytes;
    size_t at, step, fails_at;
    bool *closed;
};

static inline enum error_code check_source_read(struct source *source, void *to, size_t n,
                                                size_t *got, struct error *e) {
    struct check_source *s = (struct check_source *)source;
    size_t left = (s->fails_at < s->bytes.n ? s->fails_at : s->bytes.n) - s->at;
    if (left == 0 && s->fails_at < s->bytes.n)
        return error_set(e, BAD_IO, "the test says no");
    n = n < left ? n : left;
    *got = n < s->step ? n : s->step;
    if (*got)
        memcpy(to, s->bytes.p + s->at, *got);
    s->at += *got;
    return OK;
}

static inline void check_source_close(struct source *source) {
    struct check_source *s = (struct check_source *)source;
    if (s->closed)
        *s->closed = true;
    memory_free(s);
}

/* NULL: no memory. fails_at SIZE_MAX: never. */
static inline struct source *check_source(struct span bytes, size_t step, size_t fails_at) {
    static const struct source_type type = {"test", check_source_read, check_source_close};
    struct check_source *s = memory_alloc(sizeof *s);
    if (!s)
        return NULL;
    *s = (struct check_source){{&type}, bytes, 0, step, fails_at, NULL};
    return &s->source;
}

/* Archives. */

static inline void pack(struct buf *to, const void *p, size_t n) {
    assert_int_equal(buf_add(to, p, n, NULL), OK);
}

static inline void pack_number(struct buf *to, uint64_t value, size_t bytes) {
    for (; bytes-- > 0; value >>= 8)
        pack(to, &(uint8_t){(uint8_t)value}, 1);
}

static inline void pack_put(uint8_t *to, uint64_t value, size_t bytes) {
    for (; bytes-- > 0; value >>= 8)
        *to++ = (uint8_t)value;
}

static inline void pack_deflate(struct buf *to, struct span data) {
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, data.n);
    assert_int_equal(buf_reserve(to, room, NULL), OK);
    z.next_in = (uint8_t *)data.p;
    z.avail_in = (unsigned)data.n;
    z.next_out = to->p + to->n;
    z.avail_out = (unsigned)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    to->n += z.total_out;
    deflateEnd(&z);
}

static inline uint32_t pack_crc(struct span s) {
    return (uint32_t)crc32(0, s.p, (unsigned)s.n);
}

enum { GZIP_TEXT = 1, GZIP_CRC = 2, GZIP_EXTRA = 4, GZIP_NAME = 8, GZIP_COMMENT = 16 };

/* One member of a gzip file. */
static inline void pack_gzip(struct buf *to, struct span data, int flags) {
    size_t begin = to->n;
    pack(to, "\x1F\x8B\x08", 3);
    pack_number(to, (uint64_t)flags, 1);
    pack(to, "\0\0\0\0\0\3", 6);
    if (flags & GZIP_EXTRA)
        pack(to, "\6\0ab\2\0xy", 8);
    if (flags & GZIP_NAME)
        pack(to, "name.csv", 9);
    if (flags & GZIP_COMMENT)
        pack(to, "a comment", 10);
    if (flags & GZIP_CRC)
        pack_number(to, pack_crc(span_of(to->p + begin, to->n - begin)) & 0xFFFF, 2);
    pack_deflate(to, data);
    pack_number(to, pack_crc(data), 4);
    pack_number(to, data.n, 4);
}

struct pack_member {
    const char *name, *data;
    int method; /* 0 or 8 */
    int flags;  /* 8: sizes and CRC only behind the data */
    bool wide;  /* zip64 */
    size_t n;   /* of data; 0: to its NUL */
};

enum { PACK_MEMBERS = 16 };

struct pack_zip {
    struct buf bytes;
    size_t local[PACK_MEMBERS], central[PACK_MEMBERS], packed[PACK_MEMBERS];
    size_t count, directory, end;
};

static inline struct span pack_data(const struct pack_member *m) {
    return span_of(m->data, m->n ? m->n : strlen(m->data));
}

/* Flags, method, times, CRC and sizes: 22 bytes, the same in both headers. */
static inline void pack_said(struct buf *to, const struct pack_member *m, size_t packed,
                             bool known) {
    struct span data = pack_data(m);
    pack_number(to, (uint64_t)m->flags, 2);
    pack_number(to, (uint64_t)m->method, 2);
    pack_number(to, 0, 4);
    pack_number(to, known ? pack_crc(data) : 0, 4);
    pack_number(to, !known ? 0 : m->wide ? UINT32_MAX : packed, 4);
    pack_number(to, !known ? 0 : m->wide ? UINT32_MAX : data.n, 4);
    pack_number(to, strlen(m->name), 2);
}

static inline void pack_local(struct pack_zip *z, const struct pack_member *m) {
    struct buf data = {0}, *to = &z->bytes;
    if (m->method == 8)
        pack_deflate(&data, pack_data(m));
    else
        pack(&data, pack_data(m).p, pack_data(m).n);
    z->local[z->count] = to->n;
    z->packed[z->count] = data.n;
    pack(to, "PK\3\4\x14\0", 6);
    pack_said(to, m, data.n, !(m->flags & 8));
    pack_number(to, m->wide ? 20 : 0, 2);
    pack(to, m->name, strlen(m->name));
    if (m->wide) {
        pack(to, "\1\0\x10\0", 4);
        pack_number(to, pack_data(m).n, 8);
        pack_number(to, data.n, 8);
    }
    pack(to, data.p, data.n);
    if (m->flags & 8) {
        pack(to, "PK\7\10", 4);
        pack_number(to, pack_crc(pack_data(m)), 4);
        pack_number(to, data.n, 4);
        pack_number(to, pack_data(m).n, 4);
    }
    buf_free(&data);
    z->count++;
}

static inline void pack_central(struct pack_zip *z, const struct pack_member *m, size_t i,
                                size_t prefix) {
    struct buf *to = &z->bytes;
    z->central[i] = to->n;
    pack(to, "PK\1\2\x14\0\x14\0", 8);
    pack_said(to, m, z->packed[i], true);
    pack_number(to, m->wide ? 32 : 4, 2); /* of extra fields */
    pack(to, "\0\0\0\0\0\0\0\0\0\0", 10);
    pack_number(to, m->wide ? UINT32_MAX : z->local[i] - prefix, 4);
    pack(to, m->name, strlen(m->name));
    pack(to, "zz\0\0", 4); /* an extra field that nobody knows */
    if (m->wide) {
        pack(to, "\1\0\x18\0", 4);
        pack_number(to, pack_data(m).n, 8);
        pack_number(to, z->packed[i], 8);
        pack_number(to, z->local[i] - prefix, 8);
    }
}

/* With 'wide', a zip64 end. The prefix stands before the archive, which does not know of it. */
static inline void pack_zip(struct pack_zip *z, const struct pack_member *m, size_t n,
                            const char *prefix, const char *comment, bool wide) {
    struct buf *to = &z->bytes;
    *z = (struct pack_zip){0};
    pack(to, prefix, strlen(prefix));
    for (size_t i = 0; i < n; i++)
        pack_local(z, &m[i]);
    z->directory = to->n;
    for (size_t i = 0; i < n; i++)
        pack_central(z, &m[i], i, strlen(prefix));
    size_t size = to->n - z->directory, end64 = to->n;
    if (wide) {
        pack(to, "PK\6\6\x2C\0\0\0\0\0\0\0\x2D\0\x2D\0\0\0\0\0\0\0\0\0", 24);
        pack_number(to, n, 8);
        pack_number(to, n, 8);
        pack_number(to, size, 8);
        pack_number(to, z->directory, 8);
        pack(to, "PK\6\7\0\0\0\0", 8);
        pack_number(to, end64, 8);
        pack_number(to, 1, 4);
    }
    z->end = to->n;
    pack(to, "PK\5\6\0\0\0\0", 8);
    pack_number(to, wide ? UINT16_MAX : n, 2);
    pack_number(to, wide ? UINT16_MAX : n, 2);
    pack_number(to, wide ? UINT32_MAX : size, 4);
    pack_number(to, wide ? UINT32_MAX : z->directory - strlen(prefix), 4);
    pack_number(to, strlen(comment), 2);
    pack(to, comment, strlen(comment));
}

#endif
