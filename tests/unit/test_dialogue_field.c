/* Labels in a section of a consultation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/format/dialogue_field.h"
#include "format_driver.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* label=value; of every field. */
static char *fields_of(const char *body) {
    struct dialogue_field field;
    char *text;
    size_t n, at = 0;
    FILE *out = open_memstream(&text, &n);
    while (dialogue_field_next(span_text(body), &at, &field)) {
        driver_text(out, field.label);
        fputc('=', out);
        driver_text(out, field.value);
        fputc(';', out);
    }
    fclose(out);
    return text;
}

static void labels_part_fields(void **state) {
    static const struct {
        const char *body, *fields;
    } cases[] = {
        {"", ""},
        {"头痛\n", "=头痛\\n;"},
        {"疾病：", "疾病=;"},
        {"疾病：\n头痛\n", "疾病=\\n头痛\\n;"},
        {"疾病： 　头痛 \n", "疾病=头痛 \\n;"},
        {"疾病:头痛\n", "疾病=头痛\\n;"},
        {"a\n疾病：b\n过敏史：c", "=a\\n;疾病=b\\n;过敏史=c;"},
        /* remarks */
        {"病情描述（发病时间、主要症状：等）：\na\n",
         "病情描述（发病时间、主要症状：等）=\\na\\n;"},
        {"病情描述(咳)：a", "病情描述(咳)=a;"},
        {"病情描述（咳：a", "=病情描述（咳：a;"},
        /* not at the start of a line */
        {"疾病：有疾病：a 既往病史：b", "疾病=有疾病：a 既往病史：b;"},
        {"我的疾病：a", "=我的疾病：a;"},
        {" 疾病：a", "= 疾病：a;"},
        /* not known: only before a blank */
        {"报到来源： 门诊\n检查医院：\n一院", "报到来源=门诊\\n检查医院：\\n一院;"},
        {"报到来源：\r\n", "=报到来源：\\r\\n;"},
        {"化验单（3）： a", "化验单（3）=a;"},
        {"疾病/症状： a", "疾病/症状=a;"},
        {"维生素：早晚一片", "=维生素：早晚一片;"},
        {"维生素: 早晚一片", "=维生素: 早晚一片;"},
        {"21日： 发烧", "=21日： 发烧;"},
        {"您好，疼吗？： ", "=您好，疼吗？： ;"},
        {"咳嗽 三天： 无", "=咳嗽 三天： 无;"},
        {"用药：甲： 乙", "=用药：甲： 乙;"},
        {"： a", "=： a;"},
        {"一二三四五六七八九十一二三四五六七八九十： a",
         "一二三四五六七八九十一二三四五六七八九十=a;"},
        {"一二三四五六七八九十一二三四五六七八九十一： a",
         "=一二三四五六七八九十一二三四五六七八九十一： a;"},
        {"\xFF\xFE： a", "=\xFF\xFE： a;"},
        /* several on a line */
        {"疾病：胃炎 内容：病情描述（主要症状）：胃痛曾经治疗情况和效果：无想得到怎样的帮助:怎么办\n",
         "疾病=胃炎;内容=;病情描述（主要症状）=胃痛;曾经治疗情况和效果=无;想得到怎样的帮助=怎么办\\n;"},
        {"疾病：胃炎内容：a", "疾病=胃炎内容：a;"},
        {"a现在病情、想获得的帮助：b化验、检查结果：c",
         "=a;现在病情、想获得的帮助=b;化验、检查结果=c;"},
        {"疾病：\n内容：\n", "疾病=\\n;内容=\\n;"},
        {"疾病：病情描述：a", "疾病=;病情描述=a;"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = fields_of(cases[i].body);
        assert_string_equal(text, cases[i].fields);
        free(text);
    }
}

/* A long line of colons and brackets takes no longer per byte than a short one. */
static void long_lines_end(void **state) {
    enum { TIMES = 100000 };
    static const char piece[] = "（）：疾病（）：";
    size_t n = sizeof piece - 1;
    char *body = malloc(n * TIMES + 1);
    (void)state;
    for (size_t i = 0; i < TIMES; i++)
        memcpy(body + i * n, piece, n + 1);
    char *text = fields_of(body);
    assert_int_equal(text[0], '=');
    assert_int_equal(strlen(text), n * TIMES + 2);
    free(text);
    free(body);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_part_fields),
        cmocka_unit_test(long_lines_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
