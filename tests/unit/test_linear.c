/* test_linear.c - linear models: learnt, written, read, refused. */
#include "../../ext/learn/classifier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct error e;

static const struct {
    const char *text, *label;
} lessons[] = {
    {"胃疼吃什么药", "药"},     {"咳嗽吃什么药好", "药"},     {"头痛可以吃止痛药吗", "药"},
    {"感冒用什么药", "药"},     {"挂哪个科", "科"},           {"头晕看什么科", "科"},
    {"皮疹应该去哪个科", "科"}, {"耳鸣挂什么科室", "科"},     {"手术要多少钱", "费"},
    {"住院一天多少钱", "费"},   {"做胃镜需要多少费用", "费"}, {"种牙价格贵不贵", "费"},
};

enum { LESSONS = sizeof lessons / sizeof *lessons };

static struct buf learn(size_t from, size_t to, const struct poll *poll, enum error_code expected) {
    struct linear_trainer t = {.options = classifier_options};
    struct classifier *c = calloc(1, sizeof *c);
    struct buf out = {0};
    for (size_t i = from; i < to; i++) {
        assert_int_equal(classifier_read(c, span_text(lessons[i].text), &e), OK);
        assert_int_equal(
            linear_train_add(&t, &c->bag, span_text(lessons[i].label), LINEAR_LEARN, &e), OK);
    }
    assert_int_equal(linear_train_finish(&t, poll, &out, &e), expected);
    linear_train_free(&t);
    classifier_free(c);
    free(c);
    return out;
}

static void expect(const struct linear *m, const char *text, const char *label) {
    struct classifier *c = calloc(1, sizeof *c);
    struct span got;
    assert_int_equal(classifier_label(c, m, span_text(text), &got, &e), OK);
    if (!span_is(got, label))
        fail_msg("%s is %.*s, not %s", text, (int)got.n, (const char *)got.p, label);
    classifier_free(c);
    free(c);
}

static void labels(void **state) {
    (void)state;
    struct linear m;
    struct buf out = learn(0, LESSONS, NULL, OK);
    assert_int_equal(linear_open(&m, buf_span(&out), LINEAR_CLASSIFIER, &e), OK);
    for (size_t i = 0; i < LESSONS; i++)
        expect(&m, lessons[i].text, lessons[i].label);
    expect(&m, "发烧吃什么药", "药");
    expect(&m, "腰疼挂什么科", "科");
    expect(&m, "拔牙多少钱？", "费");
    expect(&m, "拔牙多少钱?", "费"); /* normalised */

    buf_free(&out);
}

/* Bytes that are no characters, and no text: some label, always the same. */
static void any_bytes(void **state) {
    (void)state;
    struct linear m;
    struct buf out = learn(0, LESSONS, NULL, OK);
    struct classifier *c = calloc(1, sizeof *c);
    struct span once, again;
    assert_int_equal(linear_open(&m, buf_span(&out), LINEAR_CLASSIFIER, &e), OK);
    static const char *const texts[] = {"", "\xFF\xFE", "\xE8\x83", "zz"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(classifier_label(c, &m, span_text(texts[i]), &once, &e), OK);
        assert_int_equal(classifier_label(c, &m, span_text(texts[i]), &again, &e), OK);
        assert_true(once.p == again.p && once.n == again.n);
    }
    classifier_free(c);
    free(c);
    buf_free(&out);
}

static void two_labels(void **state) {
    (void)state;
    struct linear m;
    struct buf out = learn(0, 8, NULL, OK);
    assert_int_equal(linear_open(&m, buf_span(&out), LINEAR_CLASSIFIER, &e), OK);
    assert_int_equal(m.n_rows, 1);
    expect(&m, "胃疼吃什么药", "药");
    expect(&m, "头晕看什么科", "科");
    assert_int_equal(linear_open(&m, buf_span(&out), LINEAR_PAIRS, &e), BAD_FILE);
    buf_free(&out);
}

static void repeatable(void **state) {
    (void)state;
    struct buf a = learn(0, LESSONS, NULL, OK), b = learn(0, LESSONS, NULL, OK);
    assert_true(span_same(buf_span(&a), buf_span(&b)));
    buf_free(&a);
    buf_free(&b);
}

static bool stop(void *context) {
    (void)context;
    return true;
}

static void refused(void **state) {
    (void)state;
    const struct poll poll = {stop, NULL};
    struct buf out = learn(0, 4, NULL, BAD_DATA); /* one label */
    buf_free(&out);
    out = learn(0, 0, NULL, BAD_DATA);
    buf_free(&out);
    out = learn(0, LESSONS, &poll, INTERRUPTED);
    buf_free(&out);
}

/* Each byte changed, each length cut: refused, or (the sum made right again) safe to use. */
static void hostile(void **state) {
    (void)state;
    struct buf out = learn(0, LESSONS, NULL, OK);
    struct linear m;
    for (size_t n = 0; n < out.n; n++) {
        uint8_t *cut = malloc(n + 1);
        memcpy(cut, out.p, n);
        assert_int_equal(linear_open(&m, span_of(cut, n), LINEAR_CLASSIFIER, &e), BAD_FILE);
        free(cut);
    }
    for (size_t i = 0; i < out.n; i++) {
        out.p[i] ^= 0x41;
        assert_int_equal(linear_open(&m, buf_span(&out), LINEAR_CLASSIFIER, &e), BAD_FILE);
        out.p[i] ^= 0x41;
    }
    assert_int_equal(linear_open(&m, buf_span(&out), LINEAR_CLASSIFIER, &e), OK);
    buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels),     cmocka_unit_test(any_bytes), cmocka_unit_test(two_labels),
        cmocka_unit_test(repeatable), cmocka_unit_test(refused),   cmocka_unit_test(hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
