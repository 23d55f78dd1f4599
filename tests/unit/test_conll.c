/* A token a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

#define WRONG "! a token line without a tag\n"

static const struct driver conll = {.format = &format_conll,
                                    .where = {"sentence", "token_no", "token", "tag", "fields"}};

static void columns_are_fields(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"blank lines only", "\n\n \r\n　\n", "", NULL, NULL},
        {"TAB", "头\tB\n痛\tI\n", "1|1|头|B|[\"头\",\"B\"]\n1|2|痛|I|[\"痛\",\"I\"]\n", NULL, NULL},
        {"four columns", "痛 NN  I-NP O\n", "1|1|痛|O|[\"痛\",\"NN\",\"I-NP\",\"O\"]\n", NULL,
         NULL},
        {"sentences", "\na O\n\n\nb O\nc O\n \t\nd O\n",
         "1|1|a|O|[\"a\",\"O\"]\n2|1|b|O|[\"b\",\"O\"]\n2|2|c|O|[\"c\",\"O\"]\n"
         "3|1|d|O|[\"d\",\"O\"]\n",
         NULL, NULL},
        {"CRLF", "a\tO\r\n\r\nb\tO", "1|1|a|O|[\"a\",\"O\"]\n2|1|b|O|[\"b\",\"O\"]\n", NULL, NULL},
        {"a token with a blank, and one that is one", "a b\tO\n \tO\n　\tO\n",
         "1|1|a b|O|[\"a b\",\"O\"]\n1|2| |O|[\" \",\"O\"]\n1|3|　|O|[\"　\",\"O\"]\n", NULL, NULL},
        {"an empty field in the middle", "a\t\tO\n", "1|1|a|O|[\"a\",\"\",\"O\"]\n", NULL, NULL},
        {"blanks around", "  a   O  \n", "1|1|a|O|[\"a\",\"O\"]\n", NULL, NULL},
        {"what JSON escapes", "\"\tO\n\\\tO\n",
         "1|1|\"|O|[\"\\\"\",\"O\"]\n"
         "1|2|\\|O|[\"\\\\\",\"O\"]\n",
         NULL, NULL},
        {"documents", "-DOCSTART- (17)\n\na O\n-DOCSTART-\nb O\n-DOCSTART-\tX O\n-DOCSTART-s O\n",
         "1|1|a|O|[\"a\",\"O\"]\n2|1|b|O|[\"b\",\"O\"]\n"
         "3|1|-DOCSTART-s|O|[\"-DOCSTART-s\",\"O\"]\n",
         "columns", NULL},
    };
    (void)state;
    check_cases(&conll, cases, COUNT(cases));
}

static void the_last_blank_parts(void **state) {
    static const struct check_case cases[] = {
        {"a tag of several bytes", "，\tO\n胃 B_疾病和诊断\n",
         "1|1|，|O|[\"，\",\"O\"]\n1|2|胃|B_疾病和诊断|[\"胃\",\"B_疾病和诊断\"]\n", NULL, NULL},
        {"the token is a blank", "  O\n　 O\n", "1|1| |O|[\" \",\"O\"]\n1|2|　|O|[\"　\",\"O\"]\n",
         NULL, NULL},
        {"no token", " O\n", "1|1||O|[\"\",\"O\"]\n", NULL, NULL},
        {"more blanks belong to the token", "a  b O\n", "1|1|a  b|O|[\"a  b\",\"O\"]\n", NULL,
         NULL},
        {"sentences", "a O\n\nb O", "1|1|a|O|[\"a\",\"O\"]\n2|1|b|O|[\"b\",\"O\"]\n", NULL, NULL},
    };
    struct driver set = conll;
    (void)state;
    set.shape = "last-blank";
    check_cases(&set, cases, COUNT(cases));
}

static void a_token_needs_a_tag(void **state) {
    static const struct check_case cases[] = {
        {"one field", "a\nb O\n", WRONG "1|2|b|O|[\"b\",\"O\"]\n", NULL, NULL},
        {"an empty one", "a\t\n", WRONG, NULL, NULL},
        {"nothing behind the blank", "a \n", WRONG, NULL, NULL},
        {"last-blank: one field", "a\n", WRONG, "last-blank", NULL},
        {"last-blank: an empty one", "a \n", WRONG, "last-blank", NULL},
    };
    (void)state;
    check_cases(&conll, cases, COUNT(cases));
}

static void counted_over_frames_and_without_every_split(void **state) {
    struct driver set = {.format = &format_conll, .where = {"token_no", "sentence"}, .stride = 2};
    (void)state;
    check_bytes(set, span_text("a O\nb O\n\nc O\n\nd O\ne O\nf O\ng O\n"), "stride",
                "1|1\n1|2\n2|3\n4|3\n");
}

static void lines_are_even(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "\n-DOCSTART-\n", "", "even", NULL},
        {"as many as the first", "a B\nb\tB\n\nc  O \n",
         "1|1|a|B|[\"a\",\"B\"]\n"
         "1|2|b|B|[\"b\",\"B\"]\n2|1|c|O|[\"c\",\"O\"]\n",
         "even", NULL},
        {"fewer and more", "-DOCSTART-\n\na N O B\nb N\nc N O B B\nd N O O\n",
         "1|1|a|B|[\"a\",\"N\",\"O\",\"B\"]\n! a token line of 2 fields, the first has 4\n"
         "! a token line of 5 fields, the first has 4\n1|4|d|O|[\"d\",\"N\",\"O\",\"O\"]\n",
         "even", NULL},
    };
    (void)state;
    check_cases(&conll, cases, COUNT(cases));
}

static void bytes_pass_through(void **state) {
    static const char in[] = "\0 \xFF\n";
    (void)state;
    check_bytes(conll, span_of(in, sizeof in - 1), "NUL and no UTF-8",
                "1|1|\\0|\xFF|[\"\\u0000\",\"\xFF\"]\n");
}

static void smells(void **state) {
    static const struct {
        const char *head;
        bool fine;
    } cases[] = {
        {"a O\n", true},         {"\n\na\tO\n", true},          {"a\n", false}, {"a O", true},
        {"{\"a\": 1}\n", false}, {"-DOCSTART- X\na O\n", true}, {"", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(format_conll.smells(span_text(cases[i].head)), cases[i].fine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_fields),
        cmocka_unit_test(the_last_blank_parts),
        cmocka_unit_test(a_token_needs_a_tag),
        cmocka_unit_test(lines_are_even),
        cmocka_unit_test(counted_over_frames_and_without_every_split),
        cmocka_unit_test(bytes_pass_through),
        cmocka_unit_test(smells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
