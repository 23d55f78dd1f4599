/* test_tag.c - chains of tags against every path there is; taggers: learnt, written, refused. */
#include "../../ext/learn/tag_train.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct error e;
static struct model base;

/* ---- chains ---- */

static bool may_follow(const struct tag_chain *c, uint32_t from, uint32_t to) {
    uint32_t k = c->types;
    if (from < tag_exits(c))
        return to >= tag_out(c) && to < tag_inside(c, 0);
    uint32_t type = (from - tag_begin(c, 0)) % k;
    return to == type || to == tag_inside(c, type);
}

static void moves(void **state) {
    (void)state;
    static const uint32_t types[] = {3, 1, 2};
    struct tag_layout l;
    tag_layout_make(&l, types, 3);
    assert_int_equal(l.n_types, 6);
    assert_int_equal(l.n_tags, 13 + 5 + 9);
    assert_int_equal(l.n_moves, (49 + 12) + (9 + 4) + (25 + 8));
    for (int i = 0; i < 3; i++) {
        const struct tag_chain *c = &l.chain[i];
        bool seen[100] = {false};
        for (uint32_t u = 0; u < tag_tags(c); u++)
            for (uint32_t v = 0; v < tag_tags(c); v++) {
                if (!may_follow(c, u, v))
                    continue;
                assert_true(tag_move(c, u, v) < tag_inner(c, c->types));
                assert_false(seen[tag_move(c, u, v)]);
                seen[tag_move(c, u, v)] = true;
            }
    }
}

enum { SHORT = 4 };

/* Adds up exp(score) of every path; gold: only those in which the mention stands so. */
static double paths(const struct tag_chain *c, const float *score, const float *move, size_t at,
                    uint32_t before, double sum, const uint32_t *gold) {
    double total = 0;
    if (at == SHORT)
        return before < tag_exits(c) ? exp(sum) : 0;
    for (uint32_t v = 0; v < tag_tags(c); v++) {
        if (!may_follow(c, before, v) || (gold && gold[at] != UINT32_MAX && gold[at] != v))
            continue;
        total += paths(
            c, score, move, at + 1, v,
            sum + (double)score[at * tag_tags(c) + v] + (double)move[tag_move(c, before, v)], gold);
    }
    return total;
}

static void near(double got, double expected) {
    if (!(fabs(got - expected) < 1e-4))
        fail_msg("%.6f is not %.6f", got, expected);
}

static void probabilities(void **state) {
    (void)state;
    static const uint32_t types[] = {2};
    struct tag_layout l;
    struct tag_trellis *t;
    float score[SHORT * 9], move[33];
    uint32_t seed = 7;
    tag_layout_make(&l, types, 1);
    const struct tag_chain *c = &l.chain[0];
    for (size_t i = 0; i < SHORT * 9 + 33; i++) {
        seed = seed * 1664525 + 1013904223;
        float x = (float)(seed >> 8) / (1 << 22) - 2;
        *(i < SHORT * 9 ? &score[i] : &move[i - SHORT * 9]) = x;
    }
    assert_int_equal(tag_trellis_new(&t, &e), OK);
    tag_trellis_run(t, c, score, 9, move, SHORT);
    double all = paths(c, score, move, 0, tag_out(c), 0, NULL);
    for (size_t i = 0; i < SHORT; i++)
        for (uint32_t v = 0; v < 9; v++) {
            uint32_t gold[SHORT] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
            gold[i] = v;
            near((double)(t->alpha[i * 9 + v] * t->beta[i * 9 + v]),
                 paths(c, score, move, 0, tag_out(c), 0, gold) / all);
        }
    for (uint32_t k = 0; k < 2; k++)
        for (size_t from = 0; from < SHORT; from++)
            for (size_t to = from + 1; to <= SHORT; to++) {
                uint32_t gold[SHORT] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
                for (size_t i = from; i < to; i++)
                    gold[i] = i == from ? tag_begin(c, k) : i + 1 < to ? tag_inside(c, k) : k;
                if (to - from == 1)
                    gold[from] = tag_single(c, k);
                near((double)tag_trellis_mention(t, c, k, from, to),
                     paths(c, score, move, 0, tag_out(c), 0, gold) / all);
            }
    tag_trellis_free(t);
}

/* ---- learning ---- */

static const char *const places[] = {"肝", "右肺", "左肾", "胃体", "直肠", "乳腺", "颈部", "右膝"};
static const char *const signs[] = {"疼痛", "肿胀", "出血", "麻木"};
static const struct {
    const char *format;
    size_t before; /* characters */
} frames[] = {{"患者诉%s%s三天", 3}, {"今日%s%s加重，无发热", 2}, {"%s%s一周入院", 0}};

/* A sign holds its place: 右肺疼痛 is a sign, 右肺 a body part. */
static struct tag_trainer *taught(size_t first, size_t last) {
    struct tag_trainer *t;
    assert_int_equal(tag_train_new(&t, &base, &e), OK);
    for (size_t i = first; i < last; i++)
        for (size_t k = 0; k < 4 * 3; k++) {
            char text[200], spans[200];
            const char *place = places[i % 8], *sign = signs[k / 3];
            size_t at = frames[k % 3].before, n = strlen(place) / 3;
            snprintf(text, sizeof text, frames[k % 3].format, place, sign);
            snprintf(spans, sizeof spans, "[[%zu,%zu,\"症状\"],[%zu,%zu,\"部位\"]]", at, at + n + 2,
                     at, at + n);
            assert_int_equal(tag_train_add(t, span_text(text), span_text(spans), &e), OK);
        }
    return t;
}

static struct buf learnt(void) {
    struct buf out = {0};
    struct tag_trainer *t = taught(0, 24);
    assert_int_equal(tag_train_finish(t, NULL, &out, &e), OK);
    tag_train_free(t);
    return out;
}

static void expect(const struct tagger *t, const char *text, const char *expected) {
    struct tag_room *r;
    struct tag_mention m;
    char got[2000] = "";
    assert_int_equal(tag_room_new(&r, &e), OK);
    tag_room_begin(r, t, span_text(text));
    while (tag_room_next(r, &m)) {
        struct span type = tagger_type(t, m.type);
        double p = -1;
        size_t n = strlen(got);
        assert_int_equal(tag_room_score(r, &p, &e), OK);
        assert_true(p > 0 && p <= 1.001);
        snprintf(got + n, sizeof got - n, "%s%zu-%zu %.*s", n ? " | " : "", m.start, m.end,
                 (int)type.n, (const char *)type.p);
    }
    assert_string_equal(got, expected);
    tag_room_free(r);
}

static void nested(void **state) {
    (void)state;
    struct buf out = learnt();
    struct tagger t;
    assert_true(tagger_is(buf_span(&out)));
    assert_int_equal(tagger_open(&t, buf_span(&out), &base, &e), OK);
    assert_int_equal(t.layout.n_chains, 2);
    expect(&t, "患者诉右肺疼痛三天", "3-7 症状 | 3-5 部位");
    expect(&t, "今日左肾麻木加重，无发热", "2-6 症状 | 2-4 部位");
    expect(&t, "", "");
    expect(&t, "无殊", "");
    expect(&t, "\xFF\xFE患者诉右肺疼痛三天", "5-9 症状 | 5-7 部位");
    /* Texts of many chunks: positions go on. */
    char *longer = calloc(1, 3 * 5000 + 100);
    for (int i = 0; i < 5000; i++)
        memcpy(longer + 3 * i, i % 10 ? "好" : "。", 3);
    strcat(longer, "患者诉右肺疼痛三天");
    expect(&t, longer, "5003-5007 症状 | 5003-5005 部位");
    free(longer);
    tagger_close(&t);
    buf_free(&out);
}

static void repeatable(void **state) {
    (void)state;
    struct buf a = learnt(), b = learnt();
    assert_true(span_same(buf_span(&a), buf_span(&b)));
    buf_free(&a);
    buf_free(&b);
}

static void refused_data(void **state) {
    (void)state;
    static const struct {
        const char *text, *spans;
        enum error_code code;
    } rows[] = {
        {"肝癌", "[[0,2,\"a\"]]", OK},       {"肝癌", "[]", OK},
        {"肝癌", "[[1,1,\"a\"]]", OK},       {"肝癌", "[[3,5,\"a\"]]", BAD_DATA},
        {"肝癌", "[[0,3,\"a\"]]", BAD_DATA}, {"肝癌", "", BAD_DATA},
        {"", "[[0,0,\"a\"]]", OK},           {"", "[[0,1,\"a\"]]", BAD_DATA},
        {"肝癌", "[[0,2]]", BAD_DATA},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tag_trainer *t;
        assert_int_equal(tag_train_new(&t, &base, &e), OK);
        if (tag_train_add(t, span_text(rows[i].text), span_text(rows[i].spans), &e) != rows[i].code)
            fail_msg("%s %s: not %d", rows[i].text, rows[i].spans, rows[i].code);
        tag_train_free(t);
    }
}

static bool stop(void *context) {
    (void)context;
    return true;
}

static void refused(void **state) {
    (void)state;
    const struct poll poll = {stop, NULL};
    struct buf out = {0};
    struct tag_trainer *t;
    assert_int_equal(tag_train_new(&t, &base, &e), OK);
    assert_int_equal(tag_train_finish(t, NULL, &out, &e), BAD_DATA);
    enum error_code code = OK;
    for (int i = 0; i <= TAG_TYPES_MAX; i++) {
        char spans[40];
        snprintf(spans, sizeof spans, "[[0,1,\"%d\"]]", i);
        assert_int_equal(code, OK);
        code = tag_train_add(t, span_text("肝"), span_text(spans), &e);
    }
    assert_int_equal(code, BAD_DATA); /* one type too many */
    tag_train_free(t);
    t = taught(0, 4);
    assert_int_equal(tag_train_finish(t, &poll, &out, &e), INTERRUPTED);
    tag_train_free(t);
    buf_free(&out);
}

static void most_types(void **state) {
    (void)state;
    struct buf out = {0};
    struct tag_trainer *t;
    struct tagger g;
    assert_int_equal(tag_train_new(&t, &base, &e), OK);
    for (int i = 0; i < TAG_TYPES_MAX; i++) {
        char spans[40], text[40];
        snprintf(text, sizeof text, "%c%c%c", 'a' + i % 26, 'a' + i / 26, 'z');
        snprintf(spans, sizeof spans, "[[0,2,\"%d\"]]", i);
        for (int k = 0; k < 3; k++)
            assert_int_equal(tag_train_add(t, span_text(text), span_text(spans), &e), OK);
    }
    assert_int_equal(tag_train_finish(t, NULL, &out, &e), OK);
    tag_train_free(t);
    assert_int_equal(tagger_open(&g, buf_span(&out), &base, &e), OK);
    expect(&g, "aaz", "0-2 0");
    expect(&g, "hcz", "0-2 59");
    tagger_close(&g);
    buf_free(&out);
}

static void hostile(void **state) {
    (void)state;
    struct buf out = learnt();
    struct tagger t;
    struct model other = base;
    other.lexicon++;
    assert_int_equal(tagger_open(&t, buf_span(&out), &other, &e), BAD_FILE);
    for (size_t n = 0; n < out.n; n += n < 200 ? 1 : 997) {
        uint8_t *cut = malloc(n + 1);
        memcpy(cut, out.p, n);
        assert_int_equal(tagger_open(&t, span_of(cut, n), &base, &e), BAD_FILE);
        free(cut);
    }
    for (size_t i = 0; i < out.n; i += i < 200 ? 1 : 499) {
        out.p[i] ^= 0x41;
        assert_int_equal(tagger_open(&t, buf_span(&out), &base, &e), BAD_FILE);
        out.p[i] ^= 0x41;
    }
    buf_free(&out);
}

int main(void) {
    if (model_open(&base, model_shipped(), NULL, &e))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves),      cmocka_unit_test(probabilities),
        cmocka_unit_test(nested),     cmocka_unit_test(repeatable),
        cmocka_unit_test(refused),    cmocka_unit_test(refused_data),
        cmocka_unit_test(most_types), cmocka_unit_test(hostile),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    model_close(&base);
    return failed;
}
