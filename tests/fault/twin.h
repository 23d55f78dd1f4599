/* What the programs of this folder make of a sample: its twin, under the same path in a folder of
 * their own, in which they ask. The path still says which dataset it is.
 *
 *     samples/toyhom/内科.txt  ->  /tmp/cmed.x1y2z3/samples/toyhom/内科.txt     cut, packed,
 * damaged */
#ifndef CMED_TESTS_FAULT_TWIN_H
#define CMED_TESTS_FAULT_TWIN_H

#include "common.h"

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <sys/stat.h>
#include <zlib.h>

enum { TWIN_SAMPLE_MAX = 64 << 10 };

struct twin_bytes {
    unsigned char *p;
    size_t n;
};

struct twin {
    char home[PATH_MAX], folder[64], extension[PATH_MAX];
};

static inline struct twin_bytes twin_room(size_t n) {
    struct twin_bytes b = {malloc(n ? n : 1), n};
    common_need(b.p != NULL, "no memory for a file");
    return b;
}

static inline struct twin_bytes twin_read(const char *path) {
    struct stat seen;
    int fd = open(path, O_RDONLY);
    common_need(fd >= 0 && fstat(fd, &seen) == 0, path);
    struct twin_bytes b = twin_room((size_t)seen.st_size);
    common_need(read(fd, b.p, b.n) == (ssize_t)b.n, path);
    close(fd);
    return b;
}

/* Makes the folders of a path, and the file. */
static inline void twin_write(const char *path, const unsigned char *p, size_t n) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(folder, 0777);
        *slash = '/';
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    common_need(fd >= 0 && write(fd, p, n) == (ssize_t)n, path);
    close(fd);
}

/* --- packings -------------------------------------------------------------------------------- */

static inline struct twin_bytes twin_deflate(struct twin_bytes of, int wrap) {
    z_stream z = {0};
    int rc = deflateInit2(&z, 6, Z_DEFLATED, wrap, 8, Z_DEFAULT_STRATEGY);
    common_need(rc == Z_OK, "no memory for zlib");
    struct twin_bytes out = twin_room(deflateBound(&z, of.n));
    z.next_in = of.p;
    z.avail_in = (uInt)of.n;
    z.next_out = out.p;
    z.avail_out = (uInt)out.n;
    common_need(deflate(&z, Z_FINISH) == Z_STREAM_END, "zlib does not end");
    out.n = z.total_out;
    deflateEnd(&z);
    return out;
}

static inline struct twin_bytes twin_gzip(struct twin_bytes of) {
    return twin_deflate(of, 15 + 16);
}

static inline unsigned char *twin_put(unsigned char *p, unsigned long value, int bytes) {
    for (int i = 0; i < bytes; i++, value >>= 8)
        *p++ = (unsigned char)value;
    return p;
}

struct twin_member {
    const char *name;
    struct twin_bytes bytes, packed;
    size_t at;
};

/* What local and central header share: version, flags (UTF-8), method, time, CRC, sizes, lengths.
 */
static inline unsigned char *twin_header(unsigned char *p, const struct twin_member *m) {
    p = twin_put(p, 20 | 1 << 27 | 8UL << 32, 6);
    p = twin_put(p, 0, 4);
    p = twin_put(p, crc32(0, m->bytes.p, (uInt)m->bytes.n), 4);
    p = twin_put(p, m->packed.n, 4);
    p = twin_put(p, m->bytes.n, 4);
    return twin_put(p, strlen(m->name), 4);
}

static inline unsigned char *twin_copy(unsigned char *p, const void *from, size_t n) {
    return (unsigned char *)memcpy(p, from, n) + n;
}

static inline struct twin_bytes twin_zip_of(struct twin_member *m, size_t n) {
    size_t room = 22;
    for (size_t i = 0; i < n; i++) {
        m[i].packed = twin_deflate(m[i].bytes, -15);
        room += 30 + 46 + 2 * strlen(m[i].name) + m[i].packed.n;
    }
    struct twin_bytes out = twin_room(room);
    unsigned char *p = out.p;
    for (size_t i = 0; i < n; i++) {
        m[i].at = (size_t)(p - out.p);
        p = twin_header(twin_put(p, 0x04034b50, 4), &m[i]);
        p = twin_copy(p, m[i].name, strlen(m[i].name));
        p = twin_copy(p, m[i].packed.p, m[i].packed.n);
    }
    size_t central = (size_t)(p - out.p);
    for (size_t i = 0; i < n; i++) {
        p = twin_header(twin_put(twin_put(p, 0x02014b50, 4), 20, 2), &m[i]);
        p = twin_put(twin_put(twin_put(p, 0, 8), 0, 2), m[i].at, 4);
        p = twin_copy(p, m[i].name, strlen(m[i].name));
        free(m[i].packed.p);
    }
    size_t size = (size_t)(p - out.p) - central;
    p = twin_put(twin_put(p, 0x06054b50, 4), 0, 4);
    p = twin_put(twin_put(p, n, 2), n, 2);
    twin_put(twin_put(twin_put(p, size, 4), central, 4), 0, 2);
    return out;
}

/* A zip of one member. */
static inline struct twin_bytes twin_zip(struct twin_bytes of, const char *name) {
    struct twin_member m = {.name = name, .bytes = of};
    return twin_zip_of(&m, 1);
}

/* --- questions ------------------------------------------------------------------------------- */

/* The path that a question is about; false where it is about none, or several. */
static inline bool twin_path(const char *sql, char *path, size_t size) {
    const char *from = strstr(sql, "'samples/");
    if (!from || strstr(from + 1, "'samples/") || strstr(sql, "cmed_files"))
        return false;
    snprintf(path, size, "%.*s", (int)strcspn(from + 1, "'"), from + 1);
    return true;
}

/* Is it one file, and no large one? */
static inline bool twin_small(const char *path) {
    struct stat seen;
    return stat(path, &seen) == 0 && S_ISREG(seen.st_mode) && seen.st_size <= TWIN_SAMPLE_MAX;
}

/* The same question about the one member of a zip in the file's place. */
static inline void twin_ask_member(const char *sql, char *out, size_t size) {
    const char *to = strchr(strstr(sql, "'samples/") + 1, '\''), *name = to;
    while (name[-1] != '/')
        name--;
    snprintf(out, size, "%.*s/%.*s%s", (int)(to - sql), sql, (int)(to - name), name, to);
}

/* Is the sample an archive or workbook by itself? */
static inline bool twin_packed(struct twin_bytes of) {
    return of.n > 1 && (memcmp(of.p, "PK", 2) == 0 || memcmp(of.p, "\x1F\x8B", 2) == 0);
}

/* --- the folder ------------------------------------------------------------------------------ */

static inline void twin_home(const struct twin *t) {
    common_need(chdir(t->home) == 0, t->home);
}

static inline void twin_away(const struct twin *t) {
    common_need(chdir(t->folder) == 0, t->folder);
}

/* Makes the folder; nobody is there yet. */
static inline void twin_begin(struct twin *t, const char *extension) {
    char so[PATH_MAX];
    snprintf(so, sizeof so, "%s.so", extension);
    common_need(realpath(so, t->extension) != NULL, so);
    common_need(getcwd(t->home, sizeof t->home) != NULL, "no folder to come from");
    snprintf(t->folder, sizeof t->folder, "/tmp/cmed.XXXXXX");
    common_need(mkdtemp(t->folder) != NULL, "no temporary folder");
}

static inline int twin_remove(const char *path, const struct stat *seen, int flag, struct FTW *at) {
    (void)seen, (void)flag, (void)at;
    return remove(path);
}

static inline void twin_end(struct twin *t) {
    twin_home(t);
    nftw(t->folder, twin_remove, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
