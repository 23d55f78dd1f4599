/* Word vectors, in decimal and in binary. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/format/vectors.h"
#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver text = {.format = &format_vectors_text,
                                   .where = {"term", "dim", "vector"}};
static const struct driver binary = {.format = &format_vectors_binary,
                                     .where = {"term", "dim", "vector"}};

static void text_with_a_header(void **state) {
    static const struct check_case cases[] = {
        {"gensim", "2 3\n咳嗽 0.5 -1 2e1\n发烧 1 2 3\n", "咳嗽|3|[0.5 -1 20]\n发烧|3|[1 2 3]\n",
         NULL, NULL},
        {"word2vec.c: a blank ends each line", "2 2 \n</s> 1 2 \n， .25 1. \n",
         "</s>|2|[1 2]\n，|2|[0.25 1]\n", NULL, NULL},
        {"CRLF, blank lines, no LF at the end", "2 2\r\na 1 2\r\n\r\n \nb 3 4",
         "a|2|[1 2]\nb|2|[3 4]\n", NULL, NULL},
        {"a count that is not true", "1 1\na 1\nb 2\n", "a|1|[1]\nb|1|[2]\n", NULL, NULL},
        {"no vector at all", "0 3\n", "", NULL, NULL},
        {"TABs, and blanks more than one", "9 2\na\t1\t2\nb 1  2\nc d\t 1 \t2\t\n",
         "a|2|[1 2]\nb|2|[1 2]\nc d\\t|2|[1 2]\n", NULL, NULL},
        {"terms with blanks", "9 2\n. . . 1 2\n x 1 2\n 1 2\n1 2 3 4\n\u00a0 1 2\n",
         ". . .|2|[1 2]\n x|2|[1 2]\n|2|[1 2]\n1 2|2|[3 4]\n\u00a0|2|[1 2]\n", NULL, NULL},
        {"what is no number to count with", "1 5\na nan inf -inf Infinity -0\n",
         "a|5|[nan inf -inf inf -0]\n", NULL, NULL},
        {"too few", "9 3\na 1 2\nb 1 2 3\nc\n1 2 3\n",
         "! 2 numbers, not 3\nb|3|[1 2 3]\n! 0 numbers, not 3\n! 2 numbers, not 3\n", NULL, NULL},
        {"no numbers", "9 2\na 1 x\nb 1 2y\nc 1 0x2\nd 1 ,5\n",
         "a|2\n! number 2, 'x', is none\nb|2\n! number 2, '2y', is none\n"
         "c|2\n! number 2, '0x2', is none\nd|2\n! number 2, ',5', is none\n",
         NULL, NULL},
        {"less than no vectors", "-1 -1\n", "!! a header of -1 vectors of -1 numbers\n", NULL,
         NULL},
        {"no numbers in it", "5 0\na\n", "!! a header of 5 vectors of 0 numbers\n", NULL, NULL},
        {"more than there are files for", "999999999999 300\n",
         "!! a header of 999999999999 vectors of 300 numbers\n", NULL, NULL},
        {"wider than there are vectors", "1 2000000000\n",
         "!! a header of 1 vectors of 2000000000 numbers\n", NULL, NULL},
        {"a header that says too few", "1 2\na 1 2 3\n",
         "!! the first vector has 3 numbers, the header says 2\n", NULL, NULL},
    };
    (void)state;
    check_cases(&text, cases, COUNT(cases));
}

static void text_without_a_header(void **state) {
    static const struct check_case cases[] = {
        {"GloVe", "的 0.1 0.2\n<unk> 0.3 0.4\n",
         "的|2|[0.100000001 0.200000003]\n"
         "<unk>|2|[0.300000012 0.400000006]\n",
         NULL, NULL},
        {"a first term of several words", ". . 0.5 1\n", ". .|2|[0.5 1]\n", NULL, NULL},
        {"a first term that is a number", "2019 0.5 1\n", "2019|2|[0.5 1]\n", NULL, NULL},
        {"blank lines first", "\n\na 0.5\n", "a|1|[0.5]\n", NULL, NULL},
        {"fewer further down", "a 1.5 2\nb 1.5\n", "a|2|[1.5 2]\n! 1 numbers, not 2\n", NULL, NULL},
        {"no numbers", "a b c\n", "!! the first line is no term with numbers behind it\n", NULL,
         NULL},
        {"a number alone", "1.5\n", "!! the first line is no term with numbers behind it\n", NULL,
         NULL},
        {"nothing", "", "!! the first line is no term with numbers behind it\n", NULL, NULL},
    };
    (void)state;
    check_cases(&text, cases, COUNT(cases));
}

#define ONE  "\0\0\x80\x3F"
#define TWO  "\0\0\0\x40"
#define HALF "\0\0\0\xBF"

static void binaries(void **state) {
    static const struct {
        const char *name, *in;
        size_t n;
        const char *out;
    } cases[] = {
#define BYTES(z) z, sizeof(z) - 1
        {"word2vec.c", BYTES("2 2\na " ONE TWO "\n咳嗽 " HALF ONE "\n"),
         "a|2|[1 2]\n咳嗽|2|[-0.5 1]\n"},
        {"gensim", BYTES("2 2\na " ONE TWO "bc " HALF ONE), "a|2|[1 2]\nbc|2|[-0.5 1]\n"},
        {"a count that is not true", BYTES("1 1\na " ONE "b " TWO), "a|1|[1]\nb|1|[2]\n"},
        {"blanks and ends of lines among the numbers",
         BYTES("2 1\na    \n"
               "b \n\n\n\n"),
         "a|1|[7.70976182e-33]\nb|1|[6.64634645e-33]\n"},
        {"an empty term", BYTES("1 1\n " ONE), "|1|[1]\n"},
        {"no vector", BYTES("0 3\n"), ""},
        {"no number", BYTES("1 1\na \0\0\xC0\x7F"), "a|1|[nan]\n"},
        {"a vector that is cut", BYTES("2 2\na " ONE TWO "b " ONE "\0"),
         "a|2|[1 2]\n!! the file ends in a vector\n"},
        {"a term that is cut", BYTES("2 2\na " ONE TWO "bcd"),
         "a|2|[1 2]\n!! the file ends in a term\n"},
        {"no header", BYTES("abc " ONE),
         "!! no header that says how many vectors, and of how many numbers\n"},
        {"a header of three", BYTES("1 2 3\n"),
         "!! no header that says how many vectors, and of how many numbers\n"},
        {"too many", BYTES("999999999999 300\nfoo " ONE),
         "!! a header of 999999999999 vectors of 300 numbers\n"},
        {"none", BYTES("3 0\n"), "!! a header of 3 vectors of 0 numbers\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_bytes(binary, span_of(cases[i].in, cases[i].n), cases[i].name, cases[i].out);
}

static void a_term_has_its_limit(void **state) {
    char in[VECTORS_TERM_MAX + 100] = "1 1\n", out[VECTORS_TERM_MAX + 100];
    (void)state;
    memset(in + 4, 'x', VECTORS_TERM_MAX);
    memcpy(in + 4 + VECTORS_TERM_MAX, " " ONE, 5);
    memset(out, 'x', VECTORS_TERM_MAX);
    strcpy(out + VECTORS_TERM_MAX, "|1|[1]\n");
    check_one(&binary, span_of(in, VECTORS_TERM_MAX + 9), "as long as may be", out);
    memset(in + 4, 'x', sizeof in - 4);
    check_one(&binary, span_of(in, sizeof in), "longer", "!! a term is longer than 4096 bytes\n");
}

static void smells(void **state) {
    static const struct {
        const char *head;
        size_t n;
        bool text, binary;
    } cases[] = {
        {BYTES("2 3\na 1 2 3\nb 1 2 3\n"), true, false},
        {BYTES("2 3\na 1 2 3 \n"), true, false},
        {BYTES("2 3\na 1 2"), true, false}, /* cut */
        {BYTES("2 3\na 1 2\n"), false, false},
        {BYTES("2 3\n"), true, false},
        {BYTES("-1 -1\n"), true, true},
        {BYTES("a 0.1 0.2\nb 0.3 0.4\n"), true, false},
        {BYTES("a 0.1 0.2\nb 0.3\n"), false, false},
        {BYTES("a 1 2\nb 3 4\n"), false, false}, /* word frequency tag */
        {BYTES("a 0.1\nb 0.2\n"), false, false},
        {BYTES("a b c\n"), false, false},
        {BYTES(""), false, false},
        {BYTES("2 2\na " ONE TWO "\n"), false, true},
        {BYTES("2 2\na " ONE), false, true},
        {BYTES("2 300\nfoo "), false, false},
        {BYTES("{\"a\": 1}\n"), false, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct span head = span_of(cases[i].head, cases[i].n);
        if (format_vectors_text.smells(head) != cases[i].text ||
            format_vectors_binary.smells(head) != cases[i].binary)
            fail_msg("'%s'", cases[i].head);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_with_a_header),
        cmocka_unit_test(text_without_a_header),
        cmocka_unit_test(binaries),
        cmocka_unit_test(a_term_has_its_limit),
        cmocka_unit_test(smells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
