/* Sentences that are parted into words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver words = {
    .format = &format_words, .where = {"sentence", "words"}, .shape = "sentences"};

static void tags_make_words(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"BIES", "肺\tB\n结\tI\n核\tE\n很\tS\n重\tS\n", "1|肺结核 很 重\n", NULL, NULL},
        {"BMES", "肺\tB\n结\tM\n核\tM\n菌\tE\n", "1|肺结核菌\n", NULL, NULL},
        {"blank lines part, also two", "\n\n头\tB\n痛\tE\n\n\n吐\tS\n \t\n　\n疼\tS\n",
         "1|头痛\n2|吐\n3|疼\n", NULL, NULL},
        {"CRLF", "头\tB\r\n痛\tE\r\n\r\n吐\tS", "1|头痛\n2|吐\n", NULL, NULL},
        {"a blank parts them too", "头 B\n痛 E\n", "1|头痛\n", NULL, NULL},
        {"the last column is the tag", "头\tNN\tB\n痛\tNN\tE\n", "1|头痛\n", NULL, NULL},
        {"pieces longer than a character", "CT\tB\n片\tE\n", "1|CT片\n", NULL, NULL},
        {"white space is no word", "头\tS\n \tS\n　\tS\n痛\tS\n", "1|头 痛\n", NULL, NULL},
        {"nor part of one", "C\tB\n \tI\nT\tE\n", "1|CT\n", NULL, NULL},
        {"nothing but white space", " \tS\n", "1|\n", NULL, NULL},
    };
    (void)state;
    check_cases(&words, cases, COUNT(cases));
}

static void tags_that_make_no_words_are_refused(void **state) {
    static const struct check_case cases[] = {
        {"I first", "a\tI\nb\tE\n", "! a word that does not begin with B\n", NULL, NULL},
        {"E first", "a\tE\n", "! a word that does not begin with B\n", NULL, NULL},
        {"M behind S", "a\tS\nb\tM\n", "! a word that does not begin with B\n", NULL, NULL},
        {"B behind B", "a\tB\nb\tB\nc\tE\n", "! a word that begins and does not end\n", NULL, NULL},
        {"S behind I", "a\tB\nb\tI\nc\tS\n", "! a word that begins and does not end\n", NULL, NULL},
        {"cut by the end", "a\tB\n\nb\tS\n", "! a word that begins and does not end\n2|b\n", NULL,
         NULL},
        {"another tag", "a\tO\n", "! a tag that is none of B, I, M, E and S\n", NULL, NULL},
        {"a small one", "a\ts\n", "! a tag that is none of B, I, M, E and S\n", NULL, NULL},
        {"a long one", "a\tBE\n", "! a line that is no character and tag\n", NULL, NULL},
        {"no tag", "a\n", "! a line that is no character and tag\n", NULL, NULL},
        {"an empty one", "a\t\n", "! a line that is no character and tag\n", NULL, NULL},
        {"no character", "\tS\n", "! a line that is no character and tag\n", NULL, NULL},
    };
    (void)state;
    check_cases(&words, cases, COUNT(cases));
}

static void lines_of_words(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"one blank", "头 很 痛\n吐\n", "1|头 很 痛\n2|吐\n", NULL, NULL},
        {"two, and two at the end", "头痛  ，  发热  \r\n吐  \r\n", "1|头痛 ， 发热\n2|吐\n", NULL,
         NULL},
        {"U+3000", "　头痛　发热　　重\n", "1|头痛 发热 重\n", NULL, NULL},
        {"TABs", "\ta\tb\n", "1|a b\n", NULL, NULL},
        {"blank lines are no sentences", "\na b\n \n　\nc", "1|a b\n2|c\n", NULL, NULL},
        {"no tag counts", "a\tO\n", "1|a O\n", NULL, NULL},
    };
    struct driver set = words;
    (void)state;
    set.shape = "spaced-lines";
    check_cases(&set, cases, COUNT(cases));
}

static void the_first_line_says_which(void **state) {
    static const struct check_case cases[] = {
        {"tags", "\n\n头\tB\n痛\tE\n", "1|头痛\n", NULL, NULL},
        {"words", "\n头 痛 B\n头\tB\n", "1|头 痛 B\n2|头 B\n", NULL, NULL},
        {"TABs and no tag", "头\tO\n头\tB\n", "1|头 O\n2|头 B\n", NULL, NULL},
        {"tags that make no words", "头\tE\n", "! a word that does not begin with B\n", NULL, NULL},
        {"only one of them is tagged", "头\tS\n痛 了\n", "! a line that is no character and tag\n",
         "detect", NULL},
        {"nothing but blank lines", "\n \n", "", NULL, NULL},
    };
    struct driver set = words;
    (void)state;
    set.shape = NULL;
    check_cases(&set, cases, COUNT(cases));
}

static void counted_without_every_split(void **state) {
    struct driver set = words;
    (void)state;
    set.stride = 2;
    check_bytes(set, span_text("\na\tS\n\nb\tS\n\n\nc\tB\nd\tE\n\ne\tS\n"), "stride",
                "1|a\n3|cd\n");
    set.shape = "spaced-lines";
    check_bytes(set, span_text("a\n\nb\nc\nd\n"), "stride", "1|a\n3|c\n");
}

static void bytes_pass_through(void **state) {
    static const char in[] = "\xE3\tB\n\xE3\x80\tE\n\0\tS\n";
    (void)state;
    check_bytes(words, span_of(in, sizeof in - 1), "NUL and no UTF-8", "1|\xE3\xE3\x80 \\0\n");
}

static void smells(void **state) {
    static const struct {
        const char *head;
        bool fine;
    } cases[] = {
        {"\n\na\tS\n", true}, {"a b\n", true}, {"a　b\n", true}, {"a\n", false},
        {"吐  ", true},       {"", false},     {"{ }\n", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(format_words.smells(span_text(cases[i].head)), cases[i].fine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_make_words),
        cmocka_unit_test(tags_that_make_no_words_are_refused),
        cmocka_unit_test(lines_of_words),
        cmocka_unit_test(the_first_line_says_which),
        cmocka_unit_test(counted_without_every_split),
        cmocka_unit_test(bytes_pass_through),
        cmocka_unit_test(smells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
