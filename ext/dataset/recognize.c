/* recognize.c - tries layouts on the first bytes of a file.
 *
 *     {"text": "…", "normalized_result": "…"}     chip_cdn has both columns, cmeee one: chip_cdn's
 *     {"text": "…"}                                two datasets have such files: the path must say
 * which
 *
 * A dataset's claim is the number of its columns that the first records fill, and RECOGNIZE_HINT
 * more where the path names it. Two claims of the same strength are no claim. */
#include "recognize.h"

#include "../base/memory.h"
#include "../format/json_walk.h"
#include "plan.h"
#include "workbook.h"

#include <ctype.h>
#include <strings.h>

enum {
    RECOGNIZE_HEAD =
        64 << 10,          /* bytes looked at; all that the window has where a record is longer */
    RECOGNIZE_RECORDS = 8, /* of them, one must be sound */
    RECOGNIZE_HINT = 100,
    RECOGNIZE_ENOUGH = 2 /* columns, without a hint */
};

/* What is looked at: a decoded head, or a workbook. */
struct recognize_file {
    const char *path;
    const struct window *window;
    struct buf head;
    bool last; /* the head is all of it */
    struct workbook *book;
};

struct recognize_claim {
    bool fits;
    bool rows;        /* a sound record has one, or a header says what they would be */
    bool open;        /* no record ends in what was looked at */
    unsigned columns; /* filled by the first sound record */
};

/* Files that come with datasets and hold no data: by their names, or the settings of brat. */
static bool recognize_is_aside(const struct recognize_file *file) {
    static const char *const names[] = {"readme", "license", "licence", "notice"};
    static const char settings[] = "\n[entities]";
    const char *path = file->path;
    if (file->head.n && memmem(file->head.p, file->head.n, settings, sizeof settings - 1))
        return true;
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncasecmp(name, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

static bool recognize_hinted(const struct dataset *d, const char *path) {
    struct span rest = span_text(d->hints ? d->hints : "");
    while (rest.n) {
        size_t n = span_find(rest, 0, ' ');
        for (const char *p = path; *p; p++)
            if (strncasecmp(p, (const char *)rest.p, n) == 0)
                return true;
        rest = span_from(rest, n + 1);
    }
    return false;
}

/* Bit per column that the row fills. */
static enum error_code recognize_filled(const struct plan *p, void *state, uint64_t *filled,
                                        struct error *e) {
    *filled = 0;
    for (unsigned c = 0; c < p->format.columns; c++) {
        struct cell cell = {.kind = CELL_NULL};
        enum error_code code = p->where[c] ? p->layout->format->cell(state, c, &cell, e) : OK;
        if (code == NO_MEMORY)
            return code;
        if (!code && cell.kind != CELL_NULL)
            *filled |= 1ULL << c;
    }
    return OK;
}

static enum error_code recognize_record(const struct plan *p, void *state, struct span record,
                                        struct recognize_claim *claim, struct error *e) {
    const struct format *format = p->layout->format;
    bool more = true;
    enum error_code code = format->split(state, record, e);
    if (!code && format->item)
        code = format->item(state, &more, e);
    if (code)
        return code == NO_MEMORY ? code : OK;
    uint64_t filled;
    code = recognize_filled(p, state, &filled, e);
    if (code)
        return code;
    unsigned n = (unsigned)__builtin_popcountll(filled);
    claim->fits = !(filled & p->forbidden);
    claim->rows = claim->rows || more;
    if (n > claim->columns)
        claim->columns = n;
    return OK;
}

static enum error_code recognize_records(const struct plan *p, void *state, struct span head,
                                         bool last, struct recognize_claim *claim,
                                         struct error *e) {
    struct format_record record[RECOGNIZE_RECORDS];
    struct format_frame f = {.record = record, .cap = RECOGNIZE_RECORDS};
    size_t used = 0;
    enum error_code code = p->layout->format->begin(state, &p->format, head, last, &used, e);
    if (code)
        return code == NO_MEMORY ? code : OK;
    f.bytes = span_from(head, used);
    f.last = last;
    code = p->layout->format->frame(state, &f, e);
    bool header = p->layout->format == &format_csv && p->format.required;
    claim->fits = header || (!code && !f.count);
    claim->rows = header;
    claim->open = !code && !f.count && !last;
    for (uint32_t i = 0; i < f.count && code != NO_MEMORY; i++)
        code = recognize_record(
            p, state, span_slice(f.bytes, record[i].at, record[i].at + record[i].n), claim, e);
    return code == NO_MEMORY ? code : OK;
}

/* Decodes the first n bytes of the window, or all that there is. */
static enum error_code recognize_read(struct recognize_file *file, size_t n, struct error *e) {
    const struct window *w = file->window;
    struct span head = span_slice(w->bytes, 0, n);
    size_t used;
    file->last = w->last && head.n == w->bytes.n;
    file->head.n = 0;
    enum error_code code =
        encoding_decode(w->encoding, ENCODING_MARK, head, file->last, &used, &file->head, e);
    if (!code)
        code = buf_reserve(&file->head, 64, e);
    if (!code)
        memset(file->head.p + file->head.n, 0, 64);
    return code;
}

/* A document is one record: it must seem whole. */
static struct span recognize_lines(const struct recognize_file *file) {
    struct span head = buf_span(&file->head);
    const uint8_t *end = head.n ? memrchr(head.p, '\n', head.n) : NULL;
    return file->last || !end ? head : span_slice(head, 0, (size_t)(end - head.p) + 1);
}

static enum error_code recognize_try(const struct plan *p, struct span head, bool last,
                                     struct recognize_claim *claim, struct error *e) {
    const struct format *format = p->layout->format;
    void *state = memory_zero(format->state_size);
    if (!state)
        return error_no_memory(e);
    *claim = (struct recognize_claim){.fits = false};
    enum error_code code = recognize_records(p, state, head, last, claim, e);
    if (format->end)
        format->end(state);
    memory_free(state);
    return code;
}

/* The bytes themselves. What is no text is nothing else. */
static enum error_code recognize_bytes(const struct plan *p, const struct recognize_file *file,
                                       struct recognize_claim *claim, struct error *e) {
    const struct window *w = file->window;
    if (w->decoded || !p->layout->format->smells(w->bytes))
        return OK;
    return recognize_try(p, w->bytes, w->last, claim, e);
}

static enum error_code recognize_text(const struct plan *p, struct recognize_file *file,
                                      struct recognize_claim *claim, struct error *e) {
    const struct format *format = p->layout->format;
    bool document = format->document;
    if (format->binary)
        return recognize_bytes(p, file, claim, e);
    if (file->window->no_text.code)
        return OK;
    struct span head = document ? recognize_lines(file) : buf_span(&file->head);
    if (format->smells && !format->smells(head))
        return OK;
    if (p->layout->nameless && span_find(head, 0, 0) < head.n)
        return OK; /* bytes that could be GB18030 by chance */
    enum error_code code = recognize_try(p, head, file->last || document, claim, e);
    if (code || !claim->open)
        return code;
    code = recognize_read(file, SIZE_MAX, e);
    return code ? code : recognize_try(p, buf_span(&file->head), file->last, claim, e);
}

/* Does the name end as the layout's files do? */
static bool recognize_is_called(const struct dataset_layout *l, const struct recognize_file *file) {
    struct span path = span_text(file->path);
    if (span_ends(path, ".gz"))
        path.n -= 3;
    return !l->files || span_ends(path, l->files);
}

/* Does this layout read the file? */
static enum error_code recognize_claims(const struct dataset_table *t, unsigned layout,
                                        const struct format_options *options,
                                        struct recognize_file *file, struct recognize_claim *claim,
                                        struct error *e) {
    const struct dataset_layout *l = &t->layout[layout];
    const struct window_settings *set = &file->window->set;
    struct plan *plan = NULL;
    *claim = (struct recognize_claim){.fits = false};
    if (set->stopped && set->stopped(set->of))
        return error_set(e, INTERRUPTED, "interrupted");
    if ((l->format == NULL) != (file->book != NULL) || !recognize_is_called(l, file))
        return OK;
    plan = memory_alloc(sizeof *plan);
    if (!plan)
        return error_no_memory(e);
    plan_make(plan, t, layout, UINT64_MAX, options);
    enum error_code code = file->book
                               ? workbook_claims(file->book, plan, &claim->fits, &claim->columns, e)
                               : recognize_text(plan, file, claim, e);
    claim->rows = claim->rows || file->book;
    memory_free(plan);
    return code;
}

/* The strongest claim of one dataset. */
static enum error_code recognize_dataset(const struct dataset *d, struct recognize_file *file,
                                         int *strength, struct recognized *out, struct error *e) {
    bool hinted = recognize_hinted(d, file->path);
    *strength = 0;
    for (const struct dataset_table *t = d->table; t->name; t++)
        for (unsigned l = 0; l < dataset_layouts(t); l++) {
            struct recognize_claim claim;
            enum error_code code = recognize_claims(t, l, NULL, file, &claim, e);
            if (code)
                return code;
            bool named = !t->layout[l].nameless && claim.columns >= RECOGNIZE_ENOUGH;
            bool enough = named || (hinted && claim.rows);
            int n = (int)claim.columns + 1 + (hinted ? RECOGNIZE_HINT : 0);
            if (!claim.fits || !enough || n <= *strength)
                continue;
            *strength = n;
            if (!out->table || out->dataset != d) {
                out->dataset = d;
                out->table = t;
                out->layout = (int)l;
            }
        }
    return OK;
}

static enum error_code recognize_best(struct recognize_file *file, struct recognized *out,
                                      struct error *e) {
    int best = 0;
    bool tie = false;
    for (size_t i = 0; dataset_list[i]; i++) {
        struct recognized found = {.layout = -1};
        int strength = 0;
        enum error_code code = OK;
        if (!dataset_list[i]->generic)
            code = recognize_dataset(dataset_list[i], file, &strength, &found, e);
        if (code)
            return code;
        tie = strength == best ? tie || strength > 0 : strength > best ? false : tie;
        if (strength > best) {
            best = strength;
            out->dataset = found.dataset;
            out->table = found.table;
            out->layout = found.layout;
        }
    }
    if (tie) {
        out->dataset = NULL;
        out->table = NULL;
        out->layout = -1;
    }
    return OK;
}

static enum error_code recognize_look(struct files *files, size_t i, const struct window *w,
                                      struct recognize_file *file, struct recognized *out,
                                      struct error *e) {
    *file = (struct recognize_file){.path = files->entry[i].path, .window = w};
    *out = (struct recognized){.layout = -1};
    out->book = span_starts(w->bytes, "PK\003\004");
    if (out->book) {
        struct store *store;
        enum error_code code = files_store(files, i, &store, e);
        return code ? code : workbook_open(store, w->set.stopped, w->set.of, &file->book, e);
    }
    out->empty = w->last && json_blank(w->bytes, 0) == w->bytes.n;
    return recognize_read(file, RECOGNIZE_HEAD, e);
}

static void recognize_done(struct recognize_file *file) {
    buf_free(&file->head);
    workbook_close(file->book);
}

enum error_code recognize(struct files *files, size_t i, const struct window *w,
                          struct recognized *out, struct error *e) {
    struct recognize_file file;
    enum error_code code = recognize_look(files, i, w, &file, out, e);
    if (!code && !out->empty && !recognize_is_aside(&file))
        code = recognize_best(&file, out, e);
    recognize_done(&file);
    return code;
}

/* The first layout that reads the file. */
static enum error_code recognize_fitting(const struct dataset_table *t,
                                         const struct format_options *options,
                                         struct recognize_file *file, int *layout,
                                         struct error *e) {
    *layout = -1;
    for (unsigned l = 0; l < dataset_layouts(t) && *layout < 0; l++) {
        struct recognize_claim claim;
        enum error_code code = recognize_claims(t, l, options, file, &claim, e);
        if (code)
            return code;
        if (claim.fits)
            *layout = (int)l;
    }
    return OK;
}

/* One of many files: it must fit, and not be better known as another dataset's. */
static enum error_code recognize_among(const struct dataset_table *t,
                                       const struct format_options *options,
                                       struct recognize_file *file, struct recognized *out,
                                       struct error *e) {
    const struct dataset *own = dataset_of(t);
    struct recognized best = {.layout = -1};
    enum error_code code = OK;
    int layout = -1;
    if (!out->empty && !recognize_is_aside(file))
        code = recognize_fitting(t, options, file, &layout, e);
    if (!code && layout >= 0 && !own->generic)
        code = recognize_best(file, &best, e);
    if (!code && (!best.dataset || best.dataset == own))
        out->layout = layout;
    return code;
}

/* Does the path speak for other datasets, and not for this one? */
static bool recognize_is_others(const struct dataset *own, const char *path) {
    bool others = false;
    for (size_t i = 0; dataset_list[i] && !recognize_hinted(own, path); i++)
        others |= recognize_hinted(dataset_list[i], path);
    return others;
}

/* A file that the table does not take, and of whose first bytes some could not be read. Unless it
 * is known as another's, it may be the table's. */
static enum error_code recognize_cut(const struct dataset_table *t, struct recognize_file *file,
                                     const struct window *w, struct error *e) {
    struct recognized best = {.layout = -1};
    if (recognize_is_others(dataset_of(t), file->path))
        return OK;
    enum error_code code = recognize_best(file, &best, e);
    if (code || best.dataset)
        return code;
    *e = w->failed;
    return e->code;
}

/* A text, by its bytes, that is none in any encoding, and may be the table's. An image is no text.
 */
static bool recognize_is_damaged(const struct dataset_table *t, const struct recognize_file *file) {
    struct span bytes = file->window->bytes;
    return file->window->no_text.code && span_find(bytes, 0, 0) == bytes.n &&
           !recognize_is_others(dataset_of(t), file->path);
}

/* The layout of a file that none fits is that which explains best why: its format at least. */
static int recognize_likely(const struct dataset_table *t, const struct recognize_file *file) {
    int likely = -1;
    for (unsigned l = 0; l < dataset_layouts(t); l++) {
        const struct dataset_layout *layout = &t->layout[l];
        if ((layout->format == NULL) != (file->book != NULL) || !recognize_is_called(layout, file))
            continue;
        bool smells = !layout->format || !layout->format->smells ||
                      layout->format->smells(buf_span(&file->head));
        if (likely < 0 || (smells && !t->layout[likely].format))
            likely = (int)l;
        if (smells)
            return (int)l;
    }
    return likely;
}

static enum error_code recognize_named(const struct dataset_table *t,
                                       const struct format_options *options,
                                       struct recognize_file *file, struct recognized *out,
                                       struct error *e) {
    enum error_code code = OK;
    bool lines = t->layout[0].format && t->layout[0].format->lines;
    if (out->empty && !lines)
        return error_set(e, BAD_FILE, "the file is empty");
    if (t->layout[1].format || t->layout[1].shape)
        code = recognize_fitting(t, options, file, &out->layout, e);
    if (!code && out->layout < 0)
        out->layout = recognize_likely(t, file);
    if (code || out->layout >= 0)
        return code;
    if (t->layout[0].files && !file->book)
        return error_set(e, BAD_USE, "not a file that ends in '%s'", t->layout[0].files);
    return error_set(e, BAD_USE,
                     file->book ? "a workbook, which this table does not read"
                                : "no workbook (.xlsx), which this table reads");
}

enum error_code recognize_layout(const struct dataset_table *table, struct files *files, size_t i,
                                 const struct window *w, const struct format_options *options,
                                 struct recognized *out, struct error *e) {
    struct recognize_file file;
    enum error_code code = recognize_look(files, i, w, &file, out, e);
    if (!code)
        code = files->many ? recognize_among(table, options, &file, out, e)
                           : recognize_named(table, options, &file, out, e);
    if (!code && out->layout < 0 && w->failed.code && w->bytes.n < RECOGNIZE_HEAD)
        code = recognize_cut(table, &file, w, e);
    else if (!code && out->layout < 0 && recognize_is_damaged(table, &file)) {
        *e = w->no_text;
        code = e->code;
    }
    recognize_done(&file);
    return code;
}
