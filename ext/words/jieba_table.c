/* jieba_table.c - a strict reader of one Python assignment.
 *
 *     from __future__ import unicode_literals
 *
 *     P={'B': {'\u4e00': -3.6544978750449433,
 *              '丁': -8.125041941842026, ..},
 *        'E': ..}
 */
#include "jieba_table.h"

#include "../base/utf8.h"
#include "decimal.h"

struct jieba_table {
    struct span s;
    size_t at;
    enum error_code (*put)(void *of, struct jieba_table_entry entry, struct error *e);
    void *of;
};

static enum error_code jieba_table_wrong(const struct jieba_table *t, struct error *e) {
    return error_set(e, BAD_FILE, "not a table of jieba at byte %zu", t->at);
}

static int jieba_table_peek(const struct jieba_table *t) {
    return t->at < t->s.n ? t->s.p[t->at] : -1;
}

/* Past blanks; true where c is next, which is taken. */
static bool jieba_table_take(struct jieba_table *t, int c) {
    int next = jieba_table_peek(t);
    while (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
        t->at++;
        next = jieba_table_peek(t);
    }
    t->at += next == c;
    return next == c;
}

/* \uXXXX behind the backslash. */
static bool jieba_table_escape(struct jieba_table *t, uint32_t *point) {
    if (t->s.n - t->at < 5 || t->s.p[t->at] != 'u')
        return false;
    *point = 0;
    for (int i = 1; i <= 4; i++) {
        uint8_t c = t->s.p[t->at + (size_t)i], letter = c | 0x20;
        bool digit = c >= '0' && c <= '9', hex = letter >= 'a' && letter <= 'f';
        if (!digit && !hex)
            return false;
        *point = *point << 4 | (uint32_t)(digit ? c - '0' : letter - 'a' + 10);
    }
    t->at += 5;
    return true;
}

/* 'x': and the blanks before it. */
static bool jieba_table_key(struct jieba_table *t, uint32_t *point) {
    if (!jieba_table_take(t, '\'') || t->at == t->s.n)
        return false;
    if (t->s.p[t->at] == '\\') {
        t->at++;
        if (!jieba_table_escape(t, point))
            return false;
    } else {
        t->at += utf8_next(t->s, t->at, point);
    }
    return jieba_table_peek(t) == '\'' && jieba_table_take(t, '\'') && jieba_table_take(t, ':');
}

static enum error_code jieba_table_number(struct jieba_table *t, struct jieba_table_entry entry,
                                          struct error *e) {
    jieba_table_take(t, ' ');
    size_t end = t->at;
    while (end < t->s.n && t->s.p[end] && strchr("+-.eE0123456789", t->s.p[end]))
        end++;
    if (!decimal_real(span_slice(t->s, t->at, end), &entry.value))
        return jieba_table_wrong(t, e);
    t->at = end;
    return t->put(t->of, entry, e);
}

/* Behind the opening brace of P[outer]. */
static enum error_code jieba_table_inner(struct jieba_table *t, uint32_t outer, struct error *e) {
    struct jieba_table_entry entry = {.outer = outer};
    enum error_code code = OK;
    while (!code && !jieba_table_take(t, '}')) {
        if (!jieba_table_key(t, &entry.inner))
            return jieba_table_wrong(t, e);
        code = jieba_table_number(t, entry, e);
        if (!code && !jieba_table_take(t, ',') && jieba_table_peek(t) != '}')
            return jieba_table_wrong(t, e);
    }
    return code;
}

static enum error_code jieba_table_outer(struct jieba_table *t, struct error *e) {
    struct jieba_table_entry entry = {0};
    enum error_code code = OK;
    while (!code && !jieba_table_take(t, '}')) {
        if (!jieba_table_key(t, &entry.outer))
            return jieba_table_wrong(t, e);
        code = jieba_table_take(t, '{') ? jieba_table_inner(t, entry.outer, e)
                                        : jieba_table_number(t, entry, e);
        if (!code && !jieba_table_take(t, ',') && jieba_table_peek(t) != '}')
            return jieba_table_wrong(t, e);
    }
    return code;
}

/* Comments, imports and empty lines come before P. */
static void jieba_table_begin(struct jieba_table *t) {
    for (struct span rest = t->s; rest.n; rest = span_from(t->s, t->at)) {
        int c = rest.p[0];
        if (c != '#' && c != '\n' && c != '\r' && !span_starts(rest, "from "))
            return;
        size_t end = span_find(t->s, t->at, '\n');
        t->at = end + (end < t->s.n);
    }
}

enum error_code jieba_table_read(struct span source,
                                 enum error_code (*put)(void *of, struct jieba_table_entry entry,
                                                        struct error *e),
                                 void *of, struct error *e) {
    struct jieba_table t = {.s = source, .put = put, .of = of};
    if (utf8_valid(source) != source.n)
        return error_set(e, BAD_FILE, "not UTF-8");
    jieba_table_begin(&t);
    if (!jieba_table_take(&t, 'P') || !jieba_table_take(&t, '=') || !jieba_table_take(&t, '{'))
        return jieba_table_wrong(&t, e);
    enum error_code code = jieba_table_outer(&t, e);
    if (!code && (jieba_table_take(&t, ' ') || t.at != source.n))
        code = jieba_table_wrong(&t, e);
    return code;
}
