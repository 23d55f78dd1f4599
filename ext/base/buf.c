/* buf.c - bytes that grow. */
#include "buf.h"
#include "memory.h"

#include <stdio.h>

enum error_code buf_reserve(struct buf *b, size_t more, struct error *e) {
    if (b->cap - b->n > more)
        return OK;
    if (more > BUF_MAX || b->n + more > BUF_MAX)
        return error_set(e, BAD_DATA, "a value is longer than %d bytes", BUF_MAX);
    size_t cap = b->cap + b->cap / 2;
    if (cap < b->n + more + 1)
        cap = b->n + more + 1;
    if (cap < 64)
        cap = 64;
    uint8_t *p = memory_resize(b->p, cap);
    if (!p)
        return error_no_memory(e);
    b->p = p;
    b->cap = cap;
    return OK;
}

enum error_code buf_add(struct buf *b, const void *p, size_t n, struct error *e) {
    enum error_code code = buf_reserve(b, n, e);
    if (code)
        return code;
    if (n)
        memcpy(b->p + b->n, p, n);
    b->n += n;
    return OK;
}

enum error_code buf_add_span(struct buf *b, struct span s, struct error *e) {
    return buf_add(b, s.p, s.n, e);
}

enum error_code buf_add_text(struct buf *b, const char *z, struct error *e) {
    return buf_add(b, z, strlen(z), e);
}

enum error_code buf_add_byte(struct buf *b, uint8_t c, struct error *e) {
    return buf_add(b, &c, 1, e);
}

enum error_code buf_add_integer(struct buf *b, long long i, struct error *e) {
    char text[24];
    int n = snprintf(text, sizeof text, "%lld", i);
    return buf_add(b, text, (size_t)n, e);
}

static const char *buf_json_escape(uint8_t c, char room[8]) {
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        snprintf(room, 8, "\\u%04x", c);
        return room;
    }
}

enum error_code buf_add_json(struct buf *b, struct span s, struct error *e) {
    enum error_code code = buf_add_byte(b, '"', e);
    size_t from = 0;
    for (size_t i = 0; !code && i < s.n; i++) {
        uint8_t c = s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        char room[8];
        code = buf_add(b, s.p + from, i - from, e);
        if (!code)
            code = buf_add_text(b, buf_json_escape(c, room), e);
        from = i + 1;
    }
    if (!code)
        code = buf_add(b, s.p + from, s.n - from, e);
    return code ? code : buf_add_byte(b, '"', e);
}

void buf_free(struct buf *b) {
    memory_free(b->p);
    *b = (struct buf){0};
}
