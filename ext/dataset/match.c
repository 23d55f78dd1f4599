/* match.c - WHERE label = 1, ON a.ans_id = c.ans_id, WHERE id IN ('T1', 'T2').
 *
 * Values are of the column's type already: a door applies SQLite's affinity. */
#include "match.h"

#include "../base/memory.h"
#include "../base/sort.h"

static uint8_t match_fold(uint8_t c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

bool match_value_same(const struct value *a, const struct value *b, bool nocase) {
    if (a->kind != b->kind || a->kind == VALUE_NULL)
        return false;
    if (a->kind == VALUE_INTEGER)
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
    if (v->kind == VALUE_INTEGER)
        h ^= (uint64_t)v->i * 0x9E3779B97F4A7C15u;
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

static int match_order(const void *a, const void *b) {
    uint64_t x = ((const struct match_value *)a)->hash, y = ((const struct match_value *)b)->hash;
    return (x > y) - (x < y);
}

void match_ready(struct match *m) {
    size_t n = 0;
    if (m->count)
        sort_items(m->value, m->count, sizeof *m->value, match_order);
    for (size_t i = 0; i < m->count; i++) {
        bool twice = n > 0 && match_value_same(&m->value[n - 1].v, &m->value[i].v, m->nocase);
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
