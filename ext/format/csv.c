/* csv.c - delimited text.
 *
 *     id,ask,answer                        header: names -> columns
 *     7,"发热, 咳嗽","说""多喝水"""          fields 0 (CELL_RAW), 1 (CELL_RAW), 2 (CELL_QUOTED)
 *     ^ at                       ^ limit
 *
 * Records and separators are found by structure.c, many at a time. A cell walks over the marks from
 * the record's beginning, or from the last field that was asked for.
 *
 * Limits: HEADER_NAMES_MAX columns; a header must lie in the first window. */
#include "csv.h"
#include "header.h"
#include "structure.h"

#include <stdio.h>
#include <stdlib.h>

enum { CSV_CELLS = -2 /* a column that is the whole record */ };

struct csv {
    struct structure structure;
    bool header;
    bool unchecked;                /* the frame's records are not known to be good */
    int field[FORMAT_COLUMNS_MAX]; /* of each column; HEADER_NONE, CSV_CELLS */

    size_t at, limit; /* the record, in the frame's bytes */
    unsigned known;   /* a field of it, */
    size_t known_at;  /* which begins here */

    struct header key; /* for CSV_CELLS: "\"name\":" */
    struct buf json, plain;
};

/* ---- settings ---- */

struct csv_shape {
    uint8_t sep; /* 0: to be detected */
    int quote;   /* 0: none; -1: as the separator says */
    bool header;
    unsigned fields; /* 0: as many as the first record has */
};

static enum error_code csv_shape_word(struct csv_shape *shape, struct span word, struct error *e) {
    if (span_is(word, "sep=TAB"))
        shape->sep = '\t';
    else if (span_is(word, "sep=blank"))
        shape->sep = ' ';
    else if (span_starts(word, "sep=") && word.n == 5)
        shape->sep = word.p[4];
    else if (span_is(word, "detect"))
        shape->sep = 0;
    else if (span_is(word, "quote"))
        shape->quote = '"';
    else if (span_is(word, "noquote"))
        shape->quote = 0;
    else if (span_is(word, "noheader"))
        shape->header = false;
    else if (span_starts(word, "fields="))
        shape->fields = (unsigned)atoi((const char *)word.p + 7);
    else
        return error_set(e, BAD_USE, "'%.*s' is no word of a csv shape", (int)word.n, word.p);
    return OK;
}

/* One ASCII character that can be a separator or a quote. */
static bool csv_is_delimiter(const char *text) {
    uint8_t c = (uint8_t)text[0];
    return c && c < 0x80 && c != '\n' && c != '\r' && text[1] == 0;
}

static enum error_code csv_shape_options(struct csv_shape *shape, const struct format_options *o,
                                         struct error *e) {
    if (o->sep && !csv_is_delimiter(o->sep))
        return error_set(e, BAD_USE, "the option 'sep' must be one ASCII character, not '%s'",
                         o->sep);
    if (o->quote && o->quote[0] && !csv_is_delimiter(o->quote))
        return error_set(e, BAD_USE,
                         "the option 'quote' must be one ASCII character or empty, not '%s'",
                         o->quote);
    if (o->sep)
        shape->sep = (uint8_t)o->sep[0];
    if (o->quote)
        shape->quote = (uint8_t)o->quote[0];
    if (o->header >= 0)
        shape->header = o->header;
    return OK;
}

static enum error_code csv_shape_read(struct csv_shape *shape, const struct format_plan *plan,
                                      struct error *e) {
    *shape = (struct csv_shape){.sep = ',', .quote = -1, .header = true};
    struct span rest = span_text(plan->shape ? plan->shape : "");
    enum error_code code = OK;
    while (!code && rest.n) {
        size_t end = span_find(rest, 0, ' ');
        if (end > 0)
            code = csv_shape_word(shape, span_slice(rest, 0, end), e);
        rest = span_from(rest, end + 1);
    }
    if (!code && plan->options)
        code = csv_shape_options(shape, plan->options, e);
    return code;
}

static bool csv_is_trail(uint8_t c) {
    return (c >= '0' && c <= '9') || (c >= 0x40 && c != 0x7F);
}

bool csv_safe(const struct format_plan *plan) {
    struct csv_shape shape;
    if (csv_shape_read(&shape, plan, NULL))
        return true; /* csv_begin says what is wrong */
    for (unsigned i = 0; i < plan->columns; i++)
        if (plan->wanted >> i & 1 && plan->where[i] && strcmp(plan->where[i], "@cells") == 0)
            return false;
    return !csv_is_trail(shape.sep) && (shape.quote <= 0 || !csv_is_trail((uint8_t)shape.quote));
}

/* ---- the first record ---- */

static const char *csv_complaint(enum structure_form form) {
    return form == STRUCTURE_TEXT ? "text behind a closing quote" : "a quoted field does not end";
}

/* The most frequent of TAB , ; outside quotes in the first line; a comma where there is none. */
static uint8_t csv_detect(struct span head, int quote) {
    static const char seps[] = "\t,;";
    size_t count[3] = {0};
    bool inside = false, opens = true;
    for (size_t i = 0; i < head.n && (inside || (head.p[i] != '\n' && head.p[i] != '\r')); i++) {
        int c = head.p[i];
        const char *sep = c && !inside ? strchr(seps, c) : NULL;
        bool turns = c == quote && (inside || opens); /* a doubled quote turns twice */
        if (sep)
            count[sep - seps]++;
        inside ^= turns;
        opens = sep || turns;
    }
    unsigned best = count[0] + count[1] + count[2] ? 0 : 1;
    for (unsigned i = 1; i < 3; i++)
        best = count[i] > count[best] ? i : best;
    return (uint8_t)seps[best];
}

/* '\r' where the record at 'at' ends at a CR that is no half of a CRLF. */
static uint8_t csv_end_byte(struct structure *s, size_t at) {
    struct span bytes = s->bytes;
    s->end = '\n';
    s->bytes.n = structure_scan(s, at, false).end;
    s->end = '\r';
    bool found = structure_scan(s, at, false).end < s->bytes.n;
    s->bytes = bytes;
    return found ? '\r' : '\n';
}

static void csv_open(struct csv *c, size_t at, size_t limit) {
    c->at = c->known_at = at;
    c->limit = limit;
    c->known = 0;
}

/* Settles what the shape left open, and opens the first record. A header must be good; of other
 * first records only the number of fields matters, and that only where the shape does not say it.
 */
static enum error_code csv_first(struct csv *c, const struct csv_shape *shape, size_t *next,
                                 struct error *e) {
    struct structure *s = &c->structure;
    size_t at = 0;
    while (at < s->bytes.n && (s->bytes.p[at] == '\n' || s->bytes.p[at] == '\r'))
        at++;
    int quote = shape->quote >= 0 ? shape->quote : '"';
    s->sep = shape->sep ? shape->sep : csv_detect(span_from(s->bytes, at), quote ? quote : -1);
    s->quoted = quote && (s->sep != '\t' || shape->quote > 0);
    s->quote = (uint8_t)quote;
    if (s->quoted && s->quote == s->sep)
        return error_set(e, BAD_USE, "'%c' is both separator and quote", s->sep);
    s->end = csv_end_byte(s, at);
    struct structure_record r = structure_scan(s, at, true);
    if (!r.whole && (shape->header || !shape->fields))
        return error_set(e, BAD_FILE, "the first record is longer than %zu bytes", s->bytes.n - at);
    if (shape->header && r.form)
        return error_set(e, BAD_FILE, "%s, in the header", csv_complaint(r.form));
    s->fields = r.fields;
    csv_open(c, at, r.end);
    *next = shape->header ? r.next : 0;
    return OK;
}

/* ---- fields ---- */

/* Field k of the open record, as it stands there. */
static struct span csv_field(struct csv *c, unsigned k) {
    if (k < c->known)
        csv_open(c, c->at, c->limit);
    struct span field = structure_field(&c->structure, c->known_at, k - c->known, c->limit);
    c->known = k;
    c->known_at = (size_t)(field.p - c->structure.bytes.p);
    return field;
}

/* Takes the quotes off. False: doubled ones are left inside. */
static bool csv_inside(const struct csv *c, struct span *field) {
    const struct structure *s = &c->structure;
    if (!s->quoted || field->n == 0 || field->p[0] != s->quote)
        return true;
    *field = span_slice(*field, 1, field->n - 1);
    return span_find(*field, 0, s->quote) == field->n;
}

/* The text of a field; where it must be made, in 'plain'. */
static enum error_code csv_plain(struct csv *c, unsigned k, struct span *out, struct error *e) {
    *out = csv_field(c, k);
    if (csv_inside(c, out))
        return OK;
    struct span rest = *out;
    enum error_code code = OK;
    c->plain.n = 0;
    while (!code && rest.n) {
        size_t end = span_find(rest, 0, c->structure.quote);
        code = buf_add_span(&c->plain, span_slice(rest, 0, end + 1), e);
        rest = span_from(rest, end + 2);
    }
    *out = buf_span(&c->plain);
    return code;
}

/* ---- the header ---- */

static enum error_code csv_add_name(struct csv *c, unsigned k, struct header *names,
                                    struct error *e) {
    char number[24];
    snprintf(number, sizeof number, "column%u", k + 1);
    struct span name = span_text(number);
    enum error_code code = c->header ? csv_plain(c, k, &name, e) : OK;
    return code ? code : header_add(names, name, e);
}

static enum error_code csv_names(struct csv *c, const char *columns, struct header *names,
                                 struct error *e) {
    unsigned fields = c->structure.fields;
    enum error_code code = columns ? header_parse(names, columns, e) : OK;
    for (unsigned k = 0; !columns && !code && k < fields; k++)
        code = csv_add_name(c, k, names, e);
    if (!code && names->count != fields)
        return error_set(e, BAD_USE,
                         "the option 'columns' has %u names, the first record %u fields",
                         names->count, fields);
    return code;
}

/* The keys of "@cells", as they stand in the JSON. */
static enum error_code csv_keys(struct csv *c, struct header *names, struct error *e) {
    enum error_code code = OK;
    while (!code && names->count < c->structure.fields)
        code = header_add(names, span_text(""), e);
    if (!code)
        code = header_unique(names, e);
    for (unsigned k = 0; !code && k < names->count; k++) {
        c->plain.n = 0;
        code = buf_add_json(&c->plain, header_name(names, k), e);
        if (!code)
            code = buf_add_byte(&c->plain, ':', e);
        if (!code)
            code = header_add(&c->key, buf_span(&c->plain), e);
    }
    return code;
}

static enum error_code csv_columns(struct csv *c, const struct format_plan *plan,
                                   struct header *names, struct error *e) {
    bool cells = false;
    enum error_code code = header_map(names, plan, c->field, e);
    for (unsigned i = 0; !code && i < plan->columns; i++) {
        if (!plan->where[i] || strcmp(plan->where[i], "@cells") != 0)
            continue;
        c->field[i] = CSV_CELLS;
        cells = true;
    }
    return code || !cells ? code : csv_keys(c, names, e);
}

static void csv_end(void *state) {
    struct csv *c = state;
    structure_free(&c->structure);
    header_free(&c->key);
    buf_free(&c->json);
    buf_free(&c->plain);
}

static enum error_code csv_begin(void *state, const struct format_plan *plan, struct span head,
                                 bool last, size_t *used, struct error *e) {
    struct csv *c = state;
    struct csv_shape shape;
    struct header names = {0};
    enum error_code code = csv_shape_read(&shape, plan, e);
    c->header = shape.header;
    if (!code)
        code = structure_show(&c->structure, head, last, e);
    if (!code)
        code = csv_first(c, &shape, used, e);
    if (!code)
        code = csv_names(c, plan->options ? plan->options->columns : NULL, &names, e);
    if (!code && !shape.header && shape.fields)
        c->structure.fields = shape.fields;
    if (!code)
        code = csv_columns(c, plan, &names, e);
    header_free(&names);
    if (code)
        csv_end(c);
    return code;
}

/* ---- records ---- */

static enum error_code csv_frame(void *state, struct format_frame *f, struct error *e) {
    struct csv *c = state;
    enum error_code code = structure_frame(&c->structure, f, e);
    c->unchecked = f->unchecked;
    return code;
}

static enum error_code csv_check(struct csv *c, size_t at, struct error *e) {
    struct structure *s = &c->structure;
    struct structure_record r = structure_scan(s, at, false);
    if (r.form)
        return error_set(e, BAD_DATA, "%s", csv_complaint(r.form));
    if (r.fields == s->fields)
        return OK;
    const char *many = r.fields == 1 ? "" : "s";
    return c->header ? error_set(e, BAD_DATA, "%u field%s where the header has %u", r.fields, many,
                                 s->fields)
                     : error_set(e, BAD_DATA, "%u field%s, not %u", r.fields, many, s->fields);
}

static enum error_code csv_split(void *state, struct span record, struct error *e) {
    struct csv *c = state;
    size_t at = (size_t)(record.p - c->structure.bytes.p);
    csv_open(c, at, at + record.n);
    return c->unchecked ? csv_check(c, at, e) : OK;
}

/* ---- cells ---- */

/* The record as a JSON object, in 'json'. Bytes that are not UTF-8 stay: whoever takes the cell
 * looks for them. */
static enum error_code csv_cells(struct csv *c, struct error *e) {
    struct span value;
    enum error_code code = OK;
    c->json.n = 0;
    for (unsigned k = 0; !code && k < c->structure.fields; k++) {
        code = buf_add_byte(&c->json, k ? ',' : '{', e);
        if (!code)
            code = buf_add_span(&c->json, header_name(&c->key, k), e);
        if (!code)
            code = csv_plain(c, k, &value, e);
        if (!code)
            code = buf_add_json(&c->json, value, e);
    }
    return code ? code : buf_add_byte(&c->json, '}', e);
}

static enum error_code csv_cell(void *state, unsigned column, struct cell *out, struct error *e) {
    struct csv *c = state;
    int k = c->field[column];
    *out = (struct cell){.kind = CELL_NULL};
    if (k == CSV_CELLS) {
        enum error_code code = csv_cells(c, e);
        out->kind = CELL_RAW;
        out->s = buf_span(&c->json);
        return code;
    }
    if (k < 0 || k >= (int)c->structure.fields)
        return OK;
    out->s = csv_field(c, (unsigned)k);
    out->kind = csv_inside(c, &out->s) ? CELL_RAW : CELL_QUOTED;
    out->quote = c->structure.quote;
    return OK;
}

static bool csv_smells(struct span head) {
    size_t at = 0;
    while (at < head.n && (head.p[at] == ' ' || (head.p[at] >= '\t' && head.p[at] <= '\r')))
        at++;
    return at < head.n && head.p[at] != '{' && head.p[at] != '[' && span_find(head, 0, 0) == head.n;
}

const struct format format_csv = {
    .name = "csv",
    .alone = FORMAT_FRAME_ALONE,
    .state_size = sizeof(struct csv),
    .gb18030_safe = true,
    .smells = csv_smells,
    .begin = csv_begin,
    .frame = csv_frame,
    .split = csv_split,
    .cell = csv_cell,
    .end = csv_end,
};
