/* test_bytes.c - counting and finding bytes: every way gives what a plain loop gives, at every
 * length and offset, for every byte value, and reads nothing beyond the span. */
#include "../../ext/base/bytes.h"
#include "../../ext/base/bytes_paths.h"
#include "../../ext/base/cpu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

enum { LENGTH_MAX = 200, ROUNDS = 4000, LONG = 300000 };

static uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* A block of exactly n bytes, so that a sanitizer sees the first one read beyond. */
static uint8_t *make(size_t n, uint8_t fill) {
    uint8_t *p = malloc(n ? n : 1);
    assert_non_null(p);
    memset(p, fill, n ? n : 1);
    return p;
}

static size_t plain_count(struct span s, uint8_t c) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

static size_t plain_first(struct span s, size_t from, uint8_t a, uint8_t b, uint8_t below) {
    for (size_t i = from; i < s.n; i++)
        if (s.p[i] == a || s.p[i] == b || s.p[i] < below)
            return i;
    return s.n;
}

static void check_count(struct span s, uint8_t c) {
    size_t expected = plain_count(s, c);
    assert_int_equal(bytes_count(s, c), expected);
    assert_int_equal(bytes_count_portable(s, c), expected);
    if (cpu_avx2())
        assert_int_equal(bytes_count_avx2(s, c), expected);
}

static void check_first(struct span s, size_t from, uint8_t a, uint8_t b, uint8_t below) {
    size_t expected = plain_first(s, from, a, b, below);
    assert_int_equal(bytes_first_portable(s, from, a, b, below), expected);
    if (cpu_avx2())
        assert_int_equal(bytes_first_avx2(s, from, a, b, below), expected);
}

static void test_examples(void **state) {
    (void)state;
    struct span s = span_text("{\"key\": \"a\\nb, c\"}\n");
    assert_int_equal(bytes_count(s, '"'), 4);
    assert_int_equal(bytes_count(s, 'x'), 0);
    assert_int_equal(bytes_find2(s, 0, ',', '}'), 13);
    assert_int_equal(bytes_find2(s, 14, ',', '}'), 17);
    assert_int_equal(bytes_find2(s, 18, ',', '}'), s.n);
    assert_int_equal(bytes_find2(s, 0, '{', '{'), 0);
    assert_int_equal(bytes_string_end(s, 2), 5);
    assert_int_equal(bytes_string_end(s, 9), 10);
    assert_int_equal(bytes_string_end(s, 11), 16);
    assert_int_equal(bytes_string_end(s, 17), 18);
    assert_int_equal(bytes_string_end(s, s.n), s.n);
    assert_int_equal(bytes_string_end(s, s.n + 9), s.n);
    assert_int_equal(bytes_string_near(s, s.n + 9), s.n);
    assert_int_equal(bytes_find2((struct span){NULL, 0}, 0, 0, 0), 0);
    assert_int_equal(bytes_count((struct span){NULL, 0}, 0), 0);
}

/* One hit at every place of every length, looked for from every offset. */
static void test_places(void **state) {
    (void)state;
    static const uint8_t hits[] = {'"', '\\', 0x00, 0x1F};
    for (size_t n = 0; n <= 80; n++) {
        uint8_t *p = make(n, 0x20);
        for (size_t at = 0; at <= n; at++) {
            uint8_t hit = hits[(n + at) % sizeof hits];
            if (at < n)
                p[at] = hit;
            for (size_t from = 0; from <= n; from++) {
                struct span s = span_of(p, n);
                size_t expected = at >= from ? at : n;
                assert_int_equal(bytes_string_end(s, from), expected);
                assert_int_equal(bytes_string_near(s, from), expected);
                assert_int_equal(bytes_find2(s, from, hit, 0x7F), expected);
                assert_int_equal(bytes_find2(s, from, 0xFF, hit), expected);
                check_first(s, from, '"', '\\', 0x20);
            }
            check_count(span_of(p, n), hit);
            if (at < n)
                p[at] = 0x20;
        }
        free(p);
    }
}

/* Which of the 256 values end a string, and which does a value find: itself and nothing else. */
static void test_values(void **state) {
    (void)state;
    for (unsigned value = 0; value < 256; value++) {
        uint8_t text[64];
        memset(text, value, sizeof text);
        struct span s = span_of(text, sizeof text);
        bool ends = value == '"' || value == '\\' || value < 0x20;
        assert_int_equal(bytes_string_end(s, 3), ends ? 3 : sizeof text);
        for (unsigned c = 0; c < 256; c++) {
            check_count(s, (uint8_t)c);
            check_first(s, 1, (uint8_t)c, (uint8_t)(c ^ 0x80), 0);
            check_first(s, 33, (uint8_t)c, (uint8_t)c, (uint8_t)(c % 0x81));
        }
    }
}

static void test_random(void **state) {
    (void)state;
    static const uint8_t few[] = {'"', '\\', 0x1F, 0x20, 0x21, 0xA2, 0xDC, 0x80, 0xFF, 'a'};
    uint32_t random = 20240607;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t n = next_random(&random) % (LENGTH_MAX + 1);
        uint8_t *p = make(n, 'x');
        for (size_t i = 0; i < n; i++)
            if (next_random(&random) % 16 == 0)
                p[i] = round % 2 ? few[next_random(&random) % sizeof few]
                                 : (uint8_t)next_random(&random);
        struct span s = span_of(p, n);
        for (size_t i = 0; i < sizeof few; i++) {
            uint8_t a = few[i], b = few[next_random(&random) % sizeof few];
            check_count(s, a);
            check_first(s, next_random(&random) % (n + 2), a, b, 0);
            check_first(s, next_random(&random) % (n + 2), a, b, 0x20);
        }
        free(p);
    }
}

/* More of them in a row than one byte can count. */
static void test_long(void **state) {
    (void)state;
    uint8_t *p = make(LONG, '\n');
    for (size_t n = LONG; n > LONG - 70; n--) {
        assert_int_equal(bytes_count(span_of(p, n), '\n'), n);
        assert_int_equal(bytes_count_portable(span_of(p, n), '\n'), n);
        assert_int_equal(bytes_find2(span_of(p, n), n % 40, 'a', 'b'), n);
    }
    free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples), cmocka_unit_test(test_places),
        cmocka_unit_test(test_values),   cmocka_unit_test(test_random),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
