/* zip.c - zip archives (APPNOTE.TXT of PKWARE): members as streams.
 *
 * local    PK 3 4 | needs2 | flags2 method2 time4 | crc4 packed4 size4 | name2 extra2 | name extra
 * | data | [descriptor: crc4 packed4 size4]
 *
 *     store -slice-> packed bytes -inflate-> bytes -count and CRC-> as the directory says, or
 * BAD_FILE
 *
 * What is said twice must be the same: name and method always, sizes and CRC unless flag 3 says
 * that they stand behind the data; there the directory's are taken. */
#include "zip.h"
#include "../base/memory.h"
#include "deflate.h"
#include "zip_directory.h"

enum { ZIP_STORED = 0, ZIP_DEFLATED = 8, ZIP_LOCAL = 30 };

enum error_code zip_open(struct store *store, struct zip **out, struct error *e) {
    struct zip *z = memory_zero(sizeof *z);
    if (!z) {
        store_close(store);
        return error_no_memory(e);
    }
    z->store = store;
    z->users = 1;
    enum error_code code = zip_directory_read(z, e);
    if (code)
        zip_close(z);
    else
        *out = z;
    return code;
}

struct zip *zip_keep(struct zip *z) {
    z->users++;
    return z;
}

void zip_close(struct zip *z) {
    if (!z || --z->users > 0)
        return;
    for (size_t i = 0; i < z->count; i++)
        memory_free(z->member[i].name);
    memory_free(z->member);
    store_close(z->store);
    memory_free(z);
}

struct zip_stream {
    struct source source;
    struct zip *zip;
    struct source *inner;
    const struct zip_member *member;
    uint64_t total;
    uint32_t crc;
};

/* Behind the last byte: nothing more may come, the CRC must be right, and the store as it was. */
static enum error_code zip_stream_end(struct zip_stream *s, struct error *e) {
    struct store *store = s->zip->store;
    uint8_t more;
    size_t got;
    enum error_code code = source_read(s->inner, &more, 1, &got, e);
    if (code)
        return code;
    if (got > 0)
        return error_set(e, BAD_FILE, "the member is longer than the zip archive says");
    if (s->crc != s->member->crc)
        return error_set(e, BAD_FILE, "the member's CRC is not what the zip archive says");
    return store->read_at(store, store->size, &more, 1, &got, e);
}

static enum error_code zip_stream_read(struct source *source, void *to, size_t n, size_t *got,
                                       struct error *e) {
    struct zip_stream *s = (struct zip_stream *)source;
    uint64_t left = s->member->size - s->total;
    if (left == 0)
        return zip_stream_end(s, e);
    enum error_code code = source_read(s->inner, to, n < left ? n : (size_t)left, got, e);
    if (code)
        return code;
    if (*got == 0)
        return error_set(e, BAD_FILE, "the member is shorter than the zip archive says");
    s->total += *got;
    s->crc = (uint32_t)crc32_z(s->crc, to, *got);
    return OK;
}

static void zip_stream_close(struct source *source) {
    struct zip_stream *s = (struct zip_stream *)source;
    source_close(s->inner);
    zip_close(s->zip);
    memory_free(s);
}

static const struct source_type zip_stream_type = {"zip", zip_stream_read, zip_stream_close};

static enum error_code zip_readable(const struct zip_member *m, struct error *e) {
    if (m->flags & ZIP_ENCRYPTED)
        return error_set(e, BAD_FILE, "the member is encrypted");
    if (m->method != ZIP_STORED && m->method != ZIP_DEFLATED)
        return error_set(e, BAD_FILE, "the member is packed by method %d, not by deflate",
                         m->method);
    if (m->method == ZIP_STORED && m->packed != m->size)
        return error_set(e, BAD_FILE, "the member is stored, but its two sizes differ");
    return OK;
}

/* A size in the local header; all ones: it stands in an extra field, which is not asked. */
static bool zip_local_says(uint32_t local, uint64_t directory) {
    return local == directory || local == UINT32_MAX;
}

static bool zip_local_agrees(const uint8_t *p, const struct zip_member *m) {
    if (memcmp(p, "PK\3\4", 4) != 0 || zip_u16(p + 8) != m->method)
        return false;
    return (zip_u16(p + 6) & ZIP_DESCRIPTOR) ||
           (zip_u32(p + 14) == m->crc && zip_local_says(zip_u32(p + 18), m->packed) &&
            zip_local_says(zip_u32(p + 22), m->size));
}

static enum error_code zip_local_name(struct zip *z, const struct zip_member *m, size_t n,
                                      bool *same, struct error *e) {
    uint8_t *raw = memory_alloc(n);
    char *name = NULL;
    enum error_code code =
        raw ? zip_directory_bytes(z->store, m->at + ZIP_LOCAL, raw, n, e) : error_no_memory(e);
    if (!code)
        code = zip_name(span_of(raw, n), m->flags, &name, e);
    *same = !code && strcmp(name, m->name) == 0;
    memory_free(name);
    memory_free(raw);
    return code;
}

/* Reads the local header. *data: where the member's bytes begin. */
static enum error_code zip_local(struct zip *z, const struct zip_member *m, uint64_t *data,
                                 struct error *e) {
    uint8_t p[ZIP_LOCAL];
    bool same = false;
    enum error_code code = zip_directory_bytes(z->store, m->at, p, sizeof p, e);
    if (!code && zip_local_agrees(p, m))
        code = zip_local_name(z, m, zip_u16(p + 26), &same, e);
    if (code)
        return code;
    if (!same)
        return error_set(e, BAD_FILE, "the member's own header is not what the zip directory says");
    *data = m->at + ZIP_LOCAL + zip_u16(p + 26) + zip_u16(p + 28);
    if (*data > m->end || m->packed > m->end - *data)
        return error_set(e, BAD_FILE, "the member reaches into the next one of the zip archive");
    return OK;
}

enum error_code zip_source(struct zip *z, const struct zip_member *m, struct source **out,
                           struct error *e) {
    uint64_t data = 0;
    struct source *inner;
    enum error_code code = zip_readable(m, e);
    if (!code)
        code = zip_local(z, m, &data, e);
    if (!code)
        code = store_source(z->store, false, data, m->packed, &inner, e);
    if (!code && m->method == ZIP_DEFLATED)
        code = deflate_source(inner, &inner, e);
    if (code)
        return code;
    struct zip_stream *s = memory_alloc(sizeof *s);
    if (!s) {
        source_close(inner);
        return error_no_memory(e);
    }
    *s = (struct zip_stream){{&zip_stream_type},         zip_keep(z), inner, m, 0,
                             (uint32_t)crc32(0, NULL, 0)};
    *out = &s->source;
    return OK;
}
