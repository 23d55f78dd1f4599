/* test_terms.c - the index against a plain search over all documents, pieces and synonyms by their
 * tables, what aliases teach, and every allocation that fails. */
#include "../../ext/base/memory.h"
#include "../../ext/match/terms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

/* ---- the index ---- */

enum { DOCS = 400, LETTERS = 12, LONGEST = 9, QUERIES = 60 };

static uint32_t random_state = 7;

static uint32_t random_below(uint32_t n) {
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % n;
}

/* Rare letters and common ones, so that lists are short and long. */
static void random_grams(struct grams *g) {
    uint32_t letters[LONGEST];
    struct points text = {letters, 1 + random_below(LONGEST), LONGEST};
    for (size_t i = 0; i < text.n; i++)
        letters[i] = 'a' + random_below(1 + random_below(LETTERS));
    assert_int_equal(grams_make(g, &text, 1, TERMS_N, NULL), OK);
}

static int compare_hits(const void *a, const void *b) {
    const struct terms_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

static void check_search(const struct terms_index *x, const struct terms_query *q, size_t docs,
                         size_t k, struct terms_search *s) {
    struct terms_hit all[DOCS];
    size_t n = 0;
    assert_int_equal(terms_index_search(x, q, docs, k, s, NULL), OK);
    for (uint32_t d = 0; d < docs; d++) {
        float score = (float)terms_index_score(x, s, d);
        assert_true(score >= 0 && score <= 1);
        if (score > 0)
            all[n++] = (struct terms_hit){d, score};
    }
    qsort(all, n, sizeof *all, compare_hits);
    while (n > k && all[n - 1].score < all[k - 1].score)
        n--;
    assert_int_equal(s->hits, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(s->hit[i].doc, all[i].doc);
        assert_true(s->hit[i].score == all[i].score);
    }
}

/* Whatever is pruned, the answer is that of scoring every document. */
static void index_exact(void **state) {
    (void)state;
    static const size_t ks[] = {1, 3, 10, DOCS + 5}, limits[] = {DOCS, DOCS / 3, 1};
    for (int method = TERMS_TFIDF; method <= TERMS_BM25; method++) {
        struct terms_index x = {.method = (enum terms_method)method};
        struct terms_search s = {0};
        struct terms_query q = {0};
        struct grams g = {0};
        for (int d = 0; d < DOCS; d++) {
            random_grams(&g);
            assert_int_equal(terms_index_add(&x, &g, NULL), OK);
        }
        assert_int_equal(terms_index_build(&x, NULL), OK);
        for (int i = 0; i < QUERIES; i++) {
            random_grams(&g);
            terms_query_clear(&q);
            for (size_t j = 0; j < g.n; j++)
                assert_int_equal(terms_query_add(&q, &x, terms_index_find(&x, g.key[j]), 1, NULL),
                                 OK);
            for (size_t k = 0; k < sizeof ks / sizeof *ks; k++)
                for (size_t l = 0; l < sizeof limits / sizeof *limits; l++)
                    check_search(&x, &q, limits[l], ks[k], &s);
        }
        terms_query_free(&q);
        terms_search_free(&s);
        terms_index_free(&x);
        grams_free(&g);
    }
}

/* ---- pieces and synonyms ---- */

static const struct {
    const char *text, *pieces;
} pieces[] = {
    {"高血压", "高血压"},
    {"高血压,2型糖尿病", "高血压|2型糖尿病"},
    {"高血压、糖尿病;肾病", "高血压|糖尿病|肾病"},
    {"高血压伴肾病", "高血压|肾病"},
    {"高血压伴有肾病", "高血压|肾病"},
    {"高血压合并糖尿病并肾病", "高血压|糖尿病|肾病"},
    {"头痛+头晕/恶心", "头痛|头晕|恶心"},
    {"胃炎及肠炎", "胃炎|肠炎"},
    {"胃炎与肠炎和胃溃疡", "胃炎|肠炎|胃溃疡"},
    {"肺炎(重症)", "肺炎|重症"},
    {"高血压 , 肾病 ", "高血压|肾病"},
    /* no separators */
    {"结节1.5cm", "结节1.5cm"},
    {"血压140/90", "血压140/90"},
    {"c5/6椎间盘突出", "c5/6椎间盘突出"},
    {"病变波及胸膜", "病变波及胸膜"},
    {"并指畸形", "并指畸形"},
    {"糖尿病并发症", "糖尿病并发症"},
    {"肺炎不伴胸水", "肺炎不伴胸水"},
    {"血氧饱和度低", "血氧饱和度低"},
    /* too short for a piece */
    {"胃、肠炎", "肠炎"},
    {",", ","},
    {"", ""},
};

static void split_pieces(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct terms_piece piece[TERMS_PIECES_MAX];
        struct points text = {0};
        struct buf out = {0};
        assert_int_equal(points_decode(&text, span_text(pieces[i].text), NULL), OK);
        size_t n = terms_split(&text, piece);
        for (size_t j = 0; j < n; j++) {
            assert_int_equal(j ? buf_add_byte(&out, '|', NULL) : OK, OK);
            assert_int_equal(points_encode(&text, piece[j].start, piece[j].end, &out, NULL), OK);
        }
        if (!span_is(buf_span(&out), pieces[i].pieces))
            fail_msg("%s: %.*s", pieces[i].text, (int)out.n, (char *)out.p);
        points_free(&text);
        buf_free(&out);
    }
}

static void split_many(void **state) {
    (void)state;
    struct terms_piece piece[TERMS_PIECES_MAX];
    struct points text = {0};
    for (int i = 0; i < 3 * TERMS_PIECES_MAX; i++)
        for (const char *c = "ab,"; *c; c++)
            assert_int_equal(points_add(&text, (uint8_t)*c, NULL), OK);
    assert_int_equal(terms_split(&text, piece), TERMS_PIECES_MAX);
    assert_int_equal(piece[TERMS_PIECES_MAX - 1].end, text.n);
    points_free(&text);
}

static const struct {
    const char *text, *form;
} synonyms[] = {
    {"肺癌", "肺恶性肿瘤"},
    {"肺ca", "肺恶性肿瘤"},
    {"cad", "cad"},
    {"cac", "cac"},
    {"ca125", "ca125"},
    {"宫颈炎", "子宫颈炎"},
    {"子宫颈炎", "子宫颈炎"},
    {"脑梗", "脑梗死"},
    {"脑梗塞", "脑梗死"},
    {"脑梗死", "脑梗死"},
    {"左侧肺炎", "左肺炎"},
    {"肠粘连", "肠粘连"},
    {"粘膜", "黏膜"},
    {"癌性疼痛", "癌性疼痛"},
    {"急性肾衰竭", "急性肾衰竭"},
    {"", ""},
};

static void synonym_forms(void **state) {
    (void)state;
    struct terms_synonyms s;
    terms_synonyms_open(&s);
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++) {
        struct points text = {0}, form = {0};
        struct buf out = {0};
        assert_int_equal(points_decode(&text, span_text(synonyms[i].text), NULL), OK);
        assert_int_equal(terms_synonyms_write(&s, &text, 0, text.n, &form, NULL), OK);
        assert_int_equal(points_encode(&form, 0, form.n, &out, NULL), OK);
        if (!span_is(buf_span(&out), synonyms[i].form))
            fail_msg("%s: %.*s", synonyms[i].text, (int)out.n, (char *)out.p);
        points_free(&text);
        points_free(&form);
        buf_free(&out);
    }
}

/* ---- terms ---- */

static const struct {
    const char *code, *term;
} rows[] = {
    {"C50", "乳腺恶性肿瘤"}, {"C50", "左乳癌术后"},   {"E11", "2型糖尿病"},
    {"E11", "二型糖尿病"},   {"I10", "原发性高血压"}, {"I10", "高血压病"},
    {"I10", "高血压伴消渴"}, {"E11", "高血压伴消渴"}, {"K29", "慢性胃炎"},
    {"K52", "慢性肠炎"},     {"K25", "胃溃疡"},       {"J18", "肺炎"},
};

static enum error_code fill(struct terms *t, struct terms_options options, struct error *e) {
    enum error_code code = OK;
    *t = (struct terms){.options = options};
    for (size_t i = 0; !code && i < sizeof rows / sizeof *rows; i++)
        code = terms_add(t, 100 + (int64_t)i, span_text(rows[i].code), span_text(rows[i].term), e);
    return code ? code : terms_build(t, NULL, e);
}

static const struct {
    const char *mention;
    size_t k;
    const char *codes, *alias; /* alias of the first row */
} questions[] = {
    {"左乳癌术后", 1, "C50", "左乳癌术后"},
    {"乳腺癌", 1, "C50", "乳腺恶性肿瘤"},
    {"Ⅱ型糖尿病", 1, "E11", "2型糖尿病"},
    {"高血压病", 1, "I10", "高血压病"},
    {"消渴", 1, "E11", "高血压伴消渴"},
    {"慢性胃炎,肺炎", 2, "K29 J18", "慢性胃炎"},
    {"肺炎、慢性胃炎", 1, "K29", "慢性胃炎"},
    {"xyz", 3, "", NULL},
    {"", 3, "", NULL},
};

static void check_question(struct terms *t, size_t i) {
    struct terms_answer a = {0};
    struct buf codes = {0};
    assert_int_equal(terms_find(t, span_text(questions[i].mention), questions[i].k, &a, NULL), OK);
    for (size_t j = 0; j < a.n; j++) {
        assert_true(a.row[j].score > 0 && a.row[j].score <= 1);
        assert_true(j == 0 || a.row[j].score <= a.row[j - 1].score);
        assert_int_equal(j ? buf_add_byte(&codes, ' ', NULL) : OK, OK);
        assert_int_equal(buf_add_span(&codes, terms_code(t, a.row[j].code), NULL), OK);
    }
    if (!span_is(buf_span(&codes), questions[i].codes))
        fail_msg("%s: %.*s", questions[i].mention, (int)codes.n, (char *)codes.p);
    if (questions[i].alias)
        assert_true(span_is(terms_alias(t, a.row[0].doc), questions[i].alias));
    terms_answer_free(&a);
    buf_free(&codes);
}

static void terms_answers(void **state) {
    (void)state;
    struct terms t;
    assert_int_equal(fill(&t, terms_default, NULL), OK);
    assert_int_equal(t.codes, 7);
    assert_int_equal(t.index.docs, 11); /* 二型糖尿病 says what 2型糖尿病 says */
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        check_question(&t, i);
    terms_free(&t);
}

/* One row a code, and each piece's best code among the rows, however small k is. */
static void terms_keep_pieces(void **state) {
    (void)state;
    struct terms t;
    struct terms_answer a = {0};
    assert_int_equal(fill(&t, terms_default, NULL), OK);
    const char *mention = "慢性胃炎;肺炎;Ⅱ型糖尿病";
    for (size_t k = 3; k <= 7; k++) {
        unsigned seen = 0;
        assert_int_equal(terms_find(&t, span_text(mention), k, &a, NULL), OK);
        assert_true(a.n >= 3 && a.n <= k);
        for (size_t i = 0; i < a.n; i++) {
            seen |= 1u << a.row[i].piece;
            for (size_t j = 0; j < i; j++)
                assert_int_not_equal(a.row[i].code, a.row[j].code);
        }
        assert_int_equal(seen & 0xE, 0xE);
        assert_int_equal(a.piece[3].start, 8); /* in the mention as it was written */
        assert_int_equal(a.piece[3].end, 13);
    }
    terms_answer_free(&a);
    terms_free(&t);
}

static void terms_methods_and_options(void **state) {
    (void)state;
    enum terms_method method;
    assert_int_equal(terms_method_parse(span_text("bm25"), &method, NULL), OK);
    assert_int_equal(method, TERMS_BM25);
    assert_int_equal(terms_method_parse(span_text("bm26"), &method, NULL), BAD_USE);
    for (int i = 0; i < 24; i++) {
        struct terms_options o = {(enum terms_method)(i % 3), i & 4 ? NORMALIZE_ALL : 0, i & 8,
                                  i & 16, i & 1};
        struct terms_answer a = {0};
        struct terms t;
        assert_int_equal(fill(&t, o, NULL), OK);
        assert_int_equal(terms_find(&t, span_text("慢性胃炎"), 10, &a, NULL), OK);
        assert_true(a.n > 1 && span_is(terms_code(&t, a.row[0].code), "K29"));
        if (a.row[0].score != 1)
            fail_msg("options %d: %.9g", i, (double)a.row[0].score);
        terms_answer_free(&a);
        terms_free(&t);
    }
}

static void terms_none(void **state) {
    (void)state;
    struct terms t = {.options = terms_default};
    struct terms_answer a = {0};
    assert_int_equal(terms_build(&t, NULL, NULL), OK);
    assert_int_equal(terms_find(&t, span_text("胃炎"), 10, &a, NULL), OK);
    assert_int_equal(a.n, 0);
    terms_answer_free(&a);
    terms_free(&t);
}

/* ---- no memory ---- */

static long left;

static void *scarce_alloc(unsigned long long n) {
    return left-- > 0 ? malloc(n) : NULL;
}

static void *scarce_resize(void *p, unsigned long long n) {
    return left-- > 0 ? realloc(p, n) : NULL;
}

static void *plain_alloc(unsigned long long n) {
    return malloc(n);
}

static void *plain_resize(void *p, unsigned long long n) {
    return realloc(p, n);
}

static void terms_no_memory(void **state) {
    (void)state;
    const struct memory scarce = {scarce_alloc, scarce_resize, free};
    const struct memory plain = {plain_alloc, plain_resize, free};
    enum error_code code = NO_MEMORY;
    memory_use(&scarce);
    for (long most = 0; code == NO_MEMORY; most++) {
        struct terms t;
        struct terms_answer a = {0};
        struct error e = {0};
        left = most;
        code = fill(&t, terms_default, &e);
        for (int twice = 0; twice < 2 && !code; twice++)
            code = terms_find(&t, span_text("慢性胃炎伴高血压病"), 2, &a, &e);
        if (!code)
            assert_int_equal(a.n, 2);
        terms_answer_free(&a);
        terms_free(&t);
        assert_true(most < 10000);
    }
    memory_use(&plain);
    assert_int_equal(code, OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(index_exact),
        cmocka_unit_test(split_pieces),
        cmocka_unit_test(split_many),
        cmocka_unit_test(synonym_forms),
        cmocka_unit_test(terms_answers),
        cmocka_unit_test(terms_keep_pieces),
        cmocka_unit_test(terms_methods_and_options),
        cmocka_unit_test(terms_none),
        cmocka_unit_test(terms_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
