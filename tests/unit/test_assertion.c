/* test_assertion.c - cues and their scope. */
#include "../../ext/text/assertion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

enum {
    N = ASSERTION_NEGATED,
    U = ASSERTION_UNCERTAIN,
    H = ASSERTION_HISTORY,
    F = ASSERTION_FAMILY
};

static const struct {
    const char *text, *mention;
    unsigned bits;
} cases[] = {
    {"发热3天", "发热", 0},
    {"无发热", "发热", N},
    {"无发热、寒战、皮疹", "皮疹", N},
    {"无发热，咳嗽明显", "咳嗽", 0},
    {"无发热。咳嗽", "咳嗽", 0},
    {"无发热但有咳嗽", "咳嗽", 0},
    {"患者否认高血压、糖尿病史，有胸痛", "高血压", N | H},
    {"患者否认高血压、糖尿病史，有胸痛", "糖尿病", N | H},
    {"患者否认高血压、糖尿病史，有胸痛", "胸痛", 0},
    {"无明显诱因出现胸痛", "胸痛", 0},
    {"四肢无力伴麻木", "麻木", 0},
    {"未触及包块", "包块", N},
    {"双肺未闻及啰音", "啰音", N},
    {"表面抗原阴性", "表面抗原", N},
    {"压痛、反跳痛(-)", "压痛", N},
    {"压痛、反跳痛（－），肠鸣音亢进", "反跳痛", N},
    {"压痛（＋），反跳痛（－）", "压痛", 0},
    {"肺结核待排", "肺结核", U},
    {"肺结核？", "肺结核", U},
    {"肺结核，哮喘？", "肺结核", 0},
    {"考虑肺炎", "肺炎", U},
    {"不除外肺炎", "肺炎", U},
    {"无发热，不除外肺炎", "肺炎", U},
    {"肺炎不能除外", "肺炎", U},
    {"已排除肺炎", "肺炎", N},
    {"肺炎可能性大", "肺炎", U},
    {"既往有胃溃疡，高血压10年", "高血压", H},
    {"既往体健。今日胸痛", "胸痛", 0},
    {"曾患肝炎", "肝炎", H},
    {"高血压病史10年", "高血压", H},
    {"父亲患糖尿病", "糖尿病", F},
    {"父亲患糖尿病，本人有胸痛", "胸痛", 0},
    {"家族中无类似疾病", "疾病", N | F},
    {"现病史：胸痛", "胸痛", 0},
    {"无\n发热", "发热", 0},
};

static void scopes(void **state) {
    (void)state;
    struct points t = {0}, m = {0};
    struct error e;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = 0;
        assert_int_equal(points_decode(&t, span_text(cases[i].text), &e), OK);
        assert_int_equal(points_decode(&m, span_text(cases[i].mention), &e), OK);
        while (!points_match(&t, at, cases[i].mention))
            at++;
        unsigned bits = assertion_of(&t, at, at + m.n);
        if (bits != cases[i].bits)
            fail_msg("%s in %s: %u, not %u", cases[i].mention, cases[i].text, bits, cases[i].bits);
    }
    points_free(&t);
    points_free(&m);
}

/* Any span of any text is looked at within its bounds. */
static void bounds(void **state) {
    (void)state;
    struct points t = {0};
    struct error e;
    assert_int_equal(points_decode(&t, span_text("否认父亲疑似,曾可能性大（－）家族史?"), &e), OK);
    for (size_t a = 0; a <= t.n; a++)
        for (size_t b = a; b <= t.n; b++)
            assert_true(assertion_of(&t, a, b) < 16);
    points_free(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(scopes), cmocka_unit_test(bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
