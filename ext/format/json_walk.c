/* json_walk.c - the grammar of RFC 8259, walked without recursion.
 *
 *     {"originalText": "…", "entities": [{"start_pos": 8, …}, …]}
 *     ^ a bit a level says whether the closing bracket is '}' or ']'
 *
 * Limits: JSON_DEPTH_MAX levels. */
#include "json_walk.h"

#include "../base/bytes.h"
#include "../base/utf8.h"
#include "json_nest.h"

struct json_stack {
    uint64_t object[JSON_DEPTH_MAX / 64 + 1]; /* bit per level: an object */
    unsigned depth;
    const struct json_ear *ear; /* NULL: nobody hears */
    struct span key;            /* of the member of the outermost value, */
    size_t value;               /* which begins here */
};

static void json_push(struct json_stack *k, bool object) {
    uint64_t bit = 1ULL << (k->depth % 64);
    uint64_t *word = &k->object[k->depth / 64];
    *word = object ? *word | bit : *word & ~bit;
    k->depth++;
}

static bool json_in_object(const struct json_stack *k) {
    unsigned level = k->depth - 1;
    return k->object[level / 64] >> (level % 64) & 1;
}

static enum json_end json_fault(struct json_fault *f, size_t at, enum json_end end,
                                const char *what) {
    f->at = at;
    f->what = what;
    return end;
}

static bool json_hex4(const uint8_t *p) {
    for (int i = 0; i < 4; i++) {
        uint8_t c = p[i] | 0x20;
        if (!(p[i] >= '0' && p[i] <= '9') && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return true;
}

/* at: behind the backslash. */
static enum json_end json_check_escape(struct span s, size_t at, size_t *end,
                                       struct json_fault *f) {
    if (at >= s.n)
        return json_fault(f, at, JSON_CUT, "a JSON string does not end");
    if (s.p[at] != 'u') {
        if (!memchr("\"\\/bfnrt", s.p[at], 8))
            return json_fault(f, at, JSON_BAD, "a JSON string has an escape that there is not");
        *end = at + 1;
        return JSON_FINE;
    }
    if (s.n - at < 5)
        return json_fault(f, at, JSON_CUT, "a JSON string does not end");
    if (!json_hex4(s.p + at + 1))
        return json_fault(f, at, JSON_BAD, "a \\u escape without four hexadecimal digits");
    *end = at + 5;
    return JSON_FINE;
}

static inline enum json_end json_string(struct span s, size_t at, size_t *end,
                                        struct json_fault *f) {
    for (at++;;) {
        at = bytes_string_near(s, at);
        if (at >= s.n)
            return json_fault(f, at, JSON_CUT, "a JSON string does not end");
        if (s.p[at] == '"')
            break;
        if (s.p[at] == '\n')
            return json_fault(f, at, JSON_BAD, "a JSON string does not end");
        if (s.p[at] != '\\')
            return json_fault(f, at, JSON_BAD, "a control character in a JSON string");
        enum json_end bad = json_check_escape(s, at + 1, &at, f);
        if (bad)
            return bad;
    }
    *end = at + 1;
    return JSON_FINE;
}

enum json_end json_check_string(struct span s, size_t at, size_t *end, struct json_fault *f) {
    return json_string(s, at, end, f);
}

static size_t json_digits(struct span s, size_t at) {
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
        at++;
    return at;
}

/* A number that runs up to the end of the bytes may go on behind it: the callers decide. */
static enum json_end json_check_number(struct span s, size_t at, size_t *end,
                                       struct json_fault *f) {
    static const char what[] = "a JSON number is malformed";
    size_t from = at + (s.p[at] == '-');
    size_t to = json_digits(s, from);
    if (to == from || (to > from + 1 && s.p[from] == '0'))
        return json_fault(f, at, to < s.n ? JSON_BAD : JSON_CUT, what);
    if (to < s.n && s.p[to] == '.') {
        from = to + 1;
        to = json_digits(s, from);
        if (to == from)
            return json_fault(f, at, to < s.n ? JSON_BAD : JSON_CUT, what);
    }
    if (to < s.n && (s.p[to] | 0x20) == 'e') {
        from = to + 1;
        from += from < s.n && (s.p[from] == '+' || s.p[from] == '-');
        to = json_digits(s, from);
        if (to == from)
            return json_fault(f, at, to < s.n ? JSON_BAD : JSON_CUT, what);
    }
    *end = to;
    return JSON_FINE;
}

static enum json_end json_check_word(struct span s, size_t at, size_t *end, struct json_fault *f) {
    const char *word = s.p[at] == 't' ? "true" : s.p[at] == 'f' ? "false" : "null";
    size_t n = strlen(word), have = s.n - at < n ? s.n - at : n;
    if (memcmp(s.p + at, word, have) != 0)
        return json_fault(f, at, JSON_BAD, "a JSON value should stand where something else does");
    if (have < n)
        return json_fault(f, s.n, JSON_CUT, "a JSON word does not end");
    *end = at + n;
    return JSON_FINE;
}

/* A value that is neither array nor object. */
static enum json_end json_check_scalar(struct span s, size_t at, size_t *end,
                                       struct json_fault *f) {
    uint8_t c = s.p[at];
    if (c == '"')
        return json_string(s, at, end, f);
    if (c == '-' || (c >= '0' && c <= '9'))
        return json_check_number(s, at, end, f);
    return json_check_word(s, at, end, f);
}

static enum json_end json_open(struct json_stack *k, size_t at, struct json_fault *f) {
    const char *what = !k->depth           ? "a JSON value should stand where the bytes end"
                       : json_in_object(k) ? "a JSON object does not end"
                                           : "a JSON array does not end";
    return json_fault(f, at, JSON_CUT, what);
}

/* At a key: past it and its colon, to where the value starts. */
static enum json_end json_check_key(struct span s, struct json_stack *k, size_t *at,
                                    struct json_fault *f) {
    if (*at >= s.n)
        return json_open(k, *at, f);
    if (s.p[*at] != '"')
        return json_fault(f, *at, JSON_BAD, "a JSON key should stand where something else does");
    size_t key = *at;
    enum json_end bad = json_string(s, *at, at, f);
    if (bad)
        return bad;
    if (k->depth == 1)
        k->key = span_slice(s, key, *at);
    *at = json_blank(s, *at);
    if (*at >= s.n)
        return json_open(k, *at, f);
    if (s.p[*at] != ':')
        return json_fault(f, *at, JSON_BAD, "':' should stand behind a JSON key");
    *at = json_blank(s, *at + 1);
    return JSON_FINE;
}

/* Behind a value: past commas and closing brackets, to where the next value starts. *done: the
 * outermost one closed. */
static enum json_end json_check_after(struct span s, struct json_stack *k, size_t *at, bool *done,
                                      struct json_fault *f) {
    while (k->depth) {
        if (k->depth == 1 && k->ear)
            k->ear->hear(k->ear->of, k->key, span_slice(s, k->value, *at));
        *at = json_blank(s, *at);
        if (*at >= s.n)
            return json_open(k, *at, f);
        bool object = json_in_object(k);
        if (s.p[*at] == ',') {
            *at = json_blank(s, *at + 1);
            return object ? json_check_key(s, k, at, f) : JSON_FINE;
        }
        if (s.p[*at] != (object ? '}' : ']'))
            return json_fault(f, *at, JSON_BAD,
                              object ? "',' or '}' should stand in a JSON object"
                                     : "',' or ']' should stand in a JSON array");
        ++*at;
        k->depth--;
    }
    *done = true;
    return JSON_FINE;
}

/* At an opening bracket: past it. *empty: it closed at once. */
static enum json_end json_check_open(struct span s, struct json_stack *k, size_t *at, bool *empty,
                                     struct json_fault *f) {
    bool object = s.p[*at] == '{';
    if (k->depth == JSON_DEPTH_MAX)
        return json_fault(f, *at, JSON_BAD, "JSON is nested deeper than 1000 levels");
    json_push(k, object);
    *at = json_blank(s, *at + 1);
    *empty = *at < s.n && s.p[*at] == (object ? '}' : ']');
    if (*empty) {
        ++*at;
        k->depth--;
        return JSON_FINE;
    }
    return object ? json_check_key(s, k, at, f) : JSON_FINE;
}

enum json_end json_check_heard(struct span s, size_t at, const struct json_ear *ear, size_t *end,
                               struct json_fault *f) {
    struct json_stack k;
    k.depth = 0;
    k.ear = ear;
    k.key = (struct span){0};
    for (bool done = false; !done;) {
        if (at >= s.n)
            return json_open(&k, at, f);
        if (k.depth == 1)
            k.value = at;
        bool behind = true;
        enum json_end bad;
        if (s.p[at] == '{' || s.p[at] == '[')
            bad = json_check_open(s, &k, &at, &behind, f);
        else
            bad = json_check_scalar(s, at, &at, f);
        if (!bad && behind)
            bad = json_check_after(s, &k, &at, &done, f);
        if (bad)
            return bad;
    }
    *end = at;
    return JSON_FINE;
}

enum json_end json_check(struct span s, size_t at, size_t *end, struct json_fault *f) {
    return json_check_heard(s, at, NULL, end, f);
}

static inline size_t json_skip_string(struct span s, size_t at) {
    for (at++; at < s.n;) {
        at = bytes_string_near(s, at);
        if (at >= s.n || s.p[at] == '"')
            break;
        at += 2;
    }
    return at < s.n ? at + 1 : s.n;
}

size_t json_skip(struct span s, size_t at) {
    uint8_t c = at < s.n ? s.p[at] : 0;
    if (c == '"')
        return json_skip_string(s, at);
    if (c == '{' || c == '[')
        return json_nest_end(s, at);
    while (at < s.n && s.p[at] != ',' && s.p[at] != ']' && s.p[at] != '}' &&
           !json_is_blank(s.p[at]))
        at++;
    return at;
}

bool json_each(struct span container, size_t *at, struct span *key, struct span *value) {
    size_t i = json_blank(container, *at + 1); /* behind '[', '{' or ',' */
    if (i >= container.n || container.p[i] == ']' || container.p[i] == '}')
        return false;
    *key = span_slice(container, i, i);
    if (container.p[0] == '{') {
        size_t to = json_skip_string(container, i);
        *key = span_slice(container, i, to);
        i = json_blank(container, json_blank(container, to) + 1);
    }
    size_t to = json_skip(container, i);
    *value = span_slice(container, i, to);
    *at = json_blank(container, to);
    if (*at < container.n && container.p[*at] != ',')
        --*at; /* on the closing bracket: the next call must see it */
    return true;
}

static uint32_t json_hex(const uint8_t *p) {
    uint32_t x = 0;
    for (int i = 0; i < 4; i++)
        x = x << 4 | (uint32_t)(p[i] <= '9' ? p[i] - '0' : (p[i] | 0x20) - 'a' + 10);
    return x;
}

/* at: on the 'u'. A pair of surrogates is two escapes; *half: one came alone, as U+FFFD. */
static uint32_t json_escaped_point(struct span s, size_t *at, bool *half) {
    uint32_t c = json_hex(s.p + *at + 1);
    *at += 5;
    if (c >= 0xD800 && c < 0xDC00 && s.n - *at >= 6 && s.p[*at] == '\\' && s.p[*at + 1] == 'u') {
        uint32_t low = json_hex(s.p + *at + 2);
        if (low >= 0xDC00 && low < 0xE000) {
            *at += 6;
            return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    *half = c >= 0xD800 && c < 0xE000;
    return *half ? 0xFFFD : c;
}

/* One escape as UTF-8; at: behind the backslash, and moved behind the escape. */
static size_t json_escaped(struct span s, size_t *at, uint8_t utf8[4], bool *half) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    *half = false;
    if (s.p[*at] == 'u')
        return utf8_put(utf8, json_escaped_point(s, at, half));
    const char *simple = memchr(from, s.p[*at], sizeof from - 1);
    utf8[0] = (uint8_t)(simple ? to[simple - from] : s.p[*at]);
    ++*at;
    return 1;
}

bool json_key_escaped_is(struct span inside, struct span name) {
    size_t at = 0, have = 0;
    if (!memchr(inside.p, '\\', inside.n))
        return false;
    while (at < inside.n) {
        uint8_t utf8[4] = {inside.p[at++]};
        bool half;
        size_t n = utf8[0] == '\\' ? json_escaped(inside, &at, utf8, &half) : 1;
        if (have + n > name.n || memcmp(name.p + have, utf8, n) != 0)
            return false;
        have += n;
    }
    return have == name.n;
}

bool json_member(struct span object, struct span name, struct span *value) {
    struct span key, v;
    bool found = false;
    if (!object.n || object.p[0] != '{')
        return false;
    for (size_t at = 0; json_each(object, &at, &key, &v);)
        if (json_key_is(key, name)) {
            *value = v;
            found = true;
        }
    return found;
}

bool json_element(struct span array, size_t n, struct span *value) {
    struct span key;
    if (!array.n || array.p[0] != '[')
        return false;
    for (size_t at = 0; json_each(array, &at, &key, value);)
        if (n-- == 0)
            return true;
    return false;
}

enum error_code json_unescape(struct span inside, bool replace, struct buf *out, struct error *e) {
    enum error_code code = buf_reserve(out, inside.n, e);
    for (size_t at = 0; !code && at < inside.n;) {
        size_t slash = span_find(inside, at, '\\');
        code = buf_add(out, inside.p + at, slash - at, e);
        at = slash + 1;
        if (code || at >= inside.n)
            break;
        uint8_t utf8[4];
        bool half;
        size_t from = at, n = json_escaped(inside, &at, utf8, &half);
        if (half && !replace)
            return error_set(e, BAD_DATA, "\\u%.4s is half a surrogate pair",
                             (const char *)inside.p + from + 1);
        code = buf_add(out, utf8, n, e);
    }
    return code;
}
