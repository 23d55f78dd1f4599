/* workbook.c - opens the parts of a workbook and feeds them to format/xlsx.
 *
 *     _rels/.rels, xl/workbook.xml      the sheets            xl/sharedStrings.xml   all texts,
 * kept xl/worksheets/sheet1.xml          | 原始词 | 标准词 |   the first row finds the columns | …
 * | …      |   a record each */
#include "workbook.h"

#include "../base/memory.h"
#include "../format/json_walk.h"
#include "../format/xlsx.h"
#include "../read/zip.h"

#include <stdio.h>

enum { WORKBOOK_PIECE = 64 << 10, WORKBOOK_NONE = UINT32_MAX };

struct workbook {
    struct zip *zip;
    struct xlsx_book *book;
    struct xlsx_strings *strings;
    struct xlsx_sheet *sheet;
    struct source *source;
    int (*stopped)(void *of);
    void *of;
    const struct plan *plan;
    size_t next_tab;
    struct xlsx_tab tab;
    struct xlsx_row row;
    uint64_t number;
    uint32_t column[FORMAT_COLUMNS_MAX]; /* of the sheet; WORKBOOK_NONE */
    bool every, header, drained;
    bool broken; /* the row is: fault says why */
    struct error fault;
    struct buf cells;
    uint8_t piece[WORKBOOK_PIECE];
};

/* --- parts ----------------------------------------------------------------------------------- */

static const struct zip_member *workbook_member(const struct workbook *w, const char *name) {
    for (size_t i = 0; i < w->zip->count; i++)
        if (xlsx_member_is(name, span_text(w->zip->member[i].name)))
            return &w->zip->member[i];
    return NULL;
}

/* The next piece of an open part; *got == 0 at its end. */
static enum error_code workbook_read(struct workbook *w, struct source *from, size_t *got,
                                     struct error *e) {
    if (w->stopped && w->stopped(w->of))
        return error_set(e, INTERRUPTED, "interrupted");
    return source_read(from, w->piece, sizeof w->piece, got, e);
}

static enum error_code workbook_feed_book(struct workbook *w, enum xlsx_book_part part,
                                          struct error *e) {
    const struct zip_member *m = workbook_member(w, xlsx_book_member(w->book, part));
    struct source *from = NULL;
    size_t got = 1;
    enum error_code code = m ? zip_source(w->zip, m, &from, e) : OK;
    while (m && !code && got) {
        code = workbook_read(w, from, &got, e);
        if (!code)
            code = xlsx_book_feed(w->book, part, span_of(w->piece, got), got == 0, e);
    }
    source_close(from);
    return code;
}

static enum error_code workbook_feed_strings(struct workbook *w, struct error *e) {
    const char *name = xlsx_book_strings(w->book);
    const struct zip_member *m = name ? workbook_member(w, name) : NULL;
    struct source *from = NULL;
    size_t got = 1;
    if (!m)
        return OK;
    enum error_code code = xlsx_strings_open(name, &w->strings, e);
    if (!code)
        code = zip_source(w->zip, m, &from, e);
    while (!code && got) {
        code = workbook_read(w, from, &got, e);
        if (!code)
            code = xlsx_strings_feed(w->strings, span_of(w->piece, got), got == 0, e);
    }
    source_close(from);
    return code;
}

enum error_code workbook_open(struct store *store, int (*stopped)(void *of), void *of,
                              struct workbook **out, struct error *e) {
    struct workbook *w = memory_zero(sizeof *w);
    *out = NULL;
    if (!w) {
        store_close(store);
        return error_no_memory(e);
    }
    w->stopped = stopped;
    w->of = of;
    enum error_code code = zip_open(store, &w->zip, e);
    if (!code)
        code = xlsx_book_open(&w->book, e);
    for (int part = 0; !code && part < XLSX_BOOK_PARTS; part++)
        code = workbook_feed_book(w, (enum xlsx_book_part)part, e);
    if (!code)
        code = workbook_feed_strings(w, e);
    if (code)
        workbook_close(w);
    else
        *out = w;
    return code;
}

static void workbook_close_sheet(struct workbook *w) {
    xlsx_sheet_close(w->sheet);
    source_close(w->source);
    w->sheet = NULL;
    w->source = NULL;
}

void workbook_close(struct workbook *w) {
    if (!w)
        return;
    workbook_close_sheet(w);
    xlsx_strings_close(w->strings);
    xlsx_book_close(w->book);
    zip_close(w->zip);
    buf_free(&w->cells);
    memory_free(w);
}

/* --- sheets and rows ------------------------------------------------------------------------- */

/* *found false: there is no further sheet. */
static enum error_code workbook_next_sheet(struct workbook *w, bool *found, struct error *e) {
    const char *only = w->plan->format.options ? w->plan->format.options->sheet : NULL;
    workbook_close_sheet(w);
    do
        *found = xlsx_book_tab(w->book, w->next_tab++, &w->tab);
    while (*found && only && strcmp(only, w->tab.name) != 0);
    if (!*found)
        return OK;
    const struct zip_member *m = workbook_member(w, w->tab.member);
    if (!m)
        return error_set(e, BAD_FILE, "the part '%s' of sheet '%s' is not in the workbook",
                         w->tab.member, w->tab.name);
    w->drained = false;
    enum error_code code = xlsx_sheet_open(w->tab.name, w->strings, &w->sheet, e);
    return code ? code : zip_source(w->zip, m, &w->source, e);
}

/* The next row of the sheet. A broken one is found too; fault says what is wrong with it. */
static enum error_code workbook_draw(struct workbook *w, bool *found, struct error *e) {
    for (;;) {
        enum error_code code = xlsx_sheet_next(w->sheet, &w->row, found, &w->fault);
        w->broken = code == BAD_DATA && *found;
        if (code && !w->broken) {
            *e = w->fault;
            return code;
        }
        if (*found || w->drained)
            return OK;
        size_t got;
        code = workbook_read(w, w->source, &got, e);
        if (code)
            return code;
        w->drained = got == 0;
        xlsx_sheet_feed(w->sheet, span_of(w->piece, got), w->drained);
    }
}

static struct span workbook_cell_at(const struct workbook *w, uint32_t column,
                                    enum xlsx_kind *kind) {
    for (uint32_t i = 0; i < w->row.count; i++)
        if (w->row.cell[i].column == column) {
            *kind = w->row.cell[i].kind;
            return w->row.cell[i].text;
        }
    return (struct span){0};
}

/* --- columns --------------------------------------------------------------------------------- */

/* One of the names between '|', in the header; or "#n". */
static uint32_t workbook_find(const struct workbook *w, const char *where) {
    struct span rest = span_text(where);
    if (where[0] == '#')
        return (uint32_t)(where[1] - '1');
    while (rest.n) {
        size_t n = span_find(rest, 0, '|');
        for (uint32_t i = 0; i < w->row.count; i++)
            if (span_same(w->row.cell[i].text, span_slice(rest, 0, n)))
                return w->row.cell[i].column;
        rest = span_from(rest, n + 1);
    }
    return WORKBOOK_NONE;
}

/* *missing: the column that is required and not in the first row; NULL: it is a header of ours. */
static void workbook_map(struct workbook *w, const char **missing) {
    const struct format_plan *p = &w->plan->format;
    *missing = NULL;
    for (unsigned c = 0; c < p->columns; c++) {
        w->column[c] = WORKBOOK_NONE;
        if (!p->where[c] || p->where[c][0] == '@')
            continue;
        w->column[c] = workbook_find(w, p->where[c]);
        if (w->column[c] == WORKBOOK_NONE && p->required >> c & 1)
            *missing = p->where[c];
    }
}

static void workbook_want(struct workbook *w) {
    const struct format_plan *p = &w->plan->format;
    uint32_t want[FORMAT_COLUMNS_MAX];
    size_t n = 0;
    for (unsigned c = 0; c < p->columns; c++) {
        bool wanted = p->wanted >> c & 1;
        if (wanted && p->where[c] && strcmp(p->where[c], "@cells") == 0)
            return;
        if (wanted && w->column[c] != WORKBOOK_NONE)
            want[n++] = w->column[c];
    }
    xlsx_sheet_want(w->sheet, want, n);
}

static bool workbook_has_header(const struct plan *plan) {
    int said = plan->format.options ? plan->format.options->header : -1;
    return said >= 0 ? said == 1 : !strstr(plan->format.shape, "noheader");
}

/* Reads the first row of the sheet that was opened. *fits false: its header lacks a column. */
static enum error_code workbook_start_sheet(struct workbook *w, bool *fits, const char **missing,
                                            struct error *e) {
    bool found = true;
    enum error_code code = OK;
    w->row.count = 0;
    if (w->header) {
        code = workbook_draw(w, &found, e);
        if (!code && w->broken) {
            *e = w->fault;
            code = e->code = BAD_FILE;
        }
    }
    if (code)
        return code;
    workbook_map(w, missing);
    workbook_want(w);
    *fits = found && !*missing;
    return OK;
}

enum error_code workbook_begin(struct workbook *w, const struct plan *plan, struct error *e) {
    const char *missing = NULL;
    bool found = true, fits = false;
    w->plan = plan;
    w->next_tab = 0;
    w->number = 0;
    w->every = strstr(plan->format.shape, "every") != NULL;
    w->header = workbook_has_header(plan);
    while (found && !fits) {
        enum error_code code = workbook_next_sheet(w, &found, e);
        if (!code && found)
            code = workbook_start_sheet(w, &fits, &missing, e);
        if (code)
            return code;
    }
    if (fits)
        return OK;
    if (missing)
        return error_set(e, BAD_FILE, "no sheet has a column '%s'", missing);
    const char *only = plan->format.options ? plan->format.options->sheet : NULL;
    return only ? error_set(e, BAD_FILE, "there is no sheet '%s' with rows", only)
                : error_set(e, BAD_FILE, "the workbook has no sheet with rows");
}

enum error_code workbook_row(struct workbook *w, uint64_t *number, bool *found, struct error *e) {
    bool more = true, fits;
    const char *missing;
    *found = false;
    while (!*found && more) {
        enum error_code code = w->sheet ? workbook_draw(w, found, e) : OK;
        if (!code && !*found && w->every) {
            code = workbook_next_sheet(w, &more, e);
            if (!code && more)
                code = workbook_start_sheet(w, &fits, &missing, e);
        } else if (!*found) {
            more = false;
        }
        if (code)
            return code;
    }
    w->number += *found;
    *number = w->number;
    return OK;
}

enum error_code workbook_split(struct workbook *w, struct error *e) {
    if (!w->broken)
        return OK;
    *e = w->fault;
    return e->code;
}

static bool workbook_is_number(struct span text) {
    struct json_fault f;
    size_t end;
    return text.n && (text.p[0] == '-' || (text.p[0] >= '0' && text.p[0] <= '9')) &&
           json_check(text, 0, &end, &f) == JSON_FINE && end == text.n;
}

static enum error_code workbook_add_cell(struct buf *out, const struct xlsx_cell *cell,
                                         struct error *e) {
    if (cell->kind == XLSX_BOOLEAN)
        return buf_add_text(out, span_is(cell->text, "1") ? "true" : "false", e);
    if (cell->kind == XLSX_NUMBER && workbook_is_number(cell->text))
        return buf_add_span(out, cell->text, e);
    return buf_add_json(out, cell->text, e);
}

/* The row as a JSON array up to its last cell; null where there is none. */
static enum error_code workbook_cells(struct workbook *w, struct error *e) {
    w->cells.n = 0;
    enum error_code code = buf_add_byte(&w->cells, '[', e);
    uint32_t column = 0;
    for (uint32_t i = 0; !code && i < w->row.count; i++) {
        const struct xlsx_cell *cell = &w->row.cell[i];
        for (; !code && column < cell->column; column++)
            code = buf_add_text(&w->cells, column ? ",null" : "null", e);
        if (!code && column++)
            code = buf_add_byte(&w->cells, ',', e);
        if (!code)
            code = workbook_add_cell(&w->cells, cell, e);
    }
    return code ? code : buf_add_byte(&w->cells, ']', e);
}

enum error_code workbook_cell(struct workbook *w, unsigned column, struct cell *out,
                              struct error *e) {
    const char *where = w->plan->format.where[column];
    enum xlsx_kind kind;
    *out = (struct cell){.kind = CELL_READY};
    if (where && strcmp(where, "@sheet") == 0) {
        out->s = span_text(w->tab.name);
    } else if (where && strcmp(where, "@row") == 0) {
        *out = (struct cell){.kind = CELL_INTEGER, .i = w->row.number};
    } else if (where && strcmp(where, "@cells") == 0) {
        enum error_code code = workbook_cells(w, e);
        out->s = buf_span(&w->cells);
        return code;
    } else {
        out->s = workbook_cell_at(w, w->column[column], &kind);
        if (!out->s.p)
            out->kind = CELL_NULL;
    }
    return OK;
}

enum error_code workbook_claims(struct workbook *w, const struct plan *plan, bool *fits,
                                unsigned *columns, struct error *e) {
    uint64_t number;
    bool found = false;
    *columns = 0;
    enum error_code code = workbook_begin(w, plan, e);
    *fits = !code;
    if (!code)
        code = workbook_row(w, &number, &found, e);
    for (unsigned c = 0; found && c < plan->format.columns; c++) {
        enum xlsx_kind kind;
        *columns += workbook_cell_at(w, w->column[c], &kind).p != NULL;
    }
    return code == NO_MEMORY || code == INTERRUPTED || code == BAD_IO ? code : OK;
}

void workbook_place(const struct workbook *w, char *to, size_t n) {
    if (w->broken || w->fault.code == OK)
        snprintf(to, n, "sheet '%.60s' row %u", w->tab.name, w->row.number);
}
