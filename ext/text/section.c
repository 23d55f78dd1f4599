/* section.c - a medical record, part by part.
 *
 *     主 诉：反复头痛3年。          主诉      反复头痛3年。
 *     二、现病史: 患者3年前...  ->  现病史    患者3年前...
 *     【查体】T36.5℃               体格检查  T36.5℃
 *
 * Headings are looked for only where one can stand: at the start of a line, behind its number,
 * behind a sentence end or white space, inside brackets. Linear in the text.
 */
#include "section.h"

enum { SECTION_HEADING_MAX = 24, SECTION_NUMBER_MAX = 6 }; /* code points */

struct section_hit {
    const char *name;
    size_t from;       /* where the heading with its number and marks begins */
    size_t start, end; /* the heading itself */
    size_t body;       /* behind its marks */
};

/* As points_match, but blanks may stand between the characters. */
static size_t section_match(const struct points *t, size_t at, const char *z) {
    struct span text = span_text(z);
    size_t i = at;
    for (size_t k = 0; k < text.n;) {
        size_t n = 1;
        while (k + n < text.n && (text.p[k + n] & 0xC0) == 0x80)
            n++;
        char one[5] = {0};
        memcpy(one, text.p + k, n);
        while (k && i < t->n && points_is_blank(t->p[i]) && !points_is_newline(t->p[i]) &&
               i - at < SECTION_HEADING_MAX)
            i++;
        if (!points_match(t, i, one))
            return 0;
        i++;
        k += n;
    }
    return i - at;
}

/* The longest known spelling that stands at 'at'. */
static size_t section_known(const struct points *t, size_t at, const char **name) {
    size_t best = 0;
    if (!points_is_han(points_at(t, at)) && points_fold(points_at(t, at)) != 'p')
        return 0; /* most places */
    for (const struct section_heading *h = section_headings; h->name; h++) {
        size_t n = section_match(t, at, h->name);
        for (const char *const *v = h->variants;; v++) {
            if (n > best) {
                best = n;
                *name = h->name;
            }
            if (!*v)
                break;
            n = section_match(t, at, *v);
        }
    }
    return best;
}

static size_t section_blanks(const struct points *t, size_t at) {
    while (at < t->n && points_is_blank(t->p[at]) && !points_is_newline(t->p[at]))
        at++;
    return at;
}

static bool section_is_colon(uint32_t c) {
    return points_fold(c) == ':' || c == 0xFE55 || c == 0x2236;
}

/* The bracket that closes c, 0 where c opens none. */
static uint32_t section_closing(uint32_t c) {
    switch (c) {
    case 0x3010:
        return 0x3011; /* 【】 */
    case 0x3016:
        return 0x3017; /* 〖〗 */
    case 0xFF3B:
        return 0xFF3D; /* ［］ */
    case '[':
        return ']';
    case '*':
        return '*';
    default:
        return 0;
    }
}

static bool section_is_number(uint32_t c) {
    static const char digits[] = "一二三四五六七八九十";
    uint8_t z[5] = {0};
    if (points_digit(c) >= 0 || (c >= 0x2460 && c <= 0x2473)) /* ① to ⑳ */
        return true;
    if (c < 0x4E00 || c > 0x9FFF)
        return false;
    z[0] = (uint8_t)(0xE0 | c >> 12);
    z[1] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    z[2] = (uint8_t)(0x80 | (c & 0x3F));
    return strstr(digits, (const char *)z) != NULL;
}

/* Behind 一、 1. （2） ① at 'at'; 'at' where there is none. */
static size_t section_number(const struct points *t, size_t at) {
    bool bracket = points_fold(points_at(t, at)) == '(';
    size_t i = at + bracket, digits = i;
    while (i < t->n && i - at < SECTION_NUMBER_MAX && section_is_number(t->p[i]))
        i++;
    uint32_t c = points_fold(points_at(t, i));
    if (i == digits)
        return at;
    if (bracket)
        return c == ')' ? section_blanks(t, i + 1) : at;
    if (c == '.' || c == ',' || c == ')' || c == 0x3001) /* 、 */
        return section_blanks(t, i + 1);
    return t->p[i - 1] >= 0x2460 && t->p[i - 1] <= 0x2473 ? section_blanks(t, i) : at;
}

/* A heading in brackets at 'at'. */
static bool section_bracketed(const struct points *t, size_t at, struct section_hit *hit) {
    uint32_t open = points_at(t, at), close = section_closing(open);
    if (!close)
        return false;
    size_t i = at;
    while (points_at(t, i) == open && i - at < 2)
        i++;
    hit->from = at;
    hit->start = section_number(t, section_blanks(t, i));
    size_t n = section_known(t, hit->start, &hit->name);
    hit->end = hit->start + n;
    i = section_blanks(t, hit->end);
    i += section_is_colon(points_at(t, i));
    if (!n || points_at(t, i) != close)
        return false;
    while (points_at(t, i) == close)
        i++;
    i = section_blanks(t, i);
    hit->body = i + section_is_colon(points_at(t, i));
    return true;
}

/* A heading without brackets at 'at'; line: only white space and a number stand before it. */
static bool section_plain(const struct points *t, size_t at, bool line, struct section_hit *hit) {
    hit->from = at;
    hit->start = section_number(t, at);
    line |= hit->start > at && (at == 0 || points_is_newline(t->p[at - 1]));
    size_t n = section_known(t, hit->start, &hit->name);
    hit->end = hit->start + n;
    if (!n)
        return false;
    size_t i = section_blanks(t, hit->end);
    hit->body = i + section_is_colon(points_at(t, i));
    if (hit->body > i)
        return true;
    return line && (i > hit->end || i == t->n || points_is_newline(t->p[i]));
}

static bool section_may_start(uint32_t before) {
    return points_is_blank(before) || before == 0x3002 || before == 0xFF1B || before == ';' ||
           before == '.' || before == 0xFF0E || before == 0x3011 || before == ']';
}

/* The first heading at or after 'at'. */
static bool section_find(const struct points *t, size_t at, struct section_hit *hit) {
    bool line = true; /* nothing but blanks since the line began */
    for (size_t i = at; i > 0 && !points_is_newline(t->p[i - 1]); i--)
        if (!points_is_blank(t->p[i - 1])) {
            line = false;
            break;
        }
    for (; at < t->n; at++) {
        uint32_t c = t->p[at];
        if (section_bracketed(t, at, hit))
            return true;
        bool start = line || section_may_start(points_before(t, at));
        if (start && !points_is_blank(c) && section_plain(t, at, line, hit))
            return true;
        line = points_is_newline(c) || (line && points_is_blank(c));
    }
    return false;
}

bool section_next(const struct points *t, size_t *at, struct section *out) {
    struct section_hit hit = {0}, next = {0};
    bool named = section_find(t, *at, &hit);
    size_t first = *at;
    while (first < t->n && points_is_blank(t->p[first]))
        first++;
    *out = (struct section){.start = first, .end = t->n};
    if (named && hit.from > first) {
        *at = out->end = hit.from;
    } else if (named) {
        bool more = section_find(t, hit.body, &next);
        *at = more ? next.from : t->n;
        *out = (struct section){hit.name, hit.start, hit.end, hit.body, *at};
    } else {
        *at = t->n;
    }
    while (out->start < out->end && points_is_blank(t->p[out->start]))
        out->start++;
    while (out->end > out->start && points_is_blank(t->p[out->end - 1]))
        out->end--;
    return named || out->end > out->start;
}
