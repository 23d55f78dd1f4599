/* Blocks of a question and its answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver blocks = {.format = &format_blocks, .where = {"title", "ask", "answer"}};

static void blocks_are_rows(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"only blank lines", "\n \n\r\n", "", NULL, NULL},
        {"as the file has it", "喝茶？,可以吗\n可以。\n\n\n吃糖？,行吗\n不行。\n\n\n",
         "喝茶？|可以吗|可以。\n吃糖？|行吗|不行。\n", NULL, NULL},
        {"no LF at the end", "a,b\nc", "a|b|c\n", NULL, NULL},
        {"one blank line is enough", "a,b\nc\n\nd,e\nf\n", "a|b|c\nd|e|f\n", NULL, NULL},
        {"a line of blanks is blank", "a,b\nc\n \t\nd,e\nf\n", "a|b|c\nd|e|f\n", NULL, NULL},
        {"blank lines first", "\n\na,b\nc\n", "a|b|c\n", NULL, NULL},
        {"the first comma parts", "a,b,c，d\ne,f\n", "a|b,c，d|e,f\n", NULL, NULL},
        {"an answer of several lines", "a,b\nc\n d \ne\n\n", "a|b|c\\n d \\ne\n", NULL, NULL},
        {"empty title and question", ",\na\n", "||a\n", NULL, NULL},
        {"CRLF", "a,b\r\nc\r\nd\r\n\r\ne,f\r\ng", "a|b|c\\r\\nd\ne|f|g\n", NULL, NULL},
        {"U+3000 is no blank line", "a,b\nc\n　\n\n", "a|b|c\\n　\n", NULL, NULL},
    };
    (void)state;
    check_cases(&blocks, cases, COUNT(cases));
}

static void broken_blocks_are_refused(void **state) {
    static const struct check_case cases[] = {
        {"no comma", "标题，问题\n答\n\na,b\nc\n",
         "! a block's first line without a comma behind the title\na|b|c\n", NULL, NULL},
        {"no answer", "a,b\n\nc,d\ne\n", "! a block without an answer\nc|d|e\n", NULL, NULL},
    };
    (void)state;
    check_cases(&blocks, cases, COUNT(cases));
}

/* Bytes of GB18030 with 0x5C, 0x7C, 0x40 as second bytes, and one cut by the end. */
static void gb18030_is_left_as_it_is(void **state) {
    (void)state;
    check_bytes(blocks, span_text("\x81\x5C\x81\x7C,\x95\x40\n\x82\x5E\n\n\x81,\x81\n\x81"),
                "GB18030", "\x81\x5C\x81\x7C|\x95\x40|\x82\x5E\n\x81|\x81|\x81\n");
}

static void smells(void **state) {
    static const struct {
        const char *head;
        bool fine;
    } cases[] = {
        {"a,b\nc\n\n", true}, {"\n a,b\nc", true}, {"a,b\n\nc", false},    {"a\nb\n", false},
        {"", false},          {"a,b", false},      {"{\"a\":1,\n}", true}, /* what it means is
                                                                              another question */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(format_blocks.smells(span_text(cases[i].head)), cases[i].fine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_rows),
        cmocka_unit_test(broken_blocks_are_refused),
        cmocka_unit_test(gb18030_is_left_as_it_is),
        cmocka_unit_test(smells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
