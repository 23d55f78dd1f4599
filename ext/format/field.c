/* field.c - fields of a line.
 *
 *     "3    7    pro|||9 …"   field_cut at "|||", then field_next three times: "3" "7" "pro" */
#include "field.h"

static bool field_blank(uint8_t c) {
    return c == ' ' || c == '\t';
}

struct span field_next(struct span *rest) {
    size_t from = 0, to;
    while (from < rest->n && field_blank(rest->p[from]))
        from++;
    to = from;
    while (to < rest->n && !field_blank(rest->p[to]))
        to++;
    struct span field = span_slice(*rest, from, to);
    *rest = span_from(*rest, to);
    return field;
}

size_t field_find(struct span s, const char *separator) {
    const uint8_t *hit = s.n ? memmem(s.p, s.n, separator, strlen(separator)) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

struct span field_cut(struct span *rest, const char *separator) {
    size_t at = field_find(*rest, separator);
    struct span field = span_slice(*rest, 0, at);
    *rest = at < rest->n ? span_from(*rest, at + strlen(separator)) : (struct span){NULL, 0};
    return field;
}

bool field_integer(struct span s, int64_t *out) {
    bool minus = s.n && s.p[0] == '-';
    size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+');
    uint64_t x = 0, most = minus ? (uint64_t)1 << 63 : INT64_MAX;
    if (at == s.n)
        return false;
    for (; at < s.n; at++) {
        uint64_t digit = (uint64_t)s.p[at] - '0';
        if (digit > 9 || x > (most - digit) / 10)
            return false;
        x = x * 10 + digit;
    }
    *out = minus ? (int64_t)(0 - x) : (int64_t)x;
    return true;
}
