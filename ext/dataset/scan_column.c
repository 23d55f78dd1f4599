/* scan_column.c - the columns of a row: what the format finds, and what is computed from others.
 *
 *     {"originalText": "…阿司匹林…", "entities": [{"start_pos": 8, "end_pos": 12}]}
 *      .text  found            start_pos, end_pos  found
 *      mention  "=slice .text start_pos end_pos":  阿司匹林
 *
 * dataset.h has the words for what is computed. */
#include "scan_state.h"

#include "../base/utf8.h"
#include "file_name.h"

#include <stdio.h>

static enum error_code scan_found(struct scan *s, unsigned column, struct value *out,
                                  struct error *e) {
    struct cell cell = {.kind = CELL_NULL};
    struct value_bytes bytes = {s->reader.window.encoding, s->reader.window.original, s->want.bad};
    if (!s->plan.where[column]) {
        *out = (struct value){.kind = VALUE_NULL};
        return OK;
    }
    enum error_code code = reader_cell(&s->reader, column, &cell, e);
    return code ? code
                : value_make(&cell, &s->want.table->column[column], &bytes, &s->room, out, e);
}

/* The document: the path of a one-document file without its ending, or the record's number. */
static enum error_code scan_doc(struct scan *s, struct value *out, struct error *e) {
    const char *doc = s->files->entry[s->file - 1].doc;
    enum error_code code = OK;
    struct span name = span_text(doc);
    s->doc.n = 0;
    if (s->plan.layout->documents) {
        code = buf_add_span(&s->doc, scan_stem(name), e);
    } else {
        if (s->files->below)
            code = buf_add_span(&s->doc, name, e);
        if (!code && s->files->below)
            code = buf_add_byte(&s->doc, ':', e);
        if (!code)
            code = buf_add_integer(&s->doc, scan_record(s), e);
    }
    *out = (struct value){.kind = VALUE_TEXT, .s = buf_span(&s->doc)};
    return code;
}

/* The text that slices are cut from is the record's: it is made once. */
static enum error_code scan_text(struct scan *s, unsigned column, bool *there, struct error *e) {
    struct value v;
    *there = true;
    if (s->text_record == s->reader.number)
        return OK;
    enum error_code code = scan_found(s, column, &v, e);
    *there = !code && v.kind == VALUE_TEXT;
    if (*there)
        code = slice_begin(&s->text, v.s, e);
    if (*there && !code)
        s->text_record = s->reader.number;
    return code;
}

static enum error_code scan_slice(struct scan *s, const struct plan_column *p, struct value *out,
                                  struct error *e) {
    struct value from, to;
    bool there;
    enum error_code code = scan_text(s, p->of[0], &there, e);
    if (!code)
        code = scan_column(s, p->of[1], &from, e);
    if (!code)
        code = scan_column(s, p->of[2], &to, e);
    *out = (struct value){.kind = VALUE_NULL};
    if (code || !there || from.kind != VALUE_INTEGER || to.kind != VALUE_INTEGER)
        return code;
    int64_t end = to.i + (p->computed == PLAN_SLICE_INCLUSIVE && to.i < INT64_MAX);
    out->kind = VALUE_TEXT;
    return slice_cut(&s->text, from.i, end, &out->s, e);
}

static enum error_code scan_end(struct scan *s, const struct plan_column *p, struct value *out,
                                struct error *e) {
    struct value from, mention;
    enum error_code code = scan_column(s, p->of[0], &from, e);
    if (!code)
        code = scan_column(s, p->of[1], &mention, e);
    *out = (struct value){.kind = VALUE_NULL};
    if (!code && from.kind == VALUE_INTEGER && mention.kind == VALUE_TEXT) {
        int64_t n = (int64_t)utf8_count(mention.s);
        *out = (struct value){.kind = VALUE_INTEGER,
                              .i = from.i > INT64_MAX - n ? from.i : from.i + n};
    }
    return code;
}

/* [[A,B]] */
static enum error_code scan_spans(struct scan *s, const struct plan_column *p, struct value *out,
                                  struct error *e) {
    struct value from, to;
    char text[64];
    enum error_code code = scan_column(s, p->of[0], &from, e);
    if (!code)
        code = scan_column(s, p->of[1], &to, e);
    *out = (struct value){.kind = VALUE_NULL};
    if (code || from.kind != VALUE_INTEGER || to.kind != VALUE_INTEGER)
        return code;
    snprintf(text, sizeof text, "[[%lld,%lld]]", (long long)from.i, (long long)to.i);
    s->computed.n = 0;
    code = buf_add_text(&s->computed, text, e);
    *out = (struct value){.kind = VALUE_TEXT, .s = buf_span(&s->computed)};
    return code;
}

static size_t scan_find(struct span text, struct span what) {
    const uint8_t *hit = memmem(text.p, text.n, what.p, what.n);
    return hit ? (size_t)(hit - text.p) : text.n;
}

static enum error_code scan_part(struct scan *s, const struct plan_column *p, struct value *out,
                                 struct error *e) {
    enum error_code code = scan_column(s, p->of[0], out, e);
    if (code || out->kind != VALUE_TEXT)
        return code;
    size_t at = scan_find(out->s, p->text);
    bool there = at < out->s.n;
    if (p->computed == PLAN_BEFORE && !there)
        *out = (struct value){.kind = VALUE_NULL};
    else if (p->computed == PLAN_BEFORE)
        out->s = span_slice(out->s, 0, at);
    else if (there)
        out->s = span_from(out->s, at + p->text.n);
    return OK;
}

static void scan_path(const struct scan *s, const struct plan_column *p, struct value *out) {
    struct span path = span_text(scan_file(s));
    struct span name = p->computed == PLAN_FILE ? file_name(path) : file_name_folder(path);
    bool there = name.n && (!p->text.n || file_name_among(name, p->text));
    *out = (struct value){.kind = there ? VALUE_TEXT : VALUE_NULL, .s = name};
}

static enum error_code scan_or(struct scan *s, const struct plan_column *p, struct value *out,
                               struct error *e) {
    enum error_code code = scan_column(s, p->of[0], out, e);
    bool there = out->kind != VALUE_NULL && (out->kind != VALUE_TEXT || out->s.n);
    return code || there ? code : scan_column(s, p->of[1], out, e);
}

/* The record's number, as the column's type has it. */
static enum error_code scan_number(struct scan *s, unsigned column, struct value *out,
                                   struct error *e) {
    *out = (struct value){.kind = VALUE_INTEGER, .i = scan_record(s)};
    if (s->want.table->column[column].type == INTEGER)
        return OK;
    s->computed.n = 0;
    enum error_code code = buf_add_integer(&s->computed, out->i, e);
    *out = (struct value){.kind = VALUE_TEXT, .s = buf_span(&s->computed)};
    return code;
}

static enum error_code scan_computed(struct scan *s, unsigned column, struct value *out,
                                     struct error *e) {
    const struct plan_column *p = &s->plan.column[column];
    switch (p->computed) {
    case PLAN_DOC:
        return scan_doc(s, out, e);
    case PLAN_RECORD:
        return scan_number(s, column, out, e);
    case PLAN_SLICE:
    case PLAN_SLICE_INCLUSIVE:
        return scan_slice(s, p, out, e);
    case PLAN_END:
        return scan_end(s, p, out, e);
    case PLAN_SPANS:
        return scan_spans(s, p, out, e);
    case PLAN_BEFORE:
    case PLAN_AFTER:
        return scan_part(s, p, out, e);
    case PLAN_OR:
        return scan_or(s, p, out, e);
    case PLAN_FILE:
    case PLAN_FOLDER:
        scan_path(s, p, out);
        return OK;
    default:
        *out = (struct value){.kind = VALUE_NULL};
        return OK;
    }
}

enum error_code scan_column(struct scan *s, unsigned column, struct value *out, struct error *e) {
    return s->plan.column[column].computed == PLAN_FOUND ? scan_found(s, column, out, e)
                                                         : scan_computed(s, column, out, e);
}
