/* spans.c - reads and writes [[0, 2, "sym"], [3, 5, "dis"]].
 *
 *     spans  = '[' [ span *( ',' span ) ] ']'
 *     span   = '[' number ',' number ',' string ']'
 *
 * One walk, no recursion. Types are kept one behind the other in 'types'; while it grows, an
 * item holds its offset there, and a pointer once all are read.
 */
#include "spans.h"
#include "../base/memory.h"
#include "../base/utf8.h"

struct spans_reader {
    struct span json;
    size_t at;
    struct spans *out;
};

static enum error_code spans_bad(const struct spans_reader *r, const char *what, struct error *e) {
    return error_set(e, BAD_DATA, "span %zu: %s at byte %zu", r->out->n + 1, what, r->at);
}

static uint8_t spans_peek(struct spans_reader *r) {
    while (r->at < r->json.n && r->json.p[r->at] && strchr(" \t\r\n", r->json.p[r->at]))
        r->at++;
    return r->at < r->json.n ? r->json.p[r->at] : 0;
}

static bool spans_take(struct spans_reader *r, char c) {
    bool hit = spans_peek(r) == (uint8_t)c;
    r->at += hit;
    return hit;
}

static enum error_code spans_number(struct spans_reader *r, uint32_t *out, struct error *e) {
    uint64_t v = 0;
    uint8_t c = spans_peek(r);
    size_t start = r->at;
    for (; c >= '0' && c <= '9'; c = r->at < r->json.n ? r->json.p[r->at] : 0) {
        v = v * 10 + (c - '0');
        if (v > SPANS_POSITION_MAX)
            return spans_bad(r, "a position is too large", e);
        r->at++;
    }
    bool zeros = r->at > start + 1 && r->json.p[start] == '0';
    if (r->at == start || zeros || c == '.' || c == 'e' || c == 'E')
        return spans_bad(r, "a position is no whole number from 0", e);
    *out = (uint32_t)v;
    return OK;
}

static int spans_hex(uint8_t c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four hex digits of \uXXXX at 'at', -1 where they are not there. */
static int32_t spans_unit(const struct spans_reader *r, size_t at) {
    int32_t v = 0;
    if (r->json.n < 4 || at > r->json.n - 4)
        return -1;
    for (size_t i = at; i < at + 4; i++) {
        int d = spans_hex(r->json.p[i]);
        if (d < 0)
            return -1;
        v = v * 16 + d;
    }
    return v;
}

/* \uXXXX or a pair of surrogates; r->at is at the 'u'. */
static enum error_code spans_unicode(struct spans_reader *r, struct error *e) {
    int32_t high = spans_unit(r, r->at + 1), low = 0;
    uint32_t point = (uint32_t)high;
    if (high < 0 || (high >= 0xDC00 && high < 0xE000))
        return spans_bad(r, "a type has a bad \\u escape", e);
    r->at += 5;
    if (high >= 0xD800 && high < 0xDC00) {
        bool next = span_starts(span_from(r->json, r->at), "\\u");
        low = next ? spans_unit(r, r->at + 2) : -1;
        if (low < 0xDC00 || low > 0xDFFF)
            return spans_bad(r, "a type has half a surrogate pair", e);
        point = 0x10000 + (((uint32_t)high & 0x3FF) << 10 | ((uint32_t)low & 0x3FF));
        r->at += 6;
    }
    uint8_t utf8[4];
    return buf_add(&r->out->types, utf8, utf8_put(utf8, point), e);
}

static enum error_code spans_escape(struct spans_reader *r, struct error *e) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    uint8_t c = r->at < r->json.n ? r->json.p[r->at] : 0;
    const char *hit = c ? strchr(from, c) : NULL;
    if (c == 'u')
        return spans_unicode(r, e);
    if (!hit)
        return spans_bad(r, "a type has a bad escape", e);
    r->at++;
    return buf_add_byte(&r->out->types, (uint8_t)to[hit - from], e);
}

static enum error_code spans_string(struct spans_reader *r, struct error *e) {
    if (!spans_take(r, '"'))
        return spans_bad(r, "a type is no string", e);
    enum error_code code = OK;
    while (!code) {
        uint8_t c = r->at < r->json.n ? r->json.p[r->at] : 0;
        if (c < 0x20)
            return spans_bad(r, "a type does not end", e);
        r->at++;
        if (c == '"')
            break;
        code = c == '\\' ? spans_escape(r, e) : buf_add_byte(&r->out->types, c, e);
    }
    return code;
}

static enum error_code spans_room(struct spans *s, struct error *e) {
    if (s->n < s->cap)
        return OK;
    if (s->n >= SPANS_MAX)
        return error_set(e, BAD_DATA, "more than %d spans", SPANS_MAX);
    size_t cap = s->cap ? 2 * s->cap : 16;
    struct text_span *item = memory_resize(s->item, cap * sizeof *item);
    if (!item)
        return error_no_memory(e);
    s->item = item;
    s->cap = cap;
    return OK;
}

static enum error_code spans_one(struct spans_reader *r, struct error *e) {
    struct text_span one = {0};
    size_t from = r->out->types.n;
    enum error_code code = spans_room(r->out, e);
    if (!code && !spans_take(r, '['))
        code = spans_bad(r, "no array [start, end, \"type\"]", e);
    if (!code)
        code = spans_number(r, &one.start, e);
    if (!code && !spans_take(r, ','))
        code = spans_bad(r, "no comma after the start", e);
    if (!code)
        code = spans_number(r, &one.end, e);
    if (!code && !spans_take(r, ','))
        code = spans_bad(r, "no comma after the end", e);
    if (!code)
        code = spans_string(r, e);
    if (!code && !spans_take(r, ']'))
        code = spans_bad(r, "more than start, end and type", e);
    if (!code && one.start > one.end)
        code = error_set(e, BAD_DATA, "span %zu: its start %u is past its end %u", r->out->n + 1,
                         (unsigned)one.start, (unsigned)one.end);
    one.type.n = r->out->types.n - from;
    if (!code)
        r->out->item[r->out->n++] = one;
    return code;
}

enum error_code spans_parse(struct spans *s, struct span json, struct error *e) {
    struct spans_reader r = {json, 0, s};
    s->n = s->types.n = 0;
    if (utf8_valid(json) < json.n)
        return error_set(e, BAD_DATA, "spans are not UTF-8");
    if (!spans_take(&r, '['))
        return error_set(e, BAD_DATA, "spans are no JSON array");
    enum error_code code = OK;
    if (!spans_take(&r, ']')) {
        do
            code = spans_one(&r, e);
        while (!code && spans_take(&r, ','));
        if (!code && !spans_take(&r, ']'))
            code = error_set(e, BAD_DATA, "spans do not end after span %zu", s->n);
    }
    spans_peek(&r);
    if (!code && r.at < json.n)
        code = error_set(e, BAD_DATA, "spans are followed by something else");
    for (size_t i = 0, at = 0; i < s->n; at += s->item[i++].type.n)
        s->item[i].type.p = s->types.p ? s->types.p + at : (const uint8_t *)"";
    return code;
}

/* ---- order ---- */

int spans_compare_types(struct span a, struct span b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : a.n < b.n ? -1 : a.n > b.n;
}

int spans_compare(const struct text_span *a, const struct text_span *b) {
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return spans_compare_types(a->type, b->type);
}

int spans_compare_type_first(const struct text_span *a, const struct text_span *b) {
    int c = spans_compare_types(a->type, b->type);
    if (c)
        return c;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

static void spans_sift(struct text_span *item, size_t at, size_t n,
                       int (*compare)(const struct text_span *, const struct text_span *)) {
    struct text_span moved = item[at];
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && compare(&item[child], &item[child + 1]) < 0)
            child++;
        if (compare(&moved, &item[child]) >= 0)
            break;
        item[at] = item[child];
    }
    item[at] = moved;
}

void spans_order(struct spans *s,
                 int (*compare)(const struct text_span *, const struct text_span *)) {
    for (size_t i = s->n / 2; i-- > 0;)
        spans_sift(s->item, i, s->n, compare);
    for (size_t n = s->n; n-- > 1;) {
        struct text_span top = s->item[0];
        s->item[0] = s->item[n];
        s->item[n] = top;
        spans_sift(s->item, 0, n, compare);
    }
}

void spans_unique(struct spans *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++)
        if (!kept || spans_compare(&s->item[kept - 1], &s->item[i]) != 0)
            s->item[kept++] = s->item[i];
    s->n = kept;
}

enum error_code spans_write(const struct spans *s, struct buf *out, struct error *e) {
    enum error_code code = buf_add_byte(out, '[', e);
    for (size_t i = 0; !code && i < s->n; i++) {
        const struct text_span *t = &s->item[i];
        code = buf_add_text(out, i ? ",[" : "[", e);
        if (!code)
            code = buf_add_integer(out, t->start, e);
        if (!code)
            code = buf_add_byte(out, ',', e);
        if (!code)
            code = buf_add_integer(out, t->end, e);
        if (!code)
            code = buf_add_byte(out, ',', e);
        if (!code)
            code = buf_add_json(out, t->type, e);
        if (!code)
            code = buf_add_byte(out, ']', e);
    }
    return code ? code : buf_add_byte(out, ']', e);
}

void spans_free(struct spans *s) {
    memory_free(s->item);
    buf_free(&s->types);
    *s = (struct spans){0};
}
