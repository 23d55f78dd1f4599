/* Decimal text to float32, beside strtof: a test runs in the C locale. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/base/float_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The text in memory of its own, so that AddressSanitizer sees what is read too far. */
static size_t read_alone(const char *z, float *out) {
    size_t n = strlen(z);
    uint8_t *alone = malloc(n ? n : 1);
    memcpy(alone, z, n);
    size_t end = float_text(span_of(alone, n), out);
    free(alone);
    return end;
}

static void same_as_strtof(const char *z) {
    float got = 0;
    char *end;
    size_t n = read_alone(z, &got);
    float want = strtof(z, &end);
    if (n != (size_t)(end - z) || (n && memcmp(&got, &want, sizeof got) != 0))
        fail_msg("'%s': %a up to %zu, not %a up to %zu", z, (double)got, n, (double)want,
                 (size_t)(end - z));
}

static void shapes(void **state) {
    static const char *const texts[] = {
        "0",
        "-0",
        "+1",
        "1.",
        ".5",
        "-.5",
        "00012.50",
        "1e3",
        "1E-3",
        "1e+3",
        "12 ",
        "12\t3",
        "1.5e",
        "1.5e+",
        "1.5e-x",
        "1.2.3",
        "e5",
        ".",
        "-",
        "+",
        "",
        ".e1",
        "- 1",

        "1,5",
        "inf",
        "-INF",
        "infinity",
        "+Infinit",
        "nan",
        "-NaN",
        "in",
        "na",
        "i",
        "0.025016785",
        "-5.605193857299268e-45",
        "123456789012345678901234567890",
        "0.000000000000000000000000000000000000000000000000000000012345678901234567890e50",
        "1000000000000000000000000000000000000000000000000000000000000000000000e-40"};
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        same_as_strtof(texts[i]);
}

/* Half way between two floats, and what is a hair beside it. */
static void halves(void **state) {
    static const char *const texts[] = {"16777217",
                                        "16777219",
                                        "16777217.0000000000000000000000000000000000000000001",
                                        "16777216.9999999999999999999999999999999999999999999",
                                        "33554434",
                                        "33554438",
                                        "1.00000005960464477539062500",
                                        "1.00000005960464477539062499",
                                        "1.00000005960464477539062501",
                                        "1.000000178813934326171875"};
    char z[400];
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        same_as_strtof(texts[i]);
    for (uint32_t bits = 1; bits < 0x7F7FFFFF; bits += 7919 * 97) {
        float low;
        memcpy(&low, &bits, sizeof low);
        double half = ((double)low + nextafterf(low, INFINITY)) / 2;
        snprintf(z, sizeof z, "%.125e", half);
        same_as_strtof(z);
        *(strchr(z, 'e') - 1) = '1';
        same_as_strtof(z);
        snprintf(z, sizeof z, "%.17g", nextafter(half, 0));
        same_as_strtof(z);
        snprintf(z, sizeof z, "-%.17g", nextafter(half, INFINITY));
        same_as_strtof(z);
    }
}

/* Where floats end: the largest, infinity, the smallest, those below the normal ones, zero. */
static void ends(void **state) {
    static const char *const texts[] = {"3.4028234663852886e38",
                                        "3.4028235677973365e38",
                                        "3.4028235677973367e38",
                                        "340282356779733661637539395458142568447",
                                        "340282356779733661637539395458142568448",
                                        "1e38",
                                        "1e39",
                                        "-1e40",
                                        "1e999999999999999999999",
                                        "9e-999999999999999999999",
                                        "1.1754943508222875e-38",
                                        "1.1754942807573643e-38",
                                        "1.401298464324817e-45",
                                        "1e-45",
                                        "7.006492321624085e-46",
                                        "7.0064923216240853e-46",
                                        "7.0064923216240854e-46",
                                        "1e-46",
                                        "0e99999999999",
                                        "0.0e-99999999999",
                                        "4.70197740328915e-38",
                                        "2.1019476964872256e-45"};
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        same_as_strtof(texts[i]);
}

static uint64_t random_next(uint64_t *x) {
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

static void random_texts(void **state) {
    uint64_t x = 88172645463325252u;
    char z[100];
    (void)state;
    for (int i = 0; i < 200000; i++) {
        uint32_t bits = (uint32_t)random_next(&x);
        uint64_t wide = random_next(&x);
        double d;
        float f;
        memcpy(&f, &bits, sizeof f);
        memcpy(&d, &wide, sizeof d);
        snprintf(z, sizeof z, "%.*g", (int)(wide % 20) + 1, (double)f);
        same_as_strtof(z);
        snprintf(z, sizeof z, "%.*g", (int)(bits % 20) + 1, d);
        same_as_strtof(z);
        snprintf(z, sizeof z, "%.6f", (double)(int32_t)bits / 1e9);
        same_as_strtof(z);
        snprintf(z, sizeof z, "%llu.%ue%d", (unsigned long long)wide, bits, (int)(bits % 90) - 60);
        same_as_strtof(z);
    }
}

static void a_long_text_is_read_once(void **state) {
    enum { DIGITS = 1000000 };
    char *z = malloc(DIGITS + 40);
    float f;
    (void)state;
    memset(z, '0', DIGITS);
    memcpy(z, "0.", 2);
    strcpy(z + DIGITS, "125e1000000");
    assert_int_equal(read_alone(z, &f), DIGITS + 11);
    assert_true(f == 12.5F);
    memset(z, '9', DIGITS);
    strcpy(z + DIGITS, "e-1000000");
    assert_int_equal(read_alone(z, &f), DIGITS + 9);
    assert_true(f == 1.0F);
    free(z);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes),
        cmocka_unit_test(halves),
        cmocka_unit_test(ends),
        cmocka_unit_test(random_texts),
        cmocka_unit_test(a_long_text_is_read_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
