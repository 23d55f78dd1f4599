/* test_lexicon.c - the tables of the language models: pairs, tries, lexicons; numbers and arrays.
 */
#include "../../ext/words/decimal.h"
#include "../../ext/words/lexicon.h"
#include "../../ext/words/npy.h"
#include "../../ext/words/python_text.h"
#include "../../ext/words/trie.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_pairs(void **state) {
    (void)state;
    struct pairs p = {0};
    assert_int_equal(pairs_find(&p, 1, 2), 0);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(pairs_put(&p, i % 71, i / 71, i + 1, NULL), OK);
    assert_int_equal(pairs_put(&p, 3, 4, 99999, NULL), OK);
    assert_int_equal(p.count, 5000);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(pairs_find(&p, i % 71, i / 71),
                         i % 71 == 3 && i / 71 == 4 ? 99999 : i + 1);
    assert_int_equal(pairs_find(&p, 71, 0), 0);
    assert_int_equal(pairs_find(&p, 0, 71), 0);
    pairs_free(&p);
}

/* Pairs that all want one place: found by turning the mixing of pairs_home back. */
static uint64_t inverse(uint64_t odd) {
    uint64_t x = odd;
    for (int i = 0; i < 6; i++)
        x *= 2 - odd * x;
    return x;
}

static void test_pairs_made_to_collide(void **state) {
    (void)state;
    struct pairs p = {0};
    struct error e = {0};
    enum error_code code = OK;
    uint32_t i = 0;
    for (; !code && i < 5000; i++) {
        uint64_t x = inverse(0xBF58476D1CE4E5B9u) * (i + 1);
        x = (x ^ x >> 29 ^ x >> 58) * inverse(0x9E3779B97F4A7C15u);
        x ^= x >> 32;
        code = pairs_put(&p, (uint32_t)(x >> 32), (uint32_t)x, 1, &e);
    }
    assert_int_equal(code, BAD_FILE);
    assert_int_equal(i, PAIRS_PROBES_MAX + 1);
    assert_non_null(strstr(e.text, "collide"));
    pairs_free(&p);
}

static void test_trie(void **state) {
    (void)state;
    static const uint32_t word[] = {'x', 'y', 'z', 'q'};
    struct trie t = {0};
    uint32_t xy, xyz, again, x;
    assert_int_equal(trie_put(&t, word, 2, &xy, NULL), OK);
    assert_int_equal(trie_put(&t, word, 3, &xyz, NULL), OK);
    assert_int_equal(trie_put(&t, word, 2, &again, NULL), OK);
    assert_int_equal(again, xy);
    t.value[xy] = 5;
    x = trie_step(&t, 0, 'x');
    assert_int_not_equal(x, 0);
    assert_int_equal(trie_step(&t, x, 'y'), xy);
    assert_int_equal(trie_step(&t, xy, 'z'), xyz);
    assert_int_equal(trie_step(&t, xyz, 'q'), 0);
    assert_int_equal(trie_step(&t, 0, 'y'), 0);
    assert_int_equal(t.value[x] + t.value[xyz], 0);
    assert_int_equal(t.count, 4);
    trie_free(&t);
}

static void test_lexicon(void **state) {
    (void)state;
    struct lexicon l = {0};
    char name[32];
    uint32_t number = 7;
    assert_false(lexicon_find(&l, span_text(""), &number));
    for (uint32_t i = 0; i < 3000; i++) {
        int n = snprintf(name, sizeof name, "%.*s%u", (int)(i % 20), "xxxxxxxxxxxxxxxxxxxx", i);
        assert_int_equal(lexicon_put(&l, span_of(name, (size_t)n), i, NULL), OK);
    }
    assert_int_equal(lexicon_put(&l, span_text(""), 1, NULL), OK);
    assert_int_equal(lexicon_put(&l, span_text("0"), 4711, NULL), OK);
    assert_int_equal(l.count, 3001);
    for (uint32_t i = 1; i < 3000; i++) {
        int n = snprintf(name, sizeof name, "%.*s%u", (int)(i % 20), "xxxxxxxxxxxxxxxxxxxx", i);
        assert_true(lexicon_find(&l, span_of(name, (size_t)n), &number));
        assert_int_equal(number, i);
    }
    assert_true(lexicon_find(&l, span_text("0"), &number));
    assert_int_equal(number, 4711);
    assert_true(lexicon_find(&l, span_text(""), NULL));
    assert_false(lexicon_find(&l, span_text("x"), &number));
    lexicon_free(&l);
}

static void test_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool good;
        double value;
    } tests[] = {
        {"-3.6544978750449433", true, -3.6544978750449433},
        {"-3.14e+100", true, -3.14e+100},
        {"0", true, 0},
        {"+.5", true, 0.5},
        {"7.", true, 7},
        {"1E-3", true, 1e-3},
        {"", false, 0},
        {".", false, 0},
        {"-", false, 0},
        {"1e", false, 0},
        {"1,5", false, 0},
        {"nan", false, 0},
        {"inf", false, 0},
        {"0x10", false, 0},
        {"1e999", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1_0", false, 0},
    };
    int64_t i = 0;
    setlocale(LC_ALL, "de_DE.UTF-8");
    for (size_t k = 0; k < sizeof tests / sizeof *tests; k++) {
        double x = 0;
        assert_int_equal(decimal_real(span_text(tests[k].text), &x), tests[k].good);
        assert_true(!tests[k].good || x == tests[k].value);
    }
    assert_true(decimal_whole(span_text("999999999999999999"), &i) && i == 999999999999999999);
    assert_false(decimal_whole(span_text("1999999999999999999"), &i));
    assert_false(decimal_whole(span_text(""), &i));
    assert_false(decimal_whole(span_text("-1"), &i));
}

static void test_python_text(void **state) {
    (void)state;
    struct span s =
        python_text_strip(span_text("\x1c \xC2\xA0\xE3\x80\x80 hb \xE2\x80\xA8\xC2\x85"));
    assert_true(span_is(s, "hb"));
    assert_true(span_is(python_text_strip(span_text("\xE2\x80\x8Bx\xEF\xBB\xBF")),
                        "\xE2\x80\x8Bx\xEF\xBB\xBF"));
    assert_true(span_is(python_text_strip(span_text(" \xE3\x80\x80")), ""));
    assert_true(span_is(python_text_strip_bytes(span_text("\v\xC2\xA0 ")), "\xC2\xA0"));
    static const char *const lines[] = {"a", "b", "", "c", "", "d"};
    struct span text = span_text("a\nb\r\n\nc\r\rd"), line;
    size_t at = 0, n = 0;
    for (; python_text_line(text, &at, &line); n++)
        assert_true(n < 6 && span_is(line, lines[n]));
    assert_int_equal(n, 6);
}

/* A .npy file of 'header' with 'bytes' zero bytes behind it. */
static enum error_code npy_try(int version, const char *header, size_t bytes, struct error *e) {
    uint8_t file[512] = "\x93NUMPY";
    size_t n = strlen(header), at = version == 1 ? 10 : 12;
    file[6] = (uint8_t)version;
    file[8] = (uint8_t)n;
    memcpy(file + at, header, n);
    struct npy a;
    enum error_code code = npy_read(span_of(file, at + n + bytes), &a, e);
    if (!code)
        assert_int_equal(a.count * a.size, bytes);
    return code;
}

static void test_npy(void **state) {
    (void)state;
    static const struct {
        int version;
        const char *header;
        size_t bytes;
        bool good;
    } tests[] = {
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", 24, true},
        {2, "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }\n", 16, true},
        {3, "{'shape': (2L,), 'fortran_order': False, 'descr': '<i4'}", 8, true},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (0,), }", 0, true},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", 23, false},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", 25, false},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999,), }", 8, false},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693953,), }", 8,
         false},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }", 8, false},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 8, false},
        {1, "{'descr': '<f8', 'fortran_order': True, 'shape': (1,), }", 8, false},
        {1, "{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }", 8, false},
        {1, "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8, false},
        {1, "{'fortran_order': False, 'shape': (1,), }", 8, false},
        {4, "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8, false},
        {1, "", 0, false},
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        assert_int_equal(npy_try(tests[i].version, tests[i].header, tests[i].bytes, NULL),
                         tests[i].good ? OK : BAD_FILE);
    static const char cut[] = "\x93NUMPY\1\0\xFF\xFF{'descr'";
    struct npy a;
    for (size_t n = 0; n < sizeof cut; n++)
        assert_int_equal(npy_read(span_of(cut, n), &a, NULL), BAD_FILE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),   cmocka_unit_test(test_pairs_made_to_collide),
        cmocka_unit_test(test_trie),    cmocka_unit_test(test_lexicon),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_python_text),
        cmocka_unit_test(test_npy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
