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
 *     data/./part1/x.csv   the same file, and its doc is part1/x.csv
 *
 * Links to files are followed; links to folders only where the path names them, so that there are
 * no circles. Names that begin with a dot, __MACOSX and example_*.json are left out wherever a
 * folder or a leading wildcard finds them, and so are empty files. Limits: FILES_MAX,
 * FILES_DEPTH_MAX. */
#include "list.h"
#include "../base/encoding.h"
#include "../base/memory.h"
#include "../base/sort.h"
#include "archives.h"
#include "file.h"
#include "glob.h"
#include "peek.h"

struct list {
    struct files *files;
    struct archives *archives;
    const struct poll *poll;
    struct buf place; /* a path as on disk; NUL-ended */
    struct buf path;  /* without the mark '/./' */
    size_t base;      /* doc is what of an entry's path lies behind this, */
    size_t down;      /* and so many folders further down */
    size_t cap;       /* entries there is room for */
    bool exists;      /* the path names something, even if there is no file in it */
};

static enum error_code list_visit(struct list *l, const struct file_look *look, struct span rest,
                                  int depth, struct error *e);

static enum error_code list_members(struct list *l, uint32_t index, struct zip *z, struct span rest,
                                    struct error *e);

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

/* Where a name in the folder at this place begins. */
static size_t list_behind(const struct list *l) {
    size_t n = l->place.n;
    return n + (n > 0 && l->place.p[n - 1] != '/');
}

/* From here on the path may name several files. */
static void list_many(struct list *l) {
    if (l->files->many)
        return;
    l->files->many = true;
    if (!l->files->below)
        l->base = list_behind(l);
    l->files->below = true;
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
    size_t used, base = l->files->below ? l->base : list_last(place);
    for (size_t i = 0; i < l->down && base < place.n; i++)
        base = span_find(place, base, '/') + 1;
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
    enum error_code code = poll_check(l->poll, e);
    if (!code)
        code = list_room(l, e);
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

/* Puts the place before what is wrong with it. */
static enum error_code list_named(const struct list *l, enum error_code code, struct error *e) {
    struct buf shown = {0};
    size_t doc;
    if (!code || code == NO_MEMORY || !e || list_shown(l, &shown, &doc, NULL))
        return code;
    struct error what = *e;
    error_set(e, code, "'%s': %s", (char *)shown.p, what.text);
    buf_free(&shown);
    return code;
}

/* Looks at how an opened source begins, and closes it. What cannot be opened or read is no archive:
 * its reading will say why. NO_MEMORY alone is said at once. */
static enum error_code list_is_zip(enum error_code opened, struct source *s, bool *zip,
                                   struct error *e) {
    enum error_code code = opened;
    uint8_t head[4];
    size_t n = 0;
    for (size_t got = 1; !code && got > 0 && n < sizeof head; n += got)
        code = source_read(s, head + n, sizeof head - n, &got, NULL);
    if (!opened)
        source_close(s);
    *zip = !code && peek_kind(span_of(head, n)) == PEEK_ZIP;
    return code == NO_MEMORY ? error_no_memory(e) : OK;
}

/* Workbooks and other documents of Office are packages (ECMA-376, part 2). */
static bool list_package(const struct zip *z) {
    for (size_t i = 0; i < z->count; i++)
        if (strcmp(z->member[i].name, "[Content_Types].xml") == 0 ||
            strcmp(z->member[i].name, "xl/workbook.xml") == 0)
            return true;
    return false;
}

/* Does rest, a path or a pattern, lead to a member or to a folder above it? *after: what is left of
 * rest behind the member's name, for the member is an archive itself. */
static bool list_leads(struct span rest, struct span name, bool wild, struct span *after) {
    while (name.n > 0) {
        size_t slash = span_find(name, 0, '/'), end = span_find(rest, 0, '/');
        struct span own = span_slice(name, 0, slash), step = span_slice(rest, 0, end);
        bool leading = rest.n == 0 || (wild && glob_wild(span_slice(step, 0, 1)));
        if (leading && list_left_out(own))
            return false;
        if (rest.n > 0 && !(wild ? glob_fits(step, own) : span_same(step, own)))
            return false;
        name = span_from(name, slash + 1);
        rest = span_from(rest, end + 1);
    }
    *after = rest;
    return true;
}

/* A file that is an archive, opened as 'index'; the place is its own. */
static enum error_code list_archive(struct list *l, uint32_t index, struct files_entry entry,
                                    struct span rest, struct error *e) {
    struct zip *z;
    enum error_code code = archives_zip(l->archives, index, &z, e);
    if (code)
        return code;
    if (rest.n == 0 && list_package(z)) {
        entry.package = true;
        return list_add(l, entry, e);
    }
    zip_keep(z);
    code = list_members(l, index, z, rest, e);
    zip_close(z);
    return code;
}

/* A file or member that is no archive, or one that is damaged: its reading will say so. */
static enum error_code list_entry(struct list *l, struct files_entry entry, struct span rest,
                                  struct error *e) {
    bool empty = entry.size == 0;
    return rest.n > 0 || (l->files->many && empty) ? OK : list_add(l, entry, e);
}

/* A file or member that begins as an archive. */
static enum error_code list_unpack(struct list *l, const char *path, struct files_entry entry,
                                   struct span rest, struct error *e) {
    uint32_t index;
    enum error_code code = archives_add(l->archives, path, entry.archive, entry.index, &index, e);
    if (!code)
        return list_archive(l, index, entry, rest, e);
    if ((code == BAD_FILE || code == BAD_IO) && rest.n == 0 && l->files->many)
        return list_entry(l, entry, rest, e);
    return list_named(l, code, e);
}

static enum error_code list_member(struct list *l, uint32_t index, struct zip *z, size_t i,
                                   struct span rest, struct error *e) {
    const struct zip_member *m = &z->member[i];
    struct files_entry entry = {
        .size = m->size, .member = true, .archive = index, .index = (uint32_t)i};
    struct source *s = NULL;
    bool zip = false;
    size_t back;
    enum error_code code = list_enter(l, span_text(m->name), &back, e);
    if (!code && m->packed > 0) {
        code = zip_source(z, m, &s, NULL);
        code = list_is_zip(code, s, &zip, e);
    }
    if (!code)
        code = zip ? list_unpack(l, NULL, entry, rest, e) : list_entry(l, entry, rest, e);
    list_leave(l, back);
    return code;
}

/* The members that rest leads to. */
static enum error_code list_led(struct list *l, uint32_t index, struct zip *z, struct span rest,
                                bool wild, struct error *e) {
    enum error_code code = OK;
    struct span after;
    for (size_t i = 0; i < z->count && !code; i++)
        if (!z->member[i].folder && list_leads(rest, span_text(z->member[i].name), wild, &after))
            code = list_member(l, index, z, i, after, e);
    return code;
}

/* As list_many, some folders further down. */
static enum error_code list_many_below(struct list *l, struct span folders, struct error *e) {
    size_t back;
    enum error_code code = folders.n > 0 ? list_enter(l, folders, &back, e) : OK;
    if (!code)
        list_many(l);
    if (folders.n > 0)
        list_leave(l, back);
    return code;
}

/* The folders of a pattern before its first wildcard. */
static struct span list_literal(struct span pattern) {
    size_t at = 0;
    for (size_t slash; (slash = span_find(pattern, at, '/')) < pattern.n; at = slash + 1)
        if (glob_wild(span_slice(pattern, at, slash)))
            break;
    return span_slice(pattern, 0, at > 0 ? at - 1 : 0);
}

/* The members that rest leads to as it is written, else by its wildcards. */
static enum error_code list_members(struct list *l, uint32_t index, struct zip *z, struct span rest,
                                    struct error *e) {
    bool here = rest.n == 0, below = here;
    struct span after;
    while (rest.n > 0 && rest.p[rest.n - 1] == '/')
        rest.n--;
    for (size_t i = 0; i < z->count && !below; i++)
        if (!z->member[i].folder && list_leads(rest, span_text(z->member[i].name), false, &after)) {
            here = true;
            below = strlen(z->member[i].name) > rest.n && after.n == 0;
        }
    bool wild = !here && glob_wild(rest);
    enum error_code code = OK;
    l->exists |= below;
    if (below || wild)
        code = list_many_below(l, wild ? list_literal(rest) : rest, e);
    return code || !(here || wild) ? code : list_led(l, index, z, rest, wild, e);
}

static enum error_code list_file(struct list *l, uint64_t size, struct span rest, struct error *e) {
    struct files_entry entry = {.size = size, .archive = ARCHIVES_NONE};
    const char *path = (const char *)l->place.p;
    struct store *store;
    struct source *s = NULL;
    bool zip;
    enum error_code code = file_store(path, &store, e);
    if (code && rest.n > 0)
        return list_named(l, code, e);
    if (!code)
        code = store_source(store, true, 0, UINT64_MAX, &s, e);
    code = list_is_zip(code, s, &zip, e);
    if (code)
        return code;
    return zip ? list_unpack(l, path, entry, rest, e) : list_entry(l, entry, rest, e);
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
        return error_set(e, BAD_USE, "folders lie more than %d deep", FILES_DEPTH_MAX);
    list_many(l);
    enum error_code code = file_names(l->place.n ? (char *)l->place.p : ".", &names, e);
    if (code)
        code = list_named(l, code, e);
    else
        code = list_names(l, buf_span(&names), pattern, rest, depth, e);
    buf_free(&names);
    return code;
}

/* One step into a folder: by the name as it is written, else by its wildcards. */
static enum error_code list_step(struct list *l, struct span rest, int depth, struct error *e) {
    size_t slash = span_find(rest, 0, '/'), back, before = l->files->count, base = l->base;
    struct span name = span_slice(rest, 0, slash), after = span_from(rest, slash);
    bool many = l->files->many, below = l->files->below;
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
    l->files->below = below;
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
    return l->files->many || rest.n > 0
               ? OK
               : list_add(l, (struct files_entry){.archive = ARCHIVES_NONE}, e);
}

static const char *list_name(const struct files_entry *entry) {
    return entry->name ? entry->name : entry->path;
}

static int list_compare(const void *left, const void *right) {
    const struct files_entry *a = left, *b = right;
    int order = strcmp(list_name(a), list_name(b));
    if (order == 0)
        order = (a->archive > b->archive) - (a->archive < b->archive);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* Where a zip has a name twice, the last one counts. */
static void list_drop_doubles(struct files *f) {
    size_t kept = 0;
    for (size_t i = 0; i < f->count; i++) {
        bool last =
            i + 1 == f->count || strcmp(list_name(&f->entry[i]), list_name(&f->entry[i + 1])) != 0;
        if (last) {
            f->entry[kept++] = f->entry[i];
            continue;
        }
        memory_free(f->entry[i].path);
        memory_free(f->entry[i].name);
    }
    f->count = kept;
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

/* Folders that a path goes down; two slashes are one. */
static size_t list_depth(struct span path) {
    size_t n = 0;
    for (size_t i = 1; i < path.n; i++)
        n += path.p[i] == '/' && path.p[i - 1] != '/';
    return n;
}

/* Takes the mark '/./' out of the path: what lies behind it are the names of documents. */
static enum error_code list_marked(struct list *l, struct span *rest, struct error *e) {
    while (span_starts(*rest, "/"))
        *rest = span_from(*rest, 1);
    size_t at = 0;
    while (at < rest->n && !span_starts(span_from(*rest, at), "/./"))
        at++;
    if (at + 3 >= rest->n)
        return OK;
    l->files->below = true;
    l->base = list_behind(l);
    l->down = list_depth(span_slice(*rest, 0, at + 1));
    enum error_code code = buf_add_span(&l->path, span_slice(*rest, 0, at + 1), e);
    if (!code)
        code = buf_add_span(&l->path, span_from(*rest, at + 3), e);
    *rest = buf_span(&l->path);
    return code;
}

enum error_code list_path(struct files *f, const char *path, const struct poll *poll,
                          struct error *e) {
    struct list l = {.files = f, .archives = f->archives, .poll = poll};
    struct file_look here = {.kind = FILE_FOLDER};
    struct span rest = span_text(path);
    enum error_code code = list_begin(&l, &rest, e);
    if (!code) {
        list_leave(&l, l.place.n);
        code = list_marked(&l, &rest, e);
    }
    if (!code)
        code = list_visit(&l, &here, rest, 0, e);
    buf_free(&l.place);
    buf_free(&l.path);
    if (!code && f->count == 0)
        code = error_set(e, BAD_USE, l.exists ? "no file in '%s'" : "there is no file '%s'", path);
    if (code)
        return code;
    sort_items(f->entry, f->count, sizeof *f->entry, list_compare);
    list_drop_doubles(f);
    return OK;
}
