/* Consultations: records, sections, turns. Their labels: test_dialogue_field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver whole = {
    .format = &format_dialogue,
    .where = {"id", "url", "faculty", "disease", "description", "diagnosis", "fields"}};
static const struct driver turns = {
    .format = &format_dialogue, .where = {"id", "turn", "speaker", "text"}, .each = "turns"};

static const char two[] =
    "\nid=4\nhttps://x.cn/4.htm\n\nDoctor faculty\n一院  产科  \n\nDescription\n"
    "疾病： \n头痛\n病情描述： \n三天了\n还吐\n过敏史： \n无\n\nDialogue\n"
    "医生：\n多久了？\n病人：\n三天。\n\n医生：\n去查血。\n\n"
    "Diagnosis and suggestions\n病情摘要及初步印象：\n感冒\n总结建议：\n休息\n\n\n"
    "id=5\nhttps://x.cn/5.htm\n\nDescription\n疾病： 胃炎\n\nDialogue\n病人：\n在吗\n";

static void a_record_is_a_row(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"blank lines", "\n \n", "", NULL, NULL},
        {"all and little", two,
         "4|https://x.cn/4.htm|一院  产科  |头痛|三天了\\n还吐|病情摘要及初步印象：\\n感冒\\n"
         "总结建议：\\n休息|[[\"疾病\",\"头痛\"],[\"病情描述\",\"三天了\\n还吐\"],"
         "[\"过敏史\",\"无\"],[\"病情摘要及初步印象\",\"感冒\"],[\"总结建议\",\"休息\"]]\n"
         "5|https://x.cn/5.htm|~|胃炎|~|~|[[\"疾病\",\"胃炎\"]]\n",
         NULL, NULL},
        {"a number alone", "id=1", "1|~|~|~|~|~|[]\n", NULL, NULL},
        {"one behind the other", "id=1\nid=2\n\n\nid=3",
         "1|~|~|~|~|~|[]\n2|~|~|~|~|~|[]\n3|~|~|~|~|~|[]\n", NULL, NULL},
        {"CRLF", "id=7\r\nhttp://x\r\nDescription\r\n疾病：\r\n头痛\r\n脑热\r\n\r\nid=8\r\n",
         "7|http://x|~|头痛\\n脑热|~|~|[[\"疾病\",\"头痛\\n脑热\"]]\n8|~|~|~|~|~|[]\n", NULL, NULL},
        {"blanks behind number and heading", "id=7 \nDoctor faculty \t\na\n", "7|~|a|~|~|~|[]\n",
         NULL, NULL},
        {"id= without a number is text",
         "id=1\nDescription\n疾病：a\nid=\nid=x\nid=2x\nid 3\n id=4\nid=-5\n",
         "1|~|~|a\\nid=\\nid=x\\nid=2x\\nid 3\\n id=4\\nid=-5|~|~|"
         "[[\"疾病\",\"a\\nid=\\nid=x\\nid=2x\\nid 3\\n id=4\\nid=-5\"]]\n",
         NULL, NULL},
        {"an empty section is there", "id=1\nDoctor faculty\n\nDiagnosis and suggestions\n",
         "1|~||~|~||[]\n", NULL, NULL},
        {"an empty field is there", "id=1\nDescription\n疾病：\n\n病情描述：\n\n\n",
         "1|~|~|||~|[[\"疾病\",\"\"],[\"病情描述\",\"\"]]\n", NULL, NULL},
        {"a heading is a whole line", "id=1\nDescription of it\nDescription\n疾病：a\nDialogues\n",
         "1|Description of it|~|a\\nDialogues|~|~|[[\"疾病\",\"a\\nDialogues\"]]\n", NULL, NULL},
    };
    (void)state;
    check_cases(&whole, cases, COUNT(cases));
}

static void what_comes_again_is_joined(void **state) {
    static const struct check_case cases[] = {
        {"sections",
         "id=1\nDoctor faculty\na\n\nDescription\n疾病：b\n病情描述：c\n\nDiagnosis and suggestions\nd\n"
         "Doctor faculty\n\ne\n\nDescription\n疾病：f\n病情描述：\n\nDiagnosis and suggestions\n\n",
         "1|~|a\\ne|b\\nf|c|d|[[\"疾病\",\"b\"],[\"病情描述\",\"c\"],[\"疾病\",\"f\"],"
         "[\"病情描述\",\"\"]]\n",
         NULL, NULL},
        {"text without a label", "id=1\nDescription\n\na\n\nb\n疾病：c\n\nDescription\nd\n",
         "1|~|~|c|a\\n\\nb\\nd|~|[[\"疾病\",\"c\"]]\n", NULL, NULL},
        {"blank lines are no description", "id=1\nDescription\n\n \n疾病：c\n",
         "1|~|~|c|~|~|[[\"疾病\",\"c\"]]\n", NULL, NULL},
        {"内容 and 病情描述", "id=1\nDescription\n内容：a\n病情描述（主要症状）：b\n疾病名称： c\n",
         "1|~|~|~|a\\nb|~|[[\"内容\",\"a\"],[\"病情描述（主要症状）\",\"b\"],[\"疾病名称\",\"c\"]]\n",
         NULL, NULL},
        {"labels before the first turn", "id=1\nDialogue\n预约医生： 王\n病人：\n疾病：a\n",
         "1|~|~|~|~|~|[[\"预约医生\",\"王\"]]\n", NULL, NULL},
        {"a Dialogue without a turn", "id=1\nDialogue\n疾病：a\n",
         "1|~|~|a|~|~|[[\"疾病\",\"a\"]]\n", NULL, NULL},
    };
    (void)state;
    check_cases(&whole, cases, COUNT(cases));
}

static void turns_are_rows(void **state) {
    static const struct check_case cases[] = {
        {"all and little", two,
         "4|1|医生|多久了？\n4|2|病人|三天。\n4|3|医生|去查血。\n5|1|病人|在吗\n", NULL, NULL},
        {"several lines", "id=1\nDialogue\n病人：\n\n a \n\nb\n\n医生：\nc\n",
         "1|1|病人| a \\n\\nb\n1|2|医生|c\n", NULL, NULL},
        {"blanks at a record's end",
         "id=1\nDialogue\n病人：\na  \n\nid=2\nDialogue\n医生：\nb \t\n",
         "1|1|病人|a  \n2|1|医生|b \\t\n", NULL, NULL},
        {"CRLF", "id=1\r\nDialogue\r\n病人：\r\na\r\nb\r\n医生：\r\nc",
         "1|1|病人|a\\nb\n1|2|医生|c\n", NULL, NULL},
        {"the same speaker again, and nothing said",
         "id=1\nDialogue\n医生：\na\n医生：\n\n医生：\nb\n", "1|1|医生|a\n1|2|医生|\n1|3|医生|b\n",
         NULL, NULL},
        {"a speaker is a whole line", "id=1\nDialogue\n医生： \n医生：好\n医生，在吗\n病人\n",
         "1|1|医生|医生：好\\n医生，在吗\\n病人\n", NULL, NULL},
        {"sections again: turns go on",
         "id=1\nDialogue\n病人：\na\n\nDiagnosis and suggestions\n病人：\nx\n\nDialogue\n\nDialogue\n"
         "医生：\nb\n\nid=2\nDialogue\n病人：\nc\n",
         "1|1|病人|a\n1|2|医生|b\n2|1|病人|c\n", NULL, NULL},
        {"speakers outside of Dialogue", "id=1\n病人：\na\nDescription\n医生：\nb\n", "", NULL,
         NULL},
        {"before the first speaker", "id=1\nDialogue\n预约医生： 王\n病人：\na\n", "1|1|病人|a\n",
         NULL, NULL},
    };
    (void)state;
    check_cases(&turns, cases, COUNT(cases));
}

static void a_file_begins_with_an_id(void **state) {
    static const struct check_case cases[] = {
        {"text first", "你好\nid=1\n",
         "!! the file does not begin with a line 'id=' and a number\n", NULL, NULL},
        {"no id at all", "你好\n\n再见\n",
         "!! the file does not begin with a line 'id=' and a number\n", NULL, NULL},
    };
    (void)state;
    check_cases(&whole, cases, COUNT(cases));
}

static void values_without_their_row(void **state) {
    struct driver set = {.format = &format_dialogue,
                         .where = {"id", "turn", "speaker", "text", "disease"}};
    (void)state;
    check_bytes(set, span_text(two), "no turns", "4|~|~|~|头痛\n5|~|~|~|胃炎\n");
    set.each = "turns";
    check_bytes(set, span_text("id=1\nDescription\n疾病：a\nDialogue\n病人：\nb\n"), "turns",
                "1|1|病人|b|a\n");
}

static void bytes_pass_through(void **state) {
    static const char in[] = "id=1\nDescription\n疾病：\0\xFF\nDialogue\n病人：\n\xE3\x80\n";
    struct driver set = {.format = &format_dialogue, .where = {"disease", "fields"}};
    (void)state;
    check_bytes(set, span_of(in, sizeof in - 1), "NUL and no UTF-8",
                "\\0\xFF|[[\"疾病\",\"\\u0000\xFF\"]]\n");
    check_bytes(turns, span_of(in, sizeof in - 1), "no UTF-8", "1|1|病人|\xE3\x80\n");
}

static void smells(void **state) {
    static const struct {
        const char *head;
        bool fine;
    } cases[] = {
        {"id=1\n", true}, {"\n\nid=22\nx", true}, {"id=\n", false},
        {"", false},      {"\n", false},          {"a\nid=1\n", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(format_dialogue.smells(span_text(cases[i].head)), cases[i].fine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_a_row),
        cmocka_unit_test(what_comes_again_is_joined),
        cmocka_unit_test(turns_are_rows),
        cmocka_unit_test(a_file_begins_with_an_id),
        cmocka_unit_test(values_without_their_row),
        cmocka_unit_test(bytes_pass_through),
        cmocka_unit_test(smells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
