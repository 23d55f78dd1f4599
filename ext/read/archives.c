/* archives.c - archives, and archives in archives.
 *
 *     0  a.zip                on disk
 *     1  member 7 of 0        inflated into memory while it is open
 *     2  b.zip                on disk
 */
#include "archives.h"
#include "../base/buf.h"
#include "../base/memory.h"
#include "files.h"

enum { ARCHIVES_STEP = 64 << 10 };

static enum error_code archives_inflate(struct source *s, struct buf *out, struct error *e) {
    enum error_code code = OK;
    for (size_t got = 1; got > 0 && !code; out->n += got) {
        got = 0;
        if (out->n > FILES_INNER_MAX)
            return error_set(e, BAD_FILE,
                             "what lies in an archive and must be held in memory is "
                             "larger than %d MiB",
                             FILES_INNER_MAX >> 20);
        code = buf_reserve(out, ARCHIVES_STEP, e);
        if (!code)
            code = source_read(s, out->p + out->n, ARCHIVES_STEP, &got, e);
    }
    return code;
}

enum error_code archives_inner(struct archives *a, uint32_t index, uint32_t member,
                               struct store **out, struct error *e) {
    struct zip *z;
    struct source *s;
    struct buf bytes = {0};
    enum error_code code = archives_zip(a, index, &z, e);
    if (!code)
        code = zip_source(z, &z->member[member], &s, e);
    if (code)
        return code;
    code = archives_inflate(s, &bytes, e);
    source_close(s);
    a->inflated += bytes.n;
    if (!code)
        return blob_store(bytes.p, bytes.n, true, out, e);
    buf_free(&bytes);
    return code;
}

/* FNV-1a over what the directory says of its members. */
static uint32_t archives_mark(const struct zip *z) {
    uint64_t hash = 0xCBF29CE484222325;
    for (size_t i = 0; i < z->count; i++) {
        const struct zip_member *m = &z->member[i];
        const uint64_t said[] = {m->at, m->packed, m->size, m->crc};
        for (size_t k = 0; k < sizeof said / sizeof *said; k++)
            hash = (hash ^ said[k]) * 0x100000001B3;
    }
    return (uint32_t)(hash >> 32);
}

/* Puts an open archive first, and closes the one that was not used for the longest time. */
static void archives_first(struct archives *a, uint32_t index) {
    size_t i = 0;
    while (i < a->opened && a->open[i] != index)
        i++;
    if (i == ARCHIVES_OPEN_MAX) {
        struct archive *oldest = &a->archive[a->open[--i]];
        zip_close(oldest->zip);
        oldest->zip = NULL;
    } else if (i == a->opened) {
        a->opened++;
    }
    memmove(a->open + 1, a->open, i * sizeof *a->open);
    a->open[0] = index;
}

static enum error_code archives_open(struct archives *a, const struct archive *own,
                                     struct zip **out, struct error *e) {
    struct store *store;
    enum error_code code = own->path ? file_store(own->path, &store, e)
                                     : archives_inner(a, own->parent, own->member, &store, e);
    return code ? code : zip_open(store, out, e);
}

enum error_code archives_zip(struct archives *a, uint32_t index, struct zip **out,
                             struct error *e) {
    struct archive *own = &a->archive[index];
    if (!own->zip) {
        struct zip *z;
        enum error_code code = archives_open(a, own, &z, e);
        if (code)
            return code;
        if (archives_mark(z) != own->mark) {
            zip_close(z);
            return error_set(e, BAD_IO, "the archive changed while it was read");
        }
        own->zip = z;
    }
    archives_first(a, index);
    *out = own->zip;
    return OK;
}

static enum error_code archives_room(struct archives *a, struct error *e) {
    if (a->count < a->cap)
        return OK;
    size_t cap = a->cap ? a->cap * 2 : 4;
    struct archive *archive = memory_resize(a->archive, cap * sizeof *archive);
    if (!archive)
        return error_no_memory(e);
    a->archive = archive;
    a->cap = cap;
    return OK;
}

static enum error_code archives_allowed(struct archives *a, uint32_t depth, struct error *e) {
    if (depth > ARCHIVES_DEPTH_MAX)
        return error_set(e, BAD_USE, "archives lie more than %d deep in each other",
                         ARCHIVES_DEPTH_MAX);
    if (a->inflated > ARCHIVES_ADDED_MAX)
        return error_set(e, BAD_USE, "archives in archives hold more than %d MiB",
                         ARCHIVES_ADDED_MAX >> 20);
    return archives_room(a, e);
}

enum error_code archives_add(struct archives *a, const char *path, uint32_t parent, uint32_t member,
                             uint32_t *index, struct error *e) {
    struct archive own = {.parent = parent, .member = member, .depth = 1};
    struct buf copy = {0};
    if (parent != ARCHIVES_NONE)
        own.depth = a->archive[parent].depth + 1;
    enum error_code code = archives_allowed(a, own.depth, e);
    if (!code && path)
        code = buf_add(&copy, path, strlen(path) + 1, e);
    own.path = (char *)copy.p;
    if (!code)
        code = archives_open(a, &own, &own.zip, e);
    if (code) {
        buf_free(&copy);
        return code;
    }
    own.mark = archives_mark(own.zip);
    *index = (uint32_t)a->count;
    a->archive[a->count++] = own;
    archives_first(a, *index);
    return OK;
}

void archives_free(struct archives *a) {
    for (size_t i = 0; i < a->count; i++) {
        zip_close(a->archive[i].zip);
        memory_free(a->archive[i].path);
    }
    memory_free(a->archive);
    *a = (struct archives){0};
}
