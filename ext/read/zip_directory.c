/* zip_directory.c - where the members of a zip archive are.
 *
 *     [other bytes] local data  local data  ...  central central ...  [zip64 end, locator] end
 * comment
 *                   ^---------------------------- offset |            ^----- offset |      ^
 *                                                                          searched from behind
 *
 * Which end is the end, where a comment holds another one: the last whose comment fits in the file.
 * The directory begins where the end says, or, with other bytes before the archive, that many bytes
 * later. Its entries are read until one does not begin as an entry; their number must be the end's.
 * Entries that share bytes are refused before anything is inflated.
 *
 * central  PK 1 2 | made2 needs2 flags2 method2 time4 | crc4 packed4 size4 | name2 extra2 comment2
 * | disk2 inner2 outer4 | local4 | name extra comment          46 bytes and three texts end      PK
 * 5 6 | disk2 disk2 entries2 entries2 | size4 offset4 | comment2 | comment */
#include "zip_directory.h"
#include "../base/memory.h"
#include "../base/sort.h"

enum {
    ZIP_LOCAL = 30,
    ZIP_ENTRY = 46,
    ZIP_END = 22,
    ZIP_LOCATOR = 20,
    ZIP_END64 = 56,
    ZIP_TAIL = ZIP_LOCATOR + ZIP_END + UINT16_MAX, /* the end lies in these last bytes */
    ZIP_CHUNK = 256 << 10                          /* the longest entry takes 192 KiB */
};

struct zip_directory {
    struct zip *zip;
    uint64_t begin, end; /* of the central directory; an upper bound of its end */
    uint64_t base;       /* bytes before the archive */
    uint64_t count;      /* entries declared */
    uint64_t mask;       /* the bits of count that were written down */
    size_t cap;          /* room at zip->member */
    uint8_t *chunk;      /* the bytes from chunk_at on */
    uint64_t chunk_at;
    size_t chunk_n;
};

enum error_code zip_directory_bytes(struct store *store, uint64_t at, void *to, size_t n,
                                    struct error *e) {
    for (size_t done = 0, got; done < n; done += got) {
        enum error_code code =
            store->read_at(store, at + done, (uint8_t *)to + done, n - done, &got, e);
        if (code)
            return code;
        if (got == 0)
            return error_set(e, BAD_FILE, "the zip archive is cut short");
    }
    return OK;
}

/* The last end whose comment fits, in the file's last bytes; tail.n where there is none. */
static size_t zip_directory_find(struct span tail) {
    for (size_t i = tail.n < ZIP_END ? 0 : tail.n - ZIP_END + 1; i-- > 0;) {
        const uint8_t *p = tail.p + i;
        if (p[0] == 'P' && p[1] == 'K' && p[2] == 5 && p[3] == 6 &&
            zip_u16(p + 20) <= tail.n - i - ZIP_END)
            return i;
    }
    return tail.n;
}

/* Where four bytes begin an entry of the directory. */
static enum error_code zip_directory_begins(struct zip_directory *d, uint64_t at, bool *yes,
                                            struct error *e) {
    uint8_t head[4];
    *yes = false;
    if (at > d->end || d->end - at < ZIP_ENTRY)
        return OK;
    enum error_code code = zip_directory_bytes(d->zip->store, at, head, sizeof head, e);
    *yes = !code && memcmp(head, "PK\1\2", 4) == 0;
    return code;
}

static enum error_code zip_directory_place(struct zip_directory *d, uint64_t size, uint64_t offset,
                                           struct error *e) {
    bool here;
    if (d->count == 0)
        offset = d->end;
    d->begin = offset;
    enum error_code code = zip_directory_begins(d, offset, &here, e);
    if (code || here || d->count == 0)
        return code;
    d->begin = size < d->end ? d->end - size : 0;
    code = zip_directory_begins(d, d->begin, &here, e);
    if (!code && (!here || d->begin < offset))
        code = error_set(e, BAD_FILE, "the zip archive has no directory");
    d->base = d->begin - offset;
    return code;
}

static enum error_code zip_directory_split(struct error *e) {
    return error_set(e, BAD_FILE, "the zip archive is split over several files");
}

/* The end of zip64 takes the place of fields too small. *there: there is one. */
static enum error_code zip_directory_end64(struct zip_directory *d, const uint8_t *locator,
                                           struct error *e) {
    uint8_t p[ZIP_END64];
    uint64_t at = zip_u64(locator + 8), limit = d->end - ZIP_LOCATOR;
    if (zip_u32(locator + 4) != 0 || zip_u32(locator + 16) > 1)
        return zip_directory_split(e);
    if (limit < ZIP_END64 || at > limit - ZIP_END64)
        return error_set(e, BAD_FILE, "the zip archive is cut short");
    enum error_code code = zip_directory_bytes(d->zip->store, at, p, sizeof p, e);
    if (code)
        return code;
    if (memcmp(p, "PK\6\6", 4) != 0)
        return error_set(e, BAD_FILE, "the zip archive has no zip64 end");
    if (zip_u32(p + 16) != 0 || zip_u32(p + 20) != 0 || zip_u64(p + 24) != zip_u64(p + 32))
        return zip_directory_split(e);
    d->end = at;
    d->count = zip_u64(p + 32);
    d->mask = UINT64_MAX;
    return zip_directory_place(d, zip_u64(p + 40), zip_u64(p + 48), e);
}

/* tail: the file's last bytes; its end lies at i in it. */
static enum error_code zip_directory_end(struct zip_directory *d, struct span tail, size_t i,
                                         struct error *e) {
    const uint8_t *p = tail.p + i;
    uint64_t size = zip_u32(p + 12), offset = zip_u32(p + 16);
    d->end = d->zip->store->size - tail.n + i;
    d->count = zip_u16(p + 10);
    d->mask = UINT16_MAX;
    bool small = d->count == UINT16_MAX || size == UINT32_MAX || offset == UINT32_MAX;
    if (small && i >= ZIP_LOCATOR && memcmp(p - ZIP_LOCATOR, "PK\6\7", 4) == 0)
        return zip_directory_end64(d, p - ZIP_LOCATOR, e);
    if (zip_u16(p + 4) != 0 || zip_u16(p + 6) != 0 || zip_u16(p + 8) != d->count)
        return zip_directory_split(e);
    return zip_directory_place(d, size, offset, e);
}

static enum error_code zip_directory_locate(struct zip_directory *d, struct error *e) {
    struct store *store = d->zip->store;
    size_t n = store->size < ZIP_TAIL ? (size_t)store->size : ZIP_TAIL;
    uint8_t *tail = memory_alloc(n);
    if (!tail)
        return error_no_memory(e);
    enum error_code code = zip_directory_bytes(store, store->size - n, tail, n, e);
    if (!code) {
        size_t i = zip_directory_find(span_of(tail, n));
        code = i == n ? error_set(e, BAD_FILE, "it is not a zip archive, or one that is cut short")
                      : zip_directory_end(d, span_of(tail, n), i, e);
    }
    memory_free(tail);
    return code;
}

/* The directory's n bytes from 'at', n at most ZIP_CHUNK; *p lives until the next call. */
static enum error_code zip_directory_fetch(struct zip_directory *d, uint64_t at, size_t n,
                                           const uint8_t **p, struct error *e) {
    if (n > d->end - at)
        return error_set(e, BAD_FILE, "the directory of the zip archive is cut short");
    if (at < d->chunk_at || at + n > d->chunk_at + d->chunk_n) {
        uint64_t left = d->end - at;
        d->chunk_at = at;
        d->chunk_n = left < ZIP_CHUNK ? (size_t)left : ZIP_CHUNK;
        enum error_code code = zip_directory_bytes(d->zip->store, at, d->chunk, d->chunk_n, e);
        if (code) {
            d->chunk_n = 0;
            return code;
        }
    }
    *p = d->chunk + (at - d->chunk_at);
    return OK;
}

/* Fields of 32 bits that are all ones stand in the extra field 1, in this order. */
static void zip_directory_wide(struct span extra, struct zip_member *m) {
    uint64_t *field[] = {&m->size, &m->packed, &m->at};
    while (extra.n >= 4) {
        uint16_t id = zip_u16(extra.p), n = zip_u16(extra.p + 2);
        struct span own = span_slice(extra, 4, 4 + (size_t)n);
        for (size_t i = 0; id == 1 && i < 3; i++)
            if (*field[i] == UINT32_MAX && own.n >= 8) {
                *field[i] = zip_u64(own.p);
                own = span_from(own, 8);
            }
        extra = span_from(extra, 4 + (size_t)n);
    }
}

static enum error_code zip_directory_room(struct zip_directory *d, struct error *e) {
    struct zip *z = d->zip;
    if (z->count < d->cap)
        return OK;
    if (z->count == ZIP_MEMBERS_MAX)
        return error_set(e, BAD_FILE, "the zip archive has more than %d members", ZIP_MEMBERS_MAX);
    size_t cap = d->cap ? d->cap * 2 : 16;
    struct zip_member *member = memory_resize(z->member, cap * sizeof *member);
    if (!member)
        return error_no_memory(e);
    z->member = member;
    d->cap = cap;
    return OK;
}

/* One entry at p, whose texts are there too. 'end' is where the member ends at the earliest. */
static enum error_code zip_directory_add(struct zip_directory *d, const uint8_t *p,
                                         struct error *e) {
    struct zip_member m = {.flags = zip_u16(p + 8),
                           .method = zip_u16(p + 10),
                           .crc = zip_u32(p + 16),
                           .packed = zip_u32(p + 20),
                           .size = zip_u32(p + 24),
                           .at = zip_u32(p + 42)};
    size_t name_n = zip_u16(p + 28);
    zip_directory_wide(span_of(p + ZIP_ENTRY + name_n, zip_u16(p + 30)), &m);
    if (zip_u16(p + 34) != 0 && zip_u16(p + 34) != UINT16_MAX)
        return zip_directory_split(e);
    uint64_t room = d->begin - d->base, least = ZIP_LOCAL + name_n;
    if (m.at > room || room - m.at < least || m.packed > room - m.at - least)
        return error_set(e, BAD_FILE, "a member of the zip archive lies outside of it");
    m.at += d->base;
    m.end = m.at + least + m.packed;
    m.folder = name_n > 0 && p[ZIP_ENTRY + name_n - 1] == '/';
    enum error_code code = zip_directory_room(d, e);
    if (!code)
        code = zip_name(span_of(p + ZIP_ENTRY, name_n), m.flags, &m.name, e);
    if (!code)
        d->zip->member[d->zip->count++] = m;
    return code;
}

static enum error_code zip_directory_entries(struct zip_directory *d, struct error *e) {
    enum error_code code = OK;
    const uint8_t *p;
    for (uint64_t at = d->begin; !code && d->end - at >= ZIP_ENTRY;) {
        code = zip_directory_fetch(d, at, ZIP_ENTRY, &p, e);
        if (code || memcmp(p, "PK\1\2", 4) != 0)
            break;
        size_t n = ZIP_ENTRY + (size_t)zip_u16(p + 28) + zip_u16(p + 30) + zip_u16(p + 32);
        code = zip_directory_fetch(d, at, n, &p, e);
        if (!code)
            code = zip_directory_add(d, p, e);
        at += n;
    }
    if (!code && ((d->zip->count ^ d->count) & d->mask) != 0)
        code = error_set(e, BAD_FILE, "the zip archive says it has %llu members, its directory %zu",
                         (unsigned long long)d->count, d->zip->count);
    return code;
}

struct zip_place {
    uint64_t at;
    size_t member;
};

static int zip_place_compare(const void *left, const void *right) {
    const struct zip_place *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return (a->member > b->member) - (a->member < b->member);
}

/* Sets where each member ends, and refuses those that reach into the next. */
static enum error_code zip_directory_part(struct zip_directory *d, struct error *e) {
    struct zip *z = d->zip;
    struct zip_place *place = memory_alloc(z->count * sizeof *place);
    enum error_code code = OK;
    if (!place)
        return error_no_memory(e);
    for (size_t i = 0; i < z->count; i++)
        place[i] = (struct zip_place){z->member[i].at, i};
    sort_items(place, z->count, sizeof *place, zip_place_compare);
    for (size_t i = 0; !code && i < z->count; i++) {
        struct zip_member *m = &z->member[place[i].member];
        uint64_t next = i + 1 < z->count ? place[i + 1].at : d->begin;
        if (m->end > next)
            code = error_set(e, BAD_FILE, "members of the zip archive overlap: '%s'", m->name);
        m->end = next;
    }
    memory_free(place);
    return code;
}

/* Other bytes before the archive are no archive: else the outer one is cut, and its last end is
 * that of a member. */
static enum error_code zip_directory_outermost(const struct zip_directory *d, struct error *e) {
    uint8_t head[4];
    if (d->base < sizeof head)
        return OK;
    enum error_code code = zip_directory_bytes(d->zip->store, 0, head, sizeof head, e);
    if (!code && memcmp(head, "PK\3\4", 4) == 0)
        code = error_set(e, BAD_FILE, "the zip archive is cut short, behind an archive inside it");
    return code;
}

enum error_code zip_directory_read(struct zip *z, struct error *e) {
    struct zip_directory d = {.zip = z};
    d.chunk = memory_alloc(ZIP_CHUNK);
    enum error_code code = d.chunk ? zip_directory_locate(&d, e) : error_no_memory(e);
    if (!code)
        code = zip_directory_entries(&d, e);
    if (!code)
        code = zip_directory_part(&d, e);
    if (!code)
        code = zip_directory_outermost(&d, e);
    memory_free(d.chunk);
    return code;
}
