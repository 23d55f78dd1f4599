/* test_train.c - gold in its three notations, and what training makes of it. */
#include "../../ext/base/memory.h"
#include "../../ext/words/segment.h"
#include "../../ext/words/train.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static const char MARKS[] = {'?', '|', '-'};

/* The sentences of gold, one after the other: each character with the mark before it. */
static enum error_code test_read(struct span text, char *out, size_t room, struct error *e) {
    struct gold g = {0};
    struct gold_sentence s;
    enum error_code code = OK;
    size_t n = 0;
    out[0] = 0;
    for (size_t at = 0; at <= text.n && !code;) {
        size_t end = span_find(text, at, '\n');
        bool again = false, last = end == text.n;
        code = gold_line(&g, span_slice(text, at, end), &s, &again, e);
        if (!code && last && !again && s.n == 0)
            gold_end(&g, &s);
        size_t byte = 0;
        for (size_t i = 0; !code && i < s.n; i++) {
            uint32_t point;
            size_t bytes = charset_decode(s.text.p + byte, s.text.n - byte, &point);
            n += (size_t)snprintf(out + n, room - n, "%c%.*s", MARKS[s.marks[i]], (int)bytes,
                                  (const char *)s.text.p + byte);
            byte += bytes;
        }
        if (!code && s.n)
            n += (size_t)snprintf(out + n, room - n, "/");
        at = again ? at : end + 1;
    }
    gold_free(&g);
    return code;
}

static const struct {
    const char *gold, *marks;
} GOLD[] = {
    {"", ""},
    {" \n\r\n", ""},
    {"患者 血压", "|患-者|血-压/"},
    {"  患者\t血压　高\r\n头晕", "|患-者|血-压|高/|头-晕/"},
    {"患\tB\n者\tE\n高\tS\n\n头\tB\n晕\tE", "|患-者|高/|头-晕/"},
    {"患\tB-W\n者\tI-W\n高\tO", "|患-者|高/"},
    {"患\tE", "|患/"},
    {"患\tB\r\n者\tM\r\n头 晕", "|患-者/|头|晕/"},
    {"?患-者|血 压|高", "|患-者|血?压|高/"},
    {"?患-者\n患\tS\n?高|压", "|患-者/|患/|高|压/"},
    {"? 有 吗", "|?|有|吗/"},     /* words: nothing between them is known to be joined */
    {"?患 者", "|?-患|者/"},      /* likewise */
    {"?患-者|", "|?-患---者-|/"}, /* a mark behind the last character: words */
    {"2-3 次", "|2---3|次/"},     /* no "?": words */
};

static void test_gold(void **unused) {
    (void)unused;
    char got[400];
    for (size_t i = 0; i < sizeof GOLD / sizeof *GOLD; i++) {
        assert_int_equal(test_read(span_text(GOLD[i].gold), got, sizeof got, NULL), OK);
        assert_string_equal(got, GOLD[i].marks);
    }
}

static const struct {
    const char *gold, *message;
} BAD_GOLD[] = {
    {"患\tX", "'X' is no tag of B M E S, B I E S or B I O"},
    {"患\t", "'' is no tag of B M E S, B I E S or B I O"},
    {"患\tBE", "'BE' is no tag of B M E S, B I E S or B I O"},
    {"\xE6\x82 a", "a line of gold is not UTF-8"},
};

static void test_bad_gold(void **unused) {
    (void)unused;
    char got[400];
    struct error e;
    for (size_t i = 0; i < sizeof BAD_GOLD / sizeof *BAD_GOLD; i++) {
        assert_int_equal(test_read(span_text(BAD_GOLD[i].gold), got, sizeof got, &e), BAD_DATA);
        assert_string_equal(e.text, BAD_GOLD[i].message);
    }
}

static enum error_code test_train(const char *const *gold, int times, uint32_t seed,
                                  struct buf *out, struct error *e) {
    struct train *t;
    assert_int_equal(train_new(&t, &(struct train_options){.seed = seed}, e), OK);
    enum error_code code = OK;
    for (int i = 0; i < times && !code; i++)
        for (size_t k = 0; gold[k] && !code; k++)
            code = train_add(t, span_text(gold[k]), e);
    if (!code)
        code = train_finish(t, out, e);
    train_free(t);
    return code;
}

static void test_words(const struct buf *model, const char *text, const char *want) {
    struct model m;
    struct segment *s;
    struct buf out = {0};
    assert_int_equal(model_open(&m, buf_span(model), NULL, NULL), OK);
    assert_int_equal(segment_new(&s, NULL), OK);
    assert_int_equal(segment_join(s, &m, NULL, span_text(text), &out, NULL), OK);
    assert_true(span_is(buf_span(&out), want));
    segment_free(s);
    model_close(&m);
    buf_free(&out);
}

static const char *const LINES[] = {"患者 血压 高", "血压 不 高", "患者 头晕", "头晕 不 重", NULL};

static void test_learns(void **unused) {
    (void)unused;
    struct buf b = {0};
    assert_int_equal(test_train(LINES, 10, 0, &b, NULL), OK);
    test_words(&b, "患者头晕", "患者 头晕");
    test_words(&b, "患者血压不高", "患者 血压 不 高");
    buf_free(&b);
}

/* A line a value, or a file in one. */
static void test_tagged_rows(void **unused) {
    (void)unused;
    static const char *const ROWS[] = {"患\tB", "者\tE", "高\tS", "",  "高\tS",
                                       "患\tB", "者\tE", "",      NULL};
    static const char *const FILE[] = {"患\tB\n者\tE\n高\tS\n\n高\tS\n患\tB\n者\tE\n\n", NULL};
    static const char *const WORDS[] = {"患者 高", "高 患者", NULL};
    struct buf rows = {0}, file = {0}, words = {0};
    assert_int_equal(test_train(ROWS, 8, 3, &rows, NULL), OK);
    assert_int_equal(test_train(FILE, 8, 3, &file, NULL), OK);
    assert_int_equal(test_train(WORDS, 8, 3, &words, NULL), OK);
    assert_true(span_same(buf_span(&rows), buf_span(&words)));
    assert_true(span_same(buf_span(&file), buf_span(&words)));
    test_words(&rows, "高患者", "高 患者");
    buf_free(&rows);
    buf_free(&file);
    buf_free(&words);
}

/* What is not known teaches nothing, what is known does. */
static void test_partial(void **unused) {
    (void)unused;
    static const char *const GOLD_PARTIAL[] = {"?甲-乙|丙 丁", "丙丁 甲乙", NULL};
    struct buf b = {0};
    assert_int_equal(test_train(GOLD_PARTIAL, 10, 0, &b, NULL), OK);
    test_words(&b, "甲乙丙丁", "甲乙 丙丁");
    buf_free(&b);
}

static void test_repeats(void **unused) {
    (void)unused;
    struct buf a = {0}, b = {0}, c = {0};
    assert_int_equal(test_train(LINES, 10, 1, &a, NULL), OK);
    assert_int_equal(test_train(LINES, 10, 1, &b, NULL), OK);
    assert_int_equal(test_train(LINES, 10, 2, &c, NULL), OK);
    assert_true(span_same(buf_span(&a), buf_span(&b)));
    assert_false(span_same(buf_span(&a), buf_span(&c)));
    buf_free(&a);
    buf_free(&b);
    buf_free(&c);
}

static bool test_stop(void *unused) {
    (void)unused;
    return true;
}

static void test_refused(void **unused) {
    (void)unused;
    static const char *const NOTHING[] = {"", "患", NULL};
    struct buf b = {0};
    struct error e;
    struct train *t;
    assert_int_equal(test_train(NOTHING, 1, 0, &b, &e), BAD_DATA);
    assert_string_equal(e.text, "there is no gold to train with");
    assert_int_equal(train_new(&t, &(struct train_options){.epochs = 1001}, &e), BAD_USE);
    const struct poll poll = {test_stop, NULL};
    assert_int_equal(train_new(&t, &(struct train_options){.poll = &poll}, &e), OK);
    assert_int_equal(train_add(t, span_text("患者 高"), &e), OK);
    assert_int_equal(train_finish(t, &b, &e), INTERRUPTED);
    train_free(t);
    buf_free(&b);
}

/* ---- every allocation fails once ---- */

static long allocations_left;

static void *test_alloc(unsigned long long n) {
    return allocations_left-- > 0 ? malloc((size_t)n) : NULL;
}

static void *test_resize(void *p, unsigned long long n) {
    return allocations_left-- > 0 ? realloc(p, (size_t)n) : NULL;
}

static enum error_code test_all(struct error *e) {
    struct train *t = NULL;
    struct user_words u = {0};
    struct model m = {0};
    struct segment *s = NULL;
    struct buf model = {0}, out = {0};
    enum error_code code = train_new(&t, &(struct train_options){.epochs = 1}, e);
    for (int i = 0; LINES[i] && !code; i++)
        code = train_add(t, span_text(LINES[i]), e);
    if (!code)
        code = train_finish(t, &model, e);
    if (!code)
        code = model_open(&m, buf_span(&model), NULL, e);
    if (!code)
        code = user_words_add(&u, span_text("血压高"), 9, e);
    if (!code)
        code = user_words_ready(&u, e);
    if (!code)
        code = segment_new(&s, e);
    if (!code)
        code = segment_join(s, &m, &u, span_text("患者血压高"), &out, e);
    segment_free(s);
    user_words_free(&u);
    model_close(&m);
    train_free(t);
    buf_free(&model);
    buf_free(&out);
    return code;
}

static void test_no_memory(void **unused) {
    (void)unused;
    const struct memory failing = {test_alloc, test_resize, free};
    struct error e;
    memory_use(&failing);
    enum error_code code = NO_MEMORY;
    long tries = 0;
    for (; code == NO_MEMORY && tries < 10000; tries++) {
        allocations_left = tries;
        code = test_all(&e);
    }
    assert_int_equal(code, OK);
    assert_true(tries > 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gold),    cmocka_unit_test(test_bad_gold),
        cmocka_unit_test(test_learns),  cmocka_unit_test(test_tagged_rows),
        cmocka_unit_test(test_partial), cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
