/* files.c - many files as one: opens what list.c found.
 *
 *     path -list-> entry, entry, entry
 *     entry:   disk or zip member -peek-> gzip taken off -peek-> bytes
 */
#include "files.h"
#include "../base/memory.h"
#include "archives.h"
#include "file.h"
#include "list.h"
#include "peek.h"

enum error_code files_open_polled(const char *path, const struct poll *poll, struct files **out,
                                  struct error *e) {
    struct files *f = memory_zero(sizeof *f);
    if (!f)
        return error_no_memory(e);
    f->archives = memory_zero(sizeof *f->archives);
    enum error_code code = f->archives ? list_path(f, path, poll, e) : error_no_memory(e);
    if (code)
        files_close(f);
    else
        *out = f;
    return code;
}

enum error_code files_open(const char *path, struct files **out, struct error *e) {
    return files_open_polled(path, NULL, out, e);
}

void files_close(struct files *f) {
    if (!f)
        return;
    for (size_t i = 0; i < f->count; i++) {
        memory_free(f->entry[i].path);
        memory_free(f->entry[i].name);
    }
    if (f->archives)
        archives_free(f->archives);
    memory_free(f->archives);
    memory_free(f->entry);
    memory_free(f);
}

static enum error_code files_disk(const struct files_entry *entry, struct store **out,
                                  struct error *e) {
    return file_store(entry->name ? entry->name : entry->path, out, e);
}

enum error_code files_store(struct files *f, size_t i, struct store **out, struct error *e) {
    const struct files_entry *entry = &f->entry[i];
    if (entry->member)
        return archives_inner(f->archives, entry->archive, entry->index, out, e);
    return files_disk(entry, out, e);
}

/* The bytes as they are stored. */
static enum error_code files_raw(struct files *f, const struct files_entry *entry,
                                 struct source **out, struct error *e) {
    struct store *store;
    struct zip *z;
    enum error_code code;
    if (entry->member) {
        code = archives_zip(f->archives, entry->archive, &z, e);
        return code ? code : zip_source(z, &z->member[entry->index], out, e);
    }
    code = files_disk(entry, &store, e);
    return code ? code : store_source(store, true, 0, UINT64_MAX, out, e);
}

/* An archive that is one entry, for it could not be listed: what was wrong with it? */
static enum error_code files_damaged(struct files *f, size_t i, struct error *e) {
    struct store *store;
    struct zip *z;
    enum error_code code = files_store(f, i, &store, e);
    if (!code)
        code = zip_open(store, &z, e);
    if (code)
        return code;
    zip_close(z);
    return error_set(e, BAD_IO, "the file changed while it was read");
}

/* Looks at the first bytes, and refuses what has to be unpacked first. */
static enum error_code files_peek(struct source **s, bool packed, const char *name,
                                  enum peek_kind *kind, struct error *e) {
    struct span head;
    enum error_code code = peek_source(*s, s, &head, e);
    if (code)
        return code;
    *kind = peek_kind(head);
    code = peek_refuse(head, packed, name, e);
    if (code)
        source_close(*s);
    return code;
}

/* Takes gzip off. */
static enum error_code files_unpack(struct files *f, size_t i, struct source **s, bool *gzip,
                                    struct error *e) {
    const struct files_entry *entry = &f->entry[i];
    enum peek_kind kind;
    enum error_code code = files_peek(s, false, entry->doc, &kind, e);
    if (code)
        return code;
    if (kind == PEEK_ZIP && !entry->package) {
        source_close(*s);
        return files_damaged(f, i, e);
    }
    *gzip = kind == PEEK_GZIP;
    if (!*gzip)
        return OK;
    code = gzip_source(*s, s, e);
    return code ? code : files_peek(s, true, entry->doc, &kind, e);
}

enum error_code files_source(struct files *f, size_t i, struct source **out,
                             enum files_packing *packing, struct error *e) {
    bool member = f->entry[i].member, gzip = false;
    enum error_code code = files_raw(f, &f->entry[i], out, e);
    if (!code)
        code = files_unpack(f, i, out, &gzip, e);
    if (!code && packing)
        *packing = member ? (gzip ? FILES_ZIP_GZIP : FILES_ZIP) : (gzip ? FILES_GZIP : FILES_PLAIN);
    return code;
}

/* The file on disk that an entry lies in. */
static const char *files_on_disk(const struct files *f, const struct files_entry *entry) {
    if (!entry->member)
        return entry->name ? entry->name : entry->path;
    const struct archive *a = &f->archives->archive[entry->archive];
    while (a->parent != ARCHIVES_NONE)
        a = &f->archives->archive[a->parent];
    return a->path;
}

enum error_code files_stamps(const struct files *f, struct buf *out, struct error *e) {
    enum error_code code = OK;
    for (size_t i = 0; !code && i < f->count; i++) {
        struct file_look look;
        code = file_look(files_on_disk(f, &f->entry[i]), &look, e);
        uint64_t stamp[] = {look.device, look.inode, look.size, (uint64_t)look.changed[0],
                            (uint64_t)look.changed[1]};
        if (!code)
            code = buf_add_text(out, f->entry[i].path, e);
        if (!code)
            code = buf_add(out, stamp, sizeof stamp, e);
    }
    return code;
}

uint64_t files_weigh(const char *path) {
    struct file_look look;
    return file_look(path, &look, NULL) == OK && look.kind == FILE_REGULAR ? look.size : 0;
}
