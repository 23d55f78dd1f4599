/* slice.c - from code points to bytes, without counting from the start each time.
 *
 *     text    患者3月前因…|……………………|……………………|…
 *     marks   0            1024 points  2048         made as far as they were asked for */
#include "slice.h"

#include "../base/utf8.h"

enum { SLICE_STEP = 1024 };

enum error_code slice_begin(struct slice *s, struct span text, struct error *e) {
    const uint32_t first = 0;
    s->text.n = s->marks.n = 0;
    enum error_code code = buf_add_span(&s->text, text, e);
    return code ? code : buf_add(&s->marks, &first, sizeof first, e);
}

static uint32_t slice_mark(const struct slice *s, size_t i) {
    uint32_t at;
    memcpy(&at, s->marks.p + i * sizeof at, sizeof at);
    return at;
}

/* The byte where the code point lies; the text's end where it has not so many. */
static enum error_code slice_offset(struct slice *s, uint64_t point, size_t *out, struct error *e) {
    struct span text = buf_span(&s->text);
    size_t last = s->marks.n / sizeof(uint32_t) - 1, at = slice_mark(s, last);
    for (; last < point / SLICE_STEP && at < text.n; last++) {
        at += utf8_offset(span_from(text, at), SLICE_STEP);
        uint32_t mark = (uint32_t)at;
        enum error_code code = buf_add(&s->marks, &mark, sizeof mark, e);
        if (code)
            return code;
    }
    *out = text.n;
    if (point / SLICE_STEP > last)
        return OK;
    at = slice_mark(s, point / SLICE_STEP);
    *out = at + utf8_offset(span_from(text, at), point % SLICE_STEP);
    return OK;
}

enum error_code slice_cut(struct slice *s, int64_t start, int64_t end, struct span *out,
                          struct error *e) {
    size_t from, to;
    *out = span_slice(buf_span(&s->text), 0, 0);
    if (start >= end || start < 0)
        return OK;
    enum error_code code = slice_offset(s, (uint64_t)start, &from, e);
    if (!code)
        code = slice_offset(s, (uint64_t)end, &to, e);
    if (!code)
        *out = span_slice(buf_span(&s->text), from, to);
    return code;
}

void slice_free(struct slice *s) {
    buf_free(&s->text);
    buf_free(&s->marks);
}
