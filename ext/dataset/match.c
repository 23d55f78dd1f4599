/* match.c - WHERE label = 1, ON a.ans_id = c.ans_id, WHERE id IN ('T1', 'T2').
 *
 * Values are of the column's type already: a door applies SQLite's affinity. */
#include "match.h"

#include "../base/memory.h"
#include "../base/sort.h"

#include <math.h>

static uint8_t match_fold(uint8_t c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

struct value match_number(double number) {
    struct value v = {.kind = VALUE_NUMBER};
    number += 0.0; /* -0 is 0 */
    memcpy(&v.i, &number, sizeof v.i);
    return v;
}

/* Digits from *at on, behind those of *number. How many they are; *left: those that it has no room
 * for. */
static size_t match_digits(struct span s, size_t *at, uint64_t *number, size_t *left) {
    size_t from = *at;
    for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at) {
        bool room = *left == 0 && *number < UINT64_MAX / 10;
        *number = room ? *number * 10 + (uint64_t)(s.p[*at] - '0') : *number;
        *left += !room;
    }
    return *at - from;
}

static bool match_sign(struct span s, size_t *at) {
    bool minus = *at < s.n && s.p[*at] == '-';
    *at += minus || (*at < s.n && s.p[*at] == '+');
    return minus;
}

static size_t match_blank(struct span s, size_t at) {
    while (at < s.n && (s.p[at] == ' ' || (s.p[at] >= '\t' && s.p[at] <= '\r')))
        at++;
    return at;
}

/* e and what stands behind it; *power 0 where there is none. */
static bool match_power(struct span s, size_t *at, double *power) {
    uint64_t number = 0;
    size_t left = 0;
    *power = 0;
    if (*at == s.n || (s.p[*at] | 0x20) != 'e')
        return true;
    ++*at;
    bool minus = match_sign(s, at), digits = match_digits(s, at, &number, &left) > 0;
    *power = minus ? -(double)number : (double)number;
    return digits;
}

/* Is the text a number, as SQLite reads one? [blanks] [sign] digits [. digits] [e [sign] digits] */
static bool match_is_number(struct span s, struct value *out) {
    uint64_t whole = 0;
    double power;
    size_t at = match_blank(s, 0), left = 0, places = 0;
    bool minus = match_sign(s, &at);
    size_t digits = match_digits(s, &at, &whole, &left);
    if (at < s.n && s.p[at] == '.') {
        at++;
        places = match_digits(s, &at, &whole, &left);
    }
    if (digits + places == 0 || !match_power(s, &at, &power) || match_blank(s, at) < s.n)
        return false;
    double number = (double)whole;
    power += (double)left - (double)places;
    if (whole)
        number = power < 0 ? number / pow(10, -power) : number * pow(10, power);
    *out = match_number(minus ? -number : number);
    return true;
}

bool match_value_same(const struct value *a, const struct value *b, bool nocase) {
    struct value number;
    if (a->kind == VALUE_NUMBER && b->kind == VALUE_TEXT)
        return match_is_number(b->s, &number) && number.i == a->i;
    if (a->kind != b->kind || a->kind == VALUE_NULL)
        return false;
    if (a->kind != VALUE_TEXT)
        return a->i == b->i;
    if (!nocase || a->s.n != b->s.n)
        return span_same(a->s, b->s);
    for (size_t i = 0; i < a->s.n; i++)
        if (match_fold(a->s.p[i]) != match_fold(b->s.p[i]))
            return false;
    return true;
}

/* FNV-1a over words would be quicker on long texts; keys are short. */
uint64_t match_hash(const struct value *v, bool nocase) {
    uint64_t h = 0xCBF29CE484222325u;
    struct value number = *v;
    if (v->kind != VALUE_TEXT || match_is_number(v->s, &number))
        h ^= (uint64_t)number.i * 0x9E3779B97F4A7C15u;
    else
        for (size_t i = 0; i < v->s.n; i++)
            h = (h ^ (nocase ? match_fold(v->s.p[i]) : v->s.p[i])) * 0x100000001B3u;
    h ^= h >> 32;
    return h * 0xD6E8FEB86659FD93u;
}

/* The first value whose hash is not below h. */
static size_t match_lower(const struct match *m, uint64_t h) {
    size_t from = 0, to = m->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (m->value[middle].hash < h)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool match_has(const struct match *m, const struct value *v) {
    if (m->count == 1)
        return match_value_same(&m->value[0].v, v, m->nocase);
    if (v->kind == VALUE_NULL)
        return false;
    uint64_t h = match_hash(v, m->nocase);
    for (size_t i = match_lower(m, h); i < m->count && m->value[i].hash == h; i++)
        if (match_value_same(&m->value[i].v, v, m->nocase))
            return true;
    return false;
}

static enum error_code match_grow(struct match *m, struct error *e) {
    size_t cap = m->cap ? 2 * m->cap : 4;
    struct match_value *p = memory_resize(m->value, cap * sizeof *p);
    if (!p)
        return error_no_memory(e);
    m->value = p;
    m->cap = cap;
    return OK;
}

enum error_code match_add(struct match *m, const struct value *v, struct error *e) {
    struct match_value kept = {match_hash(v, m->nocase), *v};
    enum error_code code = m->count == m->cap ? match_grow(m, e) : OK;
    if (code)
        return code;
    if (v->kind == VALUE_TEXT) {
        uint8_t *text = memory_alloc(v->s.n);
        if (!text)
            return error_no_memory(e);
        if (v->s.n)
            memcpy(text, v->s.p, v->s.n);
        kept.v.s = span_of(text, v->s.n);
    }
    m->value[m->count++] = kept;
    return OK;
}

static void match_drop(struct match_value *v) {
    if (v->v.kind == VALUE_TEXT)
        memory_free((void *)v->v.s.p);
}

/* A number comes before the texts that are it. */
static int match_order(const void *a, const void *b) {
    const struct match_value *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash > y->hash ? 1 : -1;
    return (y->v.kind == VALUE_NUMBER) - (x->v.kind == VALUE_NUMBER);
}

void match_ready(struct match *m) {
    size_t n = 0, number = 0;
    if (m->count)
        sort_items(m->value, m->count, sizeof *m->value, match_order);
    for (size_t i = 0; i < m->count; i++) {
        const struct value *v = &m->value[i].v;
        bool twice = n > 0 && (match_value_same(&m->value[n - 1].v, v, m->nocase) ||
                               match_value_same(&m->value[number].v, v, m->nocase));
        if (v->kind == VALUE_NUMBER)
            number = twice ? number : n;
        if (twice)
            match_drop(&m->value[i]);
        else
            m->value[n++] = m->value[i];
    }
    m->count = n;
}

void match_free(struct match *m) {
    for (size_t i = 0; i < m->count; i++)
        match_drop(&m->value[i]);
    memory_free(m->value);
    *m = (struct match){0};
}
