/* scan.c - the rows of a table over the files of a path, and what is said when one of them is
 * broken.
 *
 *     files -> the next one that the table takes -> reader -> record -> row -> column
 *                                                     |
 *              on_error: fail (stop), skip (leave the record out), row (NULLs and the complaint)
 *
 * With skip and row, a record is walked once before its first row is handed out, so that a record
 * is there whole or not at all. */
#include "scan_state.h"

#include "../base/memory.h"
#include "../read/ahead.h"
#include "recognize.h"
#include "workbook.h"

#include <stdio.h>

enum { SCAN_ROW_BITS = 40 }; /* of a row's number, which names the row in its file */

static bool scan_stop(void *of) {
    const struct scan *s = of;
    return s->want.stopped && s->want.stopped(s->want.of);
}

enum error_code scan_open(const struct scan_request *request, struct scan **out, struct error *e) {
    struct scan *s = memory_zero(sizeof *s);
    *out = s;
    if (!s)
        return error_no_memory(e);
    s->want = *request;
    const struct poll poll = {scan_stop, s};
    enum error_code code = files_open_polled(request->path, &poll, &s->files, e);
    if (!code || code == INTERRUPTED)
        return code;
    struct error why = *e;
    return error_set(e, code, "%s: %s", request->table->name, why.text);
}

void scan_close(struct scan *s) {
    if (!s)
        return;
    store_close(s->store);
    reader_end(&s->reader);
    window_close(&s->reader.window);
    window_free(&s->reader.window);
    files_close(s->files);
    value_room_free(&s->room);
    buf_free(&s->computed);
    buf_free(&s->doc);
    slice_free(&s->text);
    memory_free(s);
}

const char *scan_file(const struct scan *s) {
    return s->file ? s->files->entry[s->file - 1].path : "";
}

int64_t scan_row_id(const struct scan *s) {
    return (int64_t)((uint64_t)(s->file - 1) << SCAN_ROW_BITS | s->row);
}

int64_t scan_record(const struct scan *s) {
    return (int64_t)s->reader.number;
}

const char *scan_complaint(const struct scan *s) {
    return s->complained ? s->complaint.text : NULL;
}

/* Puts reader, file and record before what is wrong. */
static enum error_code scan_locate(struct scan *s, bool record, struct error *e) {
    if (e->code == NO_MEMORY || e->code == INTERRUPTED)
        return e->code;
    struct error why = *e;
    char place[96] = "";
    if (record)
        reader_place(&s->reader, place, sizeof place);
    return error_set(e, why.code, "%s: %s: %s%s%s", s->want.table->name, scan_file(s), place,
                     *place ? ": " : "", why.text);
}

/* --- files ----------------------------------------------------------------------------------- */

static enum error_code scan_open_book(struct scan *s, size_t i, unsigned layout, struct error *e) {
    struct store *store;
    struct workbook *book;
    enum error_code code = files_store(s->files, i, &store, e);
    if (!code)
        code = workbook_open(store, s->want.stopped, s->want.of, &book, e);
    if (code)
        return code;
    plan_make(&s->plan, s->want.table, layout, s->want.wanted, &s->want.options);
    return reader_begin_book(&s->reader, &s->plan, book, e);
}

static enum error_code scan_begin(struct scan *s, size_t i, unsigned layout, bool book,
                                  struct error *e) {
    if (book) {
        window_close(&s->reader.window);
        return scan_open_book(s, i, layout, e);
    }
    plan_make(&s->plan, s->want.table, layout, s->want.wanted, &s->want.options);
    enum error_code code = OK;
    struct window *w = &s->reader.window;
    if (s->plan.layout->format->binary) {
        window_binary(w);
    } else if (w->no_text.code) {
        *e = w->no_text;
        return e->code;
    }
    if (!plan_keeps_bytes(&s->plan))
        code = window_decode(w, e);
    return code ? code : reader_begin(&s->reader, &s->plan, e);
}

/* Opens file i and decides by which layout it is read. *taken false: it is not the table's. */
static enum error_code scan_try(struct scan *s, size_t i, bool *taken, struct error *e) {
    struct window_settings set = {.encoding = s->want.encoding,
                                  .bad = s->want.bad,
                                  .no_text = true,
                                  .record_max = s->want.record_max,
                                  .read_size = s->want.read_size,
                                  .stopped = s->want.stopped,
                                  .of = s->want.of};
    struct source *source;
    struct recognized found = {.layout = -1};
    enum error_code code = files_source(s->files, i, &source, &s->packing, e);
    if (!code && s->want.ahead && s->packing != FILES_PLAIN)
        code = ahead_source(source, &source, e);
    if (!code)
        code = window_open(&s->reader.window, source, &set, e);
    if (!code)
        code = recognize_layout(s->want.table, s->files, i, &s->reader.window, &s->want.options,
                                &found, e);
    *taken = !code && found.layout >= 0;
    if (*taken)
        code = scan_begin(s, i, (unsigned)found.layout, found.book, e);
    return code;
}

static bool scan_in_part(const struct scan *s, size_t i) {
    uint64_t parts = s->want.parts;
    return !parts || !s->files->many || i % parts == s->want.part - 1;
}

/* Where the part of the open file begins and ends, in bytes. The last one has no end: a file that
 * is unpacked or decoded has more bytes than it says. */
static void scan_find_part(struct scan *s) {
    uint64_t size = s->files->entry[s->file - 1].size, parts = s->want.parts, part = s->want.part;
    bool whole = !s->reader.format || s->reader.format->document;
    s->from = 0;
    s->to = UINT64_MAX;
    if (!parts || s->files->many)
        return;
    if (whole) {
        s->to = part == 1 ? UINT64_MAX : 0;
        return;
    }
    uint64_t each = size / parts + (size % parts != 0);
    s->from = each * (part - 1);
    s->to = part == parts ? UINT64_MAX : each * part;
}

/* The next record of the part. */
static enum error_code scan_next_record(struct scan *s, bool *found, struct error *e) {
    uint32_t n;
    for (;;) {
        enum error_code code = s->to ? reader_record(&s->reader, found, e) : (*found = false, OK);
        if (code || !*found || !s->want.parts || !s->reader.format)
            return code;
        uint64_t at = reader_at(&s->reader, &n);
        *found = at < s->to;
        if (at >= s->from)
            return OK;
    }
}

/* Without .gz and the ending. */
struct span scan_stem(struct span name) {
    if (span_ends(name, ".gz"))
        name.n -= 3;
    size_t dot = name.n;
    while (dot > 0 && name.p[dot - 1] != '.' && name.p[dot - 1] != '/')
        dot--;
    if (dot > 1 && name.p[dot - 1] == '.' && name.p[dot - 2] != '/')
        name.n = dot - 1;
    return name;
}

/* Can a row of this file have the 'doc' that is asked for? It starts with the path, without its
 * ending. */
static bool scan_may_have(const struct scan *s, size_t i) {
    struct span doc = scan_stem(span_text(s->files->entry[i].doc));
    for (unsigned m = 0; s->files->below && m < s->want.matches; m++) {
        const struct match *match = &s->want.match[m];
        bool may = strcmp(s->want.table->column[match->column].name, "doc") != 0 || match->nocase;
        for (size_t v = 0; v < match->count && !may; v++)
            may = match->value[v].v.kind != VALUE_TEXT ||
                  span_same(span_slice(match->value[v].v.s, 0, doc.n), doc);
        if (!may)
            return false;
    }
    return true;
}

/* Goes to the next file that the table takes. */
static enum error_code scan_next_file(struct scan *s, bool *found, struct error *e) {
    const struct poll poll = {scan_stop, s};
    reader_end(&s->reader);
    window_close(&s->reader.window);
    s->open = s->in_record = false;
    s->text_record = s->row = 0;
    *found = false;
    while (!*found && s->file < s->files->count) {
        size_t i = s->file++;
        s->reader.number = 0;
        if (!scan_in_part(s, i) || !scan_may_have(s, i)) {
            s->passed++;
            continue;
        }
        enum error_code code = poll_check(&poll, e);
        if (!code)
            code = scan_try(s, i, found, e);
        if (code)
            return scan_locate(s, false, e);
        if (!*found)
            window_close(&s->reader.window);
    }
    s->open = *found;
    if (*found)
        scan_find_part(s);
    s->simple = *found && s->reader.format && !s->reader.format->item && !s->want.parts &&
                s->want.on_error == SCAN_FAIL;
    s->taken += *found;
    if (!*found && !s->taken && !s->passed)
        return error_set(e, BAD_USE, "%s: no file of it in '%s'", s->want.table->name,
                         s->want.path);
    return OK;
}

/* --- rows ------------------------------------------------------------------------------------ */

/* An error of one record: what on_error makes of it. *row: a row that says so. */
static enum error_code scan_broken(struct scan *s, bool *row, struct error *e) {
    bool passed = e->code == BAD_DATA && s->want.on_error != SCAN_FAIL;
    *row = s->complained = passed && s->want.on_error == SCAN_ROW;
    if (passed)
        s->in_record = false;
    if (passed && !*row)
        return OK;
    scan_locate(s, true, e);
    s->complaint = *e;
    return passed ? OK : e->code;
}

static enum error_code scan_cells(struct scan *s, struct error *e) {
    enum error_code code = OK;
    struct value ignored;
    for (unsigned c = 0; !code && c < s->plan.format.columns; c++)
        if (s->want.wanted >> c & 1)
            code = scan_column(s, c, &ignored, e);
    return code;
}

/* Walks the whole record, so that no row of a broken one is handed out. */
static enum error_code scan_try_record(struct scan *s, struct error *e) {
    bool rows = s->reader.format && s->reader.format->item, more = true;
    enum error_code code = reader_split(&s->reader, e);
    while (!code && more) {
        if (rows)
            code = reader_item(&s->reader, &more, e);
        if (!code && more)
            code = scan_cells(s, e);
        more = more && rows;
    }
    return code ? code : reader_split(&s->reader, e);
}

static inline enum error_code scan_split(struct scan *s, struct error *e) {
    return s->want.wanted || !reader_checked(&s->reader) ? reader_split(&s->reader, e) : OK;
}

static enum error_code scan_open_record(struct scan *s, struct error *e) {
    return s->want.on_error == SCAN_FAIL ? scan_split(s, e) : scan_try_record(s, e);
}

/* The next row of the open file, by every way there is; *row false: it has no more. Not inlined: it
 * would take the short way's registers. */
__attribute__((noinline)) static enum error_code scan_any_row(struct scan *s, bool *row,
                                                              struct error *e) {
    bool found = true, rows = s->reader.format && s->reader.format->item;
    enum error_code code = OK;
    *row = s->complained = false;
    while (!*row && found) {
        if (s->in_record) {
            code = reader_item(&s->reader, row, e);
            s->in_record = *row;
        } else {
            code = scan_next_record(s, &found, e);
            if (code || !found)
                return code ? scan_locate(s, true, e) : OK;
            code = scan_open_record(s, e);
            s->in_record = !code && rows;
            *row = !code && !rows;
        }
        if (code) {
            code = scan_broken(s, row, e);
            if (code)
                return code;
        }
    }
    return OK;
}

/* The same, by the short way where that is enough. */
static inline enum error_code scan_row(struct scan *s, bool *row, struct error *e) {
    if (!s->simple || !reader_at_hand(&s->reader))
        return scan_any_row(s, row, e);
    enum error_code code = scan_split(s, e);
    *row = !code;
    return code ? scan_broken(s, row, e) : OK;
}

enum error_code scan_matches(struct scan *s, bool *yes, struct error *e) {
    *yes = true;
    for (unsigned m = 0; m < s->want.matches && *yes; m++) {
        struct value v;
        enum error_code code = scan_cell(s, s->want.match[m].column, &v, e);
        if (code)
            return code;
        *yes = match_has(&s->want.match[m], &v);
    }
    return OK;
}

/* The next row that matches. */
static enum error_code scan_match(struct scan *s, bool *row, struct error *e) {
    for (;;) {
        bool yes = true;
        enum error_code code = scan_row(s, row, e);
        s->row += *row;
        if (!code && *row && s->want.matches)
            code = scan_matches(s, &yes, e);
        if (code || !*row || yes)
            return code;
    }
}

enum error_code scan_next(struct scan *s, bool *row, struct error *e) {
    *row = false;
    for (;;) {
        bool found = true;
        enum error_code code = s->open ? OK : scan_next_file(s, &found, e);
        if (code || !found)
            return code;
        code = scan_match(s, row, e);
        if (code || *row)
            return code;
        s->open = false;
    }
}

enum error_code scan_cell(struct scan *s, unsigned column, struct value *out, struct error *e) {
    if (s->complained) {
        *out = (struct value){.kind = VALUE_NULL};
        return OK;
    }
    enum error_code code = scan_column(s, column, out, e);
    return code ? scan_locate(s, true, e) : OK;
}

/* --- places ---------------------------------------------------------------------------------- */

bool scan_can_seek(const struct scan *s) {
    const struct reader *r = &s->reader;
    return s->packing == FILES_PLAIN && r->format && r->format->alone != FORMAT_NOT_ALONE &&
           !s->plan.layout->each && !r->window.decoded;
}

void scan_where(const struct scan *s, struct scan_record_place *out) {
    out->at = reader_at(&s->reader, &out->n);
    out->number = s->reader.number;
}

enum error_code scan_open_seek(struct scan *s, struct error *e) {
    bool found;
    enum error_code code = scan_next_file(s, &found, e);
    if (!code && found)
        code = files_store(s->files, s->file - 1, &s->store, e);
    return code;
}

enum error_code scan_seek(struct scan *s, const struct scan_record_place *place, struct error *e) {
    s->text_record = 0;
    enum error_code code = reader_seek(&s->reader, s->store, place->at, place->n, place->number, e);
    return code ? scan_locate(s, true, e) : OK;
}

const struct files *scan_files(const struct scan *s) {
    return s->files;
}

size_t scan_file_number(const struct scan *s) {
    return s->file - 1;
}

void scan_progress(const struct scan *s, uint64_t *done, uint64_t *of) {
    bool plain = s->files && s->packing == FILES_PLAIN; /* no files yet: they are being listed */
    *done = s->reader.format ? s->reader.window.at : 0;
    *of = 0;
    for (size_t i = 0; plain && i < s->files->count; i++) {
        plain = !s->files->entry[i].member;
        *of += s->files->entry[i].size;
        if (i + 1 < s->file)
            *done += s->files->entry[i].size;
    }
    if (!plain)
        *of = 0;
}
