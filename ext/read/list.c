/* list.c - from a path to the files it names.
 *
 *     data/part?/x.csv     the walk stands at a place with a rest of the path before it:
 *
 *     place        rest
 *     ''           data/part?/x.csv     the name is there as it is written: go on in it
 *     data         part?/x.csv          it is not: every name that fits the wildcards
 *     data/part1   x.csv
 *     data/part1/x.csv                  nothing is left: a file is an entry, a folder all below it
 *
 * Links to files are followed; links to folders only where the path names them, so that there are
 * no circles. Names that begin with a dot, __MACOSX and example_*.json are left out wherever a
 * folder or a leading wildcard finds them, and so are empty files. Limits: FILES_MAX,
 * FILES_DEPTH_MAX. */
#include "list.h"
#include "../base/encoding.h"
#include "../base/memory.h"
#include "file.h"
#include "glob.h"
#include "sort.h"

struct list {
    struct files *files;
    struct buf place; /* a path as on disk; NUL-ended */
    size_t base;      /* doc is what of an entry's path lies behind this */
    size_t cap;       /* entries there is room for */
    bool exists;      /* the path names something, even if there is no file in it */
};

static enum error_code list_visit(struct list *l, const struct file_look *look, struct span rest,
                                  int depth, struct error *e);

static bool list_left_out(struct span name) {
    return span_starts(name, ".") || span_is(name, "__MACOSX") ||
           (span_starts(name, "example_") && span_ends(name, ".json"));
}

/* place += name; *at is what list_leave takes. */
static enum error_code list_enter(struct list *l, struct span name, size_t *at, struct error *e) {
    *at = l->place.n;
    enum error_code code = OK;
    if (l->place.n > 0 && l->place.p[l->place.n - 1] != '/')
        code = buf_add_byte(&l->place, '/', e);
    if (!code)
        code = buf_add_span(&l->place, name, e);
    if (!code)
        l->place.p[l->place.n] = 0;
    return code;
}

static void list_leave(struct list *l, size_t at) {
    l->place.n = at;
    l->place.p[at] = 0;
}

/* From here on the path may name several files. */
static void list_many(struct list *l) {
    if (l->files->many)
        return;
    l->files->many = true;
    l->base = l->place.n;
    if (l->base > 0 && l->place.p[l->base - 1] != '/')
        l->base++;
}

static enum error_code list_room(struct list *l, struct error *e) {
    if (l->files->count < l->cap)
        return OK;
    if (l->cap == FILES_MAX)
        return error_set(e, BAD_USE, "there are more than %d files", FILES_MAX);
    size_t cap = l->cap ? l->cap * 2 : 16;
    if (cap > FILES_MAX)
        cap = FILES_MAX;
    struct files_entry *entry = memory_resize(l->files->entry, cap * sizeof *entry);
    if (!entry)
        return error_no_memory(e);
    l->files->entry = entry;
    l->cap = cap;
    return OK;
}

/* Where the last name of a path begins. */
static size_t list_last(struct span path) {
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return at;
}

/* The place as shown: bytes that are no UTF-8 become U+FFFD. *doc: where base is then. */
static enum error_code list_shown(const struct list *l, struct buf *shown, size_t *doc,
                                  struct error *e) {
    struct span place = buf_span(&l->place);
    size_t used, base = l->files->many ? l->base : list_last(place);
    enum error_code code = encoding_decode(ENCODING_UTF8, ENCODING_REPLACE,
                                           span_slice(place, 0, base), true, &used, shown, e);
    *doc = shown->n;
    if (!code)
        code = encoding_decode(ENCODING_UTF8, ENCODING_REPLACE, span_from(place, base), true, &used,
                               shown, e);
    if (!code)
        code = buf_add_byte(shown, 0, e);
    return code;
}

static enum error_code list_add(struct list *l, struct files_entry entry, struct error *e) {
    struct buf shown = {0}, name = {0};
    size_t doc = 0;
    enum error_code code = list_room(l, e);
    if (!code)
        code = list_shown(l, &shown, &doc, e);
    if (!code && !span_is(buf_span(&l->place), (char *)shown.p))
        code = buf_add(&name, l->place.p, l->place.n + 1, e);
    if (code) {
        buf_free(&shown);
        buf_free(&name);
        return code;
    }
    entry.path = (char *)shown.p;
    entry.doc = entry.path + doc;
    entry.name = (char *)name.p;
    l->files->entry[l->files->count++] = entry;
    return OK;
}

static enum error_code list_file(struct list *l, uint64_t size, struct span rest, struct error *e) {
    if (rest.n > 0 || (l->files->many && size == 0))
        return OK;
    return list_add(l, (struct files_entry){.size = size}, e);
}

/* Every name in the folder that fits the pattern; pattern.n == 0: all below it. */
static enum error_code list_names(struct list *l, struct span names, struct span pattern,
                                  struct span rest, int depth, struct error *e) {
    enum error_code code = OK;
    bool all = pattern.n == 0;
    bool leading = all || glob_wild(span_slice(pattern, 0, 1));
    for (size_t at = 0; at < names.n && !code;) {
        struct span name = span_text((const char *)names.p + at);
        size_t back;
        struct file_look look;
        at += name.n + 1;
        if ((leading && list_left_out(name)) || (!all && !glob_fits(pattern, name)))
            continue;
        code = list_enter(l, name, &back, e);
        if (!code)
            code = file_look((char *)l->place.p, &look, e);
        if (!code && !(all && look.link && look.kind == FILE_FOLDER))
            code = list_visit(l, &look, rest, depth + 1, e);
        list_leave(l, back);
    }
    return code;
}

static enum error_code list_folder(struct list *l, struct span pattern, struct span rest, int depth,
                                   struct error *e) {
    struct buf names = {0};
    if (depth > FILES_DEPTH_MAX)
        return error_set(e, BAD_USE, "'%s' is more than %d folders deep", (char *)l->place.p,
                         FILES_DEPTH_MAX);
    list_many(l);
    enum error_code code = file_names(l->place.n ? (char *)l->place.p : ".", &names, e);
    if (!code)
        code = list_names(l, buf_span(&names), pattern, rest, depth, e);
    buf_free(&names);
    return code;
}

/* One step into a folder: by the name as it is written, else by its wildcards. */
static enum error_code list_step(struct list *l, struct span rest, int depth, struct error *e) {
    size_t slash = span_find(rest, 0, '/'), back, before = l->files->count, base = l->base;
    struct span name = span_slice(rest, 0, slash), after = span_from(rest, slash);
    bool many = l->files->many;
    struct file_look look;
    enum error_code code = list_enter(l, name, &back, e);
    if (!code)
        code = file_look((char *)l->place.p, &look, e);
    if (!code && look.kind != FILE_NONE)
        code = list_visit(l, &look, after, depth + 1, e);
    list_leave(l, back);
    if (code || l->files->count > before || l->exists || !glob_wild(name))
        return code;
    l->files->many = many;
    l->base = base;
    return list_folder(l, name, after, depth, e);
}

static enum error_code list_visit(struct list *l, const struct file_look *look, struct span rest,
                                  int depth, struct error *e) {
    while (rest.n > 0 && rest.p[0] == '/')
        rest = span_from(rest, 1);
    l->exists |= rest.n == 0 && !l->files->many;
    if (look->kind == FILE_FOLDER && rest.n > 0)
        return list_step(l, rest, depth, e);
    if (look->kind == FILE_FOLDER)
        return list_folder(l, rest, rest, depth, e);
    if (look->kind == FILE_REGULAR)
        return list_file(l, look->size, rest, e);
    /* file_store says what it is, where the path names it. */
    return l->files->many || rest.n > 0 ? OK : list_add(l, (struct files_entry){0}, e);
}

static const char *list_name(const struct files_entry *entry) {
    return entry->name ? entry->name : entry->path;
}

static int list_compare(const void *left, const void *right) {
    const struct files_entry *a = left, *b = right;
    int order = strcmp(list_name(a), list_name(b));
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* '/x' and '~/x' begin the walk elsewhere than here. */
static enum error_code list_begin(struct list *l, struct span *rest, struct error *e) {
    if (rest->n == 0)
        return error_set(e, BAD_USE, "the path is empty");
    if (span_starts(*rest, "/"))
        return buf_add_text(&l->place, "/", e);
    if (!span_starts(*rest, "~/"))
        return buf_reserve(&l->place, 0, e);
    if (!file_home())
        return error_set(e, BAD_USE, "there is no home folder: HOME is not set");
    *rest = span_from(*rest, 2);
    return buf_add_text(&l->place, file_home(), e);
}

enum error_code list_path(struct files *f, const char *path, struct error *e) {
    struct list l = {.files = f};
    struct file_look here = {.kind = FILE_FOLDER};
    struct span rest = span_text(path);
    enum error_code code = list_begin(&l, &rest, e);
    if (!code) {
        list_leave(&l, l.place.n);
        code = list_visit(&l, &here, rest, 0, e);
    }
    buf_free(&l.place);
    if (!code && f->count == 0)
        code = error_set(e, BAD_USE, l.exists ? "no file in '%s'" : "there is no file '%s'", path);
    if (!code)
        sort_items(f->entry, f->count, sizeof *f->entry, list_compare);
    return code;
}
