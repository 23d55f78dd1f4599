/* xlsx_sheet.c - the rows of a sheet, as a push parser with a queue.
 *
 *     <sheetData>
 *       <row r="2"><c r="A2" t="s"><v>7</v></c><c r="B2"><v>1.5</v></c><c r="C2"/></row>
 *       <row r="4"><c r="A4" t="inlineStr"><is><t>cough</t></is></c></row>
 *
 *     rows   {2, cells 0 and 1} {4, cell 2}             only rows with a value
 *     cells  {A, shared string 7} {B, number} {A, string}
 *     text   1 . 5 c o u g h                            of the cells, in order, but shared strings
 *
 * A row that breaks a rule keeps its complaint, NUL-ended, in place of its texts. A row or cell
 * without r= follows the one before it; a row without r= takes the number that its first cell
 * states.
 * Limits: XLSX_TEXT_MAX bytes of text a row; the queue holds the rows of one piece. */
#include "../base/memory.h"
#include "xlsx_part.h"

#include <stdio.h>

enum sheet_place {
    SHEET_WORKSHEET = 1,
    SHEET_DATA,
    SHEET_ROW,
    SHEET_CELL,
    SHEET_VALUE,
    SHEET_INLINE,
    SHEET_TEXT,
    SHEET_RUN,
    SHEET_RUN_TEXT
};

/* What the text of a cell was taken from. An inline string comes before a value. */
enum sheet_source { SHEET_NOTHING, SHEET_FROM_VALUE, SHEET_FROM_INLINE };

struct sheet_type {
    const char *name;
    enum xlsx_kind kind;
    bool shared;
};

static const struct sheet_type sheet_types[] = {
    {"s", XLSX_STRING, true},   {"n", XLSX_NUMBER, false}, {"str", XLSX_STRING, false},
    {"b", XLSX_BOOLEAN, false}, {"e", XLSX_ERROR, false},  {"inlineStr", XLSX_STRING, false},
    {"d", XLSX_DATE, false},
};

struct sheet_row {
    uint32_t number;
    bool bad;
    bool valued;
    size_t cell, count; /* in cells */
    size_t text;        /* where its text starts */
};

struct xlsx_sheet {
    const struct xlsx_strings *strings;
    uint64_t wanted[XLSX_COLUMNS_MAX / 64];
    struct buf rows;  /* of struct sheet_row */
    struct buf cells; /* of struct xlsx_cell; text.p is NULL where the text is in 'text' */
    struct buf text;
    size_t drawn; /* rows */

    struct sheet_row row; /* the one being read */
    uint32_t last;        /* the row before it */
    uint32_t next;        /* the column that comes without r= */
    bool stated;          /* its number is the sheet's own */
    size_t length;        /* of its texts, wanted or not */

    uint32_t column; /* of the cell being read */
    const struct sheet_type *type;
    enum sheet_source source;
    size_t from; /* where its text starts */
    size_t run;  /* where the run of its inline string starts */

    struct xlsx_part part;
};

static size_t xlsx_sheet_cells(const struct xlsx_sheet *s) {
    return s->cells.n / sizeof(struct xlsx_cell);
}

static bool xlsx_sheet_wants(const struct xlsx_sheet *s) {
    return s->wanted[s->column / 64] >> s->column % 64 & 1;
}

/* ---- References: "XFD1048576" ---- */

/* A row number, and nothing behind it. */
static bool xlsx_sheet_number(const char *z, uint32_t *number) {
    uint32_t n = 0;
    for (; *z >= '0' && *z <= '9' && n <= XLSX_ROWS_MAX; z++)
        n = n * 10 + (uint32_t)(*z - '0');
    *number = n;
    return !*z && n >= 1 && n <= XLSX_ROWS_MAX;
}

static bool xlsx_sheet_reference(const char *z, uint32_t *column, uint32_t *number) {
    uint32_t n = 0;
    for (; (*z | 0x20) >= 'a' && (*z | 0x20) <= 'z' && n <= XLSX_COLUMNS_MAX; z++)
        n = n * 26 + (uint32_t)((*z | 0x20) - 'a') + 1;
    if (n < 1 || n > XLSX_COLUMNS_MAX)
        return false;
    *column = n - 1;
    return xlsx_sheet_number(z, number);
}

struct sheet_name {
    char z[16];
};

/* The cell being read, for messages: "XFD1048576". */
static struct sheet_name xlsx_sheet_cell_name(const struct xlsx_sheet *s) {
    struct sheet_name name;
    char letters[4] = {0};
    char *z = letters + sizeof letters - 1;
    for (uint32_t n = s->column + 1; n; n = (n - 1) / 26)
        *--z = (char)('A' + (n - 1) % 26);
    snprintf(name.z, sizeof name.z, "%s%u", z, s->row.number);
    return name;
}

/* ---- A row ---- */

static enum error_code xlsx_sheet_state(struct xlsx_sheet *s, uint32_t number, struct error *e) {
    s->row.number = number;
    s->stated = true;
    if (number <= s->last)
        return error_set(e, BAD_DATA, "the row comes after row %u", s->last);
    return OK;
}

static enum error_code xlsx_sheet_row_start(struct xlsx_sheet *s, const char **attribute,
                                            struct error *e) {
    const char *r = xlsx_part_attribute(attribute, "r");
    uint32_t number;
    s->row =
        (struct sheet_row){.number = s->last + 1, .cell = xlsx_sheet_cells(s), .text = s->text.n};
    s->next = 0;
    s->stated = false;
    s->length = 0;
    if (!r)
        return OK;
    if (!xlsx_sheet_number(r, &number))
        return error_set(e, BAD_DATA, "the row's number '%s' is not one of 1 to %d", r,
                         XLSX_ROWS_MAX);
    return xlsx_sheet_state(s, number, e);
}

/* Takes the row's cells and texts back. */
static void xlsx_sheet_row_drop(struct xlsx_sheet *s) {
    s->cells.n = s->row.cell * sizeof(struct xlsx_cell);
    s->text.n = s->row.text;
}

static enum error_code xlsx_sheet_row_end(struct xlsx_sheet *s, struct error *e) {
    if (s->row.valued && s->row.number > XLSX_ROWS_MAX)
        return error_set(e, BAD_DATA, "the sheet has more than %d rows", XLSX_ROWS_MAX);
    return OK;
}

static enum error_code xlsx_sheet_row_queue(struct xlsx_sheet *s, struct error *e) {
    s->row.count = xlsx_sheet_cells(s) - s->row.cell;
    s->last = s->row.number < XLSX_ROWS_MAX ? s->row.number : XLSX_ROWS_MAX;
    enum error_code code = OK;
    if (s->row.valued || s->row.bad)
        code = buf_add(&s->rows, &s->row, sizeof s->row, e);
    else
        xlsx_sheet_row_drop(s);
    s->row.cell = xlsx_sheet_cells(s);
    s->row.text = s->from = s->run = s->text.n;
    return code;
}

/* ---- A cell ---- */

static enum error_code xlsx_sheet_cell_place(struct xlsx_sheet *s, const char *r, struct error *e) {
    uint32_t number;
    bool first = s->next == 0;
    if (!r && s->next >= XLSX_COLUMNS_MAX)
        return error_set(e, BAD_DATA, "the row has more than %d columns", XLSX_COLUMNS_MAX);
    if (!r) {
        s->column = s->next++;
        return OK;
    }
    if (!xlsx_sheet_reference(r, &s->column, &number))
        return error_set(e, BAD_DATA, "the cell reference '%s' is not one of A1 to XFD1048576", r);
    if (s->column < s->next)
        return error_set(e, BAD_DATA, "cell '%s' is not behind the cell before it", r);
    s->next = s->column + 1;
    if (!s->stated && first)
        return xlsx_sheet_state(s, number, e);
    if (number != s->row.number)
        return error_set(e, BAD_DATA, "cell '%s' is of another row", r);
    return OK;
}

static enum error_code xlsx_sheet_cell_type(struct xlsx_sheet *s, const char *t, struct error *e) {
    for (size_t i = 0; i < sizeof sheet_types / sizeof *sheet_types; i++)
        if (xlsx_part_same(sheet_types[i].name, t)) {
            s->type = &sheet_types[i];
            return OK;
        }
    return error_set(e, BAD_DATA, "cell '%s' has the unknown type '%s'", xlsx_sheet_cell_name(s).z,
                     t);
}

static enum error_code xlsx_sheet_cell_start(struct xlsx_sheet *s, const char **attribute,
                                             struct error *e) {
    const char *r = xlsx_part_attribute(attribute, "r");
    const char *t = xlsx_part_attribute(attribute, "t");
    s->from = s->text.n;
    s->source = SHEET_NOTHING;
    enum error_code code = xlsx_sheet_cell_place(s, r, e);
    return code ? code : xlsx_sheet_cell_type(s, t ? t : "n", e);
}

static enum error_code xlsx_sheet_source_start(struct xlsx_sheet *s, enum sheet_source source,
                                               struct error *e) {
    if (s->source == source)
        return error_set(e, BAD_DATA, "cell '%s' has two values", xlsx_sheet_cell_name(s).z);
    if (s->source == SHEET_FROM_INLINE)
        return OK;
    s->source = source;
    s->text.n = s->from;
    return OK;
}

static enum error_code xlsx_sheet_decode(struct xlsx_sheet *s, size_t from, struct error *e) {
    if (xlsx_text_decode(&s->text, from))
        return OK;
    return error_set(e, BAD_DATA, "cell '%s' holds half a surrogate pair",
                     xlsx_sheet_cell_name(s).z);
}

/* Takes white space off the cell's text; false where nothing is left. */
static bool xlsx_sheet_trim(struct xlsx_sheet *s) {
    uint8_t *p = s->text.p;
    size_t from = s->from;
    while (s->text.n > s->from && p[s->text.n - 1] <= ' ')
        s->text.n--;
    while (from < s->text.n && p[from] <= ' ')
        from++;
    if (from > s->from)
        memmove(p + s->from, p + from, s->text.n - from);
    s->text.n -= from - s->from;
    return s->text.n > s->from;
}

static enum error_code xlsx_sheet_share(struct xlsx_sheet *s, struct span *text, struct error *e) {
    struct span digits = span_from(buf_span(&s->text), s->from);
    struct error why;
    size_t i = 0, index = 0;
    for (; i < digits.n && digits.p[i] >= '0' && digits.p[i] <= '9' && i < 9; i++)
        index = index * 10 + (size_t)(digits.p[i] - '0');
    s->text.p[s->text.n] = 0; /* a buf has room for it */
    if (i < digits.n)
        error_set(&why, BAD_DATA, "'%s' is not the number of a shared string",
                  (const char *)digits.p);
    else if (!xlsx_strings_at(s->strings, index, text, &why))
        return OK;
    return error_set(e, BAD_DATA, "cell '%s': %s", xlsx_sheet_cell_name(s).z, why.text);
}

static enum error_code xlsx_sheet_cell_keep(struct xlsx_sheet *s, enum xlsx_kind kind, bool shared,
                                            struct error *e) {
    struct xlsx_cell cell = {.column = s->column, .kind = kind};
    enum error_code code = OK;
    if (shared) {
        code = xlsx_sheet_share(s, &cell.text, e);
        s->text.n = s->from;
    } else {
        if (kind == XLSX_STRING && s->source == SHEET_FROM_VALUE)
            code = xlsx_sheet_decode(s, s->from, e);
        cell.text.n = s->text.n - s->from;
    }
    return code ? code : buf_add(&s->cells, &cell, sizeof cell, e);
}

static enum error_code xlsx_sheet_cell_end(struct xlsx_sheet *s, struct error *e) {
    bool inlined = s->source == SHEET_FROM_INLINE;
    enum xlsx_kind kind = inlined ? XLSX_STRING : s->type->kind;
    bool shared = !inlined && s->type->shared;
    bool string = kind == XLSX_STRING && !shared;
    if (s->source == SHEET_NOTHING || (!string && !xlsx_sheet_trim(s)))
        return OK;
    s->row.valued = true;
    if (xlsx_sheet_wants(s))
        return xlsx_sheet_cell_keep(s, kind, shared, e);
    s->text.n = s->from;
    return OK;
}

/* ---- The parser ---- */

/* A complaint about a row stays with it; all else ends the sheet. */
static enum error_code xlsx_sheet_keep(struct xlsx_sheet *s, enum error_code code,
                                       struct error *e) {
    if (code != BAD_DATA)
        return code;
    s->row.bad = true;
    xlsx_sheet_row_drop(s);
    code = buf_add(&s->text, e->text, strlen(e->text) + 1, e);
    if (!code)
        *e = (struct error){.code = OK};
    return code;
}

static enum error_code xlsx_sheet_enter(struct xlsx_sheet *s, unsigned place,
                                        const char **attribute, struct error *e) {
    switch (place) {
    case SHEET_CELL:
        return xlsx_sheet_cell_start(s, attribute, e);
    case SHEET_VALUE:
        return xlsx_sheet_source_start(s, SHEET_FROM_VALUE, e);
    case SHEET_INLINE:
        return xlsx_sheet_source_start(s, SHEET_FROM_INLINE, e);
    default:
        s->run = s->text.n;
        return OK;
    }
}

static enum error_code xlsx_sheet_start(void *of, unsigned place, const char **attribute,
                                        struct error *e) {
    struct xlsx_sheet *s = of;
    if (place == SHEET_ROW)
        return xlsx_sheet_keep(s, xlsx_sheet_row_start(s, attribute, e), e);
    if (place < SHEET_ROW || s->row.bad)
        return OK;
    return xlsx_sheet_keep(s, xlsx_sheet_enter(s, place, attribute, e), e);
}

static enum error_code xlsx_sheet_text(void *of, unsigned place, struct span text,
                                       struct error *e) {
    struct xlsx_sheet *s = of;
    if (s->row.bad || (place == SHEET_VALUE && s->source == SHEET_FROM_INLINE))
        return OK;
    s->length += text.n;
    enum error_code code =
        s->length > XLSX_TEXT_MAX
            ? error_set(e, BAD_DATA, "the texts of the row are longer than %d bytes", XLSX_TEXT_MAX)
            : buf_add_span(&s->text, text, e);
    return xlsx_sheet_keep(s, code, e);
}

static enum error_code xlsx_sheet_end(void *of, unsigned place, struct error *e) {
    struct xlsx_sheet *s = of;
    enum error_code code = OK;
    if (s->row.bad)
        code = OK;
    else if (place == SHEET_ROW)
        code = xlsx_sheet_row_end(s, e);
    else if (place == SHEET_CELL)
        code = xlsx_sheet_cell_end(s, e);
    else if ((place == SHEET_TEXT || place == SHEET_RUN_TEXT) && xlsx_sheet_wants(s))
        code = xlsx_sheet_decode(s, s->run, e);
    code = xlsx_sheet_keep(s, code, e);
    return code || place != SHEET_ROW ? code : xlsx_sheet_row_queue(s, e);
}

static const struct xlsx_element sheet_elements[] = {
    [SHEET_WORKSHEET] = {0, false, "worksheet"},
    [SHEET_DATA] = {SHEET_WORKSHEET, false, "sheetData"},
    [SHEET_ROW] = {SHEET_DATA, false, "row"},
    [SHEET_CELL] = {SHEET_ROW, false, "c"},
    [SHEET_VALUE] = {SHEET_CELL, true, "v"},
    [SHEET_INLINE] = {SHEET_CELL, false, "is"},
    [SHEET_TEXT] = {SHEET_INLINE, true, "t"},
    [SHEET_RUN] = {SHEET_INLINE, false, "r"},
    [SHEET_RUN_TEXT] = {SHEET_RUN, true, "t"},
};

static const struct xlsx_grammar sheet_grammar = {
    sheet_elements, SHEET_RUN_TEXT + 1, xlsx_sheet_start, xlsx_sheet_text, xlsx_sheet_end};

enum error_code xlsx_sheet_open(const char *name, const struct xlsx_strings *strings,
                                struct xlsx_sheet **out, struct error *e) {
    struct xlsx_sheet *s = memory_zero(sizeof *s);
    *out = NULL;
    if (!s)
        return error_no_memory(e);
    enum error_code code = buf_reserve(&s->text, 0, e); /* so that it has an address */
    if (!code)
        code = xlsx_part_open(&s->part, &sheet_grammar, s, "sheet", name, e);
    if (code) {
        xlsx_sheet_close(s);
        return code;
    }
    s->strings = strings;
    memset(s->wanted, 0xFF, sizeof s->wanted);
    *out = s;
    return OK;
}

void xlsx_sheet_want(struct xlsx_sheet *s, const uint32_t *column, size_t count) {
    memset(s->wanted, 0, sizeof s->wanted);
    for (size_t i = 0; i < count; i++)
        if (column[i] < XLSX_COLUMNS_MAX)
            s->wanted[column[i] / 64] |= UINT64_C(1) << column[i] % 64;
}

static void xlsx_sheet_cut(struct buf *b, size_t n) {
    if (n)
        memmove(b->p, b->p + n, b->n - n);
    b->n -= n;
}

/* Gives up the rows that were drawn; what there is of an unfinished one moves to the front. */
static void xlsx_sheet_forget(struct xlsx_sheet *s) {
    if (s->drawn * sizeof s->row < s->rows.n)
        return;
    size_t text = s->row.text;
    s->rows.n = s->drawn = 0;
    xlsx_sheet_cut(&s->cells, s->row.cell * sizeof(struct xlsx_cell));
    xlsx_sheet_cut(&s->text, text);
    s->row.cell = s->row.text = 0;
    s->from -= text;
    s->run -= text;
}

void xlsx_sheet_feed(struct xlsx_sheet *s, struct span bytes, bool last) {
    xlsx_sheet_forget(s);
    xlsx_part_feed(&s->part, bytes, last, NULL);
}

enum error_code xlsx_sheet_next(struct xlsx_sheet *s, struct xlsx_row *row, bool *more,
                                struct error *e) {
    *more = s->drawn * sizeof s->row < s->rows.n;
    *row = (struct xlsx_row){0};
    if (!*more && s->part.error.code)
        return error_set(e, s->part.error.code, "%s", s->part.error.text);
    if (!*more)
        return OK;
    struct sheet_row r = ((const struct sheet_row *)s->rows.p)[s->drawn++];
    row->number = r.number;
    const uint8_t *text = s->text.p + r.text;
    if (r.bad)
        return error_set(e, BAD_DATA, "%s", (const char *)text);
    if (!r.count)
        return OK;
    struct xlsx_cell *cell = (struct xlsx_cell *)s->cells.p + r.cell;
    for (size_t i = 0; i < r.count; i++)
        if (!cell[i].text.p) {
            cell[i].text.p = text;
            text += cell[i].text.n;
        }
    row->count = (uint32_t)r.count;
    row->cell = cell;
    return OK;
}

void xlsx_sheet_close(struct xlsx_sheet *s) {
    if (!s)
        return;
    xlsx_part_close(&s->part);
    buf_free(&s->rows);
    buf_free(&s->cells);
    buf_free(&s->text);
    memory_free(s);
}
