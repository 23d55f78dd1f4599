/* test_measure.c - the measures against figures worked out by hand. */
#include "../../ext/learn/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>

static struct buf written;

static const char *text_of(struct buf *b) {
    struct error e;
    buf_add_byte(b, 0, &e);
    b->n--;
    return (const char *)b->p;
}

/* ---- spans ---- */

struct spans_case {
    const char *gold, *predicted;
    unsigned tp_strict, tp_relaxed, gold_n, predicted_n;
};

static const struct spans_case spans_cases[] = {
    {"[]", "[]", 0, 0, 0, 0},
    {"[[0,2,\"a\"]]", "[]", 0, 0, 1, 0},
    {"[[0,2,\"a\"]]", "[[0,2,\"a\"]]", 1, 1, 1, 1},
    {"[[0,2,\"a\"]]", "[[0,2,\"b\"]]", 0, 0, 1, 1},
    {"[[0,2,\"a\"]]", "[[1,3,\"a\"]]", 0, 1, 1, 1},
    {"[[0,2,\"a\"]]", "[[2,3,\"a\"]]", 0, 0, 1, 1},
    /* twins count once */
    {"[[0,2,\"a\"],[0,2,\"a\"]]", "[[0,2,\"a\"],[0,2,\"a\"]]", 1, 1, 1, 1},
    /* one long prediction pairs with one gold span only */
    {"[[0,2,\"a\"],[3,5,\"a\"]]", "[[0,5,\"a\"]]", 0, 1, 2, 1},
    /* nested: a careless pairing finds 1 */
    {"[[8,9,\"a\"],[0,10,\"a\"]]", "[[1,2,\"a\"],[8,9,\"a\"]]", 1, 2, 2, 2},
    {"[[0,2,\"a\"],[0,10,\"a\"]]", "[[5,7,\"a\"],[1,2,\"a\"]]", 0, 2, 2, 2},
    /* an empty span has no character to share */
    {"[[1,1,\"a\"]]", "[[1,1,\"a\"],[0,3,\"a\"]]", 1, 0, 1, 2},
};

static void spans_pairs(void **state) {
    (void)state;
    for (size_t i = 0; i < 2 * sizeof spans_cases / sizeof *spans_cases; i++) {
        const struct spans_case *c = &spans_cases[i / 2];
        struct measure_spans m = {.relaxed = i % 2};
        struct error e = {0};
        assert_int_equal(measure_spans_add(&m, span_text(c->gold), span_text(c->predicted), &e),
                         OK);
        struct measure_count sum = {0};
        for (size_t t = 0; t < m.types.names.n; t++) {
            sum.tp += m.types.count[t].tp;
            sum.predicted += m.types.count[t].predicted;
            sum.gold += m.types.count[t].gold;
        }
        assert_int_equal(sum.tp, i % 2 ? c->tp_relaxed : c->tp_strict);
        assert_int_equal(sum.gold, c->gold_n);
        assert_int_equal(sum.predicted, c->predicted_n);
        measure_spans_free(&m);
    }
}

static void spans_json(void **state) {
    (void)state;
    struct measure_spans m = {0};
    struct error e = {0};
    measure_spans_add(&m, span_text("[[0,2,\"sym\"],[3,5,\"dis\"]]"), span_text("[[3,5,\"dis\"]]"),
                      &e);
    measure_spans_add(&m, span_text("[]"), span_text("[[0,1,\"dis\"]]"), &e);
    written.n = 0;
    assert_int_equal(measure_spans_result(&m, &written, &e), OK);
    assert_string_equal(
        text_of(&written),
        "{\"precision\":0.5,\"recall\":0.5,\"f1\":0.5,\"tp\":1,\"predicted\":2,\"gold\":2,"
        "\"macro_precision\":0.25,\"macro_recall\":0.5,\"macro_f1\":0.333333333333333,"
        "\"types\":{\"dis\":{\"precision\":0.5,\"recall\":1,\"f1\":0.666666666666667,"
        "\"tp\":1,\"predicted\":2,\"gold\":1},"
        "\"sym\":{\"precision\":0,\"recall\":0,\"f1\":0,\"tp\":0,\"predicted\":0,\"gold\":1}}}");
    measure_spans_free(&m);
    struct measure_spans none = {0};
    written.n = 0;
    assert_int_equal(measure_spans_result(&none, &written, &e), OK);
    assert_string_equal(
        text_of(&written),
        "{\"precision\":0,\"recall\":0,\"f1\":0,\"tp\":0,\"predicted\":0,\"gold\":0,"
        "\"macro_precision\":0,\"macro_recall\":0,\"macro_f1\":0,\"types\":{}}");
    measure_spans_free(&none);
}

static void spans_name_the_side(void **state) {
    (void)state;
    struct measure_spans m = {0};
    struct error e = {0};
    assert_int_equal(measure_spans_add(&m, span_text("[]"), span_text("x"), &e), BAD_DATA);
    assert_string_equal(e.text, "predicted: spans are no JSON array");
    assert_int_equal(measure_spans_add(&m, span_text("[[2,1,\"a\"]]"), span_text("[]"), &e),
                     BAD_DATA);
    assert_string_equal(e.text, "gold: span 1: its start 2 is past its end 1");
    measure_spans_free(&m);
}

/* ---- words ---- */

static void words_count(void **state) {
    (void)state;
    struct measure_words m = {0};
    struct names lexicon = {0};
    struct error e = {0};
    assert_int_equal(measure_words_lexicon(&lexicon, span_text(" 急性 患者\n患者 "), &e), OK);
    assert_int_equal(lexicon.n, 2);
    assert_int_equal(measure_words_add(&m, span_text("急性 胃炎 患者"),
                                       span_text("急性胃炎　患者 "), &lexicon, &e),
                     OK);
    assert_int_equal(
        measure_words_add(&m, span_text("胃炎 好转"), span_text("胃炎 好 转"), &lexicon, &e), OK);
    assert_int_equal(measure_words_add(&m, span_text(""), span_text(" \n"), &lexicon, &e), OK);
    written.n = 0;
    assert_int_equal(measure_words_result(&m, &written, &e), OK);
    assert_string_equal(text_of(&written),
                        "{\"precision\":0.4,\"recall\":0.4,\"f1\":0.4,\"tp\":2,\"predicted\":5,"
                        "\"gold\":5,\"oov\":3,\"oov_recall\":0.333333333333333,\"iv_recall\":0.5}");
    names_free(&lexicon);
    measure_words_free(&m);
}

static void words_refuse_other_texts(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"急性 胃炎", "急性 胃癌"}, {"急性", "急性 胃"}, {"急性 胃", "急性"}, {"", "胃"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct measure_words m = {0};
        struct error e = {0};
        assert_int_equal(
            measure_words_add(&m, span_text(pairs[i][0]), span_text(pairs[i][1]), NULL, &e),
            BAD_DATA);
        measure_words_free(&m);
    }
}

/* ---- labels ---- */

static void labels_count(void **state) {
    (void)state;
    static const char *const rows[][2] = {{"a", "a"}, {"a", "b"}, {"b", "b"}, {"c", NULL}};
    struct measure_labels m = {0};
    struct error e = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span predicted = rows[i][1] ? span_text(rows[i][1]) : (struct span){NULL, 0};
        assert_int_equal(measure_labels_add(&m, span_text(rows[i][0]), predicted, &e), OK);
    }
    double macro[3];
    measure_types_macro(&m.types, macro);
    assert_true(fabs(macro[0] - (1 + 0.5 + 0) / 3) < 1e-12);
    assert_true(fabs(macro[1] - (0.5 + 1 + 0) / 3) < 1e-12);
    assert_true(fabs(macro[2] - (2.0 / 3 + 2.0 / 3) / 3) < 1e-12);
    assert_int_equal(m.right, 2);
    assert_int_equal(m.n, 4);
    written.n = 0;
    assert_int_equal(measure_labels_result(&m, &written, &e), OK);
    assert_non_null(strstr(text_of(&written), "\"tp\":2,\"predicted\":3,\"gold\":4,\"macro_"));
    assert_non_null(strstr(text_of(&written), "\"accuracy\":0.5,\"n\":4,\"types\":{\"a\":{"));
    measure_labels_free(&m);
}

/* ---- scores ---- */

static void auc_counts_ties_half(void **state) {
    (void)state;
    static const struct {
        const char *right, *wrong; /* a digit a score */
        double expected;
    } cases[] = {{"9", "1", 1},
                 {"1", "9", 0},
                 {"5", "5", 0.5},
                 {"59", "15", 0.875},
                 {"37", "123456", 8.5 / 12}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct measure_auc m = {0};
        struct error e = {0};
        double out = -1;
        for (const char *z = cases[i].right; *z; z++)
            assert_int_equal(measure_auc_add(&m, *z - '5', true, &e), OK);
        for (const char *z = cases[i].wrong; *z; z++)
            assert_int_equal(measure_auc_add(&m, *z - '5', false, &e), OK);
        assert_int_equal(measure_auc_result(&m, &out, &e), OK);
        assert_true(fabs(out - cases[i].expected) < 1e-12);
        measure_auc_free(&m);
    }
}

static void auc_edges(void **state) {
    (void)state;
    struct measure_auc m = {0};
    struct error e = {0};
    double out = 0;
    assert_int_equal(measure_auc_add(&m, NAN, true, &e), BAD_DATA);
    assert_int_equal(measure_auc_result(&m, &out, &e), OK);
    assert_true(isnan(out));
    measure_auc_add(&m, 0.0, true, &e);
    measure_auc_result(&m, &out, &e);
    assert_true(isnan(out));
    measure_auc_add(&m, -0.0, false, &e);
    measure_auc_add(&m, -INFINITY, false, &e);
    measure_auc_add(&m, INFINITY, true, &e);
    measure_auc_result(&m, &out, &e);
    assert_true(out == 3.5 / 4);
    measure_auc_free(&m);
}

static void ranks_count(void **state) {
    (void)state;
    static const struct {
        const char *query;
        double score;
        bool right;
    } rows[] = {
        {"q1", 0.9, false}, {"q1", 0.7, true},  {"q1", 0.1, true}, /* rank 2 */
        {"q2", 0.8, true},  {"q2", 0.2, false},                    /* rank 1 */
        {"q3", 0.5, true},  {"q3", 0.5, false},                    /* a tie: rank 2 */
        {"q4", 0.5, false},                                        /* none */
    };
    for (int backwards = 0; backwards < 2; backwards++) {
        struct measure_rank m = {0};
        struct measure_ranks out;
        struct error e = {0};
        const size_t n = sizeof rows / sizeof *rows;
        assert_int_equal(measure_rank_result(&m, &out, &e), OK);
        assert_true(isnan(out.mrr));
        for (size_t i = 0; i < n; i++) {
            size_t k = backwards ? n - 1 - i : i;
            assert_int_equal(
                measure_rank_add(&m, span_text(rows[k].query), rows[k].score, rows[k].right, &e),
                OK);
        }
        assert_int_equal(measure_rank_result(&m, &out, &e), OK);
        assert_int_equal(out.queries, 4);
        assert_true(out.mrr == (0.5 + 1 + 0.5 + 0) / 4);
        assert_true(out.p_at_1 == 1.0 / 4);
        measure_rank_free(&m);
    }
}

static int free_written(void **state) {
    (void)state;
    buf_free(&written);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_pairs),
        cmocka_unit_test(spans_json),
        cmocka_unit_test(spans_name_the_side),
        cmocka_unit_test(words_count),
        cmocka_unit_test(words_refuse_other_texts),
        cmocka_unit_test(labels_count),
        cmocka_unit_test(auc_counts_ties_half),
        cmocka_unit_test(auc_edges),
        cmocka_unit_test(ranks_count),
    };
    return cmocka_run_group_tests(tests, NULL, free_written);
}
