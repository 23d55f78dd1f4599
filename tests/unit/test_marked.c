/* A text and its marks on one line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

#define WRONG(n) "! mark " #n " does not hold two integers and a type\n"

static const struct driver text = {.format = &format_marked, .where = {"text"}};
static const struct driver marks = {
    .format = &format_marked, .where = {"text", "start_idx", "end_idx", "type"}, .each = "marks"};

static void lines_are_rows(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"with marks", "胃炎很痛。|||0    1    dis|||\n", "胃炎很痛。\n", NULL, NULL},
        {"all text", "没有标注\r\n也没有", "没有标注\n也没有\n", NULL, NULL},
        {"blank lines are no records", "\n \t\r\na\n\n", "a\n", NULL, NULL},
        {"U+FEFF is text", "\uFEFFa\n\uFEFF\n", "\uFEFFa\n\uFEFF\n", NULL, NULL},
        {"bars that are too few", "a||b|c\n", "a||b|c\n", NULL, NULL},
        {"no marks behind the bar", "a|||\n", "a\n", NULL, NULL},
        {"blanks behind the last bar", "a|||0 0 sym||| \t\n", "a\n", NULL, NULL},
        {"no text", "|||0 0 sym|||\n", "\n", NULL, NULL},
        {"text is not trimmed", " a |||0 0 sym|||\n", " a \n", NULL, NULL},
    };
    (void)state;
    check_cases(&text, cases, COUNT(cases));
}

static void marks_are_rows(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"several", "胃炎服药|||0    1    dis|||2    3    dru|||\n",
         "胃炎服药|0|1|dis\n胃炎服药|2|3|dru\n", NULL, NULL},
        {"none", "a\nb|||\n", "", NULL, NULL},
        {"CRLF, and no end of line at the end", "a|||0    0    x|||\r\nb|||1    1    y|||",
         "a|0|0|x\nb|1|1|y\n", NULL, NULL},
        {"one blank, many, TABs", "a|||0 1 x|||\t2\t3  y |||\n", "a|0|1|x\na|2|3|y\n", NULL, NULL},
        {"start behind end", "a|||9    8    sym|||\n", "a|9|8|sym\n", NULL, NULL},
        {"no last bar", "a|||1 2 x|||3 4 y\n", "a|1|2|x\na|3|4|y\n", NULL, NULL},
        {"a type of any bytes", "a|||1 2 疾病|||\n", "a|1|2|疾病\n", NULL, NULL},
        {"far away", "a|||-1 9223372036854775807 x|||\n", "a|-1|9223372036854775807|x\n", NULL,
         NULL},
    };
    (void)state;
    check_cases(&marks, cases, COUNT(cases));
}

static void wrong_marks_are_refused(void **state) {
    static const struct check_case cases[] = {
        {"no type", "a|||0    1|||\n", WRONG(1), NULL, NULL},
        {"no integer", "a|||0    1    x|||b    c    d|||\n", WRONG(2), NULL, NULL},
        {"too much", "a|||0 1 x y|||\n", WRONG(1), NULL, NULL},
        {"nothing in it", "a|||0 1 x||||||2 3 y|||\n", WRONG(2), NULL, NULL},
        {"too large", "a|||0 9223372036854775808 x|||\n", WRONG(1), NULL, NULL},
        {"half a number", "a|||0 1.5 x|||\n", WRONG(1), NULL, NULL},
        {"a bar too many", "a||||0 1 x|||\n", WRONG(1), NULL, NULL},
        {"the next line is fine", "a|||x|||\nb|||0 0 x|||\n", WRONG(1) "b|0|0|x\n", NULL, NULL},
        {"also where rows are lines", "a|||x|||\nb\n", WRONG(1) "b|~|~|~\n", NULL, ""},
    };
    (void)state;
    check_cases(&marks, cases, COUNT(cases));
}

static void bytes_pass_through(void **state) {
    static const char in[] = "\0\xFF|||0 1 \x80|||\n";
    (void)state;
    check_bytes(marks, span_of(in, sizeof in - 1), "NUL and no UTF-8", "\\0\xFF|0|1|\x80\n");
}

static void smells(void **state) {
    static const struct {
        const char *head;
        bool fine;
    } cases[] = {
        {"a\nb\n", true},       {"a\nb|||0 1 x|||\n", true},
        {"a|||b|||\n", false},  {"a|||0 1 x", true},
        {"{\"a\":1}\n", false}, {"[\n", false},
        {"a|||\n", true},       {"", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(format_marked.smells(span_text(cases[i].head)), cases[i].fine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_rows),
        cmocka_unit_test(marks_are_rows),
        cmocka_unit_test(wrong_marks_are_refused),
        cmocka_unit_test(bytes_pass_through),
        cmocka_unit_test(smells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
