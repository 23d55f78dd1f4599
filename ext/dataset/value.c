/* value.c - quotes, escapes, encoding, type: what stands between a cell and SQL.
 *
 *     CELL_QUOTED  He said ""no""   ->  He said "no"
 *     CELL_STRING  a\u4e2d\n        ->  a中⏎
 *     CELL_RAW     GB18030 bytes    ->  UTF-8 */
#include "value.h"

#include "../base/utf8.h"
#include "../format/field.h"
#include "../format/json_walk.h"

static enum error_code value_unquote(const struct cell *c, struct buf *out, struct error *e) {
    size_t at = 0;
    out->n = 0;
    enum error_code code = buf_reserve(out, c->s.n, e);
    while (!code && at < c->s.n) {
        size_t quote = span_find(c->s, at, c->quote);
        size_t to = quote < c->s.n ? quote + 1 : quote;
        code = buf_add(out, c->s.p + at, to - at, e);
        at = quote + 2;
    }
    return code;
}

static enum error_code value_bad_byte(struct span s, const char *column,
                                      const struct value_bytes *bytes, struct error *e) {
    int marked = encoding_marked(s);
    enum encoding as = marked < 0 ? ENCODING_UTF8 : bytes->original;
    return error_set(e, BAD_DATA, "'%s': byte 0x%02X is not %s", column,
                     marked < 0 ? s.p[0] : (unsigned)marked, encoding_title(as));
}

/* s in the file's encoding; on return UTF-8. */
static enum error_code value_decode(struct span *s, const char *column,
                                    const struct value_bytes *bytes, struct buf *room,
                                    struct error *e) {
    size_t used, valid;
    if (bytes->encoding == ENCODING_UTF8 || bytes->encoding == ENCODING_OPEN) {
        valid = utf8_valid(*s);
        if (valid == s->n)
            return OK;
        if (bytes->bad == ENCODING_FAIL)
            return value_bad_byte(span_from(*s, valid), column, bytes, e);
    }
    room->n = 0;
    struct error why;
    enum error_code code =
        encoding_decode(bytes->encoding, bytes->bad, *s, true, &used, room, &why);
    if (code == BAD_DATA)
        return error_set(e, BAD_DATA, "'%s': %s", column, why.text);
    if (code)
        return error_set(e, code, "%s", why.text);
    *s = buf_span(room);
    return OK;
}

static inline bool value_as_it_is(const struct cell *c, const struct value_bytes *bytes) {
    bool utf8 = bytes->encoding == ENCODING_UTF8 || bytes->encoding == ENCODING_OPEN;
    return c->kind == CELL_READY || (c->kind == CELL_RAW && utf8 &&
                                     (utf8_is_short_ascii(c->s) || utf8_valid(c->s) == c->s.n));
}

static enum error_code value_text_made(const struct cell *cell, const char *column,
                                       const struct value_bytes *bytes, struct value_room *room,
                                       struct value *out, struct error *e) {
    enum error_code code = OK;
    room->plain.n = 0;
    if (cell->kind == CELL_QUOTED)
        code = value_unquote(cell, &room->plain, e);
    else if (cell->kind == CELL_STRING)
        code = json_unescape(cell->s, bytes->bad == ENCODING_REPLACE, &room->plain, e);
    if (cell->kind != CELL_RAW)
        out->s = buf_span(&room->plain);
    if (!code)
        code = value_decode(&out->s, column, bytes, &room->utf8, e);
    out->writable = out->s.p != NULL; /* a buf has room for a NUL */
    return code;
}

enum error_code value_text(const struct cell *cell, const char *column,
                           const struct value_bytes *bytes, struct value_room *room,
                           struct value *out, struct error *e) {
    *out = (struct value){.kind = VALUE_TEXT, .s = cell->s, .writable = cell->kind == CELL_RAW};
    return value_as_it_is(cell, bytes) ? OK : value_text_made(cell, column, bytes, room, out, e);
}

static enum error_code value_no_integer(struct span s, const char *column, struct error *e) {
    struct span shown = span_slice(s, 0, 40);
    shown.n = utf8_valid(shown);
    return error_set(e, BAD_DATA, "'%s': '%.*s' is no integer", column, (int)shown.n,
                     (const char *)shown.p);
}

enum error_code value_make(const struct cell *cell, const struct dataset_column *column,
                           const struct value_bytes *bytes, struct value_room *room,
                           struct value *out, struct error *e) {
    switch (cell->kind) {
    case CELL_NULL:
        *out = (struct value){.kind = VALUE_NULL};
        return OK;
    case CELL_INTEGER:
        *out = (struct value){.kind = VALUE_INTEGER, .i = cell->i};
        return OK;
    case CELL_VECTOR:
        *out = (struct value){.kind = VALUE_BLOB, .s = cell->s};
        return OK;
    default:
        break;
    }
    enum error_code code = value_text(cell, column->name, bytes, room, out, e);
    if (code || column->type != INTEGER)
        return code;
    struct span text = out->s;
    *out = (struct value){.kind = text.n ? VALUE_INTEGER : VALUE_NULL};
    if (text.n && !field_integer(text, &out->i))
        return value_no_integer(text, column->name, e);
    return OK;
}

void value_room_free(struct value_room *room) {
    buf_free(&room->plain);
    buf_free(&room->utf8);
}
