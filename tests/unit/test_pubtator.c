/* Abstracts with mentions and relations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver pubtator = {
    .format = &format_pubtator,
    .where = {"kind", "pmid", "start", "end", "text", "type", "concept", "arg1", "arg2"},
    .each = "all"};
static const struct driver documents = {.format = &format_pubtator,
                                        .where = {"pmid", "title", "abstract", "text"}};

static void documents_are_parted_by_blank_lines(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"blank lines", "\n \n\r\n", "", NULL, NULL},
        {"one", "1|t|T\n1|a|A\n\n", "1|T|A|T A\n", NULL, NULL},
        {"no blank line at the end, no LF", "1|t|T\n1|a|A\n\n2|t|U\n2|a|B",
         "1|T|A|T A\n2|U|B|U B\n", NULL, NULL},
        {"blank lines more than one", "\n\n1|t|T\n1|a|A\n\n \n\n2|t|U\n2|a|B\n\n\n",
         "1|T|A|T A\n2|U|B|U B\n", NULL, NULL},
        {"CRLF", "1|t|T\r\n1|a|A\r\n\r\n2|t|U\r\n", "1|T|A|T A\n2|U|~|U\n", NULL, NULL},
        {"no abstract, no title", "1|t|T\n\n2|a|A\n", "1|T|~|T\n2|~|A|A\n", NULL, NULL},
        {"empty ones", "1|t|\n1|a|\n", "1||| \n", NULL, NULL},
        {"bars, blanks and TABs stay", "1|t| a|t|b \n1|a||\t| \n",
         "1| a|t|b ||\\t| | a|t|b  |\\t| \n", NULL, NULL},
        {"other ends of line are text", "1|t|a\u2028b\xC2\x85 c\n1|a|d\re\vf\n",
         "1|a\u2028b\xC2\x85 c|d\\re\vf|a\u2028b\xC2\x85 c d\\re\vf\n", NULL, NULL},
        {"mentions alone give none", "1\t0\t1\tT\tx\ty\n", "", NULL, NULL},
    };
    (void)state;
    check_cases(&documents, cases, COUNT(cases));
}

static void every_kind_of_line(void **state) {
    static const char in[] = "7|t|药物\n7|a|无。\n7\t0\t2\t药物\tT116,T123\tC1\n7\tCID\tD1\tD2\n"
                             "7\t5\t3\ta|t|b\tT1\t-1\tpart|of\n7\t-1\t99\t\t\t\n";
    static const struct check_case cases[] = {
        {"all", in,
         "document|7|~|~|药物 无。|~|~|~|~\nmention|7|0|2|药物|T116,T123|C1|~|~\n"
         "relation|7|~|~|~|CID|D1\\tD2|D1|D2\nmention|7|5|3|a|t|b|T1|-1|~|~\n"
         "mention|7|-1|99||||~|~\n",
         NULL, NULL},
        {"mentions", in,
         "mention|7|0|2|药物|T116,T123|C1|~|~\nmention|7|5|3|a|t|b|T1|-1|~|~\n"
         "mention|7|-1|99||||~|~\n",
         NULL, "mentions"},
        {"relations", in, "relation|7|~|~|~|CID|D1\\tD2|D1|D2\n", NULL, "relations"},
        {"of a document without text", "1\t0\t1\tT\tx\ty\n\n2\tCID\ta\tb\n",
         "mention|1|0|1|T|x|y|~|~\nrelation|2|~|~|~|CID|a\\tb|a|b\n", NULL, NULL},
        {"each line has its own pmid", "1|t|T\n2\t0\t1\tT\tx\ty\n",
         "document|1|~|~|T|~|~|~|~\nmention|2|0|1|T|x|y|~|~\n", NULL, NULL},
    };
    (void)state;
    check_cases(&pubtator, cases, COUNT(cases));
}

#define NEITHER                                                                                    \
    "neither a title, nor an abstract, nor a mention of 6 or 7 fields, nor a relation of 4\n"

static void wrong_lines_are_refused(void **state) {
    static const struct check_case cases[] = {
        {"a word", "1|t|T\nword\n\n2|t|U\n",
         "! line 2 of the document: " NEITHER "document|2|~|~|U|~|~|~|~\n", NULL, NULL},
        {"three fields", "1\tCID\tx\n", "! line 1 of the document: " NEITHER, NULL, NULL},
        {"a mention cut to four fields", "1\t0\t2\tab\n", "! line 1 of the document: " NEITHER,
         NULL, NULL},
        {"five fields", "1|t|T\n1\t0\t1\tT\tx\n", "! line 2 of the document: " NEITHER, NULL,
         "relations"},
        {"eight fields", "1\t0\t1\tT\tx\ty\tz\t\n", "! line 1 of the document: " NEITHER, NULL,
         NULL},
        {"another part", "1|b|T\n", "! line 1 of the document: " NEITHER, NULL, NULL},
        {"no integers", "1|t|T\n1\tx\ty\tT\ta\tb\n",
         "! line 2 of the document: a mention with offsets that are no integers\n", NULL, NULL},
        {"a fraction", "1\t0\t1.5\tT\ta\tb\n",
         "! line 1 of the document: a mention with offsets that are no integers\n", NULL, NULL},
        {"too large", "1\t0\t9223372036854775808\tT\ta\tb\n",
         "! line 1 of the document: a mention with offsets that are no integers\n", NULL, NULL},
        {"two titles", "1|t|T\n1|a|A\n2|t|U\n",
         "! line 3 of the document: a second title, and no blank line before it\n", NULL, NULL},
        {"two abstracts", "1|a|A\n1|a|A\n",
         "! line 2 of the document: a second abstract, and no blank line before it\n", NULL, NULL},
        {"an unknown each", "1|t|T\n", "!! 'x' is no each of this format\n", NULL, "x"},
    };
    (void)state;
    check_cases(&pubtator, cases, COUNT(cases));
}

static void bytes_pass_through(void **state) {
    static const char in[] = "1|t|\0\xFF\n1\t0\t1\t\x80\t\0\t\xFF\n";
    (void)state;
    check_bytes(pubtator, span_of(in, sizeof in - 1), "NUL and no UTF-8",
                "document|1|~|~|\\0\xFF|~|~|~|~\nmention|1|0|1|\x80|\\0|\xFF|~|~\n");
}

static void smells(void **state) {
    static const struct {
        const char *head;
        bool fine;
    } cases[] = {
        {"1|t|T\n", true},         {"\n\n1|a|A", true},   {"1\t0\t1\tT\tx\ty\n", false},
        {"28258572\n", false},     {"", false},           {"|t|T\n", false},
        {"C1|ENG|P|t|x\n", false}, {"1\t2|t|T\n", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(format_pubtator.smells(span_text(cases[i].head)), cases[i].fine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_parted_by_blank_lines),
        cmocka_unit_test(every_kind_of_line),
        cmocka_unit_test(wrong_lines_are_refused),
        cmocka_unit_test(bytes_pass_through),
        cmocka_unit_test(smells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
