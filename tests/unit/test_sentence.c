/* test_sentence.c - sentences and sections, with their positions. */
#include "../../ext/text/section.h"
#include "../../ext/text/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static struct buf written;
static struct points text;

static const char *text_of(struct buf *b) {
    struct error e;
    buf_add_byte(b, 0, &e);
    b->n--;
    return (const char *)b->p;
}

/* Sentences joined by '|'. */
static const char *sentences_of(const char *z) {
    struct error e;
    struct sentence s;
    size_t at = 0, last = 0;
    written.n = 0;
    assert_int_equal(points_decode(&text, span_text(z), &e), OK);
    while (sentence_next(&text, &at, &s)) {
        assert_true(s.start >= last && s.end > s.start && s.end <= at && at <= text.n);
        last = s.end;
        if (written.n)
            buf_add_byte(&written, '|', &e);
        points_encode(&text, s.start, s.end, &written, &e);
    }
    return text_of(&written);
}

static const char *const sentence_cases[][2] = {
    {"", ""},
    {" \n　\r\n", ""},
    {"头痛", "头痛"},
    {"头痛。恶心！呕吐？好转；出院", "头痛。|恶心！|呕吐？|好转；|出院"},
    {"头痛\n恶心\r\n呕吐", "头痛|恶心|呕吐"},
    {"  头痛 。 恶心 ", "头痛 。|恶心"},
    {"体温38.5℃，白细胞3.5×10^9/L。", "体温38.5℃，白细胞3.5×10^9/L。"},
    {"他说“头痛。”然后离开。", "他说“头痛。”|然后离开。"},
    {"（头痛。）恶心", "（头痛。）|恶心"},
    {"说\"头痛。\"后走。\"好。\"", "说\"头痛。\"|后走。|\"好。\""},
    {"真的吗？！！是……好", "真的吗？！！|是……|好"},
    {"HBsAg(+);ALT 50;AST 60", "HBsAg(+);|ALT 50;|AST 60"},
    {"It hurts. See Fig. 3 and Dr. Li. S. aureus grew. pH 7.4. End",
     "It hurts.|See Fig. 3 and Dr. Li.|S. aureus grew.|pH 7.4.|End"},
    {"1. 头痛\n2. 恶心", "1. 头痛|2. 恶心"},
    {"见http://a.cn/x?y=1。好", "见http://a.cn/x?y=1。|好"},
    {"冠心病?高血压", "冠心病?|高血压"},
    {"。。。", "。。。"},
    {"a\xFF。b", "a\uFFFD。|b"},
};

static void sentence_cases_hold(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof sentence_cases / sizeof *sentence_cases; i++)
        assert_string_equal(sentences_of(sentence_cases[i][0]), sentence_cases[i][1]);
}

/* Sections as name<heading>body, joined by '|'. */
static const char *sections_of(const char *z) {
    struct error e;
    struct section s;
    size_t at = 0, last = 0;
    written.n = 0;
    assert_int_equal(points_decode(&text, span_text(z), &e), OK);
    while (section_next(&text, &at, &s)) {
        assert_true(s.start >= last && s.end >= s.start && s.end <= text.n && at <= text.n);
        last = s.end;
        if (written.n)
            buf_add_byte(&written, '|', &e);
        buf_add_text(&written, s.name ? s.name : "-", &e);
        buf_add_byte(&written, '<', &e);
        points_encode(&text, s.heading_start, s.heading_end, &written, &e);
        buf_add_byte(&written, '>', &e);
        points_encode(&text, s.start, s.end, &written, &e);
    }
    return text_of(&written);
}

static const char *const section_cases[][2] = {
    {"", ""},
    {" \n", ""},
    {"无标题的文字", "-<>无标题的文字"},
    {"主诉：反复头痛3年。现病史：患者3年前起病。",
     "主诉<主诉>反复头痛3年。|现病史<现病史>患者3年前起病。"},
    {"入院记录\n主 诉: 头痛\n\n二、既往病史：体健\n",
     "-<>入院记录|主诉<主 诉>头痛|既往史<既往病史>体健"},
    {"【查体】T36.5℃【辅助检查】：未见异常", "体格检查<查体>T36.5℃|辅助检查<辅助检查>未见异常"},
    {"**主诉**：头痛\n[家族史] 无", "主诉<主诉>头痛|家族史<家族史>无"},
    {"初步诊断：1.高血压\n2.糖尿病\n诊疗计划：降压",
     "初步诊断<初步诊断>1.高血压\n2.糖尿病|诊疗计划<诊疗计划>降压"},
    {"主诉\n头痛\n现病史 起病急", "主诉<主诉>头痛|现病史<现病史>起病急"},
    {"现病史：患者诉既往史不详，辅助检查未做。", "现病史<现病史>患者诉既往史不详，辅助检查未做。"},
    {"现病史：主诉：头痛", "现病史<现病史>主诉：头痛"},
    {"主诉：现病史：头痛", "主诉<主诉>现病史：头痛"},
    {"主诉： 现病史：头痛", "主诉<主诉>|现病史<现病史>头痛"},
    {"（一）婚姻史：已婚 （二）月经史：14", "婚育史<婚姻史>已婚|月经史<月经史>14"},
    {"①主诉：头痛", "主诉<主诉>头痛"},
    {"出院诊断：\n胃炎\n出院医嘱：\n", "出院诊断<出院诊断>胃炎|出院医嘱<出院医嘱>"},
};

static void section_cases_hold(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof section_cases / sizeof *section_cases; i++)
        assert_string_equal(sections_of(section_cases[i][0]), section_cases[i][1]);
}

/* No spelling belongs to two names, so that the table means one thing. */
static void section_table_is_unambiguous(void **state) {
    (void)state;
    for (const struct section_heading *a = section_headings; a->name; a++)
        for (const struct section_heading *b = section_headings; b->name; b++)
            for (const char *const *v = b->variants; *v; v++) {
                assert_string_not_equal(a->name, *v);
                for (const char *const *w = a->variants; a != b && *w; w++)
                    assert_string_not_equal(*v, *w);
            }
}

static int free_written(void **state) {
    (void)state;
    buf_free(&written);
    points_free(&text);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentence_cases_hold),
        cmocka_unit_test(section_cases_hold),
        cmocka_unit_test(section_table_is_unambiguous),
    };
    return cmocka_run_group_tests(tests, NULL, free_written);
}
