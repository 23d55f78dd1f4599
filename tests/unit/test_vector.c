/* test_vector.c - vectors against plain sums in doubles, both ways bit by bit, nearest ones against
 * a full sort. */
#include "../../ext/base/cpu.h"
#include "../../ext/base/memory.h"
#include "../../ext/match/vector_paths.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

enum { MOST = 131, ROWS = 300, DIM = 7 };

static uint32_t random_state = 1;

static float random_number(void) {
    random_state = random_state * 1664525u + 1013904223u;
    return (float)(int32_t)random_state / 1e9F;
}

static struct vector vector_of(const float *x, size_t n) {
    return (struct vector){(const uint8_t *)x, n};
}

/* At odd addresses and of every length, the two ways give the same bits, near the true sums. */
static void vector_both_ways(void **state) {
    (void)state;
    float x[MOST], y[MOST], p[VECTOR_LANES], q[VECTOR_LANES];
    uint8_t a[sizeof x + 1], b[sizeof y + 3];
    for (size_t n = 1; n <= MOST; n++) {
        double dot = 0, square = 0, xx = 0, yy = 0, most = 0;
        for (size_t i = 0; i < n; i++) {
            x[i] = random_number();
            y[i] = random_number();
            dot += (double)x[i] * (double)y[i];
            most += fabs((double)x[i] * (double)y[i]);
            xx += (double)x[i] * (double)x[i];
            yy += (double)y[i] * (double)y[i];
            square += ((double)x[i] - (double)y[i]) * ((double)x[i] - (double)y[i]);
        }
        memcpy(a + 1, x, n * sizeof *x);
        memcpy(b + 3, y, n * sizeof *y);
        struct vector v = {a + 1, n}, w = {b + 3, n};
        assert_true(fabs(vector_dot(v, w) - dot) <= 1e-6 * most);
        assert_true(fabs(vector_l2(v, w) - sqrt(square)) <= 1e-6 * sqrt(square));
        assert_true(fabs(vector_cosine(v, w) - dot / sqrt(xx * yy)) <= 2e-6);
        if (!cpu_avx2())
            continue;
        struct vector_sums s, t;
        vector_portable.dot(v.p, w.p, n, p);
        vector_avx2.dot(v.p, w.p, n, q);
        assert_memory_equal(p, q, sizeof p);
        vector_portable.l2(v.p, w.p, n, p);
        vector_avx2.l2(v.p, w.p, n, q);
        assert_memory_equal(p, q, sizeof p);
        vector_portable.cosine(v.p, w.p, n, &s);
        vector_avx2.cosine(v.p, w.p, n, &t);
        assert_memory_equal(&s, &t, sizeof s);
    }
}

static void vector_known(void **state) {
    (void)state;
    const float a[] = {3, 4}, b[] = {4, 3}, zero[] = {0, 0}, minus[] = {-3, -4};
    assert_true(vector_dot(vector_of(a, 2), vector_of(b, 2)) == 24);
    assert_true(vector_cosine(vector_of(a, 2), vector_of(b, 2)) == 24.0 / 25);
    assert_true(vector_cosine(vector_of(a, 2), vector_of(a, 2)) == 1);
    assert_true(vector_cosine(vector_of(a, 2), vector_of(minus, 2)) == -1);
    assert_true(isnan(vector_cosine(vector_of(a, 2), vector_of(zero, 2))));
    assert_true(vector_l2(vector_of(a, 2), vector_of(zero, 2)) == 5);
}

static const struct vector_text_case {
    const char *json, *back; /* back NULL: an error */
} vector_texts[] = {
    {"[1]", "[1]"},
    {" [ 1 , -0.5,2e3 ] ", "[1,-0.5,2000]"},
    {"[0.1]", "[0.1]"},
    {"[16777217]", "[16777216]"},
    {"[3.4028235e38]", "[3.4028235e+38]"},
    {"[1e-45]", "[1.4013e-45]"},
    {"[]", NULL},
    {"", NULL},
    {"[1", NULL},
    {"[1,]", NULL},
    {"[1 2]", NULL},
    {"[1]x", NULL},
    {"[\"1\"]", NULL},
    {"[null]", NULL},
    {"[nan]", NULL},
    {"[1e39]", NULL},
    {"[--1]", NULL},
    {"[[1]]", NULL},
};

static void vector_text(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof vector_texts / sizeof *vector_texts; i++) {
        const struct vector_text_case *c = &vector_texts[i];
        struct buf blob = {0}, back = {0};
        struct vector v;
        struct error e;
        enum error_code code = vector_parse(span_text(c->json), &blob, &e);
        if ((code == OK) != (c->back != NULL))
            fail_msg("%s: %s", c->json, code ? e.text : "no error");
        if (c->back) {
            assert_int_equal(vector_open(buf_span(&blob), &v, &e), OK);
            assert_int_equal(vector_write(v, &back, &e), OK);
            if (!span_is(buf_span(&back), c->back))
                fail_msg("%s is %.*s, not %s", c->json, (int)back.n, (char *)back.p, c->back);
        }
        buf_free(&blob);
        buf_free(&back);
    }
}

static void vector_forms(void **state) {
    (void)state;
    static uint8_t bytes[VECTOR_ITEM * (VECTOR_DIM_MAX + 1)];
    const float infinite[] = {1, INFINITY};
    struct buf out = {0};
    struct vector v;
    assert_int_equal(vector_open(span_of(bytes, 0), &v, NULL), BAD_DATA);
    assert_int_equal(vector_open(span_of(bytes, 7), &v, NULL), BAD_DATA);
    assert_int_equal(vector_open(span_of(bytes, sizeof bytes), &v, NULL), BAD_DATA);
    assert_int_equal(vector_open(span_of(bytes, sizeof bytes - VECTOR_ITEM), &v, NULL), OK);
    assert_int_equal(vector_fits(vector_of(infinite, 2), 2, NULL), BAD_DATA);
    assert_int_equal(vector_fits(vector_of(infinite, 1), 2, NULL), BAD_DATA);
    assert_int_equal(vector_write(vector_of(infinite, 2), &out, NULL), BAD_DATA);
    buf_free(&out);
}

static void vector_average(void **state) {
    (void)state;
    const float a[] = {1, 2}, b[] = {3, -2};
    struct vector_sum s = {0};
    struct buf out = {0};
    assert_int_equal(vector_sum_add(&s, vector_of(a, 2), NULL), OK);
    assert_int_equal(vector_sum_add(&s, vector_of(b, 2), NULL), OK);
    assert_int_equal(vector_sum_add(&s, vector_of(b, 1), NULL), BAD_DATA);
    assert_int_equal(vector_sum_average(&s, &out, NULL), OK);
    assert_memory_equal(out.p, ((const float[]){2, 0}), sizeof a);
    vector_sum_free(&s);
    buf_free(&out);
}

static int compare_near(const void *a, const void *b) {
    const struct neighbour *x = a, *y = b;
    if (x->similarity != y->similarity)
        return x->similarity > y->similarity ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Rows come in an order that is not their ids'; every third is a copy, every tenth is zero. */
static void vector_fill(struct vector_matrix *m, float row[DIM]) {
    for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < DIM && i % 3; j++)
            row[j] = i % 10 ? random_number() : 0;
        assert_int_equal(vector_matrix_add(m, (i * 7) % ROWS, vector_of(row, DIM), NULL), OK);
    }
}

static void vector_near(void **state) {
    (void)state;
    struct vector_matrix m = {.dim = DIM};
    struct neighbour all[ROWS], near[ROWS + 1];
    float row[DIM] = {1}, query[DIM];
    size_t found;
    vector_fill(&m, row);
    for (int j = 0; j < DIM; j++)
        query[j] = random_number();
    assert_int_equal(vector_nearest(&m, vector_of(query, DIM), ROWS + 1, all, &found, NULL, NULL),
                     OK);
    assert_int_equal(found, ROWS);
    for (int i = 1; i < ROWS; i++)
        assert_true(compare_near(&all[i - 1], &all[i]) < 0);
    for (size_t k = 0; k <= ROWS; k += 37) {
        assert_int_equal(vector_nearest(&m, vector_of(query, DIM), k, near, &found, NULL, NULL),
                         OK);
        assert_int_equal(found, k);
        assert_memory_equal(near, all, k * sizeof *near);
    }
    assert_int_equal(vector_nearest(&m, vector_of(query, 1), 1, near, &found, NULL, NULL),
                     BAD_DATA);
    vector_matrix_free(&m);
}

static bool stop(void *context) {
    (void)context;
    return true;
}

static void vector_stops(void **state) {
    (void)state;
    struct vector_matrix m = {.dim = 1};
    const float one = 1;
    struct neighbour near;
    size_t found;
    struct poll poll = {stop, NULL};
    assert_int_equal(vector_matrix_add(&m, 1, vector_of(&one, 1), NULL), OK);
    assert_int_equal(vector_nearest(&m, vector_of(&one, 1), 1, &near, &found, &poll, NULL),
                     INTERRUPTED);
    vector_matrix_free(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vector_both_ways), cmocka_unit_test(vector_known),
        cmocka_unit_test(vector_text),      cmocka_unit_test(vector_forms),
        cmocka_unit_test(vector_average),   cmocka_unit_test(vector_near),
        cmocka_unit_test(vector_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
