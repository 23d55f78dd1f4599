/* test_paraphrase.c - pairs: symmetric, calibrated, with what they imply. */
#include "../../ext/learn/paraphrase_train.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct error e;
static struct paraphrase *work;

static const char *const illnesses[] = {"感冒", "肺炎", "咳嗽", "哮喘", "腹泻", "头痛",
                                        "失眠", "皮疹", "贫血", "痛风", "鼻炎", "胃炎"};
static const char *const causes[] = {"%s是什么原因", "为什么会%s", "%s的病因有哪些"};
static const char *const cures[] = {"%s怎么治疗", "%s如何治", "治%s的方法"};

enum { ILLNESSES = sizeof illnesses / sizeof *illnesses };

static void give(struct paraphrase_trainer *t, const char *illness, const char *a, const char *b,
                 bool same) {
    char x[100], y[100];
    snprintf(x, sizeof x, a, illness);
    snprintf(y, sizeof y, b, illness);
    assert_int_equal(paraphrase_train_add(t, span_text(x), span_text(y), same, &e), OK);
}

static void teach(struct paraphrase_trainer *t, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        for (size_t k = 1; k < 3; k++) {
            give(t, illnesses[i], causes[0], causes[k], true);
            give(t, illnesses[i], cures[0], cures[k], true);
            give(t, illnesses[i], causes[0], cures[k], false);
            give(t, illnesses[i], cures[0], causes[k], false);
        }
}

static struct buf learnt(struct linear *m) {
    struct paraphrase_trainer t = {0};
    struct buf out = {0};
    teach(&t, 0, ILLNESSES);
    assert_int_equal(paraphrase_train_finish(&t, NULL, &out, &e), OK);
    paraphrase_train_free(&t);
    assert_int_equal(linear_open(m, buf_span(&out), LINEAR_PAIRS, &e), OK);
    return out;
}

static double same(const struct linear *m, const char *a, const char *b) {
    double there = -1, back = -1;
    assert_int_equal(paraphrase_same(work, m, span_text(a), span_text(b), &there, &e), OK);
    assert_int_equal(paraphrase_same(work, m, span_text(b), span_text(a), &back, &e), OK);
    assert_true(there >= 0 && there <= 1);
    if (fabs(there - back) > 1e-6)
        fail_msg("%s | %s: %.9f and %.9f", a, b, there, back);
    return there;
}

static void unseen(void **state) {
    (void)state;
    struct linear m;
    struct buf out = learnt(&m);
    assert_true(same(&m, "胃溃疡是什么原因", "为什么会胃溃疡") > 0.5);
    assert_true(same(&m, "胃溃疡怎么治疗", "治胃溃疡的方法") > 0.5);
    assert_true(same(&m, "胃溃疡怎么治疗", "为什么会胃溃疡") < 0.5);
    assert_true(same(&m, "胃溃疡是什么原因", "胃溃疡如何治") < 0.5);
    buf_free(&out);
}

static void symmetric(void **state) {
    (void)state;
    struct linear m;
    struct buf out = learnt(&m);
    static const char *const texts[] = {
        "",
        "?",
        "abab",
        "baba",
        "感冒咳嗽",
        "咳嗽感冒",
        "为什么会",
        "\xFF\x80",
        "Ⅱ型糖尿病",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    char wide[3 * 1000 + 1] = "";
    for (int i = 0; i < 1000; i++)
        memcpy(wide + 3 * i, i % 7 ? "癌" : "肺", 3);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        same(&m, texts[i], wide);
        for (size_t j = 0; j <= i; j++)
            same(&m, texts[i], texts[j]);
    }
    buf_free(&out);
}

static void implied(void **state) {
    (void)state;
    struct paraphrase_trainer t = {0};
    struct buf out = {0};
    /* q = x, q = y, q != z: x = y is implied, and that neither is z. */
    static const struct {
        const char *b;
        bool same;
    } given[] = {{"x", true}, {"y", true}, {"z", false}, {"z", false}};
    for (size_t i = 0; i < 4; i++)
        paraphrase_train_add(&t, span_text("q"), span_text(given[i].b), given[i].same, &e);
    assert_int_equal(paraphrase_train_finish(&t, NULL, &out, &e), OK);
    assert_int_equal(t.given.n, 4);
    assert_int_equal(t.implied[1].n, 1);
    assert_int_equal(t.implied[0].n, 2);
    paraphrase_train_free(&t);
    buf_free(&out);
}

static bool stop(void *context) {
    (void)context;
    return true;
}

static void refused(void **state) {
    (void)state;
    const struct poll poll = {stop, NULL};
    struct paraphrase_trainer t = {0};
    struct buf out = {0};
    assert_int_equal(paraphrase_train_finish(&t, NULL, &out, &e), BAD_DATA);
    paraphrase_train_free(&t);
    t = (struct paraphrase_trainer){0};
    paraphrase_train_add(&t, span_text("a"), span_text("b"), true, &e);
    assert_int_equal(paraphrase_train_finish(&t, NULL, &out, &e), BAD_DATA); /* all the same */
    paraphrase_train_add(&t, span_text("a"), span_text("c"), false, &e);
    assert_int_equal(paraphrase_train_finish(&t, &poll, &out, &e), INTERRUPTED);
    paraphrase_train_free(&t);
    buf_free(&out);
}

int main(void) {
    work = calloc(1, sizeof *work);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unseen),
        cmocka_unit_test(symmetric),
        cmocka_unit_test(implied),
        cmocka_unit_test(refused),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    paraphrase_free(work);
    free(work);
    return failed;
}
