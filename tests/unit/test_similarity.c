/* test_similarity.c - the measures against worked values and against plain tables. */
#include "../../ext/match/similarity.h"
#include "../../ext/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

struct similarity_case {
    const char *method, *a, *b;
    double expected;
};

static const struct similarity_case similarity_cases[] = {
    {"", "急性胃炎", "慢性胃炎", 3.0 / 5},
    {"jaccard", "急性胃炎", "慢性胃炎", 3.0 / 5},
    {"jaccard", "", "", 1},
    {"jaccard", "", "胃", 0},
    {"jaccard", "aab", "abb", 1},
    {"jaccard2", "急性胃炎", "慢性胃炎", 2.0 / 4},
    {"jaccard2", "胃", "胃", 1},
    {"jaccard2", "胃", "肝", 0},
    {"jaccard12", "急性胃炎", "慢性胃炎", 5.0 / 9},
    {"dice", "急性胃炎", "慢性胃炎", 6.0 / 8},
    {"overlap", "胃炎", "慢性胃炎", 1},
    {"cosine", "aab", "abb", 4.0 / 5},
    {"cosine", "胃炎", "肝炎", 1.0 / 2},
    {"levenshtein", "kitten", "sitting", 1 - 3.0 / 7},
    {"levenshtein", "头痛3天", "头疼三天", 1 - 2.0 / 4},
    {"levenshtein", "", "头痛", 0},
    {"indel", "急性胃炎", "慢性胃炎", 6.0 / 8},
    {"lcs", "a胃b肠c", "胃肠", 2.0 / 5},
    {"lcsstr", "急性胃肠炎", "胃肠功能", 2.0 / 5},
    {"lcsstr", "胃", "肝", 0},
    {"jaro", "MARTHA", "MARHTA", 17.0 / 18},
    {"jaro", "DIXON", "DICKSONX", 23.0 / 30},
    {"jaro", "a", "b", 0},
    {"jaro_winkler", "MARTHA", "MARHTA", 17.0 / 18 + 0.3 / 18},
    {"jaro_winkler", "胃", "", 0},
    {"tfidf", "胃炎", "肝炎", 1.0 / 2},
    {"idf_jaccard", "胃炎", "肝炎", 1.0 / 3},
    {"bm25", "胃炎", "肝炎", 1.0 / 2},
};

static void similarity_worked_values(void **state) {
    (void)state;
    struct similarity s = {0};
    for (size_t i = 0; i < sizeof similarity_cases / sizeof *similarity_cases; i++) {
        const struct similarity_case *c = &similarity_cases[i];
        const struct similarity_method *m = NULL;
        struct error e = {0};
        double ab = -1, ba = -1;
        assert_int_equal(similarity_find(span_text(c->method), &m, &e), OK);
        assert_int_equal(similarity_pair(&s, m, span_text(c->a), span_text(c->b), &ab, &e), OK);
        assert_int_equal(similarity_pair(&s, m, span_text(c->b), span_text(c->a), &ba, &e), OK);
        if (fabs(ab - c->expected) > 1e-12)
            fail_msg("%s(%s, %s) is %.15g, not %.15g", c->method, c->a, c->b, ab, c->expected);
        assert_true(ab == ba);
    }
    similarity_free(&s);
}

static void similarity_refuses_unknown_methods(void **state) {
    (void)state;
    const struct similarity_method *m = NULL;
    struct error e = {0};
    assert_int_equal(similarity_find(span_text("jacard"), &m, &e), BAD_USE);
    assert_string_equal(e.text, "there is no similarity 'jacard'");
}

/* ---- against the plain table ---- */

enum { PLAIN_MAX = 400 };

static size_t plain_table(const struct points *a, const struct points *b, bool lcs) {
    static size_t row[2][PLAIN_MAX + 1];
    for (size_t j = 0; j <= b->n; j++)
        row[0][j] = lcs ? 0 : j;
    for (size_t i = 1; i <= a->n; i++) {
        size_t *now = row[i % 2], *old = row[1 - i % 2];
        now[0] = lcs ? 0 : i;
        for (size_t j = 1; j <= b->n; j++) {
            bool same = a->p[i - 1] == b->p[j - 1];
            size_t step = lcs ? 0 : 1, best = old[j] + step;
            if (lcs ? now[j - 1] > best : now[j - 1] + step < best)
                best = now[j - 1] + step;
            size_t across = old[j - 1] + (lcs ? same : !same);
            now[j] = (lcs ? across > best : across < best) ? across : best;
        }
    }
    return row[a->n % 2][b->n];
}

static uint32_t plain_random(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

static void plain_fill(struct points *t, size_t n, uint32_t *seed, uint32_t letters) {
    struct error e;
    t->n = 0;
    for (size_t i = 0; i < n; i++)
        points_add(t, 0x4E00 + 97 * plain_random(seed, letters), &e);
}

static void edit_equals_the_plain_table(void **state) {
    (void)state;
    static const size_t lengths[] = {0, 1, 2, 31, 63, 64, 65, 127, 128, 129, 200, 391};
    const size_t kinds = sizeof lengths / sizeof *lengths;
    struct points a = {0}, b = {0};
    struct edit w = {0};
    struct error e = {0};
    uint32_t seed = 7;
    for (size_t round = 0; round < 600; round++) {
        uint32_t letters = round % 3 == 0 ? 2 : round % 3 == 1 ? 9 : 3000;
        size_t distance = 0, length = 0;
        plain_fill(&a, lengths[plain_random(&seed, (uint32_t)kinds)], &seed, letters);
        plain_fill(&b, lengths[plain_random(&seed, (uint32_t)kinds)], &seed, letters);
        assert_int_equal(edit_levenshtein(&w, &a, &b, &distance, &e), OK);
        assert_int_equal(distance, plain_table(&a, &b, false));
        assert_int_equal(edit_lcs(&w, &a, &b, &length, &e), OK);
        assert_int_equal(length, plain_table(&a, &b, true));
        if (a.n >= 1 && a.n <= EDIT_BLOCK) {
            edit_block_set(&w.block, a.p, a.n);
            assert_int_equal(edit_block_levenshtein(&w.block, a.n, b.p, b.n), distance);
        }
    }
    points_free(&a);
    points_free(&b);
    edit_free(&w);
}

/* U+0000 is a character like any other, and one text may end inside another's character. */
static void edit_takes_any_bytes(void **state) {
    (void)state;
    struct similarity s = {0};
    struct error e = {0};
    double out = -1;
    const struct similarity_method *m = NULL;
    similarity_find(span_text("levenshtein"), &m, &e);
    assert_int_equal(similarity_pair(&s, m, span_of("a\0b", 3), span_of("ab", 2), &out, &e), OK);
    assert_true(fabs(out - 2.0 / 3) < 1e-12);
    assert_int_equal(similarity_pair(&s, m, span_of("\xE4\xBD", 2), span_of("\xE4", 1), &out, &e),
                     OK);
    assert_true(out == 1);
    similarity_free(&s);
}

static bool poll_always(void *context) {
    ++*(int *)context;
    return true;
}

static void edit_stops_and_refuses(void **state) {
    (void)state;
    int asked = 0;
    struct poll poll = {poll_always, &asked};
    struct edit w = {.poll = &poll};
    struct points a = {0}, b = {0};
    struct error e = {0};
    uint32_t seed = 3;
    size_t out = 0;
    plain_fill(&a, 100000, &seed, 3000);
    plain_fill(&b, 100000, &seed, 3000);
    assert_int_equal(edit_levenshtein(&w, &a, &b, &out, &e), INTERRUPTED);
    assert_int_equal(edit_lcs(&w, &a, &b, &out, &e), INTERRUPTED);
    assert_int_equal(edit_substring(&w, &a, &b, &out, &e), BAD_DATA);
    assert_string_equal(e.text, "texts of 100000 and 100000 characters are too long to compare");
    a.n = b.n = 5000;
    assert_int_equal(edit_substring(&w, &a, &b, &out, &e), INTERRUPTED);
    assert_int_equal(asked, 3);
    points_free(&a);
    points_free(&b);
    edit_free(&w);
}

/* ---- idf ---- */

static void idf_corpus(struct buf *blob) {
    static const char *const texts[] = {"头痛", "头晕", "腹痛", "痛痛", ""};
    struct idf_builder b = {0};
    struct error e = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(idf_builder_add(&b, span_text(texts[i]), &e), OK);
    assert_int_equal(idf_builder_write(&b, blob, &e), OK);
    idf_builder_free(&b);
}

static void idf_counts_texts(void **state) {
    (void)state;
    struct buf blob = {0};
    struct idf m;
    struct error e = {0};
    idf_corpus(&blob);
    assert_int_equal(idf_open(&m, buf_span(&blob), &e), OK);
    assert_int_equal(m.texts, 5);
    assert_int_equal(m.length[0], 8);
    assert_int_equal(m.length[1], 4);
    assert_int_equal(m.n, 8);
    assert_int_equal(idf_texts_with(&m, 0x75DB + 1), 3);                                  /* 痛 */
    assert_int_equal(idf_texts_with(&m, (UINT64_C(0x5934) + 1) << 21 | (0x75DB + 1)), 1); /* 头痛 */
    assert_int_equal(idf_texts_with(&m, 'a' + 1), 0);
    struct similarity s = {.idf = &m};
    const struct similarity_method *method = NULL;
    double out = 0, head = log(6.0 / 3) + 1, pain = log(6.0 / 4) + 1, dizzy = log(6.0 / 2) + 1;
    similarity_find(span_text("tfidf"), &method, &e);
    assert_int_equal(similarity_pair(&s, method, span_text("头痛"), span_text("头晕"), &out, &e),
                     OK);
    double expected =
        head * head / sqrt((head * head + pain * pain) * (head * head + dizzy * dizzy));
    assert_true(fabs(out - expected) < 1e-12);
    similarity_free(&s);
    buf_free(&blob);
}

/* Every prefix and every changed byte is a model or an error, never more. */
static void idf_refuses_damage(void **state) {
    (void)state;
    struct buf blob = {0};
    struct idf m;
    struct error e = {0};
    idf_corpus(&blob);
    for (size_t n = 0; n < blob.n; n++) {
        uint8_t *part = malloc(n + 1);
        memcpy(part, blob.p, n);
        assert_int_equal(idf_open(&m, span_of(part, n), &e), BAD_DATA);
        free(part);
    }
    for (size_t i = 0; i < blob.n; i++) {
        blob.p[i] ^= 0x80;
        if (idf_open(&m, buf_span(&blob), &e) == OK)
            idf_texts_with(&m, 0x75DB + 1);
        blob.p[i] ^= 0x80;
    }
    memset(blob.p + 32, 0xFF, 8);
    assert_int_equal(idf_open(&m, buf_span(&blob), &e), BAD_DATA);
    buf_free(&blob);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(similarity_worked_values),
        cmocka_unit_test(similarity_refuses_unknown_methods),
        cmocka_unit_test(edit_equals_the_plain_table),
        cmocka_unit_test(edit_takes_any_bytes),
        cmocka_unit_test(edit_stops_and_refuses),
        cmocka_unit_test(idf_counts_texts),
        cmocka_unit_test(idf_refuses_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
