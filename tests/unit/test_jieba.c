/* test_jieba.c - a tiny dictionary and tiny tables; what jieba 0.42.1 makes of them. */
#include "../../ext/base/memory.h"
#include "../../ext/words/jieba.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char dict[] = "发热 100 n\n发 30 v\n热 20 a\n高血压 50 n\n高 10 a\n血压 40 n\n"
                           "血 5 n\n压 5 v\n患者 80 n\nB超 3 n\n阿莫西林 60 nz\n阿莫 7\n"
                           "2型 4 m\r\n  头孢克肟 9 nz\t\n";

static const char start[] = "P={'B': -0.25,\n 'E': -3.14e+100,\n 'M': -3.14e+100,\n 'S': -1.5}\n";
static const char trans[] = "P={'B': {'E': -0.5, 'M': -0.75},\n 'E': {'B': -0.5, 'S': -0.75},\n"
                            " 'M': {'E': -0.25, 'M': -1.25},\n 'S': {'B': -0.75, 'S': -0.5}}\n";
static const char emit[] =
    "from __future__ import unicode_literals\n\n# of begin, end, middle, single\n"
    "P={'B': {'\\u4f24': -1.5,\n 'x': -1, '咳': -2.0, '胰': -1.0, '患': -3.0},\n"
    " 'E': {'\\u5BD2': -1.25, '嗽': -2.5, '岛': -1.0, '者': -2.0,},\n"
    " 'M': {'素': -2.0, '岛': -3.0},\n"
    " 'S': {'的': -0.5, '伤': -4.0, '有': -1.0, '寒': -4.5}}";

static struct jieba *load(void) {
    struct jieba_files files = {span_text(dict), span_text(start), span_text(trans),
                                span_text(emit)};
    struct jieba *j = NULL;
    struct error e = {0};
    if (jieba_load(&files, &j, &e))
        fail_msg("%s", e.text);
    return j;
}

static const char *cut(const struct jieba *j, const char *text, unsigned mode) {
    static char line[4096];
    struct jieba_room room = {0};
    const struct jieba_word *word;
    size_t n, at = 0;
    assert_int_equal(jieba_cut(j, &room, span_text(text), mode, &word, &n, NULL), OK);
    for (size_t i = 0; i < n; i++)
        at += (size_t)snprintf(line + at, sizeof line - at, "%s%.*s", i ? "|" : "", (int)word[i].n,
                               text + word[i].at);
    line[at] = 0;
    jieba_room_free(&room);
    return line;
}

struct test {
    const char *text;
    const char *hmm, *plain;
    const char *search; /* NULL: as hmm */
};

static const struct test tests[] = {
    {"", "", "", NULL},
    {"发热", "发热", "发热", NULL},
    {"高血压患者发热", "高血压|患者|发热", "高血压|患者|发热", "血压|高血压|患者|发热"},
    {"血压高血压", "血压|高血压", "血压|高血压", "血压|血压|高血压"},
    {"阿莫西林", "阿莫西林", "阿莫西林", "阿莫|阿莫西林"},
    {"阿莫西", "阿莫|西", "阿莫|西", NULL},
    {"伤寒的", "伤寒|的", "伤|寒|的", NULL},
    {"伤寒有胰岛素", "伤寒|有|胰岛|素", "伤|寒|有|胰|岛|素", NULL},
    {"咳嗽患", "咳嗽|患", "咳|嗽|患", NULL},
    {"胰岛胰岛", "胰岛|胰岛", "胰|岛|胰|岛", NULL},
    {"B超3.5%abc", "B超|3.5%|abc", "B超|3|.|5|%|abc", NULL},
    {"b超", "b|超", "b|超", NULL},
    {"A1c-2.5%", "A1c|-|2.5%", "A1c|-|2|.|5|%", NULL},
    {"3.5.6", "3.5|.|6", "3|.|5|.|6", NULL},
    {"3.", "3|.", "3|.", NULL},
    {"a.b", "a|.|b", "a|.|b", NULL},
    {"+-x", "+-|x", "+|-|x", NULL},
    {"1%2", "1%|2", "1|%|2", NULL},
    {"1.٣", "1|.|٣", "1|.|٣", NULL},
    {"2型糖", "2型|糖", "2型|糖", NULL},
    {"发 热\r\n患者\t!，", "发| |热|\r\n|患者|\t|!|，", "发| |热|\r\n|患者|\t|!|，", NULL},
    {"\r\r\n\n", "\r|\r\n|\n", "\r|\r\n|\n", NULL},
    {"鿕鿖伤寒", "鿕|鿖|伤寒", "鿕|鿖|伤|寒",
     NULL}, /* U+9FD5 is the last Han, U+9FD6 none */
    {"😀伤寒𠀀", "😀|伤寒|𠀀", "😀|伤|寒|𠀀", NULL},
    {"头孢克肟片", "头孢克肟|片", "头孢克肟|片", NULL},
    {"高a血压", "高|a|血压", "高|a|血压", NULL},
    {"发发发热", "发|发|发热", "发|发|发热", NULL},
    {"患者者", "患者|者", "患者|者", NULL},
};

static void test_cuts(void **state) {
    (void)state;
    struct jieba *j = load();
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        const struct test *t = &tests[i];
        assert_string_equal(cut(j, t->text, JIEBA_HMM), t->hmm);
        assert_string_equal(cut(j, t->text, 0), t->plain);
        assert_string_equal(cut(j, t->text, JIEBA_HMM | JIEBA_SEARCH),
                            t->search ? t->search : t->hmm);
    }
    jieba_free(j);
}

static void test_suggests(void **state) {
    (void)state;
    static const struct {
        const char *word;
        int64_t freq;
    } words[] = {{"发热患者", 19}, {"伤寒", 1}, {"高血压", 51}, {"发", 31}, {"高血", 1}, {"糖", 2}};
    static const struct {
        const char *a, *b;
        int64_t freq;
    } parts[] = {{"发", "热", 1}, {"高", "血压", 0}, {"伤", "寒", 0}, {"高血", "压", 0}};
    struct jieba *j = load();
    int64_t freq;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_int_equal(jieba_suggest(j, span_text(words[i].word), &freq, NULL), OK);
        assert_int_equal(freq, words[i].freq);
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct span two[2] = {span_text(parts[i].a), span_text(parts[i].b)};
        assert_int_equal(jieba_suggest_parts(j, two, 2, &freq, NULL), OK);
        assert_int_equal(freq, parts[i].freq);
    }
    jieba_free(j);
}

static void test_adds_and_deletes(void **state) {
    (void)state;
    static const struct {
        const char *word;
        int64_t freq;
        const char *text, *want;
    } steps[] = {
        {"伤寒的", -1, "伤寒的有", "伤寒的|有"},
        {"发热患者", -1, "发热患者", "发热患者"},
        {"胰岛素", 0, "有胰岛素", "有|胰岛|素"},
        {"咳嗽", 0, "咳嗽有", "咳|嗽|有"}, /* the model would make it, and must not */
        {"高血压", 0, "高血压", "高|血压"},
        {"高血压", 70, "高血压", "高血压"},
    };
    struct jieba *j = load();
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_int_equal(jieba_add_word(j, span_text(steps[i].word), steps[i].freq, NULL), OK);
        assert_string_equal(cut(j, steps[i].text, JIEBA_HMM), steps[i].want);
    }
    assert_int_equal(jieba_add_word(j, span_text(""), 1, NULL), BAD_DATA);
    assert_int_equal(jieba_add_word(j, span_text("\xFF"), 1, NULL), BAD_DATA);
    assert_int_equal(jieba_add_word(j, span_text("多"), INT64_MAX, NULL), BAD_FILE);
    jieba_free(j);
}

static void test_reads_user_lines(void **state) {
    (void)state;
    static const char lines[] = "\xEF\xBB\xBF肾炎 12 n\n二 型 5\n  病房 x \r\n\nq w 7 e\n尿素 糖\n";
    static const struct {
        const char *word;
        int64_t freq;
    } words[] = {{"肾炎", 12}, {"病房", 1}, {"二 型", 5}, {"q w", 7}, {"尿素 糖", 1}};
    struct jieba *j = load();
    assert_int_equal(jieba_add_words(j, span_text(lines), NULL), OK);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        /* one part: the least of its likelihood, which is its frequency, and its frequency */
        const struct span word = span_text(words[i].word);
        int64_t freq;
        assert_int_equal(jieba_suggest_parts(j, &word, 1, &freq, NULL), OK);
        assert_int_equal(freq, words[i].freq);
    }
    assert_string_equal(cut(j, "肾炎病房", 0), "肾炎|病房");
    assert_int_equal(jieba_add_words(j, span_text("肾炎\xE8 1\n"), NULL), BAD_DATA);
    assert_int_equal(jieba_add_words(j, span_text("肾炎 9999999999999999999\n"), NULL), BAD_DATA);
    jieba_free(j);
}

static void test_refuses_files(void **state) {
    (void)state;
    static const struct {
        const char *dict, *start, *trans, *emit; /* NULL: the good one */
        const char *want;
    } bad[] = {
        {"", NULL, NULL, NULL, "no word has a frequency"},
        {"发热 0\n", NULL, NULL, NULL, "no word has a frequency"},
        {"发热 1\n\n", NULL, NULL, NULL, "'dict.txt' line 2"},
        {"发热\n", NULL, NULL, NULL, "'dict.txt' line 1: no word and frequency"},
        {"发热 n\n", NULL, NULL, NULL, "line 1"},
        {"发热  1\n", NULL, NULL, NULL, "line 1"},
        {"发热 -1\n", NULL, NULL, NULL, "line 1"},
        {"发热 1.5\n", NULL, NULL, NULL, "line 1"},
        {"发\xE7 1\n", NULL, NULL, NULL, "not UTF-8"},
        {"a 999999999999999999\nb 999999999999999999\nc 999999999999999999\n"
         "d 999999999999999999\ne 999999999999999999\n",
         NULL, NULL, NULL, "line 5: frequencies add up"},
        {NULL, "", NULL, NULL, "'prob_start.py': not a table of jieba at byte 0"},
        {NULL, "P={'B': 1, 'E': 1, 'M': 1}", NULL, NULL, "not all of the states"},
        {NULL, "P={'B': {'B': 1}}", NULL, NULL, "none of B"},
        {NULL, "P={'X': 1}", NULL, NULL, "none of B"},
        {NULL, "P={'B': x}", NULL, NULL, "at byte 8"},
        {NULL, "P={'B': 1", NULL, NULL, "at byte 9"},
        {NULL, "P={'B': 1 'E': 2}", NULL, NULL, "at byte 10"},
        {NULL, "P={B: 1}", NULL, NULL, "at byte 3"},
        {NULL, "import os\nP={}", NULL, NULL, "at byte 0"},
        {NULL, "P={'B': 1}\nos.system('x')", NULL, NULL, "at byte 11"},
        {NULL, NULL, "P={'B': 1}", NULL, "'prob_trans.py'"},
        {NULL, NULL, "P={'B': {'发': 1}}", NULL, "none of B"},
        {NULL, NULL, NULL, "P={'B': {'\\x41': 1}}", "'prob_emit.py'"},
        {NULL, NULL, NULL, "P={'B': {'\\u12': 1}}", "at byte"},
        {NULL, NULL, NULL, "P={'B': {'发热': 1}}", "at byte"},
        {NULL, NULL, NULL, "P={'B': {'发': {}}}", "at byte"},
        {NULL, NULL, NULL, "P={'B': {'", "at byte 10"},
        {NULL, NULL, NULL, "P={'B': {'\\", "at byte 11"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct jieba_files files = {span_text(bad[i].dict ? bad[i].dict : dict),
                                    span_text(bad[i].start ? bad[i].start : start),
                                    span_text(bad[i].trans ? bad[i].trans : trans),
                                    span_text(bad[i].emit ? bad[i].emit : emit)};
        struct jieba *j = NULL;
        struct error e = {0};
        assert_int_equal(jieba_load(&files, &j, &e), BAD_FILE);
        if (!strstr(e.text, bad[i].want))
            fail_msg("case %zu: '%s' does not say '%s'", i, e.text, bad[i].want);
    }
}

static void test_refuses_long_words(void **state) {
    (void)state;
    char word[JIEBA_WORD_MAX + 2];
    struct jieba *j = load();
    memset(word, 'w', sizeof word);
    assert_int_equal(jieba_add_word(j, span_of(word, JIEBA_WORD_MAX), 5, NULL), OK);
    assert_int_equal(jieba_add_word(j, span_of(word, JIEBA_WORD_MAX + 1), 5, NULL), BAD_FILE);
    struct jieba_room room = {0};
    const struct jieba_word *words;
    size_t n;
    assert_int_equal(jieba_cut(j, &room, span_of(word, sizeof word), 0, &words, &n, NULL), OK);
    assert_int_equal(n, 2);
    assert_int_equal(jieba_cut(j, &room, span_text("\xE5\x8F"), 0, &words, &n, NULL), BAD_DATA);
    jieba_room_free(&room);
    jieba_free(j);
}

static size_t live, allowed;

static void *scarce_resize(void *p, unsigned long long n) {
    if (allowed == 0)
        return NULL;
    allowed--;
    live += !p;
    return realloc(p, (size_t)n);
}

static void *scarce_alloc(unsigned long long n) {
    return scarce_resize(NULL, n);
}

static void scarce_free(void *p) {
    live -= p != NULL;
    free(p);
}

static enum error_code scarce_run(void) {
    struct jieba_files files = {span_text(dict), span_text(start), span_text(trans),
                                span_text(emit)};
    struct jieba *j = NULL;
    struct jieba_room room = {0};
    const struct jieba_word *word;
    const struct span parts[2] = {span_text("发"), span_text("热")};
    size_t n;
    int64_t freq;
    enum error_code code = jieba_load(&files, &j, NULL);
    if (!code)
        code = jieba_add_word(j, span_text("伤寒有"), -1, NULL);
    if (!code)
        code = jieba_suggest_parts(j, parts, 2, &freq, NULL);
    if (!code)
        code = jieba_cut(j, &room, span_text("伤寒，高血压发热"), JIEBA_HMM, &word, &n, NULL);
    jieba_room_free(&room);
    jieba_free(j);
    return code;
}

static void test_survives_no_memory(void **state) {
    (void)state;
    static const struct memory scarce = {scarce_alloc, scarce_resize, scarce_free};
    size_t tries = 0;
    memory_use(&scarce);
    for (enum error_code code = NO_MEMORY; code; tries++) {
        allowed = tries;
        code = scarce_run();
        assert_true(code == OK || code == NO_MEMORY);
        assert_int_equal(live, 0);
    }
    assert_true(tries > 8);
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_suggests),
        cmocka_unit_test(test_adds_and_deletes),
        cmocka_unit_test(test_reads_user_lines),
        cmocka_unit_test(test_refuses_files),
        cmocka_unit_test(test_refuses_long_words),
        cmocka_unit_test(test_survives_no_memory),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
