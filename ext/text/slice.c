/* slice.c - mentions, mentions in context, and characters with tags.
 *
 *     患者头痛3天, [[2, 4, "sym"]]    ->  患 O / 者 O / 头 B-sym / 痛 I-sym / 3 O / 天 O
 */
#include "slice.h"
#include "../base/memory.h"
#include "../base/utf8.h"

struct span slice_text(struct span text, int64_t start, int64_t end) {
    size_t a = start > 0 ? (size_t)start : 0;
    size_t b = end > start && end > 0 ? (size_t)end : a;
    struct span rest = span_from(text, utf8_offset(text, a));
    return span_slice(rest, 0, utf8_offset(rest, b - a));
}

static enum error_code slice_line(const struct points *t, size_t a, size_t b, struct buf *out,
                                  struct error *e) {
    enum error_code code = OK;
    size_t from = a;
    for (size_t i = a; !code && i < b; i++) {
        if (!points_is_newline(t->p[i]))
            continue;
        code = points_encode(t, from, i, out, e);
        if (!code)
            code = buf_add_byte(out, ' ', e);
        from = i + 1;
    }
    return code ? code : points_encode(t, from, b, out, e);
}

static size_t slice_clamp(int64_t position, size_t n) {
    if (position < 0)
        return 0;
    return (uint64_t)position < n ? (size_t)position : n;
}

enum error_code slice_context(struct span text, int64_t start, int64_t end, int64_t width,
                              struct buf *out, struct error *e) {
    struct points t = {0};
    enum error_code code = points_decode(&t, text, e);
    size_t a = slice_clamp(start, t.n), b = slice_clamp(end, t.n);
    b = b > a ? b : a;
    size_t left = slice_clamp(width, a), right = slice_clamp(width, t.n - b);
    if (!code)
        code = slice_line(&t, a - left, a, out, e);
    if (!code)
        code = buf_add_text(out, "【", e);
    if (!code)
        code = slice_line(&t, a, b, out, e);
    if (!code)
        code = buf_add_text(out, "】", e);
    if (!code)
        code = slice_line(&t, b, b + right, out, e);
    points_free(&t);
    return code;
}

/* ---- character TAB tag ---- */

static int slice_longest_first(const struct text_span *a, const struct text_span *b) {
    uint32_t x = a->end - a->start, y = b->end - b->start;
    return x != y ? (x > y ? -1 : 1) : spans_compare(a, b);
}

static enum error_code slice_check(const struct spans *s, size_t n, struct error *e) {
    for (size_t i = 0; i < s->n; i++) {
        const struct text_span *t = &s->item[i];
        if (t->end > n)
            return error_set(e, BAD_DATA, "a span ends at %u, past the text's %zu characters",
                             (unsigned)t->end, n);
        for (size_t k = 0; k < t->type.n; k++)
            if (strchr("\t\r\n", t->type.p[k]))
                return error_set(e, BAD_DATA, "a type holds a line end, TAB or NUL");
    }
    return OK;
}

/* owner[i]: the span + 1 that has character i. A span that overlaps a longer one that was
 * placed before has one of its ends inside it, so two look-ups tell. */
static void slice_own(const struct spans *s, uint32_t *owner) {
    for (size_t i = 0; i < s->n; i++) {
        const struct text_span *t = &s->item[i];
        if (t->start == t->end || owner[t->start] || owner[t->end - 1])
            continue;
        for (uint32_t k = t->start; k < t->end; k++)
            owner[k] = (uint32_t)i + 1;
    }
}

static enum error_code slice_tag(const struct points *t, size_t i, const struct spans *s,
                                 const uint32_t *owner, struct buf *out, struct error *e) {
    if (t->p[i] == '\n')
        return buf_add_byte(out, '\n', e);
    const struct text_span *o = owner[i] ? &s->item[owner[i] - 1] : NULL;
    enum error_code code = points_encode(t, i, i + 1, out, e);
    if (!code)
        code = buf_add_text(out, !o ? "\tO" : o->start == i ? "\tB-" : "\tI-", e);
    if (!code && o)
        code = buf_add_span(out, o->type, e);
    return code ? code : buf_add_byte(out, '\n', e);
}

enum error_code slice_bio(struct span text, struct spans *spans, struct buf *out, struct error *e) {
    struct points t = {0};
    uint32_t *owner = NULL;
    enum error_code code = points_decode(&t, text, e);
    if (!code)
        code = slice_check(spans, t.n, e);
    if (!code)
        owner = memory_zero(t.n * sizeof *owner);
    if (!code && !owner)
        code = error_no_memory(e);
    if (!code && owner) {
        spans_order(spans, slice_longest_first);
        slice_own(spans, owner);
    }
    for (size_t i = 0; owner && !code && i < t.n; i++)
        code = slice_tag(&t, i, spans, owner, out, e);
    memory_free(owner);
    points_free(&t);
    return code;
}
