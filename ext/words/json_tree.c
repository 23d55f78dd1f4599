/* json_tree.c - JSON into a tree, with a stack of open containers.
 *
 *     {"tag_to_idx": {"B": 0, "I": 1}, "unigram": ["\u53d1\u70ed", "发热"]}
 *
 * A whole number has at most 15 digits. An escaped half of a surrogate pair becomes U+FFFD. */
#include "json_tree.h"

#include "../base/utf8.h"

enum { JSON_TREE_DIGITS_MAX = 15 };

struct json_tree {
    struct span bytes;
    size_t at;
    struct tree *tree;
    struct tree_value open[JSON_TREE_DEPTH_MAX];
    unsigned depth;
};

static int json_tree_peek(const struct json_tree *j) {
    return j->at < j->bytes.n ? j->bytes.p[j->at] : -1;
}

static void json_tree_blank(struct json_tree *j) {
    int c = json_tree_peek(j);
    while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        j->at++;
        c = json_tree_peek(j);
    }
}

static enum error_code json_tree_wrong(const struct json_tree *j, struct error *e) {
    return error_set(e, BAD_FILE, "not JSON of plain data at offset %zu", j->at);
}

static enum error_code json_tree_expect(struct json_tree *j, int c, struct error *e) {
    json_tree_blank(j);
    if (json_tree_peek(j) != c)
        return json_tree_wrong(j, e);
    j->at++;
    return OK;
}

static int json_tree_hex_digit(uint8_t c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits of \uXXXX at 'at'; -1: they are not there. */
static int json_tree_unit(const struct json_tree *j, size_t at) {
    if (j->bytes.n < 4 || at > j->bytes.n - 4)
        return -1;
    int unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = json_tree_hex_digit(j->bytes.p[at + (size_t)i]);
        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

static bool json_tree_surrogate(int unit, int first) {
    return unit >= first && unit < first + 0x400;
}

/* \uXXXX, and its second half where it is one of a pair. */
static enum error_code json_tree_unicode(struct json_tree *j, struct buf *out, struct error *e) {
    int unit = json_tree_unit(j, j->at);
    if (unit < 0)
        return json_tree_wrong(j, e);
    j->at += 4;
    uint32_t point = (uint32_t)unit;
    if (json_tree_surrogate(unit, 0xD800) || json_tree_surrogate(unit, 0xDC00)) {
        int low =
            json_tree_peek(j) == '\\' && j->at + 1 < j->bytes.n && j->bytes.p[j->at + 1] == 'u'
                ? json_tree_unit(j, j->at + 2)
                : -1;
        bool pair = json_tree_surrogate(unit, 0xD800) && json_tree_surrogate(low, 0xDC00);
        point =
            pair ? 0x10000 + (((uint32_t)unit & 0x3FF) << 10 | ((uint32_t)low & 0x3FF)) : 0xFFFD;
        j->at += pair ? 6 : 0;
    }
    uint8_t utf8[4];
    return buf_add(out, utf8, utf8_put(utf8, point), e);
}

static enum error_code json_tree_escape(struct json_tree *j, struct buf *out, struct error *e) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    int c = json_tree_peek(j);
    if (c == 'u') {
        j->at++;
        return json_tree_unicode(j, out, e);
    }
    const char *hit = c > 0 ? strchr(from, c) : NULL;
    if (!hit)
        return json_tree_wrong(j, e);
    j->at++;
    return buf_add_byte(out, (uint8_t)to[hit - from], e);
}

/* Escapes never grow a text, so that room for the file once is room for all of them. */
static enum error_code json_tree_decode(struct json_tree *j, size_t from, struct tree_value *out,
                                        struct error *e) {
    struct buf *text = &j->tree->text;
    enum error_code code = text->p ? OK : buf_reserve(text, j->bytes.n, e);
    size_t start = text->n;
    j->at = from;
    while (!code && json_tree_peek(j) != '"') {
        int c = json_tree_peek(j);
        if (c < 0x20)
            return json_tree_wrong(j, e);
        j->at++;
        code = c == '\\' ? json_tree_escape(j, text, e) : buf_add_byte(text, (uint8_t)c, e);
    }
    j->at++;
    if (!code)
        *out = tree_text((struct span){text->p + start, text->n - start});
    return code;
}

/* Behind the opening quote. */
static enum error_code json_tree_string(struct json_tree *j, struct tree_value *out,
                                        struct error *e) {
    size_t from = j->at;
    for (;; j->at++) {
        int c = json_tree_peek(j);
        if (c < 0x20)
            return json_tree_wrong(j, e);
        if (c == '\\')
            return json_tree_decode(j, from, out, e);
        if (c == '"')
            break;
    }
    *out = tree_text(span_slice(j->bytes, from, j->at));
    j->at++;
    return OK;
}

static enum error_code json_tree_number(struct json_tree *j, struct tree_value *out,
                                        struct error *e) {
    bool minus = json_tree_peek(j) == '-';
    j->at += minus;
    int64_t i = 0;
    int digits = 0;
    for (int c = json_tree_peek(j); c >= '0' && c <= '9' && digits < JSON_TREE_DIGITS_MAX;
         c = json_tree_peek(j), digits++) {
        i = i * 10 + (c - '0');
        j->at++;
    }
    int behind = json_tree_peek(j);
    if (digits == 0 || (behind >= '0' && behind <= '9') || behind == '.' || behind == 'e' ||
        behind == 'E')
        return json_tree_wrong(j, e);
    *out = tree_integer(minus ? -i : i);
    return OK;
}

static enum error_code json_tree_open(struct json_tree *j, enum tree_kind kind,
                                      struct tree_value *out, struct error *e) {
    if (j->depth == JSON_TREE_DEPTH_MAX)
        return error_set(e, BAD_FILE, "JSON nested deeper than %d", JSON_TREE_DEPTH_MAX);
    j->at++;
    enum error_code code = tree_add(j->tree, kind, out, e);
    if (!code)
        j->open[j->depth++] = *out;
    return code;
}

static enum error_code json_tree_value(struct json_tree *j, struct tree_value *out,
                                       struct error *e) {
    json_tree_blank(j);
    switch (json_tree_peek(j)) {
    case '{':
        return json_tree_open(j, TREE_MAP, out, e);
    case '[':
        return json_tree_open(j, TREE_LIST, out, e);
    case '"':
        j->at++;
        return json_tree_string(j, out, e);
    default:
        return json_tree_number(j, out, e);
    }
}

/* The comma or the closing bracket of the innermost container, and the key that comes next in a
 * map. *more: a value follows. */
static enum error_code json_tree_next(struct json_tree *j, bool *more, struct error *e) {
    struct tree_value in = j->open[j->depth - 1];
    json_tree_blank(j);
    int c = json_tree_peek(j);
    if (c == (in.kind == TREE_MAP ? '}' : ']')) {
        j->at++;
        j->depth--;
        *more = false;
        return OK;
    }
    enum error_code code = OK;
    if (tree_node(j->tree, in)->n)
        code = json_tree_expect(j, ',', e);
    *more = true;
    if (code || in.kind == TREE_LIST)
        return code;
    struct tree_value key;
    code = json_tree_expect(j, '"', e);
    if (!code)
        code = json_tree_string(j, &key, e);
    if (!code)
        code = tree_push(j->tree, in, &key, 1, e);
    return code ? code : json_tree_expect(j, ':', e);
}

enum error_code json_tree_read(struct span bytes, struct tree *tree, struct tree_value *out,
                               struct error *e) {
    struct json_tree j = {.bytes = bytes, .tree = tree};
    enum error_code code = json_tree_value(&j, out, e);
    while (!code && j.depth) {
        struct tree_value in = j.open[j.depth - 1], v = {0};
        bool more = false;
        code = json_tree_next(&j, &more, e);
        if (!code && more)
            code = json_tree_value(&j, &v, e);
        if (!code && more)
            code = tree_push(tree, in, &v, 1, e);
    }
    json_tree_blank(&j);
    if (!code && j.at != bytes.n)
        code = json_tree_wrong(&j, e);
    return code;
}
