/* test_normalize.c - one spelling for medical text, and the way back to the original. */
#include "../../ext/text/normalize.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

struct normalize_case {
    const char *steps, *text, *expected;
};

static const struct normalize_case normalize_cases[] = {
    {"", "", ""},
    {"all", "ＮＹＨＡ　Ⅲ级，ＢＰ１４０／９０ｍｍＨｇ", "nyha 3级,bp140/90mmhg"},
    {"all", "Ⅱ型 II型 2型 二型 ２型 ⅱ型 ＩＩ型", "2型 2型 2型 2型 2型 2型 2型"},
    {"numeral", "Ⅱ型", "2型"},
    {"numeral", "CINⅡ-Ⅲ级", "CIN2-3级"},
    {"numeral", "Ⅲb期、Ⅱa期", "3b期、2a期"},
    {"numeral", "Ⅰ、Ⅱ、Ⅲ期", "1、2、3期"},
    {"numeral", "十级 十二级 二十一级 九十九级", "10级 12级 21级 99级"},
    {"numeral", "IV期 IX型 XII型 XXXIX型", "4期 9型 12型 39型"},
    {"numeral", "MRI级 HIV期 X型腿 二百二度 几十度", "MRI级 HIV期 X型腿 二百二度 几十度"},
    {"numeral", "IIII型 VX型 IIX型 VV型", "IIII型 VX型 IIX型 VV型"},
    {"numeral", "Ⅱ导联 二月", "Ⅱ导联 二月"},
    {"numeral", "型", "型"},
    {"nfkc", "⼆型", "二型"},
    {"all", "⼆型", "2型"},
    {"zero", "a\u200bb\ufeff\u00adc\u200d", "abc"},
    {"width", "ＡＢ１（ｱ）　℃①", "AB1(ア) ℃①"},
    {"nfkc", "℃①㎎ﬁｶﾞ", "°C1mgfiガ"},
    {"nfkc", "e\u0301 \u1100\u1161\u11a8 A\u0323\u0307", "é 각 Ạ̇"},
    {"nfkc", "a\u0307\u0323", "ạ̇"},
    {"nfkc", "a\u0338\u0301\u0338\u0301", "á\u0338\u0338\u0301"},
    {"case", "ＣＴ ÀSS ẞ Σ", "ｃｔ àss ss σ"},
    {"punct", "，。；：？！（）【】「」《》、—～", ",.;:?!()[]\"\"<>,-~"},
    {"width,punct", "～“”‘’", "~\"\"''"},
    {"space", "　 a \t\r\n b　", "a b"},
    {"space", " \n", ""},
    {" case , width ", "ＣＴ", "ct"},
};

static void normalize_each_case(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof normalize_cases / sizeof *normalize_cases; i++) {
        const struct normalize_case *c = &normalize_cases[i];
        struct buf out = {0};
        struct error e = {0};
        unsigned steps = 0;
        assert_int_equal(normalize_parse(span_text(c->steps), &steps, &e), OK);
        assert_int_equal(normalize_utf8(span_text(c->text), steps, &out, &e), OK);
        assert_int_equal(buf_add_byte(&out, 0, &e), OK);
        assert_string_equal((const char *)out.p, c->expected);
        buf_free(&out);
    }
}

static void normalize_refuses_unknown_steps(void **state) {
    (void)state;
    static const char *const bad[] = {"lower", "width,", ",width", "width case", "width,,case"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error e = {0};
        unsigned steps = 0;
        assert_int_equal(normalize_parse(span_text(bad[i]), &steps, &e), BAD_USE);
    }
    struct error e = {0};
    unsigned steps = 0;
    normalize_parse(span_text("width, lower"), &steps, &e);
    assert_string_equal(e.text, "there is no step 'lower' of normalisation");
}

static void normalize_maps_back(void **state) {
    (void)state;
    struct normalized t = {0};
    struct error e = {0};
    static const uint32_t from[] = {2, 3, 4, 4, 5, 6, 7, 8, 8};
    const char *text = "　\u200bＡ　十级 é℃";
    assert_int_equal(normalize_text(&t, span_text(text), NORMALIZE_ALL, &e), OK);
    assert_int_equal(t.point.n, sizeof from / sizeof *from);
    assert_int_equal(t.from.n, t.point.n);
    assert_memory_equal(t.from.p, from, sizeof from);
    assert_int_equal(normalize_text(&t, span_text("é"), NORMALIZE_NFKC, &e), OK);
    assert_int_equal(t.point.n, 1);
    assert_int_equal(t.from.p[0], 0);
    normalize_free(&t);
}

static void normalize_takes_any_bytes(void **state) {
    (void)state;
    struct buf out = {0};
    struct error e = {0};
    struct span bad = span_of("a\xE4\xBD"
                              "b\xFF\xED\xA0\x80",
                              8);
    assert_int_equal(normalize_utf8(bad, NORMALIZE_ALL, &out, &e), OK);
    assert_true(span_is(buf_span(&out), "a\uFFFDb\uFFFD\uFFFD\uFFFD\uFFFD"));
    buf_free(&out);
}

/* What is normal stays as it is: tried on every code point, alone and between others. */
static void normalize_is_idempotent(void **state) {
    (void)state;
    struct normalized t = {0};
    struct buf once = {0}, twice = {0};
    struct error e = {0};
    for (uint32_t c = 1; c < 0x110000; c += c == 0xD7FF ? 0x801 : 1) {
        struct points p = {0};
        once.n = twice.n = 0;
        points_add(&p, 'a', &e);
        points_add(&p, c, &e);
        points_add(&p, 0x578B, &e); /* 型 */
        points_add(&p, c, &e);
        points_add(&p, 0x301, &e);
        assert_int_equal(points_encode(&p, 0, 5, &twice, &e), OK);
        assert_int_equal(normalize_utf8(buf_span(&twice), NORMALIZE_ALL, &once, &e), OK);
        assert_int_equal(normalize_text(&t, buf_span(&once), NORMALIZE_ALL, &e), OK);
        twice.n = 0;
        assert_int_equal(points_encode(&t.point, 0, t.point.n, &twice, &e), OK);
        if (!span_same(buf_span(&once), buf_span(&twice)))
            fail_msg("U+%04X changes twice", (unsigned)c);
        points_free(&p);
    }
    normalize_free(&t);
    buf_free(&once);
    buf_free(&twice);
}

/* A long run of marks must not cost the square of its length. */
static void normalize_orders_long_runs(void **state) {
    (void)state;
    enum { MARKS = 300000 };
    struct buf text = {0}, out = {0};
    struct error e = {0};
    buf_add_byte(&text, 'q', &e);
    for (int i = 0; i < MARKS; i++)
        buf_add_text(&text, i % 2 ? "\u0323" : "\u0301", &e);
    assert_int_equal(normalize_utf8(buf_span(&text), NORMALIZE_ALL, &out, &e), OK);
    assert_int_equal(out.n, text.n);
    assert_memory_equal(out.p, "q\u0323\u0323", 5);
    assert_memory_equal(out.p + out.n - 4, "\u0301\u0301", 4);
    buf_free(&text);
    buf_free(&out);
}

/* Most texts go a short way: with a character behind them that sends them the long one, they must
 * come out the same. */
static void normalize_agrees_both_ways(void **state) {
    (void)state;
    struct normalized is_short = {0}, is_long = {0};
    struct buf text = {0};
    struct error e = {0};
    for (uint32_t c = 1; c < 0x10000; c += c == 0xD7FF ? 0x801 : 1) {
        struct points p = {0};
        uint32_t points[] = {'V', c, 0x578B, 0x4E8C, c, 0x671F, c, 'I', c, 0xFF0C};
        for (size_t i = 0; i < sizeof points / sizeof *points; i++)
            points_add(&p, points[i], &e);
        text.n = 0;
        assert_int_equal(points_encode(&p, 0, p.n, &text, &e), OK);
        assert_int_equal(normalize_text(&is_short, buf_span(&text), NORMALIZE_ALL, &e), OK);
        buf_add_text(&text, "\u33A1", &e); /* m2 in one character */
        assert_int_equal(normalize_text(&is_long, buf_span(&text), NORMALIZE_ALL, &e), OK);
        size_t n = is_short.point.n;
        if (is_long.point.n != n + 2 ||
            memcmp(is_long.point.p, is_short.point.p, n * sizeof *is_short.point.p) ||
            memcmp(is_long.from.p, is_short.from.p, n * sizeof *is_short.from.p))
            fail_msg("U+%04X", (unsigned)c);
        points_free(&p);
    }
    normalize_free(&is_short);
    normalize_free(&is_long);
    buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normalize_each_case),
        cmocka_unit_test(normalize_refuses_unknown_steps),
        cmocka_unit_test(normalize_maps_back),
        cmocka_unit_test(normalize_takes_any_bytes),
        cmocka_unit_test(normalize_orders_long_runs),
        cmocka_unit_test(normalize_is_idempotent),
        cmocka_unit_test(normalize_agrees_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
