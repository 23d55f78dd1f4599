/* Where bytes come from: a file, a gzip stream over any of these, a zip member, a block of memory.
 * One stream, read from its start to its end. */
#ifndef CMED_READ_SOURCE_H
#define CMED_READ_SOURCE_H

#include "../base/error.h"
#include "../base/span.h"

struct source;

struct source_type {
    const char *name;
    /* As source_read. */
    enum error_code (*read)(struct source *s, void *to, size_t n, size_t *got, struct error *e);
    void (*close)(struct source *s); /* frees s itself; may be called at any time */
};

/* The first member of each kind's own struct. */
struct source {
    const struct source_type *type;
};

/* Up to n bytes; *got == 0 (with n > 0) only at the end, so a short read is no end. Bytes that
 * were good come before the error behind them: a cut gzip hands over its prefix first.
 * BAD_IO: the system said no, or the file changed under us; BAD_FILE: gzip or zip is damaged. */
enum error_code source_read(struct source *s, void *to, size_t n, size_t *got, struct error *e);
void source_close(struct source *s); /* NULL is fine */

/* The same from any offset: what an archive is read through. */
struct store {
    enum error_code (*read_at)(struct store *s, uint64_t at, void *to, size_t n, size_t *got,
                               struct error *e); /* *got < n only at the end */
    void (*close)(struct store *s);
    uint64_t size;
};

void store_close(struct store *s); /* NULL is fine */

/* file.c: regular files only. A FIFO, device, directory or socket is refused without waiting for
 * it. Reads use pread; size, mtime, device and inode are looked at again at the end, and a file
 * that changed is BAD_IO. */
enum error_code file_store(const char *path, struct store **out, struct error *e);

/* Streams over a store from 'at' for n bytes; the source owns the store where own is true. */
enum error_code store_source(struct store *store, bool own, uint64_t at, uint64_t n,
                             struct source **out, struct error *e);

/* blob.c: n bytes of memory, copied never, freed (memory_free) on close where own is true. */
enum error_code blob_store(const void *p, size_t n, bool own, struct store **out, struct error *e);

/* gzip.c: inflates 'under', which it owns from the call on, also where the call fails. Several
 * members, zero padding behind the last; CRC and size checked at each member's end; anything else
 * behind it is BAD_FILE. */
enum error_code gzip_source(struct source *under, struct source **out, struct error *e);

#endif
