/* JSON by RFC 8259: checking, skipping, finding and unescaping, over bytes.
 * UTF-8 inside strings is not looked at here: whoever takes a cell does. */
#ifndef CMED_FORMAT_JSON_WALK_H
#define CMED_FORMAT_JSON_WALK_H

#include "../base/buf.h"

enum { JSON_DEPTH_MAX = 1000 }; /* as SQLite's own JSON */

enum json_end {
    JSON_FINE,
    JSON_CUT, /* the bytes end inside the value */
    JSON_BAD  /* they are no JSON */
};

struct json_fault {
    size_t at;        /* offset in the span */
    const char *what; /* static text: "a JSON string does not end" */
};

static inline bool json_is_blank(uint8_t c) {
    return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
}

/* First byte at or after 'at' that is not white space. */
static inline size_t json_blank(struct span s, size_t at) {
    while (at < s.n && json_is_blank(s.p[at]))
        at++;
    return at;
}

/* Checks the value that starts at 'at' (no blank before it); *end: behind it. JSON_CUT says in f
 * what was open. */
enum json_end json_check(struct span s, size_t at, size_t *end, struct json_fault *f);

/* Who hears of the value's members or elements as they are passed; key as from json_each. What a
 * value that is no JSON after all said before is of no worth. */
struct json_ear {
    void (*hear)(void *of, struct span key, struct span value);
    void *of;
};

enum json_end json_check_heard(struct span s, size_t at, const struct json_ear *ear, size_t *end,
                               struct json_fault *f);

/* The same for a string alone: a key. at: its opening quote. */
enum json_end json_check_string(struct span s, size_t at, size_t *end, struct json_fault *f);

/* The rest takes values that json_check has passed. */

/* Behind the value that starts at 'at'. */
size_t json_skip(struct span s, size_t at);

/* Walks an array or object: *at starts at 0 (on '[' or '{') and moves; false at the end.
 * key: with its quotes; empty in an array. */
bool json_each(struct span container, size_t *at, struct span *key, struct span *value);

/* The member called name; the last one where it stands twice, as most readers do. */
bool json_member(struct span object, struct span name, struct span *value);
/* The element number n from 0. */
bool json_element(struct span array, size_t n, struct span *value);

/* The inside of a string (without quotes), unescaped, added to out. Half a surrogate pair is
 * BAD_DATA, or U+FFFD with replace. */
enum error_code json_unescape(struct span inside, bool replace, struct buf *out, struct error *e);

static inline bool json_is_string(struct span value) {
    return value.n >= 2 && value.p[0] == '"';
}

static inline struct span json_inside(struct span quoted) {
    return span_slice(quoted, 1, quoted.n - 1);
}

bool json_key_escaped_is(struct span inside, struct span name);

/* Is the string (with quotes) this name? Escapes are looked through: they are longer than what they
 * stand for. */
static inline bool json_key_is(struct span quoted, struct span name) {
    struct span inside = json_inside(quoted);
    return inside.n <= name.n ? span_same(inside, name) : json_key_escaped_is(inside, name);
}

#endif
