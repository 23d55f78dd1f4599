/* test_segment.c - words: by the rules alone, by the model that ships, by users; offsets. */
#include "../../ext/base/memory.h"
#include "../../ext/words/segment.h"
#include "../../ext/words/train.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

/* The model that ships, and a segmenter. */
struct fixture {
    struct model model;
    struct segment *segment;
    struct buf out;
};

static int test_open(void **state) {
    static struct fixture f;
    *state = &f;
    return model_open(&f.model, model_shipped(), NULL, NULL) || segment_new(&f.segment, NULL);
}

static int test_close(void **state) {
    struct fixture *f = *state;
    model_close(&f->model);
    segment_free(f->segment);
    buf_free(&f->out);
    return 0;
}

static const char *test_words(struct fixture *f, const struct user_words *users, struct span text) {
    f->out.n = 0;
    assert_int_equal(segment_join(f->segment, &f->model, users, text, &f->out, NULL), OK);
    assert_int_equal(buf_add_byte(&f->out, 0, NULL), OK);
    return (const char *)f->out.p;
}

/* What rules say, whatever the model: text and its words. */
static const struct {
    const char *text, *words;
} RULES[] = {
    {"", ""},
    {" \t\n", ""},
    {"38.5℃", "38.5℃"},
    {"36.8°C", "36.8°C"},
    {"50%", "50%"},
    {"0.5g", "0.5 g"},
    {"140/90mmHg", "140/90 mmHg"},
    {"3mg/kg/d", "3 mg/kg/d"},
    {"1.73m2", "1.73 m2"},
    {"5.6mmol/L", "5.6 mmol/L"},
    {"10×10⁹/L", "10 ×10⁹/L"},
    {"4.5×10^9/L", "4.5 ×10^9/L"},
    {"210x109/L", "210 x109/L"},
    {"3×4×100", "3×4×100"},
    {"2016-02-13", "2016-02-13"},
    {"08:30", "08:30"},
    {"1,000,000", "1,000,000"},
    {"1,2", "1 , 2"},
    {"-2.5", "-2.5"},
    {"(-2.5)", "( -2.5 )"},
    {"5-3", "5-3"},
    {"3+", "3+"},
    {"2+3", "2 + 3"},
    {"CYP2C19", "CYP2C19"},
    {"HER-2", "HER-2"},
    {"IL-6", "IL-6"},
    {"5-HT", "5-HT"},
    {"18F-FDG", "18F-FDG"},
    {"PET-CT", "PET-CT"},
    {"PD-1/PD-L1", "PD-1/PD-L1"},
    {"CD4+T", "CD4+ T"},
    {"A+B", "A + B"},
    {"T2N1M0", "T2N1M0"},
    {"Crohn's", "Crohn's"},
    {"β-hCG", "β-hCG"},
    {"ＣＴ　ＭＲＩ", "ＣＴ ＭＲＩ"},
    {"Ⅲ-Ⅳ", "Ⅲ-Ⅳ"},
    {"(Hb)", "( Hb )"},
    {"。”", "。 ”"},
    {"……", "……"},
    {"!!!?", "!!! ?"},
    {"a.", "a ."},
    {"1.", "1 ."},
    {"/L", "/ L"},
    {"×10", "× 10"},
};

static void test_rules(void **state) {
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        assert_string_equal(test_words(*state, NULL, span_text(RULES[i].text)), RULES[i].words);
}

/* With the model that ships: what a reader of medical text expects. */
static const struct {
    const char *text, *words;
} MEDICAL[] = {
    {"2型糖尿病", "2型 糖尿病"},
    {"Ⅱ型糖尿病", "Ⅱ型 糖尿病"},
    {"II型呼吸衰竭", "II型 呼吸 衰竭"},
    {"血红蛋白(Hb)120g/L", "血红蛋白 ( Hb ) 120 g/L"},
    {"白细胞10×10⁹/L", "白细胞 10 ×10⁹/L"},
    {"体温38.5℃", "体温 38.5℃"},
    {"血压140/90mmHg，", "血压 140/90 mmHg ，"},
    {"HER-2阳性乳腺癌", "HER-2 阳性 乳腺癌"},
    {"口服氯吡格雷75mg", "口服 氯吡格雷 75 mg"},
    {"患者反复咳嗽3年", "患者 反复 咳嗽 3 年"},
    {"我妈妈总是头晕", "我 妈妈 总是 头晕"},
};

static void test_medical(void **state) {
    for (size_t i = 0; i < sizeof MEDICAL / sizeof *MEDICAL; i++)
        assert_string_equal(test_words(*state, NULL, span_text(MEDICAL[i].text)), MEDICAL[i].words);
}

static void test_offsets(void **state) {
    struct fixture *f = *state;
    struct span text = span_text(" 肺癌 CT\xFF𠀀。");
    static const struct segment_word WANT[] = {
        {1, 7, 1, 3}, {8, 10, 4, 6}, {10, 11, 6, 7}, {11, 15, 7, 8}, {15, 18, 8, 9}};
    struct segment_word w;
    size_t n = 0;
    segment_begin(f->segment, &f->model, NULL, text);
    for (; segment_next(f->segment, &w); n++)
        assert_memory_equal(&w, &WANT[n], sizeof w);
    assert_int_equal(n, 5);
}

/* Words never overlap, leave out nothing but white space, and do not depend on how much text
 * stands before them a chunk away. */
static void test_long(void **state) {
    struct fixture *f = *state;
    static const char *const PIECES[] = {"患者血压高", "，", "CT示肺癌 ", "\n",
                                         "12.5mg",     "。", "\xE6\x82",  "主诉：头晕3天；"};
    struct buf text = {0};
    uint32_t seed = 1;
    for (int i = 0; i < 5000; i++) {
        seed = seed * 1664525u + 1013904223u;
        assert_int_equal(buf_add_text(&text, PIECES[seed >> 29], NULL), OK);
    }
    struct segment_word w;
    size_t at = 0, point = 0;
    segment_begin(f->segment, &f->model, NULL, buf_span(&text));
    while (segment_next(f->segment, &w)) {
        assert_true(w.start >= at && w.end > w.start && w.end <= text.n);
        for (; at < w.start; at++, point++)
            assert_true(text.p[at] == ' ' || text.p[at] == '\n');
        assert_int_equal(point, w.start_point);
        at = w.end;
        point = w.end_point;
    }
    assert_true(at + 2 >= text.n);
    buf_free(&text);
}

static void test_one_long_word(void **state) {
    struct buf text = {0};
    for (int i = 0; i < 3000; i++)
        assert_int_equal(buf_add_byte(&text, 'a', NULL), OK);
    const char *words = test_words(*state, NULL, buf_span(&text));
    assert_int_equal(strlen(words), 3002); /* two hard cuts, at CHUNK_MAX */
    buf_free(&text);
}

static void test_users(void **state) {
    struct fixture *f = *state;
    struct user_words u = {0};
    struct error e;
    struct span text = span_text("服用甲乙丙丁片和血红蛋白(Hb)");
    assert_null(strstr(test_words(f, NULL, text), " 甲乙丙丁片 "));
    assert_int_equal(user_words_add(&u, span_text("甲乙丙丁片"), USER_WORDS_WEIGHT, &e), OK);
    assert_int_equal(user_words_add(&u, span_text("血红蛋白(hb)"), 10, &e), OK);
    assert_int_equal(user_words_ready(&u, &e), OK);
    assert_string_equal(test_words(f, &u, text), "服用 甲乙丙丁片 和 血红蛋白(Hb)");
    assert_int_equal(user_words_add(&u, span_text("甲乙丙丁片"), 0, &e), OK);
    assert_int_equal(user_words_ready(&u, &e), OK);
    assert_null(strstr(test_words(f, &u, text), " 甲乙丙丁片 "));
    user_words_free(&u);
}

static void test_users_refused(void **unused) {
    (void)unused;
    struct user_words u = {0};
    struct error e;
    char longest[200];
    memset(longest, 'a', sizeof longest);
    assert_int_equal(user_words_add(&u, span_text(""), 1, &e), BAD_USE);
    assert_string_equal(e.text, "a word is empty");
    assert_int_equal(user_words_add(&u, span_text("a b"), 1, &e), BAD_USE);
    assert_string_equal(e.text, "a word holds U+0020");
    assert_int_equal(user_words_add(&u, span_text("𠀀"), 1, &e), BAD_USE);
    assert_int_equal(user_words_add(&u, span_text("\xFF"), 1, &e), BAD_USE);
    assert_string_equal(e.text, "a word is not UTF-8");
    assert_int_equal(user_words_add(&u, span_of(longest, 65), 1, &e), BAD_USE);
    assert_int_equal(user_words_add(&u, span_of(longest, 64), 1, &e), OK);
    assert_int_equal(user_words_add(&u, span_text("a"), 101, &e), BAD_USE);
    assert_int_equal(user_words_add(&u, span_text("a"), 0.0 / 0.0, &e), BAD_USE);
    user_words_free(&u);
}

static void test_tags(void **state) {
    struct fixture *f = *state;
    static const char *const TAGS[][2] = {
        {"患者", "n"}, {"的", "uj"}, {"咳嗽", "v"}, {"12.5", "m"},         {"CT", "eng"},
        {"，", "x"},   {"Ⅱ期", "m"}, {"", "x"},     {"甲乙丙高血压", "n"}, {"-2.5", "m"},
    };
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++)
        assert_string_equal(segment_tag(&f->model, span_text(TAGS[i][0])), TAGS[i][1]);
}

static void test_parts(void **state) {
    struct fixture *f = *state;
    struct segment_word parts[8];
    struct span word = span_text("高血压病");
    size_t n = segment_parts(&f->model, word, parts, 8);
    assert_true(n >= 2);
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        struct span part = span_slice(word, parts[i].start, parts[i].end);
        assert_true(part.n >= 6 && part.n < word.n);
        assert_int_equal(parts[i].start, parts[i].start_point * 3);
        found |= span_is(part, "血压");
    }
    assert_true(found);
    assert_int_equal(segment_parts(&f->model, word, parts, 1), 1);
    assert_int_equal(segment_parts(&f->model, span_text("血"), parts, 8), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),         cmocka_unit_test(test_medical),
        cmocka_unit_test(test_offsets),       cmocka_unit_test(test_long),
        cmocka_unit_test(test_one_long_word), cmocka_unit_test(test_users),
        cmocka_unit_test(test_users_refused), cmocka_unit_test(test_tags),
        cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, test_open, test_close);
}
