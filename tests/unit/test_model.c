/* test_model.c - models that are what they should be, and hostile ones. */
#include "../../ext/base/memory.h"
#include "../../ext/words/feature.h"
#include "../../ext/words/segment.h"
#include "../../ext/words/train.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct buf test_train(const struct model *base, bool whole) {
    struct train *t;
    struct buf out = {0};
    struct train_options options = {.base = base, .whole = whole, .epochs = 4};
    assert_int_equal(train_new(&t, &options, NULL), OK);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(train_add(t, span_text("患者 血压 高 ，\n血压 不 高"), NULL), OK);
        assert_int_equal(train_add(t, span_text("患者 头晕 。"), NULL), OK);
    }
    assert_int_equal(train_finish(t, &out, NULL), OK);
    train_free(t);
    return out;
}

static enum error_code test_try(const struct buf *b, const struct model *base, struct error *e) {
    struct model m;
    enum error_code code = model_open(&m, buf_span(b), base, e);
    if (!code)
        model_close(&m);
    return code;
}

static void test_opens(void **unused) {
    (void)unused;
    struct buf b = test_train(NULL, false);
    struct model m;
    struct segment *s;
    struct buf out = {0};
    assert_true(model_is(buf_span(&b)));
    assert_int_equal(model_open(&m, buf_span(&b), NULL, NULL), OK);
    assert_int_equal(segment_new(&s, NULL), OK);
    assert_int_equal(segment_join(s, &m, NULL, span_text("患者血压不高"), &out, NULL), OK);
    assert_true(span_is(buf_span(&out), "患者 血压 不 高"));
    assert_string_equal(segment_tag(&m, span_text("患者")), "x");
    segment_free(s);
    buf_free(&out);
    model_close(&m);
    buf_free(&b);
}

/* Any byte changed, any byte missing: refused. */
static void test_damaged(void **unused) {
    (void)unused;
    struct buf b = test_train(NULL, false);
    struct error e;
    for (size_t i = 0; i < b.n; i += i < 200 ? 1 : 997) {
        b.p[i] ^= 0x40;
        assert_int_equal(test_try(&b, NULL, &e), BAD_FILE);
        b.p[i] ^= 0x40;
    }
    size_t whole = b.n;
    for (b.n = 0; b.n < whole; b.n += b.n < 100 ? 1 : 1009)
        assert_int_equal(test_try(&b, NULL, &e), BAD_FILE);
    b.n = whole;
    assert_int_equal(test_try(&b, NULL, &e), OK);
    buf_free(&b);
}

static void test_messages(void **unused) {
    (void)unused;
    struct buf b = test_train(NULL, false);
    struct error e;
    b.p[0] ^= 1;
    test_try(&b, NULL, &e);
    assert_string_equal(e.text, "this is no segmentation model of cmed");
    b.p[0] ^= 1;
    b.p[b.n - 1] ^= 1;
    test_try(&b, NULL, &e);
    assert_string_equal(e.text, "the check sum of a segmentation model is wrong");
    b.n -= 8;
    test_try(&b, NULL, &e);
    assert_non_null(strstr(e.text, "a segmentation model of "));
    buf_free(&b);
}

/* Parts that do not fit together, with a right check sum: model_write does not judge. */
static void test_forged(void **unused) {
    (void)unused;
    enum { N = 64 };
    uint64_t slots[N] = {0};
    int16_t vectors[2 * MODEL_LANES] = {0}, weights[FEATURE_COUNT] = {0};
    uint16_t points[] = {u'血', u'压'};
    struct automaton_built grams = {slots, NULL, NULL, vectors, N, 4, 2};
    struct model_parts parts = {points, 2, NULL, &grams, weights, 0};
    static const struct {
        size_t slot;
        uint64_t value;
        enum error_code code;
    } CASES[] = {
        {0, 0, OK},
        {5, N - 5, OK}, /* base + labels, which are 4 here, is the last slot */
        {5, N - 4, BAD_FILE},
        {5, 0xFFFFFF, BAD_FILE},
        {5, (uint64_t)1 << 40, OK},
        {5, (uint64_t)2 << 40, BAD_FILE}, /* there are two vectors */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct buf out = {0};
        slots[CASES[i].slot] = CASES[i].value;
        assert_int_equal(model_write(&parts, &out, NULL), OK);
        assert_int_equal(test_try(&out, NULL, NULL), CASES[i].code);
        slots[CASES[i].slot] = 0;
        buf_free(&out);
    }
}

/* A dictionary that goes outside, and counts that are too great. */
static void test_forged_dictionary(void **unused) {
    (void)unused;
    uint64_t slots[64] = {0}, words[16] = {0};
    int16_t vectors[MODEL_LANES] = {0}, weights[FEATURE_COUNT] = {0};
    uint16_t points[CHARSET_MAX + 1] = {0};
    struct automaton_built grams = {slots, NULL, NULL, vectors, 64, 4, 1};
    struct automaton a = {words, NULL, NULL, 16, 4};
    struct model_parts parts = {points, 2, &a, &grams, weights, 0};
    struct buf out = {0};
    struct error e;
    assert_int_equal(model_write(&parts, &out, NULL), OK);
    assert_int_equal(test_try(&out, NULL, &e), OK);
    words[3] = 12;
    assert_int_equal(model_write(&parts, &out, NULL), OK);
    assert_int_equal(test_try(&out, NULL, &e), BAD_FILE);
    assert_string_equal(e.text, "a slot of an automaton points outside");
    words[3] = 0;
    parts.n_points = CHARSET_MAX + 1;
    assert_int_equal(model_write(&parts, &out, NULL), OK);
    assert_int_equal(test_try(&out, NULL, &e), BAD_FILE);
    assert_non_null(strstr(e.text, "a character set has"));
    buf_free(&out);
}

static void test_base(void **unused) {
    (void)unused;
    struct model shipped, own;
    struct error e;
    assert_int_equal(model_open(&shipped, model_shipped(), NULL, NULL), OK);
    struct buf b = test_train(&shipped, false);
    assert_true(b.n < 1000000); /* the dictionary is not in it */
    assert_int_equal(test_try(&b, NULL, &e), BAD_FILE);
    assert_string_equal(e.text, "a segmentation model was trained with another dictionary");
    assert_int_equal(model_open(&own, buf_span(&b), &shipped, &e), OK);
    assert_string_equal(segment_tag(&own, span_text("患者")), "n");
    model_close(&own);
    struct buf whole = test_train(&shipped, true);
    assert_true(whole.n > 1000000);
    assert_int_equal(test_try(&whole, NULL, &e), OK);
    model_close(&shipped);
    buf_free(&b);
    buf_free(&whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opens),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_forged),
        cmocka_unit_test(test_forged_dictionary),
        cmocka_unit_test(test_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
