/* csv_fields.c - a record of delimited text turned on its side.
 *
 *     name,alias,symptom,age                     偏头痛 | alias   | 偏头疼
 *     偏头痛,"偏头疼，血管性头痛",头痛 恶心 [详细],   偏头痛 | alias   | 血管性头痛
 *                                                偏头痛 | symptom | 头痛
 *     each "-name alias=,， symptom=_             偏头痛 | symptom | 恶心
 *           without=[详细]"
 *
 * Records and fields are format_csv's, which is told that there is no header: the first record is
 * read here. */
#include "csv_fields.h"

#include "../base/memory.h"
#include "field.h"
#include "header.h"
#include "lines.h"

#include <stdio.h>

enum {
    CSV_FIELDS_MAX =
        FORMAT_COLUMNS_MAX - 1, /* one more is asked for, to see that it is not there */
    CSV_FIELDS_KEY = -2,
    CSV_FIELDS_ITEM = -3
};

struct csv_fields {
    void *csv; /* format_csv's state */
    char number[CSV_FIELDS_MAX + 1][8];
    const char *where[CSV_FIELDS_MAX + 1]; /* its words: #1, #2, … */
    struct header names;
    struct span each;
    bool silent[CSV_FIELDS_MAX];      /* gives no row */
    struct span seps[CSV_FIELDS_MAX]; /* n == 0: it is one item */
    int column[FORMAT_COLUMNS_MAX];   /* a field of the record, HEADER_NONE, KEY or ITEM */
    unsigned field, next;             /* the one of the item, and behind it */
    struct span rest, item;           /* of the field; rest.p NULL: nothing is left of it */
    struct buf plain;
};

/* ---- begin ---- */

static enum error_code csv_fields_rules(struct csv_fields *s, struct error *e) {
    struct span rest = s->each, word;
    while ((word = field_next(&rest)).n) {
        struct span seps = word, name = field_cut(&seps, "=");
        bool silent = name.p[0] == '-';
        int k = header_find(&s->names, span_from(name, silent));
        if (!silent && !seps.p)
            return error_set(e, BAD_USE, "'%.*s' is no word of each", (int)word.n, word.p);
        if (k < 0 || k >= CSV_FIELDS_MAX)
            continue;
        s->silent[k] = s->silent[k] || silent;
        if (!silent)
            s->seps[k] = seps;
    }
    return OK;
}

/* The text of field k of the record, in 'plain' where it must be made; text->p NULL: there is no
 * such field. */
static enum error_code csv_fields_text(struct csv_fields *s, unsigned k, struct span *text,
                                       struct error *e) {
    struct cell cell;
    enum error_code code = format_csv.cell(s->csv, k, &cell, e);
    *text = cell.kind == CELL_NULL ? (struct span){NULL, 0} : cell.s;
    if (code || cell.kind != CELL_QUOTED)
        return code;
    s->plain.n = 0;
    for (struct span rest = cell.s; !code && rest.n;) {
        size_t end = span_find(rest, 0, cell.quote);
        code = buf_add_span(&s->plain, span_slice(rest, 0, end + 1), e);
        rest = span_from(rest, end + 2);
    }
    *text = buf_span(&s->plain);
    return code;
}

/* The first record: the names. *used: behind it. */
static enum error_code csv_fields_header(struct csv_fields *s, struct span head, bool last,
                                         size_t *used, struct error *e) {
    struct format_record record = {0, 0};
    struct format_frame f = {
        .bytes = span_from(head, *used), .last = last, .record = &record, .cap = 1};
    enum error_code code = format_csv.frame(s->csv, &f, e);
    if (!code && !f.count)
        return error_set(e, BAD_FILE, "no header in the first %zu bytes", head.n);
    struct span line = span_slice(f.bytes, record.at, (size_t)record.at + record.n);
    if (!code)
        code = format_csv.split(s->csv, line, e);
    for (struct span name = {(const uint8_t *)"", 0}; !code && name.p;) {
        code = csv_fields_text(s, s->names.count, &name, e);
        if (!code && name.p && s->names.count == CSV_FIELDS_MAX)
            return error_set(e, BAD_FILE, "more than %d columns", CSV_FIELDS_MAX);
        if (!code && name.p)
            code = header_add(&s->names, name, e);
    }
    *used += f.used;
    return code;
}

static enum error_code csv_fields_columns(struct csv_fields *s, const struct format_plan *plan,
                                          struct error *e) {
    enum error_code code = header_map(&s->names, plan, s->column, e);
    for (unsigned c = 0; !code && c < plan->columns; c++)
        if (plan->where[c] && plan->where[c][0] == '@')
            s->column[c] = strcmp(plan->where[c], "@key") == 0 ? CSV_FIELDS_KEY : CSV_FIELDS_ITEM;
    if (!code)
        code = csv_fields_rules(s, e);
    return code ? code : header_unique(&s->names, e);
}

static void csv_fields_end(void *state) {
    struct csv_fields *s = state;
    if (s->csv)
        format_csv.end(s->csv);
    memory_free(s->csv);
    s->csv = NULL;
    header_free(&s->names);
    buf_free(&s->plain);
}

static enum error_code csv_fields_begin(void *state, const struct format_plan *plan,
                                        struct span head, bool last, size_t *used,
                                        struct error *e) {
    struct csv_fields *s = state;
    struct buf shape = {0};
    struct format_plan inner = {
        .columns = CSV_FIELDS_MAX + 1, .where = s->where, .wanted = UINT64_MAX};
    for (unsigned k = 0; k <= CSV_FIELDS_MAX; k++) {
        snprintf(s->number[k], sizeof s->number[k], "#%u", k + 1);
        s->where[k] = s->number[k];
    }
    s->each = span_text(plan->each ? plan->each : "");
    s->csv = memory_zero(format_csv.state_size);
    enum error_code code = s->csv ? buf_add_text(&shape, "noheader ", e) : error_no_memory(e);
    if (!code && plan->shape)
        code = buf_add_text(&shape, plan->shape, e);
    if (!code)
        code = buf_add_byte(&shape, 0, e);
    inner.shape = (const char *)shape.p;
    if (!code)
        code = format_csv.begin(s->csv, &inner, head, last, used, e);
    if (!code)
        code = csv_fields_header(s, head, last, used, e);
    if (!code)
        code = csv_fields_columns(s, plan, e);
    buf_free(&shape);
    return code;
}

/* ---- records and items ---- */

static enum error_code csv_fields_frame(void *state, struct format_frame *f, struct error *e) {
    struct csv_fields *s = state;
    enum error_code code = format_csv.frame(s->csv, f, e);
    f->unchecked = true;
    return code;
}

static enum error_code csv_fields_split(void *state, struct span record, struct error *e) {
    struct csv_fields *s = state;
    s->next = 0;
    s->rest.p = NULL;
    return format_csv.split(s->csv, record, e);
}

/* Bytes of the separator at the start of text; 0 where none of seps is there. */
static size_t csv_fields_sep(struct span text, struct span seps) {
    while (seps.n) {
        size_t n = seps.p[0] < 0x80 ? 1 : seps.p[0] < 0xE0 ? 2 : seps.p[0] < 0xF0 ? 3 : 4;
        uint8_t first = seps.p[0] == '_' ? ' ' : seps.p[0];
        if (text.n >= n && text.p[0] == first && memcmp(text.p + 1, seps.p + 1, n - 1) == 0)
            return n;
        seps = span_from(seps, n);
    }
    return 0;
}

static struct span csv_fields_trim(struct span s) {
    size_t n;
    while (s.n && (n = lines_space(s, 0)) > 0)
        s = span_from(s, n);
    while (s.n && (lines_space(s, s.n - 1) == 1 || span_ends(s, "\u3000")))
        s.n -= span_ends(s, "\u3000") ? 3 : 1;
    return s;
}

/* Takes the next item off rest. */
static void csv_fields_cut(struct csv_fields *s) {
    struct span seps = s->seps[s->field], rest = s->rest;
    size_t at = 0, sep = 0;
    while (seps.n && at < rest.n && (sep = csv_fields_sep(span_from(rest, at), seps)) == 0)
        at++;
    at = seps.n ? at : rest.n;
    s->item = span_slice(rest, 0, at);
    if (seps.n)
        s->item = csv_fields_trim(s->item);
    s->rest = at < rest.n ? span_from(rest, at + sep) : (struct span){NULL, 0};
}

/* Is the item one that each leaves out? */
static bool csv_fields_without(const struct csv_fields *s) {
    struct span rest = s->each, word;
    if (!s->item.n)
        return true;
    while (s->seps[s->field].n && (word = field_next(&rest)).n) {
        struct span what = word;
        if (!span_is(field_cut(&what, "="), "without"))
            continue;
        bool ending = what.n && what.p[0] == '*';
        what = span_from(what, ending);
        size_t from = ending && s->item.n > what.n ? s->item.n - what.n : 0;
        if (span_same(span_from(s->item, from), what))
            return true;
    }
    return false;
}

/* Opens the next field that gives rows; rest.p NULL: there is none. */
static enum error_code csv_fields_open(struct csv_fields *s, struct error *e) {
    enum error_code code = OK;
    while (!code && !s->rest.p && s->next < s->names.count) {
        s->field = s->next++;
        if (!s->silent[s->field])
            code = csv_fields_text(s, s->field, &s->rest, e);
    }
    return code;
}

static enum error_code csv_fields_item(void *state, bool *more, struct error *e) {
    struct csv_fields *s = state;
    enum error_code code;
    *more = false;
    do {
        code = csv_fields_open(s, e);
        if (code || !s->rest.p)
            return code;
        csv_fields_cut(s);
    } while (csv_fields_without(s));
    *more = true;
    return OK;
}

static enum error_code csv_fields_cell(void *state, unsigned column, struct cell *out,
                                       struct error *e) {
    struct csv_fields *s = state;
    int k = s->column[column];
    *out = (struct cell){.kind = CELL_NULL};
    if (k == CSV_FIELDS_KEY)
        *out = (struct cell){.kind = CELL_READY, .s = header_name(&s->names, s->field)};
    else if (k == CSV_FIELDS_ITEM)
        *out = (struct cell){.kind = CELL_RAW, .s = s->item};
    else if (k >= 0)
        return format_csv.cell(s->csv, (unsigned)k, out, e);
    return OK;
}

static bool csv_fields_smells(struct span head) {
    return format_csv.smells(head);
}

const struct format format_csv_fields = {
    .name = "csv fields",
    .state_size = sizeof(struct csv_fields),
    .smells = csv_fields_smells,
    .begin = csv_fields_begin,
    .frame = csv_fields_frame,
    .split = csv_fields_split,
    .item = csv_fields_item,
    .cell = csv_fields_cell,
    .end = csv_fields_end,
};
