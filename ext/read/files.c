/* files.c - many files as one: opens what list.c found.
 *
 *     path -list-> entry, entry, entry -files_source-> bytes, gzip taken off
 */
#include "files.h"
#include "../base/memory.h"
#include "file.h"
#include "list.h"

enum error_code files_open(const char *path, struct files **out, struct error *e) {
    struct files *f = memory_zero(sizeof *f);
    if (!f)
        return error_no_memory(e);
    enum error_code code = list_path(f, path, e);
    if (code)
        files_close(f);
    else
        *out = f;
    return code;
}

void files_close(struct files *f) {
    if (!f)
        return;
    for (size_t i = 0; i < f->count; i++) {
        memory_free(f->entry[i].path);
        memory_free(f->entry[i].name);
    }
    memory_free(f->entry);
    memory_free(f);
}

static const char *files_disk_name(const struct files_entry *entry) {
    return entry->name ? entry->name : entry->path;
}

enum error_code files_source(struct files *f, size_t i, struct source **out,
                             enum files_packing *packing, struct error *e) {
    struct store *store = NULL;
    enum error_code code = files_store(f, i, &store, e);
    if (packing)
        *packing = FILES_PLAIN;
    return code ? code : store_source(store, true, 0, store->size, out, e);
}

enum error_code files_store(struct files *f, size_t i, struct store **out, struct error *e) {
    return file_store(files_disk_name(&f->entry[i]), out, e);
}
