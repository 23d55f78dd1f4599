/* Tuples whose fields a separator of several characters parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver tuple = {
    .format = &format_tuple, .where = {"#2", "#1", "#3"}, .shape = "-> 2"};

static void tuples(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"two", "a->b\nc->d", "b|a|~\nd|c|~\n", NULL, NULL},
        {"blanks around, CRLF, blank lines", " a -> b c \r\n\r\n \nd->\n->e\n",
         "b c|a|~\n|d|~\ne||~\n", NULL, NULL},
        {"half a separator is text", "a-b>->c-\n", "c-|a-b>|~\n", NULL, NULL},
        {"three", "a||b||c\n", "b|a|c\n", "|| 3", NULL},
        {"one", "a->b\n", "~|a->b|~\n", "=> 1", NULL},
        {"too few and too many", "a\na->b->c\nd->e\n",
         "! 1 field with '->' between, not 2\n! 3 fields with '->' between, not 2\ne|d|~\n", NULL,
         NULL},
        {"no shape", "a\n", "!! '->' is no shape of this format\n", "->", NULL},
        {"too many fields", "a\n", "!! '-> 9' is no shape of this format\n", "-> 9", NULL},
        {"too long a separator", "a\n", "!! a separator is longer than 15 bytes\n",
         "0123456789ABCDEF 2", NULL},
    };
    (void)state;
    check_cases(&tuple, cases, COUNT(cases));
}

static void bytes_pass_through(void **state) {
    static const char in[] = "\0->\xFF\n";
    (void)state;
    check_bytes(tuple, span_of(in, sizeof in - 1), "NUL and no UTF-8", "\xFF|\\0|~\n");
    assert_false(format_tuple.smells(span_of(in, sizeof in - 1)));
    assert_true(format_tuple.smells(span_text("a->b\n")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tuples),
        cmocka_unit_test(bytes_pass_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
