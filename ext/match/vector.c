/* vector.c - how near vectors are, and which of many are nearest.
 *
 *     [1, -0.5]    00 00 80 3F  00 00 00 BF
 *
 *     matrix    id 7 | x0 x1 ... x(dim-1) |   every row divided by its length, so that one
 *               id 9 | x0 x1 ... x(dim-1) |   dot product is the cosine
 *
 * The k best so far are a heap with the worst of them on top: most rows cost one comparison.
 */
#include "vector_paths.h"
#include "../base/cpu.h"
#include "../base/memory.h"
#include "../base/sort.h"
#include "../words/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { VECTOR_POLL_ROWS = 4096, VECTOR_ROWS_FIRST = 64, VECTOR_TEXT_MAX = 32 };

static const struct vector_path *vector_path(void) {
    return cpu_avx2() ? &vector_avx2 : &vector_portable;
}

enum error_code vector_open(struct span bytes, struct vector *v, struct error *e) {
    if (bytes.n == 0 || bytes.n % VECTOR_ITEM != 0)
        return error_set(e, BAD_DATA, "a vector of %zu bytes is none of float32", bytes.n);
    if (bytes.n / VECTOR_ITEM > VECTOR_DIM_MAX)
        return error_set(e, BAD_DATA, "a vector has more than %d numbers", VECTOR_DIM_MAX);
    *v = (struct vector){bytes.p, bytes.n / VECTOR_ITEM};
    return OK;
}

static double vector_total(const float lane[VECTOR_LANES]) {
    double sum = 0;
    for (size_t i = 0; i < VECTOR_LANES; i++)
        sum += (double)lane[i];
    return sum;
}

double vector_dot(struct vector a, struct vector b) {
    float lane[VECTOR_LANES];
    vector_path()->dot(a.p, b.p, a.n, lane);
    return vector_total(lane);
}

double vector_l2(struct vector a, struct vector b) {
    float lane[VECTOR_LANES];
    vector_path()->l2(a.p, b.p, a.n, lane);
    return sqrt(vector_total(lane));
}

double vector_cosine(struct vector a, struct vector b) {
    struct vector_sums s;
    vector_path()->cosine(a.p, b.p, a.n, &s);
    double length = sqrt(vector_total(s.aa)) * sqrt(vector_total(s.bb));
    double cosine = vector_total(s.ab) / length;
    return cosine > 1 ? 1 : cosine < -1 ? -1 : cosine;
}

/* ---- as text ---- */

static size_t vector_blanks(struct span json, size_t at) {
    while (at < json.n && memchr(" \t\r\n", json.p[at], 4))
        at++;
    return at;
}

static uint8_t vector_byte(struct span json, size_t at) {
    return at < json.n ? json.p[at] : 0;
}

static enum error_code vector_parse_number(struct span json, size_t *at, struct buf *out,
                                           struct error *e) {
    size_t end = *at;
    double x = 0;
    while (end < json.n && memchr("+-.eE0123456789", json.p[end], 15))
        end++;
    float number = 0;
    if (decimal_real(span_slice(json, *at, end), &x))
        number = (float)x;
    else
        return error_set(e, BAD_DATA, "a vector has no number at byte %zu", *at);
    if (!isfinite(number))
        return error_set(e, BAD_DATA, "a vector's number at byte %zu is no float32", *at);
    *at = end;
    return buf_add(out, &number, sizeof number, e);
}

enum error_code vector_parse(struct span json, struct buf *out, struct error *e) {
    size_t at = vector_blanks(json, 0), n = 0;
    if (vector_byte(json, at) != '[')
        return error_set(e, BAD_DATA, "a vector is a JSON array of numbers, as in [0.5, -1]");
    do {
        at = vector_blanks(json, at + 1);
        enum error_code code = vector_parse_number(json, &at, out, e);
        if (code)
            return code;
        if (++n > VECTOR_DIM_MAX)
            return error_set(e, BAD_DATA, "a vector has more than %d numbers", VECTOR_DIM_MAX);
        at = vector_blanks(json, at);
    } while (vector_byte(json, at) == ',');
    if (vector_byte(json, at) != ']' || vector_blanks(json, at + 1) != json.n)
        return error_set(e, BAD_DATA, "a vector's JSON array goes wrong at byte %zu", at);
    return OK;
}

static float vector_item(struct vector v, size_t i) {
    float x;
    memcpy(&x, v.p + VECTOR_ITEM * i, sizeof x);
    return x;
}

enum error_code vector_write(struct vector v, struct buf *out, struct error *e) {
    enum error_code code = buf_add_byte(out, '[', e);
    for (size_t i = 0; !code && i < v.n; i++) {
        char text[VECTOR_TEXT_MAX];
        float x = vector_item(v, i);
        if (!isfinite(x))
            return error_set(e, BAD_DATA, "number %zu of a vector is not finite", i + 1);
        for (int digits = 6; digits <= 9; digits++) {
            snprintf(text, sizeof text, "%.*g", digits, (double)x);
            if (strtof(text, NULL) == x)
                break;
        }
        char *comma = strchr(text, ','); /* of the host's locale */
        if (comma)
            *comma = '.';
        code = i ? buf_add_byte(out, ',', e) : OK;
        if (!code)
            code = buf_add_text(out, text, e);
    }
    return code ? code : buf_add_byte(out, ']', e);
}

/* ---- sums ---- */

enum error_code vector_sum_add(struct vector_sum *s, struct vector v, struct error *e) {
    if (!s->sum) {
        s->sum = memory_zero(v.n * sizeof *s->sum);
        if (!s->sum)
            return error_no_memory(e);
        s->dim = v.n;
    }
    if (v.n != s->dim)
        return error_set(e, BAD_DATA, "vectors of %zu and %zu numbers", s->dim, v.n);
    for (size_t i = 0; i < v.n; i++)
        s->sum[i] += (double)vector_item(v, i);
    s->n++;
    return OK;
}

enum error_code vector_sum_average(const struct vector_sum *s, struct buf *out, struct error *e) {
    enum error_code code = OK;
    for (size_t i = 0; !code && i < s->dim; i++) {
        float x = (float)(s->sum[i] / (double)s->n);
        code = buf_add(out, &x, sizeof x, e);
    }
    return code;
}

void vector_sum_free(struct vector_sum *s) {
    memory_free(s->sum);
    *s = (struct vector_sum){0};
}

/* ---- many ---- */

static enum error_code vector_matrix_room(struct vector_matrix *m, struct error *e) {
    if (m->n < m->cap)
        return OK;
    if (m->n >= VECTOR_ROWS_MAX)
        return error_set(e, BAD_DATA, "more than %d vectors", VECTOR_ROWS_MAX);
    size_t cap = m->cap ? m->cap + m->cap / 2 : VECTOR_ROWS_FIRST;
    int64_t *id = memory_resize(m->id, cap * sizeof *id);
    if (!id)
        return error_no_memory(e);
    m->id = id;
    float *row = memory_resize(m->row, cap * m->dim * sizeof *row);
    if (!row)
        return error_no_memory(e);
    m->row = row;
    m->cap = cap;
    return OK;
}

enum error_code vector_fits(struct vector v, size_t dim, struct error *e) {
    if (v.n != dim)
        return error_set(e, BAD_DATA, "a vector of %zu numbers where there are %zu", v.n, dim);
    for (size_t i = 0; i < v.n; i++)
        if (!isfinite(vector_item(v, i)))
            return error_set(e, BAD_DATA, "number %zu of a vector is not finite", i + 1);
    return OK;
}

/* The length in doubles: the greatest float32 squared is no float32. */
static void vector_unit(struct vector v, float *to) {
    double square = 0;
    for (size_t i = 0; i < v.n; i++)
        square += (double)vector_item(v, i) * (double)vector_item(v, i);
    double scale = square > 0 ? 1 / sqrt(square) : 0;
    for (size_t i = 0; i < v.n; i++)
        to[i] = (float)((double)vector_item(v, i) * scale);
}

enum error_code vector_matrix_add(struct vector_matrix *m, int64_t id, struct vector v,
                                  struct error *e) {
    enum error_code code = vector_fits(v, m->dim, e);
    if (!code)
        code = vector_matrix_room(m, e);
    if (code)
        return code;
    vector_unit(v, m->row + m->n * m->dim);
    m->id[m->n++] = id;
    return OK;
}

void vector_matrix_free(struct vector_matrix *m) {
    memory_free(m->row);
    memory_free(m->id);
    *m = (struct vector_matrix){.dim = m->dim};
}

/* Whether a is behind b among the nearest. */
static bool vector_behind(struct neighbour a, struct neighbour b) {
    return a.similarity != b.similarity ? a.similarity < b.similarity : a.id > b.id;
}

static int vector_compare(const void *a, const void *b) {
    const struct neighbour *x = a, *y = b;
    return vector_behind(*y, *x) ? -1 : vector_behind(*x, *y);
}

/* Puts x in the place of the worst. */
static void vector_sink(struct neighbour *heap, size_t n, struct neighbour x) {
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && vector_behind(heap[child + 1], heap[child]))
            child++;
        if (!vector_behind(heap[child], x))
            break;
        heap[at] = heap[child];
    }
    heap[at] = x;
}

static void vector_rise(struct neighbour *heap, size_t at, struct neighbour x) {
    for (; at && vector_behind(x, heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = x;
}

enum error_code vector_nearest(const struct vector_matrix *m, struct vector query, size_t k,
                               struct neighbour *near, size_t *found, const struct poll *poll,
                               struct error *e) {
    const struct vector_path *path = vector_path();
    float lane[VECTOR_LANES];
    *found = 0;
    enum error_code code = vector_fits(query, m->dim, e);
    float *unit = code ? NULL : memory_alloc(m->dim * sizeof *unit);
    if (code)
        return code;
    if (!unit)
        return error_no_memory(e);
    vector_unit(query, unit);
    for (size_t i = 0; !code && k && i < m->n; i++) {
        path->dot((const uint8_t *)(m->row + i * m->dim), (const uint8_t *)unit, m->dim, lane);
        struct neighbour x = {vector_total(lane), m->id[i]};
        if (*found < k)
            vector_rise(near, (*found)++, x);
        else if (vector_behind(near[0], x))
            vector_sink(near, k, x);
        if (i % VECTOR_POLL_ROWS == 0)
            code = poll_check(poll, e);
    }
    memory_free(unit);
    sort_items(near, *found, sizeof *near, vector_compare);
    return code;
}
