/* test_knowledge.c - 2 x 2 tables worked by hand; graphs learnt back from records that were
 * drawn from a known one. */
#include "../../ext/learn/knowledge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct buf written;

static const char *text_of(struct buf *b) {
    struct error e;
    buf_add_byte(b, 0, &e);
    b->n--;
    return (const char *)b->p;
}

/* ---- two things ---- */

static void near(double x, double expected) {
    if (!(fabs(x - expected) <= 1e-12 * fmax(1, fabs(expected))))
        fail_msg("%.15g is not %.15g", x, expected);
}

static void tables(void **state) {
    (void)state;
    struct knowledge_table t;
    struct error e = {0};
    assert_int_equal(knowledge_table(30, 40, 50, 100, &t, &e), OK); /* 30 10 20 40 */
    near(knowledge_pmi(&t), log2(30.0 * 100 / (40 * 50)));
    near(knowledge_odds_ratio(&t), 30.0 * 40 / (10 * 20));
    near(knowledge_chi2(&t), 100.0 * 1000 * 1000 / (40.0 * 60 * 50 * 50));
    assert_int_equal(knowledge_table(0, 4, 5, 20, &t, &e), OK); /* 0 4 5 11 */
    assert_true(isnan(knowledge_pmi(&t)));
    near(knowledge_odds_ratio(&t), 0.5 * 11.5 / (4.5 * 5.5));
    assert_int_equal(knowledge_table(5, 5, 5, 5, &t, &e), OK);
    near(knowledge_pmi(&t), 0);
    assert_true(isnan(knowledge_chi2(&t)));
    static const double bad[][4] = {{-1, 4, 5, 20},  {5, 4, 5, 20},   {1, 4, 0, 20},
                                    {1, 15, 15, 20}, {NAN, 4, 5, 20}, {1, 4, 5, INFINITY}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(knowledge_table(bad[i][0], bad[i][1], bad[i][2], bad[i][3], &t, &e),
                         BAD_USE);
}

/* ---- simulated records ---- */

enum { RECORDS = 40000, CAUSES = 3, EFFECTS = 3 };

static const double truth[CAUSES][EFFECTS] = {{0.8, 0.3, 0}, {0, 0.6, 0.5}, {0.4, 0, 0.9}};
static const double leak[EFFECTS] = {0.02, 0.05, 0.01};

static double chance(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* One row a cause and one an effect, or their cross product, forwards or backwards. */
static void record_add(struct knowledge *k, unsigned r, const bool *cause, const bool *effect) {
    char record[16], name[8];
    struct span none = {NULL, 0};
    struct error e = {0};
    snprintf(record, sizeof record, "%u", r);
    assert_int_equal(knowledge_add(k, span_text(record), none, none, &e), OK);
    for (unsigned i = 0; i < CAUSES; i++) {
        snprintf(name, sizeof name, "d%u", i);
        if (cause[i])
            assert_int_equal(knowledge_add(k, span_text(record), span_text(name), none, &e), OK);
    }
    for (unsigned j = 0; j < EFFECTS; j++) {
        snprintf(name, sizeof name, "s%u", j);
        if (effect[j])
            assert_int_equal(knowledge_add(k, span_text(record), none, span_text(name), &e), OK);
    }
}

static void simulate(struct knowledge *k, bool backwards) {
    static bool cause[RECORDS][CAUSES], effect[RECORDS][EFFECTS];
    uint64_t seed = 42;
    for (unsigned r = 0; r < RECORDS; r++) {
        for (unsigned i = 0; i < CAUSES; i++)
            cause[r][i] = chance(&seed) < 0.2;
        for (unsigned j = 0; j < EFFECTS; j++) {
            double none = 1 - leak[j];
            for (unsigned i = 0; i < CAUSES; i++)
                none *= cause[r][i] ? 1 - truth[i][j] : 1;
            effect[r][j] = chance(&seed) >= none;
        }
    }
    for (unsigned r = 0; r < RECORDS; r++) {
        unsigned at = backwards ? RECORDS - 1 - r : r;
        record_add(k, at, cause[at], effect[at]);
    }
}

/* The weight of an edge in the JSON, NaN where it is not there. */
static double weight_of(const char *json, const char *cause, const char *effect) {
    char head[64];
    snprintf(head, sizeof head, "{\"cause\":%s,\"effect\":\"%s\",\"weight\":", cause, effect);
    const char *hit = strstr(json, head);
    return hit ? strtod(hit + strlen(head), NULL) : NAN;
}

static void noisy_or_finds_the_truth(void **state) {
    (void)state;
    struct knowledge k = {0}, back = {0};
    struct error e = {0};
    simulate(&k, false);
    written.n = 0;
    assert_int_equal(knowledge_learn(&k, KNOWLEDGE_NOISY_OR, &written, &e), OK);
    const char *json = text_of(&written);
    for (unsigned j = 0; j < EFFECTS; j++) {
        char effect[8], cause[8];
        snprintf(effect, sizeof effect, "s%u", j);
        assert_true(fabs(weight_of(json, "null", effect) - leak[j]) < 0.01);
        for (unsigned i = 0; i < CAUSES; i++) {
            snprintf(cause, sizeof cause, "\"d%u\"", i);
            assert_true(fabs(weight_of(json, cause, effect) - truth[i][j]) < 0.025);
        }
    }
    struct buf other = {0};
    simulate(&back, true);
    assert_int_equal(knowledge_learn(&back, KNOWLEDGE_NOISY_OR, &other, &e), OK);
    assert_string_equal(text_of(&other), text_of(&written));
    buf_free(&other);
    knowledge_free(&k);
    knowledge_free(&back);
}

/* The other two cannot give the probabilities back, but must order true and false edges. */
static void others_order_the_edges(void **state) {
    (void)state;
    static const enum knowledge_method methods[] = {KNOWLEDGE_NAIVE_BAYES, KNOWLEDGE_LOGISTIC};
    struct knowledge k = {0};
    struct error e = {0};
    simulate(&k, false);
    for (size_t m = 0; m < 2; m++) {
        written.n = 0;
        assert_int_equal(knowledge_learn(&k, methods[m], &written, &e), OK);
        double high = weight_of(text_of(&written), "\"d0\"", "s0");
        double low = weight_of(text_of(&written), "\"d1\"", "s0");
        assert_true(high > 1);
        assert_true(isnan(low) || low < 0.2);
    }
    knowledge_free(&k);
}

static void small_records(void **state) {
    (void)state;
    struct knowledge k = {0};
    struct span none = {NULL, 0};
    struct error e = {0};
    static const char *const rows[][3] = {{"1", "肺炎", "咳嗽"}, {"1", "肺炎", "咳嗽"},
                                          {"1", NULL, "发\"热"}, {"2", "肺炎", NULL},
                                          {"3", NULL, NULL},     {"4", NULL, "咳嗽"}};
    written.n = 0;
    assert_int_equal(knowledge_learn(&k, KNOWLEDGE_NOISY_OR, &written, &e), OK);
    assert_string_equal(text_of(&written), "[]");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(knowledge_add(&k, span_text(rows[i][0]),
                                       rows[i][1] ? span_text(rows[i][1]) : none,
                                       rows[i][2] ? span_text(rows[i][2]) : none, &e),
                         OK);
    written.n = 0;
    assert_int_equal(knowledge_learn(&k, KNOWLEDGE_NAIVE_BAYES, &written, &e), OK);
    double weight = log(2.0 / 4) - log(2.0 / 4), fever = log(2.0 / 4) - log(1.0 / 4);
    assert_true(fabs(weight_of(text_of(&written), "\"肺炎\"", "咳嗽") - weight) < 1e-9);
    assert_true(fabs(weight_of(text_of(&written), "\"肺炎\"", "发\\\"热") - fever) < 1e-9);
    knowledge_free(&k);
}

static bool poll_always(void *context) {
    ++*(int *)context;
    return true;
}

static void learning_stops(void **state) {
    (void)state;
    int asked = 0;
    struct poll poll = {poll_always, &asked};
    struct knowledge k = {.poll = &poll};
    struct error e = {0};
    assert_int_equal(knowledge_add(&k, span_text("1"), span_text("a"), span_text("b"), &e), OK);
    for (int m = 0; m < 3; m++)
        assert_int_equal(knowledge_learn(&k, (enum knowledge_method)m, &written, &e), INTERRUPTED);
    assert_int_equal(asked, 3);
    knowledge_free(&k);
}

static void methods_have_names(void **state) {
    (void)state;
    enum knowledge_method m;
    struct error e = {0};
    assert_int_equal(knowledge_parse(span_text(""), &m, &e), OK);
    assert_int_equal(m, KNOWLEDGE_NOISY_OR);
    assert_int_equal(knowledge_parse(span_text("logistic"), &m, &e), OK);
    assert_int_equal(m, KNOWLEDGE_LOGISTIC);
    assert_int_equal(knowledge_parse(span_text("em"), &m, &e), BAD_USE);
    assert_string_equal(e.text, "there is no method 'em' to learn knowledge");
}

static int free_written(void **state) {
    (void)state;
    buf_free(&written);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(noisy_or_finds_the_truth),
        cmocka_unit_test(others_order_the_edges),
        cmocka_unit_test(small_records),
        cmocka_unit_test(learning_stops),
        cmocka_unit_test(methods_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, free_written);
}
