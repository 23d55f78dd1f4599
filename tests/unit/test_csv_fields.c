/* Delimited text whose fields are rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver fields = {.format = &format_csv_fields,
                                     .where = {"name|n", "@key", "@item"},
                                     .each = "-name -n list=_ alias=,，; without=[x] without=*..."};

static void fields_are_rows(void **state) {
    static const struct check_case cases[] = {
        {"every one but those left out", "name,a,b\n甲,1,2\n乙,3,4\n",
         "甲|a|1\n甲|b|2\n乙|a|3\n乙|b|4\n", NULL, NULL},
        {"empty ones are none", "name,a,b\n甲,,2\n乙,,\n,1,\n", "甲|b|2\n|a|1\n", NULL, NULL},
        {"a column that is not there", "a,b\n1,2\n", "~|a|1\n~|b|2\n", NULL, NULL},
        {"a synonym", "n,a\n甲,1\n", "甲|a|1\n", NULL, NULL},
        {"names that are empty or twice", "name,a,,a,\n甲,1,2,3,4\n",
         "甲|a|1\n甲|column3|2\n甲|a_2|3\n甲|column5|4\n", NULL, NULL},
        {"quotes", "name,\"a \"\"b\"\"\"\n\"甲,\"\"乙\",\"1\"\"2,3\"\n",
         "甲,\"\"乙|a \"b\"|1\"2,3\n", NULL, NULL},
        {"CRLF and blank lines", "\r\nname,a\r\n\r\n甲,1\r\n", "甲|a|1\n", NULL, NULL},
        {"TABs", "name\ta\n甲\t\"1\n", "甲|a|\"1\n", "sep=TAB", NULL},
        {"detected", "name;a\n甲;1,2\n", "甲|a|1,2\n", "detect", NULL},
        {"a header alone", "name,a\n", "", NULL, NULL},
        {"a header without an end", "name,a", "", NULL, NULL},
        {"what is around a whole field stays", "name,a\n甲, 1 \n", "甲|a| 1 \n", NULL, NULL},
    };
    (void)state;
    check_cases(&fields, cases, COUNT(cases));
}

static void items_are_rows(void **state) {
    static const struct check_case cases[] = {
        {"blanks part them", "name,list\n甲,a b  c \n", "甲|list|a\n甲|list|b\n甲|list|c\n", NULL,
         NULL},
        {"commas of both widths", "name,alias\n甲,\"a, b，c d，　e　;;f\"\n",
         "甲|alias|a\n甲|alias|b\n甲|alias|c d\n甲|alias|e\n甲|alias|f\n", NULL, NULL},
        {"some are left out", "name,list,a\n甲,a [x] bcd... ... [x]y,[x]\n",
         "甲|list|a\n甲|list|[x]y\n甲|a|[x]\n", NULL, NULL},
        {"none is left", "name,list\n甲,[x]\n乙, \n", "", NULL, NULL},
        {"doubled quotes", "name,list\n甲,\"a \"\"b\"\" c\"\n",
         "甲|list|a\n甲|list|\"b\"\n甲|list|c\n", NULL, NULL},
    };
    (void)state;
    check_cases(&fields, cases, COUNT(cases));
}

static void wrong_records_are_refused(void **state) {
    static const struct check_case cases[] = {
        {"too few", "name,a\n甲\n乙,1\n", "! 1 field, not 2\n乙|a|1\n", NULL, NULL},
        {"too many", "name,a\n甲,1,2\n", "! 3 fields, not 2\n", NULL, NULL},
        {"text behind a quote", "name,a\n甲,\"1\"2\n乙,3\n",
         "! text behind a closing quote\n乙|a|3\n", NULL, NULL},
        {"an open quote", "name,a\n甲,\"1\n", "! a quoted field does not end\n", NULL, NULL},
        {"an unknown word", "name,a\n甲,1\n", "!! 'a' is no word of each\n", NULL, "a"},
        {"an unknown shape", "name,a\n甲,1\n", "!! 'x' is no word of a csv shape\n", "x", NULL},
        {"nothing", "", "!! no header in the first 0 bytes\n", NULL, NULL},
    };
    (void)state;
    check_cases(&fields, cases, COUNT(cases));
}

static void a_header_has_its_limit(void **state) {
    char in[400] = "", out[800] = "";
    (void)state;
    for (int i = 0; i < 61; i++)
        strcat(in, i ? ",x" : "x");
    strcat(in, "\n");
    check_bytes(fields, span_text(in), "61 names", "");
    in[strlen(in) - 1] = 0;
    strcat(in, ",x\n");
    strcpy(out, "!! more than 61 columns\n");
    check_bytes(fields, span_text(in), "62 names", out);
}

static void what_is_required(void **state) {
    static const struct driver strict = {
        .format = &format_csv_fields, .where = {"!name|n", "@item"}, .each = "-name"};
    (void)state;
    check_bytes(strict, span_text("a,b\n1,2\n"), "a name",
                "!! no column 'name' or 'n' in the header (a,b)\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_rows),           cmocka_unit_test(items_are_rows),
        cmocka_unit_test(wrong_records_are_refused), cmocka_unit_test(a_header_has_its_limit),
        cmocka_unit_test(what_is_required),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
